//! THE IMPORT: every way in which a file or a text comes to the page leads through this one door.
//!
//! A file is dropped anywhere, picked, or its text pasted; it is read and compared with the notebook in steps short
//! enough that the page stays alive ([`steps`]); what would happen is shown ([`preview`]); then it is one edit.

mod comparing;
mod conflicts;
mod paste;
mod playbooks;
mod preview;
mod raw;
mod refusal;
mod steps;
mod table;
mod unseal;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, File, HtmlElement};

use self::{raw::Raw, unseal::Asking};
use super::{
    browser,
    excerpt::Excerpt,
    location::{Location, use_location},
    parts::file_drop::FileDrop,
    route::Route,
    state::{State, use_state},
    turns::Turns,
};
use crate::{
    formats::{
        FormatId, ReadError, Remark, SetAside,
        backup::{BadBackup, LogFault},
        sealed::Shut,
    },
    model::{Incident, IncidentId},
    notebook::{
        Act, Preparation, Put, Why,
        merge::{self, Item, notebooks},
    },
    words::Words,
};

/// Which files the browser's picker offers first.
pub const ACCEPT: &str = ".json,.ndjson,.jsonl,.txt,.md";

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
    /// The preparation that would be put in place, or joined, where that changes it.
    preparation: Option<Arc<Preparation>>,
    /// What restoring it instead would do.
    restoring: Option<Restoring>,
    /// Its playbooks.
    playbooks: Vec<playbooks::Offered>,
    set_aside: Vec<SetAside>,
    remarks: Vec<Remark>,
    /// What is wrong with the logs of a backup.
    log_faults: Vec<LogFault>,
}

impl Found {
    fn new(kind: Kind, items: Vec<Item>) -> Self {
        Self {
            kind,
            items,
            preparation: None,
            restoring: None,
            playbooks: Vec::new(),
            set_aside: Vec::new(),
            remarks: Vec::new(),
            log_faults: Vec::new(),
        }
    }
}

/// What restoring a backup would do.
struct Restoring {
    items: Vec<Item>,
    preparation: Option<Arc<Preparation>>,
}

/// What kind of file it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// What a product's API gave.
    Export(FormatId),
    /// A notebook of our own, for a notebook with nothing in it.
    Backup,
    /// A notebook of our own, or some of its incidents, to be merged with this one.
    Copy,
}

/// Why a file could not be read at all.
enum Refused {
    /// The browser did not give its bytes.
    Unreadable,
    /// It is nothing that can be read, or broken.
    Format(ReadError, Option<Excerpt>),
    /// It is a backup that cannot be read.
    Backup(BadBackup),
    /// It is encrypted and cannot be opened.
    Sealed(Shut),
}

/// The import, as context.
#[derive(Clone, Copy)]
pub struct Import {
    stage: RwSignal<Stage>,
    open: RwSignal<bool>,
    paste_open: RwSignal<bool>,
    /// The rows of the preview that will be imported: the file's place and the incident's id.
    chosen: RwSignal<BTreeSet<String>>,
    /// The playbooks of the preview that will be kept: the file's place and the playbook's id.
    kept: RwSignal<BTreeSet<String>>,
    /// Whether copies of a notebook are restored instead of merged.
    restores: RwSignal<bool>,
    /// The disputes in which the other value was chosen: the row's key and the dispute's number.
    overruled: RwSignal<BTreeSet<(String, usize)>>,
    /// Whose turn it is.
    turns: StoredValue<Turns<Raw>, LocalStorage>,
    /// Asks for the passphrase of an encrypted file.
    asking: Asking,
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
            kept: RwSignal::default(),
            restores: RwSignal::new(false),
            overruled: RwSignal::default(),
            turns: StoredValue::new_local(Turns::default()),
            asking: Asking::new(),
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
        let names: Vec<String> = sources.iter().map(Raw::name).collect();
        let Some((job, sources)) = self.turns.try_update_value(|turns| turns.begin(sources)).flatten() else {
            return self.state.note(&(words.import.waits)(&names.join(", ")));
        };
        self.stage.set(Stage::Working(words.import.working_title.to_owned(), None));
        self.open.set(true);
        spawn_local(async move {
            browser::mark("firsthour:import-start");
            if let Some(read) = steps::read_all(self, job, sources).await {
                self.restores.set(false);
                self.overruled.set(BTreeSet::new());
                self.choose_all(&read, false);
                self.choose_playbooks(&read);
                self.stage.set(Stage::Ready(Arc::new(read)));
            }
            browser::mark("firsthour:import-end");
        });
    }

    fn choose_all(self, sources: &[Source], restores: bool) {
        self.chosen.set(new_or_updated(sources, restores).map(|(key, ..)| key).collect());
    }

    /// Merges copies of a notebook, or restores them.
    fn restore(self, sources: &[Source], restores: bool) {
        self.restores.set(restores);
        self.choose_all(sources, restores);
    }

    /// Stops what is going on and forgets what was read.
    fn stop(self) {
        self.turns.update_value(Turns::stop);
        self.stage.set(Stage::Idle);
        self.open.set(false);
    }

    fn is_latest(self, job: u32) -> bool {
        self.turns.with_value(|turns| turns.is_latest(job))
    }

    /// Puts what was chosen into the notebook, as one edit that is kept in steps.
    fn commit(self, sources: &[Source]) {
        let words = &self.words().import;
        let Some(Outcome { act, at, said }) = self.outcome(sources) else { return };
        let Some(job) = self.turns.try_update_value(Turns::save).flatten() else { return };
        self.stage.set(Stage::Working(words.saving.to_owned(), None));
        spawn_local(async move {
            let progress = |done: usize, of: usize| {
                #[allow(clippy::cast_precision_loss)] // A share needs no more than a double's digits.
                let share = done as f64 / of.max(1) as f64;
                self.stage.set(Stage::Working(words.saving.to_owned(), Some(share)));
            };
            if self.state.act_long(act, progress, || self.is_latest(job)).await {
                self.state.say_done(said);
                self.location.navigate(&at);
            }
            if self.is_latest(job) {
                self.stop();
            }
            let waited = self.turns.try_update_value(Turns::saved).unwrap_or_default();
            if !waited.is_empty() {
                self.begin(waited);
            }
        });
    }
}

/// What a decision comes to.
struct Outcome {
    act: Act,
    /// Where to go: to the incident where there is just one.
    at: Route,
    /// What to say once it is done.
    said: String,
}

impl Import {
    /// What the decision comes to; none where nothing was chosen.
    fn outcome(self, sources: &[Source]) -> Option<Outcome> {
        let words = self.words();
        let (restores, chosen) = (self.restores.get_untracked(), self.chosen.get_untracked());
        let taken: Vec<(String, &Source, &Item)> =
            new_or_updated(sources, restores).filter(|(key, ..)| chosen.contains(key)).collect();
        let names = |way: Way| {
            let of_kind = sources.iter().filter(|source| source.way(restores) == Some(way));
            of_kind.map(|source| source.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let mut acts = Vec::new();
        let imported = whole(&taken, Way::Import, restores);
        if !imported.is_empty() {
            let why = Why::Imported(names(Way::Import));
            acts.push(Act::Put(Put { why, incidents: imported, preparation: None }));
        }
        let back = whole(&taken, Way::Restore, restores);
        let of_way = |way| sources.iter().filter(move |source| source.way(restores) == Some(way));
        let preparation =
            of_way(Way::Restore).filter_map(|source| source.preparation(restores).cloned()).next_back();
        if !back.is_empty() || preparation.is_some() {
            acts.push(Act::Put(Put { why: Why::Restored, incidents: back, preparation }));
        }
        // Each copy is merged by an act of its own: two files may hold one incident.
        for source in of_way(Way::Merge) {
            let own = taken.iter().filter(|(_, other, _)| std::ptr::eq(*other, source));
            let items = own.map(|(key, _, item)| (*item, self.overruled_in(key)));
            acts.extend(notebooks::act(&source.name, items, source.preparation(restores).cloned()));
        }
        let kept = self.keep_playbooks(sources);
        let (count, alone) = (kept.len(), acts.is_empty());
        acts.extend(kept);
        if alone && count > 0 {
            let (said, at) = ((words.kept.kept)(count), Route::playbooks());
            return Some(Outcome { act: Act::All(acts), at, said });
        }
        let ids: BTreeSet<&IncidentId> = taken.iter().map(|(.., item)| &item.incident.id).collect();
        let ways: BTreeSet<Way> = taken.iter().filter_map(|(_, source, _)| source.way(restores)).collect();
        let said = match ways.first() {
            Some(Way::Merge) => (words.merge.merged)(ids.len(), &names(Way::Merge)),
            Some(Way::Import) => (words.import.imported)(ids.len(), &names(Way::Import)),
            _ => (words.import.restored)(ids.len()),
        };
        let only = ids.first().filter(|_| ids.len() == 1);
        let at = only.map_or_else(Route::home, |id| Route::incident(id.as_str()));
        (!acts.is_empty()).then_some(Outcome { act: Act::All(acts), at, said })
    }

    fn overruled_in(self, key: &str) -> BTreeSet<usize> {
        let in_row = |(row, number): &(String, usize)| (row == key).then_some(*number);
        self.overruled.with_untracked(|overruled| overruled.iter().filter_map(in_row).collect())
    }
}

/// The incidents that are put in place as they are, each once. Where two files hold one, the later file's was compared
/// with the earlier one's and has all of it.
fn whole(
    taken: &[(String, &Source, &Item)],
    way: Way,
    restores: bool,
) -> Vec<(IncidentId, Option<Arc<Incident>>)> {
    let of_way = taken.iter().filter(|(_, source, _)| source.way(restores) == Some(way));
    let incidents: BTreeMap<IncidentId, Arc<Incident>> =
        of_way.map(|(.., item)| (item.incident.id.clone(), Arc::clone(&item.incident))).collect();
    incidents.into_iter().map(|(id, incident)| (id, Some(incident))).collect()
}

/// What is done with a file that could be read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    /// It is joined with the notebook.
    Merge,
    /// It brings incidents up to date.
    Import,
    /// It is put in place as it was saved.
    Restore,
}

impl Source {
    /// What is done with it, where copies are restored or merged; none where it could not be read.
    fn way(&self, restores: bool) -> Option<Way> {
        let found = self.found.as_ref().ok()?;
        Some(match found.kind {
            Kind::Export(_) => Way::Import,
            Kind::Copy if !restores => Way::Merge,
            Kind::Copy | Kind::Backup => Way::Restore,
        })
    }

    /// Its incidents with what would become of them.
    fn items(&self, restores: bool) -> &[Item] {
        match &self.found {
            Ok(found) => found.restoring.as_ref().filter(|_| restores).map_or(&found.items, |it| &it.items),
            Err(_) => &[],
        }
    }

    fn preparation(&self, restores: bool) -> Option<&Arc<Preparation>> {
        let found = self.found.as_ref().ok()?;
        match found.restoring.as_ref().filter(|_| restores) {
            Some(restoring) => restoring.preparation.as_ref(),
            None => found.preparation.as_ref(),
        }
    }

    /// Whether it is a copy that can be merged or restored.
    fn is_copy(&self) -> bool {
        self.found.as_ref().is_ok_and(|found| found.kind == Kind::Copy)
    }

    /// Whether there is something in it that the notebook has not.
    fn has_news(&self, restores: bool) -> bool {
        let offered = self.found.as_ref().map_or(&[][..], |found| &found.playbooks);
        self.preparation(restores).is_some()
            || self.items(restores).iter().any(|item| is_news(item.outcome))
            || offered.iter().any(|offered| is_news(offered.outcome))
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
        <unseal::UnsealDialog import/>
    }
}

/// What an import would put into the notebook, each with its key in the preview.
fn new_or_updated(sources: &[Source], restores: bool) -> impl Iterator<Item = (String, &Source, &Item)> {
    sources.iter().enumerate().flat_map(move |(at, source)| {
        let news = source.items(restores).iter().filter(|item| is_news(item.outcome));
        news.map(move |item| (format!("{at}:{}", item.incident.id), source, item))
    })
}
