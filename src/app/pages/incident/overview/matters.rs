//! What matters now: what waits for somebody, each with the place where it is dealt with.

use leptos::prelude::*;

use crate::{
    app::{
        pages::incident::{acting::Acting, here::use_here},
        parts::{
            action_button::ActionButton,
            badge::Tone,
            button::{Button, ButtonLink},
            icon::{Icon, IconView},
        },
        prefs::use_words,
        route::{IncidentTab, Query},
    },
    model::taxonomy::{Classification, Status},
    notebook::Row,
};

/// Something that waits for somebody.
#[derive(Clone, PartialEq)]
enum Matter {
    Failed(usize),
    Pending(usize),
    Malicious(usize),
    Unassigned(i64),
    Overdue,
    Unclassified,
    NotContained,
    NotReviewed,
}

fn matters(row: &Row, now: &crate::model::Time) -> Vec<Matter> {
    let mut found = Vec::new();
    let mut add = |holds: bool, matter: Matter| {
        if holds {
            found.push(matter);
        }
    };
    if row.is_open() {
        let since = row.clocks.noticed.as_ref().unwrap_or(&row.created);
        let waited = now.millis().saturating_sub(since.millis());
        add(row.assignee.is_none(), Matter::Unassigned(waited));
        add(row.failed_remediation > 0, Matter::Failed(row.failed_remediation));
        add(row.pending_approval > 0, Matter::Pending(row.pending_approval));
        add(row.is_overdue(now), Matter::Overdue);
        add(row.malicious > 0 && row.clocks.contained.is_none(), Matter::Malicious(row.malicious));
        add(row.clocks.contained.is_none(), Matter::NotContained);
        add(row.classification == Classification::Unknown, Matter::Unclassified);
    } else {
        add(row.status == Status::Resolved && row.clocks.reviewed.is_none(), Matter::NotReviewed);
    }
    found
}

/// The list.
#[component]
pub fn Matters() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let minute = here.state().minute();
    let row = here.of_row(|row| Some(row.clone()));
    let found = Memo::new(move |_| {
        let now = minute.get();
        row.with(|row| row.as_ref().map(|row| matters(row, &now)).unwrap_or_default())
    });
    let Some(acting) = use_context::<Acting>() else { return ().into_any() };
    let acting = StoredValue::new(acting);
    let link = move |label: &'static str, tab, key: &str, value: &str| {
        let address = here.address_with(tab, Query::new().with(key, value));
        view! { <ButtonLink label small=true href=address/> }.into_any()
    };
    let press = move |label: &'static str, open: RwSignal<bool>| {
        view! {
            <Button label small=true disabled=here.cannot_write() on_press=move || open.set(true)/>
        }
        .into_any()
    };
    let one = move |matter: Matter| {
        let (tone, text, act) = match matter {
            Matter::Unassigned(waited) => (
                Tone::Warning,
                (texts.matter_unassigned)(&words.amounts.duration(waited)),
                view! { <ActionButton action=acting.with_value(|acting| acting.take) small=true/> }
                    .into_any(),
            ),
            Matter::Failed(count) => (
                Tone::Danger,
                (texts.open_failures)(count),
                link(texts.show, IncidentTab::Entities, "needs", "remediation"),
            ),
            Matter::Pending(count) => (
                Tone::Warning,
                (texts.open_approvals)(count),
                link(texts.show, IncidentTab::Entities, "needs", "approval"),
            ),
            Matter::Malicious(count) => (
                Tone::Danger,
                (texts.matter_malicious)(count),
                link(texts.show, IncidentTab::Entities, "verdict", "malicious"),
            ),
            Matter::Overdue => (
                Tone::Warning,
                texts.matter_overdue.to_owned(),
                link(texts.show, IncidentTab::Checklist, "overdue", "yes"),
            ),
            Matter::NotContained => (
                Tone::Neutral,
                texts.matter_not_contained.to_owned(),
                link(texts.show_steps, IncidentTab::Checklist, "phase", "containment"),
            ),
            Matter::Unclassified => (
                Tone::Neutral,
                texts.matter_unclassified.to_owned(),
                press(texts.classify, here.dialogs.classify),
            ),
            Matter::NotReviewed => (
                Tone::Accent,
                texts.matter_not_reviewed.to_owned(),
                link(texts.review_open, IncidentTab::Report, "", ""),
            ),
        };
        let icon = match tone {
            Tone::Danger => Icon::High,
            Tone::Warning => Icon::Warning,
            _ => Icon::Info,
        };
        view! {
            <li data-tone=tone.name()>
                <IconView icon/>
                <span>{text}</span>
                {act}
            </li>
        }
    };
    view! {
        <section class="panel" aria-labelledby="incident-matters">
            <h2 id="incident-matters">{texts.matters}</h2>
            <ul class="incident-matters">{move || found.get().into_iter().map(one).collect_view()}</ul>
            <Show when=move || found.with(Vec::is_empty)>
                <p class="muted">{texts.matters_nothing}</p>
            </Show>
        </section>
    }
    .into_any()
}
