//! The entities that an alert or an event is about: each the way to the entity, with what it was found to be.

use leptos::prelude::*;

use super::{entities::safe_name, here::use_here};
use crate::{
    app::{
        parts::{
            icon::IconView,
            terms::{VerdictTerm, kind_icon},
        },
        prefs::use_words,
        route::{IncidentTab, Query},
        seen::Elsewhere,
    },
    model::{Entity, Incident},
};

/// The entities for which `is_about` holds, under a heading; nothing where it holds for none.
#[component]
pub fn LinkedEntities(
    /// Whether what is shown is about this entity of the incident.
    is_about: impl Fn(&Incident, &Entity) -> bool,
) -> impl IntoView {
    let here = use_here();
    let texts = &use_words().incident;
    let entities = here
        .now(|incident| {
            let shown = incident.shown_entities().into_iter();
            let entities = shown.filter(|entity| is_about(incident, entity));
            entities
                .map(|entity| (entity.id.clone(), entity.kind(), entity.name(), entity.verdict.clone()))
                .collect::<Vec<_>>()
        })
        .unwrap_or_default();
    let lines = entities
        .into_iter()
        .map(|(id, kind, name, verdict)| {
            let query = Query::new().with("entity", id.as_str());
            let address = here.address_with(IncidentTab::Entities, query);
            let name = safe_name(kind, &name);
            view! {
                <li>
                    <IconView icon=kind_icon(kind)/>
                    <a class="truncate" href=address title=name.clone()>{name.clone()}</a>
                    <Elsewhere incident=here.id() entity=id/>
                    <VerdictTerm verdict/>
                </li>
            }
        })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <section>
                <h3>{texts.entities}</h3>
                <ul class="incident-top">{lines}</ul>
            </section>
        }
    })
}
