//! The entities that matter most.

use leptos::prelude::*;

use crate::{
    analysis::overview::{TopEntity, top_entities},
    app::{
        pages::incident::{entities::safe_name, here::use_here},
        parts::{
            icon::{Icon, IconView},
            terms::{VerdictTerm, kind_icon},
        },
        prefs::use_words,
        route::{IncidentTab, Query},
        seen::Elsewhere,
    },
};

/// How many are shown.
const MOST: usize = 8;

/// The entities that matter most, each with a way to all that is known of it.
#[component]
pub fn TopEntities() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let found = here.slice(|incident| top_entities(incident, MOST));
    let one = move |entity: TopEntity| {
        let query = Query::new().with("entity", entity.id.as_str());
        let address = here.address_with(IncidentTab::Entities, query);
        let name = safe_name(entity.kind, &entity.name);
        view! {
            <li>
                <IconView icon=kind_icon(entity.kind)/>
                <span class="visually-hidden">{words.vocabulary.entity_kind(entity.kind)}</span>
                <a class="truncate" href=address title=name.clone()>{name.clone()}</a>
                {entity
                    .critical
                    .then(|| {
                        view! {
                            <span class="incident-critical" title=words.incident.critical>
                                <IconView icon=Icon::Shield/>
                                <span class="visually-hidden">{words.incident.critical}</span>
                            </span>
                        }
                    })}
                <Elsewhere incident=here.id() entity=entity.id/>
                <span class="muted">{words.amounts.alerts(entity.alerts)}</span>
                <VerdictTerm verdict=entity.verdict/>
            </li>
        }
    };
    view! {
        <Show when=move || !found.with(Vec::is_empty)>
            <section class="panel" aria-labelledby="incident-top">
                <div class="incident-panel-head">
                    <h2 id="incident-top">{words.incident.top_entities}</h2>
                    <a href=here.address(IncidentTab::Entities)>{words.incident.all_entities}</a>
                </div>
                <ul class="incident-top">{move || found.get().into_iter().map(one).collect_view()}</ul>
            </section>
        </Show>
    }
}
