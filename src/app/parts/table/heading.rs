//! The headings of a table: the one that sorts, and the box that chooses every row.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::{Column, Sort};
use crate::app::{
    parts::{
        field::Checkbox,
        icon::{Icon, IconView},
    },
    prefs::use_words,
};

#[component]
pub fn Heading(column: Column, sort: Option<Signal<Sort>>, on_sort: Option<Callback<Sort>>) -> impl IntoView {
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
pub fn SelectAll(ids: Signal<Vec<String>>, selection: RwSignal<BTreeSet<String>>) -> impl IntoView {
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
