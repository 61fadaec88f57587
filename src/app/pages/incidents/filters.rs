//! The filters: search, whose, tag, and chips for status, severity and what is overdue. All of it stands in the address.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::list::use_list;
use crate::compact::Gather as _;
use crate::{
    app::{
        parts::{
            badge::Chip,
            button::{Button, ButtonKind},
            field::{InputKind, Select, TextField},
            icon::Icon,
            terms::severity_tone,
        },
        prefs::use_words,
        seen::StillReading,
        state::use_state,
    },
    model::taxonomy::{Severity, Status},
    notebook::query::{Query, Whose},
};

/// The value of "nobody" among the people of the select; no name is a dash, as in the address.
const NOBODY: &str = "-";

/// The filters.
#[component]
pub fn Filters() -> impl IntoView {
    let words = &use_words().incidents;
    let list = use_list();
    let query = list.query();
    let narrowed = Memo::new(move |_| query.with(Query::is_narrowed));
    let searches = Memo::new(move |_| query.with(Query::has_words));
    let shown = move || (words.shown)(list.ids().with(Vec::len), list.all().with(Vec::len));
    view! {
        <section class="filters" aria-label=words.filters>
            <div class="filters-fields">
                <TextField
                    label=words.search
                    hide_label=true
                    kind=InputKind::Search
                    placeholder=words.search_hint
                    value=Signal::derive(move || query.with(|query| query.text.clone()))
                    on_input=move |text| list.ask(|query| query.text = text)
                />
                <WhoseSelect/>
                <TagSelect/>
            </div>
            <div class="cluster">
                <StatusChips/>
                <span class="filters-gap" aria-hidden="true"></span>
                <SeverityChips/>
                <span class="filters-gap" aria-hidden="true"></span>
                <Chip
                    label=words.overdue
                    icon=Icon::Clock
                    pressed=Signal::derive(move || query.with(|query| query.overdue))
                    on_press=move || list.ask(|query| query.overdue = !query.overdue)
                />
                <span class="filters-count" role="status">{shown}</span>
                <Show when=move || narrowed.get()>
                    <Button
                        label=words.clear_filters
                        icon=Icon::Close
                        small=true
                        kind=ButtonKind::Ghost
                        on_press=move || list.ask(clear)
                    />
                </Show>
            </div>
            <Show when=move || searches.get()>
                <StillReading/>
            </Show>
        </section>
    }
}

/// Takes every filter away and keeps the order.
pub fn clear(query: &mut Query) {
    *query = Query { sort: query.sort, reversed: query.reversed, ..Query::default() };
}

#[component]
fn StatusChips() -> impl IntoView {
    let words = use_words();
    let list = use_list();
    // Besides the known ones, whatever a source made up, so that it can be asked for.
    let statuses = Memo::new(move |_| {
        let known: BTreeSet<Status> =
            [Status::Active, Status::InProgress, Status::AwaitingAction, Status::Resolved].into();
        list.all().with(|rows| rows.iter().map(|row| row.status.clone()).chain(known).gather::<BTreeSet<_>>())
    });
    let chip = move |status: Status| {
        let label = words.vocabulary.status(&status).into_owned();
        let here = status.clone();
        let pressed = Signal::derive(move || list.query().with(|query| query.statuses.contains(&here)));
        let press = move || list.ask(|query| toggle(&mut query.statuses, &status));
        view! { <Chip label pressed on_press=press/> }
    };
    view! {
        <div class="cluster" role="group" aria-label=words.vocabulary.sort(crate::notebook::query::Sort::Status)>
            {move || statuses.get().into_iter().map(chip).collect_view()}
        </div>
    }
}

#[component]
fn SeverityChips() -> impl IntoView {
    let words = use_words();
    let list = use_list();
    let severities = Memo::new(move |_| {
        let known: BTreeSet<Severity> =
            [Severity::High, Severity::Medium, Severity::Low, Severity::Informational].into();
        let all: BTreeSet<Severity> =
            list.all().with(|rows| rows.iter().map(|row| row.severity.clone()).chain(known).collect());
        // Worst first.
        all.into_iter().rev().collect::<Vec<_>>()
    });
    let chip = move |severity: Severity| {
        let label = words.vocabulary.severity(&severity).into_owned();
        let icon = severity_tone(&severity).severity_icon();
        let here = severity.clone();
        let pressed = Signal::derive(move || list.query().with(|query| query.severities.contains(&here)));
        let press = move || list.ask(|query| toggle(&mut query.severities, &severity));
        view! { <Chip label icon pressed on_press=press/> }
    };
    view! {
        <div class="cluster" role="group" aria-label=words.vocabulary.sort(crate::notebook::query::Sort::Severity)>
            {move || severities.get().into_iter().map(chip).collect_view()}
        </div>
    }
}

#[component]
fn WhoseSelect() -> impl IntoView {
    let words = &use_words().incidents;
    let list = use_list();
    let state = use_state();
    let options = Memo::new(move |_| {
        let me = state.author();
        let mut options = vec![
            (String::new(), words.whose_all.to_owned()),
            (me.clone(), format!("{} ({me})", words.whose_mine)),
            (NOBODY.to_owned(), words.whose_nobody.to_owned()),
        ];
        let people: BTreeSet<String> =
            list.all().with(|rows| rows.iter().filter_map(|row| row.assignee.clone()).collect());
        options.extend(people.into_iter().filter(|name| *name != me).map(|name| (name.clone(), name)));
        options
    });
    let value = Signal::derive(move || {
        list.query().with(|query| match &query.whose {
            Whose::All => String::new(),
            Whose::Nobody => NOBODY.to_owned(),
            Whose::Of(name) => name.clone(),
        })
    });
    let change = move |value: String| {
        list.ask(|query| {
            query.whose = match value.as_str() {
                "" => Whose::All,
                NOBODY => Whose::Nobody,
                _ => Whose::Of(value),
            };
        });
    };
    view! { <Select label=words.whose value options on_change=change/> }
}

#[component]
fn TagSelect() -> impl IntoView {
    let words = &use_words().incidents;
    let list = use_list();
    let options = Memo::new(move |_| {
        let tags: BTreeSet<String> =
            list.all().with(|rows| rows.iter().flat_map(|row| row.tags.iter().cloned()).collect());
        let any = (String::new(), words.any_tag.to_owned());
        std::iter::once(any).chain(tags.into_iter().map(|tag| (tag.clone(), tag))).collect::<Vec<_>>()
    });
    let value = Signal::derive(move || list.query().with(|query| query.tag.clone().unwrap_or_default()));
    let change = move |tag: String| list.ask(|query| query.tag = Some(tag).filter(|tag| !tag.is_empty()));
    view! { <Select label=words.tag value options on_change=change/> }
}

fn toggle<T: Ord + Clone>(chosen: &mut BTreeSet<T>, value: &T) {
    if !chosen.remove(value) {
        chosen.insert(value.clone());
    }
}
