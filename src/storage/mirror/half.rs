//! One side of the comparison: which keys are there, what their texts say, and which of them can be relied on.

use crate::compact::{Gather as _, Order as _};
use crate::storage::frame::unframe;
use crate::storage::key::{self, Named};
use crate::storage::kv::{KeyValue, KvError};
use crate::storage::manifest::{FORMAT, Manifest, ManifestError};
use crate::storage::memory::MemoryStore;
use crate::storage::mirror::reconcile::Depth;
use crate::storage::mirror::recorder::is_mirrored;
use crate::storage::pack::unpack;
use std::collections::{BTreeMap, BTreeSet};

/// What a stored text says without the encryption that a person may have put over the notebook: the key, the text as it is
/// stored; none where it cannot be opened.
pub type Reader<'a> = &'a dyn Fn(&str, &str) -> Option<String>;

/// The mirror's side as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// Every key, or every key of the range that was read.
    pub keys: BTreeSet<String>,
    /// The texts of those that were asked for.
    pub texts: BTreeMap<String, String>,
}

impl FromIterator<(String, String)> for Side {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(texts: T) -> Self {
        let texts: BTreeMap<String, String> = texts.into_iter().gather();
        Self { keys: texts.keys().cloned().collect(), texts }
    }
}

/// Whether both sides say the same of the notebook: the same manifests, the same journal. `head` is what the mirror holds
/// in the range up to [`key::HEAD_END`]. What a manifest names is written with it, so it need not be compared.
///
/// # Errors
/// When local storage cannot be read.
pub fn agree(local: &impl KeyValue, head: &Side) -> Result<bool, KvError> {
    let mut keys: Vec<String> = local.keys()?.into_iter().filter(|key| key::is_head(key)).collect();
    keys.order();
    if !keys.iter().eq(head.texts.keys()) {
        return Ok(false);
    }
    for (key, text) in &head.texts {
        if local.get(key)?.as_ref() != Some(text) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Which of the mirror's texts a comparison of this depth has to see: all but the records that local storage has; all where
/// the mirror will have to give way and holds what nobody else does.
///
/// # Errors
/// When local storage cannot be read.
pub fn wants<K: KeyValue>(
    local: &K,
    head: &Side,
    depth: Depth,
    reader: Reader,
) -> Result<impl Fn(&str) -> bool + use<K>, KvError> {
    let texts: MemoryStore = head.texts.clone().into_iter().collect();
    let (half, mirror) = (Half::local(local, reader)?, Half::mirror(head, &texts, reader)?);
    let forked = half.holds_more_than(&mirror) || mirror.holds_more_than(&half);
    let mut there = BTreeSet::new();
    for key in half.keys.iter().filter(|key| is_record(key) && half.relies_on(key)) {
        if depth < Depth::Contents || half.texts.get(key)?.is_some_and(|text| is_whole(key, &text, reader)) {
            there.insert(key.clone());
        }
    }
    Ok(move |key: &str| forked || !there.contains(key))
}

/// One side.
pub(super) struct Half<'a> {
    pub keys: BTreeSet<String>,
    pub texts: &'a dyn KeyValue,
    /// The newest whole manifest, with its text.
    pub manifest: Option<(Manifest, String)>,
    /// The format of a newer program, if one wrote here.
    pub newer: Option<u32>,
}

impl<'a> Half<'a> {
    /// Local storage.
    pub fn local(local: &'a impl KeyValue, reader: Reader) -> Result<Self, KvError> {
        Self::of(local.keys()?.into_iter().filter(|key| is_mirrored(key)).collect(), local, reader)
    }

    /// The mirror, with the texts that were asked for.
    pub fn mirror(side: &Side, texts: &'a MemoryStore, reader: Reader) -> Result<Self, KvError> {
        Self::of(side.keys.clone(), texts, reader)
    }

    fn of(keys: BTreeSet<String>, texts: &'a dyn KeyValue, reader: Reader) -> Result<Self, KvError> {
        let (mut manifest, mut newer): (Option<(Manifest, String)>, _) = (None, None);
        for place in key::MANIFESTS {
            let Some(text) = texts.get(place)? else { continue };
            match reader(place, &text).map(|text| Manifest::read(&text)) {
                Some(Ok(found)) if found.format > FORMAT => {
                    newer = newer.max(Some(found.format));
                }
                Some(Ok(found)) => {
                    if manifest.as_ref().is_none_or(|(best, _)| best.generation < found.generation) {
                        manifest = Some((found, text));
                    }
                }
                Some(Err(ManifestError::Newer(format))) => newer = newer.max(Some(format)),
                Some(Err(_)) | None => {}
            }
        }
        Ok(Self { keys, texts, manifest, newer })
    }

    /// The highest generation that any record is of.
    pub fn newest_record(&self) -> u64 {
        self.keys.iter().filter_map(|key| record_generation(key)).max().unwrap_or(0)
    }

    /// Whether this record is there and belongs to what the manifest speaks of. One of a later generation was left by a save
    /// that was cut off; another record may have its name by now.
    pub fn relies_on(&self, key: &str) -> bool {
        let limit = self.manifest.as_ref().map_or(u64::MAX, |(manifest, _)| manifest.generation);
        self.keys.contains(key) && record_generation(key).is_none_or(|generation| generation <= limit)
    }

    /// Whether its snapshots contain an edit that those of another side, of the same or a newer generation, do not.
    pub fn holds_more_than(&self, other: &Self) -> bool {
        let (Some((mine, _)), Some((theirs, _))) = (&self.manifest, &other.manifest) else { return false };
        let unseen = mine.generation == theirs.generation || !theirs.folded.contains(&mine.folded);
        mine != theirs && mine.generation <= theirs.generation && unseen
    }

    /// Every text that it holds.
    pub fn all(&self) -> Result<BTreeMap<String, String>, KvError> {
        let mut all = BTreeMap::new();
        for key in &self.keys {
            all.extend(self.texts.get(key)?.map(|text| (key.clone(), text)));
        }
        Ok(all)
    }
}

/// The generation of a packed record; none for every other key.
pub(super) fn record_generation(key: &str) -> Option<u64> {
    match Named::parse(key)? {
        Named::Snapshot(_, generation) | Named::Page(_, generation) | Named::Preparation(generation) => {
            Some(generation)
        }
        Named::Entry(_) => None,
    }
}

pub(super) fn is_record(key: &str) -> bool {
    record_generation(key).is_some()
}

/// Whether this is what was once written under this key.
pub(super) fn is_whole(key: &str, text: &str, reader: Reader) -> bool {
    let Some(text) = reader(key, text) else { return false };
    match Named::parse(key) {
        Some(Named::Entry(_)) => unframe('J', key, &text).is_ok(),
        Some(_) => unpack(key, &text).is_ok(),
        None if key::MANIFESTS.contains(&key) => Manifest::read(&text).is_ok(),
        None => true,
    }
}
