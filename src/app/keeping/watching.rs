//! What happens around the page: another tab or program writes, the page is hidden, shown again or goes.

use std::time::Duration;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::Keeping;
use crate::{
    app::state::State,
    storage::{News, key, lease},
};

/// What the keys of this program begin with, whatever they hold.
const OURS: &str = "firsthour/";

/// How long the room is counted again after another program of the origin wrote something: it may write more.
const RECOUNT_AFTER: Duration = Duration::from_millis(500);

impl Keeping {
    /// Looks after the lease, follows what other tabs write, and gives the lease back when the page goes.
    pub fn watch(self, state: State) {
        self.mirroring.watch(self, state);
        self.watch_worth(state);
        self.watch_damage();
        self.resume_folding(state);
        Self::warm_up();
        set_interval(move || self.tick(), millis(lease::LOOK));
        self.tick();
        let storage = window_event_listener(ev::storage, move |event| {
            let event = event.unchecked_into::<web_sys::StorageEvent>();
            match event.key() {
                // Everything was removed at once: the person cleared what this site keeps.
                None => state.follow(News::Anything),
                Some(key) if key == lease::WANTED => self.answer(),
                Some(key) if is_news(&key, event.new_value().is_some()) => state.follow(News::Keys(&[key])),
                // Another program of the origin: it may take room.
                Some(key) if !key.starts_with(OURS) => self.recount_later(),
                Some(_) => {}
            }
        });
        let hide = window_event_listener(ev::pagehide, move |_| {
            self.shelved.update_value(|shelved| {
                // Where it cannot be given back it is taken from this tab once another needs it.
                let _ = shelved.lease.release(&shelved.shelf);
            });
            self.mirroring.flush_last(self);
        });
        // What happened while the page was put away, or its tab frozen, may have been missed.
        let show = window_event_listener(ev::pageshow, move |_| state.follow(News::Anything));
        let seen = window_event_listener(ev::visibilitychange, move |_| state.follow(News::Anything));
        on_cleanup(move || {
            storage.remove();
            hide.remove();
            show.remove();
            seen.remove();
        });
    }

    /// Counts again what is taken, a moment after another program of the origin wrote something.
    fn recount_later(self) {
        if !self.recount_waits.get_value() {
            self.recount_waits.set_value(true);
            set_timeout(
                move || {
                    self.recount_waits.set_value(false);
                    self.recount();
                },
                RECOUNT_AFTER,
            );
        }
    }
}

/// Whether a change of this key by another tab is to be taken in: an entry that it appended, a generation that it wrote.
fn is_news(key: &str, is_there: bool) -> bool {
    (is_there && key.starts_with(key::JOURNAL)) || key::MANIFESTS.contains(&key)
}

fn millis(millis: i64) -> Duration {
    Duration::from_millis(u64::try_from(millis).unwrap_or_default())
}
