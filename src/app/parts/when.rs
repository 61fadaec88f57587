//! When something happened, as logs tell it: a time may say no zone, and then stands as it was written.

use leptos::prelude::*;

use super::{
    badge::{Badge, Tone},
    icon::Icon,
    time::{Time as TimeView, TimeStyle},
};
use crate::{app::prefs::use_words, model::Time};

/// A time as the reader reads it; one without a zone as it was written, marked.
#[component]
pub fn When(
    /// When.
    at: Time,
) -> impl IntoView {
    let texts = &use_words().timeline;
    if at.zone_stated() {
        let (millis, original) = (at.millis(), at.text().to_owned());
        view! { <TimeView at=millis original style=TimeStyle::Second/> }.into_any()
    } else {
        view! {
            <span class="when-zoneless">
                <span>{at.text().to_owned()}</span>
                <Badge label=texts.zone_missing tone=Tone::Warning icon=Icon::Clock/>
            </span>
        }
        .into_any()
    }
}
