//! The parts of two copies joined by id: alerts, entities and notes.

use super::history::{Presence, Ruling, Side, part};
use super::{About, Dispute, Joining, said, weave};
use crate::compact::Gather as _;
use crate::model::conflict::{Conflict, REMOVED};
use crate::model::field::SettableField;
use crate::model::{
    Alert, AlertField, AlertId, Entity, EntityField, EntityId, EventField, EventId, EvidenceField,
    EvidenceId, EvidenceItem, Incident, Note, NoteId, Sighting, Subject, Time, TimelineEvent,
};
use crate::notebook::Act;
use crate::notebook::apply::first_words;
use serde::Serialize;
use std::collections::BTreeMap;

/// What the source last said of each field, on both sides.
pub fn sources<F: SettableField>(one: &[F], other: &[F], preferred: Option<Side>) -> Vec<F> {
    let named = |fields: &[F], name: &str| fields.iter().find(|field| field.stable_name() == name).cloned();
    weave::union(one, other, SettableField::stable_name)
        .into_iter()
        .map(|field| match (named(one, field.stable_name()), named(other, field.stable_name())) {
            (Some(mine), Some(theirs)) => pick(mine, theirs, preferred),
            _ => field,
        })
        .collect()
}

/// One of two values: the preferred side's, else that which comes last in the order of their JSON.
pub fn pick<T: Serialize + PartialEq>(one: T, other: T, preferred: Option<Side>) -> T {
    let side =
        if one == other { Side::One } else { preferred.unwrap_or_else(|| said::greater(&one, &other)) };
    side.of([one, other])
}

/// A part that both have, or that one has.
pub enum Pair<'a, T> {
    /// On both sides.
    Both(&'a T, &'a T),
    /// On this side only.
    Only(Side, &'a T),
}

/// The parts of both sides by id.
pub fn pairs<'a, K: Ord, T>(
    one: &'a BTreeMap<K, T>,
    other: &'a BTreeMap<K, T>,
) -> BTreeMap<&'a K, Pair<'a, T>> {
    let mut pairs: BTreeMap<&K, Pair<'_, T>> =
        one.iter().map(|(id, mine)| (id, Pair::Only(Side::One, mine))).gather();
    for (id, theirs) in other {
        let pair = match one.get(id) {
            Some(mine) => Pair::Both(mine, theirs),
            None => Pair::Only(Side::Other, theirs),
        };
        pairs.insert(id, pair);
    }
    pairs
}

/// The settable fields of a record with their values, as the logs know them.
fn texts<F: SettableField>(record: &F::Record) -> Vec<(&'static str, String)> {
    F::all(record).iter().map(|field| (field.stable_name(), field.value_text())).collect()
}

impl Joining<'_> {
    /// Whether a part that only one side has is there afterwards; where that is in dispute, lists it.
    pub(super) fn stays(
        &mut self,
        has: Side,
        part: &str,
        fields: &[(&str, String)],
        subject: impl FnOnce() -> Subject,
        remove: impl FnOnce() -> Act,
    ) -> bool {
        match self.history.presence(has, part, fields) {
            Presence::Stays => true,
            Presence::Goes => false,
            Presence::Disputed(kept, other) => {
                let conflict = Conflict { subject: subject(), field: REMOVED.to_owned(), kept, other };
                self.disputes.push(Dispute { conflict, instead: Some(remove()) });
                true
            }
        }
    }

    pub(super) fn alerts(&mut self, one: &Incident, other: &Incident) -> BTreeMap<AlertId, Alert> {
        let mut alerts = BTreeMap::new();
        for (id, pair) in pairs(&one.alerts, &other.alerts) {
            let alert = match pair {
                Pair::Both(mine, theirs) if mine == theirs => Some(mine.clone()),
                Pair::Both(mine, theirs) => Some(self.alert(mine, theirs)),
                // Nobody removes an alert, so one that is missing has not come yet, or its coming was taken back.
                Pair::Only(has, alert) => {
                    let part = part("alert", id.as_str());
                    let presence = self.history.presence(has, &part, &texts::<AlertField>(alert));
                    (presence != Presence::Goes).then(|| alert.clone())
                }
            };
            alerts.extend(alert.map(|alert| (id.clone(), alert)));
        }
        alerts
    }

    fn alert(&mut self, mine: &Alert, theirs: &Alert) -> Alert {
        let updated = [mine.updated.as_ref(), theirs.updated.as_ref()];
        let preferred = self.history.untold(updated);
        let facts = |alert: &Alert| Alert { source: Vec::new(), ..alert.clone() };
        let mut alert = said::joined(&facts(mine), &facts(theirs), preferred);
        alert.id = mine.id.clone();
        alert.updated = updated[0].max(updated[1]).cloned();
        alert.source = sources(&mine.source, &theirs.source, preferred);
        let about = About {
            part: part("alert", alert.id.as_str()),
            subject: Subject::Alert(alert.id.clone(), alert.title.clone()),
            updated,
        };
        let id = self.id.clone();
        self.fields(&about, mine, theirs, &mut alert, |field: AlertField| {
            Some(Act::SetAlerts(id.clone(), vec![(mine.id.clone(), field)]))
        });
        alert
    }

    pub(super) fn entities(&mut self, one: &Incident, other: &Incident) -> BTreeMap<EntityId, Entity> {
        let updated = [one.source_updated.as_ref(), other.source_updated.as_ref()];
        let incident = self.id.clone();
        let mut entities = BTreeMap::new();
        for (id, pair) in pairs(&one.entities, &other.entities) {
            let entity = match pair {
                Pair::Both(mine, theirs) if mine == theirs => Some(mine.clone()),
                Pair::Both(mine, theirs) => Some(self.entity(mine, theirs, updated)),
                Pair::Only(has, entity) => {
                    let part = part("entity", id.as_str());
                    let subject = || Subject::Entity(id.clone(), entity.name());
                    let remove = || Act::RemoveEntity(incident.clone(), id.clone());
                    self.stays(has, &part, &texts::<EntityField>(entity), subject, remove)
                        .then(|| entity.clone())
                }
            };
            entities.extend(entity.map(|entity| (id.clone(), entity)));
        }
        entities
    }

    fn entity(&mut self, mine: &Entity, theirs: &Entity, updated: [Option<&Time>; 2]) -> Entity {
        let preferred = self.history.untold(updated);
        let facts = |entity: &Entity| Entity { source: Vec::new(), sightings: Vec::new(), ..entity.clone() };
        // Two kinds under one id are two readings of one thing: their fields do not mix.
        let mut entity = if mine.kind() == theirs.kind() {
            said::joined(&facts(mine), &facts(theirs), preferred)
        } else {
            pick(facts(mine), facts(theirs), preferred)
        };
        entity.source = sources(&mine.source, &theirs.source, preferred);
        entity.sightings = sightings(&mine.sightings, &theirs.sightings, preferred);
        let about = About {
            part: part("entity", entity.id.as_str()),
            subject: Subject::Entity(entity.id.clone(), entity.name()),
            updated,
        };
        let id = self.id.clone();
        self.fields(&about, mine, theirs, &mut entity, |field: EntityField| {
            Some(Act::SetEntities(id.clone(), vec![(mine.id.clone(), field)]))
        });
        entity
    }

    /// Timeline events: of one that both have, field by field who wrote it last.
    pub(super) fn events(&mut self, one: &Incident, other: &Incident) -> BTreeMap<EventId, TimelineEvent> {
        let incident = self.id.clone();
        let mut events = BTreeMap::new();
        for (id, pair) in pairs(&one.events, &other.events) {
            let name = part("event", id.as_str());
            let event = match pair {
                Pair::Both(mine, theirs) if mine == theirs => Some(mine.clone()),
                Pair::Both(mine, theirs) => {
                    let mut event = said::joined(mine, theirs, self.history.untold([None, None]));
                    let subject = Subject::Event(id.clone(), first_words(&event.message));
                    let about = About { part: name, subject, updated: [None, None] };
                    self.fields(&about, mine, theirs, &mut event, |field: EventField| {
                        Some(Act::SetEvent(incident.clone(), id.clone(), field))
                    });
                    Some(event)
                }
                Pair::Only(has, event) => {
                    let subject = || Subject::Event(id.clone(), first_words(&event.message));
                    let remove = || Act::RemoveEvent(incident.clone(), id.clone());
                    self.stays(has, &name, &[], subject, remove).then(|| event.clone())
                }
            };
            events.extend(event.map(|event| (id.clone(), event)));
        }
        events
    }

    /// Evidence items. Their chains of custody stand in the log, where both sides' entries are.
    pub(super) fn evidence(
        &mut self,
        one: &Incident,
        other: &Incident,
    ) -> BTreeMap<EvidenceId, EvidenceItem> {
        let incident = self.id.clone();
        let mut items = BTreeMap::new();
        for (id, pair) in pairs(&one.evidence, &other.evidence) {
            let name = part("evidence", id.as_str());
            let item = match pair {
                Pair::Both(mine, theirs) => {
                    let mut item = said::joined(mine, theirs, self.history.untold([None, None]));
                    let subject = Subject::Evidence(id.clone(), item.title());
                    let about = About { part: name, subject, updated: [None, None] };
                    self.fields(&about, mine, theirs, &mut item, |field: EvidenceField| {
                        Some(Act::SetEvidence(incident.clone(), id.clone(), field))
                    });
                    Some(item)
                }
                Pair::Only(has, item) => {
                    let subject = || Subject::Evidence(id.clone(), item.title());
                    let remove = || Act::RemoveEvidence(incident.clone(), id.clone());
                    self.stays(has, &name, &[], subject, remove).then(|| item.clone())
                }
            };
            items.extend(item.map(|item| (id.clone(), item)));
        }
        items
    }

    /// Of two texts of a note that were written apart the later one shows; the other is kept as a note of its own.
    pub(super) fn notes(&mut self, one: &Incident, other: &Incident) -> BTreeMap<NoteId, Note> {
        let incident = self.id.clone();
        let mut notes = BTreeMap::new();
        let mut beside = Vec::new();
        for (id, pair) in pairs(&one.notes, &other.notes) {
            let note_part = part("note", id.as_str());
            let note = match pair {
                Pair::Both(mine, theirs) => Some(self.note(&note_part, mine, theirs, &mut beside)),
                Pair::Only(has, note) => {
                    let subject = || Subject::Note(id.clone(), first_words(&note.text));
                    let remove = || Act::RemoveNote(incident.clone(), id.clone());
                    self.stays(has, &note_part, &[], subject, remove).then(|| note.clone())
                }
            };
            notes.extend(note.map(|note| (id.clone(), note)));
        }
        for note in beside {
            notes.entry(note.id.clone()).or_insert(note);
        }
        notes
    }

    fn note(&mut self, part: &str, mine: &Note, theirs: &Note, beside: &mut Vec<Note>) -> Note {
        let preferred = self.history.untold([Some(&mine.edited), Some(&theirs.edited)]);
        let mut note = said::joined(mine, theirs, preferred);
        if mine.text == theirs.text {
            note.edited = (&mine.edited).max(&theirs.edited).clone();
            return note;
        }
        let (side, apart) = match self.history.field(part, "text", [&mine.text, &theirs.text]) {
            Ruling::Follows(side) => (side, false),
            Ruling::Apart(side) => (side, true),
            Ruling::Untold => match preferred {
                Some(side) => (side, false),
                None => (said::greater(&mine.text, &theirs.text), true),
            },
        };
        let (shown, overruled) = (side.of([mine, theirs]), side.opposite().of([mine, theirs]));
        note.text.clone_from(&shown.text);
        note.edited = shown.edited.clone();
        if side == Side::Other {
            self.taken.push(super::FieldChange {
                of: first_words(&mine.text),
                field: "text",
                from: mine.text.clone(),
                to: theirs.text.clone(),
            });
        }
        if apart {
            let [kept, other] = [(side, shown), (side.opposite(), overruled)]
                .map(|(side, note)| self.history.version(side, part, "text", &note.text));
            let subject = Subject::Note(note.id.clone(), first_words(&note.text));
            let conflict = Conflict { subject, field: "text".to_owned(), kept, other };
            self.disputes.push(Dispute { conflict, instead: None });
            if !overruled.text.trim().is_empty() {
                let id = NoteId::derived(&["overruled", note.id.as_str(), &overruled.text]);
                beside.push(Note { id, ..overruled.clone() });
            }
        }
        note
    }
}

/// Where an entity occurs, on both sides: by alert.
fn sightings(one: &[Sighting], other: &[Sighting], preferred: Option<Side>) -> Vec<Sighting> {
    let in_alert = |list: &[Sighting], alert: &AlertId| {
        let mut found = list.iter().filter(|sighting| sighting.alert == *alert);
        found.next().filter(|_| found.next().is_none()).cloned()
    };
    weave::union(one, other, |sighting| sighting.alert.clone())
        .into_iter()
        .map(|sighting| match (in_alert(one, &sighting.alert), in_alert(other, &sighting.alert)) {
            (Some(mine), Some(theirs)) => said::joined(&mine, &theirs, preferred),
            _ => sighting,
        })
        .collect()
}
