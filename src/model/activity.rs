//! The activity log: who did what, when, from what to what, and what people said.

use crate::model::{
    AlertId, Conflict, CopyId, CustodyEvent, EntityId, EventId, EvidenceId, Fingerprint, IncidentId, Link,
    NoteId, PlaybookId, SourceFile, StepId, Time,
};
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
    /// A playbook that is kept in the notebook, and its title.
    Playbook(PlaybookId, String),
    /// A note and its first words.
    Note(NoteId, String),
    /// A timeline event and its first words.
    Event(EventId, String),
    /// An evidence item and its name.
    Evidence(EvidenceId, String),
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
        /// The file, or what else it came from.
        source: SourceFile,
        /// How many alerts were new.
        alerts: usize,
        /// How many entities were new.
        entities: usize,
        /// How many timeline events were new.
        #[serde(default, skip_serializing_if = "is_none_of_it")]
        events: usize,
    },
    /// Another copy of it was joined with this one.
    Merged {
        /// The file that the copy came from.
        source: String,
        /// The id that the copy had, where it is another than here: its chains begin with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        known_as: Option<IncidentId>,
        /// How many alerts were new.
        #[serde(default, skip_serializing_if = "is_none_of_it")]
        alerts: usize,
        /// How many entities were new.
        #[serde(default, skip_serializing_if = "is_none_of_it")]
        entities: usize,
        /// What both had changed, apart from each other.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        conflicts: Vec<Conflict>,
        /// How many more conflicts there were than are listed.
        #[serde(default, skip_serializing_if = "is_none_of_it")]
        unlisted: usize,
    },
    /// A merge was taken back: what had come with it left again.
    Unmerged,
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
    /// In the notebook's own log: a copy of the notebook began; from here on it writes chains of its own.
    CopyBegun(CopyId),
    /// In the notebook's own log: incidents were deleted, and their logs with them.
    IncidentsDeleted {
        /// How many.
        count: usize,
        /// The head over all their logs, as [`Heads`](crate::model::chain::Heads) makes it.
        head: Fingerprint,
        /// Each with its name and the head over its own log; none where there are too many to name.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        named: Vec<(IncidentId, String, Fingerprint)>,
    },
    /// In the notebook's own log: incidents that had been taken out were put back.
    IncidentsPutBack {
        /// How many.
        count: usize,
        /// Each with its name; none where there are too many to name.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        named: Vec<(IncidentId, String)>,
    },
    /// In the notebook's own log: a playbook came out of a file and is kept.
    PlaybookKept {
        /// Which, with its title.
        subject: Subject,
        /// The file's name.
        source: String,
        /// Its size in bytes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        size: Option<u64>,
        /// Its SHA-256, as 64 hexadecimal digits.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        sha256: String,
        /// How many steps it has.
        steps: usize,
    },
    /// In the notebook's own log: so many incidents came out of a backup.
    Restored(usize),
    /// In the notebook's own log: incidents of another copy were merged with this one's.
    CopyMerged {
        /// The file that they came from.
        source: String,
        /// How many.
        count: usize,
    },
    /// In the notebook's own log: the merging of so many incidents was taken back.
    CopyUnmerged(usize),
    /// Something happened to an evidence item: an entry of its chain of custody.
    Custody {
        /// To which item.
        subject: Subject,
        /// What happened.
        event: CustodyEvent,
    },
    /// An entry of a chain of custody does not hold. It stays where it stands; this says so beside it.
    CustodyWithdrawn {
        /// Of which item.
        subject: Subject,
        /// What did not happen like this.
        event: CustodyEvent,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        why: String,
    },
}

// Serde calls this with a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_none_of_it(count: &usize) -> bool {
    *count == 0
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

/// One entry of a log: an incident's or the notebook's own.
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
    /// The fingerprints of entries without a link of their own that this one covers: what came out of a file, and
    /// what an earlier version of the program wrote.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub covers: Vec<Fingerprint>,
    /// Its place in the chain of the copy that wrote it; none before it stands in a notebook that has a copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<Link>,
}

impl Activity {
    /// An entry that stands in no chain yet.
    pub fn new(at: Time, by: impl Into<String>, what: What, cause: Cause) -> Self {
        Self { at, by: by.into(), what, cause, covers: Vec::new(), chain: None }
    }
}
