//! What only the person can say of a source: as which format it is read, where it goes, in which zone its times are and
//! how its dates are written. Each answer reads it once more.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Found, Import, Kind, Source};
use crate::compact::Order as _;
use crate::{
    app::{
        browser,
        parts::{
            field::Select,
            radios::{Radio, Radios},
            time::{TimeStyle, format_time},
        },
        prefs::{Zone, use_words},
        route::Route,
    },
    formats::{Asked, Date, Order, read_date},
    model::{IncidentId, Time},
    notebook::Row,
    words::Words,
};

/// The most incidents that are offered to go into.
const OFFERED: usize = 100;

/// The zones of the world by their offsets from UTC, in minutes.
const OFFSETS: [i32; 38] = [
    -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -120, -60, 60, 120, 180, 210,
    240, 270, 300, 330, 345, 360, 390, 420, 480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 825, 840,
];

/// Whose answer it is: the import, all of its sources, the place of the one that is asked about.
#[derive(Clone)]
pub struct Of {
    pub import: Import,
    pub sources: Arc<Vec<Source>>,
    pub at: usize,
}

impl Of {
    /// The selector of a control by the name that its wrapper has.
    pub fn selector(&self, name: &str) -> String {
        format!("[data-question=\"{}\"] :is(select, input:checked)", self.key(name))
    }

    /// The name of a control, unique among all sources.
    pub fn key(&self, name: &str) -> String {
        format!("{}-{name}", self.at)
    }

    /// Reads once more with an answer.
    pub fn answer(&self, name: &str, change: impl FnOnce(&mut super::Wanted)) {
        self.import.again(&self.sources, self.at, self.selector(name), change);
    }

    /// The source.
    pub fn source(&self) -> &Source {
        &self.sources[self.at]
    }
}

/// What can be said of a source that was read, or refused.
#[component]
pub fn Questions(of: Of) -> impl IntoView {
    let source = of.source();
    let has_formats = source.could_be.len() > 1;
    let export = source.found.as_ref().ok().filter(|found| matches!(found.kind, Kind::Export(_)));
    let target = export.map(|found| view! { <Target of=of.clone() found/> });
    let zone = export.and_then(|found| found.questions.zone.as_ref());
    let zone = zone.map(|asked| view! { <ZoneQuestion of=of.clone() asked/> });
    let order = export.and_then(|found| found.questions.order.as_ref());
    let order = order.map(|asked| view! { <OrderQuestion of=of.clone() asked/> });
    let format = has_formats.then(|| view! { <FormatQuestion of=of.clone()/> });
    view! {
        <div class="import-questions">{format} {target} {zone}</div>
        {order}
    }
}

#[component]
fn FormatQuestion(of: Of) -> impl IntoView {
    let words = use_words();
    let source = of.source();
    let read = source.found.as_ref().ok().and_then(|found| match found.kind {
        Kind::Export(format) => Some(format),
        Kind::Backup | Kind::Copy => None,
    });
    let chosen = source.wanted.answers.read_as.or(read);
    let place = |format| source.could_be.iter().position(|other| *other == format);
    let value = chosen.and_then(place).map_or_else(String::new, |place| place.to_string());
    let mut options: Vec<(String, String)> = source
        .could_be
        .iter()
        .enumerate()
        .map(|(place, format)| (place.to_string(), words.import.format(*format).to_owned()))
        .collect();
    if value.is_empty() {
        options.insert(0, (String::new(), words.intake.choose.to_owned()));
    }
    let key = of.key("format");
    let choose = move |value: String| {
        let format = value.parse().ok().and_then(|place: usize| of.source().could_be.get(place).copied());
        if let Some(format) = format {
            of.answer("format", |wanted| {
                wanted.answers.read_as = Some(format);
                wanted.answers.columns = None;
            });
        }
    };
    view! {
        <div data-question=key>
            <Select label=words.intake.read_as value options on_change=choose/>
        </div>
    }
}

#[component]
fn Target<'a>(of: Of, found: &'a Found) -> impl IntoView + use<> {
    let words = use_words();
    let texts = &words.intake;
    let import = of.import;
    let open = match import.location.route().get_untracked() {
        Route::Incident { id, .. } => IncidentId::try_from(id.as_str()).ok(),
        _ => None,
    };
    let mut rows: Vec<Arc<Row>> =
        import.state.with_now(|notebook| notebook.rows().values().cloned().collect());
    rows.order_by(|a, b| {
        let is_open = |row: &Row| open.as_ref() == Some(&row.id);
        is_open(b).cmp(&is_open(a)).then_with(|| b.changed.cmp(&a.changed))
    });
    rows.truncate(OFFERED);
    let many = found.items.len() > 1;
    let own = if many { texts.own_many } else { texts.own };
    let named = |row: &Arc<Row>| {
        let name = if open.as_ref() == Some(&row.id) {
            format!("{} ({})", row.name, texts.open_one)
        } else {
            row.name.clone()
        };
        (row.id.as_str().to_owned(), name)
    };
    let options: Vec<(String, String)> =
        std::iter::once((String::new(), own.to_owned())).chain(rows.iter().map(named)).collect();
    let value = of.source().wanted.aim.as_ref().map(|id| id.as_str().to_owned()).unwrap_or_default();
    let key = of.key("target");
    let choose = move |value: String| {
        of.answer("target", |wanted| wanted.aim = IncidentId::try_from(value.as_str()).ok());
    };
    (options.len() > 1).then(|| {
        view! {
            <div data-question=key>
                <Select label=texts.goes_into value options hint=texts.goes_into_hint on_change=choose/>
            </div>
        }
    })
}

#[component]
fn ZoneQuestion<'a>(of: Of, asked: &'a Asked) -> impl IntoView + use<> {
    let texts = &use_words().intake;
    let here = browser::offset_now();
    let mut options = vec![("0".to_owned(), texts.utc.to_owned())];
    if here != 0 {
        options.push((here.to_string(), (texts.this_zone)(&Words::offset(here))));
    }
    let others = OFFSETS.into_iter().filter(|offset| *offset != here);
    options.extend(others.map(|offset| (offset.to_string(), Words::offset(offset))));
    let answered = of.source().wanted.answers.offset;
    if answered.is_none() {
        options.insert(0, (String::new(), texts.choose.to_owned()));
    }
    let value = answered.map(|offset| offset.to_string()).unwrap_or_default();
    let error = answered.is_none().then(|| (texts.zone_of)(asked.count, &asked.example));
    let key = of.key("zone");
    let choose = move |value: String| {
        of.answer("zone", |wanted| wanted.answers.offset = value.parse().ok());
    };
    view! {
        <div data-question=key>
            <Select label=texts.zone value options hint=texts.zone_hint error=Signal::stored(error) on_change=choose/>
        </div>
    }
}

#[component]
fn OrderQuestion<'a>(of: Of, asked: &'a Asked) -> impl IntoView + use<> {
    let words = use_words();
    let texts = &words.intake;
    let Some(Date::Two(day_first, month_first)) = read_date(&asked.example) else { return ().into_any() };
    let shown = |text: &str| {
        let time = Time::parse(text).map(|time| time.millis()).unwrap_or_default();
        format_time(time, words.lang, Zone::Utc, TimeStyle::Date)
    };
    let radio = |label: &str, date: &str| Radio { label: shown(date), text: label.to_owned() };
    let radios = vec![radio(texts.day_first, &day_first), radio(texts.month_first, &month_first)];
    let chosen = match of.source().wanted.answers.order {
        Some(Order::DayFirst) => 0,
        Some(Order::MonthFirst) => 1,
        None => usize::MAX,
    };
    let key = of.key("order");
    let text = (texts.order_of)(asked.count, &asked.example);
    let choose = move |place: usize| {
        let order = if place == 0 { Order::DayFirst } else { Order::MonthFirst };
        of.answer("order", |wanted| wanted.answers.order = Some(order));
    };
    view! {
        <div data-question=key class="import-order">
            <p>{text}</p>
            <Radios legend=texts.order radios chosen=Signal::stored(chosen) on_choose=choose/>
        </div>
    }
    .into_any()
}
