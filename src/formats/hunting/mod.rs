//! Rows of Defender XDR's advanced hunting: the tables `AlertInfo` and `AlertEvidence` become alerts with their entities,
//! rows of every other table become timeline events with theirs.
//!
//! They come as a saved table (CSV), as a list or lines of JSON, as the answer of the hunting APIs (`Results`), and in the
//! envelope of the streaming API (`category`, `properties`, `time`), also bundled as `records`. Column names: the advanced
//! hunting schema of 2026; Sentinel's copies of the tables say `TimeGenerated` and `Type`.

mod alerts;
mod events;
mod facts;

use crate::formats::event_facts::say;
use crate::formats::gather::Gathering;
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::{Spot, Why};
use crate::formats::{Confidence, Format, FormatId};
use serde_json::Value;
use std::borrow::Cow;

/// What the streaming API writes before a table's name.
const CATEGORY: &str = "AdvancedHunting-";

/// Fields that hold a list of rows.
const LISTS: [&str; 3] = ["records", "Results", "results"];

/// Columns that hold the time, the table's own first.
const TIMES: [&str; 2] = ["Timestamp", "TimeGenerated"];

/// Columns that some exporters take apart by type, as Kusto does where one name has two types.
const SPLIT: [&str; 3] = ["AdditionalFields", "ReportId", "UserAgent"];

/// Rows of advanced hunting.
pub struct Hunting;

impl Format for Hunting {
    fn id(&self) -> FormatId {
        FormatId::Hunting
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        if table_of(record).is_some() && record.has("properties") {
            return Confidence::Certain;
        }
        let has = |name: &str| record.states(&[name]);
        let is_answer = (has("Results") && has("Schema")) || (has("results") && has("schema"));
        let is_bundle = match record.get("records") {
            Some(Json::List(items)) => {
                items.first().and_then(Json::as_object).is_some_and(|first| table_of(first).is_some())
            }
            _ => false,
        };
        if is_answer || is_bundle {
            return Confidence::Certain;
        }
        let marks = ["ActionType", "AlertId", "NetworkMessageId", "ReportId"];
        let marked = marks.iter().any(|name| has(name));
        match (has("Timestamp"), has("TimeGenerated")) {
            (true, _) if marked && !has("SystemAlertId") => Confidence::Certain,
            (false, true) if (has("ActionType") || has("AlertId")) && !has("SystemAlertId") => {
                Confidence::Likely
            }
            _ => Confidence::No,
        }
    }

    fn read(&self, record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        open(record, place, into, 0);
        None
    }
}

/// The table that an envelope names.
fn table_of(record: &Fields<'_>) -> Option<String> {
    let category = record.peek("category")?;
    let (beginning, table) = category.split_at_checked(CATEGORY.len())?;
    beginning.eq_ignore_ascii_case(CATEGORY).then(|| table.to_owned())
}

/// Takes rows out of what they are wrapped in.
fn open(mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering, depth: usize) {
    /// A list of envelopes with rows as texts is the deepest that is written.
    const DEEPEST: usize = 3;
    for list in LISTS.into_iter().filter(|_| depth < DEEPEST) {
        if matches!(record.get(list), Some(Json::List(_))) {
            for (index, row) in record.objects(list) {
                open(row, &place.element(list, index), into, depth + 1);
            }
            if record.has(list) && !record.get(list).is_some_and(Json::is_void) {
                let rest = serde_json::to_vec(&record.into_extra()).unwrap_or_default();
                into.findings.set_aside(place.element(list, 0).to_place(), Why::NotARecord, &rest);
            }
            return;
        }
    }
    let Some(table) = table_of(&record) else {
        let table = say(&record, &["Type", "$table"]);
        read_row(table.unwrap_or_default(), record, None, place, into);
        return;
    };
    let sent = record.text("time");
    match record.take("properties") {
        Some(Json::Object(row)) => read_row(table, row, sent, place, into),
        Some(Json::Text(text)) => match serde_json::from_str(&text) {
            Ok(Json::Object(row)) => read_row(table, row, sent, place, into),
            _ => into.findings.set_aside(place.to_place(), Why::NotARecord, text.as_bytes()),
        },
        _ => into.findings.set_aside(place.to_place(), Why::NotARecord, table.as_bytes()),
    }
}

/// Reads one row. `sent` is the time of the envelope, which counts where the row has none.
fn read_row(
    table: String,
    mut row: Fields<'_>,
    sent: Option<String>,
    place: &Spot<'_>,
    into: &mut Gathering,
) {
    for name in SPLIT {
        let part = ["_dynamic", "_string", "_long"].map(|type_name| format!("{name}{type_name}"));
        let part = part.iter().find(|part| row.get(part).is_some_and(|value| !value.is_void()));
        if let Some(value) = part.filter(|_| !row.has(name)).cloned().and_then(|part| row.take(&part)) {
            row.put(name, value);
        }
    }
    if let Some(sent) = sent.filter(|_| TIMES.iter().all(|name| !row.has(name))) {
        row.put(TIMES[0], Json::Text(Cow::Owned(sent)));
    }
    let is_alert = match table.as_str() {
        "AlertInfo" | "AlertEvidence" => true,
        _ => row.has("AlertId") && ["EntityType", "Title", "Severity"].iter().any(|name| row.has(name)),
    };
    if is_alert {
        alerts::read(row, place, into);
    } else {
        events::read(&table, row, place, into);
    }
}

/// The value that stands as JSON in a text, as the hunting tables hold lists and objects; none where it is no such text.
fn inside(text: &str) -> Option<Value> {
    let text = text.trim();
    text.starts_with(['{', '[']).then(|| serde_json::from_str(text).ok())?
}

/// The texts of a list, be it one or JSON inside a text.
fn list(row: &mut Fields<'_>, name: &str) -> Vec<String> {
    match row.peek(name).and_then(inside) {
        Some(Value::Array(items)) => {
            row.take(name);
            items.iter().filter_map(Value::as_str).map(str::to_owned).collect()
        }
        _ => row.texts(name),
    }
}
