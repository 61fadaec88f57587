//! A menu of actions behind a button: the ARIA menu pattern on the platform's popover, so it is never clipped and
//! closes on Esc or a press elsewhere.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::{
    button::ButtonKind,
    fresh_id,
    icon::{Icon, IconView},
    keycap::KeyCap,
};
use crate::app::{actions::Action, browser};

/// Distance between button and menu, and between menu and window, in CSS pixels.
const GAP: f64 = 4.0;

/// A button that opens a menu of actions.
#[component]
pub fn Menu(
    /// What the button says; its accessible name where only the icon shows.
    #[prop(into)]
    label: Signal<String>,
    /// What the menu offers.
    actions: Vec<Action>,
    /// The button's icon.
    #[prop(default = Icon::More)]
    icon: Icon,
    /// Shown in place of the icon where that changes with what is chosen.
    #[prop(optional, into)]
    lead: Option<ViewFn>,
    /// Shows the icon without the label.
    #[prop(optional)]
    icon_only: bool,
    /// How much attention the button asks for.
    #[prop(default = ButtonKind::Ghost)]
    kind: ButtonKind,
    /// The smaller size.
    #[prop(optional)]
    small: bool,
    /// For actions that can be chosen: whether several can be at once.
    #[prop(optional)]
    several: bool,
) -> impl IntoView {
    let id = fresh_id("menu");
    let controls = id.clone();
    let button: NodeRef<html::Button> = NodeRef::new();
    let menu: NodeRef<html::Div> = NodeRef::new();
    let open = RwSignal::new(false);

    let put = move || {
        if let (Some(button), Some(menu)) = (button.get_untracked(), menu.get_untracked()) {
            place(&button, &menu);
        }
    };
    let show = move || {
        if let Some(menu) = menu.get_untracked() {
            // Refused only where it is open already.
            let _ = menu.show_popover();
        }
    };
    let hide = move || {
        if let Some(menu) = menu.get_untracked() {
            let _ = menu.hide_popover();
        }
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    let on_menu_key = move |event: KeyboardEvent| {
        let Some(menu) = menu.get_untracked() else { return };
        match event.key().as_str() {
            "ArrowDown" => step(&menu, Step::Next),
            "ArrowUp" => step(&menu, Step::Previous),
            "Home" => step(&menu, Step::First),
            "End" => step(&menu, Step::Last),
            "Tab" => {
                hide();
                return;
            }
            "Escape" => hide(),
            key if key.chars().count() == 1 && key != " " => step(&menu, Step::Letter(key)),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let choice = |action: Action| match action.checked {
        Some(_) if several => "menuitemcheckbox",
        Some(_) => "menuitemradio",
        None => "menuitem",
    };
    let items: Vec<_> = actions
        .into_iter()
        .map(|action| {
            view! {
                <button
                    type="button"
                    class="menu-item"
                    role=choice(action)
                    tabindex="-1"
                    data-danger=action.danger.then_some("")
                    aria-checked=move || action.checked.map(|checked| checked.get().to_string())
                    aria-disabled=move || (!action.enabled.get()).then_some("true")
                    on:click=move |_| {
                        if action.enabled.get_untracked() {
                            hide();
                            action.run();
                        }
                    }
                >
                    <IconView icon=action.icon/>
                    <span class="menu-label">{move || action.label.get()}</span>
                    {(!action.keys.is_empty()).then(|| view! { <KeyCap keys=action.keys/> })}
                    {action
                        .checked
                        .map(|checked| {
                            view! { <span class="menu-check">{move || checked.get().then(|| view! { <IconView icon=Icon::Check/> })}</span> }
                        })}
                </button>
            }
        })
        .collect();
    view! {
        <button
            node_ref=button
            type="button"
            class="button"
            data-kind=kind.name()
            data-size=small.then_some("small")
            data-icon-only=icon_only.then_some("")
            popovertarget=id.clone()
            aria-haspopup="menu"
            aria-expanded=move || open.get().to_string()
            aria-controls=controls
            aria-label=move || icon_only.then(|| label.get())
            title=move || icon_only.then(|| label.get())
            on:keydown=move |event: KeyboardEvent| {
                if matches!(event.key().as_str(), "ArrowDown" | "ArrowUp") {
                    event.prevent_default();
                    show();
                }
            }
        >
            {lead.map_or_else(|| view! { <IconView icon/> }.into_any(), |lead| lead.run())}
            {(!icon_only)
                .then(|| {
                    view! {
                        <span>{move || label.get()}</span>
                        <IconView icon=Icon::ChevronDown/>
                    }
                })}
        </button>
        <div
            node_ref=menu
            id=id
            class="menu"
            role="menu"
            popover="auto"
            aria-label=move || label.get()
            // Before it shows only the button is known, so it goes under that; then, with its size known, into the window.
            on:beforetoggle=move |_: web_sys::Event| put()
            on:toggle=move |_| {
                let Some(menu) = menu.get_untracked() else { return };
                let shown = menu.matches(":popover-open").unwrap_or(false);
                open.set(shown);
                if shown {
                    put();
                    step(&menu, Step::First);
                }
            }
            on:keydown=on_menu_key
        >
            {items}
        </div>
    }
}

/// Puts the menu under its button, kept inside the window; above it where there is no room below.
fn place(button: &HtmlElement, menu: &HtmlElement) {
    let anchor = button.get_bounding_client_rect();
    let size = menu.get_bounding_client_rect();
    let inner = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|v| v.as_f64()).unwrap_or(0.0);
    let (width, height) = (inner(window().inner_width()), inner(window().inner_height()));
    let left = anchor.left().min(width - size.width() - GAP).max(GAP);
    let below = anchor.bottom() + GAP;
    let top =
        if below + size.height() > height { (anchor.top() - GAP - size.height()).max(GAP) } else { below };
    for (property, value) in [("left", left), ("top", top)] {
        let _ = menu.style().set_property(property, &format!("{value}px"));
    }
}

/// A move of the focus inside a menu.
#[derive(Clone, Copy)]
enum Step<'a> {
    First,
    Last,
    Next,
    Previous,
    /// To the next item that starts with this.
    Letter(&'a str),
}

fn step(menu: &HtmlElement, step: Step<'_>) {
    let Ok(found) = menu.query_selector_all(".menu-item") else { return };
    let items: Vec<HtmlElement> =
        (0..found.length()).filter_map(|i| found.item(i)?.dyn_into::<HtmlElement>().ok()).collect();
    let focused = browser::focused();
    let at = items.iter().position(|item| Some(item) == focused.as_ref());
    let count = items.len();
    let target = match step {
        Step::First => 0,
        Step::Last => count.saturating_sub(1),
        Step::Next => at.map_or(0, |at| (at + 1) % count.max(1)),
        Step::Previous => at.map_or(0, |at| (at + count - 1) % count.max(1)),
        Step::Letter(letter) => {
            let from = at.map_or(0, |at| at + 1);
            let letter = letter.to_lowercase();
            let starts = |i: &usize| {
                items
                    .get(*i)
                    .and_then(|item| item.text_content())
                    .is_some_and(|text| text.trim().to_lowercase().starts_with(&letter))
            };
            match (from..count).chain(0..from.min(count)).find(starts) {
                Some(i) => i,
                None => return,
            }
        }
    };
    if let Some(item) = items.get(target) {
        let _ = item.focus();
    }
}
