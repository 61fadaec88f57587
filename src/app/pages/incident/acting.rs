//! What can be done with an incident: the same actions as buttons, in the menu, by key and in the palette.

use leptos::prelude::*;

use super::here::{Here, use_here};
use crate::{
    app::{
        actions::{Action, use_actions},
        giving::use_giving,
        parts::{action_button::ActionButton, button::ButtonKind, icon::Icon, menu::Menu},
        prefs::use_words,
        route::{IncidentTab, Query},
    },
    model::{Clock, taxonomy::Status},
    notebook::{Act, acts},
};

/// The actions of the page.
#[derive(Clone)]
pub struct Acting {
    /// Takes the incident on.
    pub take: Action,
    /// Resolves it.
    pub resolve: Action,
    /// Opens it again.
    pub reopen: Action,
    /// Everything else, in the order of the menu.
    pub others: Vec<Action>,
}

impl Acting {
    /// The actions of this incident, registered for as long as the page is on screen and provided as context.
    pub fn provide(here: Here, renaming: RwSignal<bool>) {
        let words = &use_words().incident;
        let write = here.can_write();
        let resolved = here.slice(|incident| incident.status == Status::Resolved);
        let assignee = here.slice(|incident| incident.assignee.clone());
        let state = here.state();
        let mine = move || assignee.with(|name| name.as_deref() == Some(state.author().as_str()));
        let open = Signal::derive(move || write.get() && !resolved.get());
        let take = Action::new("incident.take", words.take, Icon::User, move || take(here))
            .keys("t")
            .when(Signal::derive(move || open.get() && !mine()));
        let resolve = Action::new("incident.resolve", words.resolve, Icon::Check, move || {
            here.dialogs.resolve.set(true);
        })
        .keys("r")
        .when(open);
        let reopen = Action::new("incident.reopen", words.reopen, Icon::Undo, move || reopen(here))
            .when(Signal::derive(move || write.get() && resolved.get()));
        let dialog = |id, label, icon, open: RwSignal<bool>| {
            Action::new(id, label, icon, move || open.set(true)).when(write)
        };
        let stop = |id, label, icon, clock: Clock| {
            let stopped = here.slice(move |incident| clock.of(&incident.clocks).is_some());
            Action::new(id, label, icon, move || stop(here, clock))
                .when(Signal::derive(move || write.get() && !stopped.get()))
        };
        let giving = use_giving();
        let others = vec![
            dialog("incident.assign", words.assign, Icon::User, here.dialogs.assign).keys("a"),
            dialog("incident.classify", words.classify, Icon::Shield, here.dialogs.classify).keys("c"),
            dialog("incident.priority", words.change_priority, Icon::Insights, here.dialogs.priority)
                .keys("p"),
            stop("incident.contained", words.mark_contained, Icon::Lock, Clock::Contained),
            stop("incident.reviewed", words.mark_reviewed, Icon::Prepare, Clock::Reviewed),
            dialog("incident.clocks", words.change_clocks, Icon::Clock, here.dialogs.clocks),
            dialog("incident.rename", words.rename, Icon::Edit, renaming).keys("e"),
            Action::new("incident.save", use_words().merge.save_incident, Icon::Download, move || {
                giving.give([here.id()]);
            }),
            Action::new("incident.delete", words.delete, Icon::Trash, move || here.delete())
                .when(write)
                .danger(),
        ];
        let acting = Self { take, resolve, reopen, others };
        let mut all = vec![acting.take, acting.resolve, acting.reopen];
        all.extend(acting.others.iter().copied());
        all.extend(tab_actions(here));
        use_actions(all);
        provide_context(acting);
    }
}

/// A number key for each tab.
fn tab_actions(here: Here) -> Vec<Action> {
    let words = &use_words().incident;
    let keyed = [
        ("tab.overview", "1", IncidentTab::Overview, words.overview),
        ("tab.timeline", "2", IncidentTab::Timeline, use_words().timeline.title),
        ("tab.alerts", "3", IncidentTab::Alerts, words.alerts),
        ("tab.entities", "4", IncidentTab::Entities, words.entities),
        ("tab.evidence", "5", IncidentTab::Evidence, words.evidence_items),
        ("tab.notes", "6", IncidentTab::Notes, words.notes),
        ("tab.activity", "7", IncidentTab::Activity, words.activity),
        ("tab.report", "8", IncidentTab::Report, words.report),
    ];
    let one = |(id, keys, tab, label): (_, _, IncidentTab, &str)| {
        let show = move || here.go(tab, Query::new());
        Action::new(id, (use_words().shell.go_to)(label), Icon::ChevronRight, show).keys(keys)
    };
    keyed.into_iter().map(one).collect()
}

fn take(here: Here) {
    let words = &here.words.incident;
    let who = here.state().author();
    here.act_and_say(|incident, now| acts::take(incident, &who, now), words.taken);
}

fn reopen(here: Here) {
    let words = &here.words.incident;
    here.act_and_say(|incident, now| acts::set_status(incident, Status::InProgress, now), words.reopened);
}

fn stop(here: Here, clock: Clock) {
    let words = here.words;
    let said = (words.incident.clock_set)(words.vocabulary.clock(clock));
    here.act_and_say(
        |incident, now| Act::SetIncident(incident.id.clone(), clock.field(Some(now.clone()))),
        said,
    );
}

/// The buttons at the side of the heading.
#[component]
pub fn HeaderActions() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let Some(acting) = use_context::<Acting>() else { return ().into_any() };
    let resolved = here.slice(|incident| incident.status == Status::Resolved);
    let Acting { take, resolve, reopen, others } = acting;
    view! {
        <Show
            when=move || resolved.get()
            fallback=move || {
                view! {
                    {move || take.enabled.get().then(|| view! { <ActionButton action=take/> })}
                    <ActionButton action=resolve kind=ButtonKind::Primary/>
                }
            }
        >
            <ActionButton action=reopen/>
        </Show>
        <Menu label=words.parts.more_actions icon_only=true kind=ButtonKind::Secondary actions=others/>
    }
    .into_any()
}
