//! Progress: of one job, and along a path of phases.

use leptos::prelude::*;

use super::{
    button::{Button, ButtonKind},
    icon::{Icon, IconView},
};
use crate::app::prefs::use_words;

/// How far one job is, with a way to stop it.
#[component]
pub fn Progress(
    /// What is being done.
    #[prop(into)]
    label: Signal<String>,
    /// How far, 0 to 1; `None` while that cannot be told.
    #[prop(into)]
    share: Signal<Option<f64>>,
    /// Stops the job; shows a button.
    #[prop(optional, into)]
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let words = &use_words().parts;
    let percent = move || share.get().map(|share| (share.clamp(0.0, 1.0) * 100.0).round());
    view! {
        <div class="progress">
            <div class="progress-label">
                <span>{move || label.get()}</span>
                <span class="progress-percent">{move || percent().map(|percent| format!("{percent} %"))}</span>
            </div>
            <div class="progress-row">
                <div
                    class="progress-track"
                    role="progressbar"
                    aria-label=move || label.get()
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=move || percent().map(|percent| percent.to_string())
                >
                    <div class="progress-fill" style:width=move || format!("{}%", percent().unwrap_or(100.0))></div>
                </div>
                {on_cancel
                    .map(|on_cancel| {
                        view! {
                            <Button label=words.cancel small=true kind=ButtonKind::Ghost on_press=on_cancel/>
                        }
                    })}
            </div>
        </div>
    }
}

/// One phase of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The phase's name.
    pub label: String,
    /// Steps done or skipped.
    pub done: usize,
    /// Steps in all; a phase without steps is shown as done.
    pub of: usize,
    /// Whether work is going on in this phase.
    pub current: bool,
    /// Where a press leads: a `#/…` address.
    pub address: Option<String>,
}

/// How far each phase of a path is: Triage → Analysis → … → Review.
#[component]
pub fn SegmentedProgress(
    /// What the path is of; the accessible name.
    #[prop(into)]
    label: String,
    /// The phases, in order.
    #[prop(into)]
    segments: Signal<Vec<Segment>>,
    /// Only the bars, for a table row.
    #[prop(optional)]
    compact: bool,
) -> impl IntoView {
    let words = &use_words().parts;
    let one = move |segment: Segment| {
        let count = (words.progress)(segment.done, segment.of);
        let complete = segment.done >= segment.of;
        #[allow(clippy::cast_precision_loss)] // Steps are few.
        let percent = if complete { 100.0 } else { segment.done as f64 * 100.0 / segment.of as f64 };
        let title = format!("{}: {count}", segment.label);
        let bar = view! {
            <span class="segment-track">
                <span class="segment-fill" style:width=format!("{percent:.0}%")></span>
            </span>
        };
        let inside = if compact {
            view! { {bar} <span class="visually-hidden">{title.clone()}</span> }.into_any()
        } else {
            view! {
                {bar}
                <span class="segment-label">
                    {complete.then(|| view! { <IconView icon=Icon::Check/> })}
                    <span>{segment.label}</span>
                    <span class="segment-count">{count}</span>
                </span>
            }
            .into_any()
        };
        let current = segment.current.then_some("step");
        let complete = complete.then_some("");
        match segment.address {
            Some(address) => view! {
                <li class="segment" data-complete=complete aria-current=current>
                    <a class="segment-body" href=address title=title>{inside}</a>
                </li>
            }
            .into_any(),
            None => view! {
                <li class="segment" data-complete=complete aria-current=current>
                    <span class="segment-body" title=title>{inside}</span>
                </li>
            }
            .into_any(),
        }
    };
    view! {
        <ol class="segments" aria-label=label data-compact=compact.then_some("")>
            {move || segments.get().into_iter().map(one).collect::<Vec<_>>()}
        </ol>
    }
}
