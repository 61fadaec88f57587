//! Writing a new generation: data first, then rows, then the manifest, each read back; only then the old goes.
//!
//! A generation counts once its manifest is there, so a save that is cut off anywhere leaves the notebook as it was
//! before. A large save and a fold run in steps, so that the page can show how far it is and stay alive; a failure
//! or a cancellation takes back what was written.
//!
//! Only the tab that holds the lease may do any of this. It writes the notebook as it was at one moment, the cut, and
//! the manifest says of each tab up to which entry that contains its edits; what comes in meanwhile stays in the
//! journal and counts upon it.

use crate::model::IncidentId;
use crate::notebook::{Before, Change, Edit, Notebook};
use crate::storage::key;
use crate::storage::kv::{KeyValue, KvError, units};
use crate::storage::manifest::{FORMAT, Manifest, Place};
use crate::storage::record::{ROWS_PER_PAGE, write_incident, write_page, write_preparation};
use crate::storage::room;
use crate::storage::shelf::Shelf;
use crate::storage::stamp::{Folded, Stamp};
use crate::storage::store::{Dirty, NotSaved, Spot, Store, frees};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// A save under way.
#[derive(Debug)]
#[must_use = "a save that is begun has to be finished or cancelled"]
pub struct Saving {
    change: Change,
    before: Before,
    draft: Draft,
}

/// How far a save is.
#[derive(Debug)]
pub enum Progress {
    /// So many of so many records are written.
    Working {
        /// How many are.
        done: usize,
        /// Of how many.
        of: usize,
    },
    /// Everything is saved.
    Saved(Box<Change>),
}

/// A fold under way.
#[derive(Debug)]
#[must_use = "a fold that is begun has to be finished or given up"]
pub struct Folding {
    draft: Draft,
}

impl Folding {
    /// How many units it has written.
    pub fn units(&self) -> usize {
        self.draft.written.iter().map(|(_, units)| units).sum()
    }
}

/// The next generation while it is being written.
#[derive(Debug)]
struct Draft {
    generation: u64,
    /// The generation that it is to replace.
    upon: u64,
    /// The notebook that it holds.
    cut: Notebook,
    /// The journal entries that are in it, and those that are in it or were in a generation before.
    stamps: Vec<Stamp>,
    folded: Folded,
    /// The next number as of the cut.
    next: u64,
    /// What the journal touched before the cut.
    dirty: Dirty,
    /// Whether it makes the stored notebook smaller in the end: then it may use all room that there is.
    frees: bool,
    work: VecDeque<Work>,
    of: usize,
    paged: bool,
    preparation: bool,
    written: Vec<(String, usize)>,
    spots: BTreeMap<IncidentId, Option<Spot>>,
    pages: BTreeMap<u32, Option<Place>>,
}

#[derive(Debug)]
enum Work {
    Incident(IncidentId),
    Page(u32),
}

impl<K: KeyValue> Store<K> {
    /// Applies a large edit to the notebook and begins to keep it; [`Store::step`] goes on. Until it is done,
    /// the notebook already shows the edit and other edits are refused as [`NotSaved::Busy`].
    ///
    /// # Errors
    /// A [`NotSaved`]; the notebook and the store are as they were.
    pub fn begin(&mut self, notebook: &mut Notebook, edit: impl Into<Arc<Edit>>) -> Result<Saving, NotSaved> {
        let edit = edit.into();
        self.check_writer()?;
        if self.folding {
            return Err(NotSaved::Busy);
        }
        self.follow_fold(notebook).map_err(NotSaved::Failed)?;
        self.look_round()?;
        self.load_all(notebook, &edit.act)?;
        let frees = frees(&edit.act);
        self.write_head()?;
        let before = notebook.before(&edit.act);
        let change = notebook.apply(edit).map_err(NotSaved::Refused)?;
        let draft = self.draft(notebook, &change.touched, change.preparation, frees);
        self.saving = true;
        Ok(Saving { change, before, draft })
    }

    /// Writes one more record.
    ///
    /// # Errors
    /// A [`NotSaved`]; then the save is over and the notebook and the store are as they were before it.
    pub fn step(&mut self, notebook: &mut Notebook, saving: &mut Saving) -> Result<Progress, NotSaved> {
        match self.advance(&mut saving.draft) {
            Ok(true) => {
                self.saving = false;
                // It has no entry; what others append from now on is later.
                let stamp = Stamp { number: saving.draft.next, tab: self.tab };
                self.remember(stamp, &saving.change.edit);
                Ok(Progress::Saved(Box::new(saving.change.clone())))
            }
            Ok(false) => {
                let of = saving.draft.of;
                Ok(Progress::Working { done: of - saving.draft.work.len(), of })
            }
            Err(error) => {
                self.give_up(&mut saving.draft);
                self.saving = false;
                notebook.put_back(saving.before.clone());
                Err(error)
            }
        }
    }

    /// Writes all that is left.
    ///
    /// # Errors
    /// A [`NotSaved`]; the notebook and the store are as they were before the save.
    pub fn finish(&mut self, notebook: &mut Notebook, mut saving: Saving) -> Result<Change, NotSaved> {
        loop {
            if let Progress::Saved(change) = self.step(notebook, &mut saving)? {
                return Ok(*change);
            }
        }
    }

    /// Gives a save up; the notebook and the store are as they were before it.
    pub fn cancel(&mut self, notebook: &mut Notebook, mut saving: Saving) {
        self.give_up(&mut saving.draft);
        self.saving = false;
        notebook.put_back(saving.before);
    }

    /// Folds the journal into snapshots and removes what belongs to no generation any more. Nothing is lost if it
    /// is cut off.
    ///
    /// # Errors
    /// A [`NotSaved`]; the store is as it was.
    pub fn fold(&mut self, notebook: &Notebook) -> Result<(), NotSaved> {
        let Some(mut folding) = self.begin_fold(notebook)? else { return Ok(()) };
        while !self.step_fold(&mut folding)? {}
        Ok(())
    }

    /// Begins to fold the notebook as it is now; [`Store::step_fold`] goes on. Edits go on meanwhile. None where
    /// there was nothing to write.
    ///
    /// # Errors
    /// A [`NotSaved`]; the store is as it was.
    pub fn begin_fold(&mut self, notebook: &Notebook) -> Result<Option<Folding>, NotSaved> {
        self.check_writer()?;
        if self.folding {
            return Err(NotSaved::Busy);
        }
        self.look_round()?;
        let nothing_to_write = self.journal.entries.is_empty() && self.dirty.pages.is_empty();
        if nothing_to_write && self.manifest.is_some() {
            self.sweep();
            return Ok(None);
        }
        self.folding = true;
        Ok(Some(Folding { draft: self.draft(notebook, &[], false, true) }))
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

    /// Removes a record that was set aside, for good.
    ///
    /// # Errors
    /// A [`NotSaved`]; it is still set aside then.
    pub fn discard(&mut self, notebook: &Notebook, key: &str) -> Result<(), NotSaved> {
        self.check_writer()?;
        if self.folding {
            return Err(NotSaved::Busy);
        }
        let kept = self.aside.clone();
        self.aside.retain(|aside| aside.key != key);
        self.garbage.insert(key.to_owned());
        self.write_generation(notebook, &[], false, true).inspect_err(|_| {
            self.garbage.remove(key);
            self.aside = kept;
        })
    }

    /// Erases the whole notebook, also what was set aside. If it is cut off, the notebook is whole or empty. What
    /// stays is a manifest that says that there is nothing: an edit that another tab wrote at the same moment, or a
    /// copy of the store that is older, does not bring anything back.
    ///
    /// # Errors
    /// A [`NotSaved`]; the notebook is as it was then.
    pub fn erase(&mut self, notebook: &mut Notebook) -> Result<(), NotSaved> {
        self.check_writer()?;
        if self.folding {
            return Err(NotSaved::Busy);
        }
        self.check_holder()?;
        let keys = self.kv.keys().map_err(NotSaved::Failed)?;
        let generation = self.newest.max(Shelf::of(&keys).newest()) + 1;
        let folded = self.journal.all_folded(self.tab);
        let journal = self.journal.take_number();
        let empty = Manifest { generation, journal: journal + 1, folded, ..Manifest::default() };
        let text = empty.write()?;
        self.write_manifest(&text)?;
        self.mirror_manifest(&text);
        *notebook = Notebook::default();
        self.base = Notebook::default();
        for key in keys.iter().filter(|key| key.starts_with(key::ROOT)) {
            if !key::MANIFESTS.contains(&key.as_str()) {
                self.kv.remove(key).map_err(NotSaved::Failed)?;
            }
        }
        self.index.clear();
        self.pages.clear();
        self.preparation = None;
        (self.generation, self.newest) = (generation, generation);
        self.journal.folded = empty.folded;
        self.journal.entries.clear();
        self.dirty = Dirty::default();
        self.aside.clear();
        self.garbage.clear();
        self.manifest = Some(text);
        self.used = self.kv.units().map_err(NotSaved::Failed)?;
        Ok(())
    }

    /// Writes a manifest that changes nothing where there is none yet, or one of an earlier format: without one a
    /// later start could not tell a new notebook from a damaged one, and an earlier program must not take what
    /// this one appends for something else. Any tab may do so: they all write the same.
    pub(super) fn write_head(&mut self) -> Result<(), NotSaved> {
        let written = self.manifest.as_deref().and_then(|text| Manifest::read(text).ok());
        if written.is_some_and(|written| written.format == FORMAT) {
            return Ok(());
        }
        let generation = self.newest + 1;
        let text = self.manifest(generation, self.journal.next, self.journal.folded.clone()).write()?;
        self.write_manifest(&text)?;
        self.mirror_manifest(&text);
        (self.generation, self.newest, self.manifest) = (generation, generation, Some(text));
        Ok(())
    }

    /// The manifest of what is on disk, but with these numbers.
    fn manifest(&self, generation: u64, journal: u64, folded: Folded) -> Manifest {
        Manifest {
            format: FORMAT,
            generation,
            journal,
            folded,
            preparation: self.preparation,
            pages: self.pages.iter().map(|(page, place)| (*page, *place)).collect(),
            aside: self.aside.clone(),
        }
    }

    /// Writes a generation in one go: these incidents, and all that the journal touched.
    pub(super) fn write_generation(
        &mut self,
        notebook: &Notebook,
        touched: &[IncidentId],
        preparation: bool,
        frees: bool,
    ) -> Result<(), NotSaved> {
        self.look_round()?;
        let mut draft = self.draft(notebook, touched, preparation, frees);
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
    fn look_round(&mut self) -> Result<(), NotSaved> {
        self.check_holder()?;
        let there = Shelf::of(&self.kv.keys().map_err(NotSaved::Failed)?);
        self.newest = self.newest.max(there.newest());
        self.find_garbage(&there);
        Ok(())
    }

    fn draft(
        &mut self,
        notebook: &Notebook,
        touched: &[IncidentId],
        preparation: bool,
        frees: bool,
    ) -> Draft {
        let dirty = std::mem::take(&mut self.dirty);
        let folded = self.journal.all_folded(self.tab);
        let next = self.journal.take_number();
        let all: BTreeSet<&IncidentId> = touched.iter().chain(dirty.incidents.keys()).collect();
        let work: VecDeque<Work> = all.into_iter().cloned().map(Work::Incident).collect();
        self.newest += 1;
        Draft {
            generation: self.newest,
            upon: self.generation,
            cut: notebook.clone(),
            stamps: self.journal.entries.keys().copied().collect(),
            folded,
            next,
            frees,
            of: work.len() + 1,
            work,
            paged: false,
            preparation: preparation || dirty.preparation.is_some(),
            dirty,
            written: Vec::new(),
            spots: BTreeMap::new(),
            pages: BTreeMap::new(),
        }
    }

    /// Writes one more record of a generation; says whether it is complete.
    fn advance(&mut self, draft: &mut Draft) -> Result<bool, NotSaved> {
        self.check_holder()?;
        if self.generation != draft.upon {
            return Err(NotSaved::OtherTab);
        }
        match draft.work.pop_front() {
            Some(Work::Incident(id)) => self.write_snapshot(draft, id).map(|()| false),
            Some(Work::Page(page)) => self.write_rows(draft, page).map(|()| false),
            None if !draft.paged => {
                let pages = self.assign_pages(draft);
                draft.of += pages.len();
                draft.work.extend(pages.into_iter().map(Work::Page));
                draft.paged = true;
                Ok(false)
            }
            None => self.conclude(draft).map(|()| true),
        }
    }

    fn write_snapshot(&mut self, draft: &mut Draft, id: IncidentId) -> Result<(), NotSaved> {
        let spot = match (draft.cut.incident(&id), draft.cut.row(&id)) {
            (Some(incident), Some(row)) => {
                let (text, row) = (write_incident(incident, draft.generation)?, Arc::clone(row));
                let place = self.put_draft(draft, key::snapshot(&id, draft.generation), &text)?;
                let page = self.index.get(&id).map_or(u32::MAX, |spot| spot.page);
                Some(Spot { page, place, row })
            }
            _ => None,
        };
        draft.spots.insert(id, spot);
        Ok(())
    }

    /// Gives new incidents a page with room, and says which pages have to be written.
    fn assign_pages(&self, draft: &mut Draft) -> BTreeSet<u32> {
        let mut taken: BTreeMap<u32, usize> = BTreeMap::new();
        for (id, spot) in &self.index {
            if !matches!(draft.spots.get(id), Some(None)) {
                *taken.entry(spot.page).or_default() += 1;
            }
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
                changed.insert(page);
            }
        }
        changed
    }

    fn write_rows(&mut self, draft: &mut Draft, page: u32) -> Result<(), NotSaved> {
        let unchanged = self.index.iter().filter(|(id, _)| !draft.spots.contains_key(*id));
        let changed = draft.spots.iter().filter_map(|(id, spot)| Some((id, spot.as_ref()?)));
        let mut spots: Vec<&Spot> =
            unchanged.chain(changed).map(|(_, spot)| spot).filter(|spot| spot.page == page).collect();
        spots.sort_by(|a, b| a.row.id.cmp(&b.row.id));
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
        let manifest = Manifest {
            preparation,
            pages: pages.iter().map(|(page, place)| (*page, *place)).collect(),
            // The number of the generation itself is taken, too.
            ..self.manifest(draft.generation, draft.next + 1, draft.folded.clone())
        };
        let text = manifest.write()?;
        self.write_manifest(&text)?;
        self.mirror_manifest(&text);

        self.manifest = Some(text.clone());
        self.generation = draft.generation;
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

    /// Writes the manifest to one place: the one that does not hold the newest whole one. Once it is there the save
    /// has succeeded.
    fn write_manifest(&mut self, text: &str) -> Result<(), NotSaved> {
        let [a, b] = key::MANIFESTS;
        let read = |key: &str| self.kv.get(key).map_err(NotSaved::Failed);
        let (in_a, in_b) = (read(a)?, read(b)?);
        let only_a = self.manifest.is_some() && in_a == self.manifest && in_b != self.manifest;
        let (place, old) = if only_a { (b, in_b) } else { (a, in_a) };
        self.put(place, text, true).inspect_err(|_| {
            // What stands there now is unknown; what stood there was right.
            let _ = match old {
                Some(old) => self.kv.set(place, &old),
                None => self.kv.remove(place),
            };
            self.recount();
        })
    }

    /// Writes the manifest to the other place too, so that either can be lost. Should it fail, the next save writes
    /// that place first.
    fn mirror_manifest(&mut self, text: &str) {
        for place in key::MANIFESTS {
            if !matches!(self.kv.get(place), Ok(Some(there)) if there == text) {
                let _ = self.put(place, text, true);
            }
        }
    }

    /// Removes what belongs to no generation any more. What cannot be removed now is tried again next time.
    fn sweep(&mut self) {
        let kv = &self.kv;
        self.garbage.retain(|key| kv.remove(key).is_err());
        self.recount();
    }

    /// Removes what a save wrote before it failed; what it should have written is still to be written.
    fn give_up(&mut self, draft: &mut Draft) {
        let dirty = std::mem::take(&mut draft.dirty);
        for (id, growth) in dirty.incidents {
            *self.dirty.incidents.entry(id).or_default() += growth;
        }
        if let Some(growth) = dirty.preparation {
            *self.dirty.preparation.get_or_insert(0) += growth;
        }
        self.dirty.pages.extend(dirty.pages);
        for (key, length) in draft.written.drain(..) {
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
        draft.written.push((key, 0));
        if let Some((key, taken)) = draft.written.last_mut() {
            self.put(key, text, draft.frees)?;
            *taken = cost;
        }
        Ok(Place { generation: draft.generation, units: length })
    }

    /// Writes a text and reads it back. A save that frees room may give up the spare for it.
    pub(super) fn put(&mut self, key: &str, text: &str, may_use_spare: bool) -> Result<(), NotSaved> {
        let old = self.kv.get(key).map_err(NotSaved::Failed)?;
        let cost = self.kv.cost(key, text);
        let mut written = self.kv.set(key, text);
        if written == Err(KvError::Quota) && may_use_spare && self.kv.remove(key::SPARE).is_ok() {
            self.recount();
            written = self.kv.set(key, text);
        }
        match written {
            Ok(()) => {}
            Err(KvError::Quota) => {
                // The browser gives less than was thought, or others took it.
                self.recount();
                self.capacity = self.capacity.min(self.used + cost);
                return Err(NotSaved::Full {
                    needed: cost,
                    free: self.available().saturating_sub(self.used),
                });
            }
            Err(error) => return Err(NotSaved::Failed(error)),
        }
        let freed = old.map_or(0, |old| self.kv.cost(key, &old));
        self.used = (self.used + cost).saturating_sub(freed);
        match self.kv.get(key) {
            Ok(Some(back)) if back == text => Ok(()),
            _ => {
                // Left there it would come up as damaged at the next start.
                let _ = self.kv.remove(key);
                self.recount();
                Err(NotSaved::NotKept(key.to_owned()))
            }
        }
    }

    /// Counts again what is taken: other programs of the origin write too, and putting a seal on or taking it off
    /// changes the length of every record.
    pub fn recount(&mut self) {
        if let Ok(used) = self.kv.units() {
            self.used = used;
        }
    }

    /// Lays up the spare again where there is room for it.
    fn hold_spare(&mut self) {
        let fits = self.check_room(room::SPARE).is_ok();
        if fits && matches!(self.kv.get(key::SPARE), Ok(None)) {
            // Without it everything works but the last resort.
            let _ = self.put(key::SPARE, &" ".repeat(room::SPARE), false);
        }
    }
}
