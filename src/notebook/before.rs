//! Putting a notebook back as it was before an edit that could not be kept.
//!
//! The same where an edit arrives late that counts before others: these are taken off and done again after it.
//! This is no edit: nothing is logged, because nothing happened. Only storage uses it.

use crate::model::{Incident, IncidentId};
use crate::notebook::{Act, Notebook, Preparation, Row};
use std::sync::Arc;

/// What an act is about, as it was before.
#[derive(Debug, Clone)]
pub struct Before {
    incidents: Vec<Part>,
    preparation: Arc<Preparation>,
}

/// An incident that may not exist, and may not have been loaded.
type Part = (IncidentId, Option<Arc<Row>>, Option<Arc<Incident>>);

impl Notebook {
    /// What the act is about, as it is now. Costs nothing but a pointer for each incident.
    pub fn before(&self, act: &Act) -> Before {
        let part = |id: &IncidentId| (id.clone(), self.rows.get(id).cloned(), self.loaded.get(id).cloned());
        Before {
            incidents: act.incidents().into_iter().map(part).collect(),
            preparation: Arc::clone(&self.preparation),
        }
    }

    /// Puts back what the act was about.
    pub fn put_back(&mut self, before: Before) {
        for (id, row, incident) in before.incidents {
            match row {
                Some(row) => self.rows.insert(id.clone(), row),
                None => self.rows.remove(&id),
            };
            match incident {
                Some(incident) => self.loaded.insert(id, incident),
                None => self.loaded.remove(&id),
            };
        }
        self.preparation = before.preparation;
    }

    /// Puts an incident back as it is in another notebook, which has not seen some edits yet: there may be none.
    pub fn reset(&mut self, id: &IncidentId, to: &Self) {
        match to.rows.get(id) {
            Some(row) => self.rows.insert(id.clone(), Arc::clone(row)),
            None => self.rows.remove(id),
        };
        match to.loaded.get(id) {
            Some(incident) => self.loaded.insert(id.clone(), Arc::clone(incident)),
            None => self.loaded.remove(id),
        };
    }

    /// Puts the preparation back as it is in another notebook.
    pub fn reset_preparation(&mut self, to: &Self) {
        self.preparation = Arc::clone(&to.preparation);
    }

    /// Takes out an incident that storage cannot read.
    pub fn forget(&mut self, id: &IncidentId) {
        self.rows.remove(id);
        self.loaded.remove(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::Cause;
    use crate::model::{IncidentField, Time};
    use crate::notebook::{Edit, Put, Why};

    #[test]
    fn a_notebook_is_put_back_without_a_trace() {
        let at = Time::parse("2026-01-01T00:00:00Z").unwrap();
        let (one, two) = (IncidentId::derived(&["1"]), IncidentId::derived(&["2"]));
        let mut notebook = Notebook::default();
        notebook.load(Incident::new(one.clone(), "A", at.clone()));
        let earlier = notebook.clone();
        let new = Arc::new(Incident::new(two.clone(), "B", at.clone()));
        let act = Act::All(vec![
            Act::SetIncident(one.clone(), IncidentField::Name("C".into())),
            Act::Put(Put { why: Why::Created, incidents: vec![(two, Some(new))], preparation: None }),
        ]);
        let before = notebook.before(&act);
        notebook.apply(Edit { at, by: "Ann".into(), act, cause: Cause::Done }).unwrap();
        assert_ne!(notebook, earlier);
        notebook.put_back(before);
        assert_eq!(notebook, earlier);
        notebook.forget(&one);
        assert_eq!(notebook, Notebook::default());
    }
}
