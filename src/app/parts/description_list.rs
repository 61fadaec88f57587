//! Facts as pairs: a name and its value.

use leptos::prelude::*;

/// A list of facts. Fill it with [`Fact`]s.
#[component]
pub fn DescriptionList(
    /// The facts.
    children: Children,
) -> impl IntoView {
    view! { <dl class="description-list">{children()}</dl> }
}

/// One fact.
#[component]
pub fn Fact(
    /// What it is.
    #[prop(into)]
    name: String,
    /// Its value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="description-list-fact">
            <dt>{name}</dt>
            <dd>{children()}</dd>
        </div>
    }
}
