//! What happened, in a paragraph made of the facts, with the alerts over time drawn beside it.

use leptos::prelude::*;

use super::histogram::AlertHistogram;
use crate::compact::Order as _;
use crate::{
    app::{
        pages::incident::here::use_here,
        parts::time::{TimeStyle, format_time},
        prefs::{use_prefs, use_words},
        route::IncidentTab,
    },
    model::{Alert, EntityKind, Incident, taxonomy::Verdict},
    words::Words,
};

/// The facts of the story.
#[derive(Clone, Default, PartialEq)]
struct Facts {
    alerts: usize,
    products: Vec<String>,
    first: Option<i64>,
    last: Option<i64>,
    first_title: String,
    assets: Vec<(EntityKind, usize)>,
    malicious: usize,
}

fn facts(incident: &Incident, words: &Words) -> Facts {
    let mut products: Vec<String> = incident
        .alerts
        .values()
        .map(|alert| words.vocabulary.service_source(&alert.service_source).into_owned())
        .collect();
    products.order();
    products.dedup();
    let first =
        incident.alerts.values().filter(|alert| alert.when().is_some()).min_by_key(|alert| alert.when());
    let entities = incident.shown_entities();
    let assets = EntityKind::ALL
        .iter()
        .filter(|kind| kind.is_asset())
        .map(|kind| (*kind, entities.iter().filter(|entity| entity.kind() == *kind).count()));
    Facts {
        alerts: incident.alerts.len(),
        products,
        first: first.and_then(Alert::when).map(crate::model::Time::millis),
        last: incident.last_activity().map(crate::model::Time::millis),
        first_title: first.map(|alert| alert.title.clone()).unwrap_or_default(),
        assets: assets.filter(|(_, count)| *count > 0).collect(),
        malicious: entities.iter().filter(|entity| entity.verdict == Verdict::Malicious).count(),
    }
}

/// The paragraph and the drawing.
#[component]
pub fn Story() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let zone = use_prefs().zone();
    let facts = here.slice(move |incident| facts(incident, words));
    let sentences = move || {
        let facts = facts.get();
        if facts.alerts == 0 {
            return texts.story_nothing.to_owned();
        }
        let time = |at: i64| format_time(at, words.lang, zone.get(), TimeStyle::Minute);
        let mut sentences = vec![(texts.story_alerts)(
            &words.amounts.alerts(facts.alerts),
            &words.amounts.list(&facts.products),
        )];
        if let (Some(first), Some(last)) = (facts.first, facts.last) {
            sentences.push((texts.story_span)(
                &time(first),
                &time(last),
                &words.amounts.duration(last.saturating_sub(first)),
            ));
        }
        if !facts.first_title.is_empty() {
            sentences.push((texts.story_first)(&facts.first_title));
        }
        if !facts.assets.is_empty() {
            let assets: Vec<String> = facts
                .assets
                .iter()
                .map(|(kind, count)| {
                    let name = match count {
                        1 => words.vocabulary.entity_kind(*kind),
                        _ => words.vocabulary.entity_kinds(*kind),
                    };
                    format!("{} {}", words.amounts.number(*count), name.to_lowercase())
                })
                .collect();
            sentences.push((texts.story_assets)(&words.amounts.list(&assets)));
        }
        if facts.malicious > 0 {
            sentences.push((texts.story_malicious)(facts.malicious));
        }
        sentences.join(" ")
    };
    view! {
        <section class="panel incident-story" aria-labelledby="incident-story">
            <div class="incident-panel-head">
                <h2 id="incident-story">{texts.what_happened}</h2>
                <a href=here.address(IncidentTab::Alerts)>{texts.all_alerts}</a>
            </div>
            <p>{sentences}</p>
            <AlertHistogram/>
        </section>
    }
}
