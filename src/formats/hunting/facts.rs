//! The things that a row of advanced hunting names, by its columns.

use crate::formats::assemble::Evidence;
use crate::formats::event_facts::say;
use crate::formats::json::Fields;
use crate::model::Extra;
use crate::model::entity::{
    Application, CloudResource, Device, Facts, File, Ip, MailCluster, MailMessage, Mailbox, Other, Process,
    RegistryKey, RegistryValue, SecurityGroup, Url, User,
};

/// Accounts of Windows itself: they run everything and say nothing.
const BUILT_IN: [&str; 3] = ["S-1-5-18", "S-1-5-19", "S-1-5-20"];

/// Takes out what stands in an entity's own fields now; everything else of its row is kept with it.
pub fn forget(row: &mut Fields<'_>, facts: &Facts) {
    let known: Vec<String> = match facts {
        Facts::Other(other) => other.raw.keys().cloned().collect(),
        facts => {
            let values = facts.fields();
            let is_known = |name: &&str| {
                say(row, &[name]).is_some_and(|text| values.iter().any(|(_, value)| *value == text))
            };
            row.names().filter(is_known).map(str::to_owned).collect()
        }
    };
    for name in known.iter().map(String::as_str).chain(["Type"]) {
        row.take(name);
    }
}

/// An identifier; one of zeros alone stands for one that was left out.
fn id(row: &Fields<'_>, name: &str) -> Option<String> {
    say(row, &[name]).filter(|text| text.bytes().any(|byte| !matches!(byte, b'0' | b'-' | b'{' | b'}')))
}

/// The thing of this type. A type without fields of its own in the model keeps everything under its name.
pub fn of_type(type_name: &str, row: &Fields<'_>) -> Facts {
    match type_name.to_ascii_lowercase().replace([' ', '-'], "").as_str() {
        "machine" | "device" | "host" => Facts::Device(device(row)),
        "user" | "account" => Facts::User(account(row, "Account")),
        "ip" => Facts::Ip(Ip { address: say(row, &["RemoteIP", "LocalIP"]), ..Ip::default() }),
        "url" => Facts::Url(Url { url: say(row, &["RemoteUrl"]) }),
        "file" => Facts::File(file(row)),
        "process" => Facts::Process(Process {
            process_id: say(row, &["ProcessId"]),
            created: say(row, &["ProcessCreationTime"]),
            command_line: say(row, &["ProcessCommandLine"]),
            image_name: say(row, &["FileName"]),
            image_folder: folder(row, "FolderPath", "FileName"),
            image_sha256: say(row, &["SHA256"]),
            image_sha1: say(row, &["SHA1"]),
            user: say(row, &["AccountUpn", "AccountName"]),
            mde_device_id: id(row, "DeviceId"),
            ..Process::default()
        }),
        "mailbox" => Facts::Mailbox(Mailbox {
            primary_address: say(row, &["AccountUpn", "RecipientEmailAddress"]),
            display_name: say(row, &["AccountDisplayName"]),
            entra_user_id: id(row, "AccountObjectId"),
            ..Mailbox::default()
        }),
        "mailmessage" => Facts::MailMessage(message(row)),
        "mailcluster" => Facts::MailCluster(MailCluster::default()),
        "cloudapplication" | "oauthapplication" | "application" => Facts::Application(Application {
            display_name: say(row, &["Application"]),
            app_id: id(row, "OAuthApplicationId").or_else(|| id(row, "ApplicationId")),
            ..Application::default()
        }),
        "registrykey" => Facts::RegistryKey(registry(row)),
        "registryvalue" => {
            let key = registry(row);
            Facts::RegistryValue(RegistryValue {
                hive: key.hive,
                key: key.key,
                value_name: say(row, &["RegistryValueName"]),
                value: say(row, &["RegistryValueData"]),
                value_type: None,
                mde_device_id: key.mde_device_id,
            })
        }
        "cloudresource" | "azureresource" => Facts::CloudResource(CloudResource {
            name: say(row, &["CloudResource"]),
            resource_id: say(row, &["ResourceID", "ResourceId"]),
            resource_type: say(row, &["ResourceType"]),
            platform: say(row, &["CloudPlatform"]),
        }),
        "securitygroup" => {
            Facts::SecurityGroup(SecurityGroup { sid: say(row, &["AccountSid"]), ..SecurityGroup::default() })
        }
        _ => {
            let all = row.names().filter_map(|name| Some((name.to_owned(), say(row, &[name])?.into())));
            let raw: Extra = all.collect();
            Facts::Other(Other { type_name: type_name.to_owned(), raw })
        }
    }
}

/// Everything that a row of an event table names.
pub fn about(row: &Fields<'_>) -> Vec<Evidence> {
    let mut found = Vec::new();
    let mut add = |facts: Facts| {
        if !facts.fields().is_empty() {
            found.push(Evidence::new(facts));
        }
    };
    add(Facts::Device(device(row)));
    for name in ["DestinationDeviceName", "TargetDeviceName", "RemoteDeviceName"] {
        if let Some(name) = say(row, &[name]) {
            add(Facts::Device(named(&name)));
        }
    }
    for prefix in ["Account", "TargetAccount", "InitiatingProcessAccount"] {
        let user = account(row, prefix);
        if !user.sid.as_deref().is_some_and(|sid| BUILT_IN.contains(&sid)) {
            add(Facts::User(user));
        }
    }
    for name in ["RemoteIP", "IPAddress", "DestinationIPAddress", "SenderIPv4", "SenderIPv6", "FileOriginIP"]
    {
        let address = say(row, &[name]);
        let is_own = name == "IPAddress";
        let place = |column: &str| say(row, &[column]).filter(|_| is_own);
        let (country, city) = (place("CountryCode"), place("City"));
        if address.is_some() {
            add(Facts::Ip(Ip { address, country, city }));
        }
    }
    for name in ["RemoteUrl", "Url", "FileOriginUrl"] {
        add(Facts::Url(Url { url: say(row, &[name]) }));
    }
    let starts = say(row, &["ProcessCommandLine", "ProcessId"]).is_some();
    add(if starts { of_type("process", row) } else { Facts::File(file(row)) });
    add(Facts::Process(initiating(row)));
    if row.has("RegistryValueName") {
        add(of_type("registryvalue", row));
    } else if row.has("RegistryKey") {
        add(Facts::RegistryKey(registry(row)));
    }
    if row.has("NetworkMessageId") {
        add(Facts::MailMessage(message(row)));
        let primary_address = say(row, &["RecipientEmailAddress"]);
        add(Facts::Mailbox(Mailbox { primary_address, ..Mailbox::default() }));
    }
    if let Some(app_id) = id(row, "OAuthAppId").or_else(|| id(row, "OAuthApplicationId")) {
        add(Facts::Application(Application { app_id: Some(app_id), ..Application::default() }));
    }
    found
}

/// A device by a name that may have its domain behind it.
fn named(name: &str) -> Device {
    let name = Some(name.to_owned());
    if name.as_ref().is_some_and(|name| name.contains('.')) {
        Device { dns_name: name, ..Device::default() }
    } else {
        Device { host_name: name, ..Device::default() }
    }
}

fn device(row: &Fields<'_>) -> Device {
    let mde_device_id = id(row, "DeviceId");
    let name = say(row, &["DeviceName"]);
    let known = name.as_deref().map(named).unwrap_or_default();
    let local = say(row, &["LocalIP"]).filter(|_| mde_device_id.is_some() || name.is_some());
    let os_platform = say(row, &["OSPlatform"]).filter(|_| mde_device_id.is_some());
    let device_group = say(row, &["MachineGroup"]);
    Device { mde_device_id, os_platform, device_group, ip_addresses: local.into_iter().collect(), ..known }
}

/// An account by the columns that begin like this.
fn account(row: &Fields<'_>, prefix: &str) -> User {
    let column = |name: &str| format!("{prefix}{name}");
    User {
        account_name: say(row, &[&column("Name")]),
        domain_name: say(row, &[&column("Domain")]),
        user_principal_name: say(row, &[&column("Upn")]),
        display_name: say(row, &[&column("DisplayName")]),
        sid: say(row, &[&column("Sid")]),
        entra_user_id: id(row, &column("ObjectId")),
        ad_object_guid: None,
    }
}

/// The folder of a file. Device tables write the whole path into the folder's column.
fn folder(row: &Fields<'_>, path: &str, name: &str) -> Option<String> {
    let path = say(row, &[path])?;
    let Some(name) = say(row, &[name]) else { return Some(path) };
    match path.rsplit_once(['\\', '/']) {
        Some((folder, last)) if last.eq_ignore_ascii_case(&name) => Some(folder.to_owned()),
        _ => Some(path),
    }
}

fn file(row: &Fields<'_>) -> File {
    let file = File {
        file_name: say(row, &["FileName"]),
        folder: folder(row, "FolderPath", "FileName"),
        sha256: say(row, &["SHA256"]),
        sha1: say(row, &["SHA1"]),
        md5: say(row, &["MD5"]),
        size: say(row, &["FileSize"]),
        ..File::default()
    };
    if file == File::default() { file } else { File { mde_device_id: id(row, "DeviceId"), ..file } }
}

fn initiating(row: &Fields<'_>) -> Process {
    let column = |name: &str| say(row, &[&format!("InitiatingProcess{name}")]);
    let process = Process {
        process_id: column("Id"),
        command_line: column("CommandLine"),
        created: column("CreationTime"),
        image_name: column("FileName"),
        image_folder: folder(row, "InitiatingProcessFolderPath", "InitiatingProcessFileName"),
        image_sha256: column("SHA256"),
        image_sha1: column("SHA1"),
        parent_process_id: column("ParentId"),
        parent_created: column("ParentCreationTime"),
        parent_image_name: column("ParentFileName"),
        user: column("AccountUpn").or_else(|| column("AccountName")),
        ..Process::default()
    };
    if process == Process::default() {
        process
    } else {
        Process { mde_device_id: id(row, "DeviceId"), ..process }
    }
}

/// `HKEY_LOCAL_MACHINE\SOFTWARE\…` as hive and key.
fn registry(row: &Fields<'_>) -> RegistryKey {
    let path = say(row, &["RegistryKey"]).unwrap_or_default();
    let (hive, key) = match path.split_once('\\') {
        Some((hive, key)) if hive.to_ascii_uppercase().starts_with("HK") => (hive.to_owned(), key.to_owned()),
        _ => (String::new(), path),
    };
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    RegistryKey { hive: some(hive), key: some(key), mde_device_id: id(row, "DeviceId") }
}

fn message(row: &Fields<'_>) -> MailMessage {
    MailMessage {
        subject: say(row, &["Subject", "EmailSubject"]),
        sender: say(row, &["SenderFromAddress"]),
        envelope_sender: say(row, &["SenderMailFromAddress"]),
        sender_ip: say(row, &["SenderIPv4", "SenderIPv6"]),
        recipient: say(row, &["RecipientEmailAddress", "AccountUpn"]),
        network_message_id: say(row, &["NetworkMessageId"]),
        internet_message_id: say(row, &["InternetMessageId"]),
        delivery_action: say(row, &["DeliveryAction"]),
        delivery_location: say(row, &["DeliveryLocation"]),
        direction: say(row, &["EmailDirection"]),
        language: say(row, &["EmailLanguage"]),
        attachment_count: say(row, &["AttachmentCount"]),
        ..MailMessage::default()
    }
}
