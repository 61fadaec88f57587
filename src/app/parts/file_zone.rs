//! A place that asks for files: while it is on screen, whatever is dropped on the page comes here.

use leptos::prelude::*;
use web_sys::File;

use super::{
    file_drop::{FileButton, use_drops},
    icon::{Icon, IconView},
};

/// A place for files, with a button for whoever cannot drop any.
#[component]
pub fn FileZone(
    /// What it asks for.
    #[prop(into)]
    title: String,
    /// What happens with the files.
    #[prop(into)]
    hint: String,
    /// What its button says.
    #[prop(into)]
    button: String,
    /// Whether it takes several at once.
    #[prop(optional)]
    multiple: bool,
    /// Called with the files.
    #[prop(into)]
    on_files: Callback<Vec<File>>,
) -> impl IntoView {
    let drops = use_drops();
    let take = move |mut files: Vec<File>| {
        if !multiple {
            files.truncate(1);
        }
        on_files.run(files);
    };
    drops.take(Callback::new(take));
    view! {
        <div class="file-zone" data-hovering=move || drops.hovering.get().then_some("")>
            <IconView icon=Icon::Upload/>
            <div class="file-zone-text">
                <strong>{title}</strong>
                <p class="muted">{hint}</p>
            </div>
            <FileButton label=button multiple on_files=take/>
        </div>
    }
}
