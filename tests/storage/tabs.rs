//! Two tabs over one store: the one that does not write never overwrites, and says what it sees is out of date.

use crate::sample::{contents, edit, id, import, rename, reopened, tick};
use firsthour::storage::{Access, MemoryStore, NotLoaded, NotSaved, Opened, open};
use std::rc::Rc;

type Tab = Opened<Rc<MemoryStore>>;

fn two_tabs(second: Access) -> (Rc<MemoryStore>, Tab, Tab) {
    let kv = Rc::new(MemoryStore::new());
    let mut first = open(Rc::clone(&kv), Access::Writer).unwrap();
    first.store.commit(&mut first.notebook, edit(0, import(0..4))).unwrap();
    let second = open(Rc::clone(&kv), second).unwrap();
    (kv, first, second)
}

#[test]
fn a_reader_never_writes() {
    let (kv, _, mut reader) = two_tabs(Access::OtherTab);
    let texts = kv.texts();
    let before = contents(&mut reader.store, &mut reader.notebook);
    for act in [rename(0, "x"), import([9]), crate::sample::delete(0)] {
        let saved = reader.store.commit(&mut reader.notebook, edit(1, act));
        assert!(matches!(saved, Err(NotSaved::ReadOnly(Access::OtherTab))));
    }
    assert!(reader.store.fold(&reader.notebook).is_err());
    assert!(!reader.store.wants_fold());
    assert_eq!(reader.notebook, before);
    assert_eq!(kv.texts(), texts);
}

#[test]
fn a_reader_whose_incident_was_folded_away_is_out_of_date_and_not_damaged() {
    let (_, mut writer, mut reader) = two_tabs(Access::OtherTab);
    writer.store.commit(&mut writer.notebook, edit(1, tick(0, 1, "tri-01"))).unwrap();
    writer.store.fold(&writer.notebook).unwrap();
    assert!(matches!(reader.store.load(&mut reader.notebook, &id(0)), Err(NotLoaded::Outdated)));
    assert!(reader.store.set_aside().is_empty());
    assert!(reader.notebook.row(&id(0)).is_some());
    assert!(reader.store.load(&mut reader.notebook, &id(1)).is_ok());
}

/// Two tabs that both believe that they write: the second to write is refused, whatever the first did.
#[test]
fn a_writer_that_was_overtaken_gives_way_before_it_overwrites() {
    for (name, act, fold) in [
        ("a small edit", Some(tick(0, 1, "tri-01")), false),
        ("an import", Some(import([8])), false),
        ("a fold", Some(tick(0, 1, "tri-01")), true),
        ("an erasure", None, false),
    ] {
        let (kv, mut first, mut second) = two_tabs(Access::Writer);
        match act {
            Some(act) => drop(first.store.commit(&mut first.notebook, edit(1, act)).unwrap()),
            None => first.store.erase(&mut first.notebook).unwrap(),
        }
        if fold {
            first.store.fold(&first.notebook).unwrap();
        }
        for late in [rename(1, "late"), import([1])] {
            let saved = second.store.commit(&mut second.notebook, edit(2, late));
            assert!(
                matches!(saved, Err(NotSaved::ReadOnly(Access::Overtaken) | NotSaved::NotLoaded(_))),
                "{name}: {saved:?}"
            );
        }
        let shown = contents(&mut first.store, &mut first.notebook);
        assert_eq!(reopened(kv).0, shown, "{name}");
    }
}

#[test]
fn a_writer_can_stop_and_a_newer_notebook_stays_closed() {
    let (_, mut first, _) = two_tabs(Access::Writer);
    first.store.stop_writing(Access::OtherTab);
    assert!(matches!(
        first.store.commit(&mut first.notebook, edit(1, rename(0, "x"))),
        Err(NotSaved::ReadOnly(Access::OtherTab))
    ));
}
