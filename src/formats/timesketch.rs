//! Timesketch CSV and JSONL: one event a row, with `message`, `datetime` and `timestamp_desc`. What `psort` writes as its
//! dynamic table is the same.
//!
//! Column names: Timesketch's guide to importing data, 2025. `datetime` is ISO 8601; `timestamp` counts microseconds and is
//! taken where it says the same moment more exactly, or where it stands alone. Where the two disagree `datetime` counts,
//! and the other is kept and remarked on.

use crate::formats::event_facts::{about, raw, say};
use crate::formats::gather::Gathering;
use crate::formats::json::Fields;
use crate::formats::outcome::{Findings, Remark, Spot, Why};
use crate::formats::{Confidence, Format, FormatId, event_time};
use crate::model::time::Precision;
use crate::model::{EventId, Time, TimelineEvent};

/// Timelines of Timesketch.
pub struct Timesketch;

impl Format for Timesketch {
    fn id(&self) -> FormatId {
        FormatId::Timesketch
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        let is_row = record.states(&["message"]) && record.states(&["timestamp_desc"]);
        let is_timed = record.states(&["datetime", "timestamp"]);
        if is_row && is_timed && !record.has("__container_type__") && !record.has("pathspec") {
            Confidence::Certain
        } else {
            Confidence::No
        }
    }

    fn read(&self, mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        let Some(at) = time(&mut record, place, &mut into.findings) else {
            let text = say(&record, &["datetime", "timestamp"]).unwrap_or_default();
            into.findings.set_aside(place.to_place(), Why::WithoutTime { text }, &raw(&record.into_extra()));
            return None;
        };
        let message = record.text("message");
        let kind = record.text("timestamp_desc").unwrap_or_default();
        let source = say(&record, &["source_long", "data_type", "parser", "source"]);
        let message = message.unwrap_or_else(|| kind.clone());
        if message.trim().is_empty() {
            into.findings.set_aside(place.to_place(), Why::WithoutMessage, &raw(&record.into_extra()));
            return None;
        }
        let about = about(&record);
        let mut event = TimelineEvent::new(EventId::derived(&[]), at, message);
        event.kind = kind;
        event.source = source.unwrap_or_else(|| "Timesketch".to_owned());
        event.extra = record.into_extra();
        into.event(event, about);
        None
    }
}

/// Takes the time out; what disagrees with it stays.
fn time(record: &mut Fields<'_>, place: &Spot<'_>, findings: &mut Findings) -> Option<Time> {
    let counted = say(record, &["timestamp"]).and_then(|text| Time::from_micros(text.parse().ok()?));
    let written = say(record, &["datetime"]).and_then(|text| event_time::parse(&text));
    let Some(written) = written else {
        let counted = counted.filter(|_| !record.has("datetime"))?;
        record.take("timestamp");
        return Some(counted);
    };
    record.take("datetime");
    let Some(counted) = counted else { return Some(written) };
    let apart = (counted.instant() - written.instant()).num_microseconds().unwrap_or(i64::MAX);
    if !(0..exactness(written.precision())).contains(&apart) {
        let (taken, other) = (written.text().to_owned(), counted.text().to_owned());
        findings.remark(Remark::TimesDisagree { place: place.to_place(), taken, other });
        return Some(written);
    }
    record.take("timestamp");
    Some(if apart == 0 { written } else { counted })
}

/// How many microseconds a time that is written like this may stand for.
fn exactness(precision: Precision) -> i64 {
    match precision {
        Precision::Day => 86_400_000_000,
        Precision::Minute => 60_000_000,
        Precision::Second => 1_000_000,
        Precision::Fraction(digits) => 10_i64.pow(6_u32.saturating_sub(digits.into())),
    }
}
