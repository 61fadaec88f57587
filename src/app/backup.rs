//! Makes the backup file of the whole notebook, or a file of some incidents to give away, a little at a time, and hands it
//! over as a download, encrypted where that is wanted.

use std::{collections::BTreeSet, sync::Arc};

use leptos::task::spawn_local;

use super::{
    browser,
    sealing::sealed_file,
    slice::{Slice, fraction},
    state::State,
};
use crate::formats::backup::Writing;
use crate::model::IncidentId;
use crate::notebook::Preparation;
use crate::storage::{Access, MemoryStore, Opened, open};

/// Saves everything as one file, encrypted where there is a passphrase for it, and remembers that it did. `progress` hears how
/// far it is, 0 to 1, and says whether to go on. Returns the file's name; none where it was given up or the browser makes no file.
pub async fn save_backup(
    state: State,
    passphrase: Option<&str>,
    mut progress: impl FnMut(f64) -> bool,
) -> Option<String> {
    let (ids, preparation) = everything(state);
    let (text, _) = written(state, &ids, &preparation, &mut progress).await?;
    let saved = hand_over(state, &dated(state, "first-hour"), text, passphrase).await?;
    state.keeping.note_backup();
    Some(saved.name)
}

/// Saves everything as one file, with one press and nothing to wait for, and says how it went.
pub fn save_backup_and_say(state: State) {
    let words = &state.words().settings;
    spawn_local(async move {
        match save_backup(state, None, |_| true).await {
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
        let copied = match written(state, &ids, &preparation, &mut |_| true).await {
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

/// A file that was handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

/// Saves these incidents as a file from which they can come back once they are taken out; none also where one of them
/// cannot be read. Otherwise as [`save_backup`].
pub async fn save_archive(
    state: State,
    ids: &[IncidentId],
    passphrase: Option<&str>,
    mut progress: impl FnMut(f64) -> bool,
) -> Option<Saved> {
    let (text, unreadable) = written(state, ids, &Preparation::default(), &mut progress).await?;
    if unreadable > 0 {
        return None;
    }
    hand_over(state, &dated(state, "first-hour-archive"), text, passphrase).await
}

/// Saves these incidents as a file of this name, for a colleague to merge. Otherwise as [`save_backup`].
pub async fn save_incidents(
    state: State,
    ids: &BTreeSet<IncidentId>,
    name: &str,
    passphrase: Option<&str>,
    mut progress: impl FnMut(f64) -> bool,
) -> Option<String> {
    let ids: Vec<_> = ids.iter().cloned().collect();
    let (text, _) = written(state, &ids, &Preparation::default(), &mut progress).await?;
    hand_over(state, name, text, passphrase).await.map(|saved| saved.name)
}

/// What a backup of the whole notebook holds.
fn everything(state: State) -> (Vec<IncidentId>, Arc<Preparation>) {
    state.with_now(|notebook| (notebook.rows().keys().cloned().collect(), Arc::clone(notebook.preparation())))
}

/// The name of a file of this day.
fn dated(state: State, kind: &str) -> String {
    format!("{kind}-{}.json", day_of(state))
}

/// The text of the file, and how many of the incidents it lacks because they cannot be read. The ids have to be in order.
async fn written(
    state: State,
    ids: &[IncidentId],
    preparation: &Preparation,
    progress: &mut impl FnMut(f64) -> bool,
) -> Option<(String, usize)> {
    let mut unreadable = 0;
    let mut writing = Writing::default();
    let mut slice = Slice::begin();
    for (done, id) in ids.iter().enumerate() {
        // One that is damaged says so by itself and is offered as it stands; the file holds all others.
        match state.incident_now(id) {
            Some(incident) => writing.push(&incident).ok()?,
            None => unreadable += 1,
        }
        slice.rest_if_over(|| progress(fraction(done, ids.len()))).await?;
    }
    Some((writing.finish(preparation).ok()?, unreadable))
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

/// Gives the file to the browser. Returns it as it was handed over; none where that failed.
async fn hand_over(state: State, name: &str, text: String, passphrase: Option<&str>) -> Option<Saved> {
    let (name, bytes) = match sealed_file(name, text.into_bytes(), passphrase).await {
        Ok(file) => file,
        Err(error) => {
            state.complain(&state.words().not_sealed(&error));
            return None;
        }
    };
    browser::download(&name, "application/json", &bytes).then_some(Saved { name, bytes })
}
