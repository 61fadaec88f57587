//! Times as the fields of a form write them, in the zone that the reader has chosen.

use js_sys::Date;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use crate::{app::prefs::Zone, model::Time};

/// A time as a field for date and time takes it: `2026-11-24T05:58`. Empty where it is beyond a calendar.
pub fn to_field(time: &Time, zone: Zone) -> String {
    // Milliseconds of any date a calendar knows are exact in a float.
    #[allow(clippy::cast_precision_loss)]
    let date = Date::new(&JsValue::from_f64(time.millis() as f64));
    if date.get_time().is_nan() {
        return String::new();
    }
    let (year, month, day, hour, minute) = match zone {
        Zone::Local => {
            (date.get_full_year(), date.get_month(), date.get_date(), date.get_hours(), date.get_minutes())
        }
        Zone::Utc => (
            date.get_utc_full_year(),
            date.get_utc_month(),
            date.get_utc_date(),
            date.get_utc_hours(),
            date.get_utc_minutes(),
        ),
    };
    format!("{year:04}-{:02}-{day:02}T{hour:02}:{minute:02}", month + 1)
}

/// The time that such a field holds; none where it holds none.
pub fn from_field(text: &str, zone: Zone) -> Option<Time> {
    let text = match zone {
        // A date and time without a zone is read in the reader's own: ECMA-262, section 21.4.1.32.
        Zone::Local => text.to_owned(),
        Zone::Utc => format!("{text}Z"),
    };
    let millis = Date::new(&JsValue::from_str(&text)).get_time();
    // As in `to_field`.
    #[allow(clippy::cast_possible_truncation)]
    (!millis.is_nan()).then(|| Time::from_millis(millis as i64))
}

/// The day so many months after today, as a field for a date takes it.
pub fn in_months(months: u32) -> String {
    let date = Date::new_0();
    let day = date.get_date();
    date.set_month(date.get_month() + months);
    if date.get_date() != day {
        // The month is shorter than that: its last day is meant, and day 0 is the one before the next month's first.
        date.set_date(0);
    }
    to_field(&Time::from_millis(now_of(&date)), Zone::Local).chars().take(10).collect()
}

fn now_of(date: &Date) -> i64 {
    // As in `to_field`.
    #[allow(clippy::cast_possible_truncation)]
    {
        date.get_time() as i64
    }
}

/// Whether a time has passed, as time goes on.
pub fn has_passed(due: Signal<Option<Time>>, minute: Signal<Time>) -> Memo<bool> {
    Memo::new(move |_| {
        let now = minute.get();
        due.with(|due| due.as_ref().is_some_and(|due| *due < now))
    })
}
