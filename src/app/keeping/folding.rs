//! Folding the journal in idle moments, bounded by the minute, and making dense what was written quickly.

use std::time::Duration;

use leptos::prelude::*;

use super::{Keeping, Shelf, leasing::ASK_EVERY};
use crate::{
    app::{
        browser,
        state::{State, millis_now},
    },
    storage::{
        News, NotSaved, Standing, Store,
        folding::{self, Folding},
        pack,
    },
};

/// How long after an edit the journal is folded, if it is worth it.
const FOLD_AFTER: Duration = Duration::from_secs(2);

/// How often it does so for a fold before it leaves that to the next occasion.
const FOLD_PATIENCE: u32 = 100;

/// For how long, in milliseconds, a fold works before the page may draw.
const FOLD_FRAME: f64 = 8.0;

/// How long after the start the dictionary of dense packing is read.
const WARM_UP_AFTER: Duration = Duration::from_millis(400);

/// How many bytes of it are read before the page may draw: a few milliseconds' work.
const WARM_UP_BYTES: usize = 8_192;

impl Keeping {
    /// Folds the journal a while after the last edit, if it is worth it: in the tab that holds the lease, or in another
    /// where that one should have long ago. Not before what it may write by the minute allows.
    pub fn fold_later(self, state: State) {
        let due = self.shelved.with_value(|shelved| shelved.store.wants_fold());
        if due && !self.fold_waits.get_value() {
            self.fold_waits.set_value(true);
            leptos::task::spawn_local(async move {
                let paused = self.allowance.with_value(|allowance| allowance.wait(millis_now()));
                gloo_timers::future::sleep(FOLD_AFTER.max(Duration::from_millis(paused.into()))).await;
                let goes_on = self.fold(state).await;
                self.fold_waits.set_value(false);
                if goes_on {
                    self.fold_later(state);
                }
            });
        }
    }

    /// Folds, if this tab may. Returns whether there may be more snapshots to make dense.
    async fn fold(self, state: State) -> bool {
        let (mine, overdue) = self.shelved.with_value(|shelved| {
            (shelved.lease.standing() != Standing::Other, shelved.store.is_fold_overdue())
        });
        let mut left = if mine || overdue { FOLD_PATIENCE } else { 0 };
        while self.ask_if(left > 0) != Standing::Holder {
            if left == 0 {
                return false;
            }
            left -= 1;
            gloo_timers::future::TimeoutFuture::new(ASK_EVERY).await;
        }
        state.follow(News::Anything);
        // What cannot be folded now stays in the journal, where it is safe.
        let folded = self.fold_now(state).await;
        state.follow(News::Anything);
        self.look();
        folded
    }

    /// Folds as the holder of the lease. Returns whether that made snapshots dense.
    async fn fold_now(self, state: State) -> bool {
        let begun = state.as_holder(|store, notebook| store.begin_fold(notebook, folding::AT_ONCE));
        let Ok(Some(mut folding)) = begun else { return false };
        let folded = loop {
            match state.as_holder(|store, _| fold_for_a_while(store, &mut folding)) {
                Ok(false) => browser::breathe().await,
                Ok(true) => break folding.has_condensed(),
                Err(_) => break false,
            }
        };
        self.allowance.update_value(|allowance| allowance.spend(millis_now(), folding.units()));
        folded
    }

    /// Makes dense at once what was written quickly, as long as `go_on` says so, where a save needs the room. This tab has
    /// to hold the lease. Returns whether any was.
    pub async fn condense(self, state: State, mut go_on: impl FnMut() -> bool) -> bool {
        let mut condensed = false;
        while go_on() && self.fold_now(state).await {
            condensed = true;
        }
        state.follow(News::Anything);
        condensed
    }

    /// Goes on, some time after the start, with what an earlier page wrote quickly and did not come to make dense.
    pub(super) fn resume_folding(self, state: State) {
        Effect::new(move |_| {
            let is_open = self.mirroring.lets_edit();
            if is_open && self.shelved.with_value(|shelved| shelved.store.has_quick()) {
                self.fold_later(state);
            }
        });
    }

    /// Reads the dictionary of dense packing a little at a time, once the page is drawn: the first incident that is opened
    /// need not wait for it then.
    pub(super) fn warm_up() {
        leptos::task::spawn_local(async {
            gloo_timers::future::sleep(WARM_UP_AFTER).await;
            while !pack::warm_up(WARM_UP_BYTES) {
                browser::breathe().await;
            }
        });
    }
}

/// Folds for as long as a frame of the page can spare; says whether it is done.
fn fold_for_a_while(store: &mut Store<Shelf>, folding: &mut Folding) -> Result<bool, NotSaved> {
    let until = browser::now() + FOLD_FRAME;
    while browser::now() < until {
        if store.step_fold(folding)? {
            return Ok(true);
        }
    }
    Ok(false)
}
