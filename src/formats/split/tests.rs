//! What is cut out of a document, and what is a document a line.

use super::*;

/// Every record as text, with its path and how many alerts, and the skeleton; the same for every step width.
fn split(text: &str) -> (Vec<(String, String, usize)>, String) {
    let mut results: Vec<_> = [1, 2, 7, 1000]
        .into_iter()
        .map(|budget| {
            let (mut splitter, mut parts) = (Splitter::new(0), VecDeque::new());
            while splitter.at() < text.len() {
                splitter.step(text.as_bytes(), budget, &mut parts);
            }
            let records = parts.into_iter().map(|part| match part {
                Part::Record { range, alerts, place } => (place.path, text[range].to_owned(), alerts.len()),
                Part::Odd { at, place } => (place.path, text[at..=at].to_owned(), 99),
            });
            (records.collect::<Vec<_>>(), String::from_utf8(splitter.into_skeleton(text.as_bytes())).unwrap())
        })
        .collect();
    let last = results.pop().unwrap();
    assert!(results.iter().all(|result| *result == last), "{results:?} {last:?}");
    last
}

fn record(path: &str, text: &str, alerts: usize) -> (String, String, usize) {
    (path.to_owned(), text.to_owned(), alerts)
}

#[test]
fn a_wrapped_list_falls_into_its_records() {
    let (records, skeleton) = split(r#"{"@c": "value", "value": [{"a": "}]\""}, {"value": [1]}], "n": 1}"#);
    assert_eq!(
        records,
        [record("value[0]", r#"{"a": "}]\""}"#, 0), record("value[1]", r#"{"value": [1]}"#, 0)]
    );
    assert_eq!(skeleton, r#"{"@c": "value", "value": [{}, {}], "n": 1}"#);
}

#[test]
fn a_bare_object_a_list_and_a_sequence_are_records_too() {
    let (records, skeleton) = split(r#"{"id": 1, "alerts": [{"x": [{}]}, {}], "tags": [{}]}"#);
    assert_eq!(records.len(), 1);
    assert_eq!((records[0].2, skeleton.as_str()), (2, "{}"));
    assert_eq!(split("[{}, {\"alerts\": [{}]}]").0[1].2, 1);
    let (records, skeleton) = split("{\n \"a\": 1\n}\n{\n \"b\": 2\n}\n");
    assert_eq!((records.len(), skeleton.as_str()), (2, "{}\n{}\n"));
}

#[test]
fn what_is_no_object_is_noted_where_records_stand() {
    let (records, _) = split(r#"[1, "two", {"a": 1}, [3], null]"#);
    let shapes: Vec<_> =
        records.iter().map(|(path, text, alerts)| (path.as_str(), text.as_str(), *alerts)).collect();
    assert_eq!(
        shapes,
        [("[0]", "1", 99), ("[1]", "\"", 99), ("[2]", r#"{"a": 1}"#, 0), ("[3]", "[", 99), ("[4]", "n", 99)]
    );
}

#[test]
fn lines_are_told_from_one_document() {
    for lines in
        ["{\"a\":1}\n\n{\"b\":2}\n", "{\"a\":\n{\"b\":2}", "{\"a\":1}\n{\"b\":", "x\n{\"a\":1}\n{\"b\":2}\ny"]
    {
        assert!(is_lines(lines.as_bytes()), "{lines}");
    }
    for document in [
        "",
        "{\"a\":1}",
        "{\n\"a\":1\n}",
        "[\n{\"a\":1},\n{\"a\":2}\n]",
        "{\"value\":[\n{\"a\":1}\n]}",
        "{\n}\n{\n}",
    ] {
        assert!(!is_lines(document.as_bytes()), "{document}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics_and_nothing_is_lost(text in "[\\[\\]{}\",:\\\\a \n]{0,60}") {
        let (mut splitter, mut parts) = (Splitter::new(0), VecDeque::new());
        while splitter.at() < text.len() {
            splitter.step(text.as_bytes(), 3, &mut parts);
        }
        let cut: usize = parts
            .iter()
            .map(|part| match part { Part::Record { range, .. } => range.len() - 2, Part::Odd { .. } => 0 })
            .sum();
        proptest::prop_assert_eq!(splitter.into_skeleton(text.as_bytes()).len() + cut, text.len());
    }
}
