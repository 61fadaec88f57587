//! What a step shows when it is open: its instructions, the facts it is about, and the fields of what was done.

use leptos::prelude::*;

use super::{
    desk::use_desk,
    evidence_links::EvidenceLinks,
    facts::Facts,
    links::{Links, linked_entities},
};
use crate::{
    app::{
        pages::step::{
            fields::{AssigneeField, DueField, OutcomeField},
            handle::StepHandle,
            instructions::{How, Instructions, Labelled},
        },
        parts::{
            button::{Button, ButtonKind},
            icon::Icon,
            markdown::Markdown,
        },
        prefs::use_words,
    },
    model::EntityKind,
    notebook::Act,
    playbooks::{ChecklistStep, StepText},
};

/// The body of a step.
#[component]
pub fn Body(
    /// The step as it was when it was drawn; what was done about it is read from the handle.
    step: ChecklistStep,
    /// To read and change it.
    handle: StepHandle,
) -> impl IntoView {
    let words = &use_words().checklist;
    let desk = use_desk();
    let linked = linked_entities(desk, handle);
    let (instructions, kinds, is_own) = match step.text {
        StepText::Library(_, step) => {
            let kinds: Vec<_> = step.entities.iter().filter_map(|code| EntityKind::parse(code)).collect();
            (view! { <Instructions step linked/> }.into_any(), kinds, false)
        }
        StepText::Kept(ref text) => {
            let how = text.step().map(|kept| kept.how.clone()).filter(|how| !how.is_empty());
            let how = how.map(|how| {
                let how = Signal::stored(how);
                view! { <Labelled label=words.how><Markdown text=how/></Labelled> }
            });
            (how.into_any(), Vec::new(), false)
        }
        StepText::Own(own) => {
            let how = (!own.how.is_empty())
                .then(|| view! { <Labelled label=words.how><How text=own.how/></Labelled> });
            (how.into_any(), Vec::new(), true)
        }
    };
    let facts = (!kinds.is_empty()).then(|| view! { <Facts kinds step=handle/> });
    let id = step.id.clone();
    let remove = is_own.then(|| {
        let remove = move || {
            let said = (words.step_removed)(&handle.title.get_untracked());
            desk.state().act_and_say(Act::RemoveOwnStep(desk.id(), id.clone()), said);
        };
        view! {
            <Button
                label=words.remove_step
                icon=Icon::Trash
                small=true
                kind=ButtonKind::Danger
                disabled=handle.is_locked()
                on_press=remove
            />
        }
    });
    view! {
        {instructions}
        {facts}
        <Links step=handle linked/>
        <EvidenceLinks step=handle/>
        <OutcomeField step=handle/>
        <div class="step-fields">
            <AssigneeField step=handle people=desk.people/>
            <DueField step=handle/>
        </div>
        <div class="step-actions">
            <SkipOrReopen step=handle/>
            {remove}
        </div>
    }
}

#[component]
fn SkipOrReopen(step: StepHandle) -> impl IntoView {
    let words = &use_words().checklist;
    let desk = use_desk();
    let marked = Memo::new(move |_| step.now.with(|now| now.marked.is_some()));
    move || {
        if marked.get() {
            view! {
                <Button
                    label=words.reopen
                    icon=Icon::Redo
                    small=true
                    disabled=step.is_locked()
                    on_press=move || {
                        step.reopen();
                    }
                />
            }
        } else {
            view! {
                <Button
                    label=words.skip
                    icon=Icon::Skip
                    small=true
                    disabled=step.is_locked()
                    on_press=move || desk.skipping.set(Some(step))
                />
            }
        }
    }
}
