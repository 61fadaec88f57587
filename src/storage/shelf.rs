//! What keys are there, by kind: what recovery chooses from.

use crate::model::IncidentId;
use crate::storage::key::Named;
use crate::storage::stamp::Stamp;
use std::collections::{BTreeMap, BTreeSet};

/// The keys of the stored notebook, by kind.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    /// The generations of each incident's snapshots.
    pub snapshots: BTreeMap<IncidentId, BTreeSet<u64>>,
    /// The generations of each page.
    pub pages: BTreeMap<u32, BTreeSet<u64>>,
    /// The generations of the preparation.
    pub preparations: BTreeSet<u64>,
    /// The journal entries, in their order.
    pub journal: BTreeSet<Stamp>,
}

impl Shelf {
    pub fn of(keys: &[String]) -> Self {
        let mut shelf = Self::default();
        for named in keys.iter().filter_map(|key| Named::parse(key)) {
            match named {
                Named::Snapshot(id, generation) => {
                    shelf.snapshots.entry(id).or_default().insert(generation);
                }
                Named::Page(page, generation) => {
                    shelf.pages.entry(page).or_default().insert(generation);
                }
                Named::Preparation(generation) => {
                    shelf.preparations.insert(generation);
                }
                Named::Entry(stamp) => {
                    shelf.journal.insert(stamp);
                }
            }
        }
        shelf
    }

    pub fn is_empty(&self) -> bool {
        self.snapshots.is_empty()
            && self.pages.is_empty()
            && self.preparations.is_empty()
            && self.journal.is_empty()
    }

    /// The highest generation that any key names.
    pub fn newest(&self) -> u64 {
        let generations = self.snapshots.values().chain(self.pages.values()).chain([&self.preparations]);
        generations.filter_map(BTreeSet::last).copied().max().unwrap_or(0)
    }

    /// The newest snapshot of this incident up to a generation.
    pub fn snapshot(&self, id: &IncidentId, up_to: u64) -> Option<u64> {
        self.snapshots.get(id)?.range(..=up_to).next_back().copied()
    }

    /// Whether this very snapshot is there.
    pub fn has_snapshot(&self, id: &IncidentId, generation: u64) -> bool {
        self.snapshots.get(id).is_some_and(|generations| generations.contains(&generation))
    }

    /// Every record that is there.
    pub fn records(&self) -> impl Iterator<Item = Named> {
        let snapshots = self.snapshots.iter().flat_map(|(id, generations)| {
            generations.iter().map(|generation| Named::Snapshot(id.clone(), *generation))
        });
        let pages = self.pages.iter().flat_map(|(page, generations)| {
            generations.iter().map(|generation| Named::Page(*page, *generation))
        });
        snapshots
            .chain(pages)
            .chain(self.preparations.iter().map(|generation| Named::Preparation(*generation)))
            .chain(self.journal.iter().map(|stamp| Named::Entry(*stamp)))
    }
}
