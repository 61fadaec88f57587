//! In which incidents an entity occurs: an index of what recognises entities, made from one incident after another.
//!
//! It is held in memory only. A row of the list has no room for what identifies its entities, and reading ten thousand
//! incidents when the list opens would take too long; so the page fills the index in idle moments, and what it shows
//! says how far that is. What holds within one incident only, such as a private address, is no mark here.

mod search;

pub use search::Found;

use crate::analysis::timeline::{Named, both, named_by_events};
use crate::compact::{Gather as _, Order as _};
use crate::model::taxonomy::{RemediationStatus, Verdict};
use crate::model::{Entity, EntityId, EntityKind, Incident, IncidentId};
use crate::notebook::Row;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// What recognises an entity: a digest of an identifier, or of its id.
type Mark = u128;

/// An entity of one incident, as the index remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Its id there.
    pub entity: EntityId,
    /// Its kind.
    pub kind: EntityKind,
    /// Its name there.
    pub name: String,
    /// What it was found to be there.
    pub verdict: Verdict,
    /// What was done about it there.
    pub remediation: RemediationStatus,
    /// Whether it was called critical there.
    pub critical: bool,
    /// In how many alerts it occurs there.
    pub alerts: usize,
    /// In how many timeline events it is named there.
    pub events: usize,
    /// When it was seen there first and last, in milliseconds since 1970-01-01T00:00Z.
    pub seen: Option<(i64, i64)>,
    marks: Vec<Mark>,
    /// What a search looks through: its name and identifiers in small letters.
    said: String,
}

/// An entity in one incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurrence<'a> {
    /// The incident's row.
    pub row: &'a Arc<Row>,
    /// The entity there.
    pub trace: &'a Trace,
}

/// One incident in the index; empty where it was taken out or cannot be read.
#[derive(Debug, Clone)]
struct Slot {
    row: Arc<Row>,
    /// Whether it could be read.
    is_read: bool,
    traces: Vec<Trace>,
}

/// Which entities occur in which incidents.
#[derive(Debug, Clone, Default)]
pub struct Index {
    slots: Vec<Slot>,
    places: BTreeMap<IncidentId, usize>,
    by_mark: HashMap<Mark, Vec<usize>>,
}

impl Index {
    /// How many incidents it holds, those that cannot be read among them.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// How many of them cannot be read.
    pub fn unread(&self) -> usize {
        self.places.values().filter(|place| !self.slots[**place].is_read).count()
    }

    /// Whether it holds the incident as this row has it. One that could not be read is worth another try.
    pub fn is_current(&self, row: &Arc<Row>) -> bool {
        let slot = self.places.get(&row.id).map(|place| &self.slots[*place]);
        slot.is_some_and(|slot| slot.is_read && Arc::ptr_eq(&slot.row, row))
    }

    /// Takes an incident in, in place of what it held of it before.
    pub fn put(&mut self, row: &Arc<Row>, incident: &Incident) {
        let named = named_by_events(incident);
        let shown = incident.shown_entities();
        let traces = shown.iter().map(|entity| trace(incident, entity, named.get(&entity.id).copied()));
        let traces = traces.collect();
        self.fill(Slot { row: Arc::clone(row), is_read: true, traces });
    }

    /// Notes that an incident cannot be read: it was looked at, and nothing is known of what is in it.
    pub fn pass_over(&mut self, row: &Arc<Row>) {
        self.fill(Slot { row: Arc::clone(row), is_read: false, traces: Vec::new() });
    }

    fn fill(&mut self, slot: Slot) {
        let place = match self.places.get(&slot.row.id).copied() {
            Some(place) => {
                self.forget_marks(place);
                place
            }
            None => {
                self.places.insert(slot.row.id.clone(), self.slots.len());
                self.slots.len()
            }
        };
        for mark in slot.traces.iter().flat_map(|trace| &trace.marks).gather::<BTreeSet<_>>() {
            self.by_mark.entry(*mark).or_default().push(place);
        }
        if place == self.slots.len() { self.slots.push(slot) } else { self.slots[place] = slot }
    }

    /// Takes out every incident that is not in the notebook any more.
    pub fn retain(&mut self, is_there: impl Fn(&IncidentId) -> bool) {
        let gone: Vec<IncidentId> = self.places.keys().filter(|id| !is_there(id)).cloned().collect();
        for id in gone {
            if let Some(place) = self.places.remove(&id) {
                self.forget_marks(place);
                self.slots[place].traces.clear();
            }
        }
    }

    fn forget_marks(&mut self, place: usize) {
        let marks: BTreeSet<Mark> =
            self.slots[place].traces.iter().flat_map(|trace| trace.marks.iter().copied()).gather();
        for mark in marks {
            if let Some(places) = self.by_mark.get_mut(&mark) {
                places.retain(|known| *known != place);
                if places.is_empty() {
                    self.by_mark.remove(&mark);
                }
            }
        }
    }

    /// Every incident in which the entity of this id occurs, under whatever name: what it is recognised by in one leads
    /// on to others. Those where it was seen last come first.
    pub fn occurrences(&self, id: &EntityId) -> Vec<Occurrence<'_>> {
        let found = self.reach([id_mark(id)]).into_iter().map(|(place, at)| {
            let slot = &self.slots[place];
            Occurrence { row: &slot.row, trace: &slot.traces[at] }
        });
        let mut found: Vec<_> = found.collect();
        let last = |one: &Occurrence<'_>| one.trace.seen.map_or(i64::MIN, |(_, last)| last);
        found.order_by(|a, b| last(b).cmp(&last(a)).then_with(|| a.row.id.cmp(&b.row.id)));
        found
    }

    /// In how many other incidents an entity of this one occurs.
    pub fn elsewhere(&self, incident: &IncidentId, entity: &EntityId) -> usize {
        let found = self.reach([id_mark(entity)]);
        let here = self.places.get(incident);
        let places: HashSet<usize> = found.into_iter().map(|(place, _)| place).collect();
        places.iter().filter(|place| Some(*place) != here).count()
    }

    /// In how many incidents any entity of this one occurs besides it.
    pub fn related(&self, incident: &IncidentId) -> usize {
        let Some(place) = self.places.get(incident) else { return 0 };
        let marks = self.slots[*place].traces.iter().flat_map(|trace| trace.marks.iter().copied());
        let places: HashSet<usize> = self.reach(marks).into_iter().map(|(place, _)| place).collect();
        places.len().saturating_sub(1)
    }

    /// Every trace that these marks lead to, also by the marks of those that they lead to.
    fn reach(&self, marks: impl IntoIterator<Item = Mark>) -> Vec<(usize, usize)> {
        let mut open: Vec<Mark> = marks.into_iter().collect();
        let mut passed: HashSet<Mark> = open.iter().copied().collect();
        let mut found = HashSet::new();
        let mut reached = Vec::new();
        while let Some(mark) = open.pop() {
            for place in self.by_mark.get(&mark).into_iter().flatten() {
                for (at, trace) in self.slots[*place].traces.iter().enumerate() {
                    if trace.marks.contains(&mark) && found.insert((*place, at)) {
                        reached.push((*place, at));
                        open.extend(trace.marks.iter().filter(|mark| passed.insert(**mark)));
                    }
                }
            }
        }
        reached
    }
}

/// What the index remembers of an entity that events tell this of.
fn trace(incident: &Incident, entity: &Entity, named: Option<Named>) -> Trace {
    let named = named.unwrap_or_default();
    let parts = incident.parts_of(&entity.id);
    let parts = || parts.iter().filter_map(|id| incident.entities.get(*id));
    let mut marks: Vec<Mark> = parts().map(|part| id_mark(&part.id)).collect();
    let mut said = entity.name().to_lowercase();
    for key in parts().flat_map(|part| part.facts.recognised_by()) {
        marks.push(mark(&key));
        said.push('\n');
        said.push_str(&key.to_lowercase());
    }
    marks.order();
    marks.dedup();
    let alerts: BTreeSet<_> = entity.sightings.iter().map(|sighting| &sighting.alert).gather();
    Trace {
        entity: entity.id.clone(),
        kind: entity.kind(),
        name: entity.name(),
        verdict: entity.verdict.clone(),
        remediation: entity.remediation.clone(),
        critical: entity.critical,
        alerts: alerts.len(),
        events: named.events,
        seen: both(seen(incident, entity), named.seen),
        marks,
        said,
    }
}

/// When an entity was seen first and last: by its sightings, else by the alerts it occurs in.
fn seen(incident: &Incident, entity: &Entity) -> Option<(i64, i64)> {
    let times = entity.sightings.iter().flat_map(|sighting| {
        let alert = incident.alerts.get(&sighting.alert);
        let told = sighting.at.as_ref();
        let first = told.or_else(|| alert.and_then(crate::model::Alert::when));
        let last = alert.and_then(|alert| alert.last_activity.as_ref()).filter(|_| told.is_none());
        [first, last].into_iter().flatten().map(crate::model::Time::millis)
    });
    times.fold(None, |seen, at| match seen {
        None => Some((at, at)),
        Some((first, last)) => Some((first.min(at), last.max(at))),
    })
}

fn id_mark(id: &EntityId) -> Mark {
    mark(id.as_str())
}

/// Wide enough that nobody can make two identifiers with one mark.
fn mark(text: &str) -> Mark {
    let digest = Sha256::digest(text);
    digest.iter().take(16).fold(0, |mark, byte| (mark << 8) | Mark::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::{Domain, Facts, File, Ip, User};
    use crate::model::{Alert, AlertId, EventId, Sighting, Time, TimelineEvent};

    // The fields under test are options.
    #[allow(clippy::unnecessary_wraps)]
    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn ip(address: &str) -> Facts {
        Facts::Ip(Ip { address: some(address), ..Ip::default() })
    }

    fn domain(name: &str) -> Facts {
        Facts::Domain(Domain { name: some(name), ..Domain::default() })
    }

    fn user(sid: Option<&str>, upn: Option<&str>) -> Facts {
        Facts::User(User {
            sid: sid.map(str::to_owned),
            user_principal_name: upn.map(str::to_owned),
            ..User::default()
        })
    }

    /// An incident with these entities, each under an id that only it has.
    fn incident(name: &str, facts: impl IntoIterator<Item = Facts>) -> Incident {
        let mut incident = Incident::new(IncidentId::derived(&[name]), name, Time::from_millis(0));
        for (at, facts) in facts.into_iter().enumerate() {
            let entity = Entity::new(EntityId::derived(&[name, &at.to_string()]), facts);
            incident.entities.insert(entity.id.clone(), entity);
        }
        incident
    }

    fn index(incidents: &[Incident]) -> Index {
        let mut index = Index::default();
        for incident in incidents {
            index.put(&Arc::new(Row::of(incident)), incident);
        }
        index
    }

    fn elsewhere(index: &Index, name: &str, at: usize) -> usize {
        index.elsewhere(&IncidentId::derived(&[name]), &EntityId::derived(&[name, &at.to_string()]))
    }

    #[test]
    fn one_thing_is_found_in_every_incident_however_it_is_written() {
        let index = index(&[
            incident("a", [domain("evil[.]com"), ip("192.0.2.1")]),
            incident("b", [domain("EVIL.com")]),
            incident("c", [domain("good.example")]),
        ]);
        assert_eq!((elsewhere(&index, "a", 0), elsewhere(&index, "b", 0)), (1, 1));
        assert_eq!((elsewhere(&index, "a", 1), elsewhere(&index, "c", 0)), (0, 0));
        assert_eq!(index.related(&IncidentId::derived(&["a"])), 1);
        let found = index.search("evil[.]COM", 10);
        assert_eq!((found.len(), found[0].incidents), (1, 2));
    }

    #[test]
    fn a_private_address_is_another_one_in_another_network() {
        let index = index(&[incident("a", [ip("10.0.0.1")]), incident("b", [ip("10.0.0.1")])]);
        assert_eq!(elsewhere(&index, "a", 0), 0);
        assert_eq!(index.search("10.0.0.1", 10).len(), 2);
    }

    #[test]
    fn an_account_that_is_known_by_two_names_leads_from_the_one_to_the_other() {
        let sid = "S-1-5-21-1-2-3-1104";
        let index = index(&[
            incident("a", [user(Some(sid), None)]),
            incident("b", [user(Some(sid), some("ann@contoso.com").as_deref())]),
            incident("c", [user(None, Some("ann@contoso.com"))]),
        ]);
        assert_eq!((elsewhere(&index, "a", 0), elsewhere(&index, "c", 0)), (2, 2));
    }

    #[test]
    fn a_file_is_the_same_under_another_name() {
        let file = |name: &str, hash: &str| {
            Facts::File(File { file_name: some(name), sha256: some(hash), ..File::default() })
        };
        let index = index(&[incident("a", [file("a.exe", "AB")]), incident("b", [file("b.exe", "ab")])]);
        assert_eq!(elsewhere(&index, "a", 0), 1);
    }

    #[test]
    fn the_index_follows_what_changes_and_what_is_deleted() {
        let (a, mut b) = (incident("a", [domain("evil.com")]), incident("b", [domain("evil.com")]));
        let mut index = index(&[a, b.clone()]);
        b.entities.clear();
        let row = Arc::new(Row::of(&b));
        assert!(!index.is_current(&row));
        index.put(&row, &b);
        assert!(index.is_current(&row));
        assert_eq!(elsewhere(&index, "a", 0), 0);
        index.retain(|_| false);
        assert!(index.is_empty() && index.by_mark.is_empty() && index.search("", 10).is_empty());
    }

    #[test]
    fn an_incident_that_cannot_be_read_is_counted_and_tried_again() {
        let (a, b) = (incident("a", [domain("evil.com")]), incident("b", [domain("evil.com")]));
        let mut index = index(&[a]);
        let row = Arc::new(Row::of(&b));
        index.pass_over(&row);
        assert_eq!((index.len(), index.unread(), index.is_current(&row)), (2, 1, false));
        assert_eq!(elsewhere(&index, "a", 0), 0);
        index.put(&row, &b);
        assert_eq!((index.len(), index.unread(), index.is_current(&row)), (2, 0, true));
        assert_eq!(elsewhere(&index, "a", 0), 1);
        // One that was readable and no longer is leaves nothing behind.
        index.pass_over(&row);
        assert_eq!((elsewhere(&index, "a", 0), index.search("evil", 10)[0].incidents), (0, 1));
        index.retain(|_| false);
        assert_eq!(index.unread(), 0);
    }

    #[test]
    fn the_events_that_name_an_entity_are_counted_under_any_of_its_parts() {
        let mut a = incident("a", [domain("evil.com"), ip("192.0.2.1"), domain("evil.example")]);
        let id = |at: &str| EntityId::derived(&["a", at]);
        a.entities.get_mut(&id("2")).unwrap().same_as = Some(id("0"));
        for (name, about) in [("one", vec![id("0"), id("1")]), ("other", vec![id("2")]), ("none", vec![])] {
            let mut event = TimelineEvent::new(EventId::derived(&[name]), Time::from_millis(0), name);
            event.entities = about.into_iter().collect();
            a.events.insert(event.id.clone(), event);
        }
        let index = index(&[a]);
        let events = |at: &str| index.occurrences(&id(at)).iter().map(|one| one.trace.events).sum::<usize>();
        assert_eq!((events("0"), events("1"), events("2")), (2, 1, 2));
    }

    #[test]
    fn it_says_when_it_was_seen_and_what_it_was_found_to_be() {
        let mut a = incident("a", [domain("evil.com")]);
        let mut alert = Alert::new(AlertId::derived(&["x"]), "x");
        alert.first_activity = Some(Time::from_millis(1_000));
        alert.last_activity = Some(Time::from_millis(9_000));
        for entity in a.entities.values_mut() {
            entity.verdict = Verdict::Malicious;
            entity.sightings.push(Sighting {
                alert: alert.id.clone(),
                roles: [].into(),
                verdict: Verdict::Malicious,
                remediation: RemediationStatus::None,
                at: None,
            });
        }
        a.alerts.insert(alert.id.clone(), alert);
        let index = index(&[incident("b", [domain("evil.com")]), a]);
        let found = index.occurrences(&EntityId::derived(&["b", "0"]));
        let told: Vec<_> =
            found.iter().map(|one| (one.row.name.as_str(), one.trace.seen, one.trace.alerts)).collect();
        assert_eq!(told, [("a", Some((1_000, 9_000)), 1), ("b", None, 0)]);
        assert_eq!(index.search("", 10)[0].verdict, Verdict::Malicious);
    }

    #[test]
    fn a_merged_entity_is_known_by_all_its_parts() {
        let mut a =
            incident("a", [user(Some("S-1-5-21-1-2-3-4"), None), user(None, Some("ann@contoso.com"))]);
        let (one, other) = (EntityId::derived(&["a", "0"]), EntityId::derived(&["a", "1"]));
        a.entities.get_mut(&other).unwrap().same_as = Some(one.clone());
        let index = index(&[a, incident("b", [user(None, Some("ann@contoso.com"))])]);
        let id = IncidentId::derived(&["a"]);
        assert_eq!((index.elsewhere(&id, &one), index.elsewhere(&id, &other)), (1, 1));
    }
}
