//! The traps that published incident files set for a reader, one test a trap, each on a file of our own.

// clippy.toml lets tests state bluntly what they expect, but not the helpers beside them.
#![allow(clippy::unwrap_used, clippy::panic)]

use firsthour::formats::{FormatId, Hint, Intake, Place, Position, ReadError, Remark, Why, read};
use firsthour::model::taxonomy::{
    AlertStatus, Classification, Determination, InvestigationState, RemediationStatus, Role, ServiceSource,
    Severity, Status, Verdict,
};
use firsthour::model::{
    Alert, AlertField, AlertId, Entity, EntityKind, Facts, Incident, IncidentField, IncidentId, What,
};
use std::path::PathBuf;

fn bytes(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn intake(name: &str) -> Intake {
    read(bytes(name)).unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

fn refusal(name: &str) -> ReadError {
    read(bytes(name)).err().unwrap_or_else(|| panic!("{name} was read"))
}

fn only(intake: &Intake) -> &Incident {
    assert_eq!(intake.incidents.len(), 1);
    &intake.incidents[0]
}

fn alert<'i>(incident: &'i Incident, title: &str) -> &'i Alert {
    incident.alerts.values().find(|alert| alert.title == title).unwrap_or_else(|| panic!("no alert {title}"))
}

fn of_kind(incident: &Incident, kind: EntityKind) -> Vec<&Entity> {
    incident.entities.values().filter(|entity| entity.kind() == kind).collect()
}

#[test]
fn trap_01_what_is_not_json_is_placed_and_explained() {
    for (name, line, column, hint) in [
        ("trap_01_trailing_comma.txt", 6, 27, Hint::TrailingComma),
        ("trap_01_ellipsis.txt", 4, 5, Hint::LiteralEllipsis),
    ] {
        match refusal(name).why {
            Why::NotJson { at, hint: told, .. } => {
                assert_eq!((at, told), (Position { line, column }, Some(hint)), "{name}");
            }
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn trap_02_a_number_and_a_text_are_the_same_id() {
    let intake = intake("trap_02_ids.json");
    let incident = only(&intake);
    assert_eq!(incident.id, IncidentId::derived(&["defender", "601"]));
    let origin = incident.origins.first().unwrap();
    assert_eq!((origin.id.as_str(), origin.tenant.as_deref()), ("601", Some("tenant-1")));
    assert_eq!(incident.alerts.keys().collect::<Vec<_>>(), [&AlertId::derived(&["defender", "aa601"])]);
    assert!(
        intake.remarks.contains(&Remark::MixedFormats(vec![
            (FormatId::GraphIncidents, 1),
            (FormatId::M365dIncidents, 1)
        ]))
    );
    assert!(intake.remarks.contains(&Remark::Repeated { incident: "Odd sign-in".into(), times: 2 }));
}

#[test]
fn trap_03_values_are_read_in_any_case_and_unknown_ones_kept() {
    let intake = intake("trap_03_case.json");
    let [shouted, new] = &intake.incidents[..] else { panic!() };
    assert_eq!(
        (&shouted.status, &shouted.severity, &shouted.classification, &shouted.determination),
        (&Status::Resolved, &Severity::Medium, &Classification::TruePositive, &Determination::Phishing)
    );
    let phish = alert(shouted, "Phish");
    assert_eq!(
        (&phish.status, &phish.severity, &phish.service_source, &phish.investigation_state),
        (
            &AlertStatus::InProgress,
            &Severity::High,
            &ServiceSource::parse("officeatp"),
            &InvestigationState::PendingApproval
        )
    );
    let user = of_kind(shouted, EntityKind::User)[0];
    assert_eq!(
        (&user.verdict, &user.remediation),
        (&Verdict::Malicious, &RemediationStatus::PendingApproval)
    );
    assert_eq!((new.status.code(), new.severity.code()), ("Pondering", "Cosmic"));
    assert_eq!((new.classification.code(), new.determination.code()), ("SomethingNew", "SomethingElse"));
    assert_eq!(new.severity, Severity::Other("Cosmic".into()));
}

#[test]
fn trap_04_twins_and_retired_determinations_are_understood() {
    use Determination as D;
    let read: Vec<_> =
        intake("trap_04_twins.json").incidents.into_iter().map(|incident| incident.determination).collect();
    assert_eq!(
        read,
        [
            D::CompromisedAccount,
            D::CompromisedAccount,
            D::NotEnoughDataToValidate,
            D::NotMalicious,
            D::Apt,
            D::Unknown
        ]
    );
}

#[test]
fn trap_05_comments_and_tags_are_read_in_every_spelling() {
    let intake = intake("trap_05_comments_tags.json");
    let incident = only(&intake);
    let said: Vec<_> = incident
        .activity
        .iter()
        .map(|entry| {
            let What::Comment(text) = &entry.what else { panic!("{entry:?}") };
            (text.as_str(), entry.by.as_str(), entry.at.text())
        })
        .collect();
    assert_eq!(
        said,
        [
            ("first", "lee@fabrikam.example", "2026-03-01T08:30:00Z"),
            ("second", "Max", "2026-03-01T09:00:00Z"),
            ("third", "Kim", "2026-03-01T10:00:00Z"),
            ("fourth", "Kim", "2026-03-01T11:00:00Z"),
        ]
    );
    assert_eq!(incident.tags, ["docs".to_owned(), "real".to_owned()].into());
    assert_eq!(incident.system_tags, ["Ransomware".to_owned()].into());
    assert_eq!(incident.extra["comments"][0]["mood"], "calm");
}

#[test]
fn trap_06_times_keep_their_text_never_is_none_and_no_time_is_lost() {
    let intake = intake("trap_06_times.json");
    let incident = only(&intake);
    assert_eq!(incident.created.text(), "2026-03-01T08:00:00.0733333Z");
    assert_eq!(incident.source_updated.as_ref().unwrap().text(), "2026-03-01T08:00:00.29Z");
    let alert = alert(incident, "t");
    assert!(!alert.created.as_ref().unwrap().zone_stated());
    assert_eq!(alert.resolved, None);
    assert_eq!(alert.first_activity.as_ref().unwrap().text(), "2026-03-01T07:00:00.840453+00:00");
    assert_eq!(alert.last_activity, None);
    assert_eq!(alert.extra["lastActivity"], "the day before");
    assert_eq!(
        intake.remarks,
        [Remark::UnreadableTime {
            place: Place { line: None, path: "value[0].alerts[0]".into() },
            field: "lastActivity".into(),
            text: "the day before".into()
        }]
    );
    let Facts::Process(process) = &of_kind(incident, EntityKind::Process)[0].facts else { panic!() };
    assert_eq!((process.process_id.as_deref(), process.created.as_deref()), (Some("5"), None));
    assert_eq!(incident.clocks.noticed, alert.created);
}

#[test]
fn trap_07_objects_in_the_place_of_lists_are_read() {
    let intake = intake("trap_07_lone_objects.json");
    let incident = only(&intake);
    assert_eq!(incident.tags, ["one-tag".to_owned()].into());
    assert_eq!(incident.activity.len(), 1);
    assert_eq!(alert(incident, "The only alert").techniques, ["T1003"]);
    assert_eq!(
        (of_kind(incident, EntityKind::Device).len(), of_kind(incident, EntityKind::Ip).len()),
        (1, 1)
    );
}

#[test]
fn trap_07_lines_that_repeat_an_incident_become_one_and_a_bad_line_costs_itself_only() {
    let intake = intake("trap_07_line_per_alert.ndjson");
    let incident = only(&intake);
    assert_eq!((incident.name.as_str(), &incident.status), ("Repeated, later", &Status::Resolved));
    assert_eq!(incident.alerts.len(), 2);
    let ip = of_kind(incident, EntityKind::Ip);
    assert_eq!((ip.len(), ip[0].sightings.len(), incident.entities.len()), (1, 2, 2));
    let [aside] = &intake.set_aside[..] else { panic!("{:?}", intake.set_aside) };
    assert_eq!(aside.place, Place { line: Some(4), path: String::new() });
    assert!(matches!(
        &aside.why,
        Why::NotJson { at: Position { line: 4, .. }, hint: Some(Hint::CutOff), .. }
    ));
    assert!(aside.raw.starts_with(r#"{"incidentId":742"#));
    assert!(intake.remarks.contains(&Remark::Repeated { incident: "Repeated, later".into(), times: 3 }));
}

#[test]
fn trap_08_an_alert_that_names_another_incident_stays_where_it_stands() {
    let intake = intake("trap_08_other_incident.json");
    let incident = only(&intake);
    assert_eq!(incident.alerts.len(), 2);
    assert_eq!(alert(incident, "Guest").extra["incidentId"], "99");
    assert!(alert(incident, "At home").extra.is_empty());
    assert_eq!(
        intake.remarks,
        [Remark::OtherIncident { incident: "Holds a guest".into(), named: "99".into(), count: 1 }]
    );
}

#[test]
fn trap_09_different_alerts_under_one_id_are_all_kept() {
    let intake = intake("trap_09_shared_alert_id.json");
    let incident = only(&intake);
    assert_eq!(incident.alerts.len(), 3);
    assert!(incident.alerts.values().all(|alert| alert.source_id == "xxxx"));
    assert_eq!(
        incident.alerts[&AlertId::derived(&["defender", "xxxx"])].created.as_ref().unwrap().text(),
        "2026-03-01T08:01:00Z"
    );
    assert_eq!(of_kind(incident, EntityKind::Mailbox)[0].sightings.len(), 2);
    assert_eq!(
        intake.remarks,
        [Remark::SharedAlertId { incident: "Anonymised".into(), alert: "xxxx".into(), count: 3 }]
    );
    let again = read(bytes("trap_09_shared_alert_id.json")).unwrap();
    assert_eq!(again, intake);
}

#[test]
fn trap_10_a_renamed_old_or_lost_discriminator_is_seen_through() {
    let intake = intake("trap_10_discriminators.json");
    let [old, renamed, lost] = &intake.incidents[..] else { panic!("{:?}", intake.incidents.len()) };
    assert_eq!(of_kind(old, EntityKind::Ip).len(), 1);
    assert!(alert(old, "t").extra.is_empty());
    assert_eq!(of_kind(renamed, EntityKind::Device).len(), 1);
    assert!(alert(renamed, "Renamed").extra.is_empty());
    let user = of_kind(lost, EntityKind::User)[0];
    assert_eq!(user.sightings[0].roles, [Role::Compromised].into());
    assert_eq!(of_kind(lost, EntityKind::Device).len(), 1);
    let Facts::Other(other) = &of_kind(lost, EntityKind::Other)[0].facts else { panic!() };
    assert_eq!((other.type_name.as_str(), &other.raw["surprise"]), ("", &serde_json::json!(true)));
    let guessed: Vec<_> = intake
        .remarks
        .iter()
        .filter_map(|remark| match remark {
            Remark::TypeGuessed { place, kind } => Some((place.path.as_str(), *kind)),
            _ => None,
        })
        .collect();
    assert_eq!(guessed, [("[2].evidence[0]", EntityKind::User), ("[2].evidence[1]", EntityKind::Device)]);
}

#[test]
fn trap_11_ids_and_senders_are_read_in_either_type() {
    let intake = intake("trap_11_types.json");
    let incident = only(&intake);
    let mut ids: Vec<_> = of_kind(incident, EntityKind::Application)
        .into_iter()
        .map(|entity| match &entity.facts {
            Facts::Application(app) => app.app_id.clone().unwrap(),
            other => panic!("{other:?}"),
        })
        .collect();
    ids.sort();
    assert_eq!(ids, ["11111111-2222", "20595"]);
    let mails = of_kind(incident, EntityKind::MailMessage);
    assert_eq!(mails.len(), 2);
    for mail in mails {
        let Facts::MailMessage(mail) = &mail.facts else { panic!() };
        assert_eq!(
            (mail.sender.as_deref(), mail.envelope_sender.as_deref()),
            (Some("boss@evil.example"), Some("bounce@evil.example"))
        );
    }
}

#[test]
fn trap_12_a_files_path_is_its_folder() {
    let intake = intake("trap_12_folder.json");
    let file = of_kind(only(&intake), EntityKind::File)[0];
    assert_eq!(file.name(), "C:\\Users\\kim\\AppData\\loader.dll");
}

#[test]
fn trap_13_json_inside_a_text_stays_text_and_an_unknown_kind_keeps_all_it_had() {
    let intake = intake("trap_13_json_in_text.json");
    let incident = only(&intake);
    let text = alert(incident, "Nested text").extra["additionalData"].as_str().unwrap();
    assert!(text.contains("\"$ref\""));
    let pod = of_kind(incident, EntityKind::Other)[0];
    let Facts::Other(other) = &pod.facts else { panic!() };
    assert_eq!(other.type_name, "kubernetesPodEvidence");
    assert_eq!(other.raw["namespace"]["cluster"]["name"], "prod");
    assert_eq!((pod.name().as_str(), &pod.verdict), ("web-0", &Verdict::Suspicious));
}

#[test]
fn trap_14_odd_characters_and_markup_arrive_as_they_are() {
    let intake = intake("trap_14_text.json");
    let incident = only(&intake);
    let alert = alert(incident, "Broken \u{fffd} character");
    assert_eq!(alert.description, "<b>Bold</b> <img src=x onerror=alert(1)>");
    assert_eq!(
        alert.recommended_actions,
        "Collect:\n\u{fffd}\tReview the timeline\r\n\u{fffd}\tSubmit files"
    );
}

#[test]
fn trap_15_a_cell_of_many_lines_with_json_in_it_is_one_cell() {
    let text = "TenantId,AlertName,Entities\n1,\"a\nb\",\"[{\"\"$id\"\":\"\"1\"\"}]\"\n2,c,\n";
    let intake = read(text).unwrap();
    assert_eq!((intake.format, intake.incidents.len(), intake.set_aside.len()), (FormatId::Table, 1, 0));
    let alert = alert(&intake.incidents[0], "a\nb");
    assert_eq!(alert.extra["Entities"], r#"[{"$id":"1"}]"#);
    assert_eq!(intake.incidents[0].alerts.len(), 2);
}

#[test]
fn trap_16_only_encrypted_web_addresses_become_links_and_no_text_is_lost() {
    let intake = intake("trap_16_links.json");
    let [bad, good] = &intake.incidents[..] else { panic!() };
    assert_eq!((&bad.link, &bad.extra["incidentWebUrl"]), (&None, &serde_json::json!("javascript:alert(1)")));
    let alert = alert(bad, "t");
    assert_eq!(alert.link, None);
    assert_eq!(alert.extra["alertWebUrl"], "http://security.microsoft.example/alerts/da821");
    assert_eq!(good.link.as_deref(), Some("https://security.microsoft.com/incidents/822?tid=x"));
    assert_eq!(of_kind(bad, EntityKind::Url)[0].name(), "https://evil.example/login?next=<script>");
    let refused =
        intake.remarks.iter().filter(|remark| matches!(remark, Remark::LinkNotTaken { .. })).count();
    assert_eq!(refused, 2);
}

#[test]
fn trap_17_the_answer_to_a_change_request_is_refused_for_what_it_is() {
    let error = refusal("trap_17_partial.json");
    assert_eq!(error.place, Place::default());
    let Why::Partial { fields } = error.why else { panic!("{error:?}") };
    assert!(fields.contains(&"classification".to_owned()));
}

#[test]
fn alerts_by_themselves_find_their_incident_or_become_one() {
    let intake = intake("alerts_only.json");
    assert_eq!(intake.format, FormatId::GraphAlerts);
    let [shared, own, other_tenant] = &intake.incidents[..] else { panic!() };
    assert_eq!(shared.id, IncidentId::derived(&["defender", "901"]));
    assert_eq!((shared.name.as_str(), &shared.severity), ("Later and worse", &Severity::High));
    assert_eq!(shared.source, Vec::<IncidentField>::new());
    assert_eq!(shared.created.text(), "2026-03-01T08:00:00Z");
    assert_eq!(shared.clocks.resolved.as_ref().unwrap().text(), "2026-03-04T08:00:00Z");
    assert_eq!(shared.link.as_deref(), Some("https://security.microsoft.com/incidents/901"));
    let ip = of_kind(shared, EntityKind::Ip)[0];
    assert_eq!((ip.sightings.len(), &ip.verdict), (2, &Verdict::Malicious));
    assert!(alert(shared, "First and mild").extra.is_empty());
    assert_eq!((own.name.as_str(), own.origins.len()), ("On its own", 0));
    assert_ne!(other_tenant.id, shared.id);
    assert_eq!(other_tenant.origins.first().unwrap().tenant.as_deref(), Some("tenant-2"));
    for remark in [
        Remark::MorePages,
        Remark::TwoTenants { id: "901".into() },
        Remark::AlertsOnly { incident: "Later and worse".into() },
    ] {
        assert!(intake.remarks.contains(&remark), "{remark:?} is missing in {:?}", intake.remarks);
    }
}

#[test]
fn a_value_of_another_type_costs_no_record_and_is_kept() {
    let intake = intake("wrong_types.json");
    assert_eq!((intake.incidents.len(), intake.set_aside.len()), (2, 0));
    let [nameless, odd] = &intake.incidents[..] else { panic!() };
    assert!(!nameless.name.is_empty());
    for field in
        ["id", "displayName", "severity", "status", "assignedTo", "createdDateTime", "customTags", "alerts"]
    {
        assert!(nameless.extra.contains_key(field), "{field} was lost: {:?}", nameless.extra);
    }
    assert!(matches!(&nameless.activity[..], [entry] if entry.what == What::Comment("just text".into())));
    assert_eq!(odd.tags, ["ok".to_owned()].into());
    assert_eq!(odd.extra["customTags"], serde_json::json!([["nested"]]));
    assert_eq!(odd.extra["alerts"], serde_json::json!(["text", 5, null]));
    assert_eq!(odd.activity.len(), 2);
    let alert = odd.alerts.values().next().unwrap();
    assert_eq!(alert.techniques, ["T1059"]);
    assert_eq!(alert.extra["title"], serde_json::json!(["t"]));
    assert_eq!(alert.extra["evidence"], serde_json::json!(["text"]));
    let device = of_kind(odd, EntityKind::Device)[0];
    assert_eq!(device.sightings[0].roles, [Role::Compromised].into());
    for field in ["deviceDnsName", "vmMetadata", "tags", "verdict"] {
        assert!(device.extra.contains_key(field), "{field} was lost: {:?}", device.extra);
    }
    let process = of_kind(odd, EntityKind::Process)[0];
    assert!(process.extra.contains_key("imageFile") && process.extra.contains_key("userAccount"));
}

#[test]
fn what_the_source_states_is_remembered_as_the_base_of_later_imports() {
    let text = r#"{"id": "1", "displayName": "A", "incidentWebUrl": "https://x.example/", "severity": "high",
        "status": "active", "assignedTo": null, "createdDateTime": "2026-03-01T08:00:00Z", "alerts": [
        {"id": "a", "title": "t", "status": "new", "assignedTo": "Automation"}]}"#;
    let intake = read(text).unwrap();
    let incident = only(&intake);
    assert_eq!(
        incident.source,
        [
            IncidentField::Name("A".into()),
            IncidentField::Severity(Severity::High),
            IncidentField::Status(Status::Active),
            IncidentField::Assignee(None)
        ]
    );
    assert_eq!(
        alert(incident, "t").source,
        [AlertField::Status(AlertStatus::New), AlertField::Assignee(Some("Automation".into()))]
    );
}
