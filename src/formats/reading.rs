//! Reads a file in small steps: a page calls [`Reading::step`] as often as it likes between two frames.
//!
//! A step works through about as many bytes as it is told. Three things are done in one go whatever their size,
//! because a parser cannot be stopped within them: one line, one record without a list of alerts, one alert of a
//! large record.

mod begin;
mod build;
mod document;

use self::build::Build;
use self::document::{CUT_SPEED, Document};
use crate::formats::answers::Answers;
use crate::formats::columns::ColumnReading;
use crate::formats::encoding::Decoder;
use crate::formats::gather::Gathering;
use crate::formats::json::Json;
use crate::formats::outcome::{Intake, Place, Position, ReadError, Remark, Spot, Why};
use crate::formats::table::{Row, Table};
use crate::formats::text::TextReading;
use crate::formats::{FormatId, fault, mend};
use std::ops::Range;

/// A good width for a step, in bytes: some milliseconds of work.
pub const STEP: usize = 256 * 1024;

/// How much longer a byte of running text takes than one of a record.
const TEXT_COST: usize = 4;

/// The least that a line or a part of a document counts for in a step, in bytes, however short it is.
const LEAST_COST: usize = 256;

/// How far a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is done, in bytes of the file.
    pub done: usize,
    /// What there is to do, in bytes of the file.
    pub total: usize,
}

impl Progress {
    /// Whether everything is done.
    pub fn is_complete(self) -> bool {
        self.done == self.total
    }
}

/// A file that is being read.
#[derive(Debug)]
pub struct Reading {
    text: Vec<u8>,
    total: usize,
    stage: Stage,
    gathering: Gathering,
    could_be: Vec<FormatId>,
}

#[derive(Debug)]
enum Stage {
    Begin,
    Decode(Decoder),
    Document(Document),
    Text(TextReading),
    Table(Box<Table>, FormatId),
    Columns(Box<ColumnReading>),
    Lines { at: usize, line: usize },
    Build(Build),
    Done(Box<Result<Intake, ReadError>>),
}

/// Reads a whole file at once.
///
/// # Errors
/// When nothing in it can be read: why, where, and what probably happened.
pub fn read(bytes: impl Into<Vec<u8>>) -> Result<Intake, ReadError> {
    Reading::new(bytes).finish()
}

/// Reads a whole file at once, with what was answered about it.
///
/// # Errors
/// When nothing in it can be read: why, where, and what probably happened.
pub fn read_with(bytes: impl Into<Vec<u8>>, answers: Answers) -> Result<Intake, ReadError> {
    Reading::with(bytes, answers).finish()
}

impl Reading {
    /// Begins with a file's bytes.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self::with(bytes, Answers::default())
    }

    /// Begins with a file's bytes and what was answered about it.
    pub fn with(bytes: impl Into<Vec<u8>>, answers: Answers) -> Self {
        let (text, mut gathering) = (bytes.into(), Gathering::default());
        gathering.findings.answers = answers;
        Self { total: text.len().max(1), text, stage: Stage::Begin, gathering, could_be: Vec::new() }
    }

    /// What the file can be read as, the one it is recognised as among them. Known from the first records on.
    pub fn could_be(&self) -> &[FormatId] {
        &self.could_be
    }

    /// Works through about `budget` bytes.
    pub fn step(&mut self, budget: usize) -> Progress {
        let budget = budget.max(1);
        let stage = std::mem::replace(&mut self.stage, Stage::Begin);
        self.stage = match stage {
            Stage::Begin => self.begin(),
            Stage::Decode(decoder) => self.decode(decoder, budget),
            Stage::Document(document) => self.document(document, budget),
            Stage::Text(text) => self.read_text(text, budget),
            Stage::Table(table, format) => self.table(table, format, budget),
            Stage::Columns(columns) => self.columns(columns, budget),
            Stage::Lines { at, line } => self.lines(at, line, budget),
            Stage::Build(build) => build.step(budget),
            Stage::Done(result) => Stage::Done(result),
        };
        self.progress()
    }

    /// How far it is: a tenth for turning UTF-16 into UTF-8, a tenth for putting incidents together, the rest for
    /// reading records.
    pub fn progress(&self) -> Progress {
        let of = |done: usize, all: usize, from: usize, to: usize| {
            self.total / 10 * from + self.total / 10 * (to - from) / all.max(1) * done.min(all)
        };
        let done = match &self.stage {
            Stage::Begin => 0,
            Stage::Decode(decoder) => of(decoder.at() / 1024, self.total / 1024, 0, 1),
            Stage::Document(document) => {
                let work = document.splitter.at() + CUT_SPEED * document.parsed;
                of(work / 1024, self.text.len() * (CUT_SPEED + 1) / 1024, 1, 9)
            }
            Stage::Text(text) => of(text.progress().0 / 1024, text.progress().1 / 1024, 1, 10),
            Stage::Columns(columns) => of(columns.at() / 1024, self.text.len() / 1024, 1, 9),
            Stage::Table(table, _) => of(table.at() / 1024, self.text.len() / 1024, 1, 9),
            Stage::Lines { at, .. } => of(at / 1024, self.text.len() / 1024, 1, 9),
            Stage::Build(build) => of(build.incidents.len(), build.of, 9, 10),
            Stage::Done(_) => self.total,
        };
        let is_done = matches!(self.stage, Stage::Done(_));
        Progress { done: if is_done { done } else { done.min(self.total - 1) }, total: self.total }
    }

    /// Works through the rest and hands over what was read.
    ///
    /// # Errors
    /// When nothing in the file can be read: why, where, and what probably happened.
    pub fn finish(mut self) -> Result<Intake, ReadError> {
        loop {
            if let Stage::Done(result) = self.stage {
                return *result;
            }
            self.step(STEP);
        }
    }

    fn table(&mut self, mut table: Box<Table>, format: FormatId, budget: usize) -> Stage {
        let mut left = budget;
        while left > 0 {
            let before = table.at();
            match table.next(&self.text) {
                None => return self.build(),
                Some(Row::Cells { line, count }) => {
                    let place = Place { line: Some(line), path: String::new() };
                    self.gathering.row(format, table.record(count), &Spot::At(&place));
                }
                Some(Row::Broken { line, column, bytes }) => {
                    let place = Place { line: Some(line), path: String::new() };
                    self.gathering.findings.set_aside(place, Why::OpenQuote { column }, &self.text[bytes]);
                }
            }
            left = left.saturating_sub((table.at() - before).max(LEAST_COST));
        }
        Stage::Table(table, format)
    }

    fn columns(&mut self, mut columns: Box<ColumnReading>, budget: usize) -> Stage {
        let mut left = budget;
        while left > 0 {
            let before = columns.at();
            if !columns.step(&self.text, &mut self.gathering) {
                return self.build();
            }
            // The two passes over the text count for as much as they are wide.
            left = left.saturating_sub(columns.at().saturating_sub(before).saturating_mul(2).max(LEAST_COST));
        }
        Stage::Columns(columns)
    }

    fn read_text(&self, mut text: TextReading, budget: usize) -> Stage {
        if !text.step(budget / TEXT_COST) {
            return Stage::Text(text);
        }
        match text.finish() {
            Some(intake) => Stage::Done(Box::new(Ok(intake))),
            None => refuse(Place::default(), self.explain_beginning()),
        }
    }

    fn lines(&mut self, mut at: usize, mut line: usize, budget: usize) -> Stage {
        let mut left = budget;
        while left > 0 && at < self.text.len() {
            let length = self.text[at..].iter().position(|byte| *byte == b'\n');
            let end = length.map_or(self.text.len(), |length| at + length);
            let blank = self.text[at..end].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            if at + blank < end {
                let place = Place { line: Some(line), path: String::new() };
                let spot = Spot::At(&place);
                let taken = parse(
                    &self.text,
                    at..end,
                    Some(line),
                    &spot,
                    &mut self.gathering,
                    |gathering, json, raw| {
                        gathering.record(json, &spot, raw);
                    },
                );
                if let Err(why) = taken {
                    self.gathering.findings.set_aside(place, why, &self.text[at + blank..end]);
                }
            }
            left = left.saturating_sub((end - at).max(LEAST_COST));
            at = end + 1;
            line += 1;
        }
        if at < self.text.len() { Stage::Lines { at, line } } else { self.build() }
    }
}

fn refuse(place: Place, why: Why) -> Stage {
    Stage::Done(Box::new(Err(ReadError { place, why })))
}

/// Refuses a document for a reason that has its position in itself.
fn refuse_at(why: Why) -> Stage {
    refuse(Place::default(), why)
}

/// Parses a piece of a text and hands it over with its beginning; mends it first where that helps. `line` is the
/// piece's number where it is a whole line: counting lines from the top for each of many bad ones would take long.
fn parse<T>(
    text: &[u8],
    range: Range<usize>,
    line: Option<usize>,
    place: &Spot<'_>,
    gathering: &mut Gathering,
    take: impl FnOnce(&mut Gathering, Json<'_>, &[u8]) -> T,
) -> Result<T, Why> {
    let slice = &text[range.clone()];
    let error = match serde_json::from_slice(slice) {
        Ok(json) => return Ok(take(gathering, json, slice)),
        Err(error) => error,
    };
    if let Some((mended, mends)) = mend::mend(slice)
        && let Ok(json) = serde_json::from_slice(&mended)
    {
        for mend in mends {
            gathering.findings.remark(Remark::Mended { place: place.to_place(), mend });
        }
        return Ok(take(gathering, json, &mended));
    }
    Err(fault::explain(slice, &error, |offset| match line {
        Some(line) => {
            let at = fault::position(slice, offset);
            Position { line: line + at.line - 1, ..at }
        }
        None => fault::position(text, range.start + offset),
    }))
}
