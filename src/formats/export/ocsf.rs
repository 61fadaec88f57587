//! OCSF Incident Finding (class 2005), a line of JSON for each incident: for a SIEM or OpenSearch.
//!
//! Attributes and numbers: the Open Cybersecurity Schema Framework 1.5. Each alert is a finding of the incident, entities are
//! observables where OCSF has a type for them; what has no attribute is in `unmapped`.

use super::sharing::{Part, Share, comments};
use super::{Export, ExportId, How, Pieces};
use crate::model::entity::{Entity, Facts};
use crate::model::taxonomy::{Classification, Severity, Status};
use crate::model::{Alert, Incident, Time};
use serde_json::{Map, Value, json};

/// OCSF Incident Findings.
pub struct Ocsf;

impl Export for Ocsf {
    fn id(&self) -> ExportId {
        ExportId::Ocsf
    }

    fn ending(&self) -> &'static str {
        ".ocsf.ndjson"
    }

    fn mime(&self) -> &'static str {
        "application/x-ndjson"
    }

    fn carries(&self) -> &'static [Part] {
        &[Part::Incident, Part::Text, Part::Alert, Part::Entity, Part::Technique, Part::Note, Part::Comment]
    }

    fn pieces<'a>(&'a self, shares: &'a [Share], _how: How<'a>) -> Pieces<'a> {
        let lines = shares.iter().map(|share| serde_json::to_string(&finding(share)).unwrap_or_default());
        Box::new(lines.map(|line| line + "\n"))
    }
}

/// The class, its category and the version of the schema.
const CLASS: u32 = 2005;
const CATEGORY: u32 = 2;
const VERSION: &str = "1.5.0";

fn finding(share: &Share) -> Value {
    let incident = &share.incident;
    let (status, status_name, activity, activity_name) = match incident.status {
        Status::Active => (1, "New", 1, "Create"),
        Status::InProgress => (2, "In Progress", 2, "Update"),
        Status::AwaitingAction => (3, "On Hold", 2, "Update"),
        Status::Resolved => (4, "Resolved", 3, "Close"),
        Status::Redirected => (5, "Closed", 3, "Close"),
        Status::Other(_) => (0, "Unknown", 2, "Update"),
    };
    let (severity, severity_name) = severity(&incident.severity);
    let (verdict, verdict_name) = match incident.classification {
        Classification::FalsePositive => (1, "False Positive"),
        Classification::TruePositive => (2, "True Positive"),
        Classification::InformationalExpectedActivity => (5, "Benign"),
        Classification::Unknown | Classification::Other(_) => (0, "Unknown"),
    };
    let level = share.own.unwrap_or(share.marking);
    let labels: Vec<String> = [format!("tlp:{}", level.code())]
        .into_iter()
        .chain(incident.tags.iter().filter(|tag| !tag.is_empty()).cloned())
        .collect();
    let mut out = Map::new();
    let mut set = |name: &str, value: Value| {
        if !value.is_null() && value != "" && value != json!([]) {
            out.insert(name.to_owned(), value);
        }
    };
    set("activity_id", activity.into());
    set("activity_name", activity_name.into());
    set("category_uid", CATEGORY.into());
    set("category_name", "Findings".into());
    set("class_uid", CLASS.into());
    set("class_name", "Incident Finding".into());
    set("type_uid", (CLASS * 100 + activity).into());
    set("type_name", format!("Incident Finding: {activity_name}").into());
    set("severity_id", severity.into());
    set("severity", severity_name.into());
    set("status_id", status.into());
    set("status", status_name.into());
    set("verdict_id", verdict.into());
    set("verdict", verdict_name.into());
    set("time", share.changed.millis().into());
    set("start_time", millis(incident.first_activity()));
    set("end_time", millis(incident.last_activity()));
    set("message", incident.name.as_str().into());
    set("desc", incident.description.as_str().into());
    set("src_url", incident.link.clone().unwrap_or_default().into());
    match incident.assignee.as_deref().filter(|name| !name.is_empty()) {
        Some(name) => set("assignee", json!({"name": name})),
        // One of the two has to be there.
        None => set("assignee_group", json!({"name": "Unassigned"})),
    }
    set(
        "metadata",
        json!({
            "version": VERSION,
            "uid": incident.id.as_str(),
            "labels": labels,
            "product": {"name": "First Hour", "vendor_name": "First Hour", "version": env!("CARGO_PKG_VERSION")},
        }),
    );
    set("finding_info_list", findings(incident).into());
    set("attacks", attacks(incident.techniques().into_iter()));
    set("observables", incident.entities.values().flat_map(observables).collect::<Vec<_>>().into());
    set("unmapped", unmapped(share));
    Value::Object(out)
}

fn severity(severity: &Severity) -> (u8, &'static str) {
    match severity {
        Severity::Informational => (1, "Informational"),
        Severity::Low => (2, "Low"),
        Severity::Medium => (3, "Medium"),
        Severity::High => (4, "High"),
        Severity::Unknown | Severity::Other(_) => (0, "Unknown"),
    }
}

fn millis(time: Option<&Time>) -> Value {
    time.map_or(Value::Null, |time| time.millis().into())
}

/// Each alert; the incident itself where it has none, because a list without a finding is none.
fn findings(incident: &Incident) -> Vec<Value> {
    if incident.alerts.is_empty() {
        return vec![json!({
            "uid": incident.id.as_str(),
            "title": incident.name,
            "created_time": incident.created.millis(),
        })];
    }
    incident.alerts.values().map(finding_of).collect()
}

fn finding_of(alert: &Alert) -> Value {
    let uid = if alert.source_id.is_empty() { alert.id.as_str() } else { &alert.source_id };
    let mut out = Map::from_iter([
        ("uid".to_owned(), Value::from(uid)),
        ("title".to_owned(), alert.title.as_str().into()),
        ("desc".to_owned(), alert.description.as_str().into()),
        ("src_url".to_owned(), alert.link.clone().unwrap_or_default().into()),
        ("created_time".to_owned(), millis(alert.created.as_ref())),
        ("modified_time".to_owned(), millis(alert.updated.as_ref())),
        ("first_seen_time".to_owned(), millis(alert.first_activity.as_ref())),
        ("last_seen_time".to_owned(), millis(alert.last_activity.as_ref())),
        ("types".to_owned(), json!(if alert.category.is_empty() { vec![] } else { vec![&alert.category] })),
        ("attacks".to_owned(), attacks(alert.techniques.iter().map(String::as_str))),
    ]);
    out.retain(|name, value| name == "title" || !(value.is_null() || *value == "" || *value == json!([])));
    Value::Object(out)
}

fn attacks<'t>(techniques: impl Iterator<Item = &'t str>) -> Value {
    let attacks = techniques.filter(|id| !id.is_empty()).map(|id| {
        // A sub-technique has an attribute of its own, beside the technique that it is part of. A name has to be there;
        // where none is known, the number is one.
        match id.split_once('.') {
            Some((technique, _)) => json!({
                "technique": {"uid": technique, "name": technique},
                "sub_technique": {"uid": id, "name": id},
            }),
            None => json!({"technique": {"uid": id, "name": id}}),
        }
    });
    attacks.collect::<Vec<_>>().into()
}

/// What OCSF calls an observable, by its dictionary's `type_id`.
fn observables(entity: &Entity) -> Vec<Value> {
    let one = |name: &str, id: u8, kind: &str, value: &Option<String>| {
        let value = value.as_deref().filter(|value| !value.is_empty())?;
        Some(json!({"name": name, "type_id": id, "type": kind, "value": value}))
    };
    let found = match &entity.facts {
        Facts::Device(device) => {
            vec![one(
                "device.hostname",
                1,
                "Hostname",
                &device.dns_name.clone().or_else(|| device.host_name.clone()),
            )]
        }
        Facts::Domain(domain) => vec![one("domain", 1, "Hostname", &domain.name)],
        Facts::Ip(ip) => vec![one("ip", 2, "IP Address", &ip.address)],
        Facts::MacAddress(mac) => vec![one("mac", 3, "MAC Address", &mac.address)],
        Facts::User(user) => vec![one(
            "user.name",
            4,
            "User Name",
            &user.user_principal_name.clone().or_else(|| user.account_name.clone()),
        )],
        Facts::Mailbox(mailbox) => vec![one("email", 5, "Email Address", &mailbox.primary_address)],
        Facts::Url(url) => vec![one("url", 6, "URL String", &url.url)],
        Facts::File(file) => vec![
            one("file.name", 7, "File Name", &file.file_name),
            one("file.hashes.sha256", 8, "Hash", &file.sha256),
            one("file.hashes.sha1", 8, "Hash", &file.sha1),
            one("file.hashes.md5", 8, "Hash", &file.md5),
        ],
        Facts::Process(process) => vec![one("process.name", 9, "Process Name", &process.image_name)],
        Facts::CloudResource(resource) => {
            vec![one("resource.uid", 10, "Resource UID", &resource.resource_id)]
        }
        _ => Vec::new(),
    };
    found.into_iter().flatten().collect()
}

/// What has no attribute: the entities with what was found out, and what was written and said.
fn unmapped(share: &Share) -> Value {
    let incident = &share.incident;
    let entities: Vec<Value> = incident
        .entities
        .values()
        .map(|entity| {
            let mut fields = serde_json::to_value(&entity.facts).unwrap_or_default();
            fields["verdict"] = entity.verdict.code().into();
            fields["remediation"] = entity.remediation.code().into();
            fields["tags"] = json!(entity.tags);
            fields["note"] = entity.note.as_str().into();
            fields["tlp"] = share.of_entity(entity).code().into();
            fields
        })
        .collect();
    let notes =
        incident.notes.values().map(|note| (note.created.millis(), note.by.as_str(), note.text.as_str()));
    let comments = comments(incident).map(|(entry, said)| (entry.at.millis(), entry.by.as_str(), said));
    let said: Vec<Value> =
        notes.chain(comments).map(|(time, by, text)| json!({"time": time, "by": by, "text": text})).collect();
    json!({
        "entities": entities,
        "notes": said,
        "conclusion": incident.closing_note,
        "determination": incident.determination.code(),
    })
}
