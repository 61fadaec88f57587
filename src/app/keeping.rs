//! How the page keeps its notebook: the browser's store, or memory where the browser keeps nothing, and what the foot says
//! about it. Which tab may write what is large is settled in [`leasing`], when the journal is folded in [`folding`], and what
//! happens around the page is followed in [`watching`].

mod folding;
mod leasing;
mod watching;

use std::rc::Rc;

use leptos::prelude::*;

use super::{
    browser,
    mirroring::{MirrorState, Mirroring},
    seal::{Seal, use_seal},
    shell::{FootStatus, SaveState},
    state::{State, millis_now},
    urge::{Memory, Urge, Worth},
};
use crate::formats::Meaning;
use crate::model::Time;
use crate::notebook::Notebook;
use crate::storage::census::Census;
use crate::storage::headers;
use crate::storage::mirror::Reconciled;
use crate::storage::repairs::{self, Repair};
use crate::storage::room::Usage;
use crate::storage::{
    Access, Allowance, Aside, KeyValue, KvError, Lease, MemoryStore, News, NotLoaded, NotSaved, Opened,
    Report, Store, TabId, open_as,
};

/// Where it is kept what is remembered about backups.
pub const BACKUP_KEY: &str = "firsthour/backup";

/// What tells what a stored text says: its key, the text; none where it cannot be opened.
pub type PlainText = Rc<dyn Fn(&str, &str) -> Option<String>>;

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

    /// What the columns of a table with this header were said to mean, if anybody did.
    pub fn columns(&self, header: &str) -> Option<Vec<Meaning>> {
        headers::read(&self.shelf, header)?.iter().map(|code| Meaning::parse(code)).collect()
    }

    /// Remembers what the columns of a table with this header mean.
    pub fn remember_columns(&self, header: &str, meanings: &[Meaning]) {
        headers::note(
            &self.shelf,
            header,
            meanings.iter().map(|meaning| meaning.code().to_owned()).collect(),
        );
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
    /// When the page was opened, in milliseconds since 1970-01-01T00:00Z.
    pub opened: i64,
    /// What happened when the notebook was opened.
    pub report: RwSignal<Report>,
    /// What was found damaged since then and at earlier starts, the newest last.
    pub repairs: RwSignal<Vec<Repair>>,
    /// Whether this page may write.
    pub access: RwSignal<Access>,
    /// Whether the notebook is locked with a passphrase.
    pub seal: Seal,
    /// The second copy in IndexedDB, which survives a killed browser.
    pub mirroring: Mirroring,
    /// Whether two histories of this notebook were found at the start, of which one had to give way.
    pub forked: RwSignal<bool>,
    /// Whether something was done that is not known to be kept yet.
    owed: StoredValue<bool>,
    usage: RwSignal<Usage>,
    save: RwSignal<SaveState>,
    backups: RwSignal<Memory>,
    recount_waits: StoredValue<bool>,
    fold_waits: StoredValue<bool>,
    /// How much folding may write now.
    allowance: StoredValue<Allowance>,
}

impl Keeping {
    /// Opens what this browser keeps, for the tab of this name. Provides what the foot shows as context.
    pub fn open(tab: TabId) -> (Self, Notebook) {
        let seal = use_seal();
        let mirroring = Mirroring::of(seal.recorder());
        let browsers = open_with(seal.shelf(), tab);
        let is_blocked = seal.is_blocked || browsers.is_err();
        let opened = browsers.or_else(|_| open_with(Rc::new(MemoryStore::new()), tab));
        // Memory never refuses; if it ever did, the page could not start, and says why where errors are shown.
        let (shelf, opened) = opened.unwrap_or_else(|error| wasm_bindgen::throw_str(&error.to_string()));
        let Opened { store, notebook, report } = opened;
        let backups = shelf.get(BACKUP_KEY).ok().flatten().map(|text| Memory::parse(&text));
        let keeping = Self {
            is_blocked,
            opened: millis_now(),
            report: RwSignal::new(report),
            repairs: RwSignal::new(repairs::read(&shelf)),
            access: RwSignal::new(store.access()),
            seal,
            mirroring,
            forked: RwSignal::new(false),
            owed: StoredValue::new(false),
            usage: RwSignal::new(store.usage()),
            save: RwSignal::new(SaveState::Saved(None)),
            backups: RwSignal::new(backups.unwrap_or_default()),
            recount_waits: StoredValue::new(false),
            fold_waits: StoredValue::new(false),
            allowance: StoredValue::new(Allowance::new(millis_now())),
            shelved: StoredValue::new_local(Shelved { store, shelf, lease: Lease::new(tab) }),
        };
        keeping.provide_foot();
        (keeping, notebook)
    }

    /// Whether this page only reads.
    pub fn is_read_only(self) -> Signal<bool> {
        Signal::derive(move || self.access.get() != Access::Writer || !self.mirroring.lets_edit())
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
        let edits = self.edits();
        let worth = state.with(|notebook| self.backups.with(|backups| Worth::of(notebook, backups, edits)));
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
            let watched = self.backups.with_untracked(|backups| backups.watched(worth, millis_now()));
            if let Some(watched) = watched {
                self.remember(watched);
            }
        });
    }

    fn remember(self, memory: Memory) {
        let text = memory.print();
        self.backups.set(memory);
        // A full store still knows it until the page closes.
        self.shelved.with_value(|shelved| shelved.set_note(BACKUP_KEY, &text));
    }

    fn edits(self) -> u64 {
        self.shelved.with_value(|shelved| shelved.store.edits())
    }

    /// What takes the room; none where the browser does not let it be counted.
    pub fn census(self) -> Option<Census> {
        self.shelved.with_value(|shelved| shelved.store.census().ok())
    }

    /// Writes down what was found damaged, for the page about repairs, once the second copy had its chance to mend it.
    fn watch_damage(self) {
        Effect::new(move |_| {
            let is_settled = !matches!(self.mirroring.standing().get(), MirrorState::Opening);
            let report = self.report.get();
            let writes = self.access.get_untracked() == Access::Writer;
            if is_settled && writes && !report.is_clean() {
                let now = Time::from_millis(millis_now());
                let found = Repair::new(now, &report);
                let opened = Time::from_millis(self.opened);
                self.repairs
                    .set(self.shelved.with_value(|shelved| repairs::note(&shelved.shelf, found, &opened)));
            }
        });
    }

    /// Tells that a record was found damaged while it was being read, after the start.
    pub fn note_damaged(self, error: &NotLoaded) {
        if let NotLoaded::Damaged(aside) = error {
            self.report.update(|report| report.set_aside.push(aside.clone()));
        }
    }

    /// Forgets what was found damaged at earlier starts.
    pub fn forget_repairs(self) {
        self.shelved.with_value(|shelved| repairs::forget(&shelved.shelf));
        self.repairs.set(Vec::new());
    }

    /// Says how a save went, as far as local storage is concerned. It counts as saved once the mirror has it too.
    pub fn note_save(self, error: Option<&NotSaved>) {
        match error {
            None => {
                self.owed.set_value(true);
                self.save.set(SaveState::Saving);
            }
            // What the notebook refuses is not a trouble of keeping.
            Some(NotSaved::Refused(_) | NotSaved::Busy | NotSaved::OtherTab) => {}
            Some(_) => self.save.set(SaveState::NotSaved),
        }
        self.look();
    }

    /// Says that all that was done is kept: where it survives a killed browser, or only where the browser writes it to disk
    /// later.
    pub fn note_kept(self, survives: bool) {
        if self.owed.get_value() {
            self.owed.set_value(false);
            let now = Some(millis_now());
            self.save.set(if survives { SaveState::Saved(now) } else { SaveState::SavedHere(now) });
            browser::mark("firsthour:saved");
        }
    }

    /// What a stored text says.
    pub fn reader(self) -> PlainText {
        self.seal.reader()
    }

    /// Whether anything was found damaged when the notebook was opened.
    pub fn is_damaged(self) -> bool {
        self.report.with_untracked(|report| !report.is_clean())
    }

    /// Tells what the browser had lost and the mirror has brought back.
    pub fn tell_brought_back(self, state: State, found: Reconciled) {
        if found.brought_back() {
            state.tell(&state.words().keeping.brought_back(found));
        }
    }

    /// Reads everything again, since the mirror has given local storage what it lacked.
    pub fn show_again(self, state: State) {
        self.shelved.update_value(|shelved| shelved.store.read_anew());
        self.report.set(Report::default());
        state.follow(News::Anything);
    }

    /// Makes this page a reader.
    pub fn stop(self, access: Access) {
        self.shelved.update_value(|shelved| shelved.store.stop_writing(access));
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

    /// Removes a record that was set aside, for good, and then goes on; says why where it cannot be.
    pub fn discard(self, state: State, key: String, then: impl FnOnce() + 'static) {
        leptos::task::spawn_local(async move {
            let discarded = if self.hold(|| true).await {
                state.as_holder(|store, notebook| store.discard(notebook, &key))
            } else {
                Err(NotSaved::OtherTab)
            };
            self.let_go();
            if let Err(error) = discarded {
                state.complain(&state.words().not_saved(&error));
            }
            state.follow(News::Anything);
            self.look();
            then();
        });
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

    /// Brings what the page shows about the store up to date, and gives the mirror what was written.
    pub fn look(self) {
        self.mirroring.flush(self);
        let (access, usage) =
            self.shelved.with_value(|shelved| (shelved.store.access(), shelved.store.usage()));
        if self.access.get_untracked() != access {
            self.access.set(access);
        }
        if self.usage.get_untracked() != usage {
            self.usage.set(usage);
        }
    }

    fn provide_foot(self) {
        let storage = Signal::derive(move || {
            let usage = self.usage.get();
            let share = f64::from(usage.percent()) / 100.0;
            (share, browser::size(usage.taken()), browser::size(usage.available))
        });
        provide_context(FootStatus {
            save: Signal::derive(move || match self.mirroring.standing().get() {
                MirrorState::Opening => SaveState::Opening,
                _ if self.is_read_only().get() => SaveState::ReadOnly,
                MirrorState::There => self.save.get(),
                // Nor is what was kept earlier any safer than what was done now.
                _ => match self.save.get() {
                    SaveState::Saved(at) => SaveState::SavedHere(at),
                    other => other,
                },
            }),
            storage,
            backup: self.backup(),
        });
    }
}

/// Opens what is kept here. Whether this tab may write generations is asked before each.
fn open_with(shelf: Shelf, tab: TabId) -> Result<(Shelf, Opened<Shelf>), KvError> {
    let mut opened = open_as(Rc::clone(&shelf), Access::Writer, tab)?;
    opened.store.set_holder(false);
    Ok((shelf, opened))
}
