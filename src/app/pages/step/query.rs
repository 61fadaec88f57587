//! A hunting query: to read, to fill in from the entities at hand, and to copy.

use leptos::prelude::*;

use crate::{
    app::{
        parts::{
            button::{Button, ButtonKind},
            copy_button::CopyButton,
            icon::Icon,
        },
        prefs::use_words,
    },
    model::Entity,
    playbooks::{Filled, fill},
};

/// A query with its placeholders marked.
#[component]
pub fn HuntingQuery(
    /// The query.
    query: &'static str,
    /// The entities that it can be filled in from.
    linked: Signal<Vec<Entity>>,
) -> impl IntoView {
    let words = &use_words().checklist;
    let filled = Memo::new(move |_| linked.with(|linked| fill(query, &linked.iter().collect::<Vec<_>>())));
    let can_fill = Memo::new(move |_| filled.with(|filled| !filled.variables.is_empty()));
    let wants_filled = RwSignal::new(false);
    let is_filled = Memo::new(move |_| wants_filled.get() && can_fill.get());
    let shown = Memo::new(move |_| {
        if is_filled.get() { filled.with(|filled| filled.query.clone()) } else { query.to_owned() }
    });
    let lines = move || {
        let shown = shown.get();
        // The last line has no end, so a query reads the same whether it was written with one or not.
        let lines = shown.trim_end().split_inclusive('\n').map(|line| {
            let is_placeholder = line.starts_with("let ");
            view! { <span class=is_placeholder.then_some("query-placeholder")>{line.to_owned()}</span> }
        });
        lines.collect_view()
    };
    let has_placeholders = query.starts_with("let ") || query.contains("\nlet ");
    let note = move || {
        if is_filled.get() {
            let variables = filled.with(|filled: &Filled| filled.variables.join(", "));
            Some((words.filled)(&variables))
        } else {
            has_placeholders.then(|| words.fill_hint.to_owned())
        }
    };
    view! {
        <figure class="query">
            <figcaption class="query-head">
                <span class="labelled-label">{words.query}</span>
                <Show when=move || can_fill.get()>
                    <Button
                        label=Signal::derive(move || {
                            if is_filled.get() { words.unfill.to_owned() } else { words.fill.to_owned() }
                        })
                        icon=Icon::Edit
                        small=true
                        kind=ButtonKind::Ghost
                        on_press=move || wants_filled.update(|wants| *wants = !*wants)
                    />
                </Show>
                <CopyButton text=shown label=words.copy_query/>
            </figcaption>
            // It scrolls sideways, so it takes the focus: arrow keys then move it.
            <pre class="query-text" tabindex="0" role="group" aria-label=words.query><code>{lines}</code></pre>
            <p class="query-note" role="status">{note}</p>
        </figure>
    }
}
