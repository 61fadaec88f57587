//! What must hold for every edit: taking it back restores the notebook, a refusal changes nothing, and what is
//! stored of it reads back as the same edit.

// Helpers of a test may state what they expect as bluntly as the tests do.
#![allow(clippy::unwrap_used)]

use firsthour::model::activity::Cause;
use firsthour::model::chain::{self, Scope};
use firsthour::model::entity::{Facts, Ip};
use firsthour::model::taxonomy::{AlertStatus, Classification, Severity, Status, Verdict};
use firsthour::model::{
    Activity, Alert, AlertField, AlertId, CopyId, Entity, EntityField, EntityId, Extra, Extras, Incident,
    IncidentField, IncidentId, Mark, Marked, Note, NoteField, NoteId, OwnStep, Phase, PlaybookId,
    PriorityOverride, StepField, StepId, StepPlace, Time,
};
use firsthour::notebook::{Act, Edit, History, Notebook, Put, Refusal, Why, acts};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

fn time(minute: u32) -> Time {
    Time::from_millis(1_800_000_000_000 + i64::from(minute) * 60_000)
}

fn edit(minute: u32, act: Act) -> Edit {
    Edit { at: time(minute), by: "ann".into(), act, cause: Cause::Done }
}

fn incident_id(number: u8) -> IncidentId {
    IncidentId::derived(&["incident", &number.to_string()])
}

fn alert_id(number: u8) -> AlertId {
    AlertId::derived(&["alert", &number.to_string()])
}

fn entity(number: u8) -> Entity {
    let address = format!("192.0.2.{number}");
    Entity::new(
        EntityId::derived(&["ip", &address]),
        Facts::Ip(Ip { address: Some(address), ..Ip::default() }),
    )
}

fn incident(number: u8) -> Incident {
    let mut incident = Incident::new(incident_id(number), format!("Incident {number}"), time(0));
    for number in 0..3 {
        let alert = Alert::new(alert_id(number), format!("Alert {number}"));
        incident.alerts.insert(alert.id.clone(), alert);
        let entity = entity(number);
        incident.entities.insert(entity.id.clone(), entity);
    }
    incident
}

fn notebook() -> Notebook {
    let mut notebook = Notebook::default();
    let incidents = (0..2).map(|number| (incident_id(number), Some(Arc::new(incident(number))))).collect();
    notebook.apply(edit(0, Act::Put(Put { why: Why::Created, incidents, preparation: None }))).unwrap();
    notebook
}

/// Ids that exist and, now and then, one that does not.
fn any_incident() -> impl Strategy<Value = IncidentId> {
    (0u8..3).prop_map(incident_id)
}

fn any_incident_field() -> impl Strategy<Value = IncidentField> {
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

fn any_step_field() -> impl Strategy<Value = StepField> {
    prop_oneof![
        proptest::option::of(prop_oneof![Just(Mark::Done), "[a-z]{0,3}".prop_map(Mark::Skipped)]).prop_map(
            |mark| { StepField::Marked(mark.map(|mark| Marked { mark, by: "ann".into(), at: time(1) })) }
        ),
        "[a-z]{0,5}".prop_map(StepField::Outcome),
        proptest::option::of(0u32..9).prop_map(|minute| StepField::Due(minute.map(time))),
        (0u8..3).prop_map(|number| StepField::Entities([entity(number).id].into())),
    ]
}

fn any_step() -> impl Strategy<Value = (StepId, StepPlace)> {
    prop_oneof![
        Just((StepId::try_from("tri-01").unwrap(), StepPlace { phase: Phase::Triage, scenario: None })),
        Just((
            StepId::try_from("phishing-01").unwrap(),
            StepPlace { phase: Phase::Analysis, scenario: Some(PlaybookId::try_from("phishing").unwrap()) }
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
        },
    )
}

fn any_act() -> impl Strategy<Value = Act> {
    let id = any_incident;
    let own = || StepId::try_from("own-1").unwrap();
    let scenario = || {
        (0u8..3).prop_map(|n| PlaybookId::try_from(["phishing", "malware", "spray"][usize::from(n)]).unwrap())
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

/// What a person does with a notebook over the days.
#[derive(Debug, Clone)]
enum Doing {
    Act(Act),
    Undo,
    Redo,
    Delete(IncidentId),
    /// Takes a backup, or puts an earlier one in place, with everything or with what is missing.
    Backup,
    Restore(prop::sample::Index, bool),
}

fn any_doing() -> impl Strategy<Value = Doing> {
    prop_oneof![
        6 => any_act().prop_map(Doing::Act),
        3 => Just(Doing::Undo),
        1 => Just(Doing::Redo),
        2 => any_incident().prop_map(Doing::Delete),
        2 => Just(Doing::Backup),
        2 => (any::<prop::sample::Index>(), any::<bool>()).prop_map(|(which, all)| Doing::Restore(which, all)),
    ]
}

/// The act that puts a backup in place.
fn restoring(backup: &Notebook, now: &Notebook, all: bool) -> Act {
    let wanted = backup.loaded().filter(|incident| all || now.incident(&incident.id).is_none());
    let incidents = wanted.map(|incident| (incident.id.clone(), Some(Arc::clone(incident)))).collect();
    Act::Put(Put { why: Why::Restored, incidents, preparation: None })
}

/// Every log of the notebook with whose it is.
fn logs(notebook: &Notebook) -> Vec<(Scope<'_>, &[Activity])> {
    let incidents = notebook.loaded().map(|it| (Scope::Incident(&it.id), it.activity.as_slice()));
    incidents.chain([(Scope::Notebook, notebook.preparation().log.as_slice())]).collect()
}

/// The hashes of every chain in a notebook, by log and copy.
fn chains(notebook: &Notebook) -> BTreeMap<(String, CopyId), Vec<String>> {
    let mut chains: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for (scope, log) in logs(notebook) {
        for link in log.iter().filter_map(|entry| entry.chain.as_ref()) {
            chains.entry((scope.to_string(), link.copy.clone())).or_default().push(link.hash.to_string());
        }
    }
    chains
}

/// The notebook without its logs: they only ever grow, also when something is taken back.
fn without_logs(notebook: &Notebook) -> Vec<Incident> {
    notebook.loaded().map(|incident| Incident { activity: Vec::new(), ..Incident::clone(incident) }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn taking_back_everything_restores_the_notebook(acts in proptest::collection::vec(any_act(), 1..25)) {
        let mut notebook = notebook();
        let start = (without_logs(&notebook), notebook.preparation().clone());
        let mut history = History::default();
        let mut states = vec![start.clone()];
        for (minute, act) in acts.into_iter().enumerate() {
            let before = notebook.clone();
            match notebook.apply(edit(u32::try_from(minute).unwrap(), act)) {
                Ok(change) => {
                    history.record(change);
                    states.push((without_logs(&notebook), notebook.preparation().clone()));
                }
                Err(_) => prop_assert_eq!(&notebook, &before, "a refusal changed something"),
            }
        }
        for expected in states.iter().rev().skip(1) {
            history.undo(&mut notebook, time(90), "ann".into()).unwrap().unwrap();
            prop_assert_eq!(&(without_logs(&notebook), notebook.preparation().clone()), expected);
        }
        prop_assert!(history.undo(&mut notebook, time(91), "ann".into()).unwrap().is_none());
        for expected in states.iter().skip(1) {
            history.redo(&mut notebook, time(92), "ann".into()).unwrap().unwrap();
            prop_assert_eq!(&(without_logs(&notebook), notebook.preparation().clone()), expected);
        }
    }

    #[test]
    fn every_chain_holds_whatever_is_done_and_no_chain_is_ever_continued_in_two_ways(
        doings in proptest::collection::vec(any_doing(), 1..25)
    ) {
        let mut notebook = Notebook::default();
        let mut history = History::default();
        notebook.apply(edit(0, Act::BeginCopy(CopyId::derived(&["here"])))).unwrap();
        for number in 0..2 {
            notebook.apply(edit(0, acts::put(Why::Created, incident(number)))).unwrap();
        }
        let mut backups = vec![notebook.clone()];
        let mut longest = chains(&notebook);
        for (minute, doing) in doings.into_iter().enumerate() {
            let minute = u32::try_from(minute).unwrap();
            let act = match doing {
                Doing::Act(act) => Some(act),
                Doing::Delete(id) => Some(acts::delete([id])),
                Doing::Restore(which, all) => Some(restoring(which.get(&backups), &notebook, all)),
                Doing::Backup => { backups.push(notebook.clone()); None }
                Doing::Undo => { let _ = history.undo(&mut notebook, time(minute), "ann".into()); None }
                Doing::Redo => { let _ = history.redo(&mut notebook, time(minute), "ann".into()); None }
            };
            if let Some(change) = act.and_then(|act| notebook.apply(edit(minute, act)).ok()) {
                history.record(change);
            }
            for (scope, log) in logs(&notebook) {
                let verified = chain::verify(log, scope);
                prop_assert!(verified.faults.is_empty() && verified.before == 0, "{scope}: {verified:?}");
            }
            for (chain, hashes) in chains(&notebook) {
                let known = longest.entry(chain).or_default();
                let shorter = known.len().min(hashes.len());
                prop_assert_eq!(&known[..shorter], &hashes[..shorter], "a chain went on in two ways");
                if hashes.len() > known.len() {
                    *known = hashes;
                }
            }
        }
    }

    #[test]
    fn an_edit_reads_back_from_json_as_itself_and_does_the_same(acts in proptest::collection::vec(any_act(), 1..10)) {
        let (mut first, mut second) = (notebook(), notebook());
        for (minute, act) in acts.into_iter().enumerate() {
            let edit = edit(u32::try_from(minute).unwrap(), act);
            let json = serde_json::to_string(&edit).unwrap();
            let read: Edit = serde_json::from_str(&json).unwrap();
            prop_assert_eq!(&read, &edit);
            prop_assert_eq!(first.apply(edit), second.apply(read));
        }
        prop_assert_eq!(first, second);
    }

    #[test]
    fn the_log_only_grows_and_rows_follow(acts in proptest::collection::vec(any_act(), 1..20)) {
        let mut notebook = notebook();
        for (minute, act) in acts.into_iter().enumerate() {
            let before = notebook.clone();
            if let Ok(change) = notebook.apply(edit(u32::try_from(minute).unwrap(), act)) {
                for id in &change.touched {
                    if let (Some(old), Some(new)) = (before.incident(id), notebook.incident(id)) {
                        let imported = matches!(&change.edit.act, Act::Put(_) | Act::All(_));
                        prop_assert!(imported || new.activity.starts_with(&old.activity));
                    }
                    let row = notebook.incident(id).map(|incident| firsthour::notebook::Row::of(incident));
                    prop_assert_eq!(notebook.row(id).map(|row| (**row).clone()), row);
                }
            }
        }
    }
}

#[test]
fn a_refusal_names_the_reason_and_the_next_step() {
    let mut notebook = notebook();
    let id = incident_id(0);
    let refused = |notebook: &mut Notebook, act| notebook.apply(edit(1, act)).unwrap_err();
    let name = Act::SetIncident(id.clone(), IncidentField::Name("  ".into()));
    assert_eq!(refused(&mut notebook, name), Refusal::Empty);
    let long = Act::Comment(id.clone(), "x".repeat(30_001));
    assert_eq!(refused(&mut notebook, long), Refusal::TooLong { limit: 30_000, length: 30_001 });
    let own = IncidentField::Priority(Some(PriorityOverride { value: 101, reason: "x".into() }));
    assert_eq!(refused(&mut notebook, Act::SetIncident(id, own)), Refusal::PriorityOutOfRange(101));
    let gone = Act::Comment(incident_id(9), "x".into());
    assert!(refused(&mut notebook, gone).to_string().contains("go back to the list"));
}

#[test]
fn a_comment_may_be_exactly_as_long_as_the_portal_takes() {
    let mut notebook = notebook();
    assert!(notebook.apply(edit(1, Act::Comment(incident_id(0), "é".repeat(30_000)))).is_ok());
}

#[test]
fn an_edit_of_several_acts_that_fails_halfway_changes_nothing() {
    let mut notebook = notebook();
    let before = notebook.clone();
    let acts = vec![
        Act::Comment(incident_id(0), "first".into()),
        Act::SetPreparation(StepId::try_from("pre-01").unwrap(), StepField::Outcome("x".into())),
        Act::Comment(incident_id(9), "second".into()),
    ];
    assert!(notebook.apply(edit(1, Act::All(acts))).is_err());
    assert_eq!(notebook, before);
}
