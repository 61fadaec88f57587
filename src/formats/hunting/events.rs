//! The event tables: `DeviceProcessEvents`, `EmailEvents`, `IdentityLogonEvents`, `CloudAppEvents` and the rest. A row's time,
//! action and things are taken; the row as it came stays with the event.

use super::{TIMES, facts, inside};
use crate::formats::event_facts::{raw, say};
use crate::formats::event_time;
use crate::formats::gather::Gathering;
use crate::formats::json::Fields;
use crate::formats::outcome::{Spot, Why};
use crate::model::{EventId, Extra, TimelineEvent};
use serde_json::Value;

/// What a row of a table that it does not name is said to be from.
const UNNAMED: &str = "Advanced hunting";

/// Columns that say best what an action was done to, the most telling first.
const OBJECTS: [&str; 14] = [
    "ProcessCommandLine",
    "RegistryKey",
    "RemoteUrl",
    "Url",
    "Subject",
    "FileName",
    "RemoteIP",
    "ObjectName",
    "TargetAccountUpn",
    "TargetDeviceName",
    "DestinationDeviceName",
    "InitiatingProcessCommandLine",
    "InitiatingProcessFileName",
    "Application",
];

/// Columns that say who did it.
const ACTORS: [&str; 7] = [
    "AccountUpn",
    "SenderFromAddress",
    "AccountName",
    "AccountDisplayName",
    "InitiatingProcessAccountUpn",
    "InitiatingProcessAccountName",
    "UserId",
];

/// Columns that say where.
const PLACES: [&str; 4] = ["DeviceName", "RecipientEmailAddress", "IPAddress", "Application"];

/// Reads one row.
pub fn read(table: &str, mut row: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) {
    let text = say(&row, &TIMES).unwrap_or_default();
    let Some(at) = event_time::take(&mut row, &TIMES, place, &mut into.findings) else {
        into.findings.set_aside(place.to_place(), Why::WithoutTime { text }, &raw(&row.into_extra()));
        return;
    };
    let kind = row.text("ActionType").unwrap_or_default();
    let source = if table.is_empty() { UNNAMED } else { table };
    let what = if kind.is_empty() { source } else { kind.as_str() };
    let about = facts::about(&row);
    let mut event = TimelineEvent::new(EventId::derived(&[]), at, message(what, &row));
    source.clone_into(&mut event.source);
    event.extra = unpacked(row.into_extra());
    event.kind = kind;
    into.event(event, about);
}

/// What a row says in one line: what was done to what, by whom, where.
fn message(what: &str, row: &Fields<'_>) -> String {
    /// A command line can fill a page; the row keeps all of it.
    const LONGEST: usize = 300;
    let mut parts: Vec<String> = Vec::new();
    for columns in [&OBJECTS[..], &ACTORS, &PLACES] {
        if let Some(text) = say(row, columns) {
            let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let line: String = line.chars().take(LONGEST).collect();
            if !parts.contains(&line) {
                parts.push(line);
            }
        }
    }
    if parts.is_empty() { what.to_owned() } else { format!("{what}: {}", parts.join(" · ")) }
}

/// Objects and lists that stand as JSON inside a text, as what they are.
fn unpacked(row: Extra) -> Extra {
    let one = |(name, value): (String, Value)| match &value {
        Value::String(text) => {
            let inside = inside(text);
            (name, inside.unwrap_or(value))
        }
        _ => (name, value),
    };
    row.into_iter().map(one).collect()
}
