//! The page Incidents.

use leptos::prelude::*;

use crate::app::{parts::page_header::PageHeader, prefs::use_words};

/// The page Incidents.
#[component]
pub fn IncidentsPage() -> impl IntoView {
    view! { <PageHeader title=use_words().shell.incidents/> }
}
