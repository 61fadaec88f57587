//! The fields without a name here that came with an alert, an entity or an event, folded away.

use leptos::prelude::*;

use crate::{
    app::{parts::disclosure::Disclosure, prefs::use_words},
    model::Extra,
};

/// The fields as JSON; nothing where there are none.
#[component]
pub fn OtherFields(
    /// What came from outside and is kept as it came.
    fields: Extra,
) -> impl IntoView {
    let texts = &use_words().incident;
    let json = (!fields.is_empty()).then(|| serde_json::to_string_pretty(&fields).unwrap_or_default());
    json.map(|json| {
        view! {
            <Disclosure summary=move || texts.other_fields>
                <pre class="incident-json" tabindex="0">{json}</pre>
            </Disclosure>
        }
    })
}
