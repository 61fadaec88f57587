//! Arrives where the address points: `?step=` opens a step, `?phase=` a phase, and both bring it into sight.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollLogicalPosition};

use super::desk::Desk;
use crate::{
    app::{
        browser,
        location::use_location,
        route::{Query, Route},
    },
    model::{Phase, StepId},
    playbooks::Asked,
};

/// What an address points at.
#[derive(Clone, PartialEq)]
enum Target {
    Step(StepId),
    Phase(Phase),
}

impl Target {
    fn of(query: &Query) -> Option<Self> {
        let step = query.get("step").and_then(|id| StepId::try_from(id).ok()).map(Self::Step);
        step.or_else(|| query.get("phase").and_then(Phase::from_code).map(Self::Phase))
    }
}

/// Follows the address for as long as the pane is on screen.
pub fn follow_address(desk: Desk) {
    let route = use_location().route();
    let target = Memo::new(move |_| {
        route.with(|route| match route {
            Route::Incident { query, .. } => Target::of(query),
            _ => None,
        })
    });
    Effect::new(move |_| match target.get() {
        Some(Target::Step(id)) => {
            let Some(step) = desk.step_now(&id) else { return };
            if untrack(|| !desk.filter()(&step)) {
                desk.ask(Asked::default());
            }
            desk.open(step.place.phase);
            desk.expanded.update(|open| {
                open.insert(id.clone());
            });
            show(format!("#step-{id}"), ".step-tick input");
        }
        Some(Target::Phase(phase)) => {
            desk.open(phase);
            show(format!("#phase-{}", phase.code()), ".phase-toggle");
        }
        None => {}
    });
}

/// Brings an element into sight and moves the focus to a control of it. The page draws it in the next frame, and in
/// that frame a new page also moves the focus to its heading; so this waits for the one after.
fn show(selector: String, control: &'static str) {
    request_animation_frame(move || {
        request_animation_frame(move || {
            let Some(element) = browser::find(&selector) else { return };
            browser::bring_into_sight(&element, ScrollLogicalPosition::Start);
            let control = element.query_selector(control).ok().flatten();
            if let Some(control) = control.and_then(|control| control.dyn_into::<HtmlElement>().ok()) {
                let _ = control.focus();
            }
        });
    });
}
