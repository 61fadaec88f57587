//! Dates of steps: whether one has passed, and the day some months from now.

use js_sys::Date;
use leptos::prelude::*;

use crate::model::Time;

/// The day so many months after today, as a field for a date takes it: `2026-11-24`.
pub fn in_months(months: u32) -> String {
    let date = Date::new_0();
    let day = date.get_date();
    date.set_month(date.get_month() + months);
    if date.get_date() != day {
        // That month is shorter: its last day is meant, and day 0 is the one before the next month's first.
        date.set_date(0);
    }
    format!("{:04}-{:02}-{:02}", date.get_full_year(), date.get_month() + 1, date.get_date())
}

/// Whether a time has passed, as time goes on.
pub fn has_passed(due: Signal<Option<Time>>, minute: Signal<Time>) -> Memo<bool> {
    Memo::new(move |_| {
        let now = minute.get();
        due.with(|due| due.as_ref().is_some_and(|due| *due < now))
    })
}
