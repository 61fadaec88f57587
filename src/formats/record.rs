//! Incidents and alerts, field by field, by tables of names: the dialects differ in what they call a field, hardly in
//! what it means.
//!
//! What is not taken by name is kept as an extra field. Whatever shape a field has, the record is never lost over
//! it: a value of the wrong shape is an extra field too.

use crate::compact::Gather as _;
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::{Findings, Remark, Spot};
use crate::model::activity::Cause;
use crate::model::taxonomy::{
    AlertStatus, Classification, Determination, InvestigationState, ServiceSource, Severity, Status,
};
use crate::model::{
    Activity, Alert, AlertField, AlertId, Incident, IncidentField, IncidentId, Origin, Time, What,
};
use std::collections::BTreeSet;

/// The system whose numbering both of Microsoft's incident APIs share.
pub const SYSTEM: &str = "defender";

/// What a dialect calls an incident's fields, each in every spelling that was met.
pub struct IncidentNames {
    /// The id.
    pub id: &'static [&'static str],
    /// The name.
    pub name: &'static [&'static str],
    /// When it was made.
    pub created: &'static [&'static str],
    /// When it was last changed.
    pub updated: &'static [&'static str],
}

/// What a dialect calls an alert's fields, each in every spelling that was met.
pub struct AlertNames {
    /// The id.
    pub id: &'static [&'static str],
    /// When it was raised.
    pub created: &'static [&'static str],
    /// When it was last changed.
    pub updated: &'static [&'static str],
    /// When it was resolved.
    pub resolved: &'static [&'static str],
    /// First activity.
    pub first_activity: &'static [&'static str],
    /// Last activity.
    pub last_activity: &'static [&'static str],
    /// The group behind it.
    pub actor: &'static [&'static str],
}

/// An incident as its record tells it, without alerts.
pub struct Header {
    /// The incident.
    pub incident: Incident,
    /// Its id at the source.
    pub source_id: Option<String>,
    /// Its tenant.
    pub tenant: Option<String>,
}

/// An alert as its record tells it, and what it says about its incident.
pub struct AlertRecord {
    /// The alert.
    pub alert: Alert,
    /// The incident that it names.
    pub incident_id: Option<String>,
    /// Its tenant.
    pub tenant: Option<String>,
    /// The page of its incident.
    pub incident_link: Option<String>,
    /// What people said about it.
    pub comments: Vec<Activity>,
}

/// A time that stands for "nobody knows": .NET's "never".
pub fn never() -> Time {
    Time::from_millis(-62_135_596_800_000)
}

/// Takes out the first of these times that is there; a text that is no time stays and is remarked on.
pub fn time(
    record: &mut Fields<'_>,
    names: &[&str],
    place: &Spot<'_>,
    findings: &mut Findings,
) -> Option<Time> {
    for name in names {
        match record.time(name) {
            Ok(Some(time)) => return Some(time),
            Ok(None) => {}
            Err(text) => findings.remark(Remark::UnreadableTime {
                place: place.to_place(),
                field: (*name).to_owned(),
                text: text.chars().take(60).collect(),
            }),
        }
    }
    None
}

/// Takes out an enumeration's value: none where the source does not speak of it, "unknown" where it says `null`.
fn value_of<T>(record: &mut Fields<'_>, name: &str, parse: fn(&str) -> T) -> Option<T> {
    if !record.states(&[name]) || matches!(record.get(name), Some(Json::List(_) | Json::Object(_))) {
        return None;
    }
    Some(parse(&record.text(name).unwrap_or_else(|| "unknown".to_owned())))
}

/// Takes out a link if it is one to a web page over an encrypted connection; anything else stays as a text.
fn link(record: &mut Fields<'_>, name: &str, place: &Spot<'_>, findings: &mut Findings) -> Option<String> {
    let text = record.peek(name)?.trim();
    let scheme = text.get(..8).unwrap_or_default();
    if scheme.eq_ignore_ascii_case("https://") && !text.contains(char::is_control) {
        return record.text(name);
    }
    if !text.is_empty() {
        let link = text.chars().take(60).collect();
        findings.remark(Remark::LinkNotTaken { place: place.to_place(), link });
    }
    None
}

/// Takes out comments in the three spellings of the APIs and their documents.
fn comments(
    record: &mut Fields<'_>,
    fallback: &Time,
    place: &Spot<'_>,
    findings: &mut Findings,
) -> Vec<Activity> {
    let mut said = Vec::new();
    let mut odd = Vec::new();
    let entry = |at: Option<Time>, by: Option<String>, text: String| {
        let at = at.unwrap_or_else(|| fallback.clone());
        Activity::new(at, by.unwrap_or_default(), What::Comment(text), Cause::Done)
    };
    said.extend(record.texts("comments").into_iter().map(|text| entry(None, None, text)));
    for (index, mut comment) in record.objects("comments") {
        let place = place.element("comments", index);
        if let Some(text) = comment.text_of(&["comment", "message"]) {
            let at = time(&mut comment, &["createdDateTime", "createdTime"], &place, findings);
            let by = comment.text_of(&["createdByDisplayName", "createdBy"]).or_else(|| {
                comment.within("createdBy", |by| by.text_of(&["displayName", "userPrincipalName"]))
            });
            said.push(entry(at, by, text));
        }
        odd.push(Json::Object(comment));
    }
    if let Some(Json::List(rest)) = record.take("comments") {
        odd.extend(rest);
    }
    odd.retain(|rest| !rest.is_void());
    record.put("comments", Json::List(odd));
    said
}

/// Reads an incident's own fields; `alerts` and what else holds lists of records must have been taken out.
pub fn incident(
    mut record: Fields<'_>,
    names: &IncidentNames,
    place: &Spot<'_>,
    findings: &mut Findings,
) -> Header {
    let source_id = record.text_of(names.id);
    let tenant = record.text("tenantId");
    let states_name = record.states(names.name);
    let name = record.text_of(names.name).unwrap_or_default();
    let created = time(&mut record, names.created, place, findings);
    let id = if let Some(id) = &source_id {
        IncidentId::derived(&[SYSTEM, id])
    } else {
        findings.remark(Remark::WithoutId { place: place.to_place() });
        let created = created.as_ref().map(Time::text).unwrap_or_default();
        IncidentId::derived(&[SYSTEM, "", &name, created])
    };
    let mut incident = Incident::new(id, name, created.unwrap_or_else(never));
    if let Some(id) = &source_id {
        incident.origins.insert(Origin { system: SYSTEM.to_owned(), tenant: tenant.clone(), id: id.clone() });
    }
    incident.source_updated = time(&mut record, names.updated, place, findings);

    let mut stated = Vec::new();
    if states_name {
        stated.push(IncidentField::Name(incident.name.clone()));
    }
    if record.states(&["description"]) {
        stated.push(IncidentField::Description(record.text("description").unwrap_or_default()));
    }
    stated.extend(value_of(&mut record, "severity", Severity::parse).map(IncidentField::Severity));
    if record.has("status") {
        stated.extend(value_of(&mut record, "status", Status::parse).map(IncidentField::Status));
    }
    stated.extend(
        value_of(&mut record, "classification", Classification::parse).map(IncidentField::Classification),
    );
    stated.extend(
        value_of(&mut record, "determination", Determination::parse).map(IncidentField::Determination),
    );
    if record.states(&["assignedTo"]) {
        stated.push(IncidentField::Assignee(record.text("assignedTo")));
    }
    if record.states(&["customTags", "tags"]) {
        let tags: BTreeSet<String> =
            record.texts("customTags").into_iter().chain(record.texts("tags")).gather();
        stated.push(IncidentField::Tags(tags));
    }
    if record.states(&["resolvingComment"]) {
        stated.push(IncidentField::ClosingNote(record.text("resolvingComment").unwrap_or_default()));
    }
    for field in &stated {
        field.clone().put(&mut incident);
    }
    incident.source = stated;

    incident.system_tags = record.texts("systemTags").into_iter().collect();
    incident.link = link(&mut record, "incidentWebUrl", place, findings);
    let resolved = time(&mut record, &["resolvedDateTime", "resolvedTime"], place, findings);
    incident.clocks.resolved = resolved.filter(|_| incident.status == Status::Resolved);
    let fallback = incident.source_updated.clone().unwrap_or_else(|| incident.created.clone());
    incident.activity = comments(&mut record, &fallback, place, findings);
    incident.extra = record.into_extra();
    Header { incident, source_id, tenant }
}

/// Reads an alert's own fields; its evidence must have been taken out.
pub fn alert(
    mut record: Fields<'_>,
    names: &AlertNames,
    place: &Spot<'_>,
    findings: &mut Findings,
) -> AlertRecord {
    let source_id = record.text_of(names.id).unwrap_or_default();
    let title = record.text("title").unwrap_or_default();
    let created = time(&mut record, names.created, place, findings);
    let id = if source_id.is_empty() {
        AlertId::derived(&[SYSTEM, "", &title, created.as_ref().map(Time::text).unwrap_or_default()])
    } else {
        AlertId::derived(&[SYSTEM, &source_id])
    };
    if record.peek("providerAlertId") == Some(source_id.as_str()) {
        record.take("providerAlertId");
    }
    let mut alert = Alert::new(id, title);
    alert.source_id = source_id;
    alert.created = created;

    let mut stated = Vec::new();
    stated.extend(value_of(&mut record, "severity", Severity::parse).map(AlertField::Severity));
    stated.extend(value_of(&mut record, "status", AlertStatus::parse).map(AlertField::Status));
    stated.extend(
        value_of(&mut record, "classification", Classification::parse).map(AlertField::Classification),
    );
    stated
        .extend(value_of(&mut record, "determination", Determination::parse).map(AlertField::Determination));
    if record.states(&["assignedTo"]) {
        stated.push(AlertField::Assignee(record.text("assignedTo")));
    }
    for field in &stated {
        field.clone().put(&mut alert);
    }
    alert.source = stated;

    alert.description = record.text("description").unwrap_or_default();
    alert.recommended_actions = record.text("recommendedActions").unwrap_or_default();
    alert.category = record.text("category").unwrap_or_default();
    alert.service_source =
        value_of(&mut record, "serviceSource", ServiceSource::parse).unwrap_or(ServiceSource::Unknown);
    alert.detection_source = record.text("detectionSource").unwrap_or_default();
    alert.investigation_state = value_of(&mut record, "investigationState", InvestigationState::parse)
        .unwrap_or(InvestigationState::Unknown);
    alert.techniques = record.texts("mitreTechniques");
    alert.threat = record.text_of(&["threatFamilyName", "threatDisplayName"]);
    alert.actor = record.text_of(names.actor);
    alert.updated = time(&mut record, names.updated, place, findings);
    alert.resolved = time(&mut record, names.resolved, place, findings);
    alert.first_activity = time(&mut record, names.first_activity, place, findings);
    alert.last_activity = time(&mut record, names.last_activity, place, findings);
    alert.link = link(&mut record, "alertWebUrl", place, findings);
    let incident_link = link(&mut record, "incidentWebUrl", place, findings);
    let fallback = alert.updated.clone().or_else(|| alert.created.clone()).unwrap_or_else(never);
    let comments = comments(&mut record, &fallback, place, findings);
    let incident_id = record.text("incidentId");
    let tenant = record.text("tenantId");
    alert.extra = record.into_extra();
    AlertRecord { alert, incident_id, tenant, incident_link, comments }
}
