//! The tables `AlertInfo` and `AlertEvidence`: what an alert is, and one row for each thing that it names. Rows of one
//! alert come together whichever table they are of.

use super::{TIMES, facts, inside, list};
use crate::formats::assemble::Evidence;
use crate::formats::event_facts::raw;
use crate::formats::gather::Gathering;
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::{Spot, Why};
use crate::formats::record::{self, AlertNames};
use crate::formats::{event_time, sentinel_entities};
use crate::model::taxonomy::Role;
use crate::model::{Extra, Time};
use serde_json::Value;
use std::borrow::Cow;

/// What the tables call an alert's fields.
const NAMES: AlertNames = AlertNames {
    id: &["AlertId"],
    created: &[],
    updated: &[],
    resolved: &[],
    first_activity: &[],
    last_activity: &[],
    actor: &[],
};

/// Columns that mean what another dialect's fields mean, with that field's name.
const SAME: [(&str, &str); 5] = [
    ("AlertId", "AlertId"),
    ("Title", "title"),
    ("Severity", "severity"),
    ("DetectionSource", "detectionSource"),
    ("ThreatFamily", "threatFamilyName"),
];

/// Reads one row.
pub fn read(mut row: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) {
    let owned = |text: String| Json::Text(Cow::Owned(text));
    if !row.has("AlertId") {
        into.findings.set_aside(place.to_place(), Why::WithoutAlertId, &raw(&row.into_extra()));
        return;
    }
    let at = event_time::take(&mut row, &TIMES, place, &mut into.findings);
    let mut about = Fields::default();
    for (theirs, ours) in SAME {
        if let Some(value) = row.take(theirs) {
            about.put(ours, value);
        }
    }
    let categories = list(&mut row, "Categories");
    let category = if categories.is_empty() { row.text("Category") } else { Some(categories.join(", ")) };
    if let Some(category) = category {
        about.put("category", owned(category));
    }
    let techniques = list(&mut row, "AttackTechniques");
    about.put("mitreTechniques", Json::List(techniques.iter().map(|name| owned(technique(name))).collect()));
    if let Some(source) = row.text("ServiceSource") {
        // The tables write the products' names in words: `Microsoft Defender for Office 365`.
        let joined: String = source.split_whitespace().collect();
        let xdr = joined.eq_ignore_ascii_case("MicrosoftDefenderXDR");
        about.put("serviceSource", owned(if xdr { "microsoft365Defender".to_owned() } else { joined }));
    }
    let names_a_thing = row.has("EntityType");
    let evidence = if names_a_thing { Some(thing(&mut row, at.clone())) } else { None };
    if !names_a_thing {
        let rest: Vec<String> = row.names().filter(|name| row.has(name)).map(str::to_owned).collect();
        for name in rest {
            if let Some(value) = row.take(&name) {
                about.put(&name, value);
            }
        }
    }
    let mut alert = record::alert(about, &NAMES, place, &mut into.findings).alert;
    alert.first_activity.clone_from(&at);
    alert.last_activity = at;
    into.alert_row(alert, evidence.into_iter().collect());
}

/// The thing that a row names.
fn thing(row: &mut Fields<'_>, at: Option<Time>) -> Evidence {
    let type_name = row.text("EntityType").unwrap_or_default();
    let roles: Vec<Role> = ["EvidenceRole", "EvidenceDirection"]
        .iter()
        .filter_map(|name| row.text(name))
        .map(|role| Role::parse(&role))
        .collect();
    let additional = match row.take("AdditionalFields") {
        Some(Json::Text(text)) => inside(&text).unwrap_or_else(|| Value::String(text.into_owned())),
        Some(Json::Object(fields)) => Value::Object(fields.into_extra()),
        _ => Value::Null,
    };
    let mut facts = facts::of_type(&type_name, row);
    // Products write the thing there once more, as Sentinel numbers and names it.
    let told = serde_json::to_string(&additional).unwrap_or_default();
    for other in sentinel_entities::read(&told).unwrap_or_default() {
        if other.facts.kind() == facts.kind() {
            facts.absorb(&other.facts);
        }
    }
    facts::forget(row, &facts);
    let mut extra: Extra = std::mem::take(row).into_extra();
    if !matches!(&additional, Value::Null) {
        extra.insert("AdditionalFields".to_owned(), additional);
    }
    Evidence { roles: roles.into_iter().collect(), at, extra, ..Evidence::new(facts) }
}

/// `Phishing (T1566)` → `T1566`; a text without such an id stays as it is.
fn technique(name: &str) -> String {
    let id = name.rsplit_once('(').and_then(|(_, id)| id.strip_suffix(')'));
    let is_id = |id: &&str| {
        id.strip_prefix('T').is_some_and(|digits| {
            digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        })
    };
    id.filter(is_id).unwrap_or(name).to_owned()
}
