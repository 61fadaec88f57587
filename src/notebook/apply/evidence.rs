//! Evidence items and their custody: what an item is can be set like any other field; what happened to it is only ever
//! added to, in the log.

use super::{Draft, changes, no_part};
use crate::model::activity::{Cause, Subject, What};
use crate::model::{CustodyEvent, EntityId, EvidenceField, EvidenceId, EvidenceItem, Incident, IncidentId};
use crate::notebook::custody::{standing, withdrawal};
use crate::notebook::edit::Act;
use crate::notebook::limits::{check_custody_event, check_evidence_field, check_evidence_item, within};
use crate::notebook::{Refusal, limits::LONGEST_REASON};
use std::sync::Arc;

impl Draft<'_> {
    pub(super) fn add_evidence(&mut self, id: &IncidentId, item: &Arc<EvidenceItem>) -> Result<Act, Refusal> {
        check_evidence_item(item)?;
        let incident = self.incident(id)?;
        if incident.evidence.contains_key(&item.id) {
            return Err(Refusal::AlreadyThere(item.title()));
        }
        incident.evidence.insert(item.id.clone(), EvidenceItem::clone(item));
        self.log(id, What::Added(subject(item)))?;
        Ok(Act::RemoveEvidence(id.clone(), item.id.clone()))
    }

    pub(super) fn set_evidence(
        &mut self,
        id: &IncidentId,
        item: &EvidenceId,
        field: &EvidenceField,
    ) -> Result<Act, Refusal> {
        check_evidence_field(field)?;
        let incident = self.incident(id)?;
        let known = incident.evidence.get_mut(item).ok_or_else(|| no_part(item.as_str()))?;
        let old = field.of(known);
        changes(&old, field)?;
        // By the name that it had, as whoever reads the log from the start knows it.
        let subject = subject(known);
        field.clone().put(known);
        let (from, to) = (text(incident, &old), text(incident, field));
        self.log_set(id, subject, field.name(), from, to)?;
        Ok(Act::SetEvidence(id.clone(), item.clone(), old))
    }

    pub(super) fn remove_evidence(&mut self, id: &IncidentId, item: &EvidenceId) -> Result<Act, Refusal> {
        let item = self.incident(id)?.evidence.remove(item).ok_or_else(|| no_part(item.as_str()))?;
        self.log(id, What::Removed(subject(&item)))?;
        Ok(Act::AddEvidence(id.clone(), Arc::new(item)))
    }

    pub(super) fn custody(
        &mut self,
        id: &IncidentId,
        item: &EvidenceId,
        event: &CustodyEvent,
    ) -> Result<Act, Refusal> {
        check_custody_event(event)?;
        let undoes = self.edit.cause == Cause::Undone;
        let incident = self.incident(id)?;
        let subject = subject(incident.evidence.get(item).ok_or_else(|| no_part(item.as_str()))?);
        // What takes a withdrawal back withdraws again with the same reason when it is done again.
        let why = if undoes { withdrawal(&incident.activity, item, event) } else { None };
        let why = why.unwrap_or_default().to_owned();
        self.log(id, What::Custody { subject, event: event.clone() })?;
        Ok(Act::WithdrawCustody(id.clone(), item.clone(), event.clone(), why))
    }

    pub(super) fn withdraw_custody(
        &mut self,
        id: &IncidentId,
        item: &EvidenceId,
        event: &CustodyEvent,
        why: &str,
    ) -> Result<Act, Refusal> {
        // Whoever undoes what was done a moment ago is not asked why.
        if self.edit.cause.is_done() && why.trim().is_empty() {
            return Err(Refusal::ReasonMissing);
        }
        within(why, LONGEST_REASON)?;
        let incident = self.incident(id)?;
        let known = incident.evidence.get(item).ok_or_else(|| no_part(item.as_str()))?;
        let subject = subject(known);
        if !standing(&incident.activity, item).iter().any(|(_, known)| *known == event) {
            return Err(Refusal::NothingToDo);
        }
        self.log(id, What::CustodyWithdrawn { subject, event: event.clone(), why: why.to_owned() })?;
        Ok(Act::Custody(id.clone(), item.clone(), event.clone()))
    }
}

fn subject(item: &EvidenceItem) -> Subject {
    Subject::Evidence(item.id.clone(), item.title())
}

/// A field's value for the log: an entity by its name, which the log can still say when the entity is gone.
fn text(incident: &Incident, field: &EvidenceField) -> String {
    match field {
        EvidenceField::TakenFrom(Some(entity)) => entity_name(incident, entity),
        _ => field.text(),
    }
}

fn entity_name(incident: &Incident, entity: &EntityId) -> String {
    incident.entities.get(entity).map_or_else(|| entity.to_string(), crate::model::Entity::name)
}
