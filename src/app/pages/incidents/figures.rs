//! The four figures: what asks for attention, each a link to the list of those.

use leptos::prelude::*;

use super::list::{address, use_list};
use crate::{
    analysis::figures::figures,
    app::{
        parts::icon::{Icon, IconView},
        prefs::use_words,
        route::Route,
        state::use_state,
    },
    model::taxonomy::{Severity, Status},
    notebook::query::{Query, Whose},
};

/// The statuses of incidents that somebody still has to work on.
const OPEN: [Status; 3] = [Status::Active, Status::InProgress, Status::AwaitingAction];

/// The four figures.
#[component]
pub fn FigureLinks() -> impl IntoView {
    let words = &use_words().incidents;
    let list = use_list();
    let minute = use_state().minute();
    let counts =
        Memo::new(move |_| list.all().with(|rows| figures(rows.iter().map(AsRef::as_ref), &minute.get())));
    let open = || Query { statuses: OPEN.into(), ..Query::default() };
    view! {
        <ul class="figures" aria-label=words.figures>
            <Figure label=words.active icon=Icon::Incidents query=open() count=Signal::derive(move || counts.get().active)/>
            <Figure
                label=words.high
                icon=Icon::High
                query=Query { severities: [Severity::High].into(), ..open() }
                count=Signal::derive(move || counts.get().high)
            />
            <Figure
                label=words.unassigned
                icon=Icon::User
                query=Query { whose: Whose::Nobody, ..open() }
                count=Signal::derive(move || counts.get().unassigned)
            />
            <Figure
                label=words.overdue
                icon=Icon::Clock
                query=Query { overdue: true, ..open() }
                count=Signal::derive(move || counts.get().overdue)
            />
        </ul>
    }
}

#[component]
fn Figure(label: &'static str, icon: Icon, query: Query, count: Signal<usize>) -> impl IntoView {
    let list = use_list();
    let href = Route::Incidents { query: address(&query) }.to_string();
    let here = move || {
        list.query().with(|asked| {
            let asked = Query { sort: query.sort, reversed: query.reversed, ..asked.clone() };
            asked == query
        })
    };
    view! {
        <li>
            <a class="figure" href=href aria-current=move || here().then_some("true") data-none=move || (count.get() == 0).then_some("")>
                <span class="figure-count">{move || count.get()}</span>
                <span class="figure-label">
                    <IconView icon/>
                    <span>{label}</span>
                </span>
            </a>
        </li>
    }
}
