//! Two notebooks become one: whoever merges whom, nothing is lost, doing it again changes nothing, and a conflict is
//! listed exactly where both sides changed the same thing apart from each other.

// Helpers of a test may state what they expect as bluntly as the tests do.
#![allow(clippy::unwrap_used)]

#[path = "support/acts.rs"]
mod support;

use firsthour::model::activity::Cause;
use firsthour::model::chain::{self, Fault, Scope};
use firsthour::model::conflict::REMOVED;
use firsthour::model::taxonomy::{AlertStatus, Severity, Verdict};
use firsthour::model::{
    Activity, AlertField, CopyId, EntityField, Extra, Extras, Incident, IncidentField, Note, NoteField,
    NoteId, Origin, What,
};
use firsthour::notebook::merge::join::{Joined, join};
use firsthour::notebook::merge::{Outcome, notebooks};
use firsthour::notebook::{Act, Edit, History, Notebook, Put, Refusal, Why, acts};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;
use support::{alert_id, any_act, edit, entity, incident, incident_id, notebook, time};

/// A notebook that writes chains of its own.
fn begun(copy: &str) -> Notebook {
    let mut notebook = notebook();
    does(&mut notebook, copy, 0, Act::BeginCopy(CopyId::derived(&[copy])));
    notebook
}

/// What is wrong with any log of the notebook.
fn faults(notebook: &Notebook) -> Vec<Fault> {
    let own = chain::verify(&notebook.preparation().log, Scope::Notebook).faults;
    notebook.loaded().flat_map(|incident| chain::verify_incident(incident).faults).chain(own).collect()
}

/// Does what can be done of these, at times that go up by themselves or are as odd as clocks can be.
fn work(notebook: &mut Notebook, who: &str, acts: Vec<(u32, Act)>) {
    for (at, act) in acts {
        // What is refused is refused, here as on the page.
        let _ = notebook.apply(Edit { at: time(at), by: who.into(), act, cause: Cause::Done });
    }
}

fn first(notebook: &Notebook) -> Incident {
    notebook.incident(&incident_id(0)).map(|incident| Incident::clone(incident)).unwrap()
}

/// Whether an act only edits, so that the log tells of it, and tells of what.
fn tells(act: &Act) -> bool {
    match act {
        Act::Put(_) => false,
        Act::All(acts) => acts.iter().all(tells),
        _ => true,
    }
}

fn any_work() -> impl Strategy<Value = Vec<(u32, Act)>> {
    proptest::collection::vec((0u32..40, any_act()), 0..12)
}

fn any_edits() -> impl Strategy<Value = Vec<Act>> {
    proptest::collection::vec(any_act().prop_filter("edits only", tells), 0..10)
}

/// As a clock that goes right would date them: this person's edits at every third minute from here.
fn in_order(start: u32, acts: Vec<Act>) -> Vec<(u32, Act)> {
    (0u32..).zip(acts).map(|(n, act)| (start + 3 * n, act)).collect()
}

fn same_both_ways(one: &Incident, other: &Incident) -> Result<Joined, TestCaseError> {
    let both = join(one, other);
    let turned = join(other, one);
    prop_assert_eq!(&both.incident, &turned.incident, "the other way round is another incident");
    prop_assert_eq!(&both.disputes, &turned.disputes);
    for copy in [one, other] {
        let again = join(&both.incident, copy);
        prop_assert_eq!(&again.incident, &both.incident, "once more changes something");
        prop_assert!(again.disputes.is_empty(), "{:?}", again.disputes);
        prop_assert!(again.taken.is_empty(), "{:?}", again.taken);
    }
    let itself = join(&both.incident, &both.incident);
    prop_assert_eq!(&itself.incident, &both.incident);
    Ok(both)
}

/// Every entry of the log stands in the other, and in the same order.
fn is_within(log: &[Activity], whole: &[Activity]) -> bool {
    let mut rest = whole.iter();
    log.iter().all(|entry| rest.any(|other| other == entry))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn joining_is_the_same_either_way_round_and_once_is_enough(
        shared in any_work(), one in any_work(), other in any_work(),
    ) {
        let mut start = begun("ann");
        work(&mut start, "ann", shared);
        // The one goes on with the notebook they began with, the other with a copy of it.
        let [mut ann, mut bob] = [start.clone(), start.clone()];
        does(&mut bob, "bob", 40, Act::BeginCopy(CopyId::derived(&["bob"])));
        work(&mut ann, "ann", one);
        work(&mut bob, "bob", other);
        for id in [incident_id(0), incident_id(1)] {
            let (Some(mine), Some(theirs)) = (ann.incident(&id), bob.incident(&id)) else { continue };
            prop_assert_eq!(&join(mine, mine).incident, &**mine);
            let both = same_both_ways(mine, theirs)?;
            for copy in [mine, theirs] {
                prop_assert!(is_within(&copy.activity, &both.incident.activity), "an entry of a log is gone");
            }
            // What stands in no chain is covered by the next entry that does: the one that says it was merged.
            let mut merged = both.incident.clone();
            let next = Activity::new(time(50), "cleo", What::Comment("merged".into()), Cause::Done);
            chain::append(&mut merged.activity, Scope::Incident(&id), &CopyId::derived(&["cleo"]), next);
            let verified = chain::verify_incident(&merged);
            prop_assert!(verified.faults.is_empty(), "{:?}", verified.faults);
            for dispute in &both.disputes {
                let conflict = &dispute.conflict;
                prop_assert_ne!(&conflict.kept.value, &conflict.other.value);
            }
        }
    }

    #[test]
    fn where_only_one_side_changed_it_simply_goes_on(shared in any_work(), acts in any_work()) {
        let mut start = notebook();
        work(&mut start, "ann", shared);
        let mut bob = start.clone();
        work(&mut bob, "bob", acts);
        for id in [incident_id(0), incident_id(1)] {
            let (Some(mine), Some(theirs)) = (start.incident(&id), bob.incident(&id)) else { continue };
            if !theirs.activity.starts_with(&mine.activity) {
                // It was deleted and imported anew: that is another incident with the same id.
                continue;
            }
            let both = same_both_ways(mine, theirs)?;
            prop_assert!(both.disputes.is_empty(), "{:?}", both.disputes);
            if !theirs.activity.iter().any(|entry| matches!(entry.what, What::Imported { .. } | What::PutBack)) {
                prop_assert_eq!(&both.incident, &**theirs);
            }
        }
    }

    #[test]
    fn three_copies_are_one_whoever_begins(
        shared in any_edits(), one in any_edits(), two in any_edits(), three in any_edits(),
    ) {
        let mut start = notebook();
        work(&mut start, "ann", in_order(1, shared));
        let [mut ann, mut bob, mut cleo] = [start.clone(), start.clone(), start.clone()];
        work(&mut ann, "ann", in_order(40, one));
        work(&mut bob, "bob", in_order(41, two));
        work(&mut cleo, "cleo", in_order(42, three));
        let [ann, bob, cleo] = [&ann, &bob, &cleo].map(first);
        let left = join(&join(&ann, &bob).incident, &cleo).incident;
        let right = join(&ann, &join(&bob, &cleo).incident).incident;
        let across = join(&join(&ann, &cleo).incident, &bob).incident;
        prop_assert_eq!(&left, &right);
        prop_assert_eq!(&left, &across);
    }

    #[test]
    fn a_merge_is_one_edit_that_is_undone_and_redone(one in any_work(), other in any_work()) {
        let [mut ann, mut bob] = [begun("ann"), begun("bob")];
        work(&mut ann, "ann", one);
        work(&mut bob, "bob", other);
        let before = ann.clone();
        let mut history = History::default();
        let Some(act) = merging(&ann, &bob) else { return Ok(()) };
        let change = match ann.apply(edit(60, act.clone())) {
            Ok(change) => change,
            Err(refusal) => {
                prop_assert_eq!(refusal, Refusal::NothingToDo);
                prop_assert_eq!(&ann, &before);
                return Ok(());
            }
        };
        history.record(change);
        let merged = ann.clone();
        prop_assert_eq!(faults(&merged), Vec::new());
        let again = merging(&ann, &bob).map(|act| ann.apply(edit(61, act)));
        prop_assert!(matches!(again, None | Some(Err(Refusal::NothingToDo))), "{again:?}");
        history.undo(&mut ann, time(62), "ann".into()).unwrap().unwrap();
        prop_assert_eq!(without_logs(&ann), without_logs(&before));
        prop_assert_eq!(&ann.preparation().steps, &before.preparation().steps);
        prop_assert_eq!(faults(&ann), Vec::new());
        for incident in before.loaded() {
            let log = &ann.incident(&incident.id).unwrap().activity;
            prop_assert!(is_within(&incident.activity, log), "taking a merge back lost an entry");
        }
        // What was taken back can be merged again, unless all that it brought were entries that have stayed.
        let mut twice = ann.clone();
        let again = twice.apply(edit(63, act));
        prop_assert!(matches!(again, Ok(_) | Err(Refusal::NothingToDo)), "{again:?}");
        prop_assert_eq!(without_logs(&twice), without_logs(&merged));
        prop_assert_eq!(faults(&twice), Vec::new());
        history.redo(&mut ann, time(64), "ann".into()).unwrap().unwrap();
        prop_assert_eq!(without_logs(&ann), without_logs(&merged));
        prop_assert_eq!(faults(&ann), Vec::new());
        for incident in merged.loaded() {
            let log = &ann.incident(&incident.id).unwrap().activity;
            prop_assert!(is_within(&incident.activity, log), "doing a merge again lost an entry");
        }
    }

    #[test]
    fn two_who_exchange_files_have_the_same_and_are_done(one in any_work(), other in any_work()) {
        let [mut ann, mut bob] = [begun("ann"), begun("bob")];
        work(&mut ann, "ann", one);
        work(&mut bob, "bob", other);
        let (from_bob, from_ann) = (merging(&ann, &bob), merging(&bob, &ann));
        for (notebook, act) in [(&mut ann, from_bob), (&mut bob, from_ann)] {
            if let Some(act) = act {
                let _ = notebook.apply(edit(60, act));
            }
        }
        prop_assert_eq!(without_logs(&ann), without_logs(&bob));
        prop_assert_eq!(&ann.preparation().steps, &bob.preparation().steps);
        prop_assert!(merging(&ann, &bob).is_none());
        prop_assert!(merging(&bob, &ann).is_none());
        prop_assert_eq!(faults(&ann), Vec::new());
    }
}

/// The act that merges everything of the other notebook, if there is anything to merge.
fn merging(mine: &Notebook, theirs: &Notebook) -> Option<Act> {
    let incidents: Vec<Incident> = theirs.loaded().map(|incident| Incident::clone(incident)).collect();
    let names = notebooks::names_here(mine, &incidents);
    let plan = notebooks::plan_merge(mine, names.into_iter().zip(incidents).collect());
    let news = plan.items.iter().filter(|item| item.outcome != Outcome::Unchanged);
    let both = notebooks::merged_preparation(mine.preparation(), theirs.preparation());
    let brings_steps = both.is_some_and(|both| both.steps != mine.preparation().steps);
    let items: Vec<_> = news.map(|item| (item, BTreeSet::new())).collect();
    let preparation = (brings_steps || !items.is_empty()).then(|| theirs.preparation().clone());
    notebooks::act("bob.json", items, preparation)
}

fn without_logs(notebook: &Notebook) -> Vec<Incident> {
    notebook.loaded().map(|incident| Incident { activity: Vec::new(), ..Incident::clone(incident) }).collect()
}

/// Two notebooks that began as one.
fn pair() -> [Notebook; 2] {
    [notebook(), notebook()]
}

fn does(notebook: &mut Notebook, who: &str, at: u32, act: Act) {
    notebook.apply(Edit { at: time(at), by: who.into(), act, cause: Cause::Done }).unwrap();
}

fn set(field: IncidentField) -> Act {
    Act::SetIncident(incident_id(0), field)
}

#[test]
fn a_field_that_both_changed_is_listed_with_both_values_who_and_when() {
    let [mut ann, mut bob] = pair();
    does(&mut ann, "ann", 10, set(IncidentField::Severity(Severity::High)));
    does(&mut bob, "bob", 20, set(IncidentField::Severity(Severity::Low)));
    does(&mut bob, "bob", 21, set(IncidentField::Assignee(Some("bob".into()))));
    let both = join(&first(&ann), &first(&bob));
    assert_eq!(both.incident.severity, Severity::Low, "the later one shows");
    assert_eq!(both.incident.assignee.as_deref(), Some("bob"));
    let [dispute] = both.disputes.as_slice() else { panic!("{:?}", both.disputes) };
    let (kept, other) = (&dispute.conflict.kept, &dispute.conflict.other);
    assert_eq!((&*kept.value, &*kept.by, kept.at.as_ref()), ("low", "bob", Some(&time(20))));
    assert_eq!((&*other.value, &*other.by, other.at.as_ref()), ("high", "ann", Some(&time(10))));
    assert_eq!(dispute.instead, Some(set(IncidentField::Severity(Severity::High))));

    // The merge logs it, so that it can be read later.
    let act = merging(&ann, &bob).unwrap();
    does(&mut ann, "ann", 30, act);
    let log = first(&ann).activity;
    let Some(Activity { what: What::Merged { source, conflicts, unlisted: 0, .. }, .. }) = log.last() else {
        panic!("{log:?}")
    };
    assert_eq!((source.as_str(), conflicts.as_slice()), ("bob.json", &[dispute.conflict.clone()][..]));
}

#[test]
fn the_other_value_can_be_chosen_and_stays_chosen() {
    let [mut ann, mut bob] = pair();
    does(&mut ann, "ann", 10, set(IncidentField::Severity(Severity::High)));
    does(&mut bob, "bob", 20, set(IncidentField::Severity(Severity::Low)));
    let plan = notebooks::plan_merge(&ann, vec![(incident_id(0), first(&bob))]);
    let act = notebooks::act("bob.json", plan.items.iter().map(|item| (item, BTreeSet::from([0]))), None);
    does(&mut ann, "ann", 30, act.unwrap());
    assert_eq!(first(&ann).severity, Severity::High);
    assert!(merging(&ann, &bob).is_none(), "what was decided is decided");
    // Bob learns of the decision without a conflict.
    let both = join(&first(&bob), &first(&ann));
    assert_eq!((both.incident.severity, both.disputes.len()), (Severity::High, 0));
}

#[test]
fn a_change_that_was_made_after_seeing_the_other_wins_whatever_the_clock_says() {
    let [mut ann, mut bob] = pair();
    does(&mut ann, "ann", 50, set(IncidentField::Severity(Severity::High)));
    let act = merging(&bob, &ann).unwrap();
    does(&mut bob, "bob", 51, act);
    does(&mut bob, "bob", 5, set(IncidentField::Severity(Severity::Low)));
    let both = join(&first(&ann), &first(&bob));
    assert_eq!((both.incident.severity, both.disputes.len()), (Severity::Low, 0));
}

#[test]
fn tags_that_either_added_stay_and_a_tag_that_one_removed_goes() {
    let [mut ann, mut bob] = pair();
    let tags = |tags: &[&str]| set(IncidentField::Tags(tags.iter().map(|tag| (*tag).to_owned()).collect()));
    does(&mut ann, "ann", 1, tags(&["old", "both"]));
    let act = merging(&bob, &ann).unwrap();
    does(&mut bob, "bob", 2, act);
    does(&mut ann, "ann", 10, tags(&["both", "ann"]));
    does(&mut bob, "bob", 11, tags(&["old", "both", "bob"]));
    let both = join(&first(&ann), &first(&bob));
    let tags: Vec<&str> = both.incident.tags.iter().map(String::as_str).collect();
    assert_eq!((tags, both.disputes.len()), (vec!["ann", "bob", "both"], 0));
}

#[test]
fn what_one_removed_stays_removed_unless_the_other_went_on_with_it() {
    let [mut ann, mut bob] = pair();
    let verdict = |number: u8| {
        let field = EntityField::Verdict(Verdict::Malicious);
        Act::SetEntities(incident_id(0), vec![(entity(number).id, field)])
    };
    does(&mut ann, "ann", 10, Act::RemoveEntity(incident_id(0), entity(0).id));
    does(&mut ann, "ann", 10, Act::RemoveEntity(incident_id(0), entity(1).id));
    does(&mut bob, "bob", 5, verdict(1));
    let both = join(&first(&ann), &first(&bob));
    let there = |number: u8| both.incident.entities.contains_key(&entity(number).id);
    assert_eq!([there(0), there(1), there(2)], [false, true, true]);
    let [dispute] = both.disputes.as_slice() else { panic!("{:?}", both.disputes) };
    assert_eq!(dispute.conflict.field, REMOVED);
    assert_eq!((&*dispute.conflict.kept.by, &*dispute.conflict.other.by), ("bob", "ann"));
    assert_eq!(dispute.instead, Some(Act::RemoveEntity(incident_id(0), entity(1).id)));
}

#[test]
fn raw_data_that_one_dropped_stays_dropped_and_what_came_since_keeps_its_own() {
    let raw = |number: u8| Extra::from_iter([("raw".to_owned(), number.into())]);
    let extras = Extras { incident: raw(7), entities: [(entity(0).id, raw(1))].into(), ..Extras::default() };
    let [mut ann, _] = pair();
    does(&mut ann, "ann", 1, Act::SetExtras(incident_id(0), Box::new(extras.clone())));
    let mut bob = ann.clone();
    does(&mut bob, "bob", 2, Act::SetExtras(incident_id(0), Box::default()));
    let mut new = entity(9);
    new.extra = raw(9);
    does(&mut ann, "ann", 3, Act::AddEntity(incident_id(0), Arc::new(new)));
    let both = join(&first(&ann), &first(&bob)).incident;
    assert_eq!(Extras::of(&both), Extras { entities: [(entity(9).id, raw(9))].into(), ..Extras::default() });
    // Who took the dropping back has seen it.
    does(&mut bob, "bob", 4, Act::SetExtras(incident_id(0), Box::new(extras.clone())));
    let both = join(&first(&ann), &first(&bob)).incident;
    assert_eq!((&both.extra, &both.entities[&entity(0).id].extra), (&extras.incident, &raw(1)));
}

#[test]
fn a_merge_that_was_taken_back_can_be_done_again_even_where_entries_without_a_chain_stayed() {
    let bob = notebook();
    let mut ann = begun("ann");
    let put = |incident| {
        let incidents = vec![(incident_id(0), incident)];
        Act::Put(Put { why: Why::Imported("file.json".into()), incidents, preparation: None })
    };
    let mut anew = incident(0);
    anew.name = "Anew".into();
    // What is deleted takes its log along, so bob's has an entry that ann's has not, and it stands in no chain.
    does(&mut ann, "ann", 1, put(None));
    does(&mut ann, "ann", 2, put(Some(Arc::new(anew))));
    let act = merging(&ann, &bob).unwrap();
    let mut history = History::default();
    history.record(ann.apply(edit(3, act.clone())).unwrap());
    let merged = without_logs(&ann);
    history.undo(&mut ann, time(4), "ann".into()).unwrap().unwrap();
    assert_ne!(without_logs(&ann), merged);
    does(&mut ann, "ann", 5, act.clone());
    assert_eq!(without_logs(&ann), merged);
    assert_eq!(ann.apply(edit(6, act)).map(drop), Err(Refusal::NothingToDo));
    assert_eq!(faults(&ann), Vec::new());
}

#[test]
fn alerts_that_each_set_apart_stay_set_however_many_the_log_counts_at_once() {
    let [mut ann, mut bob] = pair();
    let resolve = |numbers: &[u8]| {
        let field = |number: &u8| (alert_id(*number), AlertField::Status(AlertStatus::Resolved));
        Act::SetAlerts(incident_id(0), numbers.iter().map(field).collect())
    };
    does(&mut ann, "ann", 1, resolve(&[1]));
    // The log says of these that there were two of them, and not which.
    does(&mut bob, "bob", 2, resolve(&[0, 2]));
    let both = same_both_ways(&first(&ann), &first(&bob)).unwrap();
    let all =
        |incident: &Incident| incident.alerts.values().all(|alert| alert.status == AlertStatus::Resolved);
    assert!(all(&both.incident));
    // As above, with two on either side.
    let [mut ann, mut bob] = pair();
    does(&mut ann, "ann", 1, resolve(&[0, 1]));
    does(&mut bob, "bob", 2, resolve(&[1, 2]));
    assert!(all(&same_both_ways(&first(&ann), &first(&bob)).unwrap().incident));
}

#[test]
fn a_note_that_both_rewrote_is_there_in_both_versions() {
    let [mut ann, mut bob] = pair();
    let id = NoteId::derived(&["note"]);
    let note =
        Note { id: id.clone(), text: "first".into(), by: "ann".into(), created: time(1), edited: time(1) };
    for notebook in [&mut ann, &mut bob] {
        does(notebook, "ann", 1, Act::AddNote(incident_id(0), note.clone()));
    }
    let write = |text: &str| Act::SetNote(incident_id(0), id.clone(), NoteField::Text(text.into()));
    does(&mut ann, "ann", 10, write("ann's"));
    does(&mut bob, "bob", 20, write("bob's"));
    let both = join(&first(&ann), &first(&bob));
    assert_eq!(both.incident.notes[&id].text, "bob's");
    let texts: BTreeSet<&str> = both.incident.notes.values().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, BTreeSet::from(["ann's", "bob's"]));
    let [dispute] = both.disputes.as_slice() else { panic!("{:?}", both.disputes) };
    assert_eq!((&*dispute.conflict.other.value, dispute.instead.as_ref()), ("ann's", None));
}

#[test]
fn a_comment_that_was_taken_back_stays_taken_back() {
    let [mut ann, mut bob] = pair();
    does(&mut ann, "ann", 1, Act::Comment(incident_id(0), "hasty".into()));
    let act = merging(&bob, &ann).unwrap();
    does(&mut bob, "bob", 2, act);
    does(&mut ann, "ann", 3, Act::Retract(incident_id(0), time(1), "ann".into(), true));
    does(&mut bob, "bob", 4, Act::Comment(incident_id(0), "seen it".into()));
    let both = join(&first(&ann), &first(&bob)).incident;
    assert!(firsthour::notebook::apply::is_retracted(&both.activity, &time(1), "ann"));
}

#[test]
fn the_same_incident_under_another_id_is_found_and_another_tenants_is_not() {
    let origin = |tenant: Option<&str>| Origin {
        system: "defender".into(),
        tenant: tenant.map(str::to_owned),
        id: "7".into(),
    };
    let with = |id: u8, tenant: Option<&str>| {
        let mut incident = support::incident(id);
        incident.origins.insert(origin(tenant));
        incident
    };
    let mut mine = Notebook::default();
    does(&mut mine, "ann", 1, acts::put(Why::Created, with(0, Some("contoso"))));
    let theirs = [with(5, None), with(0, Some("fabrikam"))];
    let names = notebooks::names_here(&mine, &theirs);
    assert_eq!(names[0], incident_id(0));
    assert_ne!(names[1], incident_id(0));
    let plan = notebooks::plan_merge(&mine, names.iter().cloned().zip(theirs.clone()).collect());
    assert_eq!(plan.items[1].outcome, Outcome::New);
    let act = notebooks::act("x.json", plan.items.iter().map(|item| (item, BTreeSet::new())), None).unwrap();
    does(&mut mine, "ann", 2, act);
    assert_eq!(mine.rows().len(), 2);
    let again = notebooks::names_here(&mine, &theirs[1..]);
    assert_eq!(again, names[1..], "it is found again under the id it was given");
}

#[test]
fn the_chains_of_a_copy_that_knew_the_incident_by_another_id_still_fit() {
    let [mut ann, mut bob] = [begun("ann"), begun("bob")];
    for (notebook, who, number) in [(&mut ann, "ann", 7), (&mut bob, "bob", 8)] {
        let mut incident = support::incident(number);
        incident.origins.insert(Origin { system: "defender".into(), tenant: None, id: "7".into() });
        does(notebook, who, 1, acts::put(Why::Created, incident));
        does(notebook, who, 2, Act::Comment(incident_id(number), format!("from {who}")));
    }
    let act = merging(&ann, &bob).unwrap();
    does(&mut ann, "ann", 3, act);
    let merged = ann.incident(&incident_id(7)).unwrap();
    assert!(ann.incident(&incident_id(8)).is_none());
    let comments = merged.activity.iter().filter(|entry| matches!(entry.what, What::Comment(_)));
    assert_eq!(comments.count(), 2);
    assert_eq!(faults(&ann), Vec::new());
    let known_as = merged.activity.iter().find_map(|entry| match &entry.what {
        What::Merged { known_as, .. } => known_as.clone(),
        _ => None,
    });
    assert_eq!(known_as, Some(incident_id(8)));
    // The id alone makes no other incident's log fit.
    let mut forged = Incident::clone(merged);
    forged.activity.retain(|entry| !matches!(entry.what, What::Merged { .. }));
    assert!(!chain::verify_incident(&forged).faults.is_empty());
}

#[test]
fn a_merge_that_is_made_meanwhile_by_another_tab_overwrites_nothing() {
    let [mut ann, mut bob] = pair();
    does(&mut bob, "bob", 10, set(IncidentField::Assignee(Some("bob".into()))));
    let act = merging(&ann, &bob).unwrap();
    // Between the preview and the decision somebody else writes.
    does(&mut ann, "ann", 11, set(IncidentField::Severity(Severity::High)));
    does(&mut ann, "ann", 12, act);
    let merged = first(&ann);
    assert_eq!((merged.severity, merged.assignee.as_deref()), (Severity::High, Some("bob")));
}

#[test]
fn what_is_stored_of_a_merge_reads_the_same_in_every_later_version() {
    let stored = [
        r#"{"merged":{"source":"bob.json"}}"#,
        concat!(
            r#"{"merged":{"source":"bob.json","known_as":"a","alerts":1,"entities":2,"conflicts":[{"subject":"incident","#,
            r#""field":"severity","kept":{"value":"low","by":"bob","at":"2026-01-01T00:00:00Z"},"other":{}}],"unlisted":3}}"#,
        ),
        r#""unmerged""#,
    ];
    for json in stored {
        let what: What = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&what).unwrap(), json);
    }
    for json in [r#"{"merged":"bob.json"}"#, r#""unmerged""#] {
        let why: Why = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_string(&why).unwrap(), json);
    }
}
