//! Thousands of damages to every key: whatever happens to one of them, the notebook opens, all that does not depend on
//! that key is as it was, and whatever is not as it was is told.
//!
//! Which incidents depend on a key is found out by taking the key away, so nothing here knows how keys are named or what
//! stands in them.

use crate::sample::{contents, day, edit, id, prepare, rename, tick, write_down};
use firsthour::model::IncidentId;
use firsthour::notebook::Notebook;
use firsthour::storage::faulty::{FaultyStore, flipped};
use firsthour::storage::key;
use firsthour::storage::{Access, KeyValue, MemoryStore, Report, open};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::LazyLock;

type Texts = BTreeMap<String, String>;

/// A store with a past.
struct Past {
    /// What it holds now.
    now: Texts,
    /// Every text that any key ever held.
    texts: Vec<String>,
    /// What each key held before what it holds now.
    older: BTreeMap<String, Vec<String>>,
    /// The notebook after each edit: without its last edits a store cannot be told from one that never had them.
    states: Vec<Notebook>,
    /// The notebook now.
    notebook: Notebook,
    /// The incidents that are not as they were without this key.
    depending: BTreeMap<String, BTreeSet<IncidentId>>,
}

static PAST: LazyLock<Past> = LazyLock::new(|| {
    let kv = Rc::new(FaultyStore::over(MemoryStore::new()));
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    let mut states = Vec::new();
    let mut edits = day();
    edits.push(edit(30, write_down(5..15)));
    edits.extend(
        [
            tick(0, 41, "tri-02"),
            rename(1, "First"),
            rename(1, "Second"),
            prepare("pre-03", "done"),
            rename(14, "Last"),
        ]
        .into_iter()
        .enumerate()
        .map(|(minute, act)| edit(40 + minute, act)),
    );
    let last_fold = edits.len() - 6;
    for (number, now) in edits.into_iter().enumerate() {
        // One of the day's edits changes nothing and is refused.
        let _ = opened.store.commit(&mut opened.notebook, now);
        states.push(contents(&mut opened.store, &mut opened.notebook));
        if number == last_fold {
            opened.store.fold(&opened.notebook).unwrap();
        }
    }
    let now = kv.after(kv.writes()).texts();
    let mut older: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut texts = BTreeSet::new();
    for writes in 0..kv.writes() {
        for (key, text) in kv.after(writes).texts() {
            texts.insert(text.clone());
            let earlier = older.entry(key).or_default();
            if !earlier.contains(&text) {
                earlier.push(text);
            }
        }
    }
    let notebook = states.last().unwrap().clone();
    let mut past =
        Past { now, texts: texts.into_iter().collect(), older, states, notebook, depending: BTreeMap::new() };
    for key in past.now.keys().cloned().collect::<Vec<_>>() {
        let mut without = past.now.clone();
        without.remove(&key);
        let (found, _) = opened_from(without);
        let differs = |id: &&IncidentId| found.incident(id) != past.notebook.incident(id);
        let depending = past.notebook.rows().keys().filter(differs).cloned().collect();
        past.depending.insert(key, depending);
    }
    past
});

/// What is read from these texts, and what is told about it.
fn opened_from(texts: Texts) -> (Notebook, Report) {
    let kv = Rc::new(texts.into_iter().collect::<MemoryStore>());
    let before = kv.texts();
    let mut opened = open(Rc::clone(&kv), Access::Writer).unwrap();
    let known = opened.store.set_aside().len();
    let found = contents(&mut opened.store, &mut opened.notebook);
    assert_eq!(kv.texts(), before, "reading wrote something");
    let mut report = opened.report;
    report.set_aside.extend_from_slice(&opened.store.set_aside()[known..]);
    for aside in &report.set_aside {
        let offered = opened.store.set_aside_file().unwrap();
        let text = kv.get(&aside.key).unwrap().map(|text| serde_json::to_string(&text).unwrap());
        assert!(text.is_none_or(|text| offered.contains(&text)), "{}: not offered as a file", aside.key);
    }
    (found, report)
}

/// Puts this text under the key, or takes the key away, and checks what has to hold whatever the damage is.
fn damage(key: &str, text: Option<String>) {
    let past = &*PAST;
    let mut texts = past.now.clone();
    let what = text.as_ref().map_or("taken away".to_owned(), |text| text.chars().take(60).collect());
    match text {
        Some(text) => drop(texts.insert(key.to_owned(), text)),
        None => drop(texts.remove(key)),
    }
    let (found, report) = opened_from(texts);
    let depending = &past.depending[key];
    for id in past.notebook.rows().keys().filter(|id| !depending.contains(*id)) {
        assert_eq!(
            found.incident(id),
            past.notebook.incident(id),
            "{key}: {what}: another incident is not as it was"
        );
        assert_eq!(found.row(id), past.notebook.row(id), "{key}: {what}: another row is not as it was");
    }
    for id in found.rows().keys() {
        assert!(past.notebook.rows().contains_key(id), "{key}: {what}: an incident came out of nowhere");
    }
    let is_told = !report.is_clean();
    let is_earlier = past.states.contains(&found);
    assert!(
        found == past.notebook || is_told || is_earlier,
        "{key}: {what}: something is lost and nobody is told"
    );
}

/// Every kind of damage to every key: cut at many places, characters flipped, doubled and lost, older texts of the same
/// key, texts of other keys, taken away.
#[test]
fn every_key_survives_every_kind_of_damage() {
    let past = &*PAST;
    let mut tried = 0;
    for (number, (key, text)) in past.now.iter().enumerate() {
        let chars: Vec<char> = text.chars().collect();
        let length = chars.len();
        let mut damages =
            vec![None, Some(String::new()), Some(format!("{text}{text}")), Some(format!(" {text}"))];
        // The filling is as long as it is dull.
        let places = if key == key::SPARE { 3 } else { 16 };
        for place in (0..places).map(|part| part * length / places) {
            damages.push(Some(chars[..place].iter().collect()));
            damages.push(Some(flipped(text, place)));
            damages.push(Some(
                chars.iter().enumerate().filter(|(at, _)| *at != place).map(|(_, c)| *c).collect(),
            ));
        }
        damages.push(Some(flipped(text, length.saturating_sub(1))));
        damages.extend(past.older.get(key).into_iter().flatten().cloned().map(Some));
        damages.extend(past.now.values().skip(number % 7).step_by(7).cloned().map(Some));
        for damaged in damages.into_iter().filter(|damaged| damaged.as_ref() != Some(text)) {
            damage(key, damaged);
            tried += 1;
        }
    }
    assert!(tried > 1_200, "{tried}");
}

#[test]
fn most_keys_carry_one_incident_at_most() {
    let past = &*PAST;
    assert!(
        past.depending.values().filter(|ids| !ids.is_empty()).count() >= 12,
        "nothing seems to depend on anything"
    );
    assert!(past.depending.values().all(|ids| ids.len() <= 1), "{:?}", past.depending);
    assert!(past.depending.iter().any(|(key, ids)| ids.contains(&id(0)) && past.now.contains_key(key)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    /// Any character of any key becomes any other, is lost, or is doubled.
    #[test]
    fn any_character_of_any_key(key in any::<prop::sample::Index>(), place in any::<usize>(), other in any::<Option<char>>(), keeps in any::<bool>()) {
        let past = &*PAST;
        let keys: Vec<&String> = past.now.keys().filter(|key| *key != key::SPARE).collect();
        let key = keys[key.index(keys.len())];
        let text = &past.now[key];
        let place = place % text.chars().count();
        let changed: String = text
            .chars()
            .enumerate()
            .flat_map(|(at, c)| if at == place { [keeps.then_some(c), other] } else { [Some(c), None] })
            .flatten()
            .collect();
        if changed != *text {
            damage(key, Some(changed));
        }
    }

    /// Any text that the store ever held stands under any key.
    #[test]
    fn any_text_of_the_past_under_any_key(key in any::<prop::sample::Index>(), text in any::<prop::sample::Index>()) {
        let past = &*PAST;
        let keys: Vec<&String> = past.now.keys().collect();
        let (key, text) = (keys[key.index(keys.len())], &past.texts[text.index(past.texts.len())]);
        if past.now[key] != *text {
            damage(key, Some(text.clone()));
        }
    }

    /// Two keys have each other's texts.
    #[test]
    fn two_keys_change_places(one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let past = &*PAST;
        let keys: Vec<&String> = past.now.keys().collect();
        let (one, other) = (keys[one.index(keys.len())], keys[other.index(keys.len())]);
        let mut texts = past.now.clone();
        texts.insert(one.clone(), past.now[other].clone());
        texts.insert(other.clone(), past.now[one].clone());
        let (found, report) = opened_from(texts);
        let depending: BTreeSet<_> = past.depending[one].iter().chain(&past.depending[other]).collect();
        for id in past.notebook.rows().keys().filter(|id| !depending.contains(id)) {
            prop_assert_eq!(found.incident(id), past.notebook.incident(id), "{} and {}", one, other);
        }
        prop_assert!(found == past.notebook || !report.is_clean(), "{} and {}", one, other);
    }
}
