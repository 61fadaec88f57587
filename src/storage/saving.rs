//! A large save in steps: an edit that carries more whole incidents than the journal takes is loaded, applied and written
//! as a new generation a little at a time, so that the page can show how far it is and stay alive.
//!
//! A save that is cut off anywhere, fails or is cancelled leaves the notebook and the store as they were: the notebook takes
//! the edit over once it is written.

use crate::model::IncidentId;
use crate::notebook::{Applied, Applying, Change, Edit, Notebook};
use crate::storage::generation::Draft;
use crate::storage::kv::KeyValue;
use crate::storage::pack::Packing;
use crate::storage::refused::NotSaved;
use crate::storage::space::frees;
use crate::storage::stamp::Stamp;
use crate::storage::store::Store;
use std::collections::VecDeque;
use std::sync::Arc;

/// How many incidents are put in place in one step.
const AT_ONCE: usize = 8;

/// From so many snapshots on they are written quickly and made dense later.
pub const MANY: usize = 32;

/// How often each incident of a large edit is looked at: to load it, to put it in place, to make its row, to write it.
const PHASES: usize = 4;

/// A save under way.
#[derive(Debug)]
#[must_use = "a save that is begun has to be finished or cancelled"]
pub struct Saving {
    phase: Phase,
    /// How many of the incidents that the edit carries or is about went through a phase, of how many.
    done: usize,
    of: usize,
}

#[derive(Debug)]
enum Phase {
    /// What the edit is about is read from the store.
    Loading(Arc<Edit>, VecDeque<IncidentId>),
    /// The edit is done to a copy of the notebook.
    Applying(Box<Applying>),
    /// That is written.
    Writing(Box<Change>, Box<Draft>),
    /// It failed.
    Over,
}

/// How far a save is.
#[derive(Debug)]
pub enum Progress {
    /// So much of so much work is done.
    Working {
        /// How much is.
        done: usize,
        /// Of how much.
        of: usize,
    },
    /// Everything is saved.
    Saved(Box<Change>),
}

impl<K: KeyValue> Store<K> {
    /// Begins to apply a large edit to the notebook and to keep it; [`Store::step`] goes on. Until it is done, the
    /// notebook is as it was and other edits are refused as [`NotSaved::Busy`].
    ///
    /// # Errors
    /// A [`NotSaved`]; the notebook and the store are as they were.
    pub fn begin(&mut self, notebook: &mut Notebook, edit: impl Into<Arc<Edit>>) -> Result<Saving, NotSaved> {
        let edit = edit.into();
        self.check_writer()?;
        if self.folding {
            return Err(NotSaved::Busy);
        }
        self.follow_fold(notebook).map_err(NotSaved::Failed)?;
        self.look_round()?;
        self.write_head()?;
        self.saving = true;
        let ids: VecDeque<IncidentId> = edit.act.incidents().into_iter().cloned().collect();
        let of = ids.len() * PHASES;
        Ok(Saving { phase: Phase::Loading(edit, ids), done: 0, of })
    }

    /// Loads one more incident, puts some more in place, or writes one more record.
    ///
    /// # Errors
    /// A [`NotSaved`]; then the save is over and the notebook and the store are as they were before it.
    pub fn step(&mut self, notebook: &mut Notebook, saving: &mut Saving) -> Result<Progress, NotSaved> {
        let stepped = self.go_on(notebook, saving);
        if stepped.is_err() {
            self.abandon(saving);
        }
        stepped
    }

    fn go_on(&mut self, notebook: &mut Notebook, saving: &mut Saving) -> Result<Progress, NotSaved> {
        if matches!(saving.phase, Phase::Loading(..) | Phase::Applying(_)) {
            // Nothing is written yet, but whoever loses the lease meanwhile would go on upon what is no longer so.
            self.check_holder()?;
        }
        match &mut saving.phase {
            Phase::Loading(edit, ids) => match ids.pop_front() {
                Some(id) => {
                    self.load(notebook, &id).map_err(NotSaved::NotLoaded)?;
                    saving.done += 1;
                }
                None => {
                    let applying = Applying::new(notebook, Arc::clone(edit));
                    saving.phase = Phase::Applying(Box::new(applying));
                }
            },
            Phase::Applying(applying) => {
                let done = applying.step(AT_ONCE).map_err(NotSaved::Refused)?;
                // Each is put in place, and then its row is made.
                saving.done = (saving.done + AT_ONCE).min(saving.of * 3 / PHASES);
                if done && let Phase::Applying(applying) = std::mem::replace(&mut saving.phase, Phase::Over) {
                    // Others may have left a generation unfinished since, the number of which must not be used again.
                    self.look_round()?;
                    let Applied { notebook: applied, change } = applying.finish();
                    let draft = self.draft_large(applied, &change);
                    saving.phase = Phase::Writing(Box::new(change), Box::new(draft));
                }
            }
            Phase::Writing(change, draft) => {
                if self.advance(draft)? {
                    notebook.take_over(&self.base, change);
                    self.saving = false;
                    // It has no entry; what others append from now on is later.
                    self.remember(Stamp { number: draft.next, tab: self.tab }, &change.edit);
                    return Ok(Progress::Saved(change.clone()));
                }
                let (done, of) = draft.progress();
                let before = saving.of * 3 / PHASES;
                return Ok(Progress::Working { done: before + done, of: before + of });
            }
            Phase::Over => return Err(NotSaved::Busy),
        }
        Ok(Progress::Working { done: saving.done, of: saving.of })
    }

    /// Writes all that is left.
    ///
    /// # Errors
    /// A [`NotSaved`]; the notebook and the store are as they were before the save.
    pub fn finish(&mut self, notebook: &mut Notebook, mut saving: Saving) -> Result<Change, NotSaved> {
        loop {
            if let Progress::Saved(change) = self.step(notebook, &mut saving)? {
                return Ok(*change);
            }
        }
    }

    /// Gives a save up; the notebook and the store are as they were before it.
    pub fn cancel(&mut self, mut saving: Saving) {
        self.abandon(&mut saving);
    }

    fn abandon(&mut self, saving: &mut Saving) {
        if let Phase::Writing(_, mut draft) = std::mem::replace(&mut saving.phase, Phase::Over) {
            self.give_up(&mut draft);
        }
        self.saving = false;
    }

    /// The generation that a large save writes. Many snapshots at once are written quickly where there is room for it.
    fn draft_large(&mut self, applied: Notebook, change: &Change) -> Draft {
        let frees = frees(&change.edit.act);
        let mut draft = self.draft(applied, &change.touched, change.preparation, frees, true);
        if draft.snapshots() >= MANY {
            draft.packing = Packing::Deflate;
        }
        draft
    }
}
