//! Alerts: what a product raised, as it raised it, and what the responder made of it.

use crate::fields;
use crate::model::taxonomy::{
    AlertStatus, Classification, Determination, InvestigationState, ServiceSource, Severity,
};
use crate::model::{AlertId, Extra, Time};
use serde::{Deserialize, Serialize};

/// An alert of an incident. Field names are those of the Graph API's `alert` in this language's spelling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alert {
    /// Its id here: derived from the source's id.
    pub id: AlertId,
    /// The source's own id.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_id: String,
    /// What it says happened.
    pub title: String,
    /// More about it; may contain markup, which is shown as text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// What the product advises.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub recommended_actions: String,
    /// Kill-chain category, such as `InitialAccess`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub category: String,
    /// How bad.
    pub severity: Severity,
    /// Where it stands.
    pub status: AlertStatus,
    /// What it turned out to be.
    pub classification: Classification,
    /// The kind of activity behind it.
    pub determination: Determination,
    /// The product that raised it.
    pub service_source: ServiceSource,
    /// The sensor or technology that saw it, as the source writes it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub detection_source: String,
    /// What the automated investigation has come to.
    pub investigation_state: InvestigationState,
    /// Who has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assignee: Option<String>,
    /// ATT&CK techniques, such as `T1566.001`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub techniques: Vec<String>,
    /// Threat family.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub threat: Option<String>,
    /// Activity group behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// When it was raised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created: Option<Time>,
    /// When the source last changed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Time>,
    /// When it was resolved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Time>,
    /// First activity behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_activity: Option<Time>,
    /// Last activity behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_activity: Option<Time>,
    /// Its page in the portal: from outside, so to be trusted only as far as the page's link rule goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// What the source last said of the fields that a responder can change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<AlertField>,
    /// Fields without a name here.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

fields! {
    /// One thing about an alert that can be set.
    pub enum AlertField of Alert {
        /// How bad.
        Severity(Severity) = "severity" => severity,
        /// Where it stands.
        Status(AlertStatus) = "status" => status,
        /// What it turned out to be.
        Classification(Classification) = "classification" => classification,
        /// The kind of activity behind it.
        Determination(Determination) = "determination" => determination,
        /// Who has it.
        Assignee(Option<String>) = "assignee" => assignee,
    }
}

impl Alert {
    /// An alert with nothing known but its id and title.
    pub fn new(id: AlertId, title: impl Into<String>) -> Self {
        Self {
            id,
            source_id: String::new(),
            title: title.into(),
            description: String::new(),
            recommended_actions: String::new(),
            category: String::new(),
            severity: Severity::Unknown,
            status: AlertStatus::Unknown,
            classification: Classification::Unknown,
            determination: Determination::Unknown,
            service_source: ServiceSource::Unknown,
            detection_source: String::new(),
            investigation_state: InvestigationState::Unknown,
            assignee: None,
            techniques: Vec::new(),
            threat: None,
            actor: None,
            created: None,
            updated: None,
            resolved: None,
            first_activity: None,
            last_activity: None,
            link: None,
            source: Vec::new(),
            extra: Extra::new(),
        }
    }

    /// Whether somebody still has to deal with it.
    pub fn is_active(&self) -> bool {
        self.status != AlertStatus::Resolved
    }

    /// When it happened, as well as is known: first activity, else creation.
    pub fn when(&self) -> Option<&Time> {
        self.first_activity.as_ref().or(self.created.as_ref())
    }
}
