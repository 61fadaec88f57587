//! The keys of the stored notebook, all under one versioned prefix.
//!
//! | key | holds |
//! |---|---|
//! | `firsthour/1/manifest-a`, `-b` | what belongs to the newest generation; both the same except while saving |
//! | `firsthour/1/i/<incident>/<generation>` | one incident, packed |
//! | `firsthour/1/rows/<page>/<generation>` | the rows of up to 64 incidents and where these are, packed |
//! | `firsthour/1/prep/<generation>` | the preparation, packed |
//! | `firsthour/1/j/<number>/<tab>` | one edit since, plain; in format 1 without a tab |
//! | `firsthour/1/repairs` | what was found damaged at earlier starts, plain; for people to read only |
//! | `firsthour/1/lock-a`, `-b` | how the notebook is locked with a passphrase; both the same except while that changes |
//! | `firsthour/1/headers` | what the columns of tables were said to mean, by their header's hash; no part of the notebook |
//! | `firsthour/1/author` | who is writing, while the notebook is locked with a passphrase; else a preference |
//! | `firsthour/1/spare` | filling that is given up when the browser has no room for a save that frees some |
//!
//! Preferences (`firsthour/theme` …) and the tabs' lease (`firsthour/lease`) stand outside this prefix.

use crate::model::IncidentId;
use crate::storage::stamp::{Stamp, TabId};

/// What every key of this layout begins with.
pub const ROOT: &str = "firsthour/1/";

/// The first key after all that begin with [`ROOT`], in the order of UTF-16 units.
pub const ROOT_END: &str = "firsthour/10";

/// What stands before the keys of a notebook that gave way to another history of the same one.
pub const FORK: &str = "fork:";

/// The first key after all of those.
pub const FORK_END: &str = "fork;";

/// What the keys of every layout, also later ones, begin with; the layout's number follows.
const FAMILY: &str = "firsthour/";

/// The two places of the manifest.
pub const MANIFESTS: [&str; 2] = ["firsthour/1/manifest-a", "firsthour/1/manifest-b"];

/// What was found damaged and put right, for people to read.
pub const REPAIRS: &str = "firsthour/1/repairs";

/// What the columns of tables were said to mean.
pub const HEADERS: &str = "firsthour/1/headers";

/// What both places of the manifest are called where what they hold is sealed: either may be copied to the other.
pub const MANIFEST: &str = "firsthour/1/manifest";

/// Filling that can be given up.
pub const SPARE: &str = "firsthour/1/spare";

/// The two places of the lock.
pub const LOCKS: [&str; 2] = ["firsthour/1/lock-a", "firsthour/1/lock-b"];

/// Who is writing, while the notebook is locked with a passphrase.
pub const AUTHOR: &str = "firsthour/1/author";

/// There while the notebook is locked with a passphrase. A program from before there were locks takes it for a later
/// layout's, and so reads only instead of taking every record for damaged.
pub const GUARD: &str = "firsthour/2/sealed";

/// The key of an incident's snapshot.
pub fn snapshot(id: &IncidentId, generation: u64) -> String {
    format!("{ROOT}i/{id}/{generation}")
}

/// The key of a page of rows.
pub fn page(page: u32, generation: u64) -> String {
    format!("{ROOT}rows/{page}/{generation}")
}

/// The key of the preparation.
pub fn preparation(generation: u64) -> String {
    format!("{ROOT}prep/{generation}")
}

/// What the keys of all journal entries begin with.
pub const JOURNAL: &str = "firsthour/1/j/";

/// The first key that is not the journal's, a manifest's or any other small record's: between this and [`JOURNAL`], in the
/// order of UTF-16 units, stands what tells whether two copies of a notebook agree.
pub const HEAD_END: &str = "firsthour/1/n";

/// Whether this is one of those keys.
pub fn is_head(key: &str) -> bool {
    (JOURNAL..HEAD_END).contains(&key)
}

/// The key of a journal entry.
pub fn entry(stamp: Stamp) -> String {
    let Stamp { number, tab } = stamp;
    if tab == TabId::NAMELESS { format!("{JOURNAL}{number}") } else { format!("{JOURNAL}{number}/{tab}") }
}

/// Above every generation and number that is ever counted to.
const LARGEST: u64 = 1 << 53;

/// What a key of this layout stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A snapshot of this incident, of this generation.
    Snapshot(IncidentId, u64),
    /// A page of rows, of this generation.
    Page(u32, u64),
    /// The preparation of this generation.
    Preparation(u64),
    /// A journal entry.
    Entry(Stamp),
}

impl Named {
    /// What this key stands for; none for manifests, the filling and keys that are not this layout's.
    pub fn parse(key: &str) -> Option<Self> {
        let mut parts = key.strip_prefix(ROOT)?.split('/');
        let named = match (parts.next()?, parts.next()?, parts.next()) {
            ("i", id, Some(generation)) => {
                Self::Snapshot(IncidentId::try_from(id).ok()?, generation.parse().ok()?)
            }
            ("rows", page, Some(generation)) => Self::Page(page.parse().ok()?, generation.parse().ok()?),
            ("prep", generation, None) => Self::Preparation(generation.parse().ok()?),
            ("j", number, tab) => {
                let tab = tab.map_or(Some(TabId::NAMELESS), TabId::parse)?;
                Self::Entry(Stamp { number: number.parse().ok()?, tab })
            }
            _ => return None,
        };
        // `007`, a fourth part or a number that no counter reaches would be somebody else's.
        (named.key() == key && named.number() < LARGEST).then_some(named)
    }

    /// Its generation or, for a journal entry, its number.
    fn number(&self) -> u64 {
        match self {
            Self::Snapshot(_, number) | Self::Page(_, number) | Self::Preparation(number) => *number,
            Self::Entry(stamp) => stamp.number,
        }
    }

    /// The key.
    pub fn key(&self) -> String {
        match self {
            Self::Snapshot(id, generation) => snapshot(id, *generation),
            Self::Page(number, generation) => page(*number, *generation),
            Self::Preparation(generation) => preparation(*generation),
            Self::Entry(stamp) => entry(*stamp),
        }
    }
}

/// Whether a key belongs to a layout that a newer program made.
pub fn is_newer(key: &str) -> bool {
    let number = key.strip_prefix(FAMILY).and_then(|rest| rest.split_once('/')).map(|(number, _)| number);
    key != GUARD && number.is_some_and(|number| number.parse::<u32>().is_ok_and(|number| number > 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_known_again() {
        let id = IncidentId::derived(&["1"]);
        let tab = TabId::random([1; 5]);
        for named in [
            Named::Snapshot(id, 7),
            Named::Page(3, 9),
            Named::Preparation(2),
            Named::Entry(Stamp { number: 1 << 40, tab }),
            Named::Entry(Stamp { number: 7, tab: TabId::NAMELESS }),
        ] {
            assert_eq!(Named::parse(&named.key()), Some(named));
        }
    }

    #[test]
    fn what_is_not_ours_is_left_alone() {
        for key in [
            "firsthour/1/manifest-a",
            "firsthour/1/j/007",
            "firsthour/1/j/+7",
            "firsthour/1/j/18446744073709551615",
            "firsthour/1/j/7/",
            "firsthour/1/j/7/0000000",
            "firsthour/1/j/7/0000000o",
            "firsthour/1/j/7/00000000/1",
            "firsthour/1/i/abc/1/2",
            "firsthour/1/i/AB/1",
            "firsthour/theme",
            "firsthour/2/j/7",
            "other",
        ] {
            assert_eq!(Named::parse(key), None, "{key}");
        }
    }

    #[test]
    fn the_head_is_the_journal_and_the_manifests() {
        let entry = entry(Stamp { number: 9, tab: TabId::random([1; 5]) });
        let head = [entry.as_str(), "firsthour/1/lock", MANIFESTS[0], MANIFESTS[1]];
        assert!(head.iter().all(|key| is_head(key) && (ROOT..ROOT_END).contains(key)));
        let id = IncidentId::derived(&["1"]);
        for key in [snapshot(&id, 1), page(1, 1), preparation(1), SPARE.into(), "firsthour/lease".into()] {
            assert!(!is_head(&key), "{key}");
            assert_eq!((ROOT..ROOT_END).contains(&key.as_str()), key.starts_with(ROOT), "{key}");
        }
    }

    #[test]
    fn a_later_layout_is_noticed() {
        assert!(is_newer("firsthour/2/manifest-a"));
        for key in [GUARD, "firsthour/1/j/7", "firsthour/theme", "firsthour/lease", "other/2/x"] {
            assert!(!is_newer(key), "{key}");
        }
    }
}
