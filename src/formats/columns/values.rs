//! What stands in cells: terms that people and products write in Dutch or more loosely than an API does, lists, and
//! the many ways to write nothing.

use crate::formats::columns::dictionary::folded;

/// Terms as cells write them, folded, and what an API calls the same.
const TERMS: &[(&str, &str)] = &[
    ("hoog", "high"),
    ("kritiek", "high"),
    ("critical", "high"),
    ("gemiddeld", "medium"),
    ("midden", "medium"),
    ("middel", "medium"),
    ("moderate", "medium"),
    ("laag", "low"),
    ("info", "informational"),
    ("information", "informational"),
    ("informatief", "informational"),
    ("nieuw", "new"),
    ("open", "active"),
    ("actief", "active"),
    ("inbehandeling", "inProgress"),
    ("onderzoek", "inProgress"),
    ("closed", "resolved"),
    ("done", "resolved"),
    ("gesloten", "resolved"),
    ("afgesloten", "resolved"),
    ("opgelost", "resolved"),
    ("terechtpositief", "truePositive"),
    ("valspositief", "falsePositive"),
    ("onterecht", "falsePositive"),
    ("verdacht", "suspicious"),
    ("kwaadaardig", "malicious"),
];

/// Cells that say nothing, folded.
const NOTHING: &[&str] = &[
    "",
    "na",
    "nvt",
    "none",
    "null",
    "nil",
    "unassigned",
    "notassigned",
    "niettoegewezen",
    "geen",
    "nan",
    "notset",
];

/// A term as an API writes it; what is not known here stays as it came.
pub fn term(cell: &str) -> &str {
    let folded = folded(cell);
    TERMS.iter().find(|(theirs, _)| *theirs == folded).map_or(cell.trim(), |(_, ours)| ours)
}

/// Whether a cell says nothing: `-`, `N/A`, `n.v.t.`
pub fn is_nothing(cell: &str) -> bool {
    let cell = cell.trim();
    cell.len() <= 16 && NOTHING.contains(&folded(cell).as_str())
}

/// The parts of a cell with a list in it: a JSON array, or texts with commas, semicolons or line breaks between them.
pub fn list(cell: &str) -> Vec<String> {
    let cell = cell.trim();
    if cell.starts_with('[')
        && let Ok(texts) = serde_json::from_str::<Vec<String>>(cell)
    {
        return texts;
    }
    let parts = cell.split([',', ';', '\n', '\r', '|']).map(str::trim);
    parts.filter(|part| !is_nothing(part)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_known_in_dutch_and_in_looser_spellings() {
        assert_eq!(
            ["Hoog", "In behandeling", "Closed", "weird"].map(term),
            ["high", "inProgress", "resolved", "weird"]
        );
        for nothing in ["", " - ", "N/A", "n.v.t.", "Unassigned"] {
            assert!(is_nothing(nothing), "{nothing}");
        }
        assert!(!is_nothing("none of your business") && !is_nothing("0"));
    }

    #[test]
    fn lists_come_with_any_separator() {
        assert_eq!(list("T1566; T1059 ,\nT1003"), ["T1566", "T1059", "T1003"]);
        assert_eq!(list(r#"["T1566","a, b"]"#), ["T1566", "a, b"]);
        assert_eq!(list(" - "), [""; 0]);
    }
}
