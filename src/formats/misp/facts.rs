//! MISP attribute types, each with what it says of an entity. A composite type such as `filename|sha256` says two things
//! of one, or of two.

use super::{scalar, text};
use crate::formats::assemble::Evidence;
use crate::formats::text as running_text;
use crate::model::Extra;
use crate::model::entity::{
    Domain, Facts, File, Ip, MacAddress, MailMessage, Mailbox, Mutex, Network, Other, Process, RegistryKey,
    RegistryValue, Url, User, UserAgent, Vulnerability, Wallet,
};

/// Whether an attribute of a file object tells of the file itself.
pub fn is_of_a_file(attribute: &Extra) -> bool {
    matches!(
        text(attribute, "type").unwrap_or_default(),
        "filename"
            | "md5"
            | "sha1"
            | "sha256"
            | "size-in-bytes"
            | "sha512"
            | "ssdeep"
            | "imphash"
            | "tlsh"
            | "mime-type"
    ) || text(attribute, "object_relation") == Some("path")
}

/// The file that these attributes tell of.
pub fn file(attributes: &[Extra]) -> Evidence {
    let mut file = File::default();
    let mut extra = Extra::new();
    for attribute in attributes {
        let value = scalar(attribute, "value").unwrap_or_default();
        let kind = text(attribute, "type").unwrap_or_default();
        let taken = match (kind, text(attribute, "object_relation")) {
            (_, Some("path")) => put(&mut file.folder, value.clone()),
            ("filename", _) => put(&mut file.file_name, value.clone()),
            ("size-in-bytes", _) => put(&mut file.size, value.clone()),
            _ => hash(&mut file, kind, &value),
        };
        if !taken {
            extra.insert(kind.to_owned(), value.into());
        }
    }
    Evidence { extra, ..Evidence::new(Facts::File(file)) }
}

/// Sets what is not set yet.
fn put(place: &mut Option<String>, value: String) -> bool {
    let is_free = place.is_none();
    if is_free {
        *place = Some(value);
    }
    is_free
}

fn hash(file: &mut File, kind: &str, value: &str) -> bool {
    let place = match kind {
        "md5" => &mut file.md5,
        "sha1" => &mut file.sha1,
        "sha256" => &mut file.sha256,
        "sha512" => &mut file.sha512,
        _ => return false,
    };
    put(place, value.to_ascii_lowercase())
}

/// What an attribute says: usually one thing, of a composite type sometimes two.
pub fn read(mut attribute: Extra) -> Vec<Evidence> {
    let kind = text(&attribute, "type").unwrap_or_default().to_owned();
    let value = scalar(&attribute, "value").unwrap_or_default();
    let Some(facts) = facts(&kind, &value) else {
        let facts = Facts::Other(Other { type_name: kind, raw: attribute });
        return vec![Evidence::new(facts)];
    };
    for plumbing in ["value", "id", "event_id", "object_id", "sharing_group_id", "distribution", "uuid"] {
        attribute.remove(plumbing);
    }
    attribute.retain(|_, value| !matches!(value.as_array(), Some(list) if list.is_empty()) && value != "");
    facts.into_iter().map(|facts| Evidence { extra: attribute.clone(), ..Evidence::new(facts) }).collect()
}

/// The facts of a value of this type; none for a type without fields of its own in the model.
fn facts(kind: &str, value: &str) -> Option<Vec<Facts>> {
    let some = || Some(value.to_owned());
    let ip = |address: &str| Facts::Ip(Ip { address: Some(address.to_owned()), ..Ip::default() });
    let domain = |name: &str| Facts::Domain(Domain { name: Some(name.to_lowercase()), ..Domain::default() });
    if let Some((first, second)) = kind.split_once('|') {
        let (left, right) = value.split_once('|')?;
        return Some(match (first, second) {
            ("filename", algorithm) => {
                let mut file = File { file_name: Some(left.to_owned()), ..File::default() };
                if !hash(&mut file, algorithm, right) {
                    return None;
                }
                vec![Facts::File(file)]
            }
            ("ip-src" | "ip-dst", "port") => vec![ip(left)],
            ("domain", "ip") => vec![domain(left), ip(right)],
            ("hostname", "port") => vec![domain(left)],
            ("regkey", "value") => {
                let (hive, key) = left.split_once('\\').unwrap_or((left, ""));
                vec![Facts::RegistryValue(RegistryValue {
                    hive: Some(hive.to_owned()),
                    key: Some(key.to_owned()),
                    value: Some(right.to_owned()),
                    ..RegistryValue::default()
                })]
            }
            _ => return None,
        });
    }
    let mut file = File::default();
    if hash(&mut file, kind, value) {
        return Some(vec![Facts::File(file)]);
    }
    Some(vec![match kind {
        // A network in CIDR notation is written in these types, too.
        "ip-src" | "ip-dst" if value.contains('/') => {
            Facts::Network(Network { cidr: some(), ..Network::default() })
        }
        "ip-src" | "ip-dst" => ip(value),
        "mac-address" => Facts::MacAddress(MacAddress { address: some() }),
        "mutex" => Facts::Mutex(Mutex { name: some() }),
        "user-agent" | "http-user-agent" => Facts::UserAgent(UserAgent { user_agent: some() }),
        "vulnerability" => Facts::Vulnerability(Vulnerability { cve: some(), ..Vulnerability::default() }),
        "btc" | "xmr" | "dash" => {
            let currency = match kind {
                "btc" => "Bitcoin",
                "xmr" => "Monero",
                _ => "Dash",
            };
            Facts::Wallet(Wallet { address: some(), currency: Some(currency.to_owned()) })
        }
        "domain" | "hostname" => domain(value),
        "url" | "uri" | "link" => Facts::Url(Url { url: some() }),
        "filename" | "email-attachment" => Facts::File(running_text::path(value)),
        "email" | "email-src" | "email-dst" | "target-email" | "whois-registrant-email" => {
            Facts::Mailbox(Mailbox { primary_address: some(), ..Mailbox::default() })
        }
        "email-subject" => Facts::MailMessage(MailMessage { subject: some(), ..MailMessage::default() }),
        "email-message-id" => {
            Facts::MailMessage(MailMessage { internet_message_id: some(), ..MailMessage::default() })
        }
        "target-user" => Facts::User(User { account_name: some(), ..User::default() }),
        "regkey" => {
            let (hive, key) = value.split_once('\\').unwrap_or((value, ""));
            Facts::RegistryKey(RegistryKey {
                hive: Some(hive.to_owned()),
                key: Some(key.to_owned()),
                mde_device_id: None,
            })
        }
        "process-state" | "command" | "command-line" => {
            Facts::Process(Process { command_line: some(), ..Process::default() })
        }
        _ => return None,
    }])
}
