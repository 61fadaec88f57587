//! The design reference: every part in every state, to be looked at, photographed and checked for accessibility.

mod controls;
mod lists;
mod messages;

use leptos::prelude::*;

use crate::app::{
    parts::{
        badge::Tone,
        icon::{Icon, IconView},
        page_header::PageHeader,
    },
    prefs::use_words,
};

/// The design reference.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let words = use_words();
    let subtitle = move || words.gallery.intro;
    view! {
        <PageHeader title=words.shell.design subtitle/>
        <div class="gallery">
            <Colours/>
            <Icons/>
            <controls::Buttons/>
            <controls::Fields/>
            <lists::Badges/>
            <messages::Messages/>
            <messages::ProgressPanel/>
            <messages::Overlays/>
            <lists::Text/>
            <lists::Navigation/>
            <lists::Tables/>
        </div>
    }
}

/// A titled panel of the reference.
#[component]
fn Specimen(title: &'static str, #[prop(optional)] full: bool, children: Children) -> impl IntoView {
    view! {
        <section class=if full { "panel gallery-full" } else { "panel" }>
            <h2>{title}</h2>
            {children()}
        </section>
    }
}

#[component]
fn Colours() -> impl IntoView {
    let swatches = Tone::ALL.map(|tone| {
        view! { <li class="gallery-swatch" data-tone=tone.name()>{tone.name()}</li> }
    });
    view! {
        <Specimen title=use_words().gallery.colours>
            <ul class="gallery-swatches">{swatches.collect_view()}</ul>
        </Specimen>
    }
}

#[component]
fn Icons() -> impl IntoView {
    let icons = Icon::ALL.map(|icon| {
        view! {
            <li>
                <IconView icon/>
                <span class="truncate">{format!("{icon:?}")}</span>
            </li>
        }
    });
    view! {
        <Specimen title=use_words().gallery.icons>
            <ul class="gallery-icons">{icons.collect_view()}</ul>
        </Specimen>
    }
}
