//! The row: what lists, filters, figures and the priority need to know of an incident, without reading it whole.
//!
//! Rows are stored beside the incidents, so that the list of a thousand opens without unpacking one of them.

use crate::model::checklist::Mark;
use crate::model::taxonomy::{Classification, Determination, ServiceSource, Severity, Status, Verdict};
use crate::model::{
    Clocks, EntityKind, Incident, IncidentId, Origin, PlaybookId, PriorityOverride, StepState, Time,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An incident in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The incident.
    pub id: IncidentId,
    /// Its name.
    pub name: String,
    /// How bad.
    pub severity: Severity,
    /// Where it stands.
    pub status: Status,
    /// What it turned out to be.
    pub classification: Classification,
    /// The kind of activity behind it.
    pub determination: Determination,
    /// Who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// Tags of people and of the source's system.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// What the outside world calls it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub origins: BTreeSet<Origin>,
    /// When it was made.
    pub created: Time,
    /// When anything about it last changed.
    pub changed: Time,
    /// Last activity of any alert.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_activity: Option<Time>,
    /// The moments that response times are measured by.
    #[serde(default)]
    pub clocks: Clocks,
    /// A responder's own priority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<PriorityOverride>,
    /// How many alerts.
    pub alerts: usize,
    /// How many of them somebody still has to deal with.
    pub active_alerts: usize,
    /// Products that raised its alerts.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub sources: BTreeSet<ServiceSource>,
    /// Entities by kind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub entities: BTreeMap<EntityKind, usize>,
    /// Entities that the responder called critical.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub critical: usize,
    /// Entities found malicious.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub malicious: usize,
    /// Entities whose remediation failed, and alerts whose automated investigation did.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub failed_remediation: usize,
    /// Entities that wait for somebody's approval.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub pending_approval: usize,
    /// Scenario playbooks on its checklist.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<PlaybookId>,
    /// Steps by phase: done, skipped, and those that the library does not hold.
    #[serde(default)]
    pub phases: [PhaseCount; 6],
    /// The earliest due time of an open step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_due: Option<Time>,
    /// Whether it is the guided first incident.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guided: bool,
}

/// Steps of one phase.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseCount {
    /// Done.
    pub done: u16,
    /// Skipped.
    pub skipped: u16,
    /// Those that no playbook of the library holds: the responder's own, and those of kept playbooks that apply; done
    /// or not.
    pub own: u16,
}

// Serde calls this with a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl Row {
    /// The row of this incident.
    pub fn of(incident: &Incident) -> Self {
        let shown = incident.shown_entities();
        let entities = || shown.iter();
        let mut by_kind = BTreeMap::new();
        for entity in entities() {
            *by_kind.entry(entity.kind()).or_insert(0) += 1;
        }
        let failed_alerts =
            incident.alerts.values().filter(|alert| alert.investigation_state.is_failed()).count();
        Self {
            id: incident.id.clone(),
            name: incident.name.clone(),
            severity: incident.severity.clone(),
            status: incident.status.clone(),
            classification: incident.classification.clone(),
            determination: incident.determination.clone(),
            assignee: incident.assignee.clone(),
            tags: incident.tags.union(&incident.system_tags).cloned().collect(),
            origins: incident.origins.clone(),
            created: incident.created.clone(),
            changed: incident.last_change().clone(),
            last_activity: incident.last_activity().cloned(),
            clocks: incident.clocks.clone(),
            priority: incident.priority.clone(),
            alerts: incident.alerts.len(),
            active_alerts: incident.alerts.values().filter(|alert| alert.is_active()).count(),
            sources: incident.alerts.values().map(|alert| alert.service_source.clone()).collect(),
            entities: by_kind,
            critical: entities().filter(|entity| entity.critical).count(),
            malicious: entities().filter(|entity| entity.verdict == Verdict::Malicious).count(),
            failed_remediation: entities().filter(|entity| entity.remediation.is_failed()).count()
                + failed_alerts,
            pending_approval: entities().filter(|entity| entity.remediation.is_pending()).count(),
            scenarios: incident.checklist.scenarios.clone(),
            phases: count_phases(incident),
            next_due: {
                let out = incident.checklist.ruled_out();
                let applies = incident.checklist.steps.iter().filter(|(id, _)| !out.contains(id));
                next_due(applies.map(|(_, state)| state))
            },
            guided: incident.guided,
        }
    }

    /// How many devices, users, mailboxes, applications, cloud resources and groups it touches.
    pub fn assets(&self) -> usize {
        self.entities.iter().filter(|(kind, _)| kind.is_asset()).map(|(_, count)| count).sum()
    }

    /// Whether somebody still has to work on it.
    pub fn is_open(&self) -> bool {
        !matches!(self.status, Status::Resolved | Status::Redirected)
    }

    /// Whether a step should have been done by now.
    pub fn is_overdue(&self, now: &Time) -> bool {
        self.is_open() && self.next_due.as_ref().is_some_and(|due| due < now)
    }
}

/// A scenario's steps count only while the scenario is on the checklist, those of a way only until another is chosen.
fn count_phases(incident: &Incident) -> [PhaseCount; 6] {
    let mut phases = [PhaseCount::default(); 6];
    let out = incident.checklist.ruled_out();
    for (step, state) in &incident.checklist.steps {
        let removed =
            state.place.scenario.as_ref().is_some_and(|id| !incident.checklist.scenarios.contains(id));
        if removed || out.contains(step) {
            continue;
        }
        let Some(count) = state.place.phase.index().and_then(|index| phases.get_mut(index)) else { continue };
        match state.marked.as_ref().map(|marked| &marked.mark) {
            Some(Mark::Done) => count.done += 1,
            Some(Mark::Skipped(_)) => count.skipped += 1,
            None => {}
        }
    }
    let kept = incident.checklist.kept().flat_map(|playbook| &playbook.steps);
    let kept = kept.filter(|step| !out.contains(&step.id)).map(|step| step.phase);
    for phase in incident.checklist.own.values().map(|own| own.phase).chain(kept) {
        if let Some(count) = phase.index().and_then(|index| phases.get_mut(index)) {
            count.own = count.own.saturating_add(1);
        }
    }
    phases
}

/// The earliest due time of a step that is open.
pub fn next_due<'a>(steps: impl Iterator<Item = &'a StepState>) -> Option<Time> {
    steps.filter(|state| state.marked.is_none()).filter_map(|state| state.due.clone()).min()
}
