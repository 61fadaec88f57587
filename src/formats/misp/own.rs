//! What First Hour writes into an event of its own, read back: entities by the attribute that stands beside their object, and
//! notes in event reports.

use super::{seconds, text};
use crate::formats::assemble::Evidence;
use crate::formats::own;
use crate::model::{Extra, Incident, Note, NoteId};
use std::collections::HashMap;

/// The comment of an attribute that holds what the template of an object has no place for.
pub const REST: &str = "first-hour";

/// Under this name the attribute's value tells the UUID of the object it belongs to.
pub const OBJECT: &str = "object";

/// The entities that objects of ours carry, by the objects' UUIDs; the attributes that tell of them are taken out.
pub fn entities(attributes: &mut Vec<Extra>) -> HashMap<String, Evidence> {
    let mut entities = HashMap::new();
    attributes.retain(|attribute| match entity(attribute) {
        Some((object, evidence)) => {
            entities.insert(object, evidence);
            false
        }
        None => true,
    });
    entities
}

fn entity(attribute: &Extra) -> Option<(String, Evidence)> {
    text(attribute, "comment").filter(|comment| *comment == REST)?;
    let own: Extra = serde_json::from_str(text(attribute, "value")?).ok()?;
    let mut evidence = own::evidence(&own, || None)?;
    // The marking under which it came is more than the entity had by itself.
    let tags = super::tags(std::slice::from_ref(attribute)).into_iter().flatten();
    evidence.tags.get_or_insert_default().extend(tags.filter(|tag| tag.starts_with("tlp:")));
    Some((text(&own, OBJECT)?.to_owned(), evidence))
}

/// Takes an event report over as a note.
pub fn take_report(report: &Extra, by: &str, incident: &mut Incident) {
    let (Some(uuid), Some(content)) = (text(report, "uuid"), text(report, "content")) else { return };
    if content.trim().is_empty() || super::is_deleted(report) {
        return;
    }
    let at = seconds(report, "timestamp").unwrap_or_else(|| incident.created.clone());
    let id = NoteId::derived(&[super::SYSTEM, uuid]);
    let note =
        Note { id: id.clone(), text: content.to_owned(), by: by.to_owned(), created: at.clone(), edited: at };
    incident.notes.insert(id, note);
}
