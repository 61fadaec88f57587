//! Reads a file in small steps: a page calls [`Reading::step`] as often as it likes between two frames.
//!
//! A step works through about as many bytes as it is told. Three things are done in one go whatever their size,
//! because a parser cannot be stopped within them: one line, one record without a list of alerts, one alert of a
//! large record.

use crate::formats::answers::Answers;
use crate::formats::columns::{self, ColumnReading};
use crate::formats::encoding::{Decoder, Encoding, Utf16, Windows};
use crate::formats::gather::{Gathering, Owner, Unfinished};
use crate::formats::json::Json;
use crate::formats::outcome::{
    Findings, Foreign, Intake, Mend, Place, Position, ReadError, Remark, Spot, Why,
};
use crate::formats::split::{Part, Splitter, is_lines};
use crate::formats::table::{Row, Table};
use crate::formats::text::TextReading;
use crate::formats::{Confidence, FORMATS, FormatId, fault, foreign, mend, playbooks};
use crate::model::{Incident, KeptPlaybook};
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::VecDeque;
use std::ops::Range;

/// A good width for a step, in bytes: some milliseconds of work.
pub const STEP: usize = 256 * 1024;

/// A record longer than this, in bytes, is read alert by alert.
const LARGE: usize = 256 * 1024;

/// How much faster a document is cut into records than these are parsed: what a cut byte counts for in a step.
const CUT_SPEED: usize = 4;

/// How much longer a byte of running text takes than one of a record.
const TEXT_COST: usize = 4;

/// The least that a line or a part of a document counts for in a step, in bytes, however short it is.
const LEAST_COST: usize = 256;

/// What finishing one alert's or event's share of an incident counts for in a step, in bytes.
const ALERT_COST: usize = 2048;

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

#[derive(Debug)]
struct Document {
    splitter: Splitter,
    parts: VecDeque<Part>,
    open: Option<OpenRecord>,
    /// How many bytes of records were parsed.
    parsed: usize,
}

/// What a list says about itself beside its records.
#[derive(Deserialize)]
struct Wrapper {
    /// Where the next page is.
    #[serde(rename = "@odata.nextLink", alias = "nextLink")]
    next: Option<IgnoredAny>,
}

/// A large record whose alerts are read one by one.
struct OpenRecord {
    owner: Owner,
    place: Place,
    alerts: std::iter::Enumerate<std::vec::IntoIter<Range<usize>>>,
}

impl std::fmt::Debug for OpenRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpenRecord")
            .field("format", &self.owner.0.id())
            .field("place", &self.place)
            .finish_non_exhaustive()
    }
}

#[derive(Debug)]
struct Build {
    format: FormatId,
    confidence: Confidence,
    of: usize,
    unfinished: std::vec::IntoIter<Unfinished>,
    findings: Findings,
    incidents: Vec<Incident>,
    playbooks: Vec<KeptPlaybook>,
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

    fn begin(&mut self) -> Stage {
        match Encoding::of(&self.text) {
            Encoding::Utf8(mark) => self.look(mark),
            Encoding::Windows => Stage::Decode(Decoder::Windows(Windows::default())),
            Encoding::Utf16Le(mark) => Stage::Decode(Decoder::Utf16(Utf16::new(mark, false))),
            Encoding::Utf16Be(mark) => Stage::Decode(Decoder::Utf16(Utf16::new(mark, true))),
        }
    }

    fn decode(&mut self, mut decoder: Decoder, budget: usize) -> Stage {
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
    fn look(&mut self, mark: usize) -> Stage {
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
    fn table_or_text(&mut self, mark: usize, first: usize) -> Stage {
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

    fn begin_text(&mut self, mark: usize) -> Stage {
        let findings = &mut self.gathering.findings;
        match TextReading::new(&self.text[mark..], std::mem::take(findings)) {
            Some(text) => Stage::Text(text),
            None => refuse(Place::default(), self.explain_beginning()),
        }
    }

    /// Why this is no text that can be read, by how it begins.
    fn explain_beginning(&self) -> Why {
        let first = self.text.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or_default();
        fault::explain_beginning(&self.text, first)
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

    fn document(&mut self, mut document: Document, budget: usize) -> Stage {
        let mut left = budget;
        while left > 0 {
            let spent = if let Some(open) = &mut document.open {
                let Some((index, range)) = open.alerts.next() else {
                    document.open = None;
                    continue;
                };
                let length = range.len();
                if let Err(why) = self.alert(open, index, range) {
                    return refuse_at(why);
                }
                document.parsed += length;
                length
            } else if let Some(part) = document.parts.pop_front() {
                match self.part(part, &mut document.open) {
                    Ok(spent) => {
                        document.parsed += spent;
                        spent
                    }
                    Err(why) => return refuse_at(why),
                }
            } else if document.splitter.at() < self.text.len() {
                document.splitter.step(&self.text, left.saturating_mul(CUT_SPEED), &mut document.parts);
                left / 2
            } else {
                return self.check(document.splitter);
            };
            left = left.saturating_sub(spent.max(LEAST_COST));
        }
        Stage::Document(document)
    }

    /// Reads what the splitter cut out; tells how many bytes that took.
    fn part(&mut self, part: Part, open: &mut Option<OpenRecord>) -> Result<usize, Why> {
        let (range, alerts, place) = match part {
            Part::Record { range, alerts, place } => (range, alerts, place),
            Part::Odd { at, place } => {
                self.gathering.findings.set_aside(place, Why::NotARecord, &self.text[at..]);
                return Ok(1);
            }
        };
        if range.len() > LARGE && alerts.len() > 1 {
            let hollow = hollow(&self.text, &range, &alerts);
            if let Ok(json) = serde_json::from_slice(&hollow) {
                let owner = self.gathering.record(json, &Spot::At(&place), &self.text[range]);
                *open =
                    owner.map(|owner| OpenRecord { owner, place, alerts: alerts.into_iter().enumerate() });
                return Ok(hollow.len());
            }
        }
        let (length, spot) = (range.len(), Spot::At(&place));
        let taken =
            parse(&self.text, range.clone(), None, &spot, &mut self.gathering, |gathering, json, raw| {
                gathering.record(json, &spot, raw);
            });
        self.unless_deep(taken, range, &spot)?;
        Ok(length)
    }

    fn alert(&mut self, open: &OpenRecord, index: usize, range: Range<usize>) -> Result<(), Why> {
        let place = Spot::At(&open.place);
        let spot = place.element("alerts", index);
        let (format, incident) = open.owner;
        let taken =
            parse(&self.text, range.clone(), None, &spot, &mut self.gathering, |gathering, json, _| {
                if let Json::Object(alert) = json {
                    format.read_alert(alert, incident, &spot, gathering);
                }
            });
        self.unless_deep(taken, range, &spot)
    }

    /// What is nested too deep costs that record; what is not JSON costs the document.
    fn unless_deep(
        &mut self,
        taken: Result<(), Why>,
        range: Range<usize>,
        spot: &Spot<'_>,
    ) -> Result<(), Why> {
        match taken {
            Err(Why::TooDeep) => {
                self.gathering.findings.set_aside(spot.to_place(), Why::TooDeep, &self.text[range]);
                Ok(())
            }
            other => other,
        }
    }

    /// Lets a parser check what stands around the records.
    fn check(&mut self, splitter: Splitter) -> Stage {
        let skeleton = splitter.into_skeleton(&self.text);
        let mut values = serde_json::Deserializer::from_slice(&skeleton).into_iter::<IgnoredAny>();
        if let Some(error) = values.find_map(Result::err) {
            let why = fault::explain_whole(&self.text);
            return refuse_at(why.unwrap_or_else(|| {
                fault::explain(&skeleton, &error, |offset| fault::position(&skeleton, offset))
            }));
        }
        if serde_json::from_slice(&skeleton).is_ok_and(|wrapper: Wrapper| wrapper.next.is_some()) {
            self.gathering.note_more_pages();
        }
        self.build()
    }

    fn build(&mut self) -> Stage {
        self.text = Vec::new();
        let mut gathering = std::mem::take(&mut self.gathering);
        let playbooks = std::mem::take(&mut gathering.playbooks);
        let confidence = gathering.confidence();
        let most = gathering.formats().iter().max_by_key(|(_, count)| **count).map(|(format, _)| *format);
        let (unfinished, mut findings) = gathering.into_unfinished();
        // A table of which nothing is known yet is still asked about.
        let asks = findings.questions.columns.is_some();
        let most = most.or(asks.then_some(FormatId::Table));
        let Some(format) = most.filter(|_| !unfinished.is_empty() || !playbooks.is_empty() || asks) else {
            return if findings.set_aside.is_empty() {
                refuse(Place::default(), Why::EmptyList)
            } else {
                let first = findings.set_aside.swap_remove(0);
                refuse(first.place, first.why)
            };
        };
        Stage::Build(Build {
            format,
            confidence,
            of: unfinished.len(),
            unfinished: unfinished.into_iter(),
            findings,
            incidents: Vec::new(),
            playbooks,
        })
    }
}

impl Build {
    fn step(mut self, budget: usize) -> Stage {
        let mut left = budget;
        while left > 0 {
            let Some(unfinished) = self.unfinished.next() else {
                self.findings.close();
                return Stage::Done(Box::new(Ok(Intake {
                    format: self.format,
                    confidence: self.confidence,
                    incidents: self.incidents,
                    playbooks: self.playbooks,
                    set_aside: self.findings.set_aside,
                    remarks: self.findings.remarks,
                    questions: self.findings.questions,
                })));
            };
            left = left.saturating_sub((unfinished.size() + 1) * ALERT_COST);
            self.incidents.push(unfinished.finish(&mut self.findings));
        }
        Stage::Build(self)
    }
}

/// The format that knows a table by the names of its columns.
fn recognised(table: &Table) -> Option<FormatId> {
    let head = table.head();
    let best = FORMATS.iter().map(|format| (format.recognise(&head), format.id()));
    let best = best.max_by_key(|(confidence, _)| *confidence)?;
    (best.0 > Confidence::No).then_some(best.1)
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

/// Whether a text that begins like this is meant to be JSON. `[+] Found …` and `[.]` are not.
fn begins_json(text: &[u8]) -> bool {
    match text {
        [b'{', ..] => true,
        [b'[', rest @ ..] => {
            rest.trim_ascii_start().first().is_none_or(|next| b"{[\"]-0123456789tfn'/".contains(next))
        }
        _ => false,
    }
}

/// A record with `null` in the place of every alert.
fn hollow(text: &[u8], record: &Range<usize>, alerts: &[Range<usize>]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = record.start;
    for alert in alerts {
        out.extend_from_slice(&text[at..alert.start]);
        out.extend_from_slice(b"null");
        at = alert.end;
    }
    out.extend_from_slice(&text[at..record.end]);
    out
}
