//! The page's one notebook: what every view reads, and the one way in which a view changes it.
//!
//! A view reads through the signals here and changes through [`State::act`]; nothing on the page changes data in place.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::{
    browser,
    keeping::{Keeping, Shelf},
    parts::{
        badge::Tone,
        toast::{Toast, Toasts, use_toasts},
    },
    prefs::{Prefs, use_prefs},
    route::Route,
};
use crate::model::activity::Cause;
use crate::model::{CopyId, Incident, IncidentId, Time};
use crate::notebook::{Act, Change, Door, Edit, History, Notebook, Preparation, Refusal, Row};
use crate::storage::{Kept, NotLoaded, NotSaved, Progress, Report, Saving, Store};
use crate::words::Words;

/// How often ages and what is overdue are looked at again.
const COARSE: Duration = Duration::from_secs(30);

/// The notebook as signals.
#[derive(Clone, Copy)]
pub struct State {
    notebook: RwSignal<Notebook>,
    history: RwSignal<History>,
    /// How the notebook is kept.
    pub keeping: Keeping,
    /// Whether edits were lost, so that this copy's chains cannot go on where they were.
    is_set_back: StoredValue<bool>,
    minute: RwSignal<i64>,
    prefs: Prefs,
    toasts: Toasts,
}

impl State {
    /// Opens the notebook and provides it as context.
    pub fn provide() -> Self {
        let (keeping, notebook) = Keeping::open(browser::random());
        let state = Self {
            notebook: RwSignal::new(notebook),
            history: RwSignal::new(History::default()),
            is_set_back: StoredValue::new(keeping.report.with_untracked(Report::is_set_back)),
            keeping,
            minute: RwSignal::new(millis_now()),
            prefs: use_prefs(),
            toasts: use_toasts(),
        };
        let coarse = set_interval_with_handle(move || state.minute.set(millis_now()), COARSE);
        on_cleanup(move || {
            if let Ok(coarse) = coarse {
                coarse.clear();
            }
        });
        keeping.watch(state);
        provide_context(state);
        state
    }

    /// The time now, exactly.
    pub fn now(self) -> Time {
        Time::from_millis(millis_now())
    }

    /// The time now, coarsely: a signal for ages and for what is overdue.
    pub fn minute(self) -> Signal<Time> {
        Signal::derive(move || Time::from_millis(self.minute.get()))
    }

    /// Who is writing: the name from the settings, or a word for somebody who has not given one.
    pub fn author(self) -> String {
        let author = self.prefs.author().get_untracked();
        if author.is_empty() { self.words().shell.somebody.to_owned() } else { author }
    }

    /// Eighty random bits for a new id.
    pub fn random(self) -> [u8; 10] {
        browser::random()
    }

    /// The texts of the page, also where no component is: in handlers and tasks.
    pub fn words(self) -> &'static Words {
        self.prefs.lang().get_untracked().words()
    }

    /// Reads the notebook and follows it.
    pub fn with<T>(self, read: impl FnOnce(&Notebook) -> T) -> T {
        self.notebook.with(read)
    }

    /// Reads the notebook as it is now.
    pub fn with_now<T>(self, read: impl FnOnce(&Notebook) -> T) -> T {
        self.notebook.with_untracked(read)
    }

    /// Every incident's row, in no order that matters.
    pub fn rows(self) -> Memo<Vec<Arc<Row>>> {
        Memo::new(move |_| self.with(|notebook| notebook.rows().values().cloned().collect()))
    }

    /// An incident's row.
    pub fn row(self, id: IncidentId) -> Memo<Option<Arc<Row>>> {
        Memo::new(move |_| self.with(|notebook| notebook.row(&id).cloned()))
    }

    /// An incident, read from storage if it has not been yet; none where there is none.
    pub fn incident(self, id: IncidentId) -> Memo<Option<Arc<Incident>>> {
        self.load(&id);
        Memo::new(move |_| self.with(|notebook| notebook.incident(&id).cloned()))
    }

    /// An incident as it is now, read from storage if it has not been yet.
    pub fn incident_now(self, id: &IncidentId) -> Option<Arc<Incident>> {
        self.load(id);
        self.with_now(|notebook| notebook.incident(id).cloned())
    }

    /// What was done to prepare.
    pub fn preparation(self) -> Memo<Arc<Preparation>> {
        Memo::new(move |_| self.with(|notebook| Arc::clone(notebook.preparation())))
    }

    /// Does something and keeps it. Where that cannot be, says why and what to do next. Returns whether it was done.
    pub fn act(self, act: Act) -> bool {
        browser::mark("firsthour:act");
        self.begin_copy();
        let edit = self.edit(act);
        let outcome = self.through_the_door(|door| door.pass(edit).map(Some));
        self.settle(outcome)
    }

    /// Does something large and keeps it in steps, so that the page stays alive; tells how far it is, done and of how
    /// many. `go_on` is asked before each step; where it says no, everything is as it was. Returns whether it was done.
    pub async fn act_long(
        self,
        act: Act,
        mut progress: impl FnMut(usize, usize),
        mut go_on: impl FnMut() -> bool,
    ) -> bool {
        browser::mark("firsthour:act");
        self.begin_copy();
        let edit = self.edit(act);
        self.keeping.note_saving();
        let mut saving = match self.quietly(|store, notebook| store.begin(notebook, edit)) {
            Ok(saving) => saving,
            Err(error) => return self.settle(Err(error)),
        };
        loop {
            browser::breathe().await;
            if !go_on() {
                self.give_up(saving);
                return false;
            }
            match self.quietly(|store, notebook| step_for_a_while(store, notebook, &mut saving)) {
                Ok(Progress::Working { done, of }) => progress(done, of),
                Ok(Progress::Saved(change)) => {
                    self.notebook.notify();
                    return self.settle(Ok(Some(*change)));
                }
                Err(error) => {
                    self.notebook.notify();
                    return self.settle(Err(error));
                }
            }
        }
    }

    /// Does something and says so, with a way to take it back.
    pub fn act_and_say(self, act: Act, said: impl Into<String>) -> bool {
        let done = self.act(act);
        if done {
            self.say_done(said);
        }
        done
    }

    /// Says what was just done, with a way to take it back.
    pub fn say_done(self, said: impl Into<String>) {
        let toast = Toast::new(Tone::Success, said).action(self.words().parts.undo, move || self.undo());
        self.toasts.show(toast);
    }

    /// Takes back what was done last.
    pub fn undo(self) {
        let (at, by) = (self.now(), self.author());
        self.replay(|history, door| history.undo(door, at, by));
    }

    /// Does again what was taken back last.
    pub fn redo(self) {
        let (at, by) = (self.now(), self.author());
        self.replay(|history, door| history.redo(door, at, by));
    }

    /// The act that undo would take back.
    pub fn next_undo(self) -> Memo<Option<Act>> {
        Memo::new(move |_| self.history.with(|history| history.next_undo().cloned()))
    }

    /// The act that redo would do again.
    pub fn next_redo(self) -> Memo<Option<Act>> {
        Memo::new(move |_| self.history.with(|history| history.next_redo().cloned()))
    }

    /// Whether this page only reads.
    pub fn is_read_only(self) -> Signal<bool> {
        self.keeping.is_read_only()
    }

    /// Says that something is done that cannot be taken back, because nothing of the notebook changed.
    pub fn tell(self, text: &str) {
        self.toasts.show(Toast::new(Tone::Success, text));
    }

    /// Says that something went wrong; stays until dismissed.
    pub fn complain(self, text: &str) {
        self.toasts.show(Toast::new(Tone::Danger, text));
    }

    /// Says why something was not saved. Where there is no room, the next step is to see what takes it.
    fn complain_of(self, error: &NotSaved) {
        let toast = Toast::new(Tone::Danger, self.words().not_saved(error));
        let toast = match error {
            NotSaved::Full { .. } => toast.action(self.words().care.room_open, || {
                let _ = window().location().set_hash(&Route::Room.to_string());
            }),
            _ => toast,
        };
        self.toasts.show(toast);
    }

    /// Shows another notebook: what another tab has written. What could be taken back belongs to the old one.
    pub fn replace(self, notebook: Notebook) {
        self.history.set(History::default());
        self.notebook.set(notebook);
    }

    /// Reads an incident from storage, if it has not been read yet.
    pub fn load(self, id: &IncidentId) {
        if !self.with_now(|notebook| notebook.needs_loading(id)) {
            return;
        }
        // Whoever asked reads the notebook next; a damaged incident leaves the list, which everybody has to see.
        if let Err(error) = self.quietly(|store, notebook| store.load(notebook, id)) {
            if matches!(error, NotLoaded::Damaged(_)) {
                self.is_set_back.set_value(true);
            }
            self.complain(&self.words().keeping.not_loaded(&error));
            self.keeping.note_damaged(&error);
            self.notebook.notify();
            self.keeping.look();
        }
    }

    /// Sees to it that what is done next stands in a chain that nobody continues otherwise: before the first edit, and
    /// after edits were lost, a copy of the notebook begins.
    fn begin_copy(self) {
        let has_one = self.with_now(|notebook| notebook.copy().is_some());
        if has_one && !self.is_set_back.get_value() {
            return;
        }
        let edit = self.edit(Act::BeginCopy(CopyId::random(self.random())));
        if self.quietly(|store, notebook| store.commit(notebook, edit)).is_ok() {
            self.is_set_back.set_value(false);
        }
        // Where it cannot be kept, the edit to come says why, or stands in no chain until the next one begins one.
    }

    fn edit(self, act: Act) -> Edit {
        Edit { at: self.now(), by: self.author(), act, cause: Cause::Done }
    }

    /// Remembers what was done, or says why it was not.
    fn settle(self, outcome: Result<Option<Change>, NotSaved>) -> bool {
        self.keeping.note_save(outcome.as_ref().err());
        match outcome {
            Ok(change) => {
                if let Some(change) = change {
                    self.history.update(|history| history.record(change));
                }
                browser::mark("firsthour:saved");
                self.keeping.fold_later(self);
                true
            }
            Err(NotSaved::Refused(Refusal::NothingToDo)) => false,
            Err(error) => {
                self.complain_of(&error);
                false
            }
        }
    }

    fn give_up(self, saving: Saving) {
        self.quietly(|store, notebook| store.cancel(notebook, saving));
        self.notebook.notify();
        self.keeping.note_save(None);
    }

    /// Works on store and notebook without telling anybody.
    fn quietly<T>(self, work: impl FnOnce(&mut Store<Shelf>, &mut Notebook) -> T) -> T {
        let mut notebook = self.notebook.write_untracked();
        let mut shelved = self.keeping.shelved.write_value();
        work(&mut shelved.store, &mut notebook)
    }

    /// Works on the notebook with what keeps it, and tells everybody who reads it.
    fn through_the_door<T>(self, work: impl FnOnce(&mut Kept<'_, Shelf>) -> T) -> T {
        let mut notebook = self.notebook.write();
        let mut shelved = self.keeping.shelved.write_value();
        work(&mut Kept { store: &mut shelved.store, notebook: &mut notebook })
    }

    fn replay(
        self,
        replay: impl FnOnce(&mut History, &mut Kept<'_, Shelf>) -> Result<Option<Change>, NotSaved>,
    ) {
        let mut history = self.history.write();
        let outcome = self.through_the_door(|door| replay(&mut history, door));
        drop(history);
        self.keeping.note_save(outcome.as_ref().err());
        match outcome {
            Ok(_) => self.keeping.fold_later(self),
            Err(error) => self.complain_of(&error),
        }
    }
}

/// Writes records for as long as a frame of the page can spare.
fn step_for_a_while(
    store: &mut Store<Shelf>,
    notebook: &mut Notebook,
    saving: &mut Saving,
) -> Result<Progress, NotSaved> {
    let until = browser::now() + 12.0;
    loop {
        let progress = store.step(notebook, saving)?;
        if matches!(progress, Progress::Saved(_)) || browser::now() > until {
            return Ok(progress);
        }
    }
}

/// The notebook of the page.
pub fn use_state() -> State {
    use_context().unwrap_or_else(State::provide)
}

/// The browser's clock, in milliseconds since 1970-01-01T00:00Z.
pub fn millis_now() -> i64 {
    // Whole milliseconds of this age fit a double exactly.
    #[allow(clippy::cast_possible_truncation)]
    {
        js_sys::Date::now() as i64
    }
}
