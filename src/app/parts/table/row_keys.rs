//! The keys of a table's rows, and how a row is brought into sight.

use std::collections::BTreeSet;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, ScrollLogicalPosition};

use super::{ROW_HEIGHT, set_chosen};
use crate::app::{
    actions::{Action, use_actions},
    browser,
    parts::icon::Icon,
    prefs::use_words,
};

/// j and k move, Enter opens, x chooses.
pub fn row_keys(
    ids: Signal<Vec<String>>,
    active: RwSignal<Option<String>>,
    selection: Option<RwSignal<BTreeSet<String>>>,
    on_open: Option<Callback<String>>,
    frame: NodeRef<html::Div>,
) {
    let words = &use_words().parts;
    let go = move |forward: bool| {
        ids.with_untracked(|ids| {
            let at = active.with_untracked(|active| ids.iter().position(|id| Some(id) == active.as_ref()));
            let next = match (at, forward) {
                (None, _) => 0,
                (Some(at), true) => (at + 1).min(ids.len().saturating_sub(1)),
                (Some(at), false) => at.saturating_sub(1),
            };
            if let Some(id) = ids.get(next) {
                active.set(Some(id.clone()));
                reveal(frame, next);
            }
        });
    };
    let some = Signal::derive(move || active.with(Option::is_some));
    let mut actions = vec![
        Action::new("table.next", words.next_row, Icon::ChevronDown, move || go(true)).keys("j").unlisted(),
        Action::new("table.previous", words.previous_row, Icon::ChevronUp, move || go(false))
            .keys("k")
            .unlisted(),
    ];
    if let Some(on_open) = on_open {
        let open = move || {
            if let Some(id) = active.get_untracked() {
                on_open.run(id);
            }
        };
        actions.push(
            Action::new("table.open", words.open_row, Icon::ChevronRight, open)
                .keys("Enter")
                .when(some)
                .unlisted(),
        );
    }
    if let Some(selection) = selection {
        let toggle = move || {
            if let Some(id) = active.get_untracked() {
                let on = selection.with_untracked(|chosen| !chosen.contains(&id));
                set_chosen(selection, &id, on);
            }
        };
        actions.push(
            Action::new("table.toggle", words.toggle_row, Icon::Check, toggle)
                .keys("x")
                .when(some)
                .unlisted(),
        );
    }
    use_actions(actions);
}

/// Brings a row into sight and moves the focus to its link, so that it is announced and Enter follows it. A row that is
/// not drawn yet is first scrolled near.
fn reveal(frame: NodeRef<html::Div>, at: usize) {
    let Some(frame) = frame.get_untracked() else { return };
    if enter_row(&frame, at) {
        return;
    }
    #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)] // Rows are few, pixels fit.
    frame.set_scroll_top((at as f64 * ROW_HEIGHT) as i32);
    // The scroll event draws the rows before the next frame but one.
    request_animation_frame(move || {
        request_animation_frame(move || {
            enter_row(&frame, at);
        });
    });
}

fn enter_row(frame: &HtmlElement, at: usize) -> bool {
    let Some(row) = frame.query_selector(&format!("tr[data-row='{at}']")).ok().flatten() else {
        return false;
    };
    browser::bring_into_sight(&row, ScrollLogicalPosition::Nearest);
    let link = row.query_selector("td a").ok().flatten();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let _ = link.focus();
    }
    true
}
