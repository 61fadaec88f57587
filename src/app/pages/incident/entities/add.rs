//! Adds an entity that no alert has named: a host somebody called about, an address from a firewall's log.

use leptos::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::{OPEN, follow_up};
use crate::{
    app::{
        pages::incident::here::{Here, use_here},
        parts::{
            button::{Button, ButtonKind},
            dialog::Dialog,
            field::{Select, TextField},
        },
        prefs::use_words,
    },
    model::refang::refang,
    model::{
        Entity, EntityKind,
        by_hand::{entity_by_hand, main_fields},
        taxonomy::Verdict,
    },
    notebook::Act,
};

/// The dialog.
#[component]
pub fn AddEntity(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let kind = RwSignal::new(EntityKind::Device);
    let verdict = RwSignal::new(Verdict::Unknown);
    let values = RwSignal::new(BTreeMap::<&'static str, String>::new());
    let tried = RwSignal::new(false);
    Effect::new(move |_| {
        if open.get() {
            values.set(BTreeMap::new());
            verdict.set(Verdict::Unknown);
            tried.set(false);
        }
    });
    let kinds: Vec<_> = EntityKind::ALL
        .iter()
        .filter(|kind| !main_fields(**kind).is_empty())
        .map(|kind| (kind.code().to_owned(), words.vocabulary.entity_kind(*kind).to_owned()))
        .collect();
    let verdicts: Vec<_> = Verdict::ALL
        .iter()
        .map(|one| (one.code().to_owned(), words.vocabulary.verdict(one).into_owned()))
        .collect();
    let add = move || {
        tried.set(true);
        let entity = values.with_untracked(|values| {
            let given = values.iter().map(|(field, value)| (*field, refang(value.trim()).into_owned()));
            entity_by_hand(&here.id(), kind.get_untracked(), given, here.state().random())
        });
        if let Some(mut entity) = entity {
            entity.verdict = verdict.get_untracked();
            open.set(false);
            add_entity(here, entity);
        }
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=move || open.set(false)/>
            <Button label=texts.add_entity kind=ButtonKind::Primary on_press=add/>
        }
    };
    let field = move |(place, name): (usize, &'static str)| {
        let error = Signal::derive(move || {
            let empty = values.with(|values| values.values().all(|value| value.trim().is_empty()));
            (tried.get() && place == 0 && empty).then(|| texts.entity_empty.to_owned())
        });
        view! {
            <TextField
                label=words.fields.entity(name).into_owned()
                value=Signal::derive(move || values.with(|values| values.get(name).cloned().unwrap_or_default()))
                error
                on_input=move |text| {
                    values.update(|values| {
                        values.insert(name, text);
                    });
                }
            />
        }
    };
    view! {
        <Dialog open title=texts.add_entity actions>
            <p class="muted">{texts.add_entity_hint}</p>
            <Select
                label=texts.kind
                value=Signal::derive(move || kind.get().code().to_owned())
                options=kinds.clone()
                on_change=move |code: String| {
                    values.set(BTreeMap::new());
                    kind.set(EntityKind::parse(&code).unwrap_or(EntityKind::Device));
                }
            />
            {move || main_fields(kind.get()).iter().copied().enumerate().map(field).collect_view()}
            <Select
                label=texts.verdict
                value=Signal::derive(move || verdict.with(|verdict| verdict.code().to_owned()))
                options=verdicts.clone()
                on_change=move |code: String| verdict.set(Verdict::parse(&code))
            />
        </Dialog>
    }
}

/// Adds it, or opens the one that is there already.
fn add_entity(here: Here, entity: Entity) {
    let id = entity.id.clone();
    if here.now(|incident| incident.entities.contains_key(&id)).unwrap_or(false) {
        here.ask(OPEN, id.as_str());
        return;
    }
    let (kind, said) = (entity.kind(), (here.words.incident.entity_added)(&entity.name()));
    if here.act_and_say(|incident, _| Act::AddEntity(incident.id.clone(), Arc::new(entity)), said) {
        follow_up::offer(here, &id, kind);
    }
}
