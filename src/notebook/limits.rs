//! What a text, a name, a priority or a reason may be: the limits that [`apply`](crate::notebook::apply) holds edits to.

use crate::model::activity::LONGEST_COMMENT;
use crate::model::evidence::{MD5_DIGITS, SHA1_DIGITS, SHA256_DIGITS};
use crate::model::{
    CustodyEvent, EventField, EvidenceField, EvidenceItem, Handling, IncidentField, KeptPlaybook, KeptStep,
    Mark, StepField, StepId, TimelineEvent,
};
use crate::notebook::Refusal;
use std::collections::BTreeMap;

/// The longest name of an incident or step and the longest tag, in characters.
pub const LONGEST_NAME: usize = 1_000;

/// The longest reason that stands in a chain of custody, in characters.
pub const LONGEST_REASON: usize = LONGEST_COMMENT;

/// The most steps of a kept playbook.
pub const MOST_STEPS: usize = 2_000;

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
        StepField::Way(Some(way)) => named(way),
        StepField::Outcome(text) => within(text, LONGEST_COMMENT),
        _ => Ok(()),
    }
}

/// Refuses a playbook that says nothing, is too long, or whose steps and ways do not hang together.
pub(super) fn check_playbook(kept: &KeptPlaybook) -> Result<(), Refusal> {
    named(&kept.title)?;
    within(&kept.summary, LONGEST_COMMENT)?;
    if kept.steps.is_empty() {
        return Err(Refusal::Empty);
    }
    if kept.steps.len() > MOST_STEPS {
        return Err(Refusal::TooMany { limit: MOST_STEPS, count: kept.steps.len() });
    }
    let mut before: BTreeMap<&StepId, &KeptStep> = BTreeMap::new();
    for step in &kept.steps {
        named(&step.title)?;
        within(&step.how, LONGEST_COMMENT)?;
        let lies_well = step.within.as_ref().is_none_or(|within| {
            let fork = before.get(&within.step).and_then(|step| step.fork.as_ref());
            fork.is_some_and(|fork| fork.ways.contains(&within.way))
        });
        let is_new = before.insert(&step.id, step).is_none();
        if !is_new || !lies_well || step.phase.index().is_none() {
            return Err(Refusal::Misplaced(step.title.clone()));
        }
    }
    Ok(())
}

/// Refuses what a timeline event must not be.
pub(super) fn check_event(event: &TimelineEvent) -> Result<(), Refusal> {
    [
        EventField::Message(event.message.clone()),
        EventField::Kind(event.kind.clone()),
        EventField::Source(event.source.clone()),
    ]
    .iter()
    .try_for_each(check_event_field)
}

/// Refuses what a timeline event's field must not become.
pub(super) fn check_event_field(field: &EventField) -> Result<(), Refusal> {
    match field {
        EventField::Message(text) if text.trim().is_empty() => Err(Refusal::Empty),
        EventField::Message(text) => within(text, LONGEST_COMMENT),
        EventField::Kind(text) | EventField::Source(text) => within(text, LONGEST_NAME),
        EventField::At(_) | EventField::Entities(_) => Ok(()),
    }
}

/// Refuses what an evidence item must not be.
pub(super) fn check_evidence_item(item: &EvidenceItem) -> Result<(), Refusal> {
    [
        EvidenceField::Label(item.label.clone()),
        EvidenceField::Name(item.name.clone()),
        EvidenceField::Sha256(item.sha256.clone()),
        EvidenceField::Sha1(item.sha1.clone()),
        EvidenceField::Md5(item.md5.clone()),
        EvidenceField::FoundAt(item.found_at.clone()),
        EvidenceField::Identifier(item.identifier.clone()),
        EvidenceField::Note(item.note.clone()),
    ]
    .iter()
    .try_for_each(check_evidence_field)
}

/// Refuses what an evidence item's field must not become.
pub(super) fn check_evidence_field(field: &EvidenceField) -> Result<(), Refusal> {
    match field {
        EvidenceField::Name(name) => named(name),
        EvidenceField::Label(text) | EvidenceField::FoundAt(text) | EvidenceField::Identifier(text) => {
            within(text, LONGEST_NAME)
        }
        EvidenceField::Note(text) => within(text, LONGEST_COMMENT),
        EvidenceField::Sha256(text) => hash_or_nothing(text, SHA256_DIGITS),
        EvidenceField::Sha1(text) => hash_or_nothing(text, SHA1_DIGITS),
        EvidenceField::Md5(text) => hash_or_nothing(text, MD5_DIGITS),
        EvidenceField::Kind(_) | EvidenceField::Size(_) | EvidenceField::TakenFrom(_) => Ok(()),
    }
}

/// Refuses what cannot have happened to an evidence item, or does not say who and why.
pub(super) fn check_custody_event(event: &CustodyEvent) -> Result<(), Refusal> {
    named(&event.by)?;
    within(&event.why, LONGEST_REASON)?;
    if event.handling.needs_reason() && event.why.trim().is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    match &event.handling {
        Handling::Collected { kept_at, sha256 } => {
            within(kept_at, LONGEST_NAME)?;
            hash_or_nothing(sha256, SHA256_DIGITS)
        }
        Handling::HandedOver { to, kept_at } => {
            named(to)?;
            within(kept_at, LONGEST_NAME)
        }
        Handling::Moved { kept_at: name } | Handling::Returned { to: name } => named(name),
        Handling::HashChecked { sha256, expected } => {
            if sha256.is_empty() {
                return Err(Refusal::Empty);
            }
            hash_or_nothing(sha256, SHA256_DIGITS)?;
            hash_or_nothing(expected, SHA256_DIGITS)
        }
        Handling::Copied | Handling::Examined | Handling::Destroyed => Ok(()),
    }
}

/// Refuses a hash that is not written as it is kept: so many lower-case hexadecimal digits.
fn hash_or_nothing(text: &str, digits: usize) -> Result<(), Refusal> {
    let fits = text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if fits || text.is_empty() { Ok(()) } else { Err(Refusal::NotAHash { digits }) }
}
