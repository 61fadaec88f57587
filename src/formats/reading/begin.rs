//! How a reading begins: the text is decoded, and its beginning tells what it is.

use super::document::Document;
use super::{Reading, Stage, refuse};
use crate::formats::columns::{self, ColumnReading};
use crate::formats::encoding::{Decoder, Encoding, Utf16, Windows};
use crate::formats::outcome::{Foreign, Mend, Place, Remark, Why};
use crate::formats::split::{Splitter, is_lines};
use crate::formats::table::Table;
use crate::formats::text::TextReading;
use crate::formats::{Confidence, FORMATS, FormatId, fault, foreign, playbooks};
use serde::de::IgnoredAny;
use std::collections::VecDeque;

impl Reading {
    pub(super) fn begin(&mut self) -> Stage {
        match Encoding::of(&self.text) {
            Encoding::Utf8(mark) => self.look(mark),
            Encoding::Windows => Stage::Decode(Decoder::Windows(Windows::default())),
            Encoding::Utf16Le(mark) => Stage::Decode(Decoder::Utf16(Utf16::new(mark, false))),
            Encoding::Utf16Be(mark) => Stage::Decode(Decoder::Utf16(Utf16::new(mark, true))),
        }
    }

    pub(super) fn decode(&mut self, mut decoder: Decoder, budget: usize) -> Stage {
        if !decoder.step(&self.text, budget) {
            return Stage::Decode(decoder);
        }
        let (text, remark) = match decoder {
            Decoder::Utf16(decoder) => {
                let mended = Remark::Mended { place: Place::default(), mend: Mend::BadBytes };
                (decoder.text, decoder.replaced.then_some(mended))
            }
            Decoder::Windows(decoder) => (decoder.text, Some(Remark::OlderEncoding)),
        };
        if let Some(remark) = remark {
            self.gathering.findings.remark(remark);
        }
        self.text = text;
        self.look(0)
    }

    /// Decides how the text is to be read.
    pub(super) fn look(&mut self, mark: usize) -> Stage {
        let text = &self.text[mark..];
        let Some(first) = text.iter().position(|byte| !byte.is_ascii_whitespace()) else {
            return refuse(Place::default(), Why::Empty);
        };
        let (is_lines, is_json) = (is_lines(text), begins_json(&text[first..]));
        if is_lines || is_json {
            self.could_be = FORMATS.iter().map(|format| format.id()).chain([FormatId::Text]).collect();
        }
        if self.gathering.findings.answers.read_as == Some(FormatId::Text) {
            return self.begin_text(mark);
        }
        if is_lines {
            return Stage::Lines { at: mark, line: 1 };
        }
        if is_json {
            let splitter = Splitter::new(mark);
            return Stage::Document(Document { splitter, parts: VecDeque::new(), open: None, parsed: 0 });
        }
        if let Some(kind) = foreign::sniff(text) {
            if kind == Foreign::Markup {
                self.could_be = vec![FormatId::Text];
            }
            return refuse(Place::default(), Why::NotYet(kind));
        }
        let asked_for = self.gathering.findings.answers.read_as;
        if asked_for.is_none_or(|asked| asked == FormatId::Tasks)
            && let Ok(tasks) = std::str::from_utf8(&self.text[mark..])
            && playbooks::is_task_list(tasks)
        {
            self.could_be = vec![FormatId::Text, FormatId::Tasks];
            self.gathering.note_document(FormatId::Tasks);
            playbooks::read_task_list(tasks, &mut self.gathering);
            return self.build();
        }
        self.table_or_text(mark, first)
    }

    /// A table of a product, one that is read by its columns, or running text.
    pub(super) fn table_or_text(&mut self, mark: usize, first: usize) -> Stage {
        let asked_for = self.gathering.findings.answers.read_as;
        let table = Table::new(&self.text, mark + first);
        let Some(mut table) = table.filter(|table| table.columns().len() > 1 || columns::knows(table)) else {
            self.could_be = vec![FormatId::Text];
            return self.begin_text(mark);
        };
        let own = recognised(&table);
        self.could_be = own.into_iter().chain([FormatId::Table, FormatId::Text]).collect();
        let format = asked_for.or(own).unwrap_or_else(|| {
            let is_table = table.is_even(&self.text) || table.is_list(&self.text);
            let is_known = columns::knows(&table) || columns::has_times(&mut table, &self.text);
            if is_table && is_known { FormatId::Table } else { FormatId::Text }
        });
        match format {
            FormatId::Text => self.begin_text(mark),
            FormatId::Table => Stage::Columns(Box::new(ColumnReading::new(table))),
            format => Stage::Table(Box::new(table), format),
        }
    }

    pub(super) fn begin_text(&mut self, mark: usize) -> Stage {
        let findings = &mut self.gathering.findings;
        match TextReading::new(&self.text[mark..], std::mem::take(findings)) {
            Some(text) => Stage::Text(text),
            None => refuse(Place::default(), self.explain_beginning()),
        }
    }

    /// Why this is no text that can be read, by how it begins.
    pub(super) fn explain_beginning(&self) -> Why {
        let first = self.text.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or_default();
        fault::explain_beginning(&self.text, first)
    }
}

/// The format that knows a table by the names of its columns.
fn recognised(table: &Table) -> Option<FormatId> {
    let head = table.head();
    let best = FORMATS.iter().map(|format| (format.recognise(&head), format.id()));
    let best = best.max_by_key(|(confidence, _)| *confidence)?;
    (best.0 > Confidence::No).then_some(best.1)
}

/// Whether a text that begins like this is meant to be JSON. `[+] Found …`, `[.]`, `[09:12] anna: …` and `[1] https://…`
/// are not.
fn begins_json(text: &[u8]) -> bool {
    match text {
        [b'{', ..] => true,
        [b'[', rest @ ..] => {
            let rest = rest.trim_ascii_start();
            rest.first().is_none_or(|next| b"{[\"]'/".contains(next)) || begins_with_bare_value(rest)
        }
        _ => false,
    }
}

/// Whether a number or a word of JSON is here the first of several.
fn begins_with_bare_value(list: &[u8]) -> bool {
    let is_of_it = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let length = list.iter().take_while(|byte| is_of_it(byte)).count();
    let (value, after) = list.split_at(length);
    serde_json::from_slice::<IgnoredAny>(value).is_ok() && after.trim_ascii_start().starts_with(b",")
}
