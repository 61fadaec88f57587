//! Microsoft 365 Defender `/api/incidents`: incidents with their alerts, devices and flat entities.
//!
//! Field names: the service's documentation and its samples; where the two differ (`DeviceId`, `mdatpDeviceId`) both
//! are read. Ids are numbers here and texts in the Graph API; they count the same incidents.

use crate::formats::assemble::Evidence;
use crate::formats::gather::Gathering;
use crate::formats::json::Fields;
use crate::formats::outcome::{Findings, Spot};
use crate::formats::record::{self, AlertNames, AlertRecord, IncidentNames};
use crate::formats::{Confidence, Format, FormatId, evidence, m365d_facts};
use crate::model::Facts;
use crate::model::taxonomy::Verdict;

/// What the Defender API calls an incident's fields.
const INCIDENT: IncidentNames = IncidentNames {
    id: &["incidentId"],
    name: &["incidentName"],
    created: &["createdTime"],
    updated: &["lastUpdateTime"],
};

/// What the Defender API calls an alert's fields.
const ALERT: AlertNames = AlertNames {
    id: &["alertId"],
    created: &["creationTime"],
    updated: &["lastUpdatedTime", "lastUpdateTime"],
    resolved: &["resolvedTime"],
    first_activity: &["firstActivity"],
    last_activity: &["lastActivity"],
    actor: &["actorName"],
};

/// Incidents of the Microsoft 365 Defender API.
pub struct M365dIncidents;

impl Format for M365dIncidents {
    fn id(&self) -> FormatId {
        FormatId::M365dIncidents
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        if record.has("incidentName") {
            return if record.has("incidentId") { Confidence::Certain } else { Confidence::Likely };
        }
        let is_incident = record.has("incidentId") && record.has("alerts");
        if is_incident || is_alert(record) { Confidence::Likely } else { Confidence::No }
    }

    fn read(&self, mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        if is_alert(&record) {
            let (alert, evidence) = read_alert(record, place, &mut into.findings);
            into.lone_alert(alert, evidence);
            return None;
        }
        let alerts = record.objects("alerts");
        let loose = read_evidence(&mut record, place, &mut into.findings);
        let header = record::incident(record, &INCIDENT, place, &mut into.findings);
        let incident = into.incident(header);
        for (index, alert) in alerts {
            self.read_alert(alert, incident, &place.element("alerts", index), into);
        }
        for evidence in loose {
            into.loose(incident, evidence);
        }
        Some(incident)
    }

    fn read_alert(&self, alert: Fields<'_>, incident: usize, place: &Spot<'_>, into: &mut Gathering) {
        let (alert, evidence) = read_alert(alert, place, &mut into.findings);
        into.alert(incident, alert, evidence);
    }
}

/// Whether a record is an alert that somebody took out of its incident.
fn is_alert(record: &Fields<'_>) -> bool {
    record.has("alertId") && ["creationTime", "entities", "devices"].iter().any(|name| record.has(name))
}

fn read_alert(
    mut alert: Fields<'_>,
    place: &Spot<'_>,
    findings: &mut Findings,
) -> (AlertRecord, Vec<Evidence>) {
    let evidence = read_evidence(&mut alert, place, findings);
    (record::alert(alert, &ALERT, place, findings), evidence)
}

/// Devices and entities of an alert, or of an incident in the tenants that send them there.
fn read_evidence(record: &mut Fields<'_>, place: &Spot<'_>, findings: &mut Findings) -> Vec<Evidence> {
    let mut found = Vec::new();
    for (_, mut device) in record.objects("devices") {
        let verdict = device.text("verdict").map(|text| Verdict::parse(&text));
        let tags = device.states(&["tags"]).then(|| device.texts("tags").into_iter().collect());
        let facts = Facts::Device(m365d_facts::device(&mut device));
        found.push(Evidence { verdict, tags, extra: device.into_extra(), ..Evidence::new(facts) });
    }
    for (index, entity) in record.objects("entities") {
        found.push(evidence::read(entity, &place.element("entities", index), findings));
    }
    found
}
