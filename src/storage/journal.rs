//! The journal: one key for each edit since the last fold, so that an edit costs bytes in proportion to the edit.

use crate::model::stored;
use crate::notebook::Edit;
use crate::storage::frame::{FrameError, frame, unframe};
use crate::storage::key;
use crate::storage::stamp::{Folded, Stamp, TabId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Why a journal entry cannot be read.
#[derive(Debug)]
pub enum EntryError {
    /// Its frame is damaged.
    Frame(FrameError),
    /// Its JSON is not an edit.
    Json(serde_json::Error),
}

impl fmt::Display for EntryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Frame(error) => error.fmt(f),
            Self::Json(error) => write!(f, "it is not an edit: {error}"),
        }
    }
}

impl std::error::Error for EntryError {}

/// The longest entry with whole incidents, in UTF-16 units. What is longer, an import of many, goes into snapshots at
/// once instead of being written twice.
pub const LARGEST_WHOLE: usize = 32_768;

/// The most incidents that an entry puts in place whole: to see how long it would be takes time itself.
pub const MOST_WHOLES: usize = 128;

/// An entry as it stands in the journal: `{"after":40,"edit":{…}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The number of the same tab's entry before this one, if it wrote one: whether any is missing shows by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<u64>,
    /// The edit.
    pub edit: Arc<Edit>,
}

/// The text of a journal entry.
///
/// # Errors
/// When the edit cannot be written as JSON.
pub fn write(stamp: Stamp, entry: &Entry) -> Result<String, serde_json::Error> {
    Ok(frame('J', &key::entry(stamp), &serde_json::to_string(entry)?))
}

/// The entry in its text. Format 1 wrote the bare edit, numbered without a gap.
///
/// # Errors
/// An [`EntryError`] when it is damaged or stands under another stamp than its own.
pub fn read(stamp: Stamp, text: &str) -> Result<Entry, EntryError> {
    let json = unframe('J', &key::entry(stamp), text).map_err(EntryError::Frame)?;
    if stamp.tab == TabId::NAMELESS {
        let edit = stored::from_str(json).map_err(EntryError::Json)?;
        return Ok(Entry { after: stamp.number.checked_sub(1), edit });
    }
    stored::from_str(json).map_err(EntryError::Json)
}

/// An entry that the snapshots do not contain.
#[derive(Debug, Clone)]
pub struct Line {
    /// What it says; none where it cannot be read.
    pub entry: Option<Entry>,
    /// How many units its key and text take.
    pub units: usize,
}

/// The entries that have not been folded into snapshots yet, those of all tabs.
#[derive(Debug, Default)]
pub struct Journal {
    /// The entries that the snapshots contain.
    pub folded: Folded,
    /// The number of the next entry.
    pub next: u64,
    /// Each entry that is there, in the order in which they count.
    pub entries: BTreeMap<Stamp, Line>,
}

impl Journal {
    /// How many units the entries take.
    pub fn units(&self) -> usize {
        self.entries.values().map(|line| line.units).sum()
    }

    /// Takes in an entry, and numbers the next one above it.
    pub fn add(&mut self, stamp: Stamp, line: Line) {
        self.next = self.next.max(stamp.number + 1);
        self.entries.insert(stamp, line);
    }

    /// The number of this tab's newest entry.
    pub fn last_of(&self, tab: TabId) -> Option<u64> {
        let newest = self.entries.keys().rev().find(|stamp| stamp.tab == tab).map(|stamp| stamp.number);
        newest.max(self.folded.last_of(tab))
    }

    /// How many edits are missing before this one of the same tab: at least one where its predecessor is not there.
    pub fn missing_before(&self, stamp: Stamp, entry: &Entry) -> u64 {
        let Some(after) = entry.after else { return 0 };
        let before = Stamp { number: after, tab: stamp.tab };
        if self.entries.contains_key(&before) || self.folded.covers(before) {
            return 0;
        }
        // Format 1 numbered without a gap.
        let last = self.entries.range(..before).next_back().map(|(stamp, _)| stamp.number);
        match (stamp.tab == TabId::NAMELESS, last.max(self.folded.last_of(stamp.tab))) {
            (true, Some(last)) => after - last,
            (true, None) => after + 1,
            (false, _) => 1,
        }
    }

    /// Takes the next number for something that has no entry.
    pub fn take_number(&mut self) -> u64 {
        self.next += 1;
        self.next - 1
    }

    /// What the snapshots contain once all of these entries are in them. The generation counts with a number of its own, this
    /// tab's next, so that of two stores it can be told whether one has seen all that the other holds.
    pub fn all_folded(&self, by: TabId) -> Folded {
        let mut folded = self.folded.clone();
        self.entries.keys().for_each(|stamp| folded.add(*stamp));
        folded.add(Stamp { number: self.next, tab: by });
        folded.prune();
        folded
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::Cause;
    use crate::model::{IncidentId, Time};
    use crate::notebook::Act;

    fn entry(after: Option<u64>) -> Entry {
        let edit = Edit {
            at: Time::parse("2026-01-01T00:00:00Z").unwrap(),
            by: "Ann".into(),
            act: Act::Comment(IncidentId::derived(&["1"]), "hello".into()),
            cause: Cause::Done,
        };
        Entry { after, edit: Arc::new(edit) }
    }

    fn stamp(number: u64) -> Stamp {
        Stamp { number, tab: TabId::random([7; 5]) }
    }

    #[test]
    fn an_entry_is_readable_and_bound_to_its_stamp() {
        let text = write(stamp(7), &entry(Some(3))).unwrap();
        assert!(text.contains("{\"after\":3,\"edit\":{") && text.contains("\"hello\""), "{text}");
        assert_eq!(read(stamp(7), &text).unwrap(), entry(Some(3)));
        assert!(matches!(read(stamp(8), &text), Err(EntryError::Frame(FrameError::Checksum))));
        let other = frame('J', &key::entry(stamp(7)), "{}");
        assert!(matches!(read(stamp(7), &other), Err(EntryError::Json(_))));
    }

    #[test]
    fn an_entry_of_format_1_is_the_bare_edit() {
        let old = Stamp { number: 7, tab: TabId::NAMELESS };
        let json = serde_json::to_string(&*entry(None).edit).unwrap();
        let text = frame('J', "firsthour/1/j/7", &json);
        assert_eq!(read(old, &text).unwrap(), entry(Some(6)));
    }

    #[test]
    fn an_entry_whose_predecessor_is_not_there_is_noticed() {
        let mut journal = Journal { folded: Folded::before(3), ..Journal::default() };
        let old = |number| Stamp { number, tab: TabId::NAMELESS };
        assert_eq!(journal.missing_before(old(3), &entry(Some(2))), 0);
        assert_eq!(journal.missing_before(old(6), &entry(Some(5))), 3);
        assert_eq!(journal.missing_before(stamp(9), &entry(None)), 0);
        assert_eq!(journal.missing_before(stamp(9), &entry(Some(4))), 1);
        journal.add(stamp(4), Line { entry: Some(entry(None)), units: 9 });
        assert_eq!(journal.missing_before(stamp(9), &entry(Some(4))), 0);
        assert_eq!((journal.next, journal.last_of(stamp(9).tab), journal.units()), (5, Some(4), 9));
        let folded = journal.all_folded(TabId::random([8; 5]));
        assert!(folded.covers(stamp(4)) && folded.covers(old(2)) && !folded.covers(stamp(5)));
        assert_eq!(folded.last_of(TabId::random([8; 5])), Some(5));
    }
}
