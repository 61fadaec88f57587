//! Tables: comma-, semicolon- or tab-separated values (RFC 4180 and its cousins), read row by row in steps.
//!
//! The first row has the columns' names; each further row becomes a record of texts under those names, so that a
//! format recognises and reads it like a record of JSON. An empty cell says nothing.

use crate::formats::json::{Fields, Json};
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use std::borrow::Cow;

/// More columns than any product writes; cells beyond are not read.
const MOST_COLUMNS: usize = 1_024;

/// What may stand between cells, the likeliest first.
const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// A table that is being read.
pub struct Table {
    reader: Reader,
    at: usize,
    line: usize,
    columns: Vec<String>,
    /// The cells of one row end to end, and where each ends.
    cells: Vec<u8>,
    ends: Vec<usize>,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table").field("at", &self.at).field("columns", &self.columns).finish_non_exhaustive()
    }
}

impl Table {
    /// Begins with a text from `at` on; none where its first line is no row of names.
    pub fn new(text: &[u8], at: usize) -> Option<Self> {
        let first = text[at..].split(|byte| *byte == b'\n').next().unwrap_or_default();
        let count = |separator: &u8| first.split(|byte| byte == separator).count();
        let separator = *SEPARATORS.iter().rev().max_by_key(|separator| count(separator))?;
        let reader = ReaderBuilder::new().delimiter(separator).build();
        let mut table = Self {
            reader,
            at,
            line: 1,
            columns: Vec::new(),
            cells: vec![0; 1024],
            ends: vec![0; MOST_COLUMNS],
        };
        let count = table.read_row(text)?;
        table.columns = (0..count).map(|column| table.cell(column).trim().to_owned()).collect();
        Some(table)
    }

    /// How far it is, in bytes.
    pub fn at(&self) -> usize {
        self.at
    }

    /// A record with every column and nothing in it, by which a format recognises the table.
    pub fn head(&self) -> Fields<'_> {
        let mut fields = Fields::default();
        for name in self.columns.iter().filter(|name| !name.is_empty()) {
            fields.push(Cow::Borrowed(name), Json::Text(Cow::Borrowed("")));
        }
        fields
    }

    /// The next row that has something in it: its line, and its cells under their columns' names. None at the end.
    pub fn row(&mut self, text: &[u8]) -> Option<(usize, Fields<'_>)> {
        loop {
            // The end of the row before may stand here still, and empty lines are no rows.
            let ends = text[self.at..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
            let line = self.line + ends.filter(|byte| **byte == b'\n').count();
            let count = self.read_row(text)?;
            if (0..count).all(|column| self.cell_bytes(column).trim_ascii().is_empty()) {
                continue;
            }
            let mut fields = Fields::default();
            for (column, name) in self.columns.iter().enumerate().take(count) {
                let cell = String::from_utf8_lossy(self.cell_bytes(column));
                if !name.is_empty() && !cell.trim().is_empty() {
                    fields.push(Cow::Borrowed(name), Json::Text(cell));
                }
            }
            return Some((line, fields));
        }
    }

    /// Reads one row into `cells`; tells how many it has, none at the end.
    fn read_row(&mut self, text: &[u8]) -> Option<usize> {
        let (mut written, mut count) = (0, 0);
        loop {
            let before = self.at;
            let (result, read, wrote, ended) = self.reader.read_record(
                &text[self.at..],
                &mut self.cells[written..],
                &mut self.ends[count..],
            );
            self.at += read;
            self.line += text[before..self.at].split(|byte| *byte == b'\n').count() - 1;
            written += wrote;
            count += ended;
            match result {
                ReadRecordResult::Record => return Some(count),
                ReadRecordResult::End => return None,
                ReadRecordResult::OutputFull => self.cells.resize(self.cells.len() * 2, 0),
                // The rest of the row is read over.
                ReadRecordResult::OutputEndsFull => count = MOST_COLUMNS - 1,
                // Once more, with nothing: that tells the reader that the text has ended.
                ReadRecordResult::InputEmpty => {}
            }
        }
    }

    fn cell_bytes(&self, column: usize) -> &[u8] {
        let from = if column == 0 { 0 } else { self.ends[column - 1] };
        self.cells.get(from..self.ends[column]).unwrap_or_default()
    }

    fn cell(&self, column: usize) -> Cow<'_, str> {
        String::from_utf8_lossy(self.cell_bytes(column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str) -> Vec<(usize, Vec<(String, String)>)> {
        let Some(mut table) = Table::new(text.as_bytes(), 0) else { return Vec::new() };
        let mut rows = Vec::new();
        while let Some((line, fields)) = table.row(text.as_bytes()) {
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
        for text in ["a,b,c\n1,,3\n", "a;b;c\r\n1;;3\r\n", "a\tb\tc\n1\t\t3"] {
            assert_eq!(rows(text), [(2, pairs(&[("a", "1"), ("c", "3")]))], "{text}");
        }
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
    fn a_row_of_a_million_columns_is_cut_and_the_next_is_read() {
        let text = format!("a,b\n{}\n1,2\n", "x,".repeat(1_000_000));
        let rows = rows(&text);
        assert_eq!(rows.last(), Some(&(3, pairs(&[("a", "1"), ("b", "2")]))));
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "[a-c,;\"\\n\\r\\t ]{0,80}") {
            rows(&text);
        }
    }
}
