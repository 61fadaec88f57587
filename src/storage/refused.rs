//! Why an edit was not saved or an incident was not loaded, in words a person can act on.

use crate::notebook::Refusal;
use crate::storage::aside::Aside;
use crate::storage::kv::KvError;
use crate::storage::store::Access;
use std::fmt;

/// Why an edit was not saved. The notebook and the store are as they were.
#[derive(Debug)]
pub enum NotSaved {
    /// The notebook refuses it.
    Refused(Refusal),
    /// This page may not write.
    ReadOnly(Access),
    /// There is no room.
    Full {
        /// How many units it needs.
        needed: usize,
        /// How many new input may still take.
        free: usize,
    },
    /// An incident that the edit is about cannot be read.
    NotLoaded(NotLoaded),
    /// The browser refused a write for another reason than room.
    Failed(KvError),
    /// A text that was written was not there when it was read back.
    NotKept(String),
    /// It cannot be written as JSON.
    Json(serde_json::Error),
    /// A large save is still under way.
    Busy,
    /// It is large, and another tab holds the lease or has just written a generation.
    OtherTab,
}

impl fmt::Display for NotSaved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::ReadOnly(Access::Newer(format)) => {
                write!(f, "a newer version wrote this notebook (format {format}); open it with that version")
            }
            Self::ReadOnly(Access::Writer) => write!(f, "the notebook is open for reading only"),
            Self::Full { needed, free } => write!(
                f,
                "it needs {needed} characters of room and {free} are free; take a backup and delete incidents"
            ),
            Self::NotLoaded(error) => error.fmt(f),
            Self::Failed(error) => error.fmt(f),
            Self::NotKept(key) => write!(f, "the browser did not keep `{key}` as written; take a backup"),
            Self::Json(error) => write!(f, "it cannot be written down: {error}"),
            Self::Busy => write!(f, "an import is still being saved; wait until it is done"),
            Self::OtherTab => write!(f, "another tab is saving; try again in a moment"),
        }
    }
}

impl std::error::Error for NotSaved {}

impl From<serde_json::Error> for NotSaved {
    fn from(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

/// Why an incident was not loaded.
#[derive(Debug)]
pub enum NotLoaded {
    /// It is damaged. It was set aside and taken out of the notebook.
    Damaged(Aside),
    /// The browser could not read it; it may work later.
    Failed(KvError),
}

impl fmt::Display for NotLoaded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(aside) => {
                write!(f, "incident `{}` is damaged and was set aside; see Settings", aside.name)
            }
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NotLoaded {}
