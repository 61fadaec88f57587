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
    route::Route,
    state::{State, use_state},
};
use crate::{
    formats::{
        FormatId, ReadError, Remark, SetAside,
        backup::{BadBackup, LogFault},
    },
    model::{Incident, IncidentId},
    notebook::{
        Act, Preparation, Put, Why,
        merge::{self, Item},
    },
    words::{self, Words},
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
    kind: Kind,
    items: Vec<Item>,
    /// The preparation as it would be afterwards, where it changes.
    preparation: Option<Arc<Preparation>>,
    set_aside: Vec<SetAside>,
    remarks: Vec<Remark>,
    /// What is wrong with the logs of a backup.
    log_faults: Vec<LogFault>,
}

/// What kind of file it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// What a product's API gave.
    Export(FormatId),
    /// A notebook of our own.
    Backup,
}

/// Why a file could not be read at all.
enum Refused {
    /// The browser did not give its bytes.
    Unreadable,
    /// It is nothing that can be read, or broken.
    Format(ReadError, Option<Excerpt>),
    /// It is a backup that cannot be read.
    Backup(BadBackup),
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
        self.state.words()
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
            browser::mark("firsthour:import-start");
            if let Some(read) = steps::read_all(self, job, sources).await {
                let keys = new_or_updated(&read).map(|(key, ..)| key).collect();
                self.chosen.set(keys);
                self.stage.set(Stage::Ready(Arc::new(read)));
            }
            browser::mark("firsthour:import-end");
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

    /// Puts what was chosen into the notebook, as one edit that is kept in steps.
    fn commit(self, sources: &[Source]) {
        let words = &self.words().import;
        let chosen = self.chosen.get_untracked();
        let Outcome { act, only, said } = outcome(words, sources, &chosen);
        self.stage.set(Stage::Working(words.saving.to_owned(), None));
        let job = self.next_job();
        spawn_local(async move {
            let progress = |done: usize, of: usize| {
                #[allow(clippy::cast_precision_loss)] // A share needs no more than a double's digits.
                let share = done as f64 / of.max(1) as f64;
                self.stage.set(Stage::Working(words.saving.to_owned(), Some(share)));
            };
            if self.state.act_long(act, progress, || self.is_latest(job)).await {
                self.state.say_done(said);
                self.location.navigate(&only.map_or_else(Route::home, |id| Route::incident(id.as_str())));
            }
            if self.is_latest(job) {
                self.stop();
            }
        });
    }
}

/// What a decision comes to.
struct Outcome {
    act: Act,
    /// The incident to go to, where there is just one.
    only: Option<IncidentId>,
    /// What to say once it is done.
    said: String,
}

fn outcome(words: &words::import::Import, sources: &[Source], chosen: &BTreeSet<String>) -> Outcome {
    // Where two files hold one incident, the later file's was compared with the earlier one's and has all of it.
    let incidents: BTreeMap<IncidentId, (bool, Arc<Incident>)> = new_or_updated(sources)
        .filter(|(key, ..)| chosen.contains(key))
        .map(|(_, source, item)| (item.incident.id.clone(), (source.is_backup(), Arc::clone(&item.incident))))
        .collect();
    let found = || sources.iter().filter(|source| source.found.is_ok());
    let names = |backup: bool| {
        let of_kind = found().filter(|source| source.is_backup() == backup);
        of_kind.map(|source| source.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let of_kind = |backup: bool| {
        let of_kind = incidents.iter().filter(|(_, (restored, _))| *restored == backup);
        of_kind.map(|(id, (_, incident))| (id.clone(), Some(Arc::clone(incident)))).collect::<Vec<_>>()
    };
    let (imported, restored) = (of_kind(false), of_kind(true));
    let preparation =
        found().filter_map(|source| source.found.as_ref().ok()?.preparation.clone()).next_back();
    let only = incidents.keys().next().filter(|_| incidents.len() == 1).cloned();
    let said = if imported.is_empty() {
        (words.restored)(restored.len())
    } else {
        (words.imported)(incidents.len(), &names(false))
    };
    let mut acts = Vec::new();
    if !imported.is_empty() {
        let why = Why::Imported(names(false));
        acts.push(Act::Put(Put { why, incidents: imported, preparation: None }));
    }
    if !restored.is_empty() || preparation.is_some() {
        acts.push(Act::Put(Put { why: Why::Restored, incidents: restored, preparation }));
    }
    Outcome { act: Act::All(acts), only, said }
}

impl Source {
    fn is_backup(&self) -> bool {
        self.found.as_ref().is_ok_and(|found| found.kind == Kind::Backup)
    }

    /// Whether there is something in it that the notebook has not.
    fn has_news(&self) -> bool {
        self.found.as_ref().is_ok_and(|found| {
            found.preparation.is_some() || found.items.iter().any(|item| is_news(item.outcome))
        })
    }
}

fn is_news(outcome: merge::Outcome) -> bool {
    matches!(outcome, merge::Outcome::New | merge::Outcome::Updated)
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
fn new_or_updated(sources: &[Source]) -> impl Iterator<Item = (String, &Source, &Item)> {
    sources.iter().enumerate().flat_map(|(at, source)| {
        let items = source.found.iter().flat_map(|found| &found.items);
        items
            .filter(|item| is_news(item.outcome))
            .map(move |item| (format!("{at}:{}", item.incident.id), source, item))
    })
}
