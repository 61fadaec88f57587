//! Short ids: an id that is made of what stands beside it need not be kept.
//!
//! The ids of most alerts and entities are made of the source's own id or of the strongest identifier
//! ([`crate::model::identity`]): eighty bits that no compression can make smaller, and a sixth of what an incident takes. A
//! snapshot says by which rule an id is made instead: `-7-0` is the first id by rule 7 ([`RULES`]).
//!
//! A timeline event out of a file has an id that is made of what it says, so `-0` is the first of these.
//!
//! In the same way the hashes of the log's chains are left out that follow from the entries: all but the last of each chain,
//! which shows as before whether any entry was changed.
//!
//! The rules belong to the stored format and never change; lines may be added at the end. They are independent of the
//! rules by which readers of files make ids, and it is no harm if those change: an id that no rule here makes is kept as it is.

use crate::model::chain::{self, Scope};
use crate::model::entity::Part;
use crate::model::{AlertId, Entity, EntityId, EventId, Facts, Incident, IncidentId, TimelineEvent};
use std::collections::BTreeMap;

/// How ids of entities are made: the kind, the identifier's name and the fields whose values it is made of.
const RULES: &[(&str, &str, &[&str])] = &[
    ("device", "mde", &["mde_device_id"]),
    ("device", "entra", &["entra_device_id"]),
    ("device", "dns", &["dns_name"]),
    ("user", "entra", &["entra_user_id"]),
    ("user", "sid", &["sid"]),
    ("user", "upn", &["user_principal_name"]),
    ("user", "account", &["domain_name", "account_name"]),
    ("mailbox", "address", &["primary_address"]),
    ("mailbox", "upn", &["user_principal_name"]),
    ("mail-message", "message", &["network_message_id", "recipient"]),
    ("file", "sha256", &["sha256", "file_name"]),
    ("file", "sha256", &["sha256"]),
    ("file", "sha1", &["sha1", "file_name"]),
    ("file", "sha1", &["sha1"]),
    ("process", "process", &["mde_device_id", "process_id", "created"]),
    ("ip", "address", &["address"]),
    ("url", "url", &["url"]),
    ("domain", "name", &["name"]),
    ("application", "object", &["object_id"]),
    ("application", "app", &["app_id"]),
    ("registry-key", "key", &["mde_device_id", "hive", "key"]),
    ("registry-value", "value", &["mde_device_id", "hive", "key", "value_name"]),
    ("cloud-resource", "resource", &["resource_id"]),
    ("security-group", "sid", &["sid"]),
    ("security-group", "group", &["group_id"]),
    ("mail-cluster", "query", &["query"]),
    ("mail-cluster", "urn", &["urn"]),
    ("file", "md5", &["md5", "file_name"]),
    ("file", "md5", &["md5"]),
    ("file", "sha512", &["sha512", "file_name"]),
    ("file", "sha512", &["sha512"]),
    ("mac-address", "address", &["address"]),
    ("network", "cidr", &["cidr"]),
    ("user-agent", "text", &["user_agent"]),
    ("wallet", "address", &["address"]),
    ("vulnerability", "cve", &["cve"]),
    ("technique", "technique", &["technique_id"]),
];

/// The system in the ids of alerts.
const SYSTEM: &str = "defender";

/// The id of the incident itself, which its key says.
const OWN: &str = "-";

/// The id that a rule makes of these facts; none where a field is missing.
fn made((kind, name, fields): &(&str, &str, &[&str]), facts: &Facts) -> Option<EntityId> {
    if facts.kind().code() != *kind {
        return None;
    }
    let parts = facts.parts();
    let value = |field: &&str| {
        parts.iter().find_map(|(name, part)| match part {
            Part::Text(text) if name == field => Some(text.trim().to_ascii_lowercase()),
            _ => None,
        })
    };
    let values: Option<Vec<String>> = fields.iter().map(value).collect();
    Some(EntityId::derived(&[&format!("{kind}|{name}|{}", values?.join("\u{1f}"))]))
}

/// The rule that makes this entity's id.
fn rule_of(entity: &Entity) -> Option<usize> {
    RULES.iter().position(|rule| made(rule, &entity.facts).as_ref() == Some(&entity.id))
}

/// The rule of a short id.
fn rule_in(id: &EntityId) -> Option<usize> {
    id.as_str().strip_prefix('-')?.split_once('-')?.0.parse().ok()
}

/// The incident with short ids. None where something in it has an id that could be taken for a short one.
pub(super) fn shorten(incident: &Incident) -> Option<Incident> {
    let mut short = incident.clone();
    short.id = IncidentId::try_from(OWN).ok()?;
    let mut alerts = BTreeMap::new();
    for alert in incident.alerts.values() {
        if alert.id == AlertId::derived(&[SYSTEM, &alert.source_id]) {
            alerts.insert(alert.id.clone(), AlertId::try_from(format!("-{}", alerts.len())).ok()?);
        }
    }
    let (mut entities, mut counts) = (BTreeMap::new(), BTreeMap::<usize, usize>::new());
    for entity in incident.entities.values() {
        if let Some(rule) = rule_of(entity) {
            let count = counts.entry(rule).or_default();
            entities.insert(entity.id.clone(), EntityId::try_from(format!("-{rule}-{count}")).ok()?);
            *count += 1;
        }
    }
    let mut events = BTreeMap::new();
    for event in incident.events.values().filter(|event| event.id == event.own_id()) {
        events.insert(event.id.clone(), EventId::try_from(format!("-{}", events.len())).ok()?);
    }
    rename(&mut short, &alerts, &entities);
    rename_events(&mut short, &events);
    chain::leave_out(&mut short.activity, Scope::Incident(&incident.id));
    (expand(incident.id.clone(), short.clone()).as_ref() == Some(incident)).then_some(short)
}

/// The incident that was shortened to this. None where a short id belongs to no rule.
pub(super) fn expand(id: IncidentId, mut short: Incident) -> Option<Incident> {
    chain::make_again(&mut short.activity, Scope::Incident(&id));
    short.id = id;
    let mut alerts = BTreeMap::new();
    for alert in short.alerts.values().filter(|alert| alert.id.as_str().starts_with('-')) {
        alerts.insert(alert.id.clone(), AlertId::derived(&[SYSTEM, &alert.source_id]));
    }
    let mut entities = BTreeMap::new();
    for entity in short.entities.values().filter(|entity| entity.id.as_str().starts_with('-')) {
        entities.insert(entity.id.clone(), made(RULES.get(rule_in(&entity.id)?)?, &entity.facts)?);
    }
    let is_short = |event: &&TimelineEvent| event.id.as_str().starts_with('-');
    let events = short.events.values().filter(is_short);
    let events = events.map(|event| (event.id.clone(), event.own_id())).collect();
    rename(&mut short, &alerts, &entities);
    rename_events(&mut short, &events);
    Some(short)
}

/// Renames alerts and entities where they stand and where others speak of them most: sightings, events and steps.
fn rename(
    incident: &mut Incident,
    alerts: &BTreeMap<AlertId, AlertId>,
    entities: &BTreeMap<EntityId, EntityId>,
) {
    for mut alert in std::mem::take(&mut incident.alerts).into_values() {
        put(&mut alert.id, alerts);
        incident.alerts.insert(alert.id.clone(), alert);
    }
    for mut entity in std::mem::take(&mut incident.entities).into_values() {
        put(&mut entity.id, entities);
        entity.sightings.iter_mut().for_each(|sighting| put(&mut sighting.alert, alerts));
        incident.entities.insert(entity.id.clone(), entity);
    }
    for event in incident.events.values_mut() {
        let named = std::mem::take(&mut event.entities).into_iter();
        event.entities = named.map(|id| entities.get(&id).cloned().unwrap_or(id)).collect();
    }
    for step in incident.checklist.steps.values_mut() {
        let named = std::mem::take(&mut step.entities).into_iter();
        step.entities = named.map(|id| entities.get(&id).cloned().unwrap_or(id)).collect();
    }
}

/// Renames events. They are named nowhere else but in the log, which keeps whole ids.
fn rename_events(incident: &mut Incident, events: &BTreeMap<EventId, EventId>) {
    for mut event in std::mem::take(&mut incident.events).into_values() {
        put(&mut event.id, events);
        incident.events.insert(event.id.clone(), event);
    }
}

fn put<T: Ord + Clone>(id: &mut T, names: &BTreeMap<T, T>) {
    if let Some(name) = names.get(id) {
        id.clone_from(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::Cause;
    use crate::model::{Activity, CopyId, What};
    use crate::model::{Alert, Sighting, StepId, StepPlace, StepState, Time, entity};
    use crate::model::{Phase, taxonomy};

    fn incident(alert: AlertId) -> Incident {
        let at = Time::parse("2026-01-01T00:00:00Z").unwrap();
        let mut incident = Incident::new(IncidentId::derived(&["1"]), "A", at);
        let mut said = Alert::new(alert.clone(), "Said");
        said.source_id = "da1".into();
        incident.alerts.insert(alert.clone(), said);
        let ip = Facts::Ip(entity::Ip { address: Some("192.0.2.1".into()), ..entity::Ip::default() });
        let mut address = Entity::new(EntityId::derived(&[&ip.identities()[0].text]), ip);
        address.sightings.push(Sighting {
            alert,
            roles: [].into(),
            verdict: taxonomy::Verdict::Unknown,
            remediation: taxonomy::RemediationStatus::None,
            at: None,
        });
        let weak = Entity::new(EntityId::random([7; 10]), Facts::Url(entity::Url { url: Some("x".into()) }));
        let place = StepPlace { phase: Phase::Triage, scenario: None };
        let mut step = StepState::open(place);
        step.entities = [address.id.clone(), weak.id.clone()].into();
        incident.checklist.steps.insert(StepId::try_from("tri-01").unwrap(), step);
        for entity in [address, weak] {
            incident.entities.insert(entity.id.clone(), entity);
        }
        incident
    }

    #[test]
    fn what_is_made_of_what_stands_beside_it_is_left_out_and_comes_back() {
        let incident = incident(AlertId::derived(&["defender", "da1"]));
        let short = shorten(&incident).unwrap();
        let json = serde_json::to_string(&short).unwrap();
        for id in incident.alerts.keys().map(AlertId::as_str).chain([incident.id.as_str()]) {
            assert!(!json.contains(id), "{json}");
        }
        let ids: Vec<&str> = short.entities.keys().map(EntityId::as_str).collect();
        assert_eq!(ids, ["-15-0", EntityId::random([7; 10]).as_str()]);
        assert_eq!(expand(incident.id.clone(), short), Some(incident));
    }

    #[test]
    fn an_event_out_of_a_file_is_named_by_what_it_says_and_one_that_was_changed_by_its_id() {
        let mut incident = incident(AlertId::derived(&["defender", "da1"]));
        let address =
            incident.entities.values().find(|entity| entity.kind().code() == "ip").unwrap().id.clone();
        let mut ids = Vec::new();
        for message in ["Sign-in", "Sign-out"] {
            let mut event = TimelineEvent::new(EventId::random([0; 10]), incident.created.clone(), message);
            event.id = event.own_id();
            event.entities.insert(address.clone());
            ids.push(event.id.clone());
            incident.events.insert(event.id.clone(), event);
        }
        incident.events.get_mut(&ids[1]).unwrap().message = "Left".into();
        let short = shorten(&incident).unwrap();
        let json = serde_json::to_string(&short).unwrap();
        let there = |id: &str| json.contains(&format!("\"{id}\""));
        assert_eq!(
            (there(ids[0].as_str()), there(ids[1].as_str()), there(address.as_str())),
            (false, true, false)
        );
        assert_eq!(expand(incident.id.clone(), short), Some(incident));
    }

    #[test]
    fn hashes_that_follow_are_left_out_and_one_that_does_not_is_kept() {
        let mut incident = incident(AlertId::derived(&["defender", "da1"]));
        let scope = Scope::Incident(&incident.id);
        let copies = [CopyId::random([1; 10]), CopyId::random([2; 10])];
        for turn in 0..5 {
            let what = What::Comment(format!("{turn}"));
            let entry = Activity::new(incident.created.clone(), "Ann", what, Cause::Done);
            chain::append(&mut incident.activity, scope, &copies[turn % 2], entry);
        }
        let kept = |short: &Incident| {
            let json = serde_json::to_string(&short.activity).unwrap();
            let hash = |entry: &Activity| entry.chain.as_ref().unwrap().hash.to_string();
            incident.activity.iter().filter(|entry| json.contains(&hash(entry))).count()
        };
        let short = shorten(&incident).unwrap();
        assert_eq!(kept(&short), 2);
        assert_eq!(expand(incident.id.clone(), short), Some(incident.clone()));

        // Somebody changed the second comment: what is stored says so as before.
        let mut changed = incident.clone();
        changed.activity[1].what = What::Comment("x".into());
        let short = shorten(&changed).unwrap();
        assert_eq!(kept(&short), 3);
        assert_eq!(expand(incident.id.clone(), short), Some(changed));
    }

    #[test]
    fn an_id_that_no_rule_makes_is_kept() {
        let id = AlertId::random([9; 10]);
        let incident = incident(id.clone());
        let short = shorten(&incident).unwrap();
        assert_eq!(short.alerts.keys().collect::<Vec<_>>(), [&id]);
        assert_eq!(expand(incident.id.clone(), short), Some(incident));
    }

    #[test]
    fn an_incident_whose_ids_look_like_short_ones_is_not_shortened() {
        assert_eq!(shorten(&incident(AlertId::try_from("-0").unwrap())), None);
        let mut odd = incident(AlertId::random([9; 10]));
        let entity = Entity::new(EntityId::try_from("-99-0").unwrap(), Facts::Url(entity::Url::default()));
        odd.entities.insert(entity.id.clone(), entity);
        assert_eq!(shorten(&odd), None);
    }

    #[test]
    fn a_rule_that_this_program_does_not_know_is_noticed() {
        let incident = incident(AlertId::random([9; 10]));
        let mut short = shorten(&incident).unwrap();
        let mut entity = short.entities.pop_first().unwrap().1;
        entity.id = EntityId::try_from("-999-0").unwrap();
        short.entities.insert(entity.id.clone(), entity);
        assert_eq!(expand(incident.id, short), None);
    }

    /// Readers of files and the stored format make the same ids today: else nothing would be gained.
    #[test]
    fn the_first_rule_of_most_kinds_is_how_readers_make_ids() {
        for rule in RULES {
            let mut fields = serde_json::Map::from_iter([("kind".to_owned(), rule.0.into())]);
            for name in rule.2 {
                let value = if *name == "sid" { "S-1-5-21-1-2-3-4" } else { "http://a@b.c/x" };
                fields.insert((*name).to_owned(), value.into());
            }
            let facts: Facts = serde_json::from_value(fields.into()).unwrap();
            let ids = facts.identities().into_iter().map(|key| EntityId::derived(&[&key.text]));
            assert!(ids.into_iter().any(|id| Some(id) == made(rule, &facts)), "{rule:?}");
        }
    }
}
