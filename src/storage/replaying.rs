//! Replaying: an entry of the journal is read and applied, at the start and when it comes in from another tab.

use crate::notebook::{Act, Change, Edit, Notebook, Refusal};
use crate::storage::aside::{Aside, Why};
use crate::storage::journal::{self, Line};
use crate::storage::key;
use crate::storage::kv::{KeyValue, KvError};
use crate::storage::refused::NotLoaded;
use crate::storage::stamp::Stamp;
use crate::storage::store::Store;
use std::sync::Arc;

/// What became of an entry that was applied.
#[derive(Debug, Default)]
pub(super) struct Replayed {
    /// What it changed, if anything.
    pub change: Option<Change>,
    /// Why it, or a part of it, does not apply.
    pub refusal: Option<Refusal>,
}

impl<K: KeyValue> Store<K> {
    /// An entry as it stands in the journal, and what is wrong with it; none where it is gone.
    pub(super) fn read_line(&self, stamp: Stamp) -> Result<Option<(Line, Option<Why>)>, KvError> {
        let key = key::entry(stamp);
        let Some(text) = self.kv.get(&key)? else { return Ok(None) };
        let units = self.kv.cost(&key, &text);
        Ok(Some(match journal::read(stamp, &text) {
            Ok(entry) => (Line { entry: Some(entry), units }, None),
            Err(error) => (Line { entry: None, units }, Some(Why::Damaged(error.to_string()))),
        }))
    }

    /// Applies an entry of the journal to the notebook. One that does not fit, or of which a part does not, is set
    /// aside; the rest of it counts.
    pub(super) fn replay(&mut self, notebook: &mut Notebook, stamp: Stamp) -> Result<Replayed, KvError> {
        let Some(line) = self.journal.entries.get(&stamp) else { return Ok(Replayed::default()) };
        let (Some(entry), cost) = (&line.entry, line.units) else { return Ok(Replayed::default()) };
        let edit = Arc::clone(&entry.edit);
        for id in edit.act.incidents() {
            match self.load(notebook, id) {
                // A damaged incident is listed; applying then says what became of this edit of it.
                Ok(()) | Err(NotLoaded::Damaged(_)) => {}
                Err(NotLoaded::Failed(error)) => return Err(error),
            }
        }
        let replayed = enact(notebook, &edit);
        if let Some(change) = &replayed.change {
            self.mark(change, cost);
        }
        let key = key::entry(stamp);
        match &replayed.refusal {
            Some(refusal) => self.put_aside_if(key, Some(Why::DoesNotApply(refusal.to_string()))),
            // It may not have fitted before.
            None => self.aside.retain(|aside| aside.key != key),
        }
        Ok(replayed)
    }

    pub(super) fn put_aside_if(&mut self, key: String, why: Option<Why>) {
        if let Some(why) = why {
            self.put_aside(Aside { key, name: String::new(), why });
        }
    }
}

/// Applies an edit, or of several acts those that apply: in its author's notebook all did, but other edits may have
/// come in between.
fn enact(notebook: &mut Notebook, edit: &Arc<Edit>) -> Replayed {
    let refusal = match notebook.apply(Arc::clone(edit)) {
        Ok(change) => return Replayed { change: Some(change), refusal: None },
        // What it asks for is so already; nothing is lost.
        Err(Refusal::NothingToDo) => return Replayed::default(),
        Err(refusal) => refusal,
    };
    let Act::All(acts) = &edit.act else { return Replayed { change: None, refusal: Some(refusal) } };
    let mut whole = Change {
        edit: Arc::clone(edit),
        inverse: Act::All(Vec::new()),
        touched: Vec::new(),
        preparation: false,
    };
    let mut inverses = Vec::new();
    for act in acts {
        let part = Edit { act: act.clone(), ..Edit::clone(edit) };
        if let Ok(change) = notebook.apply(part) {
            inverses.push(change.inverse);
            whole.preparation |= change.preparation;
            let new: Vec<_> = change.touched.into_iter().filter(|id| !whole.touched.contains(id)).collect();
            whole.touched.extend(new);
        }
    }
    inverses.reverse();
    let change = (!inverses.is_empty()).then_some(Change { inverse: Act::All(inverses), ..whole });
    Replayed { change, refusal: Some(refusal) }
}
