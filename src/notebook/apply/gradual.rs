//! Applying a large edit a little at a time, so that whoever shows the notebook can go on meanwhile.
//!
//! It is done to a copy of the notebook, which costs a pointer for each incident; what it touched is taken over once all
//! of it is done. So the notebook never shows half of an edit, and one that is refused or given up leaves nothing behind.

use super::Draft;
use crate::model::{Incident, IncidentId};
use crate::notebook::edit::{Act, Change, Edit};
use crate::notebook::{Notebook, Preparation, Refusal};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

/// An edit that is being applied.
#[derive(Debug)]
#[must_use = "nothing has changed before it is done"]
pub struct Applying {
    notebook: Notebook,
    edit: Arc<Edit>,
    before: BTreeMap<IncidentId, Option<Arc<Incident>>>,
    prepared: Option<Arc<Preparation>>,
    /// How many of the acts are done.
    acts: usize,
    /// How many incidents of the act at hand are in place, and what stood there.
    placed: usize,
    olds: Vec<(IncidentId, Option<Arc<Incident>>)>,
    inverses: Vec<Act>,
    /// The incidents whose rows are still to be made; none before all acts are done.
    rows: Option<VecDeque<IncidentId>>,
}

/// What came of an edit that was applied a little at a time.
#[derive(Debug)]
pub struct Applied {
    /// The notebook with the edit.
    pub notebook: Notebook,
    /// What it changed.
    pub change: Change,
}

impl Applying {
    /// Begins to apply the edit to a copy of this notebook.
    pub fn new(notebook: &Notebook, edit: Arc<Edit>) -> Self {
        Self {
            notebook: notebook.clone(),
            edit,
            before: BTreeMap::new(),
            prepared: None,
            acts: 0,
            placed: 0,
            olds: Vec::new(),
            inverses: Vec::new(),
            rows: None,
        }
    }

    /// The edit.
    pub fn edit(&self) -> &Arc<Edit> {
        &self.edit
    }

    /// Puts at most so many incidents in place, or makes so many rows; says whether all is done.
    ///
    /// # Errors
    /// The [`Refusal`] that [`Notebook::apply`] gives.
    pub fn step(&mut self, most: usize) -> Result<bool, Refusal> {
        if let Some(rows) = &mut self.rows {
            for id in rows.drain(..most.min(rows.len())) {
                let incident = self.notebook.incident(&id).cloned();
                self.notebook.set(&id, incident);
            }
            return Ok(rows.is_empty());
        }
        let edit = Arc::clone(&self.edit);
        let acts = match &edit.act {
            Act::All(acts) => acts.as_slice(),
            act => std::slice::from_ref(act),
        };
        match acts.get(self.acts) {
            Some(act) => self.act(act, most)?,
            None if self.inverses.is_empty() => return Err(Refusal::NothingToDo),
            None => self.rows = Some(self.before.keys().cloned().collect()),
        }
        Ok(false)
    }

    /// Goes on with this act.
    fn act(&mut self, act: &Act, most: usize) -> Result<(), Refusal> {
        let mut draft = Draft {
            notebook: &mut self.notebook,
            edit: Arc::clone(&self.edit),
            before: std::mem::take(&mut self.before),
            prepared: self.prepared.take(),
        };
        let done = match act {
            Act::Put(put) if self.placed < put.incidents.len() => {
                let some = put.incidents.iter().skip(self.placed).take(most);
                self.placed += some.len();
                let mut some = some.map(|(id, incident)| (id, incident.as_ref()));
                some.try_for_each(|(id, incident)| draft.put_one(id, incident, &put.why, &mut self.olds))
                    .map(|()| None)
            }
            Act::Put(put) => draft.put_rest(put, std::mem::take(&mut self.olds)).map(Some),
            act => draft.perform(act).map(Some),
        };
        (self.before, self.prepared) = (draft.before, draft.prepared);
        match done {
            Ok(None) => return Ok(()),
            Ok(Some(inverse)) => self.inverses.push(inverse),
            // Part of what is asked may be so already.
            Err(Refusal::NothingToDo) => {}
            Err(refusal) => return Err(refusal),
        }
        self.acts += 1;
        self.placed = 0;
        Ok(())
    }

    /// What came of it, once [`Applying::step`] has said that all is done.
    pub fn finish(mut self) -> Applied {
        let inverse = if matches!(self.edit.act, Act::All(_)) {
            self.inverses.reverse();
            Act::All(self.inverses)
        } else {
            self.inverses.pop().unwrap_or_else(|| Act::All(Vec::new()))
        };
        let change = Change {
            edit: self.edit,
            inverse,
            touched: self.before.into_keys().collect(),
            preparation: self.prepared.is_some(),
        };
        Applied { notebook: self.notebook, change }
    }
}

impl Notebook {
    /// Takes over what an edit changed that was applied to a copy of this notebook.
    pub fn take_over(&mut self, applied: &Self, change: &Change) {
        for id in &change.touched {
            self.reset(id, applied);
        }
        if change.preparation {
            self.reset_preparation(applied);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::Cause;
    use crate::model::{CopyId, IncidentField, Time};
    use crate::notebook::{Put, Why};

    fn edit(act: Act) -> Arc<Edit> {
        let at = Time::parse("2026-01-01T00:00:00Z").unwrap();
        Arc::new(Edit { at, by: "Ann".into(), act, cause: Cause::Done })
    }

    fn id(number: usize) -> IncidentId {
        IncidentId::derived(&[&number.to_string()])
    }

    fn put(why: Why, numbers: std::ops::Range<usize>) -> Act {
        let at = Time::parse("2026-01-01T00:00:00Z").unwrap();
        let bare = |number| Incident::new(id(number), format!("Incident {number}"), at.clone());
        let incidents = numbers.map(|number| (id(number), Some(Arc::new(bare(number))))).collect();
        Act::Put(Put { why, incidents, preparation: None })
    }

    fn rename(number: usize) -> Act {
        Act::SetIncident(id(number), IncidentField::Name("Renamed".into()))
    }

    fn in_steps(notebook: &Notebook, act: Act, most: usize) -> Result<Applied, Refusal> {
        let mut applying = Applying::new(notebook, edit(act));
        while !applying.step(most)? {}
        Ok(applying.finish())
    }

    fn some() -> Notebook {
        let mut notebook = Notebook::default();
        notebook.apply(edit(Act::BeginCopy(CopyId::random([1; 10])))).unwrap();
        notebook.apply(edit(put(Why::Created, 0..5))).unwrap();
        notebook
    }

    #[test]
    fn a_little_at_a_time_comes_to_the_same_as_all_at_once() {
        let imported = || put(Why::Imported("file".into()), 3..40);
        let removed = Act::Put(Put {
            why: Why::Deleted,
            incidents: (0..3).map(|n| (id(n), None)).collect(),
            preparation: None,
        });
        for act in [
            imported(),
            removed.clone(),
            rename(4),
            Act::All(vec![imported(), rename(4), rename(4), removed, put(Why::Restored, 50..60)]),
        ] {
            for most in [1, 7, 1_000] {
                let (mut at_once, mut taken) = (some(), some());
                let change = at_once.apply(edit(act.clone())).unwrap();
                let applied = in_steps(&some(), act.clone(), most).unwrap();
                assert_eq!(applied.change, change);
                assert_eq!(applied.notebook, at_once);
                taken.take_over(&applied.notebook, &applied.change);
                assert_eq!(taken, at_once);
            }
        }
    }

    #[test]
    fn it_refuses_what_is_refused_at_once() {
        let gone = Act::All(vec![put(Why::Restored, 3..9), rename(99)]);
        assert_eq!(in_steps(&some(), gone.clone(), 2).unwrap_err(), some().apply(edit(gone)).unwrap_err());
        let nothing = Act::All(vec![Act::SetIncident(id(1), IncidentField::Name("Incident 1".into()))]);
        assert_eq!(in_steps(&some(), nothing, 2).unwrap_err(), Refusal::NothingToDo);
    }
}
