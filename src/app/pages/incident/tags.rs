//! The incident's tags: those that people set, and those of the source's system, which stay as they are.

use leptos::prelude::*;
use std::collections::BTreeSet;

use super::here::{Here, use_here};
use crate::{
    app::{
        parts::{
            badge::{Badge, Chip},
            combobox::Combobox,
            icon::Icon,
        },
        prefs::use_words,
    },
    model::IncidentField,
};

/// The tags.
#[component]
pub fn Tags() -> impl IntoView {
    let here = use_here();
    let words = &use_words().incident;
    let own = here.slice(|incident| incident.tags.iter().cloned().collect::<Vec<_>>());
    let system = here.slice(|incident| incident.system_tags.iter().cloned().collect::<Vec<_>>());
    let known = here.known_tags();
    let unused = Signal::derive(move || {
        let used = own.get();
        known.get().into_iter().filter(|tag| !used.contains(tag)).collect::<Vec<_>>()
    });
    view! {
        <div class="incident-tags" role="group" aria-label=words.tags>
            {move || system.get().into_iter().map(|tag| view! { <Badge label=tag icon=Icon::Lock/> }).collect_view()}
            <For each=move || own.get() key=String::clone let:tag>
                {move || {
                    let removed = tag.clone();
                    if here.can_write().get() {
                        view! { <Chip label=tag.clone() icon=Icon::Tag on_remove=move || remove(here, &removed)/> }.into_any()
                    } else {
                        view! { <Chip label=tag.clone() icon=Icon::Tag/> }.into_any()
                    }
                }}
            </For>
            <Show when=move || here.can_write().get()>
                <Combobox
                    label=words.add_tag
                    hide_label=true
                    value=""
                    placeholder=words.add_tag
                    suggestions=unused
                    clear_on_commit=true
                    on_commit=move |tag: String| add(here, tag)
                />
            </Show>
        </div>
    }
}

fn add(here: Here, tag: String) {
    let tags = here.now(|incident| incident.tags.clone()).unwrap_or_default();
    if !tag.is_empty() && !tags.contains(&tag) {
        here.set(IncidentField::Tags(tags.into_iter().chain([tag]).collect()));
    }
}

fn remove(here: Here, tag: &str) {
    let tags: BTreeSet<String> = here.now(|incident| incident.tags.clone()).unwrap_or_default();
    here.set(IncidentField::Tags(tags.into_iter().filter(|other| other != tag).collect()));
}
