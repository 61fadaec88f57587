//! Withdraws an entry of a chain of custody that does not hold: the entry stays, and another one says so.

use leptos::prelude::*;

use crate::{
    app::{
        pages::incident::here::use_here,
        parts::{
            button::{Button, ButtonKind},
            field::TextArea,
        },
        prefs::use_words,
    },
    model::{CustodyEvent, EvidenceId},
    notebook::Act,
};

/// The form.
#[component]
pub fn WithdrawForm(
    /// Of which item.
    id: EvidenceId,
    /// What did not happen like this.
    event: CustodyEvent,
    /// Called when it is withdrawn, or left.
    #[prop(into)]
    on_done: Callback<()>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.evidence;
    let why = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let missing = Signal::derive(move || {
        (tried.get() && why.with(|why| why.trim().is_empty())).then(|| texts.reason_missing.to_owned())
    });
    let said = format!("{} {}", event.by, words.log.handling(&event));
    let stored = StoredValue::new((id, event));
    let save = move || {
        tried.set(true);
        let why = why.with_untracked(|why| why.trim().to_owned());
        if why.is_empty() {
            return;
        }
        let (id, event) = stored.get_value();
        if here.act(|incident, _| Act::WithdrawCustody(incident.id.clone(), id, event, why)) {
            on_done.run(());
        }
    };
    view! {
        <section class="panel evidence-task" aria-label=texts.withdraw_this>
            <h3>{texts.withdraw_this}</h3>
            <blockquote class="evidence-quote">{said}</blockquote>
            <p class="muted">{texts.withdraw_hint}</p>
            <TextArea
                label=texts.withdraw_why
                value=why
                rows=2
                error=missing
                on_input=move |text| why.set(text)
            />
            <div class="incident-form-actions">
                <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=move || on_done.run(())/>
                <Button label=texts.withdraw kind=ButtonKind::Primary on_press=save/>
            </div>
        </section>
    }
}
