//! What stands at an address that names no view: what happened, and the way back.

use leptos::prelude::*;

use crate::app::{
    parts::{
        button::{ButtonKind, ButtonLink},
        empty_state::EmptyState,
        icon::Icon,
        page_header::PageHeader,
    },
    prefs::use_words,
    route::Route,
};

/// A friendly dead end that is none.
#[component]
pub fn NotFoundPage(
    /// The address that was asked for.
    #[prop(into)]
    address: String,
) -> impl IntoView {
    let words = &use_words().shell;
    view! {
        <PageHeader title=words.not_found/>
        <EmptyState icon=Icon::Link title=words.not_found_title text=(words.not_found_text)(&address)>
            <ButtonLink label=words.not_found_action href=Route::home().to_string() kind=ButtonKind::Primary/>
        </EmptyState>
    }
}
