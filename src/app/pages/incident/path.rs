//! The path from triage to review with how far each phase is; a press brings the checklist to that phase.

use leptos::prelude::*;

use super::here::use_here;
use crate::{
    app::{
        browser,
        parts::progress::{Segment, SegmentedProgress},
        prefs::use_words,
        route::{IncidentTab, Query},
    },
    model::Phase,
    playbooks::{library, phase_totals},
};

/// The key under which the address names the phase that the checklist is to show.
const PHASE: &str = "phase";

/// The path.
#[component]
pub fn Path() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let narrow = browser::use_narrow();
    let totals = here.of_row(|row| phase_totals(library(), row));
    let tab = here.tab();
    let segments = Signal::derive(move || {
        let totals = totals.get();
        let current = totals.iter().position(|progress| !progress.is_complete());
        let at = if narrow.get() { IncidentTab::Checklist } else { tab.get() };
        Phase::OF_INCIDENT
            .into_iter()
            .zip(totals)
            .enumerate()
            .map(|(place, (phase, progress))| Segment {
                label: words.vocabulary.phase(phase).to_owned(),
                done: progress.decided(),
                of: progress.total,
                current: Some(place) == current,
                address: Some(here.address_with(at, Query::new().with(PHASE, phase.code()))),
            })
            .collect::<Vec<_>>()
    });
    let asked = here.asked(PHASE);
    Effect::new(move |_| {
        let phase = asked.get();
        if let Some(phase) = Phase::from_code(&phase) {
            request_animation_frame(move || show(phase));
        }
    });
    view! {
        // A second press on the same phase changes no address, so it is heard here as well.
        <div
            class="incident-path"
            on:click=move |_| {
                request_animation_frame(move || {
                    // By then the page may be another.
                    if let Some(phase) = asked.try_get_untracked().and_then(|phase| Phase::from_code(&phase)) {
                        show(phase);
                    }
                });
            }
        >
            <SegmentedProgress label=words.incident.path segments/>
        </div>
    }
}

/// Brings the checklist to a phase.
fn show(phase: Phase) {
    if let Some(heading) = browser::find(&format!("#phase-{}", phase.code())) {
        heading.scroll_into_view();
    }
}
