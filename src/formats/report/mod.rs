//! One incident as a report: first as plain data ([`Report`]: sections of rows), then as Markdown or as one HTML file.
//!
//! Everything that comes from the notebook passes [`clean`] on its way into the data, so that the writers only have to
//! escape: what is invisible is made visible, what is endless is cut, and indicators are defanged unless the person
//! turned that off.

/// Writes formatted text behind a `String`, which cannot fail.
macro_rules! put {
    ($out:expr, $($text:tt)*) => {{
        use std::fmt::Write as _;
        let _ = write!($out, $($text)*);
    }};
}

mod checklist;
mod clean;
mod entities;
mod evidence;
mod html;
mod log;
mod markdown;
mod note;
mod story;
mod summary;

pub use html::html;
pub use markdown::markdown;

use crate::model::{Incident, Time};
use crate::playbooks::Library;
use crate::words::Lang;
use clean::Cleaner;
use std::collections::BTreeSet;

/// One part of a report, in the order in which they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Name, state, conclusion, response times, progress: fits on one page.
    Summary,
    /// The assets, and how much evidence.
    Affected,
    /// What happened, in order.
    Timeline,
    /// Every entity with verdict, remediation and roles.
    Entities,
    /// What was secured, and who had it when.
    Evidence,
    /// Every alert.
    Alerts,
    /// What was done about each step, by whom and when, and what is open.
    Checklist,
    /// What was done and said.
    Activity,
    /// What the review found.
    Review,
    /// The notes. Last, so that nothing stands behind text in a format of its own.
    Notes,
}

impl Part {
    /// Every part, in order.
    pub const ALL: [Self; 10] = [
        Self::Summary,
        Self::Affected,
        Self::Timeline,
        Self::Entities,
        Self::Evidence,
        Self::Alerts,
        Self::Checklist,
        Self::Activity,
        Self::Review,
        Self::Notes,
    ];

    /// The stable name: an anchor in the HTML report.
    pub fn code(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Affected => "affected",
            Self::Timeline => "timeline",
            Self::Entities => "entities",
            Self::Evidence => "evidence",
            Self::Alerts => "alerts",
            Self::Checklist => "checklist",
            Self::Activity => "activity",
            Self::Review => "review",
            Self::Notes => "notes",
        }
    }

    /// The heading.
    pub fn title(self, language: Lang) -> &'static str {
        let words = &language.words().report;
        match self {
            Self::Summary => words.summary,
            Self::Affected => words.affected,
            Self::Timeline => words.timeline,
            Self::Entities => words.entities,
            Self::Evidence => words.evidence_items,
            Self::Alerts => words.alerts,
            Self::Checklist => words.checklist,
            Self::Activity => words.activity,
            Self::Review => words.review,
            Self::Notes => words.notes,
        }
    }
}

/// What a report is to hold, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The language of its headings and terms.
    pub language: Lang,
    /// Its parts.
    pub parts: BTreeSet<Part>,
    /// Whether indicators are defanged.
    pub defang: bool,
    /// The reader's own time zone in minutes east of Greenwich, shown behind each time in UTC.
    pub offset_minutes: Option<i32>,
}

impl Options {
    /// Everything, defanged, in UTC.
    pub fn new(language: Lang) -> Self {
        Self { language, parts: Part::ALL.into(), defang: true, offset_minutes: None }
    }
}

/// A report as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The language of its headings and terms.
    pub language: Lang,
    /// The incident's name.
    pub title: String,
    /// What the outside world and the notebook call the incident.
    pub ids: Vec<String>,
    /// When and by whom it was made, and how times and addresses are written.
    pub preface: Vec<String>,
    /// Its parts.
    pub sections: Vec<Section>,
    /// Whether links in notes may be links: where indicators are defanged, no address in text may be opened.
    https_links: bool,
}

/// One part of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Which.
    pub part: Part,
    /// What it holds.
    pub blocks: Vec<Block>,
}

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading below the section's.
    Heading(String),
    /// A few values that are seen first.
    Figures(Vec<Fact>),
    /// Values with their labels.
    Facts(Vec<Fact>),
    /// A table.
    Table(Table),
    /// Text as somebody wrote it, with lines.
    Prose(String),
    /// A list of lines.
    List(Vec<String>),
    /// How far the phases are.
    Progress(Vec<Bar>),
    /// Entries of the log.
    Log(Vec<Entry>),
    /// A note: who and when, and its Markdown.
    Note(String, String),
    /// That there is nothing to show.
    Nothing(String),
}

/// A value with its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The label.
    pub label: String,
    /// The value.
    pub value: Cell,
}

/// A table. Its first column names the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What it is about, for those who do not see where it stands.
    pub caption: String,
    /// The columns' names.
    pub columns: Vec<String>,
    /// Its rows, each as long as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A value, with what is said about it in smaller print.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The value.
    pub text: String,
    /// How it is coloured, in addition to what it says.
    pub tone: Tone,
    /// Whether it is something that machines read, such as an address.
    pub code: bool,
    /// An address in a product's portal that the value may link to.
    pub link: Option<String>,
    /// More, line by line.
    pub more: Vec<String>,
}

/// How good or bad a value is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Says nothing about that.
    #[default]
    Plain,
    /// High severity, malicious, failed.
    Bad,
    /// Medium severity, suspicious, waiting.
    Warning,
    /// Low severity.
    Low,
    /// Done, clean.
    Good,
    /// Of little weight.
    Quiet,
}

/// How far one phase is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// The phase.
    pub label: String,
    /// How far, in words.
    pub text: String,
    /// How far, in thousandths.
    pub per_mille: u16,
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub time: String,
    /// Who did what.
    pub text: String,
    /// What was said.
    pub said: Option<String>,
    /// The word for it, if what was said was taken back.
    pub retracted: Option<String>,
}

impl Cell {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    fn code(text: impl Into<String>) -> Self {
        Self { code: true, ..Self::new(text) }
    }

    fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { tone, ..Self::new(text) }
    }

    fn with(mut self, more: impl IntoIterator<Item = String>) -> Self {
        self.more.extend(more.into_iter().filter(|line| !line.is_empty()));
        self
    }
}

impl Fact {
    fn new(label: impl Into<String>, value: Cell) -> Self {
        Self { label: label.into(), value }
    }
}

/// What the sections are made from.
struct Source<'a> {
    incident: &'a Incident,
    library: &'a Library,
    now: &'a Time,
    clean: Cleaner,
}

impl Source<'_> {
    fn language(&self) -> Lang {
        self.clean.language
    }

    fn words(&self) -> &'static crate::words::Words {
        self.clean.language.words()
    }
}

/// The report about an incident. The clock and the author are the caller's; an empty author is left out.
pub fn report(incident: &Incident, library: &Library, options: &Options, now: &Time, author: &str) -> Report {
    let clean = Cleaner {
        language: options.language,
        defang: options.defang,
        offset_minutes: options.offset_minutes,
    };
    let source = Source { incident, library, now, clean };
    let sections = options
        .parts
        .iter()
        .map(|part| {
            let blocks = match part {
                Part::Summary => summary::summary(&source),
                Part::Affected => summary::affected(&source),
                Part::Timeline => story::timeline(&source),
                Part::Entities => entities::entities(&source),
                Part::Evidence => evidence::evidence(&source),
                Part::Alerts => story::alerts(&source),
                Part::Checklist => checklist::checklist(&source),
                Part::Activity => log::activity(&source),
                Part::Review => log::review(&source),
                Part::Notes => log::notes(&source),
            };
            Section { part: *part, blocks }
        })
        .collect();
    Report {
        language: options.language,
        title: clean.line(&incident.name),
        ids: summary::ids(&source),
        preface: summary::preface(&source, author),
        sections,
        https_links: !options.defang,
    }
}

/// A name for the report's file, such as `incident-28282-report.html`: safe in every file system.
pub fn file_name(incident: &Incident, ending: &str) -> String {
    let outside = incident.origins.iter().next().map(|origin| origin.id.as_str());
    let id: String = outside
        .unwrap_or(incident.id.as_str())
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .take(40)
        .collect();
    format!("incident-{id}-report.{ending}")
}
