//! The entities of every incident: a search over all of them, and one of them with every incident it occurs in.

use leptos::prelude::*;

use crate::{
    analysis::correlation::Found,
    app::{
        location::use_location,
        pages::incident::entities::safe_name,
        parts::{
            button::{Button, ButtonKind, ButtonLink},
            empty_state::EmptyState,
            field::{InputKind, TextField},
            icon::{Icon, IconView},
            page_header::PageHeader,
            table::{Column, DataTable},
            terms::{VerdictTerm, kind_icon},
            time::Time,
        },
        prefs::use_words,
        route::{Query, Route},
        seen::{StillReading, use_seen},
        state::use_state,
    },
};

mod events;
mod one;

pub use one::EntityPage;

/// How many entities are listed at most; a search finds the others.
const AT_MOST: usize = 200;

/// The list.
#[component]
pub fn EntitiesPage() -> impl IntoView {
    let words = use_words();
    let texts = &words.entities;
    let location = use_location();
    let seen = use_seen();
    let state = use_state();
    seen.watch();
    let asked = Memo::new(move |_| {
        location.route().with(|route| route.query().get("q").unwrap_or_default().to_owned())
    });
    let ask = move |text: String| {
        location.replace(&Route::Entities { query: Query::new().with("q", &text) });
    };
    let found = Memo::new(move |_| asked.with(|text| seen.with(|index| index.search(text, AT_MOST))));
    let ids = Memo::new(move |_| {
        found.with(|found| found.iter().map(|one| one.id.to_string()).collect::<Vec<_>>())
    });
    let columns = vec![
        Column::new("entity", texts.entity).wide(),
        Column::new("verdict", texts.verdict),
        Column::new("incidents", texts.incidents).numeric(),
        Column::new("last", texts.last_seen).optional(),
    ];
    let open = move |id: String| location.navigate(&Route::entity(id));
    let is_empty = Memo::new(move |_| found.with(Vec::is_empty));
    let has_incidents = move || state.with(|notebook| !notebook.rows().is_empty());
    let nothing = move || {
        if asked.with(String::is_empty) {
            (!has_incidents() || seen.reading().get().is_none()).then(|| {
                view! {
                    <EmptyState icon=Icon::Entities title=texts.nothing text=texts.nothing_text>
                        <ButtonLink label=texts.go_to_incidents href=Route::home().to_string()/>
                    </EmptyState>
                }
                .into_any()
            })
        } else {
            Some(
                view! {
                    <EmptyState icon=Icon::Search title=texts.nothing_found text=texts.nothing_found_text>
                        <Button
                            label=texts.clear_search
                            kind=ButtonKind::Primary
                            on_press=move || ask(String::new())
                        />
                    </EmptyState>
                }
                .into_any(),
            )
        }
    };
    view! {
        <PageHeader title=texts.title subtitle=move || texts.lead/>
        <div class="stack entities">
            <TextField label=texts.search kind=InputKind::Search value=asked on_input=ask/>
            <StillReading/>
            <Show when=move || !is_empty.get() fallback=nothing>
                <DataTable
                    caption=texts.title
                    columns=columns.clone()
                    ids
                    cells=move |id: String| cells(found, &id)
                    active=RwSignal::new(None)
                    on_open=open
                />
                {move || {
                    (ids.with(Vec::len) == AT_MOST)
                        .then(|| view! { <p class="muted">{(texts.at_most)(AT_MOST)}</p> })
                }}
            </Show>
        </div>
    }
}

/// The cells of a line; they follow what is found while reading goes on.
fn cells(found: Memo<Vec<Found>>, id: &str) -> Vec<AnyView> {
    let vocabulary = &use_words().vocabulary;
    let address = Route::entity(id).to_string();
    let id = id.to_owned();
    let one = Memo::new(move |_| found.with(|found| found.iter().find(|one| one.id.as_str() == id).cloned()));
    let name = move || one.get().map(|one| safe_name(one.kind, &one.name)).unwrap_or_default();
    vec![
        view! {
            <span class="incident-entity">
                {move || one.get().map(|one| view! { <IconView icon=kind_icon(one.kind)/> })}
                <span class="incident-row-name">
                    <a class="truncate" href=address title=name>{name}</a>
                    <span class="muted">{move || one.get().map(|one| vocabulary.entity_kind(one.kind))}</span>
                </span>
            </span>
        }
        .into_any(),
        (move || one.get().map(|one| view! { <VerdictTerm verdict=one.verdict/> })).into_any(),
        (move || one.get().map(|one| one.incidents)).into_any(),
        (move || one.get().and_then(|one| one.last).map(|at| view! { <Time at/> })).into_any(),
    ]
}
