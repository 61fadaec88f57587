//! Finds the records of a JSON document without parsing them, so that a large file can be read record by record.
//!
//! The splitter walks over the text once, as far at a time as it is told. It knows texts, escapes and nesting,
//! nothing else. Every record it finds is cut out; what stays is a skeleton (`{"value":[{},{}]}`) that a real
//! parser then checks, together with the records themselves. So the splitter may be simple: it decides where to
//! cut, never whether something is JSON.

mod lines;

pub use lines::is_lines;

use crate::formats::outcome::Place;
use std::collections::VecDeque;
use std::ops::Range;

/// How many parts may wait to be read; the walk rests meanwhile, so that a hostile file cannot fill the memory.
const WAITING: usize = 1024;
/// The field that lists wrap their records in.
const LIST: &[u8] = b"value";
/// The field of an incident that can make it large.
const ALERTS: &[u8] = b"alerts";

/// Something found in a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// An object that stands where records stand.
    Record {
        /// Its bytes.
        range: Range<usize>,
        /// The bytes of the objects in its `alerts` list.
        alerts: Vec<Range<usize>>,
        /// Where it stands.
        place: Place,
    },
    /// Something that is no object but stands where records stand; it begins at this byte.
    Odd {
        /// Its first byte.
        at: usize,
        /// Where it stands.
        place: Place,
    },
}

#[derive(Debug)]
enum Level {
    /// An object at the document's top: a wrapper or a record by itself.
    Top { start: usize, is_wrapper: bool, alerts: Vec<Range<usize>> },
    /// A list of records.
    List { index: usize, named: bool },
    /// A record in a list.
    Record { start: usize, index: usize, named: bool, alerts: Vec<Range<usize>> },
    /// A record's list of alerts.
    Alerts,
}

/// Walks over a document and cuts out its records.
#[derive(Debug, Default)]
pub struct Splitter {
    at: usize,
    spine: Vec<Level>,
    /// How deep the walk is inside something that is not looked into.
    skip: usize,
    skip_start: usize,
    in_text: bool,
    text_start: usize,
    last_text: Range<usize>,
    key: Option<Range<usize>>,
    in_token: bool,
    copied: usize,
    skeleton: Vec<u8>,
    tops: usize,
    line: usize,
    line_counted: usize,
}

impl Splitter {
    /// A splitter that begins at this byte.
    pub fn new(start: usize) -> Self {
        Self { at: start, copied: start, line: 1, ..Self::default() }
    }

    /// How far it is.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Walks on for about so many bytes and adds what it finds to `parts`.
    pub fn step(&mut self, text: &[u8], budget: usize, parts: &mut VecDeque<Part>) {
        let limit = text.len().min(self.at.saturating_add(budget.max(1)));
        while self.at < limit && parts.len() < WAITING {
            if self.in_text {
                self.pass_text(text, limit);
            } else if self.skip > 0 {
                self.pass_skipped(text, limit);
            } else {
                self.pass_spine(text, parts);
            }
        }
    }

    /// What is left of the document without its records; call it at the end.
    pub fn into_skeleton(mut self, text: &[u8]) -> Vec<u8> {
        self.skeleton.extend_from_slice(&text[self.copied.min(text.len())..]);
        self.skeleton
    }

    fn pass_text(&mut self, text: &[u8], limit: usize) {
        let rest = &text[self.at..limit];
        let Some(length) = rest.iter().position(|byte| matches!(byte, b'"' | b'\\')) else {
            self.at = limit;
            return;
        };
        self.at += length;
        if text[self.at] == b'"' {
            self.in_text = false;
            self.last_text = self.text_start..self.at;
            self.at += 1;
        } else {
            // An escape is two bytes at least, of which the second cannot end the text.
            self.at = (self.at + 2).min(text.len());
        }
    }

    fn begin_text(&mut self) {
        self.at += 1;
        self.in_text = true;
        self.text_start = self.at;
    }

    fn pass_skipped(&mut self, text: &[u8], limit: usize) {
        let mut skip = self.skip;
        let end = text[self.at..limit].iter().position(|byte| {
            match byte {
                b'"' => return true,
                b'{' | b'[' => skip += 1,
                b'}' | b']' => skip -= 1,
                _ => {}
            }
            skip == 0
        });
        self.skip = skip;
        self.at = end.map_or(limit, |length| self.at + length);
        match end {
            Some(_) if skip == 0 => {
                self.at += 1;
                self.end_skipped();
            }
            Some(_) => self.begin_text(),
            None => {}
        }
    }

    /// An object in a list of alerts is remembered; everything else that was skipped is not looked into.
    fn end_skipped(&mut self) {
        self.key = None;
        if !matches!(self.spine.last(), Some(Level::Alerts)) {
            return;
        }
        let range = self.skip_start..self.at;
        if let Some(Level::Top { alerts, .. } | Level::Record { alerts, .. }) =
            self.spine.iter_mut().rev().nth(1)
        {
            alerts.push(range);
        }
    }

    fn pass_spine(&mut self, text: &[u8], parts: &mut VecDeque<Part>) {
        let byte = text[self.at];
        let begins_token = !self.in_token;
        self.in_token = false;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'"' => {
                self.note_odd(text, parts);
                return self.begin_text();
            }
            b':' => self.key = Some(self.last_text.clone()),
            b',' => self.key = None,
            b'{' => self.open_object(),
            b'[' => self.open_list(text, parts),
            b'}' | b']' => {
                self.at += 1;
                return self.close(text, parts);
            }
            _ => {
                self.in_token = true;
                if begins_token {
                    self.note_odd(text, parts);
                }
            }
        }
        self.at += 1;
    }

    fn skip_from_here(&mut self) {
        self.skip = 1;
        self.skip_start = self.at;
    }

    fn open_object(&mut self) {
        let start = self.at;
        match self.spine.last_mut() {
            None => {
                self.key = None;
                self.spine.push(Level::Top { start, is_wrapper: false, alerts: Vec::new() });
            }
            Some(Level::List { index, named }) => {
                let record = Level::Record { start, index: *index, named: *named, alerts: Vec::new() };
                *index += 1;
                self.key = None;
                self.spine.push(record);
            }
            Some(_) => self.skip_from_here(),
        }
    }

    fn open_list(&mut self, text: &[u8], parts: &mut VecDeque<Part>) {
        let key = self.key.take().and_then(|range| text.get(range));
        match self.spine.last_mut() {
            None => self.spine.push(Level::List { index: 0, named: false }),
            Some(Level::Top { is_wrapper, .. }) if key == Some(LIST) => {
                *is_wrapper = true;
                self.spine.push(Level::List { index: 0, named: true });
            }
            Some(Level::Top { .. } | Level::Record { .. }) if key == Some(ALERTS) => {
                self.spine.push(Level::Alerts);
            }
            Some(Level::List { .. }) => {
                self.note_odd(text, parts);
                self.skip_from_here();
            }
            Some(_) => self.skip_from_here(),
        }
    }

    fn close(&mut self, text: &[u8], parts: &mut VecDeque<Part>) {
        self.key = None;
        match self.spine.pop() {
            Some(Level::Record { start, index, named, alerts }) => {
                let place = Place::default().element(if named { "value" } else { "" }, index);
                self.cut(text, start, alerts, place, parts);
            }
            Some(Level::Top { start, is_wrapper: false, alerts }) => {
                self.tops += 1;
                let line = (self.tops > 1).then(|| self.line_of(text, start));
                self.cut(text, start, alerts, Place { line, path: String::new() }, parts);
            }
            Some(Level::Top { .. }) => self.tops += 1,
            Some(Level::List { .. } | Level::Alerts) | None => {}
        }
    }

    fn cut(
        &mut self,
        text: &[u8],
        start: usize,
        alerts: Vec<Range<usize>>,
        place: Place,
        parts: &mut VecDeque<Part>,
    ) {
        self.skeleton.extend_from_slice(&text[self.copied..start]);
        self.skeleton.extend_from_slice(b"{}");
        self.copied = self.at;
        parts.push_back(Part::Record { range: start..self.at, alerts, place });
    }

    /// Notes what begins here if it stands where a record should.
    fn note_odd(&mut self, text: &[u8], parts: &mut VecDeque<Part>) {
        let place = match self.spine.last_mut() {
            Some(Level::List { index, named }) => {
                let place = Place::default().element(if *named { "value" } else { "" }, *index);
                *index += 1;
                place
            }
            None => Place { line: Some(self.line_of(text, self.at)), path: String::new() },
            Some(_) => return,
        };
        parts.push_back(Part::Odd { at: self.at, place });
    }

    fn line_of(&mut self, text: &[u8], at: usize) -> usize {
        let new = &text[self.line_counted.min(at)..at];
        self.line += new.split(|byte| *byte == b'\n').count() - 1;
        self.line_counted = self.line_counted.max(at);
        self.line
    }
}

#[cfg(test)]
mod tests;
