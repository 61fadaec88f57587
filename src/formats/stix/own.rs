//! What First Hour adds to the objects of a bundle that it writes: the fields of an entity or an incident for which STIX
//! has no place, in a property extension. By it a bundle of our own comes back as it was.
//!
//! `entity` is what [`own`] has beside the object itself; `incident` and `step` likewise hold what has no property. A foreign
//! reader may pass over all of it.

use super::{pattern, text};
use crate::formats::assemble::Evidence;
use crate::formats::own;
use crate::model::entity::Facts;
use crate::model::taxonomy::{Classification, Determination, Severity, Status};
use crate::model::{Extra, Incident, Phase};
use std::collections::HashMap;

/// The extension's id.
pub const EXTENSION: &str = "extension-definition--3f1cbb0a-6c2b-4d0e-8f55-6a2f0a9f7d41";

/// What the extension holds about an object, under this name.
fn part<'o>(object: &'o Extra, name: &str) -> Option<&'o Extra> {
    object.get("extensions")?.get(EXTENSION)?.get(name)?.as_object()
}

/// The entity that this object carries, with its marking; none where it is not one of ours or what it says is no entity.
pub fn evidence(object: &Extra) -> Option<Evidence> {
    let alone = || of_pattern(text(object, "pattern")?);
    let mut evidence = own::evidence(part(object, "entity")?, alone)?;
    if let Some(refs) = object.get("object_marking_refs") {
        evidence.extra.insert("object_marking_refs".to_owned(), refs.clone());
    }
    Some(evidence)
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
