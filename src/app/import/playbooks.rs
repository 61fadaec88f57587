//! The playbooks of an import: where they come from, which the notebook has already, and which of them to keep.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;
use sha2::{Digest, Sha256};

use super::{Import, Source, raw::Raw};
use crate::compact::Gather as _;
use crate::{
    app::{
        hashing::hex,
        parts::{
            badge::{Badge, Tone},
            disclosure::Disclosure,
        },
        prefs::use_words,
    },
    model::{KeptPlaybook, Phase},
    notebook::{Act, Notebook, merge::Outcome},
};

/// A playbook of a file, as it would be kept.
#[derive(Clone)]
pub(super) struct Offered {
    pub playbook: Arc<KeptPlaybook>,
    /// New, another version of one that is kept, or known.
    pub outcome: Outcome,
}

/// Says in each playbook which file it comes from. Reading took the bytes, so they are asked for once more.
pub(super) async fn sign(raw: &Raw, playbooks: &mut [KeptPlaybook]) {
    if playbooks.is_empty() {
        return;
    }
    let Some(bytes) = raw.bytes().await else { return };
    let sha256 = hex(&Sha256::digest(&bytes));
    for playbook in playbooks {
        playbook.source.file = raw.name();
        playbook.source.size = u64::try_from(bytes.len()).ok();
        playbook.source.sha256.clone_from(&sha256);
    }
}

/// Compares playbooks with those that are kept. One that was renamed here keeps the name it has here.
pub(super) fn compare(notebook: &Notebook, playbooks: Vec<KeptPlaybook>) -> Vec<Offered> {
    let kept = &notebook.preparation().playbooks;
    let offered = |mut playbook: KeptPlaybook| {
        let Some(known) = kept.get(&playbook.id) else {
            return Offered { playbook: Arc::new(playbook), outcome: Outcome::New };
        };
        if known.title != known.source.title {
            playbook.title.clone_from(&known.title);
        }
        let source = known.source.clone();
        let same = **known == KeptPlaybook { source, ..playbook.clone() };
        let outcome = if same { Outcome::Unchanged } else { Outcome::Updated };
        Offered { playbook: Arc::new(playbook), outcome }
    };
    playbooks.into_iter().map(offered).collect()
}

/// The playbooks that there is something new in, each with its key in the preview.
pub(super) fn news(sources: &[Source]) -> impl Iterator<Item = (String, &Offered)> {
    sources.iter().enumerate().flat_map(|(at, source)| {
        let offered = source.found.as_ref().map_or(&[][..], |found| &found.playbooks);
        let news = offered.iter().filter(|offered| super::is_news(offered.outcome));
        news.map(move |offered| (format!("{at}:{}", offered.playbook.id), offered))
    })
}

impl Import {
    /// What keeping the playbooks that were chosen comes to; the last of several versions of one counts.
    pub(super) fn keep_playbooks(self, sources: &[Source]) -> Vec<Act> {
        let chosen = self.kept.get_untracked();
        let taken = news(sources).filter(|(key, _)| chosen.contains(key));
        let by_id: std::collections::BTreeMap<_, _> =
            taken.map(|(_, offered)| (&offered.playbook.id, Arc::clone(&offered.playbook))).collect();
        by_id.into_values().map(Act::KeepPlaybook).collect()
    }

    pub(super) fn choose_playbooks(self, sources: &[Source]) {
        self.kept.set(news(sources).map(|(key, _)| key).gather::<BTreeSet<_>>());
    }
}

/// The playbooks of all files, each to be kept or left.
#[component]
pub(super) fn Playbooks(import: Import, sources: Arc<Vec<Source>>) -> impl IntoView {
    let words = use_words();
    let texts = &words.kept;
    let keys: BTreeSet<String> = news(&sources).map(|(key, _)| key).gather();
    let all: Vec<_> = sources
        .iter()
        .enumerate()
        .flat_map(|(at, source)| {
            let offered = source.found.as_ref().map_or(&[][..], |found| &found.playbooks);
            offered.iter().map(move |offered| (format!("{at}:{}", offered.playbook.id), offered.clone()))
        })
        .collect();
    if all.is_empty() {
        return ().into_any();
    }
    let one = move |(key, offered): (String, Offered)| {
        let playbook = Arc::clone(&offered.playbook);
        let (label, tone) = match offered.outcome {
            Outcome::New => (texts.new, Tone::Accent),
            Outcome::Updated | Outcome::Older => (texts.updated, Tone::Success),
            Outcome::Unchanged => (texts.unchanged, Tone::Neutral),
        };
        let is_news = keys.contains(&key);
        let (read, write) = (key.clone(), key);
        let phases = Phase::OF_INCIDENT
            .into_iter()
            .map(|phase| (phase, playbook.steps.iter().filter(|step| step.phase == phase).count()))
            .filter(|(_, count)| *count > 0)
            .map(|(phase, count)| {
                view! { <li>{words.vocabulary.phase(phase)} " " <span class="playbook-count">{count}</span></li> }
            })
            .collect_view();
        let steps = playbook
            .steps
            .iter()
            .map(|step| {
                view! { <li>{format!("{}: {}", words.vocabulary.phase(step.phase), step.title)}</li> }
            })
            .collect_view();
        let count = words.amounts.steps(playbook.steps.len());
        view! {
            <li class="import-playbook">
                <label class="checkbox">
                    <input
                        type="checkbox"
                        disabled=!is_news
                        prop:checked=move || import.kept.with(|kept| kept.contains(&read))
                        on:change=move |event| {
                            let wanted = event_target_checked(&event);
                            import.kept.update(|kept| {
                                if wanted {
                                    kept.insert(write.clone());
                                } else {
                                    kept.remove(&write);
                                }
                            });
                        }
                    />
                    <strong>{playbook.title.clone()}</strong>
                </label>
                <Badge label tone/>
                <ul class="playbook-phases" aria-label=count.clone()>{phases}</ul>
                <Disclosure summary=move || count.clone()>
                    <ol class="import-playbook-steps">{steps}</ol>
                </Disclosure>
            </li>
        }
    };
    view! {
        <section class="import-source">
            <h3>{texts.preview}</h3>
            <p class="muted">{texts.preview_text}</p>
            <ul class="import-playbooks">{all.into_iter().map(one).collect_view()}</ul>
        </section>
    }
    .into_any()
}
