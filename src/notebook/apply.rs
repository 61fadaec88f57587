//! The only door: every change to a notebook goes through [`Notebook::apply`].
//!
//! It changes everything the edit says, or refuses and changes nothing. Each act gives back the act that inverts
//! it; an edit of several acts that fails halfway is rolled back from the incidents' earlier versions.

mod events;
mod evidence;
mod gradual;
mod playbooks;

pub use gradual::{Applied, Applying};

use crate::model::activity::{Activity, LONGEST_COMMENT, Subject, What};
use crate::model::checklist::{Checklist, OwnStep, StepField, StepPlace, StepState};
use crate::model::field::SettableField;
use crate::model::{
    AlertField, AlertId, Entity, EntityField, EntityId, Extras, Incident, IncidentField, IncidentId, Note,
    NoteField, NoteId, StepId, Time,
};
use crate::notebook::edit::{Act, Change, Edit, Put, Why};
use crate::notebook::limits::{LONGEST_NOTE, check_incident_field, check_step_field, named, within};
use crate::notebook::merge::notebooks;
use crate::notebook::target::step_subject;
use crate::notebook::{Notebook, Preparation, Refusal};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Notebook {
    /// Does what the edit says, or refuses.
    ///
    /// # Errors
    /// A [`Refusal`] with the reason; the notebook is as it was.
    pub fn apply(&mut self, edit: impl Into<Arc<Edit>>) -> Result<Change, Refusal> {
        let edit = edit.into();
        let mut draft =
            Draft { notebook: self, edit: Arc::clone(&edit), before: BTreeMap::new(), prepared: None };
        match draft.perform(&edit.act) {
            Ok(inverse) => {
                let preparation = draft.prepared.is_some();
                let touched: Vec<IncidentId> = draft.before.keys().cloned().collect();
                for id in &touched {
                    let incident = self.incident(id).cloned();
                    self.set(id, incident);
                }
                Ok(Change { edit, inverse, touched, preparation })
            }
            Err(refusal) => {
                let (before, prepared) = (draft.before, draft.prepared);
                for (id, incident) in before {
                    self.set(&id, incident);
                }
                if let Some(preparation) = prepared {
                    self.preparation = preparation;
                }
                Err(refusal)
            }
        }
    }
}

/// A notebook while an edit is being done to it, with the earlier versions of what it touched.
pub(super) struct Draft<'a> {
    pub(super) notebook: &'a mut Notebook,
    pub(super) edit: Arc<Edit>,
    before: BTreeMap<IncidentId, Option<Arc<Incident>>>,
    prepared: Option<Arc<Preparation>>,
}

impl Draft<'_> {
    fn perform(&mut self, act: &Act) -> Result<Act, Refusal> {
        match act {
            Act::SetIncident(id, field) => self.set_incident(id, field),
            Act::SetAlerts(id, fields) => self.set_alerts(id, fields),
            Act::SetEntities(id, fields) => self.set_entities(id, fields),
            Act::AddEntity(id, entity) => self.add_entity(id, entity),
            Act::RemoveEntity(id, entity) => self.remove_entity(id, entity),
            Act::SetStep(id, step, place, field) => self.set_step(id, step, place, field),
            Act::AddOwnStep(id, step, own) => self.add_own_step(id, step, own),
            Act::RemoveOwnStep(id, step) => self.remove_own_step(id, step),
            Act::AddScenario(id, playbook) => self.add_scenario(id, playbook),
            Act::RemoveScenario(id, playbook) => self.remove_scenario(id, playbook),
            Act::UsePlaybook(id, kept) => self.use_playbook(id, kept),
            Act::AddNote(id, note) => self.add_note(id, note),
            Act::SetNote(id, note, field) => self.set_note(id, note, field),
            Act::RemoveNote(id, note) => self.remove_note(id, note),
            Act::AddEvent(id, event) => self.add_event(id, event),
            Act::SetEvent(id, event, field) => self.set_event(id, event, field),
            Act::RemoveEvent(id, event) => self.remove_event(id, event),
            Act::AddEvidence(id, item) => self.add_evidence(id, item),
            Act::SetEvidence(id, item, field) => self.set_evidence(id, item, field),
            Act::RemoveEvidence(id, item) => self.remove_evidence(id, item),
            Act::Custody(id, item, event) => self.custody(id, item, event),
            Act::WithdrawCustody(id, item, event, why) => self.withdraw_custody(id, item, event, why),
            Act::Comment(id, text) => self.comment(id, text),
            Act::Retract(id, at, by, retracted) => self.retract(id, at, by, *retracted),
            Act::SetExtras(id, extras) => self.set_extras(id, extras),
            Act::SetPreparation(step, field) => self.set_preparation(step, field),
            Act::KeepPlaybook(kept) => self.keep_playbook(kept),
            Act::RenamePlaybook(id, title) => self.rename_playbook(id, title),
            Act::RemovePlaybook(id) => self.remove_playbook(id),
            Act::BeginCopy(copy) => self.begin_copy(copy),
            Act::Put(put) => self.put(put),
            Act::All(acts) => self.all(acts),
        }
    }

    /// Remembers the incident as it is, once for each edit.
    fn remember(&mut self, id: &IncidentId) -> Result<(), Refusal> {
        if self.notebook.needs_loading(id) {
            return Err(Refusal::NotLoaded(id.clone()));
        }
        if !self.before.contains_key(id) {
            self.before.insert(id.clone(), self.notebook.incident(id).cloned());
        }
        Ok(())
    }

    pub(super) fn incident(&mut self, id: &IncidentId) -> Result<&mut Incident, Refusal> {
        self.remember(id)?;
        let incident = self.notebook.loaded.get_mut(id).ok_or_else(|| Refusal::NoSuchIncident(id.clone()))?;
        Ok(Arc::make_mut(incident))
    }

    /// The preparation, remembered as it was.
    pub(super) fn preparation(&mut self) -> &mut Preparation {
        self.prepared.get_or_insert_with(|| Arc::clone(&self.notebook.preparation));
        Arc::make_mut(&mut self.notebook.preparation)
    }

    fn log_set(
        &mut self,
        id: &IncidentId,
        subject: Subject,
        field: &str,
        from: String,
        to: String,
    ) -> Result<(), Refusal> {
        self.log(id, What::Set { subject, field: field.to_owned(), from, to })
    }

    fn set_incident(&mut self, id: &IncidentId, field: &IncidentField) -> Result<Act, Refusal> {
        check_incident_field(field)?;
        let incident = self.incident(id)?;
        let old = field.of(incident);
        changes(&old, field)?;
        field.clone().put(incident);
        self.log_set(id, Subject::Incident, field.name(), old.text(), field.text())?;
        Ok(Act::SetIncident(id.clone(), old))
    }

    fn set_alerts(&mut self, id: &IncidentId, fields: &[(AlertId, AlertField)]) -> Result<Act, Refusal> {
        let incident = self.incident(id)?;
        let mut olds = Vec::with_capacity(fields.len());
        let mut title = String::new();
        for (alert_id, field) in fields {
            let alert = incident.alerts.get_mut(alert_id).ok_or_else(|| no_part(alert_id.as_str()))?;
            let old = field.of(alert);
            title.clone_from(&alert.title);
            if old != *field {
                field.clone().put(alert);
                olds.push((alert_id.clone(), old));
            }
        }
        let ([(old_id, old), ..], Some((_, field))) = (olds.as_slice(), fields.last()) else {
            return Err(Refusal::NothingToDo);
        };
        let (subject, from) = match olds.len() {
            1 => (Subject::Alert(old_id.clone(), title), old.text()),
            count => (Subject::Alerts(count), String::new()),
        };
        self.log_set(id, subject, field.name(), from, field.text())?;
        Ok(Act::SetAlerts(id.clone(), olds))
    }

    fn set_entities(&mut self, id: &IncidentId, fields: &[(EntityId, EntityField)]) -> Result<Act, Refusal> {
        let incident = self.incident(id)?;
        let mut olds = Vec::with_capacity(fields.len());
        let mut name = String::new();
        for (entity_id, field) in fields {
            if let EntityField::Note(text) = field {
                within(text, LONGEST_COMMENT)?;
            }
            if let EntityField::SameAs(Some(other)) = field {
                can_be_same(incident, entity_id, other)?;
            }
            let entity = incident.entities.get_mut(entity_id).ok_or_else(|| no_part(entity_id.as_str()))?;
            let old = field.of(entity);
            if old != *field {
                name = entity.name();
                field.clone().put(entity);
                olds.push((entity_id.clone(), old));
            }
        }
        let ([(old_id, old), ..], Some((_, field))) = (olds.as_slice(), fields.last()) else {
            return Err(Refusal::NothingToDo);
        };
        let (subject, from) = match olds.len() {
            1 => (Subject::Entity(old_id.clone(), name), entity_text(incident, old)),
            count => (Subject::Entities(count), String::new()),
        };
        let to = entity_text(incident, field);
        self.log_set(id, subject, field.name(), from, to)?;
        Ok(Act::SetEntities(id.clone(), olds))
    }

    fn add_entity(&mut self, id: &IncidentId, entity: &Arc<Entity>) -> Result<Act, Refusal> {
        let incident = self.incident(id)?;
        if incident.entities.contains_key(&entity.id) {
            return Err(Refusal::AlreadyThere(entity.name()));
        }
        incident.entities.insert(entity.id.clone(), Entity::clone(entity));
        self.log(id, What::Added(Subject::Entity(entity.id.clone(), entity.name())))?;
        Ok(Act::RemoveEntity(id.clone(), entity.id.clone()))
    }

    fn remove_entity(&mut self, id: &IncidentId, entity: &EntityId) -> Result<Act, Refusal> {
        let incident = self.incident(id)?;
        let entity = incident.entities.remove(entity).ok_or_else(|| no_part(entity.as_str()))?;
        self.log(id, What::Removed(Subject::Entity(entity.id.clone(), entity.name())))?;
        Ok(Act::AddEntity(id.clone(), Arc::new(entity)))
    }

    fn set_step(
        &mut self,
        id: &IncidentId,
        step: &StepId,
        place: &StepPlace,
        field: &StepField,
    ) -> Result<Act, Refusal> {
        check_step_field(field)?;
        let checklist = &mut self.incident(id)?.checklist;
        let subject = step_subject(Some(checklist), step);
        let old = set_step_field(&mut checklist.steps, step, place, field)?;
        self.log_set(id, subject, field.name(), old.text(), field.text())?;
        Ok(Act::SetStep(id.clone(), step.clone(), place.clone(), old))
    }

    fn add_own_step(&mut self, id: &IncidentId, step: &StepId, own: &OwnStep) -> Result<Act, Refusal> {
        named(&own.title)?;
        within(&own.how, LONGEST_COMMENT)?;
        let checklist = &mut self.incident(id)?.checklist;
        if checklist.own.contains_key(step) || checklist.steps.contains_key(step) {
            return Err(Refusal::AlreadyThere(own.title.clone()));
        }
        checklist.own.insert(step.clone(), own.clone());
        self.log(id, What::Added(Subject::OwnStep(step.clone(), own.title.clone())))?;
        Ok(Act::RemoveOwnStep(id.clone(), step.clone()))
    }

    fn remove_own_step(&mut self, id: &IncidentId, step: &StepId) -> Result<Act, Refusal> {
        let Checklist { own, steps, .. } = &mut self.incident(id)?.checklist;
        let removed = own.remove(step).ok_or_else(|| no_part(step.as_str()))?;
        let state = steps.remove(step);
        self.log(id, What::Removed(Subject::OwnStep(step.clone(), removed.title.clone())))?;
        let mut acts = vec![Act::AddOwnStep(id.clone(), step.clone(), removed)];
        if let Some(state) = state {
            let place = state.place.clone();
            let fields = StepField::all(&state);
            let open = StepState::open(place.clone());
            let set = fields.into_iter().filter(|field| field.of(&open) != *field);
            acts.extend(set.map(|field| Act::SetStep(id.clone(), step.clone(), place.clone(), field)));
        }
        Ok(Act::All(acts))
    }

    fn add_note(&mut self, id: &IncidentId, note: &Note) -> Result<Act, Refusal> {
        within(&note.text, LONGEST_NOTE)?;
        let notes = &mut self.incident(id)?.notes;
        if notes.contains_key(&note.id) {
            return Err(Refusal::AlreadyThere(note.id.to_string()));
        }
        notes.insert(note.id.clone(), note.clone());
        self.log(id, What::Added(Subject::Note(note.id.clone(), first_words(&note.text))))?;
        Ok(Act::RemoveNote(id.clone(), note.id.clone()))
    }

    fn set_note(&mut self, id: &IncidentId, note: &NoteId, field: &NoteField) -> Result<Act, Refusal> {
        if let NoteField::Text(text) = field {
            within(text, LONGEST_NOTE)?;
        }
        let note = self.incident(id)?.notes.get_mut(note).ok_or_else(|| no_part(note.as_str()))?;
        let old = field.of(note);
        changes(&old, field)?;
        field.clone().put(note);
        // A note's whole text, twice for each change, would fill the log; its first words say which note it was.
        let subject = Subject::Note(note.id.clone(), first_words(&note.text));
        let inverse = Act::SetNote(id.clone(), note.id.clone(), old);
        if matches!(field, NoteField::Text(_)) {
            self.log_set(id, subject, field.name(), String::new(), String::new())?;
        }
        Ok(inverse)
    }

    fn remove_note(&mut self, id: &IncidentId, note: &NoteId) -> Result<Act, Refusal> {
        let note = self.incident(id)?.notes.remove(note).ok_or_else(|| no_part(note.as_str()))?;
        self.log(id, What::Removed(Subject::Note(note.id.clone(), first_words(&note.text))))?;
        Ok(Act::AddNote(id.clone(), note))
    }

    fn comment(&mut self, id: &IncidentId, text: &str) -> Result<Act, Refusal> {
        if text.trim().is_empty() {
            return Err(Refusal::Empty);
        }
        within(text, LONGEST_COMMENT)?;
        self.log(id, What::Comment(text.to_owned()))?;
        Ok(Act::Retract(id.clone(), self.edit.at.clone(), self.edit.by.clone(), true))
    }

    fn retract(&mut self, id: &IncidentId, at: &Time, by: &str, retracted: bool) -> Result<Act, Refusal> {
        let activity = &self.incident(id)?.activity;
        let said =
            |entry: &Activity| matches!(entry.what, What::Comment(_)) && entry.at == *at && entry.by == by;
        if !activity.iter().any(said) {
            return Err(no_part("comment"));
        }
        if is_retracted(activity, at, by) == retracted {
            return Err(Refusal::NothingToDo);
        }
        self.log(id, What::Retracted { at: at.clone(), by: by.to_owned(), retracted })?;
        Ok(Act::Retract(id.clone(), at.clone(), by.to_owned(), !retracted))
    }

    fn set_extras(&mut self, id: &IncidentId, extras: &Extras) -> Result<Act, Refusal> {
        let incident = self.incident(id)?;
        let old = Extras::of(incident);
        extras.clone().put(incident);
        let new = Extras::of(incident);
        changes(&old, &new)?;
        let what = if new.is_empty() { What::Removed } else { What::Added };
        self.log(id, what(Subject::RawData))?;
        Ok(Act::SetExtras(id.clone(), Box::new(old)))
    }

    fn set_preparation(&mut self, step: &StepId, field: &StepField) -> Result<Act, Refusal> {
        check_step_field(field)?;
        let preparation = self.preparation();
        let place = StepPlace { phase: crate::model::Phase::Prepare, scenario: None };
        let old = set_step_field(&mut preparation.steps, step, &place, field)?;
        Ok(Act::SetPreparation(step.clone(), old))
    }

    fn put(&mut self, put: &Put) -> Result<Act, Refusal> {
        let mut olds = Vec::with_capacity(put.incidents.len());
        for (id, incident) in &put.incidents {
            self.put_one(id, incident.as_ref(), &put.why, &mut olds)?;
        }
        self.put_rest(put, olds)
    }

    /// Puts one incident in place, or takes it out, and remembers what stood there.
    fn put_one(
        &mut self,
        id: &IncidentId,
        incident: Option<&Arc<Incident>>,
        why: &Why,
        olds: &mut Vec<(IncidentId, Option<Arc<Incident>>)>,
    ) -> Result<(), Refusal> {
        self.remember(id)?;
        let old = self.notebook.incident(id).cloned();
        if old.is_none() && incident.is_none() {
            return Err(Refusal::NoSuchIncident(id.clone()));
        }
        let incident = match (incident, why) {
            (Some(theirs), Why::Merged(source)) => {
                match notebooks::merged(id, old.as_deref(), theirs, source) {
                    Some((incident, what)) => Some(self.logged(incident, old.as_ref(), what)),
                    // Part of a file may be here already.
                    None => return Ok(()),
                }
            }
            (incident, why) => incident.map(|incident| self.with_log(incident, old.as_ref(), why)),
        };
        match incident {
            Some(incident) => self.notebook.loaded.insert(id.clone(), incident),
            None => self.notebook.loaded.remove(id),
        };
        olds.push((id.clone(), old));
        Ok(())
    }

    /// Does what is left of putting incidents in place once all of them are; gives back what takes it back.
    fn put_rest(
        &mut self,
        put: &Put,
        olds: Vec<(IncidentId, Option<Arc<Incident>>)>,
    ) -> Result<Act, Refusal> {
        let preparation = match (&put.preparation, &put.why) {
            (Some(theirs), Why::Merged(_)) => {
                notebooks::merged_preparation(&self.notebook.preparation, theirs).map(Arc::new)
            }
            (preparation, _) => preparation.clone(),
        };
        let preparation = preparation.map(|new| self.put_preparation(&new));
        if olds.is_empty() && preparation.is_none() {
            return Err(Refusal::NothingToDo);
        }
        self.log_put(put, &olds);
        let why = if matches!(put.why, Why::Merged(_)) { Why::Unmerged } else { Why::PutBack };
        Ok(Act::Put(Put { why, incidents: olds, preparation }))
    }

    fn all(&mut self, acts: &[Act]) -> Result<Act, Refusal> {
        let mut inverses = Vec::with_capacity(acts.len());
        for act in acts {
            match self.perform(act) {
                Ok(inverse) => inverses.push(inverse),
                // Part of what is asked may be so already; only when all of it is, there is nothing to do.
                Err(Refusal::NothingToDo) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        if inverses.is_empty() {
            return Err(Refusal::NothingToDo);
        }
        inverses.reverse();
        Ok(Act::All(inverses))
    }
}

/// Refuses to make an entity the same as one that is not there, as itself or as one of another kind.
fn can_be_same(incident: &Incident, entity: &EntityId, other: &EntityId) -> Result<(), Refusal> {
    let find = |id: &EntityId| incident.entities.get(id).ok_or_else(|| no_part(id.as_str()));
    let (one, other) = (find(entity)?, find(other)?);
    if one.id == other.id {
        return Err(Refusal::NothingToDo);
    }
    if one.kind() != other.kind() {
        return Err(Refusal::OtherKind { one: one.name(), other: other.name() });
    }
    Ok(())
}

/// A field's value for the log: an entity by its name, which the log can still say when the entity is gone.
fn entity_text(incident: &Incident, field: &EntityField) -> String {
    match field {
        EntityField::SameAs(Some(other)) => {
            incident.entities.get(other).map_or_else(|| other.to_string(), Entity::name)
        }
        _ => field.text(),
    }
}

/// Whether the comment made then by this person has been taken back.
pub fn is_retracted(activity: &[Activity], at: &Time, by: &str) -> bool {
    activity
        .iter()
        .rev()
        .find_map(|entry| match &entry.what {
            What::Retracted { at: then, by: who, retracted } if then == at && who == by => Some(*retracted),
            _ => None,
        })
        .unwrap_or(false)
}

/// Sets a field of a step's state; a state that holds nothing any more is dropped.
fn set_step_field(
    steps: &mut BTreeMap<StepId, StepState>,
    step: &StepId,
    place: &StepPlace,
    field: &StepField,
) -> Result<StepField, Refusal> {
    let mut state = steps.get(step).cloned().unwrap_or_else(|| StepState::open(place.clone()));
    let old = field.of(&state);
    changes(&old, field)?;
    field.clone().put(&mut state);
    if state.is_untouched() {
        steps.remove(step);
    } else {
        steps.insert(step.clone(), state);
    }
    Ok(old)
}

fn changes<T: PartialEq + ?Sized>(old: &T, new: &T) -> Result<(), Refusal> {
    if old == new { Err(Refusal::NothingToDo) } else { Ok(()) }
}

fn no_part(part: &str) -> Refusal {
    Refusal::NoSuchPart(part.to_owned())
}

/// The first words of a note: its first line that says something, cut to sixty characters.
pub(in crate::notebook) fn first_words(text: &str) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    line.trim_start_matches(['#', ' ']).chars().take(60).collect()
}
