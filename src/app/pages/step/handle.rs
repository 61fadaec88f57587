//! One step to read and to change, whoever it belongs to: an incident or the preparation.

use leptos::prelude::*;

use crate::{
    app::state::{State, use_state},
    model::{StepField, StepId, StepState},
    notebook::{Act, acts},
};

/// A step with what was done about it.
#[derive(Clone, Copy)]
pub struct StepHandle {
    id: StoredValue<StepId>,
    /// What to do.
    pub title: Signal<String>,
    /// What was done about it.
    pub now: Memo<StepState>,
    /// Stored, because a state is many signals and a handle is handed around a lot.
    notebook: StoredValue<State>,
    to_act: Callback<StepField, Act>,
}

impl StepHandle {
    /// A step whose fields are set by the acts that `to_act` makes.
    pub fn new(
        id: StepId,
        title: Signal<String>,
        now: Memo<StepState>,
        to_act: impl Fn(StepField) -> Act + Send + Sync + 'static,
    ) -> Self {
        Self {
            id: StoredValue::new(id),
            title,
            now,
            notebook: StoredValue::new(use_state()),
            to_act: Callback::new(to_act),
        }
    }

    /// The notebook it stands in.
    pub fn notebook(self) -> State {
        self.notebook.get_value()
    }

    /// Its id.
    pub fn id(self) -> StepId {
        self.id.get_value()
    }

    /// Whether it cannot be changed here and now.
    pub fn is_locked(self) -> Signal<bool> {
        self.notebook().is_read_only()
    }

    /// Sets one field. Returns whether anything was done: a value that it has already is no act.
    pub fn set(self, field: StepField) -> bool {
        self.changes(&field) && self.notebook().act(self.to_act.run(field))
    }

    /// The same, said in a toast that can take it back.
    pub fn set_and_say(self, field: StepField, said: String) -> bool {
        self.changes(&field) && self.notebook().act_and_say(self.to_act.run(field), said)
    }

    /// Ticks it.
    pub fn tick(self) -> bool {
        self.set(acts::done(&self.notebook().author(), &self.notebook().now()))
    }

    /// Takes its tick, or the decision to skip it, away.
    pub fn reopen(self) -> bool {
        self.set(StepField::Marked(None))
    }

    /// Leaves it out, for a reason.
    pub fn skip(self, reason: &str, said: String) -> bool {
        self.set_and_say(acts::skipped(reason, &self.notebook().author(), &self.notebook().now()), said)
    }

    /// False also where the step has left the page, which a field that is being left may find.
    fn changes(self, field: &StepField) -> bool {
        self.now.try_with_untracked(|now| field.of(now) != *field).unwrap_or(false)
    }
}
