//! One entity under construction: what is known of it and where it was seen.

use super::Evidence;
use crate::model::entity::also_seen_once;
use crate::model::identity::Key;
use crate::model::taxonomy::{RemediationStatus, Role, Verdict};
use crate::model::{AlertId, Entity, EntityField, EntityId, IncidentId, Sighting, Time};
use std::collections::BTreeSet;

#[derive(Debug)]
pub(super) struct Slot {
    pub(super) evidence: Evidence,
    /// Alert (by its place, in order), and what was said there.
    pub(super) sightings: Vec<(usize, Said)>,
    /// Set where it turned out to be the same as another slot.
    pub(super) moved_to: Option<usize>,
    /// What its id is made of where nothing identifies it.
    pub(super) seed: String,
}

#[derive(Debug)]
pub(super) struct Said {
    pub(super) roles: BTreeSet<Role>,
    pub(super) verdict: Verdict,
    pub(super) remediation: RemediationStatus,
    pub(super) at: Option<Time>,
}

impl Slot {
    pub(super) fn sight(&mut self, alert: usize, said: Said) {
        match self.sightings.binary_search_by_key(&alert, |(known, _)| *known) {
            Ok(at) => {
                let known = &mut self.sightings[at].1;
                known.roles.extend(said.roles);
                if said.verdict.weight() > known.verdict.weight() {
                    known.verdict = said.verdict;
                }
                if said.remediation.weight() > known.remediation.weight() {
                    known.remediation = said.remediation;
                }
                known.at = known.at.take().or(said.at);
            }
            Err(at) => self.sightings.insert(at, (alert, said)),
        }
    }

    pub(super) fn into_entity(self, incident: &IncidentId, alerts: &[AlertId]) -> Entity {
        let id = match self.evidence.facts.identities().first() {
            Some(Key { text, local: false }) => EntityId::derived(&[text]),
            Some(Key { text, local: true }) => EntityId::derived(&["local", incident.as_str(), text]),
            None => EntityId::derived(&["weak", incident.as_str(), &self.seed]),
        };
        let mut evidence = self.evidence;
        also_seen_once(&mut evidence.extra);
        let mut entity = Entity::new(id, evidence.facts);
        if let Some(verdict) = evidence.verdict {
            entity.source.push(EntityField::Verdict(verdict.clone()));
            entity.verdict = verdict;
        }
        if let Some(remediation) = evidence.remediation {
            entity.source.push(EntityField::Remediation(remediation.clone()));
            entity.remediation = remediation;
        }
        if let Some(tags) = evidence.tags {
            entity.source.push(EntityField::Tags(tags.clone()));
            entity.tags = tags;
        }
        entity.note = evidence.note;
        entity.critical = evidence.critical;
        entity.extra = evidence.extra;
        entity.sightings = self
            .sightings
            .into_iter()
            .map(|(alert, said)| Sighting {
                alert: alerts[alert].clone(),
                roles: said.roles,
                verdict: said.verdict,
                remediation: said.remediation,
                at: said.at,
            })
            .collect();
        entity
    }
}
