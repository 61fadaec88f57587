//! STIX cyber-observables and domain objects, field by field.
//!
//! Property names: STIX 2.1, sections 4 and 6; 2.0 calls some otherwise (`name` for a process, `account_login` alike).

use super::text;
use crate::formats::assemble::Evidence;
use crate::formats::copied;
use crate::model::Extra;
use crate::model::entity::{
    Application, Domain, Facts, File, Ip, MacAddress, MailMessage, Mailbox, Mutex, Network, Other, Process,
    RegistryKey, RegistryValue, Technique, Url, User, Vulnerability,
};
use serde_json::Value;
use std::collections::HashMap;

/// Whether an object is something that can be seen, rather than something that is said about it.
pub fn is_observable(object: &Extra) -> bool {
    matches!(
        text(object, "type").unwrap_or_default(),
        "artifact"
            | "autonomous-system"
            | "directory"
            | "domain-name"
            | "email-addr"
            | "email-message"
            | "file"
            | "ipv4-addr"
            | "ipv6-addr"
            | "mac-addr"
            | "mutex"
            | "network-traffic"
            | "process"
            | "software"
            | "url"
            | "user-account"
            | "windows-registry-key"
            | "x509-certificate"
    )
}

/// What an object says as evidence; `known` holds what it may point at.
pub fn read(mut object: Extra, known: &HashMap<String, Extra>) -> Evidence {
    let kind = text(&object, "type").unwrap_or_default().to_owned();
    // Looked up before anything is taken out.
    let (cve, technique_id) = (listed(&object, "cve"), listed(&object, "mitre-attack"));
    let mut take = |name: &str| match object.get(name)? {
        Value::String(_) | Value::Number(_) | Value::Bool(_) => match object.remove(name)? {
            Value::String(text) => Some(text).filter(|text| !text.is_empty()),
            other => Some(other.to_string()),
        },
        _ => None,
    };
    let facts = match kind.as_str() {
        "ipv4-addr" | "ipv6-addr" => {
            // A network in CIDR notation is written in these types, too.
            let value = take("value");
            if value.as_deref().is_some_and(|value| value.contains('/')) {
                Facts::Network(Network { cidr: value, ..Network::default() })
            } else {
                Facts::Ip(Ip { address: value, ..Ip::default() })
            }
        }
        "mac-addr" => Facts::MacAddress(MacAddress { address: take("value") }),
        "mutex" => Facts::Mutex(Mutex { name: take("name") }),
        "vulnerability" => {
            let name = take("name").filter(|name| Some(name) != cve.as_ref());
            match (cve, name) {
                (None, Some(name)) if name.starts_with("CVE-") => {
                    Facts::Vulnerability(Vulnerability { cve: Some(name), name: None })
                }
                (cve, name) => Facts::Vulnerability(Vulnerability { cve, name }),
            }
        }
        // One that is in another list, such as CAPEC, is no technique of ATT&CK.
        "attack-pattern" if technique_id.is_some() => {
            Facts::Technique(Technique { technique_id, name: take("name"), ..Technique::default() })
        }
        "domain-name" => Facts::Domain(Domain { name: take("value"), ..Domain::default() }),
        "url" => Facts::Url(Url { url: take("value") }),
        "email-addr" => Facts::Mailbox(Mailbox {
            primary_address: take("value"),
            display_name: take("display_name"),
            ..Mailbox::default()
        }),
        "file" => Facts::File(file(&mut object, known)),
        "process" => {
            let image = pointed(&object, &["image_ref", "binary_ref"], known);
            let user = pointed(&object, &["creator_user_ref"], known);
            Facts::Process(Process {
                process_id: scalar(&mut object, "pid"),
                command_line: scalar(&mut object, "command_line"),
                created: scalar(&mut object, "created_time").or_else(|| scalar(&mut object, "created")),
                image_name: image
                    .and_then(|image| named(image, "name"))
                    .or_else(|| scalar(&mut object, "name")),
                user: user.and_then(|user| named(user, "account_login").or_else(|| named(user, "user_id"))),
                ..Process::default()
            })
        }
        "user-account" => Facts::User(User {
            account_name: take("account_login"),
            display_name: take("display_name"),
            sid: sid(&mut object),
            ..User::default()
        }),
        "windows-registry-key" => registry(&mut object),
        "email-message" => {
            let address =
                |names: &[&str]| pointed(&object, names, known).and_then(|address| named(address, "value"));
            let (sender, envelope) = (address(&["from_ref"]), address(&["sender_ref"]));
            let to = object.get("to_refs").and_then(Value::as_array).and_then(|to| to.first());
            let recipient = to.and_then(Value::as_str).and_then(|to| named(known.get(to)?, "value"));
            Facts::MailMessage(MailMessage {
                subject: scalar(&mut object, "subject"),
                sender: sender.or_else(|| scalar(&mut object, "from")),
                envelope_sender: envelope,
                recipient,
                received: scalar(&mut object, "date"),
                internet_message_id: scalar(&mut object, "message_id"),
                ..MailMessage::default()
            })
        }
        "software" => Facts::Application(Application {
            display_name: take("name"),
            publisher: take("vendor"),
            ..Application::default()
        }),
        _ => {
            object.remove("spec_version");
            return Evidence::new(Facts::Other(Other { type_name: kind, raw: object }));
        }
    };
    for plumbing in ["type", "id", "spec_version"] {
        object.remove(plumbing);
    }
    Evidence { extra: object, ..Evidence::new(facts) }
}

/// The number under which another list has this, such as that of ATT&CK.
fn listed(object: &Extra, source: &str) -> Option<String> {
    let references = object.get("external_references")?.as_array()?;
    let number = references.iter().filter_map(Value::as_object).find(|reference| {
        text(reference, "source_name").is_some_and(|name| name.eq_ignore_ascii_case(source))
    });
    number.and_then(|reference| text(reference, "external_id")).map(str::to_owned)
}

fn scalar(object: &mut Extra, name: &str) -> Option<String> {
    match object.get(name)? {
        Value::String(_) => match object.remove(name)? {
            Value::String(text) => Some(text).filter(|text| !text.is_empty()),
            _ => None,
        },
        Value::Number(_) => object.remove(name).map(|number| number.to_string()),
        _ => None,
    }
}

/// The object that the first of these properties points at.
fn pointed<'k>(object: &Extra, names: &[&str], known: &'k HashMap<String, Extra>) -> Option<&'k Extra> {
    names.iter().find_map(|name| known.get(text(object, name)?))
}

/// What an object that others point at is called, to be written beside each of them.
fn named(object: &Extra, name: &str) -> Option<String> {
    text(object, name).and_then(copied).map(str::to_owned)
}

fn file(object: &mut Extra, known: &HashMap<String, Extra>) -> File {
    let folder = pointed(object, &["parent_directory_ref"], known).and_then(|folder| named(folder, "path"));
    let mut file = File {
        file_name: scalar(object, "name"),
        folder: folder.or_else(|| scalar(object, "parent_directory")),
        size: scalar(object, "size"),
        ..File::default()
    };
    if let Some(Value::Object(hashes)) = object.get_mut("hashes") {
        let mut hash = |name: &str| {
            let spelled =
                hashes.keys().find(|key| key.replace('-', "").eq_ignore_ascii_case(name)).cloned()?;
            let Some(Value::String(value)) = hashes.remove(&spelled) else { return None };
            Some(value.to_ascii_lowercase())
        };
        (file.md5, file.sha1, file.sha256) = (hash("MD5"), hash("SHA1"), hash("SHA256"));
        file.sha512 = hash("SHA512");
        if hashes.is_empty() {
            object.remove("hashes");
        }
    }
    file
}

/// A Windows account's `user_id` is its security identifier.
fn sid(object: &mut Extra) -> Option<String> {
    text(object, "user_id").filter(|id| id.starts_with("S-1-"))?;
    scalar(object, "user_id")
}

/// A registry key, or the value where it tells exactly one.
fn registry(object: &mut Extra) -> Facts {
    let whole = scalar(object, "key").unwrap_or_default();
    let (hive, key) = whole.split_once('\\').map_or((None, whole.as_str()), |(hive, key)| (Some(hive), key));
    let (hive, key) = (hive.map(str::to_owned), Some(key.to_owned()).filter(|key| !key.is_empty()));
    let only = object.get("values").and_then(Value::as_array).filter(|values| values.len() == 1);
    let Some(value) = only.and_then(|values| values[0].as_object()).cloned() else {
        return Facts::RegistryKey(RegistryKey { hive, key, mde_device_id: None });
    };
    object.remove("values");
    let part = |name: &str| text(&value, name).map(str::to_owned);
    Facts::RegistryValue(RegistryValue {
        hive,
        key,
        value_name: part("name"),
        value: part("data"),
        value_type: part("data_type"),
        mde_device_id: None,
    })
}
