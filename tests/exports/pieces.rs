//! A file of many incidents is written piece by piece: the pieces are the file, and none of them is all of it.

use crate::incidents::{all, how, shared};
use firsthour::formats::export::{EXPORTS, How, Share, Tlp};
use serde_json::Value;

/// Whether what is written is one JSON value; in JSON lines it is one a line.
fn is_json(ending: &str) -> bool {
    ending.rsplit('.').next() == Some("json")
}

#[test]
fn the_pieces_of_a_file_are_the_file_and_each_is_a_part_of_it() {
    let shares: Vec<Share> = all().iter().map(|(_, incident)| shared(incident, Tlp::Amber)).collect();
    for export in EXPORTS {
        for spreadsheet in [false, true] {
            let how = How { spreadsheet, ..how() };
            let text = export.write(&shares, &how);
            let pieces: Vec<String> = export.pieces(&shares, how).collect();
            assert_eq!(pieces.concat(), text, "{:?}", export.id());
            if export.one_each() {
                continue;
            }
            assert!(pieces.len() >= shares.len(), "{:?}: {} pieces", export.id(), pieces.len());
            let largest = pieces.iter().map(String::len).max().unwrap();
            assert!(largest < text.len(), "{:?} is written at once", export.id());
            if is_json(export.ending()) {
                // Pieced together it is the JSON that one gets in one go, line breaks inside texts and all.
                let whole: Value = serde_json::from_str(&text).unwrap();
                assert_eq!(serde_json::to_string_pretty(&whole).unwrap(), text, "{:?}", export.id());
            }
        }
    }
}

#[test]
fn a_timeline_of_several_incidents_is_in_order_through_all_of_them() {
    let shares: Vec<Share> = all().iter().map(|(_, incident)| shared(incident, Tlp::Amber)).collect();
    let timesketch = EXPORTS.iter().find(|export| export.ending() == ".jsonl").unwrap();
    let text = timesketch.write(&shares, &how());
    let times: Vec<i64> = text
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["timestamp"].as_i64().unwrap())
        .collect();
    assert!(times.len() > 10 && times.is_sorted(), "{times:?}");
}

#[test]
fn no_incident_is_an_empty_file_and_not_a_broken_one() {
    for export in EXPORTS.iter().filter(|export| is_json(export.ending())) {
        let text = export.write(&[], &how());
        assert!(serde_json::from_str::<Value>(&text).is_ok(), "{:?}: {text}", export.id());
    }
}
