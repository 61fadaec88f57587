//! What a search over the library found, each step a link to where it stands.

use leptos::prelude::*;

use crate::{
    app::{
        parts::{
            button::{Button, ButtonKind},
            empty_state::EmptyState,
            icon::Icon,
        },
        prefs::use_words,
        route::Route,
    },
    playbooks::{Found, library, search},
};

/// The steps that contain what was asked for; nothing where nothing was asked.
#[component]
pub fn Results(
    /// The words asked for.
    asked: Memo<String>,
    /// Ends the search.
    #[prop(into)]
    on_clear: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let texts = &words.playbooks;
    let found = Memo::new(move |_| asked.with(|asked| search(library(), words.lang, asked)));
    let is_asked = Memo::new(move |_| asked.with(|asked| !asked.trim().is_empty()));
    let one = move |found: Found| {
        let said = found.step.words(words.lang);
        let foreign = (said.language != words.lang).then(|| said.language.code());
        let phase = words.vocabulary.phase(found.step.phase);
        view! {
            <li lang=foreign>
                <a href=Route::playbook_step(found.playbook.id, found.step.id).to_string()>{said.title}</a>
                <span class="muted">{format!("{} · {phase}", found.playbook.words(words.lang).title)}</span>
                <p class="truncate muted">{said.why}</p>
            </li>
        }
    };
    view! {
        <p class="visually-hidden" role="status">
            {move || is_asked.get().then(|| found.with(|found| (texts.results)(found.len())))}
        </p>
        <Show when=move || is_asked.get()>
            <section class="playbooks-group">
                <h2>{move || found.with(|found| (texts.results)(found.len()))}</h2>
                <Show
                    when=move || !found.with(Vec::is_empty)
                    fallback=move || {
                        view! {
                            <EmptyState icon=Icon::Search title=texts.nothing text=texts.nothing_text>
                                <Button
                                    label=texts.clear_search
                                    kind=ButtonKind::Secondary
                                    on_press=move || on_clear.run(())
                                />
                            </EmptyState>
                        }
                    }
                >
                    <ol class="panel playbooks-results">
                        <For each=move || found.get() key=|found| found.step.id children=one/>
                    </ol>
                </Show>
            </section>
        </Show>
    }
}
