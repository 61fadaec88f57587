//! What every target asks of a reader: no panic, memory in proportion to the input, places that can be found.

use firsthour::formats::{Intake, LISTED, RAW_LENGTH, ReadError, Reading, Why, read};
use firsthour::model::activity::Cause;
use firsthour::model::{Incident, KeptPlaybook, Time, stored};
use firsthour::notebook::{Act, Edit, Notebook, Why as Reason, merge};
use std::sync::Arc;

#[path = "../../tests/support/memory.rs"]
mod memory;

pub use memory::within;

/// Makes what the dense packing makes once and keeps, so that it does not count as taken by the first input.
pub fn prepare() {
    firsthour_dense::compress(&[]);
}

/// Reads a file whose record begins and ends so, to get past the door to one reader.
pub fn framed(head: &str, data: &[u8], tail: &str) {
    file(&[head.as_bytes(), data, tail.as_bytes()].concat());
}

/// Reads a file through the one door: at once, and in steps, to the same result.
pub fn file(bytes: &[u8]) {
    let incidents =
        |read: &Result<Intake, ReadError>| read.as_ref().map_or(0, |intake| intake.incidents.len());
    let whole = within(bytes.len(), incidents, || read(bytes));
    let width = bytes.last().map_or(1, |byte| usize::from(*byte) + 1);
    let mut reading = Reading::new(bytes);
    let mut steps = 0usize;
    while !reading.step(width).is_complete() {
        steps += 1;
        assert!(steps <= 8 * bytes.len() + 64, "{steps} steps of {width} and no end");
    }
    assert_eq!(reading.finish(), whole);
    let lines = bytes.iter().filter(|byte| **byte == b'\n').count() + 1;
    match whole {
        Ok(intake) => {
            for aside in &intake.set_aside {
                assert!(aside.place.line.is_none_or(|line| (1..=lines).contains(&line)), "{aside:?}");
            }
            taken_in(intake);
        }
        Err(error) => named(&error, lines),
    }
}

/// What was read can be kept, and what was set aside is listed with bounds.
pub fn taken_in(intake: Intake) {
    assert!(intake.set_aside.len() <= LISTED);
    assert!(intake.set_aside.iter().all(|aside| aside.raw.chars().count() <= RAW_LENGTH + 1));
    for incident in &intake.incidents {
        let json = serde_json::to_string(incident).expect("an incident can be written");
        assert_eq!(&stored::from_str::<Incident>(&json).expect("and read"), incident);
    }
    let mut notebook = Notebook::default();
    for playbook in intake.playbooks {
        let json = serde_json::to_string(&playbook).expect("a playbook can be written");
        assert_eq!(stored::from_str::<KeptPlaybook>(&json).expect("and read"), playbook);
        notebook.apply(edit(Act::KeepPlaybook(Arc::new(playbook)))).expect("what was read hangs together");
    }
    put(&mut notebook, intake.incidents);
}

/// Puts what was read into a notebook, and takes it out again.
pub fn put(notebook: &mut Notebook, incidents: Vec<Incident>) {
    let before = notebook.clone();
    let Some(act) = merge::plan(notebook, incidents).act(Reason::Imported("file".into())) else { return };
    let change = notebook.apply(edit(act)).expect("what was read can be taken in");
    notebook.apply(edit(change.inverse)).expect("and taken back");
    assert_eq!(notebook.rows().len(), before.rows().len());
}

fn edit(act: Act) -> Edit {
    Edit { at: Time::from_millis(0), by: "fuzz".to_owned(), act, cause: Cause::Done }
}

/// A refusal names a place that is in the file.
fn named(error: &ReadError, lines: usize) {
    if let Why::NotJson { at, .. } = &error.why {
        assert!((1..=lines).contains(&at.line) && at.column >= 1, "{error:?} in {lines} lines");
    }
}
