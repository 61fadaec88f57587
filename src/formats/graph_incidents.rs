//! Microsoft Graph `/security/incidents`, with alerts inside where `$expand=alerts` was asked for.
//!
//! Field names: Microsoft Graph SDK of 2026-04, type `microsoft.graph.security.incident`; the documents' samples
//! differ in places (`tags` for `customTags`, `createdBy` and `createdTime` in comments) and are read as well.

use crate::formats::gather::Gathering;
use crate::formats::json::Fields;
use crate::formats::outcome::Spot;
use crate::formats::record::{self, IncidentNames};
use crate::formats::{Confidence, Format, FormatId, evidence, graph_alerts};

/// What the Graph API calls an incident's fields.
const NAMES: IncidentNames = IncidentNames {
    id: &["id"],
    name: &["displayName"],
    created: &["createdDateTime"],
    updated: &["lastUpdateDateTime"],
};

/// Incidents of the Graph API.
pub struct GraphIncidents;

impl Format for GraphIncidents {
    fn id(&self) -> FormatId {
        FormatId::GraphIncidents
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        let typed = evidence::peek_type(record) == Some("incident");
        let named = record.has("displayName");
        if typed && (named || record.has("id")) || named && record.has("incidentWebUrl") {
            return Confidence::Certain;
        }
        let marks = ["severity", "status", "createdDateTime", "classification", "alerts"];
        let marked = marks.iter().filter(|name| record.has(name)).count() > 1;
        if named && record.has("id") && marked { Confidence::Likely } else { Confidence::No }
    }

    fn read(&self, mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        let alerts = record.objects("alerts");
        evidence::stated_type(&mut record);
        let header = record::incident(record, &NAMES, place, &mut into.findings);
        let incident = into.incident(header);
        for (index, alert) in alerts {
            self.read_alert(alert, incident, &place.element("alerts", index), into);
        }
        Some(incident)
    }

    fn read_alert(&self, alert: Fields<'_>, incident: usize, place: &Spot<'_>, into: &mut Gathering) {
        let (alert, evidence) = graph_alerts::read_alert(alert, place, &mut into.findings);
        into.alert(incident, alert, evidence);
    }
}
