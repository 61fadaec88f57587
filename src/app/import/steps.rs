//! Reading in steps: each task between two frames stays short, so that the page can be used and the
//! import stopped meanwhile.

use leptos::prelude::*;

use super::{Import, Refused, Source, Stage, comparing::Comparing, playbooks, raw::Raw};
use crate::{
    app::{
        browser,
        excerpt::{Excerpt, excerpt},
    },
    formats::{
        Intake, ReadError, Reading, STEP, Why as WhyNot,
        backup::{self, Backup},
    },
    notebook::Notebook,
};

/// How long a task may work before it lets the browser draw, in milliseconds.
const TURN: f64 = 16.0;

/// A turn at the page's one thread.
pub(super) struct Turn {
    began: f64,
}

impl Turn {
    pub fn begin() -> Self {
        Self { began: browser::now() }
    }

    pub fn is_over(&self) -> bool {
        browser::now() - self.began > TURN
    }

    /// Lets the browser draw and answer.
    pub async fn pass(&mut self) {
        browser::breathe().await;
        self.began = browser::now();
    }
}

/// What a source turned out to hold, before it is compared.
pub(super) enum Content {
    Export(Intake),
    Backup(Backup),
}

/// Reads every source and compares it with the notebook; none where it was stopped.
pub async fn read_all(import: Import, job: u32, raws: Vec<Raw>) -> Option<Vec<Source>> {
    let mut read = Vec::new();
    for raw in &raws {
        let content = match raw.bytes().await {
            None => Err(Refused::Unreadable),
            Some(bytes) => {
                let Some(unsealed) = import.asking.unsealed(&raw.name(), bytes).await else {
                    import.stop();
                    return None;
                };
                match unsealed {
                    Ok(bytes) => read_content(import, job, raw, bytes).await?,
                    Err(refused) => Err(refused),
                }
            }
        };
        read.push((raw.name(), content));
    }
    let mut sources = Vec::new();
    // Each file is compared with the notebook as it will be after the files before it.
    let mut ahead: Option<Notebook> = None;
    for (name, result) in read {
        let found = match result {
            Ok(content) => Ok(Comparing { import, job, name: &name }.compare(content, &mut ahead).await?),
            Err(refused) => Err(refused),
        };
        sources.push(Source { name, found });
    }
    Some(sources)
}

/// Reads what one source holds; none where it was stopped.
async fn read_content(
    import: Import,
    job: u32,
    raw: &Raw,
    bytes: Vec<u8>,
) -> Option<Result<Content, Refused>> {
    if let Some(text) = backup_text(&bytes) {
        // A backup is no larger than what this browser can keep, so it is read in one go.
        return Some(backup::read(text).map(Content::Backup).map_err(Refused::Backup));
    }
    Some(match read_one(import, job, &raw.name(), bytes).await? {
        Ok(mut intake) => {
            playbooks::sign(raw, &mut intake.playbooks).await;
            Ok(Content::Export(intake))
        }
        Err(error) => {
            let excerpt = place_of(raw, &error).await;
            Err(Refused::Format(error, excerpt))
        }
    })
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

/// The piece of the text where it stops being JSON. Reading took the bytes, so they are asked for once more.
async fn place_of(raw: &Raw, error: &ReadError) -> Option<Excerpt> {
    match error.why {
        WhyNot::NotJson { at, .. } => excerpt(&raw.bytes().await?, at),
        _ => None,
    }
}
