//! The dialog that writes a new incident down.

use leptos::{ev::SubmitEvent, prelude::*};

use crate::{
    app::{
        location::use_location,
        parts::{
            button::{Button, ButtonKind},
            dialog::Dialog,
            field::{Select, TextArea, TextField},
        },
        prefs::use_words,
        route::Route,
        state::use_state,
    },
    model::{IncidentId, taxonomy::Severity},
    notebook::{acts, query::Sort},
};

/// Asks for name, description and severity; then goes to the new incident.
#[component]
pub fn NewIncident(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let words = use_words();
    let texts = &words.incidents;
    let state = use_state();
    let location = use_location();
    let name = RwSignal::new(String::new());
    let description = RwSignal::new(String::new());
    let severity = RwSignal::new(Severity::Medium.code().to_owned());
    // Complaining about an empty field before anything was asked of it would be rude.
    let tried = RwSignal::new(false);
    let error = Signal::derive(move || {
        (tried.get() && name.with(|name| name.trim().is_empty())).then(|| texts.new_name_missing.to_owned())
    });
    let severities: Vec<(String, String)> =
        [Severity::High, Severity::Medium, Severity::Low, Severity::Informational]
            .iter()
            .map(|severity| (severity.code().to_owned(), words.vocabulary.severity(severity).into_owned()))
            .collect();
    let create = move || {
        tried.set(true);
        if name.with_untracked(|name| name.trim().is_empty()) {
            return;
        }
        let id = IncidentId::random(state.random());
        let severity = Severity::parse(&severity.get_untracked());
        let act = acts::create(
            id.clone(),
            &name.get_untracked(),
            &description.get_untracked(),
            severity,
            &state.now(),
        );
        if state.act_and_say(act, (texts.did_create)(name.get_untracked().trim())) {
            open.set(false);
            location.navigate(&Route::incident(id.as_str()));
        }
    };
    let reset = move || {
        name.set(String::new());
        description.set(String::new());
        tried.set(false);
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel on_press=move || open.set(false)/>
            <Button label=texts.new_create kind=ButtonKind::Primary on_press=create/>
        }
    };
    view! {
        <Dialog open title=texts.new_title actions on_close=reset>
            <form
                class="stack"
                on:submit=move |event: SubmitEvent| {
                    event.prevent_default();
                    create();
                }
            >
                <TextField
                    label=texts.new_name
                    value=name
                    hint=texts.new_name_hint
                    error
                    required=true
                    on_input=move |text| name.set(text)
                />
                <TextArea
                    label=texts.new_description
                    value=description
                    hint=texts.new_description_hint
                    on_input=move |text| description.set(text)
                />
                <Select
                    label=words.vocabulary.sort(Sort::Severity)
                    value=severity
                    options=severities.clone()
                    on_change=move |code| severity.set(code)
                />
            </form>
        </Dialog>
    }
}
