//! Where an entity occurs: the alerts, and the parts it plays there.

use leptos::prelude::*;

use crate::{
    app::{
        pages::incident::here::use_here,
        parts::{
            terms::{RemediationTerm, VerdictTerm},
            time::Time as TimeView,
        },
        prefs::use_words,
        route::{IncidentTab, Query},
    },
    model::{Entity, taxonomy::Role},
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
