//! Finds the records of a JSON document without parsing them, so that a large file can be read record by record.
//!
//! The splitter walks over the text once, as far at a time as it is told. It knows texts, escapes and nesting,
//! nothing else. Every record it finds is cut out; what stays is a skeleton (`{"value":[{},{}]}`) that a real
//! parser then checks, together with the records themselves. So the splitter may be simple: it decides where to
//! cut, never whether something is JSON.

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

/// Whether a text is one JSON document a line rather than one document: some line is an object by itself and is
/// followed (or, for the last line, preceded) by another that begins like one. In a single document neither its
/// first nor its last line can be a whole object.
pub fn is_lines(text: &[u8]) -> bool {
    const LOOKED_AT: usize = 256 * 1024;
    // Searching for one byte is several times faster than splitting, and most exports have no line break at all.
    if !text.trim_ascii().contains(&b'\n') {
        return false;
    }
    let mut lines = text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty());
    let Some(first) = lines.next() else { return false };
    let Some(second) = lines.next() else { return false };
    if is_whole_object(first) {
        return true;
    }
    let last = text.trim_ascii_end().rsplit(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    if is_whole_object(last) {
        return true;
    }
    let (mut before, mut looked_at) = (second, first.len());
    for line in lines {
        looked_at += before.len();
        if looked_at > LOOKED_AT {
            return false;
        }
        if line.starts_with(b"{") && is_whole_object(before) {
            return true;
        }
        before = line;
    }
    false
}

/// Whether a line is one object from its first to its last byte, as far as brackets say.
fn is_whole_object(line: &[u8]) -> bool {
    if !line.starts_with(b"{") || !line.ends_with(b"}") {
        return false;
    }
    let (mut depth, mut in_text, mut escaped) = (0usize, false, false);
    for (at, byte) in line.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1 == line.len();
                }
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every record as text, with its path and how many alerts, and the skeleton; the same for every step width.
    fn split(text: &str) -> (Vec<(String, String, usize)>, String) {
        let mut results: Vec<_> = [1, 2, 7, 1000]
            .into_iter()
            .map(|budget| {
                let (mut splitter, mut parts) = (Splitter::new(0), VecDeque::new());
                while splitter.at() < text.len() {
                    splitter.step(text.as_bytes(), budget, &mut parts);
                }
                let records = parts.into_iter().map(|part| match part {
                    Part::Record { range, alerts, place } => {
                        (place.path, text[range].to_owned(), alerts.len())
                    }
                    Part::Odd { at, place } => (place.path, text[at..=at].to_owned(), 99),
                });
                (
                    records.collect::<Vec<_>>(),
                    String::from_utf8(splitter.into_skeleton(text.as_bytes())).unwrap(),
                )
            })
            .collect();
        let last = results.pop().unwrap();
        assert!(results.iter().all(|result| *result == last), "{results:?} {last:?}");
        last
    }

    fn record(path: &str, text: &str, alerts: usize) -> (String, String, usize) {
        (path.to_owned(), text.to_owned(), alerts)
    }

    #[test]
    fn a_wrapped_list_falls_into_its_records() {
        let (records, skeleton) =
            split(r#"{"@c": "value", "value": [{"a": "}]\""}, {"value": [1]}], "n": 1}"#);
        assert_eq!(
            records,
            [record("value[0]", r#"{"a": "}]\""}"#, 0), record("value[1]", r#"{"value": [1]}"#, 0)]
        );
        assert_eq!(skeleton, r#"{"@c": "value", "value": [{}, {}], "n": 1}"#);
    }

    #[test]
    fn a_bare_object_a_list_and_a_sequence_are_records_too() {
        let (records, skeleton) = split(r#"{"id": 1, "alerts": [{"x": [{}]}, {}], "tags": [{}]}"#);
        assert_eq!(records.len(), 1);
        assert_eq!((records[0].2, skeleton.as_str()), (2, "{}"));
        assert_eq!(split("[{}, {\"alerts\": [{}]}]").0[1].2, 1);
        let (records, skeleton) = split("{\n \"a\": 1\n}\n{\n \"b\": 2\n}\n");
        assert_eq!((records.len(), skeleton.as_str()), (2, "{}\n{}\n"));
    }

    #[test]
    fn what_is_no_object_is_noted_where_records_stand() {
        let (records, _) = split(r#"[1, "two", {"a": 1}, [3], null]"#);
        let shapes: Vec<_> =
            records.iter().map(|(path, text, alerts)| (path.as_str(), text.as_str(), *alerts)).collect();
        assert_eq!(
            shapes,
            [
                ("[0]", "1", 99),
                ("[1]", "\"", 99),
                ("[2]", r#"{"a": 1}"#, 0),
                ("[3]", "[", 99),
                ("[4]", "n", 99)
            ]
        );
    }

    #[test]
    fn lines_are_told_from_one_document() {
        for lines in [
            "{\"a\":1}\n\n{\"b\":2}\n",
            "{\"a\":\n{\"b\":2}",
            "{\"a\":1}\n{\"b\":",
            "x\n{\"a\":1}\n{\"b\":2}\ny",
        ] {
            assert!(is_lines(lines.as_bytes()), "{lines}");
        }
        for document in [
            "",
            "{\"a\":1}",
            "{\n\"a\":1\n}",
            "[\n{\"a\":1},\n{\"a\":2}\n]",
            "{\"value\":[\n{\"a\":1}\n]}",
            "{\n}\n{\n}",
        ] {
            assert!(!is_lines(document.as_bytes()), "{document}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics_and_nothing_is_lost(text in "[\\[\\]{}\",:\\\\a \n]{0,60}") {
            let (mut splitter, mut parts) = (Splitter::new(0), VecDeque::new());
            while splitter.at() < text.len() {
                splitter.step(text.as_bytes(), 3, &mut parts);
            }
            let cut: usize = parts
                .iter()
                .map(|part| match part { Part::Record { range, .. } => range.len() - 2, Part::Odd { .. } => 0 })
                .sum();
            proptest::prop_assert_eq!(splitter.into_skeleton(text.as_bytes()).len() + cut, text.len());
        }
    }
}
