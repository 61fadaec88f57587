//! The register of an incident's evidence items as CSV (RFC 4180), for whoever keeps one in a spreadsheet.
//!
//! What was written by people or came from outside must stay text there: a value that a spreadsheet would take for a
//! formula gets an apostrophe before it.

use crate::compact::Order as _;
use crate::model::{EvidenceItem, Incident, Time};
use crate::notebook::custody::{chain, custody};
use crate::words::Lang;

/// Every item in a line, under a line of names.
pub fn csv(incident: &Incident, language: Lang) -> String {
    let words = language.words();
    let field = |name: &str| words.fields.settable(name).into_owned();
    let texts = &words.evidence;
    let names = [
        field("label"),
        field("name"),
        field("evidenceKind"),
        field("identifier"),
        field("size"),
        field("sha256"),
        field("sha1"),
        field("md5"),
        field("takenFrom"),
        field("foundAt"),
        texts.collected_by.to_owned(),
        texts.collected_at_utc.to_owned(),
        texts.held_by.to_owned(),
        texts.kept_at.to_owned(),
        texts.last_checked.to_owned(),
        field("note"),
    ];
    let mut items: Vec<&EvidenceItem> = incident.evidence.values().collect();
    items.order_by(|one, other| (&one.label, &one.name).cmp(&(&other.label, &other.name)));
    let mut out = line(&names);
    for item in items {
        let now = custody(incident, &item.id);
        let (by, at) = collected(incident, item).unwrap_or_default();
        let entity = item.taken_from.as_ref().and_then(|id| incident.entity(id));
        let checked = now.checked.map(|(at, matches)| format!("{}: {}", at.utc(), (texts.checked)(matches)));
        out += &line(&[
            item.label.clone(),
            item.name.clone(),
            words.vocabulary.evidence_kind(&item.kind).into_owned(),
            item.identifier.clone(),
            item.size.map(|size| size.to_string()).unwrap_or_default(),
            item.sha256.clone(),
            item.sha1.clone(),
            item.md5.clone(),
            entity.map(|entity| entity.name()).unwrap_or_default(),
            item.found_at.clone(),
            by,
            at,
            (texts.whereabouts)(now.whereabouts, now.holder),
            now.kept_at.to_owned(),
            checked.unwrap_or_default(),
            item.note.clone(),
        ]);
    }
    out
}

/// Who secured it and when, by the entry that holds.
fn collected(incident: &Incident, item: &EvidenceItem) -> Option<(String, String)> {
    use crate::model::{Handling, What};
    chain(incident, &item.id).into_iter().filter(|link| link.withdrawn.is_none()).find_map(|link| match &link
        .entry
        .what
    {
        What::Custody { event, .. } if matches!(event.handling, Handling::Collected { .. }) => {
            Some((event.by.clone(), Time::utc(&event.at)))
        }
        _ => None,
    })
}

fn line(values: &[String]) -> String {
    let mut line = values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(",");
    line.push_str("\r\n");
    line
}

/// A value in quotes, and none that a spreadsheet would run.
fn quoted(value: &str) -> String {
    let guard = if value.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    format!("\"{guard}{}\"", value.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::Cause;
    use crate::model::{EvidenceId, EvidenceKind, IncidentId};
    use crate::notebook::{Edit, Notebook, Why, acts};

    #[test]
    fn an_item_is_a_line_and_stays_text() {
        let (at, id) = (Time::parse("2026-03-01T10:00:00Z").unwrap(), IncidentId::derived(&["1"]));
        let mut item =
            EvidenceItem::new(EvidenceId::derived(&["1"]), "=cmd|' /C calc'!A0", EvidenceKind::Log);
        item.label = "E-01".into();
        item.size = Some(12);
        item.note = "said \"hello\"\nand left".into();
        let mut notebook = Notebook::default();
        for act in [
            acts::put(Why::Created, Incident::new(id.clone(), "A", at.clone())),
            acts::collect(&id, item, &at, "Ann", "Safe 2"),
        ] {
            notebook.apply(Edit { at: at.clone(), by: "Ann".into(), act, cause: Cause::Done }).unwrap();
        }
        let text = csv(notebook.incident(&id).unwrap(), Lang::En);
        let (names, item) = text.split_once("\r\n").unwrap();
        assert_eq!(names.matches("\",\"").count(), item.matches("\",\"").count());
        assert_eq!(
            item,
            "\"E-01\",\"'=cmd|' /C calc'!A0\",\"Log\",\"\",\"12\",\"\",\"\",\"\",\"\",\"\",\"Ann\",\
             \"2026-03-01 10:00:00Z\",\"Ann\",\"Safe 2\",\"\",\"said \"\"hello\"\"\nand left\"\r\n"
        );
    }
}
