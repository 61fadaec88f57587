//! How playbooks become an incident's checklist: the general one at once, scenarios on top, own steps at the end of
//! their phase; and how far it is.

use super::{Kind, Library, Playbook, Step};
use crate::model::checklist::{Checklist, Mark, OwnStep, StepPlace, StepState};
use crate::model::{KeptPlaybook, KeptStep, Phase, PlaybookId, StepId};
use crate::notebook::Row;
use crate::words::Lang;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where a step's text comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepText {
    /// A step of the library.
    Library(&'static Playbook, &'static Step),
    /// A step of a kept playbook.
    Kept(KeptText),
    /// The responder's own.
    Own(OwnStep),
}

/// A step of a kept playbook, by its number there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptText {
    /// The playbook.
    pub playbook: Arc<KeptPlaybook>,
    /// Which of its steps, counted from 0.
    number: usize,
    /// How deep it lies: the forks around it, and its level in a list.
    pub depth: usize,
}

impl KeptText {
    /// The step; none only where a text outlives its playbook, which shares it.
    pub fn step(&self) -> Option<&KeptStep> {
        self.playbook.steps.get(self.number)
    }

    /// The heading that it is the first to stand under, if any.
    pub fn new_heading(&self) -> Option<&str> {
        let heading = |number: usize| self.playbook.steps.get(number).map(|step| step.heading.as_str());
        let before = self.number.checked_sub(1).and_then(heading);
        heading(self.number).filter(|heading| !heading.is_empty() && before != Some(heading))
    }
}

/// One step of an incident's checklist, with what was done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistStep {
    /// Its id.
    pub id: StepId,
    /// Where it belongs.
    pub place: StepPlace,
    /// What it says.
    pub text: StepText,
    /// What was done about it.
    pub state: StepState,
    /// Whether it is to be done: it lies on no way that was not chosen.
    pub applies: bool,
}

impl ChecklistStep {
    /// What to do, in a language; an own step in the words of who wrote it.
    pub fn title(&self, language: Lang) -> &str {
        match &self.text {
            StepText::Library(_, step) => step.words(language).title,
            StepText::Kept(text) => text.step().map_or("", |step| &step.title),
            StepText::Own(own) => &own.title,
        }
    }

    /// Whether it still has to be done.
    pub fn is_open(&self) -> bool {
        self.applies && !self.is_marked()
    }

    /// Whether somebody decided about it.
    pub fn is_marked(&self) -> bool {
        self.state.marked.is_some()
    }
}

/// How far a phase or a checklist is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Steps done.
    pub done: usize,
    /// Steps left out for a reason.
    pub skipped: usize,
    /// Steps in all.
    pub total: usize,
}

impl Progress {
    /// Steps that somebody decided about.
    pub fn decided(self) -> usize {
        self.done + self.skipped
    }

    /// Whether somebody decided about every step; false where there is none.
    pub fn is_complete(self) -> bool {
        self.total > 0 && self.decided() >= self.total
    }

    /// How far, in thousandths.
    pub fn per_mille(self) -> u16 {
        match self.total {
            0 => 0,
            total => u16::try_from((self.decided() * 1000 / total).min(1000)).unwrap_or(1000),
        }
    }
}

impl std::iter::Sum for Progress {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), |sum, part| Self {
            done: sum.done + part.done,
            skipped: sum.skipped + part.skipped,
            total: sum.total + part.total,
        })
    }
}

fn playbooks_of<'a>(
    library: &'a Library,
    scenarios: &'a [PlaybookId],
) -> impl Iterator<Item = (&'static Playbook, Option<PlaybookId>)> + 'a {
    let general = library.of_kind(Kind::General).map(|playbook| (playbook, None));
    let added = scenarios.iter().filter_map(|id| Some((library.playbook(id.as_str())?, Some(id.clone()))));
    general.chain(added)
}

/// Every step of a checklist, by phase; within a phase the general steps, then each scenario's, then own ones.
pub fn steps_of(library: &Library, checklist: &Checklist) -> Vec<ChecklistStep> {
    let list = Listing { checklist, out: checklist.ruled_out() };
    let kept: Vec<(&Arc<KeptPlaybook>, Vec<usize>)> =
        checklist.kept().map(|playbook| (playbook, playbook.depths())).collect();
    let mut steps = Vec::new();
    for phase in Phase::OF_INCIDENT {
        for (playbook, scenario) in playbooks_of(library, &checklist.scenarios) {
            for step in playbook.steps_of(phase) {
                // Ids of the library are checked by the build, so none is lost here.
                let Ok(id) = StepId::try_from(step.id) else { continue };
                let place = StepPlace { phase, scenario: scenario.clone() };
                steps.push(list.step(id, place, StepText::Library(playbook, step)));
            }
        }
        for (playbook, depths) in &kept {
            let of_phase = playbook.steps.iter().zip(depths).enumerate();
            for (number, (step, depth)) in of_phase.filter(|(_, (step, _))| step.phase == phase) {
                let place = StepPlace { phase, scenario: Some(playbook.id.clone()) };
                let text = KeptText { playbook: Arc::clone(playbook), number, depth: *depth };
                steps.push(list.step(step.id.clone(), place, StepText::Kept(text)));
            }
        }
        for (id, own) in checklist.own.iter().filter(|(_, own)| own.phase == phase) {
            let place = StepPlace { phase, scenario: None };
            steps.push(list.step(id.clone(), place, StepText::Own(own.clone())));
        }
    }
    steps
}

/// A checklist while its steps are listed.
struct Listing<'a> {
    checklist: &'a Checklist,
    out: BTreeSet<&'a StepId>,
}

impl Listing<'_> {
    fn step(&self, id: StepId, place: StepPlace, text: StepText) -> ChecklistStep {
        let state = self.checklist.steps.get(&id).cloned().unwrap_or_else(|| StepState::open(place.clone()));
        let applies = !self.out.contains(&id);
        ChecklistStep { id, place, text, state, applies }
    }
}

/// How far these steps are; those that do not apply do not count.
pub fn progress_of<'a>(steps: impl IntoIterator<Item = &'a ChecklistStep>) -> Progress {
    let mut progress = Progress::default();
    for step in steps.into_iter().filter(|step| step.applies) {
        progress.total += 1;
        match step.state.marked.as_ref().map(|marked| &marked.mark) {
            Some(Mark::Done) => progress.done += 1,
            Some(Mark::Skipped(_)) => progress.skipped += 1,
            None => {}
        }
    }
    progress
}

/// How far each phase of an incident is, from its row alone.
pub fn phase_totals(library: &Library, row: &Row) -> [Progress; 6] {
    let mut totals = [Progress::default(); 6];
    for (phase, (progress, count)) in Phase::OF_INCIDENT.iter().zip(totals.iter_mut().zip(&row.phases)) {
        let written: usize =
            playbooks_of(library, &row.scenarios).map(|(book, _)| book.steps_of(*phase).count()).sum();
        *progress = Progress {
            done: count.done.into(),
            skipped: count.skipped.into(),
            total: written + usize::from(count.own),
        };
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Incident, IncidentId, Time};
    use crate::notebook::{Act, Edit, Notebook, Why, acts};
    use crate::playbooks::library;

    fn incident() -> Incident {
        Incident::new(IncidentId::derived(&["1"]), "A", Time::parse("2026-01-01T00:00:00Z").unwrap())
    }

    fn applied(acts: Vec<Act>) -> Incident {
        let mut notebook = Notebook::default();
        for act in [acts::put(Why::Created, incident())].into_iter().chain(acts) {
            let at = Time::from_millis(0);
            notebook
                .apply(Edit { at, by: "ann".into(), act, cause: crate::model::activity::Cause::Done })
                .unwrap();
        }
        Incident::clone(notebook.incident(&incident().id).unwrap())
    }

    #[test]
    fn a_new_incident_has_the_general_playbook_and_nothing_is_done() {
        let steps = steps_of(library(), &incident().checklist);
        let progress = progress_of(&steps);
        assert!(progress.total > 90 && progress.decided() == 0, "{progress:?}");
        assert!(steps.is_sorted_by_key(|step| step.place.phase));
        assert!(steps.iter().all(|step| step.place.phase != Phase::Prepare));
    }

    #[test]
    fn a_scenario_adds_its_steps_and_takes_its_progress_along_when_it_goes() {
        let id = incident().id;
        let phishing = PlaybookId::try_from("phishing").unwrap();
        let step = StepId::try_from("phishing-01").unwrap();
        let place = StepPlace { phase: Phase::Analysis, scenario: Some(phishing.clone()) };
        let mut acts = vec![
            Act::AddScenario(id.clone(), phishing.clone()),
            acts::tick(&id, &step, &place, "ann", &Time::from_millis(0)),
        ];
        let with = applied(acts.clone());
        let analysis = Phase::Analysis.index().unwrap();
        assert_eq!(phase_totals(library(), &Row::of(&with))[analysis].done, 1);
        acts.push(Act::RemoveScenario(id, phishing));
        let without = applied(acts);
        assert_eq!(phase_totals(library(), &Row::of(&without))[analysis].done, 0);
        assert!(without.checklist.steps.contains_key(&step), "what was done is kept");
    }

    #[test]
    fn the_row_counts_what_the_checklist_counts() {
        let id = incident().id;
        let own = StepId::try_from("own-1").unwrap();
        let place = StepPlace { phase: Phase::Recovery, scenario: None };
        let how = OwnStep { phase: Phase::Recovery, title: "Call the bank".into(), how: String::new() };
        let tri = StepId::try_from("tri-01").unwrap();
        let triage = StepPlace { phase: Phase::Triage, scenario: None };
        let incident = applied(vec![
            Act::AddOwnStep(id.clone(), own.clone(), how),
            acts::tick(&id, &own, &place, "ann", &Time::from_millis(0)),
            acts::skip(&id, &tri, &triage, "not needed", "ann", &Time::from_millis(0)),
        ]);
        let steps = steps_of(library(), &incident.checklist);
        let by_phase = Phase::OF_INCIDENT
            .map(|phase| progress_of(steps.iter().filter(|step| step.place.phase == phase)));
        assert_eq!(phase_totals(library(), &Row::of(&incident)), by_phase);
        assert_eq!(by_phase.into_iter().sum::<Progress>().decided(), 2);
    }
}
