//! NOUNS: what an incident-response notebook is made of.
//!
//! Plain data with Microsoft's vocabulary (Defender XDR, Graph security API). Nothing in here knows a browser, a
//! clock or a random source. What is not understood is kept: every enumeration is open ([`taxonomy`]), every
//! record has room for fields that have no name here ([`Extra`]).

pub mod activity;
pub mod alert;
pub mod by_hand;
pub mod chain;
pub mod checklist;
pub mod conflict;
pub mod custody;
pub mod entity;
pub mod event;
pub mod evidence;
pub mod extras;
mod facts_json;
pub mod field;
pub mod id;
pub mod identity;
pub mod incident;
pub mod phase;
pub mod playbook;
pub mod refang;
pub mod source_file;
pub mod stored;
pub mod taxonomy;
pub mod time;

pub use activity::{Activity, Subject, What};
pub use alert::{Alert, AlertField};
pub use chain::{Fingerprint, Link};
pub use checklist::{Checklist, Mark, Marked, OwnStep, StepField, StepPlace, StepState};
pub use conflict::Conflict;
pub use custody::{CustodyEvent, Handling};
pub use entity::{Entity, EntityField, EntityKind, Facts, Sighting};
pub use event::{EventField, TimelineEvent};
pub use evidence::{EvidenceField, EvidenceItem, EvidenceKind};
pub use extras::Extras;
pub use id::{AlertId, CopyId, EntityId, EventId, EvidenceId, IncidentId, NoteId, PlaybookId, StepId};
pub use incident::{
    Clock, Clocks, Incident, IncidentField, Note, NoteField, Origin, PriorityOverride, ReviewAnswers,
};
pub use phase::Phase;
pub use playbook::{Fork, ForkKind, KeptPlaybook, KeptStep, PlaybookSource, Within};
pub use source_file::SourceFile;
pub use time::Time;

/// Fields of an imported record that have no name in the model, kept as they came.
pub type Extra = serde_json::Map<String, serde_json::Value>;
