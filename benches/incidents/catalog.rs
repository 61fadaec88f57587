//! What the made-up incidents are put together from: kinds of attack, alerts and names. The texts are our own, in the manner of
//! the products'. Most of them stand nowhere in the program, so that they cost the store what a text costs that it never saw.

/// Which entities an incident has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Attack {
    /// Malware on a device.
    Endpoint,
    /// A mail that somebody should not have opened.
    Mail,
    /// Somebody else's hands on an account.
    Identity,
}

/// An alert as a product raises it again and again.
pub struct Kind {
    pub attack: Attack,
    pub title: &'static str,
    pub description: &'static str,
    pub advice: &'static str,
    pub category: &'static str,
    pub techniques: &'static [&'static str],
    pub service: &'static str,
    pub sensor: &'static str,
}

const ENDPOINT: (Attack, &str, &str) =
    (Attack::Endpoint, "microsoftDefenderForEndpoint", "microsoftDefenderForEndpoint");
const ANTIVIRUS: (Attack, &str, &str) = (Attack::Endpoint, "microsoftDefenderForEndpoint", "antivirus");
const MAIL: (Attack, &str, &str) =
    (Attack::Mail, "microsoftDefenderForOffice365", "microsoftDefenderForOffice365");
const ENTRA: (Attack, &str, &str) =
    (Attack::Identity, "azureAdIdentityProtection", "azureAdIdentityProtection");
const CLOUD: (Attack, &str, &str) =
    (Attack::Identity, "microsoftDefenderForCloudApps", "microsoftDefenderForCloudApps");
const DIRECTORY: (Attack, &str, &str) =
    (Attack::Identity, "microsoftDefenderForIdentity", "microsoftDefenderForIdentity");

const fn kind(
    (attack, service, sensor): (Attack, &'static str, &'static str),
    title: &'static str,
    category: &'static str,
    techniques: &'static [&'static str],
    description: &'static str,
    advice: &'static str,
) -> Kind {
    Kind { attack, title, description, advice, category, techniques, service, sensor }
}

/// Every kind of alert.
pub const KINDS: &[Kind] = &[
    kind(
        ENDPOINT,
        "Suspicious PowerShell command line",
        "Execution",
        &["T1059.001"],
        "PowerShell was started with a command line that attackers use to download and run code without leaving a file.",
        "Look at the process tree and at what the script loaded. Isolate the device if it reached out to an unknown address.",
    ),
    kind(
        ENDPOINT,
        "Suspicious execution of hidden file",
        "DefenseEvasion",
        &["T1564.001"],
        "A file that was hidden from the user was launched on this device.",
        "Find out who put the file there and whether other devices have it. Collect it for analysis.",
    ),
    kind(
        ENDPOINT,
        "Possible credential dumping from LSASS memory",
        "CredentialAccess",
        &["T1003.001"],
        "A process read the memory of the local security authority, where passwords and tickets of signed-in users are held.",
        "Reset the passwords of everyone who was signed in. Check for sign-ins with these accounts since.",
    ),
    kind(
        ENDPOINT,
        "Suspicious scheduled task",
        "Persistence",
        &["T1053.005"],
        "A task was registered that runs a program from a folder which every user can write to.",
        "Remove the task when nobody knows of it. Look for the same task name on other devices.",
    ),
    kind(
        ENDPOINT,
        "Process injection into a trusted process",
        "DefenseEvasion",
        &["T1055", "T1055.012"],
        "Code was written into a running process of the operating system and started there.",
        "Isolate the device and collect an investigation package before it is restarted.",
    ),
    kind(
        ENDPOINT,
        "Suspicious connection to a command and control server",
        "CommandAndControl",
        &["T1071.001"],
        "The device keeps contacting an address at regular intervals that has been seen with remote control tools.",
        "Block the address at the perimeter. Find the process that opens the connection and what started it.",
    ),
    kind(
        ENDPOINT,
        "Hands-on-keyboard attack was launched from a compromised account",
        "LateralMovement",
        &["T1021.002", "T1570"],
        "Somebody moved from this device to others with an account that has administrator rights there.",
        "Disable the account and contain the device. Review remote sessions of the last two days.",
    ),
    kind(
        ENDPOINT,
        "File backups were deleted",
        "Impact",
        &["T1490"],
        "Shadow copies were removed with a system tool, as is done right before files are encrypted.",
        "Isolate the device at once. Check that backups elsewhere are intact and offline.",
    ),
    kind(
        ANTIVIRUS,
        "'Obfuse' malware was prevented",
        "Malware",
        &["T1027"],
        "Malware was found and stopped before it ran. It may have arrived by mail or by download.",
        "Confirm that the file is gone and find where it came from.",
    ),
    kind(
        ANTIVIRUS,
        "'Wacatac' malware was detected on an endpoint",
        "Malware",
        &["T1204.002"],
        "A file on this device was recognised as malware that downloads further programs.",
        "Run a full scan. Submit the file if the detection is doubtful.",
    ),
    kind(
        ANTIVIRUS,
        "Ransomware behavior detected in the file system",
        "Ransomware",
        &["T1486"],
        "Many files were overwritten and renamed within a short time by one process.",
        "Isolate the device, stop the process and note the first encrypted file and its time.",
    ),
    kind(
        MAIL,
        "Email messages containing malicious URL removed after delivery",
        "InitialAccess",
        &["T1566.002"],
        "Messages with a link that turned out to be malicious were delivered and then taken out of the mailboxes.",
        "Check whether somebody opened the link before the message was removed.",
    ),
    kind(
        MAIL,
        "Email messages containing malicious file removed after delivery",
        "InitialAccess",
        &["T1566.001"],
        "Messages with an attachment that turned out to be malicious were delivered and then removed.",
        "Ask the recipients whether they opened the file. Search the devices for its hash.",
    ),
    kind(
        MAIL,
        "A potentially malicious URL click was detected",
        "InitialAccess",
        &["T1566.002"],
        "A user opened a link that was judged malicious at the time of the click or up to two days before.",
        "Reset the password if it was typed in. Revoke sessions and look for new inbox rules.",
    ),
    kind(
        MAIL,
        "Suspicious email forwarding activity",
        "Exfiltration",
        &["T1114.003"],
        "A mailbox forwards messages to an address outside of the organization that it never wrote to before.",
        "Remove the rule and find out from where it was made.",
    ),
    kind(
        MAIL,
        "Email reported by user as malware or phish",
        "InitialAccess",
        &["T1566"],
        "A user reported a message with the report button.",
        "Decide whether it is phishing and answer the user.",
    ),
    kind(
        ENTRA,
        "Unfamiliar sign-in properties",
        "InitialAccess",
        &["T1078", "T1078.004"],
        "The sign-in has properties that were not seen with this user before, such as the network, the place or the device.",
        "Ask the user. Confirm the risk or dismiss it, and reset the password where in doubt.",
    ),
    kind(
        ENTRA,
        "Atypical travel",
        "InitialAccess",
        &["T1078"],
        "Two sign-ins of one user came from places that are too far apart for the time between them.",
        "Find out whether one of them is a proxy of the organization. Revoke sessions otherwise.",
    ),
    kind(
        ENTRA,
        "Anonymous IP address",
        "InitialAccess",
        &["T1090"],
        "The sign-in came from an address of an anonymizing service.",
        "Ask the user whether this was intended. Block such services by policy.",
    ),
    kind(
        ENTRA,
        "Password spray",
        "CredentialAccess",
        &["T1110.003"],
        "Common passwords were tried on many accounts from few addresses, and one of them was right.",
        "Reset the password, require a second factor and look at what the session did.",
    ),
    kind(
        CLOUD,
        "Suspicious inbox manipulation rule",
        "Persistence",
        &["T1564.008"],
        "A rule was made that deletes or moves messages so that the mailbox's owner does not see them.",
        "Remove the rule, revoke sessions and look for messages that were sent meanwhile.",
    ),
    kind(
        CLOUD,
        "Mass download by a single user",
        "Exfiltration",
        &["T1530"],
        "A user downloaded many more files within an hour than usual.",
        "Ask the user's manager. Suspend the user where the account may be in other hands.",
    ),
    kind(
        CLOUD,
        "Risky OAuth app was granted consent",
        "Persistence",
        &["T1528"],
        "An application that few others use got permission to read mail and files.",
        "Revoke the permission and ban the application if nobody knows it.",
    ),
    kind(
        DIRECTORY,
        "Suspected Kerberos SPN exposure",
        "CredentialAccess",
        &["T1558.003"],
        "Service tickets were requested for many accounts, so that their passwords can be guessed offline.",
        "Give these service accounts long passwords. Find the tool on the device that asked.",
    ),
    kind(
        DIRECTORY,
        "Account enumeration reconnaissance",
        "Discovery",
        &["T1087.002"],
        "Many account names were tried in order to learn which of them exist.",
        "Look at the device that the requests came from, and at accounts that it found.",
    ),
];

/// Names of people: first and last.
pub const FIRST: &[&str] = &[
    "Aaliyah", "Anna", "Bram", "Carlos", "Chen", "Daan", "Elif", "Emma", "Fatima", "Finn", "Grace", "Hassan",
    "Ines", "Jan", "Julia", "Kofi", "Lars", "Lotte", "Maria", "Mehmet", "Nina", "Noah", "Olga", "Pieter",
    "Priya", "Rosa", "Sanne", "Thomas", "Wei", "Yara",
];

/// Last names.
pub const LAST: &[&str] = &[
    "Adeyemi", "Bakker", "Berg", "Costa", "Dekker", "Demir", "Fischer", "Garcia", "Haddad", "Hendriks",
    "Ivanova", "Jansen", "Kim", "Kowalski", "Larsen", "Li", "Mulder", "Mensah", "Nguyen", "Novak", "Okafor",
    "Patel", "Rossi", "Santos", "Schmidt", "Silva", "Smit", "Tanaka", "Visser", "Yilmaz",
];

/// What names of made-up files, hosts and mail subjects are put together from.
pub const WORDS: &[&str] = &[
    "account",
    "agent",
    "annual",
    "archive",
    "balance",
    "bonus",
    "booking",
    "budget",
    "client",
    "contract",
    "delivery",
    "docusign",
    "driver",
    "export",
    "finance",
    "helper",
    "install",
    "invoice",
    "letter",
    "loader",
    "manual",
    "meeting",
    "notice",
    "office",
    "offer",
    "order",
    "parcel",
    "payment",
    "payroll",
    "policy",
    "portal",
    "project",
    "quote",
    "receipt",
    "record",
    "refund",
    "report",
    "review",
    "salary",
    "scan",
    "secure",
    "service",
    "setup",
    "share",
    "signed",
    "statement",
    "summary",
    "support",
    "survey",
    "ticket",
    "travel",
    "update",
    "upgrade",
    "urgent",
    "vendor",
    "verify",
    "voice",
    "wallet",
    "webmail",
    "winter",
];

/// Folders that programs are started from.
pub const FOLDERS: &[&str] = &[
    "C:\\Users\\Public",
    "C:\\Users\\@\\Downloads",
    "C:\\Users\\@\\AppData\\Local\\Temp",
    "C:\\Users\\@\\AppData\\Roaming",
    "C:\\ProgramData",
    "C:\\Windows\\Temp",
    "C:\\Windows\\Tasks",
    "C:\\Users\\@\\Desktop",
];

/// Programs of the operating system that attackers use, with their folders.
pub const PROGRAMS: &[(&str, &str)] = &[
    ("powershell.exe", "C:\\Windows\\System32\\WindowsPowerShell\\v1.0"),
    ("cmd.exe", "C:\\Windows\\System32"),
    ("rundll32.exe", "C:\\Windows\\System32"),
    ("wscript.exe", "C:\\Windows\\System32"),
    ("mshta.exe", "C:\\Windows\\System32"),
    ("schtasks.exe", "C:\\Windows\\System32"),
    ("certutil.exe", "C:\\Windows\\System32"),
    ("vssadmin.exe", "C:\\Windows\\System32"),
];

/// Top-level domains of made-up addresses; none of the names can exist.
pub const ENDINGS: &[&str] = &["example", "example.com", "example.net", "example.org", "test"];

/// Where sign-ins come from.
pub const PLACES: &[(&str, &str)] = &[
    ("Netherlands", "Amsterdam"),
    ("Germany", "Frankfurt"),
    ("United States", "Ashburn"),
    ("Nigeria", "Lagos"),
    ("Brazil", "Recife"),
    ("Vietnam", "Hanoi"),
    ("Romania", "Cluj-Napoca"),
    ("India", "Pune"),
    ("France", "Lyon"),
    ("Turkey", "Izmir"),
];
