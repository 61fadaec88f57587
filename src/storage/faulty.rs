//! A key-value store that misbehaves on purpose: it refuses, truncates, alters or forgets the n-th write, and can
//! be wound back to its state after any write, as a browser that was killed leaves it.

use crate::storage::kv::{KeyValue, KvError};
use crate::storage::memory::MemoryStore;
use std::cell::{Cell, RefCell};

/// One change to the store: a key with its new value, or without one where it was removed.
pub type Write = (String, Option<String>);

/// What goes wrong. Writes are counted from zero; removals count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// This write is refused.
    RefuseAt(usize, KvError),
    /// This write and every later one is refused.
    RefuseFrom(usize, KvError),
    /// This write keeps only the first half of its value and says that all is well.
    TruncateAt(usize),
    /// This write alters one character of its value and says that all is well.
    FlipAt(usize),
    /// This write is forgotten, and says that all is well.
    ForgetAt(usize),
}

/// A [`MemoryStore`] that records its writes and does wrong when told to.
#[derive(Debug, Default)]
pub struct FaultyStore {
    start: MemoryStore,
    now: MemoryStore,
    writes: RefCell<Vec<Write>>,
    attempts: Cell<usize>,
    fault: RefCell<Option<Fault>>,
}

impl FaultyStore {
    /// A store that begins with what is in this one.
    pub fn over(start: MemoryStore) -> Self {
        Self { now: start.clone(), start, ..Self::default() }
    }

    /// From now on this goes wrong; writes are counted anew.
    pub fn arm(&self, fault: Fault) {
        self.attempts.set(0);
        *self.fault.borrow_mut() = Some(fault);
    }

    /// From now on all goes well.
    pub fn disarm(&self) {
        *self.fault.borrow_mut() = None;
    }

    /// How many writes were made.
    pub fn writes(&self) -> usize {
        self.writes.borrow().len()
    }

    /// What the store held after so many writes.
    pub fn after(&self, writes: usize) -> MemoryStore {
        let state = self.start.clone();
        for (key, value) in self.writes.borrow().iter().take(writes) {
            // The double in memory refuses nothing that it took before.
            let _ = match value {
                Some(value) => state.set(key, value),
                None => state.remove(key),
            };
        }
        state
    }

    /// What the store holds now.
    pub fn now(&self) -> &MemoryStore {
        &self.now
    }

    fn write(&self, key: &str, value: Option<&str>) -> Result<(), KvError> {
        let place = self.attempts.replace(self.attempts.get() + 1);
        let value = match (&*self.fault.borrow(), value) {
            (Some(Fault::RefuseAt(at, error)), _) if *at == place => return Err(error.clone()),
            (Some(Fault::RefuseFrom(from, error)), _) if *from <= place => return Err(error.clone()),
            (Some(Fault::ForgetAt(at)), _) if *at == place => return Ok(()),
            (Some(Fault::TruncateAt(at)), Some(value)) if *at == place => {
                Some(value.chars().take(value.chars().count() / 2).collect())
            }
            (Some(Fault::FlipAt(at)), Some(value)) if *at == place => Some(flipped(value, value.len() / 2)),
            (_, value) => value.map(str::to_owned),
        };
        match &value {
            Some(value) => self.now.set(key, value)?,
            None => self.now.remove(key)?,
        }
        self.writes.borrow_mut().push((key.to_owned(), value));
        Ok(())
    }
}

/// The text with the lowest bit of one character turned over.
pub fn flipped(text: &str, place: usize) -> String {
    let place = place % text.chars().count().max(1);
    let turn = |c: char| char::from_u32(u32::from(c) ^ 1).unwrap_or('?');
    text.chars().enumerate().map(|(at, c)| if at == place { turn(c) } else { c }).collect()
}

impl KeyValue for FaultyStore {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.now.get(key)
    }

    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        self.write(key, Some(value))
    }

    fn remove(&self, key: &str) -> Result<(), KvError> {
        self.write(key, None)
    }

    fn keys(&self) -> Result<Vec<String>, KvError> {
        self.now.keys()
    }

    fn units(&self) -> Result<usize, KvError> {
        self.now.units()
    }
}
