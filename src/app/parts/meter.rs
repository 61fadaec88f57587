//! A measured amount against its limit: storage.

use leptos::prelude::*;

/// How full something is. Turns to warning at 75 % and to danger at 90 %.
#[component]
pub fn Meter(
    /// What is measured; the accessible name.
    #[prop(into)]
    label: String,
    /// How full, 0 to 1.
    #[prop(into)]
    share: Signal<f64>,
    /// The amount in words: "1.2 MB of 5 MB used".
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let percent = move || (share.get().clamp(0.0, 1.0) * 100.0).round();
    let level = move || match share.get() {
        share if share >= 0.9 => "danger",
        share if share >= 0.75 => "warning",
        _ => "normal",
    };
    view! {
        <span class="meter" title=move || text.get()>
            <span
                class="meter-track"
                role="meter"
                aria-label=label
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || percent().to_string()
                aria-valuetext=move || text.get()
                data-level=level
            >
                <span class="meter-fill" style:width=move || format!("{}%", percent())></span>
            </span>
            <span class="meter-text" aria-hidden="true">{move || text.get()}</span>
        </span>
    }
}
