//! A key-value store in memory: what the page falls back to where the browser keeps nothing, and what tests run on.

use crate::compact::Gather as _;
use crate::storage::kv::{KeyValue, KvError, units};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// Texts under keys, gone when the page closes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemoryStore {
    texts: RefCell<BTreeMap<String, String>>,
    used: Cell<usize>,
    quota: Option<usize>,
}

impl MemoryStore {
    /// An empty store without a limit.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same store with room for this many UTF-16 units, keys included.
    #[must_use]
    pub fn with_quota(mut self, quota: usize) -> Self {
        self.quota = Some(quota);
        self
    }

    /// Everything in it.
    pub fn texts(&self) -> BTreeMap<String, String> {
        self.texts.borrow().clone()
    }

    /// How many units this key takes with its text.
    fn taken(&self, key: &str) -> usize {
        self.texts.borrow().get(key).map_or(0, |text| units(key) + units(text))
    }
}

impl FromIterator<(String, String)> for MemoryStore {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(texts: T) -> Self {
        let texts: BTreeMap<String, String> = texts.into_iter().gather();
        let used = texts.iter().map(|(key, text)| units(key) + units(text)).sum();
        Self { texts: RefCell::new(texts), used: Cell::new(used), quota: None }
    }
}

impl KeyValue for MemoryStore {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        Ok(self.texts.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        let (old, new) = (self.taken(key), units(key) + units(value));
        let used = self.used.get() - old + new;
        // Browsers let a value shrink even where the store is over its limit.
        if new > old && self.quota.is_some_and(|quota| used > quota) {
            return Err(KvError::Quota);
        }
        self.texts.borrow_mut().insert(key.to_owned(), value.to_owned());
        self.used.set(used);
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), KvError> {
        self.used.set(self.used.get() - self.taken(key));
        self.texts.borrow_mut().remove(key);
        Ok(())
    }

    fn keys(&self) -> Result<Vec<String>, KvError> {
        Ok(self.texts.borrow().keys().cloned().collect())
    }

    fn units(&self) -> Result<usize, KvError> {
        Ok(self.used.get())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_does_not_fit_leaves_the_old_one_and_shrinking_always_works() {
        let store = MemoryStore::new().with_quota(6);
        store.set("k", "12345").unwrap();
        assert_eq!(store.set("k", "123456"), Err(KvError::Quota));
        assert_eq!(store.get("k").unwrap().as_deref(), Some("12345"));
        assert_eq!(store.set("j", ""), Err(KvError::Quota));
        store.set("k", "1").unwrap();
        store.set("j", "").unwrap();
        assert_eq!(store.units().unwrap(), 3);
    }

    #[test]
    fn room_is_counted_in_utf_16_units_with_the_keys() {
        let store = MemoryStore::new();
        store.set("ä", "𝄞").unwrap();
        assert_eq!(store.units().unwrap(), 3);
        let same: MemoryStore = store.texts().into_iter().collect();
        assert_eq!(same, store);
        store.remove("ä").unwrap();
        store.remove("ä").unwrap();
        assert_eq!(store.units().unwrap(), 0);
    }
}
