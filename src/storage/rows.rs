//! Gathering the rows and the preparation of a generation, and making anew what is damaged of them.
//!
//! Rows are made from incidents, so a page that is lost costs time but nothing else: the incidents whose row is on
//! no page are read, newest snapshot first.

use crate::model::IncidentId;
use crate::notebook::{Preparation, Row};
use crate::storage::aside::{Aside, Why};
use crate::storage::key;
use crate::storage::kv::{KeyValue, KvError, units};
use crate::storage::manifest::{Manifest, Place};
use crate::storage::record::{ReadPage, read_incident, read_page, read_preparation};
use crate::storage::recovery::{Mended, Report};
use crate::storage::shelf::Shelf;
use crate::storage::store::Dirty;
use std::collections::{BTreeMap, BTreeSet};

/// What a generation holds besides the incidents themselves.
pub(super) struct Gathered {
    /// Where each incident is: its page and its snapshot.
    pub index: BTreeMap<IncidentId, (u32, Place)>,
    pub rows: Vec<Row>,
    pub pages: BTreeMap<u32, Place>,
    pub preparation: Preparation,
    pub preparation_place: Option<Place>,
    /// The first journal entry that the snapshots do not contain.
    pub journal: u64,
    pub dirty: Dirty,
}

/// Gathers it.
pub(super) struct Gathering<'a, K> {
    kv: &'a K,
    shelf: &'a Shelf,
    report: &'a mut Report,
    index: BTreeMap<IncidentId, (u32, Place)>,
    rows: BTreeMap<IncidentId, Row>,
    pages: BTreeMap<u32, Place>,
    dirty: Dirty,
    /// The journal's start as the pages say it.
    journal: Option<u64>,
}

impl<'a, K: KeyValue> Gathering<'a, K> {
    /// What this manifest names; without one, the newest of everything.
    pub fn of(
        kv: &'a K,
        shelf: &'a Shelf,
        manifest: Option<&Manifest>,
        report: &'a mut Report,
    ) -> Result<Gathered, KvError> {
        let newest = |generations: &BTreeSet<u64>| {
            generations.last().map(|last| Place { generation: *last, units: 0 })
        };
        let pages: Vec<(u32, Place)> = match manifest {
            Some(manifest) => manifest.pages.clone(),
            None => shelf.pages.iter().filter_map(|(page, all)| Some((*page, newest(all)?))).collect(),
        };
        let preparation = match manifest {
            Some(manifest) => manifest.preparation,
            None => newest(&shelf.preparations),
        };
        let mut gathering = Self {
            kv,
            shelf,
            report,
            index: BTreeMap::new(),
            rows: BTreeMap::new(),
            pages: BTreeMap::new(),
            dirty: Dirty::default(),
            journal: None,
        };
        for (page, place) in pages {
            gathering.read_page(page, place)?;
        }
        let lost = gathering.dirty.pages.first().copied();
        if lost.is_some() || manifest.is_none() {
            gathering.adopt(lost.unwrap_or(0), manifest.map_or(u64::MAX, |manifest| manifest.generation));
        }
        gathering.complete()?;
        let (preparation, preparation_place) = gathering.preparation(preparation)?;
        let guessed = || gathering.journal.or(shelf.journal.first().map(|stamp| stamp.number)).unwrap_or(0);
        Ok(Gathered {
            journal: manifest.map_or_else(guessed, |manifest| manifest.journal),
            index: gathering.index,
            rows: gathering.rows.into_values().collect(),
            pages: gathering.pages,
            preparation,
            preparation_place,
            dirty: gathering.dirty,
        })
    }

    /// Takes the rows of a page; a page that cannot be read is noted as dirty.
    fn read_page(&mut self, page: u32, place: Place) -> Result<(), KvError> {
        let text = self.kv.get(&key::page(page, place.generation))?;
        let mut journal = 0;
        match text.map(|text| (units(&text), read_page(page, place.generation, &text))) {
            Some((units, Ok(ReadPage::Whole(whole)))) => {
                journal = whole.journal;
                self.pages.insert(page, Place { units, ..place });
                for (generation, units, row) in whole.entries {
                    self.index.insert(row.id.clone(), (page, Place { generation, units }));
                    self.rows.insert(row.id.clone(), row);
                }
            }
            Some((units, Ok(ReadPage::Bare(bare)))) => {
                journal = bare.journal;
                self.pages.insert(page, Place { units, ..place });
                self.dirty.pages.insert(page);
                for (generation, units, row) in bare.entries {
                    self.index.insert(row.id, (page, Place { generation, units }));
                }
            }
            Some((_, Err(_))) | None => drop(self.dirty.pages.insert(page)),
        }
        self.journal = self.journal.max(Some(journal).filter(|journal| *journal > 0));
        Ok(())
    }

    /// Takes in the incidents that are on no page, as their newest snapshot up to this generation says.
    fn adopt(&mut self, page: u32, up_to: u64) {
        for id in self
            .shelf
            .snapshots
            .keys()
            .filter(|id| !self.index.contains_key(*id))
            .cloned()
            .collect::<Vec<_>>()
        {
            if let Some(generation) = self.shelf.snapshot(&id, up_to) {
                self.index.insert(id, (page, Place { generation, units: 0 }));
                self.dirty.pages.insert(page);
            }
        }
    }

    /// Makes the rows that are lacking from their incidents, and takes older snapshots for those that are gone.
    fn complete(&mut self) -> Result<(), KvError> {
        let mut made = 0;
        let lost = !self.dirty.pages.is_empty();
        for (id, (page, place)) in self.index.clone() {
            let gone = !self.shelf.has_snapshot(&id, place.generation);
            let instead = if gone { self.shelf.snapshot(&id, u64::MAX) } else { Some(place.generation) };
            if !gone && self.rows.contains_key(&id) {
                continue;
            }
            let generation = instead.unwrap_or(place.generation);
            let key = key::snapshot(&id, generation);
            let text = self.kv.get(&key)?;
            let units = text.as_deref().map_or(0, units);
            self.dirty.pages.insert(page);
            let why = match text.map(|text| read_incident(&id, generation, &text)) {
                Some(Ok(incident)) => {
                    made += usize::from(!gone);
                    if gone {
                        self.report.mended.push(Mended::OlderSnapshot(id.clone()));
                    }
                    self.rows.insert(id.clone(), Row::of(&incident));
                    self.index.insert(id, (page, Place { generation, units }));
                    continue;
                }
                Some(Err(error)) => Why::Damaged(error.to_string()),
                None => Why::Missing,
            };
            let name = self.rows.remove(&id).map(|row| row.name).unwrap_or_default();
            self.index.remove(&id);
            self.report.set_aside.push(Aside { key, name, why });
        }
        if made > 0 || lost {
            self.report.mended.push(Mended::Rows(made));
        }
        Ok(())
    }

    /// The preparation; an empty one where it cannot be read.
    fn preparation(&mut self, place: Option<Place>) -> Result<(Preparation, Option<Place>), KvError> {
        let Some(place) = place else { return Ok((Preparation::default(), None)) };
        let key = key::preparation(place.generation);
        let why =
            match self.kv.get(&key)?.map(|text| (units(&text), read_preparation(place.generation, &text))) {
                Some((units, Ok(preparation))) => return Ok((preparation, Some(Place { units, ..place }))),
                Some((_, Err(error))) => Why::Damaged(error.to_string()),
                None => Why::Missing,
            };
        self.report.set_aside.push(Aside { key, name: String::new(), why });
        Ok((Preparation::default(), None))
    }
}
