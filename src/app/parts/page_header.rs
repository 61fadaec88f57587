//! The head of a page: its one `<h1>`, which takes the focus when the page is opened, and its actions.

use leptos::prelude::*;

/// The heading of a page. It also names the browser tab.
#[component]
pub fn PageHeader(
    /// The page's name.
    #[prop(into)]
    title: Signal<String>,
    /// What stands right behind the name: a way to change it.
    #[prop(optional, into)]
    beside: Option<ViewFn>,
    /// A line under it.
    #[prop(optional, into)]
    subtitle: Option<ViewFn>,
    /// Buttons at its side.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
) -> impl IntoView {
    Effect::new(move |_| document().set_title(&format!("{} · First Hour", title.get())));
    view! {
        <header class="page-header">
            <div class="page-header-text">
                <div class="page-header-title">
                    <h1 tabindex="-1">{move || title.get()}</h1>
                    {beside.map(|beside| beside.run())}
                </div>
                {subtitle.map(|subtitle| view! { <div class="page-header-subtitle">{subtitle.run()}</div> })}
            </div>
            {actions.map(|actions| view! { <div class="page-header-actions">{actions.run()}</div> })}
        </header>
    }
}
