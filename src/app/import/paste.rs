//! The door that `i` opens from every page: a box for pasting a text, and ways to choose files or a folder.

use leptos::prelude::*;

use super::{ACCEPT, Import};
use crate::app::{
    parts::{
        button::{Button, ButtonKind},
        dialog::Dialog,
        field::TextArea,
        file_drop::FileButton,
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
            <FileButton label=words.intake.choose_folder folder=true on_files=move |files| import.read_files(files)/>
            <FileButton multiple=true accept=ACCEPT on_files=move |files| import.read_files(files)/>
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
