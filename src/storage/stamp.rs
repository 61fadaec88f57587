//! Which journal entry comes before which, and which of them the snapshots contain already.
//!
//! Every tab appends entries of its own. An entry's [`Stamp`] is a number, one higher than any number that its tab
//! had seen, and the tab's name. Stamps have one order everywhere, number first, so that all tabs come to the same
//! notebook from the same entries, in whatever order the browser brought them. [`Folded`] says which of them
//! the snapshots contain: up to which number of each tab. One number for all would not do, since an entry with a low
//! number can arrive after one with a high number was folded.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Crockford's base 32, lower case, as for ids.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// How many tabs a manifest tells apart; those that wrote longest ago are told apart no more.
const TOLD_APART: usize = 64;

/// The name of a tab: eight characters, drawn each time that a page is loaded.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TabId([u8; 8]);

impl TabId {
    /// Who wrote the entries of format 1, which name no tab.
    pub const NAMELESS: Self = Self([0; 8]);

    /// A name from forty random bits.
    pub fn random(bytes: [u8; 5]) -> Self {
        let bits = bytes.iter().fold(0u64, |bits, byte| (bits << 8) | u64::from(*byte));
        Self(std::array::from_fn(|place| {
            let digit = usize::try_from((bits >> ((7 - place) * 5)) & 31).unwrap_or_default();
            ALPHABET[digit]
        }))
    }

    /// The tab of this name.
    pub fn parse(text: &str) -> Option<Self> {
        let name: [u8; 8] = text.as_bytes().try_into().ok()?;
        name.iter().all(|byte| ALPHABET.contains(byte)).then_some(Self(name))
    }

    /// Its name; empty for [`TabId::NAMELESS`].
    pub fn as_str(&self) -> &str {
        if *self == Self::NAMELESS { "" } else { std::str::from_utf8(&self.0).unwrap_or_default() }
    }
}

impl fmt::Display for TabId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for TabId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl TryFrom<String> for TabId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.is_empty() {
            return Ok(Self::NAMELESS);
        }
        Self::parse(&text)
            .ok_or_else(|| format!("`{text}` is no tab's name: eight of 0-9 and a-z were expected"))
    }
}

impl From<TabId> for String {
    fn from(tab: TabId) -> Self {
        tab.as_str().to_owned()
    }
}

/// Where an entry stands in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// One higher than any number that its tab had seen.
    pub number: u64,
    /// The tab that wrote it.
    pub tab: TabId,
}

/// The entries that the snapshots of a generation contain.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folded {
    /// Of each of these tabs, all entries up to this number: `[["k3v0m8ta",41]]` in JSON.
    #[serde(default, with = "pairs")]
    tabs: BTreeMap<TabId, u64>,
    /// Of every other tab, all entries below this number.
    #[serde(default)]
    rest: u64,
}

impl Folded {
    /// What a manifest of format 1 says: all entries before this number.
    pub fn before(number: u64) -> Self {
        let tabs = number.checked_sub(1).map(|last| (TabId::NAMELESS, last));
        Self { tabs: tabs.into_iter().collect(), rest: 0 }
    }

    /// What is known where no manifest is left: all entries before this number, whoever wrote them.
    pub fn all_before(number: u64) -> Self {
        Self { rest: number, ..Self::before(number) }
    }

    /// Whether the snapshots contain this entry. If they do, a key of it is a left-over and means nothing.
    pub fn covers(&self, stamp: Stamp) -> bool {
        match self.tabs.get(&stamp.tab) {
            Some(last) => stamp.number <= *last,
            None => stamp.number < self.rest,
        }
    }

    /// Up to which number they contain this tab's entries, if it is one of those told apart.
    pub fn last_of(&self, tab: TabId) -> Option<u64> {
        self.tabs.get(&tab).copied()
    }

    /// Whether they contain all that others do.
    pub fn contains(&self, other: &Self) -> bool {
        other.tabs.iter().all(|(tab, last)| self.covers(Stamp { number: *last, tab: *tab }))
    }

    /// Takes in an entry with all that its tab wrote before.
    pub fn add(&mut self, stamp: Stamp) {
        let last = self.tabs.entry(stamp.tab).or_default();
        *last = stamp.number.max(*last);
    }

    /// Forgets the tabs that wrote longest ago, where there are many. What they wrote counts as contained: a tab that
    /// is still open numbers its next entry above all that it has seen.
    pub fn prune(&mut self) {
        while self.tabs.len() > TOLD_APART {
            let Some((tab, last)) =
                self.tabs.iter().min_by_key(|(_, last)| **last).map(|(tab, n)| (*tab, *n))
            else {
                return;
            };
            self.tabs.remove(&tab);
            self.rest = self.rest.max(last + 1);
        }
    }
}

/// A map as a list of pairs, so that the JSON stays short.
mod pairs {
    use super::TabId;
    use serde::{Deserialize, Deserializer, Serializer};
    use std::collections::BTreeMap;

    pub fn serialize<S: Serializer>(tabs: &BTreeMap<TabId, u64>, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(tabs)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<TabId, u64>, D::Error> {
        Ok(Vec::<(TabId, u64)>::deserialize(from)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tab(number: u8) -> TabId {
        TabId::random([0, 0, 0, 0, number])
    }

    fn stamp(number: u64, by: u8) -> Stamp {
        Stamp { number, tab: tab(by) }
    }

    #[test]
    fn a_name_is_eight_characters_and_known_again() {
        assert_eq!(TabId::random([0, 0, 0, 0, 0x3f]).as_str(), "0000001z");
        assert_eq!(TabId::random([255; 5]).as_str(), "zzzzzzzz");
        for name in ["", "0000001", "0000001l", "0000001Z", "0000001zz", "0000001é"] {
            assert_eq!(TabId::parse(name), None, "{name}");
        }
        assert_eq!(TabId::parse("0000001z"), Some(TabId::random([0, 0, 0, 0, 0x3f])));
        assert_eq!(TabId::try_from(String::new()), Ok(TabId::NAMELESS));
    }

    #[test]
    fn the_number_decides_and_then_the_tab() {
        let mut stamps = [stamp(2, 0), stamp(1, 9), stamp(1, 3), Stamp { number: 1, tab: TabId::NAMELESS }];
        stamps.sort_unstable();
        assert_eq!(
            stamps.map(|stamp| (stamp.number, stamp.tab.as_str().len())),
            [(1, 0), (1, 8), (1, 8), (2, 8)]
        );
        assert!(stamps[1].tab < stamps[2].tab);
    }

    #[test]
    fn a_late_entry_of_a_tab_is_not_covered_by_another_tabs_higher_number() {
        let mut folded = Folded::default();
        folded.add(stamp(9, 1));
        folded.add(stamp(7, 1));
        assert!(folded.covers(stamp(8, 1)) && folded.covers(stamp(9, 1)));
        assert!(!folded.covers(stamp(10, 1)) && !folded.covers(stamp(3, 2)) && !folded.covers(stamp(0, 2)));
        let json = serde_json::to_string(&folded).unwrap();
        assert_eq!(json, r#"{"tabs":[["00000001",9]],"rest":0}"#);
        assert_eq!(serde_json::from_str::<Folded>(&json).unwrap(), folded);
    }

    #[test]
    fn of_many_tabs_the_oldest_are_told_apart_no_more() {
        let mut folded = Folded::default();
        for number in 0..70 {
            folded.add(stamp(100 + u64::from(number), number));
        }
        folded.prune();
        assert_eq!((folded.last_of(tab(5)), folded.last_of(tab(6))), (None, Some(106)));
        assert!(folded.covers(stamp(105, 5)) && folded.covers(stamp(105, 200)));
        assert!(!folded.covers(stamp(170, 5)));
    }

    #[test]
    fn a_manifest_of_format_1_counted_for_all() {
        let nameless = |number| Stamp { number, tab: TabId::NAMELESS };
        assert!(!Folded::before(0).covers(nameless(1)));
        let folded = Folded::before(5);
        assert!(folded.covers(nameless(4)) && !folded.covers(nameless(5)) && !folded.covers(stamp(1, 1)));
    }
}
