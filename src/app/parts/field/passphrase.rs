//! Fields for a passphrase: one that is known, and one that is chosen, typed twice.

use leptos::prelude::*;

use super::{Frame, Ids};
use crate::app::{
    parts::button::{Button, ButtonKind},
    prefs::use_words,
};

/// The shortest passphrase that is taken, in characters.
const LEAST: usize = 8;

/// From so many characters on a passphrase is called long enough.
const LONG: usize = 20;

/// A passphrase, hidden unless the person wants to see it.
#[component]
pub fn PassphraseField(
    /// What is asked for.
    #[prop(into)]
    label: Signal<String>,
    /// What is in it.
    value: RwSignal<String>,
    /// What is wrong with it, and how to mend it.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// Help that is always in sight.
    #[prop(optional, into)]
    hint: Option<String>,
    /// Whether it is being chosen; then a browser that keeps passwords offers a new one rather than a known one.
    #[prop(optional)]
    is_new: bool,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let words = &use_words().lock;
    let ids = Ids::fresh();
    let hinted = hint.is_some();
    let describe = ids.clone();
    let shown = RwSignal::new(false);
    let toggle = Signal::derive(move || if shown.get() { words.hide } else { words.show }.to_owned());
    view! {
        <Frame ids=ids.clone() label hide_label=false hint error required=false>
            <div class="passphrase">
                <input
                    class="input"
                    id=ids.control.clone()
                    type=move || if shown.get() { "text" } else { "password" }
                    prop:value=move || value.get()
                    disabled=disabled
                    autocomplete=if is_new { "new-password" } else { "current-password" }
                    autocapitalize="none"
                    spellcheck="false"
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=move || describe.described_by(hinted, error.with(Option::is_some))
                    on:input=move |event| value.set(event_target_value(&event))
                />
                <Button
                    label=toggle
                    kind=ButtonKind::Ghost
                    on_press=move || shown.update(|shown| *shown = !*shown)
                />
            </div>
        </Frame>
    }
}

/// A passphrase that is being chosen: typed twice, with a word on its length, which is all that can be told of it honestly.
#[component]
pub fn NewPassphrase(
    /// The passphrase, once it is long enough and the same both times.
    chosen: RwSignal<Option<String>>,
    /// Whether it cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let words = &use_words().lock;
    let (one, again) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    Effect::new(move |_| {
        let passphrase = one.get();
        let is_taken = passphrase.chars().count() >= LEAST && again.with(|again| *again == passphrase);
        chosen.set(is_taken.then_some(passphrase));
    });
    let length = move || match one.with(|one| one.chars().count()) {
        0 => words.hint.to_owned(),
        short if short < LEAST => (words.too_short)(LEAST),
        fair if fair < LONG => words.fair.to_owned(),
        _ => words.long.to_owned(),
    };
    let differs = Signal::derive(move || {
        let differs = again.with(|again| {
            one.with(|one| {
                !again.is_empty() && (again.chars().count() >= one.chars().count()) && again != one
            })
        });
        differs.then(|| words.not_same.to_owned())
    });
    view! {
        <PassphraseField label=words.new value=one is_new=true disabled/>
        <p class="field-hint" aria-live="polite">{length}</p>
        <PassphraseField label=words.again value=again error=differs is_new=true disabled/>
    }
}
