//! What the store has room for: how much is taken, what folding would take, and how an edit is kept there.
//! [`room`] has the rules.

use crate::compact::Gather as _;
use crate::model::IncidentId;
use crate::notebook::{Act, Change};
use crate::storage::census::Census;
use crate::storage::kv::{KeyValue, KvError};
use crate::storage::refused::NotSaved;
use crate::storage::room::{
    self, JOURNAL_LIMIT, JOURNAL_SPARED, JOURNAL_UNITS_LIMIT, LOGGED, TO_DELETE, Usage, Way, growth, reserve,
};
use crate::storage::store::Store;
use std::collections::BTreeSet;

impl<K: KeyValue> Store<K> {
    /// What takes the room, and what of it is whose.
    ///
    /// # Errors
    /// When the browser cannot read.
    pub fn census(&self) -> Result<Census, KvError> {
        let aside: Vec<&str> = self.aside.iter().map(|aside| aside.key.as_str()).collect();
        Census::of(&self.kv, &aside)
    }

    /// Tells the store that the browser gives this much room, in UTF-16 units.
    pub fn set_capacity(&mut self, capacity: usize) {
        self.capacity = capacity;
    }

    /// What the meter shows.
    pub fn usage(&self) -> Usage {
        Usage {
            used: self.used,
            spare: self.spare,
            journal: self.journal.units(),
            available: self.available(),
            capacity: self.capacity,
        }
    }

    /// Whether the journal is so long that it is folded before more is taken.
    fn is_long(&self, cost: usize) -> bool {
        self.journal.entries.len() >= JOURNAL_LIMIT || self.journal.units() + cost > JOURNAL_UNITS_LIMIT
    }

    /// How a small change is kept. Edits of what is open may take the reserve, as long as the journal can be folded
    /// and incidents can be deleted afterwards; what frees room may take all of it. Only the holder of the lease folds.
    pub(super) fn way(&mut self, change: &Change, cost: usize, frees: bool) -> Result<Way, NotSaved> {
        let more = growth(cost) + (change.touched.len() + usize::from(change.preparation)) * LOGGED;
        let touched = change.touched.iter().filter(|id| !self.dirty.incidents.contains_key(id));
        let added: usize = touched.filter_map(|id| self.index.get(id)).map(|spot| spot.place.units).sum();
        let fold = self.fold_cost() + added + more;
        let may_fold = self.holds && !self.folding;
        let is_wide =
            self.spare > 0 && self.journal.entries.len() >= JOURNAL_SPARED && fold + TO_DELETE > self.spare;
        let due = may_fold && (self.is_long(cost) || is_wide);
        if room::way(self.free_with_spare(), cost, fold, due).is_none() {
            // Another program of the origin may have given room back.
            self.recount();
        }
        let free = self.free_with_spare();
        match room::way(free, cost, fold, due) {
            Some(Way::Append) => Ok(Way::Append),
            Some(Way::Fold) if may_fold => Ok(Way::Fold),
            _ if frees => Ok(if may_fold { Way::Fold } else { Way::Append }),
            Some(Way::Fold) => Err(NotSaved::OtherTab),
            None => Err(NotSaved::Full { needed: fold, free: free.saturating_sub(TO_DELETE) }),
        }
    }

    /// Whether folding gives room back that somebody has made: what was deleted or dropped still stands in snapshots.
    pub(super) fn frees_room(&self) -> bool {
        let edits = self.journal.entries.values().filter_map(|line| line.entry.as_ref());
        edits.into_iter().any(|entry| frees(&entry.edit.act))
    }

    /// What there is for edits of what is open, also what the filling gives.
    fn free_with_spare(&self) -> usize {
        (self.capacity + self.spare).saturating_sub(self.used)
    }

    /// The most units that folding takes before it gives any back.
    fn fold_cost(&self) -> usize {
        let of = |id: &IncidentId| self.index.get(id).map_or(0, |spot| spot.place.units);
        let incidents: usize = self.dirty.incidents.iter().map(|(id, growth)| of(id) + growth + 64).sum();
        let preparation = self
            .dirty
            .preparation
            .map_or(0, |growth| growth + self.preparation.map_or(0, |place| place.units));
        let dirty_pages =
            self.dirty.incidents.keys().filter_map(|id| self.index.get(id)).map(|spot| spot.page);
        let pages: BTreeSet<u32> = dirty_pages.chain(self.dirty.pages.iter().copied()).gather();
        let rows: usize =
            pages.iter().filter_map(|page| self.pages.get(page)).map(|place| place.units + 512).sum();
        incidents + preparation + rows + 1024
    }

    /// What new input may fill.
    pub(super) fn available(&self) -> usize {
        self.capacity - reserve(self.capacity)
    }

    /// What new input may still take.
    pub(super) fn free(&self) -> usize {
        (self.available() + self.spare).saturating_sub(self.used)
    }

    /// Whether new input of so many units fits.
    pub(super) fn check_room(&mut self, needed: usize) -> Result<(), NotSaved> {
        if needed > self.free() {
            // Another program of the origin may have given room back.
            self.recount();
        }
        let free = self.free();
        if needed <= free { Ok(()) } else { Err(NotSaved::Full { needed, free }) }
    }
}

/// Whether the act only takes things away: then it may use the room that is held back.
pub(super) fn frees(act: &Act) -> bool {
    match act {
        Act::RemoveEntity(..) | Act::RemoveNote(..) | Act::RemoveOwnStep(..) | Act::RemovePlaybook(_) => true,
        Act::SetExtras(_, extras) => extras.is_empty(),
        Act::Put(put) => put.preparation.is_none() && put.incidents.iter().all(|(_, new)| new.is_none()),
        Act::All(acts) => acts.iter().all(frees),
        _ => false,
    }
}
