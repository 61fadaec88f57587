//! Why the incident has its priority, and the responder's own priority in its place.

use leptos::prelude::*;

use super::here::use_here;
use crate::{
    app::{
        parts::{
            badge::Badge,
            button::{Button, ButtonKind},
            dialog::Dialog,
            field::{InputKind, TextField},
            terms::band_tone,
        },
        prefs::use_words,
    },
    model::{IncidentField, PriorityOverride},
};

/// The dialog.
#[component]
pub fn PriorityDialog() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let texts = &words.incident;
    let open = here.dialogs.priority;
    let urgency = here.urgency();
    let own = here.slice(|incident| incident.priority.clone());
    let value = RwSignal::new(String::new());
    let reason = RwSignal::new(String::new());
    let tried = RwSignal::new(false);
    Effect::new(move |_| {
        if open.get() {
            let own = own.get_untracked();
            let shown = own.as_ref().map(|own| own.value);
            let computed = urgency.with_untracked(|known| known.as_ref().map_or(0, |known| known.value));
            value.set(shown.unwrap_or(computed).to_string());
            reason.set(own.map_or_else(String::new, |own| own.reason));
            tried.set(false);
        }
    });
    let parsed = move || value.with(|value| value.trim().parse::<u8>().ok().filter(|value| *value <= 100));
    let value_error =
        Signal::derive(move || (tried.get() && parsed().is_none()).then(|| texts.priority_range.to_owned()));
    let reason_error = Signal::derive(move || {
        (tried.get() && reason.with(|reason| reason.trim().is_empty()))
            .then(|| texts.priority_reason_missing.to_owned())
    });
    let overrule = move || {
        tried.set(true);
        let reason = reason.get_untracked().trim().to_owned();
        let Some(value) = untrack(parsed).filter(|_| !reason.is_empty()) else { return };
        here.set(IncidentField::Priority(Some(PriorityOverride { value, reason })));
        open.set(false);
    };
    let actions = move || {
        view! {
            <Show when=move || own.with(Option::is_some) && here.can_write().get()>
                <Button
                    label=texts.priority_take_back
                    on_press=move || {
                        here.set(IncidentField::Priority(None));
                        open.set(false);
                    }
                />
            </Show>
            <Button label=words.parts.close kind=ButtonKind::Ghost on_press=move || open.set(false)/>
            <Button
                label=texts.priority_overrule
                kind=ButtonKind::Primary
                disabled=here.cannot_write()
                on_press=overrule
            />
        }
    };
    let reasons = move || {
        let urgency = urgency.get();
        let known = urgency.into_iter().flat_map(|known| known.reasons);
        known
            .map(|(reason, points)| {
                view! {
                    <li>
                        <span>{words.reasons.priority(&reason)}</span>
                        <span class="numeric muted">{(points > 0).then(|| format!("+{points}"))}</span>
                    </li>
                }
            })
            .collect_view()
    };
    let headline = move || {
        urgency.get().map(|known| {
            let computed = known.computed.map(|value| (texts.priority_computed)(value));
            view! {
                <p class="incident-priority-line">
                    <strong class="incident-priority-value">{known.value}</strong>
                    <Badge label=(texts.band)(known.band()) tone=band_tone(known.band())/>
                    <span class="muted">{computed}</span>
                </p>
            }
        })
    };
    view! {
        <Dialog open title=texts.priority actions>
            {headline}
            <p class="muted">{texts.priority_about}</p>
            <ul class="incident-reasons">{reasons}</ul>
            <h3>{texts.priority_own}</h3>
            <TextField
                label=texts.priority_value
                kind=InputKind::Number
                value=value
                on_input=move |text| value.set(text)
                error=value_error
                disabled=here.cannot_write()
            />
            <TextField
                label=texts.reason
                value=reason
                on_input=move |text| reason.set(text)
                error=reason_error
                placeholder=texts.priority_reason_example
                disabled=here.cannot_write()
            />
        </Dialog>
    }
}
