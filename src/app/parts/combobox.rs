//! A text field that suggests what was entered before: tags, assignees. Any other text is as good.

use leptos::prelude::*;

use super::{
    fresh_id,
    icon::{Icon, IconView},
};

/// A text field with suggestions, on the platform's `<datalist>`.
#[component]
pub fn Combobox(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
    /// What is suggested.
    #[prop(into)]
    suggestions: Signal<Vec<String>>,
    /// Called when the person is done: Enter, a suggestion taken, or leaving the field after a change.
    #[prop(into)]
    on_commit: Callback<String>,
    /// An example, shown while the field is empty.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// What is wrong with the value, and how to mend it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Hides the label from the eye where the place says it all.
    #[prop(optional)]
    hide_label: bool,
    /// Empties the field after each commit, for adding one tag after another.
    #[prop(optional)]
    clear_on_commit: bool,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let id = fresh_id("combobox");
    let list = format!("{id}-list");
    let error_id = format!("{id}-error");
    let described_by = error_id.clone();
    let is_wrong = move || error.with(Option::is_some);
    view! {
        <div class="field">
            <label class=if hide_label { "visually-hidden" } else { "field-label" } for=id.clone()>
                {move || label.get()}
            </label>
            <input
                class="input"
                id=id
                list=list.clone()
                prop:value=move || value.get()
                placeholder=placeholder
                disabled=disabled
                autocomplete="off"
                aria-invalid=move || is_wrong().then_some("true")
                aria-describedby=move || is_wrong().then(|| described_by.clone())
                on:change:target=move |event| {
                    let text = event.target().value();
                    if clear_on_commit {
                        event.target().set_value("");
                    }
                    on_commit.run(text.trim().to_owned());
                }
            />
            <datalist id=list>
                {move || {
                    suggestions.get().into_iter().map(|text| view! { <option value=text></option> }).collect::<Vec<_>>()
                }}
            </datalist>
            <p class="field-error" id=error_id aria-live="polite">
                {move || {
                    error.get().map(|error| view! { <IconView icon=Icon::Warning/> <span>{error}</span> })
                }}
            </p>
        </div>
    }
}
