//! VERBS: everything that can happen to a notebook.
//!
//! One thing flows through the house: an [`Edit`]. [`Notebook::apply`](apply) is the only door; it changes
//! everything the edit says or refuses with a reason and a next step, and gives back a [`Change`] that inverts.

pub mod acts;
pub mod apply;
pub mod before;
pub mod custody;
pub mod edit;
pub mod filter;
pub mod history;
pub mod limits;
mod log;
pub mod merge;
pub mod preparation;
pub mod query;
pub mod refusal;
pub mod row;
pub mod target;

pub use apply::{Applied, Applying, is_retracted};
pub use before::Before;
pub use edit::{Act, Change, Edit, Put, Why};
pub use history::{Door, History, Replay};
pub use preparation::Preparation;
pub use refusal::Refusal;
pub use row::Row;
pub use target::{Part, Target};

use crate::model::{CopyId, Incident, IncidentId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Everything a person keeps: the incidents and the preparation.
///
/// There is a [`Row`] for every incident, which is all that lists, filters and figures need; the incident itself
/// may not have been read from storage yet. [`apply`] refuses an edit of one that has not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Notebook {
    rows: BTreeMap<IncidentId, Arc<Row>>,
    loaded: BTreeMap<IncidentId, Arc<Incident>>,
    preparation: Arc<Preparation>,
}

impl Notebook {
    /// A notebook as storage gives it back: rows without their incidents.
    pub fn from_rows(rows: impl IntoIterator<Item = Row>, preparation: Preparation) -> Self {
        Self {
            rows: rows.into_iter().map(|row| (row.id.clone(), Arc::new(row))).collect(),
            loaded: BTreeMap::new(),
            preparation: Arc::new(preparation),
        }
    }

    /// Takes in an incident that storage has read. One that was loaded before stays as it is: it may have been
    /// edited since.
    pub fn load(&mut self, incident: impl Into<Arc<Incident>>) {
        let incident = incident.into();
        self.rows.entry(incident.id.clone()).or_insert_with(|| Arc::new(Row::of(&incident)));
        self.loaded.entry(incident.id.clone()).or_insert(incident);
    }

    /// Every incident's row, by id.
    pub fn rows(&self) -> &BTreeMap<IncidentId, Arc<Row>> {
        &self.rows
    }

    /// The row of this incident.
    pub fn row(&self, id: &IncidentId) -> Option<&Arc<Row>> {
        self.rows.get(id)
    }

    /// The incident, if it exists and has been loaded.
    pub fn incident(&self, id: &IncidentId) -> Option<&Arc<Incident>> {
        self.loaded.get(id)
    }

    /// Whether the incident exists but has not been loaded.
    pub fn needs_loading(&self, id: &IncidentId) -> bool {
        self.rows.contains_key(id) && !self.loaded.contains_key(id)
    }

    /// Every incident that has been loaded.
    pub fn loaded(&self) -> impl Iterator<Item = &Arc<Incident>> {
        self.loaded.values()
    }

    /// What was done to prepare.
    pub fn preparation(&self) -> &Arc<Preparation> {
        &self.preparation
    }

    /// Which copy of the notebook this is; none before its first edit is kept, and where nothing has to be proved.
    pub fn copy(&self) -> Option<&CopyId> {
        self.preparation.copy.as_ref()
    }

    /// Puts an incident in place, or takes it out, with its row.
    fn set(&mut self, id: &IncidentId, incident: Option<Arc<Incident>>) {
        match incident {
            Some(incident) => {
                self.rows.insert(id.clone(), Arc::new(Row::of(&incident)));
                self.loaded.insert(id.clone(), incident);
            }
            None => {
                self.rows.remove(id);
                self.loaded.remove(id);
            }
        }
    }
}
