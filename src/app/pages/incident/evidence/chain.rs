//! The chain of custody of an item as a timeline: everything in the log that is about it, oldest first.

use leptos::prelude::*;

use crate::{
    app::{
        pages::incident::here::{Here, use_here},
        parts::{
            badge::{Badge, Tone},
            button::{Button, ButtonKind},
            icon::{Icon, IconView},
            time::{Time as TimeView, TimeStyle, format_time},
        },
        prefs::{Zone, use_prefs, use_words},
    },
    model::{CustodyEvent, EvidenceId, Handling, Time, What, chain::mark},
    notebook::custody::{Link, chain},
};

/// An entry as it is shown.
#[derive(Clone, PartialEq)]
struct Shown {
    /// Tells it from every other that may stand in its place.
    mark: String,
    at: Time,
    by: String,
    what: String,
    hash: Option<String>,
    gap: Option<String>,
    icon: Icon,
    /// Who wrote it down and when, where that was not whoever did it, at once.
    recorded: Option<(String, Time)>,
    /// Who withdrew it, when and why.
    withdrawn: Option<(String, Time, String)>,
    /// What can be withdrawn.
    event: Option<CustodyEvent>,
}

/// The timeline.
#[component]
pub fn Chain(
    /// Of which item.
    id: EvidenceId,
    /// Called with the event of an entry that does not hold.
    #[prop(into)]
    on_withdraw: Callback<CustodyEvent>,
) -> impl IntoView {
    let here = use_here();
    let texts = &use_words().evidence;
    let zone = use_prefs().zone();
    let entries = Memo::new(move |_| {
        let zone = zone.get();
        here.read(|incident| {
            chain(incident, &id).iter().map(|link| shown(here, link, zone)).collect::<Vec<_>>()
        })
        .unwrap_or_default()
    });
    view! {
        <section class="evidence-chain" aria-labelledby="evidence-chain">
            <h3 id="evidence-chain">{texts.chain}</h3>
            <p class="muted">{texts.chain_hint}</p>
            <ol>
                <For
                    each=move || entries.get()
                    key=|entry| (entry.mark.clone(), entry.what.clone(), entry.gap.clone(), entry.withdrawn.is_some())
                    let:entry
                >
                    <Entry entry on_withdraw/>
                </For>
            </ol>
        </section>
    }
}

fn shown(here: Here, link: &Link, zone: Zone) -> Shown {
    let words = here.words;
    let time = |at: &Time| format_time(at.millis(), words.lang, zone, TimeStyle::Minute);
    let entry = link.entry;
    let mut shown = Shown {
        mark: mark(entry),
        at: entry.at.clone(),
        by: entry.by.clone(),
        what: words.log.predicate(entry, &time),
        hash: None,
        gap: link.gap.filter(|_| link.withdrawn.is_none()).map(words.evidence.gap),
        icon: Icon::Edit,
        recorded: None,
        withdrawn: link.withdrawn.map(|withdrawn| {
            let why = match &withdrawn.what {
                What::CustodyWithdrawn { why, .. } => why.clone(),
                _ => String::new(),
            };
            (withdrawn.by.clone(), withdrawn.at.clone(), why)
        }),
        event: None,
    };
    match &entry.what {
        What::Custody { event, .. } => {
            let late = (entry.at.millis() - event.at.millis()).abs() > 60_000;
            shown.recorded = (late || entry.by != event.by).then(|| (entry.by.clone(), entry.at.clone()));
            shown.at = event.at.clone();
            shown.by.clone_from(&event.by);
            shown.what = words.log.handling(event);
            shown.hash = event.handling.sha256().map(str::to_owned);
            shown.icon = icon(&event.handling);
            shown.event = link.withdrawn.is_none().then(|| event.clone());
        }
        What::CustodyWithdrawn { .. } => shown.icon = Icon::Undo,
        What::Added(_) => shown.icon = Icon::Plus,
        What::Removed(_) => shown.icon = Icon::Trash,
        _ => {}
    }
    shown
}

fn icon(handling: &Handling) -> Icon {
    match handling {
        Handling::Collected { .. } => Icon::Lock,
        Handling::HandedOver { .. } => Icon::User,
        Handling::Moved { .. } => Icon::External,
        Handling::Copied => Icon::Copy,
        Handling::Examined => Icon::Search,
        Handling::HashChecked { .. } => Icon::Shield,
        Handling::Returned { .. } => Icon::Undo,
        Handling::Destroyed => Icon::Trash,
    }
}

#[component]
fn Entry(entry: Shown, on_withdraw: Callback<CustodyEvent>) -> impl IntoView {
    let here = use_here();
    let texts = &use_words().evidence;
    let is_withdrawn = entry.withdrawn.is_some();
    let said = view! {
        <strong>{entry.by}</strong>
        " "
        {entry.what}
    };
    let said = if is_withdrawn {
        view! { <del>{said}</del> }.into_any()
    } else {
        view! { <span>{said}</span> }.into_any()
    };
    let by_at = |label: &'static str, by: String, at: Time| {
        view! {
            <span class="muted">
                {label} " " {by} ", "
                <TimeView at=at.millis() original=at.text().to_owned() style=TimeStyle::Second/>
            </span>
        }
    };
    let withdrawn = entry.withdrawn.map(|(by, at, why)| {
        view! {
            {by_at(texts.withdrawn, by, at)}
            {(!why.is_empty()).then(|| view! { <span class="muted">{why}</span> })}
        }
    });
    let event = StoredValue::new(entry.event);
    view! {
        <li class="incident-entry" data-withdrawn=is_withdrawn.then_some("")>
            <IconView icon=entry.icon/>
            <div class="incident-entry-text evidence-entry">
                {said}
                {entry.hash.map(|digits| view! { <code class="evidence-hash">{digits}</code> })}
                {entry.gap.map(|gap| view! { <span><Badge label=gap tone=Tone::Warning icon=Icon::Warning/></span> })}
                {entry.recorded.map(|(by, at)| by_at(texts.recorded, by, at))}
                {withdrawn}
            </div>
            <TimeView at=entry.at.millis() original=entry.at.text().to_owned()/>
            <Show when=move || event.with_value(Option::is_some) && here.can_write().get()>
                <Button
                    label=texts.withdraw
                    small=true
                    kind=ButtonKind::Ghost
                    on_press=move || {
                        if let Some(event) = event.get_value() {
                            on_withdraw.run(event);
                        }
                    }
                />
            </Show>
        </li>
    }
}
