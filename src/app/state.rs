//! The page's one notebook: what every view reads, and the one way in which a view changes it.
//!
//! A view reads through the signals here and changes through [`State::act`]; nothing on the page changes data in place.

use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;

use super::{
    parts::{
        badge::Tone,
        toast::{Toast, Toasts, use_toasts},
    },
    prefs::{Prefs, use_prefs},
};
use crate::model::activity::Cause;
use crate::model::{Incident, IncidentId, Time};
use crate::notebook::{Act, Edit, History, Notebook, Preparation, Row};
use crate::words::Words;

/// How often ages and what is overdue are looked at again.
const COARSE: Duration = Duration::from_secs(30);

/// The notebook as signals.
#[derive(Clone, Copy)]
pub struct State {
    notebook: RwSignal<Notebook>,
    history: RwSignal<History>,
    minute: RwSignal<i64>,
    prefs: Prefs,
    toasts: Toasts,
}

impl State {
    /// Opens the notebook and provides it as context.
    pub fn provide() -> Self {
        let state = Self {
            notebook: RwSignal::new(Notebook::default()),
            history: RwSignal::new(History::default()),
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

    /// The texts of the page, also where no context is: keys, dropped files and tasks run outside of it.
    fn words(self) -> &'static Words {
        self.prefs.lang().get_untracked().words()
    }

    /// Eighty random bits for a new id.
    pub fn random(self) -> [u8; 10] {
        let mut bytes = [0; 10];
        // Refused only where the quota of random bytes (65,536 a call) is passed.
        if let Ok(crypto) = window().crypto() {
            let _ = crypto.get_random_values_with_u8_array(&mut bytes);
        }
        bytes
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

    /// Does something. Where it is refused, says why and what to do next. Returns whether it was done.
    pub fn act(self, act: Act) -> bool {
        let edit = Edit { at: self.now(), by: self.author(), act, cause: Cause::Done };
        let outcome = self.notebook.try_update(|notebook| notebook.apply(edit));
        match outcome {
            Some(Ok(change)) => {
                self.history.update(|history| history.record(change));
                true
            }
            Some(Err(refusal)) => {
                self.complain(&refusal.to_string());
                false
            }
            None => false,
        }
    }

    /// Does something and says so, with a way to take it back.
    pub fn act_and_say(self, act: Act, said: impl Into<String>) -> bool {
        let done = self.act(act);
        if done {
            let words = self.words();
            let toast = Toast::new(Tone::Success, said).action(words.parts.undo, move || self.undo());
            self.toasts.show(toast);
        }
        done
    }

    /// Takes back what was done last.
    pub fn undo(self) {
        self.replay(|history, notebook, at, by| history.undo(notebook, at, by));
    }

    /// Does again what was taken back last.
    pub fn redo(self) {
        self.replay(|history, notebook, at, by| history.redo(notebook, at, by));
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
        Signal::stored(false)
    }

    /// Says that something went wrong; stays until dismissed.
    pub fn complain(self, text: &str) {
        self.toasts.show(Toast::new(Tone::Danger, text));
    }

    fn load(self, _id: &IncidentId) {}

    fn replay(
        self,
        replay: impl FnOnce(
            &mut History,
            &mut Notebook,
            Time,
            String,
        ) -> Result<Option<crate::notebook::Change>, crate::notebook::Refusal>,
    ) {
        let (at, by) = (self.now(), self.author());
        let outcome = self
            .history
            .try_update(|history| self.notebook.try_update(|notebook| replay(history, notebook, at, by)))
            .flatten();
        if let Some(Err(refusal)) = outcome {
            self.complain(&refusal.to_string());
        }
    }
}

/// The notebook of the page.
pub fn use_state() -> State {
    use_context().unwrap_or_else(State::provide)
}

/// The browser's clock.
fn millis_now() -> i64 {
    // Whole milliseconds of this age fit a double exactly.
    #[allow(clippy::cast_possible_truncation)]
    {
        js_sys::Date::now() as i64
    }
}
