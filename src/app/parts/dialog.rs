//! A dialog over the page: the platform's own `<dialog>`, so focus stays inside, Esc closes it and the focus returns to
//! where it was.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use super::{
    button::{Button, ButtonKind},
    fresh_id,
    icon::Icon,
};
use crate::app::prefs::use_words;

/// How wide a dialog may become.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DialogSize {
    /// A question.
    Small,
    /// A form.
    #[default]
    Medium,
    /// A preview or a list.
    Large,
}

/// A modal dialog. Its content exists only while it is open.
#[component]
pub fn Dialog(
    /// Whether it is open; closing it by any means sets this to false.
    open: RwSignal<bool>,
    /// What it is about; also its accessible name.
    #[prop(into)]
    title: Signal<String>,
    /// How wide it may become.
    #[prop(optional)]
    size: DialogSize,
    /// The buttons at its foot, the one to press first last.
    #[prop(optional, into)]
    actions: Option<ViewFn>,
    /// Called after it closed, by any means.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
    /// What it holds.
    children: ChildrenFn,
) -> impl IntoView {
    let words = use_words();
    let node: NodeRef<html::Dialog> = NodeRef::new();
    let heading = fresh_id("dialog");
    let labelled_by = heading.clone();
    Effect::new(move |_| {
        let open = open.get();
        let Some(dialog) = node.get() else { return };
        if open && !dialog.open() {
            // Fails only for an element that is not in the document, and this one is.
            let _ = dialog.show_modal();
            // The content is drawn after this; then the first field is where to be, or else the heading.
            request_animation_frame(move || focus_first(&dialog));
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    let size = match size {
        DialogSize::Small => "small",
        DialogSize::Medium => "medium",
        DialogSize::Large => "large",
    };
    let children = StoredValue::new(children);
    let actions = StoredValue::new(actions);
    view! {
        <dialog
            node_ref=node
            class="dialog"
            data-size=size
            aria-labelledby=labelled_by
            on:close=move |_| {
                open.set(false);
                if let Some(on_close) = on_close {
                    on_close.run(());
                }
            }
        >
            <header class="dialog-header">
                <h2 id=heading tabindex="-1">{move || title.get()}</h2>
                <Button
                    label=words.parts.close
                    icon=Icon::Close
                    icon_only=true
                    kind=ButtonKind::Ghost
                    on_press=move || open.set(false)
                />
            </header>
            <Show when=move || open.get()>
                <div class="dialog-body">{children.with_value(|children| children())}</div>
                {actions
                    .with_value(|actions| {
                        actions.as_ref().map(|actions| view! { <footer class="dialog-footer">{actions.run()}</footer> })
                    })}
            </Show>
        </dialog>
    }
}

fn focus_first(dialog: &HtmlDialogElement) {
    let first = [".dialog-body :is(input, textarea, select):not([disabled])", ".dialog-header h2"]
        .into_iter()
        .find_map(|selector| dialog.query_selector(selector).ok().flatten());
    if let Some(element) = first.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
