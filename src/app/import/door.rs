//! The door itself: what is dropped, picked or pasted anywhere comes in here. It also holds the dialogs of the import.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, File, HtmlElement};

use super::{Import, parts, paste, preview, unseal, use_import};
use crate::app::{
    actions::{Action, use_global_actions},
    browser,
    parts::{file_drop::FileDrop, icon::Icon},
};

/// Which files the browser's picker offers first.
pub const ACCEPT: &str = ".json,.ndjson,.jsonl,.csv,.tsv,.txt,.md";

/// The hidden input behind the picker.
const PICKER: &str = "import-picker";

impl Import {
    /// Opens the browser's file picker.
    pub fn pick(self) {
        if let Some(input) = browser::find(&format!("#{PICKER}")) {
            input.click();
        }
    }

    /// Reads what is pasted outside of a field, for as long as the caller is on screen.
    pub fn listen_for_paste(self) {
        let listener = window_event_listener_untyped("paste", move |event| {
            let Some(event) = event.dyn_ref::<ClipboardEvent>() else { return };
            let in_field =
                event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()).is_some_and(
                    |target| target.closest("input, textarea, [contenteditable]").ok().flatten().is_some(),
                );
            if in_field || browser::find("dialog[open]").is_some() {
                return;
            }
            let Some(data) = event.clipboard_data() else { return };
            let files: Vec<File> = data
                .files()
                .map(|files| (0..files.length()).filter_map(|i| files.item(i)).collect())
                .unwrap_or_default();
            if !files.is_empty() {
                event.prevent_default();
                self.read_files(files);
            } else if let Ok(text) = data.get_data("text/plain")
                && !text.trim().is_empty()
            {
                event.prevent_default();
                self.read_text(text);
            }
        });
        on_cleanup(move || listener.remove());
    }
}

/// Takes files that are dropped anywhere, and holds the picker and the dialogs. Stands once, in the shell.
#[component]
pub fn ImportDoor() -> impl IntoView {
    let import = use_import();
    let label = import.words().incidents.import;
    let read_only = import.state.is_read_only();
    let door =
        Action::new("import", import.words().import.paste_title, Icon::Upload, move || import.open_paste())
            .keys("i")
            .when(Signal::derive(move || !read_only.get()));
    use_global_actions(vec![door]);
    import.listen_for_paste();
    view! {
        <FileDrop on_files=move |files| import.read_files(files) on_text=move |text| import.read_text(text)/>
        <input
            id=PICKER
            type="file"
            hidden
            multiple
            accept=ACCEPT
            aria-label=label
            on:change:target=move |event| {
                let files = event.target().files();
                let files: Vec<File> = files
                    .map(|files| (0..files.length()).filter_map(|i| files.item(i)).collect())
                    .unwrap_or_default();
                // So that picking the same file again is a change again.
                event.target().set_value("");
                if !files.is_empty() {
                    import.read_files(files);
                }
            }
        />
        <preview::ImportDialog import/>
        <parts::PartsDialog import/>
        <paste::PasteDialog import/>
        <unseal::UnsealDialog import/>
    }
}
