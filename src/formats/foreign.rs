//! Kinds of files that are known by sight and not read by this version, so that a refusal can say what it is.

use crate::formats::json::Fields;
use crate::formats::outcome::Foreign;

/// What a record that is none of ours is, by its fields.
pub fn recognise(record: &Fields<'_>) -> Option<Foreign> {
    let starts = |name: &str, start: &str| {
        record.peek(name).is_some_and(|text| {
            text.get(..start.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(start))
        })
    };
    starts("type", "Microsoft.SecurityInsights/").then_some(Foreign::Sentinel)
}

/// What a file that does not begin like JSON is, by its first bytes.
pub fn sniff(text: &[u8]) -> Option<Foreign> {
    let start = text.trim_ascii_start();
    if text.starts_with(b"PK\x03\x04") || text.starts_with(b"\x1f\x8b") {
        return Some(Foreign::Archive);
    }
    if start.starts_with(b"%PDF-") {
        return Some(Foreign::Pdf);
    }
    start.starts_with(b"<").then_some(Foreign::Markup)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::json::Json;

    #[test]
    fn files_are_told_by_their_beginning() {
        for (text, kind) in [
            (&b"PK\x03\x04rest"[..], Some(Foreign::Archive)),
            (b"\x1f\x8b\x08", Some(Foreign::Archive)),
            (b"%PDF-1.7", Some(Foreign::Pdf)),
            (b"  <!doctype html>", Some(Foreign::Markup)),
            (b"Incident name;Severity;Status\r\n", None),
            (b"Dear all, please find the export below", None),
        ] {
            assert_eq!(sniff(text), kind, "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn records_are_told_by_their_fields() {
        for (json, kind) in [
            (
                r#"{"type": "Microsoft.SecurityInsights/Incidents", "properties": {}}"#,
                Some(Foreign::Sentinel),
            ),
            (r#"{"type": "Ä", "a": 1}"#, None),
        ] {
            let Ok(Json::Object(fields)) = serde_json::from_str(json) else { panic!("{json}") };
            assert_eq!(recognise(&fields), kind, "{json}");
        }
    }
}
