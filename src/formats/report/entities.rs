//! Every entity with its verdict, what was done about it and the parts it plays: assets first, then evidence.

use super::{Block, Cell, Source, Table, Tone};
use crate::compact::Order as _;
use crate::model::taxonomy::{RemediationStatus, Verdict};
use crate::model::{Entity, EntityKind, Facts};

/// Every entity, a table for each kind.
pub(super) fn entities(source: &Source) -> Vec<Block> {
    let words = &source.words().report;
    let mut blocks = Vec::new();
    let shown = source.incident.shown_entities();
    for (is_asset, group) in [(true, words.assets), (false, words.evidence)] {
        for kind in EntityKind::ALL.iter().copied().filter(|kind| kind.is_asset() == is_asset) {
            let mut entities: Vec<_> = shown.iter().filter(|entity| entity.kind() == kind).collect();
            if entities.is_empty() {
                continue;
            }
            entities.order_by_key(|entity| (std::cmp::Reverse(entity.verdict.weight()), entity.name()));
            let heading = format!("{group}: {}", source.words().vocabulary.entity_kinds(kind));
            blocks.push(Block::Heading(heading.clone()));
            blocks.push(Block::Table(Table {
                caption: heading,
                columns: [words.name, words.verdict, words.remediation, words.roles, words.details]
                    .map(str::to_owned)
                    .into(),
                rows: entities.into_iter().map(|entity| row(source, entity)).collect(),
            }));
        }
    }
    if blocks.is_empty() {
        blocks.push(Block::Nothing(words.empty_entities.into()));
    }
    blocks
}

fn row(source: &Source, entity: &Entity) -> Vec<Cell> {
    let (words, terms) = (&source.words().report, &source.words().vocabulary);
    let name = source.clean.entity(entity);
    let marks = entity.critical.then(|| words.critical.to_owned()).into_iter();
    let tags = entity.tags.iter().map(|tag| source.clean.line(tag));
    let code = !matches!(entity.kind(), EntityKind::MailMessage | EntityKind::Other);
    let roles = entity.roles().into_iter().map(|role| terms.role(role).into_owned()).collect::<Vec<_>>();
    vec![
        Cell { code, ..Cell::new(name.clone()) }.with(marks.chain(tags)),
        verdict(source, &entity.verdict),
        remediation(source, &entity.remediation),
        Cell::new(source.clean.line(&roles.join(", "))),
        Cell::default().with(details(source, entity, &name)),
    ]
}

fn verdict(source: &Source, verdict: &Verdict) -> Cell {
    let tone = match verdict {
        Verdict::Malicious => Tone::Bad,
        Verdict::Suspicious => Tone::Warning,
        Verdict::NoThreatsFound => Tone::Good,
        Verdict::Unknown | Verdict::Other(_) => Tone::Quiet,
    };
    Cell::toned(source.clean.line(&source.words().vocabulary.verdict(verdict)), tone)
}

fn remediation(source: &Source, status: &RemediationStatus) -> Cell {
    use RemediationStatus as R;
    let tone = match status {
        _ if status.is_failed() => Tone::Bad,
        R::PendingApproval | R::Running => Tone::Warning,
        R::Remediated | R::Prevented | R::Blocked => Tone::Good,
        _ => Tone::Quiet,
    };
    Cell::toned(source.clean.line(&source.words().vocabulary.remediation(status)), tone)
}

/// What is known of it besides its name, where it was seen, and what the responder wrote about it.
fn details(source: &Source, entity: &Entity, name: &str) -> Vec<String> {
    let words = source.words();
    let kind = entity.kind();
    let mut lines: Vec<String> = entity
        .facts
        .fields()
        .into_iter()
        .map(|(field, value)| (words.fields.entity(field), source.clean.value(kind, field, &value)))
        .filter(|(_, value)| value != name)
        .map(|(label, value)| format!("{label}: {value}"))
        .collect();
    if let Facts::Other(other) = &entity.facts {
        lines.push(source.clean.line(&other.type_name));
    }
    if !entity.sightings.is_empty() {
        let alerts: std::collections::BTreeSet<_> = entity.sightings.iter().map(|seen| &seen.alert).collect();
        lines.push((words.report.seen_in)(&words.amounts.alerts(alerts.len())));
    }
    if !entity.note.trim().is_empty() {
        lines.push(format!("{}: {}", words.fields.settable("note"), source.clean.line(&entity.note)));
    }
    lines
}
