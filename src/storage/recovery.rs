//! Opening: finds the newest whole generation, replays the journal, and says what was not as it should be.
//!
//! Opening never writes. What cannot be read is set aside and everything else opens; rows that are lost are made
//! from their incidents; a notebook that a newer program wrote opens for reading only.

use crate::compact::Gather as _;
use crate::model::IncidentId;
use crate::notebook::Notebook;
use crate::storage::aside::Aside;
use crate::storage::journal::Journal;
use crate::storage::key::{self, Named};
use crate::storage::kv::{KeyValue, KvError, units};
use crate::storage::manifest::{FORMAT, Manifest, ManifestError};
use crate::storage::room::CAPACITY;
use crate::storage::rows::Gathering;
use crate::storage::shelf::Shelf;
use crate::storage::stamp::{Folded, TabId};
use crate::storage::store::{Access, Spot, Store};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
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

/// Opens the notebook that is kept here, for one who is alone with it. A store without one gives an empty notebook.
///
/// # Errors
/// When the store cannot be reached at all.
pub fn open<K: KeyValue>(kv: K, access: Access) -> Result<Opened<K>, KvError> {
    open_as(kv, access, TabId::random([0; 5]))
}

/// Opens the notebook that is kept here, for the tab of this name.
///
/// # Errors
/// When the store cannot be reached at all.
pub fn open_as<K: KeyValue>(kv: K, access: Access, tab: TabId) -> Result<Opened<K>, KvError> {
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
        Some((id, Spot { page, place, row }))
    };
    let index: BTreeMap<_, _> = gathered.index.into_iter().filter_map(entry).gather();
    let is_quick = |(_, spot): &(&IncidentId, &Spot)| manifest.quick.contains(&spot.place.generation);
    let quick = index.iter().filter(is_quick).map(|(id, spot)| (id.clone(), spot.place.generation)).collect();
    // Without a manifest the pages say only which number was next; what is left below it had been folded.
    let folded = if found.text.is_some() { manifest.folded } else { Folded::all_before(gathered.journal) };
    let next = shelf.journal.last().map_or(0, |last| last.number + 1).max(gathered.journal);
    let store = Store {
        access: newer.map_or(access, Access::Newer),
        index,
        quick,
        pages: gathered.pages,
        preparation: gathered.preparation_place,
        generation: manifest.generation.max(if found.text.is_some() { 0 } else { shelf.newest() }),
        newest: shelf.newest().max(manifest.generation),
        journal: Journal { folded, next, entries: BTreeMap::new() },
        base: notebook.clone(),
        tab,
        holds: true,
        mine: VecDeque::new(),
        displaced: BTreeSet::new(),
        astray: false,
        dirty: gathered.dirty,
        aside: manifest.aside,
        garbage: BTreeSet::new(),
        manifest: found.text,
        used,
        spare,
        capacity: CAPACITY,
        saving: false,
        folding: false,
        tidy: false,
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
    opened.store.tidy = newer.is_none() && opened.report.mended.is_empty();
    opened.store.find_garbage(&shelf);
    Ok(opened)
}

/// Of the texts in the two places of the manifest, the one that counts: of the higher generation.
pub(super) fn newest_manifest(texts: [Option<String>; 2]) -> Option<(Manifest, String)> {
    let mut read = texts.into_iter().flatten().filter_map(|text| Some((Manifest::read(&text).ok()?, text)));
    let first = read.next()?;
    Some(match read.next() {
        Some(second) if second.0.generation > first.0.generation => second,
        _ => first,
    })
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
        let [a, b] = key::MANIFESTS.map(|place| kv.get(place));
        let texts = [a?, b?];
        let (mut damaged, mut missing) = (0, 0);
        for text in &texts {
            match text.as_deref().map(Manifest::read) {
                Some(Ok(manifest)) => {
                    found.newer = found.newer.max((manifest.format > FORMAT).then_some(manifest.format));
                }
                Some(Err(ManifestError::Newer(format))) => found.newer = found.newer.max(Some(format)),
                Some(Err(_)) => damaged += 1,
                None => missing += 1,
            }
        }
        (found.manifest, found.text) = newest_manifest(texts).unzip();
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
        for stamp in there.journal.iter().copied() {
            if self.store.journal.folded.covers(stamp) {
                continue;
            }
            let Some((line, damage)) = self.store.read_line(stamp)? else { continue };
            if let Some(entry) = &line.entry {
                self.report.missing_edits += self.store.journal.missing_before(stamp, entry);
            }
            self.store.journal.add(stamp, line);
            self.store.put_aside_if(key::entry(stamp), damage);
            let replayed = self.store.replay(&mut self.notebook, stamp)?;
            self.report.replayed += usize::from(replayed.change.is_some());
        }
        Ok(())
    }
}

impl<K: KeyValue> Store<K> {
    /// Lists the records that belong to no generation any more: a save that was cut off left them.
    pub(super) fn find_garbage(&mut self, there: &Shelf) {
        let store = self;
        if !store.tidy {
            return;
        }
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
            Named::Entry(stamp) => !store.journal.folded.covers(*stamp),
        };
        let unused = there.records().filter(|named| !used(named)).map(|named| named.key());
        store.garbage = unused.filter(|key| store.aside.iter().all(|aside| aside.key != *key)).collect();
    }
}
