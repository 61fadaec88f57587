//! The design reference's buttons and fields.

use leptos::prelude::*;

use super::Specimen;
use crate::app::{
    parts::{
        button::{Button, ButtonKind, ButtonLink},
        combobox::Combobox,
        copy_button::CopyButton,
        field::{Checkbox, InputKind, PassphraseField, Select, TextArea, TextField},
        icon::Icon,
        radios::{Radio, Radios},
    },
    prefs::use_words,
    route::Route,
};

#[component]
pub fn Buttons() -> impl IntoView {
    let words = &use_words().gallery;
    let pressed = RwSignal::new(true);
    let nothing = || {};
    view! {
        <Specimen title=words.buttons>
            <div class="cluster">
                <Button label=words.primary kind=ButtonKind::Primary icon=Icon::Check on_press=nothing/>
                <Button label=words.secondary icon=Icon::Plus on_press=nothing/>
                <Button label=words.quiet kind=ButtonKind::Ghost on_press=nothing/>
                <Button label=words.remove kind=ButtonKind::Danger icon=Icon::Trash on_press=nothing/>
            </div>
            <div class="cluster">
                <Button label=words.primary kind=ButtonKind::Primary disabled=true on_press=nothing/>
                <Button label=words.disabled disabled=true on_press=nothing/>
                <Button label=words.ticked pressed=pressed on_press=move || pressed.update(|on| *on = !*on)/>
                <ButtonLink label=words.secondary href=Route::Gallery.to_string() icon=Icon::Link/>
            </div>
            <div class="cluster">
                <Button label=words.small small=true icon=Icon::Edit on_press=nothing/>
                <Button label=words.small small=true kind=ButtonKind::Ghost on_press=nothing/>
                <Button label=words.remove icon=Icon::Trash icon_only=true on_press=nothing/>
                <Button
                    label=words.remove
                    icon=Icon::Close
                    icon_only=true
                    small=true
                    kind=ButtonKind::Ghost
                    on_press=nothing
                />
                <CopyButton text="DeviceEvents | take 10"/>
                <CopyButton text="DeviceEvents | take 10" icon_only=true/>
            </div>
        </Specimen>
    }
}

#[component]
pub fn Fields() -> impl IntoView {
    let words = &use_words().gallery;
    let passphrase = RwSignal::new("correct horse".to_owned());
    let name = RwSignal::new(String::new());
    let note = RwSignal::new(words.message_text.to_owned());
    let severity = RwSignal::new(words.medium.to_lowercase());
    let ticked = RwSignal::new(true);
    let chosen = RwSignal::new(1);
    let error =
        Signal::derive(move || name.with(|name| name.trim().is_empty()).then(|| words.name_error.to_owned()));
    let severities =
        [words.high, words.medium, words.low].map(|label| (label.to_lowercase(), label.to_owned())).to_vec();
    view! {
        <Specimen title=words.fields>
            <TextField
                label=words.name
                value=name
                hint=words.name_hint
                error
                required=true
                on_input=move |text| name.set(text)
            />
            <TextArea label=words.note value=note on_input=move |text| note.set(text)/>
            <TextField label=words.due kind=InputKind::DateTime value="2026-11-24T09:30"/>
            <Select
                label=words.severity
                value=severity
                options=severities
                on_change=move |value| severity.set(value)
            />
            <Combobox
                label=words.tags
                value=""
                suggestions=vec!["phishing".to_owned(), "vip".to_owned()]
                on_commit=|_| {}
                placeholder="phishing"
            />
            <TextField label=words.disabled value="WS-0142" disabled=true/>
            <form on:submit=|event| event.prevent_default()>
                <PassphraseField label=use_words().lock.passphrase value=passphrase/>
            </form>
            <div class="cluster">
                <Checkbox label=words.ticked checked=ticked on_change=move |on| ticked.set(on)/>
                <Checkbox label=words.disabled checked=false disabled=true on_change=|_| {}/>
            </div>
            <Radios
                legend=words.severity
                radios=[words.high, words.medium, words.low]
                    .map(|label| Radio { label: label.to_owned(), text: words.name_hint.to_owned() })
                    .to_vec()
                chosen=chosen
                on_choose=move |place| chosen.set(place)
            />
        </Specimen>
    }
}
