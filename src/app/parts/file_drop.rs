//! Files from the person: dropped anywhere on the page, or picked.

use leptos::{ev, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{DragEvent, File, FileList, HtmlElement};

use super::{
    button::{Button, ButtonKind},
    folder,
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

/// Takes files, folders and text that are dropped anywhere on the page, and says so while files hover. Text that is dropped
/// into a field stays with the field. Stands once, in the shell.
#[component]
pub fn FileDrop(
    /// Called with the files.
    #[prop(into)]
    on_files: Callback<Vec<File>>,
    /// Called with a text.
    #[prop(into)]
    on_text: Callback<String>,
) -> impl IntoView {
    let words = &use_words().parts;
    // Entering a child fires before leaving its parent, so hovering is a depth, not a flag.
    let depth = RwSignal::new(0_i32);
    let drops = use_drops();
    Effect::new(move |_| drops.hovering.set(depth.get() > 0));
    let carries = |event: &DragEvent, what: &str| {
        let types = event.data_transfer().map(|transfer| transfer.types());
        types.is_some_and(|types| types.iter().any(|kind| kind.as_string().as_deref() == Some(what)))
    };
    let carries_files = move |event: &DragEvent| carries(event, "Files");
    let carries_text = move |event: &DragEvent| carries(event, "text/plain") && !is_over_field(event);
    let take = move |files: Vec<File>| {
        if !files.is_empty() {
            drops.taker.get_untracked().unwrap_or(on_files).run(files);
        }
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
            if carries_files(&event) || carries_text(&event) {
                event.prevent_default();
            }
        }),
        window_event_listener(ev::drop, move |event| {
            if carries_files(&event) {
                event.prevent_default();
                depth.set(0);
                let Some(transfer) = event.data_transfer() else { return };
                match folder::dropped(&transfer) {
                    Some(entries) => spawn_local(async move { take(folder::files(entries).await) }),
                    None => take(transfer.files().map(list).unwrap_or_default()),
                }
            } else if carries_text(&event)
                && let Some(Ok(text)) = event.data_transfer().map(|transfer| transfer.get_data("text/plain"))
            {
                event.prevent_default();
                if !text.trim().is_empty() {
                    on_text.run(text);
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

/// Whether it is over something that takes text itself.
fn is_over_field(event: &DragEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let fields = "input, textarea, [contenteditable], dialog";
    element.is_some_and(|element| element.closest(fields).ok().flatten().is_some())
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
    /// Whether a whole folder is picked.
    #[prop(optional)]
    folder: bool,
    /// How much attention it asks for.
    #[prop(optional)]
    kind: ButtonKind,
) -> impl IntoView {
    let words = &use_words().parts;
    let label = label.unwrap_or_else(|| words.choose_file.to_owned());
    let input: NodeRef<html::Input> = NodeRef::new();
    Effect::new(move |_| {
        if let Some(input) = input.get().filter(|_| folder) {
            // An attribute that no element refuses.
            let _ = input.set_attribute("webkitdirectory", "");
        }
    });
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
