//! The design reference's banners, progress and overlays.

use leptos::prelude::*;

use super::Specimen;
use crate::app::{
    actions::Action,
    parts::{
        badge::Tone,
        banner::Banner,
        button::{Button, ButtonKind},
        dialog::Dialog,
        disclosure::Disclosure,
        empty_state::EmptyState,
        field::TextField,
        hint::Hint,
        icon::Icon,
        keycap::KeyCap,
        menu::Menu,
        meter::Meter,
        progress::{Progress, Segment, SegmentedProgress},
        toast::{Toast, use_toasts},
    },
    prefs::use_words,
};

#[component]
pub fn Messages() -> impl IntoView {
    let words = &use_words().gallery;
    let act = move || view! { <Button label=words.secondary small=true on_press=|| {}/> };
    view! {
        <Specimen title=words.messages>
            <Banner tone=Tone::Informational title=words.empty_title>{words.empty_text}</Banner>
            <Banner tone=Tone::Success title=words.done on_dismiss=|| {}/>
            <Banner tone=Tone::Warning title=words.message actions=act>{words.message_text}</Banner>
            <Banner tone=Tone::Danger title=use_words().keeping.blocked_title>{use_words().keeping.blocked}</Banner>
            <EmptyState icon=Icon::Incidents title=words.empty_title text=words.empty_text>
                <Button label=words.secondary kind=ButtonKind::Primary on_press=|| {}/>
                <Button label=words.quiet on_press=|| {}/>
            </EmptyState>
        </Specimen>
    }
}

#[component]
pub fn ProgressPanel() -> impl IntoView {
    let words = &use_words().gallery;
    let segments: Vec<Segment> = words
        .phases
        .iter()
        .zip([(6, 6, false), (4, 9, true), (1, 7, false), (0, 5, false), (0, 6, false), (0, 4, false)])
        .map(|(label, (done, of, current))| Segment {
            label: (*label).to_owned(),
            done,
            of,
            current,
            address: None,
        })
        .collect();
    let meter = |share: f64| {
        let text = (use_words().shell.storage_used)(&format!("{:.1} MB", share * 5.0), "5.0 MB");
        view! { <Meter label=use_words().shell.storage share text/> }
    };
    view! {
        <Specimen title=words.progress>
            <SegmentedProgress label=words.progress segments=segments.clone()/>
            <SegmentedProgress label=words.progress segments compact=true/>
            <Progress label=words.importing share=Some(0.62) on_cancel=|| {}/>
            <Progress label=words.importing share=None/>
            <div class="cluster">{meter(0.24)} {meter(0.8)} {meter(0.96)}</div>
        </Specimen>
    }
}

#[component]
pub fn Overlays() -> impl IntoView {
    let words = &use_words().gallery;
    let parts = &use_words().parts;
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let actions = move || {
        view! {
            <Button label=parts.cancel kind=ButtonKind::Ghost on_press=move || open.set(false)/>
            <Button label=words.remove kind=ButtonKind::Danger on_press=move || open.set(false)/>
            <Button label=words.primary kind=ButtonKind::Primary on_press=move || open.set(false)/>
        }
    };
    let offered = vec![
        Action::new("gallery.add", words.secondary, Icon::Plus, || {}).keys("a"),
        Action::new("gallery.not", words.disabled, Icon::Clock, || {}).when(false),
        Action::new("gallery.remove", words.remove, Icon::Trash, || {}).danger(),
    ];
    view! {
        <Specimen title=words.overlays>
            <div class="cluster">
                <Button label=words.open_dialog on_press=move || open.set(true)/>
                <Button
                    label=words.show_toast
                    on_press=move || {
                        toasts.show(Toast::new(Tone::Success, words.toast_text).action(parts.undo, || {}));
                    }
                />
                <Menu label=parts.more_actions actions=offered.clone()/>
                <Menu label=parts.more_actions actions=offered icon_only=true/>
                <Hint label=words.why>{words.why_text}</Hint>
                <KeyCap keys="Ctrl+k"/>
                <KeyCap keys="g i"/>
            </div>
            <Disclosure summary=move || words.more open=true>{words.message_text}</Disclosure>
            <Disclosure summary=move || words.why>{words.why_text}</Disclosure>
        </Specimen>
        <Dialog open title=words.message actions>
            <p>{words.message_text}</p>
            <TextField label=words.name value=""/>
        </Dialog>
    }
}
