//! The activity log: who did what and when, newest first, and what people said.

use leptos::prelude::*;
use std::collections::BTreeMap;

mod proof;

use super::{
    filter_chips::{Choice, FilterChips},
    here::{Here, use_here},
};
use crate::{
    app::{
        parts::{
            button::{Button, ButtonKind},
            empty_state::EmptyState,
            field::TextArea,
            icon::{Icon, IconView},
            time::{Time as TimeView, TimeStyle, format_time},
        },
        prefs::{use_prefs, use_words},
    },
    model::{Activity, Time, What, activity::LONGEST_COMMENT, chain},
    notebook::{Act, apply::is_retracted},
};

/// Entries that are drawn at once; the rest on demand.
const PAGE: usize = 100;

/// The kinds of entries that can be asked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum EntryKind {
    Change,
    Comment,
    Import,
}

impl EntryKind {
    const ALL: [Self; 3] = [Self::Change, Self::Comment, Self::Import];

    const fn code(self) -> &'static str {
        match self {
            Self::Change => "changes",
            Self::Comment => "comments",
            Self::Import => "imports",
        }
    }

    fn of(what: &What) -> Self {
        match what {
            What::Comment(_) | What::Retracted { .. } => Self::Comment,
            What::Imported { .. }
            | What::Created
            | What::Merged { .. }
            | What::Unmerged
            | What::PutBack
            | What::CopyBegun(_)
            | What::IncidentsDeleted { .. }
            | What::IncidentsPutBack { .. }
            | What::CopyMerged { .. }
            | What::CopyUnmerged(_)
            | What::PlaybookKept { .. }
            | What::Restored(_) => Self::Import,
            What::Set { .. }
            | What::Added(_)
            | What::Removed(_)
            | What::Custody { .. }
            | What::CustodyWithdrawn { .. } => Self::Change,
        }
    }
}

/// The tab.
#[component]
pub fn ActivityLog() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let (kinds, person) = (here.asked("kind"), here.asked("by"));
    let entries = here.slice(|incident| incident.activity.clone());
    let shown = Memo::new(move |_| {
        let (kinds, person) = (kinds.get(), person.get());
        let kinds: Vec<&str> = kinds.split(',').filter(|kind| !kind.is_empty()).collect();
        entries.with(|entries| {
            entries
                .iter()
                .enumerate()
                .rev()
                .filter(|(_, entry)| kinds.is_empty() || kinds.contains(&EntryKind::of(&entry.what).code()))
                .filter(|(_, entry)| person.is_empty() || entry.by == person)
                .map(|(place, entry)| (place, chain::mark(entry)))
                .collect::<Vec<_>>()
        })
    });
    let by_kind = Signal::derive(move || {
        let mut counts: BTreeMap<EntryKind, usize> = BTreeMap::new();
        entries.with(|entries| {
            for entry in entries {
                *counts.entry(EntryKind::of(&entry.what)).or_default() += 1;
            }
        });
        let label = |kind| match kind {
            EntryKind::Change => texts.changes,
            EntryKind::Comment => texts.comments,
            EntryKind::Import => texts.imports,
        };
        EntryKind::ALL
            .map(|kind| Choice {
                code: kind.code().to_owned(),
                label: label(kind).to_owned(),
                count: counts.get(&kind).copied().unwrap_or_default(),
            })
            .to_vec()
    });
    let by_person = Signal::derive(move || {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        entries.with(|entries| {
            for entry in entries {
                *counts.entry(entry.by.clone()).or_default() += 1;
            }
        });
        let choices =
            counts.into_iter().map(|(name, count)| Choice { code: name.clone(), label: name, count });
        choices.collect::<Vec<_>>()
    });
    let hashes = RwSignal::new(false);
    let limit = RwSignal::new(PAGE);
    let drawn = Memo::new(move |_| {
        let limit = limit.get();
        shown.with(|shown| shown.iter().take(limit).cloned().collect::<Vec<_>>())
    });
    view! {
        <div class="stack">
            <CommentForm/>
            <div class="incident-filters">
                <FilterChips key_in_address="kind" label=texts.activity_kind choices=by_kind/>
                <Show when=move || by_person.with(|people| people.len() > 1)>
                    <FilterChips key_in_address="by" label=texts.person choices=by_person single=true/>
                </Show>
            </div>
            <Show
                when=move || !shown.with(Vec::is_empty)
                fallback=move || {
                    view! {
                        <EmptyState icon=Icon::Clock title=texts.no_activity text=texts.no_activity_text>
                            <Button label=texts.clear_filters on_press=move || here.ask_nothing()/>
                        </EmptyState>
                    }
                }
            >
                <ol class="incident-log">
                    <For each=move || drawn.get() key=Clone::clone let:named>
                        <Entry place=named.0 hashes/>
                    </For>
                </ol>
                <Show when=move || shown.with(Vec::len) != drawn.with(Vec::len)>
                    <Button
                        label=texts.show_more
                        on_press=move || limit.update(|limit| *limit += PAGE)
                    />
                </Show>
                <proof::LogProof hashes/>
            </Show>
        </div>
    }
}

/// The entry at this place of the log.
#[component]
fn Entry(place: usize, hashes: RwSignal<bool>) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let zone = use_prefs().zone();
    let Some(entry) = here.now(|incident| incident.activity.get(place).cloned()).flatten() else {
        return ().into_any();
    };
    let at = view! {
        <TimeView at=entry.at.millis() original=entry.at.text().to_owned() style=TimeStyle::Second/>
    };
    if let What::Comment(text) = &entry.what {
        return view! { <Comment entry=entry.clone() text=text.clone() hashes/> }.into_any();
    }
    let icon = match EntryKind::of(&entry.what) {
        EntryKind::Import => Icon::Upload,
        EntryKind::Comment => Icon::Undo,
        EntryKind::Change => Icon::Edit,
    };
    let hash = view! { <proof::Hash link=entry.chain.clone() hashes/> };
    let by = entry.by.clone();
    let conflicts = match &entry.what {
        What::Merged { conflicts, .. } => conflicts.clone(),
        _ => Vec::new(),
    };
    let conflicts: Vec<_> = conflicts
        .into_iter()
        .map(|conflict| {
            let line = move || {
                let time = |at: &Time| format_time(at.millis(), words.lang, zone.get(), TimeStyle::Minute);
                words.log.conflict_line(&conflict, &time)
            };
            view! { <li>{line}</li> }
        })
        .collect();
    let conflicts =
        (!conflicts.is_empty()).then(|| view! { <ul class="incident-entry-conflicts">{conflicts}</ul> });
    let predicate = move || {
        let time = |at: &Time| format_time(at.millis(), words.lang, zone.get(), TimeStyle::Minute);
        words.log.predicate(&entry, &time)
    };
    view! {
        <li class="incident-entry">
            <IconView icon/>
            <div class="incident-entry-text">
                <strong>{by}</strong>
                " "
                {predicate}
                {hash}
                {conflicts}
            </div>
            {at}
        </li>
    }
    .into_any()
}

/// Something that somebody said; its writer can take it back.
#[component]
fn Comment(entry: Activity, text: String, hashes: RwSignal<bool>) -> impl IntoView {
    let here = use_here();
    let texts = &use_words().incident;
    let (at, by) = (entry.at.clone(), entry.by.clone());
    let retracted = here.slice(move |incident| is_retracted(&incident.activity, &at, &by));
    let own = entry.by == here.state().author();
    let stored = StoredValue::new(entry.clone());
    let retract = move |taken_back: bool| {
        let entry = stored.get_value();
        here.act(|incident, _| Act::Retract(incident.id.clone(), entry.at, entry.by, taken_back));
    };
    let text = StoredValue::new(text);
    view! {
        <li class="incident-entry incident-comment">
            <IconView icon=Icon::Note/>
            <div class="incident-entry-text">
                <span class="cluster">
                    <strong>{entry.by.clone()}</strong>
                    <TimeView at=entry.at.millis() original=entry.at.text().to_owned() style=TimeStyle::Second/>
                </span>
                <Show
                    when=move || !retracted.get()
                    fallback=move || view! { <p class="muted">{texts.comment_retracted}</p> }
                >
                    <p class="incident-text">{text.get_value()}</p>
                </Show>
                <proof::Hash link=entry.chain.clone() hashes/>
            </div>
            <Show when=move || own && here.can_write().get()>
                {move || {
                    let taken_back = retracted.get();
                    let label = if taken_back { texts.comment_restore } else { texts.comment_retract };
                    view! {
                        <Button
                            label
                            small=true
                            kind=ButtonKind::Ghost
                            on_press=move || retract(!taken_back)
                        />
                    }
                }}
            </Show>
        </li>
    }
}

/// Where a comment is written.
#[component]
fn CommentForm() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let draft = RwSignal::new(String::new());
    let length = Memo::new(move |_| draft.with(|draft| draft.chars().count()));
    let error = Signal::derive(move || {
        (length.get() > LONGEST_COMMENT).then(|| (texts.comment_too_long)(length.get(), LONGEST_COMMENT))
    });
    let cannot = Signal::derive(move || {
        here.cannot_write().get()
            || draft.with(|draft| draft.trim().is_empty())
            || length.get() > LONGEST_COMMENT
    });
    let say = move || {
        if say(here, &draft.get_untracked()) {
            draft.set(String::new());
        }
    };
    view! {
        <div class="incident-comment-form">
            <TextArea
                label=texts.comment
                value=draft
                rows=2
                error
                disabled=here.cannot_write()
                placeholder=texts.comment_example
                on_input=move |text| draft.set(text)
            />
            <div class="incident-form-actions">
                <span class="muted">
                    {move || {
                        format!("{} / {}", words.amounts.number(length.get()), words.amounts.number(LONGEST_COMMENT))
                    }}
                </span>
                <Button label=texts.comment_add kind=ButtonKind::Primary disabled=cannot on_press=say/>
            </div>
        </div>
    }
}

fn say(here: Here, text: &str) -> bool {
    here.act(|incident, _| Act::Comment(incident.id.clone(), text.trim().to_owned()))
}
