//! The design reference.

use leptos::prelude::*;

/// The design reference.
#[component]
pub fn GalleryPage() -> impl IntoView {
    view! { <h1 tabindex="-1">"Gallery"</h1> }
}
