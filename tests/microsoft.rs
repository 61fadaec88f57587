//! The other files of Microsoft's products: alerts of Defender for Endpoint, incidents of Sentinel in their three shapes.

// clippy.toml lets tests state bluntly what they expect, but not the helpers beside them.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/samples.rs"]
mod samples;

use firsthour::formats::{FormatId, Intake, read};
use firsthour::model::taxonomy::{Classification, Severity, Status};
use firsthour::model::{EntityKind, Incident, What};
use std::path::PathBuf;

fn bytes(path: &str) -> Option<Vec<u8>> {
    std::fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)).ok()
}

fn fixture(name: &str) -> Intake {
    read(bytes(&format!("tests/fixtures/formats/{name}")).unwrap())
        .unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

fn sample(name: &str) -> Option<Intake> {
    samples::intake(&format!("microsoft/{name}"))
}

fn named<'i>(intake: &'i Intake, name: &str) -> &'i Incident {
    intake.incidents.iter().find(|incident| incident.name == name).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn endpoint_alerts_come_together_in_their_incident_with_machine_user_and_evidence() {
    let intake = fixture("endpoint_alerts.json");
    assert_eq!(
        (intake.format, intake.incidents.len(), intake.set_aside.len()),
        (FormatId::EndpointAlerts, 1, 0)
    );
    let incident = &intake.incidents[0];
    assert_eq!(incident.origins.first().unwrap().id, "1126093");
    assert_eq!((incident.alerts.len(), incident.severity.clone()), (2, Severity::High));
    let count = |kind| incident.entities.values().filter(|entity| entity.kind() == kind).count();
    assert_eq!((count(EntityKind::Device), count(EntityKind::User), count(EntityKind::Process)), (2, 2, 1));
    let names: Vec<String> = incident
        .entities
        .values()
        .filter(|entity| entity.kind() == EntityKind::Device)
        .map(|entity| entity.facts.name())
        .collect();
    assert!(names.contains(&"srv-9".to_owned()), "{names:?}");
    let alert = incident.alerts.values().find(|alert| alert.title == "Low-reputation code ran").unwrap();
    assert_eq!(alert.techniques, ["T1064", "T1085", "T1220"]);
    assert_eq!(alert.first_activity.as_ref().unwrap().text(), "2026-01-26T20:31:32.9562661Z");
    assert!(
        incident
            .activity
            .iter()
            .any(|entry| matches!(&entry.what, What::Comment(text) if text == "looked at it"))
    );
}

#[test]
fn sentinel_incidents_are_read_in_each_of_their_shapes() {
    let intake = fixture("sentinel_incidents.json");
    assert_eq!((intake.format, intake.incidents.len()), (FormatId::SentinelIncidents, 3));

    let own = named(&intake, "Sentinel's own");
    assert_eq!((&own.status, &own.severity), (&Status::Resolved, &Severity::High));
    assert_eq!(own.classification, Classification::InformationalExpectedActivity);
    assert_eq!((own.assignee.as_deref(), own.closing_note.as_str()), (Some("Ann"), "planned test"));
    assert_eq!(
        (own.tags.first().unwrap().as_str(), own.system_tags.first().unwrap().as_str()),
        ("finance", "Redirected")
    );
    assert_eq!(own.link.as_deref(), Some("https://portal.azure.com/#asset/x"));
    assert_eq!(own.origins.first().unwrap().id, "sentinel/73e01a99");
    assert_eq!(own.extra["classificationReason"], "SuspiciousButExpected");
    assert_eq!(own.extra["incidentNumber"], 3177);

    let printed = named(&intake, "As the SDK prints it");
    assert_eq!((&printed.status, printed.assignee.as_deref()), (&Status::InProgress, Some("Bob")));
    assert_eq!(printed.origins.first().unwrap().id, "4711", "Defender's number: it is Defender's incident");
    assert_eq!(printed.source_updated.as_ref().unwrap().text(), "2026-02-01T01:00:00.123456+00:00");
    assert_eq!(printed.tags.first().unwrap(), "vip");

    let flat = named(&intake, "Flattened");
    assert_eq!((&flat.status, flat.assignee.as_deref()), (&Status::Active, Some("Cas")));
    assert_eq!(flat.classification, Classification::Unknown);
}

#[test]
fn the_published_sentinel_incidents_are_read() {
    if let Some(intake) = sample("30-sentinel-incident.rapid7.json") {
        let incident = named(&intake, "Not a test at all");
        assert_eq!((&incident.status, &incident.severity), (&Status::InProgress, &Severity::Low));
        assert_eq!(incident.created.text(), "2022-06-02T09:52:00.5643443Z");
    }
    if let Some(intake) = sample("35-sentinel-list-incidents.azure-rest-2024-09-01.json") {
        assert_eq!(intake.incidents.len(), 1);
        let incident = named(&intake, "My incident");
        assert_eq!(incident.classification, Classification::FalsePositive);
        assert_eq!((incident.assignee.as_deref(), &incident.status), (Some("john doe"), &Status::Resolved));
        assert_eq!(incident.closing_note, "Not a malicious activity");
    }
}

#[test]
fn a_record_of_a_million_dotted_names_is_no_bomb() {
    let names: Vec<String> = (0..200_000).map(|n| format!("\"a{n}.b\":1")).collect();
    let json = format!("{{\"incident_number\":1,\"title\":\"x\",{}}}", names.join(","));
    assert_eq!(read(json).unwrap().incidents.len(), 1);
    let deep = format!("{{\"incident_number\":1,\"title\":\"x\",\"{}\":1}}", "a.".repeat(200_000));
    assert_eq!(read(deep).unwrap().incidents.len(), 1);
}

#[test]
fn the_published_security_alert_table_is_read_with_all_its_entities() {
    let Some(intake) = sample("32-sentinel-securityalert-table-189rows.msticpy.csv") else { return };
    assert_eq!((intake.format, intake.set_aside.len()), (FormatId::SentinelAlerts, 0));
    let alerts: usize = intake.incidents.iter().map(|incident| incident.alerts.len()).sum();
    assert_eq!((intake.incidents.len(), alerts), (189, 189));
    let sightings = |kind: EntityKind| -> usize {
        let entities = intake.incidents.iter().flat_map(|incident| incident.entities.values());
        entities.filter(|entity| entity.kind() == kind).map(|entity| entity.sightings.len()).sum()
    };
    let told = [
        EntityKind::File,
        EntityKind::Process,
        EntityKind::User,
        EntityKind::Device,
        EntityKind::Other,
        EntityKind::Ip,
        EntityKind::RegistryValue,
        EntityKind::RegistryKey,
    ]
    .map(sightings);
    assert_eq!(told, [272, 272, 205, 176, 137, 26, 10, 5], "of 1,103");
    let first = named(&intake, "DC local group addition - Demo");
    assert!(first.entities.values().any(|entity| entity.facts.name() == "75.10.91.22"));
    let alert = first.alerts.values().next().unwrap();
    assert_eq!(alert.created.as_ref().unwrap().text(), "2019-01-12 06:41:44");
    let run = intake.incidents.iter().flat_map(|incident| incident.entities.values()).find_map(|entity| {
        match &entity.facts {
            firsthour::model::Facts::Process(process)
                if process.image_name.is_some() && process.user.is_some() =>
            {
                Some(process)
            }
            _ => None,
        }
    });
    assert!(run.is_some(), "no process knows its image and its account");
}

#[test]
fn pointers_in_a_ring_and_entities_inside_others_are_read_once() {
    let entities = r#"[{"$id":"1","Type":"process","CommandLine":"a.exe -x","ImageFile":{"$id":"2","Type":"file","Name":"a.exe","Directory":"c:\\t","FileHashes":[{"$ref":"3"}]},"ParentProcess":{"$ref":"1"}},
        {"$id":"3","Type":"filehash","Algorithm":"SHA256","Value":"ABCDEF"}]"#;
    let row = serde_json::json!({"SystemAlertId": "s1", "AlertName": "Ring", "AlertSeverity": "High", "TimeGenerated": "2026-01-01T00:00:00Z", "Entities": entities, "Techniques": "[\"T1059\"]"});
    let intake = read(row.to_string()).unwrap();
    let incident = named(&intake, "Ring");
    assert_eq!(incident.entities.len(), 3);
    let file = incident.entities.values().find_map(|entity| match &entity.facts {
        firsthour::model::Facts::File(file) if file.file_name.is_some() => Some(file),
        _ => None,
    });
    assert_eq!(file.unwrap().sha256.as_deref(), Some("abcdef"));
    assert_eq!(incident.alerts.values().next().unwrap().techniques, ["T1059"]);
}

#[test]
fn a_cell_that_is_no_json_is_set_aside_and_the_alert_is_kept() {
    let text = "SystemAlertId,AlertName,Severity,Entities\ns1,Odd,Low,\"[{\"\n";
    let intake = read(text).unwrap();
    assert_eq!((intake.incidents.len(), intake.set_aside.len()), (1, 1));
    assert_eq!(intake.set_aside[0].place.line, Some(2));
}
