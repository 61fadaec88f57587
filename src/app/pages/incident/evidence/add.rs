//! Adds evidence items: files by their size and hash, anything else by hand; with who secured them when, from what, and
//! where they are kept.

use leptos::prelude::*;

use super::{
    super::{
        entities::safe_name,
        here::{Here, use_here},
    },
    files::{FileList, Files, Hashing},
};
use crate::compact::Order as _;
use crate::{
    app::{
        parts::{
            button::{Button, ButtonKind},
            combobox::Combobox,
            dialog::{Dialog, DialogSize},
            field::{InputKind, Select, TextArea, TextField},
            file_zone::FileZone,
            moment::{read_moment, write_moment},
        },
        prefs::{Zone, use_prefs, use_words},
    },
    model::{
        Entity, EntityId, EvidenceId, EvidenceItem, EvidenceKind, Time,
        evidence::{hash_digits, next_label, size_typed},
    },
    notebook::{Act, acts},
};

/// What is filled in, as it stands in the fields.
#[derive(Clone, Copy)]
struct Draft {
    label: RwSignal<String>,
    name: RwSignal<String>,
    kind: RwSignal<EvidenceKind>,
    identifier: RwSignal<String>,
    size: RwSignal<String>,
    sha256: RwSignal<String>,
    by: RwSignal<String>,
    at: RwSignal<String>,
    kept_at: RwSignal<String>,
    taken_from: RwSignal<String>,
    found_at: RwSignal<String>,
    note: RwSignal<String>,
}

impl Draft {
    fn empty() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            label: text(),
            name: text(),
            kind: RwSignal::new(EvidenceKind::File),
            identifier: text(),
            size: text(),
            sha256: text(),
            by: text(),
            at: text(),
            kept_at: text(),
            taken_from: text(),
            found_at: text(),
            note: text(),
        }
    }

    /// Begins anew: now, by whoever is writing.
    fn begin(self, here: Here, now: String) {
        for text in
            [self.name, self.identifier, self.size, self.sha256, self.taken_from, self.found_at, self.note]
        {
            text.set(String::new());
        }
        self.kind.set(EvidenceKind::File);
        self.label.set(here.now(|incident| next_label(incident.evidence.values())).unwrap_or_default());
        self.by.set(here.state().author());
        self.at.set(now);
    }
}

/// The dialog.
#[component]
pub fn AddItems(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.evidence;
    let prefs = use_prefs();
    let (draft, files) = (Draft::empty(), Files::new());
    let tried = RwSignal::new(false);
    Effect::new(move |_| {
        files.clear();
        tried.set(false);
        if open.get() {
            draft.begin(here, write_moment(&here.state().now(), prefs));
        }
    });
    let count = Memo::new(move |_| files.list.with(Vec::len));
    let add = move || {
        tried.set(true);
        let at = draft.at.with_untracked(|text| read_moment(text, prefs));
        if let Some(act) = at.and_then(|at| untrack(|| to_act(here, draft, files, &at))) {
            let said = (texts.added)(count.get_untracked().max(1), &draft.label.get_untracked());
            if here.act_and_say(|_, _| act, said) {
                open.set(false);
            }
        }
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=move || open.set(false)/>
            <Button
                label=Signal::derive(move || (texts.add_these)(count.get()))
                kind=ButtonKind::Primary
                disabled=Signal::derive(move || !files.are_known())
                on_press=add
            />
        }
    };
    let missing = move |text: RwSignal<String>, said: &'static str| {
        Signal::derive(move || {
            (tried.get() && text.with(|text| text.trim().is_empty())).then(|| said.to_owned())
        })
    };
    let bad_time = Signal::derive(move || {
        (tried.get() && draft.at.with(|text| read_moment(text, prefs).is_none()))
            .then(|| texts.time_missing.to_owned())
    });
    view! {
        <Dialog open title=texts.add size=DialogSize::Large actions>
            <FileZone
                title=texts.drop_here
                hint=texts.drop_hint
                button=texts.choose_files
                multiple=true
                on_files=move |chosen| files.take(chosen)
            />
            <FileList files/>
            <Show when=move || count.get() == 0>
                <p class="muted">{texts.by_hand}</p>
                <ByHand draft tried/>
            </Show>
            <div class="evidence-fields">
                <Combobox
                    label=texts.collected_by
                    value=draft.by
                    suggestions=here.people()
                    error=missing(draft.by, texts.who_missing)
                    on_commit=move |text| draft.by.set(text)
                />
                <TextField
                    label=Signal::derive(move || match prefs.zone().get() {
                        Zone::Utc => texts.collected_at_utc.to_owned(),
                        Zone::Local => texts.collected_at.to_owned(),
                    })
                    kind=InputKind::DateTime
                    value=draft.at
                    error=bad_time
                    on_input=move |text| draft.at.set(text)
                />
                <TextField
                    label=texts.kept_at
                    value=draft.kept_at
                    placeholder=texts.kept_at_example
                    error=missing(draft.kept_at, texts.place_missing)
                    on_input=move |text| draft.kept_at.set(text)
                />
                <Select
                    label=words.fields.settable("takenFrom").into_owned()
                    value=draft.taken_from
                    options=entity_options(here)
                    on_change=move |id| draft.taken_from.set(id)
                />
                <TextField
                    label=words.fields.settable("foundAt").into_owned()
                    value=draft.found_at
                    on_input=move |text| draft.found_at.set(text)
                />
            </div>
            <TextArea
                label=words.fields.settable("note").into_owned()
                value=draft.note
                rows=2
                on_input=move |text| draft.note.set(text)
            />
        </Dialog>
    }
}

/// What is asked for where there is no file.
#[component]
fn ByHand(draft: Draft, tried: RwSignal<bool>) -> impl IntoView {
    let words = use_words();
    let texts = &words.evidence;
    let label = move |field: &str| words.fields.settable(field).into_owned();
    let name_missing = Signal::derive(move || {
        (tried.get() && draft.name.with(|name| name.trim().is_empty())).then(|| texts.name_missing.to_owned())
    });
    let bad_size = Signal::derive(move || {
        draft.size.with(|size| size_typed(size).is_err()).then(|| texts.not_a_number.to_owned())
    });
    view! {
        <div class="evidence-fields">
            <TextField label=label("label") value=draft.label on_input=move |text| draft.label.set(text)/>
            <TextField
                label=label("name")
                value=draft.name
                error=name_missing
                on_input=move |text| draft.name.set(text)
            />
            <Select
                label=label("evidenceKind")
                value=Signal::derive(move || draft.kind.with(|kind| kind.code().to_owned()))
                options=kind_options()
                on_change=move |code: String| draft.kind.set(EvidenceKind::parse(&code))
            />
            <TextField
                label=label("identifier")
                value=draft.identifier
                on_input=move |text| draft.identifier.set(text)
            />
            <TextField
                label=label("size")
                value=draft.size
                error=bad_size
                on_input=move |text| draft.size.set(text)
            />
            <TextField label=label("sha256") value=draft.sha256 on_input=move |text| draft.sha256.set(text)/>
        </div>
    }
}

/// The kinds to choose from.
pub fn kind_options() -> Vec<(String, String)> {
    let words = use_words();
    EvidenceKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), words.vocabulary.evidence_kind(kind).into_owned()))
        .collect()
}

/// The entities that an item can be taken from, by name, after the choice of none.
pub fn entity_options(here: Here) -> Memo<Vec<(String, String)>> {
    let nothing = here.words.evidence.nothing_taken;
    here.slice(move |incident| {
        let name = |entity: &Entity| safe_name(entity.kind(), &entity.name());
        let mut entities: Vec<_> =
            incident.shown_entities().iter().map(|entity| (entity.id.to_string(), name(entity))).collect();
        entities.order_by_cached_key(|(_, name)| name.to_lowercase());
        entities.insert(0, (String::new(), nothing.to_owned()));
        entities
    })
}

/// The act that adds what is filled in; none where something is missing, which the fields say.
fn to_act(here: Here, draft: Draft, files: Files, at: &Time) -> Option<Act> {
    let text = |signal: RwSignal<String>| signal.with(|text| text.trim().to_owned());
    let (by, kept_at) = (text(draft.by), text(draft.kept_at));
    if by.is_empty() || kept_at.is_empty() {
        return None;
    }
    let new = |name: String, kind| {
        let mut item = EvidenceItem::new(EvidenceId::random(here.state().random()), name, kind);
        item.taken_from = EntityId::try_from(text(draft.taken_from).as_str()).ok();
        item.found_at = text(draft.found_at);
        item.note = text(draft.note);
        item
    };
    let chosen = files.list.get();
    let mut items = Vec::new();
    if chosen.is_empty() {
        let mut item = new(text(draft.name), draft.kind.get());
        item.label = text(draft.label);
        item.identifier = text(draft.identifier);
        item.size = draft.size.with(|size| size_typed(size)).ok()?;
        item.sha256 = draft.sha256.with(|digits| hash_digits(digits));
        if item.name.is_empty() {
            return None;
        }
        items.push(item);
    }
    let mut known: Vec<EvidenceItem> =
        here.now(|incident| incident.evidence.values().cloned().collect()).unwrap_or_default();
    for chosen in chosen {
        let mut item = new(chosen.name.get_value(), chosen.kind());
        item.label = next_label(&known);
        if let Hashing::Done(found) = chosen.state.get() {
            item.size = Some(found.size);
            item.sha256 = found.sha256;
        }
        known.push(item.clone());
        items.push(item);
    }
    let id = here.id();
    let collected = |item| acts::collect(&id, item, at, &by, &kept_at);
    Some(Act::All(items.into_iter().map(collected).collect()))
}
