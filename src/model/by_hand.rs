//! Entities that a person writes down: which fields of a kind are asked for, and how an entity is made of the answers.

use crate::model::identity::Key;
use crate::model::{Entity, EntityId, EntityKind, Facts, IncidentId};
use serde_json::{Map, Value};

/// The fields that identify an entity of this kind to a person, the most telling first, by the stable names that
/// [`Facts::fields`] uses; empty for a kind that nobody writes down.
pub fn main_fields(kind: EntityKind) -> &'static [&'static str] {
    match kind {
        EntityKind::Device => &["dns_name", "host_name", "os_platform", "last_ip", "mde_device_id"],
        EntityKind::User => &["user_principal_name", "domain_name", "account_name", "display_name", "sid"],
        EntityKind::Mailbox => &["primary_address", "display_name"],
        EntityKind::MailMessage => &["subject", "sender", "recipient", "network_message_id"],
        EntityKind::File => &["file_name", "folder", "sha256", "sha1", "md5", "sha512"],
        EntityKind::Process => &["command_line", "image_name", "process_id", "user"],
        EntityKind::Ip => &["address", "country"],
        EntityKind::Network => &["cidr", "asn", "holder"],
        EntityKind::MacAddress => &["address"],
        EntityKind::Url => &["url"],
        EntityKind::Domain | EntityKind::Mutex => &["name"],
        EntityKind::UserAgent => &["user_agent"],
        EntityKind::Wallet => &["address", "currency"],
        EntityKind::Vulnerability => &["cve", "name"],
        EntityKind::Technique => &["technique_id", "name"],
        EntityKind::Application => &["display_name", "app_id", "publisher"],
        EntityKind::RegistryKey => &["hive", "key"],
        EntityKind::RegistryValue => &["hive", "key", "value_name", "value"],
        EntityKind::CloudResource => &["name", "resource_id", "resource_type", "platform"],
        EntityKind::SecurityGroup => &["display_name", "sid", "group_id"],
        EntityKind::MailCluster | EntityKind::Other => &[],
    }
}

/// An entity of these fields; none where all of them are empty. Its id is that of its strongest identifier, so that the
/// same thing from a file is the same entity, else it is made of the random bits.
pub fn entity_by_hand<'a>(
    incident: &IncidentId,
    kind: EntityKind,
    given: impl IntoIterator<Item = (&'a str, String)>,
    random: [u8; 10],
) -> Option<Entity> {
    let asked = main_fields(kind);
    let mut fields: Map<String, Value> = given
        .into_iter()
        .filter(|(field, value)| asked.contains(field) && !value.is_empty())
        .map(|(field, value)| (field.to_owned(), Value::String(value)))
        .collect();
    if fields.is_empty() {
        return None;
    }
    fields.insert("kind".into(), Value::String(kind.code().to_owned()));
    let facts: Facts = serde_json::from_value(Value::Object(fields)).ok()?;
    let id = match facts.identities().first() {
        Some(Key { text, local: false }) => EntityId::derived(&[text]),
        // As the readers of files do it: what holds only here is another entity in another incident.
        Some(Key { text, local: true }) => EntityId::derived(&["local", incident.as_str(), text]),
        None => EntityId::random(random),
    };
    Some(Entity::new(id, facts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here() -> IncidentId {
        IncidentId::derived(&["1"])
    }

    #[test]
    fn every_field_that_is_asked_for_exists_and_makes_an_entity() {
        for kind in EntityKind::ALL {
            for field in main_fields(*kind) {
                let entity = entity_by_hand(&here(), *kind, [(*field, "x".to_owned())], [0; 10]).unwrap();
                assert_eq!(entity.kind(), *kind);
                assert_eq!(entity.facts.fields(), [(*field, "x".to_owned())], "{field}");
            }
        }
    }

    #[test]
    fn the_same_address_is_the_same_entity_and_a_weak_name_is_not() {
        let make = |kind, field, value: &str, random| {
            entity_by_hand(&here(), kind, [(field, value.to_owned())], [random; 10]).unwrap().id
        };
        let ip = |random| make(EntityKind::Ip, "address", "192.0.2.1", random);
        let host = |random| make(EntityKind::Device, "host_name", "PC7", random);
        assert_eq!(ip(1), ip(2));
        assert_ne!(host(1), host(2));
    }

    #[test]
    fn nothing_written_is_no_entity() {
        assert_eq!(entity_by_hand(&here(), EntityKind::Url, [("url", String::new())], [0; 10]), None);
        assert_eq!(entity_by_hand(&here(), EntityKind::Url, [("colour", "red".to_owned())], [0; 10]), None);
    }
}
