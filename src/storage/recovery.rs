//! Opening: finds the newest whole generation, replays the journal, and says what was not as it should be.
//!
//! Opening never writes. What cannot be read is set aside and everything else opens; rows that are lost are made
//! from their incidents; a notebook that a newer program wrote opens for reading only.

use crate::model::IncidentId;
use crate::notebook::{Notebook, Refusal};
use crate::storage::aside::{Aside, Why};
use crate::storage::journal::{self, Journal};
use crate::storage::key::{self, Named};
use crate::storage::kv::{KeyValue, KvError, units};
use crate::storage::manifest::{FORMAT, Manifest, ManifestError};
use crate::storage::room::CAPACITY;
use crate::storage::rows::Gathering;
use crate::storage::shelf::Shelf;
use crate::storage::store::{Access, Entry, NotLoaded, Store};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A notebook that was opened.
#[derive(Debug)]
pub struct Opened<K> {
    /// What keeps it.
    pub store: Store<K>,
    /// The notebook: every row, and the incidents that the journal touched.
    pub notebook: Notebook,
    /// What happened.
    pub report: Report,
}

/// What happened while opening.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// How many journal entries were replayed.
    pub replayed: usize,
    /// How many journal entries are missing between others: edits that are lost.
    pub missing_edits: u64,
    /// Records that were found unreadable now. The store lists them with those of earlier times.
    pub set_aside: Vec<Aside>,
    /// What was put right without any loss.
    pub mended: Vec<Mended>,
}

/// Damage that was put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Mended {
    /// One copy of the manifest was damaged or missing; the other was taken.
    Manifest,
    /// Both copies were; the newest records were taken.
    BothManifests,
    /// Rows were damaged or of another version; so many were made anew from their incidents.
    Rows(usize),
    /// An incident's newest snapshot was missing; an older one was taken.
    OlderSnapshot(IncidentId),
}

impl Report {
    /// Whether edits may be lost: what is done next does not follow what was done last, so a new copy of the notebook
    /// has to begin.
    pub fn is_set_back(&self) -> bool {
        let older = |mended: &Mended| matches!(mended, Mended::OlderSnapshot(_) | Mended::BothManifests);
        self.missing_edits > 0 || !self.set_aside.is_empty() || self.mended.iter().any(older)
    }

    /// Whether there is nothing to tell a person.
    pub fn is_clean(&self) -> bool {
        self.missing_edits == 0 && self.set_aside.is_empty() && self.mended.is_empty()
    }
}

/// Opens the notebook that is kept here. A store without one gives an empty notebook.
///
/// # Errors
/// When the store cannot be reached at all.
pub fn open<K: KeyValue>(kv: K, access: Access) -> Result<Opened<K>, KvError> {
    let keys = kv.keys()?;
    let used = kv.units()?;
    let spare = kv.get(key::SPARE)?.map_or(0, |filling| units(&filling));
    let shelf = Shelf::of(&keys);
    let mut report = Report::default();
    let found = Found::among(&kv, &shelf, &mut report)?;
    let newer = found.newer.or(keys.iter().any(|key| key::is_newer(key)).then_some(FORMAT + 1));

    let gathered = Gathering::of(&kv, &shelf, found.manifest.as_ref(), &mut report)?;
    let notebook = Notebook::from_rows(gathered.rows, gathered.preparation);
    let manifest = found.manifest.unwrap_or_default();
    let entry = |(id, (page, place)): (IncidentId, _)| {
        let row = Arc::clone(notebook.row(&id)?);
        Some((id, Entry { page, place, row }))
    };
    let index: BTreeMap<_, _> = gathered.index.into_iter().filter_map(entry).collect();
    let first = gathered.journal;
    let next = shelf.journal.last().map_or(0, |last| last + 1).max(first);
    let store = Store {
        access: newer.map_or(access, Access::Newer),
        index,
        pages: gathered.pages,
        preparation: gathered.preparation_place,
        generation: manifest.generation.max(if found.text.is_some() { 0 } else { shelf.newest() }),
        newest: shelf.newest().max(manifest.generation),
        journal: Journal { first, next, entries: Vec::new() },
        dirty: gathered.dirty,
        aside: manifest.aside,
        garbage: BTreeSet::new(),
        manifest: found.text,
        used,
        spare,
        capacity: CAPACITY,
        saving: false,
        kv,
    };
    let known = store.aside.len();
    let mut opened = Opened { store, notebook, report };
    for aside in std::mem::take(&mut opened.report.set_aside) {
        opened.store.put_aside(aside);
    }
    opened.replay(&shelf)?;
    opened.report.set_aside = opened.store.aside[known..].to_vec();
    // Where something had to be rebuilt, an unused record may be the only one of its kind.
    if newer.is_none() && opened.report.mended.is_empty() {
        opened.find_garbage(&shelf);
    }
    Ok(opened)
}

/// The manifest as it was found.
#[derive(Default)]
struct Found {
    manifest: Option<Manifest>,
    /// Its text.
    text: Option<String>,
    /// The format of a newer program, if one wrote here.
    newer: Option<u32>,
}

impl Found {
    /// The newest whole manifest.
    fn among(kv: &impl KeyValue, shelf: &Shelf, report: &mut Report) -> Result<Self, KvError> {
        let mut found = Self::default();
        let (mut damaged, mut missing) = (0, 0);
        for place in key::MANIFESTS {
            let Some(text) = kv.get(place)? else {
                missing += 1;
                continue;
            };
            match Manifest::read(&text) {
                Ok(manifest) => {
                    found.newer = found.newer.max((manifest.format > FORMAT).then_some(manifest.format));
                    if found.manifest.as_ref().is_none_or(|best| best.generation < manifest.generation) {
                        found.manifest = Some(manifest);
                        found.text = Some(text);
                    }
                }
                Err(ManifestError::Newer(format)) => found.newer = found.newer.max(Some(format)),
                Err(_) => damaged += 1,
            }
        }
        match &found.manifest {
            // A first save or an erasure that was cut off leaves one manifest that says that there is nothing.
            Some(manifest) if damaged > 0 || (missing > 0 && !manifest.pages.is_empty()) => {
                report.mended.push(Mended::Manifest);
            }
            None if damaged > 0 || (missing == 2 && !shelf.is_empty()) => {
                report.mended.push(Mended::BothManifests);
            }
            _ => {}
        }
        Ok(found)
    }
}

impl<K: KeyValue> Opened<K> {
    /// Applies what the journal holds since the last fold. An entry that is damaged or no longer fits is set aside
    /// and the rest goes on.
    fn replay(&mut self, there: &Shelf) -> Result<(), KvError> {
        let first = self.store.journal.first;
        let mut expected = first;
        for number in there.journal.range(first..).copied() {
            self.report.missing_edits += number - expected;
            expected = number + 1;
            let key = key::journal(number);
            let Some(text) = self.store.kv.get(&key)? else { continue };
            let cost = self.store.kv.cost(&key, &text);
            self.store.journal.entries.push((number, cost));
            if let Err(why) = self.replay_one(number, &text, cost)? {
                self.store.put_aside(Aside { key, name: String::new(), why });
            }
        }
        Ok(())
    }

    fn replay_one(&mut self, number: u64, text: &str, cost: usize) -> Result<Result<(), Why>, KvError> {
        let edit = match journal::read(number, text) {
            Ok(edit) => edit,
            Err(error) => return Ok(Err(Why::Damaged(error.to_string()))),
        };
        for id in edit.act.incidents() {
            match self.store.load(&mut self.notebook, id) {
                // A damaged incident is listed; applying then says what became of this edit of it.
                Ok(()) | Err(NotLoaded::Damaged(_)) => {}
                Err(NotLoaded::Outdated) => {
                    return Err(KvError::Other(
                        "another tab saved at the same moment; reload this page".into(),
                    ));
                }
                Err(NotLoaded::Failed(error)) => return Err(error),
            }
        }
        match self.notebook.apply(edit) {
            Ok(change) => {
                self.store.mark(&change, cost);
                self.report.replayed += 1;
                Ok(Ok(()))
            }
            // What it asks for is so already; nothing is lost.
            Err(Refusal::NothingToDo) => Ok(Ok(())),
            Err(refusal) => Ok(Err(Why::DoesNotApply(refusal.to_string()))),
        }
    }

    /// Lists the records that belong to no generation any more: a save that was cut off left them.
    fn find_garbage(&mut self, there: &Shelf) {
        let store = &mut self.store;
        let used = |named: &Named| match named {
            Named::Snapshot(id, generation) => {
                store.index.get(id).is_some_and(|entry| entry.place.generation == *generation)
            }
            Named::Page(page, generation) => {
                store.pages.get(page).is_some_and(|place| place.generation == *generation)
            }
            Named::Preparation(generation) => {
                store.preparation.is_some_and(|place| place.generation == *generation)
            }
            Named::Journal(number) => *number >= store.journal.first,
        };
        let unused = there.records().filter(|named| !used(named)).map(|named| named.key());
        store.garbage = unused.filter(|key| store.aside.iter().all(|aside| aside.key != *key)).collect();
    }
}
