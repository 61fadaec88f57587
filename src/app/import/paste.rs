//! The box for pasting a text: for whoever has no file, or cannot drop one.

use leptos::prelude::*;

use super::Import;
use crate::app::{
    parts::{
        button::{Button, ButtonKind},
        dialog::Dialog,
        field::TextArea,
        icon::Icon,
    },
    prefs::use_words,
};

/// The box for pasting.
#[component]
pub fn PasteDialog(import: Import) -> impl IntoView {
    let words = use_words();
    let texts = &words.import;
    let text = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    let is_empty = move || text.with(|text| text.trim().is_empty());
    let error = Signal::derive(move || (tried.get() && is_empty()).then(|| texts.paste_empty.to_owned()));
    let read = move || {
        tried.set(true);
        if !is_empty() {
            import.read_text(text.get_untracked());
        }
    };
    let reset = move || {
        text.set(String::new());
        tried.set(false);
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel on_press=move || import.paste_open.set(false)/>
            <Button label=texts.paste_read icon=Icon::Check kind=ButtonKind::Primary on_press=read/>
        }
    };
    view! {
        <Dialog open=import.paste_open title=texts.paste_title actions on_close=reset>
            <TextArea
                label=texts.paste_label
                hint=texts.paste_hint
                error
                code=true
                rows=12
                value=text
                on_input=move |typed| text.set(typed)
            />
        </Dialog>
    }
}
