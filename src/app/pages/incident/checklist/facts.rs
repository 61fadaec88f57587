//! The facts beside a step: the entities of the incident that it is about, the worst first, so that the next move and
//! what it is made on are read together.

use leptos::prelude::*;

use super::desk::{Desk, use_desk};
use crate::compact::Order as _;
use crate::{
    app::{
        pages::step::{handle::StepHandle, instructions::Labelled},
        parts::{
            button::{Button, ButtonKind},
            icon::{Icon, IconView},
            terms::{VerdictTerm, kind_icon},
        },
        prefs::use_words,
        route::{IncidentTab, Query, Route},
    },
    model::{Entity, EntityId, EntityKind, StepField, taxonomy::Verdict},
};

/// Facts shown beside a step at most; the rest is one click away.
const AT_MOST: usize = 8;

/// One entity in a line.
#[derive(Clone, PartialEq)]
pub struct Fact {
    /// Which.
    pub id: EntityId,
    /// The name a responder knows it by.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// What it was found to be.
    pub verdict: Verdict,
}

impl Fact {
    /// An entity in a line.
    pub fn of(entity: &Entity) -> Self {
        Self {
            id: entity.id.clone(),
            name: entity.name(),
            kind: entity.kind(),
            verdict: entity.verdict.clone(),
        }
    }
}

/// The entities that a step is about.
#[component]
pub fn Facts(
    /// The kinds of entities.
    kinds: Vec<EntityKind>,
    /// The step.
    step: StepHandle,
) -> impl IntoView {
    let words = &use_words().checklist;
    let desk = use_desk();
    let facts = Memo::new(move |_| facts_of(desk, &kinds));
    let shown = move || facts.with(|facts| facts.iter().take(AT_MOST).cloned().collect::<Vec<_>>());
    let more = Memo::new(move |_| facts.with(Vec::len).saturating_sub(AT_MOST));
    let all = Route::Incident { id: desk.id().to_string(), tab: IncidentTab::Entities, query: Query::new() };
    let all = all.to_string();
    view! {
        <Labelled label=words.facts>
            <ul class="facts">
                <For each=shown key=|fact| (fact.id.clone(), fact.verdict.clone()) let:fact>
                    <FactLine fact step/>
                </For>
            </ul>
            {move || facts.with(Vec::is_empty).then(|| view! { <p class="muted">{words.no_facts}</p> })}
            {move || (more.get() > 0).then(|| view! { <a href=all.clone()>{(words.more_facts)(more.get())}</a> })}
        </Labelled>
    }
}

fn facts_of(desk: Desk, kinds: &[EntityKind]) -> Vec<Fact> {
    desk.incident.with(|incident| {
        let entities = incident.iter().flat_map(|incident| incident.shown_entities());
        let mut facts: Vec<Fact> = entities
            .filter(|entity| kinds.contains(&entity.kind()))
            .map(|entity| Fact::of(&entity))
            .collect();
        facts.order_by(|one, other| {
            (other.verdict.weight(), &one.name).cmp(&(one.verdict.weight(), &other.name))
        });
        facts
    })
}

#[component]
fn FactLine(fact: Fact, step: StepHandle) -> impl IntoView {
    let words = use_words();
    let desk = use_desk();
    let id = fact.id.clone();
    let linked = Memo::new(move |_| step.now.with(|now| desk.is_among(&id, &now.entities)));
    let label = (words.checklist.link_to_step)(&fact.name);
    let kind = words.vocabulary.entity_kind(fact.kind);
    let toggle_id = fact.id.clone();
    let toggle = move || {
        let mut entities = step.now.with_untracked(|now| now.entities.clone());
        if desk.is_among(&toggle_id, &entities) {
            entities.retain(|one| !desk.is_among(&toggle_id, [one]));
        } else {
            entities.insert(toggle_id.clone());
        }
        step.set(StepField::Entities(entities));
    };
    view! {
        <li class="fact">
            <span class="fact-kind" title=kind>
                <IconView icon=kind_icon(fact.kind)/>
                <span class="visually-hidden">{kind}</span>
            </span>
            <a class="truncate" href=desk.entity_address(&fact.id) title=fact.name.clone()>
                {fact.name.clone()}
            </a>
            <VerdictTerm verdict=fact.verdict/>
            <Button
                label
                icon=Icon::Link
                icon_only=true
                small=true
                kind=ButtonKind::Ghost
                pressed=linked
                disabled=step.is_locked()
                on_press=toggle
            />
        </li>
    }
}
