//! Writing a new generation: data first, then rows, then the manifest, each read back; only then the old goes.
//!
//! A generation counts once its manifest is there, so a save that is cut off anywhere leaves the notebook as it was
//! before; a failure or a cancellation takes back what was written.
//!
//! Only the tab that holds the lease may do any of this. It writes the notebook as it was at one moment, the cut, and
//! the manifest says of each tab up to which entry that contains its edits; what comes in meanwhile stays in the
//! journal and counts upon it.

use crate::compact::{Gather as _, Order as _};
use crate::model::{Incident, IncidentId};
use crate::notebook::Notebook;
use crate::storage::key;
use crate::storage::kv::{KeyValue, units};
use crate::storage::manifest::{Manifest, Place};
use crate::storage::pack::Packing;
use crate::storage::record::{ROWS_PER_PAGE, read_incident, write_incident, write_page, write_preparation};
use crate::storage::refused::NotSaved;
use crate::storage::shelf::Shelf;
use crate::storage::stamp::{Folded, Stamp};
use crate::storage::store::{Dirty, Spot, Store};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// How many snapshots are written before it can be told how much room all of them take.
const ENOUGH_TO_TELL: usize = 16;

/// The next generation while it is being written.
#[derive(Debug)]
pub(super) struct Draft {
    generation: u64,
    /// The generation that it is to replace.
    upon: u64,
    /// The notebook that it holds.
    cut: Notebook,
    /// The journal entries that are in it, and those that are in it or were in a generation before.
    stamps: Vec<Stamp>,
    folded: Folded,
    /// The next number as of the cut, which the generation takes if it holds anything new.
    pub next: u64,
    is_new: bool,
    /// What the journal touched before the cut.
    dirty: Dirty,
    /// Whether it makes the stored notebook smaller in the end: then it may use all room that there is.
    frees: bool,
    /// How snapshots are packed: densely, or quickly where many are written while a person waits.
    pub packing: Packing,
    /// Whether any snapshot was made dense that had been written quickly.
    pub condensed: bool,
    work: VecDeque<Work>,
    of: usize,
    paged: bool,
    preparation: bool,
    /// What it has written, and the units that each takes with its key.
    written: BTreeMap<String, usize>,
    spots: BTreeMap<IncidentId, Option<Spot>>,
    pages: BTreeMap<u32, Option<Place>>,
}

/// One record of a generation that is still to be written.
#[derive(Debug, Clone)]
pub(super) enum Work {
    /// The snapshot of an incident.
    Incident(IncidentId),
    /// The same snapshot as before, but dense.
    Condense(IncidentId),
    /// A page of rows.
    Page(u32),
}

impl Draft {
    /// How many units it has written.
    pub fn units(&self) -> usize {
        self.written.values().sum()
    }

    /// How many snapshots it is yet to write.
    pub fn snapshots(&self) -> usize {
        let writes = |work: &&Work| match work {
            Work::Incident(id) => self.cut.row(id).is_some(),
            Work::Condense(_) => true,
            Work::Page(_) => false,
        };
        self.work.iter().filter(writes).count()
    }

    /// How many records are written, of how many.
    pub fn progress(&self) -> (usize, usize) {
        (self.of - self.work.len(), self.of)
    }

    /// Gives it more to write.
    pub fn add(&mut self, work: impl Iterator<Item = Work>) {
        let before = self.work.len();
        self.work.extend(work);
        self.of += self.work.len() - before;
    }

    /// Packs all snapshots densely from now on, also those that are written, and this that could not be.
    fn pack_densely(&mut self, failed: Option<Work>) {
        self.packing = Packing::Dense;
        let written = self.spots.iter().filter(|(_, spot)| spot.is_some());
        let mut work: VecDeque<Work> = written.map(|(id, _)| Work::Incident(id.clone())).collect();
        let left = failed.into_iter().chain(self.work.drain(..));
        // Pages hold the lengths of snapshots.
        work.extend(left.filter(|work| !matches!(work, Work::Page(_))));
        self.paged = false;
        self.of += work.len();
        self.work = work;
    }
}

impl<K: KeyValue> Store<K> {
    /// Writes a generation in one go: these incidents, and all that the journal touched.
    pub(super) fn write_generation(
        &mut self,
        notebook: &Notebook,
        touched: &[IncidentId],
        preparation: bool,
        frees: bool,
    ) -> Result<(), NotSaved> {
        self.look_round()?;
        let mut draft = self.draft(notebook.clone(), touched, preparation, frees, true);
        loop {
            match self.advance(&mut draft) {
                Ok(true) => return Ok(()),
                Ok(false) => {}
                Err(error) => {
                    self.give_up(&mut draft);
                    return Err(error);
                }
            }
        }
    }

    /// Whether this tab may write a generation, and what others have left: a tab that had the lease before may have been
    /// cut off in a save of its own, and may yet take back what it wrote. Its generation is not used again.
    pub(super) fn look_round(&mut self) -> Result<(), NotSaved> {
        self.check_holder()?;
        let there = Shelf::of(&self.kv.keys().map_err(NotSaved::Failed)?);
        self.newest = self.newest.max(there.newest());
        self.find_garbage(&there);
        Ok(())
    }

    /// The generation that holds this notebook: with the snapshots of these incidents, and of all that the journal touched.
    /// `is_new` says whether that is more than the one before it holds.
    pub(super) fn draft(
        &mut self,
        notebook: Notebook,
        touched: &[IncidentId],
        preparation: bool,
        frees: bool,
        is_new: bool,
    ) -> Draft {
        let dirty = std::mem::take(&mut self.dirty);
        let next = self.journal.next;
        let folded = if is_new { self.journal.all_folded(self.tab) } else { self.journal.folded.clone() };
        if is_new {
            self.journal.take_number();
        }
        let all: BTreeSet<&IncidentId> = touched.iter().chain(dirty.incidents.keys()).gather();
        let work: VecDeque<Work> = all.into_iter().cloned().map(Work::Incident).collect();
        self.newest += 1;
        Draft {
            generation: self.newest,
            upon: self.generation,
            cut: notebook,
            stamps: self.journal.entries.keys().copied().collect(),
            folded,
            next,
            is_new,
            frees,
            packing: Packing::Dense,
            condensed: false,
            of: work.len() + 1,
            work,
            paged: false,
            preparation: preparation || dirty.preparation.is_some(),
            dirty,
            written: BTreeMap::new(),
            spots: BTreeMap::new(),
            pages: BTreeMap::new(),
        }
    }

    /// Writes one more record of a generation; says whether it is complete.
    pub(super) fn advance(&mut self, draft: &mut Draft) -> Result<bool, NotSaved> {
        self.check_holder()?;
        if self.generation != draft.upon {
            return Err(NotSaved::OtherTab);
        }
        let work = draft.work.pop_front();
        match self.write_next(draft, work.as_ref()) {
            // Quickly packed it has no room; densely it may.
            Err(NotSaved::Full { .. }) if draft.packing == Packing::Deflate => {
                draft.pack_densely(work);
                Ok(false)
            }
            written => written,
        }
    }

    fn write_next(&mut self, draft: &mut Draft, work: Option<&Work>) -> Result<bool, NotSaved> {
        match work {
            Some(Work::Incident(id)) => self.write_snapshot(draft, id).map(|()| false),
            Some(Work::Condense(id)) => self.condense(draft, id).map(|()| false),
            Some(Work::Page(page)) => self.write_rows(draft, *page).map(|()| false),
            None if !draft.paged => {
                let pages = self.assign_pages(draft);
                draft.add(pages.into_iter().map(Work::Page));
                draft.paged = true;
                Ok(false)
            }
            None => self.conclude(draft).map(|()| true),
        }
    }

    fn write_snapshot(&mut self, draft: &mut Draft, id: &IncidentId) -> Result<(), NotSaved> {
        let spot = match (draft.cut.incident(id), draft.cut.row(id)) {
            (Some(incident), Some(row)) => {
                let (text, row) =
                    (write_incident(incident, draft.generation, draft.packing)?, Arc::clone(row));
                let place = self.put_draft(draft, key::snapshot(id, draft.generation), &text)?;
                // A page that it was given before it was packed anew is still its own.
                let given = draft.spots.get(id).and_then(Option::as_ref).or(self.index.get(id));
                Some(Spot { page: given.map_or(u32::MAX, |spot| spot.page), place, row })
            }
            _ => None,
        };
        draft.spots.insert(id.clone(), spot);
        if draft.packing == Packing::Deflate && !self.is_roomy(draft) {
            draft.pack_densely(None);
        }
        Ok(())
    }

    /// Whether half of the room for new input is enough for all that is to be written, if the rest takes as much as what is
    /// written.
    fn is_roomy(&self, draft: &Draft) -> bool {
        if draft.spots.len() < ENOUGH_TO_TELL {
            return true;
        }
        let left = draft.units().div_ceil(draft.spots.len()) * draft.work.len();
        self.used.saturating_sub(self.spare) + left <= self.available() / 2
    }

    /// Writes a snapshot that was written quickly anew, dense. Where there is no room for it, it stays as it is, and so do
    /// the others.
    fn condense(&mut self, draft: &mut Draft, id: &IncidentId) -> Result<(), NotSaved> {
        let Some(spot) = self.index.get(id).cloned() else { return Ok(()) };
        let incident = match draft.cut.incident(id) {
            Some(incident) => Some(Arc::clone(incident)),
            None => self.stored(id, spot.place.generation)?,
        };
        let Some(incident) = incident else {
            // It is damaged, which whoever opens it is told.
            self.quick.remove(id);
            return Ok(());
        };
        let text = write_incident(&incident, draft.generation, Packing::Dense)?;
        let key = key::snapshot(id, draft.generation);
        if self.check_room(self.kv.cost(&key, &text)).is_err() {
            draft.work.retain(|work| !matches!(work, Work::Condense(_)));
            return Ok(());
        }
        let place = self.put_draft(draft, key, &text)?;
        draft.spots.insert(id.clone(), Some(Spot { place, ..spot }));
        draft.condensed = true;
        Ok(())
    }

    /// The incident as its snapshot says; none where that cannot be read.
    fn stored(&self, id: &IncidentId, generation: u64) -> Result<Option<Arc<Incident>>, NotSaved> {
        let text = self.kv.get(&key::snapshot(id, generation)).map_err(NotSaved::Failed)?;
        Ok(text.and_then(|text| read_incident(id, generation, &text).ok()).map(Arc::new))
    }

    /// Gives new incidents a page with room, and says which pages have to be written.
    fn assign_pages(&self, draft: &mut Draft) -> BTreeSet<u32> {
        let mut taken: BTreeMap<u32, usize> = BTreeMap::new();
        for (id, spot) in &self.index {
            if !matches!(draft.spots.get(id), Some(None)) {
                *taken.entry(spot.page).or_default() += 1;
            }
        }
        // Those that were given a page before all was packed anew.
        let new = draft.spots.iter().filter(|(id, _)| !self.index.contains_key(*id));
        for spot in new.filter_map(|(_, spot)| spot.as_ref()).filter(|spot| spot.page != u32::MAX) {
            *taken.entry(spot.page).or_default() += 1;
        }
        let mut changed = draft.dirty.pages.clone();
        changed.extend(draft.spots.keys().filter_map(|id| self.index.get(id)).map(|spot| spot.page));
        let mut page = 0;
        for spot in draft.spots.values_mut().flatten() {
            if spot.page == u32::MAX {
                while taken.get(&page).is_some_and(|count| *count >= ROWS_PER_PAGE) {
                    page += 1;
                }
                *taken.entry(page).or_default() += 1;
                spot.page = page;
            }
            changed.insert(spot.page);
        }
        changed
    }

    fn write_rows(&mut self, draft: &mut Draft, page: u32) -> Result<(), NotSaved> {
        let unchanged = self.index.iter().filter(|(id, _)| !draft.spots.contains_key(*id));
        let changed = draft.spots.iter().filter_map(|(id, spot)| Some((id, spot.as_ref()?)));
        let mut spots: Vec<&Spot> =
            unchanged.chain(changed).map(|(_, spot)| spot).filter(|spot| spot.page == page).collect();
        spots.order_by(|a, b| a.row.id.cmp(&b.row.id));
        let rows: Vec<_> =
            spots.iter().map(|spot| (spot.place.generation, spot.place.units, &*spot.row)).collect();
        if rows.is_empty() {
            draft.pages.insert(page, None);
            return Ok(());
        }
        let text = write_page(page, draft.generation, draft.next, rows)?;
        let place = self.put_draft(draft, key::page(page, draft.generation), &text)?;
        draft.pages.insert(page, Some(place));
        Ok(())
    }

    /// Writes the preparation and the manifest. From then on the generation counts; what it replaces is removed.
    fn conclude(&mut self, draft: &mut Draft) -> Result<(), NotSaved> {
        let preparation = if draft.preparation {
            let text = write_preparation(draft.cut.preparation(), draft.generation)?;
            Some(self.put_draft(draft, key::preparation(draft.generation), &text)?)
        } else {
            self.preparation
        };
        let mut pages = self.pages.clone();
        for (page, place) in &draft.pages {
            match place {
                Some(place) => pages.insert(*page, *place),
                None => pages.remove(page),
            };
        }
        let quick = self.quick_after(draft);
        let manifest = Manifest {
            preparation,
            quick: quick.values().copied().gather::<BTreeSet<u64>>().into_iter().collect(),
            pages: pages.iter().map(|(page, place)| (*page, *place)).collect(),
            // The number of the generation itself is taken, too.
            ..self.manifest(draft.generation, draft.next + u64::from(draft.is_new), draft.folded.clone())
        };
        let text = manifest.write()?;
        self.write_manifest(&text)?;
        self.mirror_manifest(&text);

        self.manifest = Some(text.clone());
        self.generation = draft.generation;
        self.quick = quick;
        for (id, spot) in std::mem::take(&mut draft.spots) {
            let old = match spot {
                Some(spot) => self.index.insert(id.clone(), spot),
                None => self.index.remove(&id),
            };
            self.garbage.extend(old.map(|old| key::snapshot(&id, old.place.generation)));
        }
        for page in draft.pages.keys() {
            self.garbage.extend(self.pages.get(page).map(|place| key::page(*page, place.generation)));
        }
        self.pages = pages;
        if self.preparation != preparation {
            self.garbage.extend(self.preparation.map(|place| key::preparation(place.generation)));
            self.preparation = preparation;
        }
        self.journal.folded = manifest.folded;
        let last = draft.stamps.last().copied();
        for stamp in draft.stamps.drain(..) {
            self.journal.entries.remove(&stamp);
            self.garbage.insert(key::entry(stamp));
        }
        let before = self.journal.entries.keys().filter(|stamp| last.is_some_and(|last| **stamp < last));
        self.displaced.extend(before.copied());
        self.base = std::mem::take(&mut draft.cut);
        for aside in &self.aside {
            self.garbage.remove(&aside.key);
        }
        self.sweep();
        self.mirror_manifest(&text);
        self.hold_spare();
        Ok(())
    }

    /// Which snapshots are written quickly once this generation counts, and by which generation.
    fn quick_after(&self, draft: &Draft) -> BTreeMap<IncidentId, u64> {
        let mut quick = self.quick.clone();
        for (id, spot) in &draft.spots {
            match spot {
                Some(_) if draft.packing == Packing::Deflate => quick.insert(id.clone(), draft.generation),
                _ => quick.remove(id),
            };
        }
        quick
    }

    /// Removes what a save wrote before it failed; what it should have written is still to be written.
    pub(super) fn give_up(&mut self, draft: &mut Draft) {
        let dirty = std::mem::take(&mut draft.dirty);
        for (id, growth) in dirty.incidents {
            *self.dirty.incidents.entry(id).or_default() += growth;
        }
        if let Some(growth) = dirty.preparation {
            *self.dirty.preparation.get_or_insert(0) += growth;
        }
        self.dirty.pages.extend(dirty.pages);
        for (key, length) in std::mem::take(&mut draft.written) {
            match self.kv.remove(&key) {
                Ok(()) => self.used = self.used.saturating_sub(length),
                Err(_) => drop(self.garbage.insert(key)),
            }
        }
    }

    fn put_draft(&mut self, draft: &mut Draft, key: String, text: &str) -> Result<Place, NotSaved> {
        let length = units(text);
        let cost = self.kv.cost(&key, text);
        if !draft.frees {
            self.check_room(cost)?;
        }
        // Noted first: also a write that fails may have left something.
        draft.written.entry(key.clone()).or_default();
        self.put(&key, text, draft.frees)?;
        draft.written.insert(key, cost);
        Ok(Place { generation: draft.generation, units: length })
    }
}
