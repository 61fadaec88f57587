//! Scenario playbooks: the one that the alerts point to, with the reasons, and all of them to add or take away.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::desk::{Desk, use_desk};
use crate::{
    app::{
        actions::Action,
        parts::{
            badge::{Chip, Tone},
            banner::Banner,
            button::{Button, ButtonKind, ButtonLink},
            disclosure::Disclosure,
            icon::Icon,
            menu::Menu,
        },
        prefs::use_words,
        route::Route,
    },
    model::PlaybookId,
    notebook::Act,
    playbooks::{Kind, Playbook, Suggestion, library, suggest},
};

/// The scenario that fits best, until it is added or put off.
#[component]
pub fn Suggested() -> impl IntoView {
    let words = use_words();
    let texts = &words.checklist;
    let desk = use_desk();
    let put_off = RwSignal::new(BTreeSet::<&'static str>::new());
    let best = Memo::new(move |_| {
        let suggestions = desk.incident.with(|incident| {
            incident.as_ref().map(|incident| suggest(library(), incident)).unwrap_or_default()
        });
        suggestions.into_iter().find(|suggestion| put_off.with(|off| !off.contains(suggestion.playbook.id)))
    });
    let shown = move |suggestion: Suggestion| {
        let playbook = suggestion.playbook;
        let title = playbook.words(words.lang).title;
        let reasons = suggestion
            .reasons
            .iter()
            .map(|reason| view! { <li>{words.reasons.scenario(reason)}</li> })
            .collect_view();
        let actions = move || {
            view! {
                <Button
                    label=texts.add_scenario
                    icon=Icon::Plus
                    small=true
                    kind=ButtonKind::Primary
                    disabled=desk.state().is_read_only()
                    on_press=move || toggle(desk, playbook)
                />
                <ButtonLink
                    label=texts.read_playbook
                    href=Route::playbook(playbook.id).to_string()
                    small=true
                    kind=ButtonKind::Ghost
                />
                <Button
                    label=texts.not_now
                    small=true
                    kind=ButtonKind::Ghost
                    on_press=move || {
                        put_off
                            .update(|off| {
                                off.insert(playbook.id);
                            });
                    }
                />
            }
        };
        view! {
            <Banner tone=Tone::Informational title=(texts.suggested)(title) actions>
                // Folded, because the steps under it are what the pane is for.
                <Disclosure summary=move || texts.suggested_why>
                    <ul class="suggested-reasons">{reasons}</ul>
                </Disclosure>
            </Banner>
        }
    };
    move || best.get().map(shown)
}

/// Every scenario, to add or take away.
#[component]
pub fn ScenarioMenu() -> impl IntoView {
    let words = use_words();
    let desk = use_desk();
    let can_write = Signal::derive(move || !desk.state().is_read_only().get());
    let actions = library()
        .of_kind(Kind::Scenario)
        .map(|playbook| {
            let title = playbook.words(words.lang).title;
            Action::new(playbook.id, title, Icon::Playbooks, move || toggle(desk, playbook))
                .checked(Signal::derive(move || is_added(desk, playbook)))
                .when(can_write)
        })
        .collect();
    view! {
        <Menu
            label=words.checklist.scenarios
            actions
            icon=Icon::Playbooks
            small=true
            several=true
            kind=ButtonKind::Secondary
        />
    }
}

/// The scenarios that were added.
#[component]
pub fn Added() -> impl IntoView {
    let words = use_words();
    let desk = use_desk();
    let added = Memo::new(move |_| {
        library()
            .of_kind(Kind::Scenario)
            .filter(|playbook| is_added(desk, playbook))
            .map(|playbook| playbook.id)
            .collect::<Vec<_>>()
    });
    let chip = move |id: &'static str| {
        library().playbook(id).map(|playbook| {
            view! {
                <li>
                    <Chip
                        label=playbook.words(words.lang).title
                        icon=Icon::Playbooks
                        on_remove=move || toggle(desk, playbook)
                    />
                </li>
            }
        })
    };
    view! {
        <Show when=move || !added.with(Vec::is_empty)>
            <ul class="cluster" aria-label=words.checklist.on_checklist>
                <For each=move || added.get() key=|id| *id children=chip/>
            </ul>
        </Show>
    }
}

fn is_added(desk: Desk, playbook: &Playbook) -> bool {
    desk.incident.with(|incident| {
        let mut added = incident.iter().flat_map(|incident| &incident.checklist.scenarios);
        added.any(|id| id.as_str() == playbook.id)
    })
}

/// Adds a scenario, or takes it away where it is there.
fn toggle(desk: Desk, playbook: &'static Playbook) {
    // Ids of the library are checked by the build.
    let Ok(id) = PlaybookId::try_from(playbook.id) else { return };
    let words = desk.state().words();
    let title = playbook.words(words.lang).title;
    let (act, said) = if untrack(|| is_added(desk, playbook)) {
        (Act::RemoveScenario(desk.id(), id), (words.checklist.scenario_removed)(title))
    } else {
        (Act::AddScenario(desk.id(), id), (words.checklist.scenario_added)(title))
    };
    desk.state().act_and_say(act, said);
}
