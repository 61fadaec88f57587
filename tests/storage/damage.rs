//! Whatever happens to one key, the notebook opens, everything else is there, and nothing is dropped silently.

use crate::sample::{contents, day, edit, id, import, prepare, rename, tick, write_down};
use firsthour::model::IncidentField;
use firsthour::notebook::{Act, Notebook, Preparation};
use firsthour::storage::faulty::flipped;
use firsthour::storage::key::{self, Named};
use firsthour::storage::{Access, KeyValue, MemoryStore, Mended, NotSaved, Opened, Stamp, TabId, Why, open};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::LazyLock;

/// A store with two pages of rows, a preparation and a journal.
static WHOLE: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let kv = Rc::new(MemoryStore::new());
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    for now in day() {
        // One of the day's edits changes nothing and is refused.
        let _ = opened.store.commit(&mut opened.notebook, now);
    }
    opened.store.commit(&mut opened.notebook, edit(30, write_down(5..80))).unwrap();
    opened.store.fold(&opened.notebook).unwrap();
    for (minute, act) in [
        tick(0, 41, "tri-02"),
        rename(1, "First"),
        rename(1, "Second"),
        prepare("pre-03", "done"),
        rename(70, "Last"),
    ]
    .into_iter()
    .enumerate()
    {
        opened.store.commit(&mut opened.notebook, edit(40 + minute, act)).unwrap();
    }
    kv.texts()
});

static CONTENTS: LazyLock<Notebook> = LazyLock::new(|| {
    let mut opened = open(WHOLE.clone().into_iter().collect::<MemoryStore>(), Access::Writer).unwrap();
    assert!(opened.report.is_clean());
    assert_eq!(opened.report.replayed, 5);
    contents(&mut opened.store, &mut opened.notebook)
});

type Damaged = Opened<Rc<MemoryStore>>;

/// Opens the store with this key's text changed, and checks what has to hold whatever the damage is.
fn with(key: &str, text: Option<String>) -> (Notebook, Damaged) {
    let mut texts = WHOLE.clone();
    match &text {
        Some(text) => texts.insert(key.to_owned(), text.clone()),
        None => texts.remove(key),
    };
    let kv = Rc::new(texts.into_iter().collect::<MemoryStore>());
    let held = kv.texts();
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    let found = contents(&mut opened.store, &mut opened.notebook);
    assert_eq!(kv.texts(), held, "opening and reading wrote something");

    let hit = match Named::parse(key) {
        Some(Named::Snapshot(id, _)) => Some(id),
        Some(Named::Entry(_)) => {
            let edit = &WHOLE[key];
            CONTENTS.rows().keys().find(|id| edit.contains(id.as_str())).cloned()
        }
        _ => None,
    };
    for incident in CONTENTS.loaded().filter(|incident| Some(&incident.id) != hit.as_ref()) {
        assert_eq!(found.incident(&incident.id), Some(incident), "{key}: another incident is not as it was");
        assert_eq!(found.row(&incident.id), CONTENTS.row(&incident.id), "{key}");
    }
    (found, opened)
}

/// What is set aside stays, untouched, while work goes on; and the page works on as if nothing had been.
fn goes_on(key: &str, text: Option<&str>, mut opened: Damaged) {
    let aside = opened.store.set_aside().to_vec();
    let there = opened.notebook.rows().keys().next().unwrap().clone();
    let rename = Act::SetIncident(there, IncidentField::Name("Renamed after the damage".into()));
    opened.store.commit(&mut opened.notebook, edit(60, rename)).unwrap();
    opened.store.fold(&opened.notebook).unwrap();
    opened.store.commit(&mut opened.notebook, edit(61, import([90]))).unwrap();
    let kv = Rc::clone(opened.store.kv());
    let shown = contents(&mut opened.store, &mut opened.notebook);
    let mut again = open(Rc::clone(&kv), Access::Writer).unwrap();
    assert!(again.report.is_clean(), "{key}: {:?}", again.report);
    assert_eq!(again.store.set_aside(), aside, "{key}");
    assert_eq!(contents(&mut again.store, &mut again.notebook), shown, "{key}");
    if aside.iter().any(|it| it.key == key) {
        assert_eq!(kv.get(key).unwrap().as_deref(), text, "{key}: what was set aside was touched");
    }
    for it in aside {
        again.store.discard(&again.notebook, &it.key).unwrap();
        assert_eq!(kv.get(&it.key).unwrap(), None);
    }
    assert!(open(kv, Access::Writer).unwrap().store.set_aside().is_empty());
}

/// Everything that can happen to a text.
fn damages(key: &str) -> Vec<Option<String>> {
    let text = &WHOLE[key];
    let length = text.chars().count();
    let cut = |keep: usize| Some(text.chars().take(keep).collect::<String>());
    let mut all = vec![
        None,
        cut(0),
        cut(1),
        cut(length / 2),
        cut(length - 1),
        Some(format!("{text}㐀")),
        Some(format!("㐀{text}")),
    ];
    all.extend((0..8).map(|place| Some(flipped(text, place * length / 8))));
    all.push(Some(flipped(text, length - 1)));
    all.extend(
        WHOLE.iter().filter(|(other, _)| *other != key).step_by(17).map(|(_, other)| Some(other.clone())),
    );
    all
}

#[test]
fn whatever_happens_to_any_key_the_rest_opens_and_work_goes_on() {
    let mut tried = 0;
    let touched: Vec<_> = (0..6).map(id).collect();
    for key in WHOLE.keys() {
        // Every kind of key; of eighty snapshots those that the journal or an earlier edit touched, and one more.
        if matches!(Named::parse(key), Some(Named::Snapshot(id, _)) if !touched.contains(&id)) {
            continue;
        }
        for text in damages(key) {
            if text.as_ref() == WHOLE.get(key) {
                continue;
            }
            let (_, opened) = with(key, text.clone());
            if tried % 3 == 0 {
                goes_on(key, text.as_deref(), opened);
            }
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_character_of_any_key_may_change(key in any::<prop::sample::Index>(), place in any::<usize>(), other in any::<char>()) {
        let (key, text) = WHOLE.iter().nth(key.index(WHOLE.len())).unwrap();
        let place = place % text.chars().count();
        let changed: String = text.chars().enumerate().map(|(at, c)| if at == place { other } else { c }).collect();
        with(key, Some(changed));
    }

    #[test]
    fn any_texts_under_any_of_our_keys_open(texts in prop::collection::btree_map(
        prop_oneof![
            Just("firsthour/1/manifest-a".to_owned()),
            Just("firsthour/1/manifest-b".to_owned()),
            (0..3u64).prop_map(|number| key::entry(Stamp { number, tab: TabId::NAMELESS })),
            (0..3u64, 0..2u8).prop_map(|(number, tab)| key::entry(Stamp { number, tab: TabId::random([tab; 5]) })),
            (0..2u32, 0..3u64).prop_map(|(page, generation)| key::page(page, generation)),
            (0..2usize, 0..3u64).prop_map(|(number, generation)| key::snapshot(&id(number), generation)),
            (0..3u64).prop_map(key::preparation),
            "firsthour/1/[a-z/0-9]{0,12}",
        ],
        prop_oneof![any::<String>(), prop::sample::select(WHOLE.values().cloned().collect::<Vec<_>>())],
        0..12,
    )) {
        let mut opened = open(texts.into_iter().collect::<MemoryStore>(), Access::Writer).unwrap();
        contents(&mut opened.store, &mut opened.notebook);
        let saved = opened.store.commit(&mut opened.notebook, edit(1, import([0])));
        prop_assert!(saved.is_ok(), "{:?}", saved);
    }
}

#[test]
fn a_damaged_incident_is_set_aside_by_name_with_its_edits() {
    let key = WHOLE
        .keys()
        .find(|key| matches!(Named::parse(key), Some(Named::Snapshot(it, _)) if it == id(1)))
        .unwrap();
    let (found, opened) = with(key, Some(flipped(&WHOLE[key], 40)));
    assert_eq!(found.row(&id(1)), None);
    let aside = opened.store.set_aside();
    assert_eq!(aside.len(), 3, "the incident and its two edits: {aside:?}");
    assert!(aside.iter().any(|it| it.key == *key && it.name.contains("on ")));
    assert_eq!(aside.iter().filter(|it| matches!(it.why, Why::DoesNotApply(_))).count(), 2);
    assert_eq!(opened.report.set_aside, aside);
    let file = opened.store.set_aside_file().unwrap();
    assert!(file.contains(&flipped(&WHOLE[key], 40)) && file.contains("Second"), "{file}");
}

#[test]
fn an_incident_that_is_gone_is_told_by_name() {
    let key = WHOLE
        .keys()
        .find(|key| matches!(Named::parse(key), Some(Named::Snapshot(it, _)) if it == id(9)))
        .unwrap();
    let (_, opened) = with(key, None);
    let aside = opened.store.set_aside();
    assert!(matches!(aside, [it] if it.why == Why::Missing && !it.name.is_empty()), "{aside:?}");
}

#[test]
fn rows_that_are_lost_are_made_anew_and_a_lost_manifest_is_doubled() {
    let page = WHOLE.keys().find(|key| key.starts_with("firsthour/1/rows/0/")).unwrap();
    let (found, opened) = with(page, None);
    assert_eq!(found, *CONTENTS);
    assert_eq!(opened.report.mended, [Mended::Rows(64)]);
    let (found, opened) = with("firsthour/1/manifest-b", None);
    assert_eq!((found, opened.report.mended), (CONTENTS.clone(), vec![Mended::Manifest]));
}

#[test]
fn without_any_manifest_the_newest_records_are_taken() {
    for text in [None, Some("M 2 00000000 {}".to_owned())] {
        let mut texts = WHOLE.clone();
        for place in key::MANIFESTS {
            match &text {
                Some(text) => texts.insert(place.into(), text.clone()),
                None => texts.remove(place),
            };
        }
        let kv = Rc::new(texts.into_iter().collect::<MemoryStore>());
        let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
        assert_eq!(opened.report.mended, [Mended::BothManifests]);
        assert_eq!(contents(&mut opened.store, &mut opened.notebook), *CONTENTS);
        goes_on("firsthour/1/manifest-a", text.as_deref(), opened);
    }
}

#[test]
fn a_missing_edit_between_others_is_told_and_the_others_stand() {
    let last = WHOLE.keys().filter_map(|key| match Named::parse(key) {
        Some(Named::Entry(stamp)) => Some(stamp),
        _ => None,
    });
    let last = last.max().unwrap();
    let second_last = Stamp { number: last.number - 1, ..last };
    let (found, opened) = with(&key::entry(second_last), None);
    assert_eq!(opened.report.missing_edits, 1);
    assert_eq!(found.preparation().steps.len(), CONTENTS.preparation().steps.len() - 1);
}

#[test]
fn a_damaged_preparation_is_set_aside_and_its_edits_still_stand() {
    let key = WHOLE.keys().find(|key| key.starts_with("firsthour/1/prep/")).unwrap();
    let (found, opened) = with(key, Some("D".into()));
    assert_eq!(opened.store.set_aside().len(), 1);
    assert_ne!(**found.preparation(), Preparation::default());
    assert_ne!(found.preparation(), CONTENTS.preparation());
}

#[test]
fn a_newer_programs_notebook_is_read_and_never_written() {
    let newer = |texts: &mut BTreeMap<String, String>| {
        // The same manifest with a higher format, framed as that program would.
        for place in key::MANIFESTS {
            let json =
                texts[place].splitn(4, ' ').last().unwrap().replacen("\"format\":2", "\"format\":3", 1);
            texts.insert(place.into(), firsthour::storage::frame::frame('M', "manifest", &json));
        }
    };
    let mut changed = WHOLE.clone();
    newer(&mut changed);
    let mut beside = WHOLE.clone();
    beside.insert("firsthour/2/manifest-a".into(), "new".into());
    for texts in [changed, beside] {
        let kv = Rc::new(texts.clone().into_iter().collect::<MemoryStore>());
        let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
        assert_eq!(opened.store.access(), Access::Newer(3));
        assert_eq!(contents(&mut opened.store, &mut opened.notebook), *CONTENTS);
        let notebook = &mut opened.notebook;
        let store = &mut opened.store;
        assert!(matches!(
            store.commit(notebook, edit(1, import([1]))),
            Err(NotSaved::ReadOnly(Access::Newer(3)))
        ));
        assert!(store.commit(notebook, edit(1, rename(1, "x"))).is_err());
        assert!(store.fold(notebook).is_err() && store.erase(notebook).is_err());
        assert_eq!(*notebook, *CONTENTS);
        assert_eq!(kv.texts(), texts);
    }
}
