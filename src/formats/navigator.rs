//! Layers of the ATT&CK Navigator, formats 3.0 to 4.5: the techniques that somebody marked go onto an incident, with scores,
//! comments and what their colours mean.
//!
//! Fields: the layer formats that the Navigator's repository describes. A file is one layer or a list of them; each is an incident
//! of its own until the person says into which it belongs. A technique is one entity, scores and comments are facts of it, and
//! its rows, one for each tactic, are kept with it. Rows on which nothing is marked only say how the matrix was drawn.

use crate::formats::gather::Gathering;
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::{Spot, Why};
use crate::formats::record::{Header, never};
use crate::formats::{Confidence, Format, FormatId, copied};
use crate::model::entity::{Facts, Technique};
use crate::model::incident::LAYER_ROWS;
use crate::model::{Entity, EntityId, Extra, Incident, IncidentField, IncidentId};
use serde_json::Value;
use std::collections::BTreeMap;

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
        let mut rows: BTreeMap<String, Vec<Extra>> = BTreeMap::new();
        let mut unmarked: Vec<Value> = Vec::new();
        for (index, mut row) in record.objects("techniques") {
            let Some(id) = row.text("techniqueID").map(|id| id.trim().to_uppercase()) else {
                let why = Why::Unknown { fields: row.names().take(8).map(str::to_owned).collect() };
                let raw = Value::Object(row.into_extra()).to_string();
                into.findings.set_aside(place.element("techniques", index).to_place(), why, raw.as_bytes());
                continue;
            };
            let drawn = row.take("showSubtechniques").is_some();
            let mut row = row.into_extra();
            if row.get("enabled") == Some(&Value::Bool(true)) {
                row.remove("enabled");
            }
            if drawn && row.keys().all(|name| name == "tactic") {
                unmarked.push(id.into());
                continue;
            }
            row.insert("layer".to_owned(), name.as_str().into());
            rows.entry(id).or_default().push(row);
        }
        let mut layer = record.into_extra();
        let legend = legend(&layer);
        if !unmarked.is_empty() {
            layer.insert("unmarked".to_owned(), unmarked.into());
        }
        // Layers have no id, and two of one name are not the same.
        let told = serde_json::to_string(&rows).unwrap_or_default();
        let mut incident = Incident::new(IncidentId::derived(&["navigator", &name, &told]), name, never());
        incident.description = description;
        incident.extra.insert(LAYER.to_owned(), Value::Object(layer));
        incident.source = vec![
            IncidentField::Name(incident.name.clone()),
            IncidentField::Description(incident.description.clone()),
        ];
        for (id, rows) in rows {
            let entity = technique(id, rows, &legend);
            incident.entities.insert(entity.id.clone(), entity);
        }
        Some(into.incident(Header { incident, source_id: None, tenant: None }))
    }
}

/// What each colour of the layer means, by the colour in small letters.
fn legend(layer: &Extra) -> BTreeMap<String, String> {
    let items = layer.get("legendItems").and_then(Value::as_array).into_iter().flatten();
    let meaning = |item: &Value| {
        let (color, label) = (item["color"].as_str()?, item["label"].as_str()?);
        Some((color.trim().to_lowercase(), label.trim().to_owned()))
    };
    items.filter_map(meaning).filter(|(color, label)| !color.is_empty() && !label.is_empty()).collect()
}

/// A technique with its rows.
fn technique(id: String, rows: Vec<Extra>, legend: &BTreeMap<String, String>) -> Entity {
    let mut technique = Technique { technique_id: Some(id), ..Technique::default() };
    let add = |list: &mut Vec<String>, text: String| {
        if !text.is_empty() && !list.contains(&text) {
            list.push(text);
        }
    };
    for row in &rows {
        let text = |name: &str| row.get(name).and_then(Value::as_str).map(str::trim).unwrap_or_default();
        if let Some(Value::Number(score)) = row.get("score") {
            add(&mut technique.scores, format!("{score} {}", text("tactic")).trim_end().to_owned());
        }
        add(&mut technique.comments, text("comment").to_owned());
        let meaning = copied(legend.get(&text("color").to_lowercase()).map_or("", String::as_str));
        add(&mut technique.color_meanings, meaning.unwrap_or_default().to_owned());
    }
    let facts = Facts::Technique(technique);
    let key = facts.identities().into_iter().next().map(|key| key.text).unwrap_or_default();
    let mut entity = Entity::new(EntityId::derived(&[&key]), facts);
    entity.extra.insert(LAYER_ROWS.to_owned(), rows.into_iter().map(Value::Object).collect());
    entity
}
