//! The entities that a step is linked to, and the field that links another one.

use leptos::prelude::*;

use super::{
    desk::{Desk, use_desk},
    facts::Fact,
};
use crate::{
    app::{
        pages::step::{handle::StepHandle, instructions::Labelled},
        parts::{
            combobox::Combobox,
            icon::{Icon, IconView},
        },
        prefs::use_words,
    },
    model::{Entity, EntityId, StepField},
    words::Words,
};

/// The entities that a step is linked to, as they are now. One that was removed from the incident is left out.
pub fn linked_entities(desk: Desk, step: StepHandle) -> Memo<Vec<Entity>> {
    Memo::new(move |_| {
        let ids = step.now.with(|now| now.entities.clone());
        desk.incident.with(|incident| {
            let Some(incident) = incident else { return Vec::new() };
            // Two of them may have been merged since.
            let shown = incident.shown_among(&ids);
            let entities = shown.iter().filter_map(|id| incident.entity(id));
            entities.map(std::borrow::Cow::into_owned).collect()
        })
    })
}

/// The links of a step.
#[component]
pub fn Links(
    /// The step.
    step: StepHandle,
    /// What it is linked to.
    linked: Memo<Vec<Entity>>,
) -> impl IntoView {
    let words = use_words();
    let texts = &words.checklist;
    let desk = use_desk();
    let facts = Memo::new(move |_| linked.with(|linked| linked.iter().map(Fact::of).collect::<Vec<_>>()));
    let others = Memo::new(move |_| {
        let ids = step.now.with(|now| now.entities.clone());
        desk.incident.with(|incident| {
            let Some(incident) = incident else { return Vec::new() };
            let others = incident.shown_entities().into_iter();
            let others = others.filter(|entity| !incident.is_among(&entity.id, &ids));
            others.map(|entity| Fact::of(&entity)).collect::<Vec<_>>()
        })
    });
    let suggestions = Memo::new(move |_| {
        others.with(|others| others.iter().map(|fact| choice(words, fact)).collect::<Vec<_>>())
    });
    let link = move |text: String| {
        if text.is_empty() {
            return;
        }
        let found = others.with_untracked(|others| find(words, others, &text));
        match found {
            Some(id) => {
                let mut entities = step.now.with_untracked(|now| now.entities.clone());
                entities.insert(id);
                step.set(StepField::Entities(entities));
            }
            None => desk.state().complain(&(texts.no_such_entity)(&text)),
        }
    };
    view! {
        <div class="links">
            <Show when=move || !facts.with(Vec::is_empty)>
                <Labelled label=texts.linked>
                    <ul class="links-list">
                        <For each=move || facts.get() key=|fact| fact.id.clone() let:fact>
                            <Linked fact step/>
                        </For>
                    </ul>
                </Labelled>
            </Show>
            <Combobox
                label=texts.link_entity
                value=""
                suggestions
                on_commit=link
                placeholder=texts.link_placeholder
                clear_on_commit=true
                disabled=step.is_locked()
            />
        </div>
    }
}

/// An entity as the field offers it: two of different kinds may share a name.
fn choice(words: &Words, fact: &Fact) -> String {
    format!("{} · {}", fact.name, words.vocabulary.entity_kind(fact.kind))
}

/// The entity that a text means: as it was offered, or by its name alone in any letter case.
fn find(words: &Words, facts: &[Fact], text: &str) -> Option<EntityId> {
    let offered = facts.iter().find(|fact| choice(words, fact) == text);
    let named = || facts.iter().find(|fact| fact.name.to_lowercase() == text.to_lowercase());
    offered.or_else(named).map(|fact| fact.id.clone())
}

#[component]
fn Linked(fact: Fact, step: StepHandle) -> impl IntoView {
    let words = &use_words().checklist;
    let desk = use_desk();
    let label = (words.unlink)(&fact.name);
    let id = fact.id.clone();
    let unlink = move |_| {
        let mut entities = step.now.with_untracked(|now| now.entities.clone());
        entities.retain(|one| !desk.is_among(&id, [one]));
        step.set(StepField::Entities(entities));
    };
    view! {
        <li class="chip">
            <a class="chip-body truncate" href=desk.entity_address(&fact.id) title=fact.name.clone()>
                {fact.name.clone()}
            </a>
            <button
                type="button"
                class="chip-remove"
                aria-label=label.clone()
                title=label
                disabled=step.is_locked()
                on:click=unlink
            >
                <IconView icon=Icon::Close/>
            </button>
        </li>
    }
}
