//! The manifest: what belongs to one generation of the stored notebook. It is written last, so that everything
//! before it counts only once it is there.

use crate::storage::aside::Aside;
use crate::storage::frame::{FrameError, frame, unframe};
use crate::storage::stamp::Folded;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The stored format that this program writes. A notebook of a higher one is opened for reading only.
pub const FORMAT: u32 = 2;

/// The first format in which every tab writes.
const MANY_WRITERS: u32 = 2;

/// What a manifest's checksum covers besides its JSON. It is the same for both places, so that the two copies are
/// equal texts.
const CONTEXT: &str = "manifest";

/// What belongs to one generation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The stored format.
    pub format: u32,
    /// Counts up with every save that writes a manifest.
    pub generation: u64,
    /// Above the number of every journal entry that the snapshots contain.
    pub journal: u64,
    /// The journal entries that the snapshots contain. Format 1 says nothing here: there all below `journal` are.
    #[serde(default)]
    pub folded: Folded,
    /// The preparation, if any was ever written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preparation: Option<Place>,
    /// The pages of rows, by number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<(u32, Place)>,
    /// The generations whose snapshots were packed quickly, because many were written at once, and are still to be made
    /// dense.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quick: Vec<u64>,
    /// What could not be read and was set aside.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<Aside>,
}

/// Which generation wrote a record, and how many units its text has: `[12,345]` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(u64, usize)", into = "(u64, usize)")]
pub struct Place {
    /// The generation in its key.
    pub generation: u64,
    /// The length of its text in UTF-16 units.
    pub units: usize,
}

impl From<(u64, usize)> for Place {
    fn from((generation, units): (u64, usize)) -> Self {
        Self { generation, units }
    }
}

impl From<Place> for (u64, usize) {
    fn from(place: Place) -> Self {
        (place.generation, place.units)
    }
}

/// Why a manifest cannot be read.
#[derive(Debug)]
pub enum ManifestError {
    /// Its frame is damaged.
    Frame(FrameError),
    /// Its JSON is not a manifest's.
    Json(serde_json::Error),
    /// A newer program wrote it, and its JSON means nothing to this one.
    Newer(u32),
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Frame(error) => error.fmt(f),
            Self::Json(error) => write!(f, "it is not a list of contents: {error}"),
            Self::Newer(format) => write!(f, "a newer program wrote it (format {format})"),
        }
    }
}

impl std::error::Error for ManifestError {}

impl Default for Manifest {
    /// The manifest of an empty notebook.
    fn default() -> Self {
        Self {
            format: FORMAT,
            generation: 0,
            journal: 0,
            folded: Folded::default(),
            preparation: None,
            pages: Vec::new(),
            quick: Vec::new(),
            aside: Vec::new(),
        }
    }
}

impl Manifest {
    /// As it is stored.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn write(&self) -> Result<String, serde_json::Error> {
        Ok(frame('M', CONTEXT, &serde_json::to_string(self)?))
    }

    /// Reads a stored manifest, also a newer program's as far as it goes. One of format 1 keeps that format and
    /// says in today's terms which entries it contains.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn read(text: &str) -> Result<Self, ManifestError> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let json = unframe('M', CONTEXT, text).map_err(ManifestError::Frame)?;
        let mut manifest: Self =
            serde_json::from_str(json).map_err(|error| match serde_json::from_str::<Head>(json) {
                Ok(head) if head.format > FORMAT => ManifestError::Newer(head.format),
                _ => ManifestError::Json(error),
            })?;
        if manifest.format < MANY_WRITERS {
            manifest.folded = Folded::before(manifest.journal);
        }
        Ok(manifest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_comes_back_equal() {
        let manifest = Manifest {
            generation: 12,
            journal: 40,
            folded: Folded::before(40),
            preparation: Some((3, 99).into()),
            pages: vec![(0, (12, 2000).into()), (1, (7, 1800).into())],
            ..Manifest::default()
        };
        let text = manifest.write().unwrap();
        assert!(text.contains("\"pages\":[[0,[12,2000]],[1,[7,1800]]]"), "{text}");
        assert_eq!(Manifest::read(&text).unwrap(), manifest);
    }

    #[test]
    fn a_manifest_of_format_1_says_which_entries_it_contains() {
        let old = frame('M', CONTEXT, r#"{"format":1,"generation":3,"journal":5}"#);
        let manifest = Manifest::read(&old).unwrap();
        assert_eq!((manifest.format, manifest.folded), (1, Folded::before(5)));
    }

    #[test]
    fn a_newer_programs_manifest_is_told_from_a_damaged_one() {
        let newer = frame('M', CONTEXT, r#"{"format":3,"shape":"new"}"#);
        assert!(matches!(Manifest::read(&newer), Err(ManifestError::Newer(3))));
        let odd = frame('M', CONTEXT, r#"{"format":1,"shape":"new"}"#);
        assert!(matches!(Manifest::read(&odd), Err(ManifestError::Json(_))));
        assert!(matches!(Manifest::read("M 2"), Err(ManifestError::Frame(_))));
    }
}
