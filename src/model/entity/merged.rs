//! Entities that a responder said are the same one, shown as one.
//!
//! Merging by hand moves nothing: an entity says which other one it is the same as ([`Entity::same_as`]), and what is shown
//! is put together here from all parts whenever it is read. So splitting gives back exactly what there was, whatever was
//! imported or merged from a colleague meanwhile, and steps, evidence items and events may go on naming any of the parts.

use super::{Entity, Facts};
use crate::model::{EntityId, Extra, Incident, Sighting};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Extra field in which values stand that other sightings of an entity gave for a field that is already set.
pub const ALSO_SEEN: &str = "alsoSeen";

/// How many of the values also seen are looked through for a new one at once; what stands twice further apart goes at the
/// end. Looking through all of them each time would make many sightings of one thing grow with their square.
const LOOKED_BACK: usize = 32;

impl Incident {
    /// The id under which the entity of this id is shown: its own, or that of the entity it was merged into.
    pub fn shown_as<'a>(&'a self, id: &'a EntityId) -> &'a EntityId {
        let mut passed = vec![id];
        loop {
            let last = passed[passed.len() - 1];
            let next = self.entities.get(last).and_then(|entity| entity.same_as.as_ref());
            // What was removed meanwhile holds nobody.
            match next.and_then(|next| self.entities.get_key_value(next)) {
                None => return last,
                // Two people may have merged each into the other; then the smallest of the ring shows.
                Some((next, _)) => match passed.iter().position(|known| *known == next) {
                    Some(ring) => return passed[ring..].iter().min().copied().unwrap_or(id),
                    None => passed.push(next),
                },
            }
        }
    }

    /// The ids of an entity's parts, that under which it is shown first; empty where there is no such entity.
    pub fn parts_of(&self, id: &EntityId) -> Vec<&EntityId> {
        let Some((id, _)) = self.entities.get_key_value(id) else { return Vec::new() };
        let shown = self.shown_as(id);
        let others = self.entities.iter().filter(|(other, entity)| {
            *other != shown && entity.same_as.is_some() && self.shown_as(other) == shown
        });
        std::iter::once(shown).chain(others.map(|(other, _)| other)).collect()
    }

    /// Whether both ids name the same entity as it is shown.
    pub fn is_same_entity(&self, one: &EntityId, other: &EntityId) -> bool {
        one == other || self.shown_as(one) == self.shown_as(other)
    }

    /// Those of these entities that are there, under the ids under which they are shown, each once.
    pub fn shown_among(&self, ids: &BTreeSet<EntityId>) -> BTreeSet<EntityId> {
        let there = ids.iter().filter(|id| self.entities.contains_key(*id));
        there.map(|id| self.shown_as(id).clone()).collect()
    }

    /// Whether an entity is one of these, under the id of any of its parts.
    pub fn is_among<'a>(&self, id: &EntityId, ids: impl IntoIterator<Item = &'a EntityId>) -> bool {
        ids.into_iter().any(|one| self.is_same_entity(one, id))
    }

    /// The entity of this id or of which that is a part, as it is shown.
    pub fn entity(&self, id: &EntityId) -> Option<Cow<'_, Entity>> {
        let mut parts = self.parts_of(id).into_iter().filter_map(|part| self.entities.get(part));
        let first = parts.next()?;
        let mut shown = Cow::Borrowed(first);
        parts.for_each(|part| unite(shown.to_mut(), part));
        Some(shown)
    }

    /// Every entity as it is shown, by id.
    pub fn shown_entities(&self) -> Vec<Cow<'_, Entity>> {
        let mut shown: BTreeMap<&EntityId, Cow<'_, Entity>> = BTreeMap::new();
        let (merged, single): (Vec<_>, Vec<_>) =
            self.entities.values().partition(|entity| self.shown_as(&entity.id) != &entity.id);
        shown.extend(single.into_iter().map(|entity| (&entity.id, Cow::Borrowed(entity))));
        for part in merged {
            if let Some(entity) = shown.get_mut(self.shown_as(&part.id)) {
                unite(entity.to_mut(), part);
            }
        }
        shown.into_values().collect()
    }

    /// The incident as it is shown: what was merged is one entity, and everything that named a part names it. For what
    /// leaves; nothing of it is ever stored.
    pub fn as_shown(&self) -> Cow<'_, Self> {
        if self.entities.values().all(|entity| entity.same_as.is_none()) {
            return Cow::Borrowed(self);
        }
        let mut shown = self.clone();
        let entities = self.shown_entities().into_iter().map(Cow::into_owned);
        shown.entities = entities.map(|entity| (entity.id.clone(), entity)).collect();
        for entity in shown.entities.values_mut() {
            entity.same_as = None;
        }
        for state in shown.checklist.steps.values_mut() {
            state.entities = self.shown_among(&state.entities);
        }
        for event in shown.events.values_mut() {
            event.entities = self.shown_among(&event.entities);
        }
        for item in shown.evidence.values_mut() {
            item.taken_from = item.taken_from.as_ref().map(|id| self.shown_as(id).clone());
        }
        Cow::Owned(shown)
    }

    /// How many entities are shown.
    pub fn entity_count(&self) -> usize {
        self.entities.values().filter(|entity| self.shown_as(&entity.id) == &entity.id).count()
    }
}

/// Adds a part to the entity that is shown. What a responder decides is told by the part for which it is worst: whoever
/// decides it for a merged entity decides it for every part, so that this is then what they said.
fn unite(shown: &mut Entity, part: &Entity) {
    note_differences(&shown.facts, &part.facts, &mut shown.extra);
    shown.facts.absorb(&part.facts);
    join_extra(&mut shown.extra, part.extra.clone());
    also_seen_once(&mut shown.extra);
    if part.verdict.weight() > shown.verdict.weight() {
        shown.verdict.clone_from(&part.verdict);
    }
    if part.remediation.weight() > shown.remediation.weight() {
        shown.remediation.clone_from(&part.remediation);
    }
    shown.tags.extend(part.tags.iter().cloned());
    shown.critical |= part.critical;
    if !part.note.is_empty() && part.note != shown.note {
        let gap = if shown.note.is_empty() { "" } else { "\n\n" };
        shown.note = format!("{}{gap}{}", shown.note, part.note);
    }
    shown.not_same_as.extend(part.not_same_as.iter().cloned());
    for sighting in &part.sightings {
        sight(&mut shown.sightings, sighting);
    }
}

/// Adds a sighting; one in the same alert tells the worse of both.
fn sight(sightings: &mut Vec<Sighting>, more: &Sighting) {
    let Some(known) = sightings.iter_mut().find(|known| known.alert == more.alert) else {
        return sightings.push(more.clone());
    };
    known.roles.extend(more.roles.iter().cloned());
    if more.verdict.weight() > known.verdict.weight() {
        known.verdict.clone_from(&more.verdict);
    }
    if more.remediation.weight() > known.remediation.weight() {
        known.remediation.clone_from(&more.remediation);
    }
    known.at = known.at.take().or_else(|| more.at.clone());
}

/// Keeps the values of `theirs` that contradict those of `mine` beside them. Texts that differ in case only do not.
pub fn note_differences(mine: &Facts, theirs: &Facts, extra: &mut Extra) {
    let known = mine.fields();
    for (name, value) in theirs.fields() {
        let mut same_field = known.iter().filter(|(known, _)| *known == name);
        if same_field.next().is_some_and(|(_, mine)| mine.to_lowercase() != value.to_lowercase()) {
            also_seen(extra, name, Value::String(value));
        }
    }
}

/// Joins the fields without a name of two sightings: values that differ are kept beside the first.
pub fn join_extra(mine: &mut Extra, theirs: Extra) {
    for (name, value) in theirs {
        match mine.get(&name) {
            None => {
                mine.insert(name, value);
            }
            Some(known) if *known == value => {}
            Some(_) if name == ALSO_SEEN => join_also_seen(mine, value),
            Some(_) => also_seen(mine, &name, value),
        }
    }
}

fn also_seen(extra: &mut Extra, name: &str, value: Value) {
    let seen = extra.entry(ALSO_SEEN).or_insert_with(|| Value::Object(Extra::new()));
    let Value::Object(fields) = seen else { return };
    let list = fields.entry(name).or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(values) = list
        && !values.iter().rev().take(LOOKED_BACK).any(|seen| *seen == value)
    {
        values.push(value);
    }
}

/// Leaves each value that was also seen once, in the order they came; for the end of joining many sightings.
pub fn also_seen_once(extra: &mut Extra) {
    let Some(Value::Object(fields)) = extra.get_mut(ALSO_SEEN) else { return };
    for values in fields.values_mut().filter_map(Value::as_array_mut) {
        if values.len() > LOOKED_BACK {
            let mut seen = HashSet::new();
            values.retain(|value| seen.insert(value.to_string()));
        }
    }
}

fn join_also_seen(extra: &mut Extra, other: Value) {
    let Value::Object(fields) = other else { return };
    for (name, values) in fields {
        let Value::Array(values) = values else { continue };
        for value in values {
            also_seen(extra, &name, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::User;
    use crate::model::taxonomy::{RemediationStatus, Verdict};
    use crate::model::{AlertId, IncidentId, Time};

    fn user(name: &str, sid: Option<&str>) -> Entity {
        let facts = User { account_name: Some(name.into()), sid: sid.map(str::to_owned), ..User::default() };
        Entity::new(EntityId::derived(&[name]), Facts::User(facts))
    }

    fn incident(entities: impl IntoIterator<Item = Entity>) -> Incident {
        let mut incident = Incident::new(IncidentId::derived(&["1"]), "A", Time::from_millis(0));
        incident.entities = entities.into_iter().map(|entity| (entity.id.clone(), entity)).collect();
        incident
    }

    fn into(mut entity: Entity, other: &str) -> Entity {
        entity.same_as = Some(EntityId::derived(&[other]));
        entity
    }

    #[test]
    fn a_merged_entity_knows_and_shows_what_its_parts_do() {
        let mut one = user("ann", None);
        one.note = "From the mail.".into();
        one.tags.insert("vip".into());
        let mut other = into(user("a.smith", Some("S-1-5-21-1")), "ann");
        other.verdict = Verdict::Malicious;
        other.remediation = RemediationStatus::Active;
        other.sightings.push(Sighting {
            alert: AlertId::derived(&["x"]),
            roles: [].into(),
            verdict: Verdict::Suspicious,
            remediation: RemediationStatus::None,
            at: None,
        });
        let incident = incident([one.clone(), other.clone()]);
        assert_eq!(incident.entity_count(), 1);
        let shown = incident.shown_entities();
        assert_eq!(shown.len(), 1);
        let shown = &shown[0];
        assert_eq!((&shown.id, &shown.verdict), (&one.id, &Verdict::Malicious));
        assert_eq!(shown.remediation, RemediationStatus::Active);
        assert_eq!((shown.note.as_str(), shown.tags.len(), shown.sightings.len()), ("From the mail.", 1, 1));
        let Facts::User(facts) = &shown.facts else { panic!() };
        assert_eq!((facts.account_name.as_deref(), facts.sid.as_deref()), (Some("ann"), Some("S-1-5-21-1")));
        assert_eq!(shown.extra[ALSO_SEEN], serde_json::json!({"account_name": ["a.smith"]}));
        assert_eq!(incident.entity(&other.id).as_deref(), Some(&**shown));
        assert!(incident.is_same_entity(&one.id, &other.id));
        assert_eq!(incident.parts_of(&other.id), [&one.id, &other.id]);
    }

    #[test]
    fn chains_lead_to_their_end_rings_to_their_smallest_and_what_is_gone_holds_nobody() {
        let id = |name: &str| EntityId::derived(&[name]);
        let chain = incident([into(user("a", None), "b"), into(user("b", None), "c"), user("c", None)]);
        assert_eq!(chain.shown_as(&id("a")), &id("c"));
        let ring = incident([into(user("a", None), "b"), into(user("b", None), "a")]);
        let smallest = id("a").min(id("b"));
        assert_eq!((ring.shown_as(&id("a")), ring.shown_as(&id("b"))), (&smallest, &smallest));
        assert_eq!(ring.shown_entities().len(), 1);
        let tail =
            incident([into(user("x", None), "a"), into(user("a", None), "b"), into(user("b", None), "a")]);
        assert_eq!((tail.entity_count(), tail.parts_of(&id("x")).len()), (1, 3));
        let orphan = incident([into(user("a", None), "gone")]);
        assert_eq!(orphan.shown_as(&id("a")), &id("a"));
        assert_eq!(orphan.entity(&id("gone")), None);
    }
}
