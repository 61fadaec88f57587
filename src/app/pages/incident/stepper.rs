//! Goes from one thing of a list to the one before or after it, while its details are open.

use leptos::prelude::*;

use super::here::use_here;
use crate::app::{
    parts::{button::Button, icon::Icon},
    prefs::use_words,
};

/// Two buttons and where in the list this is.
#[component]
pub fn Stepper(
    /// The key under which the address names what is open.
    key_in_address: &'static str,
    /// The ids of the list.
    shown: Memo<Vec<String>>,
) -> impl IntoView {
    let here = use_here();
    let words = &use_words().incident;
    let asked = here.asked(key_in_address);
    let place =
        Memo::new(move |_| asked.with(|asked| shown.with(|shown| shown.iter().position(|id| id == asked))));
    let neighbour = move |forward: bool| {
        let place = place.get()?;
        let next = if forward { place.checked_add(1) } else { place.checked_sub(1) }?;
        shown.with(|shown| shown.get(next).cloned())
    };
    let step = move |forward: bool| {
        if let Some(id) = untrack(|| neighbour(forward)) {
            here.ask(key_in_address, &id);
        }
    };
    view! {
        <span class="muted incident-stepper-place">
            {move || place.get().map(|place| (words.place_in_list)(place + 1, shown.with(Vec::len)))}
        </span>
        <Button
            label=words.previous
            icon=Icon::ChevronLeft
            disabled=Signal::derive(move || neighbour(false).is_none())
            on_press=move || step(false)
        />
        <Button
            label=words.next
            icon=Icon::ChevronRight
            disabled=Signal::derive(move || neighbour(true).is_none())
            on_press=move || step(true)
        />
    }
}
