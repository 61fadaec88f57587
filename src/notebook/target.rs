//! Which fields an act sets: how two people's edits of one thing are noticed.

use crate::model::activity::Subject;
use crate::model::{
    AlertId, Checklist, EntityId, EventId, EvidenceId, IncidentId, NoteId, PlaybookId, StepId,
};
use crate::notebook::apply::first_words;
use crate::notebook::{Act, Notebook};

/// A step as the activity log calls it: one that the library does not hold by its title, too.
pub fn step_subject(checklist: Option<&Checklist>, step: &StepId) -> Subject {
    let own = checklist.and_then(|list| list.own.get(step)).map(|own| &own.title);
    let kept = || Some(&checklist?.kept_step(step)?.1.title);
    match own.or_else(kept) {
        Some(title) => Subject::OwnStep(step.clone(), title.clone()),
        None => Subject::Step(step.clone()),
    }
}

/// One field of one thing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The incident that it belongs to; none for the preparation.
    pub incident: Option<IncidentId>,
    /// Of which part.
    pub part: Part,
    /// The field's stable name.
    pub field: &'static str,
}

/// A part of an incident, or a step of the preparation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The incident itself.
    Incident,
    /// One of its alerts.
    Alert(AlertId),
    /// One of its entities.
    Entity(EntityId),
    /// A step.
    Step(StepId),
    /// One of its notes.
    Note(NoteId),
    /// One of its timeline events.
    Event(EventId),
    /// One of its evidence items.
    Evidence(EvidenceId),
    /// A playbook that is kept.
    Playbook(PlaybookId),
}

impl Target {
    /// What the activity log calls it, with the name that it has in this notebook.
    pub fn subject(&self, notebook: &Notebook) -> Subject {
        let incident = self.incident.as_ref().and_then(|id| notebook.incident(id));
        match &self.part {
            Part::Incident => Subject::Incident,
            Part::Alert(id) => {
                let alert = incident.and_then(|incident| incident.alerts.get(id));
                Subject::Alert(id.clone(), alert.map(|alert| alert.title.clone()).unwrap_or_default())
            }
            Part::Entity(id) => {
                let entity = incident.and_then(|incident| incident.entities.get(id));
                Subject::Entity(id.clone(), entity.map(crate::model::Entity::name).unwrap_or_default())
            }
            Part::Step(id) => step_subject(incident.map(|incident| &incident.checklist), id),
            Part::Note(id) => Subject::Note(id.clone(), String::new()),
            Part::Event(id) => {
                let event = incident.and_then(|incident| incident.events.get(id));
                let words = event.map(|event| first_words(&event.message));
                Subject::Event(id.clone(), words.unwrap_or_default())
            }
            Part::Evidence(id) => {
                let item = incident.and_then(|incident| incident.evidence.get(id));
                Subject::Evidence(id.clone(), item.map(crate::model::EvidenceItem::title).unwrap_or_default())
            }
            Part::Playbook(id) => {
                let kept = notebook.preparation().playbooks.get(id);
                Subject::Playbook(id.clone(), kept.map(|kept| kept.title.clone()).unwrap_or_default())
            }
        }
    }
}

impl Act {
    /// The fields that it sets, each with the new value as the activity log shows it.
    pub fn sets(&self) -> Vec<(Target, String)> {
        let mut sets = Vec::new();
        self.collect_sets(&mut sets);
        sets
    }

    /// Whether it sets a field that the other sets too, or puts a whole incident that the other is about, or the
    /// other way round.
    pub fn meets(&self, other: &Self) -> bool {
        let whole = |a: &Self, b: &Self| {
            let about = b.incidents();
            a.whole_ids().iter().any(|id| about.contains(id))
        };
        let theirs = other.sets();
        whole(self, other)
            || whole(other, self)
            || self.sets().iter().any(|(mine, _)| theirs.iter().any(|(target, _)| target == mine))
    }

    /// Whether it is about the preparation, or may be logged for the notebook as a whole.
    pub fn prepares(&self) -> bool {
        match self {
            Self::SetPreparation(..)
            | Self::KeepPlaybook(_)
            | Self::RenamePlaybook(..)
            | Self::RemovePlaybook(_)
            | Self::BeginCopy(_)
            | Self::Put(_) => true,
            Self::All(acts) => acts.iter().any(Self::prepares),
            _ => false,
        }
    }

    /// Whether it begins a copy of the notebook: all that is logged after it depends on that.
    pub fn begins_copy(&self) -> bool {
        match self {
            Self::BeginCopy(_) => true,
            Self::All(acts) => acts.iter().any(Self::begins_copy),
            _ => false,
        }
    }

    /// How many incidents it puts in place or takes out whole.
    pub fn wholes(&self) -> usize {
        match self {
            Self::Put(put) => put.incidents.len(),
            Self::All(acts) => acts.iter().map(Self::wholes).sum(),
            _ => 0,
        }
    }

    fn whole_ids(&self) -> Vec<&IncidentId> {
        match self {
            Self::Put(put) => put.incidents.iter().map(|(id, _)| id).collect(),
            Self::All(acts) => acts.iter().flat_map(Self::whole_ids).collect(),
            _ => Vec::new(),
        }
    }

    fn collect_sets(&self, sets: &mut Vec<(Target, String)>) {
        let mut add = |incident: Option<&IncidentId>, part, field, value| {
            sets.push((Target { incident: incident.cloned(), part, field }, value));
        };
        match self {
            Self::SetIncident(id, field) => add(Some(id), Part::Incident, field.name(), field.text()),
            Self::SetAlerts(id, fields) => {
                for (alert, field) in fields {
                    add(Some(id), Part::Alert(alert.clone()), field.name(), field.text());
                }
            }
            Self::SetEntities(id, fields) => {
                for (entity, field) in fields {
                    add(Some(id), Part::Entity(entity.clone()), field.name(), field.text());
                }
            }
            Self::SetStep(id, step, _, field) => {
                add(Some(id), Part::Step(step.clone()), field.name(), field.text());
            }
            Self::SetNote(id, note, field) => {
                add(Some(id), Part::Note(note.clone()), field.name(), field.text());
            }
            Self::SetEvent(id, event, field) => {
                add(Some(id), Part::Event(event.clone()), field.name(), field.text());
            }
            Self::SetEvidence(id, evidence, field) => {
                add(Some(id), Part::Evidence(evidence.clone()), field.name(), field.text());
            }
            Self::SetPreparation(step, field) => {
                add(None, Part::Step(step.clone()), field.name(), field.text());
            }
            Self::RenamePlaybook(id, title) => {
                add(None, Part::Playbook(id.clone()), "name", title.clone());
            }
            Self::All(acts) => acts.iter().for_each(|act| act.collect_sets(sets)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Incident, IncidentField, NoteField, Time};
    use crate::notebook::{Put, Why};

    fn name(id: &IncidentId, name: &str) -> Act {
        Act::SetIncident(id.clone(), IncidentField::Name(name.into()))
    }

    #[test]
    fn an_act_names_the_fields_that_it_sets() {
        let (id, note) = (IncidentId::derived(&["1"]), NoteId::derived(&["n"]));
        let text = NoteField::Text("longer".into());
        let sets = Act::All(vec![name(&id, "A"), Act::SetNote(id.clone(), note.clone(), text)]).sets();
        let target = |part, field| Target { incident: Some(id.clone()), part, field };
        assert_eq!(
            sets,
            [
                (target(Part::Incident, "name"), "A".to_owned()),
                (target(Part::Note(note), "text"), "longer".to_owned())
            ]
        );
        assert_eq!(sets[0].0.subject(&Notebook::default()), Subject::Incident);
    }

    #[test]
    fn two_acts_meet_in_a_field_or_in_a_whole_incident() {
        let (one, two) = (IncidentId::derived(&["1"]), IncidentId::derived(&["2"]));
        let at = Time::from_millis(0);
        let whole = Incident::new(one.clone(), "A", at.clone());
        let put = Act::Put(Put {
            why: Why::Created,
            incidents: vec![(one.clone(), Some(std::sync::Arc::new(whole)))],
            preparation: None,
        });
        assert!(name(&one, "A").meets(&name(&one, "B")));
        assert!(!name(&one, "A").meets(&name(&two, "A")));
        let noticed = Act::SetIncident(one.clone(), IncidentField::Noticed(Some(at)));
        assert!(!name(&one, "A").meets(&noticed));
        assert!(put.meets(&name(&one, "B")) && name(&one, "B").meets(&put) && !put.meets(&name(&two, "B")));
    }
}
