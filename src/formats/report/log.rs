//! What people did and said: the activity log, the review and the notes.

use super::{Block, Cell, Entry, Fact, Source};
use crate::compact::Order as _;
use crate::model::{Activity, CopyId, Fingerprint, IncidentField, What, chain};

/// What was done and said, oldest first, and where its chains end; a comment that was taken back is marked.
pub(super) fn activity(source: &Source) -> Vec<Block> {
    let (words, log) = (&source.words().report, &source.words().log);
    let entries = &source.incident.activity;
    if entries.is_empty() {
        return vec![Block::Nothing(words.empty_activity.into())];
    }
    let time = |time: &crate::model::Time| source.clean.time(time);
    let entry = |entry: &Activity| {
        let said = match &entry.what {
            What::Comment(text) => Some(source.clean.text(text)),
            What::Merged { conflicts, .. } if !conflicts.is_empty() => {
                let lines: Vec<String> =
                    conflicts.iter().map(|conflict| log.conflict_line(conflict, &time)).collect();
                Some(source.clean.text(&lines.join("\n")))
            }
            _ => None,
        };
        let text = match entry.what {
            What::Comment(_) => format!("{} {}", entry.by, log.commented()),
            _ => log.sentence(entry, &time),
        };
        let retracted = is_retracted(entries, entry).then(|| words.retracted.to_owned());
        Entry { time: time(&entry.at), text: source.clean.line(&text), said, retracted }
    };
    let mut blocks = vec![Block::Log(entries.iter().map(entry).collect())];
    blocks.extend(proof(source));
    blocks
}

/// The heads of the log's chains, and how to check them.
fn proof(source: &Source) -> Vec<Block> {
    let words = &source.words().proof;
    let heads = chain::heads(&source.incident.activity);
    if heads.is_empty() {
        return Vec::new();
    }
    let fact = |(copy, head): (&CopyId, Fingerprint)| {
        Fact::new((words.head_of)(copy.as_str()), Cell::code(head.to_string()))
    };
    vec![
        Block::Heading(words.title.into()),
        Block::Facts(heads.into_iter().map(fact).collect()),
        Block::Prose(words.report_how.into()),
    ]
}

/// Whether the last word on a comment is that it is taken back.
fn is_retracted(entries: &[Activity], comment: &Activity) -> bool {
    matches!(comment.what, What::Comment(_))
        && entries
            .iter()
            .rev()
            .find_map(|entry| match &entry.what {
                What::Retracted { at, by, retracted } if *at == comment.at && *by == comment.by => {
                    Some(*retracted)
                }
                _ => None,
            })
            .unwrap_or(false)
}

/// What the review found.
pub(super) fn review(source: &Source) -> Vec<Block> {
    let (review, words) = (&source.incident.review, source.words());
    let questions = [
        IncidentField::ReviewWhatHappened(review.what_happened.clone()),
        IncidentField::ReviewWentWell(review.went_well.clone()),
        IncidentField::ReviewWentBadly(review.went_badly.clone()),
        IncidentField::ReviewDoDifferently(review.do_differently.clone()),
        IncidentField::ReviewPrevention(review.prevention.clone()),
    ];
    questions
        .iter()
        .flat_map(|question| {
            let answer = question.text();
            let answer = match answer.trim() {
                "" => Block::Nothing(words.report.not_answered.into()),
                answer => Block::Prose(source.clean.text(answer)),
            };
            [Block::Heading(words.fields.settable(question.name()).into_owned()), answer]
        })
        .collect()
}

/// The notes, oldest first.
pub(super) fn notes(source: &Source) -> Vec<Block> {
    let words = &source.words().report;
    let mut notes: Vec<_> = source.incident.notes.values().collect();
    notes.order_by_key(|note| &note.created);
    if notes.is_empty() {
        return vec![Block::Nothing(words.empty_notes.into())];
    }
    notes
        .into_iter()
        .map(|note| {
            let who = source.clean.line(&note.by);
            Block::Note(
                (words.note_by)(&who, &source.clean.time(&note.edited)),
                source.clean.note(&note.text),
            )
        })
        .collect()
}
