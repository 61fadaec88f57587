//! The library at a glance: a search over all steps, and every playbook as a card.

use leptos::prelude::*;

use super::{card::Card, kept::KeptCards, results::Results};
use crate::{
    app::{
        location::use_location,
        parts::{
            field::{InputKind, TextField},
            page_header::PageHeader,
        },
        prefs::use_words,
        route::{Query, Route},
    },
    playbooks::{Kind, Playbook, library},
};

/// The library.
#[component]
pub fn Index() -> impl IntoView {
    let words = use_words();
    let texts = &words.playbooks;
    let location = use_location();
    let asked = Memo::new(move |_| {
        location.route().with(|route| route.query().get("q").unwrap_or_default().to_owned())
    });
    let ask = move |text: String| {
        location.replace(&Route::Playbooks { id: None, query: Query::new().with("q", &text) });
    };
    let cards = |kinds: &[Kind]| {
        let chosen = library().playbooks().iter().filter(|playbook| kinds.contains(&playbook.kind));
        chosen.map(|playbook: &'static Playbook| view! { <Card playbook/> }).collect_view()
    };
    view! {
        <PageHeader title=words.shell.playbooks subtitle=move || texts.intro/>
        <div class="playbooks">
            <div class="playbooks-search">
                <TextField
                    label=texts.search
                    kind=InputKind::Search
                    hint=texts.search_hint
                    value=asked
                    on_input=ask
                />
            </div>
            <Results asked on_clear=move || ask(String::new())/>
            <section class="playbooks-group">
                <h2>{texts.always}</h2>
                <ul class="playbooks-cards">{cards(&[Kind::Prepare, Kind::General])}</ul>
            </section>
            <KeptCards/>
            <section class="playbooks-group">
                <h2>{texts.scenarios}</h2>
                <p class="muted">{texts.scenarios_intro}</p>
                <ul class="playbooks-cards">{cards(&[Kind::Scenario])}</ul>
            </section>
        </div>
    }
}
