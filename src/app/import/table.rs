//! The table of the preview: each incident that an import would add or bring up to date, to be left out by its box.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use leptos::prelude::*;

use super::{Import, Source, Way, new_or_updated};
use crate::{
    app::{
        parts::{
            badge::{Badge, Tone},
            button::Button,
            table::{Column, DataTable},
            terms::SeverityTerm,
        },
        prefs::use_words,
        windowing,
    },
    model::taxonomy::{
        AlertStatus, Classification, Determination, RemediationStatus, Severity, Status, Verdict,
    },
    notebook::{
        merge::{FieldChange, Item, Outcome},
        query::Sort,
    },
    words::Words,
};

/// Changed fields listed in a row; the rest is counted.
const LISTED: usize = 6;

/// The table.
#[component]
pub fn ImportTable(
    import: Import,
    sources: Arc<Vec<Source>>,
    /// Whether copies of a notebook are restored instead of merged.
    restores: bool,
) -> impl IntoView {
    let words = use_words();
    // Rows are drawn by key, and looking for one among ten thousand each time would be slow.
    let items: HashMap<String, Item> =
        new_or_updated(&sources, restores).map(|(key, _, item)| (key, item.clone())).collect();
    let ids: Vec<String> = new_or_updated(&sources, restores).map(|(key, ..)| key).collect();
    // A windowed row has one line.
    let brief = ids.len() > windowing::DRAWN_WHOLE;
    let with_parts: HashMap<String, bool> = new_or_updated(&sources, restores)
        .map(|(key, source, _)| (key, source.way(restores) == Some(Way::Import)))
        .collect();
    let items = StoredValue::new(items);
    let with_parts = StoredValue::new(with_parts);
    let cells = move |key: String| {
        let chooses = !brief && with_parts.with_value(|all| all.get(&key).copied().unwrap_or_default());
        let parts = chooses.then(|| (import, key.clone()));
        items.with_value(|items| items.get(&key).map(|item| cells(item, brief, parts)).unwrap_or_default())
    };
    let row_name = move |key: String| {
        items.with_value(|items| items.get(&key).map(|item| item.incident.name.clone()).unwrap_or_default())
    };
    let columns = vec![
        Column::new("name", words.import.name).wide(),
        Column::new("severity", words.vocabulary.sort(Sort::Severity)).optional(),
        Column::new("alerts", words.import.alerts).numeric(),
        Column::new("outcome", words.import.what_happens),
    ];
    view! {
        <DataTable
            caption=words.import.incidents
            columns
            ids=ids
            cells=cells
            selection=import.chosen
            row_name
        />
    }
}

fn cells(item: &Item, brief: bool, parts: Option<(Import, String)>) -> Vec<AnyView> {
    let incident = &item.incident;
    vec![
        view! { <span class="import-name" title=incident.name.clone()>{incident.name.clone()}</span> }
            .into_any(),
        view! { <SeverityTerm severity=incident.severity.clone()/> }.into_any(),
        incident.alerts.len().into_any(),
        view! { <WhatHappens item brief parts/> }.into_any(),
    ]
}

#[component]
fn WhatHappens<'a>(item: &'a Item, brief: bool, parts: Option<(Import, String)>) -> impl IntoView + use<> {
    let words = use_words();
    let texts = &words.import;
    let tone = if item.outcome == Outcome::New { Tone::Accent } else { Tone::Success };
    let updated = item.outcome == Outcome::Updated;
    let new_alerts = (updated && item.new_alerts > 0).then(|| (texts.new_alerts)(item.new_alerts));
    let new_entities = (updated && item.new_entities > 0).then(|| (texts.new_entities)(item.new_entities));
    let new_events = (item.new_events > 0).then(|| words.amounts.events(item.new_events));
    let new_steps = item.added_steps().count();
    let new_steps = (new_steps > 0).then(|| words.amounts.steps(new_steps));
    let disputes = item.disputes.len();
    let disputes = (disputes > 0).then(|| words.merge.conflicts(disputes));
    let counts = new_alerts
        .into_iter()
        .chain(new_entities)
        .chain(new_events)
        .chain(new_steps)
        .chain(disputes)
        .collect::<Vec<_>>()
        .join(" · ");
    let changed = lines(words, &item.changed, texts.field_changes);
    let kept = lines(words, &item.kept, texts.field_kept);
    let choice = parts.filter(|_| item.adds_parts()).map(|(import, key)| {
        let id = item.incident.id.clone();
        let out = Memo::new(move |_| import.left_out.with(|left_out| left_out.count(&id)));
        let count = move || {
            (out.get() > 0)
                .then(|| view! { <Badge label=(words.intake.left_out)(out.get()) tone=Tone::Warning/> })
        };
        view! {
            <span class="cluster">
                <Button
                    label=words.intake.choose_parts
                    small=true
                    on_press=move || import.parts_of.set(Some(key.clone()))
                />
                {count}
            </span>
        }
    });
    let details = (!brief).then(|| {
        view! {
            {changes(texts.changed, changed)}
            {changes(texts.kept, kept)}
        }
    });
    view! {
        <div class="import-outcome">
            <span class="cluster">
                <Badge label=texts.outcome(item.outcome) tone/>
                <span class="muted">{counts}</span>
            </span>
            {details}
            {choice}
        </div>
    }
}

fn changes(title: &'static str, lines: Vec<String>) -> Option<impl IntoView> {
    let more = lines.len().saturating_sub(LISTED);
    let more = (more > 0).then(|| view! { <li class="muted">{format!("+{more}")}</li> });
    (!lines.is_empty()).then(|| {
        let shown = lines.into_iter().take(LISTED).map(|line| view! { <li>{line}</li> }).collect_view();
        view! {
            <p class="import-changes-title">{title}</p>
            <ul class="import-changes">{shown} {more}</ul>
        }
    })
}

fn lines(words: &Words, changes: &[FieldChange], say: fn(&str, &str, &str) -> String) -> Vec<String> {
    let line = |change: &FieldChange| {
        let field = words.fields.settable(change.field);
        let field = if change.of.is_empty() { field } else { format!("{}, {field}", change.of).into() };
        say(&field, &value(words, change, &change.from), &value(words, change, &change.to))
    };
    changes.iter().map(line).collect()
}

/// A field's value in the reader's words.
fn value<'a>(words: &Words, change: &FieldChange, text: &'a str) -> Cow<'a, str> {
    let terms = &words.vocabulary;
    if text.is_empty() {
        return words.import.empty_value.into();
    }
    let term = match change.field {
        "severity" => terms.severity(&Severity::parse(text)).into_owned(),
        "status" if change.of.is_empty() => terms.status(&Status::parse(text)).into_owned(),
        "status" => terms.alert_status(&AlertStatus::parse(text)).into_owned(),
        "classification" => terms.classification(&Classification::parse(text)).into_owned(),
        "determination" => terms.determination(&Determination::parse(text)).into_owned(),
        "verdict" => terms.verdict(&Verdict::parse(text)).into_owned(),
        "remediation" => terms.remediation(&RemediationStatus::parse(text)).into_owned(),
        _ => return text.into(),
    };
    term.into()
}
