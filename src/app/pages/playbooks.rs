//! The page Playbooks.

use leptos::prelude::*;

use crate::app::{parts::page_header::PageHeader, prefs::use_words};

/// The page Playbooks.
#[component]
pub fn PlaybooksPage(
    /// The playbook that is open, if one is.
    id: Option<String>,
) -> impl IntoView {
    view! { <PageHeader title=id.unwrap_or_else(|| use_words().shell.playbooks.to_owned())/> }
}
