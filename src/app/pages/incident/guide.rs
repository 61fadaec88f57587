//! The guide through the first incident: one card that says what to do now, why, and leads to the place where it is
//! done. What it says follows from the incident alone (see [`crate::sample::guide`]), so it advances by itself.

use leptos::prelude::*;

use crate::{
    app::{
        parts::{
            button::{Button, ButtonKind, ButtonLink},
            icon::{Icon, IconView},
        },
        prefs::{use_prefs, use_words},
        route::{IncidentTab, Query, Route},
        state::{State, use_state},
    },
    model::{IncidentId, Phase},
    notebook::acts,
    sample::guide::{self, Hint},
};

/// The guide; nothing on an incident that is not the guided one.
#[component]
pub fn Guide(
    /// The incident.
    id: IncidentId,
) -> impl IntoView {
    let state = use_state();
    let prefs = use_prefs();
    let incident = state.incident(id.clone());
    let guided = Memo::new(move |_| incident.with(|incident| incident.as_ref().is_some_and(|it| it.guided)));
    let hint = Memo::new(move |_| incident.with(|incident| incident.as_ref().and_then(|it| guide::next(it))));
    let id = StoredValue::new(id);
    view! {
        <Show when=move || guided.get()>
            <Show
                when=move || !prefs.guide_hidden().get()
                fallback=move || {
                    view! {
                        <Button
                            label=use_words().guide.show
                            icon=Icon::Prepare
                            small=true
                            kind=ButtonKind::Ghost
                            on_press=move || prefs.set_guide_hidden(false)
                        />
                    }
                }
            >
                <section class="guide" aria-label=use_words().guide.title>
                    {move || match hint.get() {
                        Some(hint) => view! { <Card id=id.get_value() hint/> }.into_any(),
                        None => view! { <Finished id=id.get_value()/> }.into_any(),
                    }}
                </section>
            </Show>
        </Show>
    }
}

#[component]
fn Card(id: IncidentId, hint: Hint) -> impl IntoView {
    let words = &use_words().guide;
    let texts = words.hint(hint);
    let of = Hint::ALL.len();
    view! {
        <Head label=format!("{} · {}", words.title, (words.step)(hint.number(), of))/>
        <progress class="guide-progress" max=of.to_string() value=(hint.number() - 1).to_string() aria-label=words.title></progress>
        <div role="status">
            <p class="guide-what">{texts.what}</p>
            <p class="muted">
                <strong>{words.why}": "</strong>
                {texts.why}
            </p>
        </div>
        <Way id hint label=texts.button/>
    }
}

#[component]
fn Finished(id: IncidentId) -> impl IntoView {
    let words = &use_words().guide;
    view! {
        <Head label=words.title/>
        <div role="status">
            <p class="guide-what">{words.done_title}</p>
            <p class="muted">{words.done_text}</p>
        </div>
        <ButtonLink label=words.done_action href=address(&id, IncidentTab::Report, None) icon=Icon::Report/>
    }
}

#[component]
fn Head(#[prop(into)] label: String) -> impl IntoView {
    let prefs = use_prefs();
    view! {
        <header class="guide-head">
            <IconView icon=Icon::Prepare/>
            <h2>{label}</h2>
            <Button
                label=use_words().guide.hide
                icon=Icon::Close
                icon_only=true
                small=true
                kind=ButtonKind::Ghost
                on_press=move || prefs.set_guide_hidden(true)
            />
        </header>
    }
}

/// The button that leads to where the hint is followed, or does it where that is one act.
#[component]
fn Way(id: IncidentId, hint: Hint, label: &'static str) -> impl IntoView {
    let state = use_state();
    if hint == Hint::Take {
        let read_only = state.is_read_only();
        return view! {
            <Button
                label
                icon=Icon::User
                kind=ButtonKind::Primary
                disabled=read_only
                on_press=move || take(state, &id)
            />
        }
        .into_any();
    }
    let (tab, phase) = place(hint);
    view! { <ButtonLink label href=address(&id, tab, phase) icon=Icon::ChevronRight/> }.into_any()
}

fn take(state: State, id: &IncidentId) {
    if let Some(incident) = state.incident_now(id) {
        state.act(acts::take(&incident, &state.author(), &state.now()));
    }
}

/// Where a hint is followed: the tab, and the phase of the checklist.
fn place(hint: Hint) -> (IncidentTab, Option<Phase>) {
    match hint {
        Hint::Take | Hint::ContainedClock | Hint::Resolve => (IncidentTab::Overview, None),
        Hint::Critical | Hint::Verdicts => (IncidentTab::Entities, None),
        Hint::Note => (IncidentTab::Notes, None),
        Hint::Review => (IncidentTab::Report, None),
        Hint::Scenario => (IncidentTab::Checklist, None),
        Hint::Triage => (IncidentTab::Checklist, Some(Phase::Triage)),
        Hint::Analysis => (IncidentTab::Checklist, Some(Phase::Analysis)),
        Hint::Containment => (IncidentTab::Checklist, Some(Phase::Containment)),
        Hint::Eradication => (IncidentTab::Checklist, Some(Phase::Eradication)),
    }
}

fn address(id: &IncidentId, tab: IncidentTab, phase: Option<Phase>) -> String {
    let query = Query::new().with("phase", phase.map_or("", Phase::code));
    Route::Incident { id: id.as_str().to_owned(), tab, query }.to_string()
}
