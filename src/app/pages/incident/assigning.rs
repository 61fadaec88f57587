//! Who has the incident: take it, give it to somebody, or lay it back.

use leptos::prelude::*;

use super::here::{Here, use_here};
use crate::{
    app::{
        parts::{
            button::{Button, ButtonKind},
            combobox::Combobox,
            dialog::Dialog,
            icon::Icon,
        },
        prefs::use_words,
    },
    notebook::acts,
};

/// The dialog.
#[component]
pub fn AssignDialog() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let open = here.dialogs.assign;
    let assignee = here.slice(|incident| incident.assignee.clone());
    let name = RwSignal::new(String::new());
    Effect::new(move |_| {
        if open.get() {
            name.set(assignee.get_untracked().unwrap_or_default());
        }
    });
    let give = move |to: Option<String>| {
        assign(here, to);
        open.set(false);
    };
    let take = move || give(Some(here.state().author()));
    let actions = move || {
        view! {
            <Show when=move || assignee.with(Option::is_some)>
                <Button label=words.incident.unassign on_press=move || give(None)/>
            </Show>
            <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=move || open.set(false)/>
            <Button
                label=words.incident.assign_save
                kind=ButtonKind::Primary
                on_press=move || {
                    let name = name.get_untracked().trim().to_owned();
                    if !name.is_empty() {
                        give(Some(name));
                    }
                }
            />
        }
    };
    let people = here.people();
    view! {
        <Dialog open title=words.incident.assign actions>
            <Combobox
                label=words.incident.assignee
                value=name
                suggestions=people
                placeholder=words.incident.assign_example
                on_commit=move |text| name.set(text)
            />
            <p class="muted">{words.incident.assign_hint}</p>
            <div class="cluster">
                <Button label=words.incident.assign_to_me icon=Icon::User on_press=take/>
            </div>
        </Dialog>
    }
}

fn assign(here: Here, to: Option<String>) {
    let words = &here.words.incident;
    if here.now(|incident| incident.assignee == to).unwrap_or(true) {
        return;
    }
    let said = to.as_deref().map_or_else(|| words.unassigned_now.to_owned(), words.assigned_now);
    here.act_and_say(|incident, now| acts::assign(incident, to, now), said);
}
