//! What takes the room: every key of the origin counted once and put to the incident, the part of the notebook or the
//! other program that it belongs to.

use crate::model::IncidentId;
use crate::storage::key::{self, Named};
use crate::storage::kv::{KeyValue, KvError};
use std::collections::BTreeMap;

/// What the keys of this program begin with, also those of preferences.
const OURS: &str = "firsthour/";

/// What takes the room, in UTF-16 units with the keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Census {
    /// Each incident with what its snapshots take.
    pub incidents: BTreeMap<IncidentId, usize>,
    /// Recent edits that are not folded yet.
    pub journal: usize,
    /// Rows, contents, the preparation and everything else that the notebook needs.
    pub notebook: usize,
    /// Filling that is given up when it is needed.
    pub spare: usize,
    /// Records that could not be read and were set aside.
    pub aside: usize,
    /// Preferences.
    pub preferences: usize,
    /// What other programs of the same origin keep, by the beginning of their keys.
    pub others: BTreeMap<String, usize>,
}

impl Census {
    /// Counts what is kept here; `aside` are the keys of what was set aside.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn of(kv: &impl KeyValue, aside: &[&str]) -> Result<Self, KvError> {
        let mut census = Self::default();
        for key in kv.keys()? {
            let Some(text) = kv.get(&key)? else { continue };
            *census.place(&key, aside) += kv.cost(&key, &text);
        }
        Ok(census)
    }

    /// Where a key is counted.
    fn place(&mut self, key: &str, aside: &[&str]) -> &mut usize {
        if !key.starts_with(OURS) {
            return self.others.entry(program(key)).or_default();
        }
        if aside.contains(&key) {
            return &mut self.aside;
        }
        match (Named::parse(key), key) {
            (Some(Named::Snapshot(id, _)), _) => self.incidents.entry(id).or_default(),
            (_, key) if key.starts_with(key::JOURNAL) => &mut self.journal,
            (_, key::SPARE) => &mut self.spare,
            (_, key) if key.starts_with(key::ROOT) => &mut self.notebook,
            _ => &mut self.preferences,
        }
    }

    /// What other programs take together.
    pub fn others_total(&self) -> usize {
        self.others.values().sum()
    }

    /// Everything.
    pub fn total(&self) -> usize {
        self.incidents.values().sum::<usize>()
            + self.journal
            + self.notebook
            + self.spare
            + self.aside
            + self.preferences
            + self.others_total()
    }
}

/// How a person would name the program that a key belongs to: programs of one origin tell their keys apart by how they
/// begin, up to a mark that is no letter or digit.
fn program(key: &str) -> String {
    const LONGEST: usize = 40;
    let name: String = key.chars().take_while(|c| c.is_alphanumeric() || *c == '-').take(LONGEST).collect();
    if name.is_empty() { key.chars().take(LONGEST).collect() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::memory::MemoryStore;

    #[test]
    fn every_unit_is_counted_where_it_belongs() {
        let kv = MemoryStore::new();
        let id = IncidentId::derived(&["1"]);
        let (old, new) = (key::snapshot(&id, 3), key::snapshot(&id, 4));
        for (key, length) in [
            (old.as_str(), 10),
            (new.as_str(), 20),
            (&key::page(0, 4), 30),
            (key::MANIFESTS[0], 40),
            ("firsthour/1/j/7", 50),
            (key::SPARE, 60),
            ("firsthour/theme", 4),
            ("wiki:page one", 1_000),
            ("wiki:page two", 2_000),
            ("{odd}", 5),
            ("", 6),
        ] {
            kv.set(key, &"x".repeat(length)).unwrap();
        }
        let census = Census::of(&kv, &[old.as_str()]).unwrap();
        assert_eq!(census.aside, 10 + old.len());
        assert_eq!(census.incidents, BTreeMap::from([(id, 20 + new.len())]));
        assert_eq!(census.journal, 50 + "firsthour/1/j/7".len());
        assert_eq!(census.spare, 60 + key::SPARE.len());
        assert_eq!(census.preferences, 4 + "firsthour/theme".len());
        let names: Vec<_> = census.others.iter().map(|(name, units)| (name.as_str(), *units)).collect();
        assert_eq!(names, [("", 6), ("wiki", 3_026), ("{odd}", 10)]);
        assert_eq!(census.total(), kv.units().unwrap());
    }
}
