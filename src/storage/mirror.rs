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
//!        IndexedDB as of the last confirmation   ┴─> reconcile ──> Plan: what either side has to be given
//! ```
//!
//! All of it is pure: [`Mirrored`] notes what was written, [`agree`] and [`reconcile`] compare two sides of texts under
//! keys, [`admit`] says what of a batch a mirror may take. The browser's part is `indexed.rs`. `docs/notebook-format.md`
//! has the rules in words.

mod admit;
mod anew;
mod error;
mod half;
mod plan;
mod reconcile;
mod recorder;

pub use admit::{admit, holds_manifest};
pub use anew::{local_anew, mirror_anew};
pub use error::MirrorError;
pub use half::{Reader, Side, agree, wants};
pub use plan::{Plan, Reconciled};
pub use reconcile::{Depth, depth, reconcile};
pub use recorder::{Batch, Mirrored};
