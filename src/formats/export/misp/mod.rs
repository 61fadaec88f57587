//! MISP core format (IETF draft 20): an incident as an event, a search's response where there are several.
//!
//! What can be looked for is an attribute, or an object where more is known of it than one value ([`entity`]); what was
//! written is an event report, what was said a comment; markings, tags and techniques are tags. Ids are UUIDs made of
//! names, so an event that is exported again updates the one that is there.

mod entity;
mod template;

use super::sharing::{Part, Share, comments, texts};
use super::{Export, ExportId, How, Pieces, Tlp, listed, pretty, uuid, whole};
use crate::model::Time;
use crate::model::taxonomy::{Severity, Status};
use serde_json::{Value, json};
use std::iter;

/// MISP events.
pub struct Misp;

impl Export for Misp {
    fn id(&self) -> ExportId {
        ExportId::Misp
    }

    fn ending(&self) -> &'static str {
        ".misp.json"
    }

    fn mime(&self) -> &'static str {
        "application/json"
    }

    fn carries(&self) -> &'static [Part] {
        &[Part::Incident, Part::Text, Part::Entity, Part::Technique, Part::Note, Part::Comment]
    }

    fn pieces<'a>(&'a self, shares: &'a [Share], _how: How<'a>) -> Pieces<'a> {
        match shares {
            [] => whole(|| pretty(&json!({"response": []}))),
            [one] => whole(|| pretty(&json!({"Event": event(one)}))),
            several => {
                let events = several.iter().map(|share| json!({"Event": event(share)}));
                let begin = iter::once("{\n  \"response\": [".to_owned());
                Box::new(begin.chain(listed(events, 2)).chain(iter::once("\n  ]\n}".to_owned())))
            }
        }
    }
}

/// What every part of an event is made with.
struct Context<'s> {
    share: &'s Share,
    /// When the incident last changed, in seconds since 1970 as a text.
    changed: String,
}

impl Context<'_> {
    /// The UUID of a part of this incident.
    fn uuid(&self, parts: &[&str]) -> String {
        let mut name = vec!["misp", self.share.incident.id.as_str()];
        name.extend(parts);
        uuid::named(&name)
    }

    /// An attribute. `value` may not be empty.
    fn attribute(&self, kind: &str, category: &str, value: &str, name: &[&str]) -> Value {
        json!({
            "uuid": self.uuid(name),
            "event_id": "0",
            "object_id": "0",
            "type": kind,
            "category": category,
            "value": value,
            "to_ids": false,
            "distribution": INHERIT,
            "timestamp": self.changed,
            "comment": "",
            "deleted": false,
            "disable_correlation": false,
        })
    }
}

/// Distribution "inherit from the event".
const INHERIT: &str = "5";

fn event(share: &Share) -> Value {
    let incident = &share.incident;
    let context = Context { share, changed: seconds(&share.changed) };
    let threat_level = match incident.severity {
        Severity::High => "1",
        Severity::Medium => "2",
        Severity::Low | Severity::Informational => "3",
        Severity::Unknown | Severity::Other(_) => "4",
    };
    let analysis = match incident.status {
        Status::Active | Status::Other(_) => "0",
        Status::InProgress | Status::AwaitingAction => "1",
        Status::Resolved | Status::Redirected => "2",
    };
    let level = share.own.unwrap_or(share.marking);
    // Beyond the own organisation only what may be told to the community.
    let distribution = match level {
        Tlp::Clear => "3",
        Tlp::Green => "1",
        Tlp::Amber | Tlp::AmberStrict | Tlp::Red => "0",
    };
    let (mut attributes, mut objects) = (Vec::new(), Vec::new());
    for entity in incident.entities.values() {
        match entity::written(entity, &context) {
            entity::Written::Attribute(attribute) => attributes.push(attribute),
            entity::Written::Object(object, rest) => {
                objects.push(object);
                attributes.push(rest);
            }
        }
    }
    for (entry, said) in comments(incident).filter(|(_, said)| !said.trim().is_empty()) {
        let name = ["comment", entry.at.text(), &entry.by, said];
        let mut attribute = context.attribute("comment", "Other", said, &name);
        attribute["timestamp"] = seconds(&entry.at).into();
        attribute["comment"] = entry.by.as_str().into();
        attribute["disable_correlation"] = true.into();
        attribute["Tag"] = json!(tags([share.of_text(said).code()].map(tlp)));
        attributes.push(attribute);
    }
    let techniques = incident.techniques();
    let techniques =
        techniques.into_iter().filter(|id| !id.is_empty()).map(|id| format!("{TECHNIQUE}\"{id}\""));
    let own_tags = incident.tags.iter().filter(|tag| Tlp::strictest_in(tag).is_none()).cloned();
    trimmed(json!({
        "uuid": uuid::named(&["misp", incident.id.as_str()]),
        "id": "0",
        "org_id": "0",
        "orgc_id": "0",
        "Orgc": {"id": "0", "name": "First Hour", "uuid": uuid::named(&["misp", "first hour"])},
        "info": if incident.name.is_empty() { incident.id.as_str() } else { &incident.name },
        "date": incident.created.instant().format("%Y-%m-%d").to_string(),
        "timestamp": context.changed,
        "publish_timestamp": "0",
        "published": false,
        "threat_level_id": threat_level,
        "analysis": analysis,
        "distribution": distribution,
        "Tag": tags([tlp(level.code())].into_iter().chain(own_tags).chain(techniques)),
        "Attribute": attributes,
        "Object": objects,
        "EventReport": reports(&context),
    }))
}

/// The same without white space around its texts: MISP keeps none.
fn trimmed(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.trim().to_owned()),
        Value::Array(items) => Value::Array(items.into_iter().map(trimmed).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, trimmed(value))).collect())
        }
        other => other,
    }
}

/// How a technique is tagged where its name is not known.
const TECHNIQUE: &str = "misp-galaxy:mitre-attack-pattern=";

/// What was written: the incident's texts and the notes, each a report.
fn reports(context: &Context<'_>) -> Vec<Value> {
    let incident = &context.share.incident;
    let report = |parts: [&str; 2], name: &str, content: &str, timestamp: String| {
        json!({
            "uuid": context.uuid(&parts),
            "event_id": "0",
            "name": name,
            "content": content,
            "distribution": INHERIT,
            "timestamp": timestamp,
            "deleted": false,
        })
    };
    let texts = texts(incident)
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| report(["text", name], name, text, context.changed.clone()));
    let notes = incident.notes.values().filter(|note| !note.text.is_empty()).map(|note| {
        let first = note.text.lines().map(|line| line.trim_start_matches('#').trim());
        let name = first.clone().find(|line| !line.is_empty()).unwrap_or("Note");
        report(["note", note.id.as_str()], name, &note.text, seconds(&note.edited))
    });
    texts.chain(notes).collect()
}

fn tlp(code: &str) -> String {
    format!("tlp:{code}")
}

/// Tags as objects; MISP has no empty ones.
fn tags(names: impl IntoIterator<Item = String>) -> Vec<Value> {
    let names = names.into_iter().filter(|name| !name.trim().is_empty());
    names.map(|name| json!({"name": name})).collect()
}

/// A time in seconds since 1970, as MISP writes numbers; what was before is 1970.
fn seconds(time: &Time) -> String {
    time.instant().timestamp().max(0).to_string()
}
