//! The checklist by phase: what was done, by whom and when, what was skipped and why, and what is open.

use super::{Block, Cell, Source, Table, Tone};
use crate::model::{Mark, Phase};
use crate::playbooks::{ChecklistStep, progress_of, steps_of};

/// What was done about the steps of each phase, and which are open.
pub(super) fn checklist(source: &Source) -> Vec<Block> {
    let (words, terms) = (&source.words().report, &source.words().vocabulary);
    let steps = steps_of(source.library, &source.incident.checklist);
    let mut blocks = Vec::new();
    for phase in Phase::OF_INCIDENT {
        // What was done on a way before another was chosen is part of what happened.
        let of_phase =
            |step: &&ChecklistStep| step.place.phase == phase && (step.applies || step.is_marked());
        let (decided, open): (Vec<_>, Vec<_>) =
            steps.iter().filter(of_phase).partition(|step| step.is_marked());
        let progress = progress_of(decided.iter().chain(&open).copied());
        if progress.total == 0 {
            continue;
        }
        let name = terms.phase(phase);
        let how_far = (words.progress_of)(progress.done, progress.skipped, progress.total);
        blocks.push(Block::Heading(format!("{name}: {how_far}")));
        if decided.is_empty() {
            blocks.push(Block::Nothing(words.not_started.into()));
        } else {
            blocks.push(Block::Table(Table {
                caption: format!("{}: {name}", words.checklist),
                columns: [words.step, words.decision, words.who, words.when, words.outcome]
                    .map(str::to_owned)
                    .into(),
                rows: decided.into_iter().map(|step| decided_row(source, step)).collect(),
            }));
        }
        if !open.is_empty() {
            blocks.push(Block::Heading(format!("{name}: {}", (words.open_steps)(open.len()))));
            blocks.push(Block::List(open.into_iter().map(|step| open_line(source, step)).collect()));
        }
    }
    blocks
}

fn decided_row(source: &Source, step: &ChecklistStep) -> Vec<Cell> {
    let words = &source.words().report;
    let marked = step.state.marked.as_ref();
    let mark = marked.map(|marked| &marked.mark);
    let decision = source.words().vocabulary.mark(mark);
    let decision = match mark {
        Some(Mark::Skipped(reason)) => Cell::toned(decision, Tone::Quiet).with([source.clean.line(reason)]),
        _ => Cell::toned(decision, Tone::Good),
    };
    vec![
        Cell::new(source.clean.line(step.title(source.language()))).with(about(source, step)),
        decision,
        Cell::new(marked.map(|marked| source.clean.line(&marked.by)).unwrap_or_default()),
        Cell::new(marked.map(|marked| source.clean.time(&marked.at)).unwrap_or_default()),
        Cell::new(source.clean.line(&step.state.outcome))
            .with(step.state.assignee.as_ref().map(|who| source.clean.line(&(words.assigned_to)(who)))),
    ]
}

fn about(source: &Source, step: &ChecklistStep) -> Option<String> {
    let shown = source.incident.shown_among(&step.state.entities);
    let names: Vec<_> = shown
        .iter()
        .filter_map(|id| source.incident.entity(id))
        .map(|entity| source.clean.entity(&entity))
        .chain(
            step.state
                .evidence
                .iter()
                .filter_map(|id| source.incident.evidence.get(id))
                .map(|item| source.clean.line(&item.title())),
        )
        .collect();
    (!names.is_empty()).then(|| (source.words().report.about)(&names.join(", ")))
}

fn open_line(source: &Source, step: &ChecklistStep) -> String {
    let words = &source.words().report;
    let mut parts = vec![source.clean.line(step.title(source.language()))];
    parts.extend(step.state.assignee.as_ref().map(|who| source.clean.line(&(words.assigned_to)(who))));
    parts.extend(step.state.due.as_ref().map(|due| (words.due)(&source.clean.time(due))));
    parts.extend((!step.state.outcome.trim().is_empty()).then(|| source.clean.line(&step.state.outcome)));
    parts.extend(about(source, step));
    parts.join(" · ")
}
