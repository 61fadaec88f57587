//! Fields that offer a choice: one of a list, yes or no.

use leptos::prelude::*;

use super::{Frame, Ids};
use crate::app::parts::icon::{Icon, IconView};

/// One of a list.
#[component]
pub fn Select(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// The value that is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// The choices: value and the words for it. A chosen value that is not among them is shown as it is.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// Called with the value chosen.
    #[prop(into)]
    on_change: Callback<String>,
    /// Help that is always in sight.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with the value, and how to mend it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Whether one must be chosen.
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
    let choices = move || {
        let chosen = value.get();
        let mut options = options.get();
        if !options.iter().any(|(value, _)| *value == chosen) {
            options.insert(0, (chosen.clone(), chosen.clone()));
        }
        options
            .into_iter()
            .map(|(value, label)| {
                let selected = value == chosen;
                view! { <option value=value selected=selected>{label}</option> }
            })
            .collect::<Vec<_>>()
    };
    view! {
        <Frame ids=ids.clone() label hide_label hint error required>
            <span class="select">
                <select
                    class="input"
                    id=ids.control.clone()
                    disabled=disabled
                    required=required
                    prop:value=move || value.get()
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=move || describe.described_by(hinted, error.with(Option::is_some))
                    on:change=move |event| on_change.run(event_target_value(&event))
                >
                    {choices}
                </select>
                <IconView icon=Icon::ChevronDown/>
            </span>
        </Frame>
    }
}

/// A yes or no.
#[component]
pub fn Checkbox(
    /// What is true when it is ticked.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with what it became.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Hides the label from the eye: a box in a table row.
    #[prop(optional)]
    hide_label: bool,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    view! {
        <label class="checkbox">
            <input
                type="checkbox"
                prop:checked=move || checked.get()
                disabled=disabled
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span class=hide_label.then_some("visually-hidden")>{move || label.get()}</span>
        </label>
    }
}
