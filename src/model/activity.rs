//! The activity log: who did what, when, from what to what, and what people said.

use crate::model::{AlertId, EntityId, NoteId, PlaybookId, StepId, Time};
use serde::{Deserialize, Serialize};

/// The longest comment, in characters: what Microsoft's portal takes.
pub const LONGEST_COMMENT: usize = 30_000;

/// What an entry is about, with the name it had then, so that the log reads on when the thing is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Subject {
    /// The incident itself.
    Incident,
    /// An alert and its title.
    Alert(AlertId, String),
    /// An entity and its name.
    Entity(EntityId, String),
    /// So many alerts at once.
    Alerts(usize),
    /// So many entities at once.
    Entities(usize),
    /// A step of the checklist.
    Step(StepId),
    /// A step that a responder added, and its title.
    OwnStep(StepId, String),
    /// A scenario playbook.
    Scenario(PlaybookId),
    /// A note and its first words.
    Note(NoteId, String),
    /// The fields that came from the source and have no name here.
    RawData,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum What {
    /// The incident was written down by hand.
    Created,
    /// It came out of a file.
    Imported {
        /// The file's name, or what else it came from.
        source: String,
        /// How many alerts were new.
        alerts: usize,
        /// How many entities were new.
        entities: usize,
    },
    /// A whole earlier state was put back.
    PutBack,
    /// One field changed.
    Set {
        /// Of what.
        subject: Subject,
        /// The field's stable name.
        field: String,
        /// Its value before, as text.
        from: String,
        /// Its value after, as text.
        to: String,
    },
    /// Something was added.
    Added(Subject),
    /// Something was removed.
    Removed(Subject),
    /// Somebody said something.
    Comment(String),
    /// Somebody took back a comment, or let it stand again.
    Retracted {
        /// When the comment was made.
        at: Time,
        /// Who made it.
        by: String,
        /// Whether it is taken back now.
        retracted: bool,
    },
}

/// How an entry came about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Cause {
    /// Somebody did it.
    #[default]
    Done,
    /// Somebody took an earlier act back.
    Undone,
    /// Somebody did an act again that had been taken back.
    Redone,
}

impl Cause {
    /// Whether somebody simply did it.
    // Serde calls this with a reference.
    #[allow(clippy::trivially_copy_pass_by_ref)]
    pub fn is_done(&self) -> bool {
        *self == Self::Done
    }
}

/// One entry of an incident's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// When.
    pub at: Time,
    /// Who.
    pub by: String,
    /// What.
    pub what: What,
    /// Whether it was done, undone or redone.
    #[serde(default, skip_serializing_if = "Cause::is_done")]
    pub cause: Cause,
}
