//! What was changed on both sides, apart from each other: both values with who and when, and which of them shows.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use super::{Import, Source, new_or_updated};
use crate::{
    app::{
        parts::{
            badge::Tone,
            banner::Banner,
            radios::{Radio, Radios},
            time::{TimeStyle, format_time},
        },
        prefs::{use_prefs, use_words},
    },
    model::{Incident, Time},
    notebook::merge::join::Dispute,
    words::log::ConflictWords,
};

/// The most conflicts that are drawn; what more there is stands in the activity log afterwards.
const DRAWN: usize = 200;

/// Every conflict of the copies that would be merged.
#[component]
pub fn Conflicts(import: Import, sources: Arc<Vec<Source>>) -> impl IntoView {
    let texts = &use_words().merge;
    let mut shown = Vec::new();
    let mut total = 0;
    for (key, _, item) in new_or_updated(&sources, false) {
        total += item.disputes.len();
        let room = DRAWN.saturating_sub(shown.len());
        let disputes = item.disputes.iter().enumerate().take(room);
        shown.extend(disputes.map(|(number, dispute)| {
            view! { <OneConflict import key=key.clone() number dispute incident=&item.incident/> }
        }));
    }
    let more = total - shown.len();
    (total > 0).then(|| {
        view! {
            <Banner tone=Tone::Warning title=texts.conflicts(total)>
                <p>{texts.conflicts_text}</p>
                <ul class="import-conflicts">{shown}</ul>
                {(more > 0).then(|| view! { <p>{(texts.more_conflicts)(more)}</p> })}
            </Banner>
        }
    })
}

#[component]
fn OneConflict<'a>(
    import: Import,
    key: String,
    number: usize,
    dispute: &'a Dispute,
    incident: &'a Incident,
) -> impl IntoView + use<> {
    let words = use_words();
    let zone = use_prefs().zone().get_untracked();
    let time = |at: &Time| format_time(at.millis(), words.lang, zone, TimeStyle::Second);
    let ConflictWords { what, kept, kept_by, other, other_by } = words.log.conflict(&dispute.conflict, &time);
    let legend = format!("{}: {what}", incident.name);
    let radios = vec![Radio { label: kept, text: kept_by }, Radio { label: other, text: other_by }];
    if dispute.instead.is_none() {
        let sides = radios.into_iter().map(|Radio { label, text }| {
            view! { <li><p>{label}</p><p class="muted">{text}</p></li> }
        });
        return view! {
            <li>
                <p>{legend}</p>
                <ul class="import-changes">{sides.collect::<Vec<_>>()}</ul>
                <p class="muted">{words.merge.both_kept}</p>
            </li>
        }
        .into_any();
    }
    let entry = StoredValue::new((key, number));
    let is_overruled =
        move |overruled: &BTreeSet<(String, usize)>| entry.with_value(|entry| overruled.contains(entry));
    let chosen = Signal::derive(move || usize::from(import.overruled.with(is_overruled)));
    let choose = move |place: usize| {
        import.overruled.update(|overruled| {
            if place == 1 {
                overruled.insert(entry.get_value());
            } else {
                entry.with_value(|entry| overruled.remove(entry));
            }
        });
    };
    view! { <li><Radios legend radios chosen on_choose=choose/></li> }.into_any()
}
