//! The mirror: a second copy of the notebook's keys, in a place that survives a killed browser.
//!
//! Local storage is read and written at once, but browsers put it on disk seconds to a minute later, and a kill loses
//! what is not there yet. IndexedDB is slow to read and asynchronous, but what it has confirmed is on disk. So every
//! write goes to both, and "saved" is said when the mirror has confirmed it:
//!
//! ```text
//! Store ──> Mirrored ──> local storage                       (at once; on disk later)
//!               └─ Batch, one for each act ──> IndexedDB      (confirmed = saved)
//!
//! start: local storage as of some earlier moment ┐
//!        IndexedDB as of the last confirmation   ┴─> reconcile ──> what either side has to be given
//! ```
//!
//! All of it is pure: [`Mirrored`] notes what was written, [`agree`] and [`reconcile`] compare two sides of texts under
//! keys. The browser's part is `indexed.rs`. `docs/notebook-format.md` has the rules in words.

mod journal;
mod reconcile;
mod recorder;
mod side;

pub use reconcile::{Plan, Reconciled, reconcile};
pub use recorder::{Batch, Mirrored};
pub use side::{Head, Plain, Side, agree};
