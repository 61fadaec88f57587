//! Undo and redo for the whole session.
//!
//! Taking back is an edit like any other, marked as such in the log; a new edit forgets what had been taken back,
//! as people know it from editors.

use crate::model::Time;
use crate::model::activity::Cause;
use crate::notebook::{Act, Change, Edit, Notebook, Refusal};

/// What was done in this session and can be taken back, and what was taken back and can be done again.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<Change>,
    undone: Vec<Change>,
}

impl History {
    /// Remembers a change.
    pub fn record(&mut self, change: Change) {
        self.done.push(change);
        self.undone.clear();
    }

    /// The act that undo would take back.
    pub fn next_undo(&self) -> Option<&Act> {
        self.done.last().map(|change| &change.edit.act)
    }

    /// The act that redo would do again: the inverse of the undoing.
    pub fn next_redo(&self) -> Option<&Act> {
        self.undone.last().map(|change| &change.inverse)
    }

    /// Takes the last change back; none where there is nothing to take back.
    ///
    /// # Errors
    /// A [`Refusal`] when the notebook has changed so that it cannot be taken back; it can be tried again.
    pub fn undo(&mut self, notebook: &mut Notebook, at: Time, by: String) -> Result<Option<Change>, Refusal> {
        let Some(change) = self.done.last() else { return Ok(None) };
        let undoing = notebook.apply(Edit { at, by, act: change.inverse.clone(), cause: Cause::Undone })?;
        self.done.pop();
        self.undone.push(undoing.clone());
        Ok(Some(undoing))
    }

    /// Does again what was last taken back; none where there is nothing.
    ///
    /// # Errors
    /// A [`Refusal`] when the notebook has changed so that it cannot be done again; it can be tried again.
    pub fn redo(&mut self, notebook: &mut Notebook, at: Time, by: String) -> Result<Option<Change>, Refusal> {
        let Some(change) = self.undone.last() else { return Ok(None) };
        let redoing = notebook.apply(Edit { at, by, act: change.inverse.clone(), cause: Cause::Redone })?;
        self.undone.pop();
        self.done.push(redoing.clone());
        Ok(Some(redoing))
    }
}
