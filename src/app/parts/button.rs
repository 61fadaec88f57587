//! Buttons, and links that look like buttons.

use leptos::{html, prelude::*};

use super::icon::{Icon, IconView};

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one thing to do next; at most one in sight.
    Primary,
    /// One of several things to do.
    #[default]
    Secondary,
    /// Quiet until pointed at: toolbars, rows.
    Ghost,
    /// Takes something away.
    Danger,
}

impl ButtonKind {
    /// The value of `data-kind` that the style knows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Ghost => "ghost",
            Self::Danger => "danger",
        }
    }
}

/// A button. With `icon_only` the label becomes its accessible name and its tooltip.
#[component]
pub fn Button(
    /// What it does, as a short verb phrase.
    #[prop(into)]
    label: Signal<String>,
    /// Called when pressed.
    #[prop(into)]
    on_press: Callback<()>,
    /// How much attention it asks for.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the label.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// Shows the icon without the label.
    #[prop(optional)]
    icon_only: bool,
    /// The smaller size, for rows and toolbars.
    #[prop(optional)]
    small: bool,
    /// Whether it cannot be pressed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// For a button that stays down: whether it is.
    #[prop(optional, into)]
    pressed: MaybeProp<bool>,
    /// Sends the form it stands in.
    #[prop(optional)]
    submit: bool,
    /// Reaches the element, to give it the focus.
    #[prop(optional)]
    node_ref: NodeRef<html::Button>,
) -> impl IntoView {
    view! {
        <button
            node_ref=node_ref
            type=if submit { "submit" } else { "button" }
            class="button"
            data-kind=kind.name()
            data-size=small.then_some("small")
            data-icon-only=icon_only.then_some("")
            disabled=disabled
            aria-pressed=move || pressed.get().map(|pressed| pressed.to_string())
            aria-label=move || icon_only.then(|| label.get())
            title=move || icon_only.then(|| label.get())
            on:click=move |_| on_press.run(())
        >
            {icon.map(|icon| view! { <IconView icon/> })}
            {(!icon_only).then(|| view! { <span>{move || label.get()}</span> })}
        </button>
    }
}

/// A link that looks like a button: for going somewhere, where a button is for doing something.
#[component]
pub fn ButtonLink(
    /// Where it leads, in words.
    #[prop(into)]
    label: Signal<String>,
    /// The `#/…` address.
    #[prop(into)]
    href: Signal<String>,
    /// How much attention it asks for.
    #[prop(optional)]
    kind: ButtonKind,
    /// An icon before the label.
    #[prop(optional, into)]
    icon: Option<Icon>,
    /// The smaller size.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    view! {
        <a class="button" href=move || href.get() data-kind=kind.name() data-size=small.then_some("small")>
            {icon.map(|icon| view! { <IconView icon/> })}
            <span>{move || label.get()}</span>
        </a>
    }
}
