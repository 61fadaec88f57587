//! What a finished phase offers: to stop the clock that it stands for.

use leptos::prelude::*;

use super::desk::use_desk;
use crate::{
    app::{
        parts::{
            badge::Tone,
            banner::Banner,
            button::{Button, ButtonKind},
        },
        prefs::use_words,
    },
    model::{Clock, Phase},
    notebook::acts,
};

/// Offers to mark the incident as contained, or as reviewed, once every step of that phase is decided.
#[component]
pub fn Offer(
    /// The phase.
    phase: Phase,
) -> impl IntoView {
    let words = &use_words().checklist;
    let (clock, title, text, act, said) = match phase {
        Phase::Containment => (
            Clock::Contained,
            words.all_contained,
            words.all_contained_text,
            words.mark_contained,
            words.marked_contained,
        ),
        Phase::Review => (
            Clock::Reviewed,
            words.all_reviewed,
            words.all_reviewed_text,
            words.mark_reviewed,
            words.marked_reviewed,
        ),
        _ => return ().into_any(),
    };
    let desk = use_desk();
    let progress = desk.progress(phase);
    let runs = Memo::new(move |_| {
        desk.incident
            .with(|incident| incident.as_ref().is_some_and(|incident| clock.of(&incident.clocks).is_none()))
    });
    let stop = move || {
        let now = desk.state().now();
        desk.state().act_and_say(acts::set(&desk.id(), clock.field(Some(now))), said);
    };
    let actions = move || {
        view! {
            <Button
                label=act
                small=true
                kind=ButtonKind::Primary
                disabled=desk.state().is_read_only()
                on_press=stop
            />
        }
    };
    view! {
        <Show when=move || progress.get().is_complete() && runs.get()>
            <Banner tone=Tone::Success title actions>{text}</Banner>
        </Show>
    }
    .into_any()
}
