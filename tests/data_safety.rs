//! The data-safety contract holds its own promise: every sentence of `docs/data-safety.md` that promises something names
//! tests, and every test that it names is there.

// Helpers of a test may state what they expect as bluntly as the tests do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

const CONTRACT: &str = include_str!("../docs/data-safety.md");

/// Where the promises end and where the list of tests is.
const LIMITS: &str = "## What First Hour does not promise";

/// The names in `[^name]` of a text, in order.
fn notes(text: &str) -> Vec<&str> {
    text.split("[^").skip(1).filter_map(|rest| rest.split_once(']')).map(|(name, _)| name).collect()
}

/// A text without its `[^name]`.
fn without_notes(text: &str) -> String {
    let mut parts = text.split("[^");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, rest| text + rest.split_once(']').map_or("", |(_, after)| after))
}

/// The sentences of a line, each with the notes behind its full stop.
fn sentences(line: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut rest = line;
    while let Some(place) = rest.find(['.', '?', '!']) {
        let (sentence, after) = rest.split_at(place + 1);
        found.last_mut().unwrap().push_str(sentence);
        let notes: String = after.split_inclusive(']').take_while(|part| part.starts_with("[^")).collect();
        found.last_mut().unwrap().push_str(&notes);
        rest = &after[notes.len()..];
        if rest.is_empty() || rest.starts_with(' ') {
            found.push(String::new());
        }
    }
    found.last_mut().unwrap().push_str(rest);
    found
        .into_iter()
        .map(|sentence| sentence.trim().to_owned())
        .filter(|sentence| !sentence.is_empty())
        .collect()
}

/// The tests that the list at the end names: note, file, test.
fn listed() -> BTreeMap<&'static str, (&'static str, &'static str)> {
    let lines = CONTRACT.lines().filter_map(|line| line.strip_prefix("[^")?.split_once("]: "));
    lines
        .map(|(note, test)| {
            let parts: Vec<&str> = test.split('`').collect();
            let [_, file, _, name, _] = parts[..] else { panic!("[^{note}] names no file and test: {test}") };
            (note, (file, name))
        })
        .collect()
}

/// Whether this file holds this test: a function on the host, or a test of the browser by its name.
fn has_test(text: &str, file: &str, name: &str) -> bool {
    if file.starts_with("tests/browser/") {
        return text.contains(&format!("test(\"{name}\"")) || text.contains(&format!("\"{name}\","));
    }
    text.match_indices(&format!("fn {name}(")).any(|(place, _)| {
        let before = text[..place].trim_end();
        // Inside `proptest!` other attributes may stand between.
        before.ends_with("#[test]") || before.rsplit('\n').take(4).any(|line| line.trim() == "#[test]")
    })
}

#[test]
fn every_promise_names_a_test_that_exists() {
    let (promises, _) = CONTRACT.split_once(LIMITS).expect("the contract says what is not promised");
    let listed = listed();
    let bullets: Vec<&str> = promises.lines().filter_map(|line| line.strip_prefix("- ")).collect();
    assert!(bullets.len() > 25, "only {} promises were found", bullets.len());
    for bullet in bullets {
        for sentence in sentences(bullet) {
            assert!(!notes(&sentence).is_empty(), "this promise names no test: {}", without_notes(&sentence));
        }
    }
    let used: BTreeSet<&str> = notes(promises).into_iter().collect();
    let named: BTreeSet<&str> = listed.keys().copied().collect();
    assert_eq!(used, named, "the notes in the text and the list at the end are not the same");

    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let missing: Vec<String> = listed
        .values()
        .filter(|(file, name)| {
            let text = fs::read_to_string(root.join(file)).unwrap_or_default();
            !has_test(&text, file, name)
        })
        .map(|(file, name)| format!("{file}: {name}"))
        .collect();
    assert!(missing.is_empty(), "the contract names tests that do not exist:\n{}", missing.join("\n"));
}

#[test]
fn every_point_is_there_and_the_page_stays_short() {
    let points = (1..=11).filter(|number| CONTRACT.contains(&format!("\n### {number}. ")));
    assert_eq!(points.count(), 11);
    let (text, _) = CONTRACT.split_once("## The tests").unwrap();
    let words = without_notes(text).split_whitespace().count();
    assert!(words < 1_200, "{words} words are more than one page");
}

#[test]
fn a_promise_without_a_test_and_a_test_that_is_gone_are_found() {
    assert_eq!(
        sentences("One.[^a][^b] Two is 0.5.[^c] Three."),
        ["One.[^a][^b]", "Two is 0.5.[^c]", "Three."]
    );
    assert_eq!(notes("One.[^a][^b]"), ["a", "b"]);
    assert_eq!(without_notes("One.[^a][^b] Two."), "One. Two.");
    assert!(has_test("#[test]\nfn there() {}", "tests/x.rs", "there"));
    assert!(!has_test("fn there() {}", "tests/x.rs", "there"));
    assert!(has_test("test(\"a::b\", run)", "tests/browser/a.rs", "a::b"));
    assert!(!has_test("// a::b", "tests/browser/a.rs", "a::b"));
}
