//! What keeping costs: an edit in proportion to the edit, a start without reading incidents, few units per incident.

use crate::sample::{edit, id, import, incident, tick};
use firsthour::storage::kv::units;
use firsthour::storage::{Access, KeyValue, KvError, MemoryStore, open};
use std::cell::RefCell;
use std::rc::Rc;
use std::time::Instant;

/// Notes which keys are read and written.
#[derive(Default)]
struct Watched {
    inner: MemoryStore,
    read: RefCell<Vec<String>>,
    written: RefCell<Vec<(String, usize)>>,
}

impl KeyValue for Watched {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.read.borrow_mut().push(key.into());
        self.inner.get(key)
    }
    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        self.written.borrow_mut().push((key.into(), units(key) + units(value)));
        self.inner.set(key, value)
    }
    fn remove(&self, key: &str) -> Result<(), KvError> {
        self.written.borrow_mut().push((key.into(), 0));
        self.inner.remove(key)
    }
    fn keys(&self) -> Result<Vec<String>, KvError> {
        self.inner.keys()
    }
    fn units(&self) -> Result<usize, KvError> {
        self.inner.units()
    }
}

fn thousand() -> Rc<Watched> {
    let kv = Rc::new(Watched::default());
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    opened.store.commit(&mut opened.notebook, edit(0, import(0..1_000))).unwrap();
    opened.store.fold(&opened.notebook).unwrap();
    kv.read.borrow_mut().clear();
    kv.written.borrow_mut().clear();
    kv
}

#[test]
fn a_thousand_rows_open_without_reading_an_incident_and_a_tick_writes_one_small_key() {
    let kv = thousand();
    let begun = Instant::now();
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    let boot = begun.elapsed();
    assert_eq!(opened.notebook.rows().len(), 1_000);
    assert!(kv.written.borrow().is_empty());
    assert!(kv.read.borrow().iter().all(|key| !key.starts_with("firsthour/1/i/")));

    opened.store.load(&mut opened.notebook, &id(500)).unwrap();
    let begun = Instant::now();
    opened.store.commit(&mut opened.notebook, edit(1, tick(500, 1, "tri-01"))).unwrap();
    let saved = begun.elapsed();
    let written = kv.written.borrow();
    assert!(
        matches!(&written[..], [(key, units)] if key.starts_with("firsthour/1/j/") && *units < 500),
        "{written:?}"
    );
    println!(
        "1,000 incidents (unoptimised): open {boot:?}, one tick saved {saved:?}, {} units",
        written[0].1
    );
}

#[test]
fn folding_writes_what_was_touched_and_nothing_else() {
    let kv = thousand();
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    for turn in 0..200 {
        opened
            .store
            .commit(&mut opened.notebook, edit(turn, tick(turn % 2, turn, &format!("tri-{turn}"))))
            .unwrap();
    }
    assert!(opened.store.wants_fold());
    kv.written.borrow_mut().clear();
    opened.store.fold(&opened.notebook).unwrap();
    assert!(!opened.store.wants_fold());
    let written = kv.written.borrow();
    let of =
        |prefix: &str| written.iter().filter(|(key, units)| *units > 0 && key.starts_with(prefix)).count();
    assert_eq!((of("firsthour/1/i/"), of("firsthour/1/manifest")), (2, 2), "{written:?}");
    assert!(of("firsthour/1/rows/") <= 2);
    let total: usize = written.iter().map(|(_, units)| units).sum();
    assert!(total < 40_000, "{total}");
}

#[test]
fn the_journal_folds_itself_before_it_grows_long() {
    let kv = Rc::new(MemoryStore::new());
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    opened.store.commit(&mut opened.notebook, edit(0, import(0..2))).unwrap();
    for turn in 0..1_300 {
        opened
            .store
            .commit(&mut opened.notebook, edit(turn, tick(turn % 2, turn, &format!("tri-{}", turn % 90))))
            .unwrap();
        let entries = kv.keys().unwrap().iter().filter(|key| key.starts_with("firsthour/1/j/")).count();
        assert!(entries <= 512, "{entries}");
    }
}

#[test]
fn an_incident_takes_few_units() {
    let kv = Rc::new(MemoryStore::new());
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    opened.store.commit(&mut opened.notebook, edit(0, import(0..1_000))).unwrap();
    opened.store.fold(&opened.notebook).unwrap();
    let texts = kv.texts();
    let of = |prefix: &str| -> usize {
        texts
            .iter()
            .filter(|(key, _)| key.starts_with(prefix))
            .map(|(key, text)| units(key) + units(text))
            .sum()
    };
    let json = serde_json::to_string(&incident(7)).unwrap();
    let (snapshot, row) = (of("firsthour/1/i/") / 1_000, of("firsthour/1/rows/") / 1_000);
    println!("per incident: JSON {} units, snapshot {snapshot}, row {row}", units(&json));
    assert!(snapshot < units(&json) / 10, "{snapshot}");
    assert!(row < 40, "{row}");
}
