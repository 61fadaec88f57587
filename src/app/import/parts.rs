//! What comes with one incident: its alerts and entities, each to be left out by its box.

use std::collections::{BTreeSet, HashMap};

use leptos::prelude::*;

use super::{Import, Stage, new_or_updated};
use crate::compact::{Gather as _, Order as _};
use crate::{
    app::{
        parts::{
            button::{Button, ButtonKind},
            dialog::{Dialog, DialogSize},
            icon::IconView,
            table::{Column, DataTable},
            terms::{SeverityTerm, kind_icon},
        },
        prefs::use_words,
    },
    formats::defang::defang,
    model::{AlertId, EntityId, EntityKind, IncidentId, taxonomy::Severity},
    notebook::merge::Item,
};

/// The dialog.
#[component]
pub fn PartsDialog(
    /// The import whose rows these are.
    import: Import,
) -> impl IntoView {
    let texts = &use_words().intake;
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(import.parts_of.with(Option::is_some)));
    let item = move || {
        let key = import.parts_of.get()?;
        import.stage.with_untracked(|stage| {
            let Stage::Ready(sources) = stage else { return None };
            let restores = import.restores.get_untracked();
            new_or_updated(sources, restores)
                .find(|(other, ..)| *other == key)
                .map(|(_, _, item)| item.clone())
        })
    };
    let title = Signal::derive(move || {
        item().map_or_else(
            || texts.parts_title.to_owned(),
            |item| format!("{}: {}", texts.parts_title, item.incident.name),
        )
    });
    let actions = move || {
        view! { <Button label=texts.parts_done kind=ButtonKind::Primary on_press=move || open.set(false)/> }
    };
    view! {
        <Dialog open title size=DialogSize::Large actions on_close=move || import.parts_of.set(None)>
            {move || item().map(|item| view! { <Parts import item/> })}
        </Dialog>
    }
}

#[component]
fn Parts(import: Import, item: Item) -> impl IntoView {
    let words = use_words();
    let texts = &words.intake;
    let incident = item.incident.id.clone();
    let alerts: HashMap<String, (String, Severity)> = item
        .added_alerts()
        .map(|alert| (alert.id.as_str().to_owned(), (alert.title.clone(), alert.severity.clone())))
        .collect();
    let entities: HashMap<String, (String, EntityKind)> = item
        .added_entities()
        .map(|entity| (entity.id.as_str().to_owned(), (entity.name(), entity.facts.kind())))
        .collect();
    let alert_ids: Vec<String> = item.added_alerts().map(|alert| alert.id.as_str().to_owned()).collect();
    let mut entity_ids: Vec<String> = entities.keys().cloned().collect();
    entity_ids.order_by(|a, b| {
        let of = |id: &String| entities.get(id).map(|(name, kind)| (*kind, name.clone()));
        of(a).cmp(&of(b))
    });
    let taken_alerts = RwSignal::new(import.left_out.with_untracked(|left_out| {
        let is_in = |id: &&String| {
            !left_out.alerts.iter().any(|(of, alert)| *of == incident && alert.as_str() == id.as_str())
        };
        alert_ids.iter().filter(is_in).cloned().gather::<BTreeSet<String>>()
    }));
    let taken_entities = RwSignal::new(import.left_out.with_untracked(|left_out| {
        let is_in = |id: &&String| {
            !left_out.entities.iter().any(|(of, entity)| *of == incident && entity.as_str() == id.as_str())
        };
        entity_ids.iter().filter(is_in).cloned().gather::<BTreeSet<String>>()
    }));
    keep(import, incident, (alert_ids.clone(), taken_alerts), (entity_ids.clone(), taken_entities));
    let (alerts, entities) = (StoredValue::new(alerts), StoredValue::new(entities));
    let alert_name = move |id: String| {
        alerts.with_value(|all| all.get(&id).map(|(name, _)| name.clone()).unwrap_or_default())
    };
    let entity_name = move |id: String| {
        entities.with_value(|all| all.get(&id).map(|(name, _)| defang(name)).unwrap_or_default())
    };
    let alert_cells = move |id: String| {
        let severity = alerts.with_value(|all| all.get(&id).map(|(_, severity)| severity.clone()));
        let severity = severity.map(|severity| view! { <SeverityTerm severity/> });
        vec![alert_name(id).into_any(), severity.into_any()]
    };
    let entity_cells = move |id: String| {
        let kind = entities.with_value(|all| all.get(&id).map(|(_, kind)| *kind));
        let kind = kind.map(|kind| {
            view! { <span class="cluster"><IconView icon=kind_icon(kind)/>{words.vocabulary.entity_kind(kind)}</span> }
        });
        vec![entity_name(id).into_any(), kind.into_any()]
    };
    let (alert_count, entity_count) = (alert_ids.len(), entity_ids.len());
    let columns =
        |second: &str| vec![Column::new("name", words.import.name).wide(), Column::new("second", second)];
    let severity = words.vocabulary.sort(crate::notebook::query::Sort::Severity);
    view! {
        <div class="import-parts">
            {(alert_count > 0)
                .then(|| {
                    view! {
                        <h3>{(texts.alerts_of)(alert_count)}</h3>
                        <DataTable
                            caption=(texts.alerts_of)(alert_count)
                            columns=columns(severity)
                            ids=alert_ids
                            cells=alert_cells
                            selection=taken_alerts
                            row_name=alert_name
                        />
                    }
                })}
            {(entity_count > 0)
                .then(|| {
                    view! {
                        <h3>{(texts.entities_of)(entity_count)}</h3>
                        <DataTable
                            caption=(texts.entities_of)(entity_count)
                            columns=columns(texts.kind)
                            ids=entity_ids
                            cells=entity_cells
                            selection=taken_entities
                            row_name=entity_name
                        />
                    }
                })}
        </div>
    }
}

/// Keeps what is left out as the boxes change.
fn keep(
    import: Import,
    incident: IncidentId,
    (alerts, taken_alerts): (Vec<String>, RwSignal<BTreeSet<String>>),
    (entities, taken_entities): (Vec<String>, RwSignal<BTreeSet<String>>),
) {
    Effect::new(move |_| {
        let (in_alerts, in_entities) = (taken_alerts.get(), taken_entities.get());
        import.left_out.update(|left_out| {
            left_out.alerts.retain(|(of, _)| *of != incident);
            left_out.entities.retain(|(of, _)| *of != incident);
            let out = |all: &[String], taken: &BTreeSet<String>| -> Vec<String> {
                all.iter().filter(|id| !taken.contains(*id)).cloned().collect()
            };
            for id in out(&alerts, &in_alerts) {
                left_out.alerts.extend(AlertId::try_from(id.as_str()).ok().map(|id| (incident.clone(), id)));
            }
            for id in out(&entities, &in_entities) {
                left_out
                    .entities
                    .extend(EntityId::try_from(id.as_str()).ok().map(|id| (incident.clone(), id)));
            }
        });
    });
}
