//! Rows of Microsoft Sentinel's table `SecurityAlert`, as CSV or JSON. Their entities stand as JSON inside a cell.
//!
//! Column names: the table's reference of 2026. A row names no incident; each alert is one of its own, as in the table.

use crate::formats::assemble::Evidence;
use crate::formats::gather::Gathering;
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::{Findings, Spot, Why};
use crate::formats::record::{self, AlertNames, AlertRecord};
use crate::formats::{Confidence, Format, FormatId, sentinel_entities};
use std::borrow::Cow;

/// What the table calls an alert's fields.
const NAMES: AlertNames = AlertNames {
    id: &["SystemAlertId"],
    created: &["TimeGenerated"],
    updated: &["ProcessingEndTime"],
    resolved: &[],
    first_activity: &["StartTime", "StartTimeUtc"],
    last_activity: &["EndTime", "EndTimeUtc"],
    actor: &[],
};

/// Columns that mean what another dialect's fields mean, with that field's name.
const SAME: [(&str, &str); 9] = [
    ("DisplayName", "title"),
    ("AlertDisplayName", "title"),
    ("AlertName", "title"),
    ("Description", "description"),
    ("AlertSeverity", "severity"),
    ("Severity", "severity"),
    ("Status", "status"),
    ("Tactics", "category"),
    ("AlertLink", "alertWebUrl"),
];

/// Rows of the table `SecurityAlert`.
pub struct SentinelAlerts;

impl Format for SentinelAlerts {
    fn id(&self) -> FormatId {
        FormatId::SentinelAlerts
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        let is_named = ["AlertName", "DisplayName", "AlertDisplayName"].iter().any(|name| record.has(name));
        if record.has("SystemAlertId") && is_named { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        let (alert, evidence) = read_alert(record, place, &mut into.findings);
        into.lone_alert(alert, evidence);
        None
    }

    fn read_alert(&self, alert: Fields<'_>, incident: usize, place: &Spot<'_>, into: &mut Gathering) {
        let (alert, evidence) = read_alert(alert, place, &mut into.findings);
        into.alert(incident, alert, evidence);
    }
}

/// Reads one row with what its cell of entities names.
pub fn read_alert(
    mut record: Fields<'_>,
    place: &Spot<'_>,
    findings: &mut Findings,
) -> (AlertRecord, Vec<Evidence>) {
    for (theirs, ours) in SAME {
        if !record.has(ours)
            && let Some(value) = record.take(theirs)
        {
            record.put(ours, value);
        }
    }
    let owned = |text: &str| Json::Text(Cow::Owned(text.to_owned()));
    record.put("serviceSource", owned("microsoftSentinel"));
    if let Some(product) = record.text_of(&["ProductName", "ProviderName"]) {
        record.put("detectionSource", owned(&product));
    }
    if let Some(techniques) = record.text("Techniques") {
        // A list as JSON, or names with commas between them.
        let listed = serde_json::from_str::<Vec<String>>(&techniques).unwrap_or_else(|_| {
            techniques.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
        });
        record.put("mitreTechniques", Json::List(listed.iter().map(|name| owned(name)).collect()));
    }
    let cell = record.text("Entities").unwrap_or_default();
    let evidence = match sentinel_entities::read(&cell) {
        Ok(evidence) => evidence,
        Err(_) => {
            findings.set_aside(place.element("Entities", 0).to_place(), Why::NotARecord, cell.as_bytes());
            record.put("Entities", owned(&cell));
            Vec::new()
        }
    };
    (record::alert(record, &NAMES, place, findings), evidence)
}
