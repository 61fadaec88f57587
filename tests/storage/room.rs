//! A full store: refused before anything changes, and always room to fold and to delete.

use crate::sample::{contents, delete, edit, id, import, rename, reopened, tick};
use firsthour::model::{IncidentId, Note, NoteId};
use firsthour::notebook::{Act, Edit};
use firsthour::storage::key;
use firsthour::storage::room::{CAPACITY, Level, reserve, spare};
use firsthour::storage::{Access, KeyValue, MemoryStore, NotSaved, Opened, open};
use std::rc::Rc;

type Small = Opened<Rc<MemoryStore>>;

/// A store that the browser gives this much room, whatever the program thinks.
fn small(quota: usize, believed: usize) -> (Rc<MemoryStore>, Small) {
    let kv = Rc::new(MemoryStore::new().with_quota(quota));
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    opened.store.set_capacity(believed);
    (kv, opened)
}

fn note(number: usize, seed: usize, length: usize) -> Act {
    let text = (0..length)
        .map(|at| char::from(b'!' + u8::try_from((at * at * (seed + 3) + seed) % 89).unwrap()))
        .collect();
    let at = crate::sample::at(seed);
    let note = Note {
        id: NoteId::derived(&[&seed.to_string()]),
        text,
        by: "Ann".into(),
        created: at.clone(),
        edited: at,
    };
    Act::AddNote(id(number), note)
}

/// Makes edits until one is refused for want of room, and checks that the refusal changed nothing.
fn fill(kv: &MemoryStore, opened: &mut Small, mut act: impl FnMut(usize) -> Act) -> usize {
    for turn in 0..100_000 {
        let (texts, notebook) = (kv.texts(), opened.notebook.clone());
        match opened.store.commit(&mut opened.notebook, edit(turn, act(turn))) {
            Ok(_) => assert_eq!(opened.store.usage().used, kv.units().unwrap(), "the meter is wrong"),
            Err(NotSaved::Full { needed, free }) => {
                assert!(needed > free, "{needed} {free}");
                assert_eq!(opened.notebook, notebook);
                // The filling gives way where the browser gives less than was thought.
                let changed =
                    |key: &String| key != key::SPARE && kv.get(key).unwrap() != texts.get(key).cloned();
                assert!(!texts.keys().any(changed), "a refused edit changed what is kept");
                assert_eq!(kv.texts().len(), texts.len());
                return turn;
            }
            Err(error) => panic!("{error}"),
        }
    }
    panic!("it never filled up");
}

/// Deletes everything, one by one.
fn empty(kv: &Rc<MemoryStore>, opened: &mut Small) {
    let ids: Vec<IncidentId> = opened.notebook.rows().keys().cloned().collect();
    for it in ids {
        let Act::Put(mut put) = delete(0) else { unreachable!() };
        put.incidents[0].0 = it;
        opened.store.commit(&mut opened.notebook, edit(7, Act::Put(put))).unwrap();
    }
    let (found, _) = reopened(Rc::clone(kv));
    assert!(found.rows().is_empty());
}

#[test]
fn a_full_store_refuses_imports_and_notes_but_folds_and_deletes() {
    let (kv, mut opened) = small(240_000, 240_000);
    // So few at once that they are written densely: nothing gives room back later.
    let imports = fill(&kv, &mut opened, |turn| import(turn * 20..turn * 20 + 20));
    assert!(imports > 8, "{imports}");
    fill(&kv, &mut opened, |turn| note(turn % 40, turn, 9_000));
    let ticks = fill(&kv, &mut opened, |turn| tick(turn % 80, turn, &format!("tri-{turn}")));
    assert!(ticks > 2, "{ticks}");
    opened.store.fold(&opened.notebook).unwrap();
    assert_eq!(reopened(Rc::clone(&kv)).0, contents(&mut opened.store, &mut opened.notebook));
    empty(&kv, &mut opened);
}

/// The browser gives half of what the program thinks, as Safari does.
#[test]
fn a_browser_that_gives_less_than_thought_is_noticed_and_nothing_is_lost() {
    let (kv, mut opened) = small(140_000, CAPACITY);
    fill(&kv, &mut opened, |turn| import(turn * 20..turn * 20 + 20));
    assert!(opened.store.usage().capacity <= 160_000, "{:?}", opened.store.usage());
    fill(&kv, &mut opened, |turn| tick(turn % 20, turn, &format!("tri-{turn}")));
    assert_eq!(reopened(Rc::clone(&kv)).0, contents(&mut opened.store, &mut opened.notebook));
    opened.store.fold(&opened.notebook).unwrap();
    empty(&kv, &mut opened);
}

/// Another program of the origin fills the store to the last unit.
#[test]
fn another_programs_data_fills_the_store_and_what_is_there_can_still_be_folded_and_deleted() {
    let (kv, mut opened) = small(160_000, 160_000);
    opened.store.commit(&mut opened.notebook, edit(0, import(0..30))).unwrap();
    for turn in 0..40 {
        opened.store.commit(&mut opened.notebook, edit(turn, tick(turn % 10, turn, "tri-01"))).ok();
    }
    let free = 160_000 - kv.units().unwrap();
    kv.set("other", &"x".repeat(free - 5)).unwrap();
    fill(&kv, &mut opened, |turn| rename(1, &format!("name {turn}")));
    let shown = opened.notebook.clone();
    opened.store.fold(&opened.notebook).unwrap();
    assert_eq!(reopened(Rc::clone(&kv)).0, shown);
    opened.store.commit(&mut opened.notebook, edit(51, delete(3))).unwrap();
    empty(&kv, &mut opened);
    assert_eq!(kv.get("other").unwrap().unwrap().len(), free - 5);
}

/// The same with the room that browsers give: new input is refused, but what is open can still be worked on for long,
/// and an incident can be deleted at the end of it.
#[test]
fn when_another_program_takes_the_last_unit_what_is_open_is_still_saved() {
    let (kv, mut opened) = small(CAPACITY, CAPACITY);
    opened.store.commit(&mut opened.notebook, edit(0, import(0..70))).unwrap();
    let free = CAPACITY - kv.units().unwrap();
    kv.set("other", &"x".repeat(free - "other".len())).unwrap();
    assert_eq!(kv.units().unwrap(), CAPACITY);
    let refused = opened.store.commit(&mut opened.notebook, edit(1, import(70..71)));
    assert!(matches!(refused, Err(NotSaved::Full { .. })), "{refused:?}");
    assert_eq!(opened.store.usage().level(), Level::Full);
    for turn in 0..400 {
        let act = if turn % 2 == 0 {
            tick(turn % 5, turn, &format!("tri-{turn}"))
        } else {
            note(turn % 5, turn, 200)
        };
        opened.store.commit(&mut opened.notebook, edit(turn, act)).unwrap();
    }
    let shown = contents(&mut opened.store, &mut opened.notebook);
    assert_eq!(reopened(Rc::clone(&kv)).0, shown);
    fill(&kv, &mut opened, |turn| note(turn % 5, 1_000 + turn, 3_000));
    opened.store.commit(&mut opened.notebook, edit(500, delete(69))).unwrap();
    let shown = contents(&mut opened.store, &mut opened.notebook);
    assert_eq!(reopened(Rc::clone(&kv)).0, shown);
    // The other program goes, and everything is as it should be.
    kv.remove("other").unwrap();
    opened.store.commit(&mut opened.notebook, edit(501, import(70..72))).unwrap();
    opened.store.fold(&opened.notebook).unwrap();
    assert_eq!(opened.store.usage().spare, spare(opened.store.usage().capacity));
}

/// At any amount of room an edit is kept whole or refused whole.
#[test]
fn at_any_amount_of_room_an_edit_is_whole_or_not_there() {
    let start = Rc::new(MemoryStore::new());
    let mut opened = open(Rc::clone(&start), Access::Writer).unwrap();
    opened.store.commit(&mut opened.notebook, edit(0, import(0..3))).unwrap();
    opened.store.commit(&mut opened.notebook, edit(1, tick(0, 1, "tri-01"))).unwrap();
    let acts: Vec<Edit> =
        [import(2..6), rename(1, "New"), delete(1), note(0, 1, 3_000)].map(|act| edit(2, act)).into();
    let mut bare = start.texts();
    bare.remove(key::SPARE);
    let taken = bare.clone().into_iter().collect::<MemoryStore>().units().unwrap();
    let (mut kept, mut refused) = (0, 0);
    for room in (0..6_000).step_by(61) {
        for now in &acts {
            let kv = Rc::new(bare.clone().into_iter().collect::<MemoryStore>().with_quota(taken + room));
            let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
            let before = contents(&mut opened.store, &mut opened.notebook);
            let saved = opened.store.commit(&mut opened.notebook, now.clone());
            let (found, again) = reopened(kv);
            assert!(again.report.is_clean(), "{:?}", again.report);
            match saved {
                Ok(_) => {
                    kept += 1;
                    assert_eq!(found, opened.notebook);
                }
                Err(error) => {
                    refused += 1;
                    assert!(matches!(error, NotSaved::Full { .. }), "{error}");
                    assert_eq!((&found, &opened.notebook), (&before, &before));
                }
            }
        }
    }
    assert!(kept > 30 && refused > 30, "{kept} {refused}");
}

#[test]
fn the_meter_counts_everything_and_holds_a_twentieth_back() {
    let (kv, mut opened) = small(CAPACITY, CAPACITY);
    kv.set("other", &"x".repeat(1_000)).unwrap();
    opened.store.commit(&mut opened.notebook, edit(0, import(0..3))).unwrap();
    let opened = open(kv, Access::Writer).unwrap();
    let usage = opened.store.usage();
    assert_eq!(usage.available, CAPACITY - reserve(CAPACITY));
    assert_eq!(usage.used, opened.store.kv().units().unwrap());
    assert_eq!(usage.percent(), 0);
    let full = firsthour::storage::room::Usage { used: usage.available + usage.spare, ..usage };
    assert_eq!((usage.spare, full.percent()), (spare(CAPACITY), 100));
}
