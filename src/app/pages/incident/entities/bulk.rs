//! What can be done with several entities at once.

use leptos::prelude::*;
use std::collections::BTreeSet;

use super::merging::{MergeDialog, can_merge};
use crate::{
    app::{
        actions::Action,
        pages::incident::here::{Here, use_here},
        parts::{
            button::{Button, ButtonKind},
            icon::Icon,
            menu::Menu,
            terms::verdict_look,
        },
        prefs::use_words,
    },
    model::{
        EntityField, EntityId,
        taxonomy::{RemediationStatus, Verdict},
    },
    notebook::acts,
};

/// The bar that stands above the table while entities are chosen.
#[component]
pub fn EntityBulk(
    /// The ids that are chosen.
    selection: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let verdict_ids = ["verdict.unknown", "verdict.suspicious", "verdict.malicious", "verdict.clean"];
    let verdicts: Vec<Action> = Verdict::ALL
        .iter()
        .zip(verdict_ids)
        .map(|(verdict, id)| {
            let label = words.vocabulary.verdict(verdict).into_owned();
            Action::new(id, label, verdict_look(verdict).1, move || {
                set(here, selection, &EntityField::Verdict(verdict.clone()));
            })
            .when(here.can_write())
        })
        .collect();
    let remediation = |id, status: RemediationStatus, icon| {
        let label = words.vocabulary.remediation(&status).into_owned();
        Action::new(id, label, icon, move || {
            set(here, selection, &EntityField::Remediation(status.clone()));
        })
        .when(here.can_write())
    };
    let remediations = vec![
        remediation("remediation.remediated", RemediationStatus::Remediated, Icon::Check),
        remediation("remediation.blocked", RemediationStatus::Blocked, Icon::Lock),
        remediation("remediation.prevented", RemediationStatus::Prevented, Icon::Shield),
        remediation("remediation.unremediated", RemediationStatus::Unremediated, Icon::Warning),
        remediation("remediation.none", RemediationStatus::None, Icon::Unknown),
    ];
    let merging = RwSignal::new(false);
    let all = Signal::derive(move || chosen(&selection.get()));
    let cannot_merge = Signal::derive(move || {
        let can = here.read(|incident| can_merge(incident, &all.get())).unwrap_or(false);
        !can || here.cannot_write().get()
    });
    let (verdicts, remediations) = (StoredValue::new(verdicts), StoredValue::new(remediations));
    view! {
        <Show when=move || !selection.with(BTreeSet::is_empty)>
            <div class="incident-bulk" role="group" aria-label=texts.bulk>
                <strong>{move || (words.parts.selected)(selection.with(BTreeSet::len))}</strong>
                <Menu
                    label=texts.verdict
                    icon=Icon::Shield
                    kind=ButtonKind::Secondary
                    small=true
                    actions=verdicts.get_value()
                />
                <Menu
                    label=texts.remediation
                    icon=Icon::Check
                    kind=ButtonKind::Secondary
                    small=true
                    actions=remediations.get_value()
                />
                <Button
                    label=words.entities.merge
                    icon=Icon::Entities
                    small=true
                    disabled=cannot_merge
                    on_press=move || merging.set(true)
                />
                <Button
                    label=texts.clear_selection
                    small=true
                    kind=ButtonKind::Ghost
                    on_press=move || selection.set(BTreeSet::new())
                />
            </div>
        </Show>
        <MergeDialog open=merging chosen=all on_merged=move |()| selection.set(BTreeSet::new())/>
    }
}

/// The entities of these ids.
fn chosen(ids: &BTreeSet<String>) -> Vec<EntityId> {
    ids.iter().filter_map(|id| EntityId::try_from(id.as_str()).ok()).collect()
}

/// Sets this field of every chosen entity, as one act, and lets go of the choice.
fn set(here: Here, selection: RwSignal<BTreeSet<String>>, field: &EntityField) {
    let chosen = chosen(&selection.get_untracked());
    let said = (here.words.incident.entities_changed)(chosen.len());
    let done = here.act_and_say(|incident, _| acts::set_entities(incident, &chosen, field), said);
    if done {
        selection.set(BTreeSet::new());
    }
}
