//! Something that opens on demand: the platform's `<details>`.

use leptos::prelude::*;

use super::icon::{Icon, IconView};

/// A summary that opens to show more.
#[component]
pub fn Disclosure(
    /// What stands there when it is closed.
    #[prop(into)]
    summary: ViewFn,
    /// Whether it starts open.
    #[prop(optional)]
    open: bool,
    /// What it shows when open.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure" open=open>
            <summary>
                <IconView icon=Icon::ChevronRight/>
                {summary.run()}
            </summary>
            <div class="disclosure-body">{children()}</div>
        </details>
    }
}
