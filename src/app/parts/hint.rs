//! An explanation on demand: a small button that shows a sentence. Reachable by keyboard and touch, unlike a tooltip.

use leptos::prelude::*;

use super::{
    fresh_id,
    icon::{Icon, IconView},
};

/// A question mark that explains.
#[component]
pub fn Hint(
    /// What it explains, as the button's accessible name: "About priority".
    #[prop(into)]
    label: String,
    /// The explanation.
    children: Children,
) -> impl IntoView {
    let id = fresh_id("hint");
    view! {
        <span class="hint">
            <button type="button" class="hint-button" popovertarget=id.clone() aria-label=label.clone() title=label>
                <IconView icon=Icon::Info/>
            </button>
            <span class="hint-text" id=id popover="auto">{children()}</span>
        </span>
    }
}
