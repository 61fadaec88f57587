//! The timeline: alerts, events, milestones and steps in the order they happened. Events can be written down, corrected and
//! removed by hand.

use leptos::prelude::*;

use super::here::{Here, use_here};
use crate::{
    analysis::timeline::{Happened, timeline},
    app::{
        pages::incident::{alerts, filter_chips::FilterText},
        parts::{
            badge::{Badge, Tone},
            button::{Button, ButtonKind},
            empty_state::EmptyState,
            icon::{Icon, IconView},
            table::{Column, DataTable},
            time::{Time as TimeView, TimeStyle},
        },
        prefs::use_words,
        route::{IncidentTab, Query},
    },
    formats::defang::defang_text,
    model::{AlertId, Clock, EventId, Incident, StepId, Time},
    playbooks::{library, steps_of},
    words::Words,
};

mod detail;
mod form;

/// The key under which the address names the event that is open.
const OPEN: &str = "event";

/// The tab.
#[component]
pub fn Timeline() -> impl IntoView {
    let here = use_here();
    let texts = &use_words().timeline;
    let any = here.slice(|incident| !timeline(incident).is_empty());
    let adding = RwSignal::new(false);
    let add = move || {
        view! {
            <Button
                label=texts.add
                icon=Icon::Plus
                kind=ButtonKind::Primary
                disabled=here.cannot_write()
                on_press=move || adding.set(true)
            />
        }
    };
    view! {
        <Show
            when=move || any.get()
            fallback=move || {
                view! {
                    <EmptyState icon=Icon::Clock title=texts.none text=texts.none_text>
                        {add()}
                    </EmptyState>
                }
            }
        >
            <div class="stack">
                <div>{add()}</div>
                <Moments/>
            </div>
        </Show>
        <form::AddEvent open=adding/>
    }
}

/// One thing that happened, as a row shows it.
#[derive(Clone, PartialEq)]
struct Moment {
    /// What names it in the list: its kind and id.
    key: String,
    at: Time,
    icon: Icon,
    kind: String,
    what: String,
    /// What tells it, and how many entities it is about.
    about: String,
    tab: IncidentTab,
    query: Query,
}

fn moments(incident: &Incident, words: &'static Words) -> Vec<Moment> {
    let steps = steps_of(library(), &incident.checklist);
    let title = |id: &StepId| {
        let step = steps.iter().find(|step| step.id == *id);
        step.map_or_else(|| id.to_string(), |step| step.title(words.lang).to_owned())
    };
    timeline(incident)
        .into_iter()
        .filter_map(|moment| {
            let row = |key: String, icon: Icon, kind: &str, what: String| Moment {
                key,
                at: moment.at.clone(),
                icon,
                kind: kind.to_owned(),
                what: defang_text(&what).into_owned(),
                about: String::new(),
                tab: IncidentTab::Timeline,
                query: Query::new(),
            };
            Some(match &moment.what {
                Happened::Alert(id) => alert_row(incident, id, words, row)?,
                Happened::Event(id) => event_row(incident, id, words, row)?,
                Happened::Clock(clock) => clock_row(*clock, words, row),
                Happened::Done(id) => Moment {
                    tab: IncidentTab::Checklist,
                    ..row(format!("s-{id}"), Icon::Check, words.report.event_step, title(id))
                },
            })
        })
        .collect()
}

fn alert_row(
    incident: &Incident,
    id: &AlertId,
    words: &'static Words,
    row: impl Fn(String, Icon, &str, String) -> Moment,
) -> Option<Moment> {
    let alert = incident.alerts.get(id)?;
    Some(Moment {
        about: words.vocabulary.service_source(&alert.service_source).into_owned(),
        tab: IncidentTab::Alerts,
        query: Query::new().with(alerts::OPEN, id.as_str()),
        ..row(format!("a-{id}"), Icon::Bell, words.report.event_alert, alert.title.clone())
    })
}

fn event_row(
    incident: &Incident,
    id: &EventId,
    words: &'static Words,
    row: impl Fn(String, Icon, &str, String) -> Moment,
) -> Option<Moment> {
    let event = incident.events.get(id)?;
    let entities = event.entities.iter().filter(|id| incident.entities.contains_key(*id)).count();
    let entities = (entities > 0).then(|| words.amounts.entities(entities));
    let told = [event.source.clone(), event.kind.clone()].into_iter().filter(|text| !text.is_empty());
    let about: Vec<String> = told.chain(entities).collect();
    Some(Moment {
        about: defang_text(&about.join(" · ")).into_owned(),
        query: Query::new().with(OPEN, id.as_str()),
        ..row(format!("e-{id}"), Icon::Clock, words.report.event_told, event.message.clone())
    })
}

fn clock_row(
    clock: Clock,
    words: &'static Words,
    row: impl Fn(String, Icon, &str, String) -> Moment,
) -> Moment {
    let what = words.vocabulary.clock(clock);
    let key = format!("c-{}", clock.field(None).name());
    Moment { tab: IncidentTab::Overview, ..row(key, Icon::Shield, words.report.event_clock, what.to_owned()) }
}

#[component]
fn Moments() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.timeline;
    let all = here.slice(move |incident| moments(incident, words));
    let asked = here.asked("q");
    let shown = Memo::new(move |_| {
        let sought = asked.get().to_lowercase();
        let holds = |moment: &Moment| {
            [&moment.what, &moment.kind, &moment.about]
                .iter()
                .any(|text| text.to_lowercase().contains(&sought))
        };
        all.with(|all| {
            all.iter().filter(|moment| holds(moment)).map(|moment| moment.key.clone()).collect::<Vec<_>>()
        })
    });
    // Only events open here; what else happened has its own place.
    let events = Memo::new(move |_| {
        shown.with(|shown| {
            shown.iter().filter_map(|key| key.strip_prefix("e-").map(str::to_owned)).collect::<Vec<_>>()
        })
    });
    let by_key = Memo::new(move |_| {
        all.with(|all| {
            all.iter()
                .map(|moment| (moment.key.clone(), moment.clone()))
                .collect::<std::collections::HashMap<_, _>>()
        })
    });
    let total = Memo::new(move |_| all.with(Vec::len));
    let found = Memo::new(move |_| shown.with(Vec::len));
    let active = RwSignal::new(None);
    let columns = vec![
        Column::new("time", words.fields.settable("at").into_owned()),
        Column::new("kind", texts.kind).optional(),
        Column::new("what", words.fields.settable("message").into_owned()).wide(),
    ];
    let open = move |key: String| {
        if let Some(moment) = by_key.with_untracked(|by_key| by_key.get(&key).cloned()) {
            go(here, &moment);
        }
    };
    view! {
        <div class="incident-filters">
            <FilterText label=texts.search/>
            <p class="muted" role="status">{move || (words.incident.shown)(found.get(), total.get())}</p>
        </div>
        <Show
            when=move || found.get() != 0
            fallback=move || {
                view! {
                    <EmptyState
                        icon=Icon::Filter
                        title=words.incident.nothing_found
                        text=words.incident.nothing_found_text
                    >
                        <Button
                            label=words.incident.clear_filters
                            kind=ButtonKind::Primary
                            on_press=move || here.ask_nothing()
                        />
                    </EmptyState>
                }
            }
        >
            <DataTable
                caption=texts.title
                columns=columns.clone()
                ids=shown
                cells=move |key: String| cells(here, key, by_key)
                active
                on_open=open
            />
        </Show>
        <detail::EventDetail shown=events/>
    }
}

/// Opens an event here, and everything else where it stands.
fn go(here: Here, moment: &Moment) {
    match moment.query.get(OPEN) {
        Some(id) => here.ask(OPEN, id),
        None => here.go(moment.tab, moment.query.clone()),
    }
}

fn cells(here: Here, key: String, by_key: Memo<std::collections::HashMap<String, Moment>>) -> Vec<AnyView> {
    let moment = Memo::new(move |_| by_key.with(|by_key| by_key.get(&key).cloned()));
    let address = move || {
        let moment = moment.get()?;
        Some(match moment.query.get(OPEN) {
            Some(id) => here.address_asking(OPEN, id),
            None => here.address_with(moment.tab, moment.query.clone()),
        })
    };
    vec![
        (move || moment.get().map(|moment| view! { <When at=moment.at/> })).into_any(),
        (move || {
            moment.get().map(|moment| {
                view! { <span class="cluster"><IconView icon=moment.icon/> <span>{moment.kind}</span></span> }
            })
        })
        .into_any(),
        view! {
            <span class="incident-row-name">
                <a class="truncate" href=address title=move || moment.get().map(|moment| moment.what)>
                    {move || moment.get().map(|moment| moment.what)}
                </a>
                <span class="muted">{move || moment.get().map(|moment| moment.about)}</span>
            </span>
        }
        .into_any(),
    ]
}

/// A time as the reader reads it; one without a zone as it was written, marked.
#[component]
pub fn When(at: Time) -> impl IntoView {
    let texts = &use_words().timeline;
    if at.zone_stated() {
        let (millis, original) = (at.millis(), at.text().to_owned());
        view! { <TimeView at=millis original style=TimeStyle::Second/> }.into_any()
    } else {
        view! {
            <span class="timeline-zoneless">
                <span>{at.text().to_owned()}</span>
                <Badge label=texts.zone_missing tone=Tone::Warning icon=Icon::Clock/>
            </span>
        }
        .into_any()
    }
}
