//! The evidence items: each with what identifies it, where it is now, and its chain of custody.

use super::{Block, Cell, Source, Table, Tone};
use crate::compact::Order as _;
use crate::model::{EvidenceItem, What};
use crate::notebook::custody::{Link, Whereabouts, chain, custody};

/// A table of the items, then the custody of each.
pub(super) fn evidence(source: &Source) -> Vec<Block> {
    let words = &source.words().report;
    let mut items: Vec<&EvidenceItem> = source.incident.evidence.values().collect();
    if items.is_empty() {
        return vec![Block::Nothing(words.empty_evidence.into())];
    }
    items.order_by_key(|item| (item.label.clone(), item.name.clone()));
    let mut blocks = vec![Block::Table(Table {
        caption: words.evidence_items.into(),
        columns: [words.evidence_item, words.hashes, words.taken_from, words.kept].map(str::to_owned).into(),
        rows: items.iter().map(|item| row(source, item)).collect(),
    })];
    for item in items {
        let heading = (words.custody_of)(&source.clean.line(&item.title()));
        blocks.push(Block::Heading(heading.clone()));
        blocks.push(Block::Table(Table {
            caption: heading,
            columns: [words.when, words.who, words.event, words.recorded].map(str::to_owned).into(),
            rows: chain(source.incident, &item.id).iter().map(|link| link_row(source, link)).collect(),
        }));
    }
    blocks
}

fn row(source: &Source, item: &EvidenceItem) -> Vec<Cell> {
    let (words, clean) = (source.words(), &source.clean);
    let kind = clean.line(&words.vocabulary.evidence_kind(&item.kind));
    let size = item.size.map(|size| words.amounts.bytes(size));
    let others = [("SHA-1", &item.sha1), ("MD5", &item.md5)]
        .into_iter()
        .filter(|(_, digits)| !digits.is_empty())
        .map(|(name, digits)| format!("{name} {}", clean.line(digits)));
    let entity = item.taken_from.as_ref().and_then(|id| source.incident.entity(id));
    vec![
        Cell::new(clean.line(&item.title())).with(
            [kind].into_iter().chain(size).chain([clean.line(&item.identifier), clean.line(&item.note)]),
        ),
        Cell::code(clean.line(&item.sha256)).with(others),
        Cell::new(entity.map(|entity| clean.entity(&entity)).unwrap_or_default())
            .with([clean.line(&item.found_at)]),
        kept(source, item),
    ]
}

/// Who has it and where, and whether it still was what it was when that was last looked at.
fn kept(source: &Source, item: &EvidenceItem) -> Cell {
    let (words, clean) = (&source.words().report, &source.clean);
    let now = custody(source.incident, &item.id);
    let holder = clean.line(now.holder);
    let (text, tone) = match now.whereabouts {
        Whereabouts::Unrecorded => (words.custody_unrecorded.to_owned(), Tone::Warning),
        Whereabouts::Held => (holder, Tone::Plain),
        Whereabouts::Returned => ((words.custody_returned)(&holder), Tone::Quiet),
        Whereabouts::Destroyed => (words.custody_destroyed.to_owned(), Tone::Quiet),
    };
    let checked = now.checked.map(|(at, matches)| {
        let said = if matches { words.hash_matched } else { words.hash_differed };
        said(&clean.time(at))
    });
    let tone = if now.checked.is_some_and(|(_, matches)| !matches) { Tone::Bad } else { tone };
    let gap = now.has_gap.then(|| words.custody_has_gap.to_owned());
    Cell::toned(text, tone).with([clean.line(now.kept_at)].into_iter().chain(checked).chain(gap))
}

fn link_row(source: &Source, link: &Link) -> Vec<Cell> {
    let (words, clean, log) = (&source.words().report, &source.clean, &source.words().log);
    let time = |time: &crate::model::Time| clean.time(time);
    let recorded = format!("{}, {}", clean.line(&link.entry.by), time(&link.entry.at));
    let (at, by, what) = match &link.entry.what {
        What::Custody { event, .. } => (&event.at, &event.by, log.handling(event)),
        _ => (&link.entry.at, &link.entry.by, log.predicate(link.entry, &time)),
    };
    let hash = match &link.entry.what {
        What::Custody { event, .. } => event.handling.sha256().map(|digits| format!("SHA-256 {digits}")),
        _ => None,
    };
    let mut what = Cell::new(clean.line(&what)).with(hash.map(|hash| clean.line(&hash)));
    if let Some(holder) = link.gap.filter(|_| link.withdrawn.is_none()) {
        what = Cell { tone: Tone::Warning, ..what }.with([(words.custody_gap)(&clean.line(holder))]);
    }
    if let Some(withdrawn) = link.withdrawn {
        let who = clean.line(&withdrawn.by);
        let why = match &withdrawn.what {
            What::CustodyWithdrawn { why, .. } => clean.line(why),
            _ => String::new(),
        };
        what = Cell { tone: Tone::Quiet, ..what }.with([(words.withdrawn)(&who, &time(&withdrawn.at)), why]);
    }
    vec![Cell::new(time(at)), Cell::new(clean.line(by)), what, Cell::new(recorded)]
}
