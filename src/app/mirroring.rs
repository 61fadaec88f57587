//! Gives what local storage is given to IndexedDB too, and says when it is confirmed there: only then does the page say
//! "saved". At the start, and whenever the mirror comes back, both are compared and what either lacks is given to it.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{keeping::Keeping, seal::Seal, state::State};
use crate::storage::browser::BrowserStore;
use crate::storage::indexed::{Durability, Indexed};
use crate::storage::mirror::{
    Batch, Depth, MirrorError, Mirrored, Plan, Reconciled, Side, admit, agree, depth, holds_manifest,
    local_anew, mirror_anew, reconcile, wants,
};
use crate::storage::{Access, KeyValue, KvError, key};

/// How long the page waits for the mirror before it lets a person edit without.
const PATIENCE: Duration = Duration::from_secs(3);

/// How often a mirror that failed is tried again.
const RETRY: Duration = Duration::from_secs(30);

/// From so many UTF-16 units on, what a long save has written goes to the mirror before it is complete. It counts for
/// nothing there until the manifest comes.
const ENOUGH: usize = 262_144;

/// A killed browser is what happens, and handed to the operating system is enough for that; a power cut is what a backup is
/// for.
const DURABILITY: Durability = Durability::Relaxed;

/// Whether there is a mirror.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MirrorState {
    /// It is being opened and compared; until then nothing can be edited.
    Opening,
    /// It takes everything.
    There,
    /// There is none now; local storage alone keeps the notebook, and the browser writes that to disk later.
    Without(MirrorError),
    /// It holds newer edits than local storage, which does not take them back. Editing would tear the two apart.
    Stuck(String),
}

/// What the changes to local storage are noted by.
pub type Recorder = Rc<Mirrored<BrowserStore>>;

type Opening = Pin<Box<dyn Future<Output = Result<Indexed, MirrorError>>>>;

/// The mirror of this page.
#[derive(Clone, Copy)]
pub struct Mirroring {
    link: StoredValue<Link, LocalStorage>,
    standing: RwSignal<MirrorState>,
}

struct Link {
    recorder: Option<Recorder>,
    opening: RefCell<Option<Opening>>,
    database: Option<Rc<Indexed>>,
    /// Whether a batch is on its way.
    busy: bool,
    /// Whether it is being opened and compared.
    connecting: bool,
}

impl Mirroring {
    /// The mirror of what this recorder notes, which the browser begins to open now; none where the browser keeps nothing
    /// anyway.
    pub fn of(recorder: Option<Recorder>) -> Self {
        let opening = recorder.is_some().then(begin_opening);
        let standing = if opening.is_some() { MirrorState::Opening } else { MirrorState::There };
        Self {
            link: StoredValue::new_local(Link {
                recorder,
                opening: RefCell::new(opening),
                database: None,
                busy: false,
                connecting: false,
            }),
            standing: RwSignal::new(standing),
        }
    }

    /// Whether there is a mirror.
    pub fn standing(self) -> Signal<MirrorState> {
        self.standing.into()
    }

    /// Whether a person may edit, as far as the mirror is concerned.
    pub fn lets_edit(self) -> bool {
        self.standing.with(|now| !matches!(now, MirrorState::Opening | MirrorState::Stuck(_)))
    }

    /// Compares both places as soon as the mirror is open, and keeps an eye on it from then on.
    pub fn watch(self, keeping: Keeping, state: State) {
        let Some(opening) = self.link.with_value(|link| link.opening.take()) else { return };
        set_timeout(
            move || {
                if self.standing.with_untracked(|now| *now == MirrorState::Opening) {
                    state.doubt_chain();
                    self.standing.set(MirrorState::Without(MirrorError::Silent));
                }
            },
            PATIENCE,
        );
        spawn_local(self.connect(opening, keeping, state));
        set_interval(
            move || {
                let lost = self
                    .standing
                    .with_untracked(|now| matches!(now, MirrorState::Without(error) if is_passing(error)));
                if lost && self.link.with_value(|link| link.database.is_none() && !link.connecting) {
                    spawn_local(self.connect(begin_opening(), keeping, state));
                }
            },
            RETRY,
        );
    }

    /// Gives the mirror what was written since the last time, and tells `keeping` when that is confirmed.
    pub fn flush(self, keeping: Keeping) {
        let ready = self.link.with_value(|link| {
            let recorder = link.recorder.as_ref().filter(|_| !link.busy)?;
            Some((Rc::clone(recorder), link.database.clone()?))
        });
        let Some((recorder, database)) = ready else {
            if self.link.with_value(|link| link.database.is_none()) {
                let nothing_to_wait_for = self.link.with_value(|link| link.recorder.is_none());
                keeping.note_kept(nothing_to_wait_for);
            }
            // Otherwise what is on its way takes this along when it arrives.
            return;
        };
        let batch = recorder.take();
        if batch.is_empty() {
            keeping.note_kept(true);
            return;
        }
        self.link.update_value(|link| link.busy = true);
        spawn_local(async move {
            let mut written = write(&database, &recorder, keeping, batch).await;
            while written.is_ok() {
                let batch = recorder.take();
                if batch.is_empty() {
                    break;
                }
                written = write(&database, &recorder, keeping, batch).await;
            }
            self.link.update_value(|link| link.busy = false);
            let confirmed = written.is_ok();
            if let Err(error) = written {
                self.lose(error);
            }
            keeping.note_kept(confirmed);
        });
    }

    /// As [`Mirroring::flush`], in the middle of a long save, where enough has gathered.
    pub fn flush_some(self, keeping: Keeping) {
        let waiting =
            self.link.with_value(|link| link.recorder.as_ref().map_or(0, |recorder| recorder.waiting()));
        if waiting > ENOUGH {
            self.flush(keeping);
        }
    }

    /// Sends what is left on its way at once: the page is about to go.
    pub fn flush_last(self, keeping: Keeping) {
        let left = self.link.with_value(|link| {
            let recorder = link.recorder.clone()?;
            Some((link.database.clone()?, recorder.take(), recorder))
        });
        if let Some((database, batch, recorder)) = left.filter(|(_, batch, _)| !batch.is_empty()) {
            spawn_local(async move {
                // Nobody is left to be told.
                let _ = write(&database, &recorder, keeping, batch).await;
            });
        }
    }

    /// What was kept of a history that gave way, as texts under the notebook's keys.
    pub async fn fork(self) -> BTreeMap<String, String> {
        let Some(database) = self.link.with_value(|link| link.database.clone()) else {
            return BTreeMap::new();
        };
        // One that cannot be read now is there at the next start.
        database.fork().await.unwrap_or_default()
    }

    /// Removes what was kept of a history that gave way, for good.
    pub async fn discard_fork(self, keeping: Keeping) {
        let Some(database) = self.link.with_value(|link| link.database.clone()) else { return };
        if database.discard_fork().await.is_ok() {
            keeping.forked.set(false);
        }
    }

    /// Writes what was kept of a history that gave way anew, each text as `turn` gives it: sealed, or opened.
    pub async fn turn_fork(self, turn: impl Fn(&str, &str) -> Option<String>) {
        let kept = self.fork().await;
        let Some(database) = self.link.with_value(|link| link.database.clone()) else { return };
        if !kept.is_empty() {
            let turned = kept.into_iter().filter_map(|(key, text)| turn(&key, &text).map(|text| (key, text)));
            // The mirror tells of its own troubles at the next write.
            let _ = database.keep_fork(&turned.collect()).await;
        }
    }

    async fn look_for_fork(self, keeping: Keeping) {
        keeping.forked.set(!self.fork().await.is_empty());
    }

    /// Takes from the mirror what is damaged or missing in local storage. Returns whether anything was.
    pub async fn heal(self, keeping: Keeping, state: State) -> bool {
        let link = self.link.with_value(|link| Some((link.recorder.clone()?, link.database.clone()?)));
        let Some((recorder, database)) = link else { return false };
        match self.compare(&recorder, &database, Depth::Contents, keeping, state).await {
            Ok(found) => {
                keeping.tell_brought_back(state, found);
                found.brought_back()
            }
            Err(_) => false,
        }
    }

    async fn connect(self, opening: Opening, keeping: Keeping, state: State) {
        let Some(recorder) = self.link.with_value(|link| link.recorder.clone()) else { return };
        self.link.update_value(|link| link.connecting = true);
        let outcome = async {
            let database = Rc::new(opening.await?);
            let least = if keeping.is_damaged() { Depth::Contents } else { Depth::Journal };
            let found = self.compare(&recorder, &database, least, keeping, state).await?;
            self.link.update_value(|link| link.database = Some(database));
            Ok(found)
        };
        let outcome = outcome.await;
        self.link.update_value(|link| link.connecting = false);
        match outcome {
            Ok(found) => {
                self.standing.set(MirrorState::There);
                self.look_for_fork(keeping).await;
                keeping.tell_brought_back(state, found);
                self.flush(keeping);
            }
            Err(Trouble::Mirror(error)) => {
                // It may hold edits that local storage has lost.
                state.doubt_chain();
                self.lose(error);
            }
            Err(Trouble::Local(error)) => self.standing.set(MirrorState::Stuck(error.to_string())),
        }
    }

    /// Compares both places, and gives each what it lacks.
    async fn compare(
        self,
        recorder: &Recorder,
        database: &Rc<Indexed>,
        least: Depth,
        keeping: Keeping,
        state: State,
    ) -> Result<Reconciled, Trouble> {
        let reader = keeping.reader();
        let head = database.head().await?;
        if self.agree_on_lock(recorder, database, &head, keeping).await? {
            return Ok(Reconciled::default());
        }
        // Nothing has to be noted of what is compared anyway; from here on it has to be.
        recorder.set_idle(false);
        if least == Depth::Journal && agree(recorder, &head)? {
            return Ok(Reconciled::default());
        }
        let depth = depth(recorder, &head, &*reader)?.max(least);
        let side = if depth == Depth::Journal {
            head
        } else {
            database.side(wants(recorder, &head, depth, &*reader)?).await?
        };
        let mut plan = reconcile(recorder, &side, depth, &*reader)?;
        if let Some(fork) = plan.fork.take() {
            database.keep_fork(&fork).await?;
            // Something may have been written meanwhile.
            plan = reconcile(recorder, &side, depth, &*reader)?;
        }
        let Plan { mirror, found, .. } = &plan;
        if let Some(format) = found.newer {
            keeping.stop(Access::Newer(format));
            return Ok(*found);
        }
        plan.write_local(recorder).map_err(Trouble::Local)?;
        // All that was noted came out of this comparison or went into it.
        recorder.take();
        if plan.changes_local() {
            keeping.show_again(state);
        }
        if !mirror.is_empty() {
            write(database, recorder, keeping, mirror.clone()).await?;
        }
        Ok(*found)
    }

    /// The newer lock counts for both places, and with it all that it locks: what is plain in one place must not stay plain
    /// because it is sealed in the other. Returns whether that is all there is to compare.
    async fn agree_on_lock(
        self,
        recorder: &Recorder,
        database: &Rc<Indexed>,
        head: &Side,
        keeping: Keeping,
    ) -> Result<bool, Trouble> {
        match keeping.seal.compare_lock(head)? {
            Ordering::Equal => return Ok(false),
            Ordering::Greater => {
                let there = database.side(|_| false).await?;
                let batch = mirror_anew(recorder, &there)?;
                recorder.take();
                database.write(&batch, DURABILITY).await?;
            }
            Ordering::Less => {
                let there = database.side(|_| true).await?;
                local_anew(recorder, &there)?.write_local(recorder).map_err(Trouble::Local)?;
                recorder.take();
                keeping.seal.ask_again();
            }
        }
        Ok(true)
    }

    /// Goes on without the mirror. When it comes back everything is compared.
    fn lose(self, error: MirrorError) {
        self.link.update_value(|link| {
            link.database = None;
            if let Some(recorder) = &link.recorder {
                recorder.set_idle(true);
            }
        });
        self.standing.set(MirrorState::Without(error));
    }
}

/// Why a comparison came to nothing.
enum Trouble {
    /// The mirror cannot be read or written.
    Mirror(MirrorError),
    /// Local storage does not take what it lacks.
    Local(KvError),
}

impl From<MirrorError> for Trouble {
    fn from(error: MirrorError) -> Self {
        Self::Mirror(error)
    }
}

impl From<KvError> for Trouble {
    fn from(error: KvError) -> Self {
        Self::Mirror(MirrorError::Other(error.to_string()))
    }
}

/// Gives local storage the lock back that it has lost, if the mirror has it. Returns whether it had.
pub async fn bring_back_lock(seal: Seal) -> bool {
    let Some(recorder) = seal.recorder() else { return false };
    let Ok(database) = begin_opening().await else { return false };
    let Ok(head) = database.head().await else { return false };
    if seal.compare_lock(&head) != Ok(Ordering::Less) {
        return false;
    }
    let texts = key::LOCKS.iter().filter_map(|key| head.texts.get_key_value(*key));
    texts.map(|(key, text)| recorder.set(key, text)).all(|written| written.is_ok())
}

fn begin_opening() -> Opening {
    match Indexed::open() {
        Ok(opening) => Box::pin(opening),
        Err(error) => Box::pin(async { Err(error) }),
    }
}

/// Whether it may be over in a while.
fn is_passing(error: &MirrorError) -> bool {
    !matches!(error, MirrorError::Missing | MirrorError::Refused | MirrorError::Newer)
}

/// Writes a batch as far as the mirror may take it.
async fn write(
    database: &Indexed,
    recorder: &Recorder,
    keeping: Keeping,
    batch: Batch,
) -> Result<(), MirrorError> {
    if !holds_manifest(&batch) {
        return database.write(&batch, DURABILITY).await;
    }
    let (recorder, reader) = (Rc::clone(recorder), keeping.reader());
    let decide = move |manifests: &_, keys: &[String]| admit(batch, manifests, keys, &recorder, &*reader);
    database.write_deciding(DURABILITY, decide).await
}
