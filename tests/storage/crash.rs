//! A save that is cut off after any write, or goes wrong at any write, leaves the notebook before or after it.

use crate::sample::{contents, day, delete, edit, import, rename, reopened, tick};
use firsthour::notebook::{Act, Edit, History, Notebook};
use firsthour::storage::faulty::{Fault, FaultyStore};
use firsthour::storage::key;
use firsthour::storage::room::CAPACITY;
use firsthour::storage::{
    Access, Kept, KeyValue, KvError, MemoryStore, News, NotSaved, Progress, TabId, open, open_as,
};
use proptest::prelude::*;
use std::rc::Rc;

/// What a person does: an edit, or folding in an idle moment.
#[derive(Debug, Clone)]
enum Doing {
    Edit(Box<Edit>),
    Fold,
}

/// Does everything, and gives back the notebook's state after each, with the number of writes made by then.
fn record(doings: &[Doing]) -> (Rc<FaultyStore>, Vec<(usize, Notebook)>) {
    let kv = Rc::new(FaultyStore::default());
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    let mut states = vec![(0, Notebook::default())];
    for doing in doings {
        match doing {
            Doing::Edit(edit) => drop(opened.store.commit(&mut opened.notebook, Edit::clone(edit))),
            Doing::Fold => opened.store.fold(&opened.notebook).unwrap(),
        }
        states.push((kv.writes(), opened.notebook.clone()));
    }
    (kv, states)
}

/// After every write the store opens, without any complaint, to the state before or after the edit under way.
fn check_every_prefix(doings: &[Doing]) {
    let (kv, states) = record(doings);
    for writes in 0..=kv.writes() {
        let (found, opened) = reopened(kv.after(writes));
        let before = states.iter().rev().find(|(made, _)| *made <= writes).unwrap();
        let after = states.iter().find(|(made, _)| *made >= writes).unwrap();
        assert!(opened.report.is_clean(), "after write {writes}: {:?}", opened.report);
        assert!(found == before.1 || found == after.1, "after write {writes} it is a mixture");
    }
}

fn edits() -> Vec<Doing> {
    day().into_iter().map(|edit| Doing::Edit(Box::new(edit))).collect()
}

#[test]
fn every_prefix_of_a_working_day_opens_to_before_or_after() {
    check_every_prefix(&edits());
}

#[test]
fn every_prefix_of_a_day_with_folds_opens_to_before_or_after() {
    let mut doings = edits();
    for place in [2, 5, 5, 9, 14, 24] {
        doings.insert(place, Doing::Fold);
    }
    check_every_prefix(&doings);
}

/// Two tabs that write in turns, one of them folding in steps meanwhile: after every write the store opens without any
/// complaint, and whatever either tab was told is saved is there.
#[test]
fn every_prefix_of_what_two_tabs_write_holds_all_that_was_saved() {
    let kv = Rc::new(FaultyStore::default());
    let tab = |number| open_as(Rc::clone(&kv), Access::Writer, TabId::random([number; 5])).unwrap();
    let mut first = tab(1);
    first.store.commit(&mut first.notebook, edit(0, import(0..2))).unwrap();
    let mut second = tab(2);
    second.store.set_holder(false);
    let mut saved = vec![kv.writes()];
    let mut folding = None;
    for minute in 1..120 {
        let (tab, other) =
            if minute % 2 == 0 { (&mut first, &mut second) } else { (&mut second, &mut first) };
        if minute % 3 == 0 {
            // Otherwise both number alike, and the one takes its place before the other.
            tab.store.absorb(&mut tab.notebook, News::Anything).unwrap();
        }
        tab.store
            .commit(&mut tab.notebook, edit(minute, rename(minute % 2, &format!("name {minute}."))))
            .unwrap();
        saved.push(kv.writes());
        if minute % 20 == 0 {
            other.store.absorb(&mut other.notebook, News::Anything).unwrap();
            folding = first.store.begin_fold(&first.notebook, usize::MAX).unwrap();
        }
        if let Some(mut fold) = folding.take() {
            folding = (!first.store.step_fold(&mut fold).unwrap()).then_some(fold);
        }
    }
    for writes in 0..=kv.writes() {
        let (found, opened) = reopened(kv.after(writes));
        assert!(opened.report.is_clean(), "after write {writes}: {:?}", opened.report);
        let logged = format!("{:?}", found.loaded().map(|incident| &incident.activity).collect::<Vec<_>>());
        for minute in (1..saved.len()).filter(|minute| saved[*minute] <= writes) {
            let times = logged.matches(&format!("to: \"name {minute}.\"")).count();
            assert_eq!(times, 1, "after write {writes}: edit {minute}");
        }
    }
}

#[test]
fn every_prefix_of_an_erasure_opens_to_before_or_after() {
    let (kv, states) = record(&edits());
    let kv = Rc::new(FaultyStore::over(kv.now().clone()));
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    opened.store.erase(&mut opened.notebook).unwrap();
    assert_eq!(opened.notebook, Notebook::default());
    let left: Vec<String> = kv.now().keys().unwrap();
    assert_eq!(left, key::MANIFESTS, "more is left than what says that there is nothing");
    for writes in 0..=kv.writes() {
        let (found, opened) = reopened(kv.after(writes));
        assert!(opened.report.is_clean(), "after write {writes}: {:?}", opened.report);
        assert!(found == Notebook::default() || found == states.last().unwrap().1, "after write {writes}");
    }
    // Work goes on in the same page.
    opened.store.commit(&mut opened.notebook, edit(90, import([7]))).unwrap();
    assert_eq!(reopened(kv.now().clone()).0, opened.notebook);
}

/// Any write of any edit goes wrong in any way: the edit is refused and nothing has changed, or it is kept whole.
#[test]
fn a_fault_at_any_write_leaves_the_edit_whole_or_undone() {
    let faults = |at| {
        [
            Fault::RefuseAt(at, KvError::Quota),
            Fault::RefuseFrom(at, KvError::Quota),
            Fault::RefuseAt(at, KvError::Other("disk".into())),
            Fault::RefuseFrom(at, KvError::Other("disk".into())),
            Fault::TruncateAt(at),
            Fault::FlipAt(at),
            Fault::ForgetAt(at),
        ]
    };
    // What is large is written as a generation at once.
    let large = edit(40, import(10..20));
    let mut doings = edits();
    doings.push(Doing::Edit(Box::new(large.clone())));
    let (kv, states) = record(&doings);
    let mut tried = 0;
    for (done, now) in day().iter().chain([&large]).enumerate() {
        let start = kv.after(states[done].0);
        for at in 0..=(states[done + 1].0 - states[done].0) {
            for fault in faults(at) {
                let kv = Rc::new(FaultyStore::over(start.clone()));
                let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
                let before = contents(&mut opened.store, &mut opened.notebook);
                kv.arm(fault.clone());
                let saved = opened.store.commit(&mut opened.notebook, now.clone());
                kv.disarm();
                let (found, again) = reopened(kv.now().clone());
                let mut shown = opened.notebook.clone();
                contents(&mut opened.store, &mut shown);
                assert_eq!(
                    found, shown,
                    "edit {done}, {fault:?}: the page shows something else than is kept"
                );
                match saved {
                    Ok(_) => assert_eq!(found, states[done + 1].1, "edit {done}, {fault:?}"),
                    Err(error) => assert_eq!(found, before, "edit {done}, {fault:?}: {error}"),
                }
                assert!(again.store.set_aside().is_empty(), "edit {done}, {fault:?}");
                // A refusal for want of room was believed; here there is room after all.
                opened.store.set_capacity(CAPACITY);
                // And the next edit is kept as if nothing had been.
                opened
                    .store
                    .commit(&mut opened.notebook, edit(99, crate::sample::prepare("pre-09", "x")))
                    .unwrap();
                assert_eq!(reopened(kv.now().clone()).0, contents(&mut opened.store, &mut opened.notebook));
                tried += 1;
            }
        }
    }
    assert!(tried > 250, "{tried}");
}

/// Any write of a fold goes wrong in any way: nothing changes but where it is kept.
#[test]
fn a_fault_at_any_write_of_a_fold_changes_nothing() {
    let (kv, states) = record(&edits());
    let whole = &states.last().unwrap().1;
    let start = kv.now().clone();
    for at in 0..60 {
        for fault in
            [Fault::RefuseAt(at, KvError::Other("disk".into())), Fault::TruncateAt(at), Fault::ForgetAt(at)]
        {
            let kv = Rc::new(FaultyStore::over(start.clone()));
            let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
            kv.arm(fault.clone());
            let _ = opened.store.fold(&opened.notebook);
            kv.disarm();
            let (found, again) = reopened(kv.now().clone());
            assert_eq!((&found, again.store.set_aside().len()), (whole, 0), "{fault:?}");
            opened.store.fold(&opened.notebook).unwrap();
            let (found, again) = reopened(kv.now().clone());
            assert_eq!((&found, again.report.is_clean()), (whole, true), "{fault:?}");
        }
    }
}

#[test]
fn an_edit_after_a_restart_is_the_same_as_one_before() {
    let kv = Rc::new(MemoryStore::new());
    let mut plain = Notebook::default();
    for now in day() {
        let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
        let kept = opened.store.commit(&mut opened.notebook, now.clone()).is_ok();
        assert_eq!(kept, plain.apply(now).is_ok());
        assert_eq!(reopened(Rc::clone(&kv)).0, plain);
    }
}

#[test]
fn a_large_save_in_steps_can_be_cancelled_and_leaves_nothing() {
    let kv = Rc::new(FaultyStore::default());
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    opened.store.commit(&mut opened.notebook, edit(0, import([0]))).unwrap();
    let (before, notebook) = (kv.now().texts(), opened.notebook.clone());
    let used = opened.store.usage();
    let mut saving = opened.store.begin(&mut opened.notebook, edit(1, import(1..200))).unwrap();
    for _ in 0..100 {
        assert!(matches!(
            opened.store.step(&mut opened.notebook, &mut saving).unwrap(),
            Progress::Working { done, of } if done < of
        ));
    }
    let busy = opened.store.commit(&mut opened.notebook, edit(2, rename(0, "x")));
    assert!(matches!(busy, Err(NotSaved::Busy)));
    assert_eq!(opened.notebook, notebook, "what is not finished is not shown");
    assert_eq!(reopened(kv.now().clone()).0, notebook, "what is not finished does not count");
    opened.store.cancel(saving);
    assert_eq!(opened.notebook, notebook);
    assert_eq!(kv.now().texts(), before);
    assert_eq!(opened.store.usage(), used);
    opened.store.commit(&mut opened.notebook, edit(3, import(1..200))).unwrap();
    assert_eq!(reopened(kv.now().clone()).0.rows().len(), 200);
}

#[test]
fn undo_and_redo_go_in_by_the_same_door_and_stay_put_when_it_is_shut() {
    let kv = Rc::new(FaultyStore::default());
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    let mut history = History::default();
    for (minute, act) in [import([0]), tick(0, 1, "tri-01"), delete(0)].into_iter().enumerate() {
        history.record(opened.store.commit(&mut opened.notebook, edit(minute, act)).unwrap());
    }
    let mut kept = Kept { store: &mut opened.store, notebook: &mut opened.notebook };
    kv.arm(Fault::RefuseFrom(0, KvError::Other("disk".into())));
    assert!(history.undo(&mut kept, crate::sample::at(5), "Ann".into()).is_err());
    kv.disarm();
    assert!(matches!(history.next_undo(), Some(Act::Put(_))));
    history.undo(&mut kept, crate::sample::at(6), "Ann".into()).unwrap().unwrap();
    history.undo(&mut kept, crate::sample::at(7), "Ann".into()).unwrap().unwrap();
    history.redo(&mut kept, crate::sample::at(8), "Ann".into()).unwrap().unwrap();
    assert_eq!(reopened(kv.now().clone()).0, opened.notebook);
}

fn any_doing() -> impl Strategy<Value = Doing> {
    let number = || 0..6usize;
    let act = prop_oneof![
        3 => (number(), ".{1,30}").prop_map(|(number, name)| rename(number, &name)),
        3 => (number(), 0..60usize, 0..5usize).prop_map(|(n, minute, step)| tick(n, minute, &format!("tri-{step}"))),
        1 => (0..3usize, ".{0,9}").prop_map(|(step, text)| crate::sample::prepare(&format!("pre-{step}"), &text)),
        2 => prop::collection::btree_set(number(), 1..4).prop_map(import),
        1 => number().prop_map(delete),
        1 => (number(), number(), ".{1,9}").prop_map(|(a, b, name)| Act::All(vec![rename(a, &name), rename(b, &name)])),
    ];
    let doing = (0..90usize, act).prop_map(|(minute, act)| Doing::Edit(Box::new(edit(minute, act))));
    prop_oneof![9 => doing, 1 => Just(Doing::Fold)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_prefix_of_any_run_opens_to_before_or_after(doings in prop::collection::vec(any_doing(), 1..14)) {
        check_every_prefix(&doings);
    }

    #[test]
    fn what_was_saved_is_what_is_loaded(doings in prop::collection::vec(any_doing(), 1..40)) {
        let (kv, states) = record(&doings);
        let (found, opened) = reopened(kv.now().clone());
        prop_assert!(opened.report.is_clean());
        prop_assert_eq!(&found, &states.last().unwrap().1);
    }
}
