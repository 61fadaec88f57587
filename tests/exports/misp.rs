//! MISP events: equal entities and notes when they come back, one event for each incident, the same bytes every time.

use crate::incidents::{all, format, full, guided, how, shared, written};
use crate::stix::{back, same_entities};
use firsthour::formats::export::{ExportId, Tlp};
use firsthour::formats::{FormatId, read};
use firsthour::model::{Incident, What};
use serde_json::Value;

/// A copy without the marking that a file adds to what it carries.
fn unmarked(mut incident: Incident) -> Incident {
    for entity in incident.entities.values_mut() {
        entity.tags.retain(|tag| !tag.starts_with("tlp:"));
    }
    incident
}

#[test]
fn an_event_comes_back_with_equal_entities_and_their_marking() {
    for (name, incident) in all() {
        let back = back(written(ExportId::Misp, &incident), FormatId::Misp);
        println!("{name}: {} entities", incident.entities.len());
        assert!(back.entities.values().all(|entity| entity.tags.contains("tlp:amber")), "{name}");
        same_entities(&incident, &unmarked(back.clone()));
        assert!(back.tags.contains("tlp:amber"));
        assert_eq!(back.notes.len(), incident.notes.len() + texts(&incident), "{name}");
    }
    let back = back(written(ExportId::Misp, &guided()), FormatId::Misp);
    let said = back.activity.iter().find_map(|entry| match &entry.what {
        What::Comment(text) => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(said, Some("Called the user: \"no, I did not open it\"."));
}

/// How many texts of the incident itself there are.
fn texts(incident: &Incident) -> usize {
    [&incident.description, &incident.closing_note].into_iter().filter(|text| !text.is_empty()).count()
}

#[test]
fn several_incidents_are_a_response_and_everything_has_a_uuid_of_its_own() {
    let shares = [shared(&guided(), Tlp::Green), shared(&full(), Tlp::Green)];
    let text = format(ExportId::Misp).write(&shares, &how());
    assert_eq!(text, format(ExportId::Misp).write(&shares, &how()));
    assert_eq!(read(text.clone()).unwrap().incidents.len(), 2);
    let whole: Value = serde_json::from_str(&text).unwrap();
    let mut open = vec![&whole];
    let mut uuids = Vec::new();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => {
                // One organisation made both events.
                uuids.extend(
                    fields
                        .get("uuid")
                        .filter(|_| !fields.contains_key("name") || fields.contains_key("Attribute")),
                );
                open.extend(fields.values());
            }
            _ => {}
        }
    }
    let count = uuids.len();
    uuids.sort_by_key(|uuid| uuid.as_str());
    uuids.dedup();
    assert!(count > 50);
    assert_eq!(uuids.len(), count);
}
