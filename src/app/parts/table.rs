//! Tables: sorted by their headers, rows chosen by box and by key, and windowed when they are long.
//!
//! A table is given the ids of its rows and a way to draw one, so that only the rows near the visible part exist.

use std::collections::BTreeSet;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    field::Checkbox,
    icon::{Icon, IconView},
};
use crate::app::{
    actions::{Action, use_actions},
    prefs::use_words,
    windowing,
};

/// Height of a row in a windowed table, in CSS pixels; `--row-height` in the style says the same.
const ROW_HEIGHT: f64 = 40.0;

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its stable name; sorting speaks of it.
    pub key: &'static str,
    /// Its heading.
    pub label: String,
    /// Whether its heading sorts.
    pub sortable: bool,
    /// Whether it holds numbers, and is set to the right.
    pub numeric: bool,
    /// Whether it may go on narrow screens.
    pub optional: bool,
    /// Whether its cells take what room is left, on one line with the rest cut off.
    pub wide: bool,
}

impl Column {
    /// A column that does not sort.
    pub fn new(key: &'static str, label: impl Into<String>) -> Self {
        Self { key, label: label.into(), sortable: false, numeric: false, optional: false, wide: false }
    }

    /// Lets its heading sort.
    #[must_use]
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }

    /// Sets its cells to the right.
    #[must_use]
    pub fn numeric(mut self) -> Self {
        self.numeric = true;
        self
    }

    /// Lets it go on narrow screens.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Gives it what room is left.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }
}

/// What a table is sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sort {
    /// The column's key.
    pub key: String,
    /// Whether the greatest comes first.
    pub descending: bool,
}

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

#[component]
fn Heading(column: Column, sort: Option<Signal<Sort>>, on_sort: Option<Callback<Sort>>) -> impl IntoView {
    let words = &use_words().parts;
    let key = column.key;
    let direction =
        move || sort.and_then(|sort| sort.with(|sort| (sort.key == key).then_some(sort.descending)));
    let inside = match on_sort.filter(|_| column.sortable) {
        Some(on_sort) => {
            let label = column.label.clone();
            let title = move || match direction() {
                Some(false) => (words.sort_descending)(&label),
                _ => (words.sort_ascending)(&label),
            };
            view! {
                <button
                    type="button"
                    class="table-sort"
                    title=title
                    on:click=move |_| {
                        let descending = direction() == Some(false);
                        on_sort.run(Sort { key: key.to_owned(), descending });
                    }
                >
                    <span>{column.label}</span>
                    {move || {
                        let icon = match direction() {
                            Some(true) => Icon::ChevronDown,
                            Some(false) => Icon::ChevronUp,
                            None => Icon::Sort,
                        };
                        view! { <IconView icon/> }
                    }}
                </button>
            }
            .into_any()
        }
        None => view! { <span>{column.label}</span> }.into_any(),
    };
    view! {
        <th
            scope="col"
            data-numeric=column.numeric.then_some("")
            data-optional=column.optional.then_some("")
            data-wide=column.wide.then_some("")
            aria-sort=move || direction().map(|descending| if descending { "descending" } else { "ascending" })
        >
            {inside}
        </th>
    }
}

#[component]
fn SelectAll(ids: Signal<Vec<String>>, selection: RwSignal<BTreeSet<String>>) -> impl IntoView {
    let words = &use_words().parts;
    let all = Signal::derive(move || {
        ids.with(|ids| !ids.is_empty() && selection.with(|chosen| ids.iter().all(|id| chosen.contains(id))))
    });
    view! {
        <Checkbox
            label=words.select_all
            hide_label=true
            checked=all
            on_change=move |on| {
                selection.set(if on { ids.with_untracked(|ids| ids.iter().cloned().collect()) } else { BTreeSet::new() });
            }
        />
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

/// j and k move, Enter opens, x chooses.
fn row_keys(
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
    let options = web_sys::ScrollIntoViewOptions::new();
    options.set_block(web_sys::ScrollLogicalPosition::Nearest);
    row.scroll_into_view_with_scroll_into_view_options(&options);
    let link = row.query_selector("td a").ok().flatten();
    if let Some(link) = link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        let _ = link.focus();
    }
    true
}
