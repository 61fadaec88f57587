//! Where an entity occurs: the alerts, the parts it plays there, and the steps of the checklist that are about it.

use leptos::prelude::*;

use crate::{
    app::{
        pages::incident::here::{Here, use_here},
        parts::{
            terms::{RemediationTerm, VerdictTerm},
            time::Time as TimeView,
        },
        prefs::use_words,
        route::{IncidentTab, Query},
    },
    model::{Entity, EntityId, Phase, taxonomy::Role},
    playbooks::{library, steps_of},
};

/// The alerts in which it occurs.
#[component]
pub fn Sightings(
    /// Of which entity.
    entity: Entity,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let rows = entity
        .sightings
        .iter()
        .map(|sighting| {
            let title = here
                .now(|incident| incident.alerts.get(&sighting.alert).map(|alert| alert.title.clone()))
                .flatten();
            let query = Query::new().with("alert", sighting.alert.as_str());
            let address = here.address_with(IncidentTab::Alerts, query);
            let title = title.unwrap_or_else(|| words.incident.alert_gone.to_owned());
            let roles: Vec<String> = sighting
                .roles
                .iter()
                .filter(|role| **role != Role::Unknown)
                .map(|role| words.vocabulary.role(role).into_owned())
                .collect();
            let at = sighting.at.as_ref().map(|at| {
                view! { <TimeView at=at.millis() original=at.text().to_owned()/> }
            });
            view! {
                <li class="incident-sighting">
                    <a href=address>{title}</a>
                    <span class="cluster muted">
                        {at}
                        <span>{roles.join(", ")}</span>
                        <VerdictTerm verdict=sighting.verdict.clone()/>
                        <RemediationTerm status=sighting.remediation.clone()/>
                    </span>
                </li>
            }
        })
        .collect_view();
    let none = entity.sightings.is_empty();
    view! {
        <section>
            <h3>{(words.incident.sightings_of)(entity.sightings.len())}</h3>
            <ul class="incident-sightings">{rows}</ul>
            {none.then(|| view! { <p class="muted">{words.incident.no_sightings}</p> })}
        </section>
    }
}

/// The steps that are about it.
#[component]
pub fn LinkedSteps(
    /// Which entity.
    id: EntityId,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let steps = linked(here, id);
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
fn linked(here: Here, id: EntityId) -> Memo<Vec<(String, String, &'static str)>> {
    let words = here.words;
    here.slice(move |incident| {
        steps_of(library(), &incident.checklist)
            .into_iter()
            .filter(|step| step.state.entities.contains(&id))
            .map(|step| {
                let mark = words.vocabulary.mark(step.state.marked.as_ref().map(|marked| &marked.mark));
                (step.place.phase.code().to_owned(), step.title(words.lang).to_owned(), mark)
            })
            .collect()
    })
}
