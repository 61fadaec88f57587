//! How the page keeps its notebook: the browser's store, or memory where the browser keeps nothing; which tab
//! writes; when the journal is folded; and what the foot says about it all.

use std::rc::Rc;
use std::time::Duration;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    browser,
    seal::use_seal,
    shell::{FootStatus, SaveState},
    state::{State, millis_now},
    urge::{Memory, Urge, Worth},
};
use crate::notebook::Notebook;
use crate::storage::census::Census;
use crate::storage::repairs::{self, Repair};
use crate::storage::room::Usage;
use crate::storage::{
    Access, Aside, KeyValue, KvError, Lease, MemoryStore, NotLoaded, NotSaved, Opened, Report, Standing,
    Store, lease, open,
};

/// Everything the notebook keeps stands under keys that begin like this.
const NOTEBOOK_KEYS: &str = "firsthour/1/";

/// Where it is kept what is remembered about backups.
pub const BACKUP_KEY: &str = "firsthour/backup";

/// How long after an edit the journal is folded, if it is worth it.
const FOLD_AFTER: Duration = Duration::from_secs(2);

/// How long the room is counted again after another program of the origin wrote something: it may write more.
const RECOUNT_AFTER: Duration = Duration::from_millis(500);

/// How long a reading tab waits for more of what another tab writes before it reads it.
const FOLLOW_AFTER: Duration = Duration::from_millis(150);

/// What is kept in, whatever it is.
pub type Shelf = Rc<dyn KeyValue>;

/// The store and the lease of this tab.
pub struct Shelved {
    /// What keeps the notebook.
    pub store: Store<Shelf>,
    shelf: Shelf,
    lease: Lease,
}

impl Shelved {
    /// What is remembered beside the notebook under a key.
    pub fn note(&self, key: &str) -> Option<String> {
        self.shelf.get(key).ok().flatten()
    }

    /// Remembers something beside the notebook. Where there is no room for it, it is asked again.
    pub fn set_note(&self, key: &str, text: &str) {
        let _ = self.shelf.set(key, text);
    }
}

/// What the page knows about how its notebook is kept.
#[derive(Clone, Copy)]
pub struct Keeping {
    /// The store; not a signal, since nothing is drawn from it.
    pub shelved: StoredValue<Shelved, LocalStorage>,
    /// Whether the browser keeps nothing, so that everything is gone with the page.
    pub is_blocked: bool,
    /// What happened when the notebook was opened.
    pub report: RwSignal<Report>,
    /// When the page was opened, in milliseconds since 1970-01-01T00:00Z.
    pub opened: i64,
    /// What was found damaged since then and at earlier starts, the newest last.
    pub repairs: RwSignal<Vec<Repair>>,
    /// Whether this page may write.
    pub access: RwSignal<Access>,
    usage: RwSignal<Usage>,
    save: RwSignal<SaveState>,
    backups: RwSignal<Memory>,
    recount_waits: StoredValue<bool>,
    fold_waits: StoredValue<bool>,
    follow_waits: StoredValue<bool>,
}

impl Keeping {
    /// Opens what this browser keeps. Provides what the foot shows as context.
    pub fn open(tab: [u8; 10]) -> (Self, Notebook) {
        let name = crate::model::IncidentId::random(tab);
        let mut lease = Lease::new(name.as_str());
        let seal = use_seal();
        let browsers = open_with(seal.shelf(), &mut lease);
        let is_blocked = seal.is_blocked || browsers.is_err();
        let opened = browsers.or_else(|_| open_with(Rc::new(MemoryStore::new()), &mut lease));
        // Memory never refuses; if it ever did, the page could not start, and says why where errors are shown.
        let (shelf, opened) = opened.unwrap_or_else(|error| wasm_bindgen::throw_str(&error.to_string()));
        let Opened { store, notebook, report } = opened;
        let backups = shelf.get(BACKUP_KEY).ok().flatten().map(|text| Memory::parse(&text));
        let repairs = note_repairs(&store, &report);
        let keeping = Self {
            is_blocked,
            opened: millis_now(),
            report: RwSignal::new(report),
            access: RwSignal::new(store.access()),
            usage: RwSignal::new(store.usage()),
            save: RwSignal::new(SaveState::Saved(None)),
            repairs: RwSignal::new(repairs),
            backups: RwSignal::new(backups.unwrap_or_default()),
            recount_waits: StoredValue::new(false),
            fold_waits: StoredValue::new(false),
            follow_waits: StoredValue::new(false),
            shelved: StoredValue::new_local(Shelved { store, shelf, lease }),
        };
        keeping.provide_foot();
        (keeping, notebook)
    }

    /// Whether this page only reads.
    pub fn is_read_only(self) -> Signal<bool> {
        Signal::derive(move || self.access.get() != Access::Writer)
    }

    /// How much room is taken.
    pub fn usage(self) -> Signal<Usage> {
        self.usage.into()
    }

    /// When a backup was last taken, in milliseconds since 1970-01-01T00:00Z.
    pub fn backup(self) -> Signal<Option<i64>> {
        Signal::derive(move || self.backups.with(|backups| backups.at))
    }

    /// Remembers that a backup was taken now.
    pub fn note_backup(self) {
        self.remember(Memory::backed_up(millis_now(), self.edits()));
    }

    /// What no backup holds, and how much that presses.
    pub fn unsaved(self, state: State) -> (Worth, Urge) {
        state.minute().track();
        let worth =
            state.with(|notebook| self.backups.with(|backups| Worth::of(notebook, backups, self.edits())));
        (worth, self.backups.with(|backups| backups.urge(worth, millis_now())))
    }

    /// Puts the reminder of a backup off.
    pub fn put_off(self, urge: Urge) {
        self.remember(self.backups.with_untracked(|backups| backups.putting_off(urge, millis_now())));
    }

    /// Notices when there is something for the first time that no backup holds.
    fn watch_worth(self, state: State) {
        Effect::new(move |_| {
            let (worth, _) = self.unsaved(state);
            if let Some(watched) = self.backups.with_untracked(|backups| backups.watched(worth, millis_now()))
            {
                self.remember(watched);
            }
        });
    }

    fn remember(self, memory: Memory) {
        let text = memory.print();
        self.backups.set(memory);
        self.shelved.with_value(|shelved| shelved.set_note(BACKUP_KEY, &text));
    }

    fn edits(self) -> u64 {
        self.shelved.with_value(|shelved| shelved.store.edits())
    }

    /// What takes the room; none where the browser does not let it be counted.
    pub fn census(self) -> Option<Census> {
        self.shelved.with_value(|shelved| shelved.store.census().ok())
    }

    /// Counts again what is taken, a moment after another program of the origin wrote something.
    fn recount_later(self) {
        if !self.recount_waits.get_value() {
            self.recount_waits.set_value(true);
            set_timeout(
                move || {
                    self.recount_waits.set_value(false);
                    self.recount();
                },
                RECOUNT_AFTER,
            );
        }
    }

    /// Tells that a record was found damaged while it was being read, after the start.
    pub fn note_damaged(self, error: &NotLoaded) {
        let NotLoaded::Damaged(aside) = error else { return };
        let found = Report { set_aside: vec![aside.clone()], ..Report::default() };
        self.repairs.set(self.shelved.with_value(|shelved| note_repairs(&shelved.store, &found)));
        self.report.update(|report| report.set_aside.push(aside.clone()));
    }

    /// Forgets what was found damaged at earlier starts.
    pub fn forget_repairs(self) {
        self.shelved.with_value(|shelved| repairs::forget(&shelved.shelf));
        self.repairs.set(Vec::new());
    }

    /// Reads everything again, as when the page is opened.
    pub fn read_again(self, state: State) {
        let access = self.shelved.with_value(|shelved| shelved.store.access());
        self.reopen(state, access);
    }

    /// Says how a save went.
    pub fn note_save(self, error: Option<&NotSaved>) {
        match error {
            None => self.save.set(SaveState::Saved(Some(millis_now()))),
            // What the notebook refuses is not a trouble of keeping.
            Some(NotSaved::Refused(_) | NotSaved::Busy) => {}
            Some(_) => self.save.set(SaveState::NotSaved),
        }
        self.look();
    }

    /// What could not be read, ever since somebody last discarded it.
    pub fn set_aside(self) -> Vec<Aside> {
        self.shelved.with_value(|shelved| shelved.store.set_aside().to_vec())
    }

    /// Gives what could not be read to the person as a file.
    pub fn save_set_aside(self, state: State) {
        match self.shelved.with_value(|shelved| shelved.store.set_aside_file()) {
            Ok(text) => {
                browser::download("first-hour-set-aside.json", "application/json", text.as_bytes());
            }
            Err(error) => state.complain(&error.to_string()),
        }
    }

    /// Removes a record that was set aside, for good; says why where it cannot be.
    pub fn discard(self, state: State, key: &str) {
        let discarded = self
            .shelved
            .try_update_value(|shelved| state.with_now(|notebook| shelved.store.discard(notebook, key)));
        if let Some(Err(error)) = discarded {
            state.complain(&state.words().not_saved(&error));
        }
        self.look();
    }

    /// Says that a long save is under way.
    pub fn note_saving(self) {
        self.save.set(SaveState::Saving);
    }

    /// Counts again what is taken: another program may have written, or all records were written in another form.
    pub fn recount(self) {
        self.shelved.update_value(|shelved| shelved.store.recount());
        self.look();
    }

    /// Brings what the page shows about the store up to date.
    pub fn look(self) {
        let (access, usage) =
            self.shelved.with_value(|shelved| (shelved.store.access(), shelved.store.usage()));
        if self.access.get_untracked() != access {
            self.access.set(access);
        }
        if self.usage.get_untracked() != usage {
            self.usage.set(usage);
        }
    }

    /// Keeps the lease alive, follows what another tab writes, and gives the lease back when the page goes.
    pub fn watch(self, state: State) {
        let beat = Duration::from_millis(u64::try_from(lease::BEAT).unwrap_or_default());
        let settle = Duration::from_millis(u64::try_from(lease::SETTLE).unwrap_or_default());
        set_interval(move || self.beat(state), beat);
        set_timeout(move || self.beat(state), settle);
        self.watch_worth(state);
        let storage = window_event_listener(ev::storage, move |event| {
            let key = event.unchecked_into::<web_sys::StorageEvent>().key();
            if key.is_none_or(|key| key.starts_with(NOTEBOOK_KEYS)) {
                self.follow(state);
            } else {
                self.recount_later();
            }
        });
        let hide = window_event_listener(ev::pagehide, move |_| {
            self.shelved.update_value(|shelved| {
                // Where it cannot be given back it expires by itself.
                let _ = shelved.lease.release(&shelved.shelf);
            });
        });
        let show = window_event_listener(ev::pageshow, move |_| self.beat(state));
        on_cleanup(move || {
            storage.remove();
            hide.remove();
            show.remove();
        });
    }

    /// Makes this tab the one that writes.
    pub fn take_over(self, state: State) {
        self.shelved.update_value(|shelved| {
            // A full store refuses the record; deleting must be possible all the same.
            let _ = shelved.lease.take_over(&shelved.shelf, millis_now());
        });
        self.reopen(state, Access::Writer);
    }

    /// Folds the journal a while after the last edit, if it is worth it.
    pub fn fold_later(self, state: State) {
        let due = self.shelved.with_value(|shelved| shelved.store.wants_fold());
        if due && !self.fold_waits.get_value() {
            self.fold_waits.set_value(true);
            set_timeout(
                move || {
                    self.fold_waits.set_value(false);
                    self.shelved.update_value(|shelved| {
                        // What cannot be folded now stays in the journal, where it is safe.
                        let _ = state.with_now(|notebook| shelved.store.fold(notebook));
                    });
                    self.look();
                },
                FOLD_AFTER,
            );
        }
    }

    fn beat(self, state: State) {
        let before = self.shelved.with_value(|shelved| shelved.store.access());
        let standing = self.shelved.try_update_value(|shelved| {
            shelved.lease.tick(&shelved.shelf, millis_now()).unwrap_or(Standing::Writer)
        });
        match (before, standing) {
            (Access::Writer, Some(Standing::Reader)) => {
                self.shelved.update_value(|shelved| shelved.store.stop_writing(Access::OtherTab));
                self.look();
            }
            (Access::OtherTab | Access::Overtaken, Some(Standing::Writer)) => {
                self.reopen(state, Access::Writer);
            }
            _ => {}
        }
    }

    fn follow(self, state: State) {
        let reads = self.shelved.with_value(|shelved| shelved.store.access() != Access::Writer);
        if reads && !self.follow_waits.get_value() {
            self.follow_waits.set_value(true);
            set_timeout(
                move || {
                    self.follow_waits.set_value(false);
                    self.reopen(state, Access::OtherTab);
                },
                FOLLOW_AFTER,
            );
        }
    }

    /// Reads everything again: another tab has written.
    fn reopen(self, state: State, access: Access) {
        let opened = self.shelved.with_value(|shelved| open(Rc::clone(&shelved.shelf), access));
        // A browser that does not answer now leaves the page as it is; the next beat tries again.
        let Ok(Opened { store, notebook, report }) = opened else { return };
        self.repairs.set(note_repairs(&store, &report));
        self.shelved.update_value(|shelved| shelved.store = store);
        self.report.set(report);
        state.replace(notebook);
        self.look();
    }

    fn provide_foot(self) {
        let storage = Signal::derive(move || {
            let usage = self.usage.get();
            let share = f64::from(usage.percent()) / 100.0;
            (share, browser::size(usage.taken()), browser::size(usage.available))
        });
        provide_context(FootStatus {
            save: Signal::derive(move || {
                if self.access.get() == Access::Writer { self.save.get() } else { SaveState::ReadOnly }
            }),
            storage,
            backup: self.backup(),
        });
    }
}

/// Adds what was found damaged now to the list that people read, and returns the list.
fn note_repairs(store: &Store<Shelf>, report: &Report) -> Vec<Repair> {
    let writes = store.access() == Access::Writer;
    if report.is_clean() || !writes {
        return repairs::read(store.kv());
    }
    repairs::note(store.kv(), Repair::new(crate::model::Time::from_millis(millis_now()), report))
}

/// Takes the lease and opens what is kept here, as writer where no other tab is.
fn open_with(shelf: Shelf, lease: &mut Lease) -> Result<(Shelf, Opened<Shelf>), KvError> {
    // A store that is full refuses the lease; the page must still be able to delete.
    let standing = lease.tick(&shelf, millis_now()).unwrap_or(Standing::Writer);
    let access = if standing == Standing::Reader { Access::OtherTab } else { Access::Writer };
    open(Rc::clone(&shelf), access).map(|opened| (shelf, opened))
}
