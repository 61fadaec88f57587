//! The alerts in the order they happened: filtered by what the address asks, dealt with one by one or many at once.

use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use super::here::{Here, use_here};
use super::list_parts::NothingFound;
use crate::compact::{Gather as _, Order as _};
use crate::{
    app::{
        parts::{
            empty_state::EmptyState,
            icon::Icon,
            table::{Column, DataTable},
            terms::{AlertStatusTerm, SeverityTerm},
            time::Time as TimeView,
        },
        prefs::use_words,
    },
    model::{
        Alert, AlertId, Time,
        taxonomy::{AlertStatus, ServiceSource, Severity},
    },
    notebook::filter::AlertFilter,
};

mod bulk;
mod detail;
mod filters;

/// The key under which the address names the alert that is open.
pub const OPEN: &str = "alert";

/// The tab.
#[component]
pub fn Alerts() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let any = here.of_row(|row| row.alerts > 0);
    view! {
        <Show
            when=move || any.get()
            fallback=move || {
                view! {
                    <EmptyState icon=Icon::Bell title=words.incident.no_alerts text=words.incident.no_alerts_text/>
                }
            }
        >
            <AlertList/>
        </Show>
    }
}

#[component]
fn AlertList() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let (text, severities, statuses) = (here.asked("q"), here.asked("severity"), here.asked("status"));
    let filter = Memo::new(move |_| AlertFilter::read(&text.get(), &severities.get(), &statuses.get()));
    let order = ordered(here);
    let shown = Memo::new(move |_| {
        let filter = filter.get();
        order.with(|order| {
            here.read(|incident| {
                order
                    .iter()
                    .filter(|id| incident.alerts.get(*id).is_some_and(|alert| filter.admits(alert)))
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default()
        })
    });
    let selection = RwSignal::new(BTreeSet::new());
    let active = RwSignal::new(None);
    let counts = here.slice(|incident| {
        let mut counts: BTreeMap<AlertId, usize> = BTreeMap::new();
        for entity in incident.shown_entities() {
            let alerts: BTreeSet<_> = entity.sightings.iter().map(|sighting| &sighting.alert).gather();
            for alert in alerts {
                *counts.entry(alert.clone()).or_default() += 1;
            }
        }
        counts
    });
    let name = move |id: String| {
        AlertId::try_from(id.as_str())
            .ok()
            .and_then(|id| here.now(|incident| incident.alerts.get(&id).map(|alert| alert.title.clone())))
            .flatten()
            .unwrap_or(id)
    };
    let columns = vec![
        Column::new("severity", texts.severity),
        Column::new("title", texts.alert).wide(),
        Column::new("status", texts.status),
        Column::new("time", texts.first_activity),
        Column::new("entities", texts.entities).numeric().optional(),
    ];
    let found = Signal::derive(move || shown.with(Vec::len));
    view! {
        <div class="stack">
            <filters::AlertFilters found/>
            <bulk::AlertBulk selection/>
            <Show
                when=move || found.get() != 0
                fallback=move || view! { <NothingFound/> }
            >
                <DataTable
                    caption=texts.alerts
                    columns=columns.clone()
                    ids=shown
                    cells=move |id: String| cells(here, &id, counts)
                    selection
                    row_name=name
                    active
                    on_open=move |id: String| here.ask(OPEN, &id)
                />
            </Show>
        </div>
        <detail::AlertDetail shown/>
    }
}

/// The ids of the alerts in the order they happened; those without a time last.
fn ordered(here: Here) -> Memo<Vec<AlertId>> {
    here.slice(|incident| {
        let mut alerts: Vec<&Alert> = incident.alerts.values().collect();
        alerts.order_by_key(|alert| (alert.when().is_none(), alert.when().map(Time::millis)));
        alerts.into_iter().map(|alert| alert.id.clone()).collect()
    })
}

/// What a row shows of an alert.
#[derive(Clone, PartialEq)]
struct Cells {
    severity: Severity,
    title: String,
    status: AlertStatus,
    category: String,
    source: ServiceSource,
    when: Option<Time>,
}

fn cells(here: Here, id: &str, counts: Memo<BTreeMap<AlertId, usize>>) -> Vec<AnyView> {
    let words = here.words;
    let Ok(id) = AlertId::try_from(id) else { return Vec::new() };
    let wanted = id.clone();
    let alert = here.slice(move |incident| {
        incident.alerts.get(&wanted).map(|alert| Cells {
            severity: alert.severity.clone(),
            title: alert.title.clone(),
            status: alert.status.clone(),
            category: alert.category.clone(),
            source: alert.service_source.clone(),
            when: alert.when().cloned(),
        })
    });
    let address = {
        let id = id.clone();
        move || here.address_asking(OPEN, id.as_str())
    };
    let about = move || {
        let alert = alert.get()?;
        let category = words.vocabulary.category(&alert.category);
        let source = words.vocabulary.service_source(&alert.source);
        Some(if category.is_empty() { source.into_owned() } else { format!("{category} · {source}") })
    };
    vec![
        (move || alert.get().map(|alert| view! { <SeverityTerm severity=alert.severity/> })).into_any(),
        view! {
            <span class="incident-row-name">
                <a href=address>{move || alert.get().map(|alert| alert.title)}</a>
                <span class="muted">{about}</span>
            </span>
        }
        .into_any(),
        (move || alert.get().map(|alert| view! { <AlertStatusTerm status=alert.status/> })).into_any(),
        (move || {
            alert.get().map(|alert| {
                let original = alert.when.as_ref().map(|at| at.text().to_owned()).unwrap_or_default();
                view! { <TimeView at=alert.when.map(|at| at.millis()) original/> }
            })
        })
        .into_any(),
        (move || counts.with(|counts| counts.get(&id).copied().unwrap_or_default())).into_any(),
    ]
}
