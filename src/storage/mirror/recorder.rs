//! Notes what is written to the notebook's keys, so that the mirror can be given the same.

use crate::storage::key;
use crate::storage::kv::{KeyValue, KvError, units};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// Changes that belong together: each key with its newest text, or without one where it was removed.
pub type Batch = BTreeMap<String, Option<String>>;

/// A key-value store that notes the changes to the notebook's keys, each key once, until they are taken.
#[derive(Debug, Default)]
pub struct Mirrored<K> {
    inner: K,
    changes: RefCell<Batch>,
    waiting: Cell<usize>,
    idle: Cell<bool>,
}

impl<K: KeyValue> Mirrored<K> {
    /// Notes what is written to this store from now on.
    pub fn over(inner: K) -> Self {
        Self { inner, changes: RefCell::default(), waiting: Cell::new(0), idle: Cell::new(false) }
    }

    /// The store below.
    pub fn inner(&self) -> &K {
        &self.inner
    }

    /// Hands over what was changed since the last time.
    pub fn take(&self) -> Batch {
        self.waiting.set(0);
        self.changes.take()
    }

    /// How many UTF-16 units of text wait to be taken.
    pub fn waiting(&self) -> usize {
        self.waiting.get()
    }

    /// Stops noting where there is no mirror to give anything to, and starts again where there is one. What was
    /// noted so far is forgotten: a mirror that comes back is compared as a whole.
    pub fn set_idle(&self, idle: bool) {
        self.take();
        self.idle.set(idle);
    }

    fn note(&self, key: &str, text: Option<&str>) {
        if self.idle.get() || !is_mirrored(key) {
            return;
        }
        let old = self.changes.borrow_mut().insert(key.to_owned(), text.map(str::to_owned));
        let length = |text: Option<&str>| text.map_or(0, units);
        let waiting = self.waiting.get() + length(text);
        self.waiting.set(waiting.saturating_sub(length(old.flatten().as_deref())));
    }
}

/// Whether the mirror holds this key too: everything of the notebook but the filling, which only takes up room.
pub fn is_mirrored(key: &str) -> bool {
    key.starts_with(key::ROOT) && key != key::SPARE
}

impl<K: KeyValue> KeyValue for Mirrored<K> {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.inner.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        self.inner.set(key, value)?;
        self.note(key, Some(value));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), KvError> {
        self.inner.remove(key)?;
        self.note(key, None);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, KvError> {
        self.inner.keys()
    }

    fn units(&self) -> Result<usize, KvError> {
        self.inner.units()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::memory::MemoryStore;

    #[test]
    fn each_key_is_noted_once_with_what_it_holds_now() {
        let kv = Mirrored::over(MemoryStore::new().with_quota(60));
        kv.set("firsthour/1/j/1", "one").unwrap();
        kv.set("firsthour/1/j/1", "other").unwrap();
        kv.set("firsthour/1/j/2", "two").unwrap();
        kv.remove("firsthour/1/j/2").unwrap();
        kv.set(key::SPARE, " ").unwrap();
        kv.set("firsthour/lease", "{}").unwrap();
        assert!(kv.set("firsthour/1/j/3", &"x".repeat(60)).is_err(), "there is no room for it");
        assert_eq!(kv.waiting(), 5);
        let expected = [("firsthour/1/j/1", Some("other")), ("firsthour/1/j/2", None)];
        let expected = expected.map(|(key, text)| (key.to_owned(), text.map(str::to_owned)));
        assert_eq!(kv.take(), Batch::from(expected));
        assert!(kv.take().is_empty());
        assert_eq!(kv.waiting(), 0);
    }

    #[test]
    fn nothing_is_noted_where_there_is_no_mirror() {
        let kv = Mirrored::over(MemoryStore::new());
        kv.set("firsthour/1/j/1", "one").unwrap();
        kv.set_idle(true);
        kv.set("firsthour/1/j/2", "two").unwrap();
        assert!(kv.take().is_empty());
        kv.set_idle(false);
        kv.set("firsthour/1/j/3", "three").unwrap();
        assert_eq!(kv.take().into_keys().collect::<Vec<_>>(), ["firsthour/1/j/3"]);
    }
}
