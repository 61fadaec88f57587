//! Makes files of the whole notebook or of some incidents, a little at a time, and hands them over as downloads.

use std::sync::Arc;

use leptos::task::spawn_local;

use super::{browser, state::State};
use crate::formats::backup::Writing;
use crate::model::IncidentId;
use crate::notebook::Preparation;

/// How long it may work before it lets the browser draw, in milliseconds.
const TURN: f64 = 16.0;

/// A file that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub text: String,
    /// How many incidents it lacks because they cannot be read.
    pub unreadable: usize,
}

/// Saves everything as one file and remembers that it did. `progress` hears how far it is, 0 to 1. Returns the
/// file's name; none where the browser makes no file.
pub async fn save_backup(state: State, progress: impl FnMut(f64)) -> Option<String> {
    let (ids, preparation) = everything(state);
    let saved = save(state, "first-hour", &ids, &preparation, progress).await?;
    state.keeping.note_backup();
    Some(saved.name)
}

/// Saves these incidents as a file of their own. `ids` have to be in order, as a notebook's rows are.
pub async fn save_archive(state: State, ids: &[IncidentId], progress: impl FnMut(f64)) -> Option<Saved> {
    save(state, "first-hour-archive", ids, &Preparation::default(), progress).await
}

/// Saves everything as one file, with one press and nothing to wait for, and says how it went.
pub fn save_backup_and_say(state: State) {
    let words = &state.words().settings;
    spawn_local(async move {
        match save_backup(state, |_| {}).await {
            Some(name) => state.tell(&(words.backup_saved)(&name)),
            None => state.complain(words.backup_failed),
        }
    });
}

/// Copies everything as text, for where the browser hands over no files, such as a frame that may not; says how it went.
pub fn copy_backup_and_say(state: State) {
    let words = state.words();
    spawn_local(async move {
        let (ids, preparation) = everything(state);
        let copied = match gather(state, &ids, &preparation, |_| {}).await {
            Some((text, _)) => browser::copy(&text).await,
            None => false,
        };
        if copied {
            state.keeping.note_backup();
            state.tell(words.care.backup_copied);
        } else {
            state.complain(words.settings.backup_failed);
        }
    });
}

/// What a backup of the whole notebook holds.
fn everything(state: State) -> (Vec<IncidentId>, Arc<Preparation>) {
    state.with_now(|notebook| (notebook.rows().keys().cloned().collect(), Arc::clone(notebook.preparation())))
}

async fn save(
    state: State,
    kind: &str,
    ids: &[IncidentId],
    preparation: &Preparation,
    progress: impl FnMut(f64),
) -> Option<Saved> {
    let (text, unreadable) = gather(state, ids, preparation, progress).await?;
    let day = state.now().utc();
    let name = format!("{kind}-{}.json", day.get(..10).unwrap_or("backup"));
    browser::download(&name, "application/json", text.as_bytes()).then_some(Saved { name, text, unreadable })
}

/// The file's text, and how many of the incidents it lacks.
async fn gather(
    state: State,
    ids: &[IncidentId],
    preparation: &Preparation,
    mut progress: impl FnMut(f64),
) -> Option<(String, usize)> {
    let mut writing = Writing::default();
    let mut unreadable = 0;
    let mut began = browser::now();
    for (done, id) in ids.iter().enumerate() {
        // One that is damaged says so by itself and is offered as it stands; the file holds all others.
        match state.incident_now(id) {
            Some(incident) => writing.push(&incident).ok()?,
            None => unreadable += 1,
        }
        if browser::now() - began > TURN {
            #[allow(clippy::cast_precision_loss)] // A share needs no more than a double's digits.
            progress(done as f64 / ids.len() as f64);
            browser::breathe().await;
            began = browser::now();
        }
    }
    Some((writing.finish(preparation).ok()?, unreadable))
}
