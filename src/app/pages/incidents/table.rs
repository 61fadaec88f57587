//! The table of incidents with the preview beside it.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    filters::clear,
    list::{List, sort_of, starts_descending, use_list},
    preview::Preview,
    priority::PriorityMark,
};
use crate::{
    analysis::priority,
    app::{
        browser,
        pages::incident::entities::safe_name,
        parts::{
            assignee::Assignee,
            badge::Badge,
            button::{Button, ButtonKind},
            empty_state::EmptyState,
            icon::{Icon, IconView},
            progress::{Segment, SegmentedProgress},
            table::{Column, DataTable, Sort},
            terms::{SeverityTerm, StatusTerm, kind_icon},
            time::Time,
        },
        prefs::use_words,
        route::Route,
        state::use_state,
    },
    model::{EntityKind, IncidentId, Phase},
    notebook::{Row, query},
    playbooks::{library, phase_totals},
};

/// Tags shown in a row; the rest is counted.
const TAGS: usize = 3;

/// The table, the preview beside it, or the way out of filters that leave nothing.
#[component]
pub fn IncidentTable() -> impl IntoView {
    let words = &use_words().incidents;
    let list = use_list();
    let some = Memo::new(move |_| list.ids().with(|ids| !ids.is_empty()));
    let narrow = browser::use_narrow();
    let previews = Memo::new(move |_| !narrow.get() && list.previewed().with(Option::is_some));
    view! {
        <div class="incidents-body" data-preview=move || previews.get().then_some("")>
            <div class="incidents-list">
                <Show
                    when=move || some.get()
                    fallback=move || {
                        view! {
                            <EmptyState icon=Icon::Filter title=words.nothing_title text=words.nothing_text>
                                <Button
                                    label=words.clear_filters
                                    kind=ButtonKind::Primary
                                    on_press=move || list.ask(clear)
                                />
                            </EmptyState>
                        }
                    }
                >
                    <Table list narrow/>
                </Show>
            </div>
            <Show when=move || previews.get()>
                <aside class="incidents-preview" aria-label=words.preview>
                    <Preview/>
                </aside>
            </Show>
        </div>
    }
}

#[component]
fn Table(list: List, narrow: Signal<bool>) -> impl IntoView {
    let words = use_words();
    let state = use_state();
    let sort = Signal::derive(move || {
        list.query().with(|query| Sort {
            key: query.sort.code().to_owned(),
            descending: starts_descending(query.sort) != query.reversed,
        })
    });
    let on_sort = move |asked: Sort| {
        let Some(sort) = sort_of(&asked.key) else { return };
        list.ask(|query| {
            // The first press on a heading gives the direction that people want first, the next one turns it round.
            query.reversed = query.sort == sort && asked.descending != starts_descending(sort);
            query.sort = sort;
        });
    };
    let row_name = move |id: String| {
        let id = IncidentId::try_from(id).ok();
        let name = |id: &IncidentId| state.with_now(|notebook| notebook.row(id).map(|row| row.name.clone()));
        id.as_ref().and_then(name).unwrap_or_default()
    };
    // A first press shows a row beside the table; on what is shown already, and where there is no room, it opens it.
    let on_open = move |id: String| {
        let shown = list.previewed().with_untracked(|shown| shown.as_ref() == Some(&id));
        if narrow.get_untracked() || shown { list.open(&id) } else { list.preview(Some(&id)) }
    };
    view! {
        <DataTable
            caption=words.incidents.table
            columns=columns()
            ids=list.ids()
            cells=cells
            sort
            on_sort
            selection=list.selection
            row_name
            active=list.active
            on_open
        />
    }
}

fn columns() -> Vec<Column> {
    let words = &use_words().vocabulary;
    let column = |sort: query::Sort| Column::new(sort.code(), words.sort(sort)).sortable();
    vec![
        column(query::Sort::Priority),
        column(query::Sort::Name).wide(),
        column(query::Sort::Severity),
        column(query::Sort::Status),
        column(query::Sort::Alerts).numeric().optional(),
        column(query::Sort::Assets).numeric().optional(),
        column(query::Sort::Progress).optional(),
        column(query::Sort::Assignee).optional(),
        column(query::Sort::Activity).optional(),
    ]
}

fn cells(id: String) -> Vec<AnyView> {
    let state = use_state();
    let Ok(id) = IncidentId::try_from(id) else { return Vec::new() };
    let row = state.row(id.clone());
    let minute = state.minute();
    let priority =
        Memo::new(move |_| row.with(|row| row.as_ref().map(|row| priority::priority(row, &minute.get()))));
    let address = Route::incident(id.as_str()).to_string();
    let found = use_list().entities_found(row);
    // Each cell draws itself anew when its row changes, so that the table need not.
    let cell = |draw: fn(&Arc<Row>) -> AnyView| (move || row.with(|row| row.as_ref().map(draw))).into_any();
    vec![
        (move || priority.get().map(|priority| view! { <PriorityMark priority/> })).into_any(),
        (move || row.with(|row| row.as_ref().map(|row| name(row, &address, found)))).into_any(),
        cell(|row| view! { <SeverityTerm severity=row.severity.clone()/> }.into_any()),
        cell(|row| view! { <StatusTerm status=row.status.clone()/> }.into_any()),
        cell(|row| {
            let title = (use_words().incidents.alerts_title)(row.active_alerts, row.alerts);
            view! { <span title=title>{format!("{}/{}", row.active_alerts, row.alerts)}</span> }.into_any()
        }),
        cell(assets),
        cell(progress),
        cell(|row| view! { <Assignee name=row.assignee.clone()/> }.into_any()),
        cell(|row| {
            let time = row.last_activity.as_ref().unwrap_or(&row.created);
            view! { <Time at=time.millis() original=time.text()/> }.into_any()
        }),
    ]
}

fn name(row: &Arc<Row>, address: &str, found: Memo<Vec<(EntityKind, String)>>) -> AnyView {
    let tags = row.tags.iter().take(TAGS).map(|tag| view! { <Badge label=tag.clone()/> }).collect_view();
    let more = row.tags.len().saturating_sub(TAGS);
    let rest = row.tags.iter().skip(TAGS).cloned().collect::<Vec<_>>().join(", ");
    view! {
        <div class="row-name">
            <a href=address.to_owned() title=row.name.clone()>
                {row.name.clone()}
            </a>
            {(!row.tags.is_empty())
                .then(|| {
                    view! {
                        <span class="row-tags">
                            {tags} {(more > 0).then(|| view! { <span class="muted" title=rest>{format!("+{more}")}</span> })}
                        </span>
                    }
                })}
            {move || found.get().into_iter().map(|(kind, name)| why(kind, &name)).collect_view()}
        </div>
    }
    .into_any()
}

/// The entity that a search found an incident by.
fn why(kind: EntityKind, name: &str) -> impl IntoView + use<> {
    let said = format!("{}: {}", use_words().entities.entity, safe_name(kind, name));
    view! {
        <span class="row-why" title=said.clone()>
            <IconView icon=kind_icon(kind)/>
            <span class="truncate">{said.clone()}</span>
        </span>
    }
}

fn assets(row: &Arc<Row>) -> AnyView {
    let words = &use_words().vocabulary;
    let kinds = row.entities.iter().filter(|(kind, _)| kind.is_asset());
    let title: Vec<String> =
        kinds.map(|(kind, count)| format!("{}: {count}", words.entity_kinds(*kind))).collect();
    view! { <span title=title.join("\n")>{row.assets()}</span> }.into_any()
}

fn progress(row: &Arc<Row>) -> AnyView {
    let words = use_words();
    let segments: Vec<Segment> = Phase::OF_INCIDENT
        .into_iter()
        .zip(phase_totals(library(), row))
        .map(|(phase, progress)| Segment {
            label: words.vocabulary.phase(phase).to_owned(),
            done: progress.decided(),
            of: progress.total,
            current: false,
            address: None,
        })
        .collect();
    view! { <SegmentedProgress label=words.vocabulary.sort(query::Sort::Progress) segments compact=true/> }
        .into_any()
}
