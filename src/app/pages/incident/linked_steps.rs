//! The steps of the checklist that are about something: an entity, an evidence item.

use leptos::prelude::*;

use super::here::{Here, use_here};
use crate::{
    app::{
        prefs::use_words,
        route::{IncidentTab, Query},
    },
    model::{Phase, StepState},
    playbooks::{library, steps_of},
};

/// The steps that are about it.
#[component]
pub fn LinkedSteps(
    /// Whether a step is.
    is_about: impl Fn(&StepState) -> bool + Send + Sync + 'static,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let steps = linked(here, is_about);
    let row = move |(phase, title, mark): (Phase, String, &'static str)| {
        let address = here.address_with(IncidentTab::Checklist, Query::new().with("phase", phase.code()));
        view! {
            <li class="incident-sighting">
                <a href=address>{title}</a>
                <span class="muted">{format!("{} · {mark}", words.vocabulary.phase(phase))}</span>
            </li>
        }
    };
    view! {
        <Show when=move || !steps.with(Vec::is_empty)>
            <section>
                <h3>{words.incident.linked_steps}</h3>
                <ul class="incident-sightings">
                    {move || {
                        let steps = steps.get().into_iter();
                        let named = steps
                            .filter_map(|(phase, title, mark)| Some((Phase::from_code(&phase)?, title, mark)));
                        named.map(row).collect_view()
                    }}
                </ul>
            </section>
        </Show>
    }
}

/// Each step with its phase's code, its title and what was decided about it.
fn linked(
    here: Here,
    is_about: impl Fn(&StepState) -> bool + Send + Sync + 'static,
) -> Memo<Vec<(String, String, &'static str)>> {
    let words = here.words;
    here.slice(move |incident| {
        steps_of(library(), &incident.checklist)
            .into_iter()
            .filter(|step| is_about(&step.state))
            .map(|step| {
                let mark = words.vocabulary.mark(step.state.marked.as_ref().map(|marked| &marked.mark));
                (step.place.phase.code().to_owned(), step.title(words.lang).to_owned(), mark)
            })
            .collect()
    })
}
