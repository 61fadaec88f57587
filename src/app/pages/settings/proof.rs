//! Checking every log of the notebook, the head that stands for all of them, and the notebook's own log.

use leptos::{prelude::*, task::spawn_local};

use super::Panel;
use crate::{
    app::{
        parts::{
            badge::Tone,
            banner::Banner,
            button::Button,
            copy_button::CopyButton,
            disclosure::Disclosure,
            icon::Icon,
            progress::Progress,
            time::{TimeStyle, format_time},
        },
        prefs::{use_prefs, use_words},
        route::Route,
        slice::{Slice, fraction},
        state::{State, use_state},
    },
    model::{
        Time,
        chain::{self, Fault, Fingerprint, Heads, Scope},
    },
};

/// The most faults that are told.
const MOST_FAULTS: usize = 20;

/// The most entries of the notebook's own log that are shown.
const MOST_ENTRIES: usize = 200;

/// What checking every log has found.
#[derive(Clone, Default, PartialEq)]
struct Found {
    head: Option<Fingerprint>,
    incidents: usize,
    entries: usize,
    /// Entries that nothing proves.
    before: usize,
    /// Incidents that could not be read.
    unread: usize,
    /// What is wrong: the incident's address and name, none for the notebook's own log.
    faults: Vec<(Option<(String, String)>, Fault)>,
}

/// The panel.
#[component]
pub fn Proof() -> impl IntoView {
    let texts = &use_words().proof;
    let state = use_state();
    // How far the check is while it runs.
    let checking: RwSignal<Option<f64>> = RwSignal::new(None);
    let found: RwSignal<Option<Found>> = RwSignal::new(None);
    let verify = move || {
        checking.set(Some(0.0));
        found.set(None);
        spawn_local(async move {
            let checked = check(state, |share| checking.try_set(Some(share)).is_none()).await;
            let _ = checking.try_set(None);
            let _ = found.try_set(checked);
        });
    };
    view! {
        <Panel title=texts.notebook>
            <p class="muted">{texts.notebook_text}</p>
            <Show
                when=move || checking.get().is_none()
                fallback=move || view! { <Progress label=texts.verifying share=checking/> }
            >
                <Button label=texts.verify_all icon=Icon::Check on_press=verify/>
            </Show>
            <div role="status">{move || found.get().map(|found| view! { <FoundView found/> })}</div>
            <OwnLog/>
        </Panel>
    }
}

/// Recomputes every chain of every log, a little at a time. `go_on` hears how far it is, 0 to 1, and says whether
/// anybody still wants to know; none where nobody does.
async fn check(state: State, go_on: impl Fn(f64) -> bool) -> Option<Found> {
    let ids: Vec<_> = state.with_now(|notebook| notebook.rows().keys().cloned().collect());
    let (mut found, mut heads) = (Found::default(), Heads::default());
    let mut slice = Slice::begin();
    for (done, id) in ids.iter().enumerate() {
        match state.incident_now(id) {
            None => found.unread += 1,
            Some(incident) => {
                let verified = chain::verify_incident(&incident);
                found.incidents += 1;
                found.entries += verified.entries;
                found.before += verified.before;
                let whose = (Route::incident(id.as_str()).to_string(), incident.name.clone());
                found.faults.extend(verified.faults.into_iter().map(|fault| (Some(whose.clone()), fault)));
                heads.add(Scope::Incident(id), &incident.activity);
            }
        }
        slice.rest_if_over(|| go_on(fraction(done, ids.len()))).await?;
    }
    let preparation = state.with_now(|notebook| notebook.preparation().clone());
    let verified = chain::verify(&preparation.log, Scope::Notebook);
    found.entries += verified.entries;
    found.faults.extend(verified.faults.into_iter().map(|fault| (None, fault)));
    heads.add(Scope::Notebook, &preparation.log);
    found.head = (!heads.is_empty()).then(|| heads.head());
    Some(found)
}

#[component]
fn FoundView(found: Found) -> impl IntoView {
    let words = use_words();
    let texts = &words.proof;
    let zone = use_prefs().zone().get_untracked();
    let time = |at: &Time| format_time(at.millis(), words.lang, zone, TimeStyle::Second);
    let head = found.head.map(|head| {
        view! {
            <p class="cluster">
                <span>{texts.notebook_head}</span>
                <code title=head.to_string()>{head.short()}</code>
                <CopyButton text=head.to_string() label=texts.copy_head icon_only=true/>
            </p>
        }
    });
    let fits = found.faults.is_empty();
    let title = if fits { texts.fits } else { texts.does_not_fit };
    let all =
        fits.then(|| view! { <p>{(texts.all_logs_fit)(found.entries - found.before, found.incidents)}</p> });
    let before = (found.before > 0).then(|| view! { <p>{(texts.before)(found.before)}</p> });
    let unread = (found.unread > 0).then(|| view! { <p>{(texts.unread)(found.unread)}</p> });
    let more = found.faults.len().saturating_sub(MOST_FAULTS);
    let more = (more > 0).then(|| view! { <p>{(texts.more_faults)(more)}</p> });
    let faults: Vec<_> = found
        .faults
        .iter()
        .take(MOST_FAULTS)
        .map(|(whose, fault)| {
            let log = match whose.clone() {
                Some((address, name)) => view! { <a href=address>{name}</a> }.into_any(),
                None => texts.own_log.into_any(),
            };
            view! { <p>{log}": "{texts.fault(fault, &time)}</p> }
        })
        .collect();
    let then = (!fits).then(|| view! { <p>{texts.what_then}</p> });
    let tone = if fits { Tone::Success } else { Tone::Danger };
    view! {
        <Banner tone title>
            {all} {before} {faults} {more} {then} {unread} {head}
        </Banner>
    }
}

/// What happened to the notebook, newest first.
#[component]
fn OwnLog() -> impl IntoView {
    let words = use_words();
    let texts = &words.proof;
    let zone = use_prefs().zone();
    let preparation = use_state().preparation();
    let entries = move || {
        let style = |at: &Time, style| format_time(at.millis(), words.lang, zone.get(), style);
        preparation.with(|preparation| {
            let shown = preparation.log.iter().rev().take(MOST_ENTRIES);
            shown
                .map(|entry| {
                    let said = words.log.sentence(entry, &|at: &Time| style(at, TimeStyle::Minute));
                    view! { <li>{said}" · "<span class="muted">{style(&entry.at, TimeStyle::Second)}</span></li> }
                })
                .collect_view()
        })
    };
    let none = Signal::derive(move || preparation.with(|preparation| preparation.log.is_empty()));
    view! {
        <Disclosure summary=move || texts.notebook_log>
            <Show when=move || !none.get() fallback=move || view! { <p class="muted">{texts.notebook_log_empty}</p> }>
                <ul class="settings-log">{entries}</ul>
            </Show>
        </Disclosure>
    }
}
