//! The incident's alerts over time, as a small drawing with the same in words.

use leptos::prelude::*;

use crate::{
    analysis::histogram::Histogram,
    app::{
        pages::incident::here::use_here,
        parts::time::{TimeStyle, format_time},
        prefs::{use_prefs, use_words},
    },
    model::{Alert, Time},
};

/// Stretches that the time is parted into.
const STRETCHES: usize = 48;

/// Width of a stretch and height of the drawing, in its own units.
const STEP: usize = 10;
const HEIGHT: usize = 60;

/// The drawing; nothing where no alert has a time.
#[component]
pub fn AlertHistogram() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let zone = use_prefs().zone();
    let moments = here.slice(|incident| {
        incident.alerts.values().filter_map(Alert::when).map(Time::millis).collect::<Vec<_>>()
    });
    move || {
        let histogram = moments.with(|moments| Histogram::of(moments, STRETCHES))?;
        let highest = histogram.highest().max(1);
        let time = |at: i64| format_time(at, words.lang, zone.get(), TimeStyle::Minute);
        let (from, to) = (time(histogram.from), time(histogram.to));
        let label = (words.incident.histogram)(&from, &to, highest);
        let width = STEP * histogram.counts.len();
        let bars = histogram
            .counts
            .iter()
            .enumerate()
            .filter(|(_, count)| **count > 0)
            .map(|(place, count)| {
                // Every stretch with an alert in it can be seen, however small beside the highest.
                let height = (HEIGHT * count / highest).max(3);
                view! {
                    <rect
                        x=(place * STEP + 1).to_string()
                        y=(HEIGHT - height).to_string()
                        width=(STEP - 2).to_string()
                        height=height.to_string()
                        rx="1"
                    ></rect>
                }
            })
            .collect_view();
        Some(view! {
            <figure class="incident-histogram">
                <svg
                    viewBox=format!("0 0 {width} {HEIGHT}")
                    preserveAspectRatio="none"
                    role="img"
                    aria-label=label
                >
                    {bars}
                </svg>
                <figcaption class="muted">
                    <span>{from}</span>
                    <span>{to}</span>
                </figcaption>
            </figure>
        })
    }
}
