//! Comparing what was read with the notebook: an export with what its source said last, a copy of ours by what the logs
//! of both tell. A backup for a notebook that is not empty is compared both ways, merged and restored.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Found, Import, Kind, Restoring, Stage, playbooks, steps::Content};
use crate::{
    app::slice::{Slice, fraction},
    formats::{Intake, backup::Backup},
    model::{Incident, IncidentId, Time, activity::Cause},
    notebook::{
        Act, Applying, Edit, Notebook, Preparation, Why,
        merge::{self, Item, Plan, aim::Aiming, notebooks},
    },
};

/// Alerts, entities or events joined with an incident between two looks at the clock.
const AIMED_AT_ONCE: usize = 64;

/// Incidents compared between two looks at the clock.
const COMPARED_AT_ONCE: usize = 8;

/// A comparison of one file.
pub(super) struct Comparing<'a> {
    pub import: Import,
    pub job: u32,
    /// The file's name.
    pub name: &'a str,
    /// The incident that it goes into.
    pub aim: Option<&'a IncidentId>,
}

impl Comparing<'_> {
    /// Compares the content with the notebook as it will be after the files before it, and goes on from there; none where
    /// it was stopped.
    pub async fn compare(&self, content: Content, ahead: &mut Option<Notebook>) -> Option<Found> {
        let now = self.import.state.now();
        match content {
            Content::Export(Intake {
                format,
                confidence,
                mut incidents,
                playbooks,
                set_aside,
                remarks,
                questions,
            }) => {
                date(&mut incidents, &now);
                let state = self.import.state;
                let known = match self.aim {
                    Some(aim) => vec![Some(aim.clone())],
                    None => state.with_now(|notebook| merge::existing(notebook, &incidents)),
                };
                let mut notebook = self.load(known.into_iter().flatten(), ahead).await?;
                let items = match self.aim {
                    Some(_) if incidents.is_empty() => Vec::new(),
                    Some(aim) => self.aimed(&notebook, aim, incidents).await?,
                    None => self.plan(incidents, |some| merge::plan(&notebook, some).items).await?,
                };
                let plan = Plan { items, preparation: None };
                // Restoring leaves no trace in the log: what is logged is the import itself, once it is decided on.
                if let Some(act) = plan.act(Why::Restored) {
                    notebook = self.advanced(notebook, act, now).await?;
                }
                let playbooks = playbooks::compare(&notebook, playbooks);
                *ahead = Some(notebook);
                let found = Found::new(Kind::Export(format), plan.items);
                Some(Found { playbooks, set_aside, remarks, confidence, questions, ..found })
            }
            Content::Backup(Backup { incidents, preparation, faults }) => {
                let names = match ahead.as_ref() {
                    Some(ahead) => notebooks::names_here(ahead, &incidents),
                    None => {
                        self.import.state.with_now(|notebook| notebooks::names_here(notebook, &incidents))
                    }
                };
                let own = incidents.iter().map(|incident| incident.id.clone());
                let mut notebook = self.load(names.iter().cloned().chain(own), ahead).await?;
                let is_empty = notebook.rows().is_empty() && notebook.preparation().holds_nothing();
                let found = if is_empty {
                    self.restored(&notebook, incidents, preparation).await.map(|restoring| Found {
                        preparation: restoring.preparation,
                        ..Found::new(Kind::Backup, restoring.items)
                    })?
                } else {
                    self.merged(&notebook, names, incidents, preparation).await?
                };
                if let Some(act) = self.act(&found) {
                    notebook = self.advanced(notebook, act, now).await?;
                }
                *ahead = Some(notebook);
                Some(Found { log_faults: faults, ..found })
            }
        }
    }

    async fn merged(
        &self,
        notebook: &Notebook,
        names: Vec<IncidentId>,
        incidents: Vec<Incident>,
        preparation: Preparation,
    ) -> Option<Found> {
        let restoring = self.restored(notebook, incidents.clone(), preparation.clone()).await?;
        let copies = names.into_iter().zip(incidents);
        let items = self.plan(copies, |some| notebooks::plan_merge(notebook, some).items).await?;
        let both = notebooks::merged_preparation(notebook.preparation(), &preparation);
        let mine = notebook.preparation();
        let brings_any =
            both.is_some_and(|both| both.steps != mine.steps || both.playbooks != mine.playbooks);
        Some(Found {
            preparation: brings_any.then(|| Arc::new(preparation)),
            restoring: Some(restoring),
            ..Found::new(Kind::Copy, items)
        })
    }

    async fn restored(
        &self,
        notebook: &Notebook,
        incidents: Vec<Incident>,
        preparation: Preparation,
    ) -> Option<Restoring> {
        let none = Preparation::default;
        let items = self.plan(incidents, |some| merge::plan_restore(notebook, some, none()).items).await?;
        let preparation = merge::plan_restore(notebook, Vec::new(), preparation).preparation;
        Some(Restoring { items, preparation })
    }

    /// What taking all of it would do, for the file after this one.
    fn act(&self, found: &Found) -> Option<Act> {
        match found.kind {
            Kind::Copy => {
                let news = found.items.iter().filter(|item| super::is_news(item.outcome));
                let items = news.map(|item| (item, std::collections::BTreeSet::new()));
                notebooks::act(self.name, items, found.preparation.clone())
            }
            _ => {
                Plan { items: found.items.clone(), preparation: found.preparation.clone() }.act(Why::Restored)
            }
        }
    }

    /// The notebook with these incidents read from storage.
    async fn load(
        &self,
        ids: impl Iterator<Item = IncidentId>,
        ahead: &mut Option<Notebook>,
    ) -> Option<Notebook> {
        let mut slice = Slice::begin();
        for id in ids {
            let loaded = self.import.state.incident_now(&id);
            if let (Some(ahead), Some(incident)) = (ahead.as_mut(), loaded) {
                ahead.load(Incident::clone(&incident));
            }
            self.breathe(&mut slice, None).await?;
        }
        Some(ahead.take().unwrap_or_else(|| self.import.state.with_now(Clone::clone)))
    }

    /// Plans some at a time.
    async fn plan<T>(
        &self,
        all: impl IntoIterator<Item = T>,
        plan: impl Fn(Vec<T>) -> Vec<Item>,
    ) -> Option<Vec<Item>> {
        let mut rest = all.into_iter();
        let total = rest.size_hint().0;
        let mut items = Vec::with_capacity(total);
        let mut slice = Slice::begin();
        loop {
            let some: Vec<T> = rest.by_ref().take(COMPARED_AT_ONCE).collect();
            if some.is_empty() {
                return Some(items);
            }
            items.extend(plan(some));
            self.breathe(&mut slice, Some(fraction(items.len(), total))).await?;
        }
    }

    /// What joining these with one incident would do.
    async fn aimed(
        &self,
        notebook: &Notebook,
        aim: &IncidentId,
        incidents: Vec<Incident>,
    ) -> Option<Vec<Item>> {
        let Some(mut aiming) = Aiming::new(notebook, aim, incidents) else { return Some(Vec::new()) };
        let mut slice = Slice::begin();
        loop {
            let (done, of) = aiming.step(AIMED_AT_ONCE);
            if done == of {
                return Some(vec![aiming.conclude()]);
            }
            self.breathe(&mut slice, Some(fraction(done, of))).await?;
        }
    }

    /// The notebook as it is after this, for the file that comes next. What is refused changes nothing: that is where an
    /// incident was not loaded, and then the real edit says so.
    async fn advanced(&self, notebook: Notebook, act: Act, at: Time) -> Option<Notebook> {
        let edit = Edit { at, by: String::new(), act, cause: Cause::Done };
        let mut applying = Applying::new(&notebook, Arc::new(edit));
        let mut slice = Slice::begin();
        loop {
            match applying.step(COMPARED_AT_ONCE) {
                Ok(false) => self.breathe(&mut slice, None).await?,
                Ok(true) => return Some(applying.finish().notebook),
                Err(_) => return Some(notebook),
            }
        }
    }

    /// Lets the browser draw if it is time to; none where the import was stopped.
    async fn breathe(&self, slice: &mut Slice, share: Option<f64>) -> Option<()> {
        if slice.is_over() {
            if share.is_some() {
                let label = (self.import.words().import.comparing)(self.name);
                self.import.stage.set(Stage::Working(label, share));
            }
            slice.rest().await;
        }
        self.import.is_latest(self.job).then_some(())
    }
}

/// An incident that does not say when it was made was made, as far as anybody can tell, now.
fn date(incidents: &mut [Incident], now: &Time) {
    for incident in incidents.iter_mut().filter(|incident| incident.created.is_never()) {
        incident.created = now.clone();
    }
}
