//! Every reason, next step and remark in both languages.

use super::*;
use crate::formats::backup::BadBackup;
use crate::formats::{Expected, Foreign, Hint, Mend, Position, Remark, Why};
use crate::model::EntityKind;

fn place() -> Place {
    Place { line: Some(3), path: "value[0]".into() }
}

fn not_json(hint: Option<Hint>) -> Why {
    Why::NotJson { at: Position { line: 12, column: 34 }, found: Some(']'), expected: Expected::Value, hint }
}

const HINTS: [Hint; 10] = [
    Hint::TrailingComma,
    Hint::LiteralEllipsis,
    Hint::CutOff,
    Hint::MissingComma,
    Hint::SingleQuotes,
    Hint::CurlyQuotes,
    Hint::PythonWord,
    Hint::NotANumber,
    Hint::Comment,
    Hint::ControlCharacter,
];

fn whys() -> Vec<Why> {
    let foreign = [
        Foreign::Sentinel,
        Foreign::Markup,
        Foreign::Archive,
        Foreign::Pdf,
    ];
    let expected = [
        Expected::Value,
        Expected::Name,
        Expected::Colon,
        Expected::CommaOrEnd,
        Expected::NothingMore,
        Expected::TextCharacter,
        Expected::MoreText,
    ];
    let at = Position { line: 1, column: 2 };
    let mut whys = vec![
        Why::Empty,
        Why::EmptyList,
        Why::TooDeep,
        Why::NotARecord,
        Why::OpenQuote { column: 7 },
        Why::NothingInRow,
        Why::Partial { fields: vec!["status".into()] },
        Why::WithoutTime { text: String::new() },
        Why::WithoutTime { text: "noon".into() },
        Why::WithoutMessage,
        Why::WithoutAlertId,
        Why::Unknown { fields: vec!["colour".into(), "shape".into()] },
    ];
    whys.extend(foreign.map(Why::NotYet));
    whys.extend(HINTS.map(|hint| not_json(Some(hint))));
    whys.extend(expected.map(|expected| Why::NotJson { at, found: None, expected, hint: None }));
    whys
}

fn remarks() -> Vec<Remark> {
    let incident = || "Odd sign-in".to_owned();
    let mut remarks = vec![
        Remark::MorePages,
        Remark::MixedFormats(vec![(FormatId::GraphIncidents, 2), (FormatId::M365dIncidents, 1)]),
        Remark::SharedAlertId { incident: incident(), alert: "a1".into(), count: 2 },
        Remark::OtherIncident { incident: incident(), named: "29".into(), count: 1 },
        Remark::OtherIncident { incident: incident(), named: "29".into(), count: 2 },
        Remark::Repeated { incident: incident(), times: 3 },
        Remark::AlertsOnly { incident: incident() },
        Remark::TwoTenants { id: "29".into() },
        Remark::UnreadableTime { place: place(), field: "createdDateTime".into(), text: "noon".into() },
        Remark::TimesDisagree { place: place(), taken: "2026-01-01".into(), other: "2026-01-02".into() },
        Remark::TypeGuessed { place: place(), kind: EntityKind::Device },
        Remark::WithoutId { place: place() },
        Remark::WithoutCreation { incident: incident() },
        Remark::LinkNotTaken { place: place(), link: "javascript:".into() },
        Remark::ColumnsCut,
        Remark::OlderEncoding,
        Remark::MoreRemarks(7),
        Remark::MoreSetAside(8),
    ];
    remarks.extend(
        [Mend::LoneSurrogate, Mend::HugeNumber, Mend::BadBytes].map(|mend| Remark::Mended { place: place(), mend }),
    );
    remarks
}

fn assert_own_texts(texts: &dyn Fn(&Import) -> Vec<String>) {
    let (en, nl) = (texts(&EN), texts(&NL));
    for (en, nl) in en.iter().zip(&nl) {
        assert!(en.trim().len() > 3 && nl.trim().len() > 3, "{en:?} {nl:?}");
        assert_ne!(en, nl);
    }
    for texts in [en, nl] {
        let each: std::collections::BTreeSet<_> = texts.iter().collect();
        assert_eq!(each.len(), texts.len(), "two of these say the same: {texts:#?}");
    }
}

#[test]
fn every_reason_has_its_own_sentence_in_both_languages() {
    assert_own_texts(&|words| whys().iter().map(|why| words.why(why)).collect());
}

#[test]
fn every_reason_has_a_next_step_in_both_languages() {
    for why in whys() {
        assert!(EN.next(&why).len() > 20 && NL.next(&why).len() > 20);
        assert_ne!(EN.next(&why), NL.next(&why));
    }
}

#[test]
fn every_fault_of_a_backup_has_its_own_sentence_and_next_step_in_both_languages() {
    let faults = [
        BadBackup::NotJson { line: 1, column: 2, message: "expected value".into() },
        BadBackup::NotBackup,
        BadBackup::Newer(2),
        BadBackup::Part { place: "incidents[3]".into(), message: "missing field".into() },
        BadBackup::Twice(crate::model::IncidentId::derived(&["1"])),
    ];
    assert_own_texts(&|words| faults.iter().map(|bad| words.bad_backup(bad)).collect());
    assert_own_texts(&|words| faults.iter().map(|bad| words.bad_backup_next(bad).to_owned()).collect());
}

#[test]
fn every_remark_has_its_own_sentence_in_both_languages() {
    assert_own_texts(&|words| remarks().iter().map(|remark| words.remark(remark)).collect());
}

#[test]
fn a_refusal_names_line_and_column_and_what_probably_happened() {
    let text = EN.why(&not_json(Some(Hint::TrailingComma)));
    assert_eq!(
        text,
        "Line 12, column 34: a value was expected, but “]” stands there. There is a comma after the last element. Remove it."
    );
    assert_eq!(NL.place(&place()), "regel 3, value[0]");
    assert_eq!(EN.place(&Place::default()), "");
}

#[test]
fn what_is_left_alone_is_counted() {
    assert_eq!((EN.as_they_are)(1, 0), "1 incident is in your notebook already");
    assert_eq!((EN.as_they_are)(0, 2), "2 incidents are older than what you have: left alone");
    assert_eq!((NL.as_they_are)(2, 1), "2 incidenten staan al in je notitieboek, 1 is ouder dan wat je hebt: blijft buiten");
}
