//! Writes an event down, or corrects one: when (with its zone, which is never assumed), what, who tells it, what it is about.

use std::{collections::BTreeSet, sync::Arc};

use js_sys::Date;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::{
    app::{
        pages::incident::{
            entities::safe_name,
            here::{Here, use_here},
        },
        parts::{
            button::{Button, ButtonKind},
            combobox::Combobox,
            dialog::Dialog,
            field::{Select, TextArea, TextField},
            icon::{Icon, IconView},
        },
        prefs::{Zone, use_prefs, use_words},
    },
    model::{EntityId, EventField, EventId, Time, TimelineEvent, time::Precision},
    notebook::Act,
};

/// The zones that a time without one can be said to be in.
const ZONES: [&str; 3] = ["utc", "local", "none"];

/// What is filled in.
#[derive(Clone, Copy)]
struct Draft {
    at: RwSignal<String>,
    zone: RwSignal<String>,
    message: RwSignal<String>,
    kind: RwSignal<String>,
    source: RwSignal<String>,
    entities: RwSignal<BTreeSet<EntityId>>,
    /// Whether it was tried to save, so that what is missing is said.
    tried: RwSignal<bool>,
}

impl Draft {
    fn empty() -> Self {
        let text = || RwSignal::new(String::new());
        Self {
            at: text(),
            zone: RwSignal::new(ZONES[0].to_owned()),
            message: text(),
            kind: text(),
            source: text(),
            entities: RwSignal::new(BTreeSet::new()),
            tried: RwSignal::new(false),
        }
    }

    /// Begins anew, with the zone that the reader reads times in.
    fn clear(self, zone: Zone) {
        let zone = if zone == Zone::Utc { ZONES[0] } else { ZONES[1] };
        self.zone.set(zone.to_owned());
        for text in [self.at, self.message, self.kind, self.source] {
            text.set(String::new());
        }
        self.entities.set(BTreeSet::new());
        self.tried.set(false);
    }

    fn fill(self, event: &TimelineEvent) {
        self.at.set(event.at.text().to_owned());
        if needs_zone(&event.at) {
            self.zone.set(ZONES[2].to_owned());
        }
        self.message.set(event.message.clone());
        self.kind.set(event.kind.clone());
        self.source.set(event.source.clone());
        self.entities.set(event.entities.clone());
        self.tried.set(false);
    }

    /// The time that is written, in the zone that is chosen where the text says none.
    fn time(self) -> Option<Time> {
        let time = Time::parse(&self.at.get()).ok()?;
        let minutes = match self.zone.get().as_str() {
            "utc" => Some(0),
            "local" => local_offset(&time),
            _ => None,
        };
        Some(match minutes {
            Some(minutes) => time.in_zone(minutes),
            None => time,
        })
    }
}

/// Whether a time is one that a zone would make an instant.
fn needs_zone(time: &Time) -> bool {
    !time.zone_stated() && time.precision() > Precision::Day
}

/// How many minutes east of Greenwich this computer's clock stood at that local time.
fn local_offset(time: &Time) -> Option<i32> {
    let local = time.instant().format("%Y-%m-%dT%H:%M:%S").to_string();
    let offset = Date::new(&JsValue::from_str(&local)).get_timezone_offset();
    #[allow(clippy::cast_possible_truncation)] // A day has 1,440 minutes.
    offset.is_finite().then(|| -(offset as i32))
}

/// The dialog that writes a new event down.
#[component]
pub fn AddEvent(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.timeline;
    let zone = use_prefs().zone();
    let draft = Draft::empty();
    Effect::new(move |_| {
        if open.get() {
            draft.clear(zone.get_untracked());
        }
    });
    let add = move || {
        if save_new(here, draft) {
            open.set(false);
        }
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=move || open.set(false)/>
            <Button label=texts.add kind=ButtonKind::Primary on_press=add/>
        }
    };
    view! {
        <Dialog open title=texts.add actions>
            <EventFields draft/>
        </Dialog>
    }
}

/// Corrects an event in the place where it is shown.
#[component]
pub fn EventForm(
    /// The event as it is.
    event: TimelineEvent,
    /// Called when it is saved or left as it was.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let draft = Draft::empty();
    draft.fill(&event);
    let event = StoredValue::new(event);
    let save = move || {
        if save_changes(here, draft, &event.get_value()) {
            on_done.run(());
        }
    };
    view! {
        <EventFields draft/>
        <div class="incident-form-actions">
            <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=move || on_done.run(())/>
            <Button label=words.incident.save kind=ButtonKind::Primary on_press=save/>
        </div>
    }
}

/// The fields of an event.
#[component]
fn EventFields(draft: Draft) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.timeline;
    let label = move |field: &str| words.fields.settable(field).into_owned();
    let bad_time = Signal::derive(move || {
        (draft.tried.get() && draft.time().is_none()).then(|| texts.time_unreadable.to_owned())
    });
    let missing = Signal::derive(move || {
        (draft.tried.get() && draft.message.with(|text| text.trim().is_empty()))
            .then(|| texts.message_missing.to_owned())
    });
    let asks_zone =
        Memo::new(move |_| draft.at.with(|text| Time::parse(text)).is_ok_and(|time| needs_zone(&time)));
    let zones = [(ZONES[0], "UTC"), (ZONES[1], texts.zone_local), (ZONES[2], texts.zone_missing)];
    let zones: Vec<_> = zones.map(|(code, label)| (code.to_owned(), label.to_owned())).into();
    view! {
        <div class="evidence-fields">
            <TextField
                label=label("at")
                value=draft.at
                placeholder="2026-11-24 08:30:05"
                hint=texts.time_hint
                error=bad_time
                required=true
                on_input=move |text| draft.at.set(text)
            />
            <Show when=move || asks_zone.get()>
                <Select
                    label=texts.zone
                    value=draft.zone
                    options=zones.clone()
                    on_change=move |code| draft.zone.set(code)
                />
            </Show>
        </div>
        <div class="timeline-now">
            <Button
                label=words.incident.now
                small=true
                on_press=move || draft.at.set(here.state().now().text().to_owned())
            />
        </div>
        <TextArea
            label=label("message")
            value=draft.message
            rows=2
            error=missing
            required=true
            on_input=move |text| draft.message.set(text)
        />
        <div class="evidence-fields">
            <TextField
                label=label("eventSource")
                value=draft.source
                placeholder=texts.source_example
                on_input=move |text| draft.source.set(text)
            />
            <TextField label=label("eventKind") value=draft.kind on_input=move |text| draft.kind.set(text)/>
        </div>
        <About chosen=draft.entities/>
    }
}

/// The entities that it is about: chosen by name, taken away one by one.
#[component]
fn About(chosen: RwSignal<BTreeSet<EntityId>>) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let all = here.slice(move |incident| {
        let entities = incident.shown_entities().into_iter().map(|entity| {
            let name = safe_name(entity.kind(), &entity.name());
            (entity.id.clone(), format!("{name} · {}", words.vocabulary.entity_kind(entity.kind())))
        });
        entities.collect::<Vec<_>>()
    });
    // What was merged since it was chosen is shown as the whole.
    let shown = Memo::new(move |_| {
        chosen.with(|chosen| here.read(|incident| incident.shown_among(chosen)).unwrap_or_default())
    });
    let suggestions = Memo::new(move |_| {
        let chosen = shown.get();
        all.with(|all| {
            all.iter()
                .filter(|(id, _)| !chosen.contains(id))
                .map(|(_, name)| name.clone())
                .collect::<Vec<_>>()
        })
    });
    let choose = move |text: String| {
        let found =
            all.with_untracked(|all| all.iter().find(|(_, name)| *name == text).map(|(id, _)| id.clone()));
        match found {
            Some(id) => chosen.update(|chosen| {
                chosen.insert(id);
            }),
            None if text.is_empty() => {}
            None => here.state().complain(&(words.checklist.no_such_entity)(&text)),
        }
    };
    let chips = move || {
        let ids = shown.get();
        let chosen_ones = all.get().into_iter().filter(move |(id, _)| ids.contains(id));
        chosen_ones
            .map(|(id, name)| {
                let label = (words.checklist.unlink)(&name);
                let remove = move |_| {
                    chosen.update(|chosen| {
                        let is_it = |one: &EntityId| {
                            here.now(|incident| incident.is_same_entity(one, &id)).unwrap_or(*one == id)
                        };
                        chosen.retain(|one| !is_it(one));
                    });
                };
                view! {
                    <li class="chip">
                        <span class="chip-body truncate" title=name.clone()>{name.clone()}</span>
                        <button
                            type="button"
                            class="chip-remove"
                            aria-label=label.clone()
                            title=label
                            on:click=remove
                        >
                            <IconView icon=Icon::Close/>
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    view! {
        <ul class="links-list" aria-label=words.fields.settable("entities").into_owned()>{chips}</ul>
        <Combobox
            label=words.checklist.link_entity
            value=""
            suggestions
            on_commit=choose
            placeholder=words.checklist.link_placeholder
            clear_on_commit=true
        />
    }
}

fn save_new(here: Here, draft: Draft) -> bool {
    draft.tried.set(true);
    let message = draft.message.with_untracked(|text| text.trim().to_owned());
    let Some(at) = untrack(|| draft.time()).filter(|_| !message.is_empty()) else { return false };
    let mut event = TimelineEvent::new(EventId::random(here.state().random()), at, message);
    event.kind = draft.kind.with_untracked(|text| text.trim().to_owned());
    event.source = draft.source.with_untracked(|text| text.trim().to_owned());
    event.entities = draft.entities.get_untracked();
    here.act_and_say(
        |incident, _| Act::AddEvent(incident.id.clone(), Arc::new(event)),
        here.words.timeline.added,
    )
}

/// Saves what was changed as one act.
fn save_changes(here: Here, draft: Draft, event: &TimelineEvent) -> bool {
    draft.tried.set(true);
    let text = |signal: RwSignal<String>| signal.with_untracked(|text| text.trim().to_owned());
    let message = text(draft.message);
    let Some(at) = untrack(|| draft.time()).filter(|_| !message.is_empty()) else { return false };
    let fields = [
        EventField::At(at),
        EventField::Message(message),
        EventField::Kind(text(draft.kind)),
        EventField::Source(text(draft.source)),
        EventField::Entities(draft.entities.get_untracked()),
    ];
    let id = here.id();
    let changed: Vec<Act> = fields
        .into_iter()
        .filter(|field| field.of(event) != *field)
        .map(|field| Act::SetEvent(id.clone(), event.id.clone(), field))
        .collect();
    changed.is_empty() || here.state().act(Act::All(changed))
}
