//! How what comes out of a file becomes part of the notebook.
//!
//! A field that a responder can change is merged three ways: what the source said last time, what it says now, and
//! what the notebook has. Where only the source changed it, the source's value is taken; where the responder did,
//! the responder's stays and the preview says so. Importing the same file twice changes nothing.
//!
//! A colleague's copy is no such source: it is joined with the notebook's by what the activity logs of both tell
//! ([`join`], [`notebooks`]).

pub mod aim;
pub mod join;
pub mod notebooks;
mod three_way;

use crate::model::{AlertId, EntityId, EventId, Incident, IncidentId, StepId};
use crate::notebook::edit::{Act, Put, Why};
use crate::notebook::{Notebook, Preparation, log};
use std::collections::HashMap;
use std::sync::Arc;

/// A field that an import changes, or would have changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Of which alert or entity, by name; empty for the incident's own.
    pub of: String,
    /// The field's stable name.
    pub field: &'static str,
    /// What the notebook has.
    pub from: String,
    /// What the source says.
    pub to: String,
}

/// What an import makes of one incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is not in the notebook yet.
    New,
    /// The notebook's is brought up to date.
    Updated,
    /// The notebook has all of it.
    Unchanged,
    /// The notebook's is newer, so nothing is taken.
    Older,
}

/// One incident of an import, as it would be afterwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What becomes of it.
    pub outcome: Outcome,
    /// The incident as it would be afterwards.
    pub incident: Arc<Incident>,
    /// How many alerts are new.
    pub new_alerts: usize,
    /// How many entities are new.
    pub new_entities: usize,
    /// How many timeline events are new.
    pub new_events: usize,
    /// Which, where an incident that is there is brought up to date; all of them where it is new.
    pub added: Added,
    /// Fields that change.
    pub changed: Vec<FieldChange>,
    /// Fields where the responder's own value stays although the source's changed.
    pub kept: Vec<FieldChange>,
    /// The copy that would be joined with the notebook's; none where it comes from a product, or is restored.
    pub theirs: Option<Arc<Incident>>,
    /// What was changed in that copy and here, apart from each other.
    pub disputes: Vec<join::Dispute>,
}

/// What comes to an incident that is there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Added {
    /// Alerts.
    pub alerts: Vec<AlertId>,
    /// Entities.
    pub entities: Vec<EntityId>,
    /// Timeline events.
    pub events: Vec<EventId>,
    /// Steps of its own checklist.
    pub steps: Vec<StepId>,
}

/// What an import would do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// Every incident that came, in the order it came.
    pub items: Vec<Item>,
    /// The preparation that would be put in place, if any.
    pub preparation: Option<Arc<Preparation>>,
}

impl Plan {
    /// How many incidents have this outcome.
    pub fn count(&self, outcome: Outcome) -> usize {
        self.items.iter().filter(|item| item.outcome == outcome).count()
    }

    /// The act that does it, or none where there is nothing to do.
    pub fn act(&self, why: Why) -> Option<Act> {
        let incidents: Vec<_> = self
            .items
            .iter()
            .filter(|item| matches!(item.outcome, Outcome::New | Outcome::Updated))
            .map(|item| (item.incident.id.clone(), Some(Arc::clone(&item.incident))))
            .collect();
        if incidents.is_empty() && self.preparation.is_none() {
            return None;
        }
        Some(Act::Put(Put { why, incidents, preparation: self.preparation.clone() }))
    }
}

/// Which incident of the notebook each of these is, by id or by what the outside world calls it. Those that exist
/// have to be loaded before [`plan`] can merge into them.
pub fn existing(notebook: &Notebook, incoming: &[Incident]) -> Vec<Option<IncidentId>> {
    let mut by_origin: HashMap<(&str, &str), Vec<&Arc<crate::notebook::Row>>> = HashMap::new();
    for row in notebook.rows().values() {
        for origin in &row.origins {
            by_origin.entry((&origin.system, &origin.id)).or_default().push(row);
        }
    }
    let find = |incident: &Incident| {
        if notebook.rows().contains_key(&incident.id) {
            return Some(incident.id.clone());
        }
        incident.origins.iter().find_map(|origin| {
            let rows = by_origin.get(&(origin.system.as_str(), origin.id.as_str()))?;
            rows.iter()
                .find(|row| row.origins.iter().any(|own| own.matches(origin)))
                .map(|row| row.id.clone())
        })
    };
    incoming.iter().map(find).collect()
}

/// What importing these would do. Incidents that exist must have been loaded; one that was not is planned as if it
/// did not exist, and [`apply`](crate::notebook::apply) then refuses it.
pub fn plan(notebook: &Notebook, incoming: Vec<Incident>) -> Plan {
    let ids = existing(notebook, &incoming);
    let items = incoming
        .into_iter()
        .zip(ids)
        .map(|(incident, id)| match id.and_then(|id| notebook.incident(&id)) {
            Some(mine) => three_way::merged(mine, &incident),
            None => fresh(incident),
        })
        .collect();
    Plan { items, preparation: None }
}

/// What restoring a backup would do: what is missing comes back as it was; what differs is taken only where the
/// backup's was changed last.
pub fn plan_restore(notebook: &Notebook, incidents: Vec<Incident>, preparation: Preparation) -> Plan {
    let items = incidents
        .into_iter()
        .map(|theirs| {
            let Some(mine) = notebook.incident(&theirs.id) else { return fresh(theirs) };
            let outcome = if **mine == theirs {
                Outcome::Unchanged
            } else if theirs.last_change() > mine.last_change() {
                Outcome::Updated
            } else {
                Outcome::Older
            };
            Item { outcome, ..fresh(theirs) }
        })
        .collect();
    let mine = notebook.preparation();
    let mut steps = mine.steps.clone();
    for (step, theirs) in preparation.steps {
        let newer = steps.get(&step).is_none_or(|mine| {
            let when =
                |state: &crate::model::StepState| state.marked.as_ref().map(|marked| marked.at.clone());
            when(&theirs) > when(mine)
        });
        if newer {
            steps.insert(step, theirs);
        }
    }
    let log = log::united(&mine.log, preparation.log);
    // What is kept here stays as it is here; what was removed since comes back.
    let playbooks = preparation.playbooks.into_iter().chain(mine.playbooks.clone()).collect();
    let merged = Preparation { steps, playbooks, log, copy: mine.copy.clone() };
    let preparation = (merged != **mine).then(|| Arc::new(merged));
    Plan { items, preparation }
}

fn fresh(incident: Incident) -> Item {
    Item {
        outcome: Outcome::New,
        new_alerts: incident.alerts.len(),
        new_entities: incident.entities.len(),
        new_events: incident.events.len(),
        added: Added::default(),
        incident: Arc::new(incident),
        changed: Vec::new(),
        kept: Vec::new(),
        theirs: None,
        disputes: Vec::new(),
    }
}

#[cfg(test)]
mod tests;
