//! Undo and redo for the whole session.
//!
//! Taking back is an edit like any other, marked as such in the log; a new edit forgets what had been taken back,
//! as people know it from editors.

use crate::model::Time;
use crate::model::activity::Cause;
use crate::notebook::{Act, Change, Edit, Notebook, Refusal};

/// Where an edit goes in: the notebook alone, or the notebook with what keeps it.
pub trait Door {
    /// Why an edit does not get in.
    type Refusal;

    /// Does what the edit says, or refuses and changes nothing.
    ///
    /// # Errors
    /// Why the edit does not get in.
    fn pass(&mut self, edit: Edit) -> Result<Change, Self::Refusal>;
}

impl Door for Notebook {
    type Refusal = Refusal;

    fn pass(&mut self, edit: Edit) -> Result<Change, Refusal> {
        self.apply(edit)
    }
}

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
    /// When the notebook has changed so that it cannot be taken back, or the door refuses; it can be tried again.
    pub fn undo<D: Door>(
        &mut self,
        door: &mut D,
        at: Time,
        by: String,
    ) -> Result<Option<Change>, D::Refusal> {
        let Some(change) = self.done.last() else { return Ok(None) };
        let undoing = door.pass(Edit { at, by, act: change.inverse.clone(), cause: Cause::Undone })?;
        self.done.pop();
        self.undone.push(undoing.clone());
        Ok(Some(undoing))
    }

    /// Does again what was last taken back; none where there is nothing.
    ///
    /// # Errors
    /// When the notebook has changed so that it cannot be done again, or the door refuses; it can be tried again.
    pub fn redo<D: Door>(
        &mut self,
        door: &mut D,
        at: Time,
        by: String,
    ) -> Result<Option<Change>, D::Refusal> {
        let Some(change) = self.undone.last() else { return Ok(None) };
        let redoing = door.pass(Edit { at, by, act: change.inverse.clone(), cause: Cause::Redone })?;
        self.undone.pop();
        self.done.push(redoing.clone());
        Ok(Some(redoing))
    }
}
