//! One phase: its heading with how far it is, and its steps while it is open.

use leptos::prelude::*;

use super::{closing::Offer, desk::use_desk, row::Row};
use crate::{
    app::{
        parts::{
            button::{Button, ButtonKind},
            icon::{Icon, IconView},
        },
        prefs::use_words,
    },
    model::Phase,
};

/// A phase of the checklist.
#[component]
pub fn PhaseSection(
    /// Which.
    phase: Phase,
) -> impl IntoView {
    let words = use_words();
    let texts = &words.checklist;
    let desk = use_desk();
    let progress = desk.progress(phase);
    let is_open = Memo::new(move |_| desk.open_phases.with(|open| open.contains(&phase)));
    let shown = Memo::new(move |_| desk.shown(phase));
    let narrowed = Memo::new(move |_| desk.asked.with(crate::playbooks::Asked::is_narrowed));
    let body = format!("phase-{}-steps", phase.code());
    let controls = body.clone();
    let count = move || {
        let progress = progress.get();
        (texts.phase_count)(progress.decided(), progress.total)
    };
    let skipped = move || {
        let skipped = progress.get().skipped;
        (skipped > 0).then(|| view! { <span class="phase-skipped">{(texts.phase_skipped)(skipped)}</span> })
    };
    view! {
        <section
            class="phase"
            id=format!("phase-{}", phase.code())
            data-complete=move || progress.get().is_complete().then_some("")
            hidden=move || narrowed.get() && shown.with(Vec::is_empty)
        >
            <h3 class="phase-heading">
                <button
                    type="button"
                    class="phase-toggle"
                    title=words.vocabulary.phase_purpose(phase)
                    aria-expanded=move || is_open.get().to_string()
                    aria-controls=move || is_open.get().then(|| controls.clone())
                    on:click=move |_| {
                        desk.open_phases
                            .update(|open| {
                                if !open.remove(&phase) {
                                    open.insert(phase);
                                }
                            });
                    }
                >
                    <IconView icon=Icon::ChevronRight/>
                    <span class="phase-name">{words.vocabulary.phase(phase)}</span>
                    {move || progress.get().is_complete().then(|| view! { <IconView icon=Icon::Check/> })}
                    {skipped}
                    <span class="phase-count">{count}</span>
                </button>
            </h3>
            <div class="phase-track">
                <div
                    class="phase-fill"
                    style:width=move || format!("{}%", f64::from(progress.get().per_mille()) / 10.0)
                ></div>
            </div>
            <Offer phase/>
            <Show when=move || is_open.get()>
                <div class="phase-body" id=body.clone()>
                    <ul class="phase-steps">
                        <For each=move || shown.get() key=Clone::clone let:id>
                            <Row id/>
                        </For>
                    </ul>
                    <Button
                        label=texts.add_step
                        icon=Icon::Plus
                        small=true
                        kind=ButtonKind::Ghost
                        disabled=desk.state().is_read_only()
                        on_press=move || desk.adding.set(Some(phase))
                    />
                </div>
            </Show>
        </section>
    }
}
