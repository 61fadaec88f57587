//! The checklist beside the facts.

use leptos::prelude::*;

use super::here::use_here;
use crate::{
    app::prefs::use_words,
    model::{IncidentId, Phase},
    playbooks::{library, steps_of},
};

/// The incident's checklist by phase.
#[component]
pub fn ChecklistPane(
    /// Whose.
    id: IncidentId,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let steps = here.slice(|incident| incident.checklist.clone());
    let phase = move |phase: Phase| {
        let titles = move || {
            let steps = steps_of(library(), &steps.get());
            steps
                .iter()
                .filter(|step| step.place.phase == phase)
                .map(|step| view! { <li>{step.title(words.lang).to_owned()}</li> })
                .collect_view()
        };
        view! {
            <section id=format!("phase-{}", phase.code())>
                <h3>{words.vocabulary.phase(phase)}</h3>
                <ul>{titles}</ul>
            </section>
        }
    };
    view! {
        <div class="panel" data-incident=id.to_string()>
            <h2>{words.incident.checklist}</h2>
            {Phase::OF_INCIDENT.map(phase).collect_view()}
        </div>
    }
}
