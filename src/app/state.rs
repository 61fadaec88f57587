//! The page's one notebook: what every view reads, and the one way in which a view changes it.
//!
//! A view reads through the signals here and changes through [`State::act`]; nothing on the page changes data in place.

mod large;

use std::sync::Arc;
use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};

use super::{
    browser,
    keeping::{Keeping, Shelf},
    long_work::LongWork,
    parts::{
        badge::Tone,
        toast::{Toast, Toasts, use_toasts},
    },
    prefs::{Prefs, use_prefs},
    route::Route,
};
use crate::model::activity::Cause;
use crate::model::{Activity, CopyId, Incident, IncidentId, Time, What};
use crate::notebook::{Act, Change, Door, Edit, History, Notebook, Preparation, Refusal, Replay, Row};
use crate::storage::{Kept, News, NotLoaded, NotSaved, Overruled, Report, Store, TabId};
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
    /// What is large and under way.
    pub work: LongWork,
}

impl State {
    /// Opens the notebook and provides it as context.
    pub fn provide() -> Self {
        let random = browser::random();
        let (keeping, notebook) = Keeping::open(TabId::random(std::array::from_fn(|place| random[place])));
        let state = Self {
            notebook: RwSignal::new(notebook),
            history: RwSignal::new(History::default()),
            is_set_back: StoredValue::new(keeping.report.with_untracked(Report::is_set_back)),
            keeping,
            minute: RwSignal::new(millis_now()),
            prefs: use_prefs(),
            toasts: use_toasts(),
            work: LongWork::default(),
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
        Memo::new(move |_| {
            self.notebook.track();
            // Where another notebook is shown meanwhile, it has not read it yet.
            self.load(&id);
            self.with_now(|notebook| notebook.incident(&id).cloned())
        })
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

    /// Does something and keeps it. Where that cannot be, says why and what to do next. Returns whether it was done; what
    /// is large may be done a moment later.
    pub fn act(self, act: Act) -> bool {
        self.act_then(act, || {})
    }

    /// Does something and says so, with a way to take it back. Returns as [`State::act`].
    pub fn act_and_say(self, act: Act, said: impl Into<String>) -> bool {
        let said = said.into();
        self.act_then(act, move || self.say_done(said))
    }

    /// Does something, and the rest once it is done: that may be a moment later. Returns as [`State::act`].
    pub fn act_then(self, act: Act, then: impl FnOnce() + 'static) -> bool {
        browser::mark("firsthour:act");
        self.begin_copy();
        let edit = self.edit(act.clone());
        match self.through_the_door(|door| door.pass(edit).map(Some)) {
            Err(NotSaved::OtherTab) => {
                self.act_large(act, then);
                false
            }
            outcome => {
                let done = self.settle(outcome);
                if done {
                    then();
                }
                done
            }
        }
    }

    /// Does something that may be large. Then it is kept in steps, so that the page stays alive; tells how far it is,
    /// done and of how many. `go_on` is asked before each step; where it says no, everything is as it was. Returns whether
    /// it was done.
    pub async fn act_long(
        self,
        act: Act,
        progress: impl FnMut(usize, usize),
        go_on: impl FnMut() -> bool,
    ) -> bool {
        browser::mark("firsthour:act");
        self.begin_copy();
        let edit = self.edit(act.clone());
        match self.through_the_door(|door| door.pass(edit).map(Some)) {
            Err(NotSaved::OtherTab) => self.act_in_steps(act, progress, go_on).await,
            outcome => self.settle(outcome),
        }
    }

    /// Says what was just done, with a way to take it back.
    pub fn say_done(self, said: impl Into<String>) {
        let toast = Toast::new(Tone::Success, said).action(self.words().parts.undo, move || self.undo());
        self.toasts.show(toast);
    }

    /// Takes back what was done last. What another tab has changed since is left as it is, and said.
    pub fn undo(self) {
        if let Some(act) = self.history.try_update(History::drop_overtaken_undo).flatten() {
            return self.say_not_undone(&act);
        }
        self.replay(Replay::Undo);
    }

    /// Does again what was taken back last, under the same condition.
    pub fn redo(self) {
        if let Some(act) = self.history.try_update(History::drop_overtaken_redo).flatten() {
            return self.say_not_undone(&act);
        }
        self.replay(Replay::Redo);
    }

    fn say_not_undone(self, act: &Act) {
        let words = self.words();
        let act = self.with_now(|notebook| words.log.act(act, notebook));
        self.complain(&(words.keeping.not_undone)(&act));
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

    /// Says what is going on.
    pub fn note(self, text: &str) {
        self.toasts.show(Toast::new(Tone::Informational, text));
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

    /// Takes in what other tabs wrote, and tells the person what of their own no longer stands.
    pub fn follow(self, news: News<'_>) {
        // A browser that cannot read now is asked again at the next news.
        let Ok(absorbed) = self.quietly(|store, notebook| store.absorb(notebook, news)) else { return };
        if !absorbed.changed {
            return;
        }
        self.history.update(|history| {
            absorbed.redone.iter().for_each(|change| history.refresh(change));
            absorbed.overtaken.iter().for_each(|edit| history.overtake(edit));
            absorbed.fallen.iter().for_each(|(edit, _)| history.forget(edit));
        });
        self.notebook.notify();
        for overruled in &absorbed.overruled {
            self.toasts.show(Toast::new(Tone::Warning, self.overruled(overruled)));
        }
        let words = self.words();
        for (edit, why) in &absorbed.fallen {
            let act = self.with_now(|notebook| words.log.act(&edit.act, notebook));
            self.complain(&(words.keeping.fallen)(&act, &words.reasons.refusal(why)));
        }
        if let Some(report) = absorbed.reopened.filter(|report| !report.is_clean()) {
            if report.is_set_back() {
                self.is_set_back.set_value(true);
            }
            self.keeping.report.set(report);
        }
        self.keeping.look();
        self.keeping.fold_later(self);
    }

    /// Who set what otherwise, from what to what.
    fn overruled(self, overruled: &Overruled) -> String {
        let Overruled { by, incident, subject, field, from, to } = overruled;
        let (subject, field) = (subject.clone(), (*field).to_owned());
        let what = What::Set { subject, field, from: from.clone(), to: to.clone() };
        let entry = Activity::new(by.at.clone(), by.by.clone(), what, by.cause);
        let words = self.words();
        let sentence = words.log.sentence(&entry, &|time| time.utc());
        let row = incident.as_ref().and_then(|id| self.with_now(|notebook| notebook.row(id).cloned()));
        (words.keeping.overruled)(&sentence, row.as_ref().map(|row| row.name.as_str()))
    }

    /// An incident, read without keeping it in memory and without a word where it cannot be read: for what looks through
    /// all of them.
    pub fn peek(self, id: &IncidentId) -> Option<Arc<Incident>> {
        let known = self.with_now(|notebook| notebook.incident(id).cloned());
        known.or_else(|| self.keeping.shelved.with_value(|shelved| shelved.store.peek(id)))
    }

    /// Reads an incident from storage, if it has not been read yet.
    pub fn load(self, id: &IncidentId) {
        if !self.with_now(|notebook| notebook.needs_loading(id)) {
            return;
        }
        // Whoever asked reads the notebook next; a damaged incident leaves the list, which everybody has to see.
        if let Err(error) = self.quietly(|store, notebook| store.load(notebook, id)) {
            let damaged = matches!(error, NotLoaded::Damaged(_));
            if damaged {
                self.is_set_back.set_value(true);
            }
            spawn_local(async move {
                self.notebook.notify();
                self.keeping.look();
                if !(damaged && self.keeping.mirroring.heal(self.keeping, self).await) {
                    self.complain(&self.words().keeping.not_loaded(&error));
                    self.keeping.note_damaged(&error);
                }
            });
        }
    }

    /// Says that edits may have been done that this page does not know of, so that what is done next must not continue their
    /// chain.
    pub fn doubt_chain(self) {
        self.is_set_back.set_value(true);
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

    /// Works on store and notebook without telling anybody.
    fn quietly<T>(self, work: impl FnOnce(&mut Store<Shelf>, &mut Notebook) -> T) -> T {
        let mut notebook = self.notebook.write_untracked();
        let mut shelved = self.keeping.shelved.write_value();
        work(&mut shelved.store, &mut notebook)
    }

    /// Works on store and notebook as the holder of the lease, if this tab is that at this moment.
    pub(super) fn as_holder<T>(self, work: impl FnOnce(&mut Store<Shelf>, &mut Notebook) -> T) -> T {
        let holds = self.keeping.is_holder();
        self.quietly(|store, notebook| {
            store.set_holder(holds);
            let done = work(store, notebook);
            store.set_holder(false);
            done
        })
    }

    /// Works on the notebook with what keeps it, and tells everybody who reads it.
    fn through_the_door<T>(self, work: impl FnOnce(&mut Kept<'_, Shelf>) -> T) -> T {
        let mut notebook = self.notebook.write();
        let mut shelved = self.keeping.shelved.write_value();
        work(&mut Kept { store: &mut shelved.store, notebook: &mut notebook })
    }

    fn replay(self, replay: Replay) {
        let (at, by) = (self.now(), self.author());
        let outcome = {
            let mut history = self.history.write();
            self.through_the_door(|door| history.replay(replay, door, at, by))
        };
        match outcome {
            Err(NotSaved::OtherTab) => self.replay_large(replay),
            outcome => self.after_replay(outcome.map(drop)),
        }
    }

    fn after_replay(self, outcome: Result<(), NotSaved>) {
        self.keeping.note_save(outcome.as_ref().err());
        match outcome {
            Ok(()) => self.keeping.fold_later(self),
            Err(error) => self.complain_of(&error),
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
