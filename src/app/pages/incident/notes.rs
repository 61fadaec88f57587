//! The responder's notes, in Markdown: written with a preview beside the text, shown as they are meant.

use leptos::prelude::*;

use super::here::{Here, use_here};
use super::list_parts::AddButton;
use crate::compact::Order as _;
use crate::{
    app::{
        parts::{
            button::{Button, ButtonKind},
            empty_state::EmptyState,
            field::TextArea,
            icon::Icon,
            markdown::Markdown,
            time::Time as TimeView,
        },
        prefs::use_words,
    },
    model::{Note, NoteField, NoteId},
    notebook::{Act, limits::LONGEST_NOTE},
};

/// The tab.
#[component]
pub fn Notes() -> impl IntoView {
    let here = use_here();
    let words = &use_words().incident;
    let notes = here.slice(|incident| {
        let mut notes: Vec<(i64, NoteId)> =
            incident.notes.values().map(|note| (note.created.millis(), note.id.clone())).collect();
        notes.order_by(|one, other| other.cmp(one));
        notes
    });
    let writing = RwSignal::new(false);
    let write = move || view! { <AddButton label=words.write_note open=writing/> };
    view! {
        <div class="stack">
            <Show when=move || !writing.get() && !notes.with(Vec::is_empty)>
                <div>{write()}</div>
            </Show>
            <Show when=move || writing.get()>
                <NoteForm
                    text=String::new()
                    on_save=move |text| {
                        if add(here, text) {
                            writing.set(false);
                        }
                    }
                    on_cancel=move || writing.set(false)
                />
            </Show>
            <Show when=move || notes.with(Vec::is_empty) && !writing.get()>
                <EmptyState icon=Icon::Note title=words.no_notes text=words.no_notes_text>
                    {write()}
                </EmptyState>
            </Show>
            <For each=move || notes.get() key=|(_, id)| id.clone() let:note>
                <NoteView id=note.1/>
            </For>
        </div>
    }
}

#[component]
fn NoteView(id: NoteId) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let note = {
        let id = id.clone();
        here.slice(move |incident| incident.notes.get(&id).cloned())
    };
    let text = Signal::derive(move || note.get().map(|note| note.text).unwrap_or_default());
    let id = StoredValue::new(id);
    let editing = RwSignal::new(false);
    let head = move || {
        note.get().map(|note| {
            let edited = (note.edited != note.created).then(|| {
                view! {
                    <span class="muted">
                        {texts.edited} " "
                        <TimeView at=note.edited.millis() original=note.edited.text().to_owned()/>
                    </span>
                }
            });
            view! {
                <strong>{note.by}</strong>
                <TimeView at=note.created.millis() original=note.created.text().to_owned()/>
                {edited}
            }
        })
    };
    view! {
        <article class="panel incident-note">
            <header class="incident-panel-head">
                <span class="cluster">{head}</span>
                <Show when=move || !editing.get() && here.can_write().get()>
                    <span class="cluster">
                        <Button
                            label=texts.edit
                            icon=Icon::Edit
                            small=true
                            kind=ButtonKind::Ghost
                            on_press=move || editing.set(true)
                        />
                        <Button
                            label=texts.delete_note
                            icon=Icon::Trash
                            icon_only=true
                            small=true
                            kind=ButtonKind::Ghost
                            on_press=move || remove(here, &id.get_value())
                        />
                    </span>
                </Show>
            </header>
            <Show when=move || editing.get() fallback=move || view! { <Markdown text/> }>
                <NoteForm
                    text=text.get_untracked()
                    on_save=move |text| {
                        if change(here, &id.get_value(), text) {
                            editing.set(false);
                        }
                    }
                    on_cancel=move || editing.set(false)
                />
            </Show>
        </article>
    }
}

/// A note while it is being written, with what it will look like.
#[component]
fn NoteForm(
    text: String,
    #[prop(into)] on_save: Callback<String>,
    #[prop(into)] on_cancel: Callback<()>,
) -> impl IntoView {
    let words = use_words();
    let texts = &words.incident;
    let draft = RwSignal::new(text);
    let empty = Signal::derive(move || draft.with(|draft| draft.trim().is_empty()));
    view! {
        <div class="incident-note-form">
            <TextArea
                label=texts.note_text
                value=draft
                rows=8
                hint=texts.markdown_hint
                max_length=u32::try_from(LONGEST_NOTE).unwrap_or(u32::MAX)
                on_input=move |text| draft.set(text)
            />
            <Show when=move || !empty.get()>
                <section class="incident-preview" aria-label=texts.preview>
                    <h3>{texts.preview}</h3>
                    <Markdown text=draft/>
                </section>
            </Show>
            <div class="incident-form-actions">
                <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=on_cancel/>
                <Button
                    label=texts.save
                    kind=ButtonKind::Primary
                    disabled=empty
                    on_press=move || on_save.run(draft.get_untracked())
                />
            </div>
        </div>
    }
}

fn add(here: Here, text: String) -> bool {
    let (id, by) = (NoteId::random(here.state().random()), here.state().author());
    here.act(|incident, now| {
        let note = Note { id, text, by, created: now.clone(), edited: now.clone() };
        Act::AddNote(incident.id.clone(), note)
    })
}

/// Saves the text; the same text is no change.
fn change(here: Here, id: &NoteId, text: String) -> bool {
    let same = here.now(|incident| incident.notes.get(id).is_some_and(|note| note.text == text));
    same.unwrap_or(true)
        || here.act(|incident, now| {
            let set = |field| Act::SetNote(incident.id.clone(), id.clone(), field);
            Act::All(vec![set(NoteField::Text(text)), set(NoteField::Edited(now.clone()))])
        })
}

fn remove(here: Here, id: &NoteId) {
    let said = here.words.incident.note_deleted;
    here.act_and_say(|incident, _| Act::RemoveNote(incident.id.clone(), id.clone()), said);
}
