//! Offers the next steps for a device, account or mailbox that was just found: it is analysed and contained like the
//! ones before it.

use leptos::prelude::*;

use crate::{
    app::{
        pages::incident::here::{Here, use_here},
        parts::{
            badge::Tone,
            banner::Banner,
            button::{Button, ButtonKind},
        },
        prefs::use_words,
    },
    model::{EntityId, EntityKind, Phase, StepId},
    notebook::acts,
};

/// Whether a newly found entity of this kind is to be analysed and contained.
pub fn asks_for_more(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Device | EntityKind::User | EntityKind::Mailbox | EntityKind::Application)
}

/// The offer, while there is one that has not been taken yet.
#[component]
pub fn FollowUpOffer() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let name = Memo::new(move |_| {
        let id = here.offer.get()?;
        here.read(|incident| {
            let linked = |step: &StepId| {
                incident
                    .checklist
                    .steps
                    .get(step)
                    .is_some_and(|state| incident.is_among(&id, &state.entities))
            };
            let has_steps = incident.checklist.own.keys().any(linked);
            incident.entity(&id).filter(|_| !has_steps).map(|entity| entity.name())
        })
        .flatten()
    });
    move || {
        let name = name.get()?;
        let actions = move || {
            view! {
                <Button
                    label=words.incident.follow_up_add
                    small=true
                    kind=ButtonKind::Primary
                    disabled=here.cannot_write()
                    on_press=move || add_steps(here)
                />
            }
        };
        Some(view! {
            <Banner
                tone=Tone::Accent
                title=(words.incident.follow_up)(&name)
                actions
                on_dismiss=move || here.offer.set(None)
            >
                <p>{words.incident.follow_up_text}</p>
            </Banner>
        })
    }
}

fn add_steps(here: Here) {
    let words = &here.words.incident;
    let Some(id) = here.offer.get_untracked() else { return };
    let name =
        here.now(|incident| incident.entity(&id).map(|entity| entity.name())).flatten().unwrap_or_default();
    let step = |phase, title| (StepId::random(here.state().random()), phase, title);
    let steps = [
        step(Phase::Analysis, (words.follow_up_analyse)(&name)),
        step(Phase::Containment, (words.follow_up_contain)(&name)),
    ];
    if here.act_and_say(|incident, _| acts::follow_up(incident, &id, steps), words.follow_up_added) {
        here.offer.set(None);
    }
}

/// Offers the steps for an entity that was just written down.
pub fn offer(here: Here, id: &EntityId, kind: EntityKind) {
    if asks_for_more(kind) {
        here.offer.set(Some(id.clone()));
    }
}
