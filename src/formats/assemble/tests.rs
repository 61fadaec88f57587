//! When two sightings are one entity, and two records one alert.

use super::*;
use crate::formats::outcome::Remark;
use crate::model::entity::{ALSO_SEEN, Device, File, Ip, User};
use crate::model::taxonomy::Severity;
use crate::model::{EntityField, EntityId, IncidentId};

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
    let weak = || Evidence::new(Facts::User(User { account_name: some("Administrator"), ..User::default() }));
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
