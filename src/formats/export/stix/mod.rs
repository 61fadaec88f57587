//! STIX 2.1: an incident as a bundle, the same bytes every time.
//!
//! Object types and properties: OASIS STIX 2.1 (2021), the Incident Core extension as drafted in 2024, the TLP 2.0
//! extension. The incident, its entities ([`carrier`]), a sighting for each alert of the techniques it names, the
//! notes and comments, the steps somebody did something about, and a grouping that holds all of it.
//!
//! Ids are made of names (UUID version 5) and stamped as version 4: the standard recommends version 4 for everything but
//! observables, and `stix2_validator --strict` insists.

mod carrier;
mod pattern;

use super::sharing::{Part, Share, comments, texts};
use super::{Export, ExportId, How, Pieces, Tlp, pretty, stamp, uuid, whole};
use crate::compact::Gather as _;
use crate::formats::stix::own;
use crate::model::taxonomy::{Classification, Status};
use crate::model::{Alert, EntityId, Facts, Incident, Mark, Time};
use crate::playbooks::{ChecklistStep, StepText, steps_of};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The Incident Core extension's id.
const INCIDENT_CORE: &str = "extension-definition--ef765651-680c-498d-9894-99799f2fa126";

/// The TLP 2.0 extension's id.
const TLP_2: &str = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";

/// When this program's own extension was made: an object of the bundle has to say.
const BEGAN: &str = "2026-11-24T00:00:00.000Z";

/// STIX 2.1 bundles.
pub struct Stix;

impl Export for Stix {
    fn id(&self) -> ExportId {
        ExportId::Stix
    }

    fn ending(&self) -> &'static str {
        ".stix.json"
    }

    fn mime(&self) -> &'static str {
        "application/stix+json;version=2.1"
    }

    fn carries(&self) -> &'static [Part] {
        &[
            Part::Incident,
            Part::Text,
            Part::Alert,
            Part::Entity,
            Part::Technique,
            Part::Note,
            Part::Comment,
            Part::Step,
        ]
    }

    fn one_each(&self) -> bool {
        true
    }

    fn pieces<'a>(&'a self, shares: &'a [Share], how: How<'a>) -> Pieces<'a> {
        whole(move || bundle(shares, &how))
    }
}

fn bundle(shares: &[Share], how: &How<'_>) -> String {
    let mut objects = Vec::new();
    let mut ids = Vec::new();
    for share in shares {
        let mut bundle = Bundle::new(share);
        bundle.fill(how);
        ids.push(share.incident.id.as_str());
        objects.extend(bundle.objects);
    }
    let mut known = BTreeSet::new();
    objects.retain(|object| known.insert(object.get("id").and_then(Value::as_str).map(str::to_owned)));
    let id = format!("bundle--{}", uuid::named_as_4(&["stix", "bundle", &ids.join(" ")]));
    pretty(&json!({"type": "bundle", "id": id, "objects": objects}))
}

/// An object under construction.
pub(super) struct Object(Map<String, Value>);

impl Object {
    fn new(kind: &str) -> Self {
        Self(Map::from_iter([("type".to_owned(), kind.into()), ("spec_version".to_owned(), "2.1".into())]))
    }

    /// Sets a property; an empty text or list is left out, because the standard has no empty ones.
    fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let is_empty =
            value.as_str().is_some_and(str::is_empty) || value.as_array().is_some_and(Vec::is_empty);
        if !is_empty {
            self.0.insert(name.to_owned(), value);
        }
        self
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }
}

/// The objects of one incident.
struct Bundle<'s> {
    share: &'s Share,
    incident: &'s Incident,
    incident_ref: String,
    creator: String,
    objects: Vec<Map<String, Value>>,
    /// The identities among the entities: where something was sighted.
    places: BTreeMap<EntityId, String>,
    /// The techniques that are there, by their number.
    techniques: BTreeMap<String, String>,
}

impl<'s> Bundle<'s> {
    fn new(share: &'s Share) -> Self {
        let incident = &share.incident;
        Self {
            share,
            incident,
            incident_ref: id("incident", &[incident.id.as_str()]),
            creator: id("identity", &["first hour"]),
            objects: Vec::new(),
            places: BTreeMap::new(),
            techniques: BTreeMap::new(),
        }
    }

    fn fill(&mut self, how: &How<'_>) {
        self.incident();
        self.entities();
        self.alerts();
        self.notes();
        self.steps(how);
        self.grouping();
        self.definitions();
    }

    /// Adds an object that was made then and last changed then; the result is its id.
    fn add(&mut self, object: Object, name: &[&str], level: Tlp, made: &Time, changed: &Time) -> String {
        let mut parts = vec![self.incident.id.as_str()];
        parts.extend(name);
        let kind = object.text("type").unwrap_or_default().to_owned();
        let id = if kind == "incident" { self.incident_ref.clone() } else { id(&kind, &parts) };
        let object = object
            .with("id", id.as_str())
            .with("created_by_ref", self.creator.as_str())
            .with("created", stamp(made))
            .with("modified", stamp(made.max(changed)))
            .with("object_marking_refs", json!([marking_ref(level)]));
        self.objects.push(object.0);
        id
    }

    fn incident(&mut self) {
        let incident = self.incident;
        let determination = match incident.classification {
            Classification::TruePositive => "confirmed",
            Classification::FalsePositive | Classification::InformationalExpectedActivity => "false-positive",
            Classification::Unknown | Classification::Other(_) => "suspected",
        };
        let investigation = match incident.status {
            Status::Active => "new",
            Status::Resolved | Status::Redirected => "closed",
            Status::InProgress | Status::AwaitingAction | Status::Other(_) => "open",
        };
        let origins: Vec<Value> = incident
            .origins
            .iter()
            .filter(|origin| !origin.id.is_empty() && !origin.system.is_empty())
            .map(|origin| json!({"source_name": origin.system, "external_id": origin.id}))
            .collect();
        // A name has to be there; where the incident has none, its id is one.
        let name = if incident.name.is_empty() { incident.id.as_str() } else { &incident.name };
        let object = Object::new("incident")
            .with("name", name)
            .with("description", incident.description.as_str())
            .with("labels", json!(incident.tags))
            .with("external_references", origins)
            .with(
                "extensions",
                json!({
                    INCIDENT_CORE: {
                        "extension_type": "property-extension",
                        "determination": determination,
                        "investigation_status": investigation,
                    },
                    own::EXTENSION: {
                        "extension_type": "property-extension",
                        "incident": {
                            "severity": incident.severity.code(),
                            "status": incident.status.code(),
                            "classification": incident.classification.code(),
                            "determination": incident.determination.code(),
                        },
                    },
                }),
            );
        let level = self.share.own.unwrap_or(self.share.marking);
        self.add(object, &[], level, &incident.created, &self.share.changed);
    }

    fn entities(&mut self) {
        let (incident, changed) = (self.incident, &self.share.changed);
        let valid_from = stamp(&incident.created);
        for entity in incident.entities.values() {
            let object = carrier::carrier(entity, &self.incident_ref, &valid_from);
            let is_place = object.text("type") == Some("identity");
            let level = self.share.of_entity(entity);
            let id = self.add(object, &["entity", entity.id.as_str()], level, &incident.created, changed);
            if is_place {
                self.places.insert(entity.id.clone(), id);
            } else if let Facts::Technique(technique) = &entity.facts
                && let Some(number) = &technique.technique_id
            {
                self.techniques.entry(number.clone()).or_insert(id);
            }
        }
    }

    /// The techniques, and what was sighted of them.
    fn alerts(&mut self) {
        let (incident, changed) = (self.incident, &self.share.changed);
        let level = self.share.own.unwrap_or(self.share.marking);
        for technique in incident.techniques().into_iter().filter(|technique| !technique.is_empty()) {
            if self.techniques.contains_key(technique) {
                continue;
            }
            let object = Object::new("attack-pattern")
                .with("name", technique)
                .with(
                    "external_references",
                    json!([{"source_name": "mitre-attack", "external_id": technique}]),
                )
                .with(
                    "extensions",
                    json!({own::EXTENSION: {"extension_type": "property-extension", "technique": {"id": technique}}}),
                );
            let id = self.add(object, &["technique", technique], level, &incident.created, changed);
            self.techniques.insert(technique.to_owned(), id);
        }
        for alert in incident.alerts.values() {
            let mut sighted: BTreeSet<String> = alert
                .techniques
                .iter()
                .filter_map(|technique| self.techniques.get(technique))
                .cloned()
                .gather();
            if sighted.is_empty() {
                sighted.insert(self.incident_ref.clone());
            }
            for of in sighted {
                let object = self.sighting(alert).with("sighting_of_ref", of.as_str());
                let level = self.share.of_alert(alert);
                self.add(object, &["alert", alert.id.as_str(), &of], level, &incident.created, changed);
            }
        }
    }

    fn sighting(&self, alert: &Alert) -> Object {
        let places: Vec<&String> =
            self.places
                .iter()
                .filter(|(id, _)| {
                    self.incident.entities.get(*id).is_some_and(|entity| {
                        entity.sightings.iter().any(|sighting| sighting.alert == alert.id)
                    })
                })
                .map(|(_, place)| place)
                .collect();
        let source = alert.service_source.code();
        let reference = (!alert.source_id.is_empty() && !source.is_empty())
            .then(|| json!([{"source_name": source, "external_id": alert.source_id}]));
        let mut object = Object::new("sighting")
            .with("description", format!("{}\n\n{}", alert.title, alert.description).trim_end())
            .with("count", 1)
            .with("where_sighted_refs", json!(places))
            .with("external_references", reference.unwrap_or_else(|| json!([])));
        if let Some(first) = alert.when() {
            let last = alert.last_activity.as_ref().map_or(first, |last| last.max(first));
            object = object.with("first_seen", stamp(first)).with("last_seen", stamp(last));
        }
        object
    }

    /// What was written and said.
    fn notes(&mut self) {
        let incident = self.incident;
        let about = json!([self.incident_ref]);
        for (name, text) in texts(incident).into_iter().skip(1).filter(|(_, text)| !text.is_empty()) {
            let object = Object::new("note")
                .with("abstract", name)
                .with("content", text)
                .with("object_refs", about.clone());
            let level = self.share.of_text(text);
            self.add(object, &["text", name], level, &incident.created, &self.share.changed);
        }
        for note in incident.notes.values().filter(|note| !note.text.is_empty()) {
            let object = Object::new("note")
                .with("content", note.text.as_str())
                .with("authors", authors(&note.by))
                .with("object_refs", about.clone());
            let level = self.share.of_text(&note.text);
            self.add(object, &["note", note.id.as_str()], level, &note.created, &note.edited);
        }
        for (entry, said) in comments(incident).filter(|(_, said)| !said.is_empty()) {
            let object = Object::new("note")
                .with("content", said)
                .with("authors", authors(&entry.by))
                .with("object_refs", about.clone());
            let level = self.share.of_text(said);
            self.add(object, &["comment", entry.at.text(), &entry.by, said], level, &entry.at, &entry.at);
        }
    }

    /// The steps that somebody added or did something about.
    fn steps(&mut self, how: &How<'_>) {
        let incident = self.incident;
        let checklist = &incident.checklist;
        let touched = |step: &ChecklistStep| {
            matches!(step.text, StepText::Own(_)) || checklist.steps.contains_key(&step.id)
        };
        for step in steps_of(how.library, checklist).into_iter().filter(touched) {
            let (instructions, state) = (instructions(&step, how), &step.state);
            let mut own = Map::from_iter([("phase".to_owned(), Value::from(step.place.phase.code()))]);
            if let Some(marked) = &state.marked {
                let (mark, reason) = match &marked.mark {
                    Mark::Done => ("done", ""),
                    Mark::Skipped(reason) => ("skipped", reason.as_str()),
                };
                own.insert("mark".into(), mark.into());
                own.insert("at".into(), stamp(&marked.at).into());
                own.insert("by".into(), marked.by.as_str().into());
                own.insert("reason".into(), reason.into());
            }
            own.insert("outcome".into(), state.outcome.as_str().into());
            own.retain(|_, value| value != "");
            let object = Object::new("course-of-action")
                .with("name", Some(step.title(how.language)).filter(|title| !title.is_empty()).unwrap_or("?"))
                .with("description", instructions.as_str())
                .with(
                    "extensions",
                    json!({own::EXTENSION: {"extension_type": "property-extension", "step": own}}),
                );
            let level =
                self.share.of_text(&[step.title(how.language), &instructions, &state.outcome].join("\n"));
            let (made, changed) = (&incident.created, &self.share.changed);
            self.add(object, &["step", step.id.as_str()], level, made, changed);
        }
    }

    fn grouping(&mut self) {
        let refs: Vec<&Value> = self.objects.iter().filter_map(|object| object.get("id")).collect();
        let object = Object::new("grouping")
            .with("name", self.incident.name.as_str())
            .with("context", "suspicious-activity")
            .with("object_refs", json!(refs));
        let level = self.share.own.unwrap_or(self.share.marking);
        self.add(object, &["grouping"], level, &self.incident.created, &self.share.changed);
    }

    /// Who made all this, the markings, and the extension by which it comes back as it was.
    fn definitions(&mut self) {
        let plain =
            |object: Object, id: &str| object.with("id", id).with("created", BEGAN).with("modified", BEGAN).0;
        let creator = Object::new("identity").with("name", "First Hour").with("identity_class", "system");
        let extension = Object::new("extension-definition")
            .with("created_by_ref", self.creator.as_str())
            .with("name", "First Hour")
            .with("description", "What an incident-response notebook keeps and STIX has no property for.")
            .with(
                "schema",
                "Of one object one property: `entity` with `kind`, `fields` (texts and lists of texts), `type_name`, `raw` \
                 (JSON as a text), `verdict`, `remediation`, `tags`, `note`, `critical`; `incident` with `severity`, `status`, \
                 `classification`, `determination`; `technique` with `id`; or `step` with `phase`, `mark`, `at`, `by`, `reason`, `outcome`.",
            )
            .with("version", "1.0.0")
            .with("extension_types", json!(["property-extension"]));
        let used: BTreeSet<Tlp> = Tlp::ALL
            .into_iter()
            .filter(|level| {
                let wanted = json!([marking_ref(*level)]);
                self.objects.iter().any(|object| object.get("object_marking_refs") == Some(&wanted))
            })
            .collect();
        let markings = used.into_iter().map(|level| {
            Object::new("marking-definition")
                .with("id", marking_ref(level))
                .with("created", "2022-10-01T00:00:00.000Z")
                .with("name", level.label())
                .with(
                    "extensions",
                    json!({TLP_2: {"extension_type": "property-extension", "tlp_2_0": level.code()}}),
                )
                .0
        });
        let mut definitions: Vec<_> = markings.collect();
        definitions.push(plain(creator, &self.creator));
        definitions.push(plain(extension, own::EXTENSION));
        definitions.append(&mut self.objects);
        self.objects = definitions;
    }
}

/// What a step says to do.
fn instructions(step: &ChecklistStep, how: &How<'_>) -> String {
    match &step.text {
        StepText::Own(own) => own.how.clone(),
        StepText::Kept(text) => text.step().map(|step| step.how.clone()).unwrap_or_default(),
        StepText::Library(_, step) => step.words(how.language).how.to_owned(),
    }
}

fn authors(name: &str) -> Value {
    if name.is_empty() { json!([]) } else { json!([name]) }
}

fn id(kind: &str, parts: &[&str]) -> String {
    let mut name = vec!["stix", kind];
    name.extend(parts);
    format!("{kind}--{}", uuid::named_as_4(&name))
}

fn marking_ref(level: Tlp) -> String {
    format!("marking-definition--{}", level.uuid())
}
