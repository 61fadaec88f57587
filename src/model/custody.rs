//! Custody: what happens to an evidence item between the moment it is secured and the moment it is given back.
//!
//! NIST SP 800-86 (section 3.1.2) asks who collected it, who handled it when, why it was passed on and where it is kept.
//! Each happening is an entry of the incident's log and is never changed: one that is wrong is withdrawn by another entry,
//! and what is right is recorded anew.

use crate::model::Time;
use serde::{Deserialize, Serialize};

/// One thing that happened to an evidence item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustodyEvent {
    /// When it happened, which may be before it was written down.
    pub at: Time,
    /// Who did it; of a hand-over, who released the item.
    pub by: String,
    /// What was done.
    pub handling: Handling,
    /// Why, or what exactly was done.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// What can be done with an evidence item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Handling {
    /// It was secured.
    Collected {
        /// Where it was put.
        kept_at: String,
        /// Its SHA-256 then, where one was known: the log proves it without the item.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        sha256: String,
    },
    /// It went from one person to another.
    HandedOver {
        /// Who received it.
        to: String,
        /// Where it is kept from then on; empty where that stays.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        kept_at: String,
    },
    /// It was put somewhere else by whoever has it.
    Moved {
        /// Where it is kept from then on.
        kept_at: String,
    },
    /// A copy was made to work on.
    Copied,
    /// Somebody worked on it.
    Examined,
    /// Its SHA-256 was computed anew.
    HashChecked {
        /// What was computed.
        sha256: String,
        /// What it should be; empty where none was known.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        expected: String,
    },
    /// It went back to where it belongs.
    Returned {
        /// To whom.
        to: String,
    },
    /// It is no more.
    Destroyed,
}

impl CustodyEvent {
    /// Everybody who had a hand in it.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        let to = match &self.handling {
            Handling::HandedOver { to, .. } | Handling::Returned { to } => Some(to.as_str()),
            _ => None,
        };
        [self.by.as_str()].into_iter().chain(to)
    }
}

impl Handling {
    /// Whether it needs a reason: it changes who answers for the item.
    pub fn needs_reason(&self) -> bool {
        matches!(self, Self::HandedOver { .. } | Self::Destroyed)
    }

    /// The SHA-256 that was written down with it, if one was.
    pub fn sha256(&self) -> Option<&str> {
        match self {
            Self::Collected { sha256, .. } | Self::HashChecked { sha256, .. } => {
                Some(sha256.as_str()).filter(|digits| !digits.is_empty())
            }
            _ => None,
        }
    }

    /// Of a check, whether the item is what it was; none where that was not known, and of anything else.
    pub fn hash_matches(&self) -> Option<bool> {
        match self {
            Self::HashChecked { sha256, expected } if !expected.is_empty() => Some(sha256 == expected),
            _ => None,
        }
    }
}
