//! Which object of a bundle an entity becomes: what can be looked for is an indicator, who or what was hit an identity,
//! a service infrastructure, and everything else a note that says what is known of it.
//!
//! There are no cyber-observable objects: an indicator says as much, together with what it was judged to be, and
//! `stix2_validator --strict-types` takes no observable for a type of the standard.

use super::Object;
use super::pattern::pattern;
use crate::formats::own;
use crate::formats::stix::own as stix;
use crate::model::entity::{Entity, EntityKind, Facts};
use crate::model::taxonomy::{RemediationStatus, Verdict};
use serde_json::{Value, json};

/// What an entity becomes, without what every object has.
pub fn carrier(entity: &Entity, incident: &str, valid_from: &str) -> Object {
    let mut object = match entity.kind() {
        EntityKind::Device => identity(entity, "system"),
        EntityKind::User => identity(entity, "individual"),
        EntityKind::SecurityGroup => identity(entity, "group"),
        EntityKind::Mailbox if entity.verdict.weight() < Verdict::Suspicious.weight() => {
            identity(entity, "individual")
        }
        EntityKind::Application | EntityKind::CloudResource => {
            Object::new("infrastructure").with("name", entity.name()).with("description", told(entity))
        }
        EntityKind::Vulnerability | EntityKind::Technique => listed(entity),
        _ => match pattern(&entity.facts) {
            Some(pattern) => indicator(entity, pattern, valid_from),
            None => Object::new("note")
                .with("abstract", format!("{}: {}", entity.kind().code(), entity.name()))
                .with("content", known(entity))
                .with("object_refs", json!([incident])),
        },
    };
    if !entity.tags.is_empty() {
        object = object.with("labels", json!(entity.tags));
    }
    let extension = extension(entity, object.text("pattern"));
    object.with("extensions", json!({ stix::EXTENSION: extension }))
}

fn identity(entity: &Entity, class: &str) -> Object {
    Object::new("identity")
        .with("name", entity.name())
        .with("description", told(entity))
        .with("identity_class", class)
}

/// What stands in a public list, under its number there.
fn listed(entity: &Entity) -> Object {
    let (kind, source, number) = match &entity.facts {
        Facts::Vulnerability(vulnerability) => ("vulnerability", "cve", &vulnerability.cve),
        Facts::Technique(technique) => ("attack-pattern", "mitre-attack", &technique.technique_id),
        _ => ("vulnerability", "", &None),
    };
    let number =
        number.as_deref().filter(|number| if source == "cve" { is_cve(number) } else { !number.is_empty() });
    let references = number.map(|number| json!([{"source_name": source, "external_id": number}]));
    Object::new(kind)
        .with("name", entity.name())
        .with("description", told(entity))
        .with("external_references", references.unwrap_or_else(|| json!([])))
}

/// Whether a text is a number of the CVE list, which the standard is strict about.
fn is_cve(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    matches!(parts.as_slice(), ["CVE", year, number]
        if year.len() == 4 && digits(year) && number.len() >= 4 && digits(number))
}

fn indicator(entity: &Entity, pattern: String, valid_from: &str) -> Object {
    let kind = match entity.verdict {
        Verdict::Malicious => "malicious-activity",
        Verdict::Suspicious => "anomalous-activity",
        Verdict::NoThreatsFound => "benign",
        Verdict::Unknown | Verdict::Other(_) => "unknown",
    };
    Object::new("indicator")
        .with("name", entity.name())
        .with("description", told(entity))
        .with("indicator_types", json!([kind]))
        .with("pattern", pattern)
        .with("pattern_type", "stix")
        .with("pattern_version", "2.1")
        .with("valid_from", valid_from)
}

/// What it is, what was found out and what somebody said about it.
fn told(entity: &Entity) -> String {
    let mut told = format!("{}, verdict: {}", entity.kind().code(), entity.verdict.code());
    if entity.remediation != RemediationStatus::None {
        told = format!("{told}, remediation: {}", entity.remediation.code());
    }
    if entity.note.is_empty() { told } else { format!("{told}\n\n{}", entity.note) }
}

/// Everything that is known of it, line by line.
fn known(entity: &Entity) -> String {
    let mut lines = vec![told(entity)];
    lines.extend(entity.facts.fields().into_iter().map(|(name, value)| format!("{name}: {value}")));
    if let Facts::Other(other) = &entity.facts {
        lines.push(serde_json::to_string_pretty(&other.raw).unwrap_or_default());
    }
    lines.join("\n")
}

/// What the object by itself does not tell of the entity: found out by reading it as a reader would.
fn extension(entity: &Entity, pattern: Option<&str>) -> Value {
    let own = own::of(entity, pattern.and_then(stix::of_pattern).as_ref());
    json!({"extension_type": "property-extension", "entity": own})
}
