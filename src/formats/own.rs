//! An entity inside a file of another format: what the format has no place for, so that a file of our own comes back as it
//! was. STIX carries it in an extension, MISP in an attribute of an object.
//!
//! It holds `kind` where what stands around it is read as another kind or not at all; `fields`, which come on top of what is
//! read around it; of a kind without fields here `type_name` and `raw`, JSON as a text; and what was found out.

use super::assemble::Evidence;
use crate::model::Extra;
use crate::model::entity::{Entity, EntityKind, Facts, Other};
use crate::model::taxonomy::{RemediationStatus, Verdict};
use serde_json::{Value, json};

/// What is told of an entity beside `alone`: the facts that a reader takes from what stands around it.
pub fn of(entity: &Entity, alone: Option<&Facts>) -> Extra {
    let mut own = Extra::new();
    let told: Vec<_> = alone.into_iter().flat_map(Facts::parts).collect();
    let parts = entity.facts.parts();
    let tells_only_this = alone.is_some_and(|facts| {
        facts.kind() == entity.kind() && told.iter().all(|(name, _)| parts.iter().any(|(n, _)| n == name))
    });
    let mut fields = match serde_json::to_value(&entity.facts) {
        Ok(Value::Object(fields)) => fields,
        _ => Extra::new(),
    };
    fields.remove("kind");
    if let Facts::Other(other) = &entity.facts {
        fields.clear();
        own.insert("type_name".into(), other.type_name.clone().into());
        // As a text, because the names inside may be any and those of an extension's properties may not.
        own.insert("raw".into(), serde_json::to_string(&other.raw).unwrap_or_default().into());
    }
    if tells_only_this {
        for (name, part) in &told {
            if parts.iter().any(|(n, own)| n == name && own == part) {
                fields.remove(*name);
            }
        }
    } else {
        own.insert("kind".into(), entity.kind().code().into());
    }
    if !fields.is_empty() {
        own.insert("fields".into(), Value::Object(fields));
    }
    if entity.verdict != Verdict::Unknown {
        own.insert("verdict".into(), entity.verdict.code().into());
    }
    if entity.remediation != RemediationStatus::None {
        own.insert("remediation".into(), entity.remediation.code().into());
    }
    if !entity.tags.is_empty() {
        own.insert("tags".into(), json!(entity.tags));
    }
    if !entity.note.is_empty() {
        own.insert("note".into(), entity.note.clone().into());
    }
    if entity.critical {
        own.insert("critical".into(), true.into());
    }
    own
}

/// The entity that this tells of; none where it tells of none. `alone` is asked for what stands around it.
pub fn evidence(own: &Extra, alone: impl FnOnce() -> Option<Facts>) -> Option<Evidence> {
    let facts = facts(own, alone)?;
    let tags = own.get("tags").and_then(Value::as_array);
    let tags = tags.map(|tags| tags.iter().filter_map(Value::as_str).map(str::to_owned).collect());
    Some(Evidence {
        verdict: text(own, "verdict").map(Verdict::parse),
        remediation: text(own, "remediation").map(RemediationStatus::parse),
        tags,
        note: text(own, "note").unwrap_or_default().to_owned(),
        critical: own.get("critical") == Some(&Value::Bool(true)),
        ..Evidence::new(facts)
    })
}

fn facts(own: &Extra, alone: impl FnOnce() -> Option<Facts>) -> Option<Facts> {
    let mut fields = match text(own, "kind") {
        Some(kind) if EntityKind::parse(kind) == Some(EntityKind::Other) => {
            let raw = serde_json::from_str(text(own, "raw")?).ok()?;
            let type_name = text(own, "type_name").unwrap_or_default().to_owned();
            return Some(Facts::Other(Other { type_name, raw }));
        }
        Some(kind) => Extra::from_iter([("kind".to_owned(), Value::from(kind))]),
        None => match serde_json::to_value(alone()?) {
            Ok(Value::Object(fields)) => fields,
            _ => return None,
        },
    };
    fields.extend(own.get("fields").and_then(Value::as_object).cloned().unwrap_or_default());
    serde_json::from_value(Value::Object(fields)).ok()
}

fn text<'o>(own: &'o Extra, name: &str) -> Option<&'o str> {
    own.get(name).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EntityId;
    use crate::model::entity::{Device, Ip};

    #[test]
    fn only_what_is_not_told_already_is_told_and_both_together_are_the_whole() {
        let ip = Ip { address: Some("192.0.2.1".into()), country: Some("NL".into()), city: None };
        let mut entity = Entity::new(EntityId::derived(&["1"]), Facts::Ip(ip));
        entity.verdict = Verdict::Malicious;
        let alone = Facts::Ip(Ip { address: Some("192.0.2.1".into()), ..Ip::default() });
        let own = of(&entity, Some(&alone));
        assert_eq!(Value::Object(own.clone()), json!({"fields": {"country": "NL"}, "verdict": "malicious"}));
        let back = evidence(&own, || Some(alone)).unwrap();
        assert_eq!((back.facts, back.verdict), (entity.facts.clone(), Some(Verdict::Malicious)));
        // What is told around it is of another kind, or tells too much.
        let city = Facts::Ip(Ip { city: Some("Delft".into()), ..Ip::default() });
        for wrong in [Facts::Device(Device::default()), city] {
            let own = of(&entity, Some(&wrong));
            assert_eq!(evidence(&own, || None).unwrap().facts, entity.facts);
        }
    }

    #[test]
    fn what_is_no_entity_is_none() {
        for own in [json!({}), json!({"kind": "unheard-of"}), json!({"kind": "ip", "fields": {"address": 7}})]
        {
            assert_eq!(evidence(own.as_object().unwrap(), || None), None, "{own}");
        }
    }
}
