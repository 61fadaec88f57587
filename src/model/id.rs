//! Identifiers: short texts that are safe in a storage key, an address and a file name.
//!
//! An id is either random (made here) or derived from what the outside world calls the thing, so that two people
//! who import the same incident hold it under the same id.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// Crockford's base 32, lower case: no letter that can be read as a digit.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The longest id that is accepted, in bytes.
pub const LONGEST: usize = 64;

/// A text that cannot be an identifier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadId(String);

impl fmt::Display for BadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not an identifier: 1 to {LONGEST} of a-z, 0-9 and - were expected", self.0)
    }
}

impl std::error::Error for BadId {}

fn encode(bytes: [u8; 10]) -> Box<str> {
    let mut text = String::with_capacity(16);
    for chunk in bytes.chunks(5) {
        let bits = chunk.iter().fold(0u64, |bits, byte| (bits << 8) | u64::from(*byte));
        for place in (0..8).rev() {
            let digit = usize::try_from((bits >> (place * 5)) & 31).unwrap_or_default();
            text.push(char::from(ALPHABET[digit]));
        }
    }
    text.into_boxed_str()
}

fn check(text: &str) -> Result<(), BadId> {
    let fits = (1..=LONGEST).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if fits { Ok(()) } else { Err(BadId(text.chars().take(LONGEST).collect())) }
}

macro_rules! id_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// A new id from 80 random bits.
            pub fn random(bytes: [u8; 10]) -> Self {
                Self(encode(bytes))
            }

            /// The id that belongs to these parts: the same parts give the same id, on every machine.
            pub fn derived(parts: &[&str]) -> Self {
                let mut hash = Sha256::new();
                hash.update(stringify!($name));
                for part in parts {
                    // The length keeps ("ab", "c") and ("a", "bc") apart.
                    hash.update(part.len().to_le_bytes());
                    hash.update(part);
                }
                let mut bytes = [0; 10];
                bytes.copy_from_slice(&hash.finalize()[..10]);
                Self(encode(bytes))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                check(&text).map(|()| Self(text.into_boxed_str()))
            }
        }

        impl TryFrom<&str> for $name {
            type Error = BadId;
            fn try_from(text: &str) -> Result<Self, BadId> {
                check(text).map(|()| Self(text.into()))
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0.into_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id_type! {
    /// Names an incident.
    IncidentId
}
id_type! {
    /// Names an alert within its incident.
    AlertId
}
id_type! {
    /// Names an entity; the same strong identifier gives the same id in every incident.
    EntityId
}
id_type! {
    /// Names a note within its incident.
    NoteId
}
id_type! {
    /// Names an evidence item within its incident.
    EvidenceId
}
id_type! {
    /// Names a timeline event within its incident.
    EventId
}
id_type! {
    /// Names a playbook of the library, such as `phishing`.
    PlaybookId
}
id_type! {
    /// Names a copy of the notebook: what one browser keeps, which writes chains of its own in the activity logs.
    CopyId
}
id_type! {
    /// Names a step of a playbook, such as `tri-01`, or a responder's own step.
    StepId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_bits_become_sixteen_safe_characters() {
        assert_eq!(IncidentId::random([0; 10]).as_str(), "0000000000000000");
        assert_eq!(IncidentId::random([255; 10]).as_str(), "zzzzzzzzzzzzzzzz");
    }

    #[test]
    fn the_same_parts_give_the_same_id_and_other_parts_another() {
        assert_eq!(AlertId::derived(&["ab", "c"]), AlertId::derived(&["ab", "c"]));
        assert_ne!(AlertId::derived(&["ab", "c"]), AlertId::derived(&["a", "bc"]));
        assert_ne!(AlertId::derived(&["a"]).as_str(), EntityId::derived(&["a"]).as_str());
    }

    #[test]
    fn a_text_that_would_break_a_key_or_an_address_is_refused() {
        for bad in ["", "A", "a/b", "a b", "é", &"a".repeat(LONGEST + 1)] {
            assert!(IncidentId::try_from(bad).is_err(), "{bad:?} was taken");
        }
        assert!(serde_json::from_str::<StepId>("\"../x\"").is_err());
        assert_eq!(serde_json::from_str::<StepId>("\"tri-01\"").unwrap().as_str(), "tri-01");
    }
}
