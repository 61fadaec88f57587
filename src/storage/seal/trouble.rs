//! Why a passphrase was not taken.

use crate::crypto::KdfError;
use crate::storage::kv::KvError;
use crate::storage::seal::lock::PasskeyError;
use std::fmt;

/// Why a passphrase was not taken: to open the notebook, or to lock it with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It is another.
    Wrong,
    /// No key can be made of it.
    Passkey(PasskeyError),
    /// Sealed, the notebook would take so many more units, and there is no room for them.
    Full(usize),
    /// The browser did not keep what was written.
    Kept(KvError),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wrong => write!(f, "the passphrase is another; try again"),
            Self::Passkey(error) => error.fmt(f),
            Self::Full(units) => write!(f, "there is no room for {units} characters more; delete incidents"),
            Self::Kept(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Trouble {}

impl From<KvError> for Trouble {
    fn from(error: KvError) -> Self {
        Self::Kept(error)
    }
}

impl From<PasskeyError> for Trouble {
    fn from(error: PasskeyError) -> Self {
        Self::Passkey(error)
    }
}

impl From<KdfError> for Trouble {
    fn from(error: KdfError) -> Self {
        Self::Passkey(PasskeyError::Key(error))
    }
}
