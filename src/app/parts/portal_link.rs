//! A link to the product's portal: clickable only where the address from outside really leads there, else its text.

use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::{app::prefs::use_words, formats::portal::is_portal_link};

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
    if is_portal_link(&address) {
        view! {
            <a
                class="portal-link"
                href=address.clone()
                target="_blank"
                rel="noopener noreferrer"
                title=format!("{address}\n({})", words.new_window)
            >
                <span>{label}</span>
                <IconView icon=Icon::External/>
                <span class="visually-hidden">{format!(" ({})", words.new_window)}</span>
            </a>
        }
        .into_any()
    } else {
        view! { <code class="portal-link-text">{address}</code> }.into_any()
    }
}
