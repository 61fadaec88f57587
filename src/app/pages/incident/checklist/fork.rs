//! A step of a kept playbook where ways part: the condition, every way, and which one was chosen; and on which way a step lies.

use leptos::prelude::*;

use super::desk::{Desk, use_desk};
use crate::{
    app::{
        pages::step::handle::StepHandle,
        parts::{
            badge::{Badge, Tone},
            button::{Button, ButtonKind},
            icon::{Icon, IconView},
            radios::{Radio, Radios},
        },
        prefs::use_words,
    },
    model::{ForkKind, StepId, StepPlace, playbook::HOLDS},
    notebook::acts,
    playbooks::{ChecklistStep, KeptText, StepText},
};

/// What a step of a kept playbook shows under its title: where it stands in its playbook, and its fork.
#[component]
pub fn KeptMarks(
    /// The step as it was when it was drawn.
    step: ChecklistStep,
    /// To read and change it.
    handle: StepHandle,
) -> impl IntoView {
    let words = use_words();
    let desk = use_desk();
    let StepText::Kept(text) = &step.text else { return ().into_any() };
    let Some(kept) = text.step() else { return ().into_any() };
    let origin =
        (text.depth == 0).then(|| view! { <Badge label=text.playbook.title.clone() tone=Tone::Accent/> });
    let heading =
        text.new_heading().map(|heading| view! { <span class="step-heading">{heading.to_owned()}</span> });
    let way = way_of(text).map(|(kind, way)| {
        let said = (words.kept.on_way)(kind, &way);
        view! { <span class="step-way"><IconView icon=Icon::ChevronRight/><span>{said}</span></span> }
    });
    let id = step.id.clone();
    let applies = Memo::new(move |_| {
        desk.steps.with(|steps| steps.iter().find(|step| step.id == id).is_none_or(|step| step.applies))
    });
    let out =
        move || (!applies.get()).then(|| view! { <span class="step-out">{words.kept.other_way}</span> });
    let fork = kept.fork.is_some().then(|| view! { <Fork step=step.clone() handle/> });
    view! {
        {origin}
        {way}
        {heading}
        {out}
        {fork}
    }
    .into_any()
}

/// The way that a step lies on, and what parts the ways there.
fn way_of(text: &KeptText) -> Option<(ForkKind, String)> {
    let within = text.step()?.within.as_ref()?;
    let fork = text.playbook.step(&within.step)?.fork.as_ref()?;
    Some((fork.kind, within.way.clone()))
}

/// The condition and the ways, one to be chosen.
#[component]
fn Fork(step: ChecklistStep, handle: StepHandle) -> impl IntoView {
    let words = use_words();
    let texts = &words.kept;
    let desk = use_desk();
    let fork = match &step.text {
        StepText::Kept(text) => text.step().and_then(|kept| kept.fork.clone()),
        StepText::Library(..) | StepText::Own(_) => None,
    };
    let Some(fork) = fork else { return ().into_any() };
    if !fork.kind.is_choice() {
        return view! { <p class="step-fork-said">{words.condition(&fork)}</p> }.into_any();
    }
    let ways = fork.ways.clone();
    let chosen = {
        let ways = ways.clone();
        Signal::derive(move || {
            let way = handle.now.with(|now| now.way.clone());
            way.and_then(|way| ways.iter().position(|known| *known == way)).map_or(0, |at| at + 1)
        })
    };
    let none = Radio { label: texts.not_chosen.to_owned(), text: String::new() };
    let named = ways.iter().map(|way| Radio { label: (texts.way)(way), text: String::new() });
    let radios = std::iter::once(none).chain(named).collect();
    let choose = {
        let (id, place) = (step.id.clone(), step.place.clone());
        move |at: usize| {
            let way = at.checked_sub(1).and_then(|at| ways.get(at)).cloned();
            let state = desk.state();
            let said = match &way {
                Some(way) => (texts.chosen)(&(texts.way)(way)),
                None => texts.taken_back.to_owned(),
            };
            let act = acts::choose_way(&desk.id(), &id, &place, way, &state.author(), &state.now());
            state.act_and_say(act, said);
        }
    };
    let legend = words.condition(&fork);
    let again = (fork.kind == ForkKind::While).then(|| view! { <Again id=step.id.clone() handle/> });
    view! {
        <div class="step-fork">
            <Radios legend radios chosen on_choose=choose/>
            {again}
        </div>
    }
    .into_any()
}

/// Goes round a loop once more: its steps are open again. What was done before stands in the log.
#[component]
fn Again(id: StepId, handle: StepHandle) -> impl IntoView {
    let words = use_words();
    let desk = use_desk();
    let done = Memo::new(move |_| decided_within(desk, &id));
    let holds = Memo::new(move |_| handle.now.with(|now| now.way.as_deref() == Some(HOLDS)));
    let shown = move || holds.get() && done.with(|done| !done.is_empty());
    view! {
        <Show when=shown>
            <Button
                label=words.kept.once_more
                icon=Icon::Redo
                small=true
                kind=ButtonKind::Secondary
                disabled=handle.is_locked()
                on_press=move || {
                    let acts = done.get_untracked();
                    let acts = acts.iter().map(|(step, place)| acts::reopen(&desk.id(), step, place)).collect();
                    desk.state()
                        .act_and_say(crate::notebook::Act::All(acts), words.kept.opened_again.to_owned());
                }
            />
        </Show>
    }
}

/// The steps inside a fork that somebody decided about.
fn decided_within(desk: Desk, fork: &StepId) -> Vec<(StepId, StepPlace)> {
    desk.steps.with(|steps| {
        let mut inside = std::collections::BTreeSet::from([fork]);
        let mut decided = Vec::new();
        for step in steps {
            let StepText::Kept(text) = &step.text else { continue };
            let within = text.step().and_then(|kept| kept.within.as_ref());
            if within.is_some_and(|within| inside.contains(&within.step)) {
                inside.insert(&step.id);
                if step.is_marked() {
                    decided.push((step.id.clone(), step.place.clone()));
                }
            }
        }
        decided
    })
}
