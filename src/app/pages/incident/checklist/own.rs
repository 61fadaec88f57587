//! Adding a step of the responder's own.

use leptos::prelude::*;

use super::desk::use_desk;
use crate::{
    app::{
        parts::{
            button::{Button, ButtonKind},
            dialog::Dialog,
            field::{TextArea, TextField},
        },
        prefs::use_words,
    },
    model::{OwnStep, StepId},
    notebook::Act,
};

/// Asks what is to be done, and adds it to the phase that the desk names.
#[component]
pub fn AddDialog() -> impl IntoView {
    let words = use_words();
    let texts = &words.checklist;
    let desk = use_desk();
    let open = RwSignal::new(false);
    let title = RwSignal::new(String::new());
    let how = RwSignal::new(String::new());
    let error = RwSignal::new(None);
    Effect::new(move |_| {
        if desk.adding.with(Option::is_some) {
            title.set(String::new());
            how.set(String::new());
            error.set(None);
            open.set(true);
        }
    });
    let add = move || {
        let Some(phase) = desk.adding.get_untracked() else { return };
        let title = title.get_untracked().trim().to_owned();
        if title.is_empty() {
            error.set(Some(texts.title_missing.to_owned()));
            return;
        }
        let said = (texts.step_added)(&title);
        let own = OwnStep { phase, title, how: how.get_untracked().trim().to_owned() };
        let step = StepId::random(desk.state().random());
        open.set(false);
        desk.state().act_and_say(Act::AddOwnStep(desk.id(), step, own), said);
    };
    let heading = move || {
        let phase = desk.adding.get().map(|phase| words.vocabulary.phase(phase)).unwrap_or_default();
        (texts.add_step_title)(phase)
    };
    view! {
        <Dialog
            open
            title=Signal::derive(heading)
            on_close=move || desk.adding.set(None)
            actions=move || {
                view! {
                    <Button label=words.parts.cancel on_press=move || open.set(false)/>
                    <Button label=texts.add_step kind=ButtonKind::Primary on_press=add/>
                }
            }
        >
            <TextField
                label=texts.step_title
                value=title
                on_input=move |text| title.set(text)
                error
                required=true
            />
            <TextArea
                label=texts.step_how
                value=how
                on_input=move |text| how.set(text)
                hint=texts.step_how_hint
                max_length=30_000
            />
        </Dialog>
    }
}
