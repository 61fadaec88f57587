//! The hash chain of an activity log: what makes it visible that an entry was changed, removed, moved or slipped in.
//!
//! Each copy of the notebook writes one chain in every log it writes in. An entry's [`Link`] names the copy and holds
//! SHA-256 over the hash before it in the same chain and the entry's [`canonical`] bytes, so that a new entry needs
//! the one before it and not the log. Where two copies are merged their entries stand mixed in one log and both chains
//! still hold. Entries that came without a link (out of a product's export, or from a version without chains) are
//! named by their fingerprints in the `covers` of the next entry that does have one.
//!
//! What a chain cannot show by itself is that entries are missing at its end, or that somebody made all of it anew: for
//! that its last hash, the head, has to be known from elsewhere. Backups and reports carry it.
//!
//! `docs/notebook-format.md` says how to check all this without this program.

use crate::compact::{Gather as _, Order as _};
use crate::model::{Activity, CopyId, Incident, IncidentId, Time, What};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A hash that was left out ([`leave_out`]).
const LEFT_OUT: Fingerprint = Fingerprint([0; 32]);

/// What every chain begins with, before the log and the copy.
const DOMAIN: &str = "firsthour chain 1";

/// A SHA-256 hash: 64 hexadecimal digits in JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The first eight digits: enough to compare at a glance, never to rely on.
    pub fn short(&self) -> String {
        self.to_string().chars().take(8).collect()
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

impl From<[u8; 32]> for Fingerprint {
    fn from(hash: [u8; 32]) -> Self {
        Self(hash)
    }
}

impl From<String> for Fingerprint {
    /// Reads the digits. A text that is no hash becomes one that nothing has, so that checking finds the place and
    /// nobody is refused a notebook for a damaged digit.
    fn from(text: String) -> Self {
        let digit = |letter: u8| char::from(letter).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let byte = |pair: &[u8]| Some(digit(pair[0])? << 4 | digit(pair[1])?);
        let mut bytes = [0; 32];
        let read: Option<Vec<u8>> = text.as_bytes().chunks_exact(2).map(byte).collect();
        if let Some(read) = read.filter(|read| read.len() == bytes.len() && text.len() == 64) {
            bytes.copy_from_slice(&read);
        }
        Self(bytes)
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.to_string()
    }
}

/// An entry's place in a chain: `["copy","hash"]` in JSON.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(String, Fingerprint)", into = "(CopyId, Fingerprint)")]
pub struct Link {
    /// The copy of the notebook that wrote the entry.
    pub copy: CopyId,
    /// The hash over the entry and all before it in this copy's chain.
    pub hash: Fingerprint,
}

impl From<(String, Fingerprint)> for Link {
    /// As with a fingerprint: a damaged name becomes a copy that nobody knows.
    fn from((copy, hash): (String, Fingerprint)) -> Self {
        Self { copy: CopyId::try_from(copy.as_str()).unwrap_or_else(|_| CopyId::derived(&[&copy])), hash }
    }
}

impl From<Link> for (CopyId, Fingerprint) {
    fn from(link: Link) -> Self {
        (link.copy, link.hash)
    }
}

/// Whose log it is. A chain of one log is none of another: its beginning names the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope<'a> {
    /// An incident's.
    Incident(&'a IncidentId),
    /// The notebook's own.
    Notebook,
}

impl fmt::Display for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incident(id) => write!(f, "incident/{id}"),
            Self::Notebook => f.write_str("notebook"),
        }
    }
}

fn sha256(parts: &[&[u8]]) -> Fingerprint {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    Fingerprint(hash.finalize().into())
}

/// The bytes of an entry that its hash covers: its JSON without `chain`, in the canonical form of RFC 8785.
///
/// That form is sorted names, no spaces, and texts and numbers as ECMAScript writes them. An entry holds texts, small
/// whole numbers, true and false, and names in ASCII; those `serde_json` writes just so.
fn canonical(entry: &Activity) -> Vec<u8> {
    // There is nothing in an entry that JSON cannot hold, so neither of these can fail.
    let mut value = serde_json::to_value(entry).unwrap_or_default();
    if let Value::Object(fields) = &mut value {
        fields.remove("chain");
    }
    value.sort_all_objects();
    serde_json::to_vec(&value).unwrap_or_default()
}

/// The fingerprint of an entry alone, by which one that stands in a chain covers one that does not.
pub fn fingerprint(entry: &Activity) -> Fingerprint {
    sha256(&[&canonical(entry)])
}

/// What tells an entry from every other that may ever stand at its place in the log: a merge, or another tab that wrote
/// at the same moment, puts entries between others. When and by whom do not tell two tabs of one person apart.
pub fn mark(entry: &Activity) -> String {
    // A hash in a chain is over all before it too.
    entry.chain.as_ref().map_or_else(|| fingerprint(entry), |link| link.hash).to_string()
}

/// What stands before the first entry of a copy's chain in this log.
pub fn genesis(scope: Scope, copy: &CopyId) -> Fingerprint {
    sha256(&[format!("{DOMAIN}\n{scope}\n{copy}\n").as_bytes()])
}

fn next(before: Fingerprint, entry: &Activity) -> Fingerprint {
    sha256(&[&before.0, &canonical(entry)])
}

/// The head of a copy's chain in this log: the hash of its last entry. None where it has no entry here.
pub fn head(log: &[Activity], copy: &CopyId) -> Option<Fingerprint> {
    log.iter().rev().filter_map(|entry| entry.chain.as_ref()).find(|link| link.copy == *copy).map(|l| l.hash)
}

/// The head of every copy's chain in this log.
pub fn heads(log: &[Activity]) -> BTreeMap<&CopyId, Fingerprint> {
    log.iter().filter_map(|entry| entry.chain.as_ref()).map(|link| (&link.copy, link.hash)).collect()
}

/// Appends an entry to the log as the next of this copy's chain. It covers what nothing covers yet.
pub fn append(log: &mut Vec<Activity>, scope: Scope, copy: &CopyId, mut entry: Activity) {
    entry.covers = uncovered(log);
    let before = head(log, copy).unwrap_or_else(|| genesis(scope, copy));
    entry.chain = Some(Link { copy: copy.clone(), hash: next(before, &entry) });
    log.push(entry);
}

/// How often each fingerprint is covered: the most often by any one copy, since each covers for itself.
fn covered(log: &[Activity]) -> BTreeMap<Fingerprint, usize> {
    let mut by_copy: BTreeMap<(&CopyId, Fingerprint), usize> = BTreeMap::new();
    for (entry, link) in log.iter().filter_map(|entry| Some((entry, entry.chain.as_ref()?))) {
        for fingerprint in &entry.covers {
            *by_copy.entry((&link.copy, *fingerprint)).or_default() += 1;
        }
    }
    let mut most: BTreeMap<Fingerprint, usize> = BTreeMap::new();
    for ((_, fingerprint), count) in by_copy {
        let so_far = most.entry(fingerprint).or_default();
        *so_far = count.max(*so_far);
    }
    most
}

/// Leaves out every hash that follows from the entries, but for the last one of each chain: that one still shows whether
/// any entry was changed. [`make_again`] puts them back.
pub fn leave_out(log: &mut [Activity], scope: Scope) {
    let last: BTreeMap<CopyId, usize> =
        (0..log.len()).filter_map(|at| Some((log.get(at)?.chain.as_ref()?.copy.clone(), at))).gather();
    each_link(log, scope, |at, link, follows| {
        if link.hash == follows() && last.get(&link.copy) != Some(&at) {
            link.hash = LEFT_OUT;
        }
    });
}

/// Makes the hashes again that were left out.
pub fn make_again(log: &mut [Activity], scope: Scope) {
    each_link(log, scope, |_, link, follows| {
        if link.hash == LEFT_OUT {
            link.hash = follows();
        }
    });
}

/// Shows every link with its place and with what its hash should be after what stands before it.
fn each_link(
    log: &mut [Activity],
    scope: Scope,
    mut show: impl FnMut(usize, &mut Link, &dyn Fn() -> Fingerprint),
) {
    let mut heads: BTreeMap<CopyId, Fingerprint> = BTreeMap::new();
    for (at, entry) in log.iter_mut().enumerate() {
        let Some(mut link) = entry.chain.take() else { continue };
        let before = heads.get(&link.copy).copied().unwrap_or_else(|| genesis(scope, &link.copy));
        let whole = link.hash;
        show(at, &mut link, &|| next(before, entry));
        let head = if whole == LEFT_OUT { link.hash } else { whole };
        heads.insert(link.copy.clone(), head);
        entry.chain = Some(link);
    }
}

/// The fingerprints of the entries that stand in no chain and that no entry covers, in order.
fn uncovered(log: &[Activity]) -> Vec<Fingerprint> {
    let without = || log.iter().filter(|entry| entry.chain.is_none());
    let mut covered = covered(log);
    // Nearly always everything is, and then nothing has to be hashed.
    if covered.values().sum::<usize>() >= without().count() {
        return Vec::new();
    }
    without().map(fingerprint).filter(|fingerprint| !take(&mut covered, fingerprint)).collect()
}

/// Takes one of these away; says whether there was one.
fn take(covered: &mut BTreeMap<Fingerprint, usize>, fingerprint: &Fingerprint) -> bool {
    covered.get_mut(fingerprint).filter(|count| **count > 0).map(|count| *count -= 1).is_some()
}

/// What is wrong with a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The entry does not follow from what stands before it in its chain: it was changed or moved, or one before it was
    /// removed, moved or slipped in.
    Unfit,
    /// The entry stands in no chain and nothing covers it, although there are chains: it was changed or slipped in.
    Outside,
    /// The entry covers one that is not there: that one was changed or removed.
    Missing,
    /// The chain does not end where it is said to: entries at its end were removed or added. The entry is its last.
    OtherHead,
}

/// Which entry of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Counted from one, oldest first.
    pub number: usize,
    /// When.
    pub at: Time,
    /// Who.
    pub by: String,
}

impl Place {
    fn of(log: &[Activity], index: usize) -> Option<Self> {
        let entry = log.get(index)?;
        Some(Self { number: index + 1, at: entry.at.clone(), by: entry.by.clone() })
    }
}

/// The fault that this copy's chain in the log does not end where it is said to.
pub fn other_head(log: &[Activity], copy: &str) -> Fault {
    let is_own = |entry: &Activity| entry.chain.as_ref().is_some_and(|link| link.copy.as_str() == copy);
    let last = log.iter().rposition(is_own);
    Fault { kind: FaultKind::OtherHead, place: last.and_then(|index| Place::of(log, index)) }
}

/// Something wrong with a log, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// At which entry; none where the log has none of that chain.
    pub place: Option<Place>,
}

/// What checking a log has found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verified {
    /// How many entries the log has.
    pub entries: usize,
    /// How many of them stand before any chain: nothing proves those. There are none of them where there is a chain.
    pub before: usize,
    /// The head of each copy's chain.
    pub heads: BTreeMap<CopyId, Fingerprint>,
    /// The first entry of each chain that does not fit, and what else is wrong, in the log's order.
    pub faults: Vec<Fault>,
}

/// Recomputes every chain of a log.
pub fn verify(log: &[Activity], scope: Scope) -> Verified {
    // A copy that was merged may have known the incident by another id, with which its chains begin.
    let known_as = log.iter().filter_map(|entry| match &entry.what {
        What::Merged { known_as, .. } => known_as.as_ref().map(Scope::Incident),
        _ => None,
    });
    let scopes: Vec<Scope<'_>> = std::iter::once(scope).chain(known_as).collect();
    let mut last: BTreeMap<&CopyId, Fingerprint> = BTreeMap::new();
    let (mut unfit, mut wrong) = (BTreeSet::new(), Vec::new());
    for (index, entry) in log.iter().enumerate() {
        let Some(Link { copy, hash }) = &entry.chain else { continue };
        let fits = match last.get(copy) {
            Some(before) => next(*before, entry) == *hash,
            None => scopes.iter().any(|scope| next(genesis(*scope, copy), entry) == *hash),
        };
        if !fits && unfit.insert(copy) {
            wrong.push((index, FaultKind::Unfit));
        }
        last.insert(copy, *hash);
    }
    let without: Vec<(usize, Fingerprint)> = log
        .iter()
        .enumerate()
        .filter(|(_, entry)| entry.chain.is_none())
        .map(|(index, entry)| (index, fingerprint(entry)))
        .collect();
    let before = if last.is_empty() { without.len() } else { 0 };
    if !last.is_empty() {
        let mut covered = covered(log);
        let outside = without.iter().filter(|(_, fingerprint)| !take(&mut covered, fingerprint));
        wrong.extend(outside.map(|(index, _)| (*index, FaultKind::Outside)));
        let there: BTreeSet<&Fingerprint> = without.iter().map(|(_, fingerprint)| fingerprint).gather();
        let misses = |entry: &Activity| entry.covers.iter().any(|covered| !there.contains(covered));
        let missing = log.iter().enumerate().filter(|(_, entry)| entry.chain.is_some() && misses(entry));
        wrong.extend(missing.map(|(index, _)| (index, FaultKind::Missing)));
        wrong.order_by_key(|(index, _)| *index);
    }
    let fault = |(index, kind)| Fault { kind, place: Place::of(log, index) };
    Verified {
        entries: log.len(),
        before,
        heads: last.into_iter().map(|(copy, head)| (copy.clone(), head)).collect(),
        faults: wrong.into_iter().map(fault).collect(),
    }
}

/// Recomputes every chain of an incident's log.
pub fn verify_incident(incident: &Incident) -> Verified {
    verify(&incident.activity, Scope::Incident(&incident.id))
}

/// The heads of many logs.
///
/// Each is a line, `<log> <copy> <hash>`. The head over all of them, one hash that stands for every entry in all these
/// logs, is SHA-256 over the lines sorted by bytes, each with a line feed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Heads(BTreeSet<String>);

impl Heads {
    /// Adds every chain of a log.
    pub fn add(&mut self, scope: Scope, log: &[Activity]) {
        self.0.extend(heads(log).into_iter().map(|(copy, hash)| format!("{scope} {copy} {hash}")));
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The head over all that was added.
    pub fn head(&self) -> Fingerprint {
        let mut hash = Sha256::new();
        for line in &self.0 {
            hash.update(line);
            hash.update("\n");
        }
        Fingerprint(hash.finalize().into())
    }

    /// Every chain of which the others say another end, or none: its log as text, and its copy.
    pub fn unlike<'a>(&'a self, others: &'a Self) -> BTreeSet<(&'a str, &'a str)> {
        let chain = |line: &'a String| {
            let mut words = line.split(' ');
            (words.next().unwrap_or_default(), words.next().unwrap_or_default())
        };
        self.0.symmetric_difference(&others.0).map(chain).collect()
    }
}

/// The head over an incident's log.
pub fn head_of(incident: &Incident) -> Fingerprint {
    let mut heads = Heads::default();
    heads.add(Scope::Incident(&incident.id), &incident.activity);
    heads.head()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::Cause;

    fn entry(minute: i64, text: &str) -> Activity {
        Activity::new(Time::from_millis(minute * 60_000), "Ann", What::Comment(text.into()), Cause::Done)
    }

    fn copy(name: &str) -> CopyId {
        CopyId::derived(&[name])
    }

    const HERE: Scope = Scope::Notebook;

    fn log(texts: &[(&str, &str)]) -> Vec<Activity> {
        let mut log = Vec::new();
        for (minute, (name, text)) in texts.iter().enumerate() {
            append(&mut log, HERE, &copy(name), entry(i64::try_from(minute).unwrap(), text));
        }
        log
    }

    fn faults(log: &[Activity]) -> Vec<(FaultKind, usize)> {
        let verified = verify(log, HERE);
        let place = |fault: Fault| (fault.kind, fault.place.map_or(0, |place| place.number));
        verified.faults.into_iter().map(place).collect()
    }

    #[test]
    fn what_was_said_at_one_moment_in_two_tabs_is_told_apart() {
        // The other tab's comment comes in late and takes its place before this one's.
        let (before, after) = (log(&[("a", "this tab")]), log(&[("a", "the other tab"), ("a", "this tab")]));
        assert_eq!((&before[0].at, &before[0].by), (&after[0].at, &after[0].by));
        assert_ne!(mark(&before[0]), mark(&after[0]));
        assert_ne!(mark(&entry(0, "this tab")), mark(&entry(0, "the other tab")), "in a log without a chain");
    }

    #[test]
    fn the_canonical_bytes_are_sorted_and_without_the_link() {
        let mut log = log(&[("a", "\u{1f}\u{7f}\u{2028}\"\\\n")]);
        log[0].cause = Cause::Undone;
        log[0].covers = vec![Fingerprint([171; 32])];
        let expected = concat!(
            r#"{"at":"1970-01-01T00:00:00.000Z","by":"Ann","cause":"undone","covers":[""#,
            "abababababababababababababababababababababababababababababababab",
            "\"],\"what\":{\"comment\":\"\\u001f\u{7f}\u{2028}\\\"\\\\\\n\"}}"
        );
        assert_eq!(String::from_utf8(canonical(&log[0])).unwrap(), expected);
    }

    #[test]
    fn two_copies_write_two_chains_in_one_log_and_each_goes_on_where_it_was() {
        let log = log(&[("a", "1"), ("b", "2"), ("a", "3"), ("b", "4")]);
        assert_eq!(faults(&log), []);
        assert_eq!(verify(&log, HERE).heads.len(), 2);
        let only_b: Vec<Activity> = log
            .iter()
            .filter(|entry| entry.chain.as_ref().is_some_and(|link| link.copy == copy("b")))
            .cloned()
            .collect();
        assert_eq!(faults(&only_b), []);
    }

    #[test]
    fn the_first_entry_that_does_not_fit_is_named_once_for_each_chain() {
        let whole = log(&[("a", "1"), ("b", "2"), ("a", "3"), ("b", "4"), ("a", "5")]);
        let mut changed = whole.clone();
        changed[0].what = What::Comment("other".into());
        changed[3].by = "Eve".into();
        assert_eq!(faults(&changed), [(FaultKind::Unfit, 1), (FaultKind::Unfit, 4)]);
        let mut removed = whole.clone();
        removed.remove(0);
        assert_eq!(faults(&removed), [(FaultKind::Unfit, 2)]);
        let mut moved = whole.clone();
        moved.swap(2, 4);
        assert_eq!(faults(&moved), [(FaultKind::Unfit, 3)]);
        let mut slipped_in = whole.clone();
        slipped_in.insert(4, entry(9, "x"));
        assert_eq!(faults(&slipped_in), [(FaultKind::Outside, 5)]);
    }

    #[test]
    fn what_came_without_a_link_is_covered_by_the_next_entry_that_has_one() {
        let mut log = vec![entry(0, "old"), entry(1, "older"), entry(1, "older")];
        assert_eq!(verify(&log, HERE).before, 3);
        assert_eq!(faults(&log), []);
        append(&mut log, HERE, &copy("a"), entry(2, "new"));
        assert_eq!(log[3].covers.len(), 3);
        log.insert(1, entry(3, "came later"));
        assert_eq!(faults(&log), [(FaultKind::Outside, 2)]);
        append(&mut log, HERE, &copy("a"), entry(4, "newer"));
        assert_eq!(log[5].covers.len(), 1);
        append(&mut log, HERE, &copy("b"), entry(5, "newest"));
        assert!(log[6].covers.is_empty(), "another copy covered it already");
        assert_eq!((faults(&log), verify(&log, HERE).before), (vec![], 0));
        log[0].by = "Eve".into();
        assert_eq!(faults(&log), [(FaultKind::Outside, 1), (FaultKind::Missing, 5)]);
    }

    #[test]
    fn a_chain_of_one_log_is_none_of_another() {
        let log = log(&[("a", "1")]);
        let id = IncidentId::derived(&["1"]);
        assert_eq!(verify(&log, Scope::Incident(&id)).faults.len(), 1);
    }

    #[test]
    fn entries_missing_at_the_end_show_in_the_heads() {
        let whole = log(&[("a", "1"), ("b", "2"), ("a", "3")]);
        let cut = &whole[..2];
        assert_eq!(faults(cut), []);
        let heads = |log: &[Activity]| {
            let mut heads = Heads::default();
            heads.add(HERE, log);
            heads
        };
        let (said, found) = (heads(&whole), heads(cut));
        assert_ne!(said.head(), found.head());
        let unlike = said.unlike(&found);
        assert_eq!(unlike, BTreeSet::from([("notebook", copy("a").as_str())]));
        assert_eq!(other_head(cut, copy("a").as_str()).place.unwrap().number, 1);
    }

    #[test]
    fn a_damaged_digit_is_found_and_nothing_is_refused_for_it() {
        let log = log(&[("a", "1"), ("a", "2")]);
        let hash = log[1].chain.as_ref().unwrap().hash.to_string();
        for damaged in ["", "x", &format!("{}G", &hash[1..]), &"f".repeat(64)] {
            let json = serde_json::to_string(&log).unwrap().replace(&hash, damaged);
            let read: Vec<Activity> = serde_json::from_str(&json).unwrap();
            assert_eq!(faults(&read), [(FaultKind::Unfit, 2)], "{damaged}");
        }
        let json = serde_json::to_string(&log).unwrap().replacen(copy("a").as_str(), "A/B", 1);
        let read: Vec<Activity> = serde_json::from_str(&json).unwrap();
        assert_eq!(faults(&read)[0], (FaultKind::Unfit, 1));
        assert_eq!(
            serde_json::from_str::<Vec<Activity>>(&serde_json::to_string(&log).unwrap()).unwrap(),
            log
        );
    }
}
