//! The page Settings.

use leptos::prelude::*;

use crate::app::{parts::page_header::PageHeader, prefs::use_words};

/// The page Settings.
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! { <PageHeader title=use_words().shell.settings/> }
}
