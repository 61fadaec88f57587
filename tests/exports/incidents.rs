//! Incidents to write: the guided one as somebody worked on it, one with every field of every kind, and a hostile one.

use firsthour::formats::export::{EXPORTS, Export, ExportId, How, Share, Tlp, share};
use firsthour::model::activity::Cause;
use firsthour::model::checklist::{Marked, StepPlace, StepState};
use firsthour::model::entity::Other;
use firsthour::model::taxonomy::{
    Classification, Determination, RemediationStatus, ServiceSource, Severity, Status, Verdict,
};
use firsthour::model::{
    Activity, Alert, AlertId, Entity, EntityId, EntityKind, EventId, Facts, Incident, IncidentId, Mark, Note,
    NoteId, OwnStep, Phase, Sighting, StepId, Time, TimelineEvent, What,
};
use firsthour::playbooks::library;
use firsthour::words::Lang;
use serde_json::{Map, Value, json};

pub fn at(text: &str) -> Time {
    Time::parse(text).unwrap()
}

/// The guided first incident, worked on.
pub fn guided() -> Incident {
    let mut incident = firsthour::sample::first_incident(&at("2026-11-24T10:00:00Z"));
    incident.assignee = Some("Ann".into());
    incident.status = Status::InProgress;
    incident.classification = Classification::TruePositive;
    incident.determination = Determination::MultiStagedAttack;
    incident.closing_note = "Contained on the first day.".into();
    incident.clocks.acknowledged = Some(at("2026-11-24T10:05:00Z"));
    write_about(&mut incident);
    for (number, entity) in incident.entities.values_mut().enumerate() {
        if number % 3 == 0 {
            entity.note = format!("seen by Ann, number {number}");
            entity.tags.insert("vip".into());
            entity.critical = true;
        }
    }
    incident
}

/// Notes, comments and steps.
fn write_about(incident: &mut Incident) {
    let now = at("2026-11-24T11:00:00.123Z");
    let note = Note {
        id: NoteId::derived(&["note"]),
        text: "# What we know\n\nIt began with a mail.".into(),
        by: "Ann".into(),
        created: now.clone(),
        edited: at("2026-11-24T12:00:00Z"),
    };
    incident.notes.insert(note.id.clone(), note);
    let comment = What::Comment("Called the user: \"no, I did not open it\".".into());
    incident.activity.push(Activity::new(now.clone(), "Bob", comment, Cause::Done));
    let own = StepId::derived(&["own"]);
    let step =
        OwnStep { phase: Phase::Recovery, title: "Rebuild the server".into(), how: "From the image.".into() };
    incident.checklist.own.insert(own.clone(), step);
    let done = |outcome: &str| StepState {
        marked: Some(Marked { mark: Mark::Done, by: "Ann".into(), at: now.clone() }),
        outcome: outcome.into(),
        ..StepState::open(StepPlace { phase: Phase::Triage, scenario: None })
    };
    incident.checklist.steps.insert(own, done("Rebuilt"));
    let general = library().of_kind(firsthour::playbooks::Kind::General).next().unwrap();
    let mut steps = general.steps.iter().map(|step| StepId::try_from(step.id).unwrap());
    incident.checklist.steps.insert(steps.next().unwrap(), done("It is real"));
    let mut skipped = done("");
    skipped.marked.as_mut().unwrap().mark = Mark::Skipped("no such device".into());
    incident.checklist.steps.insert(steps.next().unwrap(), skipped);
}

/// An incident with one entity of every kind in which every field holds what `value` says of it.
fn every_field(name: &str, value: impl Fn(EntityKind, &str) -> String) -> Incident {
    let mut incident =
        Incident::new(IncidentId::derived(&["exports", name]), name, at("2026-03-01T10:00:00+02:00"));
    let mut alert = Alert::new(AlertId::derived(&[name]), value(EntityKind::Other, "title"));
    alert.source_id = value(EntityKind::Other, "source_id");
    alert.description = value(EntityKind::Other, "description");
    alert.service_source = ServiceSource::Endpoint;
    alert.severity = Severity::High;
    alert.techniques = vec!["T1566.001".into(), "T1059".into()];
    alert.first_activity = Some(at("2026-03-01T09:00:00.1234567Z"));
    alert.last_activity = Some(at("2026-03-01T08:00:00Z"));
    let sighting = Sighting {
        alert: alert.id.clone(),
        roles: std::collections::BTreeSet::new(),
        verdict: Verdict::Unknown,
        remediation: RemediationStatus::None,
        at: None,
    };
    let verdicts = [Verdict::Malicious, Verdict::Suspicious, Verdict::Unknown, Verdict::NoThreatsFound];
    for (number, kind) in EntityKind::ALL.iter().enumerate() {
        let id = EntityId::derived(&[name, kind.code()]);
        let mut entity = Entity::new(id.clone(), facts(*kind, &value));
        entity.verdict = verdicts[number % verdicts.len()].clone();
        entity.note = value(*kind, "note");
        entity.sightings.push(sighting.clone());
        incident.entities.insert(id, entity);
    }
    incident.alerts.insert(alert.id.clone(), alert);
    incident
}

/// Facts of a kind with every field that it can have.
fn facts(kind: EntityKind, value: &impl Fn(EntityKind, &str) -> String) -> Facts {
    if kind == EntityKind::Other {
        let raw =
            Map::from_iter([("@odata.type".to_owned(), json!("x")), (value(kind, "key"), json!([1, null]))]);
        return Facts::Other(Other { type_name: "podEvidence".into(), raw });
    }
    // Which fields are lists only the kind knows: a text where a list belongs is refused.
    let mut fields = Map::from_iter([("kind".to_owned(), Value::from(kind.code()))]);
    for name in kind.field_names() {
        fields.insert((*name).into(), value(kind, name).into());
        if serde_json::from_value::<Facts>(Value::Object(fields.clone())).is_err() {
            fields.insert((*name).into(), json!([value(kind, name), "second"]));
        }
    }
    serde_json::from_value(Value::Object(fields)).unwrap()
}

/// Every field of every kind, filled with what belongs there.
pub fn full() -> Incident {
    let mut incident = every_field("Everything", |kind, name| {
        match (kind, name) {
        (_, "sha256" | "image_sha256") => {
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".into()
        }
        (_, "sha1" | "image_sha1") => "da39a3ee5e6b4b0d3255bfef95601890afd80709".into(),
        (_, "md5") => "d41d8cd98f00b204e9800998ecf8427e".into(),
        (_, "sha512") => "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e".into(),
        (EntityKind::MacAddress, "address") => "00:1a:2b:3c:4d:5e".into(),
        (EntityKind::Network, "cidr") => "198.51.100.0/24".into(),
        (EntityKind::Vulnerability, "cve") => "CVE-2021-44228".into(),
        (EntityKind::Technique, "technique_id") => "T1059".into(),
        (EntityKind::Ip, "address") => "203.0.113.7".into(),
        (EntityKind::Domain, "name") => "evil.example".into(),
        (EntityKind::Url, "url") => "https://evil.example/a?b='c'".into(),
        (_, "primary_address" | "sender" | "recipient" | "envelope_sender") => "ann@contoso.example".into(),
        (_, "hive") => "HKEY_LOCAL_MACHINE".into(),
        (_, "key") => "Software\\Run".into(),
        (_, "size") => "12".into(),
        (_, name) => format!("some {name}"),
    }
    });
    incident.tags.insert("training".into());
    let event = |name: &str, at: Time| {
        let mut event = TimelineEvent::new(EventId::derived(&[name]), at, name);
        event.kind = "ProcessCreated".into();
        event.source = "DeviceProcessEvents".into();
        event.entities = incident.entities.keys().take(1).cloned().collect();
        event.extra.insert("InitiatingProcess".into(), "explorer.exe".into());
        event
    };
    for event in [
        event("A call", at("2026-03-01T07:00:00Z")),
        event("Without a zone", at("2026-03-01T07:30:00.000001")),
    ] {
        incident.events.insert(event.id.clone(), event);
    }
    write_about(&mut incident);
    incident
}

/// What an attacker, or bad luck, puts into a field.
pub const HOSTILE: [&str; 8] = [
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd\r\n\"x\",'y'",
    "a'] OR [url:value = '\\",
    "</script><script>alert(1)</script>",
    "\u{202e}gnp.exe\u{0}\u{1b}[31m",
    "\t, ; | \\ ' \" {}[]",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 e\u{301} 💥",
    "%00%0a${jndi:ldap://x}",
];

/// Every field of every kind, filled with what belongs nowhere.
pub fn hostile() -> Incident {
    let mut incident = every_field("=HYPERLINK(\"http://x\")\r\nDTSTART", |kind, name| {
        HOSTILE[(kind.code().len() + name.len()) % HOSTILE.len()].to_owned()
    });
    incident.description = HOSTILE.join("\n");
    incident.tags = HOSTILE.map(str::to_owned).into();
    incident.assignee = Some(HOSTILE[3].into());
    incident.severity = Severity::parse(HOSTILE[0]);
    for alert in incident.alerts.values_mut() {
        alert.techniques = vec!["T1".into(), HOSTILE[2].into(), String::new()];
        alert.service_source = ServiceSource::parse(HOSTILE[5]);
    }
    for entity in incident.entities.values_mut() {
        entity.tags = HOSTILE.map(str::to_owned).into();
        entity.verdict = Verdict::parse(HOSTILE[1]);
    }
    write_about(&mut incident);
    for note in incident.notes.values_mut() {
        note.by = HOSTILE[4].into();
    }
    incident
}

/// Hardly anything: a name, and an entity of every kind without a field.
pub fn sparse() -> Incident {
    let mut incident = Incident::new(IncidentId::derived(&["sparse"]), "", at("0001-01-01T00:00:00"));
    for kind in EntityKind::ALL {
        let facts: Facts = serde_json::from_value(json!({"kind": kind.code()})).unwrap();
        let id = EntityId::derived(&["sparse", kind.code()]);
        incident.entities.insert(id.clone(), Entity::new(id, facts));
    }
    let alert = Alert::new(AlertId::derived(&["sparse"]), "");
    incident.alerts.insert(alert.id.clone(), alert);
    incident
}

/// All of them by name.
pub fn all() -> [(&'static str, Incident); 4] {
    [("guided", guided()), ("full", full()), ("hostile", hostile()), ("sparse", sparse())]
}

pub fn format(id: ExportId) -> &'static dyn Export {
    EXPORTS.iter().copied().find(|export| export.id() == id).unwrap()
}

pub fn how() -> How<'static> {
    How { library: library(), language: Lang::En, spreadsheet: false }
}

pub fn shared(incident: &Incident, marking: Tlp) -> Share {
    share(incident, marking).0.unwrap()
}

/// The file of one incident under TLP:AMBER.
pub fn written(id: ExportId, incident: &Incident) -> String {
    format(id).write(&[shared(incident, Tlp::Amber)], &how())
}
