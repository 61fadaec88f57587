//! Checklists: what a responder did about each step.
//!
//! What a step says lives in the playbook library; here stands only what was done about it. Its place is kept
//! with each state so that stored data can be counted and read without the library.

use crate::fields;
use crate::model::field::FieldText;
use crate::model::{EntityId, EvidenceId, KeptPlaybook, KeptStep, Phase, PlaybookId, StepId, Time};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What was decided about a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// Done.
    Done,
    /// Left out, for this reason.
    Skipped(String),
}

/// A decision about a step, with who and when: the proof a checklist is kept for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marked {
    /// The decision.
    pub mark: Mark,
    /// Who.
    pub by: String,
    /// When.
    pub at: Time,
}

impl FieldText for Marked {
    fn field_text(&self) -> String {
        match &self.mark {
            Mark::Done => "done".into(),
            Mark::Skipped(reason) => format!("skipped: {reason}"),
        }
    }
}

/// Where a step belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepPlace {
    /// Its phase.
    pub phase: Phase,
    /// The scenario playbook it comes from; none for the general playbook and the responder's own steps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<PlaybookId>,
}

/// What was done about one step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepState {
    /// Where the step belongs.
    #[serde(flatten)]
    pub place: StepPlace,
    /// The decision; none while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub marked: Option<Marked>,
    /// Where ways part at the step: the one that was chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<String>,
    /// What came of it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub outcome: String,
    /// Who is to do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// When it is due; in preparation, when it is to be reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Time>,
    /// The entities it is about.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub entities: BTreeSet<EntityId>,
    /// The evidence items it is about.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub evidence: BTreeSet<EvidenceId>,
}

impl StepState {
    /// A step that nobody has touched.
    pub fn open(place: StepPlace) -> Self {
        Self {
            place,
            marked: None,
            way: None,
            outcome: String::new(),
            assignee: None,
            due: None,
            entities: BTreeSet::new(),
            evidence: BTreeSet::new(),
        }
    }

    /// Whether it is open and should have been done by now.
    pub fn is_overdue(&self, now: &Time) -> bool {
        self.marked.is_none() && self.due.as_ref().is_some_and(|due| due < now)
    }

    /// Whether there is nothing to keep about it.
    pub fn is_untouched(&self) -> bool {
        *self == Self::open(self.place.clone())
    }
}

fields! {
    /// One thing about a step that can be set.
    pub enum StepField of StepState {
        /// The decision.
        Marked(Option<Marked>) = "marked" => marked,
        /// The way that was chosen.
        Way(Option<String>) = "way" => way,
        /// What came of it.
        Outcome(String) = "outcome" => outcome,
        /// Who is to do it.
        Assignee(Option<String>) = "assignee" => assignee,
        /// When it is due.
        Due(Option<Time>) = "due" => due,
        /// The entities it is about.
        Entities(BTreeSet<EntityId>) = "entities" => entities,
        /// The evidence items it is about.
        Evidence(BTreeSet<EvidenceId>) = "evidence" => evidence,
    }
}

/// A step that a responder added to an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnStep {
    /// Its phase.
    pub phase: Phase,
    /// What to do.
    pub title: String,
    /// How to do it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub how: String,
}

/// An incident's checklist: the general playbook is always part of it, scenarios and own steps come on top.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Checklist {
    /// Scenario playbooks that were added, in that order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<PlaybookId>,
    /// What was done, by step; a step that nobody touched is not here.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub steps: BTreeMap<StepId, StepState>,
    /// Steps that a responder added.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub own: BTreeMap<StepId, OwnStep>,
    /// Those of the scenarios that are no playbook of the library, as they were when they were added.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub playbooks: BTreeMap<PlaybookId, Arc<KeptPlaybook>>,
}

impl Checklist {
    /// The kept playbooks that are on it, in the order they were added.
    pub fn kept(&self) -> impl Iterator<Item = &Arc<KeptPlaybook>> {
        self.scenarios.iter().filter_map(|id| self.playbooks.get(id))
    }

    /// A step of one of the kept playbooks on it.
    pub fn kept_step(&self, id: &StepId) -> Option<(&Arc<KeptPlaybook>, &KeptStep)> {
        self.kept().find_map(|playbook| Some((playbook, playbook.step(id)?)))
    }

    /// The steps of kept playbooks that lie on a way that was not chosen.
    pub fn ruled_out(&self) -> BTreeSet<&StepId> {
        let chosen = |id: &StepId| self.steps.get(id).and_then(|state| state.way.as_deref());
        self.kept().flat_map(|playbook| playbook.ruled_out(chosen)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_that_was_reset_leaves_no_trace() {
        let mut state = StepState::open(StepPlace { phase: Phase::Triage, scenario: None });
        StepField::Outcome("found it".into()).put(&mut state);
        assert!(!state.is_untouched());
        StepField::Outcome(String::new()).put(&mut state);
        assert!(state.is_untouched());
    }
}
