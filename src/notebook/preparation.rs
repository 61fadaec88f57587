//! Preparation: the checklist that belongs to the notebook, done once and reviewed at a date.

use crate::model::{StepId, StepState};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What was done to prepare, by step; a step's due time is when it is to be reviewed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preparation {
    /// The steps that somebody touched.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub steps: BTreeMap<StepId, StepState>,
}
