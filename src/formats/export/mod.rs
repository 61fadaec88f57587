//! WHAT LEAVES: incidents as other programs read them, one file a format behind one registry, as with what comes in.
//!
//! What may leave at all is decided once for all formats ([`sharing`]), by the marking that the person chooses ([`Tlp`]).
//! A writer gets what may leave and makes a text of it, the same text every time: no clock, no random ids. It gives it away
//! piece by piece, so that the page stays alive while ten thousand incidents are written.

mod cacao;
mod csv;
mod misp;
mod navigator;
mod ocsf;
mod preview;
pub mod sharing;
mod stix;
mod timesketch;
mod tlp;
mod uuid;

pub use preview::Preview;
pub use sharing::{Held, Part, Reason, Share, share};
pub use tlp::Tlp;

use super::backup;
use crate::model::Time;
use crate::playbooks::Library;
use crate::words::Lang;
use chrono::SecondsFormat;
use serde_json::Value;
use std::iter;

/// Names a format that incidents are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExportId {
    /// STIX 2.1.
    Stix,
    /// A MISP event.
    Misp,
    /// An ATT&CK Navigator layer.
    Navigator,
    /// A Timesketch timeline.
    Timesketch,
    /// A CACAO playbook.
    Cacao,
    /// OCSF Incident Findings.
    Ocsf,
    /// Entities as a table.
    EntitiesCsv,
    /// Alerts as a table.
    AlertsCsv,
}

/// What writers are told besides what to write.
#[derive(Debug, Clone, Copy)]
pub struct How<'a> {
    /// The playbooks that steps come from.
    pub library: &'a Library,
    /// The language of their words.
    pub language: Lang,
    /// Whether a table is for a spreadsheet: then no cell of it can be run, and it is not the original to the letter.
    pub spreadsheet: bool,
}

/// A format that incidents are written in.
pub trait Export: Sync {
    /// Its name.
    fn id(&self) -> ExportId;

    /// What its files' names end with, such as `.stix.json`.
    fn ending(&self) -> &'static str;

    /// The media type of its files.
    fn mime(&self) -> &'static str;

    /// The parts of an incident that have a place in it.
    fn carries(&self) -> &'static [Part];

    /// Whether it is a table, which can be made safe for spreadsheets.
    fn is_table(&self) -> bool {
        false
    }

    /// Whether a file holds one incident only.
    fn one_each(&self) -> bool {
        false
    }

    /// The file of these incidents, piece by piece: no piece is much more work than one incident, and one may be empty.
    fn pieces<'a>(&'a self, shares: &'a [Share], how: How<'a>) -> Pieces<'a>;

    /// The file of these incidents, all at once.
    fn write(&self, shares: &[Share], how: &How<'_>) -> String {
        self.pieces(shares, *how).collect()
    }
}

/// The text of a file in pieces, so that whoever writes a long one can let others work in between.
pub type Pieces<'a> = Box<dyn Iterator<Item = String> + 'a>;

/// Every format that incidents are written in, in the order in which people are offered them.
pub static EXPORTS: &[&dyn Export] = &[
    &stix::Stix,
    &misp::Misp,
    &csv::Entities,
    &csv::Alerts,
    &navigator::Navigator,
    &timesketch::Timesketch,
    &cacao::Cacao,
    &ocsf::Ocsf,
];

/// The name of a file with these incidents: it tells the marking, because few formats show it to who only sees the file.
pub fn file_name(export: &dyn Export, shares: &[Share], marking: Tlp) -> String {
    let stem = match shares {
        [one] => backup::file_name(&one.incident.name).trim_end_matches(".json").to_owned(),
        several => format!("{}-incidents", several.len()),
    };
    format!("{stem}.tlp-{}{}", marking.code().replace('+', "-"), export.ending())
}

/// A text that is made in one piece, when it is asked for.
fn whole<'a>(text: impl FnOnce() -> String + 'a) -> Pieces<'a> {
    Box::new(iter::once_with(text))
}

/// A JSON value as people read it.
fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// The lines of a pretty JSON list, a value at a time, each so deep in it. Between values stands a comma.
fn listed<'a>(values: impl Iterator<Item = Value> + 'a, depth: usize) -> impl Iterator<Item = String> + 'a {
    let indent = format!("\n{}", "  ".repeat(depth));
    values.enumerate().map(move |(at, value)| {
        // A line break inside a text is escaped, so every one there is begins a line.
        let comma = if at > 0 { "," } else { "" };
        format!("{comma}{indent}{}", pretty(&value).replace('\n', &indent))
    })
}

/// A time as STIX and CACAO want it: UTC, to the millisecond.
fn stamp(time: &Time) -> String {
    time.instant().to_rfc3339_opts(SecondsFormat::Millis, true)
}
