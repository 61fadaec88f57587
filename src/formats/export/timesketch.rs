//! Timesketch JSONL: an incident as events, a line each, earliest first.
//!
//! Each has what Timesketch asks for (`message`, `datetime`, `timestamp` in microseconds, `timestamp_desc`) and what else is known.
//! A text longer than OpenSearch indexes is cut, and says so.

use super::sharing::{Part, Share, comments};
use super::{Export, ExportId, How, Pieces};
use crate::model::{Clock, Entity, Mark, Time, TimelineEvent};
use crate::playbooks::steps_of;
use chrono::SecondsFormat;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::iter;

/// Timesketch timelines.
pub struct Timesketch;

/// The longest text in bytes: OpenSearch takes 32,766 for a keyword, and some is for what says that it was cut.
const LONGEST: usize = 32_700;

impl Export for Timesketch {
    fn id(&self) -> ExportId {
        ExportId::Timesketch
    }

    fn ending(&self) -> &'static str {
        ".jsonl"
    }

    fn mime(&self) -> &'static str {
        "application/x-ndjson"
    }

    fn carries(&self) -> &'static [Part] {
        &[Part::Incident, Part::Alert, Part::Event, Part::Technique, Part::Note, Part::Comment, Part::Step]
    }

    fn pieces<'a>(&'a self, shares: &'a [Share], how: How<'a>) -> Pieces<'a> {
        let mut coming = shares.iter();
        // By their moment, and those of one moment as they came.
        let mut sorted = BTreeMap::new();
        Box::new(iter::from_fn(move || {
            if let Some(share) = coming.next() {
                for line in lines(share, &how) {
                    let text = serde_json::to_string(&line.fields).unwrap_or_default();
                    sorted.insert((line.at.instant(), sorted.len()), text);
                }
                return Some(String::new());
            }
            let mut piece = String::new();
            while piece.len() < PIECE
                && let Some((_, line)) = sorted.pop_first()
            {
                piece.push_str(&line);
                piece.push('\n');
            }
            (!piece.is_empty()).then_some(piece)
        }))
    }
}

/// How many bytes of lines make a piece.
const PIECE: usize = 16_384;

/// One event.
struct Line {
    at: Time,
    fields: Map<String, Value>,
}

impl Line {
    fn new(share: &Share, at: &Time, kind: &str, message: &str) -> Self {
        let incident = &share.incident;
        let level = share.own.unwrap_or(share.marking);
        let mut line = Self { at: at.clone(), fields: Map::new() };
        let instant = at.instant();
        line.set("message", cut(message));
        line.set("datetime", instant.to_rfc3339_opts(SecondsFormat::Micros, false));
        line.set("timestamp", instant.timestamp_micros());
        line.set("timestamp_desc", kind);
        line.set("original_time", at.text());
        line.set("source_long", "First Hour");
        line.set("incident", cut(&incident.name));
        line.set("incident_id", incident.id.as_str());
        line.set("tag", json!([format!("tlp:{}", level.code())]));
        line
    }

    /// Sets a field; what is empty is left out.
    fn set(&mut self, name: &str, value: impl Into<Value>) {
        let value = value.into();
        if value != "" && value != json!([]) {
            self.fields.insert(name.to_owned(), value);
        }
    }
}

fn lines(share: &Share, how: &How<'_>) -> Vec<Line> {
    let incident = &share.incident;
    let mut lines = alerts(share);
    lines.extend(events(share));
    let clocks = Clock::ALL.into_iter().filter_map(|clock| Some((clock, clock.of(&incident.clocks)?)));
    for (clock, at) in clocks {
        let name = match clock {
            Clock::Noticed => "Noticed",
            Clock::Acknowledged => "Acknowledged",
            Clock::Contained => "Contained",
            Clock::Resolved => "Resolved",
            Clock::Reviewed => "Reviewed",
        };
        lines.push(Line::new(share, at, name, &format!("{name}: {}", incident.name)));
    }
    for (entry, said) in comments(incident) {
        let mut line = Line::new(share, &entry.at, "Comment", said);
        line.set("user", entry.by.as_str());
        lines.push(line);
    }
    for note in incident.notes.values() {
        let mut line = Line::new(share, &note.created, "Note written", &note.text);
        line.set("user", note.by.as_str());
        lines.push(line);
    }
    for step in steps_of(how.library, &incident.checklist) {
        let Some(marked) = &step.state.marked else { continue };
        let (kind, more) = match &marked.mark {
            Mark::Done => ("Step done", step.state.outcome.as_str()),
            Mark::Skipped(reason) => ("Step left out", reason.as_str()),
        };
        let mut line = Line::new(share, &marked.at, kind, step.title(how.language));
        line.set("user", marked.by.as_str());
        line.set("phase", step.place.phase.code());
        line.set("outcome", cut(more));
        lines.push(line);
    }
    lines.retain(|line| !line.at.is_never());
    lines
}

/// The timeline's own events, with every field that they came with.
fn events(share: &Share) -> Vec<Line> {
    let incident = &share.incident;
    let line = |event: &TimelineEvent| {
        let kind = if event.kind.is_empty() { "Event" } else { &event.kind };
        let mut line = Line::new(share, &event.at, kind, &event.message);
        for (name, value) in &event.extra {
            line.fields.entry(name.clone()).or_insert_with(|| value.clone());
        }
        line.set("source_long", event.source.as_str());
        line.set("original_time", event.written.as_deref().unwrap_or(event.at.text()));
        if !event.at.zone_stated() {
            line.set("time_zone", "not stated, taken for UTC");
        }
        let entities: Vec<String> =
            event.entities.iter().filter_map(|id| incident.entities.get(id)).map(Entity::name).collect();
        line.set("entities", json!(entities));
        line.set("tag", json!([format!("tlp:{}", share.of_event(event).code())]));
        line
    };
    incident.events.values().map(line).collect()
}

/// The moments of each alert.
fn alerts(share: &Share) -> Vec<Line> {
    let incident = &share.incident;
    let mut lines = Vec::new();
    for alert in incident.alerts.values() {
        let moments = [
            ("Alert: first activity", &alert.first_activity),
            ("Alert: last activity", &alert.last_activity),
            ("Alert: raised", &alert.created),
            ("Alert: resolved", &alert.resolved),
        ];
        let seen_with = |entity: &&Entity| entity.sightings.iter().any(|sighting| sighting.alert == alert.id);
        let entities: Vec<String> = incident.entities.values().filter(seen_with).map(Entity::name).collect();
        for (kind, at) in moments {
            let Some(at) = at else { continue };
            let mut line = Line::new(share, at, kind, &alert.title);
            line.set("description", cut(&alert.description));
            line.set("severity", alert.severity.code());
            line.set("category", alert.category.as_str());
            line.set("product", alert.service_source.code());
            line.set("alert_id", alert.source_id.as_str());
            line.set("techniques", json!(alert.techniques));
            line.set("entities", json!(entities));
            line.set("tag", json!([format!("tlp:{}", share.of_alert(alert).code())]));
            lines.push(line);
        }
    }
    lines
}

/// A text that OpenSearch takes whole.
fn cut(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let end = (0..=LONGEST).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    format!("{} [{} more bytes]", &text[..end], text.len() - end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_is_cut_between_letters_and_says_so() {
        let text = "é".repeat(LONGEST);
        let cut = cut(&text);
        assert!(cut.len() <= 32_766, "{}", cut.len());
        assert!(cut.ends_with(" [32700 more bytes]"), "{}", &cut[cut.len() - 30..]);
        assert_eq!(super::cut("short"), "short");
    }
}
