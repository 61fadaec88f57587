//! The store: the notebook as it is kept, and the one way an edit gets into it.
//!
//! [`Store::commit`] applies an edit to the notebook and keeps it, or does neither. A small edit becomes one
//! journal entry; an edit that carries whole incidents is written as a new generation at once ([`saving`]).
//!
//! [`saving`]: crate::storage::saving

use crate::model::{Incident, IncidentId};
use crate::notebook::{Act, Change, Door, Edit, Notebook, Refusal, Row};
use crate::storage::aside::{self, Aside, Why};
use crate::storage::census::Census;
use crate::storage::journal::{self, Journal};
use crate::storage::key;
use crate::storage::kv::{KeyValue, KvError};
use crate::storage::manifest::{Manifest, Place};
use crate::storage::record::{RecordError, read_incident};
use crate::storage::room::{
    self, JOURNAL_LIMIT, JOURNAL_SPARED, JOURNAL_UNITS_LIMIT, JOURNAL_WISH, TO_DELETE, Usage, Way, growth,
    reserve,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// Whether this page may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It may.
    Writer,
    /// Another tab writes; this one only reads.
    OtherTab,
    /// Another tab wrote although this one was the writer: what this page shows is out of date.
    Overtaken,
    /// A newer program wrote the notebook, in this format.
    Newer(u32),
}

/// Why an edit was not saved. The notebook and the store are as they were.
#[derive(Debug)]
pub enum NotSaved {
    /// The notebook refuses it.
    Refused(Refusal),
    /// This page may not write.
    ReadOnly(Access),
    /// There is no room.
    Full {
        /// How many units it needs.
        needed: usize,
        /// How many new input may still take.
        free: usize,
    },
    /// An incident that the edit is about cannot be read.
    NotLoaded(NotLoaded),
    /// The browser refused a write for another reason than room.
    Failed(KvError),
    /// A text that was written was not there when it was read back.
    NotKept(String),
    /// It cannot be written as JSON.
    Json(serde_json::Error),
    /// A large save is still under way.
    Busy,
}

impl fmt::Display for NotSaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::ReadOnly(Access::Newer(format)) => {
                write!(f, "a newer version wrote this notebook (format {format}); open it with that version")
            }
            Self::ReadOnly(Access::Overtaken) => write!(f, "another tab has saved since; reload this page"),
            Self::ReadOnly(_) => write!(f, "another tab is writing; go on there or take over here"),
            Self::Full { needed, free } => write!(
                f,
                "it needs {needed} characters of room and {free} are free; take a backup and delete incidents"
            ),
            Self::NotLoaded(error) => error.fmt(f),
            Self::Failed(error) => error.fmt(f),
            Self::NotKept(key) => write!(f, "the browser did not keep `{key}` as written; take a backup"),
            Self::Json(error) => write!(f, "it cannot be written down: {error}"),
            Self::Busy => write!(f, "an import is still being saved; wait until it is done"),
        }
    }
}

impl std::error::Error for NotSaved {}

impl From<serde_json::Error> for NotSaved {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

/// Why an incident was not loaded.
#[derive(Debug)]
pub enum NotLoaded {
    /// It is damaged. It was set aside and taken out of the notebook.
    Damaged(Aside),
    /// Another tab has saved since; what this page shows is out of date.
    Outdated,
    /// The browser could not read it; it may work later.
    Failed(KvError),
}

impl fmt::Display for NotLoaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(aside) => {
                write!(f, "incident `{}` is damaged and was set aside; see Settings", aside.name)
            }
            Self::Outdated => write!(f, "another tab has saved since; reload this page"),
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NotLoaded {}

/// Where an incident is kept.
#[derive(Debug, Clone)]
pub(super) struct Entry {
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
    pub(super) index: BTreeMap<IncidentId, Entry>,
    pub(super) pages: BTreeMap<u32, Place>,
    pub(super) preparation: Option<Place>,
    /// The generation on disk.
    pub(super) generation: u64,
    /// The highest generation that any key names, also one left over from a save that was cut off.
    pub(super) newest: u64,
    pub(super) journal: Journal,
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
    pub(super) saving: bool,
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

    /// Makes this page a reader. To write again the notebook has to be opened again.
    pub fn stop_writing(&mut self, access: Access) {
        if self.access == Access::Writer {
            self.access = access;
        }
    }

    /// How many edits were ever made, counted as the journal numbers them.
    pub fn edits(&self) -> u64 {
        self.journal.next
    }

    /// What takes the room, and what of it is whose.
    ///
    /// # Errors
    /// When the browser cannot read.
    pub fn census(&self) -> Result<Census, KvError> {
        let aside: Vec<&str> = self.aside.iter().map(|aside| aside.key.as_str()).collect();
        Census::of(&self.kv, &aside)
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

    /// Reads an incident into the notebook; nothing happens where it is there already.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn load(&mut self, notebook: &mut Notebook, id: &IncidentId) -> Result<(), NotLoaded> {
        if notebook.needs_loading(id)
            && let Some(incident) = self.read(notebook, id)?
        {
            notebook.load(Arc::unwrap_or_clone(incident));
        }
        Ok(())
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
        let Some(entry) = self.index.get(id).filter(|_| notebook.needs_loading(id)) else { return Ok(None) };
        let key = key::snapshot(id, entry.place.generation);
        let text = self.kv.get(&key).map_err(NotLoaded::Failed)?;
        let why = match text.map(|text| read_incident(id, entry.place.generation, &text)) {
            Some(Ok(incident)) => return Ok(Some(Arc::new(incident))),
            Some(Err(RecordError::OutOfPlace)) => Why::OutOfPlace,
            Some(Err(error)) => Why::Damaged(error.to_string()),
            None => Why::Missing,
        };
        let aside = Aside { key, name: entry.row.name.clone(), why };
        let page = entry.page;
        if self.is_overtaken().map_err(NotLoaded::Failed)? {
            return Err(NotLoaded::Outdated);
        }
        self.dirty.pages.insert(page);
        self.dirty.incidents.remove(id);
        self.index.remove(id);
        notebook.forget(id);
        self.put_aside(aside.clone());
        Err(NotLoaded::Damaged(aside))
    }

    /// Lists a record as set aside, once.
    pub(super) fn put_aside(&mut self, aside: Aside) {
        self.garbage.remove(&aside.key);
        if self.aside.iter().all(|other| other.key != aside.key) {
            self.aside.push(aside);
        }
    }

    /// Applies the edit to the notebook and keeps it, or does neither. Incidents that it is about are loaded first.
    ///
    /// # Errors
    /// A [`NotSaved`]; the notebook and the store are as they were.
    pub fn commit(&mut self, notebook: &mut Notebook, edit: Edit) -> Result<Change, NotSaved> {
        if edit.act.is_structural() || frees(&edit.act) {
            let saving = self.begin(notebook, edit)?;
            return self.finish(notebook, saving);
        }
        self.check_writer()?;
        self.load_all(notebook, &edit.act)?;
        let before = notebook.before(&edit.act);
        let change = notebook.apply(edit).map_err(NotSaved::Refused)?;
        match self.keep(notebook, &change) {
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
    fn keep(&mut self, notebook: &Notebook, change: &Change) -> Result<(), NotSaved> {
        if self.manifest.is_none() {
            // Without a manifest a later start could not tell a new notebook from a damaged one.
            self.write_generation(notebook, &[], false, false)?;
        }
        let number = self.journal.next;
        let key = key::journal(number);
        let text = journal::write(number, &change.edit)?;
        let cost = self.kv.cost(&key, &text);
        let mut way = self.way(change, cost)?;
        if way == Way::Append
            && let Err(refused) = self.put(&key, &text, false)
        {
            let NotSaved::Full { .. } = refused else { return Err(refused) };
            // Another program of the origin took room since it was counted; there is still the filling.
            way = self.way(change, cost)?;
            if way == Way::Append {
                self.put(&key, &text, true)?;
            }
        }
        if way == Way::Fold {
            return self.write_generation(notebook, &change.touched, change.preparation, true);
        }
        self.journal.entries.push((number, cost));
        self.journal.next = number + 1;
        self.mark(change, cost);
        Ok(())
    }

    /// Remembers what the next generation has to write because of a change in the journal.
    pub(super) fn mark(&mut self, change: &Change, cost: usize) {
        for id in &change.touched {
            *self.dirty.incidents.entry(id.clone()).or_default() += growth(cost);
        }
        if change.preparation {
            *self.dirty.preparation.get_or_insert(0) += growth(cost);
        }
    }

    /// How a small change is kept. Edits of what is open may take the reserve, as long as the journal can be folded
    /// and incidents can be deleted afterwards.
    fn way(&mut self, change: &Change, cost: usize) -> Result<Way, NotSaved> {
        let more = (change.touched.len() + usize::from(change.preparation)) * growth(cost);
        let touched = change.touched.iter().filter(|id| !self.dirty.incidents.contains_key(id));
        let added: usize = touched.filter_map(|id| self.index.get(id)).map(|entry| entry.place.units).sum();
        let fold = self.fold_cost() + added + more;
        let due = self.journal.entries.len() >= JOURNAL_LIMIT
            || self.journal.units() + cost > JOURNAL_UNITS_LIMIT
            || (self.journal.entries.len() >= JOURNAL_SPARED && fold + TO_DELETE > self.spare);
        let way = |store: &Self| room::way(store.free_with_spare(), cost, fold, due);
        if let Some(way) = way(self) {
            return Ok(way);
        }
        // Another program of the origin may have given room back.
        self.recount();
        let free = self.free_with_spare().saturating_sub(TO_DELETE);
        way(self).ok_or(NotSaved::Full { needed: fold, free })
    }

    /// What there is for edits of what is open, also what the filling gives.
    fn free_with_spare(&self) -> usize {
        (self.capacity + self.spare).saturating_sub(self.used)
    }

    /// The most units that folding takes before it gives any back.
    fn fold_cost(&self) -> usize {
        let of = |id: &IncidentId| self.index.get(id).map_or(0, |entry| entry.place.units);
        let incidents: usize = self.dirty.incidents.iter().map(|(id, growth)| of(id) + growth + 64).sum();
        let preparation = self
            .dirty
            .preparation
            .map_or(0, |growth| growth + self.preparation.map_or(0, |place| place.units));
        let dirty_pages =
            self.dirty.incidents.keys().filter_map(|id| self.index.get(id)).map(|entry| entry.page);
        let pages: BTreeSet<u32> = dirty_pages.chain(self.dirty.pages.iter().copied()).collect();
        let rows: usize =
            pages.iter().filter_map(|page| self.pages.get(page)).map(|place| place.units + 512).sum();
        incidents + preparation + rows + 1024
    }

    /// Whether folding is worth the next idle moment.
    pub fn wants_fold(&self) -> bool {
        self.access == Access::Writer
            && !self.saving
            && (self.journal.entries.len() >= JOURNAL_WISH
                || !self.dirty.pages.is_empty()
                || !self.garbage.is_empty())
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

    /// Whether this page may write now: it is the writer, and nobody wrote in between.
    pub(super) fn check_writer(&mut self) -> Result<(), NotSaved> {
        if self.saving {
            return Err(NotSaved::Busy);
        }
        if self.access == Access::Writer && self.is_overtaken().map_err(NotSaved::Failed)? {
            self.access = Access::Overtaken;
        }
        match self.access {
            Access::Writer => Ok(()),
            access => Err(NotSaved::ReadOnly(access)),
        }
    }

    /// Whether somebody else wrote since this page read: there is a newer generation, or an entry where this page's
    /// next one belongs, or nothing at all any more.
    pub(super) fn is_overtaken(&self) -> Result<bool, KvError> {
        let mut erased = self.manifest.is_some();
        for place in key::MANIFESTS {
            let text = self.kv.get(place)?;
            erased &= text.is_none();
            if text == self.manifest {
                continue;
            }
            let theirs = text.and_then(|text| Manifest::read(&text).ok());
            if theirs.is_some_and(|theirs| theirs.generation > self.generation) {
                return Ok(true);
            }
        }
        Ok(erased || self.kv.get(&key::journal(self.journal.next))?.is_some())
    }
}

/// Whether the act only takes things away: then it may use the room that is held back.
pub(super) fn frees(act: &Act) -> bool {
    match act {
        Act::RemoveEntity(..) | Act::RemoveNote(..) | Act::RemoveOwnStep(..) => true,
        Act::SetExtras(_, extras) => extras.is_empty(),
        Act::Put(put) => put.preparation.is_none() && put.incidents.iter().all(|(_, new)| new.is_none()),
        Act::All(acts) => acts.iter().all(frees),
        _ => false,
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
