//! Defender for Endpoint `/api/alerts`: alerts of one machine each, with flat evidence.
//!
//! Field names: the service's documentation of 2026, resource type "alert". Its incident numbers are those of Microsoft
//! 365 Defender, so that its alerts find the incident that another export brought.

use crate::formats::assemble::Evidence;
use crate::formats::gather::Gathering;
use crate::formats::json::Fields;
use crate::formats::outcome::{Findings, Spot};
use crate::formats::record::{self, AlertNames, AlertRecord};
use crate::formats::{Confidence, Format, FormatId, evidence};
use crate::model::Facts;
use crate::model::entity::{Device, User};

/// What the Endpoint API calls an alert's fields.
const NAMES: AlertNames = AlertNames {
    id: &["id", "alertId"],
    created: &["alertCreationTime"],
    updated: &["lastUpdateTime"],
    resolved: &["resolvedTime"],
    first_activity: &["firstEventTime"],
    last_activity: &["lastEventTime"],
    actor: &["actorName"],
};

/// Alerts of the Defender for Endpoint API.
pub struct EndpointAlerts;

impl Format for EndpointAlerts {
    fn id(&self) -> FormatId {
        FormatId::EndpointAlerts
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        match (record.has("alertCreationTime"), record.states(&["machineId", "computerDnsName"])) {
            (true, true) => Confidence::Certain,
            (true, false) => Confidence::Likely,
            (false, _) => Confidence::No,
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

fn read_alert(
    mut alert: Fields<'_>,
    place: &Spot<'_>,
    findings: &mut Findings,
) -> (AlertRecord, Vec<Evidence>) {
    let mut found: Vec<Evidence> = Vec::new();
    found.extend(machine(&mut alert).map(Evidence::new));
    found.extend(alert.within("relatedUser", user).map(Evidence::new));
    for (_, mut who) in alert.objects("loggedOnUsers") {
        found.extend(user(&mut who).map(Evidence::new));
    }
    for (index, piece) in alert.objects("evidence") {
        found.push(evidence::read(piece, &place.element("evidence", index), findings));
    }
    (record::alert(alert, &NAMES, place, findings), found)
}

/// The machine that the alert is about. Its name is a full one where it has a dot.
fn machine(alert: &mut Fields<'_>) -> Option<Facts> {
    let mde_device_id = alert.text("machineId");
    let name = alert.text("computerDnsName");
    if mde_device_id.is_none() && name.is_none() {
        return None;
    }
    let is_full = name.as_ref().is_some_and(|name| name.contains('.'));
    let (dns_name, host_name) = if is_full { (name, None) } else { (None, name) };
    let device_group = alert.text("rbacGroupName");
    Some(Facts::Device(Device { host_name, dns_name, mde_device_id, device_group, ..Device::default() }))
}

/// An account as alerts name it beside their evidence.
fn user(record: &mut Fields<'_>) -> Option<Facts> {
    let account_name = record.text_of(&["userName", "accountName"])?;
    let domain_name = record.text_of(&["domainName", "accountDomain"]);
    Some(Facts::User(User { account_name: Some(account_name), domain_name, ..User::default() }))
}
