//! How full the storage is, and the ways to what takes the room and to what was repaired.

use leptos::prelude::*;

use super::Panel;
use crate::{
    app::{
        browser,
        parts::{button::ButtonLink, icon::Icon, meter::Meter},
        prefs::use_words,
        route::Route,
        state::use_state,
    },
    notebook::Row,
};

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
        (words.shell.storage_used)(&browser::size(usage.taken()), &browser::size(usage.available))
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
            <div class="cluster">
                <ButtonLink label=words.care.room_open icon=Icon::Insights href=Route::Room.to_string()/>
                <ButtonLink label=words.care.repairs icon=Icon::Info href=Route::Repairs.to_string()/>
            </div>
        </Panel>
    }
}

fn entities(row: &Row) -> usize {
    row.entities.values().sum()
}
