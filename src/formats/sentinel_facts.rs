//! Microsoft Sentinel's entity types, field by field.
//!
//! Field names: Sentinel's reference of entity types, in the spelling of alerts (`NTDomain`, types in lower case with
//! dashes). Letters' case and underscores do not count, so that the spellings of the API (`ntDomain`, types such as
//! `RegistryKey`) and of its Python SDK (`nt_domain`) are read as well.

use crate::formats::copied;
use crate::formats::json::{Fields, Json};
use crate::formats::sentinel_entities::number;
use crate::model::entity::{
    Application, CloudResource, Device, Domain, Facts, File, Ip, MailCluster, MailMessage, Mailbox, Other,
    Process, RegistryKey, RegistryValue, SecurityGroup, Url, User,
};
use std::collections::HashMap;

/// What is known of the entities of one alert, by their numbers.
pub struct Known(pub HashMap<String, Names>);

/// What others need to know of an entity that they point at.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// Its name: a file's, an account's, a host's, a command line.
    name: Option<String>,
    /// The folder of a file.
    folder: Option<String>,
    /// The process number and creation time.
    process: (Option<String>, Option<String>),
    /// A hash: which, and its value.
    hash: Option<(String, String)>,
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).map(|c| c.to_ascii_lowercase()).collect()
}

/// The field of this name in whatever spelling.
fn spelled(fields: &Fields<'_>, name: &str) -> Option<String> {
    fields.names().find(|there| folded(there) == name && fields.has(there)).map(str::to_owned)
}

fn text(fields: &mut Fields<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| spelled(fields, name).and_then(|spelling| fields.text(&spelling)))
}

fn peek(fields: &Fields<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match fields.get(&spelled(fields, name)?)? {
        Json::Text(text) => Some(text.to_string()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// The type of an entity, by letters alone.
pub fn type_of(fields: &Fields<'_>) -> Option<String> {
    ["Type", "kind", "type"].iter().find_map(|name| fields.peek(name)).map(folded)
}

/// What others need to know of this entity.
pub fn names_of(fields: &Fields<'_>) -> Names {
    let peek =
        |fields: &Fields<'_>, names: &[&str]| peek(fields, names).filter(|text| copied(text).is_some());
    let algorithm = peek(fields, &["algorithm"]).map(|name| folded(&name));
    Names {
        name: peek(fields, &["name", "hostname", "accountname"]),
        folder: peek(fields, &["directory"]),
        process: (peek(fields, &["processid"]), peek(fields, &["creationtimeutc"])),
        hash: algorithm.zip(peek(fields, &["value", "hashvalue"])),
    }
}

/// The facts of an entity. A type without fields of its own in the model keeps them all under its name.
pub fn read(fields: &mut Fields<'_>, known: &Known) -> Facts {
    let type_name = ["Type", "kind", "type"].iter().find_map(|name| fields.text(name)).unwrap_or_default();
    match folded(&type_name).as_str() {
        "account" => Facts::User(user(fields)),
        "host" => Facts::Device(host(fields)),
        "ip" => {
            let place = spelled(fields, "location").unwrap_or_default();
            let (country, city) = fields.within(&place, |place| {
                (text(place, &["countryname", "countrycode"]), text(place, &["city"]))
            });
            Facts::Ip(Ip { address: text(fields, &["address"]), country, city })
        }
        "url" => Facts::Url(Url { url: text(fields, &["url"]) }),
        "dns" | "dnsresolution" => {
            Facts::Domain(Domain { name: text(fields, &["domainname"]), ..Domain::default() })
        }
        "file" => Facts::File(file(fields, known)),
        "filehash" => {
            let algorithm = text(fields, &["algorithm"]).unwrap_or_default();
            let mut file = File::default();
            hash(&mut file, &folded(&algorithm), text(fields, &["value", "hashvalue"]));
            Facts::File(file)
        }
        "process" => Facts::Process(process(fields, known)),
        "registrykey" => Facts::RegistryKey(RegistryKey {
            hive: text(fields, &["hive"]),
            key: text(fields, &["key"]),
            mde_device_id: None,
        }),
        "registryvalue" => Facts::RegistryValue(RegistryValue {
            hive: text(fields, &["hive"]),
            key: pointed(fields, "key", known).and_then(|key| key.name).or_else(|| text(fields, &["key"])),
            value_name: text(fields, &["name", "valuename"]),
            value: text(fields, &["value", "valuedata"]),
            value_type: text(fields, &["valuetype"]),
            mde_device_id: None,
        }),
        "cloudapplication" => Facts::Application(Application {
            display_name: text(fields, &["name", "appname"]),
            app_id: text(fields, &["appid", "saasid"]),
            instance_name: text(fields, &["instancename"]),
            app_type: Some("cloud".to_owned()),
            ..Application::default()
        }),
        "azureresource" => Facts::CloudResource(CloudResource {
            name: text(fields, &["resourcename"]),
            resource_id: text(fields, &["resourceid"]),
            resource_type: text(fields, &["resourcetype"]),
            platform: Some("azure".to_owned()),
        }),
        "securitygroup" => Facts::SecurityGroup(SecurityGroup {
            distinguished_name: text(fields, &["distinguishedname"]),
            sid: text(fields, &["sid"]),
            ad_object_guid: text(fields, &["objectguid"]),
            ..SecurityGroup::default()
        }),
        "mailbox" => Facts::Mailbox(Mailbox {
            primary_address: text(fields, &["mailboxprimaryaddress"]),
            display_name: text(fields, &["displayname"]),
            user_principal_name: text(fields, &["upn"]),
            entra_user_id: text(fields, &["aadid", "externaldirectoryobjectid"]),
        }),
        "mailmessage" => Facts::MailMessage(message(fields)),
        "mailcluster" => Facts::MailCluster(MailCluster {
            query: text(fields, &["query"]),
            cluster_value: text(fields, &["clusterby", "source"]),
            mail_count: text(fields, &["mailcount"]),
            ..MailCluster::default()
        }),
        _ => Facts::Other(Other { type_name, raw: std::mem::take(fields).into_extra() }),
    }
}

fn user(fields: &mut Fields<'_>) -> User {
    let account_name = text(fields, &["accountname", "name"]);
    let suffix = text(fields, &["upnsuffix"]);
    let user_principal_name = match (&account_name, suffix) {
        (Some(name), Some(suffix)) => Some(format!("{name}@{suffix}")),
        _ => None,
    };
    User {
        account_name,
        domain_name: text(fields, &["ntdomain", "dnsdomain"]),
        user_principal_name,
        display_name: text(fields, &["displayname"]),
        sid: text(fields, &["sid"]),
        entra_user_id: text(fields, &["aaduserid"]),
        ad_object_guid: text(fields, &["objectguid"]),
    }
}

fn host(fields: &mut Fields<'_>) -> Device {
    Device {
        host_name: text(fields, &["hostname", "netbiosname"]),
        nt_domain: text(fields, &["ntdomain"]),
        dns_domain: text(fields, &["dnsdomain"]),
        os_platform: text(fields, &["osfamily"]),
        os_version: text(fields, &["osversion"]),
        vm_resource_id: text(fields, &["azureid"]),
        ..Device::default()
    }
}

fn file(fields: &mut Fields<'_>, known: &Known) -> File {
    let mut file = File {
        file_name: text(fields, &["name"]),
        folder: text(fields, &["directory"]),
        size: text(fields, &["sizeinbytes"]),
        ..File::default()
    };
    if let Some(Json::List(hashes)) = spelled(fields, "filehashes").and_then(|name| fields.get(&name)) {
        for pointer in hashes.iter().filter_map(Json::as_object) {
            let inside = names_of(pointer).hash;
            let found = number(pointer, "$ref").and_then(|to| known.0.get(&to)?.hash.clone()).or(inside);
            if let Some((algorithm, value)) = found {
                hash(&mut file, &algorithm, Some(value));
            }
        }
    }
    file
}

fn hash(file: &mut File, algorithm: &str, value: Option<String>) {
    let value = value.map(|value| value.to_ascii_lowercase());
    match algorithm {
        "md5" => file.md5 = value,
        "sha1" => file.sha1 = value,
        "sha256" => file.sha256 = value,
        _ => {}
    }
}

fn process(fields: &mut Fields<'_>, known: &Known) -> Process {
    let image = pointed(fields, "imagefile", known).unwrap_or_default();
    let parent = pointed(fields, "parentprocess", known).unwrap_or_default();
    let account = pointed(fields, "account", known).unwrap_or_default();
    Process {
        process_id: text(fields, &["processid"]),
        command_line: text(fields, &["commandline"]),
        created: text(fields, &["creationtimeutc"]),
        image_name: image.name,
        image_folder: image.folder,
        parent_process_id: parent.process.0,
        parent_created: parent.process.1,
        user: account.name,
        ..Process::default()
    }
}

fn message(fields: &mut Fields<'_>) -> MailMessage {
    MailMessage {
        subject: text(fields, &["subject"]),
        sender: text(fields, &["sender", "p2sender"]),
        envelope_sender: text(fields, &["p1sender"]),
        sender_ip: text(fields, &["senderip"]),
        recipient: text(fields, &["recipient"]),
        received: text(fields, &["receiveddate"]),
        network_message_id: text(fields, &["networkmessageid"]),
        internet_message_id: text(fields, &["internetmessageid"]),
        delivery_action: text(fields, &["deliveryaction"]),
        delivery_location: text(fields, &["deliverylocation"]),
        direction: text(fields, &["antispamdirection"]),
        ..MailMessage::default()
    }
}

/// What is known of the entity that a field points at, or that stands in it.
fn pointed(fields: &Fields<'_>, name: &str, known: &Known) -> Option<Names> {
    let pointer = fields.get(&spelled(fields, name)?)?.as_object()?;
    match number(pointer, "$ref") {
        Some(to) => known.0.get(&to).cloned(),
        None => Some(names_of(pointer)),
    }
}
