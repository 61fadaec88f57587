//! The lease: which of several tabs writes.
//!
//! The writer keeps a record with its name and a heartbeat under one key; the others see it and only read. It needs
//! nothing but local storage, so it works on plain http, where browsers offer no locks. Time and names are
//! arguments.
//!
//! Two tabs that find the lease free at the same moment both write their record; the later one stands. Hence a tab
//! counts as writer only after it has read its own record back once more, [`SETTLE`] later. A holder whose timers
//! were frozen may still believe that it writes: the store notices at its next edit that it was overtaken.

use crate::storage::kv::{KeyValue, KvError};
use serde::{Deserialize, Serialize};

/// The key of the lease, outside of the notebook's keys so that it outlives an erasure.
pub const KEY: &str = "firsthour/lease";

/// How often the writer renews its heartbeat, in milliseconds.
pub const BEAT: i64 = 5_000;

/// After how many milliseconds without a heartbeat the lease is free. Browsers let a hidden tab's timers run only
/// once a minute, so it has to be longer than that.
pub const EXPIRES: i64 = 75_000;

/// How many milliseconds after taking a free lease a tab looks whether another took it too.
pub const SETTLE: i64 = 150;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    tab: String,
    beat: i64,
}

/// What this tab may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It has written its record; call [`Lease::tick`] again after [`SETTLE`] milliseconds.
    Settling,
    /// It writes; call [`Lease::tick`] again within [`BEAT`] milliseconds.
    Writer,
    /// Another tab writes; call [`Lease::tick`] from time to time to see whether it is gone.
    Reader,
}

/// This tab's view of the lease.
#[derive(Debug)]
pub struct Lease {
    tab: String,
    taken: Option<i64>,
    standing: Standing,
}

impl Lease {
    /// A tab with this name, which no other tab has: some random characters.
    pub fn new(tab: impl Into<String>) -> Self {
        Self { tab: tab.into(), taken: None, standing: Standing::Reader }
    }

    /// What this tab may do, as of the last call.
    pub fn standing(&self) -> Standing {
        self.standing
    }

    /// Takes the lease where it is free, renews it where it is this tab's, gives way where it is another's. Never
    /// takes it back from a tab that took it over.
    ///
    /// # Errors
    /// When the store cannot be read or written: then this tab does not count as the writer.
    pub fn tick(&mut self, kv: &impl KeyValue, now: i64) -> Result<Standing, KvError> {
        self.standing = Standing::Reader;
        let record = kv.get(KEY)?.and_then(|text| serde_json::from_str::<Record>(&text).ok());
        let free = match &record {
            None => true,
            // A clock that was set back must not make a lease hold forever, hence the distance either way.
            Some(record) => record.beat.abs_diff(now) > EXPIRES.unsigned_abs(),
        };
        let mine = record.is_some_and(|record| record.tab == self.tab);
        match self.taken {
            Some(since) if mine => {
                self.write(kv, now)?;
                let settled = now.abs_diff(since) >= SETTLE.unsigned_abs();
                self.standing = if settled { Standing::Writer } else { Standing::Settling };
            }
            Some(_) if !free => self.taken = None,
            _ if free || mine => return self.take_over(kv, now),
            _ => {}
        }
        Ok(self.standing)
    }

    /// Takes the lease, whoever has it: what a person asks for.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn take_over(&mut self, kv: &impl KeyValue, now: i64) -> Result<Standing, KvError> {
        self.standing = Standing::Reader;
        self.write(kv, now)?;
        self.taken = Some(now);
        self.standing = Standing::Settling;
        Ok(self.standing)
    }

    /// Gives the lease back when the tab closes, so that the next one need not wait.
    ///
    /// # Errors
    /// When the store cannot be read or written; the lease then expires by itself.
    pub fn release(&mut self, kv: &impl KeyValue) -> Result<(), KvError> {
        self.standing = Standing::Reader;
        self.taken = None;
        let record = kv.get(KEY)?.and_then(|text| serde_json::from_str::<Record>(&text).ok());
        if record.is_some_and(|record| record.tab == self.tab) { kv.remove(KEY) } else { Ok(()) }
    }

    fn write(&self, kv: &impl KeyValue, now: i64) -> Result<(), KvError> {
        let record = Record { tab: self.tab.clone(), beat: now };
        let text = serde_json::to_string(&record).map_err(|error| KvError::Other(error.to_string()))?;
        kv.set(KEY, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::memory::MemoryStore;

    fn pair() -> (MemoryStore, Lease, Lease) {
        (MemoryStore::new(), Lease::new("a"), Lease::new("b"))
    }

    #[test]
    fn the_first_tab_writes_and_the_second_reads() {
        let (kv, mut a, mut b) = pair();
        assert_eq!(a.tick(&kv, 0), Ok(Standing::Settling));
        assert_eq!(b.tick(&kv, 10), Ok(Standing::Reader));
        assert_eq!(a.tick(&kv, SETTLE), Ok(Standing::Writer));
        assert_eq!(b.tick(&kv, BEAT), Ok(Standing::Reader));
    }

    #[test]
    fn of_two_that_start_at_once_one_writes() {
        let (kv, mut a, mut b) = pair();
        a.tick(&kv, 0).unwrap();
        // Tab b read the store before tab a's record was there.
        b.take_over(&kv, 0).unwrap();
        assert_eq!(a.tick(&kv, SETTLE), Ok(Standing::Reader));
        assert_eq!(b.tick(&kv, SETTLE), Ok(Standing::Writer));
        assert_eq!(a.tick(&kv, BEAT), Ok(Standing::Reader));
    }

    #[test]
    fn a_tab_that_closed_makes_room_at_once_and_one_that_crashed_after_a_while() {
        let (kv, mut a, mut b) = pair();
        a.tick(&kv, 0).unwrap();
        a.tick(&kv, SETTLE).unwrap();
        assert_eq!(b.tick(&kv, EXPIRES), Ok(Standing::Reader));
        assert_eq!(b.tick(&kv, SETTLE + EXPIRES + 1), Ok(Standing::Settling));
        assert_eq!(b.tick(&kv, 2 * SETTLE + EXPIRES + 1), Ok(Standing::Writer));
        b.release(&kv).unwrap();
        assert_eq!(kv.get(KEY), Ok(None));
        let mut c = Lease::new("c");
        assert_eq!(c.tick(&kv, 2 * SETTLE + EXPIRES + 2), Ok(Standing::Settling));
    }

    #[test]
    fn a_tab_that_was_taken_over_gives_way_and_does_not_release_what_is_not_its_own() {
        let (kv, mut a, mut b) = pair();
        a.tick(&kv, 0).unwrap();
        a.tick(&kv, SETTLE).unwrap();
        b.take_over(&kv, 1_000).unwrap();
        assert_eq!(a.tick(&kv, 2_000), Ok(Standing::Reader));
        a.release(&kv).unwrap();
        assert_eq!(b.tick(&kv, 3_000), Ok(Standing::Writer));
    }

    #[test]
    fn a_damaged_record_and_a_clock_set_back_do_not_hold_the_lease_forever() {
        let (kv, mut a, mut b) = pair();
        kv.set(KEY, "{").unwrap();
        assert_eq!(a.tick(&kv, 9_000_000), Ok(Standing::Settling));
        assert_eq!(b.tick(&kv, 0), Ok(Standing::Settling));
    }

    #[test]
    fn a_tab_that_cannot_write_its_record_is_no_writer() {
        let kv = MemoryStore::new().with_quota(1);
        let mut a = Lease::new("a");
        assert!(a.tick(&kv, 0).is_err());
        assert_eq!(a.standing(), Standing::Reader);
    }
}
