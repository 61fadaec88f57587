//! Where what came goes: into an incident that the person names, and without what they left out.

use super::three_way::{self, Known};
use super::{Item, Outcome};
use crate::model::{
    Alert, AlertId, Clocks, Entity, EntityId, EventId, Extra, Incident, IncidentId, OwnStep, StepId,
    TimelineEvent,
};
use crate::notebook::Notebook;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// One thing that comes with an incident, and that a person may leave out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// An alert.
    Alert(AlertId),
    /// An entity.
    Entity(EntityId),
    /// A timeline event.
    Event(EventId),
    /// A step of its own checklist.
    Step(StepId),
}

impl Part {
    /// Its id, which tells it from the others of its kind.
    pub fn id(&self) -> &str {
        match self {
            Self::Alert(id) => id.as_str(),
            Self::Entity(id) => id.as_str(),
            Self::Event(id) => id.as_str(),
            Self::Step(id) => id.as_str(),
        }
    }
}

/// What the person leaves out of what an import would add, by the incident that it would come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut(BTreeMap<IncidentId, BTreeSet<Part>>);

impl LeftOut {
    /// How many things are left out of this incident.
    pub fn count(&self, incident: &IncidentId) -> usize {
        self.0.get(incident).map_or(0, BTreeSet::len)
    }

    /// Whether this is left out of this incident.
    pub fn has(&self, incident: &IncidentId, part: &Part) -> bool {
        self.0.get(incident).is_some_and(|parts| parts.contains(part))
    }

    /// Leaves these out of an incident, and takes the other ones in.
    pub fn choose(&mut self, incident: &IncidentId, out: impl IntoIterator<Item = Part>, taken: &[Part]) {
        let parts = self.0.entry(incident.clone()).or_default();
        for part in taken {
            parts.remove(part);
        }
        parts.extend(out);
    }
}

impl Item {
    /// The alerts that would be added.
    pub fn added_alerts(&self) -> impl Iterator<Item = &Alert> {
        self.new_among(&self.incident.alerts, &self.added.alerts).map(|(_, alert)| alert)
    }

    /// The entities that would be added.
    pub fn added_entities(&self) -> impl Iterator<Item = &Entity> {
        self.new_among(&self.incident.entities, &self.added.entities).map(|(_, entity)| entity)
    }

    /// The timeline events that would be added.
    pub fn added_events(&self) -> impl Iterator<Item = &TimelineEvent> {
        self.new_among(&self.incident.events, &self.added.events).map(|(_, event)| event)
    }

    /// The steps that would be added to its checklist.
    pub fn added_steps(&self) -> impl Iterator<Item = (&StepId, &OwnStep)> {
        self.new_among(&self.incident.checklist.own, &self.added.steps)
    }

    /// Whether it would add anything that can be left out.
    pub fn adds_parts(&self) -> bool {
        self.added_alerts().next().is_some()
            || self.added_entities().next().is_some()
            || self.added_events().next().is_some()
            || self.added_steps().next().is_some()
    }

    /// Those of an incident's things that are new: all of a new one's, else the ones that were added.
    fn new_among<'a, K: Ord, V>(
        &self,
        all: &'a BTreeMap<K, V>,
        added: &'a [K],
    ) -> impl Iterator<Item = (&'a K, &'a V)> + use<'a, K, V> {
        let is_new = self.outcome == Outcome::New;
        let some = added.iter().filter_map(|id| all.get_key_value(id));
        is_new.then(|| all.iter()).into_iter().flatten().chain(some)
    }

    /// The incident as it would be afterwards, without what is left out.
    pub fn without(&self, left_out: &LeftOut) -> Arc<Incident> {
        let id = &self.incident.id;
        let is_out = |part: &Part| left_out.has(id, part);
        let alerts = self.added_alerts().map(|alert| Part::Alert(alert.id.clone()));
        let entities = self.added_entities().map(|entity| Part::Entity(entity.id.clone()));
        let events = self.added_events().map(|event| Part::Event(event.id.clone()));
        let steps = self.added_steps().map(|(step, _)| Part::Step(step.clone()));
        let out: Vec<Part> = alerts.chain(entities).chain(events).chain(steps).filter(is_out).collect();
        if out.is_empty() {
            return Arc::clone(&self.incident);
        }
        let mut incident = Incident::clone(&self.incident);
        let (mut alerts, mut entities) = (BTreeSet::new(), BTreeSet::new());
        for part in &out {
            match part {
                Part::Alert(id) => {
                    incident.alerts.remove(id);
                    alerts.insert(id);
                }
                Part::Entity(id) => {
                    incident.entities.remove(id);
                    entities.insert(id);
                }
                Part::Event(id) => {
                    incident.events.remove(id);
                }
                Part::Step(id) => {
                    incident.checklist.own.remove(id);
                    incident.checklist.steps.remove(id);
                }
            }
        }
        for entity in incident.entities.values_mut() {
            entity.sightings.retain(|sighting| !alerts.contains(&sighting.alert));
        }
        for event in incident.events.values_mut() {
            event.entities.retain(|entity| !entities.contains(entity));
        }
        for step in incident.checklist.steps.values_mut() {
            step.entities.retain(|entity| !entities.contains(entity));
        }
        Arc::new(incident)
    }
}

/// What joining these with one incident of the notebook would do, all at once; otherwise as [`Aiming`].
pub fn plan_into(notebook: &Notebook, target: &IncidentId, incoming: Vec<Incident>) -> Option<Item> {
    let mut aiming = Aiming::new(notebook, target, incoming)?;
    while matches!(aiming.step(usize::MAX), (done, of) if done < of) {}
    Some(aiming.conclude())
}

/// Joining incidents with one of the notebook, a little at a time: their alerts, entities and what else they hold become its
/// own, while its name, severity and all else that a responder sets stay. What the newcomers were called is kept beside it.
#[derive(Debug)]
#[must_use = "nothing comes of it before it is concluded"]
pub struct Aiming {
    mine: Arc<Incident>,
    result: Incident,
    item: Item,
    known: Known,
    /// What is still to be joined; of the first perhaps a part is.
    incoming: VecDeque<Incident>,
    /// Whether that part is: all but entities, alerts and events.
    begun: bool,
    of: usize,
}

impl Aiming {
    /// Begins to join these with an incident. None where that is not there, or was not loaded.
    pub fn new(notebook: &Notebook, target: &IncidentId, incoming: Vec<Incident>) -> Option<Self> {
        let mine = Arc::clone(notebook.incident(target)?);
        Some(Self {
            item: three_way::nothing(&mine),
            result: Incident::clone(&mine),
            mine,
            known: Known::default(),
            of: incoming.len(),
            incoming: incoming.into(),
            begun: false,
        })
    }

    /// Joins at most so many things more; says how many incidents are joined and of how many. It is done when all are.
    pub fn step(&mut self, most: usize) -> (usize, usize) {
        if let Some(news) = self.incoming.front_mut() {
            let part = if self.begun {
                // Entities first, because events name them.
                let mut part =
                    Incident::new(self.mine.id.clone(), &self.mine.name, self.mine.created.clone());
                part.entities = some(&mut news.entities, most);
                if part.entities.is_empty() {
                    part.alerts = some(&mut news.alerts, most);
                }
                if part.entities.is_empty() && part.alerts.is_empty() {
                    part.events = some(&mut news.events, most);
                }
                part
            } else {
                let rest = Incident {
                    entities: std::mem::take(&mut news.entities),
                    alerts: std::mem::take(&mut news.alerts),
                    events: std::mem::take(&mut news.events),
                    ..Incident::new(news.id.clone(), "", news.created.clone())
                };
                aimed(std::mem::replace(news, rest), &self.result)
            };
            self.begun = true;
            let is_over = news.entities.is_empty() && news.alerts.is_empty() && news.events.is_empty();
            three_way::merge_into(&mut self.result, &part, &mut self.item, &mut self.known);
            if is_over {
                self.known.next_source(&self.result);
                self.incoming.pop_front();
                self.begun = false;
            }
        }
        (self.of - self.incoming.len(), self.of)
    }

    /// What it comes to, once all are joined.
    pub fn conclude(mut self) -> Item {
        three_way::conclude(&mut self.item, &self.mine, self.result);
        self.item
    }
}

/// Takes the first so many out.
fn some<K: Ord, V>(from: &mut BTreeMap<K, V>, most: usize) -> BTreeMap<K, V> {
    std::iter::from_fn(|| from.pop_first()).take(most).collect()
}

/// An incident as news of another one: without what would speak for that one.
fn aimed(incident: Incident, target: &Incident) -> Incident {
    let mut told: BTreeMap<&str, Value> = BTreeMap::new();
    if !incident.description.is_empty() {
        told.insert("description", incident.description.as_str().into());
    }
    if !incident.origins.is_empty() {
        told.insert("origins", serde_json::to_value(&incident.origins).unwrap_or_default());
    }
    let mut own: Extra = told.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    own.extend(incident.extra);
    let mut extra = Extra::new();
    if !own.is_empty() {
        let (name, own) = (&incident.name, Value::Object(own));
        let is_free = |key: &String| target.extra.get(key).is_none_or(|there| *there == own);
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        if let Some(key) = std::iter::once(name.clone()).chain(numbered).find(is_free) {
            extra.insert(key, own);
        }
    }
    Incident {
        id: target.id.clone(),
        name: target.name.clone(),
        source: Vec::new(),
        origins: BTreeSet::new(),
        source_updated: None,
        link: None,
        clocks: Clocks::default(),
        closing_note: String::new(),
        extra,
        ..incident
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::read;
    use crate::model::activity::Cause;
    use crate::model::{IncidentField, Phase, StepPlace, StepState, Time};
    use crate::notebook::merge::plan;
    use crate::notebook::{Act, Edit, Put, Why};

    fn incidents(text: &str) -> Vec<Incident> {
        let mut incidents = read(text).unwrap().incidents;
        for incident in &mut incidents {
            incident.created = Time::from_millis(0);
        }
        incidents
    }

    fn notebook(text: &str) -> (Notebook, IncidentId) {
        let mut notebook = Notebook::default();
        let incident = incidents(text).swap_remove(0);
        let id = incident.id.clone();
        put(&mut notebook, vec![(id.clone(), Some(Arc::new(incident)))]);
        (notebook, id)
    }

    fn put(notebook: &mut Notebook, incidents: Vec<(IncidentId, Option<Arc<Incident>>)>) {
        let act = Act::Put(Put { why: Why::Imported("x".into()), incidents, preparation: None });
        let edit = Edit { at: Time::from_millis(0), by: "ann".into(), act, cause: Cause::Done };
        notebook.apply(edit).unwrap();
    }

    fn in_steps(
        notebook: &Notebook,
        target: &IncidentId,
        incoming: Vec<Incident>,
        most: usize,
    ) -> Option<Item> {
        let mut aiming = Aiming::new(notebook, target, incoming)?;
        while matches!(aiming.step(most), (done, of) if done < of) {}
        Some(aiming.conclude())
    }

    #[test]
    fn a_little_at_a_time_comes_to_the_same_as_all_at_once() {
        let (notebook, id) = notebook("Case;Alert;IP\nC-1;Odd;192.0.2.7\n");
        let rows = |case: &str, from: usize| {
            let row = |n: usize| format!("{case};Alert {n};198.51.100.{n}\n");
            format!("Case;Alert;IP\n{}", (from..from + 40).map(row).collect::<String>())
        };
        let line = |n: usize| {
            serde_json::json!({
                "Timestamp": format!("2026-01-01T10:{n:02}:00Z"), "ActionType": "ConnectionSuccess",
                "DeviceName": "pc7.example", "RemoteIP": format!("198.51.100.{n}"),
            })
        };
        let events = (1..30).map(|n| line(n).to_string()).collect::<Vec<_>>().join("\n");
        let news = || -> Vec<Incident> {
            [rows("A", 1), events.clone(), rows("B", 20)].iter().flat_map(|text| incidents(text)).collect()
        };
        let whole = in_steps(&notebook, &id, news(), usize::MAX).unwrap();
        assert_eq!((whole.new_alerts, whole.new_events), (59, 29));
        // The addresses of the tables, and the device of the events: what several sources name is one.
        assert_eq!(whole.new_entities, 59 + 1);
        for event in whole.incident.events.values() {
            assert!(!event.entities.is_empty());
            assert!(event.entities.iter().all(|id| whole.incident.entities.contains_key(id)));
        }
        for most in [1, 7, 39] {
            assert_eq!(in_steps(&notebook, &id, news(), most).unwrap(), whole, "{most} at a time");
        }
        assert_eq!(in_steps(&notebook, &id, Vec::new(), 1).unwrap().outcome, Outcome::Unchanged);
    }

    #[test]
    fn what_goes_into_another_incident_brings_its_things_and_leaves_that_ones_own_words() {
        let (mut notebook, id) = notebook("Case;Alert;IP\nC-1;Odd;192.0.2.7\n");
        let more = "First report\n\n203.0.113.9 and 192.0.2.7 answered.\n";
        let other = "First report\n\nevil[.]com answered.\n";
        let news = incidents(more).into_iter().chain(incidents(other)).collect();
        let item = plan_into(&notebook, &id, news).unwrap();
        assert_eq!((item.outcome, item.new_alerts, item.new_entities), (Outcome::Updated, 0, 2));
        assert_eq!((item.incident.name.as_str(), item.incident.alerts.len()), ("C-1", 1));
        // The texts are kept, each.
        assert_eq!(item.incident.extra["First report"]["text"], more);
        assert_eq!(item.incident.extra["First report (2)"]["text"], other);
        // The same again changes nothing.
        put(&mut notebook, vec![(id.clone(), Some(Arc::clone(&item.incident)))]);
        assert_eq!(plan_into(&notebook, &id, incidents(more)).unwrap().outcome, Outcome::Unchanged);
        assert_eq!(plan_into(&notebook, &IncidentId::derived(&["none"]), incidents(more)), None);
    }

    #[test]
    fn what_is_left_out_stays_out_with_its_traces() {
        let table = "Case;Alert;IP\nC-1;Odd;192.0.2.7\nC-1;Odder;192.0.2.7\nC-1;Oddest;192.0.2.8\n";
        let item = plan(&Notebook::default(), incidents(table)).items.swap_remove(0);
        let id = item.incident.id.clone();
        assert_eq!((item.added_alerts().count(), item.added_entities().count()), (3, 2));
        let odder = item.added_alerts().find(|alert| alert.title == "Odder").unwrap().id.clone();
        let eight = item.added_entities().find(|entity| entity.name().ends_with(".8")).unwrap().id.clone();
        let mut left_out = LeftOut::default();
        left_out.choose(&id, [Part::Alert(odder.clone()), Part::Entity(eight.clone())], &[]);
        assert_eq!((left_out.count(&id), left_out.has(&id, &Part::Entity(eight.clone()))), (2, true));
        let incident = item.without(&left_out);
        assert_eq!((incident.alerts.len(), incident.entities.len()), (2, 1));
        assert!(
            incident.entities.values().flat_map(|entity| &entity.sightings).all(|seen| seen.alert != odder)
        );
        assert_eq!(item.without(&LeftOut::default()), item.incident);
        left_out.choose(&id, [], &[Part::Alert(odder), Part::Entity(eight)]);
        assert_eq!((left_out.count(&id), item.without(&left_out)), (0, Arc::clone(&item.incident)));
    }

    /// An incident with two events about one address, and two steps of which one is about it too.
    fn with_work() -> Incident {
        let mut incident = incidents("Case;Alert;IP\nC-1;Odd;192.0.2.7\n").swap_remove(0);
        let about: BTreeSet<EntityId> = incident.entities.keys().cloned().collect();
        for message in ["One", "Two"] {
            let mut event = TimelineEvent::new(EventId::derived(&[message]), Time::from_millis(5), message);
            event.entities.clone_from(&about);
            incident.events.insert(event.id.clone(), event);
        }
        for title in ["Call", "Write"] {
            let id = StepId::derived(&[title]);
            let own = OwnStep { phase: Phase::Triage, title: title.to_owned(), how: String::new() };
            let place = StepPlace { phase: Phase::Triage, scenario: None };
            let state = StepState { entities: about.clone(), ..StepState::open(place) };
            incident.checklist.own.insert(id.clone(), own);
            incident.checklist.steps.insert(id, state);
        }
        incident
    }

    #[test]
    fn events_and_steps_can_be_left_out_one_by_one() {
        let item = plan(&Notebook::default(), vec![with_work()]).items.swap_remove(0);
        assert!(item.adds_parts());
        assert_eq!((item.added_events().count(), item.added_steps().count()), (2, 2));
        let (id, call) = (item.incident.id.clone(), StepId::derived(&["Call"]));
        let one = Part::Event(EventId::derived(&["One"]));
        let entity = item.added_entities().next().unwrap().id.clone();
        let mut left_out = LeftOut::default();
        left_out.choose(&id, [one, Part::Step(call.clone()), Part::Entity(entity)], &[]);
        let incident = item.without(&left_out);
        let messages: Vec<&str> = incident.events.values().map(|event| event.message.as_str()).collect();
        assert_eq!(messages, ["Two"]);
        assert_eq!(incident.checklist.own.len(), 1);
        assert!(!incident.checklist.own.contains_key(&call) && !incident.checklist.steps.contains_key(&call));
        // What stays says nothing of the address that went.
        assert!(incident.events.values().all(|event| event.entities.is_empty()));
        assert!(incident.checklist.steps.values().all(|step| step.entities.is_empty()));
        // In an incident that has them already there is nothing to leave out.
        let mut notebook = Notebook::default();
        put(&mut notebook, vec![(id.clone(), Some(incident))]);
        let again = plan(&notebook, vec![with_work()]).items.swap_remove(0);
        let added = |item: &Item| (item.added_events().count(), item.added_steps().count(), item.new_events);
        assert_eq!(added(&again), (1, 1, 1));
        put(&mut notebook, vec![(id, Some(again.incident))]);
        let same = plan(&notebook, vec![with_work()]).items.swap_remove(0);
        assert_eq!((same.outcome, same.adds_parts()), (Outcome::Unchanged, false));
    }

    #[test]
    fn only_what_is_new_can_be_left_out_of_an_incident_that_is_there() {
        let (mut notebook, id) = notebook("Case;Alert;IP\nC-1;Odd;192.0.2.7\n");
        let act = Act::SetIncident(id.clone(), IncidentField::Name("Renamed".into()));
        let edit = Edit { at: Time::from_millis(1), by: "ann".into(), act, cause: Cause::Done };
        notebook.apply(edit).unwrap();
        let again = "Case;Alert;IP\nC-1;Odd;192.0.2.7\nC-1;Odder;192.0.2.8\n";
        let item = plan(&notebook, incidents(again)).items.swap_remove(0);
        assert_eq!(item.added_alerts().map(|alert| alert.title.as_str()).collect::<Vec<_>>(), ["Odder"]);
        assert_eq!(item.added_entities().count(), 1);
    }
}
