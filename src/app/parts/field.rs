//! Form fields: a label, a control, a hint and an error that belong together for eye and ear alike.

use leptos::prelude::*;

use super::{
    fresh_id,
    icon::{Icon, IconView},
};
use crate::app::prefs::use_words;

mod choice;
mod passphrase;

pub use choice::{Checkbox, Select};
pub use passphrase::{NewPassphrase, PassphraseField};

/// The kinds of one-line input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum InputKind {
    /// Any text.
    #[default]
    Text,
    /// A search; browsers add a way to clear it.
    Search,
    /// A date and time without zone, as `2026-11-24T05:58`.
    DateTime,
    /// A date, as `2026-11-24`.
    Date,
    /// A whole number.
    Number,
}

impl InputKind {
    const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Search => "search",
            Self::DateTime => "datetime-local",
            Self::Date => "date",
            Self::Number => "number",
        }
    }
}

/// Ids of a field's elements, and which of hint and error describe the control now.
#[derive(Clone)]
struct Ids {
    control: String,
    hint: String,
    error: String,
}

impl Ids {
    fn fresh() -> Self {
        let control = fresh_id("field");
        Self { hint: format!("{control}-hint"), error: format!("{control}-error"), control }
    }

    fn described_by(&self, hint: bool, error: bool) -> Option<String> {
        let ids: Vec<&str> = [hint.then_some(self.hint.as_str()), error.then_some(self.error.as_str())]
            .into_iter()
            .flatten()
            .collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

/// What surrounds every control.
#[component]
fn Frame(
    ids: Ids,
    label: Signal<String>,
    hide_label: bool,
    hint: Option<String>,
    error: Signal<Option<String>>,
    required: bool,
    children: Children,
) -> impl IntoView {
    let words = &use_words().parts;
    let error_id = ids.error;
    view! {
        <div class="field">
            <label class=if hide_label { "visually-hidden" } else { "field-label" } for=ids.control>
                {move || label.get()}
                {required.then(|| view! { <span class="field-required">{format!(" ({})", words.required)}</span> })}
            </label>
            {children()}
            {hint.map(|hint| view! { <p class="field-hint" id=ids.hint>{hint}</p> })}
            <p class="field-error" id=error_id aria-live="polite">
                {move || {
                    error.get().map(|error| view! { <IconView icon=Icon::Warning/> <span>{error}</span> })
                }}
            </p>
        </div>
    }
}

/// A line of text, a date and time, a number.
#[component]
pub fn TextField(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
    /// Called at every change.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
    /// Called when the person is done with it: Enter, or leaving the field after a change.
    #[prop(optional, into)]
    on_commit: Option<Callback<String>>,
    /// Which kind of text.
    #[prop(optional)]
    kind: InputKind,
    /// Help that is always in sight.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with the value, and how to mend it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// An example, shown while the field is empty. Never the only help.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// Hides the label from the eye where the place says it all.
    #[prop(optional)]
    hide_label: bool,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let ids = Ids::fresh();
    let hinted = hint.is_some();
    let describe = ids.clone();
    view! {
        <Frame ids=ids.clone() label hide_label hint error required>
            <input
                class="input"
                id=ids.control.clone()
                type=kind.name()
                prop:value=move || value.get()
                placeholder=placeholder
                required=required
                disabled=disabled
                autocomplete="off"
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || describe.described_by(hinted, error.with(Option::is_some))
                on:input=move |event| {
                    if let Some(on_input) = on_input {
                        on_input.run(event_target_value(&event));
                    }
                }
                on:change=move |event| {
                    if let Some(on_commit) = on_commit {
                        on_commit.run(event_target_value(&event));
                    }
                }
            />
        </Frame>
    }
}

/// Several lines of text.
#[component]
pub fn TextArea(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
    /// Called at every change.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
    /// Called when the person leaves the field after a change.
    #[prop(optional, into)]
    on_commit: Option<Callback<String>>,
    /// Lines in sight before it scrolls; it grows with its text where the browser can.
    #[prop(default = 4)]
    rows: u32,
    /// The longest text, in UTF-16 units.
    #[prop(optional)]
    max_length: Option<u32>,
    /// Help that is always in sight.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with the value, and how to mend it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// An example, shown while the field is empty.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// Hides the label from the eye where the place says it all.
    #[prop(optional)]
    hide_label: bool,
    /// Sets the text in a fixed-width face: pasted data, queries.
    #[prop(optional)]
    code: bool,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let ids = Ids::fresh();
    let hinted = hint.is_some();
    let describe = ids.clone();
    view! {
        <Frame ids=ids.clone() label hide_label hint error required>
            <textarea
                class="input"
                data-code=code.then_some("")
                id=ids.control.clone()
                rows=rows
                maxlength=max_length
                prop:value=move || value.get()
                placeholder=placeholder
                required=required
                disabled=disabled
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=move || describe.described_by(hinted, error.with(Option::is_some))
                on:input=move |event| {
                    if let Some(on_input) = on_input {
                        on_input.run(event_target_value(&event));
                    }
                }
                on:change=move |event| {
                    if let Some(on_commit) = on_commit {
                        on_commit.run(event_target_value(&event));
                    }
                }
            ></textarea>
        </Frame>
    }
}
