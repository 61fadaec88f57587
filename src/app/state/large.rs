//! What is large is done in steps: it needs the lease, is saved a little at a time, and can be stopped until all of it is
//! written. Also what takes something large back, or does it again.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};

use super::State;
use crate::{
    app::{browser, keeping::Shelf, slice::fraction},
    notebook::{Act, Change, Edit, Notebook, Replay},
    storage::{News, NotSaved, Progress, Saving, Store},
};

/// For how long, in milliseconds, records are written before the page may draw.
const FRAME: f64 = 12.0;

impl State {
    /// Does something large, showing how far it is, and then the rest.
    pub(super) fn act_large(self, act: Act, then: impl FnOnce() + 'static) {
        let what = self.with_now(|notebook| self.words().log.act(&act, notebook));
        let Some(run) = self.work.begin(what) else { return self.complain_of(&NotSaved::Busy) };
        spawn_local(async move {
            let done =
                self.act_in_steps(act, |done, of| _ = run.tell(fraction(done, of)), || run.goes_on()).await;
            self.work.end(run);
            if done {
                then();
            }
        });
    }

    /// Does something large. Returns whether it was done.
    pub(super) async fn act_in_steps(
        self,
        act: Act,
        progress: impl FnMut(usize, usize),
        go_on: impl FnMut() -> bool,
    ) -> bool {
        let done = match self.save_large(|| Some(self.edit(act)), progress, go_on).await {
            Ok(None) => {
                self.keeping.note_save(None);
                false
            }
            outcome => self.settle(outcome),
        };
        self.follow(News::Anything);
        done
    }

    /// Takes back, or does again, what is large.
    pub(super) fn replay_large(self, replay: Replay) {
        let act = self.history.with_untracked(|history| match replay {
            Replay::Undo => history.next_undo().cloned(),
            Replay::Redo => history.next_redo().cloned(),
        });
        let log = &self.words().log;
        let what = act.map(|act| {
            self.with_now(|notebook| match replay {
                Replay::Undo => log.undo(&act, notebook),
                Replay::Redo => log.redo(&act, notebook),
            })
        });
        let Some(run) = self.work.begin(what.unwrap_or_default()) else {
            return self.complain_of(&NotSaved::Busy);
        };
        spawn_local(async move {
            let edit = || {
                let (at, by) = (self.now(), self.author());
                self.history.with_untracked(|history| history.edit(replay, at, by))
            };
            let progress = |done, of| _ = run.tell(fraction(done, of));
            let saved = self.save_large(edit, progress, || run.goes_on()).await;
            self.work.end(run);
            self.after_replay(saved.map(|change| {
                if let Some(change) = change {
                    self.history.update(|history| history.replayed(replay, change));
                }
            }));
            self.follow(News::Anything);
        });
    }

    /// Saves an edit that is large: takes the lease first, which may have to wait for another tab, and saves in steps. None
    /// where it was given up, or where there is none by then.
    async fn save_large(
        self,
        edit: impl FnOnce() -> Option<Edit>,
        mut progress: impl FnMut(usize, usize),
        mut go_on: impl FnMut() -> bool,
    ) -> Result<Option<Change>, NotSaved> {
        self.keeping.note_saving();
        if !self.keeping.hold(&mut go_on).await {
            self.keeping.let_go();
            return Ok(None);
        }
        self.follow(News::Anything);
        let outcome = match edit() {
            Some(edit) => self.save_with_room(Arc::new(edit), &mut progress, &mut go_on).await,
            None => Ok(None),
        };
        self.keeping.let_go();
        outcome
    }

    async fn save_with_room(
        self,
        edit: Arc<Edit>,
        mut progress: impl FnMut(usize, usize),
        mut go_on: impl FnMut() -> bool,
    ) -> Result<Option<Change>, NotSaved> {
        let outcome = self.save_in_steps(Arc::clone(&edit), &mut progress, &mut go_on).await;
        // What was written quickly before gives room back once it is dense.
        if matches!(outcome, Err(NotSaved::Full { .. })) && self.keeping.condense(self, &mut go_on).await {
            return self.save_in_steps(edit, progress, go_on).await;
        }
        outcome
    }

    /// Saves in steps as the holder of the lease. None where it was given up.
    async fn save_in_steps(
        self,
        edit: Arc<Edit>,
        mut progress: impl FnMut(usize, usize),
        mut go_on: impl FnMut() -> bool,
    ) -> Result<Option<Change>, NotSaved> {
        let mut saving = self.as_holder(|store, notebook| store.begin(notebook, edit))?;
        loop {
            browser::breathe().await;
            if !go_on() {
                self.quietly(|store, _| store.cancel(saving));
                return Ok(None);
            }
            let step = self.as_holder(|store, notebook| step_for_a_while(store, notebook, &mut saving));
            match step {
                Ok(Progress::Working { done, of }) => {
                    self.keeping.mirroring.flush_some(self.keeping);
                    progress(done, of);
                }
                Ok(Progress::Saved(change)) => {
                    self.notebook.notify();
                    return Ok(Some(*change));
                }
                Err(error) => return Err(error),
            }
        }
    }
}

/// Writes records for as long as a frame of the page can spare.
fn step_for_a_while(
    store: &mut Store<Shelf>,
    notebook: &mut Notebook,
    saving: &mut Saving,
) -> Result<Progress, NotSaved> {
    let until = browser::now() + FRAME;
    loop {
        let progress = store.step(notebook, saving)?;
        if matches!(progress, Progress::Saved(_)) || browser::now() > until {
            return Ok(progress);
        }
    }
}
