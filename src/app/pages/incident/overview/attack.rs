//! Which ATT&CK tactics and techniques the alerts speak of.

use leptos::prelude::*;

use crate::{
    analysis::overview::{Tactic, tactics},
    app::{
        pages::incident::here::use_here,
        prefs::use_words,
        route::{IncidentTab, Query},
    },
};

/// The tactics in the order they were seen, each with its techniques; each technique leads to its alerts.
#[component]
pub fn Attack() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let found = here.slice(tactics);
    let one = move |tactic: Tactic| {
        let name = match tactic.category.as_str() {
            "" => words.incident.no_tactic.to_owned(),
            category => words.vocabulary.category(category).into_owned(),
        };
        let techniques = tactic
            .techniques
            .into_iter()
            .map(|(technique, count)| {
                let address = here.address_with(IncidentTab::Alerts, Query::new().with("q", &technique));
                view! {
                    <li>
                        <a class="incident-technique" href=address>
                            <code>{technique}</code>
                            <span class="muted">{words.amounts.alerts(count)}</span>
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <li class="incident-tactic">
                <span class="incident-tactic-name">
                    <strong>{name}</strong>
                    <span class="muted">{words.amounts.alerts(tactic.alerts)}</span>
                </span>
                <ul class="cluster">{techniques}</ul>
            </li>
        }
    };
    view! {
        <Show when=move || !found.with(Vec::is_empty)>
            <section class="panel" aria-labelledby="incident-attack">
                <h2 id="incident-attack">{words.incident.attack}</h2>
                <ol class="incident-tactics">{move || found.get().into_iter().map(one).collect_view()}</ol>
            </section>
        </Show>
    }
}
