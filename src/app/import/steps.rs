//! Reading and comparing in steps: each task between two frames stays short, so that the page can be used and the
//! import stopped meanwhile.

use leptos::prelude::*;

use super::{Found, Import, Kind, Refused, Source, Stage, raw::Raw};
use crate::{
    app::{
        browser,
        excerpt::{Excerpt, excerpt},
    },
    formats::{
        Intake, ReadError, Reading, STEP, Why as WhyNot,
        backup::{self, Backup},
    },
    model::{Incident, Time, activity::Cause},
    notebook::{
        Act, Edit, Notebook, Preparation, Why,
        merge::{self, Item, Plan},
    },
};

/// How long a task may work before it lets the browser draw, in milliseconds.
const TURN: f64 = 16.0;

/// Incidents compared between two looks at the clock.
const COMPARED_AT_ONCE: usize = 8;

/// A turn at the page's one thread.
struct Turn {
    began: f64,
}

impl Turn {
    fn begin() -> Self {
        Self { began: browser::now() }
    }

    fn is_over(&self) -> bool {
        browser::now() - self.began > TURN
    }

    /// Lets the browser draw and answer.
    async fn pass(&mut self) {
        browser::breathe().await;
        self.began = browser::now();
    }
}

/// What a source turned out to hold, before it is compared.
enum Content {
    Export(Intake),
    Backup(Backup),
}

/// Reads every source and compares it with the notebook; none where it was stopped.
pub async fn read_all(import: Import, job: u32, raws: Vec<Raw>) -> Option<Vec<Source>> {
    let mut read = Vec::new();
    for raw in &raws {
        let content = match raw.bytes().await {
            None => Err(Refused::Unreadable),
            Some(bytes) => match backup_text(&bytes) {
                // A backup is no larger than what this browser can keep, so it is read in one go.
                Some(text) => backup::read(text).map(Content::Backup).map_err(Refused::Backup),
                None => match read_one(import, job, &raw.name(), bytes).await? {
                    Ok(intake) => Ok(Content::Export(intake)),
                    Err(error) => {
                        let excerpt = place_of(raw, &error).await;
                        Err(Refused::Format(error, excerpt))
                    }
                },
            },
        };
        read.push((raw.name(), content));
    }
    let mut sources = Vec::new();
    // Each file is compared with the notebook as it will be after the files before it.
    let mut ahead: Option<Notebook> = None;
    for (name, result) in read {
        let found = match result {
            Ok(content) => Ok(compare(import, job, &name, content, &mut ahead).await?),
            Err(refused) => Err(refused),
        };
        sources.push(Source { name, found });
    }
    Some(sources)
}

/// The text of a backup; none where it is something else.
fn backup_text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok().filter(|text| backup::is_backup(text))
}

async fn read_one(import: Import, job: u32, name: &str, bytes: Vec<u8>) -> Option<Result<Intake, ReadError>> {
    let mut reading = Reading::new(bytes);
    let mut turn = Turn::begin();
    loop {
        let progress = reading.step(STEP);
        if progress.is_complete() {
            return Some(reading.finish());
        }
        if turn.is_over() {
            let label = (import.words().import.reading)(
                name,
                &browser::size(progress.done),
                &browser::size(progress.total),
            );
            #[allow(clippy::cast_precision_loss)] // A share needs no more than a double's digits.
            let share = progress.done as f64 / progress.total as f64;
            import.stage.set(Stage::Working(label, Some(share)));
            turn.pass().await;
            if !import.is_latest(job) {
                return None;
            }
        }
    }
}

async fn compare(
    import: Import,
    job: u32,
    name: &str,
    content: Content,
    ahead: &mut Option<Notebook>,
) -> Option<Found> {
    let state = import.state;
    let (now, label) = (state.now(), (import.words().import.comparing)(name));
    let (kind, incidents, preparation, set_aside, remarks, log_faults) = match content {
        Content::Export(Intake { format, mut incidents, set_aside, remarks }) => {
            date(&mut incidents, &now);
            (Kind::Export(format), incidents, None, set_aside, remarks, Vec::new())
        }
        Content::Backup(Backup { incidents, preparation, faults }) => {
            (Kind::Backup, incidents, Some(preparation), Vec::new(), Vec::new(), faults)
        }
    };
    let mut turn = Turn::begin();
    let known = state.with_now(|notebook| merge::existing(notebook, &incidents));
    for id in known.into_iter().flatten() {
        let loaded = state.incident_now(&id);
        if let (Some(ahead), Some(incident)) = (ahead.as_mut(), loaded) {
            ahead.load(Incident::clone(&incident));
        }
        if turn.is_over() {
            turn.pass().await;
            if !import.is_latest(job) {
                return None;
            }
        }
    }
    let mut notebook = match ahead.take() {
        Some(notebook) => notebook,
        None => state.with_now(Clone::clone),
    };
    let total = incidents.len().max(1);
    let mut items: Vec<Item> = Vec::with_capacity(incidents.len());
    let mut rest = incidents.into_iter();
    loop {
        let some: Vec<Incident> = rest.by_ref().take(COMPARED_AT_ONCE).collect();
        if some.is_empty() {
            break;
        }
        let plan = match kind {
            Kind::Export(_) => merge::plan(&notebook, some),
            Kind::Backup => merge::plan_restore(&notebook, some, Preparation::default()),
        };
        items.extend(plan.items);
        if turn.is_over() {
            #[allow(clippy::cast_precision_loss)] // As above.
            let share = items.len() as f64 / total as f64;
            import.stage.set(Stage::Working(label.clone(), Some(share)));
            turn.pass().await;
            if !import.is_latest(job) {
                return None;
            }
        }
    }
    let preparation = preparation
        .and_then(|preparation| merge::plan_restore(&notebook, Vec::new(), preparation).preparation);
    let plan = Plan { items, preparation };
    // Restoring is what leaves no trace in the log: what is logged is the import itself, once it is decided on.
    if let Some(act) = plan.act(Why::Restored) {
        advance(&mut notebook, act, now);
    }
    *ahead = Some(notebook);
    Some(Found { kind, items: plan.items, preparation: plan.preparation, set_aside, remarks, log_faults })
}

/// An incident that does not say when it was made was made, as far as anybody can tell, now.
fn date(incidents: &mut [Incident], now: &Time) {
    for incident in incidents.iter_mut().filter(|incident| incident.created.is_never()) {
        incident.created = now.clone();
    }
}

fn advance(notebook: &mut Notebook, act: Act, at: Time) {
    // Refused only where an incident was not loaded, and then the real edit says so.
    let _ = notebook.apply(Edit { at, by: String::new(), act, cause: Cause::Done });
}

/// The piece of the text where it stops being JSON. Reading took the bytes, so they are asked for once more.
async fn place_of(raw: &Raw, error: &ReadError) -> Option<Excerpt> {
    match error.why {
        WhyNot::NotJson { at, .. } => excerpt(&raw.bytes().await?, at),
        _ => None,
    }
}
