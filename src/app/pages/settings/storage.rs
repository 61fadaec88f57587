//! How full the storage is, and which incidents take most of it.

use std::{cmp::Reverse, sync::Arc};

use leptos::prelude::*;

use super::Panel;
use crate::{
    app::{browser, parts::meter::Meter, prefs::use_words, route::Route, state::use_state},
    notebook::Row,
};

/// Incidents named as the largest.
const LARGEST: usize = 5;

/// How full the storage is.
#[component]
pub fn Storage() -> impl IntoView {
    let words = use_words();
    let texts = &words.settings;
    let state = use_state();
    let rows = state.rows();
    let usage = state.keeping.usage();
    let text = Signal::derive(move || {
        let usage = usage.get();
        (words.shell.storage_used)(&browser::size(usage.used), &browser::size(usage.available))
    });
    let journal = move || (texts.journal)(&browser::size(usage.get().journal));
    let counts = move || {
        rows.with(|rows| {
            let alerts = rows.iter().map(|row| row.alerts).sum();
            let entities = rows.iter().map(|row| entities(row)).sum();
            let amounts = &words.amounts;
            (texts.counts)(
                &amounts.incidents(rows.len()),
                &amounts.alerts(alerts),
                &amounts.entities(entities),
            )
        })
    };
    view! {
        <Panel title=texts.storage>
            <Meter
                label=words.shell.storage
                share=Signal::derive(move || f64::from(usage.get().percent()) / 100.0)
                text
            />
            <p>{counts}</p>
            <p class="muted">{texts.storage_text}</p>
            {move || (usage.get().journal > 0).then(|| view! { <p class="muted">{journal}</p> })}
            <h3>{texts.largest}</h3>
            {move || rows.with(|rows| largest(rows))}
        </Panel>
    }
}

fn entities(row: &Row) -> usize {
    row.entities.values().sum()
}

/// The incidents with most in them: what is stored of an incident grows with its alerts and entities.
fn largest(rows: &[Arc<Row>]) -> AnyView {
    let texts = &use_words().settings;
    let mut rows: Vec<&Arc<Row>> = rows.iter().collect();
    if rows.is_empty() {
        return view! { <p class="muted">{texts.largest_none}</p> }.into_any();
    }
    rows.sort_by_key(|row| Reverse(row.alerts + entities(row)));
    let one = |row: &Arc<Row>| {
        view! {
            <li>
                <a href=Route::incident(row.id.as_str()).to_string()>{row.name.clone()}</a>
                <span class="muted">{(texts.largest_text)(row.alerts, entities(row))}</span>
            </li>
        }
    };
    let list = rows.into_iter().take(LARGEST).map(one).collect_view();
    view! { <ul class="settings-largest">{list}</ul> }.into_any()
}
