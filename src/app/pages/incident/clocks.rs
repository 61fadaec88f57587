//! The moments that response times are measured by: shown with what lies between them, and corrected in a dialog.

use leptos::prelude::*;

use super::here::{Here, use_here};
use crate::{
    analysis::figures::response_times,
    app::{
        parts::{
            button::{Button, ButtonKind},
            dialog::Dialog,
            field::{InputKind, TextField},
            icon::{Icon, IconView},
            moment::{read_moment, write_moment},
            time::Time as TimeView,
        },
        prefs::{use_prefs, use_words},
    },
    model::{Clock, Clocks as ClockTimes, Time},
    notebook::{Act, acts},
};

/// The clocks in a row.
#[component]
pub fn Clocks() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let clocks = here.slice(|incident| incident.clocks.clone());
    let one = move |clock: Clock| {
        let at = Memo::new(move |_| clocks.with(|clocks| clock.of(clocks).cloned()));
        view! {
            <div class="incident-clock" data-stopped=move || at.with(Option::is_some).then_some("")>
                <dt>
                    <IconView icon=Icon::Clock/>
                    <span>{words.vocabulary.clock(clock)}</span>
                </dt>
                <dd>
                    {move || match at.get() {
                        Some(at) => {
                            view! { <TimeView at=at.millis() original=at.text().to_owned()/> }.into_any()
                        }
                        None => view! { <span class="muted">{words.incident.not_yet}</span> }.into_any(),
                    }}
                </dd>
            </div>
        }
    };
    let times = move || {
        let times = clocks.with(response_times);
        [
            (words.incident.to_acknowledge, times.to_acknowledge),
            (words.incident.to_contain, times.to_contain),
            (words.incident.to_remediate, times.to_remediate),
        ]
        .into_iter()
        .filter_map(|(label, millis)| Some((label, words.amounts.duration(millis?))))
        .map(|(label, duration)| {
            view! {
                <li>
                    <span class="muted">{label}</span>
                    " "
                    <strong>{duration}</strong>
                </li>
            }
        })
        .collect_view()
    };
    view! {
        <section class="panel incident-clocks" aria-label=words.incident.clocks>
            <div class="incident-panel-head">
                <h2>{words.incident.clocks}</h2>
                <Button
                    label=words.incident.change_clocks
                    icon=Icon::Edit
                    small=true
                    kind=ButtonKind::Ghost
                    disabled=here.cannot_write()
                    on_press=move || here.dialogs.clocks.set(true)
                />
            </div>
            <dl class="incident-clock-row">{Clock::ALL.into_iter().map(one).collect_view()}</dl>
            <ul class="incident-response">{times}</ul>
        </section>
    }
}

/// The dialog that corrects the clocks.
#[component]
pub fn ClocksDialog() -> impl IntoView {
    let here = use_here();
    let words = use_words();
    let prefs = use_prefs();
    let open = here.dialogs.clocks;
    let texts: [RwSignal<String>; 5] = [(); 5].map(|()| RwSignal::new(String::new()));
    Effect::new(move |_| {
        if open.get() {
            let clocks = here.now(|incident| incident.clocks.clone()).unwrap_or_default();
            for (clock, text) in Clock::ALL.into_iter().zip(texts) {
                text.set(clock.of(&clocks).map_or_else(String::new, |at| write_moment(at, prefs)));
            }
        }
    });
    let save = move || {
        let times = texts.map(|text| text.with_untracked(|text| read_moment(text, prefs)));
        if save_clocks(here, &times, &texts.map(|text| text.get_untracked()), prefs) {
            open.set(false);
        }
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel kind=ButtonKind::Ghost on_press=move || open.set(false)/>
            <Button label=words.incident.save kind=ButtonKind::Primary on_press=save/>
        }
    };
    let row = move |(clock, text): (Clock, RwSignal<String>)| {
        view! {
            <div class="incident-clock-field">
                <TextField
                    label=words.vocabulary.clock(clock)
                    kind=InputKind::DateTime
                    value=text
                    on_input=move |entered| text.set(entered)
                />
                <Button
                    label=words.incident.now
                    small=true
                    on_press=move || text.set(write_moment(&here.state().now(), prefs))
                />
                <Button
                    label=words.parts.clear
                    small=true
                    kind=ButtonKind::Ghost
                    on_press=move || text.set(String::new())
                />
            </div>
        }
    };
    view! {
        <Dialog open title=words.incident.change_clocks actions>
            <p class="muted">{move || (words.incident.clocks_hint)(prefs.zone().get() == crate::app::prefs::Zone::Utc)}</p>
            {Clock::ALL.into_iter().zip(texts).map(row).collect_view()}
        </Dialog>
    }
}

/// Saves what was changed as one act. A field that shows what the clock says to the minute leaves its seconds alone.
fn save_clocks(
    here: Here,
    times: &[Option<Time>; 5],
    texts: &[String; 5],
    prefs: crate::app::prefs::Prefs,
) -> bool {
    let before: ClockTimes = here.now(|incident| incident.clocks.clone()).unwrap_or_default();
    let shown = |clock: Clock| clock.of(&before).map_or_else(String::new, |at| write_moment(at, prefs));
    let id = here.id();
    let sets: Vec<Act> = Clock::ALL
        .into_iter()
        .zip(times)
        .zip(texts)
        .filter(|((clock, _), text)| shown(*clock) != **text)
        .map(|((clock, time), _)| acts::set(&id, clock.field(time.clone())))
        .collect();
    sets.is_empty() || here.state().act(Act::All(sets))
}
