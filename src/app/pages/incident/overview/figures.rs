//! The key figures, each with a way to what it counts.

use leptos::prelude::*;

use crate::app::{
    pages::incident::here::use_here,
    prefs::use_words,
    route::{IncidentTab, Query},
};

/// The figures.
#[component]
pub fn Figures() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let counts = here.of_row(|row| {
        let all: usize = row.entities.values().sum();
        (row.active_alerts, row.alerts, row.assets(), all - row.assets(), row.malicious)
    });
    let to = |tab, key: &str, value: &str| here.address_with(tab, Query::new().with(key, value));
    let figure = move |label: &'static str, address: String, value: Signal<String>, note: Signal<String>| {
        view! {
            <li>
                <a class="incident-figure" href=address>
                    <strong>{move || value.get()}</strong>
                    <span>{label}</span>
                    <span class="muted">{move || note.get()}</span>
                </a>
            </li>
        }
    };
    let number = move |count: fn(&(usize, usize, usize, usize, usize)) -> usize| {
        Signal::derive(move || counts.with(|counts| words.amounts.number(count(counts))))
    };
    let of_alerts = Signal::derive(move || counts.with(|counts| (texts.of_alerts)(counts.1)));
    let items = here.slice(|incident| incident.evidence.len());
    let nothing = Signal::stored(String::new());
    view! {
        <ul class="incident-figures" aria-label=texts.figures>
            {figure(
                texts.active_alerts,
                to(IncidentTab::Alerts, "status", "open"),
                number(|counts| counts.0),
                of_alerts,
            )}
            {figure(texts.assets, to(IncidentTab::Entities, "group", "assets"), number(|counts| counts.2), nothing)}
            {figure(texts.evidence_and_response, to(IncidentTab::Entities, "group", "evidence"), number(|counts| counts.3), nothing)}
            {figure(
                texts.malicious_entities,
                to(IncidentTab::Entities, "verdict", "malicious"),
                number(|counts| counts.4),
                nothing,
            )}
            {figure(
                texts.evidence_items,
                here.address(IncidentTab::Evidence),
                Signal::derive(move || words.amounts.number(items.get())),
                nothing,
            )}
        </ul>
    }
}
