//! The store: the notebook as it is kept, and the one way an edit gets into it.
//!
//! [`Store::commit`] applies an edit to the notebook and keeps it, or does neither. An edit becomes one journal
//! entry, which any tab may append; only one that carries much is written as a new generation at once ([`saving`]),
//! which the one tab that holds the lease may do. What the other tabs append is taken in by [`following`].
//!
//! [`saving`]: crate::storage::saving
//! [`following`]: crate::storage::following

use crate::model::{Incident, IncidentId};
use crate::notebook::{Act, Change, Door, Edit, Notebook, Refusal, Row};
use crate::storage::aside::{self, Aside, Why};
use crate::storage::census::Census;
use crate::storage::journal::{self, Entry, Journal, LARGEST_WHOLE, Line, MOST_WHOLES};
use crate::storage::key;
use crate::storage::kv::{KeyValue, KvError, units};
use crate::storage::manifest::Place;
use crate::storage::record::{RecordError, read_incident};
use crate::storage::room::{
    self, JOURNAL_LIMIT, JOURNAL_SPARED, JOURNAL_UNITS_LIMIT, JOURNAL_WISH, LOGGED, TO_DELETE, Usage, Way,
    growth, reserve,
};
use crate::storage::stamp::{Stamp, TabId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::sync::Arc;

/// Whether this page may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It may.
    Writer,
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
    /// It is large, and another tab holds the lease or has just written a generation.
    OtherTab,
}

impl fmt::Display for NotSaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::ReadOnly(Access::Newer(format)) => {
                write!(f, "a newer version wrote this notebook (format {format}); open it with that version")
            }
            Self::ReadOnly(Access::Writer) => write!(f, "the notebook is open for reading only"),
            Self::Full { needed, free } => write!(
                f,
                "it needs {needed} characters of room and {free} are free; take a backup and delete incidents"
            ),
            Self::NotLoaded(error) => error.fmt(f),
            Self::Failed(error) => error.fmt(f),
            Self::NotKept(key) => write!(f, "the browser did not keep `{key}` as written; take a backup"),
            Self::Json(error) => write!(f, "it cannot be written down: {error}"),
            Self::Busy => write!(f, "an import is still being saved; wait until it is done"),
            Self::OtherTab => write!(f, "another tab is saving; try again in a moment"),
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
    /// The browser could not read it; it may work later.
    Failed(KvError),
}

impl fmt::Display for NotLoaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(aside) => {
                write!(f, "incident `{}` is damaged and was set aside; see Settings", aside.name)
            }
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NotLoaded {}

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

    /// Whether the journal is so long that it is folded before more is taken.
    fn is_long(&self, cost: usize) -> bool {
        self.journal.entries.len() >= JOURNAL_LIMIT || self.journal.units() + cost > JOURNAL_UNITS_LIMIT
    }

    /// How a small change is kept. Edits of what is open may take the reserve, as long as the journal can be folded
    /// and incidents can be deleted afterwards; what frees room may take all of it. Only the holder of the lease folds.
    fn way(&mut self, change: &Change, cost: usize, frees: bool) -> Result<Way, NotSaved> {
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
    fn frees_room(&self) -> bool {
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
        let pages: BTreeSet<u32> = dirty_pages.chain(self.dirty.pages.iter().copied()).collect();
        let rows: usize =
            pages.iter().filter_map(|page| self.pages.get(page)).map(|place| place.units + 512).sum();
        incidents + preparation + rows + 1024
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
