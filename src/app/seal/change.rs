//! Setting, changing and removing the passphrase: each takes a while, says how far it is, and can be cut off anywhere.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::Seal;
use crate::app::{
    browser,
    sealing::kdf_for_here,
    slice::{Slice, fraction},
    state::State,
};
use crate::storage::seal::{Passkey, Trouble, Turning, turning::SETTLE};

impl Seal {
    /// Locks the notebook with this passphrase. `progress` hears how far it is, 0 to 1.
    ///
    /// # Errors
    /// A [`Trouble`]. Where it comes in the middle, the rest is sealed at the next unlocking.
    pub async fn set(self, state: State, passphrase: &str, progress: impl FnMut(f64)) -> Result<(), Trouble> {
        let growth = self.sealed().growth()?;
        let usage = state.keeping.usage().get_untracked();
        if growth > usage.capacity.saturating_sub(usage.used) {
            return Err(Trouble::Full(growth));
        }
        let passkey = new_passkey(passphrase).await?;
        let turning = self.sealed().begin_sealing(passkey)?;
        self.prefs.seal_author(self.shelf());
        self.look();
        let sealed = self.sealed();
        state.keeping.mirroring.turn_fork(|key, text| sealed.seal_text(key, text).ok()).await;
        let done = self.turn(turning, progress).await;
        self.look();
        state.keeping.recount();
        done
    }

    /// Locks the notebook with another passphrase.
    ///
    /// # Errors
    /// A [`Trouble`]; the old one still counts.
    pub async fn change(self, old: &str, new: &str) -> Result<(), Trouble> {
        self.passkey(old)?;
        browser::show().await;
        let passkey = new_passkey(new).await?;
        self.sealed().change(&passkey)?;
        Ok(())
    }

    /// Takes the passphrase off. `progress` hears how far it is, 0 to 1.
    ///
    /// # Errors
    /// A [`Trouble`]. Where it comes in the middle, the rest is opened at the next unlocking.
    pub async fn remove(
        self,
        state: State,
        passphrase: &str,
        progress: impl FnMut(f64),
    ) -> Result<(), Trouble> {
        let passkey = self.passkey(passphrase)?;
        let turning = self.sealed().begin_unsealing(passkey)?;
        let sealed = self.sealed();
        state.keeping.mirroring.turn_fork(|key, text| sealed.open_text(key, text)).await;
        let done = self.turn(turning, progress).await;
        if self.sealed().phase().is_none() {
            self.prefs.unseal_author();
        }
        self.look();
        state.keeping.recount();
        done
    }

    /// The key of the passphrase that the notebook is locked with.
    fn passkey(self, passphrase: &str) -> Result<Passkey, Trouble> {
        self.sealed().check(&browser::normalized(passphrase))?.map_err(|_| Trouble::Wrong)
    }

    /// Turns every record, then, after a moment in which other tabs hear of it, what came meanwhile.
    pub(super) async fn turn(
        self,
        mut turning: Turning,
        mut progress: impl FnMut(f64),
    ) -> Result<(), Trouble> {
        let sealed = self.sealed();
        for last in [false, true] {
            let mut slice = Slice::begin();
            while sealed.turn(&mut turning)? {
                if slice.is_over() {
                    let (done, of) = turning.progress();
                    progress(fraction(done, of));
                    slice.rest().await;
                }
            }
            if !last {
                TimeoutFuture::new(SETTLE).await;
                turning.again();
            }
        }
        Ok(sealed.conclude(turning)?)
    }
}

/// The key of a new passphrase, with as many passes as this machine makes in about half a second.
async fn new_passkey(passphrase: &str) -> Result<Passkey, Trouble> {
    let kdf = kdf_for_here()?;
    browser::breathe().await;
    Ok(Passkey::new(&browser::normalized(passphrase), kdf, &browser::random_bytes)?)
}
