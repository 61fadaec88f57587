//! The timeline: alerts, events, milestones and steps in the order they happened. Events can be written down, corrected and
//! removed by hand.

use leptos::prelude::*;

use super::here::{Here, use_here};
use super::list_parts::{AddButton, NothingFound};
use crate::{
    analysis::timeline::{Happened, timeline},
    app::{
        pages::incident::{alerts, filter_chips::FilterText},
        parts::{
            empty_state::EmptyState,
            icon::{Icon, IconView},
            table::{Column, DataTable},
            when::When,
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
pub const OPEN: &str = "event";

/// The tab.
#[component]
pub fn Timeline() -> impl IntoView {
    let here = use_here();
    let texts = &use_words().timeline;
    let order =
        here.slice(|incident| timeline(incident).iter().map(|moment| key(&moment.what)).collect::<Vec<_>>());
    let adding = RwSignal::new(false);
    let add = move || view! { <AddButton label=texts.add open=adding/> };
    view! {
        <Show
            when=move || !order.with(Vec::is_empty)
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
                <Moments order/>
            </div>
        </Show>
        <form::AddEvent open=adding/>
    }
}

/// One thing that happened, as a row shows it.
#[derive(Clone, PartialEq)]
struct Moment {
    at: Time,
    icon: Icon,
    kind: &'static str,
    what: String,
    /// What tells it, and how many entities it is about.
    about: String,
    tab: IncidentTab,
    query: Query,
}

impl Moment {
    fn holds(&self, sought: &str) -> bool {
        [self.what.as_str(), self.kind, &self.about].iter().any(|text| text.to_lowercase().contains(sought))
    }
}

/// What names a moment in the list.
fn key(what: &Happened) -> String {
    match what {
        Happened::Alert(id) => format!("a-{id}"),
        Happened::Event(id) => format!("e-{id}"),
        Happened::Clock(clock) => format!("c-{}", clock.field(None).name()),
        Happened::Done(id) => format!("s-{id}"),
    }
}

/// The moment of this name, as it is now. Only those on screen, or searched, are put into words.
fn moment(incident: &Incident, key: &str, words: &'static Words) -> Option<Moment> {
    let (kind, id) = key.split_at_checked(2)?;
    match kind {
        "a-" => {
            let alert = incident.alerts.get(&AlertId::try_from(id).ok()?)?;
            Some(Moment {
                at: alert.when()?.clone(),
                icon: Icon::Bell,
                kind: words.report.event_alert,
                what: alert.title.clone(),
                about: words.vocabulary.service_source(&alert.service_source).into_owned(),
                tab: IncidentTab::Alerts,
                query: Query::new().with(alerts::OPEN, id),
            })
        }
        "e-" => event_moment(incident, &EventId::try_from(id).ok()?, words),
        "c-" => {
            let clock = Clock::ALL.into_iter().find(|clock| clock.field(None).name() == id)?;
            Some(Moment {
                at: clock.of(&incident.clocks)?.clone(),
                icon: Icon::Shield,
                kind: words.report.event_clock,
                what: words.vocabulary.clock(clock).to_owned(),
                about: String::new(),
                tab: IncidentTab::Overview,
                query: Query::new(),
            })
        }
        _ => {
            let step = StepId::try_from(id).ok()?;
            let marked = incident.checklist.steps.get(&step)?.marked.as_ref()?;
            let steps = steps_of(library(), &incident.checklist);
            let title = steps.iter().find(|known| known.id == step).map(|known| known.title(words.lang));
            Some(Moment {
                at: marked.at.clone(),
                icon: Icon::Check,
                kind: words.report.event_step,
                what: title.unwrap_or(id).to_owned(),
                about: marked.by.clone(),
                tab: IncidentTab::Checklist,
                query: Query::new(),
            })
        }
    }
}

fn event_moment(incident: &Incident, id: &EventId, words: &'static Words) -> Option<Moment> {
    let event = incident.events.get(id)?;
    let entities = incident.shown_among(&event.entities).len();
    let entities = (entities > 0).then(|| words.amounts.entities(entities));
    let told = [event.source.clone(), event.kind.clone()].into_iter().filter(|text| !text.is_empty());
    Some(Moment {
        at: event.at.clone(),
        icon: Icon::Clock,
        kind: words.report.event_told,
        what: event.message.clone(),
        about: told.chain(entities).collect::<Vec<_>>().join(" · "),
        tab: IncidentTab::Timeline,
        query: Query::new().with(OPEN, id.as_str()),
    })
}

#[component]
fn Moments(
    /// What names each moment, in order.
    order: Memo<Vec<String>>,
) -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.timeline;
    let asked = here.asked("q");
    let shown = Memo::new(move |_| {
        let sought = asked.get().to_lowercase();
        if sought.is_empty() {
            return order.get();
        }
        let holds = |incident: &Incident, key: &String| {
            moment(incident, key, words).is_some_and(|moment| moment.holds(&sought))
        };
        here.read(|incident| {
            order.with(|order| order.iter().filter(|key| holds(incident, key)).cloned().collect())
        })
        .unwrap_or_default()
    });
    // Only events open here; what else happened has its own place.
    let events = Memo::new(move |_| {
        let event = |key: &String| key.strip_prefix("e-").map(str::to_owned);
        shown.with(|shown| shown.iter().filter_map(event).collect::<Vec<_>>())
    });
    let found = Memo::new(move |_| shown.with(Vec::len));
    let active = RwSignal::new(None);
    let columns = vec![
        Column::new("time", words.fields.settable("at").into_owned()),
        Column::new("kind", texts.kind).optional(),
        Column::new("what", words.fields.settable("message").into_owned()).wide(),
    ];
    let open = move |key: String| {
        if let Some(moment) = here.now(|incident| moment(incident, &key, words)).flatten() {
            match moment.query.get(OPEN) {
                Some(id) => here.ask(OPEN, id),
                None => here.go(moment.tab, moment.query.clone()),
            }
        }
    };
    view! {
        <div class="incident-filters">
            <FilterText label=texts.search/>
            <p class="muted" role="status">
                {move || (words.incident.shown)(found.get(), order.with(Vec::len))}
            </p>
        </div>
        <Show
            when=move || found.get() != 0
            fallback=move || view! { <NothingFound/> }
        >
            <DataTable
                caption=texts.title
                columns=columns.clone()
                ids=shown
                cells=move |key: String| cells(here, key)
                active
                on_open=open
            />
        </Show>
        <detail::EventDetail shown=events/>
    }
}

fn cells(here: Here, key: String) -> Vec<AnyView> {
    let words = here.words;
    let moment = here.slice(move |incident| moment(incident, &key, words));
    let address = move || {
        let moment = moment.get()?;
        Some(match moment.query.get(OPEN) {
            Some(id) => here.address_asking(OPEN, id),
            None => here.address_with(moment.tab, moment.query.clone()),
        })
    };
    // Text from a log may hold live addresses.
    let what = move || moment.get().map(|moment| defang_text(&moment.what).into_owned());
    vec![
        (move || moment.get().map(|moment| view! { <When at=moment.at/> })).into_any(),
        (move || {
            moment.get().map(|moment| {
                view! { <span class="timeline-kind"><IconView icon=moment.icon/> <span>{moment.kind}</span></span> }
            })
        })
        .into_any(),
        view! {
            <span class="incident-row-name">
                <a class="truncate" href=address title=what>{what}</a>
                <span class="muted">{move || moment.get().map(|moment| defang_text(&moment.about).into_owned())}</span>
            </span>
        }
        .into_any(),
    ]
}
