//! Which of MISP's object templates a kind of entity is, and which attribute each of its fields becomes.
//!
//! Templates and types: the object templates and `describeTypes.json` that PyMISP 2.5.34 carries. A kind without a
//! template is an object of our own.

use crate::model::EntityKind;

/// A template of objects.
pub struct Template {
    /// Its name.
    pub name: &'static str,
    /// Its UUID.
    pub uuid: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The category of objects that it belongs to.
    pub category: &'static str,
    /// Field, relation within the object, type, category.
    pub fields: &'static [[&'static str; 4]],
}

const OTHER: &str = "Other";
const DELIVERY: &str = "Payload delivery";
const NETWORK: &str = "Network activity";
const DROPPED: &str = "Artifacts dropped";

const FILE: Template = Template {
    name: "file",
    uuid: "688c46fb-5edb-40a3-8273-1af7923e2215",
    version: "25",
    category: "file",
    fields: &[
        ["file_name", "filename", "filename", DELIVERY],
        ["folder", "path", "text", OTHER],
        ["sha256", "sha256", "sha256", DELIVERY],
        ["sha1", "sha1", "sha1", DELIVERY],
        ["md5", "md5", "md5", DELIVERY],
        ["sha512", "sha512", "sha512", DELIVERY],
        ["size", "size-in-bytes", "size-in-bytes", OTHER],
    ],
};

const PROCESS: Template = Template {
    name: "process",
    uuid: "02aeef94-ac23-455c-addb-731757ceafb5",
    version: "10",
    category: "misc",
    fields: &[
        ["image_name", "image", "filename", DROPPED],
        ["command_line", "command-line", "text", OTHER],
        ["process_id", "pid", "text", OTHER],
        ["parent_image_name", "parent-image", "filename", DROPPED],
        ["parent_process_id", "parent-pid", "text", OTHER],
        ["user", "user-process", "text", OTHER],
    ],
};

const REGISTRY: Template = Template {
    name: "registry-key",
    uuid: "8b3228ad-6d82-4fe6-b2ae-05426308f1d5",
    version: "5",
    category: "file",
    fields: &[
        ["key", "key", "regkey", "Persistence mechanism"],
        ["hive", "hive", "text", OTHER],
        ["value_name", "name", "text", OTHER],
        ["value", "data", "text", OTHER],
        ["value_type", "data-type", "text", OTHER],
    ],
};

const ACCOUNT: Template = Template {
    name: "user-account",
    uuid: "49606b06-22f0-4ac8-8eee-2f12ad46f3d3",
    version: "6",
    category: "misc",
    fields: &[
        ["account_name", "username", "text", OTHER],
        ["user_principal_name", "email", "email", "Person"],
        ["display_name", "display-name", "text", OTHER],
        ["sid", "user-id", "text", OTHER],
        ["primary_address", "email", "email", "Person"],
    ],
};

const DEVICE: Template = Template {
    name: "device",
    uuid: "0c64b41a-e583-4f4d-ac92-d484163b9e52",
    version: "10",
    category: "misc",
    fields: &[
        ["host_name", "name", "text", OTHER],
        ["dns_name", "dns-name", "text", OTHER],
        ["os_platform", "OS", "text", OTHER],
        ["os_version", "version", "text", OTHER],
        ["ip_addresses", "ip-address", "ip-src", NETWORK],
    ],
};

const EMAIL: Template = Template {
    name: "email",
    uuid: "a0c666e0-fc65-4be8-b48f-3423d788b552",
    version: "19",
    category: "network",
    fields: &[
        ["subject", "subject", "email-subject", DELIVERY],
        ["sender", "from", "email-src", DELIVERY],
        ["envelope_sender", "return-path", "email-src", DELIVERY],
        ["sender_ip", "ip-src", "ip-src", DELIVERY],
        ["recipient", "to", "email-dst", DELIVERY],
        ["internet_message_id", "message-id", "email-message-id", DELIVERY],
    ],
};

const DOMAIN: Template = Template {
    name: "domain-ip",
    uuid: "43b3b146-77eb-4931-b4cc-b66c60f28734",
    version: "11",
    category: "network",
    fields: &[["name", "domain", "domain", NETWORK], ["ip_addresses", "ip", "ip-dst", NETWORK]],
};

const ADDRESS: Template = Template {
    name: "ip-port",
    uuid: "9f8cea74-16fe-4968-a2b4-026676949ac6",
    version: "10",
    category: "network",
    fields: &[["address", "ip", "ip-dst", NETWORK], ["country", "country-code", "text", OTHER]],
};

const URL: Template = Template {
    name: "url",
    uuid: "60efb77b-40b5-4c46-871b-ed1ed999fce5",
    version: "10",
    category: "network",
    fields: &[["url", "url", "url", NETWORK]],
};

/// Kinds for which MISP has no template: what they are called, and the rest as First Hour keeps it.
const OWN: Template = Template {
    name: "first-hour-entity",
    uuid: "c2a6e1a4-3d0a-4a52-9a3c-5a3b1f0de5c7",
    version: "1",
    category: "misc",
    fields: &[],
};

/// The template of a kind.
pub fn template(kind: EntityKind) -> &'static Template {
    match kind {
        EntityKind::File => &FILE,
        EntityKind::Process => &PROCESS,
        EntityKind::RegistryKey | EntityKind::RegistryValue => &REGISTRY,
        EntityKind::User | EntityKind::Mailbox => &ACCOUNT,
        EntityKind::Device => &DEVICE,
        EntityKind::MailMessage => &EMAIL,
        EntityKind::Domain => &DOMAIN,
        EntityKind::Ip => &ADDRESS,
        EntityKind::Url => &URL,
        _ => &OWN,
    }
}
