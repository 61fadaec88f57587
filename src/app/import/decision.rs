//! What a decision about an import comes to: one act, where to go afterwards, and what is remembered of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use leptos::prelude::*;

use super::{
    Import,
    sources::{Found, Source, Wanted, Way, new_or_updated},
};
use crate::compact::Gather as _;
use crate::{
    app::route::Route,
    formats::{Meaning, Questions},
    model::{Incident, IncidentId, SourceFile},
    notebook::{
        Act, Put, Why,
        merge::{Item, notebooks},
    },
};

/// What a decision comes to.
pub(super) struct Outcome {
    pub(super) act: Act,
    /// Where to go: to the incident where there is just one.
    pub(super) at: Route,
    /// What to say once it is done.
    pub(super) said: String,
}

impl Import {
    /// What the decision comes to; none where nothing was chosen.
    pub(super) fn outcome(self, sources: &[Source]) -> Option<Outcome> {
        let words = self.words();
        let (restores, chosen) = (self.restores.get_untracked(), self.chosen.get_untracked());
        let taken: Vec<(String, &Source, &Item)> =
            new_or_updated(sources, restores).filter(|(key, ..)| chosen.contains(key)).collect();
        let names = |way: Way| {
            let of_kind = sources.iter().filter(|source| source.way(restores) == Some(way));
            of_kind.map(|source| source.name.as_str()).collect::<Vec<_>>().join(", ")
        };
        let mut acts = Vec::new();
        let left_out = self.left_out.get_untracked();
        // Each file is an act of its own, so that the log says of every incident what it came out of.
        for source in sources.iter().filter(|source| source.way(restores) == Some(Way::Import)) {
            let own = taken.iter().filter(|(_, other, _)| std::ptr::eq(*other, source));
            let incidents: Vec<(IncidentId, Option<Arc<Incident>>)> = own
                .map(|(.., item)| (item.incident.id.clone(), item.without(&left_out)))
                .filter(|(id, incident)| self.state.incident_now(id).is_none_or(|mine| mine != *incident))
                .map(|(id, incident)| (id, Some(incident)))
                .collect();
            if !incidents.is_empty() {
                let content = source.wanted.content.clone();
                let why = Why::Imported(SourceFile { name: source.name.clone(), content });
                acts.push(Act::Put(Put { why, incidents, preparation: None }));
            }
        }
        let back = whole(&taken, Way::Restore, restores);
        let of_way = |way| sources.iter().filter(move |source| source.way(restores) == Some(way));
        let preparation =
            of_way(Way::Restore).filter_map(|source| source.preparation(restores).cloned()).next_back();
        if !back.is_empty() || preparation.is_some() {
            acts.push(Act::Put(Put { why: Why::Restored, incidents: back, preparation }));
        }
        // Each copy is merged by an act of its own: two files may hold one incident.
        for source in of_way(Way::Merge) {
            let own = taken.iter().filter(|(_, other, _)| std::ptr::eq(*other, source));
            let items = own.map(|(key, _, item)| (*item, self.overruled_in(key)));
            acts.extend(notebooks::act(&source.name, items, source.preparation(restores).cloned()));
        }
        let kept = self.keep_playbooks(sources);
        let (count, alone) = (kept.len(), acts.is_empty());
        acts.extend(kept);
        if alone && count > 0 {
            let (said, at) = ((words.kept.kept)(count), Route::playbooks());
            return Some(Outcome { act: Act::All(acts), at, said });
        }
        let ids: BTreeSet<&IncidentId> = taken.iter().map(|(.., item)| &item.incident.id).gather();
        let ways: BTreeSet<Way> = taken.iter().filter_map(|(_, source, _)| source.way(restores)).gather();
        let said = match ways.first() {
            Some(Way::Merge) => (words.merge.merged)(ids.len(), &names(Way::Merge)),
            Some(Way::Import) => match sources {
                [Source { wanted: Wanted { aim: Some(_), .. }, .. }] => {
                    let into =
                        taken.first().map(|(.., item)| item.incident.name.as_str()).unwrap_or_default();
                    (words.intake.imported_into)(&names(Way::Import), into)
                }
                _ => (words.import.imported)(ids.len(), &names(Way::Import)),
            },
            _ => (words.import.restored)(ids.len()),
        };
        let only = ids.first().filter(|_| ids.len() == 1);
        let at = only.map_or_else(Route::home, |id| Route::incident(id.as_str()));
        (!acts.is_empty()).then_some(Outcome { act: Act::All(acts), at, said })
    }

    /// Remembers what the person said of columns, for the next table with the same header.
    pub(super) fn remember_columns(self, sources: &[Source]) {
        for source in sources {
            let Ok(Found { questions: Questions { columns: Some(columns), .. }, .. }) = &source.found else {
                continue;
            };
            if source.wanted.answers.columns.is_some() {
                let meanings: Vec<Meaning> = columns.columns.iter().map(|column| column.meaning).collect();
                self.state
                    .keeping
                    .shelved
                    .with_value(|shelved| shelved.remember_columns(&columns.header, &meanings));
            }
        }
    }

    fn overruled_in(self, key: &str) -> BTreeSet<usize> {
        let in_row = |(row, number): &(String, usize)| (row == key).then_some(*number);
        self.overruled.with_untracked(|overruled| overruled.iter().filter_map(in_row).collect())
    }
}

/// The incidents that are put in place as they are, each once. Where two files hold one, the later file's was compared
/// with the earlier one's and has all of it.
fn whole(
    taken: &[(String, &Source, &Item)],
    way: Way,
    restores: bool,
) -> Vec<(IncidentId, Option<Arc<Incident>>)> {
    let of_way = taken.iter().filter(|(_, source, _)| source.way(restores) == Some(way));
    let incidents: BTreeMap<IncidentId, Arc<Incident>> =
        of_way.map(|(.., item)| (item.incident.id.clone(), Arc::clone(&item.incident))).gather();
    incidents.into_iter().map(|(id, incident)| (id, Some(incident))).collect()
}
