//! What of an incident may leave under a marking, and what stays.
//!
//! The rule: a part has the strictest marking that is written in it, be it as a tag, as a marking of the source's or in its
//! text. A part without one has its incident's; where the incident has none either, it leaves under the marking that
//! was chosen. What is marked stricter than that stays, and so does everything in which something that stays is named.
//!
//! The writers get a copy of the incident without what stays, so none of them has to know the rule. Of the log only what
//! people said is in it: the rest tells of this notebook, not of the incident.

use super::tlp::Tlp;
use crate::compact::Order as _;
use crate::model::entity::Part as FactPart;
use crate::model::refang::refang;
use crate::model::{
    Activity, Alert, Entity, EntityId, EvidenceItem, Facts, Incident, KeptPlaybook, Mark, Note, StepId,
    StepState, Time, TimelineEvent, What,
};
use crate::notebook::is_retracted;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The kinds of parts that an incident is shared in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The incident itself: name, state, clocks.
    Incident,
    /// What was written about it: description, conclusion, review.
    Text,
    /// Alerts.
    Alert,
    /// Entities.
    Entity,
    /// Timeline events.
    Event,
    /// ATT&CK techniques that alerts name.
    Technique,
    /// Evidence items.
    Evidence,
    /// Notes.
    Note,
    /// Comments.
    Comment,
    /// Steps that somebody added or did something about.
    Step,
}

/// Something that stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What kind of part it is.
    pub part: Part,
    /// What it is called; of a text the field's stable name, of a step of the library its id.
    pub name: String,
    /// Why it stays.
    pub why: Reason,
}

/// Why something stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// It is marked like this.
    Marked(Tlp),
    /// It names something that is marked and stays.
    Names(String),
}

/// What of an incident leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// The incident without what stays.
    pub incident: Incident,
    /// The marking that was chosen.
    pub marking: Tlp,
    /// The incident's own marking, if it has one.
    pub own: Option<Tlp>,
    /// When anything about the incident last changed, what stays included.
    pub changed: Time,
    /// How many of the parts that leave are marked neither themselves nor by their incident.
    pub unmarked: usize,
}

impl Share {
    /// The marking that an entity leaves with.
    pub fn of_entity(&self, entity: &Entity) -> Tlp {
        of_entity(entity).or(self.own).unwrap_or(self.marking)
    }

    /// The marking that an alert leaves with.
    pub fn of_alert(&self, alert: &Alert) -> Tlp {
        of_alert(alert).or(self.own).unwrap_or(self.marking)
    }

    /// The marking that a timeline event leaves with.
    pub fn of_event(&self, event: &TimelineEvent) -> Tlp {
        strictest(&event_texts(event)).or(self.own).unwrap_or(self.marking)
    }

    /// The marking that something with nothing but text leaves with.
    pub fn of_text(&self, text: &str) -> Tlp {
        Tlp::strictest_in(text).or(self.own).unwrap_or(self.marking)
    }

    /// How many parts of each kind leave; kinds of which there are none are not in it.
    pub fn counts(&self) -> BTreeMap<Part, usize> {
        let incident = &self.incident;
        let texts = texts(incident).into_iter().filter(|(_, text)| !text.is_empty()).count();
        let comments = comments(incident).count();
        let own = &incident.checklist.own;
        let steps = own.len() + incident.checklist.steps.keys().filter(|id| !own.contains_key(*id)).count();
        [
            (Part::Incident, 1),
            (Part::Text, texts),
            (Part::Alert, incident.alerts.len()),
            (Part::Entity, incident.entities.len()),
            (Part::Event, incident.events.len()),
            (Part::Technique, incident.techniques().len()),
            (Part::Evidence, incident.evidence.len()),
            (Part::Note, incident.notes.len()),
            (Part::Comment, comments),
            (Part::Step, steps),
        ]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .collect()
    }
}

/// The comments of an incident that leaves, oldest first: who said what.
pub fn comments(incident: &Incident) -> impl Iterator<Item = (&Activity, &str)> {
    incident.activity.iter().filter_map(|entry| match &entry.what {
        What::Comment(text) => Some((entry, text.as_str())),
        _ => None,
    })
}

/// The marking that an incident itself has: in its tags, in its source's markings, in its name or description.
pub fn of_incident(incident: &Incident) -> Option<Tlp> {
    let tags = incident.tags.iter().chain(&incident.system_tags);
    let texts =
        tags.chain([&incident.name, &incident.description]).filter_map(|text| Tlp::strictest_in(text));
    let refs = incident.extra.get("object_marking_refs").and_then(Tlp::strictest_in_json);
    let own_definitions = incident.extra.get("object_marking_refs").and_then(|refs| defined(incident, refs));
    texts.chain(refs).chain(own_definitions).max()
}

/// A level that one of these references has by a marking definition that came with the incident.
fn defined(incident: &Incident, refs: &Value) -> Option<Tlp> {
    let definitions = incident.extra.get("definitions").and_then(Value::as_array)?;
    let of_one = |wanted: &Value| {
        let definition = definitions.iter().find(|one| one.get("id") == Some(wanted))?;
        let level = definition.get("definition")?.get("tlp")?.as_str()?;
        Tlp::strictest_in(&format!("tlp:{level}"))
    };
    refs.as_array()?.iter().filter_map(of_one).max()
}

fn of_entity(entity: &Entity) -> Option<Tlp> {
    let texts = entity.tags.iter().chain([&entity.note]).filter_map(|text| Tlp::strictest_in(text));
    let extra = entity.extra.values().filter_map(Tlp::strictest_in_json);
    let facts = values(&entity.facts).into_iter().filter_map(Tlp::strictest_in);
    let raw = match &entity.facts {
        Facts::Other(other) => other.raw.values().filter_map(Tlp::strictest_in_json).max(),
        _ => None,
    };
    texts.chain(extra).chain(facts).chain(raw).max()
}

/// A kept playbook's level: what it says of itself, and how the tool that it comes from marked it.
fn of_playbook(playbook: &KeptPlaybook) -> Option<Tlp> {
    let texts = [&playbook.title, &playbook.summary, &playbook.source.title];
    let texts = texts.into_iter().filter_map(|text| Tlp::strictest_in(text));
    let number = playbook.extra.get("tlp").and_then(Value::as_u64).and_then(Tlp::numbered);
    texts.chain(number).chain(playbook.extra.values().filter_map(Tlp::strictest_in_json)).max()
}

fn of_alert(alert: &Alert) -> Option<Tlp> {
    let texts = alert_texts(alert).into_iter().filter_map(Tlp::strictest_in);
    texts.chain(alert.extra.values().filter_map(Tlp::strictest_in_json)).max()
}

/// What leaves under a marking, and what stays; nothing leaves where the incident itself stays.
pub fn share(incident: &Incident, marking: Tlp) -> (Option<Share>, Vec<Held>) {
    // What was merged leaves as one.
    let (parts, shown) = (incident, incident.as_shown());
    let incident: &Incident = &shown;
    let own = of_incident(incident);
    let mut gate = Gate { marking, own, secrets: Vec::new(), held: Vec::new(), unmarked: 0 };
    if !gate.admits(Part::Incident, &incident.name, own, &[]) {
        return (None, gate.held);
    }
    // First everything that is marked, so that all else can be searched for its names.
    let marked: Vec<&EntityId> = incident
        .entities
        .values()
        .filter(|entity| of_entity(entity).is_some_and(|level| level > marking))
        .map(|entity| &entity.id)
        .collect();
    let marked = marked.into_iter().flat_map(|id| parts.parts_of(id));
    gate.secrets = marked.filter_map(|id| parts.entities.get(id)).flat_map(secrets).collect();
    if let Some(name) = gate.named_in(&[&incident.name]) {
        let held = Held { part: Part::Incident, name: incident.name.clone(), why: Reason::Names(name) };
        gate.held.push(held);
        return (None, gate.held);
    }
    let mut copy = incident.clone();
    thin(&mut copy, &mut gate);
    let Gate { held, unmarked, .. } = gate;
    let changed = incident.last_change().clone();
    (Some(Share { incident: copy, marking, own, changed, unmarked }), held)
}

/// Takes everything out that stays.
fn thin(copy: &mut Incident, gate: &mut Gate) {
    for (name, text) in texts_mut(copy) {
        if !text.is_empty() && !gate.admits(Part::Text, name, Tlp::strictest_in(text), &[text]) {
            text.clear();
        }
    }
    copy.tags.retain(|tag| gate.named_in(&[tag]).is_none());
    copy.system_tags.retain(|tag| gate.named_in(&[tag]).is_none());
    copy.entities.retain(|_, entity| {
        let mut texts = values(&entity.facts);
        texts.push(&entity.note);
        texts.extend(entity.tags.iter().map(String::as_str));
        let raw = match &entity.facts {
            Facts::Other(other) => strings(other.raw.values()),
            _ => Vec::new(),
        };
        texts.extend(raw);
        gate.admits(Part::Entity, &entity.name(), of_entity(entity), &texts)
    });
    copy.alerts
        .retain(|_, alert| gate.admits(Part::Alert, &alert.title, of_alert(alert), &alert_texts(alert)));
    copy.events.retain(|_, event| {
        let texts = event_texts(event);
        gate.admits(Part::Event, &event.message, strictest(&texts), &texts)
    });
    copy.evidence.retain(|_, item| {
        let texts = evidence_texts(item);
        gate.admits(Part::Evidence, &item.title(), strictest(&texts), &texts)
    });
    copy.notes.retain(|_, note| {
        gate.admits(Part::Note, first_line(note), Tlp::strictest_in(&note.text), &[&note.text])
    });
    let checklist = &mut copy.checklist;
    checklist.own.retain(|id, own| {
        let mut texts = vec![own.title.as_str(), own.how.as_str()];
        texts.extend(checklist.steps.get(id).map(step_texts).unwrap_or_default());
        gate.admits(Part::Step, &own.title, strictest(&texts), &texts)
    });
    // Steps that stay, of playbooks that people keep: what was done about them stays too.
    let mut gone: BTreeSet<StepId> = BTreeSet::new();
    checklist.playbooks.retain(|_, playbook| {
        let level = of_playbook(playbook);
        let stays = gate.why_not(level, &[&playbook.title, &playbook.summary]);
        if let Some(why) = stays {
            gate.held.push(Held { part: Part::Step, name: playbook.title.clone(), why });
            gone.extend(playbook.steps.iter().map(|step| step.id.clone()));
            return false;
        }
        Arc::make_mut(playbook).steps.retain(|step| {
            let texts = [step.title.as_str(), &step.how, &step.heading];
            // What it says comes from elsewhere: it counts as a part only where somebody did something about it.
            gate.why_not(strictest(&texts).max(level), &texts).is_none_or(|why| {
                gate.held.push(Held { part: Part::Step, name: step.title.clone(), why });
                gone.insert(step.id.clone());
                false
            })
        });
        true
    });
    let own = &checklist.own;
    checklist.steps.retain(|id, state| {
        let texts = step_texts(state);
        !gone.contains(id)
            && (own.contains_key(id) || gate.admits(Part::Step, id.as_str(), strictest(&texts), &texts))
    });
    let log = std::mem::take(&mut copy.activity);
    let retracted = |entry: &Activity| is_retracted(&log, &entry.at, &entry.by);
    copy.activity = log
        .iter()
        .filter(|entry| match &entry.what {
            What::Comment(text) => {
                let admits = |gate: &mut Gate| {
                    gate.admits(
                        Part::Comment,
                        text.lines().next().unwrap_or_default(),
                        Tlp::strictest_in(text),
                        &[text],
                    )
                };
                !retracted(entry) && admits(gate)
            }
            _ => false,
        })
        .cloned()
        .collect();
    // What points at something that stays points at nothing.
    let Incident { alerts, entities, evidence, events, checklist, .. } = copy;
    for event in events.values_mut() {
        event.entities.retain(|id| entities.contains_key(id));
    }
    for state in checklist.steps.values_mut() {
        state.entities.retain(|id| entities.contains_key(id));
        state.evidence.retain(|id| evidence.contains_key(id));
    }
    for item in evidence.values_mut() {
        item.taken_from = item.taken_from.take().filter(|id| entities.contains_key(id));
    }
    for entity in entities.values_mut() {
        entity.sightings.retain(|sighting| alerts.contains_key(&sighting.alert));
    }
}

/// What decides whether a part leaves, and remembers what does not.
struct Gate {
    marking: Tlp,
    own: Option<Tlp>,
    secrets: Vec<String>,
    held: Vec<Held>,
    unmarked: usize,
}

impl Gate {
    fn admits(&mut self, part: Part, name: &str, level: Option<Tlp>, texts: &[&str]) -> bool {
        match self.why_not(level, texts) {
            Some(why) => self.held.push(Held { part, name: name.to_owned(), why }),
            None => {
                self.unmarked += usize::from(level.or(self.own).is_none());
                return true;
            }
        }
        false
    }

    /// Why something of this marking with these texts stays; none where it leaves.
    fn why_not(&self, level: Option<Tlp>, texts: &[&str]) -> Option<Reason> {
        match level.or(self.own) {
            Some(level) if level > self.marking => Some(Reason::Marked(level)),
            _ => self.named_in(texts).map(Reason::Names),
        }
    }

    /// The first thing that stays and is named in one of these texts.
    fn named_in(&self, texts: &[&str]) -> Option<String> {
        if self.secrets.is_empty() {
            return None;
        }
        let texts: Vec<String> = texts.iter().map(|text| refang(text).to_lowercase()).collect();
        self.secrets.iter().find(|secret| texts.iter().any(|text| text.contains(*secret))).cloned()
    }
}

/// The shortest name that is searched for in texts: shorter ones stand in too many words.
const SHORTEST: usize = 4;

/// The hexadecimal digits from which on a part of an identifier is a hash.
const HASH: usize = 32;

/// What an entity is told by: its name and its identifiers, in lower case and not defanged.
fn secrets(entity: &Entity) -> Vec<String> {
    let keys = entity.facts.identities();
    let parts = keys.iter().filter_map(|key| {
        let value = key.text.splitn(3, '|').nth(2)?;
        // An identifier of several parts is told by none of them, unless one is a hash.
        match value.split_once('\u{1f}') {
            None => Some(value),
            Some((hash, _)) => (hash.len() >= HASH).then_some(hash),
        }
    });
    let mut secrets: Vec<String> = parts.map(str::to_owned).collect();
    let name = entity.name();
    if name != entity.kind().code() {
        secrets.push(name);
    }
    let mut secrets: Vec<String> = secrets.iter().map(|text| refang(text).trim().to_lowercase()).collect();
    secrets.retain(|text| text.len() >= SHORTEST);
    secrets.order();
    secrets.dedup();
    secrets
}

/// Every text that is known of an entity.
fn values(facts: &Facts) -> Vec<&str> {
    let mut values = Vec::new();
    for (_, part) in facts.parts() {
        match part {
            FactPart::Text(text) => values.push(text),
            FactPart::List(texts) => values.extend(texts.iter().map(String::as_str)),
        }
    }
    values
}

/// Every text inside these values.
fn strings<'v>(values: impl IntoIterator<Item = &'v Value>) -> Vec<&'v str> {
    let mut open: Vec<&Value> = values.into_iter().collect();
    let mut found = Vec::new();
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) => found.push(text.as_str()),
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => open.extend(fields.values()),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    found
}

fn alert_texts(alert: &Alert) -> Vec<&str> {
    let always = [&alert.title, &alert.description, &alert.recommended_actions];
    let texts = always.into_iter().chain(&alert.threat).chain(&alert.actor);
    texts.map(String::as_str).collect()
}

fn event_texts(event: &TimelineEvent) -> Vec<&str> {
    let mut texts = vec![event.message.as_str(), &event.kind, &event.source];
    texts.extend(strings(event.extra.values()));
    texts
}

fn evidence_texts(item: &EvidenceItem) -> Vec<&str> {
    vec![
        &item.label,
        &item.name,
        &item.found_at,
        &item.identifier,
        &item.note,
        &item.sha256,
        &item.sha1,
        &item.md5,
    ]
}

fn step_texts(state: &StepState) -> Vec<&str> {
    let skipped = state.marked.as_ref().and_then(|marked| match &marked.mark {
        Mark::Skipped(reason) => Some(reason.as_str()),
        Mark::Done => None,
    });
    [state.outcome.as_str()].into_iter().chain(skipped).collect()
}

fn strictest(texts: &[&str]) -> Option<Tlp> {
    texts.iter().filter_map(|text| Tlp::strictest_in(text)).max()
}

fn first_line(note: &Note) -> &str {
    note.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default()
}

/// What was written about an incident, by the field's stable name.
fn texts_mut(incident: &mut Incident) -> [(&'static str, &mut String); 7] {
    let review = &mut incident.review;
    [
        ("description", &mut incident.description),
        ("closingNote", &mut incident.closing_note),
        ("reviewWhatHappened", &mut review.what_happened),
        ("reviewWentWell", &mut review.went_well),
        ("reviewWentBadly", &mut review.went_badly),
        ("reviewDoDifferently", &mut review.do_differently),
        ("reviewPrevention", &mut review.prevention),
    ]
}

/// The same, to read: name in words that every reader of the file understands, and text.
pub fn texts(incident: &Incident) -> [(&'static str, &str); 7] {
    let review = &incident.review;
    [
        ("Description", &incident.description),
        ("Conclusion", &incident.closing_note),
        ("What happened", &review.what_happened),
        ("What went well", &review.went_well),
        ("What went badly", &review.went_badly),
        ("What to do differently", &review.do_differently),
        ("What would have prevented it", &review.prevention),
    ]
}
