//! Two notebooks become one: a colleague's backup or incident file is joined with this notebook.
//!
//! What is put in place is the colleague's copy, and [`apply`](crate::notebook::apply) joins it with the incident as it
//! is at that moment; so a merge never overwrites what another tab wrote meanwhile, and doing it twice does it once.

use super::join::{Dispute, join, playbooks, preparation};
use super::{Added, Item, Outcome, Plan, existing, fresh};
use crate::compact::Gather as _;
use crate::model::{Activity, Incident, IncidentId, What, chain};
use crate::notebook::{Act, Notebook, Preparation, Put, Why, log};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most conflicts that one entry of the log lists; more are counted.
pub const LISTED: usize = 200;

/// The id under which the notebook knows each of these, or will: found by id or by what the outside world calls it. One
/// that only has the id of another tenant's incident gets an id of its own.
pub fn names_here(notebook: &Notebook, incoming: &[Incident]) -> Vec<IncidentId> {
    let name = |(incident, known): (&Incident, Option<IncidentId>)| {
        let Some(id) = known else { return incident.id.clone() };
        let is_another = notebook.row(&id).is_some_and(|row| {
            incident.origins.iter().any(|origin| {
                let same_number =
                    row.origins.iter().filter(|own| own.system == origin.system && own.id == origin.id);
                let mut tenants = same_number.filter_map(|own| own.tenant.as_deref()).peekable();
                let Some(theirs) = origin.tenant.as_deref() else { return false };
                tenants.peek().is_some() && !tenants.any(|own| own == theirs)
            })
        });
        if !is_another {
            return id;
        }
        let tenants = incident.origins.iter().filter_map(|origin| origin.tenant.as_deref());
        let parts: Vec<&str> = [incident.id.as_str()].into_iter().chain(tenants).collect();
        IncidentId::derived(&parts)
    };
    incoming.iter().zip(existing(notebook, incoming)).map(name).collect()
}

/// What merging these would do, each under its name here ([`names_here`]). Those that the notebook has must have been
/// loaded.
pub fn plan_merge(notebook: &Notebook, incoming: Vec<(IncidentId, Incident)>) -> Plan {
    let items = incoming.into_iter().map(|(id, theirs)| item(&id, notebook.incident(&id), theirs)).collect();
    Plan { items, preparation: None }
}

/// The preparation of both, with the entries that the other's log has besides; none where there is nothing new in it.
pub fn merged_preparation(mine: &Preparation, theirs: &Preparation) -> Option<Preparation> {
    let both = Preparation {
        steps: preparation(mine, theirs),
        playbooks: playbooks(mine, theirs),
        log: log::united(&mine.log, theirs.log.iter().cloned()),
        copy: mine.copy.clone(),
    };
    (both != *mine).then_some(both)
}

fn item(id: &IncidentId, mine: Option<&Arc<Incident>>, theirs: Incident) -> Item {
    let here = named(id, &theirs);
    let Some(mine) = mine else {
        return Item { theirs: Some(Arc::new(theirs.clone())), ..fresh(here.into_owned()) };
    };
    if **mine == *here {
        return Item {
            outcome: Outcome::Unchanged,
            incident: Arc::clone(mine),
            new_alerts: 0,
            added: Added::default(),
            new_entities: 0,
            new_events: 0,
            changed: Vec::new(),
            kept: Vec::new(),
            theirs: Some(Arc::new(theirs)),
            disputes: Vec::new(),
        };
    }
    let joined = join(mine, &here);
    let outcome = if brings_news(mine, &joined.incident) { Outcome::Updated } else { Outcome::Unchanged };
    Item {
        outcome,
        added: Added::default(),
        new_alerts: joined.incident.alerts.keys().filter(|id| !mine.alerts.contains_key(*id)).count(),
        new_entities: joined.incident.entities.keys().filter(|id| !mine.entities.contains_key(*id)).count(),
        new_events: joined.incident.events.keys().filter(|id| !mine.events.contains_key(*id)).count(),
        incident: Arc::new(joined.incident),
        theirs: Some(Arc::new(theirs)),
        changed: joined.taken,
        kept: Vec::new(),
        disputes: joined.disputes,
    }
}

/// The act that merges these out of a file of this name; where a dispute's number is in `other`, with the overruled
/// value put in place after all. One edit, undone as one.
pub fn act<'a>(
    source: &str,
    items: impl IntoIterator<Item = (&'a Item, BTreeSet<usize>)>,
    preparation: Option<Arc<Preparation>>,
) -> Option<Act> {
    let mut incidents = Vec::new();
    let mut chosen = Vec::new();
    for (item, other) in items {
        incidents
            .extend(item.theirs.iter().map(|theirs| (item.incident.id.clone(), Some(Arc::clone(theirs)))));
        let disputes = item.disputes.iter().enumerate().filter(|(number, _)| other.contains(number));
        chosen.extend(disputes.filter_map(|(_, dispute)| dispute.instead.clone()));
    }
    if incidents.is_empty() && preparation.is_none() {
        return None;
    }
    let put = Act::Put(Put { why: Why::Merged(source.to_owned()), incidents, preparation });
    Some(if chosen.is_empty() { put } else { Act::All(std::iter::once(put).chain(chosen).collect()) })
}

/// The notebook's incident joined with another copy of it, and what the log says about that; none where the copy brings
/// nothing that is not here.
pub(in crate::notebook) fn merged(
    id: &IncidentId,
    mine: Option<&Incident>,
    theirs: &Incident,
    source: &str,
) -> Option<(Incident, What)> {
    let (incident, disputes) = match mine {
        Some(mine) if mine == theirs => return None,
        Some(mine) => {
            let joined = join(mine, &named(id, theirs));
            if !brings_news(mine, &joined.incident) {
                return None;
            }
            (joined.incident, joined.disputes)
        }
        None => (named(id, theirs).into_owned(), Vec::new()),
    };
    let new = |is_here: &dyn Fn(&Incident) -> bool| !mine.is_some_and(is_here);
    let what = What::Merged {
        source: source.to_owned(),
        known_as: (theirs.id != *id).then(|| theirs.id.clone()),
        alerts: incident.alerts.keys().filter(|id| new(&|mine| mine.alerts.contains_key(*id))).count(),
        entities: incident.entities.keys().filter(|id| new(&|mine| mine.entities.contains_key(*id))).count(),
        unlisted: disputes.len().saturating_sub(LISTED),
        conflicts: disputes
            .into_iter()
            .take(LISTED)
            .map(|Dispute { conflict, .. }| conflict.quoted())
            .collect(),
    };
    Some((incident, what))
}

/// The copy under its name here.
fn named<'a>(id: &IncidentId, theirs: &'a Incident) -> Cow<'a, Incident> {
    if theirs.id == *id {
        Cow::Borrowed(theirs)
    } else {
        Cow::Owned(Incident { id: id.clone(), ..theirs.clone() })
    }
}

/// Whether a joined incident has more than this one. That a copy was merged elsewhere is no news by itself, or two people
/// who exchange files would never be done.
fn brings_news(mine: &Incident, joined: &Incident) -> bool {
    let tells =
        |entry: &&Activity| !matches!(entry.what, What::Merged { .. } | What::Unmerged | What::PutBack);
    joined.activity.iter().filter(tells).count() != mine.activity.iter().filter(tells).count()
        || Incident { activity: mine.activity.clone(), ..joined.clone() } != *mine
}

/// The log after a merge is taken back: what came with the copy leaves again, for it is the log of what others did with
/// theirs; that it was merged, and everything that was done here since, stays, and so does what stands in no chain but
/// is covered by an entry that stays.
pub(in crate::notebook) fn log_without_merged(before: &[Activity], now: &[Activity]) -> Vec<Activity> {
    let is_the_merge =
        |entry: &Activity| matches!(entry.what, What::Merged { .. }) && !before.contains(entry);
    let merge = now.iter().position(is_the_merge).unwrap_or(now.len());
    let covered: BTreeSet<_> = now[merge..].iter().flat_map(|entry| entry.covers.iter().copied()).gather();
    let stays = |(place, entry): &(usize, &Activity)| {
        *place >= merge
            || before.contains(entry)
            || (entry.chain.is_none() && covered.contains(&chain::fingerprint(entry)))
    };
    now.iter().enumerate().filter(stays).map(|(_, entry)| entry.clone()).collect()
}
