//! Puts an incident together from what alerts say: one entity for all its sightings, one alert for all its copies.
//!
//! Two pieces of evidence are one entity where they share any strong identifier, also through a third one that
//! knows both. Evidence without a strong identifier stays apart from that of every other alert.

use crate::compact::Order as _;
use crate::formats::outcome::{Findings, Remark};
use crate::model::entity::{Facts, Other, also_seen_once, join_extra, note_differences};
use crate::model::identity::Key;
use crate::model::taxonomy::{RemediationStatus, Role, ServiceSource, Severity, Status, Verdict};
use crate::model::{
    Alert, AlertId, Entity, EntityField, EntityId, Extra, Incident, IncidentId, Sighting, Time,
    TimelineEvent, What,
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

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

#[derive(Debug)]
struct Slot {
    evidence: Evidence,
    /// Alert (by its place, in order), and what was said there.
    sightings: Vec<(usize, Said)>,
    /// Set where it turned out to be the same as another slot.
    moved_to: Option<usize>,
    /// What its id is made of where nothing identifies it.
    seed: String,
}

#[derive(Debug)]
struct Said {
    roles: BTreeSet<Role>,
    verdict: Verdict,
    remediation: RemediationStatus,
    at: Option<Time>,
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

    /// Adds an alert with its evidence. A copy of an alert that is already there adds its evidence to it; a later
    /// state of one replaces it; a different alert under the same id is kept beside it.
    pub fn add_alert(&mut self, alert: Alert, evidence: Vec<Evidence>) {
        let place = *self.by_content.entry(content_key(&alert)).or_insert(self.alerts.len());
        match self.alerts.get_mut(place) {
            Some(known) if alert.updated > known.updated => *known = alert,
            Some(_) => {}
            None => self.alerts.push(alert),
        }
        for piece in evidence {
            self.add_evidence(piece, Some(place));
        }
    }

    /// Adds what one row of a table tells of an alert: rows of one id are one alert, whichever of them gives its title, and
    /// each fills in what those before it left out.
    pub fn add_alert_row(&mut self, alert: Alert, evidence: Vec<Evidence>) {
        let places = self.by_row.entry(alert.id.clone()).or_default();
        let fits = |at: &usize| {
            let title = &self.alerts[*at].title;
            title.is_empty() || alert.title.is_empty() || *title == alert.title
        };
        let place = places.iter().copied().find(fits).unwrap_or_else(|| {
            places.push(self.alerts.len());
            self.alerts.len()
        });
        match self.alerts.get_mut(place) {
            Some(known) => fill(known, alert),
            None => self.alerts.push(alert),
        }
        for piece in evidence {
            self.add_evidence(piece, Some(place));
        }
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

    /// What the incident itself does not say and its alerts do.
    fn fill_from_alerts(&mut self, findings: &mut Findings) {
        let incident = &mut self.incident;
        if incident.name.is_empty() {
            let worst = self.alerts.iter().filter(|alert| !alert.title.is_empty()).max_by(|a, b| {
                // The earliest of the worst: `max_by` takes the last of equals.
                rank(&a.severity).cmp(rank(&b.severity)).then_with(|| b.created.cmp(&a.created))
            });
            let origin = incident.origins.first().map(|origin| origin.id.clone());
            incident.name = worst
                .map(|alert| alert.title.clone())
                .or(origin)
                .unwrap_or_else(|| incident.id.as_str().to_owned());
        }
        let earliest = self.alerts.iter().filter_map(|alert| alert.created.as_ref()).min();
        if incident.created.is_never() {
            let activity = self.alerts.iter().filter_map(|alert| alert.first_activity.as_ref()).min();
            match earliest.or(activity).or(incident.source_updated.as_ref()) {
                Some(time) => incident.created = time.clone(),
                None => {
                    findings.remark(Remark::WithoutCreation { incident: Findings::called(&incident.name) });
                }
            }
        }
        let created = Some(&incident.created).filter(|time| !time.is_never());
        incident.clocks.noticed = created.into_iter().chain(earliest).min().cloned();
        let states_severity = incident.source.iter().any(|field| field.name() == "severity");
        if !states_severity
            && incident.severity == Severity::Unknown
            && let Some(worst) = self.alerts.iter().map(|alert| &alert.severity).max_by_key(|s| rank(s))
        {
            incident.severity = worst.clone();
        }
        let all_resolved = !self.alerts.is_empty() && self.alerts.iter().all(|alert| !alert.is_active());
        let states_status = incident.source.iter().any(|field| field.name() == "status");
        if !states_status && all_resolved {
            incident.status = Status::Resolved;
        }
        if incident.status == Status::Resolved && incident.clocks.resolved.is_none() && all_resolved {
            let times: Option<Vec<_>> = self.alerts.iter().map(|alert| alert.resolved.as_ref()).collect();
            incident.clocks.resolved = times.and_then(|times| times.into_iter().max().cloned());
        }
    }

    /// One id for each alert: where several carry the same id of the source, the second and later ones, in the
    /// order of their creation and title, get an ordinal.
    fn alert_ids(&self, findings: &mut Findings) -> Vec<AlertId> {
        let mut ids: Vec<AlertId> = self.alerts.iter().map(|alert| alert.id.clone()).collect();
        let mut by_id: BTreeMap<&AlertId, Vec<usize>> = BTreeMap::new();
        for (at, alert) in self.alerts.iter().enumerate() {
            by_id.entry(&alert.id).or_default().push(at);
        }
        for mut places in by_id.into_values().filter(|places| places.len() > 1) {
            places.order_by_key(|at| (&self.alerts[*at].created, &self.alerts[*at].title));
            for (ordinal, at) in places.iter().enumerate().skip(1) {
                let ordinal = (ordinal + 1).to_string();
                ids[*at] = AlertId::derived(&[ids[*at].as_str(), &ordinal]);
            }
            findings.remark(Remark::SharedAlertId {
                incident: Findings::called(&self.incident.name),
                alert: self.alerts[places[0]].source_id.clone(),
                count: places.len(),
            });
        }
        ids
    }
}

impl Slot {
    fn sight(&mut self, alert: usize, said: Said) {
        match self.sightings.binary_search_by_key(&alert, |(known, _)| *known) {
            Ok(at) => {
                let known = &mut self.sightings[at].1;
                known.roles.extend(said.roles);
                if said.verdict.weight() > known.verdict.weight() {
                    known.verdict = said.verdict;
                }
                if said.remediation.weight() > known.remediation.weight() {
                    known.remediation = said.remediation;
                }
                known.at = known.at.take().or(said.at);
            }
            Err(at) => self.sightings.insert(at, (alert, said)),
        }
    }

    fn into_entity(self, incident: &IncidentId, alerts: &[AlertId]) -> Entity {
        let id = match self.evidence.facts.identities().first() {
            Some(Key { text, local: false }) => EntityId::derived(&[text]),
            Some(Key { text, local: true }) => EntityId::derived(&["local", incident.as_str(), text]),
            None => EntityId::derived(&["weak", incident.as_str(), &self.seed]),
        };
        let mut evidence = self.evidence;
        also_seen_once(&mut evidence.extra);
        let mut entity = Entity::new(id, evidence.facts);
        if let Some(verdict) = evidence.verdict {
            entity.source.push(EntityField::Verdict(verdict.clone()));
            entity.verdict = verdict;
        }
        if let Some(remediation) = evidence.remediation {
            entity.source.push(EntityField::Remediation(remediation.clone()));
            entity.remediation = remediation;
        }
        if let Some(tags) = evidence.tags {
            entity.source.push(EntityField::Tags(tags.clone()));
            entity.tags = tags;
        }
        entity.note = evidence.note;
        entity.critical = evidence.critical;
        entity.extra = evidence.extra;
        entity.sightings = self
            .sightings
            .into_iter()
            .map(|(alert, said)| Sighting {
                alert: alerts[alert].clone(),
                roles: said.roles,
                verdict: said.verdict,
                remediation: said.remediation,
                at: said.at,
            })
            .collect();
        entity
    }
}

/// Takes from another row of the same alert what is not known of it yet; its activity spans all rows.
fn fill(known: &mut Alert, row: Alert) {
    let text = |mine: &mut String, theirs: String| {
        if mine.is_empty() {
            *mine = theirs;
        }
    };
    text(&mut known.title, row.title);
    text(&mut known.description, row.description);
    text(&mut known.category, row.category);
    text(&mut known.detection_source, row.detection_source);
    if known.severity == Severity::Unknown {
        known.severity = row.severity;
    }
    if known.service_source == ServiceSource::Unknown {
        known.service_source = row.service_source;
    }
    for field in row.source {
        if !known.source.iter().any(|there| there.name() == field.name()) {
            known.source.push(field);
        }
    }
    for technique in row.techniques {
        if !known.techniques.contains(&technique) {
            known.techniques.push(technique);
        }
    }
    known.threat = known.threat.take().or(row.threat);
    known.first_activity = match (known.first_activity.take(), row.first_activity) {
        (Some(mine), Some(theirs)) => Some(mine.min(theirs)),
        (mine, theirs) => mine.or(theirs),
    };
    known.last_activity = known.last_activity.take().max(row.last_activity);
    for (name, value) in row.extra {
        known.extra.entry(name).or_insert(value);
    }
}

/// The order of severities; one without a name here is no worse than an unknown one.
fn rank(severity: &Severity) -> &Severity {
    if matches!(severity, Severity::Other(_)) { &Severity::Unknown } else { severity }
}

/// What copies and states of one alert have in common: title and creation never change. Ids alone do not tell, since
/// anonymised exports give one id to many alerts.
fn content_key(alert: &Alert) -> String {
    let created = alert.created.as_ref().map(Time::text).unwrap_or_default();
    format!("{}\u{1f}{created}\u{1f}{}", alert.id, alert.title)
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
mod tests {
    use super::*;
    use crate::model::entity::{ALSO_SEEN, Device, File, Ip, User};

    #[allow(clippy::unnecessary_wraps)] // Fields are optional.
    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    fn alert(id: &str, title: &str) -> Alert {
        let mut alert = Alert::new(AlertId::derived(&["defender", id]), title);
        alert.source_id = id.to_owned();
        alert
    }

    fn user(sid: Option<&str>, upn: Option<&str>) -> Evidence {
        Evidence::new(Facts::User(User {
            sid: sid.map(str::to_owned),
            user_principal_name: upn.map(str::to_owned),
            ..User::default()
        }))
    }

    fn builder() -> IncidentBuilder {
        let created = Time::parse("2026-01-01T00:00:00Z").unwrap();
        IncidentBuilder::new(Incident::new(IncidentId::derived(&["defender", "1"]), "One", created))
    }

    fn built(builder: IncidentBuilder) -> (Incident, Vec<Remark>) {
        let mut findings = Findings::default();
        let incident = builder.build(&mut findings);
        (incident, findings.remarks)
    }

    #[test]
    fn one_entity_in_many_alerts_has_many_sightings() {
        let mut builder = builder();
        for id in ["a", "b", "c"] {
            builder.add_alert(alert(id, id), vec![user(None, Some("ann@contoso.com"))]);
        }
        let (incident, _) = built(builder);
        assert_eq!(incident.entities.len(), 1);
        let entity = incident.entities.values().next().unwrap();
        let seen: BTreeSet<_> = entity.sightings.iter().map(|sighting| &sighting.alert).collect();
        assert_eq!(seen, incident.alerts.keys().collect());
        assert_eq!(entity.id, EntityId::derived(&["user|upn|ann@contoso.com"]));
    }

    #[test]
    fn a_third_sighting_that_knows_both_names_joins_two_entities() {
        let sid = "S-1-5-21-1-2-3-1104";
        let mut builder = builder();
        builder.add_alert(alert("a", "a"), vec![user(Some(sid), None)]);
        builder.add_alert(alert("b", "b"), vec![user(None, Some("ann@contoso.com"))]);
        builder.add_alert(alert("c", "c"), vec![user(Some(sid), Some("ann@contoso.com"))]);
        let (incident, _) = built(builder);
        assert_eq!(incident.entities.len(), 1);
        assert_eq!(incident.entities.values().next().unwrap().sightings.len(), 3);
    }

    #[test]
    fn what_two_sightings_know_together_can_identify_a_third() {
        let device = |mde: Option<&str>, host: Option<&str>, domain: Option<&str>, dns: Option<&str>| {
            Evidence::new(Facts::Device(Device {
                mde_device_id: mde.map(str::to_owned),
                host_name: host.map(str::to_owned),
                dns_domain: domain.map(str::to_owned),
                dns_name: dns.map(str::to_owned),
                ..Device::default()
            }))
        };
        let mut builder = builder();
        builder.add_alert(alert("a", "a"), vec![device(None, None, None, Some("pc1.contoso.com"))]);
        builder.add_alert(alert("b", "b"), vec![device(Some("d1"), Some("pc1"), None, None)]);
        builder.add_alert(alert("c", "c"), vec![device(Some("d1"), None, Some("contoso.com"), None)]);
        assert_eq!(built(builder).0.entities.len(), 1);
    }

    #[test]
    fn weak_names_stay_apart_between_alerts_and_are_one_within_an_alert() {
        let weak =
            || Evidence::new(Facts::User(User { account_name: some("Administrator"), ..User::default() }));
        let mut builder = builder();
        builder.add_alert(alert("a", "a"), vec![weak(), weak()]);
        builder.add_alert(alert("b", "b"), vec![weak()]);
        let (incident, _) = built(builder);
        assert_eq!(incident.entities.len(), 2);
    }

    #[test]
    fn a_generic_thing_is_one_where_all_its_fields_agree_and_it_has_more_than_a_name() {
        let other = |raw: &str| {
            let raw = serde_json::from_str(raw).unwrap();
            Evidence::new(Facts::Other(Other { type_name: "malwareEvidence".into(), raw }))
        };
        let mut builder = builder();
        for id in ["a", "b"] {
            builder.add_alert(
                alert(id, id),
                vec![other(r#"{"name": "X", "category": "Trojan"}"#), other(r#"{"name": "X"}"#)],
            );
        }
        assert_eq!(built(builder).0.entities.len(), 3);
    }

    #[test]
    fn a_private_address_has_another_id_in_another_incident() {
        let ip = |address: &str| Evidence::new(Facts::Ip(Ip { address: some(address), ..Ip::default() }));
        let ids = |number: &str| {
            let created = Time::parse("2026-01-01T00:00:00Z").unwrap();
            let id = IncidentId::derived(&["defender", number]);
            let mut builder = IncidentBuilder::new(Incident::new(id, number, created));
            builder.add_alert(alert("a", "a"), vec![ip("10.0.0.1"), ip("192.0.2.1")]);
            built(builder).0.entities.into_keys().collect::<BTreeSet<_>>()
        };
        assert_eq!(ids("1").intersection(&ids("2")).count(), 1);
    }

    #[test]
    fn the_worst_verdict_and_the_least_finished_remediation_stand_for_all() {
        let mut builder = builder();
        for (id, verdict, remediation) in [
            ("a", Verdict::NoThreatsFound, RemediationStatus::Remediated),
            ("b", Verdict::Malicious, RemediationStatus::None),
            ("c", Verdict::Suspicious, RemediationStatus::Active),
        ] {
            let mut evidence = user(None, Some("ann@contoso.com"));
            evidence.verdict = Some(verdict);
            evidence.remediation = Some(remediation);
            builder.add_alert(alert(id, id), vec![evidence]);
        }
        let (incident, _) = built(builder);
        let entity = incident.entities.values().next().unwrap();
        assert_eq!((&entity.verdict, &entity.remediation), (&Verdict::Malicious, &RemediationStatus::Active));
        assert_eq!(
            entity.source,
            [EntityField::Verdict(Verdict::Malicious), EntityField::Remediation(RemediationStatus::Active)]
        );
    }

    #[test]
    fn a_second_folder_of_the_same_file_is_kept_beside_the_first() {
        let file = |folder: &str| {
            Evidence::new(Facts::File(File {
                file_name: some("a.exe"),
                sha256: some("ab"),
                folder: some(folder),
                ..File::default()
            }))
        };
        let mut builder = builder();
        builder.add_alert(alert("a", "a"), vec![file("C:\\Temp"), file("C:\\Users"), file("c:\\temp")]);
        let (incident, _) = built(builder);
        let entity = incident.entities.values().next().unwrap();
        assert_eq!(entity.extra[ALSO_SEEN], serde_json::json!({"folder": ["C:\\Users"]}));
    }

    #[test]
    fn different_alerts_under_one_id_are_all_kept_and_copies_are_not() {
        let mut builder = builder();
        builder.add_alert(alert("x", "Second"), vec![user(None, Some("a@contoso.com"))]);
        builder.add_alert(alert("x", "First"), vec![user(None, Some("b@contoso.com"))]);
        builder.add_alert(alert("x", "Second"), vec![user(None, Some("c@contoso.com"))]);
        let (incident, remarks) = built(builder);
        assert_eq!((incident.alerts.len(), incident.entities.len()), (2, 3));
        assert_eq!(incident.alerts[&AlertId::derived(&["defender", "x"])].title, "First");
        assert_eq!(remarks, [Remark::SharedAlertId { incident: "One".into(), alert: "x".into(), count: 2 }]);
    }

    #[test]
    fn a_later_state_of_an_alert_replaces_the_earlier_one() {
        let mut builder = builder();
        for (updated, severity) in [("2026-01-02", Severity::High), ("2026-01-01", Severity::Low)] {
            let mut state = alert("x", "x");
            state.updated = Time::parse(updated).ok();
            state.severity = severity;
            builder.add_alert(state, Vec::new());
        }
        let (incident, _) = built(builder);
        assert_eq!(incident.alerts.values().next().unwrap().severity, Severity::High);
    }
}
