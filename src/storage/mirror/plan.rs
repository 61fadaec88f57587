//! What a comparison comes to: what either side is given, and how it is written so that a kill in between loses nothing.

use crate::compact::Order as _;
use crate::storage::key;
use crate::storage::kv::{KeyValue, KvError};
use crate::storage::mirror::recorder::Batch;
use crate::storage::seal::Lock;
use std::collections::{BTreeMap, BTreeSet};

/// What has to be done so that both sides hold the whole notebook.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// What local storage is given.
    pub local: BTreeMap<String, String>,
    /// What local storage no longer needs.
    pub obsolete: BTreeSet<String>,
    /// What the mirror is given and rid of, in one transaction.
    pub mirror: Batch,
    /// What was found.
    pub found: Reconciled,
    /// What the side held that gave way, where it held edits that the other has never seen.
    pub fork: Option<BTreeMap<String, String>>,
}

/// What a comparison found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reconciled {
    /// How many edits local storage had lost and has back.
    pub edits: usize,
    /// Whether local storage had lost whole generations and has the newest back.
    pub generation: bool,
    /// How many texts were damaged or missing on one side and were taken from the other.
    pub healed: usize,
    /// Records that are named and nowhere to be found.
    pub missing: usize,
    /// The format of a newer program that wrote in one of the places; then nothing is done.
    pub newer: Option<u32>,
}

impl Reconciled {
    /// Whether local storage was given something back.
    pub fn brought_back(&self) -> bool {
        self.edits > 0 || self.generation || self.healed > 0
    }
}

impl Plan {
    /// Whether local storage is to be changed.
    pub fn changes_local(&self) -> bool {
        !self.local.is_empty() || !self.obsolete.is_empty()
    }

    /// Writes local storage's part: records, then the journal, then the manifests, and only then takes away what is no longer
    /// needed. A lock that is shut goes before all that it locks, one that is open after it: cut off in between, the page
    /// asks for the passphrase and then compares everything again. Where there is no room for both, the old goes first: all of it is safe in the mirror.
    ///
    /// # Errors
    /// When local storage does not take it. The mirror still holds everything, so that the next start can try again.
    pub fn write_local(&self, local: &impl KeyValue) -> Result<(), KvError> {
        let mut room_made = false;
        let mut texts: Vec<_> = self.local.iter().collect();
        texts.order_by_key(|(key, text)| match key.as_str() {
            key if key::LOCKS.contains(&key) => {
                if is_shut(text) {
                    0
                } else {
                    3
                }
            }
            key if key::MANIFESTS.contains(&key) => 2,
            _ => 1,
        });
        for (key, text) in texts {
            let mut written = local.set(key, text);
            if written == Err(KvError::Quota) && !room_made {
                room_made = true;
                local.remove(key::SPARE)?;
                self.remove_obsolete(local)?;
                written = local.set(key, text);
            }
            written?;
        }
        if !room_made {
            self.remove_obsolete(local)?;
        }
        Ok(())
    }

    fn remove_obsolete(&self, local: &impl KeyValue) -> Result<(), KvError> {
        self.obsolete.iter().try_for_each(|key| local.remove(key))
    }
}

fn is_shut(lock: &str) -> bool {
    Lock::read(lock).is_ok_and(|lock| lock.phase().is_some())
}
