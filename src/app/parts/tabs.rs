//! Tabs: the ARIA tabs pattern. Each tab is a link to an address, so it can be bookmarked and opened elsewhere.

use leptos::{html, prelude::*};
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
    let list = NodeRef::<html::Div>::new();
    // Where there are more tabs than room, the open one is in sight; the page itself does not move.
    Effect::new(move |_| {
        let id = tab_id(selected.get());
        tabs.track();
        request_animation_frame(move || {
            // By then the page may be another.
            let Some(list) = list.try_get_untracked().flatten() else { return };
            let Some(tab) = list.query_selector(&format!("#{id}")).ok().flatten() else { return };
            let (tab, room) = (tab.get_bounding_client_rect(), list.get_bounding_client_rect());
            let (before, after) = (tab.left() - room.left(), tab.right() - room.right());
            let by = if before < 0.0 { before } else { after.max(0.0) };
            #[allow(clippy::cast_possible_truncation)] // A row of tabs is some hundred pixels wide.
            list.set_scroll_left(list.scroll_left() + by.round() as i32);
        });
    });
    view! {
        <div class="tabs" role="tablist" aria-label=label on:keydown=on_key node_ref=list>
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
