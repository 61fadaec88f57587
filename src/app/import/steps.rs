//! Reading and comparing in steps: each task between two frames stays short, so that the page can be used and the
//! import stopped meanwhile.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::*;

use super::{Found, Import, Refused, Source, Stage, raw::Raw};
use crate::{
    app::excerpt::excerpt,
    formats::{Intake, ReadError, Reading, STEP, Why as WhyNot},
    model::{Incident, Time, activity::Cause},
    notebook::{
        Act, Edit, Notebook, Why,
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
        Self { began: now() }
    }

    fn is_over(&self) -> bool {
        now() - self.began > TURN
    }

    /// Lets the browser draw and answer.
    async fn pass(&mut self) {
        TimeoutFuture::new(0).await;
        self.began = now();
    }
}

/// Milliseconds since the page was opened.
fn now() -> f64 {
    window().performance().map_or_else(js_sys::Date::now, |performance| performance.now())
}

/// Reads every source and compares it with the notebook; none where it was stopped.
pub async fn read_all(import: Import, job: u32, raws: Vec<Raw>) -> Option<Vec<Source>> {
    let mut read = Vec::new();
    for raw in &raws {
        let name = raw.name();
        let result = match raw.bytes().await {
            None => Err(Refused::Unreadable),
            Some(bytes) => match read_one(import, job, &name, bytes).await? {
                Ok(intake) => Ok(intake),
                Err(error) => {
                    let excerpt = place_of(raw, &error).await;
                    Err(Refused::Format(error, excerpt))
                }
            },
        };
        read.push((name, result));
    }
    let mut sources = Vec::new();
    // Each file is compared with the notebook as it will be after the files before it.
    let mut ahead: Option<Notebook> = None;
    for (name, result) in read {
        let found = match result {
            Ok(intake) => Ok(compare(import, job, &name, intake, &mut ahead).await?),
            Err(refused) => Err(refused),
        };
        sources.push(Source { name, found });
    }
    Some(sources)
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
            let label =
                (import.words().import.reading)(name, &megabytes(progress.done), &megabytes(progress.total));
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
    intake: Intake,
    ahead: &mut Option<Notebook>,
) -> Option<Found> {
    let Intake { format, mut incidents, set_aside, remarks } = intake;
    let state = import.state;
    let (now, label) = (state.now(), (import.words().import.comparing)(name));
    date(&mut incidents, &now);
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
        items.extend(merge::plan(&notebook, some).items);
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
    let plan = Plan { items, preparation: None };
    // Restoring is what leaves no trace in the log: what is logged is the import itself, once it is decided on.
    if let Some(act) = plan.act(Why::Restored) {
        advance(&mut notebook, act, now);
    }
    *ahead = Some(notebook);
    Some(Found { format, items: plan.items, set_aside, remarks })
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
async fn place_of(raw: &Raw, error: &ReadError) -> Option<crate::app::excerpt::Excerpt> {
    match error.why {
        WhyNot::NotJson { at, .. } => excerpt(&raw.bytes().await?, at),
        _ => None,
    }
}

/// An amount of bytes: `1.5 MB`.
fn megabytes(bytes: usize) -> String {
    #[allow(clippy::cast_precision_loss)] // One decimal is shown.
    let megabytes = bytes as f64 / 1_000_000.0;
    format!("{megabytes:.1} MB")
}
