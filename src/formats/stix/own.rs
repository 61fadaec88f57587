//! What First Hour adds to the objects of a bundle that it writes: the fields of an entity or an incident for which STIX
//! has no place, in a property extension. By it a bundle of our own comes back as it was.
//!
//! `entity` holds `kind` where the object by itself is read as another kind or not at all, `fields`, and what was found
//! out; `incident` and `step` likewise. A foreign reader may pass over all of it.

use super::{pattern, text};
use crate::formats::assemble::Evidence;
use crate::model::entity::{EntityKind, Facts, Other};
use crate::model::taxonomy::{Classification, Determination, RemediationStatus, Severity, Status, Verdict};
use crate::model::{Extra, Incident, Phase};
use serde_json::Value;
use std::collections::HashMap;

/// The extension's id.
pub const EXTENSION: &str = "extension-definition--3f1cbb0a-6c2b-4d0e-8f55-6a2f0a9f7d41";

/// What the extension holds about an object, under this name.
fn part<'o>(object: &'o Extra, name: &str) -> Option<&'o Extra> {
    object.get("extensions")?.get(EXTENSION)?.get(name)?.as_object()
}

/// The entity that this object carries; none where it is not one of ours or what it says is no entity.
pub fn evidence(object: &Extra) -> Option<Evidence> {
    let entity = part(object, "entity")?;
    let facts = facts(object, entity)?;
    let tags = entity.get("tags").map(|_| super::strings(entity, "tags").map(str::to_owned).collect());
    Some(Evidence {
        verdict: text(entity, "verdict").map(Verdict::parse),
        remediation: text(entity, "remediation").map(RemediationStatus::parse),
        tags,
        note: text(entity, "note").unwrap_or_default().to_owned(),
        critical: entity.get("critical") == Some(&Value::Bool(true)),
        ..Evidence::new(facts)
    })
}

fn facts(object: &Extra, entity: &Extra) -> Option<Facts> {
    let given = entity.get("fields").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut fields = match text(entity, "kind") {
        Some(kind) if EntityKind::parse(kind) == Some(EntityKind::Other) => {
            let raw = serde_json::from_str(text(entity, "raw")?).ok()?;
            let type_name = text(entity, "type_name").unwrap_or_default().to_owned();
            return Some(Facts::Other(Other { type_name, raw }));
        }
        Some(kind) => Extra::from_iter([("kind".to_owned(), Value::from(kind))]),
        None => match serde_json::to_value(of_pattern(text(object, "pattern")?)?) {
            Ok(Value::Object(fields)) => fields,
            _ => return None,
        },
    };
    fields.extend(given);
    serde_json::from_value(Value::Object(fields)).ok()
}

/// The facts that a pattern by itself comes to, where it tells of one thing.
pub fn of_pattern(text: &str) -> Option<Facts> {
    match <[Extra; 1]>::try_from(pattern::read(text)?) {
        Ok([thing]) => Some(super::facts::read(thing, &HashMap::new()).facts),
        Err(_) => None,
    }
}

/// Takes over what the extension says of the incident.
pub fn complete(incident: &mut Incident, object: &Extra) {
    let Some(own) = part(object, "incident") else { return };
    if let Some(severity) = text(own, "severity") {
        incident.severity = Severity::parse(severity);
    }
    if let Some(status) = text(own, "status") {
        incident.status = Status::parse(status);
    }
    if let Some(classification) = text(own, "classification") {
        incident.classification = Classification::parse(classification);
    }
    if let Some(determination) = text(own, "determination") {
        incident.determination = Determination::parse(determination);
    }
}

/// Whether it is a technique that the incident's alerts name, and nothing beside them.
pub fn is_technique(object: &Extra) -> bool {
    part(object, "technique").is_some()
}

/// The phase that the extension gives a step.
pub fn phase(object: &Extra) -> Option<Phase> {
    Phase::from_code(text(part(object, "step")?, "phase")?)
}
