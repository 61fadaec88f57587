//! What stands where a list has nothing to show: why, and what to do next. No dead ends.

use leptos::prelude::*;

use super::icon::{Icon, IconView};

/// An empty list, or a list whose filters leave nothing.
#[component]
pub fn EmptyState(
    /// What would be here.
    icon: Icon,
    /// That there is nothing, in a few words.
    #[prop(into)]
    title: String,
    /// Why, and what the next step is.
    #[prop(optional, into)]
    text: Option<String>,
    /// The next step: a button or two.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty-state">
            <span class="empty-state-icon"><IconView icon/></span>
            <p class="empty-state-title">{title}</p>
            {text.map(|text| view! { <p class="empty-state-text">{text}</p> })}
            {children.map(|children| view! { <div class="empty-state-actions">{children()}</div> })}
        </div>
    }
}
