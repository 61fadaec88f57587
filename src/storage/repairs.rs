//! What was found damaged when the notebook was opened, now and at earlier starts: a list for people to read.
//!
//! The report of a start is gone with the page, and the first save after it makes the store whole again. Whoever missed
//! the notice then could never learn that something was lost, so every report that is not clean is written down.

use crate::model::Time;
use crate::storage::aside::Aside;
use crate::storage::frame::{frame, unframe};
use crate::storage::key;
use crate::storage::kv::KeyValue;
use crate::storage::recovery::{Mended, Report};
use serde::{Deserialize, Serialize};

/// How many are remembered.
const MOST: usize = 20;

/// What one start found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repair {
    /// When it was found.
    pub at: Time,
    /// How many edits were missing between others.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub missing_edits: u64,
    /// What was put right without any loss.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mended: Vec<Mended>,
    /// What could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub set_aside: Vec<Aside>,
}

// Serde calls this with a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(count: &u64) -> bool {
    *count == 0
}

impl Repair {
    /// What a start found, then.
    pub fn new(at: Time, report: &Report) -> Self {
        Self {
            at,
            missing_edits: report.missing_edits,
            mended: report.mended.clone(),
            set_aside: report.set_aside.clone(),
        }
    }

    /// Whether another start found the same: nothing was saved in between.
    fn is_same(&self, other: &Self) -> bool {
        Self { at: other.at.clone(), ..self.clone() } == *other
    }
}

/// What was found at this and earlier starts, the newest last. A list that cannot be read counts as none: it is not part
/// of the notebook.
pub fn read(kv: &impl KeyValue) -> Vec<Repair> {
    let text = kv.get(key::REPAIRS).ok().flatten().unwrap_or_default();
    let json = unframe('R', key::REPAIRS, &text).unwrap_or_default();
    serde_json::from_str(json).unwrap_or_default()
}

/// Adds to the list what was found since the page was opened then, and returns the list: one entry for each start. Where
/// the store has no room it is only returned.
pub fn note(kv: &impl KeyValue, repair: Repair, opened: &Time) -> Vec<Repair> {
    let mut repairs = read(kv);
    if repairs.last().is_some_and(|last| last.is_same(&repair)) {
        return repairs;
    }
    if repairs.last().is_some_and(|last| last.at.millis() >= opened.millis()) {
        repairs.pop();
    }
    repairs.push(repair);
    let older = repairs.len().saturating_sub(MOST);
    repairs.drain(..older);
    if let Ok(json) = serde_json::to_string(&repairs) {
        let _ = kv.set(key::REPAIRS, &frame('R', key::REPAIRS, &json));
    }
    repairs
}

/// Forgets the list.
pub fn forget(kv: &impl KeyValue) {
    let _ = kv.remove(key::REPAIRS);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::aside::Why;
    use crate::storage::memory::MemoryStore;

    fn minute(number: i64) -> Time {
        Time::from_millis(1_795_500_000_000 + number * 60_000)
    }

    fn found(at: i64, missing_edits: u64) -> Repair {
        let aside = Aside { key: "k".into(), name: "Phish".into(), why: Why::Damaged("cut".into()) };
        let report = Report {
            missing_edits,
            mended: vec![Mended::Manifest, Mended::Rows(3)],
            set_aside: vec![aside],
            ..Report::default()
        };
        Repair::new(minute(at), &report)
    }

    #[test]
    fn what_was_found_is_remembered_once_until_it_is_forgotten() {
        let kv = MemoryStore::new();
        note(&kv, found(1, 0), &minute(1));
        // The same damage is found again at every start until something is saved.
        note(&kv, found(2, 0), &minute(2));
        assert_eq!(read(&kv), [found(1, 0)]);
        assert_eq!(note(&kv, found(3, 2), &minute(3)), [found(1, 0), found(3, 2)]);
        // What is found later since the same start belongs to it.
        assert_eq!(note(&kv, found(4, 5), &minute(3)), [found(1, 0), found(4, 5)]);
        forget(&kv);
        assert!(read(&kv).is_empty());
    }

    #[test]
    fn the_list_stays_short_and_a_damaged_one_counts_as_none() {
        let kv = MemoryStore::new();
        for at in 0..30 {
            note(&kv, found(at, u64::try_from(at).unwrap() + 1), &minute(at));
        }
        assert_eq!((read(&kv).len(), read(&kv)[0].clone()), (20, found(10, 11)));
        kv.set(key::REPAIRS, "R 2 00000000 []").unwrap();
        assert!(read(&kv).is_empty());
        note(&kv, found(1, 1), &minute(1));
        assert_eq!(read(&kv).len(), 1);
        let full = MemoryStore::new().with_quota(3);
        assert_eq!(note(&full, found(1, 1), &minute(1)).len(), 1);
    }
}
