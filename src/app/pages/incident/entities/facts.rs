//! What is known of an entity, fact by fact: shown so that nobody opens it by accident, copied as it is.

use leptos::prelude::*;

use super::safe_name;
use crate::{
    app::{
        parts::{copy_button::CopyButton, description_list::Fact},
        prefs::use_words,
    },
    model::Entity,
};

/// The facts, for a list of descriptions.
#[component]
pub fn EntityFacts(
    /// The entity.
    entity: Entity,
) -> impl IntoView {
    let words = use_words();
    let kind = entity.kind();
    let fact = |(field, value): (&'static str, String)| {
        let shown = safe_name(kind, &value);
        view! {
            <Fact name=words.fields.entity(field).into_owned()>
                <span class="incident-value">{shown}</span>
                <CopyButton text=value icon_only=true/>
            </Fact>
        }
    };
    entity.facts.fields().into_iter().map(fact).collect_view()
}
