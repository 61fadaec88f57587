//! The fields of what was done about a step: outcome, assignee and due time.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::handle::StepHandle;
use crate::{
    app::{
        parts::{
            button::{Button, ButtonKind},
            combobox::Combobox,
            field::{InputKind, TextArea, TextField},
            icon::Icon,
            moment::{read_moment, write_moment},
        },
        prefs::{Zone, use_prefs, use_words},
        state::State,
    },
    model::StepField,
    notebook::Notebook,
};

/// What came of it.
#[component]
pub fn OutcomeField(
    /// The step.
    step: StepHandle,
) -> impl IntoView {
    let words = &use_words().checklist;
    view! {
        <TextArea
            label=words.outcome
            value=Signal::derive(move || step.now.with(|now| now.outcome.clone()))
            on_commit=move |text: String| {
                step.set(StepField::Outcome(text.trim_end().to_owned()));
            }
            hint=words.outcome_hint
            rows=2
            max_length=30_000
            disabled=step.is_locked()
        />
    }
}

/// Who is to do it.
#[component]
pub fn AssigneeField(
    /// The step.
    step: StepHandle,
    /// The names to suggest.
    #[prop(into)]
    people: Signal<Vec<String>>,
) -> impl IntoView {
    let words = &use_words().checklist;
    let author = step.notebook().author();
    let mine = {
        let author = author.clone();
        Memo::new(move |_| step.now.with(|now| now.assignee.as_deref() == Some(author.as_str())))
    };
    view! {
        <div class="step-field">
            <Combobox
                label=words.assigned_to
                value=Signal::derive(move || step.now.with(|now| now.assignee.clone().unwrap_or_default()))
                suggestions=people
                on_commit=move |name: String| {
                    step.set(StepField::Assignee(Some(name).filter(|name| !name.is_empty())));
                }
                disabled=step.is_locked()
            />
            <Button
                label=words.assign_me
                icon=Icon::User
                small=true
                kind=ButtonKind::Ghost
                disabled=Signal::derive(move || mine.get() || step.is_locked().get())
                on_press=move || {
                    step.set(StepField::Assignee(Some(author.clone())));
                }
            />
        </div>
    }
}

/// When it is due, to the minute.
#[component]
pub fn DueField(
    /// The step.
    step: StepHandle,
) -> impl IntoView {
    let words = &use_words().checklist;
    let prefs = use_prefs();
    let error = RwSignal::new(None);
    let has_due = Memo::new(move |_| step.now.with(|now| now.due.is_some()));
    let commit = move |text: String| {
        let due = read_moment(&text, prefs);
        error.set((due.is_none() && !text.is_empty()).then(|| words.bad_time.to_owned()));
        if due.is_some() || text.is_empty() {
            step.set(StepField::Due(due));
        }
    };
    view! {
        <div class="step-field">
            <TextField
                label=Signal::derive(move || {
                    match prefs.zone().get() {
                        Zone::Local => words.due_at.to_owned(),
                        Zone::Utc => words.due_at_utc.to_owned(),
                    }
                })
                kind=InputKind::DateTime
                value=Signal::derive(move || {
                    prefs.zone().track();
                    step.now.with(|now| now.due.as_ref().map(|due| write_moment(due, prefs)).unwrap_or_default())
                })
                on_commit=commit
                error
                disabled=step.is_locked()
            />
            <Show when=move || has_due.get()>
                <Button
                    label=words.clear_due
                    icon=Icon::Close
                    small=true
                    kind=ButtonKind::Ghost
                    disabled=step.is_locked()
                    on_press=move || {
                        step.set(StepField::Due(None));
                    }
                />
            </Show>
        </div>
    }
}

/// Everybody whom work was ever given to in this notebook, and the one who is writing.
pub fn people(state: State) -> Memo<Vec<String>> {
    let prefs = use_prefs();
    Memo::new(move |_| {
        let mut names: BTreeSet<String> = state.with(named);
        names.extend(Some(prefs.author().get()).filter(|author| !author.is_empty()));
        names.into_iter().collect()
    })
}

fn named(notebook: &Notebook) -> BTreeSet<String> {
    let of_incidents = notebook.rows().values().filter_map(|row| row.assignee.clone());
    let of_preparation = notebook.preparation().steps.values().filter_map(|step| step.assignee.clone());
    of_incidents.chain(of_preparation).collect()
}
