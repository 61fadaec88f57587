//! What happened: the timeline and the alerts.

use super::summary::severity;
use super::{Block, Cell, Source, Table, Tone};
use crate::analysis::timeline::{Happened, timeline as events};
use crate::compact::Order as _;
use crate::model::TimelineEvent;
use crate::playbooks::steps_of;
use std::collections::HashMap;

/// What happened, in order, in UTC.
pub(super) fn timeline(source: &Source) -> Vec<Block> {
    let (incident, words, terms) = (source.incident, &source.words().report, &source.words().vocabulary);
    let steps = steps_of(source.library, &incident.checklist);
    let titles: HashMap<_, _> = steps.iter().map(|step| (&step.id, step.title(source.language()))).collect();
    let rows: Vec<_> = events(incident)
        .into_iter()
        .map(|event| {
            let (kind, what) = match &event.what {
                Happened::Alert(id) => {
                    let alert = incident.alerts.get(id);
                    let kind = alert.map(|alert| severity(source, &alert.severity)).unwrap_or_default();
                    let kind = Cell { text: format!("{} · {}", words.event_alert, kind.text), ..kind };
                    (kind, Cell::new(source.clean.line(alert.map_or(id.as_str(), |alert| &alert.title))))
                }
                Happened::Event(id) => {
                    let event = incident.events.get(id);
                    let line = |text: Option<&String>| source.clean.line(text.map_or("", String::as_str));
                    let told_by = [
                        line(event.map(|event| &event.kind)),
                        line(event.map(|event| &event.source)),
                        entities(source, event),
                    ];
                    let what = Cell::new(line(event.map(|event| &event.message))).with(told_by);
                    (Cell::new(words.event_told), what)
                }
                Happened::Clock(clock) => {
                    (Cell::toned(words.event_clock, Tone::Good), Cell::new(terms.clock(*clock)))
                }
                Happened::Done(id) => {
                    let by = incident.checklist.steps.get(id).and_then(|state| state.marked.as_ref());
                    let by = by.map(|marked| source.clean.line(&(words.by)(&marked.by)));
                    let title = titles.get(id).copied().unwrap_or(id.as_str());
                    (Cell::new(words.event_step), Cell::new(source.clean.line(title)).with(by))
                }
            };
            vec![Cell::new(source.clean.time(&event.at)), kind, what]
        })
        .collect();
    if rows.is_empty() {
        return vec![Block::Nothing(words.empty_timeline.into())];
    }
    vec![Block::Table(Table {
        caption: words.timeline.into(),
        columns: [words.time, words.kind_column, words.event].map(str::to_owned).into(),
        rows,
    })]
}

/// The names of the entities that an event is about.
fn entities(source: &Source, event: Option<&TimelineEvent>) -> String {
    let Some(event) = event else { return String::new() };
    let shown = source.incident.shown_among(&event.entities);
    let known = shown.iter().filter_map(|id| source.incident.entity(id));
    known.map(|entity| source.clean.entity(&entity)).collect::<Vec<_>>().join(", ")
}

/// Every alert, earliest first.
pub(super) fn alerts(source: &Source) -> Vec<Block> {
    let (words, terms) = (&source.words().report, &source.words().vocabulary);
    let mut alerts: Vec<_> = source.incident.alerts.values().collect();
    alerts.order_by_key(|alert| (alert.when().map(crate::model::Time::millis), &alert.title));
    let rows: Vec<_> = alerts
        .into_iter()
        .map(|alert| {
            let line = |text: &str| source.clean.line(text);
            let product = Cell::new(line(&terms.service_source(&alert.service_source)))
                .with([line(&alert.detection_source)]);
            let classified = [
                line(&terms.classification(&alert.classification)),
                line(&terms.determination(&alert.determination)),
            ];
            vec![
                Cell::new(line(&alert.title)).with([line(&alert.description)]),
                severity(source, &alert.severity),
                Cell::new(line(&terms.alert_status(&alert.status))).with(classified),
                product,
                Cell::new(line(&terms.category(&alert.category))).with([line(&alert.techniques.join(", "))]),
                Cell::new(alert.when().map(|time| source.clean.time(time)).unwrap_or_default()),
            ]
        })
        .collect();
    if rows.is_empty() {
        return vec![Block::Nothing(words.empty_alerts.into())];
    }
    let columns = [words.alert, words.severity, words.status, words.product, words.category, words.time];
    vec![Block::Table(Table {
        caption: words.alerts.into(),
        columns: columns.map(str::to_owned).into(),
        rows,
    })]
}
