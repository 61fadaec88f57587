//! CHECKLISTS AS DATA: the playbook library and how a playbook becomes the checklist of an incident.
//!
//! A playbook is one file in `library/`, its translation one file in `library/<language>/`. `build.rs` checks them
//! all and turns them into what [`library`] embeds, so a mistake in a playbook is a build error that names the step.

mod checklist;
mod fill;
mod find;
mod how;
mod library;
mod playbook;
mod suggest;

pub use checklist::{ChecklistStep, KeptText, Progress, StepText, phase_totals, progress_of, steps_of};
pub use fill::{Filled, fill};
pub use find::{Asked, Found, Show, search};
pub use how::{Block, Span, blocks};
pub use library::{Library, library};
pub use playbook::{Kind, Playbook, PlaybookWords, Step, StepFacts, StepWords, Suggest};
pub use suggest::{Reason, Suggestion, suggest};
