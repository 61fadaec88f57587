//! Running text through the one door: published reports and the indicators that their publisher lists for them, in
//! `../shared/samples/text`, which is not part of this project; and a text of our own.

// clippy.toml lets tests state bluntly what they expect, but not the helpers beside them.
#![allow(clippy::unwrap_used)]

#[path = "support/samples.rs"]
mod samples;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use firsthour::formats::text::{Kind, find};
use firsthour::formats::{Answers, FormatId, ReadError, Reading, STEP, Taken, Why, read, read_with};
use firsthour::model::EntityKind;
use serde::Deserialize;

#[derive(Deserialize)]
struct Listed {
    r#type: String,
    value: String,
    in_text: bool,
}

fn listed(report: &Path) -> Vec<Listed> {
    let list = report.with_extension("").with_extension("truth.json");
    serde_json::from_slice(&fs::read(list).unwrap()).unwrap()
}

/// What the publisher's list calls a kind.
fn listed_as(kind: Kind) -> &'static str {
    match kind {
        Kind::Ipv4 | Kind::Ipv6 => "ip",
        Kind::Domain => "domain",
        Kind::Url => "url",
        Kind::Md5 => "md5",
        Kind::Sha1 => "sha1",
        Kind::Sha256 => "sha256",
        _ => "other",
    }
}

/// A value as the lists write it: an address without the slash at its end.
fn comparable(value: &str) -> String {
    value.to_lowercase().trim_end_matches('/').to_owned()
}

#[test]
fn every_listed_indicator_of_the_published_reports_is_found() {
    let Some(folder) = samples::folder("text") else {
        eprintln!("skipped: there are no samples beside the project");
        return;
    };
    let (mut reported, mut not_listed, mut wanted) = (0, Vec::new(), 0);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "txt") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let found = find(&text);
        let list = listed(&path);
        let there: BTreeSet<(&str, String)> =
            found.iter().map(|found| (listed_as(found.kind), comparable(&found.value))).collect();
        for one in list.iter().filter(|one| one.in_text) {
            wanted += 1;
            let value = comparable(&one.value);
            assert!(
                there.contains(&(one.r#type.as_str(), value)),
                "{}: {} {} is not found; found were {there:?}",
                path.display(),
                one.r#type,
                one.value
            );
        }
        let known: BTreeSet<String> = list.iter().map(|one| comparable(&one.value)).collect();
        for one in found.iter().filter(|one| one.doubt.is_none()) {
            reported += 1;
            if !known.contains(&comparable(&one.value)) {
                not_listed.push((one.kind, one.value.clone()));
            }
        }
    }
    println!("{wanted} listed, {reported} reported, beyond the lists: {not_listed:#?}");
    assert!(wanted > 80, "{wanted}");
}

/// Texts of our own with what is to be found in them: after `=== found` a line for each indicator, after `=== asked` one for
/// each that has to come with a doubt.
#[test]
fn our_own_reports_give_all_that_is_in_them_and_nearly_nothing_else() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/text");
    let (mut reported, mut wrong) = (0, Vec::new());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = fs::read_to_string(&path).unwrap();
        let (text, listed) = file.split_once("=== found\n").unwrap();
        let (listed, asked) = listed.split_once("=== asked\n").unwrap_or((listed, ""));
        // What it begins with does not make another format of it.
        let intake = read(text).unwrap_or_else(|refused| panic!("{}: {refused:?}", path.display()));
        assert_eq!(intake.format, FormatId::Text, "{}", path.display());
        assert!(intake.incidents.iter().any(|incident| !incident.entities.is_empty()), "{}", path.display());
        let found = find(text);
        let lines = |doubted: bool| -> BTreeSet<String> {
            let of = found.iter().filter(|one| one.doubt.is_some() == doubted);
            of.map(|one| format!("{:?} {}", one.kind, one.value)).collect()
        };
        let (sure, doubted) = (lines(false), lines(true));
        for line in listed.lines() {
            assert!(sure.contains(line), "{}: {line} is not found", path.display());
        }
        for line in asked.lines() {
            assert!(doubted.contains(line), "{}: {line} is not asked about", path.display());
        }
        reported += sure.len();
        wrong.extend(sure.into_iter().filter(|line| !listed.lines().any(|known| known == line)));
    }
    println!("{reported} reported, of these no indicators: {wrong:?}");
    assert!(reported > 120 && wrong.len() * 50 <= reported, "{} of {reported}: {wrong:#?}", wrong.len());
}

#[test]
fn a_text_becomes_an_incident_with_its_entities() {
    let text = "Mail from harvest-bank\n\nIt led to hxxps://login[.]harvest-bank[.]top/a and dropped update.zip.\n\
                The server 203.0.113.9 answered; evil[.]com did not.\n";
    let intake = read(text).unwrap();
    assert_eq!((intake.format, intake.incidents.len()), (FormatId::Text, 1));
    let incident = &intake.incidents[0];
    assert_eq!(incident.name, "Mail from harvest-bank");
    assert_eq!(incident.extra["text"], text);
    let names: BTreeSet<String> = incident.entities.values().map(|entity| entity.facts.name()).collect();
    assert_eq!(
        names,
        ["203.0.113.9", "evil.com", "https://login.harvest-bank.top/a"].map(str::to_owned).into()
    );
    assert!(
        incident
            .entities
            .values()
            .any(|entity| entity.extra["sentence"] == "The server 203.0.113.9 answered; evil[.]com did not.")
    );
    assert_eq!(intake.set_aside, []);
    let [asked] = &intake.questions.doubts[..] else { panic!("{:?}", intake.questions) };
    assert_eq!((asked.value.as_str(), asked.place.line), ("update.zip", Some(3)));
    // The same text again is the same incident with the same entities.
    let again = read(text).unwrap();
    assert_eq!(again.incidents[0], *incident);
}

#[test]
fn a_text_that_begins_with_a_bracket_is_not_taken_for_broken_json() {
    for text in [
        "[09:12] anna: evil[.]com answers again",
        "[2026-03-01 09:12:00] deny evil[.]com",
        "[1] https://evil[.]com/a\n[2] a footnote",
        "[info] evil[.]com",
    ] {
        let intake = read(text).unwrap_or_else(|refused| panic!("{text}: {refused:?}"));
        assert_eq!((intake.format, intake.incidents.len()), (FormatId::Text, 1), "{text}");
    }
    let broken = read("[{\"id\": evil[.]com}]");
    assert!(matches!(broken, Err(ReadError { why: Why::NotJson { .. }, .. })), "{broken:?}");
}

#[test]
fn a_text_without_indicators_is_refused_as_before() {
    let refused = read("Dear all, please find the export below. Thanks!");
    assert!(matches!(refused, Err(ReadError { why: Why::NotJson { .. }, .. })), "{refused:?}");
    let odd = read("[+] beacon to evil[.]com every minute");
    assert_eq!(odd.unwrap().incidents[0].entities.len(), 1);
}

#[test]
fn what_may_be_something_else_is_what_the_person_says_it_is() {
    let text = "It dropped update.zip and met Win64/Spy.Agent.CC on version 10.2.3.4 of com.apple; see evil[.]com.\n";
    let names = |answers: &[(&str, Taken)]| -> BTreeSet<(EntityKind, String)> {
        let doubts = answers.iter().map(|(value, taken)| ((*value).to_owned(), *taken)).collect();
        let intake = read_with(text, Answers { doubts, ..Answers::default() }).unwrap();
        // A question that was answered stays, so that the answer can be changed.
        assert_eq!(intake.questions.doubts.len(), 4, "{:?}", intake.questions.doubts);
        intake.incidents[0]
            .entities
            .values()
            .map(|entity| (entity.facts.kind(), entity.facts.name()))
            .collect()
    };
    let evil = (EntityKind::Domain, "evil.com".to_owned());
    assert_eq!(names(&[]), [evil.clone()].into());
    assert_eq!(
        names(&[("update.zip", Taken::File), ("10.2.3.4", Taken::AsItLooks), ("com.apple", Taken::Nothing)]),
        [evil.clone(), (EntityKind::File, "update.zip".into()), (EntityKind::Ip, "10.2.3.4".into())].into()
    );
    assert_eq!(
        names(&[("update.zip", Taken::AsItLooks)]),
        [evil, (EntityKind::Domain, "update.zip".into())].into()
    );
}

#[test]
fn a_file_is_read_as_another_format_where_the_person_says_so() {
    let text = r#"{"note": "it led to evil[.]com"}"#;
    let refused = read(text).unwrap_err();
    assert!(matches!(refused.why, Why::Unknown { .. }), "{refused:?}");
    let mut reading = Reading::new(text);
    reading.step(STEP);
    assert!(reading.could_be().contains(&FormatId::Text) && reading.could_be().contains(&FormatId::Stix));
    let as_text = read_with(text, Answers { read_as: Some(FormatId::Text), ..Answers::default() }).unwrap();
    assert_eq!((as_text.format, as_text.incidents[0].entities.len()), (FormatId::Text, 1));
    let as_alerts = Answers { read_as: Some(FormatId::EndpointAlerts), ..Answers::default() };
    let as_alerts = read_with(r#"{"title": "Odd", "severity": "High"}"#, as_alerts).unwrap();
    assert_eq!((as_alerts.format, as_alerts.incidents[0].alerts.len()), (FormatId::EndpointAlerts, 1));
}
