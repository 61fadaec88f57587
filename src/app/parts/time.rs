//! Times as the reader reads them: in their language and zone, with UTC and the original text one glance away.

use std::{cell::RefCell, collections::HashMap};

use js_sys::{Array, Date, Intl, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    app::prefs::{Zone, use_prefs, use_words},
    words::Lang,
};

/// How much of a time is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TimeStyle {
    /// Day and minute: lists.
    #[default]
    Minute,
    /// Day and second: timelines and logs.
    Second,
    /// Day only: due dates.
    Date,
    /// Minute only: "saved at".
    Clock,
}

thread_local! {
    /// Making a formatter takes a browser longer than using it a hundred times.
    static FORMATTERS: RefCell<HashMap<(Lang, Zone, TimeStyle), Intl::DateTimeFormat>> = RefCell::default();
}

/// A time in words. `at` is in milliseconds since 1970-01-01T00:00Z; empty where that is beyond a calendar.
pub fn format_time(at: i64, lang: Lang, zone: Zone, style: TimeStyle) -> String {
    // Milliseconds of any date a calendar knows are exact in a float.
    #[allow(clippy::cast_precision_loss)]
    let date = Date::new(&JsValue::from_f64(at as f64));
    if date.get_time().is_nan() {
        return String::new();
    }
    let text = FORMATTERS.with_borrow_mut(|formatters| {
        let formatter =
            formatters.entry((lang, zone, style)).or_insert_with(|| make_formatter(lang, zone, style));
        formatter.format().call1(&JsValue::UNDEFINED, &date).ok().and_then(|text| text.as_string())
    });
    let text = text.unwrap_or_default();
    match (zone, style) {
        (Zone::Utc, TimeStyle::Minute | TimeStyle::Second | TimeStyle::Clock) => format!("{text} UTC"),
        _ => text,
    }
}

fn make_formatter(lang: Lang, zone: Zone, style: TimeStyle) -> Intl::DateTimeFormat {
    let day = [("year", "numeric"), ("month", "short"), ("day", "numeric")];
    let minute = [("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")];
    let options = Object::new();
    let set = |pairs: &[(&str, &str)]| {
        for (name, value) in pairs {
            // A plain object takes any property.
            let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
        }
    };
    if style != TimeStyle::Clock {
        set(&day);
    }
    if style != TimeStyle::Date {
        set(&minute);
    }
    if style == TimeStyle::Second {
        set(&[("second", "2-digit")]);
    }
    if zone == Zone::Utc {
        set(&[("timeZone", "UTC")]);
    }
    Intl::DateTimeFormat::new(&locales(lang), options.unchecked_ref())
}

/// The reader's own regional variant of the page's language where they have one: `en-GB` rather than `en`.
fn locales(lang: Lang) -> Array {
    let own = window().navigator().languages();
    let same = own.iter().find(|tag| tag.as_string().and_then(|tag| Lang::parse(&tag)) == Some(lang));
    Array::of1(&same.unwrap_or_else(|| JsValue::from_str(lang.code())))
}

/// A time. Its tooltip gives UTC and the text it was read from.
#[component]
pub fn Time(
    /// Milliseconds since 1970-01-01T00:00Z; `None` where the text could not be read as a time.
    #[prop(into)]
    at: Option<i64>,
    /// The text as it came.
    #[prop(optional, into)]
    original: Option<String>,
    /// How much is shown.
    #[prop(optional)]
    style: TimeStyle,
) -> impl IntoView {
    let prefs = use_prefs();
    let words = use_words();
    let (lang, zone) = (words.lang, prefs.zone());
    let Some(at) = at else {
        let text = original.unwrap_or_else(|| words.parts.time_unknown.to_owned());
        return view! { <span class="time">{text}</span> }.into_any();
    };
    let utc = format_time(at, lang, Zone::Utc, TimeStyle::Second);
    let title = match original.filter(|original| !original.is_empty()) {
        Some(original) => format!("{utc}\n{}", (words.parts.time_original)(&original)),
        None => utc,
    };
    #[allow(clippy::cast_precision_loss)] // As in `format_time`.
    let machine = Date::new(&JsValue::from_f64(at as f64));
    let machine = (!machine.get_time().is_nan()).then(|| String::from(machine.to_iso_string()));
    view! {
        <time class="time" datetime=machine title=title>
            {move || format_time(at, lang, zone.get(), style)}
        </time>
    }
    .into_any()
}
