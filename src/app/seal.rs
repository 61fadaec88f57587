//! The page's seal: whether the notebook is locked with a passphrase, unlocking it, locking it again.
//!
//! The key is in this page's memory and nowhere else, so locking is reloading the page: what was in memory is gone, and the
//! page asks again. Every tab asks for itself. What takes the passphrase on and off is in [`change`].

mod change;
mod idle;
mod lock_page;

use std::{cmp::Ordering, collections::BTreeMap, rc::Rc};

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

pub use lock_page::LockPage;

use super::{
    browser,
    keeping::{BACKUP_KEY, PlainText, Shelf},
    location::{Location, use_location},
    mirroring::Recorder,
    prefs::{Prefs, use_prefs},
    state::millis_now,
};
use crate::compact::Gather as _;
use crate::storage::{
    KeyValue, KvError, MemoryStore,
    browser::BrowserStore,
    key::{LOCKS, ROOT},
    mirror::{Mirrored, Side},
    seal::{Gate, Phase, Sealed, Trouble, Unlocked},
};

/// Written to have every other tab lock too; holds the time, so that it changes each time.
const LOCK_NOW: &str = "firsthour/lock-now";

/// The seal, as context.
#[derive(Clone, Copy)]
pub struct Seal {
    sealed: StoredValue<Rc<Sealed<Shelf>>, LocalStorage>,
    /// Notes what is written for the mirror; none where the browser keeps nothing.
    recorder: StoredValue<Option<Recorder>, LocalStorage>,
    gate: RwSignal<Gate>,
    phase: RwSignal<Option<Phase>>,
    /// Whether the browser keeps nothing, so that there is nothing to lock.
    pub is_blocked: bool,
    prefs: Prefs,
    location: Location,
}

impl Seal {
    /// Opens what this browser keeps and looks what stands before it. Provides the seal as context.
    pub fn provide() -> Self {
        let recorder: Option<Recorder> =
            BrowserStore::open().ok().map(|store| Rc::new(Mirrored::over(store)));
        let browsers = recorder.clone().ok_or(KvError::Blocked).and_then(|recorder| {
            let shelf: Shelf = recorder;
            Sealed::over(shelf, Box::new(browser::random_bytes))
        });
        let is_blocked = browsers.is_err();
        let opened = browsers.or_else(|_| {
            let memory: Shelf = Rc::new(MemoryStore::new());
            Sealed::over(memory, Box::new(browser::random_bytes))
        });
        // Memory never refuses; if it ever did, the page could not start, and says why where errors are shown.
        let (sealed, gate) = opened.unwrap_or_else(|error| wasm_bindgen::throw_str(&error.to_string()));
        let seal = Self {
            sealed: StoredValue::new_local(Rc::new(sealed)),
            recorder: StoredValue::new_local(recorder.filter(|_| !is_blocked)),
            gate: RwSignal::new(gate),
            phase: RwSignal::new(None),
            is_blocked,
            prefs: use_prefs(),
            location: use_location(),
        };
        if seal.gate.with_untracked(|gate| *gate != Gate::Open) {
            seal.location.set_private(true);
        }
        seal.follow_other_tabs();
        seal.lock_when_idle();
        provide_context(seal);
        seal
    }

    /// What stands between the person and the notebook.
    pub fn gate(self) -> Signal<Gate> {
        self.gate.into()
    }

    /// Whether the notebook is locked with a passphrase, be it unlocked now or not.
    pub fn is_on(self) -> Signal<bool> {
        Signal::derive(move || self.phase.get().is_some() || self.gate.with(|gate| *gate != Gate::Open))
    }

    /// How far the seal is put on or taken off; none where there is none.
    pub fn phase(self) -> Signal<Option<Phase>> {
        self.phase.into()
    }

    /// What the notebook is kept in.
    pub fn shelf(self) -> Shelf {
        let sealed: Rc<Sealed<Shelf>> = self.sealed();
        sealed
    }

    /// What notes every change for the mirror; none where the browser keeps nothing.
    pub fn recorder(self) -> Option<Recorder> {
        self.recorder.get_value()
    }

    /// What tells what a stored text says.
    pub fn reader(self) -> PlainText {
        let sealed = self.sealed();
        Rc::new(move |key, text| sealed.open_text(key, text))
    }

    /// How the lock compares with the one that the mirror holds among these texts.
    ///
    /// # Errors
    /// When local storage cannot be read.
    pub fn compare_lock(self, mirror: &Side) -> Result<Ordering, KvError> {
        let texts = LOCKS.iter().filter_map(|key| mirror.texts.get(*key));
        self.sealed().compare_lock(texts.map(String::as_str))
    }

    /// Asks for the passphrase again, now that another lock is there.
    pub fn ask_again(self) {
        forget();
    }

    /// Unlocks the notebook, which takes about half a second of the page's one thread.
    ///
    /// # Errors
    /// A [`Trouble`]; it stays locked.
    pub async fn unlock(self, passphrase: &str) -> Result<(), Trouble> {
        let Gate::Locked(lock) = self.gate.get_untracked() else { return Ok(()) };
        let passkey = lock.passkey(&browser::normalized(passphrase))?;
        let unlocked = self.sealed().unlock(&lock, &passkey).map_err(|_| Trouble::Wrong)?;
        if let Unlocked::Unfinished(turning) = unlocked {
            // What cannot be finished now is tried again next time; the notebook can be used as it is.
            let _ = self.turn(turning, |_| ()).await;
        }
        self.prefs.read_sealed_author(self.shelf());
        if self.sealed().phase().is_none() {
            self.prefs.unseal_author();
        }
        self.look();
        self.gate.set(Gate::Open);
        Ok(())
    }

    /// Locks the notebook here and in every other tab.
    pub fn lock_now(self) {
        // Written to be a change; where it cannot be, the other tabs stay open until they are idle.
        let _ = self.shelf().set(LOCK_NOW, &millis_now().to_string());
        forget();
    }

    /// Erases the notebook of somebody who forgot the passphrase, and begins with an empty one.
    ///
    /// # Errors
    /// A [`Trouble`] where the browser does not remove it.
    pub fn erase(self) -> Result<(), Trouble> {
        self.sealed().erase()?;
        // It was that notebook's. What is left of it would only show a wrong date.
        let _ = self.shelf().remove(BACKUP_KEY);
        reload();
        Ok(())
    }

    /// Everything that is kept, as it lies there: what can still be taken away where the lock is lost.
    pub fn raw_file(self) -> Option<String> {
        let below = Rc::clone(self.sealed().inner());
        let keys = below.keys().ok()?.into_iter().filter(|key| key.starts_with(ROOT));
        let texts: BTreeMap<String, Option<String>> =
            keys.map(|key| (key.clone(), below.get(&key).ok().flatten())).gather();
        serde_json::to_string_pretty(&texts).ok()
    }

    fn sealed(self) -> Rc<Sealed<Shelf>> {
        self.sealed.get_value()
    }

    /// Brings what the page shows about the seal up to date.
    fn look(self) {
        let phase = self.sealed().phase();
        self.phase.set(phase);
        self.location.set_private(phase.is_some());
    }

    fn follow_other_tabs(self) {
        let storage = window_event_listener(ev::storage, move |event| {
            let key = event.unchecked_into::<web_sys::StorageEvent>().key();
            let key = key.as_deref().unwrap_or_default();
            let is_open = self.gate.with_untracked(|gate| *gate == Gate::Open);
            if LOCKS.contains(&key) || key == LOCK_NOW && is_open && self.phase.get_untracked().is_some() {
                forget();
            }
        });
        on_cleanup(move || storage.remove());
    }
}

/// The seal of the page.
pub fn use_seal() -> Seal {
    use_context().unwrap_or_else(Seal::provide)
}

/// Forgets the key and all that it opened.
fn forget() {
    // A field that the person was still in keeps what was typed when it loses the focus.
    if let Some(field) = browser::focused() {
        let _ = field.blur();
    }
    reload();
}

fn reload() {
    // A browser that does not reload the page has lost it.
    let _ = window().location().reload();
}
