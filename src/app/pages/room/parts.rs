//! What takes the room: each part of the notebook and each other program with its size, and the largest incidents.

use std::{cmp::Reverse, sync::Arc};

use leptos::prelude::*;

use crate::compact::Order as _;
use crate::{
    app::{
        browser, pages::settings::Panel, parts::meter::Meter, prefs::use_words, route::Route,
        state::use_state,
    },
    notebook::Row,
    storage::census::Census,
};

/// Incidents named as the largest.
const LARGEST: usize = 10;

/// Programs named as the largest; the rest count together.
const PROGRAMS: usize = 8;

/// What takes the room.
#[component]
pub fn Parts() -> impl IntoView {
    let words = use_words();
    let state = use_state();
    // Another program may have written since.
    state.keeping.recount();
    let usage = state.keeping.usage();
    let text = Signal::derive(move || {
        let usage = usage.get();
        (words.shell.storage_used)(&browser::size(usage.taken()), &browser::size(usage.available))
    });
    // Counted anew after every edit: this is where one sees what freeing has freed.
    let census = Memo::new(move |_| {
        state.rows().track();
        usage.track();
        state.keeping.census()
    });
    let parts = move || match census.get() {
        Some(census) => {
            view! { <ul class="settings-sizes">{lines(&census)}</ul> {others(&census)} }.into_any()
        }
        None => view! { <p>{words.care.room_unreadable}</p> }.into_any(),
    };
    let largest = move || {
        let census = census.get().unwrap_or_default();
        state.rows().with(|rows| largest(rows, &census))
    };
    view! {
        <Panel title=words.settings.storage>
            <Meter
                label=words.shell.storage
                share=Signal::derive(move || f64::from(usage.get().percent()) / 100.0)
                text
            />
            <p class="muted">{words.care.room_intro}</p>
            {parts}
        </Panel>
        <Panel title=words.settings.largest>{largest}</Panel>
    }
}

/// Each part with its size, the largest first; parts with nothing in them are left out.
fn lines(census: &Census) -> AnyView {
    let words = use_words();
    let texts = &words.care;
    let incidents = (texts.part_incidents)(&words.amounts.number(census.incidents.len()));
    let mut parts = vec![
        (census.incidents.values().sum(), incidents),
        (census.journal, texts.part_journal.to_owned()),
        (census.notebook, texts.part_notebook.to_owned()),
        (census.spare, texts.part_spare.to_owned()),
        (census.aside, texts.part_aside.to_owned()),
        (census.preferences, texts.part_preferences.to_owned()),
    ];
    let mut programs: Vec<_> = census.others.iter().map(|(name, units)| (*units, name.as_str())).collect();
    programs.order_by_key(|(units, _)| Reverse(*units));
    let rest: usize = programs.iter().skip(PROGRAMS).map(|(units, _)| units).sum();
    programs.truncate(PROGRAMS);
    programs.push((rest, "…"));
    parts.extend(programs.into_iter().map(|(units, name)| (units, (texts.part_other)(name))));
    parts.retain(|(units, _)| *units > 0);
    parts.order_by_key(|(units, _)| Reverse(*units));
    let one = |(units, name): (usize, String)| {
        view! {
            <li>
                <span>{name}</span>
                <span class="muted">{browser::size(units)}</span>
            </li>
        }
    };
    parts.into_iter().map(one).collect_view().into_any()
}

/// What can be done about other programs, where they take much.
fn others(census: &Census) -> Option<AnyView> {
    let total = census.others_total();
    let text = use_words().care.others_text;
    (total > 0).then(|| view! { <p>{text(&browser::size(total))}</p> }.into_any())
}

fn largest(rows: &[Arc<Row>], census: &Census) -> AnyView {
    let mut sizes: Vec<(usize, &Arc<Row>)> =
        rows.iter().filter_map(|row| Some((*census.incidents.get(&row.id)?, row))).collect();
    if sizes.is_empty() {
        return view! { <p class="muted">{use_words().settings.largest_none}</p> }.into_any();
    }
    sizes.order_by_key(|(units, _)| Reverse(*units));
    let one = |(units, row): (usize, &Arc<Row>)| {
        view! {
            <li>
                <a href=Route::incident(row.id.as_str()).to_string()>{row.name.clone()}</a>
                <span class="muted">{browser::size(units)}</span>
            </li>
        }
    };
    let list = sizes.into_iter().take(LARGEST).map(one).collect_view();
    view! { <ul class="settings-sizes">{list}</ul> }.into_any()
}
