//! A step of the incident's checklist: the row with its marks, and its body while it is open.

use leptos::prelude::*;

use super::{body::Body, desk::use_desk, fork::KeptMarks};
use crate::{
    app::{
        pages::step::{
            handle::StepHandle,
            marks::{Decision, DueMark, Excerpt, Holder, Origin},
            row::StepRow,
        },
        parts::icon::{Icon, IconView},
        prefs::use_words,
    },
    model::StepId,
    playbooks::{ChecklistStep, StepText},
};

/// A step.
#[component]
pub fn Row(
    /// Its id.
    id: StepId,
) -> impl IntoView {
    let desk = use_desk();
    let step = desk.step_now(&id)?;
    let handle = desk.handle(&step);
    let expanded = {
        let id = id.clone();
        Memo::new(move |_| desk.expanded.with(|open| open.contains(&id)))
    };
    let toggle = move || {
        desk.expanded.update(|open| {
            if !open.remove(&id) {
                open.insert(id.clone());
            }
        });
    };
    let depth = match &step.text {
        StepText::Kept(text) => text.depth,
        StepText::Library(..) | StepText::Own(_) => 0,
    };
    let body_step = step.clone();
    Some(view! {
        <StepRow
            step=handle
            expanded
            depth=depth
            on_toggle=toggle
            marks=move || marks(&step, handle)
            body=move || view! { <Body step=body_step.clone() handle/> }
        />
    })
}

fn marks(step: &ChecklistStep, handle: StepHandle) -> impl IntoView + use<> {
    let words = use_words();
    let origin = match (&step.text, &step.place.scenario) {
        (StepText::Own(_), _) => Some(words.checklist.own_step),
        (StepText::Library(playbook, _), Some(_)) => Some(playbook.words(words.lang).title),
        (StepText::Library(..), None) | (StepText::Kept(_), _) => None,
    };
    let links = Memo::new(move |_| handle.now.with(|now| now.entities.len() + now.evidence.len()));
    let linked = move || {
        (links.get() > 0).then(|| {
            view! {
                <span class="step-links">
                    <IconView icon=Icon::Link/>
                    <span>{(words.checklist.links)(links.get())}</span>
                </span>
            }
        })
    };
    view! {
        <div class="step-marks">
            <Decision step=handle/>
            {origin.map(|label| view! { <Origin label/> })}
            <KeptMarks step=step.clone() handle/>
            <Holder step=handle/>
            <DueMark step=handle/>
            {linked}
            <Excerpt step=handle/>
        </div>
    }
}
