//! Layers of the ATT&CK Navigator, formats 3.0 to 4.5: the techniques that somebody marked go onto an incident, with scores and
//! comments.
//!
//! Fields: the layer formats that the Navigator's repository describes. A file is one layer or a list of them; each is an incident
//! of its own until the person says into which it belongs. Rows on which nothing is marked only say how the Navigator drew
//! the matrix.

use crate::formats::gather::Gathering;
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::{Spot, Why};
use crate::formats::record::{Header, never};
use crate::formats::{Confidence, Format, FormatId};
use crate::model::{Incident, IncidentField, IncidentId, NotedTechnique};
use serde_json::Value;
use std::collections::BTreeSet;

/// Where the layer's own settings are kept with the incident.
pub const LAYER: &str = "navigatorLayer";

/// Layers of the ATT&CK Navigator.
pub struct Navigator;

impl Format for Navigator {
    fn id(&self) -> FormatId {
        FormatId::Navigator
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        let Some(Json::List(techniques)) = record.get("techniques") else { return Confidence::No };
        let is_row = |row: &Json<'_>| row.as_object().is_some_and(|row| row.has("techniqueID"));
        let versions = record.states(&["versions", "version"]);
        match (techniques.first().is_none_or(is_row), record.has("domain") && versions) {
            (true, true) => Confidence::Certain,
            (true, false) if !techniques.is_empty() => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn read(&self, mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        let name = record.text("name").unwrap_or_else(|| "ATT&CK Navigator".to_owned());
        let description = record.text("description").unwrap_or_default();
        let mut noted = BTreeSet::new();
        let mut unmarked: Vec<Value> = Vec::new();
        for (index, mut row) in record.objects("techniques") {
            let Some(id) = row.text("techniqueID").map(|id| id.trim().to_uppercase()) else {
                let why = Why::Unknown { fields: row.names().take(8).map(str::to_owned).collect() };
                let raw = Value::Object(row.into_extra()).to_string();
                into.findings.set_aside(place.element("techniques", index).to_place(), why, raw.as_bytes());
                continue;
            };
            let drawn = row.states(&["showSubtechniques"]);
            let technique = technique(id, &name, row);
            if drawn && is_unmarked(&technique) {
                unmarked.push(technique.id.into());
            } else {
                noted.insert(technique);
            }
        }
        let mut layer = record.into_extra();
        if !unmarked.is_empty() {
            layer.insert("unmarked".to_owned(), unmarked.into());
        }
        let told = serde_json::to_string(&noted).unwrap_or_default();
        let mut incident = Incident::new(IncidentId::derived(&["navigator", &name, &told]), name, never());
        incident.description = description;
        incident.noted_techniques = noted;
        incident.extra.insert(LAYER.to_owned(), Value::Object(layer));
        incident.source = vec![
            IncidentField::Name(incident.name.clone()),
            IncidentField::Description(incident.description.clone()),
            IncidentField::NotedTechniques(incident.noted_techniques.clone()),
        ];
        Some(into.incident(Header { incident, source_id: None, tenant: None }))
    }
}

fn technique(id: String, layer: &str, mut row: Fields<'_>) -> NotedTechnique {
    let disabled = matches!(row.get("enabled"), Some(Json::Bool(false)));
    row.take("enabled");
    let mut pairs = |list: &str, one: &str, other: &str| -> Vec<(String, String)> {
        let entries = row.objects(list).into_iter();
        // A divider is an entry without a name.
        entries
            .map(|(_, mut entry)| {
                (entry.text(one).unwrap_or_default(), entry.text(other).unwrap_or_default())
            })
            .collect()
    };
    let (metadata, links) = (pairs("metadata", "name", "value"), pairs("links", "label", "url"));
    let mut text = |name: &str| row.text(name).unwrap_or_default();
    let (tactic, score, comment, color) = (text("tactic"), text("score"), text("comment"), text("color"));
    row.take("showSubtechniques");
    let rest = row.into_extra();
    NotedTechnique {
        id,
        tactic,
        score,
        comment,
        color,
        disabled,
        layer: layer.to_owned(),
        metadata,
        links,
        rest: if rest.is_empty() { String::new() } else { Value::Object(rest).to_string() },
    }
}

/// Whether a row says nothing but how it is drawn.
fn is_unmarked(technique: &NotedTechnique) -> bool {
    let bare = NotedTechnique {
        id: technique.id.clone(),
        tactic: technique.tactic.clone(),
        layer: technique.layer.clone(),
        ..NotedTechnique::default()
    };
    *technique == bare
}
