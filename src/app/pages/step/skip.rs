//! The question why a step is left out.

use leptos::prelude::*;

use super::handle::StepHandle;
use crate::app::{
    parts::{
        button::{Button, ButtonKind},
        dialog::{Dialog, DialogSize},
        field::TextArea,
    },
    prefs::use_words,
};

/// Asks for a reason and skips. Open while `step` holds one.
#[component]
pub fn SkipDialog(
    /// The step that is to be skipped.
    step: RwSignal<Option<StepHandle>>,
) -> impl IntoView {
    let words = use_words();
    let texts = &words.checklist;
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let error = RwSignal::new(None);
    Effect::new(move |_| {
        if step.with(Option::is_some) {
            reason.set(String::new());
            error.set(None);
            open.set(true);
        }
    });
    let skip = move || {
        let Some(step) = step.get_untracked() else { return };
        let why = reason.get_untracked();
        if why.trim().is_empty() {
            error.set(Some(texts.reason_missing.to_owned()));
            return;
        }
        let title = step.title.try_get_untracked().unwrap_or_default();
        open.set(false);
        step.skip(&why, (texts.skipped)(&title));
    };
    let title = move || step.get().and_then(|step| step.title.try_get());
    view! {
        <Dialog
            open
            title=texts.skip_title
            size=DialogSize::Small
            on_close=move || step.set(None)
            actions=move || {
                view! {
                    <Button label=words.parts.cancel on_press=move || open.set(false)/>
                    <Button label=texts.skip_step kind=ButtonKind::Primary on_press=skip/>
                }
            }
        >
            <p class="skip-title">{title}</p>
            <TextArea
                label=texts.skip_reason
                value=reason
                on_input=move |text| reason.set(text)
                hint=texts.skip_hint
                error
                rows=2
                required=true
            />
        </Dialog>
    }
}
