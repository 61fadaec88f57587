//! What the parts of the pane share: the incident's steps, what is asked of them, and what is open.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use crate::{
    app::{
        pages::step::{fields::people, handle::StepHandle},
        prefs::use_words,
        route::{IncidentTab, Query, Route},
        state::{State, use_state},
    },
    model::{EntityId, EvidenceId, Incident, IncidentId, Phase, StepId, StepPlace, StepState, Time},
    notebook::Act,
    playbooks::{Asked, ChecklistStep, Progress, library, progress_of, steps_of},
    words::Lang,
};

/// The checklist in hand, from context.
#[derive(Clone, Copy)]
pub struct Desk {
    id: StoredValue<IncidentId>,
    lang: Lang,
    /// Stored, because a state is many signals and a desk is handed around a lot.
    state: StoredValue<State>,
    /// The incident, while it exists.
    pub incident: Memo<Option<Arc<Incident>>>,
    /// Its steps in order.
    pub steps: Memo<Vec<ChecklistStep>>,
    /// What the reader asks for; change it through [`Desk::ask`].
    pub asked: RwSignal<Asked>,
    /// The phases that are open.
    pub open_phases: RwSignal<BTreeSet<Phase>>,
    /// The phases that were open before a filter opened all of them.
    set_aside: StoredValue<BTreeSet<Phase>>,
    /// The steps that are open.
    pub expanded: RwSignal<BTreeSet<StepId>>,
    /// The step for which a reason to skip it is asked.
    pub skipping: RwSignal<Option<StepHandle>>,
    /// The phase to which a step of one's own is being added.
    pub adding: RwSignal<Option<Phase>>,
    /// The time now, coarsely.
    pub minute: Signal<Time>,
    /// The names to suggest for an assignee.
    pub people: Memo<Vec<String>>,
}

impl Desk {
    /// Whether an entity is one of these, under the id of any part that it was merged from.
    pub fn is_among<'a>(self, id: &EntityId, ids: impl IntoIterator<Item = &'a EntityId>) -> bool {
        self.incident.with(|incident| incident.as_ref().is_some_and(|incident| incident.is_among(id, ids)))
    }

    /// Provides the checklist of an incident as context, with the phase open in which work is going on.
    pub fn provide(id: IncidentId) -> Self {
        let state = use_state();
        let incident = state.incident(id.clone());
        // Most of what happens to an incident leaves its checklist as it is.
        let checklist = Memo::new(move |_| {
            incident.with(|incident| incident.as_ref().map(|incident| incident.checklist.clone()))
        });
        let steps = Memo::new(move |_| {
            checklist.with(|checklist| {
                checklist.as_ref().map(|checklist| steps_of(library(), checklist)).unwrap_or_default()
            })
        });
        let desk = Self {
            id: StoredValue::new(id),
            lang: use_words().lang,
            state: StoredValue::new(state),
            incident,
            steps,
            asked: RwSignal::default(),
            open_phases: RwSignal::default(),
            set_aside: StoredValue::default(),
            expanded: RwSignal::default(),
            skipping: RwSignal::new(None),
            adding: RwSignal::new(None),
            minute: state.minute(),
            people: people(state),
        };
        // A phase that becomes the current one opens; none closes by itself, or the step just ticked would be gone.
        let current = Memo::new(move |_| desk.current());
        Effect::new(move |_| {
            if let Some(phase) = current.get() {
                desk.open_phases.update(|open| {
                    open.insert(phase);
                });
            }
        });
        provide_context(desk);
        desk
    }

    /// The notebook.
    pub fn state(self) -> State {
        self.state.get_value()
    }

    /// The incident's id.
    pub fn id(self) -> IncidentId {
        self.id.get_value()
    }

    /// The first phase that has open steps.
    pub fn current(self) -> Option<Phase> {
        self.steps.with(|steps| steps.iter().find(|step| step.is_open()).map(|step| step.place.phase))
    }

    /// Opens the phase in which work is going on.
    pub fn open_current(self) {
        if let Some(phase) = untrack(|| self.current()) {
            self.open(phase);
        }
    }

    /// Opens a phase.
    pub fn open(self, phase: Phase) {
        self.open_phases.update(|open| {
            open.insert(phase);
        });
    }

    /// Asks for other steps. A filter opens every phase, and the end of it brings back what was open before.
    pub fn ask(self, asked: Asked) {
        let (before, now) = (self.asked.with_untracked(Asked::is_narrowed), asked.is_narrowed());
        self.asked.set(asked);
        if now && !before {
            self.set_aside.set_value(self.open_phases.get_untracked());
            self.open_phases.set(Phase::OF_INCIDENT.into());
        } else if before && !now {
            self.open_phases.set(self.set_aside.get_value());
        }
    }

    /// Tells which steps are among those asked for.
    pub fn filter(self) -> impl Fn(&ChecklistStep) -> bool {
        let (asked, now) = (self.asked.get(), self.minute.get());
        let author = self.state().author();
        move |step| asked.admits(step, self.lang, &author, &now)
    }

    /// The steps of a phase that are asked for.
    pub fn shown(self, phase: Phase) -> Vec<StepId> {
        let admits = self.filter();
        self.steps.with(|steps| {
            let shown = steps.iter().filter(|step| step.place.phase == phase && admits(step));
            shown.map(|step| step.id.clone()).collect()
        })
    }

    /// How far a phase is.
    pub fn progress(self, phase: Phase) -> Memo<Progress> {
        Memo::new(move |_| {
            self.steps.with(|steps| progress_of(steps.iter().filter(|step| step.place.phase == phase)))
        })
    }

    /// A step as it is now, if it is there.
    pub fn step_now(self, id: &StepId) -> Option<ChecklistStep> {
        self.steps.with_untracked(|steps| steps.iter().find(|step| step.id == *id).cloned())
    }

    /// A step to read and change; for the body of the component that shows it.
    pub fn handle(self, step: &ChecklistStep) -> StepHandle {
        let id = step.id.clone();
        let place = step.place.clone();
        let title = step.title(self.lang).to_owned();
        let now = {
            let (id, place) = (id.clone(), place.clone());
            Memo::new(move |_| self.find_state(&id, &place))
        };
        let incident = self.id();
        let step = id.clone();
        StepHandle::new(id, Signal::stored(title), now, move |field| {
            Act::SetStep(incident.clone(), step.clone(), place.clone(), field)
        })
    }

    fn find_state(self, id: &StepId, place: &StepPlace) -> StepState {
        self.steps.with(|steps| {
            let step = steps.iter().find(|step| step.id == *id);
            step.map_or_else(|| StepState::open(place.clone()), |step| step.state.clone())
        })
    }

    /// The address of an evidence item of this incident.
    pub fn evidence_address(self, item: &EvidenceId) -> String {
        let query = Query::new().with("item", item.as_str());
        Route::Incident { id: self.id().to_string(), tab: IncidentTab::Evidence, query }.to_string()
    }

    /// The address of an entity of this incident.
    pub fn entity_address(self, entity: &EntityId) -> String {
        let query = Query::new().with("entity", entity.as_str());
        Route::Incident { id: self.id().to_string(), tab: IncidentTab::Entities, query }.to_string()
    }
}

/// The checklist in hand.
pub fn use_desk() -> Desk {
    expect_context()
}
