//! The parts of a Microsoft Sentinel incident that its API gives one by one: alerts, entities, tasks and comments, each as
//! a list or alone, in the three shapes that incidents come in (see [`sentinel_incidents`]).
//!
//! Field names: the Sentinel API of 2024-09-01. Tasks and comments name their incident in their own address, so they find
//! it wherever it is; alerts and entities name none, so each alert is one of its own and the entities of a file are one.

use crate::formats::assemble::Evidence;
use crate::formats::event_facts::{raw, say};
use crate::formats::gather::Gathering;
use crate::formats::json::{Fields, Json};
use crate::formats::outcome::{Spot, Why};
use crate::formats::record::{never, time};
use crate::formats::sentinel_facts::{self, Known};
use crate::formats::sentinel_incidents::{OWN, in_one_shape};
use crate::formats::{Confidence, Format, FormatId, sentinel_alerts};
use crate::model::{Extra, Mark, Marked, Note, NoteId, OwnStep, Phase, StepId, StepPlace, StepState};
use std::borrow::Cow;
use std::collections::HashMap;

/// Parts of incidents of Microsoft Sentinel.
pub struct SentinelParts;

/// What a record is a part of.
#[derive(Clone, Copy)]
enum Part {
    Entities,
    Entity,
    Task,
    Comment,
}

/// Which part a record is, by its resource type or the list that it holds.
fn part(record: &Fields<'_>) -> Option<Part> {
    if matches!(record.get("entities"), Some(Json::List(_))) && record.states(&["metaData", "meta_data"]) {
        return Some(Part::Entities);
    }
    let type_name = record.peek("type")?.to_ascii_lowercase();
    match type_name.strip_prefix("microsoft.securityinsights/")? {
        "entities" => Some(Part::Entity),
        "incidents/tasks" => Some(Part::Task),
        "incidents/comments" => Some(Part::Comment),
        _ => None,
    }
}

impl Format for SentinelParts {
    fn id(&self) -> FormatId {
        FormatId::SentinelParts
    }

    fn recognise(&self, record: &Fields<'_>) -> Confidence {
        if part(record).is_some() { Confidence::Certain } else { Confidence::No }
    }

    fn read(&self, mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) -> Option<usize> {
        match part(&record)? {
            Part::Entities => {
                for (index, entity) in record.objects("entities") {
                    read_entity(in_one_shape(entity), &place.element("entities", index), into);
                }
            }
            Part::Entity => read_entity(in_one_shape(record), place, into),
            Part::Task => read_task(in_one_shape(record), place, into),
            Part::Comment => read_comment(in_one_shape(record), place, into),
        }
        None
    }
}

/// The incident that a resource's address names: `…/incidents/<name>/tasks/<name>`.
fn incident(record: &Fields<'_>) -> Option<String> {
    let address = record.peek("id")?;
    let mut parts = address.split('/').skip_while(|part| !part.eq_ignore_ascii_case("incidents"));
    let name = parts.nth(1).filter(|name| !name.is_empty())?;
    Some(format!("{OWN}{name}"))
}

/// Where a part belongs: the incident that it names, else the file's own, known by the first part of it.
fn home(record: &Fields<'_>, into: &mut Gathering) -> usize {
    match incident(record) {
        Some(id) => into.named(&id, None),
        None => into.unnamed(&say(record, &["id", "name"]).unwrap_or_default()),
    }
}

fn read_entity(mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) {
    if record.peek("kind").is_some_and(|kind| kind.eq_ignore_ascii_case("SecurityAlert")) {
        read_alert(record, place, into);
        return;
    }
    let at = home(&record, into);
    let name = record.text("friendlyName").or_else(|| say(&record, &["name"]));
    // The resource's own fields; what is called the same in an entity is the entity's.
    for own in ["id", "name", "type", "etag"] {
        record.take(own);
    }
    for (theirs, ours) in [("fileName", "Name"), ("malwareName", "Name")] {
        if let Some(value) = record.take(theirs) {
            record.put(ours, value);
        }
    }
    let facts = sentinel_facts::read(&mut record, &Known(HashMap::new()));
    let mut extra: Extra = record.into_extra();
    let incident = into.incident_at(at);
    if let Some(name) = name {
        if incident.name.is_empty() && incident.origins.is_empty() {
            incident.name.clone_from(&name);
        }
        extra.insert("friendlyName".to_owned(), name.into());
    }
    into.loose(at, Evidence { extra, ..Evidence::new(facts) });
}

/// An alert as a resource has the fields of a row of `SecurityAlert` under names that begin small.
fn read_alert(mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) {
    const COLUMNS: [(&str, &str); 13] = [
        ("systemAlertId", "SystemAlertId"),
        ("alertDisplayName", "AlertDisplayName"),
        ("description", "Description"),
        ("severity", "Severity"),
        ("status", "Status"),
        ("timeGenerated", "TimeGenerated"),
        ("processingEndTime", "ProcessingEndTime"),
        ("startTimeUtc", "StartTimeUtc"),
        ("endTimeUtc", "EndTimeUtc"),
        ("alertLink", "AlertLink"),
        ("productName", "ProductName"),
        ("tactics", "Tactics"),
        ("techniques", "Techniques"),
    ];
    for own in ["name", "type", "etag", "kind", "friendlyName"] {
        record.take(own);
    }
    for (theirs, column) in COLUMNS {
        // The table has lists as texts with commas between.
        let listed =
            if matches!(record.get(theirs), Some(Json::List(_))) { record.texts(theirs) } else { Vec::new() };
        if !listed.is_empty() {
            record.put(column, Json::Text(Cow::Owned(listed.join(", "))));
        } else if let Some(value) = record.take(theirs) {
            record.put(column, value);
        }
    }
    let named = incident(&record);
    record.take("id");
    let (alert, evidence) = sentinel_alerts::read_alert(record, place, &mut into.findings);
    match named {
        Some(id) => {
            let at = into.named(&id, None);
            into.alert(at, alert, evidence);
        }
        None => into.lone_alert(alert, evidence),
    }
}

/// A task becomes a step of the checklist, done where it is completed.
fn read_task(mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) {
    let at = home(&record, into);
    let id = StepId::derived(&["sentinel task", &say(&record, &["id", "name"]).unwrap_or_default()]);
    let title = record.text("title").unwrap_or_default();
    let how = record.text("description").unwrap_or_default();
    if title.trim().is_empty() {
        into.findings.set_aside(place.to_place(), Why::WithoutMessage, &raw(&record.into_extra()));
        return;
    }
    let is_done = record.peek("status").is_some_and(|status| status.eq_ignore_ascii_case("Completed"));
    let changed = time(&mut record, &["lastModifiedTimeUtc", "createdTimeUtc"], place, &mut into.findings);
    let by = person(&mut record, "lastModifiedBy").or_else(|| person(&mut record, "createdBy"));
    let phase = Phase::Analysis;
    let checklist = &mut into.incident_at(at).checklist;
    if is_done {
        let mut state = StepState::open(StepPlace { phase, scenario: None });
        let at = changed.unwrap_or_else(never);
        state.marked = Some(Marked { mark: Mark::Done, by: by.unwrap_or_default(), at });
        checklist.steps.insert(id.clone(), state);
    }
    checklist.own.insert(id, OwnStep { phase, title, how });
}

/// A comment becomes a note. One that was changed at the source is a note of its own beside the earlier.
fn read_comment(mut record: Fields<'_>, place: &Spot<'_>, into: &mut Gathering) {
    let at = home(&record, into);
    let name = say(&record, &["id", "name"]).unwrap_or_default();
    let text = record.text("message").unwrap_or_default();
    if text.trim().is_empty() {
        into.findings.set_aside(place.to_place(), Why::WithoutMessage, &raw(&record.into_extra()));
        return;
    }
    let by = person(&mut record, "author").unwrap_or_default();
    let created = time(&mut record, &["createdTimeUtc"], place, &mut into.findings);
    let edited = time(&mut record, &["lastModifiedTimeUtc"], place, &mut into.findings);
    let created = created.or_else(|| edited.clone()).unwrap_or_else(never);
    let edited = edited.unwrap_or_else(|| created.clone());
    let id = NoteId::derived(&["sentinel comment", &name, &text]);
    into.incident_at(at).notes.insert(id.clone(), Note { id, text, by, created, edited });
}

/// Who somebody is, by name or address.
fn person(record: &mut Fields<'_>, field: &str) -> Option<String> {
    record.within(field, |who| who.text_of(&["name", "userPrincipalName", "email"]))
}
