//! What merging keeps, takes and says.

use super::*;
use crate::model::entity::{Facts, Ip, User};
use crate::model::taxonomy::{Severity, Status, Verdict};
use crate::model::{
    Alert, AlertField, AlertId, Entity, EntityField, EntityId, EventField, IncidentField, Origin, Sighting,
    Time, TimelineEvent, What,
};
use crate::notebook::Edit;
use std::collections::BTreeSet;

fn time(text: &str) -> Time {
    Time::parse(text).unwrap()
}

fn from_source(severity: Severity, updated: &str) -> Incident {
    let mut incident =
        Incident::new(IncidentId::derived(&["defender", "7"]), "Odd sign-in", time("2026-01-01"));
    incident.origins.insert(Origin { system: "defender".into(), tenant: None, id: "7".into() });
    incident.severity = severity.clone();
    incident.source_updated = Some(time(updated));
    incident.source = vec![
        IncidentField::Name("Odd sign-in".into()),
        IncidentField::Severity(severity),
        IncidentField::Tags(BTreeSet::new()),
    ];
    let mut alert = Alert::new(AlertId::derived(&["a"]), "Sign-in from Tor");
    alert.source = vec![AlertField::Severity(Severity::Unknown)];
    let mut ip = Entity::new(
        EntityId::derived(&["ip"]),
        Facts::Ip(Ip { address: Some("192.0.2.7".into()), ..Ip::default() }),
    );
    ip.source = vec![EntityField::Verdict(Verdict::Unknown)];
    ip.sightings.push(Sighting {
        alert: alert.id.clone(),
        roles: BTreeSet::new(),
        verdict: Verdict::Unknown,
        remediation: crate::model::taxonomy::RemediationStatus::None,
        at: None,
    });
    incident.entities.insert(ip.id.clone(), ip);
    incident.alerts.insert(alert.id.clone(), alert);
    incident
}

fn apply(notebook: &mut Notebook, act: Act) {
    let edit =
        Edit { at: time("2026-02-01"), by: "ann".into(), act, cause: crate::model::activity::Cause::Done };
    notebook.apply(edit).unwrap();
}

fn imported(incident: Incident) -> Notebook {
    let mut notebook = Notebook::default();
    let act = plan(&notebook, vec![incident]).act(Why::Imported("a.json".into())).unwrap();
    apply(&mut notebook, act);
    notebook
}

#[test]
fn importing_the_same_twice_changes_nothing() {
    let incident = from_source(Severity::Low, "2026-01-02");
    let notebook = imported(incident.clone());
    let again = plan(&notebook, vec![incident]);
    assert_eq!(again.count(Outcome::Unchanged), 1);
    assert_eq!(again.act(Why::Imported("a.json".into())), None);
}

fn sign_in(at: &str) -> TimelineEvent {
    let mut event = TimelineEvent::new(crate::model::EventId::random([0; 10]), time(at), "Sign-in");
    event.id = event.own_id();
    event
}

#[test]
fn an_event_that_came_before_stays_as_the_responder_left_it_and_takes_the_zone_that_was_missing() {
    let mut incident = from_source(Severity::Low, "2026-01-02");
    let (mut naive, stated) = (sign_in("2026-01-01 10:00:00"), sign_in("2026-01-01T11:00:00Z"));
    for event in [&naive, &stated] {
        incident.events.insert(event.id.clone(), event.clone());
    }
    let mut notebook = imported(incident.clone());
    let message = EventField::Message("Sign-in from the hotel".into());
    apply(&mut notebook, Act::SetEvent(incident.id.clone(), stated.id.clone(), message));
    assert_eq!(plan(&notebook, vec![incident.clone()]).count(Outcome::Unchanged), 1);
    naive.set_zone(60);
    incident.events.insert(naive.id.clone(), naive.clone());
    let item = &plan(&notebook, vec![incident]).items[0];
    assert_eq!((item.outcome, item.new_events), (Outcome::Updated, 0));
    assert_eq!(item.incident.events[&naive.id].at.text(), "2026-01-01 10:00:00+01:00");
    assert_eq!(item.incident.events[&stated.id].message, "Sign-in from the hotel");
}

#[test]
fn an_event_is_about_the_entity_under_the_id_that_it_has_here() {
    let notebook = imported(from_source(Severity::Low, "2026-01-02"));
    let mut incident = from_source(Severity::Low, "2026-01-02");
    let mut ip = incident.entities.pop_first().unwrap().1;
    let known = std::mem::replace(&mut ip.id, EntityId::derived(&["other"]));
    let mut event = sign_in("2026-01-01T11:00:00Z");
    event.entities.insert(ip.id.clone());
    incident.entities.insert(ip.id.clone(), ip);
    incident.events.insert(event.id.clone(), event.clone());
    let item = &plan(&notebook, vec![incident]).items[0];
    assert_eq!(item.new_events, 1);
    assert_eq!(item.incident.events[&event.id].entities, [known].into());
}

#[test]
fn a_newer_version_updates_what_the_responder_left_alone() {
    let notebook = imported(from_source(Severity::Low, "2026-01-02"));
    let plan = plan(&notebook, vec![from_source(Severity::High, "2026-01-03")]);
    assert_eq!(plan.items[0].outcome, Outcome::Updated);
    assert_eq!(plan.items[0].incident.severity, Severity::High);
    assert_eq!((&*plan.items[0].changed[0].from, &*plan.items[0].changed[0].to), ("low", "high"));
}

#[test]
fn what_the_responder_wrote_stays_and_the_preview_says_so() {
    let mut notebook = imported(from_source(Severity::Low, "2026-01-02"));
    let id = IncidentId::derived(&["defender", "7"]);
    apply(&mut notebook, Act::SetIncident(id.clone(), IncidentField::Severity(Severity::Medium)));
    apply(&mut notebook, Act::SetIncident(id.clone(), IncidentField::Tags(["vip".to_owned()].into())));
    apply(&mut notebook, Act::Comment(id, "called the user".into()));
    let mut newer = from_source(Severity::High, "2026-01-03");
    newer.tags = ["tor".to_owned()].into();
    newer.source[2] = IncidentField::Tags(newer.tags.clone());
    let plan = plan(&notebook, vec![newer]);
    let item = &plan.items[0];
    assert_eq!(item.incident.severity, Severity::Medium);
    assert_eq!(item.kept.iter().map(|kept| kept.field).collect::<Vec<_>>(), ["severity"]);
    assert_eq!(item.incident.tags, ["tor".to_owned(), "vip".to_owned()].into());
    assert!(item.incident.activity.iter().any(|entry| matches!(entry.what, What::Comment(_))));
    // Once it was said, the same file again has nothing more to say.
    apply(&mut notebook, plan.act(Why::Imported("b.json".into())).unwrap());
    let mut newer = from_source(Severity::High, "2026-01-03");
    newer.tags = ["tor".to_owned()].into();
    newer.source[2] = IncidentField::Tags(newer.tags.clone());
    assert_eq!(super::plan(&notebook, vec![newer]).count(Outcome::Unchanged), 1);
}

#[test]
fn an_older_version_is_left_alone() {
    let notebook = imported(from_source(Severity::Low, "2026-01-02"));
    let plan = plan(&notebook, vec![from_source(Severity::High, "2026-01-01")]);
    assert_eq!(plan.count(Outcome::Older), 1);
    assert!(plan.act(Why::Imported("b".into())).is_none());
}

#[test]
fn the_same_incident_from_another_api_is_found_by_its_origin() {
    let notebook = imported(from_source(Severity::Low, "2026-01-02"));
    let mut other = from_source(Severity::Low, "2026-01-02");
    other.id = IncidentId::derived(&["another"]);
    other.origins = [Origin { system: "defender".into(), tenant: Some("t".into()), id: "7".into() }].into();
    assert_eq!(existing(&notebook, &[other]), [Some(IncidentId::derived(&["defender", "7"]))]);
}

#[test]
fn an_entity_under_another_id_is_found_by_its_strong_name() {
    let user = |id: &str, name: Option<&str>| {
        Entity::new(
            EntityId::derived(&[id]),
            Facts::User(User {
                user_principal_name: Some("ann@contoso.com".into()),
                display_name: name.map(str::to_owned),
                ..User::default()
            }),
        )
    };
    let mut first = from_source(Severity::Low, "2026-01-02");
    let old = user("x", None);
    first.entities.insert(old.id.clone(), old);
    let notebook = imported(first);
    let mut second = from_source(Severity::Low, "2026-01-02");
    let new = user("y", Some("Ann"));
    second.entities.insert(new.id.clone(), new);
    let plan = plan(&notebook, vec![second]);
    assert_eq!((plan.items[0].new_entities, plan.items[0].incident.entities.len()), (0, 2));
    assert!(
        plan.items[0].incident.entities[&EntityId::derived(&["x"])]
            .facts
            .fields()
            .contains(&("display_name", "Ann".into()))
    );
}

#[test]
fn a_restored_backup_takes_what_is_missing_and_never_what_is_older() {
    let incident = from_source(Severity::Low, "2026-01-02");
    let mut notebook = Notebook::default();
    let restore = |notebook: &Notebook, incident: &Incident| {
        plan_restore(notebook, vec![incident.clone()], Preparation::default())
    };
    let act = restore(&notebook, &incident).act(Why::Restored).unwrap();
    apply(&mut notebook, act);
    assert_eq!(**notebook.incident(&incident.id).unwrap(), incident);
    assert_eq!(restore(&notebook, &incident).count(Outcome::Unchanged), 1);
    apply(&mut notebook, Act::SetIncident(incident.id.clone(), IncidentField::Status(Status::InProgress)));
    assert_eq!(restore(&notebook, &incident).count(Outcome::Older), 1);
}

#[test]
fn an_entitys_tags_join_and_a_source_that_says_nothing_of_them_takes_none_away() {
    let ip = EntityId::derived(&["ip"]);
    let tagged = |tags: &[&str], stated: bool| {
        let mut incident = from_source(Severity::Low, "2026-01-02");
        let entity = incident.entities.get_mut(&ip).unwrap();
        entity.tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        if stated {
            entity.source.push(EntityField::Tags(entity.tags.clone()));
        }
        incident
    };
    let mut notebook = imported(tagged(&["vpn", "old"], true));
    let own = EntityField::Tags(["vpn", "old", "mine"].map(str::to_owned).into());
    apply(&mut notebook, Act::SetEntities(IncidentId::derived(&["defender", "7"]), vec![(ip.clone(), own)]));
    let merged = |incident| {
        let item = plan(&notebook, vec![incident]).items.remove(0);
        (item.incident.entities[&ip].tags.iter().cloned().collect::<Vec<_>>().join(" "), item.kept.len())
    };
    assert_eq!(merged(tagged(&["vpn", "new"], true)), ("mine new vpn".into(), 0));
    assert_eq!(merged(tagged(&[], false)), ("mine old vpn".into(), 0));
}
