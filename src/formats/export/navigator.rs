//! ATT&CK Navigator layer 4.5: the techniques of an incident, with the scores that a layer gave them, else scored by how many
//! alerts name each.
//!
//! A file holds one layer, or a list of layers where there are several incidents or techniques of more than one matrix.

use super::sharing::{Part, Share};
use super::{Export, ExportId, How, Pieces, listed, pretty, whole};
use crate::model::entity::{Facts, Technique};
use serde_json::{Number, Value, json};
use std::collections::BTreeMap;
use std::iter;

/// ATT&CK Navigator layers.
pub struct Navigator;

impl Export for Navigator {
    fn id(&self) -> ExportId {
        ExportId::Navigator
    }

    fn ending(&self) -> &'static str {
        ".navigator.json"
    }

    fn mime(&self) -> &'static str {
        "application/json"
    }

    fn carries(&self) -> &'static [Part] {
        &[Part::Technique]
    }

    fn pieces<'a>(&'a self, shares: &'a [Share], _how: How<'a>) -> Pieces<'a> {
        match shares {
            [] => whole(|| pretty(&json!([]))),
            [one] => whole(|| {
                let mut layers = layers(one);
                pretty(&if layers.len() == 1 { layers.remove(0) } else { Value::Array(layers) })
            }),
            // Each has a layer at least, so that these are several.
            several => {
                let begin = iter::once("[".to_owned());
                let layers = several.iter().flat_map(layers);
                Box::new(begin.chain(listed(layers, 1)).chain(iter::once("\n]".to_owned())))
            }
        }
    }
}

/// The matrices, each with the first letters of its techniques' numbers. Mobile and enterprise share theirs, and what is not of
/// the industrial one is of the enterprise here.
const INDUSTRIAL: (&str, &str) = ("ics-attack", "T0");
const ENTERPRISE: &str = "enterprise-attack";

/// What is known of one technique in one incident.
struct Named<'s> {
    alerts: Vec<&'s str>,
    comments: &'s [String],
    note: &'s str,
    /// The scores that layers gave it, each with its tactic; empty where it is for all of them.
    scores: BTreeMap<&'s str, Number>,
}

impl Named<'_> {
    /// Its scores by tactic: what layers say, else how many alerts name it.
    fn scored(&self) -> BTreeMap<&str, Number> {
        if self.scores.is_empty() { [("", self.alerts.len().into())].into() } else { self.scores.clone() }
    }
}

/// Scores as a technique's facts have them, by tactic. Of several for one tactic the first counts, which came last.
fn scores(technique: &Technique) -> BTreeMap<&str, Number> {
    let mut scores = BTreeMap::new();
    for text in &technique.scores {
        let (number, tactic) = text.split_once(' ').unwrap_or((text, ""));
        if let Ok(number) = serde_json::from_str(number) {
            scores.entry(tactic).or_insert(number);
        }
    }
    scores
}

fn layers(share: &Share) -> Vec<Value> {
    let incident = &share.incident;
    let mut matrices: BTreeMap<&str, BTreeMap<&str, Named<'_>>> = BTreeMap::new();
    for id in incident.techniques().into_iter().filter(|id| is_number(id)) {
        let matrix = if id.starts_with(INDUSTRIAL.1) { INDUSTRIAL.0 } else { ENTERPRISE };
        let alerts =
            incident.alerts.values().filter(|alert| alert.techniques.iter().any(|named| named == id));
        let own = incident.entities.values().find_map(|entity| match &entity.facts {
            Facts::Technique(technique) if technique.technique_id.as_deref() == Some(id) => {
                Some((technique, entity.note.as_str()))
            }
            _ => None,
        });
        let named = Named {
            alerts: alerts.map(|alert| alert.title.as_str()).collect(),
            comments: own.map_or(&[], |(technique, _)| &technique.comments),
            note: own.map_or("", |(_, note)| note),
            scores: own.map(|(technique, _)| scores(technique)).unwrap_or_default(),
        };
        matrices.entry(matrix).or_default().insert(id, named);
    }
    if matrices.is_empty() {
        matrices.insert(ENTERPRISE, BTreeMap::new());
    }
    matrices.into_iter().map(|(matrix, techniques)| layer(share, matrix, &techniques)).collect()
}

/// Whether a text is the number of a technique or sub-technique: `T1566`, `T1566.001`.
fn is_number(text: &str) -> bool {
    let digits = |text: &str, count| text.len() == count && text.bytes().all(|digit| digit.is_ascii_digit());
    let Some(number) = text.strip_prefix('T') else { return false };
    match number.split_once('.') {
        Some((technique, sub)) => digits(technique, 4) && digits(sub, 3),
        None => digits(number, 4),
    }
}

fn layer(share: &Share, matrix: &str, techniques: &BTreeMap<&str, Named<'_>>) -> Value {
    let incident = &share.incident;
    let all: Vec<Number> = techniques.values().flat_map(|named| named.scored().into_values()).collect();
    let order = |a: &&Number, b: &&Number| {
        let value = |number: &Number| number.as_f64().unwrap_or_default();
        value(a).total_cmp(&value(b))
    };
    // A colour for each end of the scale, which begins at zero and has some length.
    let (zero, one) = (Number::from(0), Number::from(1));
    let least = all.iter().chain([&zero]).min_by(order);
    let most = all.iter().chain([&one]).max_by(order);
    let level = share.own.unwrap_or(share.marking).label();
    let mut rows: Vec<Value> = Vec::new();
    for (id, named) in techniques {
        let mut comment: Vec<&str> = named.alerts.clone();
        comment.extend(named.comments.iter().map(String::as_str));
        comment.extend((!named.note.is_empty()).then_some(named.note));
        let has_parts = techniques.keys().any(|other| other.starts_with(id) && other.len() > id.len());
        for (tactic, score) in named.scored() {
            let mut row = json!({
                "techniqueID": id,
                "score": score,
                "comment": comment.join("\n"),
                "enabled": true,
                "showSubtechniques": has_parts,
                "metadata": [],
                "links": [],
            });
            if !tactic.is_empty() {
                row["tactic"] = tactic.into();
            }
            rows.push(row);
        }
    }
    json!({
        "name": incident.name,
        "description": format!("{level}. Techniques of the incident, scored as a layer did or by how many alerts name each."),
        "domain": matrix,
        "versions": {"attack": "17", "navigator": "5.1.0", "layer": "4.5"},
        "sorting": 3,
        "hideDisabled": false,
        "techniques": rows,
        "gradient": {"colors": ["#fff7bc", "#d7301f"], "minValue": least, "maxValue": most},
        "legendItems": [],
        "metadata": [{"name": "TLP", "value": level}, {"name": "Incident", "value": incident.id.as_str()}],
        "links": [],
        "showTacticRowBackground": false,
        "selectTechniquesAcrossTactics": true,
        "selectSubtechniquesWithParent": false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_of_techniques_have_a_place() {
        for (text, is_one) in [
            ("T1566", true),
            ("T1566.001", true),
            ("T0883", true),
            ("T156", false),
            ("T1566.01", false),
            ("TA0001", false),
            ("t1566", false),
            ("", false),
        ] {
            assert_eq!(is_number(text), is_one, "{text}");
        }
    }
}
