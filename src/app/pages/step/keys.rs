//! The keys of a list of steps: they hold while the focus is inside the list, and act on the step that has it.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::{
    app::{
        actions::{Action, use_actions},
        browser,
        parts::icon::Icon,
        prefs::use_words,
    },
    model::StepId,
};

/// j and k move from step to step, Space ticks, Enter opens, s skips. Returns what the list must be told: whether the
/// focus is inside.
pub fn step_keys(
    list: NodeRef<html::Div>,
    inside: RwSignal<bool>,
    on_skip: impl Fn(StepId) + Send + Sync + 'static,
) {
    let words = &use_words().checklist;
    let go = move |forward: bool| match (focused_step(), list.get_untracked()) {
        (Some(step), _) => focus_beside(&step, forward),
        (None, Some(list)) => focus_first(&list),
        (None, None) => {}
    };
    let press = |selector: &'static str| {
        move || {
            if let Some(part) = focused_step().and_then(|step| part_of(&step, selector)) {
                part.click();
            }
        }
    };
    let skip = move || {
        let id = focused_step().and_then(|step| step.get_attribute("data-step"));
        if let Some(id) = id.and_then(|id| StepId::try_from(id).ok()) {
            on_skip(id);
        }
    };
    use_actions(vec![
        Action::new("step.next", words.next_step, Icon::ChevronDown, move || go(true))
            .keys("j")
            .when(inside)
            .unlisted(),
        Action::new("step.previous", words.previous_step, Icon::ChevronUp, move || go(false))
            .keys("k")
            .when(inside)
            .unlisted(),
        Action::new("step.tick", words.tick_step, Icon::Check, press(TICK))
            .keys("Space")
            .when(inside)
            .unlisted(),
        Action::new("step.open", words.expand_step, Icon::ChevronRight, press(".step-title"))
            .keys("Enter")
            .when(inside)
            .unlisted(),
        Action::new("step.skip", words.skip_step, Icon::Skip, skip).keys("s").when(inside).unlisted(),
    ]);
}

const TICK: &str = ".step-tick input";

/// Moves the focus to the tick of a step and brings its row into sight.
pub fn focus_step(step: &HtmlElement) {
    if let Some(tick) = part_of(step, TICK) {
        let _ = tick.focus();
    }
}

/// Moves the focus to the first step inside.
pub fn focus_first(list: &Element) {
    if let Some(tick) = part_of(list, TICK) {
        let _ = tick.focus();
    }
}

/// Moves the focus from the step that holds this element to the one after or before it, across phases.
pub fn focus_beside(element: &HtmlElement, forward: bool) {
    let Ok(Some(step)) = element.closest(".step") else { return };
    let Ok(Some(list)) = element.closest(".steps") else { return };
    let Ok(found) = list.query_selector_all(".step") else { return };
    let steps: Vec<HtmlElement> =
        (0..found.length()).filter_map(|i| found.item(i)?.dyn_into::<HtmlElement>().ok()).collect();
    let at = steps.iter().position(|other| **other == step);
    let target = at.and_then(|at| if forward { steps.get(at + 1) } else { steps.get(at.checked_sub(1)?) });
    if let Some(target) = target {
        focus_step(target);
    }
}

fn focused_step() -> Option<HtmlElement> {
    browser::focused()?.closest(".step").ok().flatten()?.dyn_into().ok()
}

fn part_of(element: &Element, selector: &str) -> Option<HtmlElement> {
    element.query_selector(selector).ok().flatten()?.dyn_into().ok()
}
