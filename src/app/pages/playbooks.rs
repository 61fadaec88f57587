//! The playbook library: every playbook at a glance, all steps to search, and one playbook to read in full.

mod card;
mod index;
mod kept;
mod reader;
mod results;

use leptos::prelude::*;

/// The library, or one playbook of it.
#[component]
pub fn PlaybooksPage(
    /// The playbook that is open, if one is.
    id: Option<String>,
) -> impl IntoView {
    match id {
        Some(id) => view! { <reader::Reader id/> }.into_any(),
        None => view! { <index::Index/> }.into_any(),
    }
}
