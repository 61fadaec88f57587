//! Erasing everything: asked for by typing a word, done as one edit, undone as one until the page closes.

use leptos::prelude::*;

use super::Panel;
use crate::{
    app::{
        parts::{
            button::{Button, ButtonKind},
            dialog::{Dialog, DialogSize},
            field::TextField,
            icon::Icon,
        },
        prefs::use_words,
        state::{State, use_state},
    },
    notebook::acts,
};

/// Erases everything.
#[component]
pub fn Erase() -> impl IntoView {
    let words = use_words();
    let texts = &words.settings;
    let state = use_state();
    let count = Memo::new(move |_| state.with(|notebook| notebook.rows().len()));
    let read_only = state.is_read_only();
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let confirmed = move || typed.with(|typed| typed.trim().eq_ignore_ascii_case(texts.erase_word));
    let reset = move || typed.set(String::new());
    let erase = move || {
        open.set(false);
        erase_all(state, (texts.erased)(count.get_untracked()));
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel on_press=move || open.set(false)/>
            <Button
                label=texts.erase
                icon=Icon::Trash
                kind=ButtonKind::Danger
                disabled=Signal::derive(move || !confirmed())
                on_press=erase
            />
        }
    };
    view! {
        <Panel title=texts.erase>
            <p class="muted">{texts.erase_text}</p>
            {move || (count.get() == 0).then(|| view! { <p>{texts.erase_nothing}</p> })}
            <Button
                label=texts.erase_action
                icon=Icon::Trash
                kind=ButtonKind::Danger
                disabled=Signal::derive(move || count.get() == 0 || read_only.get())
                on_press=move || open.set(true)
            />
            <Dialog open title=texts.erase_title size=DialogSize::Small actions on_close=reset>
                <p>{move || (texts.erase_warning)(count.get())}</p>
                <TextField
                    label=(texts.erase_label)(texts.erase_word)
                    value=typed
                    on_input=move |text| typed.set(text)
                />
            </Dialog>
        </Panel>
    }
}

fn erase_all(state: State, said: String) {
    let ids: Vec<_> = state.with_now(|notebook| notebook.rows().keys().cloned().collect());
    // Taking it back needs what was deleted.
    for id in &ids {
        state.load(id);
    }
    state.act_and_say(acts::delete(ids), said);
}
