//! MISP events become an incident: attributes and objects are entities, texts and comments are comments.
//!
//! Names and types: MISP core format, IETF draft 20. An event comes in four wrappings: bare, in `Event`, in the
//! `response` of a search, and in a list of either. Attributes that MISP marks as deleted are kept with the incident
//! and make no entity.

mod facts;
pub mod own;

use crate::formats::assemble::Evidence;
use crate::formats::gather::Gathering;
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::Spot;
use crate::formats::record::{Header, never};
use crate::formats::{Confidence, Format, FormatId, LONGEST_COPIED, copied};
use crate::model::activity::Cause;
use crate::model::taxonomy::{Severity, Verdict};
use crate::model::{Activity, Extra, Incident, IncidentField, IncidentId, Origin, Time, What};
use serde_json::Value;
use std::collections::BTreeSet;

/// What the incident's origin is called.
const SYSTEM: &str = "misp";

/// MISP events.
pub struct Misp;

impl Format for Misp {
    fn id(&self) -> FormatId {
        FormatId::Misp
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        let is_event = |fields: &Fields<'_>| {
            fields.has("info")
                && ["threat_level_id", "Attribute", "analysis"].iter().any(|name| fields.has(name))
        };
        if is_event(record) {
            return Confidence::Certain;
        }
        let wraps = |json: Option<&Json<'_>>| match json {
            Some(Json::Object(inner)) => is_event(inner) || inner.has("Event"),
            Some(Json::List(items)) => {
                items.iter().any(|item| item.as_object().is_some_and(|one| one.has("Event")))
            }
            _ => false,
        };
        if wraps(record.get("Event")) || wraps(record.get("response")) {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        if !record.has("info") {
            for wrapping in ["response", "Event"] {
                for (index, inner) in record.objects(wrapping) {
                    self.read(inner, &place.element(wrapping, index), into);
                }
            }
            return None;
        }
        let event = Event::of(record.into_extra());
        let source_id = event.incident.origins.first().map(|origin| origin.id.clone());
        let at = into.incident(Header { incident: event.incident, source_id, tenant: None });
        for evidence in event.evidence {
            into.loose(at, evidence);
        }
        Some(at)
    }
}

/// What an event comes to.
struct Event {
    incident: Incident,
    evidence: Vec<Evidence>,
    /// Who made the event.
    by: String,
}

impl Event {
    fn of(mut event: Extra) -> Self {
        let mut attributes = objects(&mut event, "Attribute");
        let mut own = own::entities(&mut attributes);
        let with_parts = objects(&mut event, "Object");
        let by = event
            .get("Orgc")
            .and_then(|org| org.get("name"))
            .and_then(Value::as_str)
            .and_then(copied)
            .unwrap_or_default()
            .to_owned();
        let reports = objects(&mut event, "EventReport");
        let mut read = Self { incident: incident(event), evidence: Vec::new(), by };
        for report in reports {
            own::take_report(&report, &read.by, &mut read.incident);
        }
        for attribute in attributes {
            read.attribute(attribute, "");
        }
        for object in with_parts {
            match text(&object, "uuid").and_then(|uuid| own.remove(uuid)) {
                Some(evidence) => read.evidence.push(evidence),
                None => read.object(object),
            }
        }

        read
    }

    /// An object: a file's attributes tell of one file, everything else of a thing each.
    fn object(&mut self, mut object: Extra) {
        let mut name = text(&object, "name").unwrap_or_default().to_owned();
        let attributes = objects(&mut object, "Attribute");
        let (one, others): (Vec<Extra>, Vec<Extra>) = match name.as_str() {
            "file" => attributes
                .into_iter()
                .partition(|attribute| !is_deleted(attribute) && facts::is_of_a_file(attribute)),
            _ => (Vec::new(), attributes),
        };
        if !one.is_empty() {
            let mut evidence = facts::file(&one);
            evidence.verdict = verdict(one.iter());
            evidence.tags = tags(&one);
            self.evidence.push(evidence);
        }
        for attribute in others {
            self.attribute(attribute, &name);
            if copied(&name).is_none() {
                // The first carries all of a name that is too long to stand beside each.
                name = name.chars().take(LONGEST_COPIED / 4).collect();
            }
        }
    }

    fn attribute(&mut self, attribute: Extra, object: &str) {
        if is_deleted(&attribute) {
            let list =
                self.incident.extra.entry("deletedAttributes").or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(list) = list {
                list.push(Value::Object(attribute));
            }
            return;
        }
        let kind = text(&attribute, "type").unwrap_or_default();
        if matches!(kind, "text" | "comment" | "other") && object.is_empty() {
            let said = text(&attribute, "value").unwrap_or_default().to_owned();
            let at = seconds(&attribute, "timestamp").unwrap_or_else(|| self.incident.created.clone());
            let entry = Activity::new(at, &self.by, What::Comment(said), Cause::Done);
            self.incident.activity.push(entry);
            return;
        }
        let verdict = verdict([&attribute].into_iter());
        let tags = tags(std::slice::from_ref(&attribute));
        for mut evidence in facts::read(attribute) {
            evidence.verdict.clone_from(&verdict);
            evidence.tags.clone_from(&tags);
            if !object.is_empty() {
                evidence.extra.insert("object".to_owned(), object.into());
            }
            self.evidence.push(evidence);
        }
    }
}

/// The incident that an event tells of; what has no name here stays with it.
fn incident(mut event: Extra) -> Incident {
    let name = text(&event, "info").unwrap_or_default().to_owned();
    let uuid = text(&event, "uuid").unwrap_or_default().to_owned();
    let date = text(&event, "date").and_then(|date| Time::parse(date).ok());
    let id = match (uuid.as_str(), &date) {
        ("", date) => {
            IncidentId::derived(&[SYSTEM, "", &name, date.as_ref().map(Time::text).unwrap_or_default()])
        }
        (uuid, _) => IncidentId::derived(&[SYSTEM, uuid]),
    };
    let mut incident = Incident::new(id, name, date.unwrap_or_else(never));
    incident.source_updated = seconds(&event, "timestamp");
    if !uuid.is_empty() {
        incident.origins.insert(Origin { system: SYSTEM.to_owned(), tenant: None, id: uuid });
    }
    let severity = match scalar(&event, "threat_level_id").as_deref() {
        Some("1") => Severity::High,
        Some("2") => Severity::Medium,
        Some("3") => Severity::Low,
        _ => Severity::Unknown,
    };
    let tags =
        objects(&mut event, "Tag").iter().filter_map(|tag| text(tag, "name")).map(str::to_owned).collect();
    for field in [
        IncidentField::Name(incident.name.clone()),
        IncidentField::Severity(severity),
        IncidentField::Tags(tags),
    ] {
        field.clone().put(&mut incident);
        incident.source.push(field);
    }
    for taken in ["info", "uuid", "date", "timestamp", "threat_level_id"] {
        event.remove(taken);
    }
    incident.extra = event;
    incident
}

/// MISP says of a value only whether detection should use it: then somebody holds it for an attacker's.
fn verdict<'a>(mut attributes: impl Iterator<Item = &'a Extra>) -> Option<Verdict> {
    attributes.any(|attribute| is_true(attribute, "to_ids")).then_some(Verdict::Suspicious)
}

/// The names of the tags of these attributes; none where no attribute has any.
fn tags(attributes: &[Extra]) -> Option<BTreeSet<String>> {
    let lists = attributes.iter().filter_map(|attribute| attribute.get("Tag")?.as_array());
    let names = lists.flatten().filter_map(|tag| tag.get("name")?.as_str()).map(str::to_owned);
    Some(names.collect()).filter(|names: &BTreeSet<_>| !names.is_empty())
}

fn is_deleted(attribute: &Extra) -> bool {
    is_true(attribute, "deleted")
}

fn is_true(object: &Extra, name: &str) -> bool {
    matches!(scalar(object, name).as_deref(), Some("true" | "1"))
}

/// Takes out a list of objects; a lone one counts as a list of one.
fn objects(object: &mut Extra, name: &str) -> Vec<Extra> {
    let items = match object.remove(name) {
        Some(Value::Array(items)) => items,
        Some(one) => vec![one],
        None => return Vec::new(),
    };
    items
        .into_iter()
        .filter_map(|item| match item {
            Value::Object(object) => Some(object),
            _ => None,
        })
        .collect()
}

fn text<'o>(object: &'o Extra, name: &str) -> Option<&'o str> {
    object.get(name).and_then(Value::as_str)
}

/// A text, or a number or truth value as one: MISP writes either.
fn scalar(object: &Extra, name: &str) -> Option<String> {
    match object.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => object.get(name).map(ToString::to_string),
        _ => None,
    }
}

/// A time in seconds since 1970.
fn seconds(object: &Extra, name: &str) -> Option<Time> {
    let seconds: i64 = scalar(object, name)?.parse().ok().filter(|seconds| *seconds > 0)?;
    seconds.checked_mul(1000).map(Time::from_millis)
}
