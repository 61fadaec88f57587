//! The playbooks that are kept in this notebook: beside those of the library, each with where it comes from, to be read,
//! renamed and removed.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    app::{
        import::use_import,
        location::use_location,
        parts::{
            button::{Button, ButtonKind, ButtonLink},
            description_list::{DescriptionList, Fact},
            dialog::Dialog,
            empty_state::EmptyState,
            field::TextField,
            icon::{Icon, IconView},
            markdown::Markdown,
            page_header::PageHeader,
        },
        prefs::use_words,
        route::Route,
        state::use_state,
    },
    model::{KeptPlaybook, KeptStep, Phase},
    notebook::Act,
    words::Words,
};

/// Every kept playbook as a card.
#[component]
pub fn KeptCards() -> impl IntoView {
    let words = use_words();
    let texts = &words.kept;
    let import = use_import();
    let preparation = use_state().preparation();
    let kept = Memo::new(move |_| {
        preparation.with(|preparation| preparation.playbooks.values().cloned().collect::<Vec<_>>())
    });
    let empty = move || {
        view! {
            <EmptyState icon=Icon::Playbooks title=texts.none text=texts.none_text>
                <Button
                    label=texts.open_file
                    icon=Icon::Upload
                    kind=ButtonKind::Secondary
                    on_press=move || import.pick()
                />
            </EmptyState>
        }
    };
    view! {
        <section class="playbooks-group">
            <h2>{texts.title}</h2>
            <p class="muted">{texts.intro}</p>
            <Show when=move || !kept.with(Vec::is_empty) fallback=empty>
                <ul class="playbooks-cards">
                    {move || kept.get().into_iter().map(|playbook| view! { <KeptCard playbook/> }).collect_view()}
                </ul>
            </Show>
        </section>
    }
}

#[component]
fn KeptCard(playbook: Arc<KeptPlaybook>) -> impl IntoView {
    let words = use_words();
    let phases = phases(&playbook)
        .map(|(phase, count)| {
            view! { <li>{words.vocabulary.phase(phase)} " " <span class="playbook-count">{count}</span></li> }
        })
        .collect_view();
    view! {
        <li class="panel playbook-card">
            <h3>
                <IconView icon=Icon::Playbooks/>
                <a href=Route::playbook(playbook.id.as_str()).to_string()>{playbook.title.clone()}</a>
            </h3>
            <p class="muted">{said_source(words, &playbook)}</p>
            <ul class="playbook-phases" aria-label=words.amounts.steps(playbook.steps.len())>{phases}</ul>
        </li>
    }
}

/// The format that a playbook comes from, and its file.
fn said_source(words: &Words, playbook: &KeptPlaybook) -> String {
    let source = &playbook.source;
    let format = (words.kept.format)(&source.format);
    if source.file.is_empty() { format } else { format!("{format} · {}", source.file) }
}

fn phases(playbook: &KeptPlaybook) -> impl Iterator<Item = (Phase, usize)> + '_ {
    let count = |phase| (phase, playbook.steps.iter().filter(|step| step.phase == phase).count());
    Phase::OF_INCIDENT.into_iter().map(count).filter(|(_, count)| *count > 0)
}

/// A kept playbook, read in full.
#[component]
pub fn KeptReader(playbook: Arc<KeptPlaybook>) -> impl IntoView {
    let words = use_words();
    let texts = &words.kept;
    let state = use_state();
    let location = use_location();
    let renaming = RwSignal::new(false);
    let (id, title) = (playbook.id.clone(), playbook.title.clone());
    let remove = move || {
        let act = Act::RemovePlaybook(id.clone());
        if state.act_and_say(act, (texts.removed)(&title)) {
            location.navigate(&Route::playbooks());
        }
    };
    let locked = state.is_read_only();
    let actions = move || {
        view! {
            <ButtonLink label=words.playbooks.back href=Route::playbooks().to_string() icon=Icon::ChevronLeft/>
            <Button label=texts.rename disabled=locked on_press=move || renaming.set(true)/>
            <Button
                label=texts.remove
                icon=Icon::Trash
                kind=ButtonKind::Danger
                disabled=locked
                on_press=remove.clone()
            />
        }
    };
    let summary = (!playbook.summary.is_empty()).then(|| {
        let summary = Signal::stored(playbook.summary.clone());
        // Headings of the text stand below this one.
        view! {
            <section class="panel">
                <h2>{texts.when}</h2>
                <Markdown text=summary/>
            </section>
        }
    });
    let depths = playbook.depths();
    let chapters = phases(&playbook)
        .map(|(phase, _)| {
            let of_phase = playbook.steps.iter().zip(&depths).enumerate();
            let steps = of_phase
                .filter(|(_, (step, _))| step.phase == phase)
                .map(|(number, (step, depth))| {
                    let before = number.checked_sub(1).and_then(|before| playbook.steps.get(before));
                    let heading = before.is_none_or(|before| before.heading != step.heading);
                    article(words, &playbook, step, *depth, heading)
                })
                .collect_view();
            view! {
                <section class="playbook-chapter">
                    <h2>{words.vocabulary.phase(phase)}</h2>
                    <ol class="kept-steps">{steps}</ol>
                </section>
            }
        })
        .collect_view();
    let subtitle = said_source(words, &playbook);
    view! {
        <PageHeader title=playbook.title.clone() subtitle=move || subtitle.clone() actions/>
        <div class="kept-playbook">
            {summary}
            {chapters}
            <Provenance playbook=Arc::clone(&playbook)/>
        </div>
        <RenameDialog open=renaming playbook/>
    }
}

/// One step as it is read: its way and heading above it, its text below.
fn article(
    words: &'static Words,
    playbook: &KeptPlaybook,
    step: &KeptStep,
    depth: usize,
    heading: bool,
) -> impl IntoView + use<> {
    let way = step.within.as_ref().and_then(|within| {
        let fork = playbook.step(&within.step)?.fork.as_ref()?;
        Some((words.kept.on_way)(fork.kind, &within.way))
    });
    let way = way
        .map(|way| view! { <p class="step-way"><IconView icon=Icon::ChevronRight/><span>{way}</span></p> });
    let heading = (heading && !step.heading.is_empty())
        .then(|| view! { <p class="labelled-label">{step.heading.clone()}</p> });
    let condition = step.fork.as_ref().map(|fork| view! { <p class="muted">{words.condition(fork)}</p> });
    let how = (!step.how.is_empty()).then(|| {
        let how = Signal::stored(step.how.clone());
        view! { <Markdown text=how/> }
    });
    view! {
        <li class="kept-step" data-depth=(depth > 0).then(|| depth.min(4).to_string())>
            {heading}
            {way}
            <p class="kept-step-title">{step.title.clone()}</p>
            {condition}
            {how}
        </li>
    }
}

/// Where a playbook comes from, as far as is known.
#[component]
fn Provenance(playbook: Arc<KeptPlaybook>) -> impl IntoView {
    let words = use_words();
    let texts = &words.kept;
    let source = &playbook.source;
    let file = match source.size {
        Some(size) if !source.file.is_empty() => {
            format!("{} ({})", source.file, words.amounts.file_size(size))
        }
        _ => source.file.clone(),
    };
    let facts = [
        (texts.from_file, file),
        (texts.hash, source.sha256.clone()),
        (texts.author, source.author.clone()),
        (texts.modified, source.modified.clone()),
        (
            texts.named_there,
            if source.title == playbook.title { String::new() } else { source.title.clone() },
        ),
    ];
    let facts: Vec<_> = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <Fact name><span class="kept-fact">{value}</span></Fact> })
        .collect();
    view! { <section class="panel"><DescriptionList>{facts}</DescriptionList></section> }
}

#[component]
fn RenameDialog(open: RwSignal<bool>, playbook: Arc<KeptPlaybook>) -> impl IntoView {
    let words = use_words();
    let texts = &words.kept;
    let state = use_state();
    let title = RwSignal::new(playbook.title.clone());
    let id = playbook.id.clone();
    let save = move || {
        let name = title.get_untracked().trim().to_owned();
        open.set(false);
        state.act_and_say(Act::RenamePlaybook(id.clone(), name.clone()), (texts.renamed)(&name));
    };
    view! {
        <Dialog
            open
            title=texts.rename_title
            actions=move || {
                let save = save.clone();
                view! {
                    <Button label=words.parts.cancel on_press=move || open.set(false)/>
                    <Button
                        label=texts.save
                        kind=ButtonKind::Primary
                        disabled=Signal::derive(move || title.with(|title| title.trim().is_empty()))
                        on_press=save
                    />
                }
            }
        >
            <TextField label=texts.name value=title on_input=move |text| title.set(text) required=true/>
        </Dialog>
    }
}
