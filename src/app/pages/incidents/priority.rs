//! A priority: its number, the band it lies in by shape and colour, and the reasons in words.

use leptos::prelude::*;

use crate::{
    analysis::priority::{Band, Priority},
    app::{
        parts::{badge::Tone, icon::IconView},
        prefs::use_words,
    },
    words::Words,
};

fn tone(band: Band) -> Tone {
    match band {
        Band::Top => Tone::High,
        Band::Medium => Tone::Medium,
        Band::Low => Tone::Informational,
    }
}

fn band_name(words: &Words, band: Band) -> &'static str {
    match band {
        Band::Top => words.incidents.band_top,
        Band::Medium => words.incidents.band_medium,
        Band::Low => words.incidents.band_low,
    }
}

/// A priority in a row: the number, with its reasons as a tooltip.
#[component]
pub fn PriorityMark(
    /// How urgent.
    priority: Priority,
) -> impl IntoView {
    let words = use_words();
    let band = priority.band();
    let head = (words.incidents.priority_is)(priority.value, band_name(words, band));
    let reasons =
        priority.reasons.iter().map(|(reason, _)| format!("\n· {}", words.reasons.priority(reason)));
    let title: String = std::iter::once(head).chain(reasons).collect();
    view! {
        <span class="priority" data-tone=tone(band).name() title=title>
            <IconView icon=tone(band).severity_icon()/>
            <span>{priority.value}</span>
            <span class="visually-hidden">{format!("({})", band_name(words, band))}</span>
        </span>
    }
}

/// The reasons of a priority, each with the points it adds.
#[component]
pub fn PriorityReasons(
    /// How urgent.
    priority: Priority,
) -> impl IntoView {
    let words = use_words();
    let reasons = priority.reasons.iter().map(|(reason, points)| {
        let points = (*points > 0).then(|| (words.incidents.points)(*points));
        view! {
            <li>
                <span>{words.reasons.priority(reason)}</span>
                <span class="priority-points">{points}</span>
            </li>
        }
    });
    let reasons = reasons.collect_view();
    let computed =
        priority.computed.map(|value| view! { <p class="muted">{(words.incidents.computed)(value)}</p> });
    view! {
        <ul class="priority-reasons">{reasons}</ul>
        {computed}
    }
}
