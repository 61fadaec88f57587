//! THE PAGE: what a person sees and does, in the browser only.

use leptos::prelude::*;

/// Mounts the page on the document's body.
pub fn mount() {
    leptos::mount::mount_to_body(|| view! { <main><h1>"First Hour"</h1></main> });
}
