//! Notebooks and random acts for property tests: what people can do, also what is refused.

// Each test file uses some of it; helpers of a test state what they expect as bluntly as the tests do.
#![allow(dead_code, clippy::unwrap_used)]

use firsthour::model::activity::Cause;
use firsthour::model::entity::{Facts, Ip};
use firsthour::model::taxonomy::{AlertStatus, Classification, Severity, Status, Verdict};
use firsthour::model::{
    Alert, AlertField, AlertId, CustodyEvent, Entity, EntityField, EntityId, EventField, EventId,
    EvidenceField, EvidenceId, EvidenceItem, EvidenceKind, Extra, Extras, Fork, ForkKind, Handling, Incident,
    IncidentField, IncidentId, KeptPlaybook, KeptStep, Mark, Marked, Note, NoteField, NoteId, OwnStep, Phase,
    PlaybookId, PlaybookSource, PriorityOverride, StepField, StepId, StepPlace, Time, TimelineEvent, Within,
};
use firsthour::notebook::{Act, Edit, Notebook, Put, Why};
use proptest::prelude::*;
use std::sync::Arc;

pub fn time(minute: u32) -> Time {
    Time::from_millis(1_800_000_000_000 + i64::from(minute) * 60_000)
}

pub fn edit(minute: u32, act: Act) -> Edit {
    Edit { at: time(minute), by: "ann".into(), act, cause: Cause::Done }
}

pub fn incident_id(number: u8) -> IncidentId {
    IncidentId::derived(&["incident", &number.to_string()])
}

pub fn alert_id(number: u8) -> AlertId {
    AlertId::derived(&["alert", &number.to_string()])
}

pub fn entity(number: u8) -> Entity {
    let address = format!("192.0.2.{number}");
    Entity::new(
        EntityId::derived(&["ip", &address]),
        Facts::Ip(Ip { address: Some(address), ..Ip::default() }),
    )
}

pub fn evidence_id(number: u8) -> EvidenceId {
    EvidenceId::derived(&["evidence", &number.to_string()])
}

pub fn evidence(number: u8, name: &str) -> EvidenceItem {
    EvidenceItem::new(evidence_id(number), name, EvidenceKind::DiskImage)
}

pub fn event_id(number: u8) -> EventId {
    EventId::derived(&["event", &number.to_string()])
}

pub fn event(number: u8, message: &str) -> TimelineEvent {
    let mut event = TimelineEvent::new(event_id(number), time(number.into()), message);
    event.entities.insert(entity(number).id);
    event
}

pub fn incident(number: u8) -> Incident {
    let mut incident = Incident::new(incident_id(number), format!("Incident {number}"), time(0));
    for number in 0..3 {
        let alert = Alert::new(alert_id(number), format!("Alert {number}"));
        incident.alerts.insert(alert.id.clone(), alert);
        let entity = entity(number);
        incident.entities.insert(entity.id.clone(), entity);
    }
    let disk = evidence(0, "disk.E01");
    incident.evidence.insert(disk.id.clone(), disk);
    let call = event(0, "A call");
    incident.events.insert(call.id.clone(), call);
    incident
}

/// A playbook that is kept: a fork with a step on each of its ways. The title tells its versions apart.
pub fn kept(number: u8, title: &str) -> Arc<KeptPlaybook> {
    let id = |step: &str| StepId::try_from(format!("kept-{number}-{step}")).unwrap();
    let step = |name: &str, fork: Option<Fork>, way: Option<&str>| KeptStep {
        id: id(name),
        phase: Phase::Containment,
        title: format!("Step {name}"),
        how: String::new(),
        heading: String::new(),
        level: 0,
        fork,
        within: way.map(|way| Within { step: id("fork"), way: way.to_owned() }),
        source_id: String::new(),
        extra: Extra::new(),
    };
    let ways = ["a", "b"].map(str::to_owned).to_vec();
    let fork = Fork { kind: ForkKind::Switch, condition: "which".into(), ways };
    Arc::new(KeptPlaybook {
        id: PlaybookId::try_from(format!("kept-{number}")).unwrap(),
        title: title.to_owned(),
        summary: String::new(),
        source: PlaybookSource { format: "cacao".into(), file: "a.json".into(), ..PlaybookSource::default() },
        steps: vec![
            step("fork", Some(fork), None),
            step("one", None, Some("a")),
            step("other", None, Some("b")),
        ],
        extra: Extra::new(),
    })
}

pub fn notebook() -> Notebook {
    let mut notebook = Notebook::default();
    let incidents = (0..2).map(|number| (incident_id(number), Some(Arc::new(incident(number))))).collect();
    notebook.apply(edit(0, Act::Put(Put { why: Why::Created, incidents, preparation: None }))).unwrap();
    notebook
}

/// Ids that exist and, now and then, one that does not.
pub fn any_incident() -> impl Strategy<Value = IncidentId> {
    (0u8..3).prop_map(incident_id)
}

pub fn any_incident_field() -> impl Strategy<Value = IncidentField> {
    prop_oneof![
        "[a-z ]{0,12}".prop_map(IncidentField::Name),
        Just(IncidentField::Severity(Severity::High)),
        Just(IncidentField::Status(Status::Other("Paused".into()))),
        proptest::option::of("[a-z]{1,5}").prop_map(IncidentField::Assignee),
        proptest::collection::btree_set("[a-z]{0,3}", 0..3).prop_map(IncidentField::Tags),
        proptest::option::of(0u32..9).prop_map(|minute| IncidentField::Contained(minute.map(time))),
        (0u8..200, "[a-z]{0,3}")
            .prop_map(|(value, reason)| IncidentField::Priority(Some(PriorityOverride { value, reason }))),
    ]
}

pub fn any_step_field() -> impl Strategy<Value = StepField> {
    prop_oneof![
        proptest::option::of(prop_oneof![Just(Mark::Done), "[a-z]{0,3}".prop_map(Mark::Skipped)]).prop_map(
            |mark| { StepField::Marked(mark.map(|mark| Marked { mark, by: "ann".into(), at: time(1) })) }
        ),
        "[a-z]{0,5}".prop_map(StepField::Outcome),
        proptest::option::of("[ab]").prop_map(StepField::Way),
        proptest::option::of(0u32..9).prop_map(|minute| StepField::Due(minute.map(time))),
        (0u8..3).prop_map(|number| StepField::Entities([entity(number).id].into())),
        (0u8..3).prop_map(|number| StepField::Evidence([evidence_id(number)].into())),
    ]
}

pub fn any_evidence_field() -> impl Strategy<Value = EvidenceField> {
    prop_oneof![
        "[a-z ]{0,6}".prop_map(EvidenceField::Name),
        "[0-9]{0,3}".prop_map(EvidenceField::Label),
        Just(EvidenceField::Kind(EvidenceKind::Other("dnaSample".into()))),
        proptest::option::of(0u64..9).prop_map(EvidenceField::Size),
        "(|[0-9a-f]{64}|[0-9A-F]{3})".prop_map(EvidenceField::Sha256),
        proptest::option::of(0u8..3).prop_map(|n| EvidenceField::TakenFrom(n.map(|n| entity(n).id))),
        "[a-z]{0,5}".prop_map(EvidenceField::Note),
    ]
}

pub fn any_event_field() -> impl Strategy<Value = EventField> {
    prop_oneof![
        (0u32..9).prop_map(|minute| EventField::At(time(minute))),
        "[a-z ]{0,6}".prop_map(EventField::Message),
        "[a-z]{0,3}".prop_map(EventField::Kind),
        "[a-z]{0,3}".prop_map(EventField::Source),
        proptest::collection::btree_set((0u8..4).prop_map(|number| entity(number).id), 0..3)
            .prop_map(EventField::Entities),
    ]
}

/// Few values, so that equal events meet.
pub fn any_custody_event() -> impl Strategy<Value = CustodyEvent> {
    let handling = prop_oneof![
        Just(Handling::Collected { kept_at: "safe".into(), sha256: String::new() }),
        "(ann|bob|)".prop_map(|to| Handling::HandedOver { to, kept_at: String::new() }),
        "(lab|)".prop_map(|kept_at| Handling::Moved { kept_at }),
        Just(Handling::Copied),
        "(a|b)".prop_map(|one| Handling::HashChecked { sha256: one.repeat(64), expected: "a".repeat(64) }),
        Just(Handling::Destroyed),
    ];
    (0u32..3, "(ann|bob)", handling, "(why|)").prop_map(|(minute, by, handling, why)| CustodyEvent {
        at: time(minute),
        by,
        handling,
        why,
    })
}

pub fn any_step() -> impl Strategy<Value = (StepId, StepPlace)> {
    prop_oneof![
        Just((StepId::try_from("tri-01").unwrap(), StepPlace { phase: Phase::Triage, scenario: None })),
        Just((
            StepId::try_from("phishing-01").unwrap(),
            StepPlace { phase: Phase::Analysis, scenario: Some(PlaybookId::try_from("phishing").unwrap()) }
        )),
        (0u8..2, "(fork|one)").prop_map(|(number, name)| (
            StepId::try_from(format!("kept-{number}-{name}")).unwrap(),
            StepPlace { phase: Phase::Containment, scenario: Some(kept(number, "").id.clone()) }
        )),
        Just((StepId::try_from("own-1").unwrap(), StepPlace { phase: Phase::Recovery, scenario: None })),
    ]
}

/// Raw source data of the incident and its parts, also of parts that are not there.
fn any_extras() -> impl Strategy<Value = Extras> {
    let extra = |number: u8| Extra::from_iter([("raw".to_owned(), number.into())]);
    (any::<bool>(), proptest::option::of(0u8..4), proptest::option::of(0u8..5)).prop_map(
        move |(own, alert, part)| Extras {
            incident: if own { extra(7) } else { Extra::new() },
            alerts: alert.map(|n| (alert_id(n), extra(n))).into_iter().collect(),
            entities: part.map(|n| (entity(n).id, extra(n))).into_iter().collect(),
            events: part.map(|n| (event_id(n), extra(n))).into_iter().collect(),
        },
    )
}

/// Anything that can be done, also to what is not there.
pub fn any_act() -> impl Strategy<Value = Act> {
    let id = any_incident;
    let own = || StepId::try_from("own-1").unwrap();
    let scenario = || {
        (0u8..5).prop_map(|n| {
            let ids = ["phishing", "malware", "spray", "kept-0", "kept-1"];
            PlaybookId::try_from(ids[usize::from(n)]).unwrap()
        })
    };
    let note = NoteId::derived(&["note"]);
    let (note_a, note_b, note_c) = (note.clone(), note.clone(), note);
    let leaf = prop_oneof![
        (id(), any_incident_field()).prop_map(|(id, field)| Act::SetIncident(id, field)),
        (id(), proptest::collection::vec(0u8..4, 0..3)).prop_map(|(id, alerts)| Act::SetAlerts(
            id,
            alerts.into_iter().map(|n| (alert_id(n), AlertField::Status(AlertStatus::Resolved))).collect()
        )),
        id().prop_map(|id| Act::SetAlerts(
            id,
            vec![(alert_id(1), AlertField::Classification(Classification::TruePositive))]
        )),
        (id(), 0u8..4).prop_map(|(id, n)| Act::SetEntities(
            id,
            vec![(entity(n).id, EntityField::Verdict(Verdict::Malicious))]
        )),
        (id(), 0u8..4, proptest::option::of(0u8..4)).prop_map(|(id, n, other)| Act::SetEntities(
            id,
            vec![(entity(n).id, EntityField::SameAs(other.map(|other| entity(other).id)))]
        )),
        (id(), 0u8..4, 0u8..4).prop_map(|(id, n, other)| Act::SetEntities(
            id,
            vec![(entity(n).id, EntityField::NotSameAs([entity(other).id].into()))]
        )),
        (id(), 2u8..5).prop_map(|(id, n)| Act::AddEntity(id, Arc::new(entity(n)))),
        (id(), 0u8..5).prop_map(|(id, n)| Act::RemoveEntity(id, entity(n).id)),
        (id(), any_step(), any_step_field())
            .prop_map(|(id, (step, place), field)| Act::SetStep(id, step, place, field)),
        (id(), "[a-z]{0,4}").prop_map(move |(id, title)| Act::AddOwnStep(
            id,
            own(),
            OwnStep { phase: Phase::Recovery, title, how: String::new() }
        )),
        id().prop_map(move |id| Act::RemoveOwnStep(id, own())),
        (id(), scenario()).prop_map(|(id, playbook)| Act::AddScenario(id, playbook)),
        (id(), scenario()).prop_map(|(id, playbook)| Act::RemoveScenario(id, playbook)),
        (id(), 0u8..2, "[PQ]").prop_map(|(id, n, title)| Act::UsePlaybook(id, kept(n, &title))),
        (0u8..2, "[PQ]").prop_map(|(n, title)| Act::KeepPlaybook(kept(n, &title))),
        (0u8..2, "[a-z]{0,2}").prop_map(|(n, title)| Act::RenamePlaybook(kept(n, "").id.clone(), title)),
        (0u8..2).prop_map(|n| Act::RemovePlaybook(kept(n, "").id.clone())),
        (id(), "[a-z#\n ]{0,9}").prop_map(move |(id, text)| Act::AddNote(
            id,
            Note { id: note_a.clone(), text, by: "ann".into(), created: time(0), edited: time(0) }
        )),
        (id(), "[a-z]{0,9}").prop_map(move |(id, text)| Act::SetNote(
            id,
            note_b.clone(),
            NoteField::Text(text)
        )),
        id().prop_map(move |id| Act::RemoveNote(id, note_c.clone())),
        (id(), "[a-z]{0,9}").prop_map(|(id, text)| Act::Comment(id, text)),
        (id(), 0u32..30).prop_map(|(id, minute)| Act::Retract(id, time(minute), "ann".into(), true)),
        (id(), any_extras()).prop_map(|(id, extras)| Act::SetExtras(id, Box::new(extras))),
        (id(), 0u8..3, "[a-z]{0,4}").prop_map(|(id, n, what)| Act::AddEvent(id, Arc::new(event(n, &what)))),
        (id(), 0u8..2, any_event_field()).prop_map(|(id, n, field)| Act::SetEvent(id, event_id(n), field)),
        (id(), 0u8..3).prop_map(|(id, n)| Act::RemoveEvent(id, event_id(n))),
        (id(), 0u8..3, "[a-z]{0,4}")
            .prop_map(|(id, n, name)| Act::AddEvidence(id, Arc::new(evidence(n, &name)))),
        (id(), 0u8..2, any_evidence_field()).prop_map(|(id, n, field)| Act::SetEvidence(
            id,
            evidence_id(n),
            field
        )),
        (id(), 0u8..3).prop_map(|(id, n)| Act::RemoveEvidence(id, evidence_id(n))),
        // Twice, because it takes several to make a chain.
        (id(), 0u8..2, any_custody_event()).prop_map(|(id, n, event)| Act::Custody(
            id,
            evidence_id(n),
            event
        )),
        (id(), Just(0u8), any_custody_event()).prop_map(|(id, n, event)| Act::Custody(
            id,
            evidence_id(n),
            event
        )),
        (id(), Just(0u8), any_custody_event(), "(typo|)")
            .prop_map(|(id, n, event, why)| Act::WithdrawCustody(id, evidence_id(n), event, why)),
        (any_step(), any_step_field()).prop_map(|((step, _), field)| Act::SetPreparation(step, field)),
        (id(), any::<bool>()).prop_map(|(id, there)| {
            let with = there.then(|| {
                let mut incident = incident(7);
                incident.id = id.clone();
                Arc::new(incident)
            });
            Act::Put(Put {
                why: Why::Imported("file.json".into()),
                incidents: vec![(id, with)],
                preparation: None,
            })
        }),
    ];
    leaf.prop_recursive(2, 6, 3, |act| proptest::collection::vec(act, 0..3).prop_map(Act::All))
}
