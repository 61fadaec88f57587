//! The playbooks of an import: where they come from, which the notebook has already, and which of them to keep.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use leptos::prelude::*;
use sha2::{Digest, Sha256};

use super::{
    Import, Source,
    parts_table::{Beside, PartRow, PartsTable},
    raw::Raw,
};
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
    model::{KeptPlaybook, KeptStep, Phase, StepId},
    notebook::{
        Act, Notebook,
        merge::{Outcome, aim::Part},
    },
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
    /// The playbooks that were chosen, each without the steps that stay out; the last of several versions of one counts, and
    /// one of which every step stays out is none.
    pub(super) fn chosen_playbooks(self, sources: &[Source]) -> Vec<Arc<KeptPlaybook>> {
        let (chosen, out) = (self.kept.get(), self.steps_out.get());
        let taken = news(sources).filter(|(key, _)| chosen.contains(key)).filter_map(|(key, offered)| {
            let playbook = &offered.playbook;
            let left = match out.get(&key).filter(|out| !out.is_empty()) {
                Some(out) => Arc::new(playbook.without(out)),
                None => Arc::clone(playbook),
            };
            (!left.steps.is_empty()).then_some((&playbook.id, left))
        });
        let by_id: BTreeMap<_, _> = taken.gather();
        by_id.into_values().collect()
    }

    /// What keeping them comes to.
    pub(super) fn keep_playbooks(self, sources: &[Source]) -> Vec<Act> {
        untrack(|| self.chosen_playbooks(sources)).into_iter().map(Act::KeepPlaybook).collect()
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
        let (read, write) = (key.clone(), key.clone());
        let phases = Phase::OF_INCIDENT
            .into_iter()
            .map(|phase| (phase, playbook.steps.iter().filter(|step| step.phase == phase).count()))
            .filter(|(_, count)| *count > 0)
            .map(|(phase, count)| {
                view! { <li>{words.vocabulary.phase(phase)} " " <span class="playbook-count">{count}</span></li> }
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
                <Steps import key playbook is_news/>
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

/// The steps of a playbook, each to be left out where the playbook would be kept.
#[component]
fn Steps(import: Import, key: String, playbook: Arc<KeptPlaybook>, is_news: bool) -> impl IntoView {
    let words = use_words();
    let count = words.amounts.steps(playbook.steps.len());
    if !is_news {
        let steps = playbook.steps.iter().map(|step| {
            view! { <li>{format!("{}: {}", words.vocabulary.phase(step.phase), step.title)}</li> }
        });
        let steps = steps.collect_view();
        return view! {
            <Disclosure summary=move || count.clone()>
                <ol class="import-playbook-steps">{steps}</ol>
            </Disclosure>
        }
        .into_any();
    }
    let row = |step: &KeptStep| {
        PartRow::new(Part::Step(step.id.clone()), step.title.clone(), Beside::Phase(step.phase))
    };
    let rows: Vec<PartRow> = playbook.steps.iter().map(row).collect();
    let caption = format!("{}: {count}", playbook.title);
    let taken = taken(import, key.clone(), playbook);
    let out = Memo::new(move |_| import.steps_out.with(|out| out.get(&key).map_or(0, BTreeSet::len)));
    let summary = move || {
        let badge = move || {
            (out.get() > 0)
                .then(|| view! { <Badge label=(words.intake.left_out)(out.get()) tone=Tone::Warning/> })
        };
        view! { <span class="cluster">{count.clone()} {badge}</span> }
    };
    view! {
        <Disclosure summary>
            <PartsTable caption beside=words.intake.phase.to_owned() rows taken/>
        </Disclosure>
    }
    .into_any()
}

/// Which steps of a playbook come in, by their ids; forks and what lies on their ways come and go together.
fn taken(import: Import, key: String, playbook: Arc<KeptPlaybook>) -> RwSignal<BTreeSet<String>> {
    let texts = |ids: &BTreeSet<StepId>| ids.iter().map(|id| id.as_str().to_owned()).gather::<BTreeSet<_>>();
    let all: BTreeSet<StepId> = playbook.steps.iter().map(|step| step.id.clone()).gather();
    let out = import.steps_out.with_untracked(|out| out.get(&key).cloned().unwrap_or_default());
    let first: BTreeSet<StepId> = all.difference(&out).cloned().gather();
    let taken = RwSignal::new(texts(&first));
    Effect::new(move |before: Option<BTreeSet<StepId>>| {
        let ticked: BTreeSet<StepId> =
            taken.with(|ticked| all.iter().filter(|id| ticked.contains(id.as_str())).cloned().collect());
        let now = playbook.taken(before.as_ref().unwrap_or(&first), &ticked);
        if now != ticked {
            taken.set(texts(&now));
        }
        let out: BTreeSet<StepId> = all.difference(&now).cloned().gather();
        import.steps_out.update(|steps| {
            steps.insert(key.clone(), out);
        });
        now
    });
    taken
}
