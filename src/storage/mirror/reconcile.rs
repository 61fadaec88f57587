//! Compares the two sides, and says what each has to be given so that both hold the whole notebook.
//!
//! Snapshots, pages and the preparation belong to a generation, so the newest manifest wins for them as a whole. Journal
//! entries stand each for itself: those that the winning manifest does not contain yet are united, wherever they are.

use crate::storage::key::{self, Named};
use crate::storage::kv::{KeyValue, KvError};
use crate::storage::manifest::Manifest;
use crate::storage::memory::MemoryStore;
use crate::storage::mirror::half::{Half, Plain, Side, is_record, is_whole};
use crate::storage::mirror::plan::Plan;
use crate::storage::record::{ReadPage, read_page};
use crate::storage::stamp::Stamp;
use std::collections::{BTreeMap, BTreeSet};

/// How much has to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Both sides are of the same generation: the journal.
    Journal,
    /// Everything.
    Everything,
}

/// How much has to be compared, as the mirror's head tells.
///
/// # Errors
/// When local storage cannot be read.
pub fn depth(local: &impl KeyValue, head: &Side, plain: Plain) -> Result<Depth, KvError> {
    let texts: MemoryStore = head.texts.clone().into_iter().collect();
    let (ours, theirs) = (Half::local(local, plain)?, Half::mirror(head, &texts, plain)?);
    let same = ours.manifest.is_some() && ours.manifest == theirs.manifest;
    Ok(if same { Depth::Journal } else { Depth::Everything })
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
    plain: Plain,
) -> Result<Plan, KvError> {
    let texts: MemoryStore = mirror.texts.clone().into_iter().collect();
    let (ours, theirs) = (Half::local(local, plain)?, Half::mirror(mirror, &texts, plain)?);
    let mut plan = Plan::default();
    plan.found.newer = ours.newer.max(theirs.newer);
    if plan.found.newer.is_some() {
        return Ok(plan);
    }
    let mut comparison = Comparison { mirror_wins: mirror_wins(&ours, &theirs), ours, theirs, plain, plan };
    if depth == Depth::Everything {
        comparison.keep_fork()?;
        comparison.compare_records()?;
    }
    comparison.unite_journals()?;
    comparison.compare_others()?;
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
    ours: Half<'a>,
    theirs: Half<'a>,
    mirror_wins: bool,
    plain: Plain<'a>,
    plan: Plan,
}

/// Where a text goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum To {
    Local,
    Mirror,
}

impl Comparison<'_> {
    fn winner(&self) -> &Half<'_> {
        if self.mirror_wins { &self.theirs } else { &self.ours }
    }

    fn loser(&self) -> &Half<'_> {
        if self.mirror_wins { &self.ours } else { &self.theirs }
    }

    fn to_winner(&self) -> To {
        if self.mirror_wins { To::Mirror } else { To::Local }
    }

    fn to_loser(&self) -> To {
        if self.mirror_wins { To::Local } else { To::Mirror }
    }

    fn give(&mut self, to: To, key: &str, text: String) {
        match to {
            To::Local => drop(self.plan.local.insert(key.to_owned(), text)),
            To::Mirror => drop(self.plan.mirror.insert(key.to_owned(), Some(text))),
        }
    }

    fn take(&mut self, from: To, key: &str) {
        match from {
            To::Local => drop(self.plan.obsolete.insert(key.to_owned())),
            To::Mirror => drop(self.plan.mirror.insert(key.to_owned(), None)),
        }
    }

    /// Keeps all that the losing side holds, if its snapshots contain edits that the winner's do not.
    fn keep_fork(&mut self) -> Result<(), KvError> {
        let (Some((winner, text)), Some((loser, other))) = (&self.winner().manifest, &self.loser().manifest)
        else {
            return Ok(());
        };
        let unseen = !winner.folded.contains(&loser.folded);
        if unseen || (winner.generation == loser.generation && text != other) {
            let half = self.loser();
            let mut texts = BTreeMap::new();
            for key in &half.keys {
                texts.extend(half.texts.get(key)?.map(|text| (key.clone(), text)));
            }
            self.plan.fork = Some(texts);
        }
        Ok(())
    }

    /// Gives the losing side the winner's generation, and heals what is missing of it on one side from the other.
    fn compare_records(&mut self) -> Result<(), KvError> {
        let Some((manifest, text)) = self.winner().manifest.clone() else {
            // Without any manifest recovery goes by the records: whatever is anywhere may be needed.
            return self.copy_all_records();
        };
        self.plan.found.generation =
            self.mirror_wins && self.ours.manifest.as_ref().is_none_or(|(ours, _)| *ours != manifest);
        let (named, unreadable) = self.named(&manifest)?;
        self.plan.found.missing += unreadable;
        for key in &named {
            self.compare_record(key)?;
        }
        for place in key::MANIFESTS {
            for (half, to) in [(&self.ours, To::Local), (&self.theirs, To::Mirror)] {
                if half.texts.get(place)?.as_ref() != Some(&text) {
                    match to {
                        To::Local => drop(self.plan.local.insert(place.to_owned(), text.clone())),
                        To::Mirror => drop(self.plan.mirror.insert(place.to_owned(), Some(text.clone()))),
                    }
                }
            }
        }
        if self.plan.found.missing > 0 {
            // An older record may be the only one of its kind.
            return Ok(());
        }
        let aside: BTreeSet<&String> = manifest.aside.iter().map(|aside| &aside.key).collect();
        let spent = |half: &Half| -> Vec<String> {
            let spent = half.keys.iter().filter(|key| is_record(key) && !named.contains(*key));
            spent.filter(|key| !aside.contains(key)).cloned().collect()
        };
        let (ours, theirs) = (spent(&self.ours), spent(&self.theirs));
        if self.mirror_wins {
            ours.iter().for_each(|key| self.take(To::Local, key));
        }
        theirs.iter().for_each(|key| self.take(To::Mirror, key));
        Ok(())
    }

    /// The records that a manifest names, and how many pages cannot be read on either side.
    fn named(&self, manifest: &Manifest) -> Result<(BTreeSet<String>, usize), KvError> {
        let mut named: BTreeSet<String> =
            manifest.preparation.iter().map(|place| key::preparation(place.generation)).collect();
        let mut unreadable = 0;
        for (page, place) in &manifest.pages {
            let key = key::page(*page, place.generation);
            let read = |half: &Half| -> Result<Option<ReadPage>, KvError> {
                let text = if half.relies_on(&key) { half.texts.get(&key)? } else { None };
                let plain = text.and_then(|text| (self.plain)(&key, &text));
                Ok(plain.and_then(|text| read_page(*page, place.generation, &text).ok()))
            };
            let found = match read(self.winner())? {
                Some(found) => Some(found),
                None => read(self.loser())?,
            };
            match found {
                Some(ReadPage::Whole(whole)) => {
                    let snapshots = whole.entries.iter().map(|(at, _, row)| key::snapshot(&row.id, *at));
                    named.extend(snapshots);
                }
                Some(ReadPage::Bare(bare)) => {
                    named.extend(bare.entries.iter().map(|(at, _, row)| key::snapshot(&row.id, *at)));
                }
                None => unreadable += 1,
            }
            named.insert(key);
        }
        Ok((named, unreadable))
    }

    fn compare_record(&mut self, key: &str) -> Result<(), KvError> {
        let sound = |half: &Half, fetched: bool| -> Result<Option<String>, KvError> {
            if !half.relies_on(key) || !fetched {
                return Ok(None);
            }
            Ok(half.texts.get(key)?.filter(|text| is_whole(key, text, self.plain)))
        };
        let ours = sound(&self.ours, true)?;
        if ours.is_some() && self.theirs.relies_on(key) && !self.theirs.has_text(key)? {
            // Its text was not asked for because ours is whole.
            return Ok(());
        }
        let theirs = sound(&self.theirs, true)?;
        match (ours, theirs) {
            (Some(ours), None) => {
                self.plan.found.healed += usize::from(!self.mirror_wins && self.theirs.relies_on(key));
                self.give(To::Mirror, key, ours);
            }
            (None, Some(theirs)) => {
                let expected = !self.mirror_wins || self.ours.relies_on(key);
                self.plan.found.healed += usize::from(expected);
                self.give(To::Local, key, theirs);
            }
            (None, None) => self.plan.found.missing += 1,
            (Some(_), Some(_)) => {}
        }
        Ok(())
    }
}
