//! The one thing storage asks of the world: texts under keys, as a browser's local storage keeps them.
//!
//! Everything above this trait is tested on the host with [`memory`](crate::storage::memory) and
//! [`faulty`](crate::storage::faulty); the browser's implementation is `browser.rs`.

use std::fmt;
use std::rc::Rc;

/// Why a key could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KvError {
    /// There is no room for it. What was there before is untouched.
    Quota,
    /// The browser does not let this page keep anything: a private window, a sandboxed frame or a policy.
    Blocked,
    /// The notebook is locked with a passphrase, or was locked or unlocked in another tab since this page was opened.
    Locked,
    /// Anything else, in the browser's words.
    Other(String),
}

impl fmt::Display for KvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quota => write!(f, "the browser has no room left for this page's data; free some first"),
            Self::Blocked => {
                write!(f, "the browser does not let this page keep data; allow it or use another window")
            }
            Self::Locked => write!(f, "the notebook was locked meanwhile; reload this page and unlock it"),
            Self::Other(text) => write!(f, "the browser could not keep or read data: {text}"),
        }
    }
}

impl std::error::Error for KvError {}

/// Texts under keys. Keys and values are counted in UTF-16 units, as browsers count them.
pub trait KeyValue {
    /// The text under this key.
    ///
    /// # Errors
    /// When the store cannot be reached.
    fn get(&self, key: &str) -> Result<Option<String>, KvError>;

    /// Puts a text under this key. It is all there afterwards, or the earlier text is untouched.
    ///
    /// # Errors
    /// When there is no room or the store cannot be reached.
    fn set(&self, key: &str, value: &str) -> Result<(), KvError>;

    /// Removes the key; nothing happens where it is not there.
    ///
    /// # Errors
    /// When the store cannot be reached.
    fn remove(&self, key: &str) -> Result<(), KvError>;

    /// Every key, also those of other programs of the same origin.
    ///
    /// # Errors
    /// When the store cannot be reached.
    fn keys(&self) -> Result<Vec<String>, KvError>;

    /// How many UTF-16 units all keys and values take, also those of other programs of the same origin.
    ///
    /// # Errors
    /// When the store cannot be reached.
    fn units(&self) -> Result<usize, KvError>;

    /// How many UTF-16 units a key takes with this text once it is there: more or fewer than the text itself where it
    /// is kept in another form.
    fn cost(&self, key: &str, value: &str) -> usize {
        units(key) + units(value)
    }
}

/// How many UTF-16 units a text takes.
pub fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

macro_rules! forward {
    ($pointer:ty) => {
        impl<T: KeyValue + ?Sized> KeyValue for $pointer {
            fn get(&self, key: &str) -> Result<Option<String>, KvError> {
                (**self).get(key)
            }
            fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
                (**self).set(key, value)
            }
            fn remove(&self, key: &str) -> Result<(), KvError> {
                (**self).remove(key)
            }
            fn keys(&self) -> Result<Vec<String>, KvError> {
                (**self).keys()
            }
            fn units(&self) -> Result<usize, KvError> {
                (**self).units()
            }
            fn cost(&self, key: &str, value: &str) -> usize {
                (**self).cost(key, value)
            }
        }
    };
}

forward!(&T);
forward!(Box<T>);
forward!(Rc<T>);
