//! What stands under a step's title at all times: who decided and when, who has it, when it is due, what came of it.

use leptos::prelude::*;

use super::{handle::StepHandle, when::has_passed};
use crate::{
    app::{
        parts::{
            assignee::Assignee,
            badge::{Badge, Tone},
            icon::{Icon, IconView},
            time::{Time, TimeStyle},
        },
        prefs::use_words,
    },
    model::{Mark, Marked},
};

/// Who decided about the step, when, and why it was skipped; nothing while it is open.
#[component]
pub fn Decision(
    /// The step.
    step: StepHandle,
) -> impl IntoView {
    let words = &use_words().checklist;
    let marked = Memo::new(move |_| step.now.with(|now| now.marked.clone()));
    let shown = move |marked: Marked| {
        let (said, icon, reason) = match marked.mark {
            Mark::Done => ((words.done_by)(&marked.by), Icon::Check, None),
            Mark::Skipped(reason) => ((words.skipped_by)(&marked.by), Icon::Skip, Some(reason)),
        };
        view! {
            <span class="step-decision">
                <IconView icon/>
                <span>{said} " · " <Time at=marked.at.millis() original=marked.at.text()/></span>
            </span>
            {reason.map(|reason| view! { <span class="step-excerpt" title=reason.clone()>{reason.clone()}</span> })}
        }
    };
    move || marked.get().map(shown)
}

/// Who has it, if anybody.
#[component]
pub fn Holder(
    /// The step.
    step: StepHandle,
) -> impl IntoView {
    let name = Memo::new(move |_| step.now.with(|now| now.assignee.clone()));
    move || name.get().map(|name| view! { <Assignee name=Some(name)/> })
}

/// When an open step is due; past that, as a warning.
#[component]
pub fn DueMark(
    /// The step.
    step: StepHandle,
) -> impl IntoView {
    let words = &use_words().checklist;
    let due = Memo::new(move |_| step.now.with(|now| now.due.clone().filter(|_| now.marked.is_none())));
    let overdue = has_passed(due.into(), step.notebook().minute());
    move || {
        let overdue = overdue.get();
        due.get().map(|due| {
            let said = if overdue { words.overdue } else { words.due };
            view! {
                <span class="step-due" data-overdue=overdue.then_some("")>
                    <IconView icon=if overdue { Icon::Warning } else { Icon::Clock }/>
                    <span>{said} " " <Time at=due.millis() style=TimeStyle::Minute/></span>
                </span>
            }
        })
    }
}

/// The beginning of what came of it.
#[component]
pub fn Excerpt(
    /// The step.
    step: StepHandle,
) -> impl IntoView {
    let outcome = Memo::new(move |_| step.now.with(|now| now.outcome.clone()));
    move || {
        let outcome = outcome.get();
        (!outcome.is_empty())
            .then(|| view! { <span class="step-excerpt" title=outcome.clone()>{outcome.clone()}</span> })
    }
}

/// Where a step comes from, when it is not the general playbook.
#[component]
pub fn Origin(
    /// The scenario, or that it is the responder's own.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! { <Badge label tone=Tone::Accent/> }
}
