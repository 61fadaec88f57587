//! What comes with one incident: its alerts, entities, timeline events and steps, each to be left out by its box.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{
    Import, Stage, new_or_updated,
    parts_table::{Beside, PartRow, PartsTable},
};
use crate::compact::{Gather as _, Order as _};
use crate::{
    app::{
        parts::{
            button::{Button, ButtonKind},
            dialog::{Dialog, DialogSize},
        },
        prefs::use_words,
    },
    formats::defang::{defang, defang_text},
    model::IncidentId,
    notebook::{
        merge::{Item, aim::Part},
        query::Sort,
    },
    words::Words,
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

/// Things of one kind.
struct Group {
    title: String,
    /// What stands beside their names.
    beside: String,
    rows: Vec<PartRow>,
}

fn groups(item: &Item, words: &Words) -> Vec<Group> {
    let texts = &words.intake;
    let alerts = item.added_alerts().map(|alert| {
        PartRow::new(
            Part::Alert(alert.id.clone()),
            alert.title.clone(),
            Beside::Severity(alert.severity.clone()),
        )
    });
    let mut entities: Vec<_> = item.added_entities().collect();
    entities.order_by_cached_key(|entity| (entity.facts.kind(), entity.name()));
    let entities = entities.into_iter().map(|entity| {
        let name = defang(&entity.name());
        PartRow::new(Part::Entity(entity.id.clone()), name, Beside::Kind(entity.facts.kind()))
    });
    let mut events: Vec<_> = item.added_events().collect();
    events.order_by(|a, b| a.at.cmp(&b.at));
    let events = events.into_iter().map(|event| {
        // Text from a log may hold live addresses.
        let message = defang_text(&event.message).into_owned();
        PartRow::new(Part::Event(event.id.clone()), message, Beside::Time(event.at.clone()))
    });
    let mut steps: Vec<_> = item.added_steps().collect();
    steps.order_by_key(|(_, step)| (step.phase, &step.title));
    let steps = steps.into_iter().map(|(id, step)| {
        PartRow::new(Part::Step(id.clone()), step.title.clone(), Beside::Phase(step.phase))
    });
    let group = |title: fn(usize) -> String, beside: &str, rows: Vec<PartRow>| Group {
        title: title(rows.len()),
        beside: beside.to_owned(),
        rows,
    };
    vec![
        group(texts.alerts_of, words.vocabulary.sort(Sort::Severity), alerts.collect()),
        group(texts.entities_of, texts.kind, entities.collect()),
        group(texts.events_of, &words.fields.settable("at"), events.collect()),
        group(texts.steps_of, texts.phase, steps.collect()),
    ]
}

#[component]
fn Parts(import: Import, item: Item) -> impl IntoView {
    let incident = item.incident.id.clone();
    let groups = groups(&item, use_words()).into_iter().filter(|group| !group.rows.is_empty());
    let groups: Vec<_> = groups
        .map(|group| {
            let taken = taken(import, &incident, &group.rows);
            view! {
                <section>
                    <h3>{group.title.clone()}</h3>
                    <PartsTable caption=group.title beside=group.beside rows=group.rows taken/>
                </section>
            }
        })
        .collect();
    view! { <div class="import-parts">{groups}</div> }
}

/// Which of these come in, by their ids; what is left out is kept as the boxes change.
fn taken(import: Import, incident: &IncidentId, rows: &[PartRow]) -> RwSignal<BTreeSet<String>> {
    let parts: Vec<Part> = rows.iter().map(|row| row.part.clone()).collect();
    let is_out = |part: &Part| import.left_out.with_untracked(|left_out| left_out.has(incident, part));
    let ids = parts.iter().filter(|part| !is_out(part)).map(|part| part.id().to_owned());
    let taken = RwSignal::new(ids.gather::<BTreeSet<String>>());
    let incident = incident.clone();
    Effect::new(move |_| {
        taken.with(|taken| {
            let out = parts.iter().filter(|part| !taken.contains(part.id())).cloned();
            import.left_out.update(|left_out| left_out.choose(&incident, out, &parts));
        });
    });
    taken
}
