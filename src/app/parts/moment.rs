//! Times as a `datetime-local` field writes them, in the zone that the reader has chosen for the page.

use js_sys::Date;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::{
    app::prefs::{Prefs, Zone},
    model::Time,
};

/// A time for a field: `2026-11-24T05:58`. Empty where it is beyond a calendar.
pub fn write_moment(at: &Time, prefs: Prefs) -> String {
    #[allow(clippy::cast_precision_loss)] // Milliseconds of any date a calendar knows are exact in a float.
    let millis = at.millis() as f64;
    let date = Date::new(&JsValue::from_f64(millis));
    // Moved by the zone's offset, the time in UTC reads as the local one.
    let shift = match prefs.zone().get_untracked() {
        Zone::Utc => 0.0,
        Zone::Local => date.get_timezone_offset() * 60_000.0,
    };
    let shown = Date::new(&JsValue::from_f64(millis - shift));
    if shown.get_time().is_nan() {
        return String::new();
    }
    String::from(shown.to_iso_string()).chars().take(16).collect()
}

/// The time that a field says; none where it is empty or says no time.
pub fn read_moment(text: &str, prefs: Prefs) -> Option<Time> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    // Without a zone the browser takes a date and time to be local ones.
    let text = match prefs.zone().get_untracked() {
        Zone::Utc => format!("{text}Z"),
        Zone::Local => text.to_owned(),
    };
    let millis = Date::new(&JsValue::from_str(&text)).get_time();
    #[allow(clippy::cast_possible_truncation)] // As in `write_moment`.
    (!millis.is_nan()).then(|| Time::from_millis(millis as i64))
}
