//! MISP events through the one door: the published ones beside the project, and each wrapping and trap of our own.

// clippy.toml lets tests state bluntly what they expect, but not the helpers beside them.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "support/samples.rs"]
mod samples;

use firsthour::formats::{FormatId, Intake, read};
use firsthour::model::taxonomy::{Severity, Verdict};
use firsthour::model::{EntityKind, Facts, Incident, What};
use serde_json::json;
use std::collections::BTreeMap;

fn sample(name: &str) -> Option<Intake> {
    samples::intake(&format!("misp/{name}"))
}

fn only(intake: &Intake) -> &Incident {
    assert_eq!((intake.format, intake.incidents.len(), intake.set_aside.len()), (FormatId::Misp, 1, 0));
    &intake.incidents[0]
}

fn kinds(incident: &Incident) -> BTreeMap<&str, usize> {
    let mut kinds = BTreeMap::new();
    for entity in incident.entities.values() {
        *kinds.entry(entity.kind().code()).or_default() += 1;
    }
    kinds
}

#[test]
fn the_published_events_are_read_whole() {
    if let Some(intake) = sample("misp_event.json") {
        let incident = only(&intake);
        assert_eq!((incident.name.as_str(), incident.created.text()), ("A Random Event", "2016-06-09"));
        assert_eq!((&incident.severity, incident.tags.len()), (&Severity::High, 2));
        assert_eq!(kinds(incident), BTreeMap::from([("url", 1)]));
        assert!(incident.activity.iter().any(|entry| entry.what == What::Comment("Locky".to_owned())));
    }
    if let Some(intake) = sample("event_tags.json") {
        let incident = only(&intake);
        assert_eq!((incident.name.as_str(), incident.tags.len()), ("This is a test", 3));
    }
    if let Some(intake) = sample("existing_event.json") {
        let incident = only(&intake);
        // 37 file objects, 12 domains with their addresses (one address twice), 7 domains (one twice) and a link.
        assert_eq!(
            kinds(incident),
            BTreeMap::from([("domain", 18), ("file", 37), ("ip", 11), ("url", 1), ("other", 37)])
        );
    }
    if let Some(intake) = sample("galaxy_1.json") {
        let incident = only(&intake);
        assert!(incident.extra.contains_key("Galaxy"));
        // The SHA-256 beside the file object is that file's.
        assert_eq!(kinds(incident)["file"], 1);
    }
    if let Some(intake) = sample("long_event.json") {
        let incident = only(&intake);
        println!("{:?}", kinds(incident));
        let hashes: usize = 58 + 46 + 46 + 41 + 31;
        let files = incident.entities.values().filter(|entity| entity.kind() == EntityKind::File).count();
        assert!(files > 100 && files <= hashes + 18 + 3, "{files}");
    }
}

fn event() -> serde_json::Value {
    json!({"uuid": "5758ebf5-0000-4000-8000-000000000001", "info": "Harvest", "date": "2026-01-02", "timestamp": "1767312000", "threat_level_id": "2", "analysis": "0", "Orgc": {"name": "CERT"},
        "Attribute": [
            {"type": "ip-dst|port", "category": "Network activity", "value": "203.0.113.7|8443", "to_ids": true, "uuid": "a"},
            {"type": "domain|ip", "value": "evil.example|203.0.113.8", "to_ids": false},
            {"type": "filename|sha256", "value": "a.exe|ABCD", "to_ids": true},
            {"type": "regkey|value", "value": "HKLM\\Software\\Run|x.exe", "to_ids": false},
            {"type": "ip-src", "value": "198.51.100.0/24", "to_ids": false},
            {"type": "yara", "value": "rule x {}", "to_ids": true},
            {"type": "url", "value": "http://gone.example", "to_ids": true, "deleted": true},
        ],
        "Object": [{"name": "file", "Attribute": [
            {"type": "filename", "object_relation": "filename", "value": "b.exe"}, {"type": "md5", "object_relation": "md5", "value": "FF00", "to_ids": true},
            {"type": "size-in-bytes", "object_relation": "size-in-bytes", "value": 12}, {"type": "ssdeep", "object_relation": "ssdeep", "value": "3:x"}]}]})
}

#[test]
fn each_of_the_four_wrappings_is_the_same_event() {
    let bare = read(event().to_string()).unwrap();
    for wrapped in
        [json!({"Event": event()}), json!({"response": [{"Event": event()}]}), json!([{"Event": event()}])]
    {
        assert_eq!(read(wrapped.to_string()).unwrap().incidents, bare.incidents);
    }
    let two = json!({"response": [{"Event": event()}, {"Event": {"info": "Another", "analysis": "1", "uuid": "b"}}]});
    assert_eq!(read(two.to_string()).unwrap().incidents.len(), 2);
}

#[test]
fn composite_types_objects_and_deleted_attributes_are_told_apart() {
    let intake = read(event().to_string()).unwrap();
    let incident = only(&intake);
    assert_eq!(
        kinds(incident),
        BTreeMap::from([
            ("domain", 1),
            ("file", 2),
            ("ip", 2),
            ("network", 1),
            ("other", 1),
            ("registry-value", 1)
        ])
    );
    assert_eq!(incident.extra["deletedAttributes"].as_array().unwrap().len(), 1);
    assert_eq!(incident.source_updated.as_ref().unwrap().text(), "2026-01-02T00:00:00.000Z");
    for entity in incident.entities.values() {
        match &entity.facts {
            Facts::File(file) if file.file_name.as_deref() == Some("b.exe") => {
                assert_eq!((file.md5.as_deref(), file.size.as_deref()), (Some("ff00"), Some("12")));
                assert_eq!(entity.extra["ssdeep"], "3:x");
                assert_eq!(entity.verdict, Verdict::Suspicious);
            }
            Facts::File(file) => assert_eq!(file.sha256.as_deref(), Some("abcd")),
            Facts::Ip(ip) if ip.address.as_deref() == Some("203.0.113.7") => {
                assert_eq!(entity.verdict, Verdict::Suspicious);
            }
            _ => {}
        }
    }
}

#[test]
fn the_kinds_of_indicators_that_misp_has_are_kinds_here() {
    let attributes: Vec<_> = [
        ("mac-address", "00-1A-2B-3C-4D-5E"),
        ("mutex", r"Global\mtx_77aa"),
        ("user-agent", "Mozilla/5.0 (evil)"),
        ("vulnerability", "CVE-2021-44228"),
        ("btc", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
        ("sha512", "AB12"),
        ("ip-dst", "198.51.100.0/24"),
        ("domain", "evil[.]example"),
    ]
    .into_iter()
    .map(|(kind, value)| json!({"type": kind, "value": value}))
    .collect();
    let intake =
        read(json!({"Event": {"info": "A", "uuid": "a", "Attribute": attributes}}).to_string()).unwrap();
    let mut named: Vec<_> = only(&intake).entities.values().map(|e| (e.kind().code(), e.name())).collect();
    named.sort();
    let named: Vec<_> = named.iter().map(|(kind, name)| (*kind, name.as_str())).collect();
    assert_eq!(
        named,
        [
            ("domain", "evil.example"),
            ("file", "ab12"),
            ("mac-address", "00-1A-2B-3C-4D-5E"),
            ("mutex", r"Global\mtx_77aa"),
            ("network", "198.51.100.0/24"),
            ("user-agent", "Mozilla/5.0 (evil)"),
            ("vulnerability", "CVE-2021-44228"),
            ("wallet", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"),
        ]
    );
}
