//! One side made the same as the other, as a whole: after the notebook was locked or unlocked with a passphrase and one side
//! has not heard of it. There is nothing to reconcile edit by edit then: what was written since is with the newer lock.

use crate::storage::kv::{KeyValue, KvError};
use crate::storage::mirror::half::Side;
use crate::storage::mirror::plan::Plan;
use crate::storage::mirror::recorder::{Batch, is_mirrored};

/// What the mirror is given and rid of to hold what local storage holds.
///
/// # Errors
/// When local storage cannot be read.
pub fn mirror_anew(local: &impl KeyValue, mirror: &Side) -> Result<Batch, KvError> {
    let there = mirror.keys.iter().filter(|key| is_mirrored(key));
    let mut batch: Batch = there.map(|key| (key.clone(), None)).collect();
    for key in local.keys()?.into_iter().filter(|key| is_mirrored(key)) {
        let text = local.get(&key)?;
        batch.insert(key, text);
    }
    Ok(batch)
}

/// What local storage is given and rid of to hold what the mirror holds. `mirror` has every text.
///
/// # Errors
/// When local storage cannot be read.
pub fn local_anew(local: &impl KeyValue, mirror: &Side) -> Result<Plan, KvError> {
    let is_spent = |key: &String| is_mirrored(key) && !mirror.texts.contains_key(key);
    let obsolete = local.keys()?.into_iter().filter(is_spent).collect();
    let texts = mirror.texts.iter().filter(|(key, _)| is_mirrored(key));
    Ok(Plan {
        local: texts.map(|(key, text)| (key.clone(), text.clone())).collect(),
        obsolete,
        ..Plan::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::key::{self, LOCKS, MANIFESTS};
    use crate::storage::memory::MemoryStore;
    use std::collections::BTreeMap;

    fn store(texts: &[(&str, &str)]) -> MemoryStore {
        texts.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn the_mirror_holds_what_local_storage_holds_and_keeps_what_is_none_of_it() {
        let local = store(&[
            ("firsthour/1/j/2", "X2"),
            (LOCKS[0], "new"),
            (key::SPARE, " "),
            ("firsthour/lease", "x"),
        ]);
        let mirror: Side = store(&[("firsthour/1/j/1", "plain"), (LOCKS[0], "old"), ("elsewhere", "kept")])
            .texts()
            .into_iter()
            .collect();
        let batch = mirror_anew(&local, &mirror).unwrap();
        let expected = [("firsthour/1/j/1", None), ("firsthour/1/j/2", Some("X2")), (LOCKS[0], Some("new"))];
        assert_eq!(batch, expected.map(|(key, text)| (key.to_owned(), text.map(str::to_owned))).into());
    }

    #[test]
    fn local_storage_holds_what_the_mirror_holds_with_the_manifests_and_an_open_lock_last() {
        let local =
            store(&[("firsthour/1/j/1", "plain"), (MANIFESTS[0], "plain"), ("firsthour/theme", "dark")]);
        let mirror = store(&[
            ("firsthour/1/j/2", "X2"),
            (MANIFESTS[0], "XM"),
            (LOCKS[0], "new"),
            ("elsewhere", "kept"),
        ]);
        let side: Side = mirror.texts().into_iter().collect();
        let plan = local_anew(&local, &side).unwrap();
        let kv = crate::storage::faulty::FaultyStore::over(local);
        plan.write_local(&kv).unwrap();
        let mut expected: BTreeMap<String, String> = mirror.texts();
        expected.remove("elsewhere");
        expected.insert("firsthour/theme".into(), "dark".into());
        assert_eq!(kv.now().texts(), expected);
        assert_eq!(kv.after(1).texts()[MANIFESTS[0]], "plain");
        assert!(!kv.after(2).texts().contains_key(LOCKS[0]));
    }
}
