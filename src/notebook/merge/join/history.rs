//! What the logs of two copies of an incident tell: who wrote a thing last on each side, and whether the other side
//! had seen it. This is what decides which side goes on and which changed apart.

use super::weave::Numbered;
use crate::compact::Gather as _;
use crate::model::chain::fingerprint;
use crate::model::conflict::Version;
use crate::model::{Activity, EntityId, Subject, Time, What};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One of the two copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The first.
    One,
    /// The second.
    Other,
}

impl Side {
    /// The other one.
    pub fn opposite(self) -> Self {
        match self {
            Self::One => Self::Other,
            Self::Other => Self::One,
        }
    }

    fn index(self) -> usize {
        usize::from(self == Self::Other)
    }

    /// The value of this side out of a pair.
    pub fn of<T>(self, pair: [T; 2]) -> T {
        let [one, other] = pair;
        match self {
            Self::One => one,
            Self::Other => other,
        }
    }
}

const BOTH: [Side; 2] = [Side::One, Side::Other];

/// What the logs say about a thing in which the copies differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// This side goes on from what the other had.
    Follows(Side),
    /// Both changed it, apart from each other; in the joined log this side's change comes last.
    Apart(Side),
    /// They do not tell.
    Untold,
}

/// The names under which an entity is known in each copy, where they differ.
pub type Aliases = BTreeMap<EntityId, EntityId>;

/// The logs of two copies.
pub struct History<'a> {
    sides: [Told<'a>; 2],
    numbered: Numbered,
    /// Whether each side has each entry, for all that its own log tells: not where it only came with a merge that was
    /// taken back.
    knows: [Vec<bool>; 2],
    /// Where each entry stands in the joined log.
    places: Vec<usize>,
    /// Everything of both logs; each copy's entries in their order.
    pub log: Vec<Activity>,
}

/// What one log tells.
struct Told<'a> {
    log: &'a [Activity],
    /// Entries that set this field of this part.
    sets: HashMap<(String, &'a str), Vec<usize>>,
    /// Entries that set this field of several parts at once, without saying which.
    bulk: HashMap<(&'static str, &'a str), Vec<usize>>,
    /// Entries about this part.
    about: HashMap<String, Vec<usize>>,
    /// Entries that put the whole incident in place.
    whole: Vec<usize>,
}

/// The name of a part in the logs' index: its kind and id.
pub fn part(kind: &str, id: &str) -> String {
    format!("{kind}/{id}")
}

fn part_of(subject: &Subject, aliases: &Aliases) -> Option<String> {
    Some(match subject {
        Subject::Incident => part("incident", ""),
        Subject::Alert(id, _) => part("alert", id.as_str()),
        Subject::Entity(id, _) => part("entity", aliases.get(id).unwrap_or(id).as_str()),
        Subject::Step(id) | Subject::OwnStep(id, _) => part("step", id.as_str()),
        Subject::Scenario(id) | Subject::Playbook(id, _) => part("scenario", id.as_str()),
        Subject::Note(id, _) => part("note", id.as_str()),
        Subject::Event(id, _) => part("event", id.as_str()),
        Subject::Evidence(id, _) => part("evidence", id.as_str()),
        Subject::RawData => part("rawData", ""),
        Subject::Alerts(_) | Subject::Entities(_) => return None,
    })
}

impl<'a> Told<'a> {
    /// Reads a log but for the entries that stand at these places.
    fn new(log: &'a [Activity], aliases: &Aliases, without: &BTreeSet<usize>) -> Self {
        let mut told = Self {
            log,
            sets: HashMap::new(),
            bulk: HashMap::new(),
            about: HashMap::new(),
            whole: Vec::new(),
        };
        for (index, entry) in log.iter().enumerate().filter(|(index, _)| !without.contains(index)) {
            let subject = match &entry.what {
                What::Set { subject, field, .. } => {
                    match (subject, part_of(subject, aliases)) {
                        (Subject::Alerts(_), _) => {
                            told.bulk.entry(("alert", field)).or_default().push(index);
                        }
                        (Subject::Entities(_), _) => {
                            told.bulk.entry(("entity", field)).or_default().push(index);
                        }
                        (_, Some(part)) => told.sets.entry((part, field)).or_default().push(index),
                        _ => {}
                    }
                    subject
                }
                What::Added(subject)
                | What::Removed(subject)
                | What::Custody { subject, .. }
                | What::CustodyWithdrawn { subject, .. } => subject,
                What::Created | What::Imported { .. } | What::Merged { .. } | What::PutBack => {
                    told.whole.push(index);
                    continue;
                }
                // A merge that was taken back put nothing in place.
                What::Unmerged => {
                    if told.whole.last().is_some_and(|last| is_about_merging(&log[*last])) {
                        told.whole.pop();
                    }
                    continue;
                }
                What::Comment(_)
                | What::Retracted { .. }
                | What::CopyBegun(_)
                | What::IncidentsDeleted { .. }
                | What::IncidentsPutBack { .. }
                | What::CopyMerged { .. }
                | What::CopyUnmerged(_)
                | What::PlaybookKept { .. }
                | What::Restored(_) => continue,
            };
            if let Some(part) = part_of(subject, aliases) {
                told.about.entry(part).or_default().push(index);
            }
        }
        told
    }

    /// The last entry that wrote this field, as far as the log tells. An entry that set several parts at once does not
    /// say which: it is taken to have been about this one where it left the value that stands there and no entry about
    /// this part alone did. Of several such entries one that only this side has comes first, for a side that has the
    /// entry and shows something else knows that it was about other parts.
    fn last_write(
        &self,
        part: &str,
        field: &str,
        value: &str,
        is_seen: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let left = |index: usize| matches!(&self.log[index].what, What::Set { to, .. } if to == value);
        let own = self.sets.get(&(part.to_owned(), field)).and_then(|writes| writes.last().copied());
        if own.is_some_and(left) {
            return own;
        }
        let kind = part.split('/').next().unwrap_or_default();
        let bulk = ["alert", "entity"].into_iter().find(|known| *known == kind).and_then(|kind| {
            let writes = self.bulk.get(&(kind, field))?;
            let leaving = || writes.iter().rev().copied().filter(|index| left(*index));
            leaving().find(|index| !is_seen(*index)).or_else(|| leaving().next())
        });
        own.max(bulk)
    }
}

impl<'a> History<'a> {
    /// Reads two logs.
    pub fn new(one: &'a [Activity], other: &'a [Activity], aliases: &Aliases) -> Self {
        let keys = [one, other].map(|log| log.iter().map(key).collect::<Vec<_>>());
        let numbered = Numbered::new(&keys[0], &keys[1]);
        let count = numbered.holds[0].len();
        let mut entries: Vec<Option<(&Activity, &Key)>> = vec![None; count];
        for ((log, keys), numbers) in [one, other].into_iter().zip(&keys).zip(&numbered.lists) {
            for ((entry, key), number) in log.iter().zip(keys).zip(numbers) {
                entries[*number].get_or_insert((entry, key));
            }
        }
        let key_of = |number: usize| entries[number].map(|(_, key)| key);
        let order = numbered.woven(|x, y| (key_of(x), x) < (key_of(y), y));
        let mut places = vec![0; count];
        for (place, number) in order.iter().enumerate() {
            places[*number] = place;
        }
        let log = order.into_iter().filter_map(|number| entries[number].map(|(entry, _)| entry.clone()));
        let log = log.collect();
        let left = [one, other].map(left_over);
        let mut knows = numbered.holds.clone();
        for ((left, numbers), knows) in left.iter().zip(&numbered.lists).zip(&mut knows) {
            for index in left {
                knows[numbers[*index]] = false;
            }
        }
        let sides = [Told::new(one, aliases, &left[0]), Told::new(other, aliases, &left[1])];
        Self { sides, numbered, knows, places, log }
    }

    fn told(&self, side: Side) -> &Told<'a> {
        &self.sides[side.index()]
    }

    fn entry(&self, side: Side, index: usize) -> &Activity {
        &self.sides[side.index()].log[index]
    }

    /// Whether this side did anything that the other has not seen. That it was merged elsewhere is nothing it did.
    fn has_own(&self, side: Side) -> bool {
        let mut log = self.told(side).log.iter().enumerate();
        log.any(|(index, entry)| !is_about_merging(entry) && !self.is_seen(side, index))
    }

    /// Whether the other side's log has this entry of this side's.
    fn is_seen(&self, side: Side, index: usize) -> bool {
        let number = self.numbered.lists[side.index()][index];
        self.knows[side.opposite().index()][number]
    }

    fn place(&self, side: Side, index: usize) -> usize {
        self.places[self.numbered.lists[side.index()][index]]
    }

    /// Who goes on, given the last entry of each side about one thing.
    fn ruling(&self, last: [Option<usize>; 2]) -> Ruling {
        let seen = |side: Side| side.of(last).map(|index| self.is_seen(side, index));
        let later = match last {
            [Some(one), Some(other)] if self.place(Side::One, one) < self.place(Side::Other, other) => {
                Side::Other
            }
            [None, _] => Side::Other,
            _ => Side::One,
        };
        match (seen(Side::One), seen(Side::Other)) {
            (None, None) => Ruling::Untold,
            (Some(true), Some(true)) if self.is_same_entry(last) => Ruling::Untold,
            (Some(true), Some(true)) => Ruling::Follows(later),
            (Some(false), Some(false)) => Ruling::Apart(later),
            // A side that has seen the other's last word and shows something else has gone on from it.
            (Some(false), _) | (None, Some(true)) => Ruling::Follows(Side::One),
            (_, Some(false)) | (Some(true), None) => Ruling::Follows(Side::Other),
        }
    }

    fn is_same_entry(&self, last: [Option<usize>; 2]) -> bool {
        let number = |side: Side| side.of(last).map(|index| self.numbered.lists[side.index()][index]);
        number(Side::One) == number(Side::Other)
    }

    fn last_write(&self, side: Side, part: &str, field: &str, value: &str) -> Option<usize> {
        self.told(side).last_write(part, field, value, |index| self.is_seen(side, index))
    }

    /// Who goes on in a field of a part, given its value on each side.
    pub fn field(&self, part: &str, field: &str, values: [&str; 2]) -> Ruling {
        let last = |side: Side| self.last_write(side, part, field, side.of(values));
        self.ruling([last(Side::One), last(Side::Other)])
    }

    /// Who goes on about a part as a whole: the last entry about it on each side.
    pub fn whole_part(&self, part: &str) -> Ruling {
        let last = |side: Side| self.told(side).about.get(part).and_then(|about| about.last().copied());
        self.ruling([last(Side::One), last(Side::Other)])
    }

    /// Who goes on about one member of a set.
    pub fn member(&self, part: &str, field: &str, member: &str) -> Ruling {
        let last = |side: Side| {
            let told = self.told(side);
            let writes = told.sets.get(&(part.to_owned(), field))?;
            writes.iter().rev().copied().find(|index| match &told.log[*index].what {
                What::Set { from, to, .. } => has_member(from, member) != has_member(to, member),
                _ => false,
            })
        };
        self.ruling([last(Side::One), last(Side::Other)])
    }

    /// Who goes on where no entry tells of the thing itself: the side that has seen all of the other, the one that alone
    /// had something put in place, the one whose source spoke last.
    pub fn untold(&self, updated: [Option<&Time>; 2]) -> Option<Side> {
        let alone = |[one, other]: [bool; 2]| match (one, other) {
            (true, false) => Some(Side::One),
            (false, true) => Some(Side::Other),
            _ => None,
        };
        let by_source = || match updated[0].cmp(&updated[1]) {
            std::cmp::Ordering::Less => Some(Side::Other),
            std::cmp::Ordering::Greater => Some(Side::One),
            std::cmp::Ordering::Equal => None,
        };
        alone(BOTH.map(|side| self.has_own(side)))
            .or_else(|| alone(BOTH.map(|side| self.own_whole(side).is_some())))
            .or_else(by_source)
    }

    /// The last entry by which something was put in place on this side alone.
    fn own_whole(&self, side: Side) -> Option<usize> {
        self.told(side).whole.iter().rev().copied().find(|index| !self.is_seen(side, *index))
    }

    /// Who made a field what it is on this side, and when.
    pub fn version(&self, side: Side, part: &str, field: &str, value: &str) -> Version {
        let last = self.last_write(side, part, field, value).or_else(|| self.own_whole(side));
        self.signed(side, last, value.to_owned())
    }

    fn signed(&self, side: Side, entry: Option<usize>, value: String) -> Version {
        match entry.map(|index| self.entry(side, index)) {
            Some(entry) => Version { value, by: entry.by.clone(), at: Some(entry.at.clone()) },
            None => Version { value, by: String::new(), at: None },
        }
    }

    /// What becomes of a part that only `has` has. `fields` are its settable fields and their values there.
    pub fn presence(&self, has: Side, part: &str, fields: &[(&str, String)]) -> Presence {
        let lacks = has.opposite();
        let touched = {
            let told = self.told(has);
            let mut about = told.about.get(part).into_iter().flatten().rev().copied();
            let last = about.find(|index| !self.is_seen(has, *index));
            let written = fields.iter().filter_map(|(field, value)| self.last_write(has, part, field, value));
            last.max(written.filter(|index| !self.is_seen(has, *index)).max())
        };
        let told = self.told(lacks);
        let mut about = told.about.get(part).into_iter().flatten().rev().copied();
        let came_or_went = |index: &usize| matches!(told.log[*index].what, What::Added(_) | What::Removed(_));
        let removed = about.find(came_or_went);
        let removed = removed.filter(|index| matches!(told.log[*index].what, What::Removed(_)));
        match (removed, touched) {
            (Some(removed), _) if self.is_seen(lacks, removed) => Presence::Stays,
            (Some(_), None) => Presence::Goes,
            (Some(removed), Some(touched)) => Presence::Disputed(
                self.signed(has, Some(touched), "no".into()),
                self.signed(lacks, Some(removed), "yes".into()),
            ),
            (None, None) if self.has_put_back(lacks) && self.own_whole(has).is_none() => Presence::Goes,
            (None, _) => Presence::Stays,
        }
    }

    /// Whether this side alone put an earlier state back.
    fn has_put_back(&self, side: Side) -> bool {
        let told = self.told(side);
        let put_back = |index: &usize| matches!(told.log[*index].what, What::PutBack);
        told.whole.iter().any(|index| put_back(index) && !self.is_seen(side, *index))
    }
}

/// What becomes of a part that only one side has.
#[derive(Debug, PartialEq, Eq)]
pub enum Presence {
    /// It stays.
    Stays,
    /// It was removed, and nothing was done to it since.
    Goes,
    /// It was removed there and changed here: it stays, with who kept and who removed it.
    Disputed(Version, Version),
}

/// The log of a copy and what another log has beside it, each in its order.
pub fn union(one: &[Activity], other: &[Activity]) -> Vec<Activity> {
    super::weave::union(one, other, key)
}

type Key = (chrono::DateTime<chrono::Utc>, String, String);

/// What orders entries and tells them apart: when, who and what.
fn key(entry: &Activity) -> Key {
    // An entry is made of texts and numbers, so it can always be written.
    (entry.at.instant(), entry.by.clone(), serde_json::to_string(entry).unwrap_or_default())
}

/// Entries that came with a merge and stayed in the log when it was taken back, because they stand in no chain and its
/// entry covers them. Once something is merged and stays merged, nothing is left over any more.
fn left_over(log: &[Activity]) -> BTreeSet<usize> {
    let last = log.iter().rposition(is_about_merging);
    let Some(merge) = last
        .filter(|last| log[*last].what == What::Unmerged)
        .and_then(|last| log[..last].iter().rposition(|entry| matches!(entry.what, What::Merged { .. })))
    else {
        return BTreeSet::new();
    };
    let Some(merger) = &log[merge].chain else { return BTreeSet::new() };
    let is_own = |entry: &Activity| entry.chain.as_ref().is_some_and(|link| link.copy == merger.copy);
    // This copy's own entries without a chain are covered by the first one it chained: if that is the merge, there is
    // no telling them from what came.
    if !log[..merge].iter().any(is_own) {
        return BTreeSet::new();
    }
    let covered: BTreeSet<_> = log[merge].covers.iter().copied().gather();
    let is_left = |index: &usize| log[*index].chain.is_none() && covered.contains(&fingerprint(&log[*index]));
    (0..merge).filter(is_left).collect()
}

fn is_about_merging(entry: &Activity) -> bool {
    matches!(entry.what, What::Merged { .. } | What::Unmerged)
}

fn has_member(list: &str, member: &str) -> bool {
    list.split(", ").any(|text| text == member)
}
