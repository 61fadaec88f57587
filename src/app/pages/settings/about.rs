//! What this program is, where it keeps things, and what it does not promise.

use leptos::prelude::*;

use super::Panel;
use crate::app::{
    actions::use_registry,
    parts::{
        button::Button,
        description_list::{DescriptionList, Fact},
        icon::Icon,
    },
    prefs::use_words,
};

/// About this program.
#[component]
pub fn About() -> impl IntoView {
    let words = use_words();
    let texts = &words.settings;
    let registry = use_registry();
    view! {
        <Panel title=texts.about>
            <DescriptionList>
                <Fact name=texts.version>{env!("CARGO_PKG_VERSION")}</Fact>
                <Fact name=texts.licence>{env!("CARGO_PKG_LICENSE")}</Fact>
                <Fact name=texts.data>{texts.data_text}</Fact>
                <Fact name=texts.network>{texts.network_text}</Fact>
                <Fact name=texts.promise>{texts.promise_text}</Fact>
                <Fact name=texts.keys>{texts.keys_text}</Fact>
            </DescriptionList>
            <Button
                label=words.keys.show
                icon=Icon::Keyboard
                on_press=move || registry.keys_open.set(true)
            />
        </Panel>
    }
}
