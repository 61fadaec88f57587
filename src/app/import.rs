//! THE IMPORT: every way in which a file or a text comes to the page leads through this one door.
//!
//! A file is dropped anywhere, picked, or its text pasted; it is read and compared with the notebook in steps short
//! enough that the page stays alive ([`steps`]); what would happen is shown ([`preview`]), with what only the person can
//! say ([`questions`]), and read once more when they have; then it is one edit.

mod columns;
mod comparing;
mod conflicts;
mod doubts;
mod parts;
mod parts_table;
mod paste;
mod playbooks;
mod preview;
mod questions;
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
    actions::{Action, use_global_actions},
    browser,
    excerpt::Excerpt,
    location::{Location, use_location},
    parts::{file_drop::FileDrop, icon::Icon},
    route::Route,
    state::{State, use_state},
    turns::Turns,
};
use crate::{
    formats::{
        Answers, Confidence, FormatId, Meaning, Questions, ReadError, Remark, SetAside,
        backup::{BadBackup, LogFault},
        sealed::Shut,
    },
    model::{Incident, IncidentId, SourceFile, StepId, source_file::Content},
    notebook::{
        Act, Preparation, Put, Why,
        merge::{self, Item, aim::LeftOut, notebooks},
    },
    words::Words,
};

/// Which files the browser's picker offers first.
pub const ACCEPT: &str = ".json,.ndjson,.jsonl,.csv,.tsv,.txt,.md";

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

/// What was said about a source that is to be read.
#[derive(Clone, Default)]
struct Wanted {
    /// What its bytes are known by, once they were read: those of an encrypted file as they came.
    content: Option<Content>,
    answers: Answers,
    /// The incident that it goes into; none where it is one of its own.
    aim: Option<IncidentId>,
}

/// One file of an import, or one pasted text.
struct Source {
    /// The file's name.
    name: String,
    /// What it was read with.
    wanted: Wanted,
    /// What else it could be read as.
    could_be: Vec<FormatId>,
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
    /// How sure the format is; for what no format recognises, all sure.
    confidence: Confidence,
    /// What only the person can say.
    questions: Questions,
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
            confidence: Confidence::Certain,
            questions: Questions::default(),
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
    /// What stays out of what comes with each incident.
    left_out: RwSignal<LeftOut>,
    /// The steps that stay out of each playbook, by its key.
    steps_out: RwSignal<BTreeMap<String, BTreeSet<StepId>>>,
    /// The row of which it is being chosen what comes in.
    parts_of: RwSignal<Option<String>>,
    /// Where the bytes come from, in the order of the sources: to read them once more with other answers.
    raws: StoredValue<Vec<Raw>, LocalStorage>,
    /// The control that was used last, by its selector: where the focus belongs once the preview was drawn anew.
    used: StoredValue<Option<String>>,
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
            left_out: RwSignal::default(),
            steps_out: RwSignal::default(),
            parts_of: RwSignal::new(None),
            raws: StoredValue::new_local(Vec::new()),
            used: StoredValue::new(None),
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
        self.begin(vec![Raw::text(self.words().import.pasted, &text)]);
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
        self.left_out.set(LeftOut::default());
        self.steps_out.set(BTreeMap::new());
        let wanted = |raw: &Raw| {
            let answers = Answers { called: raw.name(), ..Answers::default() };
            Wanted { answers, ..Wanted::default() }
        };
        let wanted = sources.iter().map(wanted).collect();
        spawn_local(async move {
            browser::mark("firsthour:import-start");
            if let Some(read) = steps::read_all(self, job, sources, wanted).await {
                self.restores.set(false);
                self.overruled.set(BTreeSet::new());
                self.choose_all(&read, false);
                self.choose_playbooks(&read);
                self.stage.set(Stage::Ready(Arc::new(read)));
            }
            browser::mark("firsthour:import-end");
        });
    }

    /// Reads everything once more, with what the person says now about one source. `used` is the selector of the control
    /// that they said it with.
    fn again(self, sources: &[Source], at: usize, used: String, change: impl FnOnce(&mut Wanted)) {
        let mut wanted: Vec<Wanted> = sources.iter().map(|source| source.wanted.clone()).collect();
        let Some(one) = wanted.get_mut(at) else { return };
        // What is being saved is decided.
        if !self.stage.with_untracked(|stage| matches!(stage, Stage::Ready(_))) {
            return;
        }
        change(one);
        let restores = self.restores.get_untracked();
        let chosen = self.chosen.get_untracked();
        let unticked: BTreeSet<String> = new_or_updated(sources, restores)
            .map(|(key, ..)| key)
            .filter(|key| !chosen.contains(key))
            .collect();
        self.used.set_value(Some(used));
        let raws = self.raws.get_value();
        let Some((job, raws)) = self.turns.try_update_value(|turns| turns.begin(raws)).flatten() else {
            return;
        };
        spawn_local(async move {
            let Some(read) = steps::read_all(self, job, raws, wanted).await else { return };
            self.choose_all(&read, restores);
            self.chosen.update(|chosen| chosen.retain(|key| !unticked.contains(key)));
            self.stage.set(Stage::Ready(Arc::new(read)));
            request_animation_frame(move || {
                if let Some(used) = self.used.try_update_value(Option::take).flatten() {
                    browser::focus(&used);
                }
            });
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
        self.raws.set_value(Vec::new());
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
        self.remember_columns(sources);
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
        let left_out = self.left_out.get_untracked();
        // Each file is an act of its own, so that the log says of every incident what it came out of.
        for source in sources.iter().filter(|source| source.way(restores) == Some(Way::Import)) {
            let own = taken.iter().filter(|(_, other, _)| std::ptr::eq(*other, source));
            let incidents: Vec<(IncidentId, Option<Arc<Incident>>)> = own
                .map(|(.., item)| (item.incident.id.clone(), item.without(&left_out)))
                .filter(|(id, incident)| self.state.incident_now(id).is_none_or(|mine| mine != *incident))
                .map(|(id, incident)| (id, Some(incident)))
                .collect();
            if !incidents.is_empty() {
                let content = source.wanted.content.clone();
                let why = Why::Imported(SourceFile { name: source.name.clone(), content });
                acts.push(Act::Put(Put { why, incidents, preparation: None }));
            }
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
            Some(Way::Import) => match sources {
                [Source { wanted: Wanted { aim: Some(_), .. }, .. }] => {
                    let into =
                        taken.first().map(|(.., item)| item.incident.name.as_str()).unwrap_or_default();
                    (words.intake.imported_into)(&names(Way::Import), into)
                }
                _ => (words.import.imported)(ids.len(), &names(Way::Import)),
            },
            _ => (words.import.restored)(ids.len()),
        };
        let only = ids.first().filter(|_| ids.len() == 1);
        let at = only.map_or_else(Route::home, |id| Route::incident(id.as_str()));
        (!acts.is_empty()).then_some(Outcome { act: Act::All(acts), at, said })
    }

    /// Remembers what the person said of columns, for the next table with the same header.
    fn remember_columns(self, sources: &[Source]) {
        for source in sources {
            let Ok(Found { questions: Questions { columns: Some(columns), .. }, .. }) = &source.found else {
                continue;
            };
            if source.wanted.answers.columns.is_some() {
                let meanings: Vec<Meaning> = columns.columns.iter().map(|column| column.meaning).collect();
                self.state
                    .keeping
                    .shelved
                    .with_value(|shelved| shelved.remember_columns(&columns.header, &meanings));
            }
        }
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

    /// Whether times of it would be wrong without an answer that is still missing.
    fn is_open(&self) -> bool {
        let answers = &self.wanted.answers;
        self.found.as_ref().is_ok_and(|found| {
            let asks = &found.questions;
            asks.zone.is_some() && answers.offset.is_none() || asks.order.is_some() && answers.order.is_none()
        })
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

/// What an import would put into the notebook, each with its key in the preview.
fn new_or_updated(sources: &[Source], restores: bool) -> impl Iterator<Item = (String, &Source, &Item)> {
    sources.iter().enumerate().flat_map(move |(at, source)| {
        let news = source.items(restores).iter().filter(|item| is_news(item.outcome));
        news.map(move |item| (format!("{at}:{}", item.incident.id), source, item))
    })
}
