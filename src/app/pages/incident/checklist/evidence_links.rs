//! The evidence items that a step is linked to, and the field that links another one. Shown where there are any.

use leptos::prelude::*;

use super::desk::{Desk, use_desk};
use crate::{
    app::{
        pages::step::{handle::StepHandle, instructions::Labelled},
        parts::{
            combobox::Combobox,
            icon::{Icon, IconView},
        },
        prefs::use_words,
    },
    model::{EvidenceId, StepField},
};

/// An item as the step names it.
#[derive(Clone, PartialEq)]
struct Named {
    id: EvidenceId,
    title: String,
}

/// The links of a step to evidence items.
#[component]
pub fn EvidenceLinks(
    /// The step.
    step: StepHandle,
) -> impl IntoView {
    let words = use_words();
    let texts = &words.evidence;
    let desk = use_desk();
    let (linked, others) = (items(desk, step, true), items(desk, step, false));
    let any = Memo::new(move |_| !linked.with(Vec::is_empty) || !others.with(Vec::is_empty));
    let suggestions = Memo::new(move |_| {
        others.with(|others| others.iter().map(|item| item.title.clone()).collect::<Vec<_>>())
    });
    let link = move |text: String| {
        if text.is_empty() {
            return;
        }
        let same = |item: &&Named| item.title.to_lowercase() == text.to_lowercase();
        match others.with_untracked(|others| others.iter().find(same).map(|item| item.id.clone())) {
            Some(id) => {
                let mut evidence = step.now.with_untracked(|now| now.evidence.clone());
                evidence.insert(id);
                step.set(StepField::Evidence(evidence));
            }
            None => desk.state().complain(&(texts.no_such_item)(&text)),
        }
    };
    view! {
        <Show when=move || any.get()>
            <div class="links">
                <Show when=move || !linked.with(Vec::is_empty)>
                    <Labelled label=texts.linked>
                        <ul class="links-list">
                            <For each=move || linked.get() key=|item| item.id.clone() let:item>
                                <Linked item step/>
                            </For>
                        </ul>
                    </Labelled>
                </Show>
                <Combobox
                    label=texts.link
                    value=""
                    suggestions
                    on_commit=link
                    placeholder=texts.link_placeholder
                    clear_on_commit=true
                    disabled=step.is_locked()
                />
            </div>
        </Show>
    }
}

/// The items that the step is linked to, or all others. One that was removed from the incident is left out.
fn items(desk: Desk, step: StepHandle, linked: bool) -> Memo<Vec<Named>> {
    Memo::new(move |_| {
        let ids = step.now.with(|now| now.evidence.clone());
        desk.incident.with(|incident| {
            let all = incident.iter().flat_map(|incident| incident.evidence.values());
            let wanted = all.filter(|item| ids.contains(&item.id) == linked);
            wanted.map(|item| Named { id: item.id.clone(), title: item.title() }).collect()
        })
    })
}

#[component]
fn Linked(item: Named, step: StepHandle) -> impl IntoView {
    let words = &use_words().checklist;
    let desk = use_desk();
    let label = (words.unlink)(&item.title);
    let address = desk.evidence_address(&item.id);
    let unlink = move |_| {
        let mut evidence = step.now.with_untracked(|now| now.evidence.clone());
        evidence.remove(&item.id);
        step.set(StepField::Evidence(evidence));
    };
    view! {
        <li class="chip">
            <a class="chip-body truncate" href=address title=item.title.clone()>
                {item.title.clone()}
            </a>
            <button
                type="button"
                class="chip-remove"
                aria-label=label.clone()
                title=label
                disabled=step.is_locked()
                on:click=unlink
            >
                <IconView icon=Icon::Close/>
            </button>
        </li>
    }
}
