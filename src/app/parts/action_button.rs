//! A button for an [`Action`]: label, icon, key and availability come from the registry's own value.

use leptos::prelude::*;

use super::button::{Button, ButtonKind};
use crate::app::actions::Action;

/// Draws an action as a button; its key stands in the tooltip.
#[component]
pub fn ActionButton(
    /// What to do.
    action: Action,
    /// How much attention it asks for; an action marked as danger is always drawn as such.
    #[prop(optional)]
    kind: ButtonKind,
    /// Shows the icon without the label.
    #[prop(optional)]
    icon_only: bool,
    /// The smaller size.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let kind = if action.danger { ButtonKind::Danger } else { kind };
    view! {
        <Button
            label=action.label
            icon=action.icon
            kind
            icon_only
            small
            disabled=Signal::derive(move || !action.enabled.get())
            pressed=MaybeProp::derive(move || action.checked.map(|checked| checked.get()))
            on_press=move || {
                action.run();
            }
            attr:aria-keyshortcuts=(!action.keys.is_empty()).then_some(action.keys)
        />
    }
}
