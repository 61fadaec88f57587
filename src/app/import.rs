//! THE IMPORT: every way in which a file or a text comes to the page leads through this one door.
//!
//! A file is dropped anywhere, picked, or its text pasted; it is read and compared with the notebook in steps short
//! enough that the page stays alive ([`steps`]); what would happen is shown ([`preview`]), with what only the person can
//! say ([`questions`]), and read once more when they have; then it is one edit.

mod columns;
mod comparing;
mod conflicts;
mod decision;
mod door;
mod doubts;
mod parts;
mod parts_table;
mod paste;
mod playbooks;
mod preview;
mod questions;
mod raw;
mod refusal;
mod sources;
mod steps;
mod table;
mod unseal;

pub use door::{ACCEPT, ImportDoor};

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use leptos::{prelude::*, task::spawn_local};
use web_sys::File;

use self::{
    decision::Outcome,
    raw::Raw,
    sources::{Found, Kind, Refused, Restoring, Source, Wanted, Way, is_news, new_or_updated},
    unseal::Asking,
};
use super::{
    browser,
    location::{Location, use_location},
    slice::fraction,
    state::{State, use_state},
    turns::Turns,
};
use crate::compact::Gather as _;
use crate::{formats::Answers, model::StepId, notebook::merge::aim::LeftOut, words::Words};

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
            .gather();
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
                self.stage.set(Stage::Working(words.saving.to_owned(), Some(fraction(done, of))));
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

/// The import of the page.
pub fn use_import() -> Import {
    use_context().unwrap_or_else(Import::provide)
}
