//! Puts an incident together from what alerts say: one entity for all its sightings, one alert for all its copies.
//!
//! Two pieces of evidence are one entity where they share any strong identifier, also through a third one that
//! knows both. Evidence without a strong identifier stays apart from that of every other alert.

mod alerts;
mod slot;

use self::slot::{Said, Slot};
use crate::compact::Order as _;
use crate::formats::outcome::Findings;
use crate::model::entity::{Facts, Other, join_extra, note_differences};
use crate::model::taxonomy::{RemediationStatus, Role, Verdict};
use crate::model::{Alert, AlertId, Extra, Incident, Time, TimelineEvent, What};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What an alert says about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// What it is.
    pub facts: Facts,
    /// The parts it plays.
    pub roles: BTreeSet<Role>,
    /// What it was found to be; none where the source does not say.
    pub verdict: Option<Verdict>,
    /// What was done about it; none where the source does not say.
    pub remediation: Option<RemediationStatus>,
    /// When it was noted.
    pub at: Option<Time>,
    /// Its tags; none where the source does not say.
    pub tags: Option<BTreeSet<String>>,
    /// What somebody said about it.
    pub note: String,
    /// Whether somebody called it critical.
    pub critical: bool,
    /// What has no name here.
    pub extra: Extra,
}

impl Evidence {
    /// Evidence of which nothing is said but what it is.
    pub fn new(facts: Facts) -> Self {
        Self {
            facts,
            roles: BTreeSet::new(),
            verdict: None,
            remediation: None,
            at: None,
            tags: None,
            note: String::new(),
            critical: false,
            extra: Extra::new(),
        }
    }
}

/// An incident under construction.
#[derive(Debug)]
pub struct IncidentBuilder {
    /// The incident without alerts and entities.
    pub incident: Incident,
    alerts: Vec<Alert>,
    /// What tells an alert from every other (id, creation, title), and its place.
    by_content: HashMap<String, usize>,
    slots: Vec<Slot>,
    by_key: HashMap<String, usize>,
    /// Timeline events, and the slots of what each is about.
    events: Vec<(TimelineEvent, Vec<usize>)>,
    /// Alerts that came row by row, by id: several where rows of one id have different titles.
    by_row: HashMap<AlertId, Vec<usize>>,
}

impl IncidentBuilder {
    /// Begins with an incident that has no alerts yet.
    pub fn new(incident: Incident) -> Self {
        Self {
            incident,
            alerts: Vec::new(),
            by_content: HashMap::new(),
            slots: Vec::new(),
            by_key: HashMap::new(),
            events: Vec::new(),
            by_row: HashMap::new(),
        }
    }

    /// How many alerts it has so far.
    pub fn alert_count(&self) -> usize {
        self.alerts.len()
    }

    /// Adds a timeline event and what it is about. Its id is made of what it says.
    pub fn add_event(&mut self, event: TimelineEvent, about: Vec<Evidence>) {
        let slots = about.into_iter().map(|evidence| self.add_evidence(evidence, None)).collect();
        self.events.push((event, slots));
    }

    /// How many events it has so far.
    pub fn event_count(&self) -> usize {
        self.events.len()
    }

    /// Adds a thing that the incident names outside its alerts.
    pub fn add_loose(&mut self, evidence: Evidence) {
        self.add_evidence(evidence, None);
    }

    fn root(&self, mut at: usize) -> usize {
        while let Some(next) = self.slots[at].moved_to {
            at = next;
        }
        at
    }

    fn add_evidence(&mut self, mut evidence: Evidence, alert: Option<usize>) -> usize {
        evidence.facts.refang();
        let mut keys: Vec<String> = evidence.facts.identities().into_iter().map(|key| key.text).collect();
        let mut seed = String::new();
        if keys.is_empty() {
            seed = weak_seed(&evidence.facts, alert.map(|at| &self.alerts[at]), alert);
            keys.push(format!("weak|{seed}"));
        }
        let said = Said {
            roles: evidence.roles.clone(),
            verdict: evidence.verdict.clone().unwrap_or(Verdict::Unknown),
            remediation: evidence.remediation.clone().unwrap_or(RemediationStatus::None),
            at: evidence.at.clone(),
        };
        let known = keys.iter().find_map(|key| self.by_key.get(key)).copied();
        let at = if let Some(at) = known {
            let at = self.root(at);
            if self.absorb(at, evidence) {
                keys.extend(self.keys_of(at));
            }
            at
        } else {
            self.slots.push(Slot { evidence, sightings: Vec::new(), moved_to: None, seed });
            self.slots.len() - 1
        };
        if let Some(alert) = alert {
            self.slots[at].sight(alert, said);
        }
        self.claim(at, keys);
        at
    }

    fn keys_of(&self, at: usize) -> impl Iterator<Item = String> + use<> {
        self.slots[at].evidence.facts.identities().into_iter().map(|key| key.text)
    }

    /// Takes over what another sighting says; values that differ are kept beside the first. Tells whether anything
    /// new may be known of what it is.
    fn absorb(&mut self, at: usize, other: Evidence) -> bool {
        let mine = &mut self.slots[at].evidence;
        let tells_more = mine.facts != other.facts;
        if tells_more {
            note_differences(&mine.facts, &other.facts, &mut mine.extra);
            mine.facts.absorb(&other.facts);
        }
        mine.verdict = worse(mine.verdict.take(), other.verdict, Verdict::weight);
        mine.remediation = worse(mine.remediation.take(), other.remediation, RemediationStatus::weight);
        if let Some(tags) = other.tags {
            mine.tags.get_or_insert_default().extend(tags);
        }
        if mine.note.is_empty() {
            mine.note = other.note;
        }
        mine.critical |= other.critical;
        join_extra(&mut mine.extra, other.extra);
        tells_more
    }

    /// Makes these keys lead to this slot. Slots that already own one of them are the same entity: they move in,
    /// and what is then known together may make further keys.
    fn claim(&mut self, at: usize, keys: Vec<String>) {
        let mut open = keys;
        while let Some(key) = open.pop() {
            let owner = self.by_key.get(&key).copied().map(|owner| self.root(owner));
            self.by_key.insert(key, at);
            if let Some(owner) = owner.filter(|owner| *owner != at) {
                let mut sightings = std::mem::take(&mut self.slots[owner].sightings);
                let nothing = Evidence::new(Facts::Other(Other::default()));
                let evidence = std::mem::replace(&mut self.slots[owner].evidence, nothing);
                self.slots[owner].moved_to = Some(at);
                // The fewer move in with the more.
                if sightings.len() > self.slots[at].sightings.len() {
                    std::mem::swap(&mut sightings, &mut self.slots[at].sightings);
                }
                if self.absorb(at, evidence) {
                    open.extend(self.keys_of(at));
                }
                for (alert, said) in sightings {
                    self.slots[at].sight(alert, said);
                }
            }
        }
    }

    /// The finished incident, without what would be worth a remark about it.
    pub fn finish(self) -> Incident {
        self.build(&mut Findings::default())
    }

    /// The finished incident. What is worth a remark is added to `findings`.
    pub(crate) fn build(mut self, findings: &mut Findings) -> Incident {
        self.fill_from_alerts(findings);
        let ids = self.alert_ids(findings);
        let roots: Vec<Vec<usize>> =
            self.events.iter().map(|(_, slots)| slots.iter().map(|at| self.root(*at)).collect()).collect();
        let mut incident = self.incident;
        for (alert, id) in self.alerts.iter_mut().zip(&ids) {
            alert.id = id.clone();
        }
        incident.alerts = self.alerts.into_iter().map(|alert| (alert.id.clone(), alert)).collect();
        let mut entity_ids = HashMap::new();
        for (at, slot) in self.slots.into_iter().enumerate().filter(|(_, slot)| slot.moved_to.is_none()) {
            let entity = slot.into_entity(&incident.id, &ids);
            entity_ids.insert(at, entity.id.clone());
            incident.entities.insert(entity.id.clone(), entity);
        }
        for ((mut event, _), roots) in self.events.into_iter().zip(roots) {
            event.entities = roots.iter().filter_map(|at| entity_ids.get(at).cloned()).collect();
            event.id = event.own_id();
            incident.events.insert(event.id.clone(), event);
        }
        let mut said = HashSet::new();
        incident.activity.retain(|entry| match &entry.what {
            What::Comment(text) => said.insert((entry.at.text().to_owned(), entry.by.clone(), text.clone())),
            _ => true,
        });
        incident.activity.order_by(|a, b| a.at.cmp(&b.at));
        incident
    }
}

/// What the id of an unidentified thing is made of: the alert it came with and all that is known of it. A thing of
/// a generic kind that tells more than a name is the same wherever it is told the same.
fn weak_seed(facts: &Facts, alert: Option<&Alert>, place: Option<usize>) -> String {
    let told = serde_json::to_string(facts).unwrap_or_default();
    match (facts, alert) {
        (Facts::Other(other), _) if other.raw.len() > 1 => told,
        (_, Some(alert)) if !alert.source_id.is_empty() => format!("{}|{told}", alert.source_id),
        _ => format!("{place:?}|{told}"),
    }
}

fn worse<T>(mine: Option<T>, theirs: Option<T>, weight: impl Fn(&T) -> u8) -> Option<T> {
    match (mine, theirs) {
        (Some(mine), Some(theirs)) => Some(if weight(&theirs) > weight(&mine) { theirs } else { mine }),
        (mine, theirs) => mine.or(theirs),
    }
}

#[cfg(test)]
mod tests;
