//! The page that says what takes the room of this browser, and how to free it.

mod archive;
mod parts;
mod raw;

use leptos::prelude::*;

use super::settings::Panel;
use crate::{
    app::{
        notices::BackupButton,
        parts::{button::ButtonLink, icon::Icon, page_header::PageHeader},
        prefs::use_words,
        route::{Query, Route},
    },
    model::taxonomy::Status,
};

/// The page.
#[component]
pub fn RoomPage() -> impl IntoView {
    let texts = &use_words().care;
    let resolved = Route::Incidents { query: Query::new().with("status", Status::Resolved.code()) };
    view! {
        <PageHeader title=texts.room_title/>
        <div class="settings">
            <parts::Parts/>
            <Panel title=texts.free_title>
                <p>{texts.free_text}</p>
                <BackupButton/>
            </Panel>
            <archive::Archive/>
            <raw::RawData/>
            <Panel title=texts.delete>
                <p class="muted">{texts.delete_text}</p>
                <ButtonLink label=texts.delete_open icon=Icon::Incidents href=resolved.to_string()/>
            </Panel>
        </div>
    }
}
