//! One playbook, read in full: by phase, with its contents beside it, ready for paper.

use leptos::prelude::*;

use super::kept::KeptReader;
use crate::{
    app::{
        browser,
        location::use_location,
        pages::step::instructions::Instructions,
        parts::{
            button::{Button, ButtonKind, ButtonLink},
            empty_state::EmptyState,
            icon::{Icon, IconView},
            page_header::PageHeader,
        },
        prefs::use_words,
        route::{Query, Route},
        state::use_state,
    },
    model::{Phase, PlaybookId},
    playbooks::{Kind, Playbook, Step, library},
};

/// A playbook of the library.
#[component]
pub fn Reader(
    /// Its id.
    id: String,
) -> impl IntoView {
    if let Some(playbook) = library().playbook(&id) {
        return view! { <Open playbook/> }.into_any();
    }
    let texts = &use_words().playbooks;
    let preparation = use_state().preparation();
    let kept = {
        let id = PlaybookId::try_from(id.as_str()).ok();
        Memo::new(move |_| preparation.with(|preparation| preparation.playbooks.get(id.as_ref()?).cloned()))
    };
    let none = move || {
        view! {
            <PageHeader title=texts.not_found/>
            <EmptyState icon=Icon::Playbooks title=texts.not_found text=(texts.not_found_text)(&id)>
                <ButtonLink label=texts.back href=Route::playbooks().to_string() kind=ButtonKind::Primary/>
            </EmptyState>
        }
    };
    let shown = move || match kept.get() {
        Some(playbook) => view! { <KeptReader playbook/> }.into_any(),
        None => none().into_any(),
    };
    shown.into_any()
}

#[component]
fn Open(playbook: &'static Playbook) -> impl IntoView {
    let words = use_words();
    let texts = &words.playbooks;
    let said = playbook.words(words.lang);
    let foreign = said.language != words.lang;
    let prepares = playbook.kind == Kind::Prepare;
    let route = use_location().route();
    let target = Memo::new(move |_| route.with(|route| target_of(&route.query())));
    Effect::new(move |_| {
        if let Some(target) = target.get() {
            show(target);
        }
    });
    let actions = move || {
        view! {
            <ButtonLink label=texts.back href=Route::playbooks().to_string() icon=Icon::ChevronLeft/>
            {prepares
                .then(|| view! { <ButtonLink label=texts.work_on_it href=Route::Prepare.to_string() icon=Icon::Prepare/> })}
            <Button label=texts.print icon=Icon::Report on_press=|| {
                // A browser that cannot print has no dialog for it either.
                let _ = window().print();
            }/>
        }
    };
    let phases = || Phase::ALL.into_iter().filter(move |phase| playbook.steps_of(*phase).next().is_some());
    view! {
        <PageHeader title=said.title subtitle=move || said.summary actions/>
        <div class="playbook">
            <nav class="playbook-contents" aria-label=texts.contents>
                <ul>{phases().map(|phase| view! { <Contents playbook phase/> }).collect_view()}</ul>
            </nav>
            <div class="playbook-text">
                {foreign.then(|| view! { <p class="muted">{texts.only_english}</p> })}
                {phases().map(|phase| view! { <Chapter playbook phase/> }).collect_view()}
                <p class="instructions-source">{format!("{}: {}", words.checklist.source, playbook.source())}</p>
            </div>
        </div>
    }
}

/// A phase in the contents, with its steps.
#[component]
fn Contents(playbook: &'static Playbook, phase: Phase) -> impl IntoView {
    let words = use_words();
    let address = |key: &str, value: &str| {
        Route::Playbooks { id: Some(playbook.id.to_owned()), query: Query::new().with(key, value) }
            .to_string()
    };
    let steps = playbook
        .steps_of(phase)
        .map(|step| {
            view! {
                <li>
                    // The address may name this step already; then only the press says to go there again.
                    <a href=address("step", step.id) on:click=move |_| show(step_target(step.id))>
                        {step.words(words.lang).title}
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <li>
            <a href=address("phase", phase.code()) on:click=move |_| show(phase_target(phase.code()))>
                {words.vocabulary.phase(phase)}
            </a>
            <ul>{steps}</ul>
        </li>
    }
}

/// A phase with its steps.
#[component]
fn Chapter(playbook: &'static Playbook, phase: Phase) -> impl IntoView {
    let words = use_words();
    let steps = playbook.steps_of(phase).map(|step| view! { <Section playbook step/> }).collect_view();
    view! {
        <section class="playbook-chapter" id=format!("phase-{}", phase.code())>
            <h2 tabindex="-1">{words.vocabulary.phase(phase)}</h2>
            <p class="muted">{words.vocabulary.phase_purpose(phase)}</p>
            {steps}
        </section>
    }
}

/// One step in full.
#[component]
fn Section(playbook: &'static Playbook, step: &'static Step) -> impl IntoView {
    let words = use_words();
    let title = step.words(words.lang).title;
    view! {
        <article class="panel playbook-step" id=format!("step-{}", step.id)>
            <h3 tabindex="-1">
                {title}
                <a
                    class="playbook-anchor"
                    href=Route::playbook_step(playbook.id, step.id).to_string()
                    aria-label=(words.playbooks.step_address)(title)
                >
                    <IconView icon=Icon::Link/>
                </a>
            </h3>
            <Instructions step/>
        </article>
    }
}

/// The element that an address points at.
fn target_of(query: &Query) -> Option<String> {
    let step = query.get("step").and_then(|id| library().step(id)).map(|(_, step)| step_target(step.id));
    step.or_else(|| query.get("phase").and_then(Phase::from_code).map(|phase| phase_target(phase.code())))
}

fn step_target(id: &str) -> String {
    format!("#step-{id} h3")
}

fn phase_target(code: &str) -> String {
    format!("#phase-{code} h2")
}

/// Brings a heading into sight and moves the focus to it, after the page has been drawn and announced itself.
fn show(heading: String) {
    request_animation_frame(move || {
        request_animation_frame(move || {
            if let Some(element) = browser::find(&heading) {
                element.scroll_into_view();
                browser::focus(&heading);
            }
        });
    });
}
