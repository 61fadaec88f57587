//! Connects [`Route`] to the browser: the address as a signal, and the ways to change it.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsValue;

use super::route::Route;

/// The address of the page.
#[derive(Clone, Copy, Debug)]
pub struct Location {
    route: RwSignal<Route>,
}

impl Location {
    /// Follows the browser's address and provides it as context.
    pub fn provide() -> Self {
        let location = Self { route: RwSignal::new(current()) };
        let listener = window_event_listener(ev::hashchange, move |_| location.follow());
        on_cleanup(move || listener.remove());
        provide_context(location);
        location
    }

    /// The view that is open.
    pub fn route(self) -> Signal<Route> {
        self.route.into()
    }

    /// Goes to a view; Back returns.
    pub fn navigate(self, route: &Route) {
        let _ = window().location().set_hash(&route.to_string());
        self.follow();
    }

    /// Changes the address without a step in the history: for filters, sort and selection as they are being changed.
    pub fn replace(self, route: &Route) {
        let address = route.to_string();
        let replaced = window()
            .history()
            .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&address)));
        if replaced.is_ok() {
            self.follow();
        } else {
            self.navigate(route);
        }
    }

    fn follow(self) {
        let now = current();
        if self.route.with_untracked(|before| *before != now) {
            self.route.set(now);
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
