//! The timeline: what happened, in the order it happened, from alerts, events, clocks and the checklist.

use crate::compact::Order as _;
use crate::model::checklist::Mark;
use crate::model::{AlertId, Clock, EntityId, EventId, Incident, StepId, Time, TimelineEvent};
use std::collections::HashMap;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: Time,
    /// What.
    pub what: Happened,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// An alert's first activity, or its creation where that is not known.
    Alert(AlertId),
    /// A timeline event.
    Event(EventId),
    /// A clock was stopped.
    Clock(Clock),
    /// A step was done.
    Done(StepId),
}

/// Everything that happened, earliest first; at the same instant alerts and events before what people did about
/// them.
pub fn timeline(incident: &Incident) -> Vec<Event> {
    let alerts = incident.alerts.values().filter_map(|alert| {
        Some(Event { at: alert.when()?.clone(), what: Happened::Alert(alert.id.clone()) })
    });
    let told = incident
        .events
        .values()
        .map(|event| Event { at: event.at.clone(), what: Happened::Event(event.id.clone()) });
    let clocks = Clock::ALL.into_iter().filter_map(|clock| {
        Some(Event { at: clock.of(&incident.clocks)?.clone(), what: Happened::Clock(clock) })
    });
    let steps = incident.checklist.steps.iter().filter_map(|(id, state)| {
        let marked = state.marked.as_ref().filter(|marked| marked.mark == Mark::Done)?;
        Some(Event { at: marked.at.clone(), what: Happened::Done(id.clone()) })
    });
    let mut events: Vec<_> = alerts.chain(told).chain(clocks).chain(steps).collect();
    events.order_by_key(|event| event.at.instant());
    events
}

/// The timeline events that name an entity, under the id of any of its parts, by id.
pub fn events_naming<'a>(
    incident: &'a Incident,
    entity: &EntityId,
) -> impl Iterator<Item = &'a TimelineEvent> + use<'a> {
    let parts = incident.parts_of(entity).into_iter().cloned().collect::<Vec<_>>();
    incident.events.values().filter(move |event| parts.iter().any(|part| event.entities.contains(part)))
}

/// What the timeline events that name an entity tell of it together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Named {
    /// How many there are.
    pub events: usize,
    /// The first and the last of those whose moment is known, in milliseconds since 1970-01-01T00:00Z.
    pub seen: Option<(i64, i64)>,
}

/// What timeline events tell of each entity that they name, by the id under which it is shown.
pub fn named_by_events(incident: &Incident) -> HashMap<EntityId, Named> {
    let mut named: HashMap<EntityId, Named> = HashMap::new();
    for event in incident.events.values() {
        let at = event.at.zone_stated().then(|| event.at.millis());
        for id in incident.shown_among(&event.entities) {
            let told = named.entry(id).or_default();
            told.events += 1;
            told.seen = both(told.seen, at.map(|at| (at, at)));
        }
    }
    named
}

/// From the first to the last moment of two spans.
pub fn both(one: Option<(i64, i64)>, other: Option<(i64, i64)>) -> Option<(i64, i64)> {
    match (one, other) {
        (Some((first, last)), Some((earlier, later))) => Some((first.min(earlier), last.max(later))),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::{Domain, Facts};
    use crate::model::{Alert, Entity, IncidentId};

    #[test]
    fn what_happened_stands_in_the_order_it_happened() {
        let time = |minute: i64| Time::from_millis(minute * 60_000);
        let mut incident = Incident::new(IncidentId::derived(&["1"]), "A", time(0));
        incident.clocks.noticed = Some(time(7));
        for (name, minute) in [("late", 9), ("early", 3), ("same", 7)] {
            let mut alert = Alert::new(AlertId::derived(&[name]), name);
            alert.first_activity = Some(time(minute));
            incident.alerts.insert(alert.id.clone(), alert);
        }
        let mut undated = Alert::new(AlertId::derived(&["undated"]), "undated");
        undated.first_activity = None;
        incident.alerts.insert(undated.id.clone(), undated);
        let call = TimelineEvent::new(EventId::derived(&["call"]), time(7), "A call");
        incident.events.insert(call.id.clone(), call);
        let order: Vec<_> = timeline(&incident).into_iter().map(|event| event.what).collect();
        assert_eq!(
            order,
            [
                Happened::Alert(AlertId::derived(&["early"])),
                Happened::Alert(AlertId::derived(&["same"])),
                Happened::Event(EventId::derived(&["call"])),
                Happened::Clock(Clock::Noticed),
                Happened::Alert(AlertId::derived(&["late"])),
            ]
        );
    }

    #[test]
    fn an_event_names_an_entity_by_any_of_its_parts_and_counts_once() {
        let id = |name: &str| EntityId::derived(&[name]);
        let mut incident = Incident::new(IncidentId::derived(&["1"]), "A", Time::from_millis(0));
        for name in ["whole", "part", "other"] {
            let facts = Facts::Domain(Domain { name: Some(format!("{name}.example")), ..Domain::default() });
            incident.entities.insert(id(name), Entity::new(id(name), facts));
        }
        let time = |name: &str| Time::from_millis(if name == "part" { 60_000 } else { 0 });
        incident.entities.get_mut(&id("part")).unwrap().same_as = Some(id("whole"));
        for (name, about) in
            [("both", vec!["whole", "part"]), ("part", vec!["part", "other"]), ("gone", vec!["x"])]
        {
            let mut event = TimelineEvent::new(EventId::derived(&[name]), time(name), name);
            event.entities = about.into_iter().map(id).collect();
            incident.events.insert(event.id.clone(), event);
        }
        let named = |name: &str| events_naming(&incident, &id(name)).count();
        assert_eq!((named("whole"), named("part"), named("other"), named("x")), (2, 2, 1, 0));
        let named = named_by_events(&incident);
        assert_eq!(named.len(), 2);
        assert_eq!(named[&id("whole")], Named { events: 2, seen: Some((0, 60_000)) });
        assert_eq!(named[&id("other")], Named { events: 1, seen: Some((60_000, 60_000)) });
        assert_eq!(both(None, None), None);
    }
}
