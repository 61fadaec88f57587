//! The page Settings: who is writing, how it looks, how it is kept and locked, backup and restore, proof of the logs,
//! erasing, and what this program is.

mod about;
mod backup;
mod erase;
mod kept;
mod lock;
mod preferences;
mod proof;
mod storage;

use leptos::prelude::*;

use crate::app::{parts::page_header::PageHeader, prefs::use_words};

/// The page Settings.
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! {
        <PageHeader title=use_words().shell.settings/>
        <div class="settings">
            <preferences::You/>
            <preferences::Display/>
            <storage::Storage/>
            <lock::Lock/>
            <backup::Backup/>
            <backup::Restore/>
            <kept::Kept/>
            <proof::Proof/>
            <erase::Erase/>
            <about::About/>
        </div>
    }
}

/// A titled panel of the page.
#[component]
pub(super) fn Panel(title: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="panel">
            <h2>{title}</h2>
            {children()}
        </section>
    }
}
