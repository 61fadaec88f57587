//! What must hold for every edit: taking it back restores the notebook, a refusal changes nothing, and what is
//! stored of it reads back as the same edit.

// Helpers of a test may state what they expect as bluntly as the tests do.
#![allow(clippy::unwrap_used)]

#[path = "support/acts.rs"]
mod support;

use firsthour::model::chain::{self, Scope};
use firsthour::model::{
    Activity, CopyId, CustodyEvent, EvidenceField, EvidenceItem, Handling, Incident, IncidentField,
    IncidentId, PriorityOverride, StepField, StepId,
};
use firsthour::notebook::custody::standing;
use firsthour::notebook::{Act, Edit, History, Notebook, Preparation, Put, Refusal, Why, acts};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use support::{any_act, any_incident, edit, evidence, evidence_id, incident, incident_id, notebook, time};

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

/// What the logs say was done with every evidence item: the only state that stands in them.
fn custody(notebook: &Notebook) -> Vec<Vec<CustodyEvent>> {
    let of = |incident: &Arc<Incident>| {
        let items = incident.evidence.keys();
        let events = items.flat_map(|item| standing(&incident.activity, item));
        events.map(|(_, event)| event.clone()).collect()
    };
    notebook.loaded().map(of).collect()
}

/// Everything that taking back brings back.
fn state(notebook: &Notebook) -> (Vec<Incident>, Arc<Preparation>, Vec<Vec<CustodyEvent>>) {
    (without_logs(notebook), notebook.preparation().clone(), custody(notebook))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn taking_back_everything_restores_the_notebook(acts in proptest::collection::vec(any_act(), 1..25)) {
        let mut notebook = notebook();
        let mut history = History::default();
        let mut states = vec![state(&notebook)];
        for (minute, act) in acts.into_iter().enumerate() {
            let before = notebook.clone();
            match notebook.apply(edit(u32::try_from(minute).unwrap(), act)) {
                Ok(change) => {
                    history.record(change);
                    states.push(state(&notebook));
                }
                Err(_) => prop_assert_eq!(&notebook, &before, "a refusal changed something"),
            }
        }
        for expected in states.iter().rev().skip(1) {
            history.undo(&mut notebook, time(90), "ann".into()).unwrap().unwrap();
            prop_assert_eq!(&state(&notebook), expected);
        }
        prop_assert!(history.undo(&mut notebook, time(91), "ann".into()).unwrap().is_none());
        for expected in states.iter().skip(1) {
            history.redo(&mut notebook, time(92), "ann".into()).unwrap().unwrap();
            prop_assert_eq!(&state(&notebook), expected);
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

#[test]
fn evidence_and_custody_are_stored_as_the_format_says() {
    let item = EvidenceItem { label: "E-01".into(), size: Some(3), ..evidence(0, "disk.E01") };
    let (incident, id) = (incident_id(0), item.id.clone());
    let event = |handling| CustodyEvent { at: time(0), by: "ann".into(), handling, why: "why".into() };
    let handed = event(Handling::HandedOver { to: "bob".into(), kept_at: String::new() });
    let at = time(0).text().to_owned();
    let documented = serde_json::json!([
        { "addEvidence": [incident, { "id": id, "label": "E-01", "name": "disk.E01", "kind": "diskImage", "size": 3 }] },
        { "setEvidence": [incident, id, { "takenFrom": null }] },
        { "custody": [incident, id, { "at": at, "by": "ann", "handling": { "handedOver": { "to": "bob" } }, "why": "why" }] },
        { "custody": [incident, id, { "at": at, "by": "ann", "handling": "examined", "why": "why" }] },
        { "withdrawCustody": [incident, id, { "at": at, "by": "ann", "handling": "destroyed", "why": "why" }, "typo"] },
    ]);
    let acts = vec![
        Act::AddEvidence(incident.clone(), Arc::new(item)),
        Act::SetEvidence(incident.clone(), id.clone(), EvidenceField::TakenFrom(None)),
        Act::Custody(incident.clone(), id.clone(), handed),
        Act::Custody(incident.clone(), id.clone(), event(Handling::Examined)),
        Act::WithdrawCustody(incident, id, event(Handling::Destroyed), "typo".into()),
    ];
    assert_eq!(serde_json::to_value(&acts).unwrap(), documented);
    assert_eq!(serde_json::from_value::<Vec<Act>>(documented).unwrap(), acts);
}

#[test]
fn a_custody_event_that_says_too_little_is_refused() {
    let mut notebook = notebook();
    let mut refused = |handling, by: &str, why: &str| {
        let event = CustodyEvent { at: time(1), by: by.into(), handling, why: why.into() };
        let act = Act::Custody(incident_id(0), evidence_id(0), event);
        notebook.apply(edit(1, act)).unwrap_err()
    };
    let to = |to: &str| Handling::HandedOver { to: to.into(), kept_at: String::new() };
    assert_eq!(refused(to("bob"), "ann", " "), Refusal::ReasonMissing);
    assert_eq!(refused(to("bob"), "", "why"), Refusal::Empty);
    assert_eq!(refused(to(" "), "ann", "why"), Refusal::Empty);
    assert_eq!(refused(Handling::Destroyed, "ann", ""), Refusal::ReasonMissing);
    let check = Handling::HashChecked { sha256: "ABC".into(), expected: String::new() };
    assert_eq!(refused(check, "ann", ""), Refusal::NotAHash { digits: 64 });
}
