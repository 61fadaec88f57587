//! Tables: sorted by their headers, rows chosen by box and by key, and windowed when they are long.
//!
//! A table is given the ids of its rows and a way to draw one, so that only the rows near the visible part exist.

use std::collections::BTreeSet;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::field::Checkbox;
use crate::app::{prefs::use_words, windowing};

mod column;
mod heading;
mod row_keys;

pub use column::{Column, Sort};
use heading::{Heading, SelectAll};
use row_keys::row_keys;

/// Height of a row in a windowed table, in CSS pixels; `--row-height` in the style says the same.
const ROW_HEIGHT: f64 = 40.0;

/// The name of a row, for its box: "Select Multi-stage incident".
pub type RowName = Callback<String, String>;

/// A table of rows.
#[component]
pub fn DataTable(
    /// What the rows are; the accessible name.
    #[prop(into)]
    caption: String,
    /// The columns, in order.
    columns: Vec<Column>,
    /// The ids of the rows, in order. A row is drawn anew when its id changes: put a revision into it, or draw cells
    /// from signals.
    #[prop(into)]
    ids: Signal<Vec<String>>,
    /// Draws the cells of a row, one for each column.
    #[prop(into)]
    cells: Callback<String, Vec<AnyView>>,
    /// What the rows are sorted by.
    #[prop(optional, into)]
    sort: Option<Signal<Sort>>,
    /// Called with the sort that a heading asks for.
    #[prop(optional, into)]
    on_sort: Option<Callback<Sort>>,
    /// The ids chosen by box; shows the boxes.
    #[prop(optional, into)]
    selection: Option<RwSignal<BTreeSet<String>>>,
    /// The name of a row, for its box. Needed with `selection`.
    #[prop(optional, into)]
    row_name: Option<RowName>,
    /// The row that keys act on; makes j, k, Enter and x work.
    #[prop(optional, into)]
    active: Option<RwSignal<Option<String>>>,
    /// Called when a row is opened by Enter or a press.
    #[prop(optional, into)]
    on_open: Option<Callback<String>>,
) -> impl IntoView {
    let words = &use_words().parts;
    let frame: NodeRef<html::Div> = NodeRef::new();
    let scroll = RwSignal::new((0.0, 800.0));
    let measure = move || {
        if let Some(frame) = frame.get_untracked() {
            scroll.set((f64::from(frame.scroll_top()), f64::from(frame.client_height())));
        }
    };
    let count = Memo::new(move |_| ids.with(Vec::len));
    let windowed = Memo::new(move |_| count.get() > windowing::DRAWN_WHOLE);
    let range = Memo::new(move |_| {
        let (top, height) = if windowed.get() { scroll.get() } else { (0.0, 0.0) };
        windowing::window(count.get(), ROW_HEIGHT, top, height)
    });
    let drawn = move || {
        let range = range.get();
        ids.with(|ids| {
            let rows = ids.get(range.clone()).unwrap_or_default();
            rows.iter().cloned().zip(range.start..).map(|(id, at)| (at, id)).collect::<Vec<_>>()
        })
    };
    if let Some(active) = active {
        row_keys(ids, active, selection, on_open, frame);
    }
    let span = columns.len() + usize::from(selection.is_some());
    let shapes: StoredValue<Vec<Column>> = StoredValue::new(columns.clone());
    let row = move |at: usize, id: String| {
        let cells = cells.run(id.clone()).into_iter().enumerate().map(|(i, cell)| {
            let (numeric, optional, wide, label) = shapes.with_value(|columns| {
                columns.get(i).map_or((false, false, false, None), |column| {
                    let label = column.numeric.then(|| column.label.clone());
                    (column.numeric, column.optional, column.wide, label)
                })
            });
            view! {
                <td
                    data-numeric=numeric.then_some("")
                    data-optional=optional.then_some("")
                    data-wide=wide.then_some("")
                    // A number says nothing by itself where a row is a card without headings.
                    data-label=label
                >
                    {cell}
                </td>
            }
        });
        let cells: Vec<_> = cells.collect();
        let is_active = {
            let id = id.clone();
            move || active.is_some_and(|active| active.with(|active| active.as_ref() == Some(&id)))
        };
        let chosen = {
            let id = id.clone();
            Signal::derive(move || selection.is_some_and(|chosen| chosen.with(|chosen| chosen.contains(&id))))
        };
        let box_cell = selection.map(|selection| {
            let name = row_name.map_or_else(|| id.clone(), |name| name.run(id.clone()));
            let id = id.clone();
            view! {
                <td class="table-box">
                    <Checkbox
                        label=(words.select_row)(&name)
                        hide_label=true
                        checked=chosen
                        on_change=move |on| set_chosen(selection, &id, on)
                    />
                </td>
            }
        });
        let press = move |event: web_sys::MouseEvent| {
            if pressed_control(&event) {
                return;
            }
            if let Some(active) = active {
                active.set(Some(id.clone()));
            }
            if let Some(on_open) = on_open {
                on_open.run(id.clone());
            }
        };
        view! {
            <tr
                data-row=at.to_string()
                aria-rowindex=windowed.get_untracked().then(|| (at + 2).to_string())
                data-active=move || is_active().then_some("")
                data-chosen=move || chosen.get().then_some("")
                data-opens=on_open.map(|_| "")
                on:click=press
            >
                {box_cell}
                {cells}
            </tr>
        }
    };
    let spacer = move |rows: usize| {
        #[allow(clippy::cast_precision_loss)] // Rows are fewer than 2^52.
        let height = rows as f64 * ROW_HEIGHT;
        view! {
            <tr class="table-spacer" aria-hidden="true" hidden=rows == 0>
                <td colspan=span style:height=format!("{height}px")></td>
            </tr>
        }
    };
    let name = caption.clone();
    view! {
        <div
            node_ref=frame
            class="table-frame"
            data-windowed=move || windowed.get().then_some("")
            tabindex="0"
            role="region"
            aria-label=name
            on:scroll=move |_| if windowed.get_untracked() { measure() }
        >
            <table class="table" aria-rowcount=move || windowed.get().then(|| (count.get() + 1).to_string())>
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>
                        {selection
                            .map(|selection| view! { <th scope="col" class="table-box"><SelectAll ids selection/></th> })}
                        {columns.into_iter().map(|column| view! { <Heading column sort on_sort/> }).collect::<Vec<_>>()}
                    </tr>
                </thead>
                <tbody>
                    {move || spacer(range.get().start)}
                    <For each=drawn key=|(at, id)| (*at, id.clone()) children=move |(at, id)| row(at, id)/>
                    {move || spacer(count.get().saturating_sub(range.get().end))}
                </tbody>
            </table>
        </div>
    }
}

fn set_chosen(selection: RwSignal<BTreeSet<String>>, id: &str, on: bool) {
    selection.update(|chosen| {
        if on {
            chosen.insert(id.to_owned());
        } else {
            chosen.remove(id);
        }
    });
}

/// Whether a press was meant for a control inside the row, or selected text, rather than for the row.
fn pressed_control(event: &web_sys::MouseEvent) -> bool {
    let in_control = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|target| target.closest("a, button, input, label, summary").ok().flatten().is_some());
    let selecting =
        window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed());
    in_control || selecting
}
