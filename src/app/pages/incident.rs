//! The page of one incident.

pub mod checklist;

use leptos::prelude::*;

use crate::app::{parts::page_header::PageHeader, route::IncidentTab};

/// The page of one incident.
#[component]
pub fn IncidentPage(
    /// The incident's id in this notebook.
    id: String,
    /// The tab that is open.
    #[prop(into)]
    tab: Signal<IncidentTab>,
) -> impl IntoView {
    view! { <PageHeader title=Signal::derive(move || format!("{id} · {}", tab.get().slug()))/> }
}
