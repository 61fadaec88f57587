//! Why there is no mirror.

use std::fmt;

/// Why the mirror cannot be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MirrorError {
    /// This browser has no IndexedDB.
    Missing,
    /// The browser does not let this page use it: a private window, a sandboxed frame or a policy.
    Refused,
    /// A tab with another version of the database has to be closed first.
    Blocked,
    /// A newer program made the database.
    Newer,
    /// There is no room on the disk, or not for this page.
    Full,
    /// The browser closed the database: somebody cleared the site's data, or the disk failed.
    Closed,
    /// It did not answer in time.
    Silent,
    /// Anything else, in the browser's words.
    Other(String),
}

impl fmt::Display for MirrorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "this browser has no IndexedDB"),
            Self::Refused => write!(f, "the browser does not let this page use IndexedDB"),
            Self::Blocked => write!(f, "another tab keeps an earlier IndexedDB open; close it and reload"),
            Self::Newer => write!(f, "a newer program made the IndexedDB of this page"),
            Self::Full => write!(f, "there is no room left for IndexedDB"),
            Self::Closed => write!(f, "the browser closed the IndexedDB of this page"),
            Self::Silent => write!(f, "the browser's IndexedDB did not answer in time"),
            Self::Other(text) => write!(f, "the browser's IndexedDB failed: {text}"),
        }
    }
}

impl std::error::Error for MirrorError {}
