//! From a JSON parser's complaint to a position, what was found and expected there, and what probably happened.

use crate::formats::outcome::{Expected, Hint, Position, Why};
use serde::de::IgnoredAny;

/// The line and column of a byte of a text.
pub fn position(text: &[u8], offset: usize) -> Position {
    let before = &text[..offset.min(text.len())];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    Position {
        line: before.split(|byte| *byte == b'\n').count(),
        column: 1 + String::from_utf8_lossy(&before[line_start..]).chars().count(),
    }
}

/// Why a piece of text is not JSON; `at` tells the position of a byte of the piece in the whole text.
pub fn explain(slice: &[u8], error: &serde_json::Error, at: impl Fn(usize) -> Position) -> Why {
    let message = error.to_string();
    if message.starts_with("recursion limit") {
        return Why::TooDeep;
    }
    let mut offset = offset_of(slice, error.line(), error.column());
    let mut hint = None;
    if error.is_eof() {
        offset = slice.len();
        hint = Some(Hint::CutOff);
    }
    let mut expected = expectation(&message);
    let before = slice[..offset].trim_ascii_end();
    if matches!(slice.get(offset), Some(b']' | b'}')) && before.ends_with(b",") {
        hint = Some(Hint::TrailingComma);
        expected = Expected::Value;
        offset = before.len() - 1;
    }
    let rest = &slice[offset..];
    Why::NotJson {
        at: at(offset),
        found: first_char(rest),
        expected,
        hint: hint.or_else(|| guess(rest, &message)),
    }
}

/// Why a whole text, or a sequence of JSON values, is not JSON; none where it is.
pub fn explain_whole(text: &[u8]) -> Option<Why> {
    let mut values = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
    values.find_map(Result::err).map(|error| explain(text, &error, |offset| position(text, offset)))
}

/// Why a text that does not even begin like JSON is not JSON.
pub fn explain_beginning(text: &[u8], offset: usize) -> Why {
    let rest = &text[offset.min(text.len())..];
    Why::NotJson {
        at: position(text, offset),
        found: first_char(rest),
        expected: Expected::Value,
        hint: guess(rest, ""),
    }
}

fn offset_of(slice: &[u8], line: usize, column: usize) -> usize {
    let mut start = 0;
    for _ in 1..line {
        match slice[start..].iter().position(|byte| *byte == b'\n') {
            Some(at) => start += at + 1,
            None => break,
        }
    }
    (start + column.saturating_sub(1)).min(slice.len())
}

fn first_char(rest: &[u8]) -> Option<char> {
    String::from_utf8_lossy(&rest[..rest.len().min(4)]).chars().next()
}

fn expectation(message: &str) -> Expected {
    const TABLE: &[(&str, Expected)] = &[
        ("key must be a string", Expected::Name),
        ("expected `:`", Expected::Colon),
        ("expected `,`", Expected::CommaOrEnd),
        ("trailing characters", Expected::NothingMore),
        ("control character", Expected::TextCharacter),
        ("invalid escape", Expected::TextCharacter),
        ("invalid unicode", Expected::TextCharacter),
        ("lone leading", Expected::TextCharacter),
        ("unexpected end of hex", Expected::TextCharacter),
        ("EOF", Expected::MoreText),
    ];
    TABLE.iter().find(|(start, _)| message.starts_with(start)).map_or(Expected::Value, |(_, what)| *what)
}

fn guess(rest: &[u8], message: &str) -> Option<Hint> {
    const STARTS: &[(&[u8], Hint)] = &[
        (b"...", Hint::LiteralEllipsis),
        ("…".as_bytes(), Hint::LiteralEllipsis),
        (b"'", Hint::SingleQuotes),
        ("“".as_bytes(), Hint::CurlyQuotes),
        ("”".as_bytes(), Hint::CurlyQuotes),
        (b"None", Hint::PythonWord),
        (b"True", Hint::PythonWord),
        (b"False", Hint::PythonWord),
        (b"NaN", Hint::NotANumber),
        (b"Infinity", Hint::NotANumber),
        (b"-Infinity", Hint::NotANumber),
        (b"//", Hint::Comment),
        (b"/*", Hint::Comment),
    ];
    if message.starts_with("control character") {
        return Some(Hint::ControlCharacter);
    }
    let known = STARTS.iter().find(|(start, _)| rest.starts_with(start)).map(|(_, hint)| *hint);
    let element = matches!(rest.first(), Some(b'"' | b'{' | b'['));
    known.or((message.starts_with("expected `,`") && element).then_some(Hint::MissingComma))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> (usize, usize, Option<char>, Expected, Option<Hint>) {
        match explain_whole(text.as_bytes()).unwrap() {
            Why::NotJson { at, found, expected, hint } => (at.line, at.column, found, expected, hint),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_common_mistake_is_placed_and_named() {
        use Expected as E;
        use Hint as H;
        for (text, line, column, found, expected, hint) in [
            ("[1,\n 2,\n]", 2, 3, Some(','), E::Value, Some(H::TrailingComma)),
            ("{\"a\": 1,}", 1, 8, Some(','), E::Value, Some(H::TrailingComma)),
            ("{\"a\": 1, ...}", 1, 10, Some('.'), E::Name, Some(H::LiteralEllipsis)),
            ("[\"é\", … ]", 1, 7, Some('…'), E::Value, Some(H::LiteralEllipsis)),
            ("{\"a\": [1", 1, 9, None, E::MoreText, Some(H::CutOff)),
            ("{\"a\": 1\n\"b\": 2}", 2, 1, Some('"'), E::CommaOrEnd, Some(H::MissingComma)),
            ("{'a': 1}", 1, 2, Some('\''), E::Name, Some(H::SingleQuotes)),
            ("{“a”: 1}", 1, 2, Some('“'), E::Name, Some(H::CurlyQuotes)),
            ("{\"a\": None}", 1, 7, Some('N'), E::Value, Some(H::PythonWord)),
            ("{\"a\": NaN}", 1, 7, Some('N'), E::Value, Some(H::NotANumber)),
            ("[1, // two\n2]", 1, 5, Some('/'), E::Value, Some(H::Comment)),
            ("{\"a\" 1}", 1, 6, Some('1'), E::Colon, None),
        ] {
            assert_eq!(told(text), (line, column, found, expected, hint), "{text}");
        }
        let (line, _, _, expected, hint) = told("[1,\n \"a\tb\"]");
        assert_eq!((line, expected, hint), (2, E::TextCharacter, Some(H::ControlCharacter)));
    }

    #[test]
    fn what_is_json_has_no_fault_however_deep() {
        assert_eq!(explain_whole(b"{}\n[1]\n"), None);
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(explain_whole(deep.as_bytes()), None);
    }
}
