//! Entities that two copies know under different ids although they are one: found by what identifies them beyond doubt.

use super::history::Aliases;
use crate::model::{EntityId, Incident};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// Which id each such entity has in the joined incident: of two the smaller one. An entity has one counterpart at most.
pub fn aliases(one: &Incident, other: &Incident) -> Aliases {
    let only = |here: &Incident, there: &Incident| {
        let mut keys: BTreeMap<String, Vec<EntityId>> = BTreeMap::new();
        for entity in here.entities.values().filter(|entity| !there.entities.contains_key(&entity.id)) {
            for key in entity.facts.identities() {
                keys.entry(key.text).or_default().push(entity.id.clone());
            }
        }
        keys
    };
    let theirs = only(other, one);
    if theirs.is_empty() {
        return Aliases::new();
    }
    let mut pairs: BTreeSet<(EntityId, EntityId)> = BTreeSet::new();
    for (key, mine) in only(one, other) {
        for mine in mine {
            for theirs in theirs.get(&key).into_iter().flatten() {
                pairs.insert(((&mine).min(theirs).clone(), (&mine).max(theirs).clone()));
            }
        }
    }
    let mut taken = BTreeSet::new();
    pairs
        .into_iter()
        .filter_map(|(small, large)| {
            let free = !taken.contains(&small) && !taken.contains(&large);
            free.then(|| {
                taken.extend([small.clone(), large.clone()]);
                (large, small)
            })
        })
        .collect()
}

/// The incident with its entities under their joined ids.
pub fn renamed<'a>(incident: &'a Incident, aliases: &Aliases) -> Cow<'a, Incident> {
    if !aliases.keys().any(|id| incident.entities.contains_key(id)) {
        return Cow::Borrowed(incident);
    }
    let mut incident = incident.clone();
    for (old, new) in aliases {
        if let Some(mut entity) = incident.entities.remove(old) {
            entity.id = new.clone();
            incident.entities.insert(new.clone(), entity);
        }
        for entity in incident.entities.values_mut() {
            if entity.same_as.as_ref() == Some(old) {
                entity.same_as = Some(new.clone());
            }
            if entity.not_same_as.remove(old) {
                entity.not_same_as.insert(new.clone());
            }
        }
        for event in incident.events.values_mut() {
            if event.entities.remove(old) {
                event.entities.insert(new.clone());
            }
        }
        for item in incident.evidence.values_mut() {
            if item.taken_from.as_ref() == Some(old) {
                item.taken_from = Some(new.clone());
            }
        }
        for state in incident.checklist.steps.values_mut() {
            if state.entities.remove(old) {
                state.entities.insert(new.clone());
            }
        }
    }
    Cow::Owned(incident)
}
