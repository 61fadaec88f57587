//! What a file may hold that means no good, and how reading goes on step by step.

// clippy.toml lets tests state bluntly what they expect, but not the helpers beside them.
#![allow(clippy::unwrap_used, clippy::panic)]

use firsthour::formats::{Hint, Intake, LISTED, Mend, ReadError, Reading, Remark, Why, read};
use firsthour::model::{EntityKind, Incident};
use proptest::prelude::*;
use std::fmt::Write as _;

fn graph(inner: &str) -> String {
    format!(
        r##"{{"value": [{{"@odata.type": "#microsoft.graph.security.incident", "id": "1", "displayName": "One", "createdDateTime": "2026-03-01T08:00:00Z", {inner}}}]}}"##
    )
}

fn incident(text: &str) -> (Incident, Intake) {
    let intake = read(text).unwrap_or_else(|error| panic!("{text:.200}: {error:?}"));
    (intake.incidents[0].clone(), intake)
}

/// Reads in steps of this width, watching that progress never goes back and comes to its end.
fn read_in_steps(bytes: &[u8], width: usize) -> Result<Intake, ReadError> {
    let mut reading = Reading::new(bytes);
    let mut before = reading.progress();
    loop {
        let now = reading.step(width);
        assert!(now.done >= before.done && now.done <= now.total, "{before:?} then {now:?}");
        if now.is_complete() {
            return reading.finish();
        }
        before = now;
    }
}

#[test]
fn ten_thousand_levels_are_refused_and_cost_their_own_record_only() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let bare = read(format!(r#"{{"id": "1", "displayName": "x", "deep": {deep}}}"#)).unwrap_err();
    assert_eq!(bare.why, Why::TooDeep);
    let beside = format!(
        r#"{{"value": [{{"incidentId": 1, "incidentName": "deep", "x": {deep}}}, {{"incidentId": 2, "incidentName": "flat"}}]}}"#
    );
    let intake = read(beside).unwrap();
    assert_eq!((intake.incidents.len(), intake.incidents[0].name.as_str()), (1, "flat"));
    assert_eq!(
        (intake.set_aside[0].place.path.as_str(), &intake.set_aside[0].why),
        ("value[0]", &Why::TooDeep)
    );
    for unclosed in ["[".repeat(10_000), "{\"a\":".repeat(10_000), "{\"value\":[".repeat(5_000)] {
        assert!(matches!(read(unclosed).unwrap_err().why, Why::NotJson { hint: Some(Hint::CutOff), .. }));
    }
}

#[test]
fn numbers_beyond_every_machine_and_halves_of_characters_are_mended_and_said() {
    let (incident, intake) = incident(&graph(
        r#""description": "cut \ud83d", "priorityScore": 1e400, "big": 123456789012345678901234567890"#,
    ));
    assert_eq!(incident.description, "cut \u{fffd}");
    assert_eq!(incident.extra["priorityScore"], "1e400");
    assert!(incident.extra["big"].is_number());
    let mends: Vec<_> = intake
        .remarks
        .iter()
        .filter_map(|remark| match remark {
            Remark::Mended { place, mend } => Some((place.path.as_str(), *mend)),
            _ => None,
        })
        .collect();
    assert_eq!(mends, [("value[0]", Mend::LoneSurrogate), ("value[0]", Mend::HugeNumber)]);
}

#[test]
fn a_nul_is_text_where_it_is_escaped_and_no_json_where_it_is_not() {
    let (incident, _) = incident(&graph(r#""description": "a\u0000b""#));
    assert_eq!(incident.description, "a\0b");
    let error = read(graph("\"description\": \"a\0b\"")).unwrap_err();
    assert!(matches!(error.why, Why::NotJson { hint: Some(Hint::ControlCharacter), .. }), "{error:?}");
}

#[test]
fn markup_and_formulas_go_through_every_text_unchanged() {
    for payload in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "=HYPERLINK(\"http://evil.example\")",
        "\u{202e}gpj.exe",
        "{{constructor.constructor('x')()}}",
    ] {
        let text = serde_json::to_string(payload).unwrap();
        let (incident, _) = incident(&graph(&format!(
            r#""displayName": {text}, "customTags": [{text}], "assignedTo": {text}, "severity": {text},
            "comments": [{{"comment": {text}, "createdByDisplayName": {text}}}],
            "alerts": [{{"id": {text}, "title": {text}, "mitreTechniques": [{text}],
                "evidence": [{{"@odata.type": {text}, "name": {text}}}, {{"@odata.type": "urlEvidence", "url": {text}}}]}}]"#
        )));
        assert_eq!((incident.name.as_str(), incident.severity.code()), (payload, payload));
        assert_eq!(incident.tags.first().map(String::as_str), Some(payload));
        let alert = incident.alerts.values().next().unwrap();
        assert_eq!((alert.source_id.as_str(), alert.title.as_str()), (payload, payload));
        assert!(incident.entities.values().any(|entity| entity.name() == payload));
    }
}

#[test]
fn what_is_set_aside_is_listed_in_bounded_number_and_length() {
    let mut lines =
        String::from("{\"incidentId\":1,\"incidentName\":\"x\",\"createdTime\":\"2026-03-01T08:00:00Z\"}\n");
    for _ in 0..LISTED + 20 {
        writeln!(lines, "{{\"broken\": \"{}", "x".repeat(5_000)).unwrap();
    }
    let intake = read(lines).unwrap();
    assert_eq!((intake.incidents.len(), intake.set_aside.len()), (1, LISTED));
    assert!(intake.set_aside.iter().all(|aside| aside.raw.chars().count() <= 400));
    assert_eq!(intake.remarks, [Remark::MoreSetAside(20)]);
    let numbers = format!("[{}1]", "1,".repeat(200_000));
    assert_eq!(read(numbers).unwrap_err().why, Why::NotARecord);
}

#[test]
fn nothing_in_it_is_told_from_nothing_known_in_it() {
    assert_eq!(read("").unwrap_err().why, Why::Empty);
    assert_eq!(read("\u{feff} \r\n\t").unwrap_err().why, Why::Empty);
    assert_eq!(read("{\"value\": []}").unwrap_err().why, Why::EmptyList);
    assert_eq!(read("[]").unwrap_err().why, Why::EmptyList);
    assert_eq!(read("\"text\"").map(|_| ()).unwrap_err().why.clone(), read("\"text\"").unwrap_err().why);
    assert_eq!(
        read("{\"a\": 1, \"b\": 2}").unwrap_err().why,
        Why::Unknown { fields: vec!["a".into(), "b".into()] }
    );
}

#[test]
fn marks_and_utf_16_are_read_like_plain_utf_8() {
    let text = graph(r#""description": "Grüße 🔥""#);
    let plain = read(text.as_str()).unwrap();
    assert_eq!(read(format!("\u{feff}{text}")).unwrap(), plain);
    let little: Vec<u8> =
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(read(little).unwrap(), plain);
    assert_eq!(read(big).unwrap(), plain);
}

#[test]
fn bytes_of_another_encoding_are_replaced_and_said() {
    let with_byte = |description: &str| {
        let mut bytes = graph(&format!(r#""description": "{description}""#)).into_bytes();
        let at = bytes.iter().rposition(|byte| *byte == b'#').unwrap();
        bytes[at] = 0xe9;
        read(bytes).unwrap()
    };
    let older = with_byte("caf#");
    assert_eq!(older.incidents[0].description, "café");
    assert_eq!(older.remarks, [Remark::OlderEncoding]);
    // In UTF-8, a byte that is none of it is a broken one.
    let broken = with_byte("één caf#");
    assert_eq!(broken.incidents[0].description, "één caf\u{fffd}");
    assert!(matches!(&broken.remarks[..], [Remark::Mended { mend: Mend::BadBytes, .. }]));
}

/// A list with one incident so large that it is read alert by alert, and a small one.
fn large() -> String {
    let mut alerts = String::new();
    for number in 0..900 {
        let comma = if number == 0 { "" } else { "," };
        write!(
            alerts,
            r##"{comma}{{"id": "da{number}", "incidentId": "1", "title": "Alert {number}", "description": "{}", "createdDateTime": "2026-03-01T08:00:00Z",
            "evidence": [{{"@odata.type": "#microsoft.graph.security.ipEvidence", "ipAddress": "203.0.113.{}"}}]}}"##,
            "long ".repeat(60),
            number % 250
        )
        .unwrap();
    }
    format!(
        r#"{{"value": [{{"id": "1", "displayName": "Large", "severity": "high", "status": "active", "alerts": [{alerts}], "customTags": ["after"]}},
        {{"id": "2", "displayName": "Small", "createdDateTime": "2026-03-01T08:00:00Z", "severity": "low", "status": "active", "alerts": []}}]}}"#
    )
}

#[test]
fn a_large_incident_is_read_alert_by_alert_to_the_same_result_in_every_width() {
    let text = large();
    let whole = read(text.as_str()).unwrap();
    assert_eq!((whole.incidents.len(), whole.incidents[0].alerts.len()), (2, 900));
    assert_eq!(whole.incidents[0].tags, ["after".to_owned()].into());
    assert!(whole.incidents[0].extra.is_empty(), "{:?}", whole.incidents[0].extra);
    assert!(whole.incidents[0].entities.values().all(|entity| entity.kind() == EntityKind::Ip));
    assert_eq!((whole.incidents[0].entities.len(), &whole.remarks[..]), (250, &[][..]));
    for width in [1_000, 64 * 1024, usize::MAX] {
        assert_eq!(read_in_steps(text.as_bytes(), width).unwrap(), whole);
    }
    let broken = text.replace("\"id\": \"da700\"", "\"id\": \"da700\",,");
    assert!(matches!(read(broken).unwrap_err().why, Why::NotJson { .. }));
}

#[test]
fn an_unfinished_reading_can_be_dropped_and_shows_how_far_it_was() {
    let text = large();
    let mut reading = Reading::new(text.as_bytes());
    let mut steps = 0;
    while !reading.step(16 * 1024).is_complete() {
        steps += 1;
        if reading.progress().done * 2 > reading.progress().total {
            break;
        }
    }
    assert!(steps > 5, "{steps} steps to half of {} bytes", text.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let whole = read(bytes.as_slice());
        prop_assert_eq!(read_in_steps(&bytes, 1), whole);
    }

    #[test]
    fn nothing_like_json_panics(text in "[\\[\\]{}\",:\\\\0-9eE.\n null true\\-]{0,120}") {
        let whole = read(text.as_str());
        prop_assert_eq!(read_in_steps(text.as_bytes(), 3), whole);
    }

    #[test]
    fn a_real_file_cut_or_changed_anywhere_does_not_panic(at in 0usize..2_000, byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = include_bytes!("fixtures/formats/trap_05_comments_tags.json").to_vec();
        let at = at % bytes.len();
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let whole = read(bytes.as_slice());
        prop_assert_eq!(read_in_steps(&bytes, 5), whole);
    }

    #[test]
    fn any_value_in_any_field_costs_no_record(
        values in proptest::collection::vec(
            prop::sample::select(vec![
                "null", "true", "0", "-1.5e300", "\"\"", "\"text\"", "\"0001-01-01T00:00:00\"", "[]", "[null]", "[1,\"a\",{}]", "{}",
                "{\"a\":1}", "[[\"deep\"]]", "\"2026-03-01T08:00:00Z\"",
            ]),
            22,
        ),
    ) {
        let v = |at: usize| values[at];
        let text = format!(
            r##"{{"value":[{{"@odata.type":"#microsoft.graph.security.incident","displayName":"x","id":{},"severity":{},"status":{},
            "assignedTo":{},"comments":{},"customTags":{},"createdDateTime":{},"tenantId":{},"incidentWebUrl":{},
            "alerts":[{{"id":{},"title":{},"severity":{},"mitreTechniques":{},"comments":{},"incidentId":{},
            "evidence":[{{"@odata.type":"deviceEvidence","roles":{},"tags":{},"verdict":{},"loggedOnUsers":{},"vmMetadata":{},"mdeDeviceId":{},"createdDateTime":{}}}]}}]}}]}}"##,
            v(0), v(1), v(2), v(3), v(4), v(5), v(6), v(7), v(8), v(9), v(10), v(11), v(12), v(13), v(14), v(15), v(16), v(17),
            v(18), v(19), v(20), v(21)
        );
        let intake = read(text).unwrap();
        prop_assert_eq!(intake.set_aside, vec![]);
        prop_assert_eq!(intake.incidents.len(), 1);
        prop_assert_eq!(intake.incidents[0].alerts.len(), 1);
        prop_assert_eq!(intake.incidents[0].entities.len(), 1);
        let json = serde_json::to_string(&intake.incidents[0]).unwrap();
        prop_assert_eq!(serde_json::from_str::<Incident>(&json).unwrap(), intake.incidents[0].clone());
    }
}
