//! Incidents: what a responder works on, with everything that belongs to it.

use crate::fields;
use crate::model::field::FieldText;
use crate::model::taxonomy::{Classification, Determination, Severity, Status};
use crate::model::{
    Activity, Alert, AlertId, Checklist, Entity, EntityId, EventId, EvidenceId, EvidenceItem, Extra, Facts,
    IncidentId, NoteId, Time, TimelineEvent,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What the outside world calls this incident.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The system that numbers it, such as `defender`: Graph and the Defender API share one numbering.
    pub system: String,
    /// The tenant, where the source says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tenant: Option<String>,
    /// The id there.
    pub id: String,
}

impl Origin {
    /// Whether both name the same incident: same system and id, and no two tenants that differ.
    pub fn matches(&self, other: &Self) -> bool {
        self.system == other.system
            && self.id == other.id
            && (self.tenant.is_none() || other.tenant.is_none() || self.tenant == other.tenant)
    }
}

/// The moments that response times are measured by. Each is set by the act it stands for and can be corrected.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Clocks {
    /// Somebody or something noticed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noticed: Option<Time>,
    /// Somebody took it on: ends the time to acknowledge, starts the time to remediate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged: Option<Time>,
    /// It can no longer spread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contained: Option<Time>,
    /// It was resolved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Time>,
    /// The review was held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Time>,
}

/// Names one of the [`Clocks`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clock {
    /// Noticed.
    Noticed,
    /// Acknowledged.
    Acknowledged,
    /// Contained.
    Contained,
    /// Resolved.
    Resolved,
    /// Reviewed.
    Reviewed,
}

impl Clock {
    /// All of them in the order they are reached.
    pub const ALL: [Self; 5] =
        [Self::Noticed, Self::Acknowledged, Self::Contained, Self::Resolved, Self::Reviewed];

    /// What this clock says.
    pub fn of(self, clocks: &Clocks) -> Option<&Time> {
        match self {
            Self::Noticed => clocks.noticed.as_ref(),
            Self::Acknowledged => clocks.acknowledged.as_ref(),
            Self::Contained => clocks.contained.as_ref(),
            Self::Resolved => clocks.resolved.as_ref(),
            Self::Reviewed => clocks.reviewed.as_ref(),
        }
    }

    /// The field that sets this clock.
    pub fn field(self, time: Option<Time>) -> IncidentField {
        match self {
            Self::Noticed => IncidentField::Noticed(time),
            Self::Acknowledged => IncidentField::Acknowledged(time),
            Self::Contained => IncidentField::Contained(time),
            Self::Resolved => IncidentField::ResolvedAt(time),
            Self::Reviewed => IncidentField::Reviewed(time),
        }
    }
}

/// A responder's own priority, which stands above the computed one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriorityOverride {
    /// 0 to 100.
    pub value: u8,
    /// Why.
    pub reason: String,
}

impl FieldText for PriorityOverride {
    fn field_text(&self) -> String {
        format!("{}: {}", self.value, self.reason)
    }
}

/// What the post-incident review asks (NIST SP 800-61r2, section 3.4.1, in our words).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReviewAnswers {
    /// What happened, and when.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub what_happened: String,
    /// What went well.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub went_well: String,
    /// What was missing or slow.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub went_badly: String,
    /// What will be done differently.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub do_differently: String,
    /// What would have prevented it or shown it sooner.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prevention: String,
}

/// A note in Markdown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// The text, in Markdown.
    pub text: String,
    /// Who wrote it.
    pub by: String,
    /// When it was begun.
    pub created: Time,
    /// When it was last changed.
    pub edited: Time,
}

fields! {
    /// One thing about a note that can be set.
    pub enum NoteField of Note {
        /// The text.
        Text(String) = "text" => text,
        /// When it was last changed.
        Edited(Time) = "edited" => edited,
    }
}

/// An incident with everything that belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Its id here.
    pub id: IncidentId,
    /// What it is called.
    pub name: String,
    /// What it is about, as the source or the responder says.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// How bad.
    pub severity: Severity,
    /// Where it stands.
    pub status: Status,
    /// What it turned out to be.
    pub classification: Classification,
    /// The kind of activity behind it.
    pub determination: Determination,
    /// Who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// Tags that people set.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// Tags that the source's system set.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub system_tags: BTreeSet<String>,
    /// What the outside world calls it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub origins: BTreeSet<Origin>,
    /// When it was made, there or here.
    pub created: Time,
    /// When the source last changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source_updated: Option<Time>,
    /// The moments that response times are measured by.
    #[serde(default)]
    pub clocks: Clocks,
    /// A responder's own priority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<PriorityOverride>,
    /// What was concluded when it was resolved.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub closing_note: String,
    /// What the review found.
    #[serde(default)]
    pub review: ReviewAnswers,
    /// Its page in the portal: from outside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Its alerts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub alerts: BTreeMap<AlertId, Alert>,
    /// Its entities.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub entities: BTreeMap<EntityId, Entity>,
    /// What happened outside, moment by moment, beside what its alerts say.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<EventId, TimelineEvent>,
    /// What was secured as evidence. Who had it, when and where stands in the log.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub evidence: BTreeMap<EvidenceId, EvidenceItem>,
    /// Its checklist.
    #[serde(default)]
    pub checklist: Checklist,
    /// Its notes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<NoteId, Note>,
    /// What was done and said, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub activity: Vec<Activity>,
    /// What the source last said of the fields that a responder can change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<IncidentField>,
    /// Whether it is the guided first incident, with hints.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub guided: bool,
    /// Fields without a name here.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

fields! {
    /// One thing about an incident that can be set.
    pub enum IncidentField of Incident {
        /// What it is called.
        Name(String) = "name" => name,
        /// What it is about.
        Description(String) = "description" => description,
        /// How bad.
        Severity(Severity) = "severity" => severity,
        /// Where it stands.
        Status(Status) = "status" => status,
        /// What it turned out to be.
        Classification(Classification) = "classification" => classification,
        /// The kind of activity behind it.
        Determination(Determination) = "determination" => determination,
        /// Who has it.
        Assignee(Option<String>) = "assignee" => assignee,
        /// Tags.
        Tags(BTreeSet<String>) = "tags" => tags,
        /// When it was noticed.
        Noticed(Option<Time>) = "noticed" => clocks.noticed,
        /// When it was taken on.
        Acknowledged(Option<Time>) = "acknowledged" => clocks.acknowledged,
        /// When it could no longer spread.
        Contained(Option<Time>) = "contained" => clocks.contained,
        /// When it was resolved.
        ResolvedAt(Option<Time>) = "resolvedAt" => clocks.resolved,
        /// When the review was held.
        Reviewed(Option<Time>) = "reviewed" => clocks.reviewed,
        /// A responder's own priority.
        Priority(Option<PriorityOverride>) = "priority" => priority,
        /// What was concluded.
        ClosingNote(String) = "closingNote" => closing_note,
        /// Review: what happened.
        ReviewWhatHappened(String) = "reviewWhatHappened" => review.what_happened,
        /// Review: what went well.
        ReviewWentWell(String) = "reviewWentWell" => review.went_well,
        /// Review: what was missing or slow.
        ReviewWentBadly(String) = "reviewWentBadly" => review.went_badly,
        /// Review: what will be done differently.
        ReviewDoDifferently(String) = "reviewDoDifferently" => review.do_differently,
        /// Review: what would have prevented it.
        ReviewPrevention(String) = "reviewPrevention" => review.prevention,
    }
}

impl Incident {
    /// An incident with nothing known but its id, name and when it was made.
    pub fn new(id: IncidentId, name: impl Into<String>, created: Time) -> Self {
        Self {
            id,
            name: name.into(),
            description: String::new(),
            severity: Severity::Unknown,
            status: Status::Active,
            classification: Classification::Unknown,
            determination: Determination::Unknown,
            assignee: None,
            tags: BTreeSet::new(),
            system_tags: BTreeSet::new(),
            origins: BTreeSet::new(),
            created,
            source_updated: None,
            clocks: Clocks::default(),
            priority: None,
            closing_note: String::new(),
            review: ReviewAnswers::default(),
            link: None,
            alerts: BTreeMap::new(),
            entities: BTreeMap::new(),
            events: BTreeMap::new(),
            evidence: BTreeMap::new(),
            checklist: Checklist::default(),
            notes: BTreeMap::new(),
            activity: Vec::new(),
            source: Vec::new(),
            guided: false,
            extra: Extra::new(),
        }
    }

    /// First activity of any alert.
    pub fn first_activity(&self) -> Option<&Time> {
        self.alerts.values().filter_map(Alert::when).min()
    }

    /// Last activity of any alert.
    pub fn last_activity(&self) -> Option<&Time> {
        self.alerts
            .values()
            .filter_map(|alert| alert.last_activity.as_ref().or(alert.first_activity.as_ref()))
            .max()
    }

    /// When anything about it last changed, here or at the source.
    pub fn last_change(&self) -> &Time {
        let here = self.activity.iter().map(|entry| &entry.at).max();
        here.into_iter().chain(self.source_updated.as_ref()).max().unwrap_or(&self.created)
    }

    /// Every ATT&CK technique that its alerts name or that was written down with it, each once, in order. One that a
    /// layer of the Navigator switches off is none of them.
    pub fn techniques(&self) -> BTreeSet<&str> {
        let counts = |entity: &&Entity| !is_switched_off(&entity.extra);
        let written = self.entities.values().filter(counts).filter_map(|entity| match &entity.facts {
            Facts::Technique(technique) => technique.technique_id.as_deref(),
            _ => None,
        });
        let named = self.alerts.values().flat_map(|alert| alert.techniques.iter().map(String::as_str));
        named.chain(written).collect()
    }
}

/// The extra field of a technique that holds its rows in layers of the ATT&CK Navigator.
pub const LAYER_ROWS: &str = "navigator";

/// Whether every row that a layer has of a technique says that it does not count.
fn is_switched_off(extra: &Extra) -> bool {
    let rows = extra.get(LAYER_ROWS).and_then(serde_json::Value::as_array);
    rows.is_some_and(|rows| !rows.is_empty() && rows.iter().all(|row| row["enabled"] == false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_reads_and_writes_the_same_place() {
        let mut incident =
            Incident::new(IncidentId::derived(&["1"]), "A", Time::parse("2026-01-01T00:00:00Z").unwrap());
        for field in [
            IncidentField::Name("B".into()),
            IncidentField::Severity(Severity::High),
            IncidentField::Contained(Some(Time::from_millis(5))),
            IncidentField::Tags(["x".to_owned()].into()),
        ] {
            let before = field.of(&incident);
            assert_ne!(before, field);
            field.clone().put(&mut incident);
            assert_eq!(field.of(&incident), field);
        }
        assert_eq!(incident.clocks.contained, Some(Time::from_millis(5)));
    }

    #[test]
    fn origins_match_across_apis_unless_tenants_differ() {
        let origin = |tenant: Option<&str>| Origin {
            system: "defender".into(),
            tenant: tenant.map(str::to_owned),
            id: "28282".into(),
        };
        assert!(origin(None).matches(&origin(Some("a"))));
        assert!(!origin(Some("b")).matches(&origin(Some("a"))));
    }

    #[test]
    fn a_stored_incident_comes_back_equal() {
        let mut incident =
            Incident::new(IncidentId::derived(&["1"]), "A", Time::parse("2026-01-01T00:00:00Z").unwrap());
        incident.source.push(IncidentField::Assignee(None));
        let json = serde_json::to_string(&incident).unwrap();
        assert_eq!(serde_json::from_str::<Incident>(&json).unwrap(), incident);
    }
}
