//! Packing: bytes → deflate → 15 bits in each UTF-16 unit ([`bits`](crate::storage::bits)), with a length and a checksum.
//!
//! A packed text is the mark `D`, then the units of: the length of the content (4 bytes, little endian), its CRC-32
//! (4 bytes), the deflate stream (RFC 1951), zero bits to the end of the last unit. The checksum covers the key that
//! the text is stored under, so that a text under another key, or another generation's, is not taken for the right
//! one. Another mark stands for another way of packing.

use crate::storage::bits::{bytes_of, push_bytes, units_for};
use crate::storage::crc::crc32;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use std::fmt;

const MARK: char = 'D';
const HEADER: usize = 8;

/// Records are small, so the best compression costs little time.
const LEVEL: u8 = 9;

/// The longest content that is unpacked, in bytes: far above what fits into local storage in earnest.
pub const LONGEST: usize = 256 << 20;

/// Deflate cannot expand by more than this factor (RFC 1951: 258 bytes in two bits).
const MOST_EXPANSION: usize = 1032;

/// Why a packed text cannot be unpacked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackError {
    /// It does not begin with a mark that this program knows.
    Mark,
    /// A character that packing never writes, at this place, counted from zero.
    Foreign(usize),
    /// It is shorter or longer than its content says.
    Length,
    /// It claims to hold more than any record does.
    TooLong(u64),
    /// Its content is not a deflate stream.
    Stream,
    /// Its content is not what was written under this key.
    Checksum,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mark => write!(f, "it does not begin like a record of this program"),
            Self::Foreign(at) => write!(f, "character {} does not belong in a record", at + 1),
            Self::Length => write!(f, "it is shorter or longer than it was"),
            Self::TooLong(length) => write!(f, "it claims to hold {length} bytes"),
            Self::Stream => write!(f, "its content cannot be unpacked"),
            Self::Checksum => write!(f, "its checksum does not fit its content"),
        }
    }
}

impl std::error::Error for PackError {}

/// Packs the content for this key. Content longer than [`LONGEST`] cannot be unpacked again.
pub fn pack(key: &str, content: &[u8]) -> String {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
    let mut bytes = Vec::with_capacity(HEADER + content.len() / 3);
    bytes.extend_from_slice(&length.to_le_bytes());
    bytes.extend_from_slice(&crc32(&[key.as_bytes(), content]).to_le_bytes());
    bytes.extend_from_slice(&compress_to_vec(content, LEVEL));

    let mut text = String::from(MARK);
    push_bytes(&mut text, &bytes);
    text
}

/// Unpacks what [`pack`] wrote for this key.
///
/// # Errors
/// A [`PackError`]: then nothing of the text can be trusted.
pub fn unpack(key: &str, text: &str) -> Result<Vec<u8>, PackError> {
    let packed = text.strip_prefix(MARK).ok_or(PackError::Mark)?;
    let bytes = bytes_of(packed).map_err(|at| PackError::Foreign(at + 1))?;
    let units = packed.chars().count();
    inflate(key, &bytes, units)
}

fn inflate(key: &str, bytes: &[u8], units: usize) -> Result<Vec<u8>, PackError> {
    let (header, stream) = bytes.split_at_checked(HEADER).ok_or(PackError::Length)?;
    let number =
        |at: usize| header[at..].iter().take(4).rev().fold(0u32, |n, byte| (n << 8) | u32::from(*byte));
    let (length, checksum) = (number(0), number(4));
    let most = LONGEST.min(stream.len().saturating_mul(MOST_EXPANSION));
    let room = usize::try_from(length).ok().filter(|room| *room <= most);
    let mut content = vec![0; room.ok_or(PackError::TooLong(length.into()))?];
    let (status, taken, given) = decompress(
        &mut DecompressorOxide::new(),
        stream,
        &mut content,
        0,
        TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
    );
    if status != TINFLStatus::Done {
        return Err(PackError::Stream);
    }
    if given != content.len() || units != units_for(HEADER + taken) {
        return Err(PackError::Length);
    }
    if crc32(&[key.as_bytes(), &content]) != checksum {
        return Err(PackError::Checksum);
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::bits::{FIRST, LAST};
    use proptest::prelude::*;

    #[test]
    fn every_unit_lies_in_one_block_without_surrogates() {
        let text = pack("k", &(0..=255).collect::<Vec<u8>>());
        assert!(text.chars().skip(1).all(|c| (FIRST..=LAST).contains(&u32::from(c))));
        assert!(!(0xD800..=0xDFFF).contains(&LAST) && LAST < 0xD800);
    }

    #[test]
    fn nothing_packs_to_something_and_back() {
        assert_eq!(unpack("k", &pack("k", b"")), Ok(vec![]));
    }

    #[test]
    fn a_text_under_another_key_is_refused() {
        assert_eq!(unpack("b", &pack("a", b"content")), Err(PackError::Checksum));
    }

    #[test]
    fn each_kind_of_damage_is_named() {
        let text = pack("k", b"content, content, content");
        assert_eq!(unpack("k", ""), Err(PackError::Mark));
        assert_eq!(unpack("k", "{}"), Err(PackError::Mark));
        assert_eq!(unpack("k", "D"), Err(PackError::Length));
        assert_eq!(unpack("k", &format!("{text}\u{3400}")), Err(PackError::Length));
        assert_eq!(unpack("k", &text.replacen(|c| u32::from(c) > FIRST, "x", 1)), Err(PackError::Foreign(1)));
        let cut: String = text.chars().take(text.chars().count() - 1).collect();
        assert!(matches!(unpack("k", &cut), Err(PackError::Stream)));
    }

    #[test]
    fn a_bomb_is_refused_before_it_goes_off() {
        let mut bytes = u32::MAX.to_le_bytes().to_vec();
        bytes.extend_from_slice(&[0; 4]);
        bytes.extend_from_slice(&compress_to_vec(&[0; 1000], 9));
        assert_eq!(inflate("k", &bytes, units_for(bytes.len())), Err(PackError::TooLong(u32::MAX.into())));
    }

    proptest! {
        #[test]
        fn what_was_packed_comes_back(content in prop::collection::vec(any::<u8>(), 0..2000)) {
            prop_assert_eq!(unpack("key", &pack("key", &content)), Ok(content));
        }

        #[test]
        fn no_text_panics(text in any::<String>(), units in prop::collection::vec(FIRST..=LAST, 0..200)) {
            let _ = unpack("k", &text);
            let packed: String = [MARK].into_iter().chain(units.into_iter().filter_map(char::from_u32)).collect();
            prop_assert!(unpack("k", &packed).is_err());
        }

        #[test]
        fn one_flipped_bit_never_changes_the_content_unnoticed(
            content in prop::collection::vec(any::<u8>(), 0..300), at in any::<usize>(), bit in 0..15u32
        ) {
            let text = pack("k", &content);
            let at = 1 + at % (text.chars().count() - 1);
            let flip = |c: char| char::from_u32(FIRST + ((u32::from(c) - FIRST) ^ (1 << bit))).unwrap();
            let flipped: String =
                text.chars().enumerate().map(|(n, c)| if n == at { flip(c) } else { c }).collect();
            // Some bits carry nothing (what fills up the last byte), and some streams say the same in two ways (a copy
            // of zeros from one place or another): then the content is what it was.
            if let Ok(back) = unpack("k", &flipped) {
                prop_assert_eq!(back, content);
            }
        }
    }
}
