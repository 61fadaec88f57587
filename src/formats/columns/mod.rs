//! Tables of any shape: what each column means is found by its name or by what stands in it, and the person can say
//! otherwise. A row is an incident, an alert, a timeline event or just things; the columns decide which.
//!
//! The table is gone through twice: once to see what stands in the columns ([`survey`]), once to read its rows ([`row`]).
//! Nothing is guessed: dates that can be read two ways and times without a zone are asked about, a column that no rule
//! knows is kept under its own name.

pub mod dates;
mod dictionary;
mod events;
mod row;
mod survey;
mod things;
mod values;

#[cfg(test)]
mod tests;

pub use dates::Order;
pub use dictionary::Meaning;
pub use events::has_times;
pub use survey::{Column, Columns, Known};

use crate::formats::gather::Gathering;
use crate::formats::outcome::{Place, Remark, Why};
use crate::formats::table::{Row, Table};
use row::Rows;
use survey::Survey;

/// A table that is read by its columns, in steps.
#[derive(Debug)]
pub struct ColumnReading {
    table: Table,
    stage: Stage,
    /// How far the first pass came, in bytes.
    length: usize,
}

#[derive(Debug)]
enum Stage {
    /// Seeing what stands in the columns.
    Survey(Survey),
    /// Reading the rows.
    Rows(Box<Rows>),
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowsAre {
    /// Incidents.
    Incidents,
    /// Alerts.
    Alerts,
    /// Timeline events.
    Events,
    /// Things: addresses, files, devices, accounts.
    Things,
    /// No column says what they are about.
    Nothing,
}

impl Columns {
    /// What the rows are, by what the columns mean.
    pub fn rows_are(&self) -> RowsAre {
        let any = |fits: fn(Meaning) -> bool| self.columns.iter().any(|column| fits(column.meaning));
        let is_timed = any(Meaning::is_time);
        if is_timed && any(|meaning| meaning == Meaning::Event) {
            RowsAre::Events
        } else if any(|meaning| matches!(meaning, Meaning::AlertTitle | Meaning::AlertId)) {
            RowsAre::Alerts
        } else if any(|meaning| matches!(meaning, Meaning::IncidentId | Meaning::IncidentName)) {
            RowsAre::Incidents
        } else if any(row::is_thing) {
            RowsAre::Things
        } else if is_timed && any(|meaning| meaning == Meaning::Description) {
            RowsAre::Events
        } else {
            RowsAre::Nothing
        }
    }
}

/// Whether enough columns are known by name that the table is one to read by its columns.
pub fn knows(table: &Table) -> bool {
    table.columns().iter().any(|name| Meaning::of(name).is_some())
}

impl ColumnReading {
    /// Begins with a table whose names were read.
    pub fn new(table: Table) -> Self {
        let survey = Survey::new(table.columns());
        Self { stage: Stage::Survey(survey), table, length: 0 }
    }

    /// How far it is, in bytes of the text: each pass counts for half of it.
    pub fn at(&self) -> usize {
        match &self.stage {
            Stage::Survey(_) => self.table.at() / 2,
            Stage::Rows(_) => usize::midpoint(self.length, self.table.at()),
        }
    }

    /// Takes the next row; false at the end of it all.
    pub fn step(&mut self, text: &[u8], into: &mut Gathering) -> bool {
        let next = self.table.next(text);
        match (&mut self.stage, next) {
            (Stage::Survey(survey), Some(Row::Cells { count, .. })) => survey.take(&self.table, count),
            (Stage::Survey(_), Some(Row::Broken { .. })) => {}
            (Stage::Survey(survey), None) => {
                let columns = std::mem::take(survey).finish(&into.findings.answers);
                let rows = Rows::new(&columns, self.table.columns(), text, &into.findings.answers);
                into.findings.questions.columns = Some(columns);
                self.stage = Stage::Rows(Box::new(rows));
                self.length = self.table.at();
                self.table.rewind();
            }
            (Stage::Rows(rows), Some(Row::Cells { line, count })) => {
                rows.take(&self.table, line, count, into);
            }
            (Stage::Rows(_), Some(Row::Broken { line, column, bytes })) => {
                let place = Place { line: Some(line), path: String::new() };
                into.findings.set_aside(place, Why::OpenQuote { column }, &text[bytes]);
            }
            (Stage::Rows(_), None) => {
                if self.table.cut {
                    into.findings.remark(Remark::ColumnsCut);
                }
                return false;
            }
        }
        true
    }
}
