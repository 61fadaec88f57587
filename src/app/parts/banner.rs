//! A message that stays on the page: what is the case, and what can be done about it.

use leptos::prelude::*;

use super::{
    badge::Tone,
    button::{Button, ButtonKind},
    icon::{Icon, IconView},
};
use crate::app::prefs::use_words;

/// A message with its tone, icon and actions.
#[component]
pub fn Banner(
    /// Informational, success, warning or danger.
    tone: Tone,
    /// What is the case, in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// Buttons that help.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// Called when dismissed; shows a cross.
    #[prop(optional, into)]
    on_dismiss: Option<Callback<()>>,
    /// Announces itself at once when it appears: for what has just gone wrong.
    #[prop(optional)]
    alert: bool,
    /// The sentences that explain.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let words = &use_words().parts;
    let icon = match tone {
        Tone::Danger | Tone::High => Icon::High,
        Tone::Warning | Tone::Medium | Tone::Low => Icon::Warning,
        Tone::Success => Icon::Check,
        _ => Icon::Info,
    };
    view! {
        <div class="banner" data-tone=tone.name() role=alert.then_some("alert")>
            <IconView icon/>
            <div class="banner-text">
                <strong>{move || title.get()}</strong>
                {children.map(|children| view! { <div>{children()}</div> })}
            </div>
            {actions.map(|actions| view! { <div class="banner-actions">{actions.run()}</div> })}
            {on_dismiss
                .map(|on_dismiss| {
                    view! {
                        <Button
                            label=words.dismiss
                            icon=Icon::Close
                            icon_only=true
                            small=true
                            kind=ButtonKind::Ghost
                            on_press=on_dismiss
                        />
                    }
                })}
        </div>
    }
}
