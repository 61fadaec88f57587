//! Clashes: two tabs set one field within a minute, and the person whose value does not stand is told.

use crate::model::IncidentId;
use crate::model::activity::Subject;
use crate::notebook::{Edit, Notebook};
use crate::storage::kv::KeyValue;
use crate::storage::stamp::Stamp;
use crate::storage::store::Store;
use std::sync::Arc;

/// How long after an edit, in milliseconds, its author is told that somebody in another tab set the same field
/// otherwise. After that it is no clash but the course of the work.
pub const CLASH: u64 = 60_000;

/// How many of its own edits a tab remembers for that.
const REMEMBERED: usize = 256;

/// A field that two tabs set, as the tab sees it whose value does not stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overruled {
    /// The edit that stands.
    pub by: Arc<Edit>,
    /// In which incident; none in the preparation.
    pub incident: Option<IncidentId>,
    /// Of what.
    pub subject: Subject,
    /// The field's stable name.
    pub field: &'static str,
    /// What this tab set, as text.
    pub from: String,
    /// What stands, as text.
    pub to: String,
}

impl<K: KeyValue> Store<K> {
    /// Remembers an edit of this tab.
    pub(super) fn remember(&mut self, stamp: Stamp, edit: &Arc<Edit>) {
        if self.mine.len() == REMEMBERED {
            self.mine.pop_front();
        }
        self.mine.push_back((stamp, Arc::clone(edit)));
    }

    /// Which fields that this tab set shortly before now show what one of these edits set.
    pub(super) fn overruled(&self, notebook: &Notebook, new: &[(Stamp, Arc<Edit>)]) -> Vec<Overruled> {
        let mut found: Vec<Overruled> = Vec::new();
        for (theirs, edit) in new {
            for (target, to) in edit.act.sets() {
                let sets = |mine: &Edit| mine.act.sets().into_iter().rfind(|(other, _)| *other == target);
                let last =
                    self.mine.iter().rev().find_map(|(stamp, mine)| Some((stamp, mine, sets(mine)?.1)));
                let Some((stamp, mine, from)) = last else { continue };
                let apart = mine.at.millis().abs_diff(edit.at.millis());
                if stamp > theirs || apart > CLASH || from == to {
                    continue;
                }
                let subject = target.subject(notebook);
                let (incident, field) = (target.incident, target.field);
                // The last of several is the one that shows.
                found.retain(|it| (&it.incident, &it.subject, it.field) != (&incident, &subject, field));
                found.push(Overruled { by: Arc::clone(edit), incident, subject, field, from, to });
            }
        }
        found
    }
}
