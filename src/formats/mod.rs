//! THE OUTSIDE WORLD'S FILES: one file a format, read and write side by side, behind one registry.
//!
//! How a file is read: [`encoding`] turns its bytes into UTF-8; [`split`] cuts a document (or its lines) into records
//! without parsing it; [`json`] parses one record at a time; a [`Format`] recognises it by what it holds and takes
//! its fields by name ([`record`], [`evidence`]); a table of no product's is
//! read by its [`columns`]; [`gather`] brings alerts and copies of an incident together;
//! [`assemble`] makes one entity of all its sightings. [`reading`] does this in small steps, so that a page stays
//! alive meanwhile. What is refused, set aside or remarked on are values ([`outcome`]), not sentences; what only a
//! person can say is a question, and reading once more with the answers is how it is taken ([`answers`]).
//!
//! Memory while reading stays within four times the file for what the products write. Whatever a file holds, it stays within
//! five hundred times its length and twelve kilobytes for each incident in it: the worst are lists of `0`, each of which is
//! a comment, and rows of a few bytes, each of which is an incident. `tests/bombs.rs` and the fuzz targets count it.

mod answers;
pub mod assemble;
pub mod backup;
mod columns;
pub mod defang;
mod encoding;
mod endpoint_alerts;
mod event_facts;
mod event_time;
mod evidence;
pub mod evidence_register;
pub mod export;
mod fault;
mod foreign;
mod gather;
mod graph_alerts;
mod graph_facts;
mod graph_incidents;
mod hunting;
mod json;
mod m365d_facts;
mod m365d_incidents;
mod mend;
mod misp;
mod navigator;
mod outcome;
mod own;
mod plaso;
mod playbooks;
pub mod portal;
mod reading;
mod record;
pub mod report;
pub mod sealed;
mod sentinel_alerts;
mod sentinel_entities;
mod sentinel_facts;
mod sentinel_incidents;
mod sentinel_parts;
mod split;
mod stix;
mod table;
pub mod text;
mod timesketch;

pub use answers::{Answers, Asked, Doubtful, Questions, Taken};
pub use columns::dates::{Date, read as read_date};
pub use columns::{Column, Columns, Known, Meaning, Order, RowsAre};
pub use endpoint_alerts::EndpointAlerts;
pub use gather::Gathering;
pub use graph_alerts::GraphAlerts;
pub use graph_incidents::GraphIncidents;
pub use hunting::Hunting;
pub use json::{Fields, Json};
pub use m365d_incidents::M365dIncidents;
pub use misp::Misp;
pub use navigator::Navigator;
pub use outcome::{
    Expected, Foreign, Hint, Intake, LISTED, Mend, Place, Position, RAW_LENGTH, ReadError, Remark, SetAside,
    Spot, Why,
};
pub use plaso::Plaso;
pub use playbooks::{Cacao, Iris, PlaybookFault, PlaybookNg, TheHive};
pub use reading::{Progress, Reading, STEP, read, read_with};
pub use sentinel_alerts::SentinelAlerts;
pub use sentinel_incidents::SentinelIncidents;
pub use sentinel_parts::SentinelParts;
pub use stix::Stix;
pub use table::MOST_COLUMNS;
pub use timesketch::Timesketch;

/// How deep objects and lists may be nested, which is what `serde_json` allows.
pub const DEEPEST: usize = 127;

/// The longest text, in bytes, that is copied from one thing to others that refer to it, such as a host's name to its
/// processes. Without a limit, one long name and many short references would grow with the square of the file; a longer one
/// stays where it stands, and the reference to it is kept.
const LONGEST_COPIED: usize = 1_024;

/// A text, where it is short enough to be copied to everything that refers to it.
fn copied(text: &str) -> Option<&str> {
    (text.len() <= LONGEST_COPIED).then_some(text)
}

/// Names a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormatId {
    /// Microsoft Graph `/security/incidents`.
    GraphIncidents,
    /// Microsoft Graph `/security/alerts_v2`.
    GraphAlerts,
    /// Microsoft 365 Defender `/api/incidents`.
    M365dIncidents,
    /// Defender for Endpoint `/api/alerts`.
    EndpointAlerts,
    /// Microsoft Sentinel incidents.
    SentinelIncidents,
    /// Rows of Microsoft Sentinel's table `SecurityAlert`.
    SentinelAlerts,
    /// Alerts, entities, tasks and comments of Microsoft Sentinel incidents.
    SentinelParts,
    /// Rows of advanced hunting, and of its streaming export.
    Hunting,
    /// Timelines of Timesketch.
    Timesketch,
    /// Timelines of Plaso.
    Plaso,
    /// STIX 2.0 and 2.1 bundles.
    Stix,
    /// MISP events.
    Misp,
    /// Layers of the ATT&CK Navigator.
    Navigator,
    /// Case templates of `TheHive`.
    TheHive,
    /// Case templates of DFIR-IRIS.
    Iris,
    /// CACAO security playbooks.
    Cacao,
    /// Eviction playbooks of Playbook-NG.
    PlaybookNg,
    /// Task lists in Markdown.
    Tasks,
    /// A table of any shape, read by what its columns mean.
    Table,
    /// A text with indicators in it: a report, a mail, a chat.
    Text,
}

/// How sure a format is that a record is one of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It is not.
    No,
    /// It looks like one.
    Likely,
    /// It can be nothing else.
    Certain,
}

/// A format that is read record by record.
pub trait Format: Sync {
    /// Its name.
    fn id(&self) -> FormatId;

    /// How sure it is that a record is its own, by what the record holds; file names do not count.
    fn recognise(&self, record: &Fields<'_>) -> Confidence;

    /// Reads a record that it recognised. The result is the incident that further alerts of this record belong to.
    fn read(&self, record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize>;

    /// Reads an alert of a record whose alerts are read one by one because there are so many. A format whose records hold
    /// no alerts has none to read.
    fn read_alert(&self, _alert: Fields<'_>, _incident: usize, _place: &Spot<'_>, _into: &mut Gathering) {}
}

/// Every format that is read record by record.
pub static FORMATS: &[&dyn Format] = &[
    &GraphIncidents,
    &GraphAlerts,
    &M365dIncidents,
    &EndpointAlerts,
    &SentinelIncidents,
    &SentinelAlerts,
    &SentinelParts,
    &Hunting,
    &Timesketch,
    &Plaso,
    &Stix,
    &Misp,
    &Navigator,
    &Cacao,
    &PlaybookNg,
    &Iris,
    &TheHive,
];
