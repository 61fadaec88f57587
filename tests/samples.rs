//! Reads the published files in `../shared/samples` beside the project: what the world wrote, counted by hand.
//!
//! Those files are not part of this project. Where the folder does not exist the tests say so and end.

// clippy.toml lets tests state bluntly what they expect, but not the helpers beside them.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/samples.rs"]
mod samples;

use firsthour::formats::{FormatId, Hint, Intake, Position, ReadError, Why, read};
use firsthour::model::taxonomy::{Classification, Determination, Role, Severity, Status};
use firsthour::model::{EntityKind, Facts, What};
use std::collections::BTreeMap;

fn sample(name: &str) -> Option<Vec<u8>> {
    samples::bytes(&format!("microsoft/{name}"))
}

fn intake(name: &str) -> Option<Intake> {
    sample(name).map(|bytes| read(bytes).unwrap_or_else(|error| panic!("{name}: {error:?}")))
}

fn refusal(name: &str) -> Option<ReadError> {
    sample(name).map(|bytes| read(bytes).err().unwrap_or_else(|| panic!("{name} was read")))
}

/// How many incidents, alerts, and entities of each kind.
fn counts(intake: &Intake) -> (usize, usize, BTreeMap<EntityKind, usize>) {
    let alerts = intake.incidents.iter().map(|incident| incident.alerts.len()).sum();
    let mut kinds = BTreeMap::new();
    for entity in intake.incidents.iter().flat_map(|incident| incident.entities.values()) {
        *kinds.entry(entity.kind()).or_default() += 1;
    }
    (intake.incidents.len(), alerts, kinds)
}

#[test]
fn the_defender_apis_documented_list_is_read_whole() {
    let Some(intake) = intake("01b-m365d-api-list-incidents.docs.json") else { return };
    assert_eq!(intake.format, FormatId::M365dIncidents);
    let kinds = BTreeMap::from([
        (EntityKind::User, 1),
        (EntityKind::Ip, 2),
        (EntityKind::Device, 1),
        (EntityKind::File, 1),
        (EntityKind::Mailbox, 2),
        (EntityKind::MailMessage, 1),
        (EntityKind::MailCluster, 4),
    ]);
    assert_eq!(counts(&intake), (3, 3, kinds));
    assert_eq!((&intake.set_aside[..], &intake.remarks[..]), (&[][..], &[][..]));
    let ransomware = &intake.incidents[0];
    assert_eq!((ransomware.name.as_str(), &ransomware.severity), ("Ransomware activity", &Severity::Medium));
    assert_eq!(ransomware.origins.first().unwrap().id, "924565");
    assert_eq!(ransomware.created.text(), "2020-09-06T14:46:57.0733333Z");
    assert_eq!(ransomware.activity[0].what, What::Comment("test comment for docs".into()));
    assert_eq!(ransomware.activity[0].by, "secop123@contoso.com");
}

#[test]
fn the_defender_apis_short_list_is_read_whole() {
    let Some(intake) = intake("04-m365d-api-list-incidents.rapid7.json") else { return };
    assert_eq!(intake.format, FormatId::M365dIncidents);
    assert_eq!(counts(&intake), (1, 1, BTreeMap::from([(EntityKind::Mailbox, 1)])));
    let alert = intake.incidents[0].alerts.values().next().unwrap();
    assert_eq!(alert.assignee.as_deref(), Some("Automation"));
    assert!(intake.incidents[0].entities.values().all(|entity| entity.extra.is_empty()));
}

fn one_of_each() -> BTreeMap<EntityKind, usize> {
    BTreeMap::from([
        (EntityKind::Device, 1),
        (EntityKind::File, 1),
        (EntityKind::Process, 1),
        (EntityKind::RegistryKey, 1),
    ])
}

#[test]
fn a_graph_alert_becomes_the_incident_that_it_names() {
    let Some(intake) = intake("10-graph-alerts_v2.stix-shifter.json") else { return };
    assert_eq!(intake.format, FormatId::GraphAlerts);
    assert_eq!(counts(&intake), (1, 1, one_of_each()));
    let incident = &intake.incidents[0];
    assert_eq!(incident.origins.first().unwrap().id, "28282");
    assert_eq!(incident.name, "Suspicious execution of hidden file");
    assert_eq!(incident.techniques().into_iter().collect::<Vec<_>>(), ["T1564.001"]);
}

#[test]
fn a_graph_incident_without_alerts_is_read() {
    let Some(intake) = intake("14-graph-list-incidents.docs-v1.json") else { return };
    assert_eq!(intake.format, FormatId::GraphIncidents);
    assert_eq!(counts(&intake), (1, 0, BTreeMap::new()));
    let incident = &intake.incidents[0];
    assert_eq!(
        (&incident.status, &incident.classification, &incident.determination),
        (&Status::Active, &Classification::TruePositive, &Determination::MultiStagedAttack)
    );
    assert_eq!(incident.assignee.as_deref(), Some("KaiC@contoso.onmicrosoft.com"));
    assert_eq!(incident.tags, ["Demo".to_owned()].into());
    assert_eq!(incident.system_tags, ["Defender Experts".to_owned()].into());
}

#[test]
fn a_graph_incident_with_alerts_is_read_to_the_last_field() {
    let Some(intake) = intake("15b-graph-list-incidents-expand-alerts.docs-v1.json") else { return };
    assert_eq!(intake.format, FormatId::GraphIncidents);
    assert_eq!(counts(&intake), (1, 1, one_of_each()));
    let incident = &intake.incidents[0];
    let entity = |kind| incident.entities.values().find(|entity| entity.kind() == kind).unwrap();
    let device = entity(EntityKind::Device);
    assert_eq!(device.name(), "tempDns");
    assert_eq!(device.tags, ["Test Machine".to_owned()].into());
    assert_eq!(device.sightings[0].roles, [Role::Compromised].into());
    assert_eq!(device.extra["detailedRoles"], serde_json::json!(["Main device"]));
    let Facts::Process(process) = &entity(EntityKind::Process).facts else { panic!() };
    assert_eq!(process.user.as_deref(), Some("NT AUTHORITY\\SYSTEM"));
    assert_eq!(process.parent_image_name.as_deref(), Some("services.exe"));
    assert_eq!(entity(EntityKind::File).name(), "C:\\Program Files\\temp\\MsSense.exe");
    assert_eq!(intake.remarks.len(), 1, "the alert names incident 28282: {:?}", intake.remarks);
}

#[test]
fn the_published_sample_with_trailing_commas_is_refused_with_the_place_of_the_first() {
    let Some(error) = refusal("15a-graph-list-incidents-expand-alerts.docs-v1.trailing-commas.raw.txt")
    else {
        return;
    };
    match error.why {
        Why::NotJson { at, found, hint, .. } => {
            assert_eq!(at, Position { line: 114, column: 43 });
            assert_eq!((found, hint), (Some(','), Some(Hint::TrailingComma)));
        }
        other => panic!("{other:?}"),
    }
}
