//! The checklist that stands beside the facts of an incident: every phase one click away, the step in hand in sight,
//! and no order that anybody is held to.

mod arrival;
mod body;
mod closing;
mod desk;
mod evidence_links;
mod facts;
mod fork;
mod links;
mod own;
mod phase;
mod row;
mod scenarios;
mod toolbar;

use leptos::{html, prelude::*};

use crate::{
    app::{
        actions::{Action, use_actions},
        browser,
        pages::step::{
            keys::{note_leaving, step_keys},
            skip::SkipDialog,
        },
        parts::{
            button::{Button, ButtonKind},
            empty_state::EmptyState,
            icon::Icon,
        },
        prefs::use_words,
    },
    model::{IncidentId, Phase},
    playbooks::Asked,
};
use desk::Desk;

/// The element id of the pane, where the key to the checklist leads.
const PANE: &str = "checklist";

/// The checklist of an incident.
#[component]
pub fn ChecklistPane(
    /// Whose.
    id: IncidentId,
) -> impl IntoView {
    let words = &use_words().checklist;
    let desk = Desk::provide(id);
    arrival::follow_address(desk);
    let list: NodeRef<html::Div> = NodeRef::new();
    let inside = RwSignal::new(false);
    step_keys(list, inside, desk.skipping);
    let enter = Action::new("checklist.enter", words.go_to_checklist, Icon::Check, move || enter_list(desk));
    use_actions(vec![enter.keys("g c")]);
    let exists = Memo::new(move |_| desk.incident.with(Option::is_some));
    let nothing = Memo::new(move |_| Phase::OF_INCIDENT.iter().all(|phase| desk.shown(*phase).is_empty()));
    let phases =
        move || Phase::OF_INCIDENT.map(|phase| view! { <phase::PhaseSection phase/> }).collect_view();
    let pane = move || {
        view! {
            <toolbar::Toolbar/>
            <scenarios::Suggested/>
            <div class="steps">{phases()}</div>
            <Show when=move || nothing.get()>
                <EmptyState icon=Icon::Filter title=words.nothing text=words.nothing_text>
                    <Button
                        label=words.show_everything
                        kind=ButtonKind::Secondary
                        on_press=move || desk.ask(Asked::default())
                    />
                </EmptyState>
            </Show>
            <own::AddDialog/>
            <SkipDialog step=desk.skipping/>
        }
    };
    view! {
        <div
            class="checklist"
            id=PANE
            node_ref=list
            on:focusin=move |_| inside.set(true)
            on:focusout=move |event| note_leaving(list, inside, &event)
        >
            <Show
                when=move || exists.get()
                fallback=move || view! { <EmptyState icon=Icon::Incidents title=words.gone text=words.gone_text/> }
            >
                {pane()}
            </Show>
        </div>
    }
}

/// Moves the focus to the first open step, or to the first phase where none is drawn.
fn enter_list(desk: Desk) {
    desk.open_current();
    request_animation_frame(|| {
        let open = browser::find(&format!("#{PANE} .step[data-mark='open'] .step-tick input"));
        let target = open.or_else(|| browser::find(&format!("#{PANE} .phase-toggle")));
        if let Some(target) = target {
            let _ = target.focus();
        }
    });
}
