//! One event: when, what, who tells it, what it is about, and the row it came from. It can be corrected and removed here.

use leptos::prelude::*;

use super::{OPEN, form::EventForm};
use crate::{
    app::{
        pages::incident::{
            here::{Here, use_here},
            linked_entities::LinkedEntities,
            other_fields::OtherFields,
            stepper::Stepper,
        },
        parts::{
            button::{Button, ButtonKind},
            description_list::{DescriptionList, Fact},
            dialog::{Dialog, DialogSize},
            icon::Icon,
            when::When,
        },
        prefs::use_words,
    },
    formats::defang::defang_text,
    model::{EventId, TimelineEvent},
    notebook::Act,
};

/// The event that the address names, over the page.
#[component]
pub fn EventDetail(
    /// The ids of the events in the list, for going on to the next.
    shown: Memo<Vec<String>>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.timeline;
    let asked = here.asked(OPEN);
    let event = Memo::new(move |_| {
        let id = EventId::try_from(asked.get().as_str()).ok()?;
        here.read(|incident| incident.events.get(&id).cloned()).flatten()
    });
    let open = RwSignal::new(false);
    let editing = RwSignal::new(false);
    Effect::new(move |_| {
        open.set(event.with(Option::is_some));
        asked.track();
        editing.set(false);
    });
    let actions = move || {
        view! {
            <Button
                label=texts.remove
                icon=Icon::Trash
                kind=ButtonKind::Danger
                disabled=here.cannot_write()
                on_press=move || {
                    if let Some(event) = event.get_untracked() {
                        remove(here, &event);
                    }
                }
            />
            <Button
                label=words.incident.edit
                icon=Icon::Edit
                disabled=here.cannot_write()
                on_press=move || editing.set(true)
            />
            <Stepper key_in_address=OPEN shown/>
        }
    };
    let content = move || {
        let event = event.get()?;
        Some(if editing.get() {
            view! { <EventForm event on_done=move || editing.set(false)/> }.into_any()
        } else {
            view! { <Told event/> }.into_any()
        })
    };
    view! {
        <Dialog
            open
            title=texts.event
            size=DialogSize::Large
            actions
            on_close=move || here.ask(OPEN, "")
        >
            {content}
        </Dialog>
    }
}

fn remove(here: Here, event: &TimelineEvent) {
    let words: String = event.message.chars().take(60).collect();
    here.ask(OPEN, "");
    here.act_and_say(
        |incident, _| Act::RemoveEvent(incident.id.clone(), event.id.clone()),
        (here.words.timeline.removed)(&words),
    );
}

/// What is known of it.
#[component]
fn Told(event: TimelineEvent) -> impl IntoView {
    let words = use_words();
    let texts = &words.timeline;
    let label = move |field: &str| words.fields.settable(field).into_owned();
    let text = move |field: &'static str, text: &str| {
        let text = defang_text(text).into_owned();
        (!text.is_empty())
            .then(|| view! { <Fact name=label(field)><span class="incident-value">{text}</span></Fact> })
    };
    let written = event.written.clone().map(|written| {
        view! { <Fact name=texts.written><span class="incident-value">{written}</span></Fact> }
    });
    let ids = event.entities;
    view! {
        <p class="incident-text">{defang_text(&event.message).into_owned()}</p>
        <DescriptionList>
            <Fact name=label("at")><When at=event.at.clone()/></Fact>
            {written}
            {text("eventKind", &event.kind)}
            {text("eventSource", &event.source)}
        </DescriptionList>
        <LinkedEntities is_about=move |incident, entity| incident.is_among(&entity.id, &ids)/>
        <OtherFields fields=event.extra/>
    }
}
