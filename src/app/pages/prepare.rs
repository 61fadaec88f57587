//! Preparation: the notebook's own checklist of what has to be ready before the first alert, each step with the date
//! on which it is looked at again.

mod body;
mod review;
mod row;

use leptos::{html, prelude::*};

use super::step::{
    fields::people,
    handle::StepHandle,
    keys::{note_leaving, step_keys},
    skip::SkipDialog,
};
use crate::compact::Order as _;
use crate::{
    app::{
        parts::{
            badge::{Badge, Tone},
            button::ButtonLink,
            field::Select,
            icon::Icon,
            page_header::PageHeader,
            progress::Progress,
        },
        prefs::use_words,
        route::Route,
        state::{State, use_state},
    },
    model::{Mark, Phase, StepId, StepPlace, StepState, Time},
    notebook::{Act, Preparation},
    playbooks::{Kind, Step, library},
};
use row::Row;

/// The value of the order in which the playbook is written.
const AS_WRITTEN: &str = "written";

/// The value of the order by review date.
const BY_DATE: &str = "date";

/// The page Prepare.
#[component]
pub fn PreparePage() -> impl IntoView {
    let words = use_words();
    let texts = &words.playbooks;
    let state = use_state();
    let preparation = state.preparation();
    let steps: Vec<&'static Step> =
        library().of_kind(Kind::Prepare).flat_map(|playbook| playbook.steps).collect();
    let total = steps.len();
    let in_place = Memo::new(move |_| preparation.with(|preparation| count_in_place(preparation)));
    let to_review = Memo::new(move |_| {
        let now = state.minute().get();
        preparation.with(|preparation| count_to_review(preparation, &now))
    });
    let order = RwSignal::new(AS_WRITTEN.to_owned());
    let ordered = Memo::new(move |_| {
        let mut ordered: Vec<&'static str> = steps.iter().map(|step| step.id).collect();
        if order.with(|order| order == BY_DATE) {
            preparation.with(|preparation| {
                ordered.order_by_key(|id| {
                    let due = due_of(preparation, id);
                    (due.is_none(), due)
                });
            });
        }
        ordered
    });
    let skipping = RwSignal::new(None);
    let list: NodeRef<html::Div> = NodeRef::new();
    let inside = RwSignal::new(false);
    step_keys(list, inside, skipping);
    let people = people(state);
    let actions = move || {
        let playbook = library().of_kind(Kind::Prepare).next();
        let address = playbook.map_or_else(Route::playbooks, |playbook| Route::playbook(playbook.id));
        view! { <ButtonLink label=texts.read_library href=address.to_string() icon=Icon::Playbooks/> }
    };
    let reviews = move || {
        let count = to_review.get();
        (count > 0)
            .then(|| view! { <Badge label=(texts.to_review)(count) tone=Tone::Warning icon=Icon::Warning/> })
    };
    view! {
        <PageHeader title=words.shell.prepare subtitle=move || texts.prepare_intro actions/>
        <div
            class="prepare"
            node_ref=list
            on:focusin=move |_| inside.set(true)
            on:focusout=move |event| note_leaving(list, inside, &event)
        >
            <div class="prepare-head">
                <div class="prepare-progress">
                    <Progress
                        label=Signal::derive(move || (texts.in_place)(in_place.get(), total))
                        share=Signal::derive(move || Some(share(in_place.get(), total)))
                    />
                    {reviews}
                </div>
                <Select
                    label=texts.order
                    value=order
                    options=vec![
                        (AS_WRITTEN.to_owned(), texts.order_written.to_owned()),
                        (BY_DATE.to_owned(), texts.order_due.to_owned()),
                    ]
                    on_change=move |chosen| order.set(chosen)
                />
            </div>
            <ul class="panel steps prepare-steps">
                <For each=move || ordered.get() key=|id| *id let:id>
                    <Row id skipping people/>
                </For>
            </ul>
            <SkipDialog step=skipping/>
        </div>
    }
}

/// A preparation step to read and change; for the body of the component that shows it.
fn handle_of(state: State, step: &'static Step) -> Option<StepHandle> {
    // Ids of the library are checked by the build.
    let id = StepId::try_from(step.id).ok()?;
    let preparation = state.preparation();
    let now = {
        let id = id.clone();
        Memo::new(move |_| preparation.with(|preparation| state_of(preparation, &id)))
    };
    let title = step.words(use_words().lang).title.to_owned();
    let to_set = id.clone();
    Some(StepHandle::new(id, Signal::stored(title), now, move |field| {
        Act::SetPreparation(to_set.clone(), field)
    }))
}

fn state_of(preparation: &Preparation, id: &StepId) -> StepState {
    let open = || StepState::open(StepPlace { phase: Phase::Prepare, scenario: None });
    preparation.steps.get(id).cloned().unwrap_or_else(open)
}

fn due_of(preparation: &Preparation, id: &str) -> Option<Time> {
    preparation.steps.get(&StepId::try_from(id).ok()?)?.due.clone()
}

fn count_in_place(preparation: &Preparation) -> usize {
    let done =
        |state: &&StepState| state.marked.as_ref().is_some_and(|marked| matches!(marked.mark, Mark::Done));
    preparation.steps.values().filter(done).count()
}

fn count_to_review(preparation: &Preparation, now: &Time) -> usize {
    preparation.steps.values().filter(|state| state.due.as_ref().is_some_and(|due| due < now)).count()
}

#[allow(clippy::cast_precision_loss)] // Steps are few.
fn share(done: usize, total: usize) -> f64 {
    if total == 0 { 0.0 } else { done as f64 / total as f64 }
}
