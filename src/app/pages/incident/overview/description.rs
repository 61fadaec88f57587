//! What the incident is about, in the words of the source or the responder.

use leptos::prelude::*;

use crate::{
    app::{
        pages::incident::here::use_here,
        parts::{
            button::{Button, ButtonKind},
            field::TextArea,
            icon::Icon,
        },
        prefs::use_words,
    },
    model::IncidentField,
};

/// The description, and a field for it while it is being changed.
#[component]
pub fn Description() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let text = here.slice(|incident| incident.description.clone());
    let conclusion = here.slice(|incident| incident.closing_note.clone());
    let editing = RwSignal::new(false);
    let draft = RwSignal::new(String::new());
    let begin = move || {
        draft.set(text.get_untracked());
        editing.set(true);
    };
    let save = move || {
        here.set(IncidentField::Description(draft.get_untracked().trim().to_owned()));
        editing.set(false);
    };
    let shown = move || {
        if text.with(String::is_empty) {
            view! { <p class="muted">{texts.no_description}</p> }.into_any()
        } else {
            view! { <p class="incident-text">{move || text.get()}</p> }.into_any()
        }
    };
    view! {
        <section class="panel" aria-labelledby="incident-description">
            <div class="incident-panel-head">
                <h2 id="incident-description">{texts.description}</h2>
                <Show when=move || !editing.get()>
                    <Button
                        label=texts.edit
                        icon=Icon::Edit
                        small=true
                        kind=ButtonKind::Ghost
                        disabled=here.cannot_write()
                        on_press=begin
                    />
                </Show>
            </div>
            <Show when=move || editing.get() fallback=move || shown>
                <TextArea
                    label=texts.description
                    hide_label=true
                    value=draft
                    rows=4
                    on_input=move |text| draft.set(text)
                />
                <div class="incident-form-actions">
                    <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=move || editing.set(false)/>
                    <Button label=texts.save kind=ButtonKind::Primary on_press=save/>
                </div>
            </Show>
            <Show when=move || !conclusion.with(String::is_empty)>
                <h3>{texts.closing_note}</h3>
                <p class="incident-text">{move || conclusion.get()}</p>
            </Show>
        </section>
    }
}
