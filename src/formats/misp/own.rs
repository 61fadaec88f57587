//! What First Hour writes into an event of its own, read back: entities in objects, and notes in event reports.

use super::{seconds, text};
use crate::formats::assemble::Evidence;
use crate::formats::own;
use crate::model::{Extra, Incident, Note, NoteId};

/// The relation, within an object, of the attribute that holds what MISP has no place for.
pub const RELATION: &str = "first-hour";

/// The entity that an object of ours carries; none where it is another's.
pub fn evidence(attributes: &[Extra]) -> Option<Evidence> {
    let own = attributes.iter().find(|attribute| text(attribute, "object_relation") == Some(RELATION))?;
    let own: Extra = serde_json::from_str(text(own, "value")?).ok()?;
    let mut evidence = own::evidence(&own, || None)?;
    // The marking under which it came is more than the entity had by itself.
    let markings = super::tags(attributes).into_iter().flatten().filter(|tag| tag.starts_with("tlp:"));
    evidence.tags.get_or_insert_default().extend(markings);
    Some(evidence)
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
