//! Packing: bytes → compressed → 15 bits in each UTF-16 unit ([`bits`](crate::storage::bits)), with a length and a
//! checksum.
//!
//! A packed text is a mark, then the units of: the length of the content, its CRC-32 (4 bytes, little endian), the
//! content compressed, zero bits to the end of the last unit. The checksum covers the key that the text is stored
//! under, so that a text under another key, or another generation's, is not taken for the right one. The mark says how
//! it is compressed:
//!
//! | mark | length | compressed |
//! |---|---|---|
//! | `D` | 4 bytes, little endian | with deflate (RFC 1951): fast, for what is read at every start |
//! | `E` | 3 bytes, little endian | by [`firsthour_dense`]: smaller by far, for snapshots of incidents |

use crate::storage::bits::{bytes_of, push_bytes, units_for};
use crate::storage::crc::crc32;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};
use std::fmt;

const DEFLATE: char = 'D';
const DENSE: char = 'E';

/// How many bytes the checksum takes.
const CHECKSUM: usize = 4;

/// Records are small, so the best compression costs little time.
const LEVEL: u8 = 9;

/// The longest content that is unpacked, in bytes: far above what fits into local storage in earnest.
pub const LONGEST: usize = 256 << 20;

/// Deflate cannot expand by more than this factor (RFC 1951: 258 bytes in two bits).
const MOST_EXPANSION: usize = 1032;

/// How a text was packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// With deflate.
    Deflate,
    /// By [`firsthour_dense`].
    Dense,
}

impl Packing {
    fn mark(self) -> char {
        match self {
            Self::Deflate => DEFLATE,
            Self::Dense => DENSE,
        }
    }

    /// How many bytes the length takes.
    fn length_bytes(self) -> usize {
        match self {
            Self::Deflate => 4,
            Self::Dense => 3,
        }
    }
}

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

/// Packs the content for this key, fast. Content longer than [`LONGEST`] cannot be unpacked again.
pub fn pack(key: &str, content: &[u8]) -> String {
    write(Packing::Deflate, key, content, &compress_to_vec(content, LEVEL))
}

/// Packs the content for this key as small as it gets; none where it is longer than what is packed so.
pub fn pack_dense(key: &str, content: &[u8]) -> Option<String> {
    (content.len() <= firsthour_dense::LONGEST)
        .then(|| write(Packing::Dense, key, content, &firsthour_dense::compress(content)))
}

/// Reads at most so many bytes of the dictionary of dense packing ahead; says whether all of it is read. It takes longer than
/// to pack a record, so whoever does it in idle moments spares the first record the wait.
pub fn warm_up(bytes: usize) -> bool {
    firsthour_dense::prepare(bytes)
}

fn write(packing: Packing, key: &str, content: &[u8], compressed: &[u8]) -> String {
    let length = u32::try_from(content.len()).unwrap_or(u32::MAX).to_le_bytes();
    let checksum = crc32(&[key.as_bytes(), content]).to_le_bytes();
    let header = length.into_iter().take(packing.length_bytes()).chain(checksum);
    let bytes: Vec<u8> = header.chain(compressed.iter().copied()).collect();
    let mut text = String::from(packing.mark());
    push_bytes(&mut text, &bytes);
    text
}

/// Unpacks what was packed for this key, and says how it was.
///
/// # Errors
/// A [`PackError`]: then nothing of the text can be trusted.
pub fn unpack(key: &str, text: &str) -> Result<(Vec<u8>, Packing), PackError> {
    let found = [Packing::Deflate, Packing::Dense]
        .into_iter()
        .find_map(|packing| Some((packing, text.strip_prefix(packing.mark())?)));
    let (packing, packed) = found.ok_or(PackError::Mark)?;
    let bytes = bytes_of(packed).map_err(|at| PackError::Foreign(at + 1))?;
    let units = packed.chars().count();
    read(packing, key, &bytes, units).map(|content| (content, packing))
}

fn read(packing: Packing, key: &str, bytes: &[u8], units: usize) -> Result<Vec<u8>, PackError> {
    let header = packing.length_bytes() + CHECKSUM;
    let (length, rest) = bytes.split_at_checked(packing.length_bytes()).ok_or(PackError::Length)?;
    let (checksum, stream) = rest.split_at_checked(CHECKSUM).ok_or(PackError::Length)?;
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0u32, |n, byte| (n << 8) | u32::from(*byte));
    let length = number(length);
    let (content, taken) = match packing {
        Packing::Deflate => inflate(length, stream)?,
        Packing::Dense => {
            let room = usize::try_from(length).ok().filter(|room| *room <= firsthour_dense::LONGEST);
            let room = room.ok_or(PackError::TooLong(length.into()))?;
            firsthour_dense::decompress(stream, room).ok_or(PackError::Stream)?
        }
    };
    if units != units_for(header + taken) {
        return Err(PackError::Length);
    }
    if crc32(&[key.as_bytes(), &content]) != number(checksum) {
        return Err(PackError::Checksum);
    }
    Ok(content)
}

/// The content of this length in a deflate stream, and how many bytes the stream took.
fn inflate(length: u32, stream: &[u8]) -> Result<(Vec<u8>, usize), PackError> {
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
    match status {
        TINFLStatus::Done if given == content.len() => Ok((content, taken)),
        TINFLStatus::Done => Err(PackError::Length),
        _ => Err(PackError::Stream),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::bits::{FIRST, LAST};
    use proptest::prelude::*;

    /// Both ways to pack.
    fn both(key: &str, content: &[u8]) -> [String; 2] {
        [pack(key, content), pack_dense(key, content).unwrap()]
    }

    fn content(key: &str, text: &str) -> Result<Vec<u8>, PackError> {
        unpack(key, text).map(|(content, _)| content)
    }

    #[test]
    fn nothing_packs_to_something_and_back() {
        for text in both("k", b"") {
            assert_eq!(content("k", &text), Ok(vec![]));
        }
    }

    #[test]
    fn a_text_under_another_key_is_refused() {
        for text in both("a", b"content") {
            assert_eq!(content("b", &text), Err(PackError::Checksum));
        }
    }

    #[test]
    fn each_kind_of_damage_is_named() {
        assert_eq!(unpack("k", ""), Err(PackError::Mark));
        assert_eq!(unpack("k", "{}"), Err(PackError::Mark));
        for text in both("k", b"content, content, content") {
            assert_eq!(unpack("k", &text[..1]), Err(PackError::Length));
            assert_eq!(unpack("k", &format!("{text}\u{3400}")), Err(PackError::Length));
            let foreign = text.replacen(|c| u32::from(c) > FIRST, "x", 1);
            assert_eq!(unpack("k", &foreign), Err(PackError::Foreign(1)));
            let cut: String = text.chars().take(text.chars().count() - 1).collect();
            assert_eq!(unpack("k", &cut), Err(PackError::Stream));
        }
    }

    #[test]
    fn what_one_way_packed_is_not_taken_for_the_others() {
        let [deflated, dense] = both("k", b"{\"id\":\"x\"}");
        assert!(unpack("k", &deflated.replace(DEFLATE, "E")).is_err());
        assert!(unpack("k", &dense.replace(DENSE, "D")).is_err());
    }

    #[test]
    fn a_bomb_is_refused_before_it_goes_off() {
        let mut bytes = u32::MAX.to_le_bytes().to_vec();
        bytes.extend_from_slice(&[0; CHECKSUM]);
        bytes.extend_from_slice(&compress_to_vec(&[0; 1000], 9));
        let units = units_for(bytes.len());
        assert_eq!(read(Packing::Deflate, "k", &bytes, units), Err(PackError::TooLong(u32::MAX.into())));
        assert_eq!(read(Packing::Dense, "k", &bytes, units), Err(PackError::TooLong(0xFF_FFFF)));
        assert_eq!(pack_dense("k", &vec![b'x'; firsthour_dense::LONGEST + 1]), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn what_was_packed_comes_back(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
            for text in both("key", &bytes) {
                prop_assert_eq!(content("key", &text), Ok(bytes.clone()));
            }
        }

        #[test]
        fn no_text_panics(text in any::<String>(), units in prop::collection::vec(FIRST..=LAST, 0..200)) {
            let _ = unpack("k", &text);
            for mark in [DEFLATE, DENSE] {
                let units = units.iter().copied().filter_map(char::from_u32);
                let packed: String = [mark].into_iter().chain(units).collect();
                prop_assert!(unpack("k", &packed).is_err());
            }
        }

        #[test]
        fn one_flipped_bit_never_changes_the_content_unnoticed(
            bytes in prop::collection::vec(any::<u8>(), 0..300), at in any::<usize>(), bit in 0..15u32
        ) {
            for text in both("k", &bytes) {
                let at = 1 + at % (text.chars().count() - 1);
                let flip = |c: char| char::from_u32(FIRST + ((u32::from(c) - FIRST) ^ (1 << bit))).unwrap();
                let flipped: String =
                    text.chars().enumerate().map(|(n, c)| if n == at { flip(c) } else { c }).collect();
                // Some bits carry nothing (what fills up the last byte), and some streams say the same in two ways (a
                // copy of zeros from one place or another): then the content is what it was.
                if let Ok(back) = content("k", &flipped) {
                    prop_assert_eq!(back, bytes.clone());
                }
            }
        }
    }
}
