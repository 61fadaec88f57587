//! A playbook at a glance: what it is for, how long it is, and what makes the page suggest it.

use leptos::prelude::*;

use crate::{
    app::{
        parts::icon::{Icon, IconView},
        prefs::use_words,
        route::Route,
    },
    model::Phase,
    playbooks::{Kind, Playbook, Suggest},
    words::Words,
};

/// A playbook of the library.
#[component]
pub fn Card(
    /// Which.
    playbook: &'static Playbook,
) -> impl IntoView {
    let words = use_words();
    let said = playbook.words(words.lang);
    let foreign = (said.language != words.lang).then(|| said.language.code());
    let icon = match playbook.kind {
        Kind::Prepare => Icon::Prepare,
        Kind::General => Icon::Shield,
        Kind::Scenario => Icon::Playbooks,
    };
    let phases = Phase::ALL
        .into_iter()
        .map(|phase| (phase, playbook.steps_of(phase).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(phase, count)| {
            view! { <li>{words.vocabulary.phase(phase)} " " <span class="playbook-count">{count}</span></li> }
        })
        .collect_view();
    let reasons = reasons(words, &playbook.suggest);
    let suggested = (!reasons.is_empty()).then(|| {
        let reasons = reasons.into_iter().map(|reason| view! { <li>{reason}</li> }).collect_view();
        view! {
            <div class="playbook-when">
                <p class="labelled-label">{words.playbooks.suggested_when}</p>
                <ul>{reasons}</ul>
            </div>
        }
    });
    view! {
        <li class="panel playbook-card">
            <h3>
                <IconView icon/>
                <a href=Route::playbook(playbook.id).to_string() lang=foreign>{said.title}</a>
            </h3>
            <p lang=foreign>{said.summary}</p>
            <ul class="playbook-phases" aria-label=words.amounts.steps(playbook.steps.len())>{phases}</ul>
            {suggested}
        </li>
    }
}

/// What makes the page suggest a playbook, in words.
fn reasons(words: &Words, suggest: &Suggest) -> Vec<String> {
    let texts = &words.playbooks;
    let quoted = |parts: &[String]| parts.join(", ");
    let titles: Vec<String> = suggest.titles.iter().map(|part| format!("“{part}”")).collect();
    let techniques: Vec<String> = suggest.techniques.iter().map(|id| (*id).to_owned()).collect();
    let categories: Vec<String> = suggest
        .categories
        .iter()
        .map(|category| format!("“{}”", words.vocabulary.category(category)))
        .collect();
    [
        (!titles.is_empty()).then(|| (texts.when_titles)(&quoted(&titles))),
        (!techniques.is_empty()).then(|| (texts.when_techniques)(&quoted(&techniques))),
        (!categories.is_empty()).then(|| (texts.when_categories)(&quoted(&categories))),
    ]
    .into_iter()
    .flatten()
    .collect()
}
