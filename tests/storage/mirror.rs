//! The mirror: whatever moment local storage falls back to, and whichever batch the mirror confirmed last, the start
//! brings back everything that was confirmed, and leaves both sides whole and alike.

use crate::sample::{contents, day, delete, edit, import, rename, reopened, tick};
use firsthour::notebook::{Edit, Notebook};
use firsthour::storage::faulty::{FaultyStore, flipped};
use firsthour::storage::mirror::{
    Batch, Depth, Mirrored, Plan, Side, admit, agree, depth, holds_manifest, reconcile, wants,
};
use firsthour::storage::{Access, KeyValue, KvError, MemoryStore, Opened, TabId, key, open_as};
use proptest::prelude::*;
use std::rc::Rc;
use std::sync::atomic::{AtomicU8, Ordering};

// Some texts cannot be opened where a notebook is encrypted.
#[allow(clippy::unnecessary_wraps)]
fn plain(_: &str, text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Opens a notebook in a tab that has not been there before.
fn open<K: KeyValue>(kv: K, access: Access) -> Result<Opened<K>, KvError> {
    static TABS: AtomicU8 = AtomicU8::new(0);
    open_as(kv, access, TabId::random([7, 7, 7, 7, TABS.fetch_add(1, Ordering::Relaxed)]))
}

/// What a person does: an edit, folding in an idle moment, or erasing everything.
#[derive(Debug, Clone)]
enum Doing {
    Edit(Box<Edit>),
    Fold,
    Erase,
}

/// The two places where a notebook is kept.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// Local storage.
    pub local: MemoryStore,
    /// The mirror.
    pub mirror: MemoryStore,
}

fn mirrored_keys(kv: &MemoryStore) -> Vec<(String, String)> {
    let ours = |key: &String| key.starts_with(key::ROOT) && key != key::SPARE;
    kv.texts().into_iter().filter(|(key, _)| ours(key)).collect()
}

/// What the mirror is read as, where these of its texts are asked for.
fn side(mirror: &MemoryStore, keys: impl Fn(&str) -> bool, texts: impl Fn(&str) -> bool) -> Side {
    let all = mirror.texts();
    let keys = all.keys().filter(|key| keys(key)).cloned().collect();
    Side { keys, texts: all.into_iter().filter(|(key, _)| texts(key)).collect() }
}

/// The comparison that the page makes at its start.
fn compared(local: &impl KeyValue, mirror: &MemoryStore, at_least: Depth) -> Plan {
    let head = side(mirror, key::is_head, key::is_head);
    if at_least == Depth::Journal && agree(local, &head).unwrap() {
        return Plan::default();
    }
    let depth = depth(local, &head, &plain).unwrap().max(at_least);
    if depth == Depth::Journal {
        return reconcile(local, &head, depth, &plain).unwrap();
    }
    let wanted = wants(local, &head, depth, &plain).unwrap();
    reconcile(local, &side(mirror, |_| true, wanted), depth, &plain).unwrap()
}

/// Writes a batch into the mirror, in one transaction.
pub fn confirm(mirror: &MemoryStore, local: &impl KeyValue, batch: Batch) {
    let batch = if holds_manifest(&batch) {
        let manifests = side(mirror, |_| true, |key| key::MANIFESTS.contains(&key)).texts;
        admit(batch, &manifests, &mirror.keys().unwrap(), local, &plain)
    } else {
        batch
    };
    for (key, text) in batch {
        match text {
            Some(text) => mirror.set(&key, &text).unwrap(),
            None => mirror.remove(&key).unwrap(),
        }
    }
}

/// How a run of the page ends.
#[derive(Debug, Clone, Copy)]
struct End {
    /// How much of what it did the mirror has confirmed, in thousandths.
    confirmed: usize,
    /// How much of what it wrote local storage has put on disk, in thousandths.
    on_disk: usize,
    /// Whether the mirror was refused during this run, and the browser closed in good order.
    refused: bool,
}

fn share(of: usize, thousandths: usize) -> usize {
    (of * thousandths + 500) / 1000
}

/// Opens what is in both places, does all this, and ends so. Gives back the states that the notebook went through, from
/// the one that was confirmed last on; the first has to be there at the next start at least.
fn run(places: &Places, doings: &[Doing], end: End) -> (Places, Vec<Notebook>) {
    let disk = Rc::new(FaultyStore::over(places.local.clone()));
    let kv = Rc::new(Mirrored::over(Rc::clone(&disk)));
    let mut mirrors = vec![places.mirror.clone()];
    let mut mirror = places.mirror.clone();
    if !end.refused {
        let plan = compared(&kv, &mirror, Depth::Journal);
        assert_eq!(plan.fork, None);
        plan.write_local(&kv).unwrap();
        kv.take();
        confirm(&mirror, &kv, plan.mirror);
        mirrors.push(mirror.clone());
    }
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    assert!(opened.report.is_clean(), "{:?}", opened.report);
    let now = contents(&mut opened.store, &mut opened.notebook);
    let mut states = vec![now.clone(); mirrors.len()];
    for doing in doings {
        match doing {
            Doing::Edit(edit) => drop(opened.store.commit(&mut opened.notebook, Edit::clone(edit))),
            Doing::Fold => opened.store.fold(&opened.notebook).unwrap(),
            Doing::Erase => opened.store.erase(&mut opened.notebook).unwrap(),
        }
        states.push(contents(&mut opened.store, &mut opened.notebook));
        let batch = kv.take();
        if !end.refused {
            confirm(&mirror, &kv, batch);
            mirror = mirror.clone();
            mirrors.push(mirror.clone());
        }
    }
    if end.refused {
        let last = states.split_off(states.len() - 1);
        return (Places { local: disk.now().clone(), mirror: places.mirror.clone() }, last);
    }
    let confirmed = share(mirrors.len() - 1, end.confirmed);
    let local = disk.after(share(disk.writes(), end.on_disk));
    (Places { local, mirror: mirrors.swap_remove(confirmed) }, states.split_off(confirmed))
}

/// The start after a run: what was confirmed is there, and both places are whole and alike.
fn check_start(places: &Places, states: &[Notebook]) -> Notebook {
    let mut opened = check_whole(places);
    let found = contents(&mut opened.store, &mut opened.notebook);
    assert!(states.contains(&found), "what was confirmed is not there");
    found
}

/// The start after a run: both places are whole and alike. Gives back what is there.
pub fn check_whole(places: &Places) -> Opened<MemoryStore> {
    let plan = compared(&places.local, &places.mirror, Depth::Journal);
    assert_eq!(plan.fork, None);
    plan.write_local(&places.local).unwrap();
    confirm(&places.mirror, &places.local, plan.mirror.clone());
    let (found, opened) = reopened(places.local.clone());
    assert!(opened.report.is_clean(), "{:?} after {plan:?}", opened.report);
    let (copy, mirror) = reopened(places.mirror.clone());
    assert!(mirror.report.is_clean(), "the mirror: {:?}", mirror.report);
    assert!(copy == found, "the mirror holds something else");
    let again = compared(&places.local, &places.mirror, Depth::Journal);
    assert_eq!(again, Plan::default(), "a second comparison still finds something to do");
    opened
}

fn edits() -> Vec<Doing> {
    let mut doings: Vec<Doing> = day().into_iter().map(|edit| Doing::Edit(Box::new(edit))).collect();
    for place in [5, 9, 14] {
        doings.insert(place, Doing::Fold);
    }
    doings
}

/// Every confirmed batch with every write that local storage may have fallen back to.
#[test]
fn a_day_that_is_killed_anywhere_comes_back() {
    let doings = edits();
    for confirmed in 0..=25 {
        for on_disk in 0..=40 {
            let end = End { confirmed: confirmed * 40, on_disk: on_disk * 25, refused: false };
            let (places, states) = run(&Places::default(), &doings, end);
            check_start(&places, &states);
        }
    }
}

/// The start itself is killed after any of its writes, before or after the mirror took its part.
#[test]
fn a_start_that_is_killed_is_made_again() {
    let end = End { confirmed: 1000, on_disk: 350, refused: false };
    let (places, states) = run(&Places::default(), &edits(), end);
    let plan = compared(&places.local, &places.mirror, Depth::Journal);
    assert!(plan.found.generation && !plan.obsolete.is_empty(), "{:?}", plan.found);
    for mirror_first in [false, true] {
        let disk = FaultyStore::over(places.local.clone());
        plan.write_local(&disk).unwrap();
        for writes in 0..=disk.writes() {
            let places = Places { local: disk.after(writes), mirror: places.mirror.clone() };
            if mirror_first {
                confirm(&places.mirror, &disk, plan.mirror.clone());
            }
            check_start(&places, &states);
        }
    }
}

/// Where there is no room for the old and the new at once, the old goes first.
#[test]
fn a_start_with_little_room_makes_some() {
    let end = End { confirmed: 1000, on_disk: 350, refused: false };
    let (places, states) = run(&Places::default(), &edits(), end);
    let room = places.mirror.units().unwrap().max(places.local.units().unwrap());
    let local = places.local.clone().with_quota(room);
    check_start(&Places { local, mirror: places.mirror }, &states);
}

/// A mirror that was refused for a while, or is new, or was cleared, is given everything again.
#[test]
fn a_mirror_that_is_behind_or_empty_catches_up() {
    let doings = edits();
    let closed = End { confirmed: 1000, on_disk: 1000, refused: false };
    for split in 0..doings.len() {
        let (places, _) = run(&Places::default(), &doings[..split], closed);
        let (places, states) = run(&places, &doings[split..], End { refused: true, ..closed });
        check_start(&places, &states);
        check_start(&Places { mirror: MemoryStore::new(), ..places }, &states);
    }
}

/// Everything was erased, and local storage had not yet written that down. The erased must not come back.
#[test]
fn what_was_erased_stays_erased() {
    let mut doings = edits();
    doings.push(Doing::Erase);
    for on_disk in 0..=40 {
        let end = End { confirmed: 1000, on_disk: on_disk * 25, refused: false };
        let (places, states) = run(&Places::default(), &doings, end);
        assert_eq!(check_start(&places, &states), Notebook::default());
        // A new notebook in the same place is not taken for older than the erased one.
        let new = [Doing::Edit(Box::new(edit(90, import([7]))))];
        let (places, states) = run(&places, &new, End { on_disk: 0, ..end });
        assert_eq!(check_start(&places, &states).rows().len(), 1);
    }
}

/// A start without the mirror went on from where local storage had fallen back to. Then both have what the other has never
/// seen: the newer one shows, and what gave way is kept whole.
#[test]
fn two_histories_are_noticed_and_neither_is_lost() {
    let end = End { confirmed: 1000, on_disk: 400, refused: false };
    let mut doings = edits();
    doings.push(Doing::Fold);
    let (places, _) = run(&Places::default(), &doings, end);
    let (there, _) = reopened(places.mirror.clone());
    let other = [Doing::Edit(Box::new(edit(91, import([8, 9])))), Doing::Fold, Doing::Fold];
    for longer in [false, true] {
        let mut other = other.to_vec();
        for minute in 0..if longer { 9 } else { 0 } {
            other.push(Doing::Edit(Box::new(edit(92 + minute, import([minute])))));
            other.push(Doing::Fold);
        }
        let (places, states) = run(&places, &other, End { refused: true, ..end });
        let plan = compared(&places.local, &places.mirror, Depth::Journal);
        let kept: MemoryStore = plan.fork.clone().expect("two histories").into_iter().collect();
        plan.write_local(&places.local).unwrap();
        confirm(&places.mirror, &places.local, plan.mirror);
        let (shown, gave_way) = (reopened(places.local).0, reopened(kept).0);
        let (here, there) = (states.last().unwrap(), &there);
        let expected = if longer { (here, there) } else { (there, here) };
        assert!((&shown, &gave_way) == expected, "something is lost");
    }
}

/// Any key of local storage is damaged, cut or gone: the mirror has what stood there.
#[test]
fn damage_on_one_side_is_healed_from_the_other() {
    let closed = End { confirmed: 1000, on_disk: 1000, refused: false };
    let mut doings = edits();
    doings.push(Doing::Fold);
    doings.push(Doing::Edit(Box::new(edit(90, rename(0, "After the fold")))));
    let (places, states) = run(&Places::default(), &doings, closed);
    for (key, text) in mirrored_keys(&places.local) {
        for damaged in
            [None, Some(flipped(&text, text.chars().count() / 2)), Some(text.chars().skip(1).collect())]
        {
            let local = places.local.clone();
            match damaged {
                Some(damaged) => local.set(&key, &damaged).unwrap(),
                None => local.remove(&key).unwrap(),
            }
            let plan = compared(&local, &places.mirror, Depth::Contents);
            plan.write_local(&local).unwrap();
            assert_eq!(local.get(&key).unwrap().as_ref(), Some(&text), "{key}: {:?}", plan.found);
            assert!(plan.obsolete.is_empty());
            check_start(&Places { local, mirror: places.mirror.clone() }, &states);
        }
        let mirror = places.mirror.clone();
        mirror.remove(&key).unwrap();
        let plan = compared(&places.local, &mirror, Depth::Contents);
        assert!(!plan.changes_local(), "{key}");
        confirm(&mirror, &places.local, plan.mirror);
        assert_eq!(mirrored_keys(&mirror), mirrored_keys(&places.mirror));
    }
}

/// What was set aside stays in both places, also where a later generation does not name it, until a person discards it.
#[test]
fn what_was_set_aside_stays() {
    let closed = End { confirmed: 1000, on_disk: 1000, refused: false };
    let (places, _) = run(&Places::default(), &edits()[..9], closed);
    let entry =
        mirrored_keys(&places.local).into_iter().find(|(key, _)| key.starts_with(key::JOURNAL)).unwrap().0;
    places.local.set(&entry, "J 2 00000000 {}").unwrap();
    let kv = Rc::new(Mirrored::over(places.local.clone()));
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    opened.store.fold(&opened.notebook).unwrap();
    assert!(kv.get(&entry).unwrap().is_some());
    confirm(&places.mirror, &kv, kv.take());
    for local in [places.local, kv.inner().clone()] {
        let plan = compared(&local, &places.mirror, Depth::Journal);
        plan.write_local(&local).unwrap();
        confirm(&places.mirror, &local, plan.mirror);
        assert!(local.get(&entry).unwrap().is_some() && places.mirror.get(&entry).unwrap().is_some());
    }
}

/// Two tabs give to one mirror, and the later generation arrives first.
#[test]
fn batches_that_arrive_in_another_order_leave_the_newest_generation_whole() {
    let kv = Rc::new(MemoryStore::new());
    let tab = |kv: &Rc<MemoryStore>| Rc::new(Mirrored::over(Rc::clone(kv)));
    let (first, second) = (tab(&kv), tab(&kv));
    let mirror = MemoryStore::new();
    let mut one = open(Rc::clone(&first), Access::Writer).unwrap();
    one.store.commit(&mut one.notebook, edit(0, import(0..4))).unwrap();
    confirm(&mirror, &kv, first.take());
    one.store.commit(&mut one.notebook, edit(1, tick(0, 1, "tri-01"))).unwrap();
    confirm(&mirror, &kv, first.take());
    one.store.fold(&one.notebook).unwrap();
    let late = first.take();
    let mut two = open(Rc::clone(&second), Access::Writer).unwrap();
    two.store.commit(&mut two.notebook, edit(2, delete(3))).unwrap();
    confirm(&mirror, &kv, second.take());
    let expected = contents(&mut two.store, &mut two.notebook);
    for arrived in [false, true] {
        if arrived {
            confirm(&mirror, &kv, late.clone());
        }
        let (found, opened) = reopened(mirror.clone());
        assert!(opened.report.is_clean(), "{:?}", opened.report);
        assert!(found == expected, "arrived: {arrived}");
        // Left-overs are no harm, and the next start clears them away.
        check_start(
            &Places { local: (*kv).clone(), mirror: mirror.clone() },
            std::slice::from_ref(&expected),
        );
    }
}

fn any_doing() -> impl Strategy<Value = Doing> {
    let number = || 0..6usize;
    let act = prop_oneof![
        4 => (number(), ".{1,30}").prop_map(|(number, name)| rename(number, &name)),
        3 => (number(), 0..60usize, 0..5usize).prop_map(|(n, minute, step)| tick(n, minute, &format!("tri-{step}"))),
        2 => prop::collection::btree_set(number(), 1..4).prop_map(import),
        1 => number().prop_map(delete),
    ];
    let doing = (0..90usize, act).prop_map(|(minute, act)| Doing::Edit(Box::new(edit(minute, act))));
    prop_oneof![16 => doing, 3 => Just(Doing::Fold), 1 => Just(Doing::Erase)]
}

fn any_end() -> impl Strategy<Value = End> {
    let killed = (0..=1000usize, 0..=1000usize).prop_map(|(confirmed, on_disk)| End {
        confirmed,
        on_disk,
        refused: false,
    });
    prop_oneof![5 => killed, 1 => Just(End { confirmed: 0, on_disk: 1000, refused: true })]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_run_of_kills_keeps_what_was_confirmed(
        runs in prop::collection::vec((prop::collection::vec(any_doing(), 0..9), any_end()), 1..6),
    ) {
        let mut places = Places::default();
        for (doings, end) in runs {
            // Without the mirror after a kill there would be two histories, which is another test's matter.
            let end = End { refused: end.refused && compared(&places.local, &places.mirror, Depth::Journal) == Plan::default(), ..end };
            let (after, states) = run(&places, &doings, end);
            let checked = Places { local: after.local.clone(), mirror: after.mirror.clone() };
            check_start(&checked, &states);
            places = after;
        }
    }
}
