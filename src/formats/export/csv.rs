//! Tables as CSV (RFC 4180) in two forms: to the letter, and safe for spreadsheets.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return as a formula, and what
//! comes from an attacker does begin like that (CWE-1236). In the safe form such a cell has an apostrophe before it, line
//! breaks inside cells are spaces, and the file begins with the mark by which Excel knows UTF-8. The other form leaves every
//! value as it is; lists are JSON there, so that they come apart again.

use super::sharing::{Part, Share};
use super::{Export, ExportId, How, Pieces};
use crate::compact::Gather as _;
use crate::model::entity::Part as FactPart;
use crate::model::{Alert, Entity, EntityKind, Facts, Time};
use std::collections::BTreeSet;
use std::iter;

/// What Excel takes for "this is UTF-8".
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Entities as a table: a row each, with a column for every field that any of them has.
pub struct Entities;

impl Export for Entities {
    fn id(&self) -> ExportId {
        ExportId::EntitiesCsv
    }

    fn ending(&self) -> &'static str {
        ".entities.csv"
    }

    fn mime(&self) -> &'static str {
        MIME
    }

    fn carries(&self) -> &'static [Part] {
        &[Part::Entity]
    }

    fn is_table(&self) -> bool {
        true
    }

    fn pieces<'a>(&'a self, shares: &'a [Share], how: How<'a>) -> Pieces<'a> {
        let (mut coming, mut written) = (shares.iter(), shares.iter());
        let mut used = BTreeSet::new();
        let mut fields: Option<Vec<&'static str>> = None;
        Box::new(iter::from_fn(move || {
            // Which columns there are shows once every entity was looked at.
            if let Some(share) = coming.next() {
                share.incident.entities.values().for_each(|entity| used.extend(fields_of(entity)));
                return Some(String::new());
            }
            let Some(fields) = &fields else {
                let all = fields.insert(in_order(&used));
                return Some(Table::new(how.spreadsheet, OWN.iter().chain(all.iter())).out);
            };
            let share = written.next()?;
            let mut table = Table::empty(how.spreadsheet);
            for entity in share.incident.entities.values() {
                let mut row = own_cells(share, entity);
                debug_assert_eq!(row.len(), OWN.len());
                row.extend(cells(entity, fields));
                table.row(row);
            }
            Some(table.out)
        }))
    }
}

/// The columns that every entity has.
const OWN: [&str; 15] = [
    "incident",
    "incident_id",
    "entity_id",
    "kind",
    "name",
    "verdict",
    "remediation",
    "critical",
    "tlp",
    "tags",
    "note",
    "roles",
    "alerts",
    "first_seen",
    "last_seen",
];

/// What an entity without a kind here has instead of fields.
const TYPE_NAME: &str = "type_name";
const RAW: &str = "raw";

/// The fields that this entity has.
fn fields_of(entity: &Entity) -> impl Iterator<Item = &'static str> {
    let other = (entity.kind() == EntityKind::Other).then_some([TYPE_NAME, RAW]);
    let known: Vec<&'static str> = entity.facts.parts().into_iter().map(|(name, _)| name).collect();
    known.into_iter().chain(other.into_iter().flatten())
}

/// These fields, kind by kind in the order of the kinds' table.
fn in_order(used: &BTreeSet<&'static str>) -> Vec<&'static str> {
    let known = EntityKind::ALL.iter().flat_map(|kind| kind.field_names()).copied().chain([TYPE_NAME, RAW]);
    let mut left = used.clone();
    known.filter(|name| left.remove(name)).collect()
}

/// What an entity has in each of these fields.
fn cells(entity: &Entity, fields: &[&'static str]) -> Vec<Cell> {
    let parts = entity.facts.parts();
    let cell = |field: &&'static str| match parts.iter().find(|(name, _)| name == field) {
        Some((_, FactPart::Text(text))) => Cell::Text((*text).to_owned()),
        Some((_, FactPart::List(texts))) => Cell::List(texts.to_vec()),
        None => match (&entity.facts, *field) {
            (Facts::Other(other), TYPE_NAME) => Cell::Text(other.type_name.clone()),
            (Facts::Other(other), RAW) => Cell::Text(serde_json::to_string(&other.raw).unwrap_or_default()),
            _ => Cell::Text(String::new()),
        },
    };
    fields.iter().map(cell).collect()
}

fn own_cells(share: &Share, entity: &Entity) -> Vec<Cell> {
    let incident = &share.incident;
    let alerts = || entity.sightings.iter().filter_map(|sighting| incident.alerts.get(&sighting.alert));
    let titles: BTreeSet<String> = alerts().map(|alert| alert.title.clone()).gather();
    let seen = |alert: &Alert| alert.when().cloned();
    let last = |alert: &Alert| alert.last_activity.clone().or_else(|| seen(alert));
    vec![
        Cell::Text(incident.name.clone()),
        Cell::Text(incident.id.to_string()),
        Cell::Text(entity.id.to_string()),
        Cell::Text(entity.kind().code().to_owned()),
        Cell::Text(entity.name()),
        Cell::Text(entity.verdict.code().to_owned()),
        Cell::Text(entity.remediation.code().to_owned()),
        Cell::Text(entity.critical.to_string()),
        Cell::Text(share.of_entity(entity).label()),
        Cell::List(entity.tags.iter().cloned().collect()),
        Cell::Text(entity.note.clone()),
        Cell::List(entity.roles().into_iter().map(|role| role.code().to_owned()).collect()),
        Cell::List(titles.into_iter().collect()),
        time(alerts().filter_map(seen).min().as_ref()),
        time(alerts().filter_map(last).max().as_ref()),
    ]
}

/// Alerts as a table: a row each.
pub struct Alerts;

impl Export for Alerts {
    fn id(&self) -> ExportId {
        ExportId::AlertsCsv
    }

    fn ending(&self) -> &'static str {
        ".alerts.csv"
    }

    fn mime(&self) -> &'static str {
        MIME
    }

    fn carries(&self) -> &'static [Part] {
        &[Part::Alert, Part::Technique]
    }

    fn is_table(&self) -> bool {
        true
    }

    fn pieces<'a>(&'a self, shares: &'a [Share], how: How<'a>) -> Pieces<'a> {
        let head = iter::once_with(move || Table::new(how.spreadsheet, &COLUMNS).out);
        let rows = shares.iter().map(move |share| {
            let mut table = Table::empty(how.spreadsheet);
            share.incident.alerts.values().for_each(|alert| table.row(alert_cells(share, alert)));
            table.out
        });
        Box::new(head.chain(rows))
    }
}

/// The columns of the alerts.
const COLUMNS: [&str; 24] = [
    "incident",
    "incident_id",
    "alert_id",
    "title",
    "severity",
    "status",
    "classification",
    "determination",
    "category",
    "product",
    "detected_by",
    "assigned_to",
    "techniques",
    "threat",
    "actor",
    "tlp",
    "first_activity",
    "last_activity",
    "created",
    "resolved",
    "entities",
    "description",
    "recommended_actions",
    "link",
];

fn alert_cells(share: &Share, alert: &Alert) -> Vec<Cell> {
    let incident = &share.incident;
    let entities = incident
        .entities
        .values()
        .filter(|entity| entity.sightings.iter().any(|sighting| sighting.alert == alert.id));
    let text = |text: &Option<String>| Cell::Text(text.clone().unwrap_or_default());
    let id = if alert.source_id.is_empty() { alert.id.as_str() } else { &alert.source_id };
    vec![
        Cell::Text(incident.name.clone()),
        Cell::Text(incident.id.to_string()),
        Cell::Text(id.to_owned()),
        Cell::Text(alert.title.clone()),
        Cell::Text(alert.severity.code().to_owned()),
        Cell::Text(alert.status.code().to_owned()),
        Cell::Text(alert.classification.code().to_owned()),
        Cell::Text(alert.determination.code().to_owned()),
        Cell::Text(alert.category.clone()),
        Cell::Text(alert.service_source.code().to_owned()),
        Cell::Text(alert.detection_source.clone()),
        text(&alert.assignee),
        Cell::List(alert.techniques.clone()),
        text(&alert.threat),
        text(&alert.actor),
        Cell::Text(share.of_alert(alert).label()),
        time(alert.first_activity.as_ref()),
        time(alert.last_activity.as_ref()),
        time(alert.created.as_ref()),
        time(alert.resolved.as_ref()),
        Cell::List(entities.map(Entity::name).collect()),
        Cell::Text(alert.description.clone()),
        Cell::Text(alert.recommended_actions.clone()),
        text(&alert.link),
    ]
}

const MIME: &str = "text/csv;charset=utf-8";

/// A value of a table.
enum Cell {
    Text(String),
    List(Vec<String>),
}

/// A time as it was written by the source.
fn time(time: Option<&Time>) -> Cell {
    Cell::Text(time.map(Time::text).unwrap_or_default().to_owned())
}

/// A part of a table under construction.
struct Table {
    spreadsheet: bool,
    out: String,
}

impl Table {
    /// What a file begins with: the names of its columns.
    fn new<'n>(spreadsheet: bool, names: impl IntoIterator<Item = &'n &'n str>) -> Self {
        let mut table = Self::empty(spreadsheet);
        if spreadsheet {
            table.out.push(BYTE_ORDER_MARK);
        }
        table.row(names.into_iter().map(|name| Cell::Text((*name).to_owned())));
        table
    }

    /// Rows to be added to one.
    fn empty(spreadsheet: bool) -> Self {
        Self { spreadsheet, out: String::new() }
    }

    fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            let text = match cell {
                Cell::Text(text) if self.spreadsheet => harmless(&text),
                Cell::List(texts) if self.spreadsheet => harmless(&texts.join("; ")),
                Cell::Text(text) => text,
                Cell::List(texts) if texts.is_empty() => String::new(),
                Cell::List(texts) => serde_json::to_string(&texts).unwrap_or_default(),
            };
            quote(&text, &mut self.out);
        }
        self.out.push_str("\r\n");
    }
}

/// A text that no spreadsheet takes for a formula, on one line.
fn harmless(text: &str) -> String {
    let one_line: String =
        text.chars().map(|letter| if matches!(letter, '\r' | '\n' | '\0') { ' ' } else { letter }).collect();
    // Some programs cut white space before they look, so that is looked past, and there are full-width twins of the signs.
    let begins_a_formula = |letter: char| matches!(letter, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠');
    let runs = text.starts_with(['\t', '\r', '\n']) || one_line.trim_start().starts_with(begins_a_formula);
    if runs { format!("'{one_line}") } else { one_line }
}

/// Adds a value, in quotes where it needs them.
fn quote(text: &str, out: &mut String) {
    let is_plain = !text.contains(['"', ',', '\r', '\n']) && text.trim() == text;
    if is_plain {
        out.push_str(text);
        return;
    }
    out.push('"');
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
#[path = "../../../tests/support/rfc4180.rs"]
mod rfc4180;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cell(spreadsheet: bool, cell: Cell) -> String {
        let mut table = Table { spreadsheet, out: String::new() };
        table.row([cell]);
        table.out
    }

    #[test]
    fn a_formula_becomes_text_for_a_spreadsheet_and_stays_what_it_is_otherwise() {
        for (text, safe) in [
            ("=1+1", "'=1+1\r\n"),
            ("+31 20 555", "'+31 20 555\r\n"),
            ("-x", "'-x\r\n"),
            ("@SUM(A1)", "'@SUM(A1)\r\n"),
            ("  =1", "\"'  =1\"\r\n"),
            ("\t=1", "'\t=1\r\n"),
            ("\r=1", "' =1\r\n"),
            ("＝1", "'＝1\r\n"),
            ("a=1", "a=1\r\n"),
        ] {
            let made = cell(true, Cell::Text(text.into()));
            assert_eq!(made.replace('"', ""), safe.replace('"', ""), "{text:?}");
        }
        assert_eq!(cell(false, Cell::Text("=1+1".into())), "=1+1\r\n");
        assert_eq!(cell(true, Cell::List(vec!["=a".into(), "b".into()])), "'=a; b\r\n");
        assert_eq!(cell(false, Cell::List(vec!["a;b".into()])), "\"[\"\"a;b\"\"]\"\r\n");
    }

    proptest! {
        #[test]
        fn no_cell_of_the_safe_form_can_be_run(text in "[=+@\\-\t\r\n \"',;a1]{0,12}") {
            let value = &rfc4180::rows(&cell(true, Cell::Text(text)))[0][0];
            prop_assert!(!value.trim_start().starts_with(['=', '+', '-', '@']), "{value:?}");
            prop_assert!(!value.starts_with(['\t', '\r', '\n']), "{value:?}");
            prop_assert!(!value.contains(['\r', '\n']));
        }

        #[test]
        fn the_other_form_comes_back_to_the_letter(texts in proptest::collection::vec("[=,;\"\r\n\t a-cé]{0,8}", 1..6)) {
            let mut table = Table { spreadsheet: false, out: String::new() };
            table.row(texts.iter().cloned().map(Cell::Text));
            prop_assert_eq!(rfc4180::rows(&table.out), vec![texts]);
        }
    }
}
