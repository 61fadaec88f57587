//! Incidents and edits to test with.

use firsthour::model::activity::Cause;
use firsthour::model::taxonomy::{
    AlertStatus, RemediationStatus, Role, ServiceSource, Severity, Status, Verdict,
};
use firsthour::model::{
    Alert, AlertField, AlertId, Entity, EntityField, EntityId, Facts, Incident, IncidentField, IncidentId,
    Mark, Marked, Note, NoteField, NoteId, Origin, OwnStep, Phase, PlaybookId, Sighting, StepField, StepId,
    StepPlace, Time, entity,
};
use firsthour::notebook::{Act, Edit, Notebook, Put, Why};
use firsthour::storage::{Access, KeyValue, Opened, Store, open};
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many minutes after the tests' first hour began.
pub fn at(minute: usize) -> Time {
    Time::from_millis(1_795_500_000_000 + i64::try_from(minute).unwrap() * 60_000)
}

pub fn edit(minute: usize, act: Act) -> Edit {
    Edit { at: at(minute), by: "ann@contoso.com".into(), act, cause: Cause::Done }
}

pub fn id(number: usize) -> IncidentId {
    IncidentId::derived(&["sample", &number.to_string()])
}

// Every fact is optional.
#[allow(clippy::unnecessary_wraps)]
fn text(words: &str, number: usize) -> Option<String> {
    Some(words.replace('#', &number.to_string()))
}

/// Numbers that look random and are the same every time, so that samples do not pack better than life.
fn hex(seed: usize, length: usize) -> String {
    let mut state = (seed as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03;
    (0..length)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            char::from_digit(u32::try_from(state % 16).unwrap(), 16).unwrap()
        })
        .collect()
}

/// An incident as a product would export it: three alerts, ten entities.
pub fn incident(number: usize) -> Incident {
    let names = ["Multi-stage attack", "Mailbox compromise", "Password spray", "Malware on one endpoint"];
    let name = format!("{} on {}", names[number % 4], hex(number, 6));
    let mut incident = Incident::new(id(number), name, at(number));
    incident.severity = Severity::ALL[number % 5].clone();
    incident.status = Status::ALL[number % 4].clone();
    incident.tags = ["finance".to_owned(), format!("wave-{}", number % 7)].into();
    incident.origins = [Origin {
        system: "defender".into(),
        tenant: Some("b3c1b5fc-828c-45fa-a1e1-10d74f6d6e9c".into()),
        id: number.to_string(),
    }]
    .into();
    for place in 0..3 {
        let source_id = format!("da{}_{}", hex(number * 31 + place, 20), place);
        let mut alert = Alert::new(AlertId::derived(&[&source_id]), format!("Suspicious activity {place}"));
        alert.source_id = source_id;
        alert.category = ["InitialAccess", "Execution", "LateralMovement"][place].into();
        alert.severity = Severity::High;
        alert.status = AlertStatus::New;
        alert.service_source = ServiceSource::Endpoint;
        alert.techniques = vec!["T1566.001".into(), "T1059".into()];
        alert.first_activity = Some(at(number + place));
        incident.alerts.insert(alert.id.clone(), alert);
    }
    let alerts: Vec<AlertId> = incident.alerts.keys().cloned().collect();
    for place in 0..10 {
        let seed = number * 101 + place;
        let facts = match place % 5 {
            0 => Facts::Device(entity::Device {
                dns_name: text("ws#.contoso.com", seed),
                mde_device_id: Some(hex(seed, 40)),
                os_platform: text("Windows11", 0),
                ..entity::Device::default()
            }),
            1 => Facts::User(entity::User {
                user_principal_name: text("user#@contoso.com", seed),
                entra_user_id: Some(hex(seed, 32)),
                ..entity::User::default()
            }),
            2 => Facts::File(entity::File {
                file_name: text("update#.exe", seed),
                folder: text("C:\\Users\\Public", 0),
                sha256: Some(hex(seed, 64)),
                ..entity::File::default()
            }),
            3 => Facts::Ip(entity::Ip { address: text("203.0.113.#", seed % 250), ..entity::Ip::default() }),
            _ => Facts::Url(entity::Url { url: text("https://login-#.example/verify", seed) }),
        };
        let mut entity = Entity::new(EntityId::derived(&[&seed.to_string()]), facts);
        entity.verdict = Verdict::Suspicious;
        entity.sightings.push(Sighting {
            alert: alerts[place % 3].clone(),
            roles: [Role::Compromised].into(),
            verdict: Verdict::Suspicious,
            remediation: RemediationStatus::Active,
            at: Some(at(number + place)),
        });
        incident.entities.insert(entity.id.clone(), entity);
    }
    incident
}

/// Incidents with nothing in them, for when only their number matters.
pub fn write_down(numbers: impl IntoIterator<Item = usize>) -> Act {
    let bare = |number| Incident::new(id(number), format!("Written down {number}"), at(number));
    let incidents = numbers.into_iter().map(|number| (id(number), Some(Arc::new(bare(number))))).collect();
    Act::Put(Put { why: Why::Created, incidents, preparation: None })
}

pub fn import(numbers: impl IntoIterator<Item = usize>) -> Act {
    let incidents =
        numbers.into_iter().map(|number| (id(number), Some(Arc::new(incident(number))))).collect();
    Act::Put(Put { why: Why::Imported("export.json".into()), incidents, preparation: None })
}

pub fn delete(number: usize) -> Act {
    Act::Put(Put { why: Why::Deleted, incidents: vec![(id(number), None)], preparation: None })
}

pub fn step(name: &str) -> StepId {
    StepId::try_from(name).unwrap()
}

pub fn tick(number: usize, minute: usize, name: &str) -> Act {
    let marked = Marked { mark: Mark::Done, by: "Ann".into(), at: at(minute) };
    let place = StepPlace { phase: Phase::Triage, scenario: None };
    Act::SetStep(id(number), step(name), place, StepField::Marked(Some(marked)))
}

pub fn rename(number: usize, name: &str) -> Act {
    Act::SetIncident(id(number), IncidentField::Name(name.into()))
}

pub fn prepare(name: &str, outcome: &str) -> Act {
    Act::SetPreparation(step(name), StepField::Outcome(outcome.into()))
}

/// A working day: imports, ticks, notes, bulk edits, deletions.
pub fn day() -> Vec<Edit> {
    let note = NoteId::derived(&["n"]);
    let some_alert = incident(1).alerts.keys().next().unwrap().clone();
    let some_entity = incident(2).entities.values().next().unwrap().clone();
    let phishing = PlaybookId::try_from("phishing").unwrap();
    let acts = vec![
        prepare("pre-01", "the list hangs in the hall"),
        import(0..3),
        rename(0, "Phishing in finance"),
        tick(0, 3, "tri-01"),
        tick(1, 4, "tri-01"),
        Act::AddScenario(id(0), phishing),
        Act::AddNote(
            id(0),
            Note {
                id: note.clone(),
                text: "# Found\n\nα 𝄞".into(),
                by: "Ann".into(),
                created: at(6),
                edited: at(6),
            },
        ),
        Act::SetNote(id(0), note, NoteField::Text("longer, \u{0} and \"quoted\"".into())),
        Act::SetAlerts(id(1), vec![(some_alert, AlertField::Status(AlertStatus::Resolved))]),
        Act::SetEntities(id(2), vec![(some_entity.id.clone(), EntityField::Critical(true))]),
        import([3, 4]),
        Act::Comment(id(4), "called the owner".into()),
        Act::All(vec![
            Act::SetIncident(id(1), IncidentField::Assignee(Some("bob".into()))),
            Act::SetIncident(id(3), IncidentField::Assignee(Some("bob".into()))),
        ]),
        delete(2),
        Act::AddOwnStep(
            id(3),
            step("own-1"),
            OwnStep { phase: Phase::Review, title: "Ask".into(), how: String::new() },
        ),
        prepare("pre-02", ""),
        prepare("pre-01", "the list hangs in the kitchen"),
        rename(3, "Renamed"),
        Act::RemoveOwnStep(id(3), step("own-1")),
    ];
    acts.into_iter().enumerate().map(|(minute, act)| edit(minute, act)).collect()
}

/// Everything in a notebook, with every incident loaded.
pub fn contents<K: KeyValue>(store: &mut Store<K>, notebook: &mut Notebook) -> Notebook {
    let ids: Vec<IncidentId> = notebook.rows().keys().cloned().collect();
    for id in ids {
        let _ = store.load(notebook, &id);
    }
    notebook.clone()
}

/// What a store holds, and how it opened.
pub fn reopened<K: KeyValue>(kv: K) -> (Notebook, Opened<K>) {
    let mut opened = open(kv, Access::Writer).unwrap();
    let rows = opened.notebook.rows().clone();
    let whole = contents(&mut opened.store, &mut opened.notebook);
    if opened.store.set_aside().is_empty() {
        let made: BTreeMap<_, _> = whole
            .loaded()
            .map(|incident| (incident.id.clone(), firsthour::notebook::Row::of(incident)))
            .collect();
        for (id, row) in rows {
            assert_eq!(*row, made[&id], "a stored row differs from its incident's");
        }
    }
    (whole, opened)
}
