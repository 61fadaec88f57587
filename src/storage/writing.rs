//! The writes below a generation: a text that is read back, the two places of the manifest, the filling.

use crate::compact::Gather as _;
use crate::storage::key;
use crate::storage::kv::{KeyValue, KvError, units};
use crate::storage::manifest::{FORMAT, Manifest};
use crate::storage::refused::NotSaved;
use crate::storage::room;
use crate::storage::stamp::Folded;
use crate::storage::store::Store;
use std::collections::BTreeSet;

impl<K: KeyValue> Store<K> {
    /// Writes a manifest that changes nothing where there is none yet, or one of an earlier format: without one a
    /// later start could not tell a new notebook from a damaged one, and an earlier program must not take what
    /// this one appends for something else. Any tab may do so: they all write the same.
    pub(super) fn write_head(&mut self) -> Result<(), NotSaved> {
        let written = self.manifest.as_deref().and_then(|text| Manifest::read(text).ok());
        if written.is_some_and(|written| written.format == FORMAT) {
            return Ok(());
        }
        let generation = self.newest + 1;
        let text = self.manifest(generation, self.journal.next, self.journal.folded.clone()).write()?;
        self.write_manifest(&text)?;
        self.mirror_manifest(&text);
        (self.generation, self.newest, self.manifest) = (generation, generation, Some(text));
        self.hold_spare();
        Ok(())
    }

    /// The manifest of what is on disk, but with these numbers.
    pub(super) fn manifest(&self, generation: u64, journal: u64, folded: Folded) -> Manifest {
        Manifest {
            format: FORMAT,
            generation,
            journal,
            folded,
            preparation: self.preparation,
            quick: self.quick.values().copied().gather::<BTreeSet<u64>>().into_iter().collect(),
            pages: self.pages.iter().map(|(page, place)| (*page, *place)).collect(),
            aside: self.aside.clone(),
        }
    }

    /// Writes the manifest to one place: the one that does not hold the newest whole one. Once it is there the save
    /// has succeeded.
    pub(super) fn write_manifest(&mut self, text: &str) -> Result<(), NotSaved> {
        let [a, b] = key::MANIFESTS;
        let read = |key: &str| self.kv.get(key).map_err(NotSaved::Failed);
        let (in_a, in_b) = (read(a)?, read(b)?);
        let only_a = self.manifest.is_some() && in_a == self.manifest && in_b != self.manifest;
        let (place, old) = if only_a { (b, in_b) } else { (a, in_a) };
        self.put(place, text, true).inspect_err(|_| {
            // What stands there now is unknown; what stood there was right.
            let _ = match old {
                Some(old) => self.kv.set(place, &old),
                None => self.kv.remove(place),
            };
            self.recount();
        })
    }

    /// Writes the manifest to the other place too, so that either can be lost. Should it fail, the next save writes
    /// that place first.
    pub(super) fn mirror_manifest(&mut self, text: &str) {
        for place in key::MANIFESTS {
            if !matches!(self.kv.get(place), Ok(Some(there)) if there == text) {
                let _ = self.put(place, text, true);
            }
        }
    }

    /// Removes what belongs to no generation any more. What cannot be removed now is tried again next time.
    pub(super) fn sweep(&mut self) {
        let kv = &self.kv;
        self.garbage.retain(|key| kv.remove(key).is_err());
        self.recount();
    }

    /// Writes a text and reads it back. A save that frees room may give up the spare for it.
    pub(super) fn put(&mut self, key: &str, text: &str, may_use_spare: bool) -> Result<(), NotSaved> {
        let old = self.kv.get(key).map_err(NotSaved::Failed)?;
        let cost = self.kv.cost(key, text);
        let mut written = self.kv.set(key, text);
        if written == Err(KvError::Quota) && may_use_spare && self.kv.remove(key::SPARE).is_ok() {
            self.spare = 0;
            self.recount();
            written = self.kv.set(key, text);
        }
        if written == Err(KvError::Quota) && self.learn_capacity(cost) {
            written = self.kv.set(key, text);
        }
        match written {
            Ok(()) => {}
            Err(KvError::Quota) => {
                let free = self.free().min(cost.saturating_sub(1));
                return Err(NotSaved::Full { needed: cost, free });
            }
            Err(error) => return Err(NotSaved::Failed(error)),
        }
        let freed = old.map_or(0, |old| self.kv.cost(key, &old));
        self.used = (self.used + cost).saturating_sub(freed);
        match self.kv.get(key) {
            Ok(Some(back)) if back == text => Ok(()),
            _ => {
                // Left there it would come up as damaged at the next start.
                let _ = self.kv.remove(key);
                self.recount();
                Err(NotSaved::NotKept(key.to_owned()))
            }
        }
    }

    /// Learns from a write of so many units that was refused: the browser gives less than was thought, or others took
    /// it. Says whether that made the filling smaller, so that the write may fit now.
    fn learn_capacity(&mut self, cost: usize) -> bool {
        self.recount();
        self.capacity = self.capacity.min(self.used + cost);
        let fitting = room::spare(self.capacity);
        let shrunk = self.spare > fitting && self.kv.set(key::SPARE, &" ".repeat(fitting)).is_ok();
        if shrunk {
            self.spare = fitting;
            self.recount();
        }
        shrunk
    }

    /// Counts again what is taken: other programs of the origin write too, and putting a seal on or taking it off
    /// changes the length of every record.
    pub fn recount(&mut self) {
        if let (Ok(used), Ok(spare)) = (self.kv.units(), self.kv.get(key::SPARE)) {
            self.used = used;
            // Another tab may have given it up or laid it up.
            self.spare = spare.map_or(0, |filling| units(&filling));
        }
    }

    /// Lays up the spare again where there is room for it.
    pub(super) fn hold_spare(&mut self) {
        let wanted = room::spare(self.capacity);
        let fits = self.used + wanted + room::TO_DELETE <= self.capacity;
        // Without it everything works but the last resort.
        if self.spare == 0 && fits && self.put(key::SPARE, &" ".repeat(wanted), false).is_ok() {
            self.spare = wanted;
        }
    }
}
