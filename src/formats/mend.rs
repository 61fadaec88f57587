//! Makes readable what is nearly JSON: halves of two-part characters, numbers beyond every machine's, broken bytes.
//!
//! Products cut texts after so many UTF-16 units, which leaves half an emoji at the end of a mail's subject. That
//! must not cost a responder the incident.

use crate::formats::outcome::Mend;

/// A mended copy and what was mended; none where there is nothing of the kind to mend.
pub fn mend(text: &[u8]) -> Option<(Vec<u8>, Vec<Mend>)> {
    let mut mends = Vec::new();
    let lossy = String::from_utf8_lossy(text);
    if matches!(lossy, std::borrow::Cow::Owned(_)) {
        mends.push(Mend::BadBytes);
    }
    let source = lossy.as_bytes();
    let mut out = Vec::with_capacity(source.len() + 16);
    let mut at = 0;
    let mut in_text = false;
    while at < source.len() {
        let taken = match source[at] {
            b'"' => {
                in_text = !in_text;
                1
            }
            b'\\' if in_text => match surrogate(&source[at..]) {
                Escape::Lone => {
                    note(&mut mends, Mend::LoneSurrogate);
                    out.extend_from_slice(b"\\ufffd");
                    at += 6;
                    continue;
                }
                Escape::Pair => 12,
                Escape::Other => 2,
            },
            b'-' | b'0'..=b'9' if !in_text => {
                let number = number_at(&source[at..]);
                if is_beyond(number) {
                    note(&mut mends, Mend::HugeNumber);
                    out.push(b'"');
                    out.extend_from_slice(number);
                    out.push(b'"');
                    at += number.len();
                    continue;
                }
                number.len()
            }
            _ => 1,
        };
        let end = (at + taken).min(source.len());
        out.extend_from_slice(&source[at..end]);
        at = end;
    }
    (!mends.is_empty()).then_some((out, mends))
}

fn note(mends: &mut Vec<Mend>, mend: Mend) {
    if !mends.contains(&mend) {
        mends.push(mend);
    }
}

enum Escape {
    /// Half a character.
    Lone,
    /// Both halves.
    Pair,
    /// Any other escape.
    Other,
}

fn surrogate(text: &[u8]) -> Escape {
    match hex(text) {
        Some(0xd800..=0xdbff) => match text.get(6..).and_then(hex) {
            Some(0xdc00..=0xdfff) => Escape::Pair,
            _ => Escape::Lone,
        },
        Some(0xdc00..=0xdfff) => Escape::Lone,
        _ => Escape::Other,
    }
}

/// The unit that `\uXXXX` at the beginning stands for.
fn hex(text: &[u8]) -> Option<u16> {
    let digits = text.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0u16, |unit, byte| {
        let digit = char::from(*byte).to_digit(16)?;
        Some(unit << 4 | u16::try_from(digit).ok()?)
    })
}

fn number_at(text: &[u8]) -> &[u8] {
    let end = text
        .iter()
        .position(|byte| !matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E'))
        .unwrap_or(text.len());
    &text[..end]
}

fn is_beyond(number: &[u8]) -> bool {
    // Only an exponent or hundreds of digits lead out of range.
    (number.len() > 300 || number.iter().any(|byte| matches!(byte, b'e' | b'E')))
        && std::str::from_utf8(number)
            .ok()
            .and_then(|text| text.parse::<f64>().ok())
            .is_some_and(f64::is_infinite)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> Option<(String, Vec<Mend>)> {
        mend(text.as_bytes()).map(|(text, mends)| (String::from_utf8(text).unwrap(), mends))
    }

    #[test]
    fn half_a_character_becomes_the_replacement_character() {
        let (text, mends) = mended(r#"{"a": "x\ud83d", "b": "\udd25y", "c": "\ud83d\udd25"}"#).unwrap();
        assert_eq!(text, r#"{"a": "x\ufffd", "b": "\ufffdy", "c": "\ud83d\udd25"}"#);
        assert_eq!(mends, [Mend::LoneSurrogate]);
    }

    #[test]
    fn an_escaped_backslash_before_a_u_is_no_escape() {
        assert_eq!(mended(r#""C:\\ud83d""#), None);
    }

    #[test]
    fn a_number_beyond_every_machine_becomes_its_text() {
        let (text, mends) = mended(r#"{"a": 1e400, "b": -1E999, "c": 1e3, "d": "1e400"}"#).unwrap();
        assert_eq!(text, r#"{"a": "1e400", "b": "-1E999", "c": 1e3, "d": "1e400"}"#);
        assert_eq!(mends, [Mend::HugeNumber]);
    }

    #[test]
    fn broken_bytes_become_the_replacement_character() {
        let (text, mends) = mend(b"\"a\xff\"").unwrap();
        assert_eq!(text, "\"a\u{fffd}\"".as_bytes());
        assert_eq!(mends, [Mend::BadBytes]);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(text in proptest::collection::vec(proptest::num::u8::ANY, 0..80)) {
            let _ = mend(&text);
        }
    }
}
