//! The store: the notebook as it is kept, and the one way an edit gets into it.
//!
//! [`Store::commit`] applies an edit to the notebook and keeps it, or does neither. An edit becomes one journal
//! entry, which any tab may append; only one that carries much is written as a new generation at once ([`saving`]),
//! which the one tab that holds the lease may do. What the other tabs append is taken in by [`following`].
//!
//! [`saving`]: crate::storage::saving
//! [`following`]: crate::storage::following

use crate::model::{Incident, IncidentId};
use crate::notebook::{Act, Change, Door, Edit, Notebook, Row};
use crate::storage::aside::{self, Aside, Why};
use crate::storage::journal::{self, Entry, Journal, LARGEST_WHOLE, Line, MOST_WHOLES};
use crate::storage::key;
use crate::storage::kv::{KeyValue, KvError, units};
use crate::storage::manifest::Place;
use crate::storage::record::{RecordError, read_incident};
use crate::storage::refused::{NotLoaded, NotSaved};
use crate::storage::room::{JOURNAL_WISH, LOGGED, Way, growth};
use crate::storage::space::frees;
use crate::storage::stamp::{Stamp, TabId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// Whether this page may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It may.
    Writer,
    /// A newer program wrote the notebook, in this format.
    Newer(u32),
}

/// Where an incident is kept.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    /// The page its row is on.
    pub page: u32,
    /// Its snapshot.
    pub place: Place,
    /// Its row as of the snapshot.
    pub row: Arc<Row>,
}

/// What the next generation has to write.
#[derive(Debug, Default)]
pub(super) struct Dirty {
    /// Incidents with journal entries, and how many units their snapshots may grow by.
    pub incidents: BTreeMap<IncidentId, usize>,
    /// Whether the preparation has journal entries, and by how many units it may grow.
    pub preparation: Option<usize>,
    /// Pages that are not on disk as they should be.
    pub pages: BTreeSet<u32>,
}

/// The notebook as it is kept.
#[derive(Debug)]
pub struct Store<K> {
    pub(super) kv: K,
    pub(super) access: Access,
    pub(super) index: BTreeMap<IncidentId, Spot>,
    /// The snapshots that were packed quickly and are still to be made dense, with their generations.
    pub(super) quick: BTreeMap<IncidentId, u64>,
    pub(super) pages: BTreeMap<u32, Place>,
    pub(super) preparation: Option<Place>,
    /// The generation on disk.
    pub(super) generation: u64,
    /// The highest generation that any key names, also one left over from a save that was cut off.
    pub(super) newest: u64,
    pub(super) journal: Journal,
    /// The notebook without what the journal says: what is replayed upon when an entry arrives late.
    pub(super) base: Notebook,
    /// The name of this tab.
    pub(super) tab: TabId,
    /// Whether this tab may write a generation.
    pub(super) holds: bool,
    /// This tab's newest edits, by which it notices that another tab overruled one.
    pub(super) mine: VecDeque<(Stamp, Arc<Edit>)>,
    /// Entries that came in while the journal was folded in steps and sort before some that were folded: they count
    /// after these now, and are still to be moved there.
    pub(super) displaced: BTreeSet<Stamp>,
    /// Whether taking something in was cut off, so that everything has to be read again.
    pub(super) astray: bool,
    pub(super) dirty: Dirty,
    pub(super) aside: Vec<Aside>,
    /// Keys that belong to no generation any more.
    pub(super) garbage: BTreeSet<String>,
    /// The manifest's text on disk; none where there is no whole one.
    pub(super) manifest: Option<String>,
    pub(super) used: usize,
    /// How much of it is filling.
    pub(super) spare: usize,
    pub(super) capacity: usize,
    /// Whether a large save is under way: then no other edit is taken.
    pub(super) saving: bool,
    /// Whether a fold is under way in steps: edits go on meanwhile.
    pub(super) folding: bool,
    /// Whether the store was found whole, so that what belongs to no generation may be removed.
    pub(super) tidy: bool,
}

impl<K: KeyValue> Store<K> {
    /// What the texts are kept in.
    pub fn kv(&self) -> &K {
        &self.kv
    }

    /// Whether this page may write.
    pub fn access(&self) -> Access {
        self.access
    }

    /// Whether this tab may write generations from now on: whether it holds the lease. A store that was just opened
    /// may, as the only one; where there can be other tabs, the page says before each large step what holds.
    pub fn set_holder(&mut self, holds: bool) {
        self.holds = holds;
    }

    /// Lets this page only read from now on.
    pub fn stop_writing(&mut self, why: Access) {
        self.access = why;
    }

    /// How many edits were ever made, counted as the journal numbers them.
    pub fn edits(&self) -> u64 {
        self.journal.next
    }

    /// What could not be read, ever since somebody last discarded it.
    pub fn set_aside(&self) -> &[Aside] {
        &self.aside
    }

    /// What could not be read, as a file to take away.
    ///
    /// # Errors
    /// When the browser cannot read.
    pub fn set_aside_file(&self) -> Result<String, KvError> {
        aside::file(&self.kv, &self.aside)
    }

    /// Reads an incident into the notebook; nothing happens where it is there already.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn load(&mut self, notebook: &mut Notebook, id: &IncidentId) -> Result<(), NotLoaded> {
        if notebook.needs_loading(id)
            && let Some(incident) = self.read(notebook, id)?
        {
            self.base.load(Arc::clone(&incident));
            notebook.load(incident);
        }
        Ok(())
    }

    /// The incident as its snapshot has it, without keeping it in memory; none where it cannot be read. Nothing is said or
    /// set aside then: whoever opens it learns why. An incident with edits since its snapshot is loaded, so that nobody has
    /// to ask for it here.
    pub fn peek(&self, id: &IncidentId) -> Option<Arc<Incident>> {
        let generation = self.index.get(id)?.place.generation;
        let text = self.kv.get(&key::snapshot(id, generation)).ok().flatten()?;
        read_incident(id, generation, &text).ok().map(Arc::new)
    }

    /// The incident, from the notebook where it is loaded and else from storage, without keeping it in memory: how
    /// a backup reads them all. None where there is no such incident.
    ///
    /// # Errors
    /// A [`NotLoaded`]. A damaged incident is set aside and leaves the notebook; nothing is written.
    pub fn read(
        &mut self,
        notebook: &mut Notebook,
        id: &IncidentId,
    ) -> Result<Option<Arc<Incident>>, NotLoaded> {
        if let Some(incident) = notebook.incident(id) {
            return Ok(Some(Arc::clone(incident)));
        }
        loop {
            let Some(spot) = self.index.get(id).filter(|_| notebook.needs_loading(id)) else {
                return Ok(None);
            };
            let generation = spot.place.generation;
            let key = key::snapshot(id, generation);
            let text = self.kv.get(&key).map_err(NotLoaded::Failed)?;
            let why = match text.map(|text| read_incident(id, generation, &text)) {
                Some(Ok(incident)) => return Ok(Some(Arc::new(incident))),
                Some(Err(RecordError::OutOfPlace)) => Why::OutOfPlace,
                Some(Err(error)) => Why::Damaged(error.to_string()),
                None => Why::Missing,
            };
            let aside = Aside { key, name: spot.row.name.clone(), why };
            let page = spot.page;
            // Another tab may have folded since, and removed what this one knew of.
            if self.follow_fold(notebook).map_err(NotLoaded::Failed)? {
                match notebook.incident(id) {
                    Some(incident) => return Ok(Some(Arc::clone(incident))),
                    None => continue,
                }
            }
            self.dirty.pages.insert(page);
            self.dirty.incidents.remove(id);
            self.index.remove(id);
            self.quick.remove(id);
            self.base.forget(id);
            notebook.forget(id);
            self.put_aside(aside.clone());
            return Err(NotLoaded::Damaged(aside));
        }
    }

    /// Lists a record as set aside, once.
    pub(super) fn put_aside(&mut self, aside: Aside) {
        self.garbage.remove(&aside.key);
        if self.aside.iter().all(|other| other.key != aside.key) {
            self.aside.push(aside);
        }
    }

    /// Applies the edit to the notebook and keeps it, or does neither. Incidents that it is about are loaded first.
    /// Every tab may do this at any time; an edit that carries more than [`LARGEST_WHOLE`] or [`MOST_WHOLES`] of whole
    /// incidents needs the lease.
    ///
    /// # Errors
    /// A [`NotSaved`]; the notebook and the store are as they were.
    pub fn commit(&mut self, notebook: &mut Notebook, edit: Edit) -> Result<Change, NotSaved> {
        self.check_writer()?;
        self.follow_fold(notebook).map_err(NotSaved::Failed)?;
        if edit.act.wholes() > MOST_WHOLES {
            let saving = self.begin(notebook, edit)?;
            return self.finish(notebook, saving);
        }
        let stamp = Stamp { number: self.journal.next, tab: self.tab };
        let entry = Entry { after: self.journal.last_of(self.tab), edit: Arc::new(edit) };
        let text = journal::write(stamp, &entry)?;
        if entry.edit.act.is_structural() && units(&text) > LARGEST_WHOLE {
            let saving = self.begin(notebook, entry.edit)?;
            return self.finish(notebook, saving);
        }
        self.load_all(notebook, &entry.edit.act)?;
        let before = notebook.before(&entry.edit.act);
        let change = notebook.apply(Arc::clone(&entry.edit)).map_err(NotSaved::Refused)?;
        match self.keep(notebook, &change, stamp, entry, &text) {
            Ok(()) => Ok(change),
            Err(error) => {
                notebook.put_back(before);
                Err(error)
            }
        }
    }

    pub(super) fn load_all(&mut self, notebook: &mut Notebook, act: &Act) -> Result<(), NotSaved> {
        act.incidents().into_iter().try_for_each(|id| self.load(notebook, id)).map_err(NotSaved::NotLoaded)
    }

    /// Appends a change to the journal, or folds the journal with it where that is due.
    fn keep(
        &mut self,
        notebook: &Notebook,
        change: &Change,
        stamp: Stamp,
        entry: Entry,
        text: &str,
    ) -> Result<(), NotSaved> {
        self.write_head()?;
        let key = key::entry(stamp);
        let cost = self.kv.cost(&key, text);
        let frees = frees(&change.edit.act);
        // Whole incidents are new input, however small, and have to do without what is held back.
        let is_new = change.edit.act.is_structural() && !frees;
        if is_new {
            self.check_room(cost)?;
        }
        let mut way = self.way(change, cost, frees)?;
        if way == Way::Append
            && let Err(refused) = self.put(&key, text, false)
        {
            if is_new || !matches!(refused, NotSaved::Full { .. }) {
                return Err(refused);
            }
            // Another program of the origin took room since it was counted; there is still the filling.
            way = self.way(change, cost, frees)?;
            if way == Way::Append {
                self.put(&key, text, true)?;
            }
        }
        if way == Way::Fold {
            return self.write_generation(notebook, &change.touched, change.preparation, true);
        }
        self.remember(stamp, &entry.edit);
        self.journal.add(stamp, Line { entry: Some(entry), units: cost });
        self.mark(change, cost);
        Ok(())
    }

    /// Remembers what the next generation has to write because of a change in the journal. The text of the act is
    /// shared out among the incidents that it touches.
    pub(super) fn mark(&mut self, change: &Change, cost: usize) {
        let mut growth = growth(cost);
        for id in &change.touched {
            *self.dirty.incidents.entry(id.clone()).or_default() += std::mem::replace(&mut growth, LOGGED);
        }
        if change.preparation {
            *self.dirty.preparation.get_or_insert(0) += growth;
        }
    }

    /// Whether a fold is under way in steps.
    pub fn is_folding(&self) -> bool {
        self.folding
    }

    /// Whether folding is worth the next idle moment, to whichever tab holds the lease.
    pub fn wants_fold(&self) -> bool {
        self.access == Access::Writer
            && !self.saving
            && !self.folding
            && (self.journal.entries.len() >= JOURNAL_WISH
                || self.frees_room()
                || !self.dirty.pages.is_empty()
                || self.has_quick()
                || !self.garbage.is_empty())
    }

    /// Whether the holder of the lease should have folded by now, so that another tab had better take it.
    pub fn is_fold_overdue(&self) -> bool {
        self.wants_fold() && self.journal.entries.len() >= 2 * JOURNAL_WISH
    }

    /// Whether this page may write now.
    pub(super) fn check_writer(&self) -> Result<(), NotSaved> {
        match self.access {
            _ if self.saving => Err(NotSaved::Busy),
            Access::Writer => Ok(()),
            access @ Access::Newer(_) => Err(NotSaved::ReadOnly(access)),
        }
    }

    /// Whether this page may write a generation now: it holds the lease, and nobody wrote one in between.
    pub(super) fn check_holder(&self) -> Result<(), NotSaved> {
        if !self.holds || self.is_behind().map_err(NotSaved::Failed)? {
            return Err(NotSaved::OtherTab);
        }
        Ok(())
    }
}

/// The notebook with the store that keeps it: the door that an edit of the page goes in by, also undo and redo.
#[derive(Debug)]
pub struct Kept<'a, K> {
    /// What keeps it.
    pub store: &'a mut Store<K>,
    /// What it changes.
    pub notebook: &'a mut Notebook,
}

impl<K: KeyValue> Door for Kept<'_, K> {
    type Refusal = NotSaved;

    fn pass(&mut self, edit: Edit) -> Result<Change, NotSaved> {
        self.store.commit(self.notebook, edit)
    }
}
