//! Backup and restore over a real store, and what came in nested as deep as a file may be.

use crate::sample::{at, day, edit, id, import, reopened};
use firsthour::formats::backup;
use firsthour::model::{Entity, EntityId, Facts, entity};
use firsthour::notebook::{Act, History, Notebook};
use firsthour::storage::{Access, Kept, KeyValue, MemoryStore, Store, open};
use std::rc::Rc;
use std::sync::Arc;

/// The backup as the page writes it: row by row, without keeping what it reads.
fn export<K: KeyValue>(store: &mut Store<K>, notebook: &mut Notebook) -> String {
    let ids: Vec<_> = notebook.rows().keys().cloned().collect();
    let mut writing = backup::Writing::default();
    for id in ids {
        writing.push(&store.read(notebook, &id).unwrap().unwrap()).unwrap();
    }
    writing.finish(notebook.preparation()).unwrap()
}

#[test]
fn export_erase_restore_gives_an_equal_notebook_and_the_same_bytes() {
    let kv = Rc::new(MemoryStore::new());
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    for now in day() {
        let _ = opened.store.commit(&mut opened.notebook, now);
    }
    let (before, mut cold) = reopened(Rc::clone(&kv));
    let text = export(&mut opened.store, &mut opened.notebook);
    assert_eq!(export(&mut cold.store, &mut cold.notebook), text, "the order of loading shows");
    let mut unread = open(Rc::clone(&kv), Access::Writer).unwrap();
    assert_eq!(export(&mut unread.store, &mut unread.notebook), text);

    opened.store.erase(&mut opened.notebook).unwrap();
    let restoring = backup::read(&text).unwrap().restoring();
    opened.store.commit(&mut opened.notebook, edit(500, restoring)).unwrap();
    let (after, mut again) = reopened(kv);
    assert_eq!(after, before);
    assert_eq!(export(&mut again.store, &mut again.notebook), text);
}

#[test]
fn what_came_in_as_deep_as_a_file_may_nest_is_kept_taken_back_and_backed_up() {
    let kv = Rc::new(MemoryStore::new());
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    opened.store.commit(&mut opened.notebook, edit(0, import([0]))).unwrap();
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(126), "]".repeat(126));
    let facts =
        Facts::Other(entity::Other { type_name: "deep".into(), raw: serde_json::from_str(&deep).unwrap() });
    let it = EntityId::derived(&["deep"]);
    let add = Act::AddEntity(id(0), Arc::new(Entity::new(it.clone(), facts)));
    let mut history = History::default();
    for (minute, act) in [add, Act::RemoveEntity(id(0), it.clone())].into_iter().enumerate() {
        history.record(opened.store.commit(&mut opened.notebook, edit(minute, act)).unwrap());
    }
    let mut kept = Kept { store: &mut opened.store, notebook: &mut opened.notebook };
    history.undo(&mut kept, at(9), "Ann".into()).unwrap().unwrap();
    let (found, again) = reopened(Rc::clone(&kv));
    assert!(again.report.is_clean(), "{:?}", again.report);
    assert!(found.incident(&id(0)).unwrap().entities.contains_key(&it));
    opened.store.fold(&opened.notebook).unwrap();
    assert_eq!(reopened(kv).0, found);
    let text = export(&mut opened.store, &mut opened.notebook);
    assert_eq!(backup::read(&text).unwrap().incidents.len(), 1);
}
