//! THE IMPORT: every way in which a file or a text comes to the page leads through this one door.
//!
//! A file is dropped anywhere, picked, or its text pasted; it is read and compared with the notebook in steps short
//! enough that the page stays alive ([`steps`]); what would happen is shown ([`preview`]); then it is one edit.

mod paste;
mod preview;
mod raw;
mod refusal;
mod steps;
mod table;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, File, HtmlElement};

use self::raw::Raw;
use super::{
    browser,
    excerpt::Excerpt,
    location::{Location, use_location},
    parts::file_drop::FileDrop,
    prefs::{Prefs, use_prefs},
    route::Route,
    state::{State, use_state},
};
use crate::{
    formats::{FormatId, ReadError, Remark, SetAside},
    model::Incident,
    notebook::{
        Act, Put, Why,
        merge::{Item, Outcome},
    },
    words::Words,
};

/// Which files the browser's picker offers first.
pub const ACCEPT: &str = ".json,.ndjson,.jsonl,.txt";

/// The hidden input behind the picker.
const PICKER: &str = "import-picker";

/// How far an import is.
#[derive(Clone)]
enum Stage {
    /// There is none.
    Idle,
    /// Something is being done that takes so long; how far, 0 to 1.
    Working(String, Option<f64>),
    /// It is read and compared, and waits for a decision.
    Ready(Arc<Vec<Source>>),
}

/// One file of an import, or one pasted text.
struct Source {
    /// The file's name.
    name: String,
    /// What came of it.
    found: Result<Found, Refused>,
}

/// What a file holds, compared with the notebook.
struct Found {
    format: FormatId,
    items: Vec<Item>,
    set_aside: Vec<SetAside>,
    remarks: Vec<Remark>,
}

/// Why a file could not be read at all.
enum Refused {
    /// The browser did not give its bytes.
    Unreadable,
    /// It is nothing that can be read, or broken.
    Format(ReadError, Option<Excerpt>),
}

/// The import, as context.
#[derive(Clone, Copy)]
pub struct Import {
    stage: RwSignal<Stage>,
    open: RwSignal<bool>,
    paste_open: RwSignal<bool>,
    /// The rows of the preview that will be imported: the file's place and the incident's id.
    chosen: RwSignal<BTreeSet<String>>,
    /// Counts the imports begun; one that is not the latest stops at its next step.
    job: StoredValue<u32>,
    state: State,
    location: Location,
    prefs: Prefs,
}

impl Import {
    /// Provides the import as context.
    pub fn provide() -> Self {
        let import = Self {
            stage: RwSignal::new(Stage::Idle),
            open: RwSignal::new(false),
            paste_open: RwSignal::new(false),
            chosen: RwSignal::default(),
            job: StoredValue::new(0),
            state: use_state(),
            location: use_location(),
            prefs: use_prefs(),
        };
        provide_context(import);
        import
    }

    /// Opens the browser's file picker.
    pub fn pick(self) {
        if let Some(input) = browser::find(&format!("#{PICKER}")) {
            input.click();
        }
    }

    /// Opens the box for pasting.
    pub fn open_paste(self) {
        self.paste_open.set(true);
    }

    /// Reads files.
    pub fn read_files(self, files: Vec<File>) {
        self.begin(files.into_iter().map(Raw::File).collect());
    }

    /// Reads a text.
    pub fn read_text(self, text: String) {
        self.begin(vec![Raw::Text(self.words().import.pasted.to_owned(), text)]);
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

    fn words(self) -> &'static Words {
        self.prefs.lang().get_untracked().words()
    }

    fn begin(self, sources: Vec<Raw>) {
        let words = self.words();
        if self.state.is_read_only().get_untracked() {
            self.state.complain(words.import.not_while_read_only);
            return;
        }
        self.paste_open.set(false);
        self.stage.set(Stage::Working(words.import.working_title.to_owned(), None));
        self.open.set(true);
        let job = self.next_job();
        spawn_local(async move {
            mark("firsthour:import-start");
            if let Some(read) = steps::read_all(self, job, sources).await {
                let keys = new_or_updated(&read).map(|(key, _)| key).collect();
                self.chosen.set(keys);
                self.stage.set(Stage::Ready(Arc::new(read)));
            }
            mark("firsthour:import-end");
        });
    }

    /// Stops what is being read and forgets what was.
    fn stop(self) {
        self.next_job();
        self.stage.set(Stage::Idle);
        self.open.set(false);
    }

    fn next_job(self) -> u32 {
        let job = self.job.get_value().wrapping_add(1);
        self.job.set_value(job);
        job
    }

    fn is_latest(self, job: u32) -> bool {
        self.job.get_value() == job
    }

    /// Puts what was chosen into the notebook, as one edit.
    fn commit(self, sources: &[Source]) {
        let chosen = self.chosen.get_untracked();
        // Where two files hold one incident, the later file's was compared with the earlier one's and has all of it.
        let incidents: BTreeMap<_, Arc<Incident>> = new_or_updated(sources)
            .filter(|(key, _)| chosen.contains(key))
            .map(|(_, item)| (item.incident.id.clone(), Arc::clone(&item.incident)))
            .collect();
        let names: Vec<&str> =
            sources.iter().filter(|source| source.found.is_ok()).map(|source| source.name.as_str()).collect();
        let from = names.join(", ");
        let count = incidents.len();
        let only = incidents.keys().next().filter(|_| count == 1).cloned();
        let incidents = incidents.into_iter().map(|(id, incident)| (id, Some(incident))).collect();
        let said = (self.words().import.imported)(count, &from);
        let put = Put { why: Why::Imported(from), incidents, preparation: None };
        if self.state.act_and_say(Act::Put(put), said) {
            self.stop();
            self.location.navigate(&match only {
                Some(id) => Route::incident(id.as_str()),
                None => Route::home(),
            });
        }
    }
}

/// The import of the page.
pub fn use_import() -> Import {
    use_context().unwrap_or_else(Import::provide)
}

/// Takes files that are dropped anywhere, and holds the picker and the dialogs. Stands once, in the shell.
#[component]
pub fn ImportDoor() -> impl IntoView {
    let import = use_import();
    let label = import.words().incidents.import;
    view! {
        <FileDrop on_files=move |files| import.read_files(files)/>
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
        <paste::PasteDialog import/>
    }
}

/// What an import would put into the notebook, each with its key in the preview.
fn new_or_updated(sources: &[Source]) -> impl Iterator<Item = (String, &Item)> {
    sources.iter().enumerate().flat_map(|(at, source)| {
        let items = source.found.iter().flat_map(|found| &found.items);
        items
            .filter(|item| matches!(item.outcome, Outcome::New | Outcome::Updated))
            .map(move |item| (format!("{at}:{}", item.incident.id), item))
    })
}

/// Marks a moment in the browser's own timeline, where it can be measured.
fn mark(name: &str) {
    if let Some(performance) = window().performance() {
        // Refused only for names that the browser itself uses.
        let _ = performance.mark(name);
    }
}
