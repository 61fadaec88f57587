//! A notebook locked with a passphrase: nothing of it can be read or slipped in without, and it can be locked, unlocked and
//! cut off at any write without losing anything.

use crate::sample::{contents, day, edit, id, import, rename, reopened, tick};
use firsthour::crypto::{Kdf, Random};
use firsthour::notebook::Notebook;
use firsthour::storage::faulty::{Fault, FaultyStore, flipped};
use firsthour::storage::key::{GUARD, LOCKS, MANIFESTS, Named};
use firsthour::storage::mirror::{Depth, Side, local_anew, mirror_anew, reconcile};
use firsthour::storage::seal::lock::newest;
use firsthour::storage::seal::{Gate, Passkey, Phase, Sealed, Unlocked, Wrong};
use firsthour::storage::{Access, KeyValue, KvError, MemoryStore, NotSaved, Opened, open};
use proptest::prelude::*;
use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::LazyLock;

const PASSPHRASE: &str = "correct horse battery staple";

/// Numbers that are never the same twice, which is all that a test needs of them.
fn source() -> Box<Random> {
    thread_local!(static COUNT: Cell<u64> = const { Cell::new(0) });
    Box::new(|bytes| {
        COUNT.set(COUNT.get() + 1);
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte =
                COUNT.get().to_le_bytes()[at % 8].wrapping_mul(167).wrapping_add(u8::try_from(at).unwrap());
        }
        Ok(())
    })
}

fn passkey(passphrase: &str) -> Passkey {
    Passkey::new(passphrase, Kdf::new(8, 1).unwrap(), &*source()).unwrap()
}

type Shelf<K> = Rc<Sealed<K>>;

/// The store as a page finds it, unlocked where it is locked, with what was cut off brought to its end.
fn unlocked<K: KeyValue>(kv: K, passphrase: &str) -> Shelf<K> {
    let (sealed, gate) = Sealed::over(kv, source()).unwrap();
    match gate {
        Gate::Open => {}
        Gate::Locked(lock) => {
            assert_eq!(sealed.get(MANIFESTS[0]), Err(KvError::Locked), "it is not locked");
            let wrong = lock.passkey("wrong").unwrap();
            assert!(matches!(sealed.unlock(&lock, &wrong), Err(Wrong)), "another passphrase opens it");
            match sealed.unlock(&lock, &lock.passkey(passphrase).unwrap()) {
                Ok(Unlocked::Whole) => {}
                Ok(Unlocked::Unfinished(turning)) => sealed.finish(turning).unwrap(),
                Err(Wrong) => panic!("the right passphrase does not open it"),
            }
        }
        gate => panic!("{gate:?}"),
    }
    Rc::new(sealed)
}

fn seal<K: KeyValue>(sealed: &Sealed<K>, passphrase: &str) {
    let turning = sealed.begin_sealing(passkey(passphrase)).unwrap();
    sealed.finish(turning).unwrap();
}

fn work<K: KeyValue>(kv: K) -> Opened<K> {
    let mut opened = open(kv, Access::Writer).unwrap();
    for now in day() {
        let whole = now.act.is_structural();
        // One of the day's edits changes nothing and is refused.
        let _ = opened.store.commit(&mut opened.notebook, now);
        if whole {
            opened.store.fold(&opened.notebook).unwrap();
        }
    }
    opened
}

/// A day's work in a notebook that was locked in the morning: what lies there, and what it says.
static SEALED: LazyLock<(BTreeMap<String, String>, Notebook)> = LazyLock::new(|| {
    let kv = Rc::new(MemoryStore::new());
    let shelf = unlocked(Rc::clone(&kv), PASSPHRASE);
    seal(&shelf, PASSPHRASE);
    let mut opened = work(shelf);
    (kv.texts(), contents(&mut opened.store, &mut opened.notebook))
});

fn sealed_texts() -> Rc<MemoryStore> {
    Rc::new(SEALED.0.clone().into_iter().collect())
}

/// Every text of the notebook is sealed: none begins like a plain or packed one, and no word of it can be read.
fn assert_sealed(texts: &BTreeMap<String, String>) {
    for (key, text) in texts.iter().filter(|(key, _)| !LOCKS.contains(&key.as_str())) {
        for word in ["Phishing", "contoso", "ann@", "tri-01", "finance", "kitchen", "journal", "{"] {
            assert!(!text.contains(word), "{key} says {word:?}");
        }
        let filling = text.chars().all(|c| c == ' ');
        assert!(filling || text.starts_with('X'), "{key} is not sealed");
    }
}

#[test]
fn a_locked_notebook_shows_nothing_and_is_the_same_once_unlocked() {
    assert_sealed(&SEALED.0);
    let (found, opened) = reopened(unlocked(sealed_texts(), PASSPHRASE));
    assert!(opened.report.is_clean(), "{:?}", opened.report);
    assert_eq!(found, SEALED.1);
    let mut plain = work(Rc::new(MemoryStore::new()));
    assert_eq!(contents(&mut plain.store, &mut plain.notebook), found);
}

#[test]
fn locking_changing_and_unlocking_keep_every_byte() {
    let kv = Rc::new(MemoryStore::new());
    let shelf = unlocked(Rc::clone(&kv), "");
    let opened = &mut work(Rc::clone(&shelf));
    // Plain journal entries get shorter by sealing, packed records longer; a growth is what is foretold.
    opened.store.fold(&opened.notebook).unwrap();
    let before = kv.texts();
    let foretold = shelf.growth().unwrap();
    let taken = kv.units().unwrap();
    seal(&shelf, PASSPHRASE);
    assert_sealed(&kv.texts());
    let locks: usize =
        LOCKS.iter().chain([&GUARD]).map(|key| key.len() + kv.get(key).unwrap().unwrap().len()).sum();
    assert_eq!(kv.units().unwrap(), taken + foretold + locks);

    let sealed = kv.texts();
    shelf.change(&passkey("another")).unwrap();
    let changed: Vec<String> = kv
        .texts()
        .into_iter()
        .filter(|(key, text)| sealed.get(key) != Some(text))
        .map(|(key, _)| key)
        .collect();
    assert_eq!(changed, LOCKS, "another passphrase writes the lock anew and nothing else");

    let shelf = unlocked(Rc::clone(&kv), "another");
    assert!(shelf.check(PASSPHRASE).unwrap().is_err(), "the old passphrase still fits");
    let passkey = shelf.check("another").unwrap().unwrap();
    let turning = shelf.begin_unsealing(passkey).unwrap();
    shelf.finish(turning).unwrap();
    let mut after = kv.texts();
    for lock in LOCKS {
        assert!(newest(after.remove(lock).as_deref()).unwrap().unwrap().phase().is_none());
    }
    assert_eq!(after, before);
    assert_eq!(Sealed::over(kv, source()).unwrap().1, Gate::Open);
}

#[test]
fn cut_off_after_any_write_of_locking_changing_or_unlocking_everything_is_there() {
    let start = Rc::new(MemoryStore::new());
    let mut opened = work(Rc::clone(&start));
    let notebook = contents(&mut opened.store, &mut opened.notebook);
    let kv = Rc::new(FaultyStore::over(MemoryStore::clone(&start)));
    let shelf = unlocked(Rc::clone(&kv), "");
    seal(&shelf, PASSPHRASE);
    let sealed_at = kv.writes();
    shelf.change(&passkey("another")).unwrap();
    let changed_at = kv.writes();
    let turning = shelf.begin_unsealing(shelf.check("another").unwrap().unwrap()).unwrap();
    shelf.finish(turning).unwrap();
    let mut phases = std::collections::BTreeSet::new();
    for writes in 0..=kv.writes() {
        let texts = Rc::new(kv.after(writes));
        let lock =
            newest(LOCKS.map(|key| texts.get(key).unwrap().unwrap_or_default()).iter().map(String::as_str));
        phases.insert(format!("{:?}", lock.ok().flatten().and_then(|lock| lock.phase())));
        // The first copy of the new lock counts as soon as it is there.
        let passphrase = if writes <= sealed_at { PASSPHRASE } else { "another" };
        let shelf = unlocked(Rc::clone(&texts), passphrase);
        let whole = shelf.phase();
        let (found, opened) = reopened(shelf);
        assert!(opened.report.is_clean(), "after write {writes}: {:?}", opened.report);
        assert_eq!(found, notebook, "after write {writes}");
        match whole {
            Some(Phase::Sealed) => assert_sealed(&texts.texts()),
            None => {
                assert!(texts.texts().values().all(|text| !text.starts_with('X')), "after write {writes}");
            }
            phase => panic!("after write {writes} it is left {phase:?}"),
        }
    }
    assert!(changed_at - sealed_at == 2 && phases.len() == 4, "{phases:?}");
}

#[test]
fn a_refused_write_while_locking_leaves_all_readable_and_goes_on_later() {
    let start = Rc::new(MemoryStore::new());
    let mut opened = work(Rc::clone(&start));
    let notebook = contents(&mut opened.store, &mut opened.notebook);
    for at in 0..start.texts().len() + 6 {
        let kv = Rc::new(FaultyStore::over(MemoryStore::clone(&start)));
        let shelf = unlocked(Rc::clone(&kv), "");
        kv.arm(Fault::RefuseFrom(at, KvError::Other("disk".into())));
        let begun = shelf.begin_sealing(passkey(PASSPHRASE));
        let done = begun.and_then(|turning| shelf.finish(turning));
        kv.disarm();
        let (found, opened) = reopened(Rc::clone(&shelf));
        assert!(opened.report.is_clean() && found == notebook, "write {at}: {done:?}");
        // The page works on, and the next start brings it to its end.
        let mut opened = open(shelf, Access::Writer).unwrap();
        opened.store.commit(&mut opened.notebook, edit(50, rename(0, "After"))).unwrap();
        let (found, again) = reopened(unlocked(Rc::clone(&kv), PASSPHRASE));
        assert!(again.report.is_clean(), "write {at}: {:?}", again.report);
        assert_eq!(found.incident(&id(0)).unwrap().name, "After");
    }
}

/// What the store counts as taken is what lies there, sealed or not.
#[test]
fn room_is_counted_as_it_is_taken() {
    let kv = Rc::new(MemoryStore::new());
    let shelf = unlocked(Rc::clone(&kv), "");
    seal(&shelf, PASSPHRASE);
    let mut opened = open(shelf, Access::Writer).unwrap();
    for now in day() {
        let _ = opened.store.commit(&mut opened.notebook, now);
        assert_eq!(opened.store.usage().used, kv.units().unwrap());
    }
}

/// The texts that are the notebook's: what somebody with the disk in hand would alter.
fn keys() -> Vec<String> {
    SEALED
        .0
        .keys()
        .filter(|key| Named::parse(key).is_some() || MANIFESTS.contains(&key.as_str()))
        .cloned()
        .collect()
}

/// Opens an altered store: it opens, and shows nothing that the notebook did not say.
fn altered(texts: BTreeMap<String, String>) -> Opened<Shelf<Rc<MemoryStore>>> {
    let kv = Rc::new(texts.into_iter().collect::<MemoryStore>());
    let mut opened = open(unlocked(kv, PASSPHRASE), Access::Writer).unwrap();
    contents(&mut opened.store, &mut opened.notebook);
    opened
}

#[test]
fn records_that_are_swapped_do_not_open() {
    for one in keys() {
        for other in keys().into_iter().filter(|other| *other != one) {
            if [&one, &other].iter().all(|key| MANIFESTS.contains(&key.as_str())) {
                // They say the same, and either may stand for the other.
                continue;
            }
            let mut texts = SEALED.0.clone();
            texts.insert(one.clone(), SEALED.0[&other].clone());
            let opened = altered(texts);
            assert!(
                !opened.report.is_clean() || !opened.store.set_aside().is_empty(),
                "{other} opens as {one}"
            );
        }
    }
}

#[test]
fn a_plain_record_is_not_let_in() {
    // What another program would have to write to make the notebook say something else.
    let plain = Rc::new(MemoryStore::new());
    let mut forged = work(Rc::clone(&plain));
    forged.store.commit(&mut forged.notebook, edit(70, rename(0, "Forged"))).unwrap();
    let forged_texts = plain.texts();
    for key in keys() {
        let mut texts = SEALED.0.clone();
        let Some(text) = forged_texts.get(&key) else { continue };
        texts.insert(key.clone(), text.clone());
        let opened = altered(texts);
        assert!(!opened.report.is_clean() || !opened.store.set_aside().is_empty(), "{key} was let in plain");
    }
    let last = forged_texts
        .keys()
        .filter(|key| key.starts_with("firsthour/1/j/"))
        .find(|key| !SEALED.0.contains_key(*key));
    let mut texts = SEALED.0.clone();
    texts.insert(last.unwrap().clone(), forged_texts[last.unwrap()].clone());
    let opened = altered(texts);
    assert_eq!(opened.store.set_aside().len(), 1, "a plain edit was let in");
    assert_eq!(opened.notebook.incident(&id(0)).unwrap().name, SEALED.1.incident(&id(0)).unwrap().name);
}

#[test]
fn a_record_of_an_earlier_time_is_not_taken_for_the_newest() {
    let kv = sealed_texts();
    let mut opened = open(unlocked(Rc::clone(&kv), PASSPHRASE), Access::Writer).unwrap();
    opened.store.commit(&mut opened.notebook, edit(60, rename(0, "Newer"))).unwrap();
    opened.store.fold(&opened.notebook).unwrap();
    let newer = kv.texts();
    let snapshot = |texts: &BTreeMap<String, String>| {
        texts.keys().find(|key| key.starts_with(&format!("firsthour/1/i/{}/", id(0)))).unwrap().clone()
    };
    let mut texts = newer.clone();
    texts.insert(snapshot(&newer), SEALED.0[&snapshot(&SEALED.0)].clone());
    let opened = altered(texts);
    assert!(opened.notebook.incident(&id(0)).is_none_or(|incident| incident.name == "Newer"));
    assert!(!opened.store.set_aside().is_empty() || !opened.report.is_clean());
}

#[test]
fn one_copy_of_the_lock_is_enough_and_is_mended() {
    for lock in LOCKS {
        for damaged in [None, Some(flipped(&SEALED.0[lock], 60)), Some("L".to_owned())] {
            let kv = sealed_texts();
            match &damaged {
                Some(text) => kv.set(lock, text).unwrap(),
                None => kv.remove(lock).unwrap(),
            }
            let (found, opened) = reopened(unlocked(Rc::clone(&kv), PASSPHRASE));
            assert!(opened.report.is_clean() && found == SEALED.1);
            assert_eq!(kv.texts()[lock], SEALED.0[lock], "the copy was not mended");
        }
    }
}

#[test]
fn without_its_lock_a_sealed_notebook_says_so_and_can_be_erased() {
    let kv = sealed_texts();
    for lock in LOCKS {
        kv.remove(lock).unwrap();
    }
    let (sealed, gate) = Sealed::over(Rc::clone(&kv), source()).unwrap();
    assert_eq!(gate, Gate::Lost);
    assert_eq!(
        sealed.set("firsthour/1/j/1", "plain"),
        Err(KvError::Locked),
        "it lets itself be written over"
    );
    sealed.erase().unwrap();
    let left = kv.texts();
    assert!(left.keys().all(|key| LOCKS.contains(&key.as_str())), "{left:?}");
    let (found, opened) = reopened(unlocked(kv, ""));
    assert!(opened.report.is_clean() && found == Notebook::default());
}

#[test]
fn another_tab_writes_nothing_plain_once_the_notebook_is_locked() {
    let kv = Rc::new(MemoryStore::new());
    let mut other = open(unlocked(Rc::clone(&kv), ""), Access::Writer).unwrap();
    other.store.commit(&mut other.notebook, edit(0, import([0]))).unwrap();
    let shelf = unlocked(Rc::clone(&kv), "");
    let mut turning = shelf.begin_sealing(passkey(PASSPHRASE)).unwrap();
    while shelf.turn(&mut turning).unwrap() {}
    let refused = other.store.commit(&mut other.notebook, edit(1, tick(0, 1, "tri-01")));
    assert!(matches!(refused, Err(NotSaved::Failed(KvError::Locked))), "{refused:?}");
    // One that was written at the very moment, before the other tab could know.
    kv.set("firsthour/1/late", "Phishing").unwrap();
    turning.again();
    while shelf.turn(&mut turning).unwrap() {}
    shelf.conclude(turning).unwrap();
    assert_sealed(&kv.texts());
    assert_eq!(shelf.get("firsthour/1/late").unwrap().as_deref(), Some("Phishing"));
    // And once another passphrase counts, this tab has to ask for it too.
    unlocked(kv, PASSPHRASE).change(&passkey("another")).unwrap();
    assert_eq!(shelf.set("firsthour/1/late", "more"), Err(KvError::Locked));
}

/// The browser was killed before one of both places heard of the lock, or of its removal.
#[test]
fn the_newer_lock_counts_for_local_storage_and_for_its_mirror() {
    let plain = Rc::new(MemoryStore::new());
    let mut opened = work(Rc::clone(&plain));
    let notebook = contents(&mut opened.store, &mut opened.notebook);
    let locked = Rc::new(MemoryStore::clone(&plain));
    seal(&unlocked(Rc::clone(&locked), ""), PASSPHRASE);
    let removed = Rc::new(MemoryStore::clone(&locked));
    let shelf = unlocked(Rc::clone(&removed), PASSPHRASE);
    shelf.finish(shelf.begin_unsealing(shelf.check(PASSPHRASE).unwrap().unwrap()).unwrap()).unwrap();
    for (older, newer) in [(&plain, &locked), (&locked, &removed)] {
        // The mirror is behind.
        let (sealed, _) = Sealed::over(Rc::clone(newer), source()).unwrap();
        assert_eq!(compared(&sealed, older), Ordering::Greater);
        let mirror = MemoryStore::clone(older);
        for (key, text) in mirror_anew(newer, &side(older)).unwrap() {
            text.map_or_else(|| mirror.remove(&key), |text| mirror.set(&key, &text)).unwrap();
        }
        let is_mirrored = |key: &String| key.starts_with("firsthour/1/") && !key.ends_with("/spare");
        let held: BTreeMap<_, _> = newer.texts().into_iter().filter(|(key, _)| is_mirrored(key)).collect();
        let there: BTreeMap<_, _> = mirror.texts().into_iter().filter(|(key, _)| is_mirrored(key)).collect();
        assert_eq!(there, held);

        // Local storage is behind, and is cut off after any write of catching up.
        let (sealed, _) = Sealed::over(Rc::clone(older), source()).unwrap();
        assert_eq!(compared(&sealed, newer), Ordering::Less);
        let kv = FaultyStore::over(MemoryStore::clone(older));
        local_anew(&kv, &side(newer)).unwrap().write_local(&kv).unwrap();
        for writes in 1..=kv.writes() {
            let local = Rc::new(kv.after(writes));
            let mut shelf = unlocked(Rc::clone(&local), PASSPHRASE);
            if compared(&shelf, newer) == Ordering::Less {
                local_anew(&local, &side(newer)).unwrap().write_local(&local).unwrap();
                shelf = unlocked(Rc::clone(&local), PASSPHRASE);
            }
            assert_eq!(compared(&shelf, newer), Ordering::Equal);
            let reader = |key: &str, text: &str| shelf.open_text(key, text);
            reconcile(&local, &side(newer), Depth::Contents, &reader).unwrap().write_local(&local).unwrap();
            let (found, opened) = reopened(Rc::clone(&shelf));
            assert!(opened.report.is_clean() && found == notebook, "write {writes}: {:?}", opened.report);
            if shelf.phase().is_some() {
                assert_sealed(&local.texts());
            }
        }
    }
}

#[test]
fn damage_to_a_locked_notebook_is_healed_from_its_mirror() {
    let mirror = sealed_texts();
    for key in keys() {
        for damaged in [None, Some(flipped(&SEALED.0[&key], 40))] {
            let local = sealed_texts();
            match &damaged {
                Some(text) => local.set(&key, text).unwrap(),
                None => local.remove(&key).unwrap(),
            }
            let shelf = unlocked(Rc::clone(&local), PASSPHRASE);
            let reader = |key: &str, text: &str| shelf.open_text(key, text);
            let plan = reconcile(&local, &side(&mirror), Depth::Contents, &reader).unwrap();
            assert_eq!(plan.fork, None, "{key}");
            plan.write_local(&local).unwrap();
            let (found, opened) = reopened(Rc::clone(&shelf));
            assert!(opened.report.is_clean() && found == SEALED.1, "{key}: {:?}", opened.report);
        }
    }
}

fn side(texts: &MemoryStore) -> Side {
    texts.texts().into_iter().collect()
}

fn compared<K: KeyValue>(sealed: &Sealed<K>, mirror: &MemoryStore) -> Ordering {
    let locks = LOCKS.map(|key| mirror.get(key).unwrap());
    sealed.compare_lock(locks.iter().flatten().map(String::as_str)).unwrap()
}

#[test]
fn older_programs_take_a_locked_notebook_for_a_newer_ones() {
    // They read only where a key of a later layout is there (`firsthour/2/…`).
    assert!(SEALED.0.contains_key(GUARD) && GUARD.starts_with("firsthour/2/"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn one_altered_character_is_noticed(key in any::<prop::sample::Index>(), at in any::<usize>()) {
        let key = key.get(&keys()).clone();
        let mut texts = SEALED.0.clone();
        texts.insert(key.clone(), flipped(&SEALED.0[&key], at));
        let opened = altered(texts);
        prop_assert!(!opened.report.is_clean() || !opened.store.set_aside().is_empty(), "{} was altered unnoticed", key);
        for incident in opened.notebook.loaded() {
            let said = SEALED.1.incident(&incident.id).unwrap();
            prop_assert!(incident == said || !opened.store.set_aside().is_empty());
        }
    }
}
