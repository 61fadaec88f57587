//! The preview beside the table: what a responder asks of an incident before opening it.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    list::{List, use_list},
    priority::{PriorityMark, PriorityReasons},
};
use crate::{
    analysis::priority::priority,
    app::{
        parts::{
            assignee::Assignee,
            badge::Badge,
            button::{Button, ButtonKind, ButtonLink},
            description_list::{DescriptionList, Fact},
            icon::Icon,
            terms::{SeverityTerm, StatusTerm},
            time::Time,
        },
        prefs::use_words,
        route::Route,
        seen::use_seen,
        state::use_state,
    },
    model::{Clock, EntityKind, IncidentId},
    notebook::{Row, query},
    playbooks::library,
};

/// What is known of the row in the preview.
#[component]
pub fn Preview() -> impl IntoView {
    let words = &use_words().incidents;
    let list = use_list();
    let state = use_state();
    let row = Memo::new(move |_| {
        let id = IncidentId::try_from(list.previewed().get()?).ok()?;
        state.with(|notebook| notebook.row(&id).cloned())
    });
    move || match row.get() {
        Some(row) => view! { <RowPreview list row/> }.into_any(),
        None => view! { <p class="muted panel">{words.preview_empty}</p> }.into_any(),
    }
}

#[component]
fn RowPreview(list: List, row: Arc<Row>) -> impl IntoView {
    let words = use_words();
    let texts = &words.incidents;
    let minute = use_state().minute();
    let urgent = Memo::new({
        let row = Arc::clone(&row);
        move |_| priority(&row, &minute.get())
    });
    let alerts = (texts.alerts_title)(row.active_alerts, row.alerts);
    view! {
        <div class="panel row-preview">
            <header>
                <h2>{row.name.clone()}</h2>
                <Button
                    label=words.parts.close
                    icon=Icon::Close
                    icon_only=true
                    small=true
                    kind=ButtonKind::Ghost
                    on_press=move || list.preview(None)
                />
            </header>
            <div class="cluster">
                <SeverityTerm severity=row.severity.clone()/>
                <StatusTerm status=row.status.clone()/>
                <Assignee name=row.assignee.clone()/>
            </div>
            <Tags row=Arc::clone(&row)/>
            <ButtonLink
                label=texts.open
                href=Route::incident(row.id.as_str()).to_string()
                icon=Icon::ChevronRight
                kind=ButtonKind::Primary
            />
            <section>
                <h3>
                    {texts.why_priority} " " {move || view! { <PriorityMark priority=urgent.get()/> }}
                </h3>
                {move || view! { <PriorityReasons priority=urgent.get()/> }}
            </section>
            <section>
                <h3>{texts.entities}</h3>
                <p class="muted">{alerts}</p>
                <Kinds row=Arc::clone(&row)/>
                <Related id=row.id.clone()/>
            </section>
            <section>
                <h3>{texts.clocks}</h3>
                <Clocks row=Arc::clone(&row)/>
            </section>
            <Scenarios row/>
        </div>
    }
}

#[component]
fn Tags(row: Arc<Row>) -> impl IntoView {
    let tags = row.tags.iter().map(|tag| view! { <Badge label=tag.clone() icon=Icon::Tag/> }).collect_view();
    let some = !row.tags.is_empty();
    some.then(|| view! { <div class="cluster">{tags}</div> })
}

/// With how many other incidents it shares entities.
#[component]
fn Related(id: IncidentId) -> impl IntoView {
    let words = &use_words().entities;
    let seen = use_seen();
    seen.watch();
    let count = Memo::new(move |_| seen.with(|index| index.related(&id)));
    move || (count.get() > 0).then(|| view! { <p>{(words.related)(count.get())}</p> })
}

#[component]
fn Kinds(row: Arc<Row>) -> impl IntoView {
    let words = use_words();
    let fact = |(kind, count): (EntityKind, usize)| {
        view! { <Fact name=words.vocabulary.entity_kinds(kind)>{count}</Fact> }
    };
    let facts = row.entities.iter().map(|(kind, count)| (*kind, *count)).map(fact).collect_view();
    if row.entities.is_empty() {
        view! { <p class="muted">{words.incidents.none_yet}</p> }.into_any()
    } else {
        view! { <DescriptionList>{facts}</DescriptionList> }.into_any()
    }
}

#[component]
fn Clocks(row: Arc<Row>) -> impl IntoView {
    let words = use_words();
    let created = row.created.clone();
    let clocks = Clock::ALL.into_iter().filter_map(|clock| {
        let time = clock.of(&row.clocks)?.clone();
        Some(view! { <Fact name=words.vocabulary.clock(clock)><Time at=time.millis() original=time.text()/></Fact> })
    });
    let clocks = clocks.collect_view();
    let due = row.next_due.clone().map(|due| {
        view! { <Fact name=words.incidents.next_due><Time at=due.millis() original=due.text()/></Fact> }
    });
    view! {
        <DescriptionList>
            <Fact name=words.vocabulary.sort(query::Sort::Created)>
                <Time at=created.millis() original=created.text()/>
            </Fact>
            {clocks}
            {due}
        </DescriptionList>
    }
}

#[component]
fn Scenarios(row: Arc<Row>) -> impl IntoView {
    let words = use_words();
    let kept = use_state().preparation().with(|preparation| preparation.playbooks.clone());
    let scenarios: Vec<_> = row
        .scenarios
        .iter()
        .map(|id| {
            let known = library().playbook(id.as_str()).map(|playbook| playbook.words(words.lang).title);
            let kept = || kept.get(id).map(|playbook| playbook.title.as_str());
            // One that neither this version nor the notebook has is shown by its stable name.
            let title = known.or_else(kept).unwrap_or(id.as_str()).to_owned();
            view! { <li>{title}</li> }
        })
        .collect();
    let none = scenarios.is_empty().then(|| view! { <p class="muted">{words.incidents.none_yet}</p> });
    view! {
        <section>
            <h3>{words.incidents.scenarios}</h3>
            {none}
            <ul>{scenarios}</ul>
        </section>
    }
}
