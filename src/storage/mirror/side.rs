//! One side of the comparison: which keys are there, what their texts say, and which of them can be relied on.

use crate::storage::key::{self, Named};
use crate::storage::kv::{KeyValue, KvError};
use crate::storage::manifest::Manifest;
use crate::storage::mirror::recorder::is_mirrored;
use crate::storage::{journal, record};
use std::collections::{BTreeMap, BTreeSet};

/// What a stored text says, without the encryption that a person may have put over it; none where it cannot be
/// opened.
pub trait Plain {
    /// The plain text of what stands under this key.
    fn plain(&self, key: &str, text: &str) -> Option<String>;
}

impl<F: Fn(&str, &str) -> Option<String>> Plain for F {
    fn plain(&self, key: &str, text: &str) -> Option<String> {
        self(key, text)
    }
}

/// What tells whether two sides agree: the manifests, the journal and all else that is small.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The texts under these keys.
    pub texts: BTreeMap<String, String>,
}

/// The mirror's side as it was read: every key, and the texts that were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Side {
    /// Every key.
    pub keys: BTreeSet<String>,
    /// The texts of those that were asked for.
    pub texts: BTreeMap<String, String>,
}
