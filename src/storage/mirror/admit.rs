//! What of a batch the mirror may take. Several tabs give to one mirror, and their batches can arrive in another order than
//! that in which they wrote to local storage.

use crate::compact::Gather as _;
use crate::storage::key;
use crate::storage::kv::KeyValue;
use crate::storage::manifest::Manifest;
use crate::storage::mirror::half::{Reader, record_generation};
use crate::storage::mirror::recorder::Batch;
use std::collections::{BTreeMap, BTreeSet};

/// Whether a batch has a manifest. Then what the mirror holds decides what of it is written ([`admit`]).
pub fn holds_manifest(batch: &Batch) -> bool {
    key::MANIFESTS.iter().any(|place| batch.get(*place).is_some_and(Option::is_some))
}

/// What is to be written for a batch with a manifest, where the mirror holds these manifests and keys.
///
/// A newer manifest stays: the batch comes late, and the records in it are still of use. Otherwise it is local storage's
/// newest manifest that is written, be it another tab's by now, with every record that local storage has and the mirror
/// lacks: what the manifest names must be there, and another tab's batch with it may not have arrived yet.
pub fn admit(
    mut batch: Batch,
    manifests: &BTreeMap<String, String>,
    keys: &[String],
    local: &impl KeyValue,
    reader: Reader,
) -> Batch {
    let generation = |key: &str, text: &str| Some(Manifest::read(&reader(key, text)?).ok()?.generation);
    let mut new: Option<(u64, String)> = None;
    for place in key::MANIFESTS {
        let texts = [batch.get(place).cloned().flatten(), local.get(place).ok().flatten()];
        for text in texts.into_iter().flatten() {
            new = new.max(generation(place, &text).map(|generation| (generation, text)));
        }
    }
    let old = manifests.iter().filter_map(|(key, text)| generation(key, text)).max();
    let Some((limit, text)) = new.filter(|(new, _)| old.is_none_or(|old| old <= *new)) else {
        for place in key::MANIFESTS {
            batch.remove(place);
        }
        return batch;
    };
    for place in key::MANIFESTS {
        batch.insert(place.to_owned(), Some(text.clone()));
    }
    let there: BTreeSet<&String> = keys.iter().gather();
    // What cannot be read now is missed at the next start, which compares everything.
    for key in local.keys().unwrap_or_default() {
        let may_be_named = record_generation(&key).is_some_and(|generation| generation <= limit);
        let lacks = may_be_named && !there.contains(&key) && !batch.contains_key(&key);
        if lacks && let Ok(Some(text)) = local.get(&key) {
            batch.insert(key, Some(text));
        }
    }
    batch
}
