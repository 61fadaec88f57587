//! Corrects what an evidence item is: each field is saved when it is left, and the change stands in the log.

use leptos::prelude::*;

use super::add::{entity_options, kind_options};
use crate::{
    app::{
        pages::incident::here::{Here, use_here},
        parts::field::{Select, TextArea, TextField},
        prefs::use_words,
    },
    model::{
        EntityId, EvidenceField, EvidenceId, EvidenceItem, EvidenceKind,
        evidence::{hash_digits, size_typed},
    },
    notebook::Act,
};

/// A line of text of an item: the field's name, how it is read, and what it becomes.
type Line = (&'static str, fn(&EvidenceItem) -> String, fn(String) -> Option<EvidenceField>);

/// The lines that come one after the other.
const LINES: [Line; 8] = [
    ("label", |item| item.label.clone(), |text| Some(EvidenceField::Label(text))),
    ("name", |item| item.name.clone(), |text| Some(EvidenceField::Name(text))),
    ("identifier", |item| item.identifier.clone(), |text| Some(EvidenceField::Identifier(text))),
    ("foundAt", |item| item.found_at.clone(), |text| Some(EvidenceField::FoundAt(text))),
    (
        "size",
        |item| item.size.map(|size| size.to_string()).unwrap_or_default(),
        |text| size_typed(&text).ok().map(EvidenceField::Size),
    ),
    ("sha256", |item| item.sha256.clone(), |text| Some(EvidenceField::Sha256(hash_digits(&text)))),
    ("sha1", |item| item.sha1.clone(), |text| Some(EvidenceField::Sha1(hash_digits(&text)))),
    ("md5", |item| item.md5.clone(), |text| Some(EvidenceField::Md5(hash_digits(&text)))),
];

/// The fields.
#[component]
pub fn Describe(
    /// Of which item.
    id: EvidenceId,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let label = move |field: &str| words.fields.settable(field).into_owned();
    let item = {
        let id = id.clone();
        here.slice(move |incident| incident.evidence.get(&id).cloned())
    };
    let of = move |read: fn(&EvidenceItem) -> String| {
        Signal::derive(move || item.with(|item| item.as_ref().map(read).unwrap_or_default()))
    };
    let stored = StoredValue::new(id);
    let set = move |field: EvidenceField| set(here, &stored.get_value(), field);
    let line = move |(field, read, make): Line| {
        let refused = RwSignal::new(false);
        let error = Signal::derive(move || refused.get().then(|| words.evidence.not_a_number.to_owned()));
        view! {
            <TextField
                label=label(field)
                value=of(read)
                error
                disabled=here.cannot_write()
                on_commit=move |text: String| {
                    let made = make(text.trim().to_owned());
                    refused.set(made.is_none());
                    if let Some(field) = made {
                        set(field);
                    }
                }
            />
        }
    };
    view! {
        <p class="muted">{words.evidence.describe_hint}</p>
        <div class="evidence-fields">
            {LINES.into_iter().map(line).collect_view()}
            <Select
                label=label("evidenceKind")
                value=of(|item| item.kind.code().to_owned())
                options=kind_options()
                disabled=here.cannot_write()
                on_change=move |code: String| set(EvidenceField::Kind(EvidenceKind::parse(&code)))
            />
            <Select
                label=label("takenFrom")
                value=of(|item| item.taken_from.as_ref().map(ToString::to_string).unwrap_or_default())
                options=entity_options(here)
                disabled=here.cannot_write()
                on_change=move |id: String| {
                    set(EvidenceField::TakenFrom(EntityId::try_from(id.as_str()).ok()));
                }
            />
        </div>
        <TextArea
            label=label("note")
            value=of(|item| item.note.clone())
            rows=2
            disabled=here.cannot_write()
            on_commit=move |text: String| set(EvidenceField::Note(text.trim().to_owned()))
        />
    }
}

/// Sets one field of one item; a value that it has already is no act.
fn set(here: Here, id: &EvidenceId, field: EvidenceField) {
    let changes = here.now(|incident| incident.evidence.get(id).map(|item| field.of(item) != field));
    if changes.flatten() == Some(true) {
        here.act(|incident, _| Act::SetEvidence(incident.id.clone(), id.clone(), field));
    }
}
