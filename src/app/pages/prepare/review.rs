//! When a preparation step is looked at again: the date, what says that it has come, and how to answer it.

use leptos::prelude::*;

use crate::{
    app::{
        pages::step::{
            handle::StepHandle,
            when::{has_passed, in_months},
        },
        parts::{
            button::{Button, ButtonKind},
            field::{InputKind, TextField},
            icon::{Icon, IconView},
            time::{TimeStyle, format_time},
        },
        prefs::{Zone, use_words},
    },
    model::{StepField, Time},
    notebook::acts,
};

/// The months after which a review is offered.
const OFFERED: [u32; 3] = [3, 6, 12];

fn due_of(step: StepHandle) -> Memo<Option<Time>> {
    Memo::new(move |_| step.now.with(|now| now.due.clone()))
}

/// The day as a field for a date takes it.
fn day_of(time: &Time) -> String {
    time.text().chars().take(10).collect()
}

/// The review date in the list; a warning once it has come, and the button that answers it.
#[component]
pub fn ReviewMark(
    /// The step.
    step: StepHandle,
) -> impl IntoView {
    let words = use_words();
    let texts = &words.playbooks;
    let due = due_of(step);
    let has_come = has_passed(due.into(), step.notebook().minute());
    let review = move || {
        let Ok(next) = Time::parse(&in_months(12)) else { return };
        let (now, by) = (step.notebook().now(), step.notebook().author());
        let said = (texts.reviewed)(&step.title.get_untracked());
        step.notebook().act_and_say(acts::review(&step.id(), next, &by, &now), said);
    };
    move || {
        let has_come = has_come.get();
        due.get().map(|due| {
            // A date is the same date everywhere; in a zone of its own it could be the day before.
            let date = format_time(due.millis(), words.lang, Zone::Utc, TimeStyle::Date);
            let said = if has_come { texts.review_due } else { texts.review_on };
            view! {
                <span class="step-due" data-overdue=has_come.then_some("")>
                    <IconView icon=if has_come { Icon::Warning } else { Icon::Clock }/>
                    <span>{format!("{said} {date}")}</span>
                </span>
                {has_come
                    .then(|| {
                        view! {
                            <Button
                                label=texts.still_in_place
                                icon=Icon::Check
                                small=true
                                disabled=step.is_locked()
                                on_press=review
                            />
                        }
                    })}
            }
        })
    }
}

/// Sets the review date.
#[component]
pub fn ReviewField(
    /// The step.
    step: StepHandle,
) -> impl IntoView {
    let words = use_words();
    let texts = &words.playbooks;
    let due = due_of(step);
    let error = RwSignal::new(None);
    let commit = move |text: String| {
        let date = Time::parse(&text).ok();
        error.set((date.is_none() && !text.is_empty()).then(|| words.checklist.bad_time.to_owned()));
        if date.is_some() || text.is_empty() {
            step.set(StepField::Due(date));
        }
    };
    let offers = OFFERED.map(|months| {
        view! {
            <Button
                label=(texts.review_in)(months)
                small=true
                kind=ButtonKind::Ghost
                disabled=step.is_locked()
                on_press=move || commit(in_months(months))
            />
        }
    });
    view! {
        <div class="step-field">
            <TextField
                label=texts.review_date
                kind=InputKind::Date
                value=Signal::derive(move || {
                    due.with(|due| due.as_ref().map(day_of).unwrap_or_default())
                })
                on_commit=commit
                error
                disabled=step.is_locked()
            />
            <div class="cluster">
                {offers.collect_view()}
                <Show when=move || due.with(Option::is_some)>
                    <Button
                        label=texts.clear_review
                        small=true
                        kind=ButtonKind::Ghost
                        disabled=step.is_locked()
                        on_press=move || commit(String::new())
                    />
                </Show>
            </div>
        </div>
    }
}
