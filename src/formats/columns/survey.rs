//! What stands in a table's columns: examples, which indicators its cells are, in which order its dates are written;
//! and what follows for what each column means.

use super::dates::{self, Date, Order};
use super::dictionary::{Meaning, folded};
use super::events::{self, Look};
use super::values::is_nothing;
use crate::formats::answers::Answers;
use crate::formats::table::Table;
use crate::formats::text::{self, Kind};
use crate::model::Fingerprint;
use sha2::{Digest as _, Sha256};

/// How many cells of a column are shown, and how much of each, in characters.
const EXAMPLES: (usize, usize) = (3, 60);

/// How many cells of a column are looked at to see what they are, and the longest that is.
const LOOKED_AT: (usize, usize) = (100, 300);

/// What a reading asks about a table's columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The columns, in their order.
    pub columns: Vec<Column>,
    /// What tells this header from others: the hash of its names. It says nothing of them.
    pub header: String,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name; the first has an empty one where a program numbered the rows.
    pub name: String,
    /// What it is taken to mean.
    pub meaning: Meaning,
    /// How that is known.
    pub known: Known,
    /// A few of its cells.
    pub examples: Vec<String>,
    /// In which order its dates are written, where its cells tell; for columns of times.
    pub order: Option<Order>,
}

/// How a column's meaning is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// By its name.
    ByName,
    /// By what stands in it: all of its cells are addresses or hashes.
    ByContent,
    /// The person said so.
    ByPerson,
    /// It is not: its cells are kept as they are.
    Not,
}

/// What was seen so far.
#[derive(Debug, Default)]
pub struct Survey {
    names: Vec<String>,
    seen: Vec<Seen>,
}

#[derive(Debug, Default, Clone)]
struct Seen {
    examples: Vec<String>,
    looked_at: usize,
    kinds: Vec<(Meaning, usize)>,
    day_first: bool,
    month_first: bool,
    look: Look,
}

impl Survey {
    /// A survey of these columns.
    pub fn new(names: &[String]) -> Self {
        Self { names: names.to_vec(), seen: vec![Seen::default(); names.len()] }
    }

    /// Looks at the row that was read last.
    pub fn take(&mut self, table: &Table, count: usize) {
        for (column, seen) in self.seen.iter_mut().enumerate().take(count) {
            let cell = table.cell(column);
            let cell = cell.trim();
            if !is_nothing(cell) {
                seen.take(cell);
            }
        }
    }

    /// What each column means.
    pub fn finish(self, answers: &Answers) -> Columns {
        let looks: Vec<Look> = self.seen.iter().map(|seen| seen.look).collect();
        let named: Vec<Option<Meaning>> = self.names.iter().map(|name| Meaning::of(name)).collect();
        let mut columns: Vec<Column> = self
            .names
            .iter()
            .zip(self.seen)
            .zip(&named)
            .map(|((name, seen), named)| {
                let content = seen.meaning();
                let (meaning, known) = match (named, content) {
                    (Some(meaning), _) => (*meaning, Known::ByName),
                    (None, Some(meaning)) => (meaning, Known::ByContent),
                    (None, None) => (Meaning::Kept, Known::Not),
                };
                let order = seen.order();
                Column { name: name.clone(), meaning, known, examples: seen.examples, order }
            })
            .collect();
        settle_names(&mut columns);
        events::settle(&mut columns, &looks);
        if let Some(answered) = answers.columns.as_ref().filter(|answered| answered.len() == columns.len()) {
            for (column, meaning) in columns.iter_mut().zip(answered) {
                if column.meaning != *meaning {
                    (column.meaning, column.known) = (*meaning, Known::ByPerson);
                }
            }
        }
        Columns { columns, header: fingerprint(&self.names) }
    }
}

impl Seen {
    fn take(&mut self, cell: &str) {
        let (most, longest) = EXAMPLES;
        if self.examples.len() < most {
            let example: String = cell.chars().take(longest).collect();
            if !self.examples.contains(&example) {
                self.examples.push(example);
            }
        }
        if let Some(Date::One(_, Some(order))) = dates::read(cell) {
            match order {
                Order::DayFirst => self.day_first = true,
                Order::MonthFirst => self.month_first = true,
            }
        }
        let (most, longest) = LOOKED_AT;
        if self.looked_at < most {
            self.looked_at += 1;
            self.look.take(cell);
            if cell.len() <= longest
                && let Some(meaning) = unmistakable(cell)
            {
                match self.kinds.iter_mut().find(|(known, _)| *known == meaning) {
                    Some((_, count)) => *count += 1,
                    None => self.kinds.push((meaning, 1)),
                }
            }
        }
    }

    /// What the cells are, where all of them are of one kind that cannot be mistaken.
    fn meaning(&self) -> Option<Meaning> {
        let [(meaning, count)] = self.kinds[..] else { return None };
        (count == self.looked_at).then_some(meaning)
    }

    /// The order of its dates, where some of its cells allow but one and none the other.
    fn order(&self) -> Option<Order> {
        match (self.day_first, self.month_first) {
            (true, false) => Some(Order::DayFirst),
            (false, true) => Some(Order::MonthFirst),
            _ => None,
        }
    }
}

/// What a cell is that holds one indicator and nothing else, of a kind that nothing else looks like.
fn unmistakable(cell: &str) -> Option<Meaning> {
    let found = text::find(cell);
    let [indicator] = &found[..] else { return None };
    if indicator.at != (0..cell.len()) || indicator.doubt.is_some() {
        return None;
    }
    Some(match indicator.kind {
        Kind::Ipv4 | Kind::Ipv6 | Kind::Network => Meaning::Ip,
        Kind::Url => Meaning::Url,
        Kind::Email => Meaning::Mailbox,
        Kind::Md5 | Kind::Sha1 | Kind::Sha256 | Kind::Sha512 => Meaning::Hash,
        Kind::Sid => Meaning::Sid,
        _ => return None,
    })
}

/// Names such as `Title` and `Type` mean what the other columns make of them.
fn settle_names(columns: &mut [Column]) {
    let has = |meaning: Meaning| columns.iter().any(|column| column.meaning == meaning);
    let of_incidents = has(Meaning::IncidentId)
        || [Meaning::Status, Meaning::Assignee, Meaning::Classification].iter().any(|meaning| has(*meaning));
    let name = if has(Meaning::AlertTitle) || has(Meaning::IncidentName) {
        None
    } else if has(Meaning::AlertId) {
        Some(Meaning::AlertTitle)
    } else if of_incidents {
        Some(Meaning::IncidentName)
    } else {
        has(Meaning::Severity).then_some(Meaning::AlertTitle)
    };
    let (mut name, typed) = (name, has(Meaning::Indicator));
    for column in columns {
        let settled = match column.meaning {
            // The first of several is the one.
            Meaning::Name => name.take(),
            Meaning::IndicatorType if !typed => None,
            _ => continue,
        };
        (column.meaning, column.known) = match settled {
            Some(meaning) => (meaning, Known::ByName),
            None => (Meaning::Kept, Known::Not),
        };
    }
}

/// The hash of a header's names.
fn fingerprint(names: &[String]) -> String {
    let mut hash = Sha256::new();
    for name in names {
        hash.update(folded(name).as_bytes());
        hash.update([0]);
    }
    Fingerprint::from(<[u8; 32]>::from(hash.finalize())).to_string().chars().take(32).collect()
}
