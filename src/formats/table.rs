//! Tables: values between commas, semicolons, tabs or bars (RFC 4180 and its cousins), read row by row in steps.
//!
//! The first row has the columns' names; each further row becomes a record of texts under those names, so that a
//! format recognises and reads it like a record of JSON. An empty cell says nothing.
//!
//! Everything is bounded: columns beyond [`MOST_COLUMNS`] are read over, a row longer than [`LONGEST_ROW`] or with a
//! quote that is never closed is given up as one line, and after [`MOST_BROKEN`] of those quotes mean nothing any more.

use crate::formats::json::{Fields, Json};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::borrow::Cow;

/// More columns than any product writes; cells beyond are not read.
pub const MOST_COLUMNS: usize = 1_024;

/// The longest row, in bytes: what is longer has lost a quote.
pub const LONGEST_ROW: usize = 1024 * 1024;

/// After how many rows that lost a quote the quotes are taken for plain characters.
pub const MOST_BROKEN: usize = 16;

/// What may stand between cells, the likeliest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How much of a text is looked at to find out what stands between its cells, in bytes and in rows.
const SAMPLE: (usize, usize) = (64 * 1024, 40);

/// The line with which a spreadsheet says what stands between the cells: `sep=;`.
const STATED: &[u8] = b"sep=";

/// A table that is being read.
pub struct Table {
    reader: Reader,
    separator: u8,
    at: usize,
    line: usize,
    columns: Vec<String>,
    /// The cells of one row end to end, and where each ends.
    cells: Vec<u8>,
    ends: Vec<usize>,
    broken: usize,
    /// Where the rows begin: the byte, and its line.
    start: (usize, usize),
    /// Whether a row had more columns than are read.
    pub cut: bool,
}

/// What stands where a row is expected.
pub enum Row {
    /// A row of so many cells, which begins in this line.
    Cells {
        /// The line, counted from 1.
        line: usize,
        /// How many cells.
        count: usize,
    },
    /// A line whose quote is never closed: it was given up, and the next row begins in the next line.
    Broken {
        /// The line, counted from 1.
        line: usize,
        /// The column of the quote, in characters, counted from 1.
        column: usize,
        /// Its bytes.
        bytes: std::ops::Range<usize>,
    },
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("at", &self.at).field("columns", &self.columns).finish_non_exhaustive()
    }
}

impl Table {
    /// Begins with a text from `at` on; none where its first line is no row of names.
    pub fn new(text: &[u8], at: usize) -> Option<Self> {
        let (separator, start) = separator(&text[at..]);
        let reader = reader(separator, true);
        let (cells, ends) = (vec![0; 1024], vec![0; MOST_COLUMNS]);
        let line = 1 + newlines(&text[at..at + start]);
        let at = at + start;
        let columns = Vec::new();
        let mut table = Self {
            reader,
            separator,
            at,
            line,
            columns,
            cells,
            ends,
            broken: 0,
            start: (at, line),
            cut: false,
        };
        let Some(Row::Cells { count, .. }) = table.next(text) else { return None };
        table.columns = (0..count).map(|column| table.cell(column).trim().to_owned()).collect();
        table.start = (table.at, table.line);
        Some(table)
    }

    /// Goes back to the first row.
    pub fn rewind(&mut self) {
        (self.at, self.line) = self.start;
        (self.reader, self.broken) = (reader(self.separator, true), 0);
    }

    /// How far it is, in bytes.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The columns' names.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Whether the rows that follow are rows of this table: at least four in five of the first have as many cells as
    /// there are names, of which there are at least two.
    pub fn is_even(&self, text: &[u8]) -> bool {
        let counts = counts(&text[self.at..], self.separator);
        let fitting = counts.iter().filter(|count| **count == self.columns.len()).count();
        self.columns.len() > 1 && !counts.is_empty() && fitting * 5 >= counts.len() * 4
    }

    /// Whether it is a list: one column with a name, and a single value in each line.
    pub fn is_list(&self, text: &[u8]) -> bool {
        let sample = &text[self.at..text.len().min(self.at + SAMPLE.0)];
        let mut lines = sample.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).take(SAMPLE.1);
        self.columns.len() == 1 && !sample.is_empty() && lines.all(|line| !line.contains(&b' '))
    }

    /// A record with every column and nothing in it, by which a format recognises the table.
    pub fn head(&self) -> Fields<'_> {
        let mut fields = Fields::default();
        for name in self.columns.iter().filter(|name| !name.is_empty()) {
            fields.push(Cow::Borrowed(name), Json::Text(Cow::Borrowed("")));
        }
        fields
    }

    /// The cells of the row that was read last, under their columns' names.
    pub fn record(&self, count: usize) -> Fields<'_> {
        let mut fields = Fields::default();
        for (column, name) in self.columns.iter().enumerate().take(count) {
            let cell = self.cell(column);
            if !name.is_empty() && !cell.trim().is_empty() {
                fields.push(Cow::Borrowed(name), Json::Text(cell));
            }
        }
        fields
    }

    /// What stands next, rows without anything in them left out. None at the end.
    pub fn next(&mut self, text: &[u8]) -> Option<Row> {
        loop {
            // The end of the row before may stand here still, and empty lines are no rows.
            let ends = text[self.at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
            self.line += newlines(&text[self.at..self.at + ends]);
            self.at += ends;
            let (start, line) = (self.at, self.line);
            if start >= text.len() {
                return None;
            }
            let count = self.read_row(text);
            let raw = &text[start..self.at];
            let is_open = self.at == text.len()
                && raw.contains(&b'\n')
                && raw.split(|byte| *byte == b'"').count().is_multiple_of(2);
            let Some(count) = count.filter(|_| !is_open) else {
                return Some(self.give_up(text, start, line));
            };
            if (0..count).any(|column| !self.bytes(column).trim_ascii().is_empty()) {
                return Some(Row::Cells { line, count });
            }
        }
    }

    /// A cell of the row that was read last.
    pub fn cell(&self, column: usize) -> Cow<'_, str> {
        String::from_utf8_lossy(self.bytes(column))
    }

    /// Takes one line for what cannot be read, and goes on behind it.
    fn give_up(&mut self, text: &[u8], start: usize, line: usize) -> Row {
        let length = text[start..].iter().position(|byte| *byte == b'\n').unwrap_or(text.len() - start);
        let bytes = start..start + length;
        let (raw, separator) = (&text[bytes.clone()], self.separator);
        let opens = |at: &usize| raw[*at] == b'"' && (*at == 0 || raw[*at - 1] == separator);
        let quote = (0..raw.len()).rev().find(opens).unwrap_or_default();
        let column = 1 + String::from_utf8_lossy(&raw[..quote]).chars().count();
        self.broken += 1;
        self.reader = reader(separator, self.broken < MOST_BROKEN);
        self.at = bytes.end;
        self.line = line;
        Row::Broken { line, column, bytes }
    }

    /// Reads one row into `cells`; tells how many it has, none where it is too long.
    fn read_row(&mut self, text: &[u8]) -> Option<usize> {
        let (mut written, mut count, start) = (0, 0, self.at);
        loop {
            let before = self.at;
            // A row that is too long is noticed here, whatever it is too long for.
            let end = text.len().min(start + LONGEST_ROW + 1);
            let input = if before < end { &text[before..end] } else { &[][..] };
            let (result, read, wrote, ended) =
                self.reader.read_record(input, &mut self.cells[written..], &mut self.ends[count..]);
            self.at += read;
            self.line += newlines(&text[before..self.at]);
            written += wrote;
            count += ended;
            match result {
                ReadRecordResult::Record | ReadRecordResult::InputEmpty if self.at > start + LONGEST_ROW => {
                    return None;
                }
                ReadRecordResult::Record | ReadRecordResult::End => return Some(count),
                ReadRecordResult::OutputFull => self.cells.resize(self.cells.len() * 2, 0),
                // The rest of the row is read over.
                ReadRecordResult::OutputEndsFull => {
                    self.cut = true;
                    count = MOST_COLUMNS - 1;
                }
                // Once more, with nothing: that tells the reader that the text has ended.
                ReadRecordResult::InputEmpty => {}
            }
        }
    }

    fn bytes(&self, column: usize) -> &[u8] {
        let from = if column == 0 { 0 } else { self.ends[column - 1] };
        self.cells.get(from..self.ends[column]).unwrap_or_default()
    }
}

fn reader(separator: u8, quoting: bool) -> Reader {
    ReaderBuilder::new().delimiter(separator).quoting(quoting).build()
}

fn newlines(text: &[u8]) -> usize {
    text.split(|byte| *byte == b'\n').count() - 1
}

/// What stands between the cells of a text, and where its first row begins: what it states itself; else what parts the
/// most rows alike; else what the first line has most of.
fn separator(text: &[u8]) -> (u8, usize) {
    if let Some([separator, rest @ ..]) = text.strip_prefix(STATED)
        && SEPARATORS.contains(separator)
    {
        let end = rest.iter().position(|byte| !matches!(byte, b'\r' | b'\n')).unwrap_or(rest.len());
        if end > 0 {
            return (*separator, STATED.len() + 1 + end);
        }
    }
    let first = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let score = |separator: &u8| {
        let counts = counts(text, *separator);
        let columns = counts.first().copied().unwrap_or_default();
        let alike = counts.iter().filter(|count| **count == columns).count();
        let share = if columns > 1 { alike * 100 / counts.len() } else { 0 };
        (share, columns, first.split(|byte| byte == separator).count())
    };
    let best = SEPARATORS.iter().rev().max_by_key(|separator| score(separator));
    (best.copied().unwrap_or(b','), 0)
}

/// How many cells each of the first rows has with this separator; a row that the sample cuts off is left out.
fn counts(text: &[u8], separator: u8) -> Vec<usize> {
    let (longest, rows) = SAMPLE;
    let sample = &text[..text.len().min(longest)];
    let (mut reader, mut counts) = (reader(separator, true), Vec::new());
    let (mut at, mut cells, mut ends, mut count) = (0, [0; 4096], [0; 256], 0);
    while counts.len() < rows {
        let (result, read, _, ended) = reader.read_record(&sample[at..], &mut cells, &mut ends);
        at += read;
        count += ended;
        match result {
            ReadRecordResult::Record => counts.push(std::mem::take(&mut count)),
            ReadRecordResult::End => break,
            ReadRecordResult::InputEmpty if sample.len() < text.len() => break,
            ReadRecordResult::InputEmpty
            | ReadRecordResult::OutputFull
            | ReadRecordResult::OutputEndsFull => {}
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str) -> Vec<(usize, Vec<(String, String)>)> {
        let Some(mut table) = Table::new(text.as_bytes(), 0) else { return Vec::new() };
        let mut rows = Vec::new();
        while let Some(row) = table.next(text.as_bytes()) {
            let (line, count) = match row {
                Row::Cells { line, count } => (line, count),
                Row::Broken { line, column, bytes } => {
                    let raw = text[bytes].to_owned();
                    rows.push((line, vec![(format!("broken at {column}"), raw)]));
                    continue;
                }
            };
            let fields = table.record(count);
            let names: Vec<String> = fields.names().map(str::to_owned).collect();
            let cell = |name: String| {
                let value = fields.peek(&name).unwrap().to_owned();
                (name, value)
            };
            rows.push((line, names.into_iter().map(cell).collect()));
        }
        rows
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn rows_stand_under_their_columns_whatever_the_separator() {
        for text in ["a,b,c\n1,,3\n", "a;b;c\r\n1;;3\r\n", "a\tb\tc\n1\t\t3", "a|b|c\n1||3"] {
            assert_eq!(rows(text), [(2, pairs(&[("a", "1"), ("c", "3")]))], "{text}");
        }
    }

    #[test]
    fn the_separator_is_what_parts_all_rows_alike() {
        // Commas in every cell are decimals or lists, not what parts the cells.
        let text = "naam;ip,poort;ernst\nx;10.0.0.1,80;1,5\ny;10.0.0.2,443;2,5\n";
        assert_eq!(
            rows(text)[0],
            (2, pairs(&[("naam", "x"), ("ip,poort", "10.0.0.1,80"), ("ernst", "1,5")]))
        );
        // What a spreadsheet states counts.
        assert_eq!(rows("sep=;\r\na,x;b\r\n1,2;3\r\n"), [(3, pairs(&[("a,x", "1,2"), ("b", "3")]))]);
    }

    #[test]
    fn quoted_cells_keep_their_lines_quotes_and_separators() {
        let text = "a,b\n\"x, \"\"y\"\"\nz\",2\n\n,\n3,4,5\n";
        assert_eq!(
            rows(text),
            [(2, pairs(&[("a", "x, \"y\"\nz"), ("b", "2")])), (6, pairs(&[("a", "3"), ("b", "4")]))]
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_its_line_and_no_other() {
        let text = "a,b\n1,2\nx,\"open\n3,4\n5,6\n";
        assert_eq!(
            rows(text),
            [
                (2, pairs(&[("a", "1"), ("b", "2")])),
                (3, pairs(&[("broken at 3", "x,\"open")])),
                (4, pairs(&[("a", "3"), ("b", "4")])),
                (5, pairs(&[("a", "5"), ("b", "6")])),
            ]
        );
        // Inches in a cell open nothing.
        assert_eq!(rows("a,b\n1,5\" disk\n3,4\n").len(), 2);
    }

    #[test]
    fn a_row_without_end_is_given_up_and_many_of_them_end_quoting() {
        let giant = "x".repeat(LONGEST_ROW + 10);
        let read = rows(&format!("a,b\n1,\"{giant}\n2,3\n"));
        assert_eq!((read.len(), read[0].1[0].0.as_str()), (2, "broken at 3"));
        assert_eq!(read[1], (3, pairs(&[("a", "2"), ("b", "3")])));
        // Each of these lines would look for its quote over a whole row's length.
        let text = format!("a,b\n{}", format!("1,\"{}\n", "y".repeat(LONGEST_ROW / 50)).repeat(150));
        let even = text.matches('"').count() % 2;
        assert_eq!(even, 0);
        assert!(rows(&text).len() >= 75);
    }

    #[test]
    fn a_row_of_a_million_columns_is_cut_and_the_next_is_read() {
        let text = format!("a,b\n{}\n1,2\n", "x,".repeat(500_000));
        let rows = rows(&text);
        assert_eq!(rows.last(), Some(&(3, pairs(&[("a", "1"), ("b", "2")]))));
        let heads = format!("{}\n1,2\n", "x,".repeat(1_000_000));
        let table = Table::new(heads.as_bytes(), 0);
        assert!(table.is_none_or(|table| table.cut && table.columns().len() <= MOST_COLUMNS));
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "[a-c,;|\"\\n\\r\\t ]{0,80}") {
            let read = rows(&text);
            // Lines only rise, and no cell is longer than the text.
            prop_assert!(read.windows(2).all(|two| two[0].0 <= two[1].0));
            let longest = read.iter().flat_map(|(_, cells)| cells).map(|(_, cell)| cell.len()).max();
            prop_assert!(longest.unwrap_or_default() <= text.len());
        }
    }
}
