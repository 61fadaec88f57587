//! A step as one row: its tick, its title, and what opens under it.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::{
    handle::StepHandle,
    keys::{focus_beside, focus_step, use_focus_note},
};
use crate::{
    app::{
        browser,
        parts::icon::{Icon, IconView},
    },
    model::Mark,
};

/// The deepest that a row is moved in; what lies deeper stands below it all the same.
const DEEPEST: usize = 4;

/// The row of a step.
#[component]
pub fn StepRow(
    /// The step.
    step: StepHandle,
    /// How deep it lies in what it belongs to.
    #[prop(optional)]
    depth: usize,
    /// Whether it is open.
    #[prop(into)]
    expanded: Signal<bool>,
    /// Opens or closes it.
    #[prop(into)]
    on_toggle: Callback<()>,
    /// What stands under the title at all times.
    #[prop(into)]
    marks: ViewFn,
    /// What it shows when open.
    #[prop(into)]
    body: ViewFn,
) -> impl IntoView {
    let id = step.id();
    let title_id = format!("step-{id}-title");
    let body_id = format!("step-{id}-body");
    let row: NodeRef<html::Li> = NodeRef::new();
    let mark = Memo::new(move |_| {
        step.now.with(|now| match now.marked.as_ref().map(|marked| &marked.mark) {
            None => "open",
            Some(Mark::Done) => "done",
            Some(Mark::Skipped(_)) => "skipped",
        })
    });
    let done = move || mark.get() == "done";
    let on_change = move |event: ev::Event| {
        let wanted = event_target_checked(&event);
        let next = row.get_untracked().and_then(|row| beside(&row));
        if !(if wanted { step.tick() } else { step.reopen() }) {
            // It was refused, so the box goes back to what is the case.
            if let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
            {
                input.set_checked(!wanted);
            }
            return;
        }
        // A filter may take the row away now, and the focus with it.
        request_animation_frame(move || {
            let lost = browser::focused().is_none_or(|focused| focused.tag_name() == "BODY");
            if lost && let Some(next) = next {
                focus_step(&next);
            }
        });
    };
    let on_key = move |event: KeyboardEvent| {
        let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        match event.key().as_str() {
            "Enter" => on_toggle.run(()),
            "ArrowDown" => focus_beside(&input, true),
            "ArrowUp" => focus_beside(&input, false),
            _ => return,
        }
        event.prevent_default();
    };
    let controls = body_id.clone();
    let note_focus = use_focus_note(step);
    view! {
        <li class="step" node_ref=row id=format!("step-{id}") data-step=id.to_string() data-mark=move || mark.get() data-depth=(depth > 0).then(|| depth.min(DEEPEST).to_string()) on:focusin=move |_| note_focus()>
            <div class="step-head">
                <span class="checkbox step-tick">
                    <input
                        type="checkbox"
                        prop:checked=done
                        disabled=step.is_locked()
                        aria-labelledby=title_id.clone()
                        on:change=on_change
                        on:keydown=on_key
                    />
                </span>
                <div class="step-line">
                    <button
                        type="button"
                        class="step-title"
                        id=title_id
                        aria-expanded=move || expanded.get().to_string()
                        aria-controls=move || expanded.get().then(|| controls.clone())
                        on:click=move |_| on_toggle.run(())
                    >
                        <span>{move || step.title.get()}</span>
                        <IconView icon=Icon::ChevronRight/>
                    </button>
                    {marks.run()}
                </div>
            </div>
            <Show when=move || expanded.get()>
                <div class="step-body" id=body_id.clone()>{body.run()}</div>
            </Show>
        </li>
    }
}

/// The row after this one, or before it where it is the last.
fn beside(row: &Element) -> Option<HtmlElement> {
    let next = row.next_element_sibling().or_else(|| row.previous_element_sibling());
    next.and_then(|next| next.dyn_into().ok())
}
