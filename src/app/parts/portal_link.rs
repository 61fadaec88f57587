//! A link to the product's portal: clickable only where the address from outside really leads there, else its text.

use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::app::{prefs::use_words, trust::portal_link};

/// A link to the portal. What cannot be trusted is shown as text.
#[component]
pub fn PortalLink(
    /// The address as it came.
    address: String,
    /// What it leads to.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let words = &use_words().parts;
    match portal_link(&address).map(str::to_owned) {
        Some(href) => view! {
            <a
                class="portal-link"
                href=href
                target="_blank"
                rel="noopener noreferrer"
                title=format!("{address}\n({})", words.new_window)
            >
                <span>{label}</span>
                <IconView icon=Icon::External/>
                <span class="visually-hidden">{format!(" ({})", words.new_window)}</span>
            </a>
        }
        .into_any(),
        None => view! { <code class="portal-link-text">{address}</code> }.into_any(),
    }
}
