//! Which tab may write a generation: taking the lease, keeping it alive and handing it over.

use leptos::prelude::*;

use super::{Keeping, Shelved};
use crate::{app::state::millis_now, storage::Standing};

/// How often a tab that asked for the lease looks whether it has it, in milliseconds.
pub(super) const ASK_EVERY: u32 = 100;

impl Keeping {
    /// Takes the lease, asking politely; waits as long as another tab is in a large save and `go_on` says so. After that
    /// it is not handed over until [`Keeping::let_go`]. Returns whether this tab has it.
    pub async fn hold(self, mut go_on: impl FnMut() -> bool) -> bool {
        while go_on() {
            let free = self.shelved.with_value(|shelved| !shelved.store.is_folding());
            if self.ask() == Standing::Holder && free {
                return self
                    .shelved
                    .try_update_value(|Shelved { lease, shelf, .. }| {
                        lease.set_busy(shelf, millis_now(), true).is_ok()
                    })
                    .unwrap_or_default();
            }
            gloo_timers::future::TimeoutFuture::new(ASK_EVERY).await;
        }
        false
    }

    /// Lets other tabs have the lease again.
    pub fn let_go(self) {
        self.shelved.update_value(|Shelved { lease, shelf, .. }| {
            // A record that stays busy without a beat is soon taken for dead.
            let _ = lease.set_busy(shelf, millis_now(), false);
        });
        self.answer();
    }

    /// Whether this tab may write a generation at this moment.
    pub fn is_holder(self) -> bool {
        let look = |Shelved { lease, shelf, .. }: &mut Shelved| lease.look(shelf, millis_now());
        matches!(self.shelved.try_update_value(look), Some(Ok(Standing::Holder)))
    }

    /// Asks for the lease if it is wanted; without asking it is the holder's or not.
    pub(super) fn ask_if(self, wanted: bool) -> Standing {
        if wanted { self.ask() } else { self.shelved.with_value(|shelved| shelved.lease.standing()) }
    }

    pub(super) fn ask(self) -> Standing {
        let ask = |Shelved { lease, shelf, .. }: &mut Shelved| lease.ask(shelf, millis_now());
        self.shelved.try_update_value(ask).and_then(Result::ok).unwrap_or(Standing::Other)
    }

    pub(super) fn answer(self) {
        self.shelved.update_value(|Shelved { lease, shelf, .. }| {
            // Whoever asked takes it where it gets no answer.
            let _ = lease.answer(shelf, millis_now());
        });
    }

    pub(super) fn tick(self) {
        self.shelved.update_value(|Shelved { lease, shelf, .. }| {
            // A browser that does not answer now is asked again in a second.
            let _ = lease.tick(shelf, millis_now());
        });
    }
}
