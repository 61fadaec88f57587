//! KEEPING: how a notebook is written down so that nothing of it is ever lost.
//!
//! [`open`] reads what is kept; [`Store::commit`] is how an edit gets into it. The write path in one look:
//!
//! ```text
//! commit ─ small edit ──> Notebook::apply ──> one journal key ──────────────────────────────> read back
//!        └ whole incidents > Notebook::apply ──> snapshots ──> rows ──> manifest a ──> b ──> old keys removed
//! ```
//!
//! [`key`] lists the keys, `docs/notebook-format.md` what is in them.

pub mod aside;
mod bits;
#[cfg(target_arch = "wasm32")]
pub mod browser;
pub mod census;
mod crc;
pub mod faulty;
pub mod frame;
pub mod journal;
pub mod key;
pub mod kv;
pub mod lease;
mod manifest;
pub mod memory;
pub mod pack;
mod record;
pub mod recovery;
pub mod repairs;
pub mod room;
mod rows;
pub mod saving;
pub mod seal;
mod shelf;
pub mod store;

pub use aside::{Aside, Why};
pub use kv::{KeyValue, KvError};
pub use lease::{Lease, Standing};
pub use memory::MemoryStore;
pub use recovery::{Mended, Opened, Report, open};
pub use saving::{Progress, Saving};
pub use store::{Access, Kept, NotLoaded, NotSaved, Store};
