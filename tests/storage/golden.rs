//! Every stored format that ever landed still opens.
//!
//! The files in `tests/golden/` are never regenerated: a person's notebook was not either. A new format adds files;
//! those of earlier formats stay, and stay readable. If a test here fails, the program is wrong, not the file.

use crate::sample::{contents, edit, prepare};
use firsthour::crypto::NoRandom;
use firsthour::formats::{backup, sealed};
use firsthour::model::taxonomy::{ServiceSource, Verdict};
use firsthour::model::{EntityKind, Incident, Mark};
use firsthour::notebook::{Notebook, Preparation};
use firsthour::storage::seal::{Gate, Sealed, Unlocked};
use firsthour::storage::{Access, KeyValue, MemoryStore, News, Opened, TabId, key, open, open_as};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

const NOTEBOOK_V1: &str = include_str!("../golden/notebook-v1.json");
const STORE_V1: &str = include_str!("../golden/store-v1.json");
const STORE_V2: &str = include_str!("../golden/store-v2.json");
const SEALED_FILE_V1: &str = include_str!("../golden/sealed-v1.json");
const SEALED_STORE_V1: &str = include_str!("../golden/store-sealed-v1.json");

/// What the sealed ones are sealed with.
const PASSPHRASE: &str = "the golden passphrase";

/// What both files hold: written down here by hand, so that it does not depend on the code that wrote them.
fn check(incidents: &[&Incident], preparation: &Preparation) {
    let mut names: Vec<&str> = incidents.iter().map(|incident| incident.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["Everything at once", "Multi-stage attack on d0c147", "Phishing in finance", "Renamed"]
    );
    let by_name = |name: &str| *incidents.iter().find(|incident| incident.name == name).unwrap();

    let phishing = by_name("Phishing in finance");
    assert_eq!((phishing.alerts.len(), phishing.entities.len(), phishing.notes.len()), (3, 10, 1));
    assert_eq!(phishing.checklist.scenarios[0].as_str(), "phishing");
    let step = phishing.checklist.steps.iter().find(|(id, _)| id.as_str() == "tri-01").unwrap().1;
    assert_eq!(step.marked.as_ref().unwrap().mark, Mark::Done);
    assert_eq!(step.marked.as_ref().unwrap().by, "Ann");
    assert_eq!(phishing.notes.values().next().unwrap().text, "longer, \u{0} and \"quoted\"");
    assert_eq!(phishing.activity.len(), 6);

    let odd = by_name("Everything at once");
    assert_eq!(odd.severity.code(), "catastrophic");
    assert_eq!(odd.extra["futureField"]["kept"], true);
    assert_eq!(odd.priority.as_ref().unwrap().value, 99);
    assert_eq!(odd.clocks.reviewed.as_ref().unwrap().text(), "2026-11-24T08:30:00.1234567Z");
    let other = odd.entities.values().find(|entity| entity.kind() == EntityKind::Other).unwrap();
    assert_eq!(other.facts.name(), "pod-7");
    assert_eq!(other.verdict, Verdict::Other("odd".into()));
    assert_eq!(
        odd.alerts.values().next().unwrap().service_source,
        ServiceSource::Other("new product".into())
    );

    assert_eq!(preparation.steps.len(), 1);
    assert_eq!(preparation.steps.values().next().unwrap().outcome, "the list hangs in the kitchen");
}

#[test]
fn the_backup_of_version_1_opens() {
    let backup = backup::read(NOTEBOOK_V1).unwrap();
    check(&backup.incidents.iter().collect::<Vec<_>>(), &backup.preparation);
}

#[test]
fn the_store_of_format_1_opens_and_holds_the_same() {
    let texts: BTreeMap<String, String> = serde_json::from_str(STORE_V1).unwrap();
    let mut opened = open(texts.into_iter().collect::<MemoryStore>(), Access::Writer).unwrap();
    assert!(opened.report.is_clean(), "{:?}", opened.report);
    assert_eq!(opened.report.replayed, 6);
    let rows = opened.notebook.rows().len();
    let found: Notebook = contents(&mut opened.store, &mut opened.notebook);
    assert_eq!(rows, 4);
    let incidents: Vec<&Incident> = found.loaded().map(|incident| &**incident).collect();
    check(&incidents, found.preparation());
    let backup = backup::read(NOTEBOOK_V1).unwrap();
    assert_eq!(incidents, backup.incidents.iter().collect::<Vec<_>>());
    assert_eq!(**found.preparation(), backup.preparation);
}

#[test]
fn the_sealed_file_of_version_1_opens_and_holds_the_backup() {
    let opened = sealed::read(SEALED_FILE_V1).unwrap().open(PASSPHRASE).unwrap();
    assert_eq!(String::from_utf8(opened).unwrap(), NOTEBOOK_V1);
}

#[test]
fn the_sealed_store_opens_and_holds_the_same_as_the_plain_one() {
    let texts: BTreeMap<String, String> = serde_json::from_str(SEALED_STORE_V1).unwrap();
    let kv = Rc::new(texts.into_iter().collect::<MemoryStore>());
    let (sealed, gate) = Sealed::over(Rc::clone(&kv), Box::new(|_| Err(NoRandom))).unwrap();
    let Gate::Locked(lock) = gate else { panic!("{gate:?}") };
    assert!(matches!(sealed.unlock(&lock, &lock.passkey(PASSPHRASE).unwrap()), Ok(Unlocked::Whole)));
    let plain: BTreeMap<String, String> = serde_json::from_str(STORE_V1).unwrap();
    for (key, text) in plain {
        assert_eq!(sealed.get(&key).unwrap(), Some(text), "{key}");
    }
}

/// Opens the golden store of format 1 as two tabs of this program.
fn two_tabs_upon_format_1() -> (Rc<MemoryStore>, [Opened<Rc<MemoryStore>>; 2]) {
    let texts: BTreeMap<String, String> = serde_json::from_str(STORE_V1).unwrap();
    let kv = Rc::new(texts.into_iter().collect::<MemoryStore>());
    let tabs = [1, 2].map(|tab| open_as(Rc::clone(&kv), Access::Writer, TabId::random([tab; 5])).unwrap());
    (kv, tabs)
}

/// Before this program writes anything that an older one would not understand, the manifest says so.
#[test]
fn the_store_of_format_1_is_taken_over_by_the_first_edit_of_any_tab() {
    let (kv, [mut first, mut second]) = two_tabs_upon_format_1();
    second.store.set_holder(false);
    let formats = || key::MANIFESTS.map(|place| kv.get(place).unwrap().unwrap().contains("\"format\":2"));
    assert_eq!(formats(), [false, false], "opening writes nothing");
    let entries = kv.keys().unwrap().iter().filter(|key| key.starts_with(key::JOURNAL)).count();
    second.store.commit(&mut second.notebook, edit(70, prepare("pre-05", "by the second tab"))).unwrap();
    assert_eq!(formats(), [true, true]);
    first.store.commit(&mut first.notebook, edit(71, prepare("pre-06", "by the first tab"))).unwrap();
    first.store.absorb(&mut first.notebook, News::Anything).unwrap();
    second.store.absorb(&mut second.notebook, News::Anything).unwrap();
    let shown = contents(&mut first.store, &mut first.notebook);
    assert_eq!(contents(&mut second.store, &mut second.notebook), shown);
    assert_eq!(shown.preparation().steps.len(), 3);
    let now = kv.keys().unwrap().iter().filter(|key| key.starts_with(key::JOURNAL)).count();
    assert_eq!(now, entries + 2, "what the old program wrote stays in the journal");
    for fold in [false, true] {
        if fold {
            first.store.fold(&first.notebook).unwrap();
        }
        let mut again = open(Rc::clone(&kv), Access::Writer).unwrap();
        assert!(again.report.is_clean(), "{:?}", again.report);
        assert_eq!(contents(&mut again.store, &mut again.notebook), shown);
    }
}

#[test]
fn the_store_of_format_2_opens_with_what_two_tabs_wrote() {
    let texts: BTreeMap<String, String> = serde_json::from_str(STORE_V2).unwrap();
    let kv = Rc::new(texts.into_iter().collect::<MemoryStore>());
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    assert!(opened.report.is_clean(), "{:?}", opened.report);
    let shown = contents(&mut opened.store, &mut opened.notebook);
    let backup = backup::read(NOTEBOOK_V1).unwrap();
    assert_eq!(shown.rows().len(), backup.incidents.len());
    assert_eq!(shown.preparation().steps.len(), 3);
}

/// Makes the golden store of a format, once: the store of format 1 as two tabs go on with it. To be run with
/// `cargo test --test storage make_a_golden -- --ignored` when a format lands, and the file put into `tests/golden/`.
#[test]
#[ignore = "writes target/store-golden.json"]
fn make_a_golden_store() {
    let (kv, [mut first, mut second]) = two_tabs_upon_format_1();
    second.store.set_holder(false);
    first.store.commit(&mut first.notebook, edit(70, prepare("pre-05", "folded"))).unwrap();
    first.store.fold(&first.notebook).unwrap();
    second.store.commit(&mut second.notebook, edit(71, prepare("pre-06", "second tab"))).unwrap();
    first
        .store
        .commit(&mut first.notebook, edit(71, prepare("pre-06", "first tab, at the same moment")))
        .unwrap();
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/store-golden.json");
    std::fs::write(&file, serde_json::to_string_pretty(&kv.texts()).unwrap()).unwrap();
    println!("{}", file.display());
}

/// Every field that the golden backup has is described for whoever reads it with other tools.
#[test]
fn the_documentation_names_every_field_and_kind() {
    fn names(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    // Ids as names, and what came from outside as it was.
                    let id = name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
                    if !id && !name.contains('-') {
                        found.insert(name.clone());
                    }
                    if name != "extra" && name != "raw" {
                        names(value, found);
                    }
                }
            }
            Value::Array(values) => values.iter().for_each(|value| names(value, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    names(&serde_json::from_str(NOTEBOOK_V1).unwrap(), &mut found);
    found.extend(EntityKind::ALL.iter().map(|kind| kind.code().to_owned()));
    assert!(found.len() > 100, "{found:?}");
    let text = include_str!("../../docs/notebook-format.md");
    let missing: Vec<_> = found
        .iter()
        .filter(|name| !text.contains(&format!("`{name}`")) && !text.contains(&format!("\"{name}\"")))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
