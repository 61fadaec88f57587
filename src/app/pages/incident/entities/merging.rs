//! Which entities are the same: what may be is asked, what a person knows to be is merged, and what was merged is split.

use leptos::prelude::*;

use super::safe_name;
use crate::compact::Order as _;
use crate::{
    analysis::sameness::{self, Pair, Reason},
    app::{
        pages::incident::here::{Here, use_here},
        parts::{
            button::{Button, ButtonKind},
            dialog::Dialog,
            icon::{Icon, IconView},
            radios::{Radio, Radios},
            terms::kind_icon,
        },
        prefs::use_words,
    },
    model::{Entity, EntityId, EntityKind, Incident},
    notebook::acts,
    words::Words,
};

/// How many questions stand above the list at once; the next ones follow as these are answered.
const AT_ONCE: usize = 3;

/// A pair with the names that the page shows.
#[derive(Clone, PartialEq)]
struct Question {
    pair: Pair,
    kind: EntityKind,
    one: String,
    other: String,
}

fn questions(incident: &Incident) -> Vec<Question> {
    let name = |id: &EntityId| incident.entity(id).map(|entity| (entity.kind(), entity.name()));
    let question = |pair: Pair| {
        let (kind, one) = name(&pair.one)?;
        let (_, other) = name(&pair.other)?;
        let (one, other) = (safe_name(kind, &one), safe_name(kind, &other));
        Some(Question { pair, kind, one, other })
    };
    sameness::pairs(incident).into_iter().filter_map(question).take(AT_ONCE).collect()
}

/// Asks about entities that may be the same, with the reason.
#[component]
pub fn Perhaps() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.entities;
    let questions = here.slice(questions);
    let one = move |question: Question| {
        let Question { pair, kind, one, other } = question;
        let reason = reason(words, &pair.reason);
        let pair = StoredValue::new(pair);
        let merge = move || {
            let Pair { one, other, .. } = pair.get_value();
            merge(here, &one, &[other]);
        };
        let keep_apart = move || {
            let Pair { one, other, .. } = pair.get_value();
            here.act_and_say(|incident, _| acts::keep_apart(incident, &one, &other), texts.kept_apart);
        };
        view! {
            <li class="entity-question">
                <span class="entity-question-text">
                    <span class="entity-question-names">
                        <IconView icon=kind_icon(kind)/>
                        <strong>{one}</strong>
                        <span aria-hidden="true">"="</span>
                        <strong>{other}</strong>
                        <span>"?"</span>
                    </span>
                    <span class="muted">{reason}</span>
                </span>
                <span class="cluster">
                    <Button label=texts.merge small=true disabled=here.cannot_write() on_press=merge/>
                    <Button
                        label=texts.keep_apart
                        small=true
                        kind=ButtonKind::Ghost
                        disabled=here.cannot_write()
                        on_press=keep_apart
                    />
                </span>
            </li>
        }
    };
    view! {
        <Show when=move || questions.with(|questions| !questions.is_empty())>
            <section class="entity-questions" aria-label=texts.perhaps>
                <h2>{texts.perhaps}</h2>
                <ul>{move || questions.get().into_iter().map(one).collect_view()}</ul>
            </section>
        </Show>
    }
}

/// Why two may be the same, as a sentence.
fn reason(words: &Words, reason: &Reason) -> String {
    let texts = &words.entities;
    match reason {
        Reason::AccountName(name) => (texts.same_account_name)(name),
        Reason::DisplayName(name) => (texts.same_display_name)(name),
        Reason::HostName(name) => (texts.same_host_name)(name),
        Reason::SameContent(hash) => (texts.same_content)(hash),
        Reason::Place(path) => (texts.same_place)(path),
        Reason::ProcessNumber(number) => (texts.same_process)(number),
    }
}

fn merge(here: Here, keep: &EntityId, others: &[EntityId]) -> bool {
    let said = (here.words.entities.merged)(others.len() + 1);
    here.act_and_say(|incident, _| acts::merge_entities(incident, keep, others), said)
}

/// Asks which of the chosen entities names the one that they become.
#[component]
pub fn MergeDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The entities to merge.
    chosen: Signal<Vec<EntityId>>,
    /// Called once they are merged.
    #[prop(into)]
    on_merged: Callback<()>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.entities;
    let place = RwSignal::new(0);
    let entities = Memo::new(move |_| {
        if !open.get() {
            return Vec::new();
        }
        let mut entities: Vec<Entity> = chosen.with(|chosen| {
            let entity = |incident: &Incident, id| incident.entity(id).map(std::borrow::Cow::into_owned);
            here.now(|incident| chosen.iter().filter_map(|id| entity(incident, id)).collect())
                .unwrap_or_default()
        });
        // The one that tells most stands first and is proposed.
        entities.order_by_key(|entity| {
            std::cmp::Reverse((entity.facts.identities().len(), entity.facts.parts().len()))
        });
        entities
    });
    Effect::new(move |_| {
        entities.with(|_| ());
        place.set(0);
    });
    let choices = move || {
        entities.with(|entities| {
            let radio = |entity: &Entity| Radio {
                label: safe_name(entity.kind(), &entity.name()),
                text: words.vocabulary.entity_kind(entity.kind()).to_owned(),
            };
            entities.iter().map(radio).collect::<Vec<_>>()
        })
    };
    let differences = move || entities.with(|entities| differences(words, entities));
    let confirm = move || {
        let ids: Vec<EntityId> =
            entities.with_untracked(|all| all.iter().map(|one| one.id.clone()).collect());
        let Some(keep) = ids.get(place.get_untracked()) else { return };
        let others: Vec<EntityId> = ids.iter().filter(|id| *id != keep).cloned().collect();
        open.set(false);
        if merge(here, keep, &others) {
            on_merged.run(());
        }
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=move || open.set(false)/>
            <Button
                label=texts.merge
                kind=ButtonKind::Primary
                disabled=here.cannot_write()
                on_press=confirm
            />
        }
    };
    view! {
        <Dialog open title=texts.merge_title actions>
            <p>{texts.merge_text}</p>
            {move || {
                view! {
                    <Radios
                        legend=texts.merge_keep
                        radios=choices()
                        chosen=place
                        on_choose=move |chosen| place.set(chosen)
                    />
                }
            }}
            {move || {
                let differences = differences();
                (!differences.is_empty()).then(|| {
                    let lines = differences.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
                    view! {
                        <section>
                            <p>{texts.merge_differs}</p>
                            <ul class="entity-differences">{lines}</ul>
                        </section>
                    }
                })
            }}
        </Dialog>
    }
}

/// The fields in which these contradict each other, each with its values.
fn differences(words: &Words, entities: &[Entity]) -> Vec<String> {
    let mut values: Vec<(&'static str, Vec<String>)> = Vec::new();
    for (field, value) in entities.iter().flat_map(|entity| entity.facts.fields()) {
        match values.iter_mut().find(|(known, _)| *known == field) {
            Some((_, known)) if known.iter().any(|one| one.to_lowercase() == value.to_lowercase()) => {}
            Some((_, known)) => known.push(value),
            None => values.push((field, vec![value])),
        }
    }
    let kind = entities.first().map_or(EntityKind::Other, Entity::kind);
    let contradicts = values.into_iter().filter(|(_, values)| values.len() > 1);
    contradicts
        .map(|(field, values)| {
            let values: Vec<String> = values.iter().map(|value| safe_name(kind, value)).collect();
            format!("{}: {}", words.fields.entity(field), values.join(" · "))
        })
        .collect()
}

/// Whether these can be merged: two or more, and all of one kind.
pub fn can_merge(incident: &Incident, chosen: &[EntityId]) -> bool {
    let mut kinds = chosen.iter().filter_map(|id| incident.entity(id)).map(|entity| entity.kind());
    let first = kinds.next();
    chosen.len() > 1 && kinds.all(|kind| Some(kind) == first)
}

/// What an entity was merged from, each part with a way to split it off again.
#[component]
pub fn Parts(
    /// Of which entity.
    id: EntityId,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.entities;
    let parts = here.slice(move |incident| {
        let named = |part: &EntityId| {
            let entity = incident.entities.get(part)?;
            Some((part.clone(), safe_name(entity.kind(), &entity.name())))
        };
        incident.parts_of(&id).into_iter().filter_map(named).collect::<Vec<_>>()
    });
    let one = move |(part, name): (EntityId, String)| {
        let said = (texts.split_off)(&name);
        let label = (texts.split_name)(&name);
        let split = move || {
            here.act_and_say(|incident, _| acts::split_entity(incident, &part), said.clone());
        };
        view! {
            <li>
                <span class="truncate" title=name.clone()>{name.clone()}</span>
                <Button label small=true kind=ButtonKind::Ghost icon=Icon::Close disabled=here.cannot_write() on_press=split/>
            </li>
        }
    };
    view! {
        <Show when=move || parts.with(|parts| parts.len() > 1)>
            <section>
                <h3>{texts.parts}</h3>
                <ul class="entity-parts">{move || parts.get().into_iter().map(one).collect_view()}</ul>
            </section>
        </Show>
    }
}
