//! What a preparation step shows when it is open.

use leptos::prelude::*;

use super::review::ReviewField;
use crate::{
    app::{
        pages::step::{
            fields::{AssigneeField, OutcomeField},
            handle::StepHandle,
            instructions::Instructions,
        },
        parts::{button::Button, icon::Icon},
        prefs::use_words,
    },
    playbooks::Step,
};

/// The body of a preparation step.
#[component]
pub fn Body(
    /// The step.
    step: &'static Step,
    /// To read and change it.
    handle: StepHandle,
    /// Where it goes to be skipped.
    skipping: RwSignal<Option<StepHandle>>,
    /// The names to suggest.
    people: Memo<Vec<String>>,
) -> impl IntoView {
    let words = &use_words().checklist;
    let marked = Memo::new(move |_| handle.now.with(|now| now.marked.is_some()));
    let decide = move || {
        if marked.get() {
            view! {
                <Button
                    label=words.reopen
                    icon=Icon::Redo
                    small=true
                    disabled=handle.is_locked()
                    on_press=move || {
                        let said = (words.reopened)(&handle.title.get_untracked());
                        handle.set_and_say(crate::model::StepField::Marked(None), said);
                    }
                />
            }
        } else {
            view! {
                <Button
                    label=words.skip
                    icon=Icon::Skip
                    small=true
                    disabled=handle.is_locked()
                    on_press=move || skipping.set(Some(handle))
                />
            }
        }
    };
    view! {
        <Instructions step/>
        <OutcomeField step=handle/>
        <div class="step-fields">
            <AssigneeField step=handle people/>
            <ReviewField step=handle/>
        </div>
        <div class="step-actions">{decide}</div>
    }
}
