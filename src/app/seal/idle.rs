//! Locking after a while without a key or a pointer: in every tab by itself, counted from the last sign of the person in any
//! of them.

use std::time::Duration;

use leptos::prelude::*;

use super::{Seal, forget};
use crate::app::state::millis_now;
use crate::storage::KeyValue;

/// When a person was last seen in any tab, in milliseconds since 1970-01-01T00:00Z.
const SEEN: &str = "firsthour/seen";

/// How often it is looked at, and how often other tabs are told.
const LOOK: Duration = Duration::from_secs(5);

/// What shows that somebody is there.
const SIGNS: [&str; 5] = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"];

impl Seal {
    /// Watches the person while the notebook is locked with a passphrase and open.
    pub(super) fn lock_when_idle(self) {
        let seen = StoredValue::new(millis_now());
        let told = StoredValue::new(0);
        let look = move || {
            let minutes = i64::from(self.prefs.lock_after().get_untracked());
            if minutes == 0 || self.phase.get_untracked().is_none() {
                return false;
            }
            let now = millis_now();
            // A clock that was set back must not keep the notebook open until it has caught up.
            seen.update_value(|seen| *seen = (*seen).min(now));
            let elsewhere = self.shelf().get(SEEN).ok().flatten().and_then(|text| text.parse().ok());
            let idle = now - elsewhere.filter(|at| *at <= now).unwrap_or(0).max(seen.get_value());
            if idle >= minutes * 60_000 {
                forget();
                return true;
            }
            // Told here rather than at every sign: writing is not free, and nobody needs it to the second.
            if told.get_value() < seen.get_value() {
                told.set_value(seen.get_value());
                // A full store does not take it; each tab then counts by itself.
                let _ = self.shelf().set(SEEN, &seen.get_value().to_string());
            }
            false
        };
        let timer = set_interval_with_handle(
            move || {
                look();
            },
            LOOK,
        );
        let listeners = SIGNS.map(|sign| {
            window_event_listener_untyped(sign, move |_| {
                // A computer that slept has run no timer: the first sign after that is too late.
                if millis_now() - seen.get_value() < 1_000 || !look() {
                    seen.set_value(millis_now());
                }
            })
        });
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
            listeners.into_iter().for_each(WindowListenerHandle::remove);
        });
    }
}
