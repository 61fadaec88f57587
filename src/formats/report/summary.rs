//! The first page: name, state, conclusion, response times, progress, and what is affected.

use super::{Bar, Block, Cell, Fact, Source, Table, Tone};
use crate::analysis::figures::response_times;
use crate::analysis::priority::{Band, priority};
use crate::compact::Order as _;
use crate::formats::portal::is_portal_link;
use crate::model::taxonomy::{Severity, Status, Verdict};
use crate::model::{Clock, Entity, EntityKind, Phase};
use crate::notebook::Row;
use crate::playbooks::{progress_of, steps_of};
use std::collections::BTreeSet;

/// How many names of one kind the first page shows.
const MOST_NAMES: usize = 12;

/// How many reasons of the priority it shows.
const MOST_REASONS: usize = 6;

/// What the outside world and the notebook call the incident.
pub(super) fn ids(source: &Source) -> Vec<String> {
    let words = &source.words().report;
    let outside = source.incident.origins.iter().map(|origin| {
        let system = match origin.system.as_str() {
            "defender" => "Microsoft Defender",
            other => other,
        };
        let tenant = origin.tenant.as_deref().map(|tenant| format!(" ({})", (words.tenant)(tenant)));
        source.clean.line(&format!("{system} {}{}", origin.id, tenant.unwrap_or_default()))
    });
    outside.chain([format!("{} {}", words.notebook_id, source.incident.id)]).collect()
}

/// When and by whom it was made, and how it is to be read.
pub(super) fn preface(source: &Source, author: &str) -> Vec<String> {
    let words = &source.words().report;
    let (now, author) = (source.clean.time(source.now), source.clean.line(author));
    let made = if author.is_empty() { (words.made_by_nobody)(&now) } else { (words.made)(&now, &author) };
    let times = match source.clean.offset_minutes {
        Some(minutes) => (words.times_offset)(&source.now.at_offset(minutes).format("%:z").to_string()),
        None => words.times_utc.to_owned(),
    };
    let addresses = if source.clean.defang { words.defanged } else { words.live };
    vec![made, times, addresses.to_owned()]
}

pub(super) fn severity(source: &Source, severity: &Severity) -> Cell {
    let tone = match severity {
        Severity::High => Tone::Bad,
        Severity::Medium => Tone::Warning,
        Severity::Low => Tone::Low,
        Severity::Informational | Severity::Unknown | Severity::Other(_) => Tone::Quiet,
    };
    Cell::toned(source.clean.line(&source.words().vocabulary.severity(severity)), tone)
}

/// The summary.
pub(super) fn summary(source: &Source) -> Vec<Block> {
    let (incident, words) = (source.incident, &source.words().report);
    let mut blocks = vec![Block::Figures(figures(source))];
    if !incident.description.trim().is_empty() {
        blocks.push(Block::Heading(words.description.into()));
        blocks.push(Block::Prose(source.clean.text(&incident.description)));
    }
    blocks.push(Block::Heading(words.conclusion.into()));
    blocks.push(match incident.closing_note.trim() {
        "" => Block::Nothing(words.no_closing_note.into()),
        note => Block::Prose(source.clean.text(note)),
    });
    blocks.push(Block::Heading(words.clocks.into()));
    blocks.push(Block::Table(clocks(source)));
    blocks.push(Block::Heading(words.progress.into()));
    blocks.push(Block::Progress(progress(source)));
    blocks.push(Block::Heading(words.facts.into()));
    blocks.push(Block::Facts(facts(source)));
    blocks
}

fn figures(source: &Source) -> Vec<Fact> {
    let (incident, words, terms) = (source.incident, &source.words().report, &source.words().vocabulary);
    let status_tone = match incident.status {
        Status::Resolved => Tone::Good,
        Status::AwaitingAction => Tone::Warning,
        _ => Tone::Plain,
    };
    let status = Cell::toned(source.clean.line(&terms.status(&incident.status)), status_tone);
    let urgency = priority(&Row::of(incident), source.now);
    let priority_tone = match urgency.band() {
        Band::Top => Tone::Bad,
        Band::Medium => Tone::Warning,
        Band::Low => Tone::Quiet,
    };
    let computed = urgency.computed.map(words.priority_computed);
    let priority = Cell::toned((words.priority_of)(urgency.value), priority_tone).with(computed);
    let classification = Cell::new(source.clean.line(&terms.classification(&incident.classification)))
        .with([source.clean.line(&terms.determination(&incident.determination))]);
    let assignee = match &incident.assignee {
        Some(name) => Cell::new(source.clean.line(name)),
        None => Cell::toned(words.unassigned, Tone::Quiet),
    };
    vec![
        Fact::new(words.severity, severity(source, &incident.severity)),
        Fact::new(words.status, status),
        Fact::new(words.priority, priority),
        Fact::new(words.classification, classification),
        Fact::new(words.assignee, assignee),
    ]
}

fn clocks(source: &Source) -> Table {
    let (words, amounts) = (&source.words().report, &source.words().amounts);
    let times = response_times(&source.incident.clocks);
    let took = |millis: Option<i64>, say: fn(&str) -> String| {
        millis.map(|millis| say(&amounts.duration(millis))).unwrap_or_default()
    };
    let rows = Clock::ALL.into_iter().map(|clock| {
        let time = match clock.of(&source.incident.clocks) {
            Some(time) => Cell::new(source.clean.time(time)),
            None => Cell::toned(words.not_yet, Tone::Quiet),
        };
        let took = match clock {
            Clock::Acknowledged => took(times.to_acknowledge, words.took_to_acknowledge),
            Clock::Contained => took(times.to_contain, words.took_to_contain),
            Clock::Resolved => took(times.to_remediate, words.took_to_remediate),
            Clock::Noticed | Clock::Reviewed => String::new(),
        };
        vec![Cell::new(source.words().vocabulary.clock(clock)), time, Cell::new(took)]
    });
    Table {
        caption: words.clocks.into(),
        columns: [words.moment, words.time, words.took].map(str::to_owned).into(),
        rows: rows.collect(),
    }
}

fn progress(source: &Source) -> Vec<Bar> {
    let steps = steps_of(source.library, &source.incident.checklist);
    Phase::OF_INCIDENT
        .into_iter()
        .map(|phase| {
            let progress = progress_of(steps.iter().filter(|step| step.place.phase == phase));
            Bar {
                label: source.words().vocabulary.phase(phase).into(),
                text: (source.words().report.progress_of)(progress.done, progress.skipped, progress.total),
                per_mille: progress.per_mille(),
            }
        })
        .collect()
}

fn facts(source: &Source) -> Vec<Fact> {
    let (incident, words) = (source.incident, &source.words().report);
    let mut facts = Vec::new();
    let mut add = |label: &str, value: Cell| {
        if !value.text.is_empty() {
            facts.push(Fact::new(label, value));
        }
    };
    let joined =
        |parts: BTreeSet<String>| source.clean.line(&parts.into_iter().collect::<Vec<_>>().join(", "));
    add(words.created, Cell::new(source.clean.time(&incident.created)));
    let activity = [incident.first_activity(), incident.last_activity()];
    let activity = activity.into_iter().flatten().map(|time| source.clean.time(time)).collect::<Vec<_>>();
    add(words.first_and_last, Cell::new(activity.join(" – ")));
    let products = incident.alerts.values().map(|alert| &alert.service_source);
    let products = products.map(|product| source.words().vocabulary.service_source(product).into_owned());
    add(words.products, Cell::new(joined(products.collect())));
    let techniques = incident.techniques().into_iter().map(str::to_owned);
    add(words.techniques, Cell::new(joined(techniques.collect())));
    let tags = incident.tags.union(&incident.system_tags).cloned();
    add(words.tags, Cell::new(joined(tags.collect())));
    let scenarios = incident.checklist.scenarios.iter().map(|id| {
        let book = source.library.playbook(id.as_str());
        book.map_or(id.as_str(), |book| book.words(source.language()).title).to_owned()
    });
    add(words.scenarios, Cell::new(joined(scenarios.collect())));
    if let Some(link) = &incident.link {
        let safe = is_portal_link(link).then(|| link.clone());
        // What may be opened is written as it is: it leads to the product, not to the attacker.
        let text = if safe.is_some() { link.clone() } else { source.clean.indicator(link) };
        add(words.portal, Cell { link: safe, ..Cell::code(text) });
    }
    add(words.why_priority, Cell::new(reasons(source).join(" · ")));
    facts
}

fn reasons(source: &Source) -> Vec<String> {
    let urgency = priority(&Row::of(source.incident), source.now);
    urgency
        .reasons
        .iter()
        .take(MOST_REASONS)
        .map(|(reason, points)| {
            let reason = source.clean.line(&source.words().reasons.priority(reason));
            if *points == 0 { reason } else { format!("{reason} (+{points})") }
        })
        .collect()
}

/// What is affected: the assets by name, the evidence by verdict.
pub(super) fn affected(source: &Source) -> Vec<Block> {
    let words = &source.words().report;
    let mut rows = Vec::new();
    let shown = source.incident.shown_entities();
    for kind in EntityKind::ALL.iter().copied() {
        let mut entities: Vec<&Entity> =
            shown.iter().map(AsRef::as_ref).filter(|entity: &&Entity| entity.kind() == kind).collect();
        if entities.is_empty() {
            continue;
        }
        entities.order_by_key(|entity| {
            (!entity.critical, std::cmp::Reverse(entity.verdict.weight()), entity.name())
        });
        let mut names: Vec<String> = if kind.is_asset() {
            entities.iter().take(MOST_NAMES).map(|entity| source.clean.entity(entity)).collect()
        } else {
            judged(source, &entities)
        };
        if kind.is_asset() && entities.len() > MOST_NAMES {
            names.push((words.and_more)(entities.len() - MOST_NAMES));
        }
        let critical = entities.iter().filter(|entity| entity.critical).count();
        rows.push(vec![
            Cell::new(source.words().vocabulary.entity_kinds(kind)),
            Cell::new(entities.len().to_string()),
            Cell::new(names.join(", "))
                .with((critical > 0).then(|| format!("{}: {critical}", words.critical))),
        ]);
    }
    if rows.is_empty() {
        return vec![Block::Nothing(words.empty_affected.into())];
    }
    vec![Block::Table(Table {
        caption: words.affected.into(),
        columns: [words.kind_column, words.count, words.which].map(str::to_owned).into(),
        rows,
    })]
}

/// How many entities have which verdict, worst first.
fn judged(source: &Source, entities: &[&Entity]) -> Vec<String> {
    let mut counts: Vec<(&Verdict, usize)> = Vec::new();
    for entity in entities {
        match counts.iter_mut().find(|(verdict, _)| **verdict == entity.verdict) {
            Some((_, count)) => *count += 1,
            None => counts.push((&entity.verdict, 1)),
        }
    }
    let terms = &source.words().vocabulary;
    counts
        .into_iter()
        .map(|(verdict, n)| source.clean.line(&format!("{}: {n}", terms.verdict(verdict))))
        .collect()
}
