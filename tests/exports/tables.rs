//! Tables: a row for each thing, the same number of cells in each, nothing that a spreadsheet runs.

use crate::incidents::{all, format, guided, how, shared, written};
use crate::rfc4180;
use firsthour::formats::export::{EXPORTS, ExportId, How, Tlp};

#[test]
fn every_table_is_even_and_its_safe_form_runs_nothing() {
    for export in EXPORTS.iter().filter(|export| export.is_table()) {
        for (name, incident) in all() {
            for spreadsheet in [false, true] {
                let shares = [shared(&incident, Tlp::Amber)];
                let text = export.write(&shares, &How { spreadsheet, ..how() });
                let rows = rfc4180::rows(text.trim_start_matches('\u{feff}'));
                assert!(rows.len() > 1, "{name}");
                for row in &rows {
                    assert_eq!(row.len(), rows[0].len(), "{:?}, {name}: {row:?}", export.id());
                }
                assert_eq!(text.starts_with('\u{feff}'), spreadsheet);
                let runs = |cell: &String| {
                    cell.starts_with(['\t', '\r', '\n'])
                        || cell.trim_start().starts_with(['=', '+', '-', '@'])
                };
                if spreadsheet {
                    assert!(!rows.iter().flatten().any(runs), "{name}");
                }
            }
        }
    }
}

#[test]
fn the_lossless_form_holds_every_value_to_the_letter() {
    for (name, incident) in all() {
        let rows = rfc4180::rows(&written(ExportId::EntitiesCsv, &incident));
        assert_eq!(rows.len(), incident.entities.len() + 1, "{name}");
        let column = |name: &str| rows[0].iter().position(|head| head == name);
        let id = column("entity_id").unwrap();
        for entity in incident.entities.values() {
            let row = rows.iter().find(|row| row[id] == entity.id.as_str()).unwrap();
            for (field, part) in entity.facts.parts() {
                let cell = &row[rows[0].iter().rposition(|head| head == field).unwrap()];
                match part {
                    firsthour::model::entity::Part::Text(text) => assert_eq!(cell, text),
                    firsthour::model::entity::Part::List(texts) => {
                        assert_eq!(serde_json::from_str::<Vec<String>>(cell).unwrap(), texts);
                    }
                }
            }
        }
    }
}

#[test]
fn incidents_stand_below_each_other_and_alerts_have_their_entities() {
    let [(_, guided_one), (_, full), ..] = all();
    let shares = [shared(&guided_one, Tlp::Green), shared(&full, Tlp::Green)];
    let rows = rfc4180::rows(&format(ExportId::AlertsCsv).write(&shares, &how()));
    assert_eq!(rows.len(), 1 + guided_one.alerts.len() + full.alerts.len());
    let last = &rows[rows.len() - 1];
    let at = |name: &str| rows[0].iter().position(|head| head == name).unwrap();
    assert_eq!((last[at("incident")].as_str(), last[at("tlp")].as_str()), ("Everything", "TLP:GREEN"));
    assert_eq!(last[at("techniques")], "[\"T1566.001\",\"T1059\"]");
    assert_eq!(
        serde_json::from_str::<Vec<String>>(&last[at("entities")]).unwrap().len(),
        full.entities.len()
    );
    assert!(guided().alerts.len() > 3);
}
