//! The hash chains from outside: whoever changes a backup by hand is found out, entry by entry; a script that knows
//! nothing of this program agrees; old notebooks open and are covered from then on; storage keeps the chains.

// Helpers of a test may state what they expect as bluntly as the tests do.
#![allow(clippy::unwrap_used, clippy::panic)]

use firsthour::formats::backup::{self, Backup, LogFault, Writing};
use firsthour::formats::report::{Options, html, markdown, report};
use firsthour::model::activity::Cause;
use firsthour::model::chain::{self, FaultKind, Scope};
use firsthour::model::taxonomy::Severity;
use firsthour::model::{CopyId, Incident, IncidentField, IncidentId, Time, What};
use firsthour::notebook::{Act, Edit, Notebook, Put, Why, acts};
use firsthour::playbooks::library;
use firsthour::storage::{Access, MemoryStore, open};
use firsthour::words::Lang;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::process::Command;

const NOTEBOOK_V1: &str = include_str!("golden/notebook-v1.json");
const FORMAT: &str = include_str!("../docs/notebook-format.md");

fn at(minute: i64) -> Time {
    Time::from_millis(1_795_500_000_000 + minute * 60_000)
}

fn edit(minute: i64, act: Act) -> Edit {
    Edit { at: at(minute), by: "Ann".into(), act, cause: Cause::Done }
}

fn copy(name: &str) -> CopyId {
    CopyId::derived(&[name])
}

fn id(name: &str) -> IncidentId {
    IncidentId::derived(&[name])
}

fn create(name: &str) -> Act {
    acts::create(id(name), name, "", Severity::High, &at(0))
}

fn comment(name: &str, text: &str) -> Act {
    Act::Comment(id(name), text.into())
}

fn done(notebook: &mut Notebook, minute: i64, act: Act) {
    notebook.apply(edit(minute, act)).unwrap();
}

/// A notebook of two incidents that two copies wrote in turn, with an entry that came without a link in between.
fn notebook(texts: &[String]) -> Notebook {
    let mut notebook = Notebook::default();
    done(&mut notebook, 0, Act::BeginCopy(copy("one")));
    done(&mut notebook, 0, create("a"));
    let mut imported = Incident::new(id("b"), "b", at(0));
    let said = What::Comment("from the portal".into());
    imported.activity.push(firsthour::model::Activity::new(at(0), "Portal", said, Cause::Done));
    done(&mut notebook, 1, acts::put(Why::Imported("x.json".into()), imported));
    for (minute, text) in (2..).zip(texts) {
        let next = CopyId::derived(&[&minute.to_string()]);
        if minute % 4 == 0 {
            done(&mut notebook, minute, Act::BeginCopy(if minute % 8 == 0 { copy("one") } else { next }));
        }
        done(&mut notebook, minute, comment(if minute % 3 == 0 { "b" } else { "a" }, &format!("{text}.")));
    }
    notebook
}

fn backup_of(notebook: &Notebook) -> String {
    let mut writing = Writing::default();
    notebook.loaded().for_each(|incident| writing.push(incident).unwrap());
    writing.finish(notebook.preparation()).unwrap()
}

/// What is wrong with the logs: whose, what, and at which entry.
fn faults(backup: &str) -> Vec<(Option<String>, FaultKind, usize)> {
    let place = |LogFault { incident, fault }| {
        (incident, fault.kind, fault.place.map_or(0, |place: chain::Place| place.number))
    };
    backup::read(backup).unwrap().faults.into_iter().map(place).collect()
}

/// What somebody does to a log by hand.
#[derive(Debug, Clone)]
enum Tampering {
    /// Changes a letter of a text, of a name or of the hash.
    Letter(prop::sample::Index),
    Remove,
    /// Moves it behind the next of its chain.
    Swap,
    Double,
    SlipIn,
}

fn any_tampering() -> impl Strategy<Value = Tampering> {
    prop_oneof![
        4 => any::<prop::sample::Index>().prop_map(Tampering::Letter),
        1 => Just(Tampering::Remove),
        1 => Just(Tampering::Swap),
        1 => Just(Tampering::Double),
        1 => Just(Tampering::SlipIn),
    ]
}

/// Every text in a value.
fn texts<'a>(value: &'a mut Value, found: &mut Vec<&'a mut String>) {
    match value {
        Value::String(text) => found.push(text),
        Value::Array(values) => values.iter_mut().for_each(|value| texts(value, found)),
        Value::Object(fields) => fields.values_mut().for_each(|value| texts(value, found)),
        _ => {}
    }
}

/// Does it to entry `place`, and gives back at which entry, counted from one, a fault has to be found; zero where that
/// chain has none any more, none where the change is none.
fn tamper(log: &mut Vec<Value>, place: usize, tampering: &Tampering) -> Option<usize> {
    let copy_of = |entry: &Value| entry["chain"][0].as_str().map(str::to_owned);
    let mine = copy_of(&log[place]);
    let later = |log: &[Value]| (place + 1..log.len()).find(|later| copy_of(&log[*later]) == mine);
    match tampering {
        Tampering::Letter(which) => {
            let mut found = Vec::new();
            texts(&mut log[place], &mut found);
            let letters: usize = found.iter().map(|text| text.len()).sum();
            let mut letter = which.index(letters);
            let text = found.into_iter().find(|text| {
                let here = letter < text.len();
                letter -= if here { 0 } else { text.len() };
                here
            })?;
            let mut bytes = text.clone().into_bytes();
            bytes[letter] = if bytes[letter] == b'7' { b'8' } else { b'7' };
            *text = String::from_utf8(bytes).ok()?;
            Some(place + 1)
        }
        Tampering::Remove => {
            let next = later(log);
            log.remove(place);
            // The next of the chain does not fit, or the chain ends at the one before.
            let before = (0..place).rev().find(|before| copy_of(&log[*before]) == mine);
            Some(next.or(before.map(|before| before + 1)).unwrap_or(0))
        }
        Tampering::Swap => {
            let next = later(log)?;
            log.swap(place, next);
            Some(place + 1)
        }
        Tampering::Double => {
            log.insert(place, log[place].clone());
            Some(place + 2)
        }
        Tampering::SlipIn => {
            log.insert(place, json!({"at": "2026-11-24T08:30:00Z", "by": "Eve", "what": {"comment": "x"}}));
            Some(place + 1)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_backup_that_was_changed_by_hand_names_the_first_entry_that_does_not_fit(
        said in proptest::collection::vec(".{0,12}", 4..20),
        in_b in any::<bool>(),
        place in any::<prop::sample::Index>(),
        tampering in any_tampering(),
    ) {
        let whole = backup_of(&notebook(&said));
        prop_assert_eq!(faults(&whole), vec![]);
        let mut file: Value = serde_json::from_str(&whole).unwrap();
        let name = if in_b { "b" } else { "a" };
        let incidents = file["incidents"].as_array_mut().unwrap();
        let incident = incidents.iter_mut().find(|incident| incident["name"] == name).unwrap();
        let log = incident["activity"].as_array_mut().unwrap();
        // The entry without a link is another test's.
        let first = usize::from(in_b);
        let place = first + place.index(log.len() - first);
        let Some(expected) = tamper(log, place, &tampering) else { return Ok(()) };
        match backup::read(&file.to_string()) {
            Ok(Backup { faults, .. }) => {
                let found: Vec<_> = faults
                    .iter()
                    .map(|fault| (fault.incident.as_deref(), fault.fault.place.as_ref().map_or(0, |place| place.number)))
                    .collect();
                prop_assert!(found.contains(&(Some(name), expected)), "{}: {:?}", expected, faults);
                prop_assert!(found.iter().all(|(incident, _)| *incident == Some(name)), "{:?}", faults);
            }
            // A letter of a time or an id may make it none; then the incident is named.
            Err(error) => prop_assert!(error.to_string().contains(&format!("({name})")), "{}", error),
        }
    }
}

#[test]
fn what_is_cut_off_at_the_end_shows_in_the_heads() {
    let whole = backup_of(&notebook(&["x".into(), "y".into()]));
    let mut file: Value = serde_json::from_str(&whole).unwrap();
    file["incidents"].as_array_mut().unwrap().iter_mut().for_each(|incident| {
        if incident["name"] == "a" {
            incident["activity"].as_array_mut().unwrap().pop();
        }
    });
    assert_eq!(faults(&file.to_string()), [(Some("a".into()), FaultKind::OtherHead, 1)]);
    file["incidents"].as_array_mut().unwrap().retain(|incident| incident["name"] != "a");
    assert_eq!(faults(&file.to_string()), [(Some(id("a").to_string()), FaultKind::OtherHead, 0)]);
    for (part, value) in
        [("head", json!("0")), ("heads", json!(7)), ("heads", json!([])), ("head", json!(null))]
    {
        let mut file: Value = serde_json::from_str(&whole).unwrap();
        file[part] = value;
        assert_eq!(faults(&file.to_string()).is_empty(), file["head"].is_null(), "{part}");
    }
    let mut file: Value = serde_json::from_str(&whole).unwrap();
    file["preparation"]["log"][0]["by"] = "Eve".into();
    assert_eq!(faults(&file.to_string()), [(None, FaultKind::Unfit, 1)]);
}

/// The script in the format's description.
fn script() -> &'static str {
    FORMAT.split("```python\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap()
}

/// Runs the script over a backup: what it prints and whether everything fits. None where there is no Python.
fn run_script(name: &str, backup: &str) -> Option<(String, bool)> {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (program, file) = (folder.join(format!("{name}.py")), folder.join(format!("{name}.json")));
    std::fs::write(&program, script()).unwrap();
    std::fs::write(&file, backup).unwrap();
    match Command::new("python3").arg(&program).arg(&file).output() {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            let complaint = String::from_utf8_lossy(&output.stderr);
            assert!(complaint.is_empty(), "{complaint}");
            Some((said, output.status.success()))
        }
        Err(error) => {
            println!("SKIPPED: python3 cannot be run here: {error}");
            None
        }
    }
}

#[test]
fn the_script_in_the_documentation_agrees() {
    let odd = "\u{1}\u{1f}\u{7f}\u{2028}\u{feff}\"\\/\u{8}\n\t 😀 é <&>".to_owned();
    let whole = backup_of(&notebook(&["x".into(), odd, "z".into(), "y".into(), "w".into()]));
    let Some((said, fits)) = run_script("whole", &whole) else { return };
    let file: Value = serde_json::from_str(&whole).unwrap();
    assert_eq!(said, format!("every entry fits\n{}\n", file["head"].as_str().unwrap()));
    assert!(fits);
    let changed = whole.replacen("\"z.\"", "\"zz.\"", 1);
    let (_, _, number) = faults(&changed)[0].clone();
    let (said, fits) = run_script("changed", &changed).unwrap();
    let incident = id("a");
    assert!(said.starts_with(&format!("incident/{incident}: entry {number} does not fit\n")), "{said}");
    assert!(!fits);
    let (said, fits) = run_script("old", NOTEBOOK_V1).unwrap();
    assert!(fits, "{said}");
}

#[test]
fn an_old_notebook_opens_as_unchained_and_its_entries_are_covered_by_the_next() {
    let backup = backup::read(NOTEBOOK_V1).unwrap();
    assert_eq!(backup.faults, []);
    let mut notebook = Notebook::default();
    done(&mut notebook, 0, Act::BeginCopy(copy("new")));
    for incident in &backup.incidents {
        let verified = chain::verify_incident(incident);
        assert_eq!((verified.before, verified.faults.len()), (incident.activity.len(), 0));
    }
    let old = backup.incidents.iter().find(|incident| incident.activity.len() == 6).unwrap().id.clone();
    done(&mut notebook, 0, backup.restoring());
    done(&mut notebook, 1, Act::SetIncident(old.clone(), IncidentField::Name("Renamed".into())));
    let mut incident = Incident::clone(notebook.incident(&old).unwrap());
    assert_eq!(incident.activity[6].covers.len(), 6);
    let verified = chain::verify_incident(&incident);
    assert_eq!((verified.before, verified.faults.len(), verified.heads.len()), (0, 0, 1));
    incident.activity[2].by.push('x');
    let faults = chain::verify_incident(&incident).faults;
    assert_eq!(faults[0].place.as_ref().map(|place| place.number), Some(3));
}

#[test]
fn the_notebooks_own_log_says_what_no_incidents_can() {
    let mut notebook = notebook(&["x".into()]);
    let a = notebook.incident(&id("a")).unwrap().clone();
    let head = chain::head_of(&a);
    let deleted = notebook.apply(edit(5, acts::delete([id("a")]))).unwrap();
    let last = |notebook: &Notebook| notebook.preparation().log.last().unwrap().what.clone();
    let named = vec![(id("a"), "a".to_owned(), head)];
    assert_eq!(last(&notebook), What::IncidentsDeleted { count: 1, head, named });
    let before = notebook.copy().cloned();
    done(&mut notebook, 6, deleted.inverse);
    let named = vec![(id("a"), "a".to_owned())];
    assert_eq!(last(&notebook), What::IncidentsPutBack { count: 1, named });
    assert_eq!(notebook.copy().cloned(), before, "the chain goes on where it was");

    // Deleted and written down anew, or brought back as it was earlier: the chain cannot go on.
    done(&mut notebook, 7, acts::delete([id("a")]));
    done(&mut notebook, 8, create("a"));
    assert_ne!(notebook.copy().cloned(), before);
    let second = notebook.copy().cloned();
    done(&mut notebook, 9, acts::put(Why::Restored, Incident::clone(&a)));
    assert_eq!(notebook.copy().cloned(), second, "the other copy's chain comes back beside this one's");
    assert_eq!(last(&notebook), What::Restored(1));
    let restored = notebook.incident(&id("a")).unwrap();
    assert_eq!(restored.activity.len(), a.activity.len() + 1, "neither log lost anything");
    assert_eq!(chain::verify_incident(restored).faults, []);

    let theirs = vec![(id("z"), Some(std::sync::Arc::new(Incident::new(id("z"), "z", at(0)))))];
    let merging = Put { why: Why::Merged("bob.json".into()), incidents: theirs, preparation: None };
    let merged = notebook.apply(edit(10, Act::Put(merging))).unwrap();
    assert_eq!(last(&notebook), What::CopyMerged { source: "bob.json".into(), count: 1 });
    done(&mut notebook, 11, merged.inverse);
    assert_eq!(last(&notebook), What::CopyUnmerged(1));
    assert_eq!(chain::verify(&notebook.preparation().log, Scope::Notebook).faults, []);
}

#[test]
fn storage_keeps_the_copy_and_the_chains_in_the_journal_and_when_it_is_folded() {
    let mut opened = open(MemoryStore::new(), Access::Writer).unwrap();
    let steps = [
        Act::BeginCopy(copy("kept")),
        create("a"),
        comment("a", "one"),
        comment("a", "two"),
        Act::SetPreparation("pre-01".try_into().unwrap(), firsthour::model::StepField::Outcome("x".into())),
    ];
    for (minute, act) in (0..).zip(steps) {
        opened.store.commit(&mut opened.notebook, edit(minute, act)).unwrap();
    }
    let look = |notebook: &Notebook| (notebook.incident(&id("a")).cloned(), notebook.preparation().clone());
    let expected = look(&opened.notebook);
    assert_eq!(chain::heads(&expected.0.as_ref().unwrap().activity).len(), 1);
    for fold in [false, true] {
        if fold {
            opened.store.fold(&opened.notebook).unwrap();
        }
        let texts: MemoryStore = texts_of(opened.store.kv());
        let mut again = open(texts, Access::Writer).unwrap();
        again.store.load(&mut again.notebook, &id("a")).unwrap();
        assert_eq!(look(&again.notebook), expected, "folded: {fold}");
        assert_eq!(again.notebook.copy(), Some(&copy("kept")));
    }
}

fn texts_of(kv: &MemoryStore) -> MemoryStore {
    use firsthour::storage::KeyValue as _;
    let keys = kv.keys().unwrap();
    keys.into_iter().map(|key| (key.clone(), kv.get(&key).unwrap().unwrap())).collect()
}

#[test]
fn a_backup_never_says_which_copy_it_came_from_and_a_report_says_where_the_log_ends() {
    let notebook = notebook(&["x".into(), "y".into(), "z".into()]);
    let incident = notebook.incident(&id("a")).unwrap();
    let file: Value = serde_json::from_str(&backup_of(&notebook)).unwrap();
    assert_eq!(file["preparation"].get("copy"), None);
    assert!(notebook.copy().is_some());
    for language in Lang::ALL {
        let report = report(incident, library(), &Options::new(language), &at(9), "Ann");
        for (copy, head) in chain::heads(&incident.activity) {
            for text in [html(&report), markdown(&report)] {
                assert!(text.contains(&head.to_string()) && text.contains(copy.as_str()), "{text}");
            }
        }
    }
}
