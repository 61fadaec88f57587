//! The edit: everything a person, an import or another tab can do to the notebook, as one value.
//!
//! The same value is what the journal stores, what undo inverts and what the activity log is made of. Its JSON is
//! part of the stored format: variants may be added, never renamed.

use crate::model::activity::Cause;
use crate::model::{
    AlertField, AlertId, CopyId, CustodyEvent, Entity, EntityField, EntityId, EventField, EventId,
    EvidenceField, EvidenceId, EvidenceItem, Extras, Incident, IncidentField, IncidentId, KeptPlaybook, Note,
    NoteField, NoteId, OwnStep, PlaybookId, SourceFile, StepField, StepId, StepPlace, Time, TimelineEvent,
};
use crate::notebook::Preparation;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An act with who and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// When.
    pub at: Time,
    /// Who.
    pub by: String,
    /// What.
    pub act: Act,
    /// Whether it is done, undone or redone.
    #[serde(default, skip_serializing_if = "Cause::is_done")]
    pub cause: Cause,
}

/// Everything that can be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Act {
    /// Set one field of an incident.
    SetIncident(IncidentId, IncidentField),
    /// Set a field of one or more alerts.
    SetAlerts(IncidentId, Vec<(AlertId, AlertField)>),
    /// Set a field of one or more entities.
    SetEntities(IncidentId, Vec<(EntityId, EntityField)>),
    /// Add an entity by hand, or put a removed one back.
    AddEntity(IncidentId, Arc<Entity>),
    /// Remove an entity.
    RemoveEntity(IncidentId, EntityId),
    /// Set one field of a step's state; the place says where the step belongs.
    SetStep(IncidentId, StepId, StepPlace, StepField),
    /// Add a step of the responder's own.
    AddOwnStep(IncidentId, StepId, OwnStep),
    /// Remove such a step and what was done about it.
    RemoveOwnStep(IncidentId, StepId),
    /// Add a scenario playbook to the checklist.
    AddScenario(IncidentId, PlaybookId),
    /// Remove it; what was done about its steps is kept.
    RemoveScenario(IncidentId, PlaybookId),
    /// Add a playbook that is no playbook of the library to the checklist, which keeps a copy of it.
    UsePlaybook(IncidentId, Arc<KeptPlaybook>),
    /// Add a note, or put a removed one back.
    AddNote(IncidentId, Note),
    /// Set one field of a note.
    SetNote(IncidentId, NoteId, NoteField),
    /// Remove a note.
    RemoveNote(IncidentId, NoteId),
    /// Say something.
    Comment(IncidentId, String),
    /// Take back the comment made then by this person, or let it stand again.
    Retract(IncidentId, Time, String, bool),
    /// Add a timeline event, or put a removed one back.
    AddEvent(IncidentId, Arc<TimelineEvent>),
    /// Set one field of a timeline event.
    SetEvent(IncidentId, EventId, EventField),
    /// Remove a timeline event.
    RemoveEvent(IncidentId, EventId),
    /// Add an evidence item, or put a removed one back.
    AddEvidence(IncidentId, Arc<EvidenceItem>),
    /// Set one field of an evidence item.
    SetEvidence(IncidentId, EvidenceId, EvidenceField),
    /// Remove an evidence item; what the log says of it stays.
    RemoveEvidence(IncidentId, EvidenceId),
    /// Record what happened to an evidence item.
    Custody(IncidentId, EvidenceId, CustodyEvent),
    /// Say of such a record that it does not hold, and why.
    WithdrawCustody(IncidentId, EvidenceId, CustodyEvent, String),
    /// Make these the raw source data of an incident: none drops what there is and frees its room.
    SetExtras(IncidentId, Box<Extras>),
    /// Set one field of a preparation step.
    SetPreparation(StepId, StepField),
    /// Keep a playbook in the notebook, in the place of one with its id.
    KeepPlaybook(Arc<KeptPlaybook>),
    /// Give a kept playbook another title.
    RenamePlaybook(PlaybookId, String),
    /// Keep a playbook no longer; incidents that use it have their own copy.
    RemovePlaybook(PlaybookId),
    /// Begin a copy of the notebook, which writes chains of its own from then on. It cannot be taken back.
    BeginCopy(CopyId),
    /// Put whole incidents in place or take them out: creation, import, restore, deletion and their undoing.
    Put(Put),
    /// Several acts as one.
    All(Vec<Act>),
}

/// Whole incidents put in place or taken out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Put {
    /// Why: decides what the activity log says.
    pub why: Why,
    /// Each incident with what it becomes; none takes it out.
    pub incidents: Vec<(IncidentId, Option<Arc<Incident>>)>,
    /// The preparation that comes with it, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preparation: Option<Arc<Preparation>>,
}

/// Why whole incidents are put in place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Why {
    /// Somebody wrote it down.
    Created,
    /// It came out of this file.
    Imported(SourceFile),
    /// It came out of a backup: nothing is logged, so that a restored notebook equals the one that was saved.
    Restored,
    /// Copies of incidents came out of this file; each is joined with the notebook's as that is when the edit is done.
    Merged(String),
    /// A merge is taken back: what came with it leaves again.
    Unmerged,
    /// Somebody deleted it.
    Deleted,
    /// An earlier state is put back.
    PutBack,
}

/// An edit that was applied, with what takes it back.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The edit.
    pub edit: Arc<Edit>,
    /// The act that takes it back.
    pub inverse: Act,
    /// The incidents that it touched, each once.
    pub touched: Vec<IncidentId>,
    /// Whether it touched the preparation.
    pub preparation: bool,
}

impl Act {
    /// Whether it carries whole incidents or playbooks: such an edit goes into snapshots at once instead of the journal.
    pub fn is_structural(&self) -> bool {
        match self {
            Self::Put(_) | Self::UsePlaybook(..) | Self::KeepPlaybook(_) => true,
            Self::All(acts) => acts.iter().any(Self::is_structural),
            _ => false,
        }
    }

    /// The incidents that it is about, each once.
    pub fn incidents(&self) -> Vec<&IncidentId> {
        let mut ids = Vec::new();
        self.collect_incidents(&mut ids);
        ids
    }

    fn collect_incidents<'a>(&'a self, ids: &mut Vec<&'a IncidentId>) {
        let mut add = |id: &'a IncidentId| {
            if !ids.contains(&id) {
                ids.push(id);
            }
        };
        match self {
            Self::SetIncident(id, _)
            | Self::SetAlerts(id, _)
            | Self::SetEntities(id, _)
            | Self::AddEntity(id, _)
            | Self::RemoveEntity(id, _)
            | Self::SetStep(id, ..)
            | Self::AddOwnStep(id, ..)
            | Self::RemoveOwnStep(id, _)
            | Self::AddScenario(id, _)
            | Self::RemoveScenario(id, _)
            | Self::UsePlaybook(id, _)
            | Self::AddNote(id, _)
            | Self::SetNote(id, ..)
            | Self::RemoveNote(id, _)
            | Self::AddEvent(id, _)
            | Self::SetEvent(id, ..)
            | Self::RemoveEvent(id, _)
            | Self::AddEvidence(id, _)
            | Self::SetEvidence(id, ..)
            | Self::RemoveEvidence(id, _)
            | Self::Custody(id, ..)
            | Self::WithdrawCustody(id, ..)
            | Self::Comment(id, _)
            | Self::Retract(id, ..)
            | Self::SetExtras(id, _) => add(id),
            Self::SetPreparation(..)
            | Self::KeepPlaybook(_)
            | Self::RenamePlaybook(..)
            | Self::RemovePlaybook(_)
            | Self::BeginCopy(_) => {}
            // An import names thousands of incidents once each, so looking for doubles would be quadratic for nothing.
            Self::Put(put) => ids.extend(put.incidents.iter().map(|(id, _)| id)),
            Self::All(acts) => acts.iter().for_each(|act| act.collect_incidents(ids)),
        }
    }
}
