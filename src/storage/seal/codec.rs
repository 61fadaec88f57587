//! One record as it lies there sealed: the mark `X`, then the units of what was encrypted.
//!
//! What is encrypted is short: a record that is packed already (a mark, then fifteen bits in each unit) goes in as `P`, its
//! mark and its bytes; any other text as `T` and its UTF-8. Sealed, a packed record takes some twenty units more, and a plain
//! one about half as many as it did.

use crate::crypto::aead::OVERHEAD;
use crate::crypto::{Key, NoRandom, Random};
use crate::storage::bits::{bytes_of, push_bytes, units_for};
use zeroize::Zeroizing;

/// What every sealed text begins with.
const MARK: char = 'X';

/// What goes in as it is packed.
const PACKED: u8 = b'P';

/// What goes in as text.
const TEXT: u8 = b'T';

/// Set in the first byte where one byte of filling follows the content, because fifteen bits do not end where bytes do.
const FILLED: u8 = 0x20;

/// Whether this text is sealed, by the look of it.
pub fn is_sealed(text: &str) -> bool {
    text.starts_with(MARK)
}

/// A text that no reader takes for content: what does not open, as it stands, for a person to take away.
pub fn unreadable(text: String) -> String {
    if is_sealed(&text) { text } else { format!("{MARK} {text}") }
}

/// The text sealed for this key name.
///
/// # Errors
/// [`NoRandom`].
pub fn seal(key: &Key, source: &Random, name: &str, text: &str) -> Result<String, NoRandom> {
    let mut sealed = String::from(MARK);
    push_bytes(&mut sealed, &key.seal(source, name.as_bytes(), &body(text))?);
    Ok(sealed)
}

/// The text that was sealed for this key name; none where it does not open.
pub fn open(key: &Key, name: &str, text: &str) -> Option<String> {
    let bytes = exact_bytes(text.strip_prefix(MARK)?)?;
    let body = key.open(name.as_bytes(), &bytes).ok()?;
    let (kind, content) = body.split_first()?;
    let content = if kind & FILLED == 0 { content } else { content.split_last()?.1 };
    match kind & !FILLED {
        TEXT => std::str::from_utf8(content).ok().map(str::to_owned),
        PACKED => {
            let (mark, packed) = content.split_first()?;
            let mut text = String::from(char::from(*mark));
            push_bytes(&mut text, packed);
            Some(text)
        }
        _ => None,
    }
}

/// How many units this text takes sealed.
pub fn units_sealed(text: &str) -> usize {
    1 + units_for(OVERHEAD + body(text).len())
}

/// What is encrypted of a text.
fn body(text: &str) -> Zeroizing<Vec<u8>> {
    let mut body = Zeroizing::new(match packed(text) {
        Some((mark, bytes)) => [&[PACKED, mark], &bytes[..]].concat(),
        None => [&[TEXT], text.as_bytes()].concat(),
    });
    let sealed = OVERHEAD + body.len();
    if units_for(sealed) * 15 / 8 > sealed {
        body.push(0);
        body.iter_mut().take(1).for_each(|kind| *kind |= FILLED);
    }
    body
}

/// The mark and the bytes of a packed text.
fn packed(text: &str) -> Option<(u8, Vec<u8>)> {
    let mark = text.chars().next().filter(char::is_ascii)?;
    Some((u8::try_from(mark).ok()?, exact_bytes(text.get(1..)?)?))
}

/// The bytes of a packed text; none where these would not make the very same text again.
fn exact_bytes(units: &str) -> Option<Vec<u8>> {
    let bytes = bytes_of(units).ok().filter(|bytes| !bytes.is_empty())?;
    let mut again = String::new();
    push_bytes(&mut again, &bytes);
    (again == units).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::faulty::flipped;
    use crate::storage::kv::units;
    use crate::storage::pack::{pack, unpack};
    use proptest::prelude::*;

    fn key() -> Key {
        Key::from([9; 32])
    }

    #[allow(clippy::unnecessary_wraps)] // As sources do that may fail.
    fn source(bytes: &mut [u8]) -> Result<(), NoRandom> {
        bytes.fill(1);
        Ok(())
    }

    fn sealed(name: &str, text: &str) -> String {
        seal(&key(), &source, name, text).unwrap()
    }

    #[test]
    fn a_packed_record_costs_some_twenty_units_and_a_plain_one_half() {
        let record = pack("k", &(0..4000u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>());
        let more = units(&sealed("k", &record)) - units(&record);
        assert!(more < 26, "{more}");
        let plain = "{\"at\":\"2026-01-01T00:00:00Z\",\"by\":\"Ann\"}".repeat(10);
        assert!(units(&sealed("k", &plain)) < units(&plain) * 6 / 10);
    }

    #[test]
    fn what_does_not_open_is_no_content_for_any_reader() {
        let record = pack("k", b"content");
        assert!(unpack("k", &unreadable(record)).is_err());
        assert_eq!(unreadable(sealed("k", "text")), sealed("k", "text"));
    }

    proptest! {
        #[test]
        fn any_text_comes_back_and_its_length_was_foretold(text in any::<String>(), content in prop::collection::vec(any::<u8>(), 0..99)) {
            for text in [text, pack("k", &content), pack("k", &content).replacen('D', "E", 1)] {
                let sealed = sealed("k", &text);
                prop_assert_eq!(open(&key(), "k", &sealed), Some(text.clone()));
                prop_assert_eq!(units(&sealed), units_sealed(&text));
                prop_assert_eq!(open(&key(), "another", &sealed), None);
                prop_assert_eq!(open(&Key::from([8; 32]), "k", &sealed), None);
            }
        }

        #[test]
        fn any_altered_character_is_noticed(text in ".{0,40}", at in any::<usize>(), keep in any::<prop::sample::Index>()) {
            let sealed = sealed("k", &text);
            prop_assert_eq!(open(&key(), "k", &flipped(&sealed, at)), None);
            let cut: String = sealed.chars().take(keep.index(sealed.chars().count())).collect();
            prop_assert_eq!(open(&key(), "k", &cut), None);
            prop_assert_eq!(open(&key(), "k", &format!("{sealed}\u{3400}")), None);
        }

        #[test]
        fn no_text_panics(text in any::<String>(), units in prop::collection::vec(0x3400..=0xB3FFu32, 0..60)) {
            prop_assert_eq!(open(&key(), "k", &text), None);
            let odd: String = ['X'].into_iter().chain(units.into_iter().filter_map(char::from_u32)).collect();
            prop_assert_eq!(open(&key(), "k", &odd), None);
        }
    }
}
