//! The head of a page: its one `<h1>`, which takes the focus when the page is opened, and its actions.

use leptos::prelude::*;

use crate::app::seal::use_seal;

/// The heading of a page. It also names the browser tab, unless the notebook is locked with a passphrase: browsers remember
/// titles, and this one may be an incident's.
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
    let seal = use_seal();
    Effect::new(move |_| {
        let named = (!seal.is_on().get()).then(|| format!("{} · First Hour", title.get()));
        document().set_title(named.as_deref().unwrap_or("First Hour"));
    });
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
