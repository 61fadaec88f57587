//! One side of the comparison: which keys are there, what their texts say, and which of them can be relied on.

use crate::storage::frame::unframe;
use crate::storage::key::{self, Named};
use crate::storage::kv::{KeyValue, KvError};
use crate::storage::manifest::{Manifest, ManifestError};
use crate::storage::memory::MemoryStore;
use crate::storage::mirror::recorder::is_mirrored;
use crate::storage::pack::unpack;
use std::collections::{BTreeMap, BTreeSet};

/// What a stored text says without the encryption that a person may have put over the notebook: the key, the text as it is
/// stored; none where it cannot be opened.
pub type Plain<'a> = &'a dyn Fn(&str, &str) -> Option<String>;

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
        let texts: BTreeMap<String, String> = texts.into_iter().collect();
        Self { keys: texts.keys().cloned().collect(), texts }
    }
}

/// Whether both sides say the same of the notebook: the same manifests, the same journal. `head` is what the mirror holds
/// in [`key::HEAD`]. What a manifest names is written with it, so it need not be compared.
///
/// # Errors
/// When local storage cannot be read.
pub fn agree(local: &impl KeyValue, head: &Side) -> Result<bool, KvError> {
    let mut keys: Vec<String> = local.keys()?.into_iter().filter(|key| key::is_head(key)).collect();
    keys.sort_unstable();
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

/// Which of the mirror's texts a thorough comparison has to see: all but the records that local storage has.
///
/// # Errors
/// When local storage cannot be read.
pub fn wants(local: &impl KeyValue, plain: Plain) -> Result<impl Fn(&str) -> bool, KvError> {
    let half = Half::local(local, plain)?;
    let mut relied = BTreeSet::new();
    for key in half.keys.iter().filter(|key| is_record(key)) {
        if half.relies_on(key) && half.whole(key, plain)? {
            relied.insert(key.clone());
        }
    }
    Ok(move |key: &str| !relied.contains(key))
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
    pub fn local(local: &'a impl KeyValue, plain: Plain) -> Result<Self, KvError> {
        Self::of(local.keys()?.into_iter().filter(|key| is_mirrored(key)).collect(), local, plain)
    }

    /// The mirror, with the texts that were asked for.
    pub fn mirror(side: &Side, texts: &'a MemoryStore, plain: Plain) -> Result<Self, KvError> {
        Self::of(side.keys.clone(), texts, plain)
    }

    fn of(keys: BTreeSet<String>, texts: &'a dyn KeyValue, plain: Plain) -> Result<Self, KvError> {
        let (mut manifest, mut newer): (Option<(Manifest, String)>, _) = (None, None);
        for place in key::MANIFESTS {
            let Some(text) = texts.get(place)? else { continue };
            match plain(place, &text).map(|plain| Manifest::read(&plain)) {
                Some(Ok(found)) if found.format > crate::storage::manifest::FORMAT => {
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

    pub fn generation(&self) -> u64 {
        self.manifest.as_ref().map_or(0, |(manifest, _)| manifest.generation)
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

    /// Whether the text under this key is there and what was once written there.
    pub fn whole(&self, key: &str, plain: Plain) -> Result<bool, KvError> {
        Ok(self.texts.get(key)?.is_some_and(|text| is_whole(key, &text, plain)))
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
pub(super) fn is_whole(key: &str, text: &str, plain: Plain) -> bool {
    let Some(text) = plain(key, text) else { return false };
    match Named::parse(key) {
        Some(Named::Entry(_)) => unframe('J', key, &text).is_ok(),
        Some(_) => unpack(key, &text).is_ok(),
        None if key::MANIFESTS.contains(&key) => Manifest::read(&text).is_ok(),
        None => true,
    }
}
