//! Makes the backup file of the whole notebook, or a file of some incidents to give away, a little at a time, and hands it
//! over as a download, encrypted where that is wanted.

use std::collections::BTreeSet;

use super::{browser, sealing::sealed_file, state::State};
use crate::formats::backup::Writing;
use crate::model::IncidentId;
use crate::notebook::Preparation;
use crate::storage::{Access, MemoryStore, Opened, open};

/// How long it may work before it lets the browser draw, in milliseconds.
const TURN: f64 = 16.0;

/// Saves everything as one file, encrypted where there is a passphrase for it, and remembers that it did. `progress` hears how
/// far it is, 0 to 1. Returns the file's name; none where an incident cannot be read or the browser makes no file.
pub async fn save_backup(
    state: State,
    passphrase: Option<&str>,
    mut progress: impl FnMut(f64),
) -> Option<String> {
    let ids: Vec<_> = state.with_now(|notebook| notebook.rows().keys().cloned().collect());
    let preparation = state.with_now(|notebook| notebook.preparation().clone());
    let text = written(state, &ids, &preparation, &mut progress).await?;
    let name = format!("first-hour-{}.json", day_of(state));
    let name = hand_over(state, &name, text, passphrase).await?;
    state.keeping.note_backup();
    Some(name)
}

/// Saves these incidents as a file of this name, for a colleague to merge. Otherwise as [`save_backup`].
pub async fn save_incidents(
    state: State,
    ids: &BTreeSet<IncidentId>,
    name: &str,
    passphrase: Option<&str>,
    mut progress: impl FnMut(f64),
) -> Option<String> {
    let ids: Vec<_> = ids.iter().cloned().collect();
    let text = written(state, &ids, &Preparation::default(), &mut progress).await?;
    hand_over(state, name, text, passphrase).await
}

/// The text of the file. The ids have to be in order.
async fn written(
    state: State,
    ids: &[IncidentId],
    preparation: &Preparation,
    progress: &mut impl FnMut(f64),
) -> Option<String> {
    let mut writing = Writing::default();
    let mut began = browser::now();
    for (done, id) in ids.iter().enumerate() {
        // One that is damaged says so by itself and is offered as it stands; the file holds all others.
        if let Some(incident) = state.incident_now(id) {
            writing.push(&incident).ok()?;
        }
        if browser::now() - began > TURN {
            #[allow(clippy::cast_precision_loss)] // A share needs no more than a double's digits.
            progress(done as f64 / ids.len() as f64);
            browser::breathe().await;
            began = browser::now();
        }
    }
    writing.finish(preparation).ok()
}

/// Saves the history of the notebook that had to give way to another as a backup file. Returns whether that worked.
pub async fn save_fork(state: State) -> bool {
    let reader = state.keeping.reader();
    let kept = state.keeping.mirroring.fork().await;
    let texts: MemoryStore =
        kept.into_iter().filter_map(|(key, text)| reader(&key, &text).map(|text| (key, text))).collect();
    let Ok(Opened { mut store, mut notebook, .. }) = open(texts, Access::Writer) else { return false };
    let mut writing = Writing::default();
    for id in notebook.rows().keys().cloned().collect::<Vec<_>>() {
        // One that is damaged is damaged there too; the file holds all others.
        if let Ok(Some(incident)) = store.read(&mut notebook, &id)
            && writing.push(&incident).is_err()
        {
            return false;
        }
    }
    let Ok(text) = writing.finish(notebook.preparation()) else { return false };
    let name = format!("first-hour-other-history-{}.json", day_of(state));
    hand_over(state, &name, text, None).await.is_some()
}

/// Today, as files are named after it.
fn day_of(state: State) -> String {
    state.now().utc().chars().take(10).collect()
}

/// Gives the file to the browser. Returns the name it has; none where that failed.
async fn hand_over(state: State, name: &str, text: String, passphrase: Option<&str>) -> Option<String> {
    let (name, bytes) = match sealed_file(name, text.into_bytes(), passphrase).await {
        Ok(file) => file,
        Err(error) => {
            state.complain(&state.words().not_sealed(&error));
            return None;
        }
    };
    browser::download(&name, "application/json", &bytes).then_some(name)
}
