//! The filters above the alerts.

use leptos::prelude::*;
use std::collections::BTreeMap;

use crate::{
    app::{
        pages::incident::{
            filter_chips::{Choice, FilterChips, FilterText},
            here::{Here, use_here},
        },
        parts::button::{Button, ButtonKind},
        prefs::use_words,
    },
    model::taxonomy::{AlertStatus, Severity},
    notebook::filter::AlertFilter,
};

/// The filters.
#[component]
pub fn AlertFilters(
    /// How many alerts they leave.
    found: Signal<usize>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let severities = here.slice(|incident| {
        let mut counts: BTreeMap<Severity, usize> = BTreeMap::new();
        for alert in incident.alerts.values() {
            *counts.entry(alert.severity.clone()).or_default() += 1;
        }
        counts
    });
    let statuses = here.slice(|incident| {
        let mut counts: BTreeMap<AlertStatus, usize> = BTreeMap::new();
        for alert in incident.alerts.values() {
            *counts.entry(alert.status.clone()).or_default() += 1;
        }
        counts
    });
    let by_severity = Signal::derive(move || {
        let counts = severities.get();
        counts
            .into_iter()
            .rev()
            .map(|(severity, count)| Choice {
                label: words.vocabulary.severity(&severity).into_owned(),
                code: severity.code().to_owned(),
                count,
            })
            .collect::<Vec<_>>()
    });
    let by_status = Signal::derive(move || {
        let counts = statuses.get();
        let active = counts.iter().filter(|(status, _)| **status != AlertStatus::Resolved);
        let open = Choice {
            code: AlertFilter::ACTIVE.to_owned(),
            label: texts.not_resolved.to_owned(),
            count: active.map(|(_, count)| count).sum(),
        };
        let each = counts.iter().map(|(status, count)| Choice {
            label: words.vocabulary.alert_status(status).into_owned(),
            code: status.code().to_owned(),
            count: *count,
        });
        [open].into_iter().chain(each).collect::<Vec<_>>()
    });
    let total = here.of_row(|row| row.alerts);
    view! {
        <div class="incident-filters">
            <FilterText label=texts.search_alerts/>
            <FilterChips key_in_address="severity" label=texts.severity choices=by_severity/>
            <FilterChips key_in_address="status" label=texts.status choices=by_status/>
            <p class="muted" role="status">{move || (texts.shown)(found.get(), total.get())}</p>
            <Show when=move || found.get() != total.get()>
                <Button
                    label=texts.clear_filters
                    small=true
                    kind=ButtonKind::Ghost
                    on_press=move || clear(here)
                />
            </Show>
        </div>
    }
}

/// Asks for every alert again.
pub fn clear(here: Here) {
    here.ask_nothing();
}
