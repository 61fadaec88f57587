//! Takes the defanging off a whole text at once and remembers where each piece came from, so that what is found in
//! the clean text can be shown in the text as it was written.
//!
//! Known spellings: `[.]` `(.)` `{.}` `<.>` and the same with `dot`, also with spaces inside or around, half a
//! bracket (`evil[.com`), `\.`, `[:]`, `[://]`, `[/]`, `[@]` and `(at)`, full-width dots, and characters that show
//! nothing. Schemes (`hxxp`) are read where addresses are.

use std::ops::Range;

/// A text without defanging.
#[derive(Debug)]
pub struct Clean {
    /// The text.
    pub text: String,
    /// Where pieces begin: in the clean text, and in the original. Sorted by both.
    pieces: Vec<(usize, usize)>,
    /// The places in the clean text where defanging was taken off, in order.
    fangs: Vec<usize>,
}

impl Clean {
    /// The range of the original text that a range of the clean one came from.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        self.place(range.start)..self.place(range.end)
    }

    /// Whether defanging was taken off inside a range of the clean text.
    pub fn was_defanged(&self, range: &Range<usize>) -> bool {
        let next = self.fangs.partition_point(|fang| *fang < range.start);
        self.fangs.get(next).is_some_and(|fang| *fang < range.end)
    }

    fn place(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|(clean, _)| *clean <= at).saturating_sub(1);
        let (clean, source) = self.pieces.get(piece).copied().unwrap_or_default();
        let next = self.pieces.get(piece + 1).map_or(usize::MAX, |(_, source)| *source);
        (source + (at - clean)).min(next)
    }
}

/// What stands for which character between brackets.
const WORDS: [(&str, &str); 9] = [
    (".", "."),
    ("dot", "."),
    ("d0t", "."),
    (":", ":"),
    ("://", "://"),
    ("/", "/"),
    ("@", "@"),
    ("at", "@"),
    ("www.", "www."),
];

/// Characters that a reader does not see and that are put into addresses to break them.
const UNSEEN: [char; 7] = ['\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}', '\u{200e}'];

/// A text without defanging.
pub fn clean(text: &str) -> Clean {
    let mut clean =
        Clean { text: String::with_capacity(text.len()), pieces: vec![(0, 0)], fangs: Vec::new() };
    let mut copied = 0;
    let mut at = 0;
    let bytes = text.as_bytes();
    while at < bytes.len() {
        let change = match bytes[at] {
            b'[' | b'(' | b'{' | b'<' => bracketed(text, at).or_else(|| half_open(text, at)),
            b'.' => half_closed(text, at),
            b'\\' => escaped(text, at),
            // The first bytes of what `odd` knows: none of them is ASCII.
            0xc2 | 0xe2 | 0xe3 | 0xef => odd(text, at),
            _ => None,
        };
        let Some(Change { from, to, with }) = change.filter(|change| change.from >= copied) else {
            at += 1;
            continue;
        };
        clean.text.push_str(&text[copied..from]);
        clean.pieces.push((clean.text.len(), from));
        if !with.is_empty() {
            clean.fangs.push(clean.text.len());
            clean.text.push_str(with);
        }
        clean.pieces.push((clean.text.len(), to));
        (copied, at) = (to, to);
    }
    clean.text.push_str(&text[copied..]);
    clean
}

/// A piece of the original text and what stands for it in the clean one.
struct Change {
    from: usize,
    to: usize,
    with: &'static str,
}

/// `[.]`, `(dot)`, `{ at }`: with space inside, and with one space around it where letters follow on both sides.
fn bracketed(text: &str, at: usize) -> Option<Change> {
    let close = match text.as_bytes()[at] {
        b'[' => b']',
        b'(' => b')',
        b'{' => b'}',
        _ => b'>',
    };
    // The longest word is four characters, with a space on either side.
    let window = &text.as_bytes()[at + 1..text.len().min(at + 9)];
    let length = window.iter().position(|byte| *byte == close)?;
    let inside = text.get(at + 1..at + 1 + length)?.trim_matches(' ');
    let (_, with) = WORDS.iter().find(|(word, _)| inside.eq_ignore_ascii_case(word))?;
    let (mut from, mut to) = (at, at + length + 2);
    let is_word = inside.as_bytes()[0].is_ascii_alphabetic();
    // `(at)` between two words of a sentence is a word; before a host it is not.
    let next = || text[to + 1..].split(char::is_whitespace).next();
    if *with == "@" && text[to..].starts_with(' ') && !next().is_some_and(has_dot) {
        return None;
    }
    let spaced_before = before(text, from) == Some(' ');
    let spaced_after = text[to..].starts_with(' ');
    if spaced_before && before(text, from - 1).is_some_and(joins) && follows(text, to, spaced_after) {
        from -= 1;
    }
    if spaced_after && (from < at || before(text, from).is_some_and(joins)) && follows(text, to, true) {
        to += 1;
    }
    // `(at)` alone in a sentence is a word in brackets.
    let joined =
        before(text, from).is_some_and(|c| joins(c) || c == '/' || c == ':') && follows(text, to, false);
    let leads = *with == "://" || *with == ":" || *with == "www." || *with == "/";
    (joined || (leads && !is_word)).then_some(Change { from, to, with })
}

/// Whether a word has a dot inside, in any spelling.
fn has_dot(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', '?', '!', ';', ':']);
    word.contains('.')
        || word.to_ascii_lowercase().contains("dot]")
        || word.to_ascii_lowercase().contains("dot)")
}

/// `evil[.com`: the bracket was forgotten or eaten by an editor.
fn half_open(text: &str, at: usize) -> Option<Change> {
    let opens = text[at..].starts_with("[.") && before(text, at).is_some_and(joins);
    (opens && follows(text, at + 2, false)).then_some(Change { from: at, to: at + 2, with: "." })
}

/// `evil.]com`.
fn half_closed(text: &str, at: usize) -> Option<Change> {
    let closes = text[at..].starts_with(".]") && before(text, at).is_some_and(joins);
    (closes && follows(text, at + 2, false)).then_some(Change { from: at, to: at + 2, with: "." })
}

/// `evil\.com`, and `http:\/\/` as JSON may write it. A path has other backslashes beside it and is left.
fn escaped(text: &str, at: usize) -> Option<Change> {
    let rest = &text[at + 1..];
    if rest.starts_with('\\') && ends_with_scheme(&text[..at]) {
        return Some(Change { from: at, to: at + 2, with: "//" });
    }
    if rest.starts_with('/') && before(text, at).is_some_and(|c| c == ':' || c == '/' || joins(c)) {
        return Some(Change { from: at, to: at + 2, with: "/" });
    }
    if !rest.starts_with('.') || !before(text, at).is_some_and(joins) || !follows(text, at + 2, false) {
        return None;
    }
    let word = |c: char| joins(c) || matches!(c, '.' | '\\' | ':' | '%' | '/');
    let from = text[..at].char_indices().rev().take(80).take_while(|(_, c)| word(*c)).last()?.0;
    let to = rest.char_indices().take(80).find(|(_, c)| !word(*c)).map_or(rest.len().min(80), |(end, _)| end);
    let around = (text.get(from..at)?, rest.get(..to)?);
    let plain = |part: &str| part.match_indices('\\').all(|(i, _)| part[i + 1..].starts_with('.'));
    (plain(around.0) && plain(around.1) && !around.0.contains(":\\")).then_some(Change {
        from: at,
        to: at + 2,
        with: ".",
    })
}

/// Whether a text ends with `http:` or what stands for it.
fn ends_with_scheme(text: &str) -> bool {
    let Some(before) = text.strip_suffix(':') else { return false };
    let letters = before.bytes().rev().take_while(u8::is_ascii_alphabetic).count();
    let scheme = &before[before.len() - letters..];
    ["http", "https", "hxxp", "hxxps", "ftp", "fxp"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// Full-width dots between letters, and characters that show nothing.
fn odd(text: &str, at: usize) -> Option<Change> {
    let c = text.get(at..)?.chars().next()?;
    let to = at + c.len_utf8();
    if matches!(c, '\u{3002}' | '\u{ff0e}' | '\u{ff61}') {
        let joined = before(text, at).is_some_and(|c| c.is_ascii_alphanumeric()) && follows(text, to, false);
        return joined.then_some(Change { from: at, to, with: "." });
    }
    UNSEEN.contains(&c).then_some(Change { from: at, to, with: "" })
}

/// The character that ends at a place.
fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// Whether an address may go on here, after one space where `spaced`.
fn follows(text: &str, at: usize, spaced: bool) -> bool {
    let rest = &text[at..];
    let rest = if spaced { rest.strip_prefix(' ').unwrap_or(rest) } else { rest };
    rest.chars().next().is_some_and(|c| joins(c) || matches!(c, '/' | '[' | '(' | '{'))
}

/// Whether a character may stand in a name.
fn joins(c: char) -> bool {
    c.is_alphanumeric() || c == '-' || c == '_' || c == '%' || c == '+' || c == ']' || c == ')' || c == '}'
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_way_of_defanging_is_taken_off() {
        for (text, plain) in [
            ("evil[.]com", "evil.com"),
            ("a[.]b(.)c{.}d", "a.b.c.d"),
            ("evil[dot]com and evil (DOT) com", "evil.com and evil.com"),
            ("evil [.] com", "evil.com"),
            ("evil[ . ]com", "evil.com"),
            ("evil[.com, evil.]com", "evil.com, evil.com"),
            (r"evil\.com", "evil.com"),
            ("hxxp[:]//evil[.]com[/]a", "hxxp://evil.com/a"),
            ("hxxps[://]evil.com", "hxxps://evil.com"),
            (r"hxxp:\\evil.com", "hxxp://evil.com"),
            (r"http:\/\/evil.com\/a", "http://evil.com/a"),
            (
                "ann[@]evil.com ann[at]evil[dot]com ann (at) evil.com",
                "ann@evil.com ann@evil.com ann@evil.com",
            ),
            ("ev\u{200b}il.com", "evil.com"),
            ("evil\u{3002}com", "evil.com"),
            ("27.102.106[.]149", "27.102.106.149"),
        ] {
            assert_eq!(clean(text).text, plain, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_defanging_stays() {
        for text in [
            "we met (at) noon?",
            "[at] the end",
            "see [1] and (2).",
            r"C:\Users\.ssh\id.rsa",
            "a[...]b",
            "list: [a, b](c)",
            "fin.] Next",
        ] {
            assert_eq!(clean(text).text, text);
        }
    }

    #[test]
    fn a_place_leads_back_to_where_it_was_written() {
        let text = "see evil[.]com, then";
        let cleaned = clean(text);
        let at = cleaned.text.find("evil.com").unwrap();
        assert_eq!(&text[cleaned.source(at..at + 8)], "evil[.]com");
        assert!(cleaned.was_defanged(&(at..at + 8)));
        assert!(!cleaned.was_defanged(&(0..3)));
    }

    proptest! {
        #[test]
        fn any_text_is_cleaned_and_every_place_leads_back(text in ".{0,80}|[a-c\\[\\](). @:/\\\\dot]{0,60}") {
            let cleaned = clean(&text);
            for (at, _) in cleaned.text.char_indices() {
                let source = cleaned.source(at..cleaned.text.len());
                prop_assert!(source.start <= source.end && source.end <= text.len());
                prop_assert!(text.is_char_boundary(source.start));
            }
        }
    }
}
