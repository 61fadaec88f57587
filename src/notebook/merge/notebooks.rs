//! Two notebooks become one: a colleague's backup or incident file is joined with this notebook.
//!
//! What is put in place is the colleague's copy, and [`apply`](crate::notebook::apply) joins it with the incident as it
//! is at that moment; so a merge never overwrites what another tab wrote meanwhile, and doing it twice does it once.

use super::join::{Dispute, join, preparation};
use super::{Item, Outcome, Plan, existing, fresh};
use crate::model::{Activity, Incident, IncidentId, What};
use crate::notebook::{Act, Notebook, Preparation, Put, Why};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most conflicts that one entry of the log lists; more are counted.
pub const LISTED: usize = 200;

/// Gives each of these the id under which the notebook knows it, by id or by what the outside world calls it. One that
/// only has the id of another tenant's incident gets an id of its own.
pub fn name_as_here(notebook: &Notebook, incoming: &mut [Incident]) {
    let known = existing(notebook, incoming);
    for (incident, known) in incoming.iter_mut().zip(known) {
        let Some(id) = known else { continue };
        let is_another = notebook.row(&id).is_some_and(|row| {
            incident.origins.iter().any(|origin| {
                let same_number = row.origins.iter().filter(|own| own.system == origin.system && own.id == origin.id);
                let mut tenants = same_number.filter_map(|own| own.tenant.as_deref()).peekable();
                let Some(theirs) = origin.tenant.as_deref() else { return false };
                tenants.peek().is_some() && !tenants.any(|own| own == theirs)
            })
        });
        incident.id = if is_another {
            let tenants = incident.origins.iter().flat_map(|origin| origin.tenant.as_deref());
            let parts: Vec<&str> = [incident.id.as_str()].into_iter().chain(tenants).collect();
            IncidentId::derived(&parts)
        } else {
            id
        };
    }
}

/// What merging these would do. They have to be named as here ([`name_as_here`]), and those that the notebook has must
/// have been loaded.
pub fn plan_merge(notebook: &Notebook, incoming: Vec<Incident>) -> Plan {
    let items = incoming.into_iter().map(|theirs| item(notebook.incident(&theirs.id), theirs)).collect();
    Plan { items, preparation: None }
}

/// The preparation of both, where that is another than the notebook's.
pub fn merged_preparation(notebook: &Notebook, theirs: &Preparation) -> Option<Arc<Preparation>> {
    let both = preparation(notebook.preparation(), theirs);
    (both != **notebook.preparation()).then(|| Arc::new(both))
}

fn item(mine: Option<&Arc<Incident>>, theirs: Incident) -> Item {
    let Some(mine) = mine else {
        let item = fresh(theirs);
        return Item { theirs: Some(Arc::clone(&item.incident)), ..item };
    };
    let joined = join(mine, &theirs);
    let outcome = if brings_news(mine, &joined.incident) { Outcome::Updated } else { Outcome::Unchanged };
    Item {
        outcome,
        new_alerts: joined.incident.alerts.keys().filter(|id| !mine.alerts.contains_key(*id)).count(),
        new_entities: joined.incident.entities.keys().filter(|id| !mine.entities.contains_key(*id)).count(),
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
        incidents.extend(item.theirs.iter().map(|theirs| (item.incident.id.clone(), Some(Arc::clone(theirs)))));
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
    let (mut incident, disputes) = match mine {
        Some(mine) => {
            let joined = join(mine, theirs);
            if !brings_news(mine, &joined.incident) {
                return None;
            }
            (joined.incident, joined.disputes)
        }
        None => (theirs.clone(), Vec::new()),
    };
    incident.id = id.clone();
    let new = |is_here: &dyn Fn(&Incident) -> bool| !mine.is_some_and(is_here);
    let what = What::Merged {
        source: source.to_owned(),
        alerts: incident.alerts.keys().filter(|id| new(&|mine| mine.alerts.contains_key(*id))).count(),
        entities: incident.entities.keys().filter(|id| new(&|mine| mine.entities.contains_key(*id))).count(),
        unlisted: disputes.len().saturating_sub(LISTED),
        conflicts: disputes.into_iter().take(LISTED).map(|Dispute { conflict, .. }| conflict.quoted()).collect(),
    };
    Some((incident, what))
}

/// Whether a joined incident has more than this one. That a copy was merged elsewhere is no news by itself, or two people
/// who exchange files would never be done.
fn brings_news(mine: &Incident, joined: &Incident) -> bool {
    let without_log = |incident: &Incident| Incident { activity: Vec::new(), ..incident.clone() };
    let tells = |entry: &&Activity| !matches!(entry.what, What::Merged { .. } | What::Unmerged | What::PutBack);
    without_log(mine) != without_log(joined)
        || joined.activity.iter().filter(tells).count() != mine.activity.iter().filter(tells).count()
}

/// The log after a merge is taken back: what came with the copy leaves again, for it is the log of what others did with
/// theirs; that it was merged, and everything that was done here since, stays.
pub(in crate::notebook) fn log_without_merged(before: &[Activity], now: &[Activity]) -> Vec<Activity> {
    let is_the_merge =
        |entry: &Activity| matches!(entry.what, What::Merged { .. }) && !before.contains(entry);
    let since = now.iter().position(is_the_merge).map_or(&[][..], |merge| &now[merge..]);
    before.iter().chain(since).cloned().collect()
}
