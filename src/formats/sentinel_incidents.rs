//! Microsoft Sentinel incidents, in three shapes: as Azure Resource Manager gives them (`properties` inside), as its
//! Python SDK prints them (flat, with underscores), and flattened with dotted names (`properties.title`).
//!
//! Field names: the Sentinel API of 2024-09-01. An incident that Sentinel got from Defender carries Defender's number
//! and is that incident; one of Sentinel's own is known by its resource name.

use crate::formats::gather::Gathering;
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::Spot;
use crate::formats::record::{self, IncidentNames, SYSTEM};
use crate::formats::{Confidence, Format, FormatId};
use crate::model::Origin;
use std::borrow::Cow;

/// What the incident's fields are called once its shape is undone.
const NAMES: IncidentNames = IncidentNames {
    id: &["firsthour:id"],
    name: &["title"],
    created: &["createdTimeUtc"],
    updated: &["lastModifiedTimeUtc"],
};

/// What the system is called that numbers Sentinel's own incidents, before the incident's resource name.
pub const OWN: &str = "sentinel/";

/// Incidents of Microsoft Sentinel.
pub struct SentinelIncidents;

impl Format for SentinelIncidents {
    fn id(&self) -> FormatId {
        FormatId::SentinelIncidents
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        let is_incident = record
            .peek("type")
            .is_some_and(|kind| kind.eq_ignore_ascii_case("Microsoft.SecurityInsights/incidents"));
        let has_body = record.has("properties") || record.has("title") || record.has("properties.title");
        match (is_incident, has_body) {
            (true, true) => Confidence::Certain,
            _ if record.has("incident_number") && record.has("title") => Confidence::Certain,
            _ if record.has("properties.incidentNumber") && record.has("properties.title") => {
                Confidence::Certain
            }
            _ => Confidence::No,
        }
    }

    fn read(&self, record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        let mut record = in_one_shape(record);
        let resource = translate(&mut record);
        let mut header = record::incident(record, &NAMES, place, &mut into.findings);
        // Its tasks and comments know it by the resource's name, whoever numbers it.
        if let Some(id) = resource {
            let (system, tenant) = (SYSTEM.to_owned(), header.tenant.clone());
            header.incident.origins.insert(Origin { system, tenant, id });
        }
        Some(into.incident(header))
    }
}

/// More fields than any incident has: such a record keeps its shape, since undoing it would take the square of them.
const MOST_FIELDS: usize = 512;

/// The fields of `properties` beside the resource's own, named as Resource Manager names them.
pub fn in_one_shape(record: Fields<'_>) -> Fields<'_> {
    if record.names().count() > MOST_FIELDS {
        return record;
    }
    let mut record = record.nested('.').renamed(&|name| camel(name).map(Cow::Owned));
    match record.take("properties") {
        Some(Json::Object(properties)) if properties.names().count() <= MOST_FIELDS => {
            // The resource's own `id`, `name` and `type` stay; nothing in `properties` is called so.
            record.extend(properties);
        }
        Some(other) => record.put("properties", other),
        None => {}
    }
    record
}

/// `created_time_utc` → `createdTimeUtc`; none where there is nothing to change.
fn camel(name: &str) -> Option<String> {
    if !name.contains('_') || name.contains(char::is_uppercase) {
        return None;
    }
    let mut words = name.split('_').filter(|word| !word.is_empty());
    let mut camel = words.next()?.to_owned();
    for word in words {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    Some(camel)
}

/// Puts what Sentinel says differently under the names and values that the incident's reader knows.
/// The result is what Sentinel itself calls the incident.
fn translate(record: &mut Fields<'_>) -> Option<String> {
    let text = |text: &str| Json::Text(Cow::Owned(text.to_owned()));
    let own = record.text("name").map(|name| format!("{OWN}{name}"));
    let provider = record.peek("providerName").unwrap_or_default().to_ascii_lowercase();
    let is_defenders = provider.contains("xdr") || provider.contains("365 defender");
    let id = match record.peek("providerIncidentId").filter(|_| is_defenders) {
        Some(number) => Some(number.to_owned()),
        None => own.clone(),
    };
    if let Some(id) = id {
        record.put("firsthour:id", text(&id));
    }
    // In Sentinel an incident that somebody works on is "active", one that nobody does is "new".
    let status = record.peek("status").map(str::to_ascii_lowercase);
    match status.as_deref() {
        Some("active") => record.put("status", text("inProgress")),
        Some("new") => record.put("status", text("active")),
        _ => {}
    }
    if record.peek("classification").is_some_and(|word| word.eq_ignore_ascii_case("Undetermined")) {
        record.put("classification", text("unknown"));
    }
    for (theirs, ours) in [("classificationComment", "resolvingComment"), ("incidentUrl", "incidentWebUrl")] {
        if let Some(value) = record.take(theirs) {
            record.put(ours, value);
        }
    }
    if record.states(&["owner"]) {
        let who =
            record.within("owner", |owner| owner.text_of(&["assignedTo", "userPrincipalName", "email"]));
        record.put("assignedTo", who.map_or(Json::Null, |who| text(&who)));
    }
    if record.states(&["labels"]) {
        let (mut people, mut system) = (Vec::new(), Vec::new());
        for (_, mut label) in record.objects("labels") {
            let is_automatic =
                label.text("labelType").is_some_and(|kind| kind.eq_ignore_ascii_case("AutoAssigned"));
            let into = if is_automatic { &mut system } else { &mut people };
            into.extend(label.text("labelName").map(|name| text(&name)));
        }
        record.put("customTags", Json::List(people));
        record.put("systemTags", Json::List(system));
    }
    own
}
