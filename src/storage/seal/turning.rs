//! Putting the seal on and taking it off: the lock first, then record by record, then the lock again.
//!
//! Meanwhile the page works on: what it writes is sealed (or, where the seal is taken off, plain), and both kinds are read.
//! Cut off anywhere, some records are sealed and some plain, and the lock says so; the next unlocking goes on with it.
//!
//! Another tab may write one more plain text in the moment in which it has not heard of the lock yet. Hence everything is
//! looked through once more after a while, before plain texts are no longer let in.

use crate::storage::kv::{KeyValue, KvError, units};
use crate::storage::seal::codec;
use crate::storage::seal::lock::{Passkey, Phase};
use crate::storage::seal::sealed::{Sealed, is_covered};
use std::collections::VecDeque;

/// How many milliseconds later everything is looked through once more.
pub const SETTLE: u32 = 400;

/// A seal that is being put on or taken off.
#[derive(Debug)]
#[must_use = "a notebook that is half sealed shows half of itself to others"]
pub struct Turning {
    passkey: Passkey,
    /// The keys that are still to be looked at; none before they were listed.
    keys: Option<VecDeque<String>>,
    of: usize,
}

impl Turning {
    /// One that was cut off.
    pub(super) fn resumed(passkey: Passkey) -> Self {
        Self { passkey, keys: None, of: 0 }
    }

    /// How many records are done, of how many.
    pub fn progress(&self) -> (usize, usize) {
        (self.of - self.keys.as_ref().map_or(self.of, VecDeque::len), self.of)
    }

    /// Looks through everything once more.
    pub fn again(&mut self) {
        self.keys = None;
    }
}

impl<K: KeyValue> Sealed<K> {
    /// How many units more the notebook takes sealed than plain; fewer count as none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn growth(&self) -> Result<usize, KvError> {
        let (mut sealed, mut plain) = (0, 0);
        for key in self.inner.keys()?.iter().filter(|key| is_covered(key)) {
            if let Some(text) = self.inner.get(key)? {
                plain += units(&text);
                sealed += codec::units_sealed(&text);
            }
        }
        Ok(sealed.saturating_sub(plain))
    }

    /// Begins to lock an open notebook with this passphrase. From now on everything that is written is sealed.
    ///
    /// # Errors
    /// When the lock cannot be written; then nothing has changed.
    pub fn begin_sealing(&self, passkey: Passkey) -> Result<Turning, KvError> {
        if self.phase().is_some() {
            return Err(KvError::Locked);
        }
        self.shut(Phase::Sealing, &passkey)?;
        Ok(Turning::resumed(passkey))
    }

    /// Begins to take the lock off. From now on everything that is written is plain.
    ///
    /// # Errors
    /// When the lock cannot be written; then nothing has changed.
    pub fn begin_unsealing(&self, passkey: Passkey) -> Result<Turning, KvError> {
        if self.phase().is_none() {
            return Err(KvError::Locked);
        }
        self.shut(Phase::Unsealing, &passkey)?;
        Ok(Turning::resumed(passkey))
    }

    /// Turns one more record; says whether there are more.
    ///
    /// # Errors
    /// When it cannot be written. Everything can still be read; the next step tries it again.
    pub fn turn(&self, turning: &mut Turning) -> Result<bool, KvError> {
        let keys = match &mut turning.keys {
            Some(keys) => keys,
            None => {
                let keys: VecDeque<_> =
                    self.inner.keys()?.into_iter().filter(|key| is_covered(key)).collect();
                turning.of = keys.len();
                turning.keys.insert(keys)
            }
        };
        if let Some(key) = keys.front() {
            self.turn_one(key)?;
            keys.pop_front();
        }
        Ok(!keys.is_empty())
    }

    fn turn_one(&self, key: &str) -> Result<(), KvError> {
        let Some(text) = self.inner.get(key)? else { return Ok(()) };
        let opened = codec::is_sealed(&text).then(|| self.open_text(key, &text)).flatten();
        match (self.phase(), opened) {
            (Some(Phase::Unsealing), Some(opened)) => self.put(key, &opened),
            // Also what is damaged: it may be a text of the notebook with one character wrong.
            (Some(Phase::Sealing), None) => {
                let sealed = self.seal_text(key, &text)?;
                self.put(key, &sealed)
            }
            _ => Ok(()),
        }
    }

    /// Ends it: from now on the notebook is sealed, or open. Everything has to have been turned.
    ///
    /// # Errors
    /// When the lock cannot be written; then it goes on at the next unlocking.
    pub fn conclude(&self, turning: Turning) -> Result<(), KvError> {
        match self.phase() {
            Some(Phase::Sealing) => self.shut(Phase::Sealed, &turning.passkey),
            Some(Phase::Unsealing) => self.open_lock(),
            Some(Phase::Sealed) | None => Ok(()),
        }
    }

    /// All of it at once, where nobody is waiting and no other tab is there.
    ///
    /// # Errors
    /// As [`Sealed::turn`] and [`Sealed::conclude`].
    pub fn finish(&self, mut turning: Turning) -> Result<(), KvError> {
        while self.turn(&mut turning)? {}
        self.conclude(turning)
    }
}
