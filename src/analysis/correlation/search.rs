//! Searching the index: entities that say some words, over all incidents and in one of them.

use super::{Index, Mark, Trace};
use crate::compact::Order as _;
use crate::model::refang::refang;
use crate::model::taxonomy::Verdict;
use crate::model::{EntityId, EntityKind, IncidentId};
use std::collections::HashSet;

/// The letters that a word must have to be looked for in the entities of the list's incidents: shorter ones stand in some
/// hash of nearly every incident.
pub const SHORTEST: usize = 3;

/// An entity with what all incidents say of it together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// One of its ids, which leads to all of it.
    pub id: EntityId,
    /// Its kind.
    pub kind: EntityKind,
    /// Its name.
    pub name: String,
    /// The worst verdict of any incident.
    pub verdict: Verdict,
    /// In how many incidents it occurs.
    pub incidents: usize,
    /// When it was seen last, in milliseconds since 1970-01-01T00:00Z.
    pub last: Option<i64>,
}

impl Index {
    /// The entities that say all of these words, at most so many, those in the most incidents first; without words, those
    /// that occur in more than one incident come before all others. Defanged words find what is not.
    pub fn search(&self, text: &str, most: usize) -> Vec<Found> {
        let wanted = refang(text).to_lowercase();
        let words: Vec<&str> = wanted.split_whitespace().collect();
        let mut passed = HashSet::new();
        let mut found = Vec::new();
        // Groups are made for more than are shown, so that the widest are among those, but not for all: each costs a walk.
        let enough = most.saturating_mul(2);
        for (place, at) in self.candidates(words.is_empty()) {
            let trace = &self.slots[place].traces[at];
            if passed.contains(&(place, at)) || !words.iter().all(|word| trace.said.contains(word)) {
                continue;
            }
            let group = self.reach(trace.marks.iter().copied());
            found.push(self.found(&group));
            passed.extend(group);
            if found.len() >= enough {
                break;
            }
        }
        found.order_by(|a, b| {
            b.incidents
                .cmp(&a.incidents)
                .then_with(|| b.verdict.weight().cmp(&a.verdict.weight()))
                .then_with(|| b.last.cmp(&a.last))
                .then_with(|| a.name.cmp(&b.name))
        });
        found.truncate(most);
        found
    }

    /// The traces in the order in which a search looks at them.
    fn candidates(&self, widest_first: bool) -> Vec<(usize, usize)> {
        let mut candidates = Vec::new();
        if widest_first {
            let mut shared: Vec<(&Mark, &Vec<usize>)> =
                self.by_mark.iter().filter(|(_, places)| places.len() > 1).collect();
            shared.order_by_key(|(mark, places)| (std::cmp::Reverse(places.len()), **mark));
            candidates.extend(shared.into_iter().filter_map(|(mark, places)| {
                let place = *places.first()?;
                let has = |trace: &Trace| trace.marks.contains(mark);
                Some((place, self.slots[place].traces.iter().position(has)?))
            }));
        }
        let all = self.slots.iter().enumerate().rev();
        candidates.extend(all.flat_map(|(place, slot)| (0..slot.traces.len()).map(move |at| (place, at))));
        candidates
    }

    /// What a group of traces says together.
    fn found(&self, group: &[(usize, usize)]) -> Found {
        let traces = || group.iter().map(|(place, at)| &self.slots[*place].traces[*at]);
        let incidents: HashSet<usize> = group.iter().map(|(place, _)| *place).collect();
        let latest = traces().max_by_key(|trace| (trace.seen.map(|(_, last)| last), &trace.entity));
        let worst = traces().map(|trace| &trace.verdict).max_by_key(|verdict| verdict.weight());
        Found {
            id: latest.map_or_else(|| EntityId::derived(&[]), |trace| trace.entity.clone()),
            kind: latest.map_or(EntityKind::Other, |trace| trace.kind),
            name: latest.map(|trace| trace.name.clone()).unwrap_or_default(),
            verdict: worst.cloned().unwrap_or(Verdict::Unknown),
            incidents: incidents.len(),
            last: latest.and_then(|trace| trace.seen).map(|(_, last)| last),
        }
    }

    /// Whether an entity of this incident says the word, which is refanged and in small letters.
    pub fn says(&self, incident: &IncidentId, word: &str) -> bool {
        self.saying(incident, word).next().is_some()
    }

    /// The entity of this incident that says the word: of several the one whose name is the shortest, because the word is most
    /// of it.
    pub fn naming<'a>(&'a self, incident: &IncidentId, word: &'a str) -> Option<&'a Trace> {
        self.saying(incident, word).min_by_key(|trace| trace.name.len())
    }

    fn saying<'a>(&'a self, incident: &IncidentId, word: &'a str) -> impl Iterator<Item = &'a Trace> {
        let is_long = word.chars().count() >= SHORTEST;
        let place = self.places.get(incident).filter(|_| is_long);
        let traces = place.map_or(&[][..], |place| &self.slots[*place].traces);
        traces.iter().filter(move |trace| trace.said.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::{Domain, Facts, File, Url};
    use crate::model::{Entity, Incident, Time};
    use crate::notebook::Row;
    use std::sync::Arc;

    fn index(facts: impl IntoIterator<Item = Facts>) -> (Index, IncidentId) {
        let mut incident = Incident::new(IncidentId::derived(&["a"]), "a", Time::from_millis(0));
        for (at, facts) in facts.into_iter().enumerate() {
            let entity = Entity::new(EntityId::derived(&[&at.to_string()]), facts);
            incident.entities.insert(entity.id.clone(), entity);
        }
        let mut index = Index::default();
        index.put(&Arc::new(Row::of(&incident)), &incident);
        (index, incident.id)
    }

    #[test]
    fn a_word_is_found_in_the_entities_of_one_incident_and_names_the_one_it_is_most_of() {
        let hash = "ab".repeat(32);
        let (index, id) = index([
            Facts::Url(Url { url: Some("https://evil.com/loader".into()) }),
            Facts::Domain(Domain { name: Some("evil[.]com".into()), ..Domain::default() }),
            Facts::File(File {
                file_name: Some("a.exe".into()),
                sha256: Some(hash.clone()),
                ..File::default()
            }),
        ]);
        let name = |word: &str| index.naming(&id, word).map(|trace| trace.name.clone());
        assert_eq!(name("evil.com").as_deref(), Some("evil[.]com"));
        assert_eq!(name("evil.com/loader").as_deref(), Some("https://evil.com/loader"));
        assert_eq!(name(&hash).as_deref(), Some("a.exe"), "found by what identifies it");
        assert_eq!((name("good.com"), name("ab")), (None, None));
        assert!(index.says(&id, "loader") && !index.says(&id, "ab"));
        assert!(!index.says(&IncidentId::derived(&["b"]), "loader"));
    }
}
