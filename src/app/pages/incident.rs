//! The page of one incident: its head and path, the tabs, and the checklist beside them.

use leptos::prelude::*;

use crate::{
    app::{
        browser,
        parts::{
            button::{ButtonKind, ButtonLink},
            empty_state::EmptyState,
            icon::Icon,
            page_header::PageHeader,
            split_pane::SplitPane,
            tabs::{Tab, TabPanel, Tabs},
        },
        prefs::use_words,
        route::{IncidentTab, Route},
    },
    model::IncidentId,
};

mod acting;
mod activity;
mod alerts;
mod assigning;
pub mod checklist;
mod classifying;
mod clocks;
pub mod entities;
mod evidence;
mod filter_chips;
mod guide;
mod header;
mod here;
mod linked_entities;
mod linked_steps;
mod list_parts;
mod notes;
mod other_fields;
mod overview;
mod path;
mod priority_dialog;
mod report;
mod resolving;
mod stepper;
mod tags;
pub mod timeline;

use acting::Acting;
use checklist::ChecklistPane;
use here::{Here, use_here};

/// The page of one incident.
#[component]
pub fn IncidentPage(
    /// The incident's id in this notebook.
    id: String,
    /// The tab that is open.
    #[prop(into)]
    tab: Signal<IncidentTab>,
) -> impl IntoView {
    let Ok(known) = IncidentId::try_from(id.as_str()) else {
        return view! { <NoSuchIncident id/> }.into_any();
    };
    let here = Here::provide(known, tab);
    let exists = here.exists();
    view! {
        <Show
            when=move || exists.get()
            fallback=move || view! { <NoSuchIncident id=id.clone()/> }
        >
            <Incident/>
        </Show>
    }
    .into_any()
}

/// What stands at the address of an incident that is not in this notebook.
#[component]
fn NoSuchIncident(id: String) -> impl IntoView {
    let words = &use_words().incident;
    view! {
        <PageHeader title=words.missing_title/>
        <EmptyState icon=Icon::Incidents title=words.missing_title text=(words.missing_text)(&id)>
            <ButtonLink label=words.missing_action href=Route::home().to_string() kind=ButtonKind::Primary/>
        </EmptyState>
    }
}

#[component]
fn Incident() -> impl IntoView {
    let here = use_here();
    let words = &use_words().incident;
    let renaming = RwSignal::new(false);
    Acting::provide(here, renaming);
    let narrow = browser::use_narrow();
    // On a wide screen the checklist is in sight anyway, so its tab shows the overview.
    let open = Memo::new(move |_| match here.tab().get() {
        IncidentTab::Checklist if !narrow.get() => IncidentTab::Overview,
        tab => tab,
    });
    let selected = Signal::derive(move || open.get().slug());
    // On a wide screen the checklist stands beside guide and tabs too, so that it begins as high as they do.
    let lead = move || {
        view! {
            <guide::Guide id=here.id()/>
            <Tabs label=words.tabs tabs=tabs(here, narrow) selected/>
        }
    };
    let main = move || {
        view! {
            {move || (!narrow.get()).then(lead)}
            {move || {
                let tab = open.get();
                (tab != IncidentTab::Checklist)
                    .then(|| view! { <TabPanel tab=tab.slug()>{tab_content(tab)}</TabPanel> })
            }}
        }
    };
    let side = move || {
        view! {
            {move || {
                if narrow.get() && open.get() == IncidentTab::Checklist {
                    view! {
                        <TabPanel tab=IncidentTab::Checklist.slug()>
                            <ChecklistPane id=here.id()/>
                        </TabPanel>
                    }
                    .into_any()
                } else if narrow.get() {
                    ().into_any()
                } else {
                    view! { <ChecklistPane id=here.id()/> }.into_any()
                }
            }}
        }
    };
    view! {
        <article class="incident">
            <header::Header renaming/>
            {move || narrow.get().then(lead)}
            <SplitPane
                main
                side
                side_label=words.checklist
                show_side=Signal::derive(move || open.get() == IncidentTab::Checklist)
            />
            <resolving::ResolveDialog/>
            <classifying::ClassifyDialog/>
            <assigning::AssignDialog/>
            <priority_dialog::PriorityDialog/>
            <clocks::ClocksDialog/>
        </article>
    }
}

fn tabs(here: Here, narrow: Signal<bool>) -> Signal<Vec<Tab>> {
    let words = &use_words().incident;
    let alerts = here.of_row(|row| row.alerts);
    let entities = here.slice(crate::model::Incident::entity_count);
    let evidence = here.slice(|incident| incident.evidence.len());
    let notes = here.slice(|incident| incident.notes.len());
    Signal::derive(move || {
        let tab = |tab: IncidentTab, label: &str, count: Option<Memo<usize>>| Tab {
            id: tab.slug(),
            label: label.to_owned(),
            count: count.map(Signal::from),
            icon: None,
            address: here.address(tab),
        };
        let checklist = tab(IncidentTab::Checklist, words.checklist, None);
        let mut tabs = if narrow.get() { vec![checklist] } else { Vec::new() };
        tabs.extend([
            tab(IncidentTab::Overview, words.overview, None),
            tab(IncidentTab::Timeline, use_words().timeline.title, None),
            tab(IncidentTab::Alerts, words.alerts, Some(alerts)),
            tab(IncidentTab::Entities, words.entities, Some(entities)),
            tab(IncidentTab::Evidence, words.evidence_items, Some(evidence)),
            tab(IncidentTab::Notes, words.notes, Some(notes)),
            tab(IncidentTab::Activity, words.activity, None),
            tab(IncidentTab::Report, words.report, None),
        ]);
        tabs
    })
}

fn tab_content(tab: IncidentTab) -> AnyView {
    match tab {
        IncidentTab::Checklist => ().into_any(),
        IncidentTab::Overview => view! { <overview::Overview/> }.into_any(),
        IncidentTab::Timeline => view! { <timeline::Timeline/> }.into_any(),
        IncidentTab::Alerts => view! { <alerts::Alerts/> }.into_any(),
        IncidentTab::Entities => view! { <entities::Entities/> }.into_any(),
        IncidentTab::Evidence => view! { <evidence::EvidenceItems/> }.into_any(),
        IncidentTab::Notes => view! { <notes::Notes/> }.into_any(),
        IncidentTab::Activity => view! { <activity::ActivityLog/> }.into_any(),
        IncidentTab::Report => view! { <report::Report/> }.into_any(),
    }
}
