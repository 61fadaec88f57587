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

/// Which way through the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replay {
    /// What was done is taken back.
    Undo,
    /// What was taken back is done again.
    Redo,
}

/// What was done in this session and can be taken back, and what was taken back and can be done again.
#[derive(Debug, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// A change, and whether somebody else has changed the same since: then taking it back would take theirs back too.
#[derive(Debug)]
struct Step {
    change: Change,
    overtaken: bool,
}

impl From<Change> for Step {
    fn from(change: Change) -> Self {
        Self { change, overtaken: false }
    }
}

impl History {
    /// Remembers a change.
    pub fn record(&mut self, change: Change) {
        self.done.push(change.into());
        self.undone.clear();
    }

    /// The act that undo would take back.
    pub fn next_undo(&self) -> Option<&Act> {
        self.done.last().map(|step| &step.change.edit.act)
    }

    /// The act that redo would do again: the inverse of the undoing.
    pub fn next_redo(&self) -> Option<&Act> {
        self.undone.last().map(|step| &step.change.inverse)
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
        self.replay(Replay::Undo, door, at, by)
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
        self.replay(Replay::Redo, door, at, by)
    }

    /// Takes the last change back, or does again what was last taken back; none where there is nothing.
    ///
    /// # Errors
    /// When the notebook has changed so that it cannot be, or the door refuses; it can be tried again.
    pub fn replay<D: Door>(
        &mut self,
        replay: Replay,
        door: &mut D,
        at: Time,
        by: String,
    ) -> Result<Option<Change>, D::Refusal> {
        let Some(edit) = self.edit(replay, at, by) else { return Ok(None) };
        let back = door.pass(edit)?;
        self.replayed(replay, back.clone());
        Ok(Some(back))
    }

    /// The edit that takes the last change back, or does again what was last taken back, for whoever passes it in steps;
    /// [`History::replayed`] tells that it is done.
    pub fn edit(&self, replay: Replay, at: Time, by: String) -> Option<Edit> {
        let (from, cause) = match replay {
            Replay::Undo => (&self.done, Cause::Undone),
            Replay::Redo => (&self.undone, Cause::Redone),
        };
        let act = from.last()?.change.inverse.clone();
        Some(Edit { at, by, act, cause })
    }

    /// Takes in that such an edit is done.
    pub fn replayed(&mut self, replay: Replay, change: Change) {
        let (from, to) = match replay {
            Replay::Undo => (&mut self.done, &mut self.undone),
            Replay::Redo => (&mut self.undone, &mut self.done),
        };
        // While it was done in steps, what came from elsewhere may have made the one it replays be forgotten.
        from.pop_if(|step| step.change.inverse == change.edit.act);
        to.push(change.into());
    }

    /// Notes that somebody else has changed since what this edit changed.
    pub fn overtake(&mut self, edit: &Edit) {
        self.steps_of(edit).for_each(|step| step.overtaken = true);
    }

    /// Gives up the change that undo would take back, if somebody else has changed the same since. Returns its act.
    pub fn drop_overtaken_undo(&mut self) -> Option<Act> {
        drop_overtaken(&mut self.done, |change| change.edit.act.clone())
    }

    /// Gives up what redo would do again, if somebody else has changed the same since. Returns its act.
    pub fn drop_overtaken_redo(&mut self) -> Option<Act> {
        drop_overtaken(&mut self.undone, |change| change.inverse.clone())
    }

    /// Takes in that an edit was applied anew upon others that came in before it: what takes it back is another act now.
    pub fn refresh(&mut self, change: &Change) {
        self.steps_of(&change.edit).for_each(|step| step.change = change.clone());
    }

    /// Forgets an edit that no longer applies.
    pub fn forget(&mut self, edit: &Edit) {
        self.done.retain(|step| *step.change.edit != *edit);
        self.undone.retain(|step| *step.change.edit != *edit);
    }

    fn steps_of(&mut self, edit: &Edit) -> impl Iterator<Item = &mut Step> {
        self.done.iter_mut().chain(&mut self.undone).filter(move |step| *step.change.edit == *edit)
    }
}

fn drop_overtaken(steps: &mut Vec<Step>, act: impl FnOnce(&Change) -> Act) -> Option<Act> {
    steps.pop_if(|step| step.overtaken).map(|step| act(&step.change))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Incident, IncidentField, IncidentId};

    fn at() -> Time {
        Time::from_millis(0)
    }

    fn name(name: &str) -> Act {
        Act::SetIncident(IncidentId::derived(&["1"]), IncidentField::Name(name.into()))
    }

    fn edit(act: Act) -> Edit {
        Edit { at: at(), by: "Ann".into(), act, cause: Cause::Done }
    }

    fn begin() -> (Notebook, History) {
        let mut notebook = Notebook::default();
        notebook.load(Incident::new(IncidentId::derived(&["1"]), "A", at()));
        let mut history = History::default();
        for act in [name("B"), name("C")] {
            history.record(notebook.apply(edit(act)).unwrap());
        }
        (notebook, history)
    }

    #[test]
    fn what_somebody_else_changed_since_is_given_up_and_the_one_before_is_next() {
        let (_, mut history) = begin();
        assert_eq!(history.drop_overtaken_undo(), None);
        history.overtake(&edit(name("C")));
        assert_eq!(history.drop_overtaken_undo(), Some(name("C")));
        assert_eq!(history.drop_overtaken_undo(), None);
        assert_eq!(history.next_undo(), Some(&name("B")));
    }

    #[test]
    fn what_was_applied_anew_is_taken_back_to_what_came_before_it() {
        let (mut notebook, mut history) = begin();
        history.refresh(&Change { inverse: name("Other"), ..history.done[1].change.clone() });
        history.undo(&mut notebook, at(), "Ann".into()).unwrap();
        assert_eq!(notebook.rows().values().next().unwrap().name, "Other");
        history.overtake(&Edit { cause: Cause::Undone, ..edit(name("Other")) });
        assert_eq!(history.drop_overtaken_redo(), Some(name("C")));
        history.forget(&edit(name("B")));
        assert_eq!((history.next_undo(), history.next_redo()), (None, None));
    }

    #[test]
    fn what_is_replayed_in_steps_is_where_it_belongs_though_others_changed_something_meanwhile() {
        let (mut notebook, mut history) = begin();
        let undoing = history.edit(Replay::Undo, at(), "Ann".into()).unwrap();
        assert_eq!((&undoing.act, undoing.cause), (&name("B"), Cause::Undone));
        assert_eq!(history.next_undo(), Some(&name("C")), "nothing has happened yet");
        let change = notebook.apply(undoing).unwrap();
        history.replayed(Replay::Undo, change);
        assert_eq!((history.next_undo(), history.next_redo()), (Some(&name("B")), Some(&name("C"))));
        // Meanwhile the redone one is forgotten: what is left of the pile stays.
        let redoing = history.edit(Replay::Redo, at(), "Ann".into()).unwrap();
        history.undone.clear();
        let change = notebook.apply(redoing).unwrap();
        history.replayed(Replay::Redo, change);
        assert_eq!((history.next_undo(), history.next_redo()), (Some(&name("C")), None));
        assert!(history.edit(Replay::Redo, at(), "Ann".into()).is_none());
    }
}
