//! What of a batch the mirror may take. Several tabs give to one mirror, and their batches can arrive in another order than
//! that in which they wrote to local storage.

use crate::storage::key::{self, Named};
use crate::storage::kv::KeyValue;
use crate::storage::manifest::Manifest;
use crate::storage::mirror::half::Reader;
use crate::storage::mirror::recorder::{Batch, is_mirrored};
use std::collections::{BTreeMap, BTreeSet};

/// Whether a batch has a manifest. Then what the mirror holds decides what of it is written ([`admit`]).
pub fn holds_manifest(batch: &Batch) -> bool {
    key::MANIFESTS.iter().any(|place| batch.get(*place).is_some_and(Option::is_some))
}

/// What is to be written for a batch with a manifest, where the mirror holds these manifests and keys.
///
/// A newer manifest stays: the batch comes late, and the records in it are still of use. Over an older one, everything
/// that local storage has and the mirror lacks goes along, since another tab's batch with it may not have arrived yet and the
/// manifest must not name what is not there.
pub fn admit(
    mut batch: Batch,
    manifests: &BTreeMap<String, String>,
    keys: &[String],
    local: &impl KeyValue,
    reader: Reader,
) -> Batch {
    let read = |key: &str, text: &str| Manifest::read(&reader(key, text)?).ok();
    let places = key::MANIFESTS.iter();
    let new =
        places.filter_map(|key| read(key, batch.get(*key)?.as_deref()?)).max_by_key(|new| new.generation);
    let old = manifests.iter().filter_map(|(key, text)| read(key, text)).max_by_key(|old| old.generation);
    if old.map(|old| old.generation) > new.as_ref().map(|new| new.generation) {
        for place in key::MANIFESTS {
            batch.remove(place);
        }
        return batch;
    }
    let there: BTreeSet<&String> = keys.iter().collect();
    let spent = |key: &str| match (Named::parse(key), &new) {
        (Some(Named::Entry(stamp)), Some(new)) => {
            new.folded.covers(stamp) && new.aside.iter().all(|aside| aside.key != key)
        }
        _ => false,
    };
    // What cannot be read now is missed at the next start, which compares everything.
    for key in local.keys().unwrap_or_default() {
        let lacks = is_mirrored(&key) && !there.contains(&key) && !batch.contains_key(&key) && !spent(&key);
        if lacks && let Ok(Some(text)) = local.get(&key) {
            batch.insert(key, Some(text));
        }
    }
    batch
}
