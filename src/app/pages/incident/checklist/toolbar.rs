//! The head of the pane: how far the checklist is, which steps are shown, and the scenarios.

use leptos::prelude::*;

use super::{
    desk::use_desk,
    scenarios::{Added, ScenarioMenu},
};
use crate::{
    app::{
        parts::{
            badge::Chip,
            field::{InputKind, TextField},
            progress::Progress,
        },
        prefs::use_words,
    },
    playbooks::{Asked, Show as Which, progress_of},
};

/// The head of the pane.
#[component]
pub fn Toolbar() -> impl IntoView {
    let words = &use_words().checklist;
    let desk = use_desk();
    let progress = Memo::new(move |_| desk.steps.with(|steps| progress_of(steps)));
    let said = Signal::derive(move || {
        let progress = progress.get();
        (words.progress)(progress.decided(), progress.total, progress.skipped)
    });
    let share = Signal::derive(move || Some(f64::from(progress.get().per_mille()) / 1000.0));
    view! {
        <div class="checklist-head">
            <div class="checklist-title">
                <h2>{words.title}</h2>
                <ScenarioMenu/>
            </div>
            <Progress label=said share/>
            <Added/>
            <div class="checklist-filter" role="group" aria-label=words.show>
                {Which::ALL.map(|which| view! { <Filter which/> }).collect_view()}
            </div>
            <TextField
                label=words.find
                hide_label=true
                kind=InputKind::Search
                placeholder=words.find
                value=Signal::derive(move || desk.asked.with(|asked| asked.text.clone()))
                on_input=move |text| {
                    let show = desk.asked.with_untracked(|asked| asked.show);
                    desk.ask(Asked { show, text });
                }
            />
        </div>
    }
}

#[component]
fn Filter(which: Which) -> impl IntoView {
    let words = use_words();
    let texts = &words.checklist;
    let desk = use_desk();
    let author = desk.state().author();
    let count = Memo::new(move |_| {
        let asked = Asked { show: which, text: String::new() };
        let now = desk.minute.get();
        desk.steps
            .with(|steps| steps.iter().filter(|step| asked.admits(step, words.lang, &author, &now)).count())
    });
    let label = match which {
        Which::All => texts.show_all,
        Which::Open => texts.show_open,
        Which::Mine => texts.show_mine,
        Which::Overdue => texts.show_overdue,
    };
    let press = move || {
        let text = desk.asked.with_untracked(|asked| asked.text.clone());
        desk.ask(Asked { show: which, text });
    };
    view! {
        <Chip
            label
            count=Signal::from(count)
            pressed=MaybeProp::derive(move || Some(desk.asked.with(|asked| asked.show == which)))
            on_press=press
        />
    }
}
