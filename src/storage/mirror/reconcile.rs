//! Compares the two sides, and says what each has to be given so that both hold the whole notebook.
//!
//! Snapshots, pages and the preparation belong to a generation, so the newest manifest wins for them as a whole. Journal
//! entries stand each for itself: those that the winning manifest does not contain yet are united, wherever they are.

use crate::compact::Gather as _;
use crate::storage::key::{self, Named};
use crate::storage::kv::{KeyValue, KvError};
use crate::storage::manifest::Manifest;
use crate::storage::memory::MemoryStore;
use crate::storage::mirror::half::{Half, Reader, Side, is_record, is_whole};
use crate::storage::mirror::plan::Plan;
use crate::storage::record::{ReadPage, read_page};
use std::collections::BTreeSet;

/// How much is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// The journal: both sides are of the same generation.
    Journal,
    /// The records too, by their keys.
    Records,
    /// The records too, by what is in them: something was found damaged.
    Contents,
}

/// How much has to be compared, as the mirror's head tells.
///
/// # Errors
/// When local storage cannot be read.
pub fn depth(local: &impl KeyValue, head: &Side, reader: Reader) -> Result<Depth, KvError> {
    let texts: MemoryStore = head.texts.clone().into_iter().collect();
    let (ours, theirs) = (Half::local(local, reader)?, Half::mirror(head, &texts, reader)?);
    // What they say is compared, not their texts: sealed ones differ although they say the same.
    let says = |half: &Half| half.manifest.as_ref().map(|(manifest, _)| manifest.clone());
    let same = ours.manifest.is_some() && says(&ours) == says(&theirs);
    Ok(if same { Depth::Journal } else { Depth::Records })
}

/// Says what both sides have to be given. `mirror` holds what the depth asks for: the head, or every key with the texts
/// that [`wants`](crate::storage::mirror::wants) names.
///
/// # Errors
/// When local storage cannot be read.
pub fn reconcile(
    local: &impl KeyValue,
    mirror: &Side,
    depth: Depth,
    reader: Reader,
) -> Result<Plan, KvError> {
    let texts: MemoryStore = mirror.texts.clone().into_iter().collect();
    let (ours, theirs) = (Half::local(local, reader)?, Half::mirror(mirror, &texts, reader)?);
    let mut plan = Plan::default();
    plan.found.newer = ours.newer.max(theirs.newer);
    if plan.found.newer.is_some() {
        return Ok(plan);
    }
    let mirror_wins = mirror_wins(&ours, &theirs);
    let winner = if mirror_wins { &theirs } else { &ours };
    let manifest = winner.manifest.as_ref().map(|(manifest, _)| manifest);
    let forked = if mirror_wins { ours.holds_more_than(&theirs) } else { theirs.holds_more_than(&ours) };
    let mut comparison =
        Comparison { ours: &ours, theirs: &theirs, mirror_wins, forked, depth, reader, plan };
    if depth >= Depth::Records {
        comparison.keep_fork()?;
        comparison.records(manifest)?;
    }
    comparison.journals(manifest)?;
    comparison.others()?;
    Ok(comparison.plan)
}

/// Whether the mirror's manifest is the newer. Where local storage has none, its records tell how new it was.
fn mirror_wins(ours: &Half, theirs: &Half) -> bool {
    match (&ours.manifest, &theirs.manifest) {
        (Some((ours, _)), Some((theirs, _))) => theirs.generation > ours.generation,
        (None, Some((theirs, _))) => theirs.generation >= ours.newest_record(),
        (_, None) => false,
    }
}

struct Comparison<'a> {
    ours: &'a Half<'a>,
    theirs: &'a Half<'a>,
    mirror_wins: bool,
    /// Whether the losing side holds another history: its records may have the names of others.
    forked: bool,
    depth: Depth,
    reader: Reader<'a>,
    plan: Plan,
}

impl<'a> Comparison<'a> {
    /// The side whose manifest counts, and the other.
    fn order(&self) -> [&'a Half<'a>; 2] {
        if self.mirror_wins { [self.theirs, self.ours] } else { [self.ours, self.theirs] }
    }

    fn give_local(&mut self, key: &str, text: String) {
        self.plan.local.insert(key.to_owned(), text);
    }

    fn give_mirror(&mut self, key: &str, text: String) {
        self.plan.mirror.insert(key.to_owned(), Some(text));
    }

    /// Takes a key away where it means nothing any more. What is spent in local storage that wins, the store itself sweeps.
    fn drop_spent(&mut self, key: &str) {
        if self.mirror_wins && self.ours.keys.contains(key) {
            self.plan.obsolete.insert(key.to_owned());
        }
        if self.theirs.keys.contains(key) {
            self.plan.mirror.insert(key.to_owned(), None);
        }
    }

    fn all_keys(&self) -> BTreeSet<&'a String> {
        self.ours.keys.union(&self.theirs.keys).collect()
    }

    /// Keeps all that the losing side holds, if its snapshots contain what the winner's do not.
    fn keep_fork(&mut self) -> Result<(), KvError> {
        if self.forked {
            let [_, loser] = self.order();
            self.plan.fork = Some(loser.all()?);
        }
        Ok(())
    }

    /// Gives the losing side the winner's generation, and heals what is missing on one side from the other.
    fn records(&mut self, manifest: Option<&Manifest>) -> Result<(), KvError> {
        let named = match manifest {
            Some(manifest) => {
                let named = self.named(manifest)?;
                self.plan.found.generation = self.mirror_wins && !named.is_empty();
                named
            }
            // Recovery then goes by the records: whatever is anywhere may be needed.
            None => self.all_keys().into_iter().filter(|key| is_record(key)).cloned().collect(),
        };
        for key in &named {
            self.record(key)?;
        }
        if manifest.is_some() && self.plan.found.missing == 0 {
            // Otherwise an older record may be the only one of its kind.
            let spent = |key: &&String| is_record(key) && !named.contains(*key) && !is_aside(manifest, key);
            let spent: Vec<&String> = self.all_keys().into_iter().filter(spent).collect();
            for key in spent {
                self.drop_spent(key);
            }
        }
        Ok(())
    }

    /// The keys of all records that a manifest names. Pages that cannot be read are counted as missing.
    fn named(&mut self, manifest: &Manifest) -> Result<BTreeSet<String>, KvError> {
        let mut named: BTreeSet<String> =
            manifest.preparation.iter().map(|place| key::preparation(place.generation)).gather();
        for (page, place) in &manifest.pages {
            let key = key::page(*page, place.generation);
            let mut found = None;
            for half in self.order() {
                let text = if self.has(half, &key) { half.texts.get(&key)? } else { None };
                let text = text.and_then(|text| (self.reader)(&key, &text));
                found = found.or(text.and_then(|text| read_page(*page, place.generation, &text).ok()));
            }
            match found {
                Some(ReadPage::Whole(page)) => {
                    named.extend(page.entries.iter().map(|(at, _, row)| key::snapshot(&row.id, *at)));
                }
                Some(ReadPage::Bare(page)) => {
                    named.extend(page.entries.iter().map(|(at, _, row)| key::snapshot(&row.id, *at)));
                }
                None => self.plan.found.missing += 1,
            }
            named.insert(key);
        }
        Ok(named)
    }

    /// Gives a record to the side that lacks it.
    fn record(&mut self, key: &str) -> Result<(), KvError> {
        match (self.is_sound(self.ours, key)?, self.is_sound(self.theirs, key)?) {
            (true, true) => {}
            (true, false) => {
                if let Some(text) = self.ours.texts.get(key)? {
                    self.give_mirror(key, text);
                }
            }
            (false, true) => {
                match self.theirs.texts.get(key)?.filter(|text| is_whole(key, text, self.reader)) {
                    Some(text) => {
                        self.plan.found.healed += usize::from(!self.mirror_wins || self.ours.relies_on(key));
                        self.give_local(key, text);
                    }
                    None => self.plan.found.missing += 1,
                }
            }
            (false, false) => self.plan.found.missing += 1,
        }
        Ok(())
    }

    /// Whether a side has a record of this name that belongs to the history that counts.
    fn has(&self, half: &Half, key: &str) -> bool {
        half.relies_on(key) && !(self.forked && std::ptr::eq(half, self.order()[1]))
    }

    /// Whether a side has this record as it should be, as far as this comparison looks. A text of the mirror that was not
    /// asked for counts as whole.
    fn is_sound(&self, half: &Half, key: &str) -> Result<bool, KvError> {
        if !self.has(half, key) || self.depth < Depth::Contents {
            return Ok(self.has(half, key));
        }
        let text = half.texts.get(key)?;
        Ok(text.map_or(std::ptr::eq(half, self.theirs), |text| is_whole(key, &text, self.reader)))
    }

    /// Unites the entries that the winning manifest does not contain.
    fn journals(&mut self, manifest: Option<&Manifest>) -> Result<(), KvError> {
        for key in self.all_keys() {
            let Some(Named::Entry(stamp)) = Named::parse(key) else { continue };
            if manifest.is_some_and(|manifest| manifest.folded.covers(stamp)) {
                if self.plan.found.missing == 0 && !is_aside(manifest, key) {
                    self.drop_spent(key);
                }
                continue;
            }
            let (ours, theirs) = (self.ours.texts.get(key)?, self.theirs.texts.get(key)?);
            if ours == theirs {
                continue;
            }
            match (ours, theirs) {
                (Some(ours), theirs) if theirs.is_none() || is_whole(key, &ours, self.reader) => {
                    self.give_mirror(key, ours);
                }
                (ours, Some(theirs)) => {
                    self.plan.found.edits += usize::from(ours.is_none());
                    self.plan.found.healed += usize::from(ours.is_some());
                    self.give_local(key, theirs);
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Gives the losing side what else the winner holds: the manifests, and whatever has no rule of its own.
    fn others(&mut self) -> Result<(), KvError> {
        let [winner, loser] = self.order();
        let manifest = winner.manifest.as_ref().map(|(_, text)| text);
        for key in self.all_keys() {
            if Named::parse(key).is_some() || (self.depth == Depth::Journal && !key::is_head(key)) {
                continue;
            }
            if !key::MANIFESTS.contains(&key.as_str()) {
                self.other(key, winner.texts.get(key)?, loser.texts.get(key)?);
            }
        }
        for place in key::MANIFESTS {
            let Some(manifest) = manifest else { continue };
            if self.ours.texts.get(place)?.as_ref() != Some(manifest) {
                self.give_local(place, manifest.clone());
            }
            if self.theirs.texts.get(place)?.as_ref() != Some(manifest) {
                self.give_mirror(place, manifest.clone());
            }
        }
        Ok(())
    }

    fn other(&mut self, key: &str, winners: Option<String>, losers: Option<String>) {
        match winners {
            Some(text) if losers.as_ref() == Some(&text) => {}
            Some(text) if self.mirror_wins => self.give_local(key, text),
            Some(text) => self.give_mirror(key, text),
            None if losers.is_some() => self.drop_spent(key),
            None => {}
        }
    }
}

/// Whether it was set aside: then it stays where it is until a person discards it.
fn is_aside(manifest: Option<&Manifest>, key: &str) -> bool {
    manifest.is_some_and(|manifest| manifest.aside.iter().any(|aside| aside.key == key))
}
