//! Microsoft Graph `/security/alerts_v2`: alerts by themselves, each of which names its incident.
//!
//! Field names: Microsoft Graph SDK of 2026-04, type `microsoft.graph.security.alert`.

use crate::formats::assemble::Evidence;
use crate::formats::gather::Gathering;
use crate::formats::json::Fields;
use crate::formats::outcome::{Findings, Spot};
use crate::formats::record::{self, AlertNames, AlertRecord};
use crate::formats::{Confidence, Format, FormatId, evidence};

/// What the Graph API calls an alert's fields.
const NAMES: AlertNames = AlertNames {
    id: &["id"],
    created: &["createdDateTime"],
    updated: &["lastUpdateDateTime"],
    resolved: &["resolvedDateTime"],
    first_activity: &["firstActivityDateTime"],
    last_activity: &["lastActivityDateTime"],
    actor: &["actorDisplayName"],
};

/// Alerts of the Graph API.
pub struct GraphAlerts;

impl Format for GraphAlerts {
    fn id(&self) -> FormatId {
        FormatId::GraphAlerts
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        let typed = evidence::peek_type(record) == Some("alert");
        if typed && (record.has("id") || record.has("title")) {
            return Confidence::Certain;
        }
        if record.has("incidentName") || record.has("displayName") || !record.has("title") {
            return Confidence::No;
        }
        let marks = ["evidence", "providerAlertId", "alertWebUrl", "createdDateTime", "detectionSource"];
        match marks.iter().filter(|name| record.has(name)).count() {
            0 => Confidence::No,
            1 => Confidence::Likely,
            _ => Confidence::Certain,
        }
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

/// Reads one alert of the Graph API with its evidence.
pub fn read_alert(
    mut alert: Fields<'_>,
    place: &Spot<'_>,
    findings: &mut Findings,
) -> (AlertRecord, Vec<Evidence>) {
    evidence::stated_type(&mut alert);
    let pieces = alert.objects("evidence").into_iter();
    let evidence = pieces
        .map(|(index, piece)| evidence::read(piece, &place.element("evidence", index), findings))
        .collect();
    (record::alert(alert, &NAMES, place, findings), evidence)
}
