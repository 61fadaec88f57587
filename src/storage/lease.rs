//! The lease: which of several tabs writes generations.
//!
//! Every tab appends its edits to the journal; only the one that holds the lease folds them into snapshots, imports
//! and erases. The lease is a record under one key of local storage, with the holder's name and a heartbeat, and
//! nothing else: browsers offer locks only on secure origins, and one way that works everywhere, also on plain http
//! in a lab, is tested twice as well as two. Time and names are arguments.
//!
//! A tab sees its own writes at once and those of others a little later ([`LAG`]), and a tab that the browser froze sees
//! everything late. Two holders at once would both write a generation, so the times are chosen for that never to be:
//!
//! - A holder writes only within [`GRACE`] of the moment when it last found the record to be its own. After a longer
//!   pause, be it that it was frozen, it looks on for [`SETTLE`] first. What it writes at a time takes no longer than
//!   [`STEP`].
//! - Who finds the lease free takes it and waits [`SETTLE`]: if two took it, both see then who was later.
//! - Who wants the lease asks. A holder that is alive answers at once, also in a hidden tab, and hands it over, unless
//!   it is in a large save. One that does not answer within [`ANSWER`] is frozen or gone. The lease is taken from it,
//!   and used only after [`FORCED`]: by then whatever it was about to write is written and seen.

use crate::storage::key;
use crate::storage::kv::{KeyValue, KvError};
use crate::storage::stamp::TabId;
use serde::{Deserialize, Serialize};

/// The key of the lease, outside of the notebook's keys so that it outlives an erasure.
pub const KEY: &str = "firsthour/lease";

/// The key under which a tab asks for it.
pub const WANTED: &str = "firsthour/lease-wanted";

/// How late a tab that runs sees what another wrote, in milliseconds: a generous guess, as browsers promise nothing.
pub const LAG: i64 = 400;

/// The longest that a holder writes without looking, in milliseconds.
pub const STEP: i64 = 500;

/// How long after it last looked a holder may begin to write, in milliseconds.
pub const GRACE: i64 = 1_500;

/// How long a tab that found the lease free, or its own after a pause, looks on before it uses it.
pub const SETTLE: i64 = 2 * LAG + STEP;

/// How long a tab that took the lease from another looks on before it uses it.
pub const FORCED: i64 = GRACE + STEP + LAG;

/// How long a tab that asks waits for an answer.
pub const ANSWER: i64 = 1_500;

/// How often a tab looks at the lease, so that a holder that is awake may write at any moment.
pub const LOOK: i64 = 1_000;

/// How often the holder renews its heartbeat.
pub const BEAT: i64 = 5_000;

/// After how many milliseconds without a heartbeat the lease may be taken without asking.
pub const EXPIRES: i64 = 75_000;

/// After how many milliseconds without a heartbeat a large save is taken for dead.
const STALLED: i64 = 10_000;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Record {
    tab: TabId,
    beat: i64,
    /// Whether the holder is in a large save.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    busy: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Wanted {
    tab: TabId,
    at: i64,
}

/// What this tab may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Another tab has the lease, or nobody.
    Other,
    /// It is this tab's, but it has to look on before it may write.
    Settling,
    /// This tab may write a generation now.
    Holder,
}

#[derive(Debug, Clone, Copy)]
enum State {
    Other,
    Asking { since: i64, last: i64 },
    Settling { since: i64, last: i64, wait: i64 },
    Held { last: i64 },
}

/// This tab's view of the lease.
#[derive(Debug)]
pub struct Lease {
    tab: TabId,
    state: State,
    beat: i64,
    busy: bool,
}

impl Lease {
    /// The lease as the tab of this name sees it.
    pub fn new(tab: TabId) -> Self {
        Self { tab, state: State::Other, beat: 0, busy: false }
    }

    /// What this tab may do, as of the last look.
    pub fn standing(&self) -> Standing {
        match self.state {
            State::Other | State::Asking { .. } => Standing::Other,
            State::Settling { .. } => Standing::Settling,
            State::Held { .. } => Standing::Holder,
        }
    }

    /// Looks whether this tab may write now: before each step of a save or fold. Takes nothing.
    ///
    /// # Errors
    /// When the store cannot be read or written: then this tab does not hold the lease.
    pub fn look(&mut self, kv: &impl KeyValue, now: i64) -> Result<Standing, KvError> {
        let before = std::mem::replace(&mut self.state, State::Other);
        let mine = read(kv)?.is_some_and(|record| record.tab == self.tab);
        let pause = |last: i64| now.abs_diff(last) > GRACE.unsigned_abs();
        let settling = State::Settling { since: now, last: now, wait: SETTLE };
        self.state = match before {
            State::Asking { .. } if !mine => before,
            _ if !mine => State::Other,
            State::Held { last } | State::Asking { last, .. } if !pause(last) => State::Held { last: now },
            State::Settling { since, last, wait } if !pause(last) => {
                if now.abs_diff(since) >= wait.unsigned_abs() {
                    State::Held { last: now }
                } else {
                    State::Settling { since, last: now, wait }
                }
            }
            State::Settling { wait, .. } => State::Settling { since: now, last: now, wait },
            _ => settling,
        };
        if matches!((before, self.state), (State::Asking { .. }, State::Held { .. } | State::Settling { .. }))
        {
            kv.remove(WANTED)?;
        }
        let due = if self.busy { LOOK } else { BEAT };
        if matches!(self.state, State::Held { .. }) && now.abs_diff(self.beat) >= due.unsigned_abs() {
            self.write(kv, now)?;
        }
        Ok(self.standing())
    }

    /// Looks, answers who asks, and takes the lease where it is free: what every tab does every [`LOOK`].
    ///
    /// # Errors
    /// When the store cannot be read or written: then this tab does not hold the lease.
    pub fn tick(&mut self, kv: &impl KeyValue, now: i64) -> Result<Standing, KvError> {
        self.look(kv, now)?;
        self.answer(kv, now)?;
        if matches!(self.state, State::Other) {
            self.take_free(kv, now)?;
        }
        Ok(self.standing())
    }

    /// Asks for the lease. Call again every tenth of a second or so until this tab is [`Standing::Holder`]. It is taken
    /// from a holder that does not answer, and never from one that is in a large save and alive.
    ///
    /// # Errors
    /// When the store cannot be read or written: then this tab does not hold the lease.
    pub fn ask(&mut self, kv: &impl KeyValue, now: i64) -> Result<Standing, KvError> {
        if self.look(kv, now)? != Standing::Other || self.take_free(kv, now)? {
            return Ok(self.standing());
        }
        let saves = read(kv)?.is_some_and(|record| record.busy && age(&record, now) <= STALLED);
        match self.state {
            State::Asking { since, last } if now.abs_diff(last) <= GRACE.unsigned_abs() && !saves => {
                if now.abs_diff(since) >= ANSWER.unsigned_abs() {
                    self.take(kv, now, FORCED)?;
                } else {
                    self.state = State::Asking { since, last: now };
                }
            }
            _ => {
                self.state = State::Asking { since: now, last: now };
                let wanted = Wanted { tab: self.tab, at: now };
                put(kv, WANTED, &wanted)?;
            }
        }
        Ok(self.standing())
    }

    /// Hands the lease over to a tab that asks for it, unless this one is in a large save: as soon as the browser says
    /// that [`WANTED`] changed.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub fn answer(&mut self, kv: &impl KeyValue, now: i64) -> Result<(), KvError> {
        if self.busy || self.standing() == Standing::Other {
            return Ok(());
        }
        let wanted = kv.get(WANTED)?.and_then(|text| serde_json::from_str::<Wanted>(&text).ok());
        let Some(wanted) = wanted.filter(|wanted| wanted.tab != self.tab) else { return Ok(()) };
        // Who asked long ago is gone or has asked again.
        let mine = read(kv)?.is_some_and(|record| record.tab == self.tab);
        if mine && now.abs_diff(wanted.at) <= STALLED.unsigned_abs() {
            put(kv, KEY, &Record { tab: wanted.tab, beat: now, busy: false })?;
            self.state = State::Other;
        }
        Ok(())
    }

    /// Says that a large save of this tab begins or ends. While it lasts the lease is not handed over.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn set_busy(&mut self, kv: &impl KeyValue, now: i64, busy: bool) -> Result<(), KvError> {
        self.busy = busy;
        if matches!(self.state, State::Held { .. }) { self.write(kv, now) } else { Ok(()) }
    }

    /// Gives the lease back when the tab closes, so that the next one need not wait.
    ///
    /// # Errors
    /// When the store cannot be read or written; the lease is then taken from it.
    pub fn release(&mut self, kv: &impl KeyValue) -> Result<(), KvError> {
        self.state = State::Other;
        if read(kv)?.is_some_and(|record| record.tab == self.tab) { kv.remove(KEY) } else { Ok(()) }
    }

    /// Takes the lease if nobody has it; says whether it did.
    fn take_free(&mut self, kv: &impl KeyValue, now: i64) -> Result<bool, KvError> {
        let wait = match read(kv)? {
            None => SETTLE,
            Some(record) if age(&record, now) > EXPIRES => FORCED,
            Some(_) => return Ok(false),
        };
        self.take(kv, now, wait).map(|()| true)
    }

    fn take(&mut self, kv: &impl KeyValue, now: i64, wait: i64) -> Result<(), KvError> {
        self.state = State::Other;
        self.write(kv, now)?;
        self.state = State::Settling { since: now, last: now, wait };
        Ok(())
    }

    fn write(&mut self, kv: &impl KeyValue, now: i64) -> Result<(), KvError> {
        put(kv, KEY, &Record { tab: self.tab, beat: now, busy: self.busy })?;
        self.beat = now;
        Ok(())
    }
}

/// How old a record's heartbeat is. A clock that was set back must not make a lease hold forever, hence the distance
/// either way.
fn age(record: &Record, now: i64) -> i64 {
    i64::try_from(record.beat.abs_diff(now)).unwrap_or(i64::MAX)
}

fn read(kv: &impl KeyValue) -> Result<Option<Record>, KvError> {
    Ok(kv.get(KEY)?.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Writes a record. In a store that is full the spare gives way: without the lease nothing could be folded or deleted.
fn put(kv: &impl KeyValue, place: &str, record: &impl Serialize) -> Result<(), KvError> {
    let text = serde_json::to_string(record).map_err(|error| KvError::Other(error.to_string()))?;
    match kv.set(place, &text) {
        Err(KvError::Quota) => {
            kv.remove(key::SPARE)?;
            kv.set(place, &text)
        }
        written => written,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::memory::MemoryStore;

    fn pair() -> (MemoryStore, Lease, Lease) {
        let [a, b] = [1, 2].map(|number| Lease::new(TabId::random([number; 5])));
        (MemoryStore::new(), a, b)
    }

    /// Calls it every tenth of a second up to a time, and gives back when this tab became the holder.
    fn until_holder(
        mut call: impl FnMut(i64) -> Result<Standing, KvError>,
        from: i64,
        to: i64,
    ) -> Option<i64> {
        (from..=to).step_by(100).find(|now| call(*now) == Ok(Standing::Holder))
    }

    #[test]
    fn a_free_lease_is_used_only_after_looking_on() {
        let (kv, mut a, mut b) = pair();
        assert_eq!(a.tick(&kv, 0), Ok(Standing::Settling));
        assert_eq!(b.tick(&kv, 10), Ok(Standing::Other));
        assert_eq!(a.look(&kv, SETTLE - 1), Ok(Standing::Settling));
        assert_eq!(a.look(&kv, SETTLE), Ok(Standing::Holder));
        assert_eq!(b.tick(&kv, SETTLE + BEAT), Ok(Standing::Other));
    }

    #[test]
    fn of_two_that_find_it_free_at_once_the_later_has_it() {
        let (kv, mut a, mut b) = pair();
        a.tick(&kv, 0).unwrap();
        // Tab b read the store before tab a's record was there.
        b.take(&kv, 0, SETTLE).unwrap();
        assert_eq!(a.look(&kv, SETTLE), Ok(Standing::Other));
        assert_eq!(b.look(&kv, SETTLE), Ok(Standing::Holder));
    }

    #[test]
    fn who_asks_gets_it_at_once_from_a_holder_that_is_alive_but_not_in_a_large_save() {
        let (kv, mut a, mut b) = pair();
        until_holder(|now| a.tick(&kv, now), 0, SETTLE).unwrap();
        let now = SETTLE + 100;
        a.set_busy(&kv, now, true).unwrap();
        assert_eq!(b.ask(&kv, now), Ok(Standing::Other));
        a.answer(&kv, now).unwrap();
        let later = now + 20_000;
        let mut both = |now| {
            a.look(&kv, now).unwrap();
            a.answer(&kv, now).unwrap();
            b.ask(&kv, now)
        };
        assert_eq!(until_holder(&mut both, now, later), None);
        assert_eq!(a.look(&kv, later), Ok(Standing::Holder));
        a.set_busy(&kv, later, false).unwrap();
        a.answer(&kv, later).unwrap();
        assert_eq!(a.standing(), Standing::Other);
        assert_eq!(b.ask(&kv, later + 50), Ok(Standing::Holder));
        assert_eq!(kv.get(WANTED), Ok(None));
    }

    #[test]
    fn from_a_holder_that_does_not_answer_it_is_taken() {
        let (kv, mut a, mut b) = pair();
        until_holder(|now| a.tick(&kv, now), 0, SETTLE).unwrap();
        let asked = SETTLE + 1_000;
        let got = until_holder(|now| b.ask(&kv, now), asked, asked + 10_000).unwrap();
        assert!(got >= asked + ANSWER + FORCED && got < asked + ANSWER + FORCED + 300, "{got}");
        // Even if it wakes up and asks nobody.
        assert_eq!(a.look(&kv, got), Ok(Standing::Other));
    }

    #[test]
    fn a_large_save_that_died_does_not_hold_it() {
        let (kv, mut a, mut b) = pair();
        until_holder(|now| a.tick(&kv, now), 0, SETTLE).unwrap();
        a.set_busy(&kv, SETTLE, true).unwrap();
        let got = until_holder(|now| b.ask(&kv, now), SETTLE, SETTLE + 30_000).unwrap();
        assert!(got >= SETTLE + STALLED, "{got}");
    }

    #[test]
    fn a_holder_that_was_frozen_looks_on_before_it_writes() {
        let (kv, mut a, _) = pair();
        until_holder(|now| a.tick(&kv, now), 0, SETTLE).unwrap();
        let thaw = SETTLE + GRACE + 1;
        assert_eq!(a.look(&kv, thaw), Ok(Standing::Settling));
        assert_eq!(a.look(&kv, thaw + GRACE + 1), Ok(Standing::Settling), "frozen again while looking on");
        assert_eq!(
            until_holder(|now| a.look(&kv, now), thaw + 5_000, thaw + 9_000),
            Some(thaw + 5_000 + SETTLE)
        );
    }

    #[test]
    fn a_tab_that_closed_makes_room_at_once_and_one_that_crashed_after_a_while() {
        let (kv, mut a, mut b) = pair();
        let held = until_holder(|now| a.tick(&kv, now), 0, SETTLE).unwrap();
        assert_eq!(b.tick(&kv, held + EXPIRES - BEAT), Ok(Standing::Other));
        assert_eq!(b.tick(&kv, held + EXPIRES + 1), Ok(Standing::Settling));
        let now = until_holder(|now| b.tick(&kv, now), held + EXPIRES + 1, held + EXPIRES + 9_000).unwrap();
        b.release(&kv).unwrap();
        assert_eq!(kv.get(KEY), Ok(None));
        assert_eq!(a.tick(&kv, now), Ok(Standing::Settling));
        // What is not its own it does not release.
        b.release(&kv).unwrap();
        assert_ne!(kv.get(KEY), Ok(None));
    }

    #[test]
    fn a_damaged_record_and_a_clock_set_back_do_not_hold_the_lease_forever() {
        let (kv, mut a, mut b) = pair();
        kv.set(KEY, "{").unwrap();
        assert_eq!(a.tick(&kv, 9_000_000), Ok(Standing::Settling));
        assert_eq!(b.tick(&kv, 0), Ok(Standing::Settling));
    }

    #[test]
    fn a_full_store_gives_up_its_spare_for_the_lease_and_without_it_nobody_holds() {
        let kv = MemoryStore::new().with_quota(key::SPARE.len() + 100);
        kv.set(key::SPARE, &" ".repeat(100)).unwrap();
        let mut a = Lease::new(TabId::random([1; 5]));
        assert_eq!(a.tick(&kv, 0), Ok(Standing::Settling));
        let kv = MemoryStore::new().with_quota(1);
        assert!(a.tick(&kv, 0).is_err());
        assert_eq!(a.standing(), Standing::Other);
    }
}
