//! A key or key sequence, drawn as key caps.

use leptos::prelude::*;

use crate::app::prefs::use_words;

/// Draws a binding such as `g i` or `Ctrl+k` as key caps.
#[component]
pub fn KeyCap(
    /// The binding, as [`keys`](crate::app::keys) writes it.
    keys: &'static str,
) -> impl IntoView {
    let words = &use_words().keys;
    let strokes: Vec<_> = keys
        .split(' ')
        .enumerate()
        .map(|(i, stroke)| {
            let then = (i > 0).then(|| view! { <span class="keycap-then">{words.then}</span> });
            let caps: Vec<_> = stroke
                .split('+')
                .map(|key| {
                    let name = match key {
                        "Space" => words.space.to_owned(),
                        "Enter" => words.enter.to_owned(),
                        "Escape" => words.escape.to_owned(),
                        "ArrowDown" => "↓".to_owned(),
                        "ArrowUp" => "↑".to_owned(),
                        key if key.len() == 1 => key.to_uppercase(),
                        key => key.to_owned(),
                    };
                    view! { <kbd>{name}</kbd> }
                })
                .collect();
            view! { {then} {caps} }
        })
        .collect();
    view! { <span class="keycap">{strokes}</span> }
}
