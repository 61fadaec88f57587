//! What a text, a name, a priority or a reason may be: the limits that [`apply`](crate::notebook::apply) holds edits to.

use crate::model::activity::LONGEST_COMMENT;
use crate::model::{IncidentField, Mark, StepField};
use crate::notebook::Refusal;

/// The longest name of an incident or step and the longest tag, in characters.
pub const LONGEST_NAME: usize = 1_000;

/// The longest text of a note, in characters.
pub const LONGEST_NOTE: usize = 200_000;

/// Refuses a text of more characters.
pub(super) fn within(text: &str, limit: usize) -> Result<(), Refusal> {
    // Counting characters is only needed where bytes alone do not prove that it fits.
    if text.len() <= limit {
        return Ok(());
    }
    let length = text.chars().count();
    if length > limit { Err(Refusal::TooLong { limit, length }) } else { Ok(()) }
}

/// Refuses a name that says nothing or is too long.
pub(super) fn named(name: &str) -> Result<(), Refusal> {
    if name.trim().is_empty() { Err(Refusal::Empty) } else { within(name, LONGEST_NAME) }
}

/// Refuses what an incident's field must not become.
pub(super) fn check_incident_field(field: &IncidentField) -> Result<(), Refusal> {
    match field {
        IncidentField::Name(name) => named(name),
        IncidentField::Tags(tags) => tags.iter().try_for_each(|tag| named(tag)),
        IncidentField::Priority(Some(own)) if own.value > 100 => Err(Refusal::PriorityOutOfRange(own.value)),
        IncidentField::Priority(Some(own)) if own.reason.trim().is_empty() => Err(Refusal::ReasonMissing),
        IncidentField::Priority(Some(own)) => within(&own.reason, LONGEST_COMMENT),
        IncidentField::Description(text)
        | IncidentField::ClosingNote(text)
        | IncidentField::ReviewWhatHappened(text)
        | IncidentField::ReviewWentWell(text)
        | IncidentField::ReviewWentBadly(text)
        | IncidentField::ReviewDoDifferently(text)
        | IncidentField::ReviewPrevention(text) => within(text, LONGEST_COMMENT),
        _ => Ok(()),
    }
}

/// Refuses what a step's field must not become.
pub(super) fn check_step_field(field: &StepField) -> Result<(), Refusal> {
    match field {
        StepField::Marked(Some(marked)) => match &marked.mark {
            Mark::Skipped(reason) if reason.trim().is_empty() => Err(Refusal::ReasonMissing),
            Mark::Skipped(reason) => within(reason, LONGEST_COMMENT),
            Mark::Done => Ok(()),
        },
        StepField::Outcome(text) => within(text, LONGEST_COMMENT),
        _ => Ok(()),
    }
}
