//! Tabs: the ARIA tabs pattern. Each tab is a link to an address, so it can be bookmarked and opened elsewhere.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

use super::icon::{Icon, IconView};

/// One tab.
#[derive(Clone, Debug)]
pub struct Tab {
    /// Its stable name; [`TabPanel`] uses it too.
    pub id: &'static str,
    /// What it says.
    pub label: String,
    /// How many things are in it.
    pub count: Option<Signal<usize>>,
    /// An icon before the label.
    pub icon: Option<Icon>,
    /// Its `#/…` address.
    pub address: String,
}

/// A row of tabs.
#[component]
pub fn Tabs(
    /// What the tabs are of; the accessible name.
    #[prop(into)]
    label: String,
    /// The tabs, in order.
    #[prop(into)]
    tabs: Signal<Vec<Tab>>,
    /// The id of the tab that is open.
    #[prop(into)]
    selected: Signal<&'static str>,
) -> impl IntoView {
    let one = move |tab: Tab| {
        let chosen = move || selected.get() == tab.id;
        view! {
            <a
                class="tab"
                role="tab"
                id=tab_id(tab.id)
                href=tab.address
                aria-selected=move || chosen().to_string()
                aria-controls=move || chosen().then(|| panel_id(tab.id))
                tabindex=move || if chosen() { "0" } else { "-1" }
            >
                {tab.icon.map(|icon| view! { <IconView icon/> })}
                <span>{tab.label}</span>
                {tab.count.map(|count| view! { <span class="tab-count">{move || count.get()}</span> })}
            </a>
        }
    };
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=on_key>
            {move || tabs.get().into_iter().map(one).collect::<Vec<_>>()}
        </div>
    }
}

/// What a tab shows.
#[component]
pub fn TabPanel(
    /// The id of its tab.
    #[prop(into)]
    tab: Signal<&'static str>,
    /// What it shows.
    children: Children,
) -> impl IntoView {
    view! {
        <div
            class="tab-panel"
            role="tabpanel"
            id=move || panel_id(tab.get())
            aria-labelledby=move || tab_id(tab.get())
            tabindex="-1"
        >
            {children()}
        </div>
    }
}

fn tab_id(id: &str) -> String {
    format!("tab-{id}")
}

fn panel_id(id: &str) -> String {
    format!("panel-{id}")
}

/// Arrow keys move the focus; Enter follows the link as everywhere, Space does too because this is a tab.
fn on_key(event: KeyboardEvent) {
    let Some(tab) = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok()) else { return };
    let Some(list) = tab.parent_element() else { return };
    let target = match event.key().as_str() {
        "ArrowRight" => tab.next_element_sibling().or_else(|| list.first_element_child()),
        "ArrowLeft" => tab.previous_element_sibling().or_else(|| list.last_element_child()),
        "Home" => list.first_element_child(),
        "End" => list.last_element_child(),
        " " => {
            event.prevent_default();
            tab.click();
            return;
        }
        _ => return,
    };
    event.prevent_default();
    if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        let _ = target.focus();
    }
}
