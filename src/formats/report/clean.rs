//! How text from outside becomes text of a report: nothing invisible, nothing endless, nothing live.

use crate::formats::defang::{defang, defang_text};
use crate::model::time::{Precision, Time};
use crate::model::{Entity, EntityKind};
use crate::words::Lang;

/// The longest text of a cell, in characters.
const LONGEST_LINE: usize = 2_000;

/// The longest text of a paragraph or a comment, in characters.
const LONGEST_TEXT: usize = 30_000;

/// The longest note, in characters.
const LONGEST_NOTE: usize = 200_000;

/// Makes text and times fit for a report.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cleaner {
    pub language: Lang,
    pub defang: bool,
    pub offset_minutes: Option<i32>,
}

impl Cleaner {
    /// One line.
    pub fn line(&self, text: &str) -> String {
        self.cleaned(text, LONGEST_LINE).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Text with lines.
    pub fn text(&self, text: &str) -> String {
        self.cleaned(text, LONGEST_TEXT).trim().to_owned()
    }

    /// A note's Markdown.
    pub fn note(&self, text: &str) -> String {
        self.cleaned(text, LONGEST_NOTE)
    }

    /// A text that is known to be an indicator.
    pub fn indicator(&self, text: &str) -> String {
        let line = self.line(text);
        if self.defang && !line.contains(' ') { defang(&line) } else { line }
    }

    /// An entity's name.
    pub fn entity(&self, entity: &Entity) -> String {
        self.value(entity.kind(), "", &entity.name())
    }

    /// The value of a field of an entity; the name is the field without a name.
    pub fn value(&self, kind: EntityKind, field: &str, value: &str) -> String {
        use EntityKind as K;
        let is_indicator = match field {
            "" => matches!(kind, K::Mailbox | K::Ip | K::Url | K::Domain),
            "name" => kind == K::Domain,
            "url" | "address" | "sender" | "envelope_sender" | "sender_ip" | "recipient"
            | "primary_address" | "last_ip" | "last_external_ip" => true,
            _ => false,
        };
        if is_indicator { self.indicator(value) } else { self.line(value) }
    }

    /// A time in UTC, as exact as it was written, with the reader's own time behind it where one was asked for.
    pub fn time(&self, time: &Time) -> String {
        if !time.zone_stated() {
            let written = match time.precision() {
                Precision::Day => "%Y-%m-%d",
                Precision::Minute => "%Y-%m-%d %H:%M",
                Precision::Second | Precision::Fraction(_) => "%Y-%m-%d %H:%M:%S",
            };
            let zone_unknown = self.language.words().report.zone_unknown;
            return format!("{} ({zone_unknown})", time.instant().format(written));
        }
        let utc = match time.precision() {
            Precision::Day | Precision::Minute => time.instant().format("%Y-%m-%d %H:%MZ").to_string(),
            Precision::Second | Precision::Fraction(_) => time.utc(),
        };
        match self.offset_minutes {
            Some(minutes) => {
                let own = time.at_offset(minutes);
                let same_day = own.date_naive() == time.instant().date_naive();
                format!("{utc} ({})", own.format(if same_day { "%H:%M" } else { "%Y-%m-%d %H:%M" }))
            }
            None => utc,
        }
    }

    fn cleaned(&self, text: &str, longest: usize) -> String {
        let end = text.char_indices().nth(longest).map_or(text.len(), |(at, _)| at);
        let mut clean = String::with_capacity(end);
        let mut letters = text[..end].chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '\r' if letters.peek() == Some(&'\n') => {}
                '\r' => clean.push('\n'),
                '\n' | '\t' => clean.push(letter),
                _ => match visible(letter) {
                    Some(mark) => clean.push_str(&mark),
                    None => clean.push(letter),
                },
            }
        }
        if self.defang {
            clean = defang_text(&clean).into_owned();
        }
        if end < text.len() {
            let words = self.language.words();
            let rest = words.amounts.characters(text[end..].chars().count());
            clean = format!("{clean} … {}", (words.report.cut)(&rest));
        }
        clean
    }
}

/// What stands in a report for a character that a reader could not see, or that turns the text around it.
fn visible(letter: char) -> Option<String> {
    let code = u32::from(letter);
    match code {
        0..=0x1f => char::from_u32(0x2400 + code).map(String::from),
        0x7f => Some("␡".into()),
        0x80..=0x9f
        | 0xad
        | 0x061c
        | 0x180e
        | 0x200b
        | 0x200e
        | 0x200f
        | 0x2028..=0x202e
        | 0x2060..=0x206f
        | 0xfeff
        | 0xfff9..=0xfffb
        | 0xfdd0..=0xfdef
        | 0xe0000..=0xe007f => Some(format!("⟨U+{code:04X}⟩")),
        _ if code & 0xfffe == 0xfffe => Some(format!("⟨U+{code:04X}⟩")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Cleaner = Cleaner { language: Lang::En, defang: true, offset_minutes: None };

    #[test]
    fn what_cannot_be_seen_is_made_visible() {
        assert_eq!(EN.line("a\0b\u{202e}c\u{feff}"), "a␀b⟨U+202E⟩c⟨U+FEFF⟩");
        assert_eq!(EN.text("one\r\ntwo\rthree"), "one\ntwo\nthree");
        assert_eq!(EN.line(" a\n\tb "), "a b");
    }

    #[test]
    fn a_text_without_end_is_cut_with_a_note() {
        let cut = EN.line(&"é".repeat(10_000_000));
        assert!(cut.chars().count() < 2_100);
        assert!(
            cut.ends_with("[cut here: another 9,998,000 characters are in the notebook]"),
            "{}",
            &cut[4000..]
        );
    }

    #[test]
    fn a_time_is_as_exact_as_it_was_written() {
        let time = |text: &str| Time::parse(text).unwrap();
        assert_eq!(EN.time(&time("2026-11-24T23:30:05.123+00:00")), "2026-11-24 23:30:05Z");
        assert_eq!(EN.time(&time("2026-11-24T23:30Z")), "2026-11-24 23:30Z");
        assert_eq!(EN.time(&time("2026-11-24")), "2026-11-24 (zone not stated)");
        assert_eq!(EN.time(&time("2026-11-24 23:30:05")), "2026-11-24 23:30:05 (zone not stated)");
        let amsterdam = Cleaner { offset_minutes: Some(60), ..EN };
        assert_eq!(amsterdam.time(&time("2026-11-24T08:30:00Z")), "2026-11-24 08:30:00Z (09:30)");
        assert_eq!(amsterdam.time(&time("2026-11-24T23:30:00Z")), "2026-11-24 23:30:00Z (2026-11-25 00:30)");
    }
}
