//! What an edit leaves in the logs: entries in the chain of the copy at hand, in an incident's log or in the notebook's
//! own, and logs that come with incidents.
//!
//! A copy goes on with a chain only where it left off. Where an incident's log no longer ends where this copy last
//! wrote in it (it was deleted and imported anew, or came back out of an earlier backup), two different entries would
//! follow the same one, and whoever later merges both could not tell tampering from this. There a new copy begins.

use crate::compact::Gather as _;
use crate::model::activity::{Activity, What};
use crate::model::chain::{self, Fingerprint, Heads, Scope};
use crate::model::{CopyId, Incident, IncidentId};
use crate::notebook::apply::Draft;
use crate::notebook::edit::{Act, Put, Why};
use crate::notebook::merge::{join, notebooks};
use crate::notebook::{Preparation, Refusal};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most incidents that one entry of the notebook's log names.
const MOST_NAMED: usize = 50;

impl Draft<'_> {
    /// Logs what happened to the incident.
    pub(super) fn log(&mut self, id: &IncidentId, what: What) -> Result<(), Refusal> {
        let (entry, copy) = (self.entry(what), self.notebook.copy().cloned());
        append(self.incident(id)?, copy.as_ref(), entry);
        Ok(())
    }

    fn entry(&self, what: What) -> Activity {
        Activity::new(self.edit.at.clone(), self.edit.by.clone(), what, self.edit.cause)
    }

    /// Logs what happened to the notebook. Without a copy there is nobody who could say so.
    pub(super) fn log_here(&mut self, what: What) {
        if let Some(copy) = self.notebook.copy().cloned() {
            let entry = self.entry(what);
            chain::append(&mut self.preparation().log, Scope::Notebook, &copy, entry);
        }
    }

    /// From here on the notebook writes in this copy's chains.
    pub(super) fn begin_copy(&mut self, copy: &CopyId) -> Result<Act, Refusal> {
        if self.notebook.copy() == Some(copy) {
            return Err(Refusal::NothingToDo);
        }
        self.preparation().copy = Some(copy.clone());
        self.log_here(What::CopyBegun(copy.clone()));
        Ok(Act::All(Vec::new()))
    }

    /// Puts another preparation in place, with what both logs say; gives back the one that was there.
    pub(super) fn put_preparation(&mut self, new: &Preparation) -> Arc<Preparation> {
        let old = Arc::clone(&self.notebook.preparation);
        let log = united(&old.log, new.log.iter().cloned());
        *self.preparation() = Preparation { log, copy: old.copy.clone(), ..new.clone() };
        old
    }

    /// The incident with what its log says about being put in place of the old one.
    pub(super) fn with_log(
        &mut self,
        incident: &Arc<Incident>,
        old: Option<&Arc<Incident>>,
        why: &Why,
    ) -> Arc<Incident> {
        let mut incident = Arc::clone(incident);
        if let Some(old) = old.filter(|old| !incident.activity.starts_with(&old.activity)) {
            let incident = Arc::make_mut(&mut incident);
            let came = std::mem::take(&mut incident.activity);
            incident.activity = match why {
                Why::Unmerged => notebooks::log_without_merged(&came, &old.activity),
                // A merge that is done again has its entries where they were.
                Why::PutBack => join::union_of_logs(&old.activity, &came),
                _ => united(&old.activity, came),
            };
        }
        self.go_on_or_begin(&incident, old.map(|old| &**old));
        let news = |count: usize, had: Option<usize>| count - had.unwrap_or_default();
        let what = match why {
            Why::Restored | Why::Deleted | Why::Merged(_) => return incident,
            Why::Created => What::Created,
            Why::PutBack => What::PutBack,
            Why::Unmerged => What::Unmerged,
            Why::Imported(source) => {
                let known_alerts =
                    old.map(|old| common(incident.alerts.keys(), |id| old.alerts.contains_key(id)));
                let known_entities =
                    old.map(|old| common(incident.entities.keys(), |id| old.entities.contains_key(id)));
                let known_events =
                    old.map(|old| common(incident.events.keys(), |id| old.events.contains_key(id)));
                What::Imported {
                    source: source.clone(),
                    alerts: news(incident.alerts.len(), known_alerts),
                    entities: news(incident.entities.len(), known_entities),
                    events: news(incident.events.len(), known_events),
                }
            }
        };
        let (entry, copy) = (self.entry(what), self.notebook.copy());
        append(Arc::make_mut(&mut incident), copy, entry);
        incident
    }

    /// A joined incident with what its log says about being put in place of the old one.
    pub(super) fn logged(
        &mut self,
        mut incident: Incident,
        old: Option<&Arc<Incident>>,
        what: What,
    ) -> Arc<Incident> {
        self.go_on_or_begin(&incident, old.map(|old| &**old));
        let (entry, copy) = (self.entry(what), self.notebook.copy());
        append(&mut incident, copy, entry);
        Arc::new(incident)
    }

    /// Begins a new copy where this one's chain in the incident does not end where this copy last wrote in it.
    fn go_on_or_begin(&mut self, incident: &Incident, old: Option<&Incident>) {
        let Some(copy) = self.notebook.copy().cloned() else { return };
        let goes_on = match old {
            Some(old) => chain::head(&incident.activity, &copy) == chain::head(&old.activity, &copy),
            None => match self.deleted(&copy, &incident.id) {
                Deleted::Never => chain::head(&incident.activity, &copy).is_none(),
                Deleted::At(head) => chain::head_of(incident) == head,
                Deleted::AmongMany => false,
            },
        };
        if !goes_on {
            let before = chain::head(&self.notebook.preparation.log, &copy);
            let before = before.map(String::from).unwrap_or_default();
            // The same edit makes the same copy wherever it is replayed.
            let next = CopyId::derived(&[copy.as_str(), &before, incident.id.as_str()]);
            // It is another copy than the one at hand, so it is never refused.
            let _ = self.begin_copy(&next);
        }
    }

    /// Whether this copy has deleted the incident before, as far as the notebook's log says.
    fn deleted(&self, copy: &CopyId, id: &IncidentId) -> Deleted {
        let log = &self.notebook.preparation.log;
        let own =
            log.iter().rev().filter(|entry| entry.chain.as_ref().is_some_and(|link| link.copy == *copy));
        for entry in own {
            if let What::IncidentsDeleted { named, .. } = &entry.what {
                if named.is_empty() {
                    return Deleted::AmongMany;
                }
                if let Some((.., head)) = named.iter().find(|(named, ..)| named == id) {
                    return Deleted::At(*head);
                }
            }
        }
        Deleted::Never
    }

    /// Logs in the notebook's log what no incident's log can say about these.
    pub(super) fn log_put(&mut self, put: &Put, olds: &[(IncidentId, Option<Arc<Incident>>)]) {
        let is_here = |id: &IncidentId| self.notebook.incident(id).is_some();
        let gone: Vec<&Arc<Incident>> =
            olds.iter().filter(|(id, _)| !is_here(id)).filter_map(|(_, old)| old.as_ref()).collect();
        let came = olds.iter().filter(|(_, old)| old.is_none()).map(|(id, _)| id);
        let came: Vec<(IncidentId, String)> =
            came.filter_map(|id| Some((id.clone(), self.notebook.incident(id)?.name.clone()))).collect();
        if !gone.is_empty() {
            let mut heads = Heads::default();
            for incident in &gone {
                heads.add(Scope::Incident(&incident.id), &incident.activity);
            }
            let named = |incident: &&Arc<Incident>| {
                (incident.id.clone(), incident.name.clone(), chain::head_of(incident))
            };
            let some = gone.len() <= MOST_NAMED;
            let named = if some { gone.iter().map(named).collect() } else { Vec::new() };
            self.log_here(What::IncidentsDeleted { count: gone.len(), head: heads.head(), named });
        }
        if matches!(put.why, Why::PutBack | Why::Unmerged) && !came.is_empty() {
            let count = came.len();
            let named = if count <= MOST_NAMED { came } else { Vec::new() };
            self.log_here(What::IncidentsPutBack { count, named });
        }
        match &put.why {
            Why::Restored => self.log_here(What::Restored(olds.len())),
            Why::Merged(source) if !olds.is_empty() => {
                self.log_here(What::CopyMerged { source: source.clone(), count: olds.len() });
            }
            Why::Unmerged if !olds.is_empty() => self.log_here(What::CopyUnmerged(olds.len())),
            Why::Created
            | Why::Imported(_)
            | Why::Merged(_)
            | Why::Unmerged
            | Why::Deleted
            | Why::PutBack => {}
        }
    }
}

/// What the notebook's log says about an incident that is not there.
enum Deleted {
    /// Nothing.
    Never,
    /// It was deleted when its log had this head.
    At(Fingerprint),
    /// Many were deleted at once, perhaps also this one.
    AmongMany,
}

/// Appends an entry: to the copy's chain where there is a copy.
fn append(incident: &mut Incident, copy: Option<&CopyId>, entry: Activity) {
    match copy {
        Some(copy) => chain::append(&mut incident.activity, Scope::Incident(&incident.id), copy, entry),
        None => incident.activity.push(entry),
    }
}

/// One log of two: it only ever grows, so what is in ours stays in its place, and what theirs has besides comes after it
/// in the order it has there. Each copy's entries keep their order.
pub(super) fn united(ours: &[Activity], theirs: impl IntoIterator<Item = Activity>) -> Vec<Activity> {
    let hashes: BTreeSet<Fingerprint> =
        ours.iter().filter_map(|entry| Some(entry.chain.as_ref()?.hash)).gather();
    let is_known = |entry: &Activity| match &entry.chain {
        Some(link) => hashes.contains(&link.hash),
        None => ours.contains(entry),
    };
    ours.iter().cloned().chain(theirs.into_iter().filter(|entry| !is_known(entry))).collect()
}

fn common<'a, T: 'a>(ids: impl Iterator<Item = &'a T>, is_there: impl Fn(&T) -> bool) -> usize {
    ids.filter(|id| is_there(id)).count()
}
