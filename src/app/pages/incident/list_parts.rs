//! What the lists of a tab have in common: the button that begins something new, and what stands there where the filters leave
//! nothing.

use leptos::prelude::*;

use super::here::use_here;
use crate::app::{
    parts::{
        button::{Button, ButtonKind},
        empty_state::EmptyState,
        icon::Icon,
    },
    prefs::use_words,
};

/// The button that opens the form for something new.
#[component]
pub fn AddButton(
    /// What it adds.
    label: &'static str,
    /// How it looks.
    #[prop(default = ButtonKind::Primary)]
    kind: ButtonKind,
    /// Whether the form is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let here = use_here();
    view! {
        <Button label icon=Icon::Plus kind disabled=here.cannot_write() on_press=move || open.set(true)/>
    }
}

/// Says that the filters leave nothing, and clears them.
#[component]
pub fn NothingFound() -> impl IntoView {
    let here = use_here();
    let texts = &use_words().incident;
    view! {
        <EmptyState icon=Icon::Filter title=texts.nothing_found text=texts.nothing_found_text>
            <Button label=texts.clear_filters kind=ButtonKind::Primary on_press=move || here.ask_nothing()/>
        </EmptyState>
    }
}
