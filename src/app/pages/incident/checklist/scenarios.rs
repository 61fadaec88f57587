//! Scenario playbooks: the one that the alerts point to, with the reasons, and all of them to add or take away.

use std::{collections::BTreeSet, sync::Arc};

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
    model::{KeptPlaybook, PlaybookId},
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
    let kept = Memo::new(move |_| offered(desk));
    let actions = move || {
        let scenarios = library().of_kind(Kind::Scenario).map(|playbook| {
            let title = playbook.words(words.lang).title;
            Action::new(playbook.id, title, Icon::Playbooks, move || toggle(desk, playbook))
                .checked(Signal::derive(move || is_added(desk, playbook.id)))
                .when(can_write)
        });
        let kept = kept.get().into_iter().map(|playbook| {
            let (title, id) = (playbook.title.clone(), playbook.id.clone());
            Action::new("kept", title, Icon::Playbooks, move || toggle_kept(desk, &playbook))
                .checked(Signal::derive(move || is_added(desk, id.as_str())))
                .when(can_write)
        });
        scenarios.chain(kept).collect::<Vec<_>>()
    };
    move || {
        view! {
            <Menu
                label=words.checklist.scenarios
                actions=actions()
                icon=Icon::Playbooks
                small=true
                several=true
                kind=ButtonKind::Secondary
            />
        }
    }
}

/// The kept playbooks that can be on this checklist: those that are on it, as it has them, and those of the notebook.
fn offered(desk: Desk) -> Vec<Arc<KeptPlaybook>> {
    let mut offered = desk.state().preparation().with(|preparation| preparation.playbooks.clone());
    desk.incident.with(|incident| {
        let copies = incident.iter().flat_map(|incident| &incident.checklist.playbooks);
        offered.extend(copies.map(|(id, copy)| (id.clone(), Arc::clone(copy))));
    });
    offered.into_values().collect()
}

/// The scenarios that were added.
#[component]
pub fn Added() -> impl IntoView {
    let words = use_words();
    let desk = use_desk();
    let added = Memo::new(move |_| {
        library()
            .of_kind(Kind::Scenario)
            .filter(|playbook| is_added(desk, playbook.id))
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
    let kept = Memo::new(move |_| {
        desk.incident.with(|incident| {
            let kept = incident.iter().flat_map(|incident| incident.checklist.kept());
            kept.cloned().collect::<Vec<_>>()
        })
    });
    let kept_chip = move |playbook: Arc<KeptPlaybook>| {
        view! {
            <li>
                <Chip
                    label=playbook.title.clone()
                    icon=Icon::Playbooks
                    on_remove=move || toggle_kept(desk, &playbook)
                />
            </li>
        }
    };
    view! {
        <Show when=move || !added.with(Vec::is_empty) || !kept.with(Vec::is_empty)>
            <ul class="cluster" aria-label=words.checklist.on_checklist>
                <For each=move || added.get() key=|id| *id children=chip/>
                <For each=move || kept.get() key=|playbook| playbook.id.clone() children=kept_chip/>
            </ul>
        </Show>
    }
}

fn is_added(desk: Desk, playbook: &str) -> bool {
    desk.incident.with(|incident| {
        let mut added = incident.iter().flat_map(|incident| &incident.checklist.scenarios);
        added.any(|id| id.as_str() == playbook)
    })
}

/// Adds a kept playbook, or takes it away where it is there.
fn toggle_kept(desk: Desk, playbook: &Arc<KeptPlaybook>) {
    let words = desk.state().words();
    let (act, said) = if untrack(|| is_added(desk, playbook.id.as_str())) {
        let act = Act::RemoveScenario(desk.id(), playbook.id.clone());
        (act, (words.checklist.scenario_removed)(&playbook.title))
    } else {
        let act = Act::UsePlaybook(desk.id(), Arc::clone(playbook));
        (act, (words.checklist.scenario_added)(&playbook.title))
    };
    desk.state().act_and_say(act, said);
}

/// Adds a scenario, or takes it away where it is there.
fn toggle(desk: Desk, playbook: &'static Playbook) {
    // Ids of the library are checked by the build.
    let Ok(id) = PlaybookId::try_from(playbook.id) else { return };
    let words = desk.state().words();
    let title = playbook.words(words.lang).title;
    let (act, said) = if untrack(|| is_added(desk, playbook.id)) {
        (Act::RemoveScenario(desk.id(), id), (words.checklist.scenario_removed)(title))
    } else {
        (Act::AddScenario(desk.id(), id), (words.checklist.scenario_added)(title))
    };
    desk.state().act_and_say(act, said);
}
