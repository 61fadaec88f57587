//! SEALING: the stored notebook locked with a passphrase.
//!
//! ```text
//! passphrase ─ Argon2id ─> key of the lock ─ opens ─> data key ─ opens ─> every record
//! ```
//!
//! [`Sealed`] stands between the store and what it is kept in: texts go in as the store writes them and lie there
//! encrypted. Each is bound to its key name, which carries the generation or the number, so that a record under another
//! key or of another generation does not open. What does not open is damaged, never content.
//!
//! The data key is random. The [`lock`] record holds it, sealed with the key of the passphrase, so that another passphrase
//! writes one record anew and not the notebook. [`turning`] puts the seal on and takes it off, record by record; cut off
//! anywhere, it goes on at the next unlocking.
//!
//! What can still be seen: the names of the keys, so how many incidents there are and under which ids; how long each record is;
//! when it was written. What cannot be noticed: that the whole store, lock and all, is one of an earlier time, or that the
//! newest edits since the last fold are gone. A store cannot hold the proof that it is the newest; the heads of the activity
//! log's chains in backups and reports can.

pub mod codec;
pub mod lock;
mod sealed;
mod trouble;
pub mod turning;

pub use lock::{Lock, LockError, Passkey, Phase};
pub use sealed::{Gate, Sealed, Unlocked, Wrong};
pub use trouble::Trouble;
pub use turning::Turning;
