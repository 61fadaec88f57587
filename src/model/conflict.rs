//! Conflicts: what two people made of one thing apart from each other, with who and when, as the log keeps it.

use crate::model::{Subject, Time};
use serde::{Deserialize, Serialize};

/// The field that a conflict names where one side removed what the other changed; its values are `yes` and `no`.
pub const REMOVED: &str = "removed";

/// The longest value that a conflict in the log quotes, in characters; the log entry of the change itself has all of it.
pub const LONGEST_QUOTE: usize = 1_000;

/// One side's value in a conflict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The value as text, empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// Who made it so; empty where no log tells.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// When; none where no log tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

/// A field that was changed on both sides, apart from each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// Of what.
    pub subject: Subject,
    /// The field's stable name, or [`REMOVED`].
    pub field: String,
    /// What shows.
    pub kept: Version,
    /// What was overruled.
    pub other: Version,
}

impl Conflict {
    /// The same with its values cut to [`LONGEST_QUOTE`], so that a log cannot grow without measure.
    #[must_use]
    pub fn quoted(mut self) -> Self {
        for version in [&mut self.kept, &mut self.other] {
            if let Some((end, _)) = version.value.char_indices().nth(LONGEST_QUOTE) {
                version.value.truncate(end);
                version.value.push('…');
            }
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_is_cut_at_a_character_and_a_short_one_stays() {
        let version = |value: String| Version { value, by: "ann".into(), at: None };
        let conflict = Conflict {
            subject: Subject::Incident,
            field: "description".into(),
            kept: version("é".repeat(LONGEST_QUOTE + 1)),
            other: version("é".repeat(LONGEST_QUOTE)),
        };
        let quoted = conflict.quoted();
        assert_eq!(quoted.kept.value.chars().count(), LONGEST_QUOTE + 1);
        assert!(quoted.kept.value.ends_with("é…"));
        assert_eq!(quoted.other.value, "é".repeat(LONGEST_QUOTE));
    }
}
