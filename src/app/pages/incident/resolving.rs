//! Resolving: asks for classification, determination and a closing note, and shows what is still open. It forbids nothing:
//! the responder knows why a step was left.

use leptos::prelude::*;

use super::{
    classifying::{Choice, ClassificationFields},
    here::{Here, use_here},
};
use crate::{
    app::{
        parts::{
            badge::Tone,
            banner::Banner,
            button::{Button, ButtonKind},
            dialog::Dialog,
            field::TextArea,
        },
        prefs::use_words,
        route::{IncidentTab, Query},
    },
    model::{
        Phase,
        taxonomy::{Classification, Determination},
    },
    notebook::acts::{self, Conclusion},
    playbooks::{library, phase_totals},
};

/// The dialog.
#[component]
pub fn ResolveDialog() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let open = here.dialogs.resolve;
    let choice = Choice::new();
    let note = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    Effect::new(move |_| {
        if open.get() {
            tried.set(false);
            here.now(|incident| {
                choice.show(incident.classification.clone(), incident.determination.clone());
                note.set(incident.closing_note.clone());
            });
        }
    });
    let unclassified = move || choice.classification.with(|class| *class == Classification::Unknown);
    let undetermined = move || choice.determination.with(|one| *one == Determination::Unknown);
    let classification_error = Signal::derive(move || {
        (tried.get() && unclassified()).then(|| texts.classification_missing.to_owned())
    });
    let determination_error = Signal::derive(move || {
        (tried.get() && !unclassified() && undetermined()).then(|| texts.determination_missing.to_owned())
    });
    let resolve = move || {
        tried.set(true);
        if untrack(unclassified) || untrack(undetermined) {
            return;
        }
        let conclusion = Conclusion {
            classification: choice.classification.get_untracked(),
            determination: choice.determination.get_untracked(),
            note: note.get_untracked().trim().to_owned(),
        };
        // Closed first: the toast that can take it back stands behind a dialog.
        open.set(false);
        here.act_and_say(|incident, now| acts::resolve(incident, conclusion, now), texts.resolved);
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=move || open.set(false)/>
            <Button label=texts.resolve kind=ButtonKind::Primary on_press=resolve/>
        }
    };
    view! {
        <Dialog open title=texts.resolve actions>
            <StillOpen/>
            <ClassificationFields choice classification_error determination_error/>
            <TextArea
                label=texts.closing_note
                value=note
                rows=5
                hint=texts.closing_note_hint
                on_input=move |text| note.set(text)
            />
        </Dialog>
    }
}

/// What is still open, each with a way there.
#[component]
fn StillOpen() -> impl IntoView {
    let here = use_here();
    let words = &use_words().incident;
    let items = open_ends(here);
    if items.is_empty() {
        return view! { <Banner tone=Tone::Success title=words.nothing_open/> }.into_any();
    }
    let items = items
        .into_iter()
        .map(|(text, address)| {
            let close = move |_| here.dialogs.resolve.set(false);
            view! { <li><a href=address on:click=close>{text}</a></li> }
        })
        .collect_view();
    view! {
        <Banner tone=Tone::Warning title=words.still_open>
            <ul class="incident-open-ends">{items}</ul>
            <p>{words.still_open_hint}</p>
        </Banner>
    }
    .into_any()
}

/// What is still open, in words, with the address where it is dealt with.
fn open_ends(here: Here) -> Vec<(String, String)> {
    let words = use_words();
    let texts = &words.incident;
    let found = here.row_now(|row| {
        (phase_totals(library(), row), row.active_alerts, row.pending_approval, row.failed_remediation)
    });
    let Some((phases, alerts, pending, failed)) = found else { return Vec::new() };
    let mut items: Vec<(String, String)> = Phase::OF_INCIDENT
        .into_iter()
        .zip(phases)
        .map(|(phase, progress)| (phase, progress.total.saturating_sub(progress.decided())))
        // The review is held after an incident is resolved.
        .filter(|(phase, open)| *open > 0 && *phase != Phase::Review)
        .map(|(phase, open)| {
            let text = (texts.open_steps)(open, words.vocabulary.phase(phase));
            let query = Query::new().with("phase", phase.code());
            (text, here.address_with(IncidentTab::Checklist, query))
        })
        .collect();
    let mut add = |count: usize, text: fn(usize) -> String, tab, query: Query| {
        if count > 0 {
            items.push((text(count), here.address_with(tab, query)));
        }
    };
    add(alerts, texts.open_alerts, IncidentTab::Alerts, Query::new().with("status", "open"));
    add(pending, texts.open_approvals, IncidentTab::Entities, Query::new().with("needs", "approval"));
    add(failed, texts.open_failures, IncidentTab::Entities, Query::new().with("needs", "remediation"));
    items
}
