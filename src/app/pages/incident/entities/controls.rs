//! How an entity is judged: the verdict in a row of the list, and every settable fact in its details.

use leptos::prelude::*;

use crate::{
    app::{
        pages::incident::here::{Here, use_here},
        parts::{
            badge::{Chip, Tone},
            combobox::Combobox,
            field::{Checkbox, Select, TextArea},
            icon::Icon,
            terms::verdict_look,
        },
        prefs::use_words,
    },
    model::{
        Entity, EntityField, EntityId,
        taxonomy::{RemediationStatus, Verdict},
    },
    notebook::acts,
};

/// Sets one field of one entity; a value that it has already is no act. A device, account or mailbox that is found
/// malicious asks for the next steps.
pub fn set(here: Here, id: &EntityId, field: EntityField) {
    let before =
        here.now(|incident| incident.entity(id).map(|entity| (field.of(&entity) != field, entity.kind())));
    let Some((true, kind)) = before.flatten() else { return };
    let found = field == EntityField::Verdict(Verdict::Malicious);
    let done = here.act(|incident, _| acts::set_entity(incident, id, &field));
    if done && found && super::follow_up::asks_for_more(kind) {
        here.offer.set(Some(id.clone()));
    }
}

/// The verdict as a small choice. Not the form's field: hundreds of these stand in one list.
#[component]
pub fn VerdictSelect(
    /// Of which entity.
    id: EntityId,
    /// What it is.
    verdict: Signal<Verdict>,
    /// The entity's name, for who cannot see the row.
    name: Signal<String>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let options = Verdict::ALL
        .iter()
        .map(|one| {
            view! { <option value=one.code()>{words.vocabulary.verdict(one).into_owned()}</option> }
        })
        .collect_view();
    let foreign = move || match verdict.get() {
        Verdict::Other(text) => Some(view! { <option value=text.to_string()>{text.to_string()}</option> }),
        _ => None,
    };
    let tone = move || match verdict_look(&verdict.get()).0 {
        Tone::Neutral => None,
        tone => Some(tone.name()),
    };
    view! {
        <select
            class="incident-verdict"
            data-tone=tone
            aria-label=move || format!("{}: {}", words.incident.verdict, name.get())
            disabled=here.cannot_write()
            prop:value=move || verdict.with(|verdict| verdict.code().to_owned())
            on:change=move |event| {
                set(here, &id, EntityField::Verdict(Verdict::parse(&event_target_value(&event))));
            }
        >
            {foreign}
            {options}
        </select>
    }
}

/// Everything about an entity that the responder decides.
#[component]
pub fn EntityControls(
    /// Of which entity.
    id: EntityId,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let entity = {
        let id = id.clone();
        here.slice(move |incident| incident.entity(&id).map(std::borrow::Cow::into_owned))
    };
    let of = move |read: fn(&Entity) -> String| {
        Signal::derive(move || entity.with(|entity| entity.as_ref().map(read).unwrap_or_default()))
    };
    let critical = Signal::derive(move || entity.with(|entity| entity.as_ref().is_some_and(|e| e.critical)));
    let tags = Memo::new(move |_| {
        entity.with(|entity| entity.as_ref().map(|entity| entity.tags.clone()).unwrap_or_default())
    });
    let id = StoredValue::new(id);
    let set = move |field: EntityField| set(here, &id.get_value(), field);
    let verdicts: Vec<_> = Verdict::ALL
        .iter()
        .map(|one| (one.code().to_owned(), words.vocabulary.verdict(one).into_owned()))
        .collect();
    let remediations: Vec<_> = RemediationStatus::ALL
        .iter()
        .map(|one| (one.code().to_owned(), words.vocabulary.remediation(one).into_owned()))
        .collect();
    let set_tags = move |change: &dyn Fn(&mut std::collections::BTreeSet<String>)| {
        let mut tags = tags.get_untracked();
        change(&mut tags);
        set(EntityField::Tags(tags));
    };
    view! {
        <fieldset class="incident-controls" disabled=here.cannot_write()>
            <legend class="visually-hidden">{texts.your_judgement}</legend>
            <Select
                label=texts.verdict
                value=of(|entity| entity.verdict.code().to_owned())
                options=verdicts
                on_change=move |code: String| set(EntityField::Verdict(Verdict::parse(&code)))
            />
            <Select
                label=texts.remediation
                value=of(|entity| entity.remediation.code().to_owned())
                options=remediations
                on_change=move |code: String| set(EntityField::Remediation(RemediationStatus::parse(&code)))
            />
            <Checkbox
                label=texts.critical_label
                checked=critical
                on_change=move |on| set(EntityField::Critical(on))
            />
        </fieldset>
        <TextArea
            label=texts.note
            value=of(|entity| entity.note.clone())
            rows=2
            hint=texts.note_hint
            disabled=here.cannot_write()
            on_commit=move |text: String| set(EntityField::Note(text.trim().to_owned()))
        />
        <div class="incident-tags" role="group" aria-label=texts.tags>
            <For each=move || tags.get() key=String::clone let:tag>
                {
                    let removed = tag.clone();
                    view! {
                        <Chip
                            label=tag
                            icon=Icon::Tag
                            on_remove=move || {
                                set_tags(&|tags| {
                                    tags.remove(&removed);
                                });
                            }
                        />
                    }
                }
            </For>
            <Combobox
                label=texts.add_tag
                hide_label=true
                value=""
                placeholder=texts.add_tag
                suggestions=here.known_tags()
                clear_on_commit=true
                disabled=here.cannot_write()
                on_commit=move |tag: String| {
                    if !tag.is_empty() {
                        set_tags(&|tags| {
                            tags.insert(tag.clone());
                        });
                    }
                }
            />
        </div>
    }
}
