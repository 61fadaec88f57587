//! Tables whose rows are timeline events: something that happened, and when. Which column says what is found by the
//! columns' names, and where those say nothing, by what stands in them; the person can say otherwise.

use super::RowsAre;
use super::dates::{self, Date, Order};
use super::dictionary::Meaning;
use super::row::is_thing;
use super::survey::{Column, Columns, Known};
use super::things::Things;
use super::values::is_nothing;
use crate::formats::answers::Asked;
use crate::formats::assemble::Evidence;
use crate::formats::gather::Gathering;
use crate::formats::outcome::{Place, Why};
use crate::formats::table::Table;
use crate::model::{EventId, Extra, Time, TimelineEvent};

/// Columns with these make the rows something else than events.
const SOMETHING_ELSE: &[Meaning] = &[
    Meaning::IncidentId,
    Meaning::IncidentName,
    Meaning::AlertId,
    Meaning::AlertTitle,
    Meaning::Indicator,
    Meaning::Verdict,
    Meaning::Assets,
];

/// How many words the cells of a column have on average that is taken for a text beside columns of things.
const WORDY: usize = 3;

/// How many rows are looked at to see whether a table without a known name has times in it.
const LOOKED_AT: usize = 20;

/// What was seen in a column's cells.
#[derive(Debug, Clone, Copy, Default)]
pub struct Look {
    /// How many cells.
    pub cells: usize,
    /// How many of them are times.
    pub times: usize,
    /// How many words they have, together; a cell without a letter has none.
    pub words: usize,
}

impl Look {
    /// Looks at a cell.
    pub fn take(&mut self, cell: &str) {
        self.cells += 1;
        self.times += usize::from(is_time(cell));
        if cell.contains(char::is_alphabetic) {
            self.words += cell.split_whitespace().count();
        }
    }

    fn is_time(self) -> bool {
        self.cells > 0 && self.times == self.cells
    }
}

/// Whether a cell is a time and could hardly be anything else: a number may be an account's or a telephone's.
fn is_time(cell: &str) -> bool {
    !cell.bytes().all(|byte| byte.is_ascii_digit()) && dates::read(cell).is_some()
}

/// Whether a table of which no name is known has a column of times under a name that is none itself.
pub fn has_times(table: &mut Table, text: &[u8]) -> bool {
    let names = table.columns().to_vec();
    let mut looks = vec![Look::default(); names.len()];
    for _ in 0..LOOKED_AT {
        let Some(crate::formats::table::Row::Cells { count, .. }) = table.next(text) else { break };
        for (column, look) in looks.iter_mut().enumerate().take(count) {
            let cell = table.cell(column);
            if !cell.trim().is_empty() {
                look.take(cell.trim());
            }
        }
    }
    table.rewind();
    looks.iter().zip(&names).any(|(look, name)| look.is_time() && !is_time(name))
}

/// Where the rows tell what happened when, marks the columns that do. A column that is only called like one stays what
/// its cells are.
pub fn settle(columns: &mut [Column], looks: &[Look]) {
    let found = find(columns, looks);
    for column in columns.iter_mut().filter(|column| column.meaning == Meaning::Event) {
        (column.meaning, column.known) = (Meaning::Kept, Known::Not);
    }
    let Some((time, message, known)) = found else { return };
    let mut put = |at: usize, meaning, known| {
        (columns[at].meaning, columns[at].known) = (meaning, known);
    };
    put(message, Meaning::Event, known);
    if let Some(time) = time {
        put(time, Meaning::Created, Known::ByContent);
    }
}

/// The column of times, where it is not known by its name; the column that says what happened, and how that is known.
fn find(columns: &[Column], looks: &[Look]) -> Option<(Option<usize>, usize, Known)> {
    let has = |meaning: &Meaning| columns.iter().any(|column| column.meaning == *meaning);
    if SOMETHING_ELSE.iter().any(has) {
        return None;
    }
    let has_things = columns.iter().any(|column| is_thing(column.meaning));
    let unknown = |at: &usize| columns[*at].known == Known::Not;
    let time = if has(&Meaning::Created) || !has_things && columns.iter().any(|c| c.meaning.is_time()) {
        None
    } else {
        Some((0..columns.len()).filter(unknown).find(|at| looks[*at].is_time())?)
    };
    let of = |meaning: Meaning| columns.iter().position(|column| column.meaning == meaning);
    let named = || columns.iter().position(|column| Meaning::of(&column.name) == Some(Meaning::Name));
    if let Some(message) = of(Meaning::Event).or_else(|| of(Meaning::Description)).or_else(named) {
        return Some((time, message, Known::ByName));
    }
    let least = if has_things { WORDY } else { 1 };
    let worded = (0..columns.len()).filter(unknown).filter(|at| {
        let look = looks[*at];
        Some(*at) != time && look.cells > 0 && look.words >= least * look.cells
    });
    // The first of the wordiest.
    let wordiest = worded.rev().max_by_key(|at| looks[*at].words * 100 / looks[*at].cells)?;
    Some((time, wordiest, Known::ByContent))
}

/// What is read of a time's cell.
pub enum Moment {
    /// A time, as ISO 8601.
    At(String),
    /// It can be read two ways, which was asked.
    Asked,
    /// It is none.
    None,
}

/// Reads a cell with a time, with the order that its column's dates have.
pub fn moment(cell: &str, order: Option<Order>, into: &mut Gathering) -> Moment {
    match dates::read(cell) {
        Some(Date::One(text, _)) => Moment::At(text),
        Some(Date::Two(day_first, month_first)) => {
            let findings = &mut into.findings;
            if order.is_none() {
                Asked::about(&mut findings.questions.order, cell);
            }
            match order.or(findings.answers.order) {
                Some(Order::DayFirst) => Moment::At(day_first),
                Some(Order::MonthFirst) => Moment::At(month_first),
                None => Moment::Asked,
            }
        }
        None => Moment::None,
    }
}

/// Which columns say when and what.
#[derive(Debug)]
pub struct Told {
    times: Vec<usize>,
    message: usize,
}

/// An event out of a row, and what it is about.
pub struct EventRow {
    /// The event.
    pub event: TimelineEvent,
    /// What it is about.
    pub about: Vec<Evidence>,
}

impl Told {
    /// The columns of a table whose rows are events; none where they are not.
    pub fn of(found: &Columns) -> Option<Self> {
        if found.rows_are() != RowsAre::Events {
            return None;
        }
        let at = |fits: fn(Meaning) -> bool| -> Vec<usize> {
            let columns = found.columns.iter().enumerate();
            columns.filter(|(_, column)| fits(column.meaning)).map(|(at, _)| at).collect()
        };
        let created = at(|meaning| meaning == Meaning::Created);
        let times = if created.is_empty() { at(Meaning::is_time)[..1].to_vec() } else { created };
        let message = at(|meaning| meaning == Meaning::Event);
        let message = message
            .first()
            .copied()
            .or_else(|| at(|meaning| meaning == Meaning::Description).first().copied())?;
        Some(Self { times, message })
    }

    /// Reads the row that was read last; none where it waits for an answer, or was set aside.
    pub fn read(
        &self,
        columns: &[(String, Meaning, Option<Order>)],
        table: &Table,
        count: usize,
        place: &Place,
        into: &mut Gathering,
    ) -> Option<EventRow> {
        let cell = |at: usize| if at < count { table.cell(at).trim().to_owned() } else { String::new() };
        let raw = || (0..count).map(cell).collect::<Vec<_>>().join(" ");
        let (at, parts) = match self.when(columns, &cell, into) {
            (Moment::At(text), parts) => (Time::parse(&text).ok()?, parts),
            (Moment::Asked, _) => return None,
            (Moment::None, _) => {
                let text = self.times.first().map(|time| cell(*time).chars().take(60).collect());
                let why = Why::WithoutTime { text: text.unwrap_or_default() };
                into.findings.set_aside(place.clone(), why, raw().as_bytes());
                return None;
            }
        };
        let (mut things, mut kept) = (Things::default(), Extra::new());
        let (mut kind, mut source) = (String::new(), String::new());
        for (column, (name, meaning, _)) in columns.iter().enumerate().take(count) {
            let text = cell(column);
            let is_told = column == self.message || parts.contains(&column) && text == at.text();
            if text.is_empty() || is_told || *meaning == Meaning::LeftOut {
                continue;
            }
            let free = match meaning {
                Meaning::Category => Some(&mut kind),
                Meaning::Product => Some(&mut source),
                _ => None,
            };
            match free {
                Some(free) if free.is_empty() && !is_nothing(&text) => *free = text,
                _ if is_thing(*meaning) && things.take(*meaning, &text, None) => {}
                _ => {
                    kept.insert(name.clone(), text.into());
                }
            }
        }
        let message =
            Some(cell(self.message)).filter(|text| !is_nothing(text)).unwrap_or_else(|| kind.clone());
        if message.is_empty() {
            into.findings.set_aside(place.clone(), Why::WithoutMessage, raw().as_bytes());
            return None;
        }
        let mut event = TimelineEvent::new(EventId::derived(&[]), at, message);
        (event.kind, event.source, event.extra) = (kind, source, kept);
        Some(EventRow { event, about: things.finish() })
    }

    /// When it was, and which columns say so: a day and a time of day may stand apart.
    fn when(
        &self,
        columns: &[(String, Meaning, Option<Order>)],
        cell: &impl Fn(usize) -> String,
        into: &mut Gathering,
    ) -> (Moment, Vec<usize>) {
        let Some(first) = self.times.first() else { return (Moment::None, Vec::new()) };
        let (day, order) = (cell(*first), columns[*first].2);
        if let Some(second) = self.times.get(1) {
            let clock = cell(*second);
            let both = format!("{day} {clock}");
            if clock.contains(':') && dates::read(&clock).is_none() && dates::read(&both).is_some() {
                return (moment(&both, order, into), vec![*first, *second]);
            }
        }
        (moment(&day, order, into), vec![*first])
    }
}
