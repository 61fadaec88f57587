//! Filters that stand in the address: a text and sets of choices, each choice with how many it leaves.

use leptos::prelude::*;

use super::here::use_here;
use crate::app::parts::{
    badge::Chip,
    field::{InputKind, TextField},
};

/// One choice of a filter.
#[derive(Clone, PartialEq)]
pub struct Choice {
    /// Its name in the address.
    pub code: String,
    /// What it says.
    pub label: String,
    /// How many it stands for.
    pub count: usize,
}

/// A set of choices, kept in the address as a comma-separated list.
#[component]
pub fn FilterChips(
    /// The key in the address.
    key_in_address: &'static str,
    /// What is chosen; the accessible name.
    label: &'static str,
    /// The choices.
    choices: Signal<Vec<Choice>>,
    /// Whether at most one can be chosen.
    #[prop(optional)]
    single: bool,
) -> impl IntoView {
    let here = use_here();
    let asked = here.asked(key_in_address);
    let chip = move |choice: Choice| {
        let code = choice.code.clone();
        let pressed = Signal::derive(move || asked.with(|asked| is_among(asked, &code)));
        let toggle = move || {
            let asked = asked.get_untracked();
            here.ask(key_in_address, &toggled(&asked, &choice.code, single));
        };
        view! { <Chip label=choice.label count=Signal::stored(choice.count) pressed on_press=toggle/> }
    };
    view! {
        <div class="cluster" role="group" aria-label=label>
            {move || choices.get().into_iter().map(chip).collect_view()}
        </div>
    }
}

fn is_among(list: &str, code: &str) -> bool {
    list.split(',').any(|part| part == code)
}

/// The list with this code put in or taken out.
fn toggled(list: &str, code: &str, single: bool) -> String {
    if single {
        return if list == code { String::new() } else { code.to_owned() };
    }
    let mut parts: Vec<&str> = list.split(',').filter(|part| !part.is_empty()).collect();
    match parts.iter().position(|part| *part == code) {
        Some(at) => {
            parts.remove(at);
        }
        None => parts.push(code),
    }
    parts.join(",")
}

/// The words to search for, kept in the address.
#[component]
pub fn FilterText(
    /// What is searched.
    label: &'static str,
) -> impl IntoView {
    let here = use_here();
    let asked = here.asked("q");
    view! {
        <div class="incident-search">
            <TextField
                label
                hide_label=true
                kind=InputKind::Search
                placeholder=label
                value=asked
                on_input=move |text: String| here.ask("q", &text)
            />
        </div>
    }
}
