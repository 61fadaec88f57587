//! A piece of a text around a position: what a refusal shows, so that nobody has to count lines and columns.

use crate::formats::Position;

/// The most characters shown on either side of the position.
const AROUND: usize = 60;

/// A piece of one line: before the position, the character there, after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Up to the position; starts with an ellipsis where something was left out.
    pub before: String,
    /// The character at the position; empty at the end of the line.
    pub at: String,
    /// After the position; ends with an ellipsis where something was left out.
    pub after: String,
}

/// The piece of `text` around a position; none where the text has no such line or is not UTF-8 by its mark.
pub fn excerpt(text: &[u8], position: Position) -> Option<Excerpt> {
    if text.starts_with(&[0xff, 0xfe]) || text.starts_with(&[0xfe, 0xff]) {
        return None;
    }
    let line = text.split(|byte| *byte == b'\n').nth(position.line.checked_sub(1)?)?;
    let line = String::from_utf8_lossy(line);
    let at = position.column.saturating_sub(1);
    let mut before: String = line.chars().take(at).skip(at.saturating_sub(AROUND)).collect();
    if at > AROUND {
        before.insert(0, '…');
    }
    let mut rest = line.trim_end_matches('\r').chars().skip(at);
    let here = rest.next().map(String::from).unwrap_or_default();
    let mut after: String = rest.by_ref().take(AROUND).collect();
    if rest.next().is_some() {
        after.push('…');
    }
    Some(Excerpt { before, at: here, after })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around(text: &str, line: usize, column: usize) -> Option<(String, String, String)> {
        excerpt(text.as_bytes(), Position { line, column }).map(|found| (found.before, found.at, found.after))
    }

    #[test]
    fn the_character_stands_between_what_is_before_and_after() {
        let text = "{\r\n  \"é\": [1, 2,],\r\n}";
        assert_eq!(around(text, 2, 14), Some(("  \"é\": [1, 2,".into(), "]".into(), ",".into())));
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let text = "x".repeat(500);
        let (before, at, after) = around(&text, 1, 250).unwrap();
        assert_eq!(
            (before.chars().count(), at.as_str(), after.chars().count()),
            (AROUND + 1, "x", AROUND + 1)
        );
    }

    #[test]
    fn the_end_of_a_text_has_no_character() {
        assert_eq!(around("[1", 1, 3), Some(("[1".into(), String::new(), String::new())));
        assert_eq!(around("[1", 2, 1), None);
        assert_eq!(around("", 0, 0), None);
    }
}
