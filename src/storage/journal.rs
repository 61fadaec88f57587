//! The journal: one key for each edit since the last fold, so that an edit costs bytes in proportion to the edit.

use crate::model::stored;
use crate::notebook::Edit;
use crate::storage::frame::{FrameError, frame, unframe};
use crate::storage::key;
use std::fmt;

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

/// The text of a journal entry.
///
/// # Errors
/// When the edit cannot be written as JSON.
pub fn write(number: u64, edit: &Edit) -> Result<String, serde_json::Error> {
    Ok(frame('J', &key::journal(number), &serde_json::to_string(edit)?))
}

/// The edit in a journal entry.
///
/// # Errors
/// An [`EntryError`] when it is damaged or stands under another number than its own.
pub fn read(number: u64, text: &str) -> Result<Edit, EntryError> {
    let json = unframe('J', &key::journal(number), text).map_err(EntryError::Frame)?;
    stored::from_str(json).map_err(EntryError::Json)
}

/// The entries that have not been folded into snapshots yet.
#[derive(Debug, Default)]
pub struct Journal {
    /// The first entry that the snapshots do not contain.
    pub first: u64,
    /// The number of the next entry.
    pub next: u64,
    /// Each entry that is there, with the units that its key and text take.
    pub entries: Vec<(u64, usize)>,
}

impl Journal {
    /// How many units the entries take.
    pub fn units(&self) -> usize {
        self.entries.iter().map(|(_, units)| units).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::Cause;
    use crate::model::{IncidentId, Time};
    use crate::notebook::Act;

    #[test]
    fn an_entry_is_readable_and_bound_to_its_number() {
        let edit = Edit {
            at: Time::parse("2026-01-01T00:00:00Z").unwrap(),
            by: "Ann".into(),
            act: Act::Comment(IncidentId::derived(&["1"]), "hello".into()),
            cause: Cause::Done,
        };
        let text = write(7, &edit).unwrap();
        assert!(text.contains("\"hello\""), "{text}");
        assert_eq!(read(7, &text).unwrap(), edit);
        assert!(matches!(read(8, &text), Err(EntryError::Frame(FrameError::Checksum))));
        assert!(matches!(read(7, &frame('J', &key::journal(7), "{}")), Err(EntryError::Json(_))));
    }
}
