//! The seal: a [`KeyValue`] around another that keeps the notebook's texts encrypted.
//!
//! It is always there. Without a lock it lets everything through; with one, nothing of the notebook can be read or written
//! until [`Sealed::unlock`]. Before each write it looks whether another tab has changed the lock, so that nothing is written
//! plain once the notebook is locked.

use crate::crypto::{Key, NoRandom, Random};
use crate::storage::key::{self, GUARD, LOCKS, SPARE};
use crate::storage::kv::{KeyValue, KvError, units};
use crate::storage::seal::codec;
use crate::storage::seal::lock::{Lock, LockError, Passkey, Phase, newest};
use crate::storage::seal::turning::Turning;
use std::cell::{Cell, RefCell};
use std::cmp::Ordering;

/// What stands between a person and the notebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Gate {
    /// Nothing.
    Open,
    /// A passphrase.
    Locked(Lock),
    /// The notebook is sealed, and its lock is gone or damaged: nobody can open it here.
    Lost,
    /// A newer program locked it, in this version.
    Newer(u32),
}

/// Another passphrase than the lock's was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong;

/// A notebook that was unlocked.
#[derive(Debug)]
pub enum Unlocked {
    /// All of it is sealed.
    Whole,
    /// Putting the seal on or taking it off was cut off, and has to go on.
    Unfinished(Turning),
}

/// What is done with texts.
enum Mode {
    /// They are let through.
    Open,
    /// None is let through.
    Shut,
    /// They are sealed and opened with this key.
    Keyed(Key, Phase),
}

/// A [`KeyValue`] that keeps the notebook encrypted where it is locked with a passphrase.
pub struct Sealed<K> {
    pub(super) inner: K,
    pub(super) source: Box<Random>,
    mode: RefCell<Mode>,
    revision: Cell<u64>,
    /// The first copy of the lock as this page knows it.
    seen: RefCell<Option<String>>,
}

impl<K: KeyValue> Sealed<K> {
    /// The seal around this store, and what stands before it. Mends the copy of the lock that is damaged or older.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub fn over(inner: K, source: Box<Random>) -> Result<(Self, Gate), KvError> {
        let sealed = Self {
            inner,
            source,
            mode: RefCell::new(Mode::Shut),
            revision: Cell::new(0),
            seen: RefCell::new(None),
        };
        let gate = match sealed.lock()? {
            Ok(lock) => {
                let lock = lock.unwrap_or_else(|| Lock::open(0));
                sealed.revision.set(lock.revision);
                if lock.phase().is_some() {
                    sealed.mend(&lock);
                    Gate::Locked(lock)
                } else if sealed.looks_sealed()? {
                    Gate::Lost
                } else {
                    *sealed.mode.borrow_mut() = Mode::Open;
                    Gate::Open
                }
            }
            Err(LockError::Newer(version)) => Gate::Newer(version),
            Err(LockError::Damaged) => Gate::Lost,
        };
        *sealed.seen.borrow_mut() = sealed.inner.get(LOCKS[0])?;
        Ok((sealed, gate))
    }

    /// What the texts lie in.
    pub fn inner(&self) -> &K {
        &self.inner
    }

    /// Opens the notebook with this passphrase.
    ///
    /// # Errors
    /// [`Wrong`].
    pub fn unlock(&self, lock: &Lock, passkey: &Passkey) -> Result<Unlocked, Wrong> {
        let data = lock.unlock(passkey).ok_or(Wrong)?;
        let phase = lock.phase().ok_or(Wrong)?;
        *self.mode.borrow_mut() = Mode::Keyed(data, phase);
        // Only older programs miss it.
        let _ = self.guard();
        Ok(match phase {
            Phase::Sealed => Unlocked::Whole,
            Phase::Sealing | Phase::Unsealing => Unlocked::Unfinished(Turning::resumed(passkey.clone())),
        })
    }

    /// The passphrase's key where it fits the lock as it is now.
    ///
    /// # Errors
    /// [`Wrong`], or why it cannot be told.
    pub fn check(&self, passphrase: &str) -> Result<Result<Passkey, Wrong>, KvError> {
        let Ok(Some(lock)) = self.lock()? else { return Ok(Err(Wrong)) };
        let passkey = lock.passkey(passphrase).map_err(|error| KvError::Other(error.to_string()))?;
        Ok(lock.unlock(&passkey).map(|_| passkey).ok_or(Wrong))
    }

    /// Locks with another passphrase. The notebook itself is not written anew.
    ///
    /// # Errors
    /// When the lock cannot be written; then the old passphrase still counts.
    pub fn change(&self, passkey: &Passkey) -> Result<(), KvError> {
        self.check_lock()?;
        let phase = self.phase().ok_or(KvError::Locked)?;
        self.shut(phase, passkey)
    }

    /// How far the seal is put on or taken off; none where there is none, or the notebook has not been unlocked.
    pub fn phase(&self) -> Option<Phase> {
        match &*self.mode.borrow() {
            Mode::Keyed(_, phase) => Some(*phase),
            Mode::Open | Mode::Shut => None,
        }
    }

    /// What this text says, as it lies under this key; none where it does not open. For whoever compares places where the
    /// notebook is kept.
    pub fn open_text(&self, key: &str, text: &str) -> Option<String> {
        match &*self.mode.borrow() {
            _ if !is_covered(key) => Some(text.to_owned()),
            Mode::Open => (!codec::is_sealed(text)).then(|| text.to_owned()),
            Mode::Shut => None,
            Mode::Keyed(_, Phase::Sealing | Phase::Unsealing) if !codec::is_sealed(text) => {
                Some(text.to_owned())
            }
            Mode::Keyed(data, _) => codec::open(data, place(key), text),
        }
    }

    /// How the lock here compares with that of another place where the notebook is kept, given as its texts: the newer one
    /// counts for both. A lock that cannot be read counts as none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn compare_lock<'a>(&self, there: impl IntoIterator<Item = &'a str>) -> Result<Ordering, KvError> {
        let rank = |lock: Result<Option<Lock>, LockError>| match lock {
            Ok(lock) => lock.map_or(0, |lock| lock.revision),
            Err(LockError::Damaged) => 0,
            Err(LockError::Newer(_)) => u64::MAX,
        };
        Ok(rank(self.lock()?).cmp(&rank(newest(there))))
    }

    /// The text as it lies under this key while the notebook is sealed.
    ///
    /// # Errors
    /// Where it is not, or was not unlocked.
    pub fn seal_text(&self, key: &str, text: &str) -> Result<String, KvError> {
        match &*self.mode.borrow() {
            Mode::Keyed(data, _) => codec::seal(data, &*self.source, place(key), text).map_err(no_random),
            Mode::Open | Mode::Shut => Err(KvError::Locked),
        }
    }

    /// Erases the notebook that is kept here, whoever locked it. The lock goes last, so that one that is cut off
    /// can be erased again.
    ///
    /// # Errors
    /// When something cannot be removed.
    pub fn erase(&self) -> Result<(), KvError> {
        for key in self.inner.keys()? {
            if key.starts_with(key::ROOT) && !LOCKS.contains(&key.as_str()) {
                self.inner.remove(&key)?;
            }
        }
        self.open_lock()
    }

    /// The lock as it is stored.
    fn lock(&self) -> Result<Result<Option<Lock>, LockError>, KvError> {
        let [a, b] = LOCKS;
        let texts = [self.inner.get(a)?, self.inner.get(b)?];
        Ok(newest(texts.iter().flatten().map(String::as_str)))
    }

    /// Writes both copies of a lock that is shut and works on in its phase.
    pub(super) fn shut(&self, phase: Phase, passkey: &Passkey) -> Result<(), KvError> {
        let data = match &*self.mode.borrow() {
            Mode::Keyed(data, _) => data.clone(),
            Mode::Open => Key::new(&*self.source).map_err(no_random)?,
            Mode::Shut => return Err(KvError::Locked),
        };
        let revision = self.revision.get() + 1;
        let lock = Lock::shut(revision, phase, passkey, &data, &*self.source).map_err(no_random)?;
        self.guard()?;
        self.put_lock(&lock)?;
        *self.mode.borrow_mut() = Mode::Keyed(data, phase);
        Ok(())
    }

    /// Writes both copies of a lock that is open and lets everything through.
    pub(super) fn open_lock(&self) -> Result<(), KvError> {
        self.put_lock(&Lock::open(self.revision.get() + 1))?;
        *self.mode.borrow_mut() = Mode::Open;
        // What is left of it keeps older programs out, until the next lock that is opened.
        let _ = self.inner.remove(GUARD);
        Ok(())
    }

    /// Once the first copy is there it counts; a second that is not is mended at the next start.
    fn put_lock(&self, lock: &Lock) -> Result<(), KvError> {
        let text = lock.write().map_err(|error| KvError::Other(error.to_string()))?;
        let [a, b] = LOCKS;
        self.put(a, &text)?;
        self.revision.set(lock.revision);
        *self.seen.borrow_mut() = Some(text.clone());
        let _ = self.put(b, &text);
        Ok(())
    }

    fn guard(&self) -> Result<(), KvError> {
        if self.inner.get(GUARD)?.is_some() { Ok(()) } else { self.put(GUARD, "") }
    }

    fn mend(&self, lock: &Lock) {
        let Ok(text) = lock.write() else { return };
        for place in LOCKS {
            if !matches!(self.inner.get(place), Ok(Some(there)) if there == text) {
                // The other copy is enough.
                let _ = self.put(place, &text);
            }
        }
    }

    /// Writes a text as it stands and reads it back. The room that is kept in reserve is given up for it.
    pub(super) fn put(&self, key: &str, text: &str) -> Result<(), KvError> {
        let mut written = self.inner.set(key, text);
        if written == Err(KvError::Quota) && self.inner.remove(SPARE).is_ok() {
            written = self.inner.set(key, text);
        }
        written?;
        match self.inner.get(key)? {
            Some(back) if back == text => Ok(()),
            _ => Err(KvError::Other(format!("`{key}` is not there as it was written; take a backup"))),
        }
    }

    /// Whether there is a sealed list of contents, which nothing but a lock explains.
    fn looks_sealed(&self) -> Result<bool, KvError> {
        for place in key::MANIFESTS {
            if self.inner.get(place)?.is_some_and(|text| codec::is_sealed(&text)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether the lock is still as this page knows it.
    fn check_lock(&self) -> Result<(), KvError> {
        if self.inner.get(LOCKS[0])? == *self.seen.borrow() {
            return Ok(());
        }
        match self.lock()? {
            Ok(lock) if lock.as_ref().map_or(0, |lock| lock.revision) == self.revision.get() => Ok(()),
            _ => Err(KvError::Locked),
        }
    }
}

/// Whether the text under this key is sealed: all of the notebook's but the lock itself and the filling.
pub(super) fn is_covered(key: &str) -> bool {
    key.starts_with(key::ROOT) && key != SPARE && !LOCKS.contains(&key)
}

/// What a text is sealed for: its key name, and for both places of the manifest the same.
fn place(key: &str) -> &str {
    if key::MANIFESTS.contains(&key) { key::MANIFEST } else { key }
}

pub(super) fn no_random(error: NoRandom) -> KvError {
    KvError::Other(error.to_string())
}

impl<K: KeyValue> KeyValue for Sealed<K> {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        if is_covered(key) && matches!(*self.mode.borrow(), Mode::Shut) {
            return Err(KvError::Locked);
        }
        let text = self.inner.get(key)?;
        Ok(text.map(|text| self.open_text(key, &text).unwrap_or_else(|| codec::unreadable(text))))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        if !is_covered(key) {
            return self.inner.set(key, value);
        }
        self.check_lock()?;
        let plain = matches!(*self.mode.borrow(), Mode::Open | Mode::Keyed(_, Phase::Unsealing));
        if plain { self.inner.set(key, value) } else { self.inner.set(key, &self.seal_text(key, value)?) }
    }

    fn remove(&self, key: &str) -> Result<(), KvError> {
        if is_covered(key) {
            self.check_lock()?;
        }
        self.inner.remove(key)
    }

    /// Without those of the lock: they are no part of the notebook, and outlive its erasure.
    fn keys(&self) -> Result<Vec<String>, KvError> {
        let mut keys = self.inner.keys()?;
        keys.retain(|key| !LOCKS.contains(&key.as_str()));
        Ok(keys)
    }

    fn units(&self) -> Result<usize, KvError> {
        self.inner.units()
    }

    fn cost(&self, key: &str, value: &str) -> usize {
        match &*self.mode.borrow() {
            Mode::Keyed(_, Phase::Sealing | Phase::Sealed) if is_covered(key) => {
                units(key) + codec::units_sealed(value)
            }
            _ => self.inner.cost(key, value),
        }
    }
}
