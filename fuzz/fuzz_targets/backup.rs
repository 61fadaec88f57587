//! A backup, or a colleague's copy: read, written again, restored, and merged twice to the same result.
#![no_main]

use firsthour::formats::backup::{self, Writing};
use firsthour::model::Time;
use firsthour::model::activity::Cause;
use firsthour::notebook::{Act, Edit, Notebook, Put, Why};
use std::sync::Arc;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let incidents =
        |read: &Result<backup::Backup, _>| read.as_ref().map_or(0, |backup| backup.incidents.len());
    let read = firsthour_fuzz::within(text.len(), incidents, || backup::read(text));
    let Ok(read) = read else {
        // A refusal has words that name a place.
        assert!(!read.unwrap_err().to_string().is_empty());
        return;
    };
    let mut written = Writing::default();
    let mut incidents: Vec<_> = read.incidents.iter().collect();
    incidents.sort_by(|one, other| one.id.cmp(&other.id));
    for incident in incidents {
        written.push(incident).expect("what was read can be written");
    }
    let written = written.finish(&read.preparation).expect("what was read can be written");
    let again = backup::read(&written).expect("and read again");
    assert_eq!(again.incidents.len(), read.incidents.len());

    let edit = |act| Edit { at: Time::from_millis(0), by: "fuzz".to_owned(), act, cause: Cause::Done };
    let merging = || {
        let theirs = again.incidents.iter();
        let incidents = theirs.map(|one| (one.id.clone(), Some(Arc::new(one.clone())))).collect();
        Act::Put(Put { why: Why::Merged("file.json".to_owned()), incidents, preparation: None })
    };
    let mut notebook = Notebook::default();
    if notebook.apply(edit(read.restoring())).is_err() {
        return;
    }
    let restored = notebook.clone();
    if notebook.apply(edit(merging())).is_ok() {
        for incident in restored.loaded() {
            let now = notebook.incident(&incident.id).expect("merging takes nothing out");
            assert_eq!(
                (now.alerts.len(), now.entities.len()),
                (incident.alerts.len(), incident.entities.len())
            );
        }
    }
});
