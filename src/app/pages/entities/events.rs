//! The timeline events that name an entity, in all of its incidents: the newest first, a number of them at a time.
//!
//! The index knows how many there are; what they say is read from the incidents a little at a time, and only from those that
//! can have any of the newest.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};

use super::one::There;
use crate::{
    analysis::timeline::events_naming,
    app::{
        pages::incident::timeline::OPEN,
        parts::{
            button::Button,
            table::{Column, DataTable},
            when::When,
        },
        prefs::use_words,
        route::{IncidentTab, Query, Route},
        slice::Slice,
        state::{State, use_state},
    },
    compact::Order as _,
    formats::defang::defang_text,
    model::{EntityId, Incident, Time, TimelineEvent},
    notebook::Row,
};

/// How many are shown at first, and how many more each time more are asked for.
const AT_ONCE: usize = 50;

/// One event, as a line shows it.
#[derive(Clone, PartialEq)]
struct Told {
    row: Arc<Row>,
    event: String,
    at: Time,
    what: String,
    /// Who tells it, and what kind of event it is.
    about: String,
}

impl Told {
    fn of(row: &Arc<Row>, event: &TimelineEvent) -> Self {
        let about = [event.source.as_str(), &event.kind];
        let about: Vec<&str> = about.into_iter().filter(|text| !text.is_empty()).collect();
        // Text from a log may hold live addresses.
        Self {
            row: Arc::clone(row),
            event: event.id.to_string(),
            at: event.at.clone(),
            what: defang_text(&event.message).into_owned(),
            about: defang_text(&about.join(" · ")).into_owned(),
        }
    }

    /// What names its line in the table.
    fn key(&self) -> String {
        format!("{}/{}", self.row.id, self.event)
    }

    /// Its details in the timeline of its incident.
    fn address(&self) -> String {
        let query = Query::new().with(OPEN, &self.event);
        Route::Incident { id: self.row.id.to_string(), tab: IncidentTab::Timeline, query }.to_string()
    }
}

/// The newest of an incident's events that name the entity, at most so many.
fn newest(row: &Arc<Row>, incident: &Incident, entity: &EntityId, most: usize) -> Vec<Told> {
    let mut events: Vec<&TimelineEvent> = events_naming(incident, entity).collect();
    events.order_by_key(|event| std::cmp::Reverse(event.at.instant()));
    events.into_iter().take(most).map(|event| Told::of(row, event)).collect()
}

/// The events, where there are any.
#[component]
pub fn Events(there: Memo<Vec<There>>) -> impl IntoView {
    let texts = &use_words().entities;
    let state = use_state();
    let most = RwSignal::new(AT_ONCE);
    let told: RwSignal<Vec<Told>> = RwSignal::default();
    let run = StoredValue::new(0_u32);
    let places = Memo::new(move |_| {
        let named = |one: &&There| one.events > 0;
        there.with(|there| there.iter().filter(named).cloned().collect::<Vec<_>>())
    });
    let of = Memo::new(move |_| places.with(|places| places.iter().map(|one| one.events).sum::<usize>()));
    Effect::new(move |_| {
        let (places, most) = (places.get(), most.get());
        let latest = run.get_value().wrapping_add(1);
        run.set_value(latest);
        spawn_local(async move {
            // What is read for nothing once the page is gone, or asks for something else, is given up.
            let go_on = || run.try_get_value() == Some(latest);
            if let Some(read) = read(state, &places, most, go_on).await {
                told.set(read);
            }
        });
    });
    let ids = Memo::new(move |_| told.with(|told| told.iter().map(Told::key).collect::<Vec<_>>()));
    let columns = vec![
        Column::new("time", texts.event_time),
        Column::new("what", texts.event).wide(),
        Column::new("incident", texts.incident),
    ];
    let shown = move || ids.with(Vec::len);
    let is_less = Memo::new(move |_| shown() < of.get());
    view! {
        <Show when=move || ids.with(|ids| !ids.is_empty())>
            <section class="stack entity-events">
                <h2>{texts.events}</h2>
                <DataTable
                    caption=texts.events
                    columns=columns.clone()
                    ids
                    cells=move |key: String| cells(told, &key)
                />
                <Show when=move || is_less.get()>
                    <div class="cluster">
                        <Button
                            label=texts.more_events
                            small=true
                            on_press=move || most.update(|most| *most += AT_ONCE)
                        />
                        <span class="muted" role="status">{move || (texts.events_shown)(shown(), of.get())}</span>
                    </div>
                </Show>
            </section>
        </Show>
    }
}

/// Reads the newest events of these places, those first where it was seen last; the newest come first. None where it was given
/// up.
async fn read(state: State, places: &[There], most: usize, go_on: impl Fn() -> bool) -> Option<Vec<Told>> {
    let mut told: Vec<Told> = Vec::new();
    let mut slice = Slice::begin();
    for place in places {
        // What comes now was seen last before the oldest that is shown.
        let is_older = |oldest: &Told| place.seen.is_some_and(|(_, last)| last < oldest.at.millis());
        if told.len() >= most && told.last().is_some_and(is_older) {
            break;
        }
        // One that cannot be read says so where it is opened.
        if let Some(incident) = state.peek(&place.row.id) {
            told.extend(newest(&place.row, &incident, &place.entity, most));
            // An entity may be in one incident twice, and both in one event.
            told.order_by_cached_key(|one| (std::cmp::Reverse(one.at.instant()), one.key()));
            told.dedup_by_key(|one| one.key());
            told.truncate(most);
        }
        slice.rest_if_over(&go_on).await?;
    }
    go_on().then_some(told)
}

fn cells(told: RwSignal<Vec<Told>>, key: &str) -> Vec<AnyView> {
    let key = key.to_owned();
    let one = Memo::new(move |_| told.with(|told| told.iter().find(|one| one.key() == key).cloned()));
    let event = move || {
        let one = one.get()?;
        Some(view! {
            <span class="incident-row-name">
                <a class="truncate" href=one.address() title=one.what.clone()>{one.what.clone()}</a>
                <span class="muted">{one.about}</span>
            </span>
        })
    };
    let incident = move || {
        let one = one.get()?;
        let name = one.row.name.clone();
        Some(
            view! { <span class="truncate muted entity-event-incident" title=name.clone()>{name.clone()}</span> },
        )
    };
    vec![
        (move || one.get().map(|one| view! { <When at=one.at/> })).into_any(),
        event.into_any(),
        incident.into_any(),
    ]
}
