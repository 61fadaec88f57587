//! Who something is assigned to.

use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::app::prefs::use_words;

/// The assignee's name, or that there is none.
#[component]
pub fn Assignee(
    /// Who; `None` or empty shows "Unassigned".
    name: Option<String>,
) -> impl IntoView {
    let words = &use_words().parts;
    match name.filter(|name| !name.trim().is_empty()) {
        Some(name) => view! { <span class="assignee" title=name.clone()><IconView icon=Icon::User/><span>{name.clone()}</span></span> }.into_any(),
        None => view! { <span class="assignee" data-empty="">{words.unassigned}</span> }.into_any(),
    }
}
