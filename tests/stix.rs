//! STIX bundles through the one door: the published ones beside the project, and some of our own.

// clippy.toml lets tests state bluntly what they expect, but not the helpers beside them.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/samples.rs"]
mod samples;

use firsthour::formats::{FormatId, Intake, Why, read};
use firsthour::model::taxonomy::{Classification, Status, Verdict};
use firsthour::model::{EntityKind, Facts, Incident, Phase, What};
use serde_json::json;
use std::collections::BTreeMap;

fn sample(name: &str) -> Option<Intake> {
    samples::intake(&format!("stix/{name}"))
}

fn only(intake: &Intake) -> &Incident {
    assert_eq!((intake.format, intake.incidents.len()), (FormatId::Stix, 1));
    &intake.incidents[0]
}

/// How many entities of each kind, other kinds by the name they came with.
fn kinds(incident: &Incident) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for entity in incident.entities.values() {
        let kind = match &entity.facts {
            Facts::Other(other) => other.type_name.clone(),
            facts => facts.kind().code().to_owned(),
        };
        *kinds.entry(kind).or_default() += 1;
    }
    kinds
}

fn counts(list: &[(&str, usize)]) -> BTreeMap<String, usize> {
    list.iter().map(|(kind, count)| ((*kind).to_owned(), *count)).collect()
}

#[test]
fn the_published_bundles_are_read_whole() {
    if let Some(intake) = sample("indicator-for-c2-ip-address.json") {
        let incident = only(&intake);
        assert_eq!(incident.name, "IP Address for known C2 channel");
        assert_eq!(kinds(incident), counts(&[("ip", 1)]));
        assert_eq!(incident.entities.values().next().unwrap().verdict, Verdict::Malicious);
    }
    if let Some(intake) = sample("infrastructure.json") {
        assert_eq!(
            kinds(only(&intake)),
            counts(&[("domain", 1), ("infrastructure", 2), ("ip", 1), ("malware", 1)])
        );
    }
    if let Some(intake) = sample("malicious-email-indicator-with-attachment.json") {
        let incident = only(&intake);
        assert_eq!(kinds(incident), counts(&[("attack-pattern", 1), ("indicator", 2)]));
        assert_eq!(intake.set_aside.len(), 2, "patterns that match and do not compare");
    }
    if let Some(intake) = sample("test_event1_stix21.json") {
        let incident = only(&intake);
        assert_eq!(kinds(incident), counts(&[("autonomous-system", 1), ("domain", 1)]));
        assert_eq!(incident.extra["reports"].as_array().unwrap().len(), 1);
    }
    if let Some(intake) = sample("poisonivy.json") {
        let incident = only(&intake);
        let kinds = kinds(incident);
        println!("{kinds:?}, set aside {}", intake.set_aside.len());
        assert_eq!(
            (kinds["malware"], kinds["vulnerability"], kinds["campaign"], kinds["attack-pattern"]),
            (25, 6, 3, 3)
        );
        assert_eq!(incident.checklist.own.len(), 1);
        assert_eq!(incident.extra["relationships"].as_array().unwrap().len(), 90);
        assert_eq!(kinds.get("indicator"), None, "all of its patterns are simple");
    }
}

#[test]
fn a_bundle_of_version_2_0_carries_its_observables_inside() {
    let bundle = json!({"type": "bundle", "id": "bundle--1", "spec_version": "2.0", "objects": [
        {"type": "report", "id": "report--1", "name": "Harvest", "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-02T00:00:00.000Z", "published": "2026-01-01T00:00:00Z", "labels": ["threat-report"], "object_refs": []},
        {"type": "observed-data", "id": "observed-data--1", "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z", "first_observed": "2026-01-01T00:00:00Z", "last_observed": "2026-01-01T00:00:00Z", "number_observed": 1,
         "objects": {"0": {"type": "file", "name": "a.exe", "hashes": {"SHA-256": "ABCD", "ssdeep": "3:x"}, "parent_directory_ref": "1"}, "1": {"type": "directory", "path": "C:\\Temp"}, "2": {"type": "process", "pid": 7, "command_line": "a.exe -x", "binary_ref": "0"}}},
        {"type": "indicator", "id": "indicator--1", "created": "2026-01-01T00:00:00.000Z", "modified": "2026-01-01T00:00:00.000Z", "labels": ["malicious-activity"], "pattern": "[domain-name:value = 'evil.example' OR url:value = 'http://evil.example/a']", "valid_from": "2026-01-01T00:00:00Z"},
    ]});
    let intake = read(bundle.to_string()).unwrap();
    let incident = only(&intake);
    assert_eq!((incident.name.as_str(), incident.created.text()), ("Harvest", "2026-01-01T00:00:00.000Z"));
    assert!(incident.tags.contains("threat-report"));
    assert_eq!(
        kinds(incident),
        counts(&[("directory", 1), ("domain", 1), ("file", 1), ("process", 1), ("url", 1)])
    );
    for entity in incident.entities.values() {
        match &entity.facts {
            Facts::File(file) => {
                assert_eq!(
                    (file.sha256.as_deref(), file.folder.as_deref()),
                    (Some("abcd"), Some("C:\\Temp"))
                );
                assert_eq!(entity.extra["hashes"]["ssdeep"], "3:x");
            }
            Facts::Process(process) => assert_eq!(process.image_name.as_deref(), Some("a.exe")),
            Facts::Domain(_) => assert_eq!(entity.verdict, Verdict::Malicious),
            _ => {}
        }
    }
}

#[test]
fn an_incident_its_notes_and_its_tasks_are_read_in_either_draft() {
    for refs in ["tasks", "task_refs"] {
        let bundle = json!({"type": "bundle", "id": "bundle--2", "objects": [
            {"type": "identity", "spec_version": "2.1", "id": "identity--1", "name": "Blue team"},
            {"type": "incident", "spec_version": "2.1", "id": "incident--1", "name": "Theft", "created": "2026-01-01T00:00:00Z", "modified": "2026-01-01T00:00:00Z",
             "extensions": {"extension-definition--ef765651-680c-498d-9894-99799f2fa126": {"extension_type": "property-extension", "determination": "confirmed", "investigation_status": "open", refs: []}}},
            {"type": "note", "spec_version": "2.1", "id": "note--1", "created": "2026-01-03T00:00:00Z", "created_by_ref": "identity--1", "abstract": "Seen", "content": "on two hosts", "object_refs": ["incident--1"]},
            {"type": "task", "spec_version": "2.1", "id": "task--1", "name": "Rebuild", "description": "from the image", "task_types": ["recovery"]},
            {"type": "course-of-action", "spec_version": "2.1", "id": "course-of-action--1", "name": "Block it"},
        ]});
        let intake = read(bundle.to_string()).unwrap();
        let incident = only(&intake);
        assert_eq!(
            (&incident.status, &incident.classification),
            (&Status::InProgress, &Classification::TruePositive)
        );
        let said = &incident.activity[0];
        assert_eq!(
            (said.by.as_str(), &said.what),
            ("Blue team", &What::Comment("Seen\n\non two hosts".to_owned()))
        );
        let steps: Vec<_> =
            incident.checklist.own.values().map(|step| (step.title.as_str(), step.phase)).collect();
        assert!(
            steps.contains(&("Rebuild", Phase::Recovery))
                && steps.contains(&("Block it", Phase::Containment)),
            "{steps:?}"
        );
        assert!(incident.entities.values().all(|entity| entity.kind() != EntityKind::Other));
    }
}

#[test]
fn a_pattern_that_is_more_than_a_comparison_is_kept_and_named() {
    let bundle = json!({"type": "bundle", "id": "bundle--3", "objects": [
        {"type": "indicator", "spec_version": "2.1", "id": "indicator--9", "name": "Odd", "created": "2026-01-01T00:00:00Z", "modified": "2026-01-01T00:00:00Z", "pattern_type": "sigma", "pattern": "title: x", "valid_from": "2026-01-01T00:00:00Z"},
    ]});
    let intake = read(bundle.to_string()).unwrap();
    assert_eq!(kinds(only(&intake)), counts(&[("indicator", 1)]));
    assert_eq!(intake.set_aside[0].why, Why::PatternKept { id: "indicator--9".to_owned() });
    assert_eq!(intake.set_aside[0].raw, "title: x");
}

#[test]
fn what_has_a_kind_here_is_of_it() {
    let listed = |source: &str, id: &str| json!([{"source_name": source, "external_id": id}]);
    let bundle = json!({"type": "bundle", "id": "bundle--1", "objects": [
        {"type": "mac-addr", "id": "mac-addr--1", "value": "00:1a:2b:3c:4d:5e"},
        {"type": "mutex", "id": "mutex--1", "name": "Global\\mtx"},
        {"type": "vulnerability", "id": "vulnerability--1", "name": "CVE-2021-44228"},
        {"type": "vulnerability", "id": "vulnerability--2", "name": "Log4Shell", "external_references": listed("cve", "CVE-2021-45046")},
        {"type": "attack-pattern", "id": "attack-pattern--1", "name": "Phishing", "external_references": listed("mitre-attack", "T1566")},
        {"type": "attack-pattern", "id": "attack-pattern--2", "name": "Bending", "external_references": listed("capec", "CAPEC-1")},
        {"type": "ipv4-addr", "id": "ipv4-addr--1", "value": "198.51.100.0/24"},
        {"type": "file", "id": "file--1", "hashes": {"SHA-512": "AB"}}]});
    let intake = read(bundle.to_string()).unwrap();
    let incident = only(&intake);
    let names: BTreeMap<_, _> = incident.entities.values().map(|e| (e.name(), e.kind().code())).collect();
    let expected = [
        ("00:1a:2b:3c:4d:5e", "mac-address"),
        ("198.51.100.0/24", "network"),
        ("Bending", "other"),
        ("CVE-2021-44228", "vulnerability"),
        ("CVE-2021-45046", "vulnerability"),
        ("Global\\mtx", "mutex"),
        ("T1566 Phishing", "technique"),
        ("ab", "file"),
    ];
    assert_eq!(names, expected.map(|(name, kind)| (name.to_owned(), kind)).into());
    assert_eq!(incident.techniques().into_iter().collect::<Vec<_>>(), ["T1566"]);
}
