//! Folding: the idle work that writes the journal into snapshots, and makes snapshots dense that a large save wrote quickly.
//!
//! It runs in steps, while edits go on. It may be cut off at any write: what it has written by then counts for nothing.

use crate::model::IncidentId;
use crate::notebook::Notebook;
use crate::storage::generation::{Draft, Work};
use crate::storage::kv::KeyValue;
use crate::storage::store::{NotSaved, Store};
use std::collections::BTreeMap;

/// About how many units of snapshots one fold makes dense while nobody waits: less than a minute's share
/// ([`Allowance`](crate::storage::Allowance)), so that a large save or another tab has to wait for it a moment at most.
pub const AT_ONCE: usize = 65_536;

/// A fold under way.
#[derive(Debug)]
#[must_use = "a fold that is begun has to be finished or given up"]
pub struct Folding {
    draft: Draft,
}

impl Folding {
    /// How many units it has written.
    pub fn units(&self) -> usize {
        self.draft.units()
    }

    /// Whether it made any snapshot dense.
    pub fn has_condensed(&self) -> bool {
        self.draft.condensed
    }
}

impl<K: KeyValue> Store<K> {
    /// Folds the journal into snapshots, makes dense all that was written quickly and removes what belongs to no
    /// generation any more. Nothing is lost if it is cut off.
    ///
    /// # Errors
    /// A [`NotSaved`]; the store is as it was.
    pub fn fold(&mut self, notebook: &Notebook) -> Result<(), NotSaved> {
        let Some(mut folding) = self.begin_fold(notebook, usize::MAX)? else { return Ok(()) };
        while !self.step_fold(&mut folding)? {}
        Ok(())
    }

    /// Begins to fold the notebook as it is now, and to make some snapshots dense, about so many units of them;
    /// [`Store::step_fold`] goes on. Edits go on meanwhile. None where there was nothing to write.
    ///
    /// # Errors
    /// A [`NotSaved`]; the store is as it was.
    pub fn begin_fold(&mut self, notebook: &Notebook, condense: usize) -> Result<Option<Folding>, NotSaved> {
        self.check_writer()?;
        if self.folding {
            return Err(NotSaved::Busy);
        }
        self.look_round()?;
        let condense = self.to_condense(condense);
        let nothing_to_write =
            self.journal.entries.is_empty() && self.dirty.pages.is_empty() && condense.is_empty();
        if nothing_to_write && self.manifest.is_some() {
            self.sweep();
            return Ok(None);
        }
        self.folding = true;
        // A number says that there is something to see in it that is nowhere else.
        let is_new = !self.journal.entries.is_empty();
        let mut draft = self.draft(notebook.clone(), &[], false, true, is_new);
        draft.add(condense.into_iter().map(Work::Condense));
        Ok(Some(Folding { draft }))
    }

    /// Whether there are snapshots that are still to be made dense.
    pub fn has_quick(&self) -> bool {
        !self.quick.is_empty()
    }

    /// Which snapshots are made dense next, about so many units of them and no more than there is room for beside the
    /// old ones. They are taken page by page, since a page is written anew where one of its snapshots is.
    fn to_condense(&self, units: usize) -> Vec<IncidentId> {
        let mut pages: BTreeMap<u32, Vec<(&IncidentId, usize)>> = BTreeMap::new();
        for id in self.quick.keys().filter(|id| !self.dirty.incidents.contains_key(*id)) {
            if let Some(spot) = self.index.get(id) {
                // Dense it takes a third, or two where there is little text in it.
                pages.entry(spot.page).or_default().push((id, spot.place.units * 2 / 3));
            }
        }
        let mut left = units.min(self.free());
        let mut chosen = Vec::new();
        for (page, ids) in pages {
            left = left.saturating_sub(self.pages.get(&page).map_or(0, |place| place.units));
            for (id, units) in ids {
                if units > left {
                    return chosen;
                }
                left -= units;
                chosen.push(id.clone());
            }
        }
        chosen
    }

    /// Writes one more record of a fold; says whether it is done. Then call [`Store::absorb`]: what came in meanwhile
    /// may count in another order now.
    ///
    /// # Errors
    /// A [`NotSaved`]; then the fold is over and the store is as it was before it.
    pub fn step_fold(&mut self, folding: &mut Folding) -> Result<bool, NotSaved> {
        let done = self.advance(&mut folding.draft);
        if done.is_err() {
            self.give_up(&mut folding.draft);
        }
        self.folding = matches!(done, Ok(false));
        done
    }
}
