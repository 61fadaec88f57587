//! The keys of a list of steps: they hold while the focus is inside the list, and act on the step that has it.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusEvent, HtmlElement, Node};

use super::handle::StepHandle;
use crate::app::{
    actions::{Action, use_actions},
    browser,
    parts::icon::Icon,
    prefs::use_words,
};

/// The step that has the focus, or had it last; from context.
#[derive(Clone, Copy)]
struct FocusedStep(RwSignal<Option<StepHandle>>);

/// j and k move from step to step, Space ticks, Enter opens, s asks why it is skipped, for as long as the focus is
/// `inside`. Call it before the rows are drawn: they say which of them has the focus.
pub fn step_keys(list: NodeRef<html::Div>, inside: RwSignal<bool>, skipping: RwSignal<Option<StepHandle>>) {
    let focused = FocusedStep(RwSignal::new(None));
    provide_context(focused);
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
        let open = |step: &StepHandle| step.now.try_with_untracked(|now| now.marked.is_none()) == Some(true);
        if let Some(step) = focused.0.get_untracked().filter(open) {
            skipping.set(Some(step));
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

/// What a row calls when the focus enters it, so that keys act on its step.
pub fn use_focus_note(step: StepHandle) -> impl Fn() + Copy {
    let focused = use_context::<FocusedStep>();
    move || {
        if let Some(FocusedStep(focused)) = focused {
            // The row may be leaving the page, and what is kept with it.
            let _ = focused.try_set(Some(step));
        }
    }
}

/// Notes whether the focus stays in the list when it leaves a control of it. A browser tells this also of a list that
/// is being taken off the page, when nothing of it can be read any more.
pub fn note_leaving(list: NodeRef<html::Div>, inside: RwSignal<bool>, event: &FocusEvent) {
    let to = event.related_target().and_then(|to| to.dyn_into::<Node>().ok());
    let stays = list.try_get_untracked().flatten().is_some_and(|list| list.contains(to.as_ref()));
    let _ = inside.try_set(stays);
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
