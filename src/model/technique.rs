//! ATT&CK techniques that somebody put on an incident, with what they noted about each: what a Navigator layer holds.

use crate::model::field::FieldText;
use serde::{Deserialize, Serialize};

/// A technique with what was noted about it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(default)]
pub struct NotedTechnique {
    /// Its id, such as `T1059.001`.
    pub id: String,
    /// The tactic it was noted for, such as `credential-access`; empty for all of them.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tactic: String,
    /// The score, as the number was written; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub score: String,
    /// What was said about it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub comment: String,
    /// Its colour, such as `#fd8d3c`; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub color: String,
    /// Whether it was marked as one that does not count.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
    /// The layer it comes from.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub layer: String,
    /// Names with values; a divider has neither.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub metadata: Vec<(String, String)>,
    /// Labels with addresses; a divider has neither.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<(String, String)>,
    /// Fields of the layer without a name here, as JSON; empty for none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub rest: String,
}

impl FieldText for NotedTechnique {
    fn field_text(&self) -> String {
        match (self.tactic.as_str(), self.score.as_str()) {
            ("", "") => self.id.clone(),
            ("", score) => format!("{} ({score})", self.id),
            (tactic, "") => format!("{} ({tactic})", self.id),
            (tactic, score) => format!("{} ({tactic}: {score})", self.id),
        }
    }
}
