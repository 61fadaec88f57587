//! Framing of records that stay readable: a mark, the length and the checksum before plain JSON.
//!
//! `J 210 1a2b3c4d {"at":…}` — one letter, the length of the JSON in bytes, its CRC-32 over key and JSON in
//! hexadecimal, the JSON. Small records are not worth packing, and plain ones cost the browser half as much on disk.

use crate::storage::crc::crc32;
use std::fmt;

/// Why a framed record cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FrameError {
    /// It does not begin as it should.
    Mark,
    /// It is shorter or longer than it was.
    Length,
    /// Its content is not what was written under this key.
    Checksum,
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mark => write!(f, "it does not begin like a record of this program"),
            Self::Length => write!(f, "it is shorter or longer than it was"),
            Self::Checksum => write!(f, "its checksum does not fit its content"),
        }
    }
}

impl std::error::Error for FrameError {}

/// Frames the JSON for this key.
pub fn frame(mark: char, key: &str, json: &str) -> String {
    format!("{mark} {} {:08x} {json}", json.len(), crc32(&[key.as_bytes(), json.as_bytes()]))
}

/// Takes the JSON out of what [`frame`] wrote for this key.
///
/// # Errors
/// A [`FrameError`]: then nothing of the text can be trusted.
pub fn unframe<'a>(mark: char, key: &str, text: &'a str) -> Result<&'a str, FrameError> {
    let rest = text.strip_prefix(mark).and_then(|rest| rest.strip_prefix(' ')).ok_or(FrameError::Mark)?;
    let (length, rest) = rest.split_once(' ').ok_or(FrameError::Mark)?;
    let (checksum, json) = rest.split_once(' ').ok_or(FrameError::Mark)?;
    if length.parse() != Ok(json.len()) {
        return Err(FrameError::Length);
    }
    if checksum != format!("{:08x}", crc32(&[key.as_bytes(), json.as_bytes()])) {
        return Err(FrameError::Checksum);
    }
    Ok(json)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_kind_of_damage_is_named() {
        let text = frame('J', "k", "{}");
        assert_eq!(unframe('J', "k", &text), Ok("{}"));
        assert_eq!(unframe('M', "k", &text), Err(FrameError::Mark));
        assert_eq!(unframe('J', "other", &text), Err(FrameError::Checksum));
        assert_eq!(unframe('J', "k", &format!("{text} ")), Err(FrameError::Length));
        assert_eq!(unframe('J', "k", &text.replace("{}", "[]")), Err(FrameError::Checksum));
        assert_eq!(unframe('J', "k", "J 2"), Err(FrameError::Mark));
    }

    proptest! {
        #[test]
        fn no_text_panics_and_what_was_framed_comes_back(text in any::<String>()) {
            let _ = unframe('J', "k", &text);
            let framed = frame('J', "k", &text);
            prop_assert_eq!(unframe('J', "k", &framed), Ok(text.as_str()));
        }
    }
}
