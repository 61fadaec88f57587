//! Following the other tabs: what they appended to the journal, and what the one that holds the lease folded.
//!
//! The notebook is always what the snapshots of the newest generation say with the journal's entries upon it, in the
//! order of their stamps. An entry that arrives last is simply applied. One that arrives late, because two tabs wrote
//! at the same moment, takes its place: the incidents that it touches are put back as the snapshots have them and all
//! entries about them are applied anew. So every tab shows the same once it has seen the same.

use crate::compact::Gather as _;
use crate::model::IncidentId;
use crate::notebook::{Change, Edit, Notebook, Refusal};
use crate::storage::clash::Overruled;
use crate::storage::key::{self, Named};
use crate::storage::kv::{KeyValue, KvError};
use crate::storage::recovery::{Opened, Report, newest_manifest, open_as};
use crate::storage::refused::NotLoaded;
use crate::storage::shelf::Shelf;
use crate::storage::stamp::Stamp;
use crate::storage::store::Store;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is known to be new.
#[derive(Debug, Clone, Copy)]
pub enum News<'a> {
    /// These keys changed, as the browser says.
    Keys(&'a [String]),
    /// Anything may have changed: every key is looked at.
    Anything,
}

/// What came in from other tabs.
#[derive(Debug, Default)]
pub struct Absorbed {
    /// Whether the notebook may be another than before.
    pub changed: bool,
    /// The edits of other tabs that this one had not seen.
    pub edits: Vec<Arc<Edit>>,
    /// How it opened again, where another tab had folded.
    pub reopened: Option<Report>,
    /// Edits of this tab, the same fields or incidents of which another tab has edited later.
    pub overtaken: Vec<Arc<Edit>>,
    /// Fields that this tab set shortly before and that now show what another tab set.
    pub overruled: Vec<Overruled>,
    /// Edits of this tab that no longer fit, since what they are about is gone; they were set aside.
    pub fallen: Vec<(Arc<Edit>, Refusal)>,
    /// Edits of this tab that were applied anew: what takes them back may be something else now.
    pub redone: Vec<Change>,
}

impl<K: KeyValue> Store<K> {
    /// Takes in what other tabs wrote. While a large save of this tab is under way nothing is taken in; ask again
    /// afterwards for [`News::Anything`].
    ///
    /// # Errors
    /// When the browser cannot read; the next call starts over.
    pub fn absorb(&mut self, notebook: &mut Notebook, news: News<'_>) -> Result<Absorbed, KvError> {
        let mut absorbed = Absorbed::default();
        if self.saving {
            return Ok(absorbed);
        }
        let known: BTreeSet<Stamp> = self.journal.entries.keys().copied().gather();
        if self.is_behind()? {
            absorbed.reopened = Some(self.reopen(notebook)?);
            absorbed.changed = true;
        }
        let stamps = match news {
            News::Keys(keys) => keys.iter().filter_map(|key| Named::parse(key)).filter_map(entry).collect(),
            News::Anything => Shelf::of(&self.kv.keys()?).journal,
        };
        self.take_in(notebook, &stamps, &mut absorbed).inspect_err(|_| self.astray = true)?;
        let new = |stamp: &Stamp| !known.contains(stamp) && stamp.tab != self.tab;
        let lines = self.journal.entries.iter().filter(|(stamp, _)| new(stamp));
        let new: Vec<(Stamp, Arc<Edit>)> = lines
            .filter_map(|(stamp, line)| Some((*stamp, Arc::clone(&line.entry.as_ref()?.edit))))
            .collect();
        absorbed.overruled = self.overruled(notebook, &new);
        let later = |(stamp, mine): &&(Stamp, Arc<Edit>)| {
            new.iter().any(|(theirs, edit)| theirs > stamp && edit.act.meets(&mine.act))
        };
        absorbed.overtaken = self.mine.iter().filter(later).map(|(_, mine)| Arc::clone(mine)).collect();
        absorbed.edits = new.into_iter().map(|(_, edit)| edit).collect();
        Ok(absorbed)
    }

    /// Makes the next [`Store::absorb`] read everything again: what is kept was put right from outside.
    pub fn read_anew(&mut self) {
        self.astray = true;
    }

    /// Opens again if another tab wrote a generation; says whether it did.
    pub(super) fn follow_fold(&mut self, notebook: &mut Notebook) -> Result<bool, KvError> {
        if self.saving || !self.is_behind()? {
            return Ok(false);
        }
        self.reopen(notebook).map(|_| true)
    }

    /// Whether the manifest is another than the one that this store knows.
    pub(super) fn is_behind(&self) -> Result<bool, KvError> {
        if self.astray {
            return Ok(true);
        }
        let [a, b] = key::MANIFESTS.map(|place| self.kv.get(place));
        let (a, b) = (a?, b?);
        if a == self.manifest && b == self.manifest {
            return Ok(false);
        }
        if a.is_none() && b.is_none() {
            return Ok(self.manifest.is_some());
        }
        // Where neither can be read any more, what this page holds in memory is the best there is.
        Ok(newest_manifest([a, b]).is_some_and(|(_, text)| Some(text) != self.manifest))
    }

    /// Reads everything again, and loads again what was loaded.
    fn reopen(&mut self, notebook: &mut Notebook) -> Result<Report, KvError> {
        let kv: &dyn KeyValue = &self.kv;
        let Opened { store, notebook: mut new, report } = open_as(kv, self.access, self.tab)?;
        let Store {
            kv: _,
            access,
            index,
            quick,
            pages,
            preparation,
            generation,
            newest,
            journal,
            base,
            tab: _,
            holds: _,
            mine: _,
            displaced,
            astray,
            dirty,
            aside,
            garbage,
            manifest,
            used,
            spare,
            capacity: _,
            saving: _,
            folding: _,
            tidy,
        } = store;
        (self.access, self.astray, self.tidy, self.displaced) = (access, astray, tidy, displaced);
        (self.generation, self.newest, self.manifest) = (generation, newest, manifest);
        (self.pages, self.preparation, self.dirty) = (pages, preparation, dirty);
        self.quick = quick;
        (self.journal, self.aside, self.garbage) = (journal, aside, garbage);
        (self.used, self.spare) = (used, spare);
        let old_index = std::mem::replace(&mut self.index, index);
        let old_base = std::mem::replace(&mut self.base, base);
        for id in notebook.loaded().map(|incident| incident.id.clone()) {
            let place = |index: &std::collections::BTreeMap<_, super::store::Spot>| {
                index.get(&id).map(|spot| spot.place)
            };
            if !new.needs_loading(&id) {
                continue;
            }
            match old_base.incident(&id) {
                Some(incident) if place(&old_index) == place(&self.index) => {
                    self.base.load(Arc::clone(incident));
                    new.load(Arc::clone(incident));
                }
                _ => match self.load(&mut new, &id) {
                    Ok(()) | Err(NotLoaded::Damaged(_)) => {}
                    Err(NotLoaded::Failed(error)) => return Err(error),
                },
            }
        }
        *notebook = new;
        Ok(report)
    }

    /// Takes these entries in, each in its place.
    fn take_in(
        &mut self,
        notebook: &mut Notebook,
        stamps: &BTreeSet<Stamp>,
        absorbed: &mut Absorbed,
    ) -> Result<(), KvError> {
        let newest = self.journal.entries.keys().next_back().copied();
        let displaced = std::mem::take(&mut self.displaced);
        let mut fresh = Vec::new();
        for stamp in stamps.iter().copied() {
            if self.journal.folded.covers(stamp) || self.journal.entries.contains_key(&stamp) {
                continue;
            }
            if let Some((line, damage)) = self.read_line(stamp)? {
                self.used += line.units;
                self.journal.add(stamp, line);
                self.put_aside_if(key::entry(stamp), damage);
                fresh.push(stamp);
            }
        }
        absorbed.changed |= !fresh.is_empty() || !displaced.is_empty();
        let comes_last = fresh.first().is_none_or(|first| newest.is_none_or(|newest| newest < *first));
        if comes_last && displaced.is_empty() {
            for stamp in fresh {
                self.replay(notebook, stamp)?;
            }
            return Ok(());
        }
        fresh.extend(displaced);
        for (stamp, edit) in self.rewind(notebook, &fresh) {
            let was_fallen = self.aside.iter().any(|aside| aside.key == key::entry(stamp));
            let replayed = self.replay(notebook, stamp)?;
            if stamp.tab == self.tab {
                absorbed.redone.extend(replayed.change);
                absorbed.fallen.extend(replayed.refusal.filter(|_| !was_fallen).map(|why| (edit, why)));
            }
        }
        Ok(())
    }

    /// Puts back what these entries touch, and what is touched together with that, as the snapshots have it. Gives
    /// back the entries that have to be applied to it anew.
    fn rewind(&self, notebook: &mut Notebook, fresh: &[Stamp]) -> Vec<(Stamp, Arc<Edit>)> {
        let edits =
            self.journal.entries.iter().filter_map(|(stamp, line)| Some((stamp, &line.entry.as_ref()?.edit)));
        let all: Vec<(Stamp, Arc<Edit>)> = edits.map(|(stamp, edit)| (*stamp, Arc::clone(edit))).collect();
        let mut hit: BTreeSet<&IncidentId> = BTreeSet::new();
        let mut preparation = false;
        // What is done to whole incidents, or to the notebook itself, is logged for the notebook as a whole.
        let whole = all.iter().any(|(_, edit)| edit.act.is_structural() || edit.act.begins_copy());
        let mut again = vec![false; all.len()];
        loop {
            let before = again.iter().filter(|again| **again).count();
            for ((stamp, edit), again) in all.iter().zip(&mut again).filter(|(_, again)| !**again) {
                let touches = edit.act.incidents();
                let prepares = edit.act.prepares();
                let is_hit = (prepares && preparation) || touches.iter().any(|id| hit.contains(*id));
                if whole || is_hit || fresh.contains(stamp) {
                    *again = true;
                    preparation |= prepares;
                    hit.extend(touches);
                }
            }
            if again.iter().filter(|again| **again).count() == before {
                break;
            }
        }
        for id in hit {
            notebook.reset(id, &self.base);
        }
        if preparation {
            notebook.reset_preparation(&self.base);
        }
        all.iter().zip(again).filter(|(_, again)| *again).map(|(entry, _)| entry.clone()).collect()
    }
}

fn entry(named: Named) -> Option<Stamp> {
    match named {
        Named::Entry(stamp) => Some(stamp),
        _ => None,
    }
}
