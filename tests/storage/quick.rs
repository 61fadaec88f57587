//! Many incidents at once: written quickly where there is room for it, made dense in idle moments, and never refused where
//! densely they fit.

use crate::sample::{contents, delete, edit, id, import, rename, reopened, tick};
use firsthour::notebook::Notebook;
use firsthour::storage::faulty::{FaultyStore, flipped};
use firsthour::storage::kv::units;
use firsthour::storage::{
    Access, KeyValue, MemoryStore, News, NotSaved, Opened, Progress, TabId, open, open_as,
};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The marks of all snapshots, and how many there are of each.
fn marks(kv: &impl KeyValue) -> BTreeMap<char, usize> {
    let mut marks = BTreeMap::new();
    for key in kv.keys().unwrap().iter().filter(|key| key.starts_with("firsthour/1/i/")) {
        *marks.entry(kv.get(key).unwrap().unwrap().chars().next().unwrap()).or_default() += 1;
    }
    marks
}

/// How many units are taken, but for the filling.
fn taken(kv: &MemoryStore) -> usize {
    kv.units().unwrap() - kv.get("firsthour/1/spare").unwrap().map_or(0, |text| units(&text))
}

fn opened(kv: &Rc<MemoryStore>) -> Opened<Rc<MemoryStore>> {
    open(Rc::clone(kv), Access::Writer).unwrap()
}

/// What a browser has after so many incidents were imported at once.
fn imported(count: usize) -> (Rc<MemoryStore>, Opened<Rc<MemoryStore>>) {
    let kv = Rc::new(MemoryStore::new());
    let mut page = opened(&kv);
    page.store.commit(&mut page.notebook, edit(0, import(0..count))).unwrap();
    (kv, page)
}

#[test]
fn few_are_written_densely_and_many_quickly() {
    assert_eq!(marks(&*imported(31).0), [('E', 31)].into());
    assert_eq!(marks(&*imported(32).0), [('D', 32)].into());
    // Taking many away writes none of them.
    let (kv, mut page) = imported(40);
    for number in 0..39 {
        page.store.commit(&mut page.notebook, edit(1, delete(number))).unwrap();
    }
    page.store.fold(&page.notebook).unwrap();
    assert_eq!(marks(&*kv), [('E', 1)].into());
}

/// As the page folds: some units at a time, also by a page that was opened later and has read none of the incidents.
#[test]
fn what_was_written_quickly_becomes_dense_a_little_at_a_time() {
    let (kv, first) = imported(300);
    let quick = taken(&kv);
    let mut page = opened(&kv);
    assert!(page.store.has_quick() && page.store.wants_fold());
    page.store.commit(&mut page.notebook, edit(1, tick(7, 1, "tri-01"))).unwrap();
    let edits = page.store.edits();
    let mut folds = 0;
    while page.store.wants_fold() {
        let mut folding = page.store.begin_fold(&page.notebook, 20_000).unwrap().unwrap();
        while !page.store.step_fold(&mut folding).unwrap() {}
        assert!(folding.has_condensed());
        assert!(folding.units() < 40_000, "{} units in one fold", folding.units());
        folds += 1;
        assert_eq!(page.store.usage().used, kv.units().unwrap(), "the meter is wrong");
    }
    assert!(folds > 3, "{folds}");
    assert!(page.store.edits() <= edits + 1, "what holds nothing new counts as no edit");
    assert_eq!(marks(&*kv), [('E', 300)].into());
    assert!(taken(&kv) * 3 < quick * 2, "{quick} became {}", taken(&kv));
    assert!(!page.store.has_quick() && !opened(&kv).store.has_quick());
    let (found, page) = reopened(Rc::clone(&kv));
    assert!(page.report.is_clean());
    assert_eq!(found.incident(&id(8)), first.notebook.incident(&id(8)));
    assert_ne!(found.incident(&id(7)), first.notebook.incident(&id(7)));
    assert_eq!(found.rows().len(), 300);
}

/// A large import and edits while its snapshots are made dense: after every write the store opens without any
/// complaint to what was saved.
#[test]
fn a_large_save_and_making_it_dense_may_be_cut_off_at_any_write() {
    let kv = Rc::new(FaultyStore::default());
    let mut page = open(Rc::clone(&kv), Access::Writer).unwrap();
    let mut states = vec![(0, page.notebook.clone())];
    page.store.commit(&mut page.notebook, edit(0, import(0..36))).unwrap();
    states.push((kv.writes(), page.notebook.clone()));
    for minute in 1..5 {
        let mut folding = page.store.begin_fold(&page.notebook, 6_000).unwrap().unwrap();
        let mut edited = false;
        while !page.store.step_fold(&mut folding).unwrap() {
            if !edited {
                let act = rename(minute * 7, &format!("name {minute}"));
                page.store.commit(&mut page.notebook, edit(minute, act)).unwrap();
                states.push((kv.writes(), page.notebook.clone()));
                edited = true;
            }
        }
        page.store.absorb(&mut page.notebook, News::Anything).unwrap();
    }
    page.store.fold(&page.notebook).unwrap();
    assert_eq!(marks(kv.now()), [('E', 36)].into());
    for writes in 0..=kv.writes() {
        let mut page = open(kv.after(writes), Access::Writer).unwrap();
        assert!(page.report.is_clean(), "after write {writes}: {:?}", page.report);
        let before = states.iter().rev().find(|(made, _)| *made <= writes).unwrap();
        let after = states.iter().find(|(made, _)| *made >= writes).unwrap_or(states.last().unwrap());
        let is_as = |state: &Notebook| page.notebook.rows() == state.rows();
        assert!(is_as(&before.1) || is_as(&after.1), "after write {writes} it is a mixture");
        if writes % 5 == 0 {
            let found = contents(&mut page.store, &mut page.notebook);
            assert!(found == before.1 || found == after.1, "after write {writes} it is a mixture");
        }
    }
}

#[test]
fn where_room_would_be_short_they_are_written_densely_at_once() {
    let mut needs = 0;
    for capacity in [120_000, 200_000, 300_000, 400_000, 2_000_000] {
        let kv = Rc::new(MemoryStore::new().with_quota(capacity));
        let mut page = opened(&kv);
        page.store.set_capacity(capacity);
        page.store.commit(&mut page.notebook, edit(0, import(0..200))).unwrap();
        let usage = page.store.usage();
        assert!(usage.taken() <= usage.available, "{usage:?}");
        assert_eq!(usage.used, kv.units().unwrap());
        if marks(&*kv) == [('E', 200)].into() {
            assert!(!page.store.has_quick());
            needs = capacity;
        } else {
            assert_eq!(marks(&*kv), [('D', 200)].into(), "all of a save are written in one way");
            assert!(usage.percent() <= 50, "{usage:?}");
        }
        assert_eq!(reopened(kv).0, page.notebook);
    }
    assert_eq!(needs, 300_000);
}

/// The browser gives less than was thought: what was written quickly by then is written densely instead.
#[test]
fn a_large_save_that_finds_no_room_halfway_is_packed_anew() {
    // With the filling, which gives way first, quickly packed they take some 230,000 units.
    for quota in [170_000, 190_000, 210_000] {
        let kv = Rc::new(MemoryStore::new().with_quota(quota));
        let mut page = opened(&kv);
        page.store.commit(&mut page.notebook, edit(0, import(0..300))).unwrap();
        assert_eq!(marks(&*kv), [('E', 300)].into(), "{quota}");
        assert_eq!(page.store.usage().used, kv.units().unwrap());
        let (found, reopened) = reopened(kv);
        assert!(reopened.report.is_clean());
        assert_eq!(found, page.notebook);
    }
    let kv = Rc::new(MemoryStore::new().with_quota(60_000));
    let mut page = opened(&kv);
    let refused = page.store.commit(&mut page.notebook, edit(0, import(0..300)));
    assert!(matches!(refused, Err(NotSaved::Full { .. })));
    assert!(page.notebook.rows().is_empty() && marks(&*kv).is_empty());
}

#[test]
fn making_dense_waits_for_room_and_does_not_try_for_ever() {
    let (kv, mut page) = imported(100);
    let full = page.store.usage().taken();
    page.store.set_capacity(full + full / 19);
    // There is nothing to fold and no room to make anything dense.
    assert!(page.store.begin_fold(&page.notebook, usize::MAX).unwrap().is_none());
    page.store.set_capacity(full * 2);
    page.store.fold(&page.notebook).unwrap();
    assert!(marks(&*kv).contains_key(&'E'));
}

#[test]
fn a_damaged_one_is_left_for_whoever_opens_it() {
    let (kv, page) = imported(40);
    drop(page);
    let key = kv.keys().unwrap().into_iter().find(|key| key.starts_with("firsthour/1/i/")).unwrap();
    let damaged = flipped(&kv.get(&key).unwrap().unwrap(), 20);
    kv.set(&key, &damaged).unwrap();
    let mut page = opened(&kv);
    page.store.fold(&page.notebook).unwrap();
    assert!(!page.store.wants_fold(), "it would be tried for ever");
    assert_eq!(marks(&*kv), [('D', 1), ('E', 39)].into());
    assert_eq!(kv.get(&key).unwrap().unwrap(), damaged);
    contents(&mut page.store, &mut page.notebook);
    assert_eq!(page.store.set_aside().len(), 1);
    assert_eq!(page.notebook.rows().len(), 39);
}

#[test]
fn another_tab_follows_while_snapshots_become_dense() {
    let kv = Rc::new(MemoryStore::new());
    let tab = |number| open_as(Rc::clone(&kv), Access::Writer, TabId::random([number; 5])).unwrap();
    let mut first = tab(1);
    first.store.commit(&mut first.notebook, edit(0, import(0..40))).unwrap();
    let mut second = tab(2);
    second.store.set_holder(false);
    second.store.load(&mut second.notebook, &id(3)).unwrap();
    let mut folding = first.store.begin_fold(&first.notebook, usize::MAX).unwrap().unwrap();
    let mut minute = 1;
    while !first.store.step_fold(&mut folding).unwrap() {
        if minute < 20 {
            second
                .store
                .commit(&mut second.notebook, edit(minute, rename(3, &format!("name {minute}"))))
                .unwrap();
            minute += 1;
        }
    }
    first.store.absorb(&mut first.notebook, News::Anything).unwrap();
    second.store.absorb(&mut second.notebook, News::Anything).unwrap();
    let [one, two] = [&mut first, &mut second].map(|tab| contents(&mut tab.store, &mut tab.notebook));
    assert_eq!(one, two);
    assert_eq!(one.row(&id(3)).unwrap().name, "name 19");
    assert!(!second.store.has_quick());
}

#[test]
fn a_large_save_goes_on_in_small_steps_and_tells_how_far_it_is() {
    let (_, mut page) = imported(40);
    let mut saving = page.store.begin(&mut page.notebook, edit(1, import(30..90))).unwrap();
    let (mut steps, mut last) = (0, 0.0);
    while let Progress::Working { done, of } = page.store.step(&mut page.notebook, &mut saving).unwrap() {
        #[allow(clippy::cast_precision_loss)]
        let share = done as f64 / of as f64;
        assert!((0.0..=1.0).contains(&share) && share > last - 0.1, "{last} {share}");
        last = share;
        steps += 1;
    }
    assert!(last > 0.9, "{last}");
    assert!(steps > 120, "{steps}");
    assert_eq!(page.notebook.rows().len(), 90);
}

#[test]
fn a_large_save_that_loses_the_lease_before_it_writes_is_over() {
    let (kv, mut page) = imported(2);
    let (before, texts) = (page.notebook.clone(), kv.texts());
    for steps in [0, 3, 60, 75] {
        let mut saving = page.store.begin(&mut page.notebook, edit(1, import(10..70))).unwrap();
        for _ in 0..steps {
            page.store.step(&mut page.notebook, &mut saving).unwrap();
        }
        page.store.set_holder(false);
        let stepped = page.store.step(&mut page.notebook, &mut saving);
        assert!(matches!(stepped, Err(NotSaved::OtherTab)), "after {steps} steps: {stepped:?}");
        page.store.set_holder(true);
        assert_eq!(page.notebook, before);
        assert_eq!(kv.texts(), texts);
    }
    page.store.commit(&mut page.notebook, edit(2, rename(0, "Goes on"))).unwrap();
}
