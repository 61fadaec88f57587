//! Connects [`Route`] to the browser: the address as a signal, and the ways to change it.
//!
//! Browsers remember addresses. While the notebook is locked with a passphrase, what is filtered, searched or selected stays
//! out of the address, in this page's memory only; what is left names a view and, at most, the id of an incident.

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, MouseEvent};

use super::route::Route;

/// The address of the page.
#[derive(Clone, Copy, Debug)]
pub struct Location {
    route: RwSignal<Route>,
    is_private: StoredValue<bool>,
}

impl Location {
    /// Follows the browser's address and provides it as context.
    pub fn provide() -> Self {
        let location = Self { route: RwSignal::new(current()), is_private: StoredValue::new(false) };
        let follow = window_event_listener(ev::hashchange, move |_| location.follow());
        let click = window_event_listener(ev::click, move |event| location.intercept(&event));
        let other = window_event_listener(ev::auxclick, move |event| location.intercept(&event));
        on_cleanup(move || {
            follow.remove();
            click.remove();
            other.remove();
        });
        provide_context(location);
        location
    }

    /// The view that is open.
    pub fn route(self) -> Signal<Route> {
        self.route.into()
    }

    /// Whether what is filtered, searched or selected stays out of the address. Takes out what is in it already.
    pub fn set_private(self, is_private: bool) {
        self.is_private.set_value(is_private);
        let route = self.route.get_untracked();
        if is_private && !route.query().is_empty() {
            self.show(&route, true);
        }
    }

    /// Goes to a view; Back returns.
    pub fn navigate(self, route: &Route) {
        self.show(route, false);
    }

    /// Changes the address without a step in the history: for filters, sort and selection as they are being changed.
    pub fn replace(self, route: &Route) {
        self.show(route, true);
    }

    fn show(self, route: &Route, in_place: bool) {
        let shown = if self.is_private.get_value() { route.without_query() } else { route.clone() };
        // Before the address changes: the browser's event then finds that this view is open already.
        if self.route.with_untracked(|before| before != route) {
            self.route.set(route.clone());
        }
        if shown == current() {
            return;
        }
        let address = shown.to_string();
        let replaced = in_place
            && window()
                .history()
                .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)))
                .is_ok();
        if !replaced {
            let _ = window().location().set_hash(&address);
        }
    }

    /// The address has changed: Back, a link, or typed by the person.
    fn follow(self) {
        let now = current();
        let known = self.route.with_untracked(|before| {
            *before == now || self.is_private.get_value() && before.without_query() == now
        });
        if !known {
            self.route.set(now.clone());
        }
        if self.is_private.get_value() && !now.query().is_empty() {
            self.show(&now, true);
        }
    }

    /// Follows a link in memory, so that no more than the view gets into the address; a new tab opens the view alone.
    fn intercept(self, event: &MouseEvent) {
        if !self.is_private.get_value() || event.default_prevented() || event.button() > 1 {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest("a[href^='#']").ok().flatten());
        let Some(href) = link.and_then(|link| link.get_attribute("href")) else { return };
        let route = Route::parse(&href);
        let here = event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key();
        if here {
            // Also where it is the address already: what is filtered there may not be in it.
            event.prevent_default();
            self.navigate(&route);
        } else if !route.query().is_empty() {
            event.prevent_default();
            let _ = window().open_with_url_and_target(&route.without_query().to_string(), "_blank");
        }
    }
}

/// The address of the page, from context.
pub fn use_location() -> Location {
    use_context().unwrap_or_else(Location::provide)
}

fn current() -> Route {
    Route::parse(&window().location().hash().unwrap_or_default())
}
