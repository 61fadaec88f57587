//! Plaso's timelines: `l2tcsv` (seventeen columns) and `json_line` or `json` (events as `psort` stores them).
//!
//! Names: Plaso's documentation of its output formats and storage, 2024. In JSON `timestamp` counts microseconds since
//! 1970, in UTC unless `date_time` says that it is a local time. Names of zones other than UTC are not resolved.

use crate::formats::event_facts::{about, raw, say};
use crate::formats::gather::Gathering;
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::{Spot, Why};
use crate::formats::{Confidence, Format, FormatId, event_time};
use crate::model::{EventId, Time, TimelineEvent};

/// Timelines of Plaso.
pub struct Plaso;

/// What tells a table of log2timeline from every other.
const COLUMNS: [&str; 6] = ["date", "time", "timezone", "MACB", "sourcetype", "desc"];

impl Format for Plaso {
    fn id(&self) -> FormatId {
        FormatId::Plaso
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        let is_row = COLUMNS.iter().filter(|name| record.states(&[name])).count();
        // A row leaves out its empty cells; the table's head has them all.
        if is_row >= 4 && record.states(&["MACB"]) || is_event(record) || is_whole(record) {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        if is_whole(&record) {
            let names: Vec<String> = record.names().map(str::to_owned).collect();
            for (index, name) in names.iter().enumerate() {
                if let Some(Json::Object(event)) = record.take(name) {
                    read_event(event, &place.element("event", index), into);
                }
            }
            let rest = record.into_extra();
            if !rest.is_empty() {
                into.findings.set_aside(place.to_place(), Why::NotARecord, &raw(&rest));
            }
        } else if is_event(&record) {
            read_event(record, place, into);
        } else {
            read_row(record, place, into);
        }
        None
    }
}

/// Whether it is an event as Plaso stores it.
fn is_event(record: &Fields<'_>) -> bool {
    let is_timed = record.states(&["timestamp"]) && record.states(&["timestamp_desc"]);
    is_timed && (record.peek("__container_type__") == Some("event") || record.has("pathspec"))
}

/// Whether it is a whole timeline as one object: `event_0`, `event_1` and so on.
fn is_whole(record: &Fields<'_>) -> bool {
    match record.get("event_0") {
        Some(Json::Object(event)) => is_event(event),
        _ => false,
    }
}

fn read_event(mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) {
    let Some(at) = stored_time(&record) else {
        let text = say(&record, &["timestamp"]).unwrap_or_default();
        into.findings.set_aside(place.to_place(), Why::WithoutTime { text }, &raw(&record.into_extra()));
        return;
    };
    record.take("__container_type__");
    record.take("__type__");
    record.take("timestamp");
    let kind = record.text("timestamp_desc").unwrap_or_default();
    let source = say(&record, &["source_long", "data_type", "parser"]);
    let message = record.text("message").unwrap_or_else(|| kind.clone());
    keep(record, at, [message, kind, source.unwrap_or_default()], place, into);
}

/// The time of a stored event; none where it says that it has none.
fn stored_time(record: &Fields<'_>) -> Option<Time> {
    let micros: i64 = say(record, &["timestamp"])?.parse().ok()?;
    let time = Time::from_micros(micros)?;
    let Some(Json::Object(date_time)) = record.get("date_time") else { return Some(time) };
    if date_time.peek("__class_name__").is_some_and(|class| class.starts_with("Semantic")) {
        return None;
    }
    let is_local = matches!(date_time.get("is_local_time"), Some(Json::Bool(true)));
    if is_local && !date_time.has("time_zone_offset") {
        return Time::parse(time.text().trim_end_matches('Z')).ok();
    }
    Some(time)
}

fn read_row(mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) {
    let cell = |name: &str| record.peek(name).unwrap_or_default();
    let at = event_time::from_columns(cell("date"), cell("time"), cell("timezone"));
    let Some(at) = at else {
        let text = format!("{} {}", cell("date"), cell("time")).trim().to_owned();
        into.findings.set_aside(place.to_place(), Why::WithoutTime { text }, &raw(&record.into_extra()));
        return;
    };
    let kind = say(&record, &["type"]).unwrap_or_default();
    let source = say(&record, &["sourcetype", "source"]).unwrap_or_default();
    record.take("type");
    let long = say(&record, &["desc"]);
    let message = if long.is_some() { record.text("desc") } else { record.text("short") };
    let nothing: Vec<String> =
        record.names().filter(|name| record.peek(name) == Some("-")).map(str::to_owned).collect();
    for name in nothing {
        record.take(&name);
    }
    let message = message.unwrap_or_else(|| kind.clone());
    keep(record, at, [message, kind, source], place, into);
}

fn keep(record: Fields<'_>, at: Time, said: [String; 3], place: &Spot<'_>, into: &mut Gathering) {
    let [message, kind, source] = said;
    if message.trim().is_empty() {
        into.findings.set_aside(place.to_place(), Why::WithoutMessage, &raw(&record.into_extra()));
        return;
    }
    let about = about(&record);
    let mut event = TimelineEvent::new(EventId::derived(&[]), at, message);
    event.kind = kind;
    event.source = if source.is_empty() { "Plaso".to_owned() } else { source };
    event.extra = record.into_extra();
    into.event(event, about);
}
