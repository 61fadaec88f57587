//! Files from the person: dropped anywhere on the page, or picked.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{DataTransfer, DragEvent, File, FileList, HtmlElement};

use super::{
    button::{Button, ButtonKind},
    icon::{Icon, IconView},
};
use crate::app::prefs::use_words;

/// Where dropped files go, as context: to what the page does with them, unless something that is open asks for them.
#[derive(Clone, Copy)]
pub struct Drops {
    /// Who asks for them.
    taker: RwSignal<Option<Callback<Vec<File>>>>,
    /// Whether files hover over the page.
    pub hovering: RwSignal<bool>,
}

impl Drops {
    /// Provides it as context.
    pub fn provide() {
        provide_context(Self { taker: RwSignal::new(None), hovering: RwSignal::new(false) });
    }

    /// Asks for the files that are dropped from now on, until the caller leaves the screen.
    pub fn take(self, on_files: Callback<Vec<File>>) {
        self.taker.set(Some(on_files));
        on_cleanup(move || {
            let _ = self.taker.try_set(None);
        });
    }
}

/// Where dropped files go.
pub fn use_drops() -> Drops {
    expect_context()
}

/// Takes files that are dropped anywhere on the page, and says so while they hover. Stands once, in the shell.
#[component]
pub fn FileDrop(
    /// Called with the files.
    #[prop(into)]
    on_files: Callback<Vec<File>>,
) -> impl IntoView {
    let words = &use_words().parts;
    // Entering a child fires before leaving its parent, so hovering is a depth, not a flag.
    let depth = RwSignal::new(0_i32);
    let drops = use_drops();
    Effect::new(move |_| drops.hovering.set(depth.get() > 0));
    let carries_files = |event: &DragEvent| {
        let types = event.data_transfer().map(|transfer| transfer.types());
        types.is_some_and(|types| types.iter().any(|kind| kind.as_string().as_deref() == Some("Files")))
    };
    let listeners = [
        window_event_listener(ev::dragenter, move |event| {
            if carries_files(&event) {
                event.prevent_default();
                depth.update(|depth| *depth += 1);
            }
        }),
        window_event_listener(ev::dragleave, move |event| {
            if carries_files(&event) {
                depth.update(|depth| *depth = (*depth - 1).max(0));
            }
        }),
        window_event_listener(ev::dragover, move |event| {
            if carries_files(&event) {
                event.prevent_default();
            }
        }),
        window_event_listener(ev::drop, move |event| {
            if carries_files(&event) {
                event.prevent_default();
                depth.set(0);
                let files = event.data_transfer().as_ref().and_then(DataTransfer::files).map(list);
                if let Some(files) = files.filter(|files| !files.is_empty()) {
                    drops.taker.get_untracked().unwrap_or(on_files).run(files);
                }
            }
        }),
    ];
    on_cleanup(move || listeners.into_iter().for_each(WindowListenerHandle::remove));
    view! {
        <div class="file-drop" hidden=move || depth.get() == 0 aria-hidden="true">
            <div class="file-drop-text">
                <IconView icon=Icon::Upload/>
                <strong>{words.drop_title}</strong>
                <span>{words.drop_text}</span>
            </div>
        </div>
    }
}

/// A button that lets the person pick files.
#[component]
pub fn FileButton(
    /// Called with the files picked.
    #[prop(into)]
    on_files: Callback<Vec<File>>,
    /// What it says; "Choose a file" by itself.
    #[prop(optional, into)]
    label: Option<String>,
    /// Which files the browser offers, as in HTML's `accept`: ".json,.ndjson". A help, not a check.
    #[prop(optional, into)]
    accept: Option<String>,
    /// Whether several may be picked.
    #[prop(optional)]
    multiple: bool,
    /// How much attention it asks for.
    #[prop(optional)]
    kind: ButtonKind,
) -> impl IntoView {
    let words = &use_words().parts;
    let label = label.unwrap_or_else(|| words.choose_file.to_owned());
    let input: NodeRef<html::Input> = NodeRef::new();
    view! {
        <Button
            label=label.clone()
            icon=Icon::Upload
            kind
            on_press=move || {
                if let Some(input) = input.get_untracked() {
                    HtmlElement::click(input.unchecked_ref());
                }
            }
        />
        <input
            node_ref=input
            type="file"
            hidden
            aria-label=label
            accept=accept
            multiple=multiple
            on:change:target=move |event| {
                let files = event.target().files().map(list).unwrap_or_default();
                // So that picking the same file again is a change again.
                event.target().set_value("");
                if !files.is_empty() {
                    on_files.run(files);
                }
            }
        />
    }
}

fn list(files: FileList) -> Vec<File> {
    (0..files.length()).filter_map(|i| files.item(i)).collect()
}
