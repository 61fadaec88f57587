//! What belongs to the notebook and to no incident: the preparation checklist, done once and reviewed at a date, the
//! playbooks that people keep, and the notebook's own log.

use crate::model::{Activity, CopyId, KeptPlaybook, PlaybookId, StepId, StepState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What was done to prepare, by step, and what happened to the notebook; a step's due time is when it is to be reviewed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preparation {
    /// The steps that somebody touched.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub steps: BTreeMap<StepId, StepState>,
    /// The playbooks that people keep beside those of the library.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub playbooks: BTreeMap<PlaybookId, Arc<KeptPlaybook>>,
    /// What no incident's log can say: that a copy of the notebook began, that incidents were deleted, put back or
    /// restored. Oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub log: Vec<Activity>,
    /// Which copy of the notebook this is: the one whose chains it goes on with. Never in a backup, since what is
    /// made of a backup is another copy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy: Option<CopyId>,
}

impl Preparation {
    /// Whether there is nothing that a backup would hold.
    pub fn is_empty(&self) -> bool {
        self.holds_nothing() && self.log.is_empty()
    }

    /// Whether nobody prepared anything or keeps a playbook, whatever the log says.
    pub fn holds_nothing(&self) -> bool {
        self.steps.is_empty() && self.playbooks.is_empty()
    }
}
