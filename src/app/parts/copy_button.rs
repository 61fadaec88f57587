//! Copies a text, and says whether it worked.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::{
    badge::Tone,
    button::{Button, ButtonKind},
    icon::Icon,
    toast::{Toast, use_toasts},
};
use crate::app::{browser, prefs::use_words};

/// How long the button says "Copied".
const SHOWN: Duration = Duration::from_secs(2);

/// A button that copies a text; on plain http too.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// What it copies, in words: "Copy query". "Copy" by itself where the place says it all.
    #[prop(optional, into)]
    label: Option<String>,
    /// Shows the icon without the label.
    #[prop(optional)]
    icon_only: bool,
) -> impl IntoView {
    let words = &use_words().parts;
    let toasts = use_toasts();
    let copied = RwSignal::new(false);
    let label = label.unwrap_or_else(|| words.copy.to_owned());
    let copy = move || {
        let text = text.get_untracked();
        spawn_local(async move {
            if browser::copy(&text).await {
                let _ = copied.try_set(true);
                set_timeout(
                    move || {
                        let _ = copied.try_set(false);
                    },
                    SHOWN,
                );
            } else {
                toasts.show(Toast::new(Tone::Warning, words.copy_failed));
            }
        });
    };
    view! {
        <span class="copy-button">
            <Button
                label=Signal::derive(move || if copied.get() { words.copied.to_owned() } else { label.clone() })
                icon=Icon::Copy
                icon_only
                small=true
                kind=ButtonKind::Ghost
                on_press=copy
            />
            <span class="visually-hidden" role="status">{move || copied.get().then_some(words.copied)}</span>
        </span>
    }
}
