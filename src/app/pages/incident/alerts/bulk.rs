//! What can be done with several alerts at once.

use leptos::prelude::*;
use std::collections::BTreeSet;

use crate::{
    app::{
        actions::Action,
        pages::incident::{
            classifying::{Choice, ClassificationFields},
            here::{Here, use_here},
        },
        parts::{
            button::{Button, ButtonKind},
            dialog::Dialog,
            icon::Icon,
            menu::Menu,
        },
        prefs::use_words,
    },
    model::{AlertField, AlertId, taxonomy::AlertStatus},
    notebook::Act,
};

/// The bar that stands above the table while alerts are chosen.
#[component]
pub fn AlertBulk(
    /// The ids that are chosen.
    selection: RwSignal<BTreeSet<String>>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let classify = RwSignal::new(false);
    let status = |id, value: AlertStatus, icon| {
        let label = words.vocabulary.alert_status(&value).into_owned();
        Action::new(id, label, icon, move || {
            set(here, selection, &[AlertField::Status(value.clone())]);
        })
        .when(here.can_write())
    };
    let statuses = StoredValue::new(vec![
        status("alerts.new", AlertStatus::New, Icon::Bell),
        status("alerts.in-progress", AlertStatus::InProgress, Icon::Clock),
        status("alerts.resolved", AlertStatus::Resolved, Icon::Check),
    ]);
    view! {
        <Show when=move || !selection.with(BTreeSet::is_empty)>
            <div class="incident-bulk" role="group" aria-label=texts.bulk>
                <strong>{move || (words.parts.selected)(selection.with(BTreeSet::len))}</strong>
                <Menu
                    label=texts.set_status
                    icon=Icon::Bell
                    kind=ButtonKind::Secondary
                    small=true
                    actions=statuses.get_value()
                />
                <Button
                    label=texts.classify
                    icon=Icon::Shield
                    small=true
                    disabled=here.cannot_write()
                    on_press=move || classify.set(true)
                />
                <Button
                    label=texts.clear_selection
                    small=true
                    kind=ButtonKind::Ghost
                    on_press=move || selection.set(BTreeSet::new())
                />
            </div>
        </Show>
        <ClassifyAlerts open=classify selection/>
    }
}

#[component]
fn ClassifyAlerts(open: RwSignal<bool>, selection: RwSignal<BTreeSet<String>>) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let choice = Choice::new();
    let save = move || {
        open.set(false);
        let fields = [
            AlertField::Classification(choice.classification.get_untracked()),
            AlertField::Determination(choice.determination.get_untracked()),
        ];
        set(here, selection, &fields);
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=move || open.set(false)/>
            <Button label=words.incident.save kind=ButtonKind::Primary on_press=save/>
        }
    };
    view! {
        <Dialog open title=words.incident.classify_alerts actions>
            <ClassificationFields choice/>
        </Dialog>
    }
}

/// Sets these fields of every chosen alert, as one act, and lets go of the choice.
fn set(here: Here, selection: RwSignal<BTreeSet<String>>, fields: &[AlertField]) {
    let chosen: Vec<AlertId> = selection.with_untracked(|chosen| {
        chosen.iter().filter_map(|id| AlertId::try_from(id.as_str()).ok()).collect()
    });
    let said = (here.words.incident.alerts_changed)(chosen.len());
    let done = here.act_and_say(
        |incident, _| {
            let sets = fields.iter().map(|field| {
                let each = chosen.iter().map(|id| (id.clone(), field.clone())).collect();
                Act::SetAlerts(incident.id.clone(), each)
            });
            Act::All(sets.collect())
        },
        said,
    );
    if done {
        selection.set(BTreeSet::new());
    }
}
