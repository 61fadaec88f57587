//! The entities: what the organisation has that was hit, and the traces of the attack; judged one by one or many at once.

use leptos::prelude::*;
use std::collections::BTreeSet;

use super::here::{Here, use_here};
use super::list_parts::{AddButton, NothingFound};
use crate::compact::{Gather as _, Order as _};
use crate::{
    app::{
        parts::{
            button::ButtonKind,
            empty_state::EmptyState,
            icon::{Icon, IconView},
            table::{Column, DataTable},
            terms::{RemediationTerm, kind_icon},
        },
        prefs::use_words,
        seen::Elsewhere,
    },
    formats::defang::{defang, defang_text},
    model::{
        EntityId, EntityKind,
        taxonomy::{RemediationStatus, Role, Verdict},
    },
    notebook::filter::EntityFilter,
};

mod add;
mod bulk;
mod controls;
mod detail;
mod facts;
mod filters;
mod follow_up;
mod merging;
mod sightings;

pub use facts::EntityFacts;

/// The key under which the address names the entity that is open.
pub const OPEN: &str = "entity";

/// An entity's name as the page shows it: an indicator of the attacker's defanged, so that nobody opens it by accident.
pub fn safe_name(kind: EntityKind, name: &str) -> String {
    match kind {
        EntityKind::Ip | EntityKind::Network | EntityKind::Url | EntityKind::Domain => defang(name),
        kind if kind.is_asset() => name.to_owned(),
        _ => defang_text(name).into_owned(),
    }
}

/// The tab.
#[component]
pub fn Entities() -> impl IntoView {
    let here = use_here();
    let words = &use_words().incident;
    let any = here.slice(|incident| !incident.entities.is_empty());
    let adding = RwSignal::new(false);
    let add = move || view! { <AddButton label=words.add_entity kind=ButtonKind::Secondary open=adding/> };
    view! {
        <follow_up::FollowUpOffer/>
        <Show
            when=move || any.get()
            fallback=move || {
                view! {
                    <EmptyState icon=Icon::Entities title=words.no_entities text=words.no_entities_text>
                        {add()}
                    </EmptyState>
                }
            }
        >
            <EntityList adding/>
        </Show>
        <add::AddEntity open=adding/>
    }
}

#[component]
fn EntityList(adding: RwSignal<bool>) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let asked = ["q", "group", "kind", "verdict", "needs"].map(|key| here.asked(key));
    let filter = Memo::new(move |_| {
        let [text, group, kinds, verdicts, need] = asked.map(|asked| asked.get());
        EntityFilter::read(&text, &group, &kinds, &verdicts, &need)
    });
    let order = ordered(here);
    let shown = Memo::new(move |_| {
        let filter = filter.get();
        order.with(|order| {
            here.read(|incident| {
                let admitted =
                    |id: &&EntityId| incident.entity(id).is_some_and(|entity| filter.admits(&entity));
                order.iter().filter(admitted).map(ToString::to_string).collect::<Vec<_>>()
            })
            .unwrap_or_default()
        })
    });
    let selection = RwSignal::new(BTreeSet::new());
    let active = RwSignal::new(None);
    let name = move |id: String| {
        EntityId::try_from(id.as_str())
            .ok()
            .and_then(|id| here.now(|incident| incident.entity(&id).map(|entity| entity.name())))
            .flatten()
            .unwrap_or(id)
    };
    let columns = vec![
        Column::new("entity", texts.entity).wide(),
        Column::new("verdict", texts.verdict),
        Column::new("remediation", texts.remediation),
        Column::new("sightings", texts.sightings).numeric().optional(),
    ];
    let found = Signal::derive(move || shown.with(Vec::len));
    view! {
        <div class="stack">
            <merging::Perhaps/>
            <filters::EntityFilters found adding/>
            <bulk::EntityBulk selection/>
            <Show
                when=move || found.get() != 0
                fallback=move || view! { <NothingFound/> }
            >
                <DataTable
                    caption=texts.entities
                    columns=columns.clone()
                    ids=shown
                    cells=move |id: String| cells(here, &id)
                    selection
                    row_name=name
                    active
                    on_open=move |id: String| here.ask(OPEN, &id)
                />
            </Show>
        </div>
        <detail::EntityDetail shown/>
    }
}

/// The ids of the entities: by kind as the field lists them, the worst of each kind first, then by name. A verdict that
/// is being changed moves no row under the person's hand; the order is made anew when the tab is opened.
fn ordered(here: Here) -> Memo<Vec<EntityId>> {
    let ids = here.slice(|incident| {
        incident.shown_entities().iter().map(|entity| entity.id.clone()).gather::<BTreeSet<_>>()
    });
    Memo::new(move |_| {
        ids.with(|_| ());
        here.now(|incident| {
            let mut entities = incident.shown_entities();
            entities.order_by_cached_key(|entity| {
                (entity.kind(), std::cmp::Reverse(entity.verdict.weight()), entity.name().to_lowercase())
            });
            entities.into_iter().map(|entity| entity.id.clone()).collect()
        })
        .unwrap_or_default()
    })
}

/// What a row shows of an entity.
#[derive(Clone, PartialEq)]
struct Cells {
    kind: EntityKind,
    name: String,
    verdict: Verdict,
    remediation: RemediationStatus,
    critical: bool,
    roles: Vec<Role>,
    sightings: usize,
}

fn cells(here: Here, id: &str) -> Vec<AnyView> {
    let words = here.words;
    let Ok(id) = EntityId::try_from(id) else { return Vec::new() };
    let wanted = id.clone();
    let entity = here.slice(move |incident| {
        incident.entity(&wanted).map(|entity| Cells {
            kind: entity.kind(),
            name: safe_name(entity.kind(), &entity.name()),
            verdict: entity.verdict.clone(),
            remediation: entity.remediation.clone(),
            critical: entity.critical,
            roles: entity.roles().into_iter().filter(|role| **role != Role::Unknown).cloned().collect(),
            sightings: entity.sightings.len(),
        })
    });
    let address = {
        let id = id.clone();
        move || here.address_asking(OPEN, id.as_str())
    };
    let verdict = Signal::derive(move || entity.get().map_or(Verdict::Unknown, |entity| entity.verdict));
    let name = move || entity.get().map(|entity| entity.name).unwrap_or_default();
    let about = move || {
        let entity = entity.get()?;
        let kind = words.vocabulary.entity_kind(entity.kind).to_owned();
        let roles = entity.roles.iter().map(|role| words.vocabulary.role(role).into_owned());
        Some([kind].into_iter().chain(roles).collect::<Vec<_>>().join(" · "))
    };
    vec![
        view! {
            <span class="incident-entity">
                {move || entity.get().map(|entity| view! { <IconView icon=kind_icon(entity.kind)/> })}
                <span class="incident-row-name">
                    <a class="truncate" href=address title=name>{name}</a>
                    <span class="cluster muted">
                        <span>{about}</span>
                        <Elsewhere incident=here.id() entity=id.clone()/>
                    </span>
                </span>
                {move || {
                    entity
                        .get()
                        .is_some_and(|entity| entity.critical)
                        .then(|| {
                            view! {
                                <span class="incident-critical" title=words.incident.critical>
                                    <IconView icon=Icon::Shield/>
                                    <span class="visually-hidden">{words.incident.critical}</span>
                                </span>
                            }
                        })
                }}
            </span>
        }
        .into_any(),
        view! { <controls::VerdictSelect id=id.clone() verdict name=Signal::derive(name)/> }.into_any(),
        (move || entity.get().map(|entity| view! { <RemediationTerm status=entity.remediation/> }))
            .into_any(),
        (move || entity.get().map(|entity| entity.sightings)).into_any(),
    ]
}
