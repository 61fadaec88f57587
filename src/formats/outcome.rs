//! What reading a file can come to, as values: what was read, what was set aside and why, what deserves a remark,
//! why a file is refused. The words for them stand with all other words.

use crate::formats::answers::{Answers, Questions};
use crate::formats::playbooks::PlaybookFault;
use crate::formats::text::Doubt;
use crate::formats::{Confidence, FormatId};
use crate::model::{Incident, KeptPlaybook};

/// The longest piece of a record that is kept to show why it was set aside, in characters.
pub const RAW_LENGTH: usize = 400;

/// The longest piece of an incident's name in a remark, in characters.
const NAME_LENGTH: usize = 200;

/// The most records that are listed as set aside, and the most remarks; the rest is counted.
pub const LISTED: usize = 500;

/// What a file turned out to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Intake {
    /// The format of most of its records.
    pub format: FormatId,
    /// How sure it is that every record is of the format it was read as.
    pub confidence: Confidence,
    /// Its incidents, in the order they came. Where nothing in the file says when an incident was made, `created`
    /// is .NET's "never" ([`crate::model::Time::is_never`]): whoever has a clock puts the time of the import there.
    pub incidents: Vec<Incident>,
    /// Its playbooks, in the order they came.
    pub playbooks: Vec<KeptPlaybook>,
    /// What could not be read, while the rest was.
    pub set_aside: Vec<SetAside>,
    /// What a responder should know of how it was read.
    pub remarks: Vec<Remark>,
    /// What only a person can say, answered or not.
    pub questions: Questions,
}

/// A record that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Where it stands.
    pub place: Place,
    /// Why.
    pub why: Why,
    /// How it begins: its first [`RAW_LENGTH`] characters.
    pub raw: String,
}

/// Why a whole file is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadError {
    /// Where the reason stands.
    pub place: Place,
    /// The reason.
    pub why: Why,
}

/// A place in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line, counted from 1, where the file is read line by line.
    pub line: Option<usize>,
    /// The path inside the document, such as `value[3].alerts[0]`; empty for all of it.
    pub path: String,
}

impl Place {
    /// This element of a list in this place.
    #[must_use]
    pub fn element(&self, list: &str, index: usize) -> Self {
        let dot = if self.path.is_empty() || list.is_empty() { "" } else { "." };
        Self { line: self.line, path: format!("{}{dot}{list}[{index}]", self.path) }
    }
}

/// A place that is written out only where it is needed: most records give no reason to name theirs.
#[derive(Debug, Clone, Copy)]
pub enum Spot<'a> {
    /// A place.
    At(&'a Place),
    /// An element of a list in a place.
    Element {
        /// What holds the list.
        of: &'a Spot<'a>,
        /// The list's field; empty where the list has none.
        list: &'static str,
        /// Its number, counted from 0.
        index: usize,
    },
}

impl Spot<'_> {
    /// This element of a list in this place.
    #[must_use]
    pub fn element(&self, list: &'static str, index: usize) -> Spot<'_> {
        Spot::Element { of: self, list, index }
    }

    /// The place, written out.
    pub fn to_place(&self) -> Place {
        match self {
            Self::At(place) => (*place).clone(),
            Self::Element { of, list, index } => of.to_place().element(list, *index),
        }
    }
}

/// A position in a text, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// Why a record is set aside or a file refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// There is nothing in the file.
    Empty,
    /// The file is a list without records.
    EmptyList,
    /// It is not JSON.
    NotJson {
        /// Where it stops being JSON.
        at: Position,
        /// What stands there; none at the end of the text.
        found: Option<char>,
        /// What was expected there.
        expected: Expected,
        /// What probably happened.
        hint: Option<Hint>,
    },
    /// Objects and lists are nested deeper than [`crate::formats::DEEPEST`].
    TooDeep,
    /// A list of records holds something that is no object.
    NotARecord,
    /// It is known what this is, and that this version does not read it.
    NotYet(Foreign),
    /// An answer to a change request: it holds changed fields, but neither the incident's id nor its name.
    Partial {
        /// The fields that it holds.
        fields: Vec<String>,
    },
    /// Something in a text looks like an indicator and may as well be something else.
    Doubtful {
        /// What stands there, without defanging.
        value: String,
        /// What it may be.
        doubt: Doubt,
    },
    /// An event without a time that can be read.
    WithoutTime {
        /// What stands there instead.
        text: String,
    },
    /// An event that does not say what happened.
    WithoutMessage,
    /// A row of alerts that does not say of which.
    WithoutAlertId,
    /// An indicator's pattern is more than a simple comparison; it was kept as it is.
    PatternKept {
        /// The indicator.
        id: String,
    },
    /// A row of a table opens a quote that is never closed, or has no end for another reason.
    OpenQuote {
        /// The column of the quote, in characters, counted from 1.
        column: usize,
    },
    /// A row of a table holds none of the things that its columns are about.
    NothingInRow,
    /// Something is wrong with a playbook, or with a part of it.
    Playbook {
        /// Its title.
        name: String,
        /// What.
        fault: PlaybookFault,
    },
    /// It is JSON of no known shape.
    Unknown {
        /// The first few names at its top.
        fields: Vec<String>,
    },
}

/// What JSON would have had in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// A value.
    Value,
    /// A field's name in double quotes.
    Name,
    /// A colon after a field's name.
    Colon,
    /// A comma or the end of the list or object.
    CommaOrEnd,
    /// Nothing more.
    NothingMore,
    /// A character that may stand in a text, or a known escape.
    TextCharacter,
    /// The rest of the document.
    MoreText,
}

/// What probably happened where JSON stops being JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// A comma after the last element.
    TrailingComma,
    /// Three dots that stand for something left out.
    LiteralEllipsis,
    /// The file ends in the middle.
    CutOff,
    /// A comma is missing between two elements.
    MissingComma,
    /// Single instead of double quotes, as Python prints.
    SingleQuotes,
    /// Typographic instead of straight quotes, as word processors make.
    CurlyQuotes,
    /// `None`, `True` or `False`, as Python prints.
    PythonWord,
    /// `NaN` or `Infinity`, which JSON does not have.
    NotANumber,
    /// A comment, which JSON does not have.
    Comment,
    /// A tab, line break or other control character inside a text.
    ControlCharacter,
}

/// A kind of file that is known and not read by this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Foreign {
    /// An answer of Microsoft Sentinel's API.
    Sentinel,
    /// A web page or XML.
    Markup,
    /// A zip or gzip archive, which a spreadsheet also is.
    Archive,
    /// A PDF document.
    Pdf,
}

/// Something a responder should know about how a file was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Remark {
    /// The list goes on: the service has more pages than this file.
    MorePages,
    /// The file holds more than one format.
    MixedFormats(Vec<(FormatId, usize)>),
    /// Different alerts carry one id; all were kept.
    SharedAlertId {
        /// The incident's name.
        incident: String,
        /// The id that they share.
        alert: String,
        /// How many alerts.
        count: usize,
    },
    /// Alerts name another incident than the one they stand in; they stay where they stand.
    OtherIncident {
        /// The incident they stand in.
        incident: String,
        /// The incident they name.
        named: String,
        /// How many alerts.
        count: usize,
    },
    /// One incident came more than once and was put together.
    Repeated {
        /// The incident's name.
        incident: String,
        /// How often it came.
        times: usize,
    },
    /// The file holds alerts of an incident, not the incident itself: its name and severity are the alerts'.
    AlertsOnly {
        /// The incident's name.
        incident: String,
    },
    /// Two tenants use one incident number; they were kept apart.
    TwoTenants {
        /// The number.
        id: String,
    },
    /// A time cannot be read; the text was kept.
    UnreadableTime {
        /// Where.
        place: Place,
        /// The field.
        field: String,
        /// The text.
        text: String,
    },
    /// An event gives two times that are not the same.
    TimesDisagree {
        /// Where.
        place: Place,
        /// The one that was taken.
        taken: String,
        /// The other, which was kept.
        other: String,
    },
    /// A piece of evidence does not say what it is; its fields do.
    TypeGuessed {
        /// Where.
        place: Place,
        /// What it was taken for.
        kind: crate::model::EntityKind,
    },
    /// An incident has no id: importing it again will not find it if its name or time changes.
    WithoutId {
        /// Where.
        place: Place,
    },
    /// Nothing says when an incident was made.
    WithoutCreation {
        /// The incident's name.
        incident: String,
    },
    /// A link is not a web address with encryption and was not taken as a link; its text was kept.
    LinkNotTaken {
        /// Where.
        place: Place,
        /// Its beginning.
        link: String,
    },
    /// Something that JSON or this program cannot hold was replaced.
    Mended {
        /// Where.
        place: Place,
        /// What.
        mend: Mend,
    },
    /// A table has more columns than are read.
    ColumnsCut,
    /// The text is in the encoding of older Windows programs.
    OlderEncoding,
    /// More remarks than are listed.
    MoreRemarks(usize),
    /// More records were set aside than are listed.
    MoreSetAside(usize),
}

/// What was replaced so that the rest could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mend {
    /// Half of a two-part character: became U+FFFD.
    LoneSurrogate,
    /// A number too large: became text.
    HugeNumber,
    /// Bytes that are no text in the file's encoding: became U+FFFD.
    BadBytes,
}

/// The answers a reading has; remarks, questions and records set aside, in bounded number.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// What was answered.
    pub answers: Answers,
    /// What is asked.
    pub questions: Questions,
    /// The remarks.
    pub remarks: Vec<Remark>,
    /// What was set aside.
    pub set_aside: Vec<SetAside>,
    more_remarks: usize,
    more_set_aside: usize,
}

impl Findings {
    /// An incident's name as remarks give it: there may be hundreds of one incident.
    pub fn called(name: &str) -> String {
        name.chars().take(NAME_LENGTH).collect()
    }

    /// Adds a remark.
    pub fn remark(&mut self, remark: Remark) {
        if self.remarks.len() < LISTED {
            self.remarks.push(remark);
        } else {
            self.more_remarks += 1;
        }
    }

    /// Sets a record aside.
    pub fn set_aside(&mut self, place: Place, why: Why, raw: &[u8]) {
        if self.set_aside.len() < LISTED {
            let beginning = String::from_utf8_lossy(&raw[..raw.len().min(RAW_LENGTH * 4)]);
            let raw = beginning.chars().take(RAW_LENGTH).collect();
            self.set_aside.push(SetAside { place, why, raw });
        } else {
            self.more_set_aside += 1;
        }
    }

    /// Says how much is not listed.
    pub fn close(&mut self) {
        if self.more_remarks > 0 {
            self.remarks.push(Remark::MoreRemarks(self.more_remarks));
        }
        if self.more_set_aside > 0 {
            self.remarks.push(Remark::MoreSetAside(self.more_set_aside));
        }
    }
}
