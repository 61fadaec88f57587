//! STIX bundles: the same bytes every time, equal entities when they come back, references that lead somewhere.

use crate::incidents::{all, full, guided, written};
use firsthour::formats::export::ExportId;
use firsthour::formats::{FormatId, read};
use firsthour::model::{Entity, Incident, What};
use serde_json::Value;
use std::collections::BTreeSet;

/// The only incident that a file comes to.
pub fn back(text: String, format: FormatId) -> Incident {
    let mut intake = read(text).unwrap();
    assert_eq!((intake.format, intake.incidents.len()), (format, 1));
    intake.incidents.remove(0)
}

/// What of an entity is told by a file, as one comparable text. The id is not: where nothing identifies a thing, it is
/// made of where it came from.
pub fn told(entity: &Entity) -> String {
    let (facts, tags) = (serde_json::to_string(&entity.facts).unwrap(), &entity.tags);
    let found = (entity.verdict.code(), entity.remediation.code());
    format!("{facts} {found:?} {tags:?} {} {}", entity.critical, entity.note)
}

pub fn same_entities(one: &Incident, other: &Incident) {
    let told = |incident: &Incident| incident.entities.values().map(told).collect::<BTreeSet<_>>();
    let (one, other) = (told(one), told(other));
    assert_eq!(one.difference(&other).collect::<Vec<_>>(), other.difference(&one).collect::<Vec<_>>());
}

#[test]
fn a_bundle_comes_back_with_equal_entities() {
    for (name, incident) in all() {
        let back = back(written(ExportId::Stix, &incident), FormatId::Stix);
        println!("{name}: {} entities", incident.entities.len());
        same_entities(&incident, &back);
        let own_name = if incident.name.is_empty() { back.name.as_str() } else { incident.name.as_str() };
        assert_eq!(back.name, own_name);
        assert_eq!(
            (&back.description, &back.severity, &back.status, &back.classification, &back.determination),
            (
                &incident.description,
                &incident.severity,
                &incident.status,
                &incident.classification,
                &incident.determination
            )
        );
        assert_eq!(back.tags, incident.tags);
    }
}

#[test]
fn what_identifies_an_entity_beyond_doubt_gives_it_the_same_id_again() {
    let incident = guided();
    let back = back(written(ExportId::Stix, &incident), FormatId::Stix);
    let strong = |incident: &Incident| {
        let entities = incident.entities.values();
        let ids = entities.filter(|entity| entity.facts.identities().iter().any(|key| !key.local));
        ids.map(|entity| entity.id.clone()).collect::<BTreeSet<_>>()
    };
    assert!(strong(&incident).len() > 10);
    assert_eq!(strong(&incident), strong(&back));
}

#[test]
fn notes_comments_and_steps_come_back() {
    let incident = full();
    let back = back(written(ExportId::Stix, &incident), FormatId::Stix);
    let said: Vec<_> = back
        .activity
        .iter()
        .filter_map(|entry| match &entry.what {
            What::Comment(text) => Some((entry.by.as_str(), text.as_str())),
            _ => None,
        })
        .collect();
    assert_eq!(
        said,
        [
            ("Ann", "# What we know\n\nIt began with a mail."),
            ("Bob", "Called the user: \"no, I did not open it\".")
        ]
    );
    let rebuilt = back.checklist.own.values().find(|step| step.title == "Rebuild the server").unwrap();
    assert_eq!((rebuilt.phase.code(), rebuilt.how.as_str()), ("recovery", "From the image."));
    assert_eq!(back.checklist.own.len(), 3, "two steps of the library were decided about");
}

#[test]
fn the_same_incident_is_the_same_bytes_and_every_reference_leads_somewhere() {
    for (name, incident) in all() {
        let text = written(ExportId::Stix, &incident);
        assert_eq!(text, written(ExportId::Stix, &incident.clone()), "{name}");
        let bundle: Value = serde_json::from_str(&text).unwrap();
        let objects = bundle["objects"].as_array().unwrap();
        let ids: BTreeSet<&str> = objects.iter().map(|object| object["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), objects.len(), "{name}: an id is used twice");
        for object in objects {
            for (property, value) in object.as_object().unwrap() {
                let refs: Vec<&Value> = match value {
                    Value::Array(list) if property.ends_with("_refs") => list.iter().collect(),
                    value if property.ends_with("_ref") => vec![value],
                    _ => Vec::new(),
                };
                for target in refs {
                    assert!(ids.contains(target.as_str().unwrap()), "{name}: {property} leads to {target}");
                }
            }
        }
    }
}
