//! The page Prepare.

use leptos::prelude::*;

use crate::app::{parts::page_header::PageHeader, prefs::use_words};

/// The page Prepare.
#[component]
pub fn PreparePage() -> impl IntoView {
    view! { <PageHeader title=use_words().shell.prepare/> }
}
