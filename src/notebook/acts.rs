//! What people do, as acts: taking an incident on, resolving it, ticking a step.
//!
//! Some of what a person does moves more than one field: whoever takes an incident also stops the clock that runs
//! until somebody does. Each function here says in one place what belongs together.

use crate::model::taxonomy::{AlertStatus, Classification, Determination, Severity, Status};
use crate::model::{
    AlertField, CustodyEvent, EntityField, EntityId, EvidenceItem, Handling, Incident, IncidentField,
    IncidentId, Mark, Marked, OwnStep, Phase, StepField, StepId, StepPlace, Time,
};
use crate::notebook::edit::{Act, Put, Why};
use std::sync::Arc;

/// Writes down a new incident.
pub fn create(id: IncidentId, name: &str, description: &str, severity: Severity, now: &Time) -> Act {
    let mut incident = Incident::new(id.clone(), name.trim(), now.clone());
    description.trim().clone_into(&mut incident.description);
    incident.severity = severity;
    incident.clocks.noticed = Some(now.clone());
    put(Why::Created, incident)
}

/// Puts one incident in place.
pub fn put(why: Why, incident: Incident) -> Act {
    let incidents = vec![(incident.id.clone(), Some(Arc::new(incident)))];
    Act::Put(Put { why, incidents, preparation: None })
}

/// Deletes incidents.
pub fn delete(ids: impl IntoIterator<Item = IncidentId>) -> Act {
    let incidents = ids.into_iter().map(|id| (id, None)).collect();
    Act::Put(Put { why: Why::Deleted, incidents, preparation: None })
}

/// Drops the raw source data of incidents, to free the room that it takes.
pub fn drop_raw_data(ids: impl IntoIterator<Item = IncidentId>) -> Act {
    Act::All(ids.into_iter().map(|id| Act::SetExtras(id, Box::default())).collect())
}

/// Gives the incident to somebody, with its active alerts, as the portal does. Ownership stops the clock that runs
/// until an incident is acknowledged.
pub fn assign(incident: &Incident, assignee: Option<String>, now: &Time) -> Act {
    let id = &incident.id;
    let mut acts = vec![set(id, IncidentField::Assignee(assignee.clone()))];
    let alerts: Vec<_> = incident
        .alerts
        .values()
        .filter(|alert| alert.is_active() && alert.assignee != assignee)
        .map(|alert| (alert.id.clone(), AlertField::Assignee(assignee.clone())))
        .collect();
    if !alerts.is_empty() {
        acts.push(Act::SetAlerts(id.clone(), alerts));
    }
    if assignee.is_some() && incident.clocks.acknowledged.is_none() {
        acts.push(set(id, IncidentField::Acknowledged(Some(now.clone()))));
    }
    Act::All(acts)
}

/// Takes the incident on: it becomes the responder's own and is in progress.
pub fn take(incident: &Incident, who: &str, now: &Time) -> Act {
    let assigned = assign(incident, Some(who.to_owned()), now);
    match incident.status {
        Status::Active => {
            Act::All(vec![assigned, set(&incident.id, IncidentField::Status(Status::InProgress))])
        }
        _ => assigned,
    }
}

/// Moves the incident to a status. Resolving stops the clock, opening it again starts it.
pub fn set_status(incident: &Incident, status: Status, now: &Time) -> Act {
    let id = &incident.id;
    let mut acts = vec![set(id, IncidentField::Status(status.clone()))];
    if status == Status::Resolved {
        if incident.clocks.resolved.is_none() {
            acts.push(set(id, IncidentField::ResolvedAt(Some(now.clone()))));
        }
    } else if incident.clocks.resolved.is_some() {
        acts.push(set(id, IncidentField::ResolvedAt(None)));
    }
    Act::All(acts)
}

/// What resolving an incident concludes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conclusion {
    /// What it turned out to be.
    pub classification: Classification,
    /// The kind of activity behind it.
    pub determination: Determination,
    /// What was concluded, in words.
    pub note: String,
}

/// Resolves the incident with all its alerts, as the portal does. Alerts that were classified before keep that.
pub fn resolve(incident: &Incident, conclusion: Conclusion, now: &Time) -> Act {
    let id = &incident.id;
    let Conclusion { classification, determination, note } = conclusion;
    let mut acts = vec![
        set(id, IncidentField::Classification(classification.clone())),
        set(id, IncidentField::Determination(determination.clone())),
        set(id, IncidentField::ClosingNote(note)),
        set_status(incident, Status::Resolved, now),
    ];
    let unclassified = || {
        incident
            .alerts
            .values()
            .filter(|alert| alert.classification == Classification::Unknown)
            .map(|alert| &alert.id)
    };
    let alerts = [
        incident
            .alerts
            .values()
            .filter(|alert| alert.is_active())
            .map(|alert| (alert.id.clone(), AlertField::Status(AlertStatus::Resolved)))
            .collect::<Vec<_>>(),
        unclassified()
            .map(|alert| (alert.clone(), AlertField::Classification(classification.clone())))
            .collect(),
        unclassified()
            .map(|alert| (alert.clone(), AlertField::Determination(determination.clone())))
            .collect(),
    ];
    acts.extend(
        alerts
            .into_iter()
            .filter(|fields| !fields.is_empty())
            .map(|fields| Act::SetAlerts(id.clone(), fields)),
    );
    Act::All(acts)
}

/// Sets one field of an incident.
pub fn set(id: &IncidentId, field: IncidentField) -> Act {
    Act::SetIncident(id.clone(), field)
}

/// The decision that a step is done, as the field that says so: an incident's step and one of the preparation alike.
pub fn done(by: &str, now: &Time) -> StepField {
    StepField::Marked(Some(Marked { mark: Mark::Done, by: by.to_owned(), at: now.clone() }))
}

/// The decision that a step is left out, for a reason.
pub fn skipped(reason: &str, by: &str, now: &Time) -> StepField {
    let mark = Mark::Skipped(reason.trim().to_owned());
    StepField::Marked(Some(Marked { mark, by: by.to_owned(), at: now.clone() }))
}

/// Ticks a step.
pub fn tick(id: &IncidentId, step: &StepId, place: &StepPlace, by: &str, now: &Time) -> Act {
    Act::SetStep(id.clone(), step.clone(), place.clone(), done(by, now))
}

/// Leaves a step out, for a reason.
pub fn skip(id: &IncidentId, step: &StepId, place: &StepPlace, reason: &str, by: &str, now: &Time) -> Act {
    Act::SetStep(id.clone(), step.clone(), place.clone(), skipped(reason, by, now))
}

/// Chooses a way where ways part, which decides the step; none takes the choice back.
pub fn choose_way(
    id: &IncidentId,
    step: &StepId,
    place: &StepPlace,
    way: Option<String>,
    by: &str,
    now: &Time,
) -> Act {
    let set = |field| Act::SetStep(id.clone(), step.clone(), place.clone(), field);
    let marked = if way.is_some() { done(by, now) } else { StepField::Marked(None) };
    Act::All(vec![set(StepField::Way(way)), set(marked)])
}

/// Opens a step again.
pub fn reopen(id: &IncidentId, step: &StepId, place: &StepPlace) -> Act {
    Act::SetStep(id.clone(), step.clone(), place.clone(), StepField::Marked(None))
}

/// Says again that a preparation step is in place, and when that is to be looked at next.
pub fn review(step: &StepId, next: Time, by: &str, now: &Time) -> Act {
    Act::All(vec![
        Act::SetPreparation(step.clone(), done(by, now)),
        Act::SetPreparation(step.clone(), StepField::Due(Some(next))),
    ])
}

/// What a newly found host, account or mailbox asks for (NIST SP 800-61r2, step 6.3): it is analysed and contained
/// like the ones before it. Adds one step of the responder's own to each phase, linked to the entity.
pub fn follow_up(incident: &Incident, entity: &EntityId, steps: [(StepId, Phase, String); 2]) -> Act {
    let id = &incident.id;
    let acts = steps.into_iter().flat_map(|(step, phase, title)| {
        let place = StepPlace { phase, scenario: None };
        let link = StepField::Entities([entity.clone()].into());
        [
            Act::AddOwnStep(id.clone(), step.clone(), OwnStep { phase, title, how: String::new() }),
            Act::SetStep(id.clone(), step, place, link),
        ]
    });
    Act::All(acts.collect())
}

/// Sets a field of an entity, and of every part that it was merged from: what is decided is decided of all of it.
pub fn set_entity(incident: &Incident, entity: &EntityId, field: &EntityField) -> Act {
    let set = |part: &EntityId| Act::SetEntities(incident.id.clone(), vec![(part.clone(), field.clone())]);
    match incident.parts_of(entity).as_slice() {
        [] | [_] => set(entity),
        parts => Act::All(parts.iter().map(|part| set(part)).collect()),
    }
}

/// Sets a field of several entities as one act, with all that they were merged from.
pub fn set_entities(incident: &Incident, entities: &[EntityId], field: &EntityField) -> Act {
    let parts = entities.iter().flat_map(|entity| incident.parts_of(entity));
    let each = parts.map(|part| (part.clone(), field.clone())).collect();
    Act::SetEntities(incident.id.clone(), each)
}

/// Removes an entity with every part that it was merged from.
pub fn remove_entity(incident: &Incident, entity: &EntityId) -> Act {
    let remove = |part: &EntityId| Act::RemoveEntity(incident.id.clone(), part.clone());
    match incident.parts_of(entity).as_slice() {
        [] | [_] => remove(entity),
        parts => Act::All(parts.iter().map(|part| remove(part)).collect()),
    }
}

/// Merges entities into one: they are shown as parts of the one that is kept.
pub fn merge_entities(incident: &Incident, keep: &EntityId, others: &[EntityId]) -> Act {
    let keep = incident.shown_as(keep);
    let others = others.iter().map(|other| incident.shown_as(other)).filter(|other| *other != keep);
    Act::All(others.map(|other| same_as(incident, other, Some(keep))).collect())
}

/// Splits a part off the entity that it was merged into. What was merged into the part goes with it; where it is the part
/// that the others were merged into, those stay together under the first of them.
pub fn split_entity(incident: &Incident, part: &EntityId) -> Act {
    let parts = incident.parts_of(part);
    let is_kept = parts.first().is_some_and(|kept| *kept == part);
    let Some(next) = parts.get(1).copied().filter(|_| is_kept) else {
        return Act::All(vec![same_as(incident, part, None)]);
    };
    let held = |id: &EntityId| incident.entities.get(id).and_then(|entity| entity.same_as.as_ref());
    let others = parts[2..].iter().filter(|other| held(other) == Some(part));
    let mut acts = vec![same_as(incident, next, None)];
    if held(part).is_some() {
        acts.push(same_as(incident, part, None));
    }
    acts.extend(others.map(|other| same_as(incident, other, Some(next))));
    Act::All(acts)
}

/// Says of two entities that they are not the same, so that nobody is asked again.
pub fn keep_apart(incident: &Incident, one: &EntityId, other: &EntityId) -> Act {
    let known = incident.entities.get(one).map(|entity| entity.not_same_as.clone());
    let mut apart = known.unwrap_or_default();
    apart.insert(other.clone());
    Act::SetEntities(incident.id.clone(), vec![(one.clone(), EntityField::NotSameAs(apart))])
}

/// Each is an act, and so an entry of the log, of its own: joining two copies tells by the entries which of them goes on.
fn same_as(incident: &Incident, entity: &EntityId, other: Option<&EntityId>) -> Act {
    let field = EntityField::SameAs(other.cloned());
    Act::SetEntities(incident.id.clone(), vec![(entity.clone(), field)])
}

/// Adds an evidence item and begins its chain of custody: who secured it when, and where it was put.
pub fn collect(id: &IncidentId, item: EvidenceItem, at: &Time, by: &str, kept_at: &str) -> Act {
    let handling = Handling::Collected { kept_at: kept_at.trim().to_owned(), sha256: item.sha256.clone() };
    let event = CustodyEvent { at: at.clone(), by: by.trim().to_owned(), handling, why: String::new() };
    let evidence = item.id.clone();
    Act::All(vec![Act::AddEvidence(id.clone(), Arc::new(item)), Act::Custody(id.clone(), evidence, event)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Alert, AlertId};
    use crate::notebook::{Edit, Notebook};

    fn now() -> Time {
        Time::parse("2026-03-01T10:00:00Z").unwrap()
    }

    fn done(notebook: &mut Notebook, act: Act) {
        let edit = Edit { at: now(), by: "ann".into(), act, cause: crate::model::activity::Cause::Done };
        notebook.apply(edit).unwrap();
    }

    fn with_two_alerts() -> (Notebook, IncidentId) {
        let id = IncidentId::derived(&["1"]);
        let mut incident = Incident::new(id.clone(), "Odd sign-in", now());
        for name in ["a", "b"] {
            let mut alert = Alert::new(AlertId::derived(&[name]), name);
            alert.classification =
                if name == "a" { Classification::FalsePositive } else { Classification::Unknown };
            incident.alerts.insert(alert.id.clone(), alert);
        }
        let mut notebook = Notebook::default();
        done(&mut notebook, put(Why::Created, incident));
        (notebook, id)
    }

    #[test]
    fn taking_an_incident_stops_the_clock_once_and_assigns_its_alerts() {
        let (mut notebook, id) = with_two_alerts();
        let act = take(notebook.incident(&id).unwrap(), "ann", &now());
        done(&mut notebook, act);
        let incident = notebook.incident(&id).unwrap();
        assert_eq!(incident.status, Status::InProgress);
        assert_eq!(incident.clocks.acknowledged, Some(now()));
        assert!(incident.alerts.values().all(|alert| alert.assignee.as_deref() == Some("ann")));
        let later = Time::parse("2026-03-02T10:00:00Z").unwrap();
        let act = assign(incident, Some("bob".into()), &later);
        done(&mut notebook, act);
        assert_eq!(notebook.incident(&id).unwrap().clocks.acknowledged, Some(now()));
    }

    #[test]
    fn a_review_says_again_who_and_when_and_sets_the_next_date() {
        let step = StepId::try_from("pre-01").unwrap();
        let mut notebook = Notebook::default();
        let next = Time::parse("2027-03-01").unwrap();
        done(&mut notebook, Act::SetPreparation(step.clone(), super::done("ann", &now())));
        let later = Time::parse("2026-09-01T10:00:00Z").unwrap();
        done(&mut notebook, review(&step, next.clone(), "bob", &later));
        let state = &notebook.preparation().steps[&step];
        let marked = state.marked.as_ref().unwrap();
        assert_eq!((marked.by.as_str(), &marked.at, &state.due), ("bob", &later, &Some(next)));
    }

    #[test]
    fn resolving_resolves_the_alerts_and_keeps_what_was_classified_before() {
        let (mut notebook, id) = with_two_alerts();
        let conclusion = Conclusion {
            classification: Classification::TruePositive,
            determination: Determination::Phishing,
            note: "Contained on the first day.".into(),
        };
        let act = resolve(notebook.incident(&id).unwrap(), conclusion, &now());
        done(&mut notebook, act);
        let incident = notebook.incident(&id).unwrap();
        assert_eq!((&incident.status, &incident.clocks.resolved), (&Status::Resolved, &Some(now())));
        assert!(incident.alerts.values().all(|alert| !alert.is_active()));
        let classes: Vec<_> =
            incident.alerts.values().map(|alert| (&*alert.title, &alert.classification)).collect();
        assert!(classes.contains(&("a", &Classification::FalsePositive)));
        assert!(classes.contains(&("b", &Classification::TruePositive)));
        let act = set_status(incident, Status::InProgress, &now());
        done(&mut notebook, act);
        assert_eq!(notebook.incident(&id).unwrap().clocks.resolved, None);
    }
}
