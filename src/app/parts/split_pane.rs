//! A body with something beside it that must stay in sight: facts and next step are read together. On a narrow screen
//! the two take turns, and the page offers the side as its first tab (see [`use_narrow`](crate::app::browser::use_narrow)).

use leptos::prelude::*;

/// Two panes: a main one and a side one.
#[component]
pub fn SplitPane(
    /// The body.
    #[prop(into)]
    main: ViewFn,
    /// What stands beside it.
    #[prop(into)]
    side: ViewFn,
    /// The side pane's accessible name.
    #[prop(into)]
    side_label: String,
    /// On a narrow screen: whether the side is shown instead of the body.
    #[prop(into)]
    show_side: Signal<bool>,
) -> impl IntoView {
    view! {
        <div class="split-pane" data-narrow-shows=move || if show_side.get() { "side" } else { "main" }>
            <div class="split-pane-main">{main.run()}</div>
            <aside class="split-pane-side" aria-label=side_label>{side.run()}</aside>
        </div>
    }
}
