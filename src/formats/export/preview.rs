//! What an export would hold and what it would not, before anything is written.

use super::sharing::{Held, Part, Share, share};
use super::{Export, Tlp};
use crate::model::Incident;
use std::collections::BTreeMap;

/// The most things that stay which are told by name.
pub const LISTED: usize = 50;

/// What leaves and what stays, of any number of incidents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    leaves: BTreeMap<Part, usize>,
    /// What stays, the first of it.
    pub held: Vec<Held>,
    /// How much more stays.
    pub more_held: usize,
    /// How many parts leave that are marked neither themselves nor by their incident.
    pub unmarked: usize,
}

impl Preview {
    /// Adds an incident under a marking.
    pub fn add(&mut self, incident: &Incident, marking: Tlp) {
        let (shared, held) = share(incident, marking);
        for (part, count) in shared.iter().flat_map(Share::counts) {
            *self.leaves.entry(part).or_default() += count;
        }
        self.unmarked += shared.map_or(0, |share| share.unmarked);
        for one in held {
            if self.held.len() < LISTED { self.held.push(one) } else { self.more_held += 1 }
        }
    }

    /// How many incidents leave.
    pub fn incidents(&self) -> usize {
        self.leaves.get(&Part::Incident).copied().unwrap_or_default()
    }

    /// What leaves in this format.
    pub fn carried(&self, export: &dyn Export) -> Vec<(Part, usize)> {
        self.parts(|part| export.carries().contains(&part))
    }

    /// What might leave and has no place in this format. Of the incident itself there is always its name.
    pub fn without_place(&self, export: &dyn Export) -> Vec<(Part, usize)> {
        self.parts(|part| part != Part::Incident && !export.carries().contains(&part))
    }

    fn parts(&self, wanted: impl Fn(Part) -> bool) -> Vec<(Part, usize)> {
        self.leaves.iter().filter(|(part, _)| wanted(**part)).map(|(part, count)| (*part, *count)).collect()
    }
}
