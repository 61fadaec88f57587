//! One of a few choices, all in sight, each with what it means.

use leptos::prelude::*;

use super::fresh_id;

/// A choice.
#[derive(Clone, Debug)]
pub struct Radio {
    /// What it is called.
    pub label: String,
    /// What it means; may be empty.
    pub text: String,
}

/// A group of choices of which one is chosen.
#[component]
pub fn Radios(
    /// What is chosen.
    #[prop(into)]
    legend: String,
    /// The choices.
    radios: Vec<Radio>,
    /// The place of the one that is chosen.
    #[prop(into)]
    chosen: Signal<usize>,
    /// Called with the place of the one that was chosen.
    #[prop(into)]
    on_choose: Callback<usize>,
) -> impl IntoView {
    let name = fresh_id("radios");
    let one = |(place, Radio { label, text }): (usize, Radio)| {
        view! {
            <label class="radio">
                <input
                    type="radio"
                    name=name.clone()
                    prop:checked=move || chosen.get() == place
                    on:change=move |_| on_choose.run(place)
                />
                <span class="radio-text">
                    <span class="radio-label">{label}</span>
                    {(!text.is_empty()).then(|| view! { <span class="muted">{text}</span> })}
                </span>
            </label>
        }
    };
    let radios: Vec<_> = radios.into_iter().enumerate().map(one).collect();
    view! {
        <fieldset class="radios">
            <legend>{legend}</legend>
            {radios}
        </fieldset>
    }
}
