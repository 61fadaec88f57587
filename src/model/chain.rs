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

use crate::model::{Activity, CopyId, Incident, IncidentId, Time};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What every chain begins with, before the log and the copy.
const DOMAIN: &str = "firsthour chain 1";

/// A SHA-256 hash: 64 hexadecimal digits in JSON.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
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

/// A text that is no fingerprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadFingerprint(String);

impl fmt::Display for BadFingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a SHA-256 hash: 64 of 0-9 and a-f were expected", self.0)
    }
}

impl std::error::Error for BadFingerprint {}

impl TryFrom<String> for Fingerprint {
    type Error = BadFingerprint;

    fn try_from(text: String) -> Result<Self, BadFingerprint> {
        let digit = |letter: u8| match letter {
            b'0'..=b'9' => Some(letter - b'0'),
            b'a'..=b'f' => Some(letter - b'a' + 10),
            _ => None,
        };
        let mut bytes = [0; 32];
        let pairs = text.as_bytes().chunks_exact(2);
        let read = text.len() == 64
            && bytes.iter_mut().zip(pairs).all(|(byte, pair)| match (digit(pair[0]), digit(pair[1])) {
                (Some(high), Some(low)) => {
                    *byte = high << 4 | low;
                    true
                }
                _ => false,
            });
        if read { Ok(Self(bytes)) } else { Err(BadFingerprint(text.chars().take(64).collect())) }
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.to_string()
    }
}

/// An entry's place in a chain: `["copy","hash"]` in JSON.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(CopyId, Fingerprint)", into = "(CopyId, Fingerprint)")]
pub struct Link {
    /// The copy of the notebook that wrote the entry.
    pub copy: CopyId,
    /// The hash over the entry and all before it in this copy's chain.
    pub hash: Fingerprint,
}

impl From<(CopyId, Fingerprint)> for Link {
    fn from((copy, hash): (CopyId, Fingerprint)) -> Self {
        Self { copy, hash }
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
    let mut last: BTreeMap<&CopyId, Fingerprint> = BTreeMap::new();
    let (mut unfit, mut wrong) = (BTreeSet::new(), Vec::new());
    for (index, entry) in log.iter().enumerate() {
        let Some(Link { copy, hash }) = &entry.chain else { continue };
        let before = last.get(copy).copied().unwrap_or_else(|| genesis(scope, copy));
        if next(before, entry) != *hash && unfit.insert(copy) {
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
        let there: BTreeSet<&Fingerprint> = without.iter().map(|(_, fingerprint)| fingerprint).collect();
        let misses = |entry: &Activity| entry.covers.iter().any(|covered| !there.contains(covered));
        let missing = log.iter().enumerate().filter(|(_, entry)| entry.chain.is_some() && misses(entry));
        wrong.extend(missing.map(|(index, _)| (index, FaultKind::Missing)));
        wrong.sort_by_key(|(index, _)| *index);
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

/// The faults of a log whose chains are said to end at these heads.
pub fn not_at<'a>(
    log: &[Activity],
    heads: impl IntoIterator<Item = (&'a CopyId, Fingerprint)>,
) -> Vec<Fault> {
    let other = heads.into_iter().filter(|(copy, said)| head(log, copy) != Some(*said));
    let of = |copy: &CopyId| {
        let last = log.iter().rposition(|entry| entry.chain.as_ref().is_some_and(|link| link.copy == *copy));
        Fault { kind: FaultKind::OtherHead, place: last.and_then(|index| Place::of(log, index)) }
    };
    other.map(|(copy, _)| of(copy)).collect()
}

/// The head over many logs: one hash that stands for every entry in all of them.
///
/// SHA-256 over one line for each chain, `<log> <copy> <hash>` and a line feed, sorted by bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heads(BTreeSet<String>);

impl Heads {
    /// Adds every chain of a log.
    pub fn add(&mut self, scope: Scope, log: &[Activity]) {
        self.0.extend(heads(log).into_iter().map(|(copy, hash)| format!("{scope} {copy} {hash}\n")));
    }

    /// The head over all that was added.
    pub fn head(&self) -> Fingerprint {
        let lines: Vec<&[u8]> = self.0.iter().map(String::as_bytes).collect();
        sha256(&lines)
    }
}

/// The head over an incident's log.
pub fn head_of(incident: &Incident) -> Fingerprint {
    let mut heads = Heads::default();
    heads.add(Scope::Incident(&incident.id), &incident.activity);
    heads.head()
}
