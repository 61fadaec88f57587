//! KEEPING: how a notebook is written down so that nothing of it is ever lost.
//!
//! [`open`] reads what is kept; [`Store::commit`] is how an edit gets into it. The write path in one look:
//!
//! ```text
//! commit ─ any edit, any tab ─> Notebook::apply ──> one journal key ─────────────────────────> read back
//!        └ much of it, holder > Applying, in steps > snapshots ──> rows ──> manifest a ──> b ──> old keys removed
//! fold ─── idle, the holder ─────────────────────> the same, also of what many at once were packed quickly
//! absorb ─ what other tabs appended or folded ──> Notebook::apply, in the one order of all entries
//! ```
//!
//! Below it [`mirror`] notes each write for the second copy, in IndexedDB, and compares the two at the start.
//! [`seal`] stands below, between the store and what it is kept in, and encrypts each text where there is a passphrase.
//! [`key`] lists the keys, `docs/notebook-format.md` what is in them.

mod allowance;
pub mod aside;
mod bits;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod census;
pub mod clash;
mod crc;
pub mod faulty;
pub mod folding;
pub mod following;
pub mod frame;
mod generation;
pub mod headers;
#[cfg(target_arch = "wasm32")]
pub mod indexed;
pub mod journal;
pub mod key;
pub mod kv;
pub mod lease;
mod manifest;
pub mod memory;
pub mod mirror;
pub mod pack;
mod record;
pub mod recovery;
pub mod refused;
mod removal;
pub mod repairs;
mod replaying;
pub mod room;
mod rows;
pub mod saving;
pub mod seal;
mod shelf;
mod short;
mod space;
pub mod stamp;
pub mod store;
mod writing;

pub use allowance::Allowance;
pub use aside::{Aside, Why};
pub use clash::Overruled;
pub use following::{Absorbed, News};
pub use kv::{KeyValue, KvError};
pub use lease::{Lease, Standing};
pub use memory::MemoryStore;
pub use recovery::{Mended, Opened, Report, open, open_as};
pub use refused::{NotLoaded, NotSaved};
pub use saving::{Progress, Saving};
pub use stamp::{Stamp, TabId};
pub use store::{Access, Kept, Store};
