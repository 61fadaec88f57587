//! STIX 2.0 and 2.1 bundles become an incident: what they observed and indicate are entities, what they say is comments,
//! what they advise is steps.
//!
//! Object types and properties: OASIS STIX 2.1 (2021) and 2.0 (2017); the Incident Core extension as drafted in 2024.
//! A bundle that tells of an incident, a report or a grouping has its name from there. What has no place in the
//! model is an entity of its own type with everything that came; who wrote it, what else it tells and how things are
//! related is kept with the incident.

mod facts;
pub mod own;
mod pattern;

use crate::compact::Order as _;
use crate::formats::assemble::Evidence;
use crate::formats::copied;
use crate::formats::gather::Gathering;
use crate::formats::json::Fields;
use crate::formats::outcome::{Spot, Why};
use crate::formats::record::{Header, never};
use crate::formats::{Confidence, Format, FormatId};
use crate::model::activity::Cause;
use crate::model::entity::{Facts, Other};
use crate::model::taxonomy::{Classification, Status, Verdict};
use crate::model::{Activity, Extra, Incident, IncidentId, Origin, OwnStep, Phase, StepId, Time, What};
use serde_json::Value;
use std::collections::HashMap;

/// What the incident's origin is called.
const SYSTEM: &str = "stix";

/// STIX bundles.
pub struct Stix;

impl Format for Stix {
    fn id(&self) -> FormatId {
        FormatId::Stix
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        if record.peek("type") == Some("bundle") && record.has("objects") {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        let mut bundle = record.into_extra();
        let Some(Value::Array(objects)) = bundle.remove("objects") else { return None };
        let objects: Vec<Extra> = objects
            .into_iter()
            .filter_map(|object| match object {
                Value::Object(object) => Some(object),
                _ => None,
            })
            .collect();
        let bundle_id = text(&bundle, "id").unwrap_or_default().to_owned();
        let read = Bundle::of(&bundle_id, objects);
        for (id, pattern) in read.unread {
            let why = Why::PatternKept { id };
            into.findings.set_aside(place.to_place(), why, pattern.as_bytes());
        }
        let source_id = read.incident.origins.first().map(|origin| origin.id.clone());
        let at = into.incident(Header { incident: read.incident, source_id, tenant: None });
        for evidence in read.evidence {
            into.loose(at, evidence);
        }
        Some(at)
    }
}

/// What a bundle comes to.
struct Bundle {
    incident: Incident,
    evidence: Vec<Evidence>,
    /// Patterns that are no simple comparison, by the indicator's id.
    unread: Vec<(String, String)>,
}

impl Bundle {
    fn of(bundle_id: &str, objects: Vec<Extra>) -> Self {
        let head = [
            "incident",
            "report",
            "grouping",
            "campaign",
            "intrusion-set",
            "threat-actor",
            "malware",
            "indicator",
        ]
        .iter()
        .find_map(|kind| objects.iter().position(|object| text(object, "type") == Some(kind)));
        let names: HashMap<String, String> = objects
            .iter()
            .filter_map(|object| Some((text(object, "id")?.to_owned(), text(object, "name")?.to_owned())))
            .collect();
        let mut bundle = Self {
            incident: incident(head.map(|at| &objects[at]), bundle_id),
            evidence: Vec::new(),
            unread: Vec::new(),
        };
        let known: HashMap<String, Extra> = objects
            .iter()
            .filter(|object| facts::is_observable(object))
            .filter_map(|object| Some((text(object, "id")?.to_owned(), object.clone())))
            .collect();
        for (at, object) in objects.into_iter().enumerate() {
            if let Some(evidence) = own::evidence(&object) {
                bundle.evidence.push(evidence);
                continue;
            }
            let kept_as = match text(&object, "type").unwrap_or_default() {
                _ if Some(at) == head => None,
                "relationship" | "sighting" => Some("relationships"),
                "identity" => Some("identities"),
                "attack-pattern" if own::is_technique(&object) => Some("techniques"),
                "incident" | "report" | "grouping" => Some("reports"),
                "marking-definition" | "extension-definition" | "language-content" => Some("definitions"),
                _ => None,
            };
            match kept_as {
                Some(name) => {
                    let list = bundle.incident.extra.entry(name).or_insert_with(|| Value::Array(Vec::new()));
                    if let Value::Array(list) = list {
                        list.push(Value::Object(object));
                    }
                }
                None => bundle.take(object, Some(at) == head, &known, &names),
            }
        }
        bundle
    }

    fn take(
        &mut self,
        mut object: Extra,
        is_head: bool,
        known: &HashMap<String, Extra>,
        names: &HashMap<String, String>,
    ) {
        match text(&object, "type").unwrap_or_default() {
            "indicator" => self.indicator(object),
            "observed-data" => {
                // STIX 2.0 carries the observables inside; 2.1 lists them beside.
                if let Some(Value::Object(inside)) = object.remove("objects") {
                    let inside: HashMap<String, Extra> = inside
                        .into_iter()
                        .filter_map(|(key, value)| match value {
                            Value::Object(object) => Some((key, object)),
                            _ => None,
                        })
                        .collect();
                    let mut keys: Vec<&String> = inside.keys().collect();
                    keys.order_by_key(|key| (key.len(), (*key).clone()));
                    for key in keys {
                        self.evidence.push(facts::read(inside[key].clone(), &inside));
                    }
                }
            }
            "note" | "opinion" => {
                let said =
                    text(&object, "content").or_else(|| text(&object, "explanation")).unwrap_or_default();
                let said = match text(&object, "abstract") {
                    Some(about) => format!("{about}\n\n{said}"),
                    None => said.to_owned(),
                };
                let by = strings(&object, "authors").next().map(str::to_owned);
                let by = by.or_else(|| {
                    names
                        .get(text(&object, "created_by_ref")?)
                        .and_then(|name| copied(name))
                        .map(str::to_owned)
                });
                let by = by.unwrap_or_default();
                if let Some(at) = time(&object, "created").filter(|_| !said.trim().is_empty()) {
                    let entry = Activity::new(at, by, What::Comment(said), Cause::Done);
                    self.incident.activity.push(entry);
                }
            }
            "course-of-action" | "task" => {
                let id = StepId::derived(&[SYSTEM, text(&object, "id").unwrap_or_default()]);
                let step = OwnStep {
                    phase: own::phase(&object).unwrap_or_else(|| phase(&object)),
                    title: text(&object, "name").unwrap_or("course-of-action").to_owned(),
                    how: text(&object, "description").unwrap_or_default().to_owned(),
                };
                self.incident.checklist.own.insert(id, step);
            }
            // The head's own words are the incident's.
            _ if is_head => {}
            _ => self.evidence.push(facts::read(object, known)),
        }
    }

    /// An indicator: its pattern's values where it is a simple comparison, itself where it is not.
    fn indicator(&mut self, object: Extra) {
        let pattern = text(&object, "pattern").unwrap_or_default().to_owned();
        let is_stix = text(&object, "pattern_type").is_none_or(|kind| kind == "stix");
        let is_bad = ["indicator_types", "labels"].iter().any(|name| {
            strings(&object, name).any(|kind| kind == "malicious-activity" || kind == "compromised")
        });
        let verdict = is_bad.then_some(Verdict::Malicious);
        let Some(things) = is_stix.then(|| pattern::read(&pattern)).flatten() else {
            let id = text(&object, "id").unwrap_or_default().to_owned();
            self.unread.push((id, pattern));
            let facts = Facts::Other(Other { type_name: "indicator".to_owned(), raw: object });
            self.evidence.push(Evidence { verdict, ..Evidence::new(facts) });
            return;
        };
        for (place, thing) in things.into_iter().enumerate() {
            let mut evidence = facts::read(thing, &HashMap::new());
            evidence.verdict.clone_from(&verdict);
            if let Some(refs) = object.get("object_marking_refs") {
                evidence.extra.insert("object_marking_refs".to_owned(), refs.clone());
            }
            for name in ["name", "description", "valid_from", "valid_until"] {
                // What is too long to stand beside each thing stands beside the first.
                let is_kept = |value: &&Value| match value.as_str() {
                    Some(text) => !text.is_empty() && (place == 0 || copied(text).is_some()),
                    None => place == 0,
                };
                if let Some(value) = object.get(name).filter(is_kept) {
                    evidence.extra.insert(format!("indicator_{name}"), value.clone());
                }
            }
            self.evidence.push(evidence);
        }
    }
}

/// The incident that a bundle's head tells of.
fn incident(head: Option<&Extra>, bundle_id: &str) -> Incident {
    let empty = Extra::new();
    let head = head.unwrap_or(&empty);
    let source_id = text(head, "id").unwrap_or(bundle_id);
    let id = IncidentId::derived(&[SYSTEM, source_id]);
    let name = text(head, "name").filter(|name| !name.trim().is_empty()).unwrap_or(bundle_id);
    let mut incident = Incident::new(id, name, time(head, "created").unwrap_or_else(never));
    text(head, "description").unwrap_or_default().clone_into(&mut incident.description);
    incident.source_updated = time(head, "modified");
    incident.tags = strings(head, "labels").map(str::to_owned).collect();
    if !source_id.is_empty() {
        let origin = Origin { system: SYSTEM.to_owned(), tenant: None, id: source_id.to_owned() };
        incident.origins.insert(origin);
    }
    // The Incident Core extension, in either of its two drafts, says this alike.
    let extensions = head.get("extensions").and_then(Value::as_object);
    let core = extensions.into_iter().flat_map(serde_json::Map::values).filter_map(Value::as_object);
    for core in core {
        incident.status = match text(core, "investigation_status") {
            Some("closed") => Status::Resolved,
            Some("open") => Status::InProgress,
            _ => incident.status,
        };
        incident.classification = match text(core, "determination") {
            Some("false-positive") => Classification::FalsePositive,
            Some("confirmed") => Classification::TruePositive,
            _ => incident.classification,
        };
    }
    own::complete(&mut incident, head);
    for name in
        ["extensions", "external_references", "object_marking_refs", "confidence", "published", "context"]
    {
        if let Some(value) = head.get(name) {
            incident.extra.insert(name.to_owned(), value.clone());
        }
    }
    incident
}

/// The phase that a task names; what bundles advise is mostly containment.
fn phase(object: &Extra) -> Phase {
    let kinds: Vec<&str> = strings(object, "task_types").collect();
    if kinds.contains(&"eradication") {
        Phase::Eradication
    } else if kinds.contains(&"recovery") {
        Phase::Recovery
    } else if kinds.contains(&"investigation") {
        Phase::Analysis
    } else {
        Phase::Containment
    }
}

fn text<'o>(object: &'o Extra, name: &str) -> Option<&'o str> {
    object.get(name).and_then(Value::as_str)
}

fn strings<'o>(object: &'o Extra, name: &str) -> impl Iterator<Item = &'o str> {
    object.get(name).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn time(object: &Extra, name: &str) -> Option<Time> {
    Time::parse(text(object, name)?).ok()
}
