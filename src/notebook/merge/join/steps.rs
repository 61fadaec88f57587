//! The checklists of two copies, and the preparations of two notebooks.

use super::history::{Side, part};
use super::parts::{Pair, pairs, pick};
use super::{About, Joining, weave};
use crate::compact::Gather as _;
use crate::model::field::SettableField;
use crate::model::{
    Activity, Checklist, Incident, KeptPlaybook, OwnStep, PlaybookId, StepField, StepId, StepState, Subject,
    Time, What,
};
use crate::notebook::target::step_subject;
use crate::notebook::{Act, Preparation};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Joining<'_> {
    pub(super) fn checklist(&mut self, one: &Incident, other: &Incident) -> Checklist {
        let updated = [one.source_updated.as_ref(), other.source_updated.as_ref()];
        let (mine, theirs) = (&one.checklist, &other.checklist);
        if mine == theirs {
            return mine.clone();
        }
        let scenarios = self.scenarios(mine, theirs);
        let own = self.own_steps(mine, theirs);
        let playbooks = self.copies(&scenarios, mine, theirs);
        let joined = Checklist { scenarios, steps: BTreeMap::new(), own, playbooks };
        let mut states: BTreeMap<StepId, StepState> = BTreeMap::new();
        for id in mine.steps.keys().chain(theirs.steps.keys()).gather::<BTreeSet<_>>() {
            let there = [mine.steps.get(id), theirs.steps.get(id)];
            let state = match [mine, theirs].map(|list| list.own.contains_key(id)) {
                // What was done about a step of a responder's own comes and goes with the step.
                [true, false] if !joined.own.contains_key(id) => there[1].cloned(),
                [false, true] if !joined.own.contains_key(id) => there[0].cloned(),
                [true, false] if there[1].is_none() => there[0].cloned(),
                [false, true] if there[0].is_none() => there[1].cloned(),
                _ => self.state(id, &joined, there, updated),
            };
            states.extend(state.map(|state| (id.clone(), state)));
        }
        Checklist { steps: states, ..joined }
    }

    /// The copies of kept playbooks that belong to these scenarios.
    fn copies(
        &self,
        scenarios: &[PlaybookId],
        mine: &Checklist,
        theirs: &Checklist,
    ) -> BTreeMap<PlaybookId, Arc<KeptPlaybook>> {
        let copy = |id: &PlaybookId| match (mine.playbooks.get(id), theirs.playbooks.get(id)) {
            (Some(mine), Some(theirs)) => {
                Some(pick(Arc::clone(mine), Arc::clone(theirs), self.history.untold([None, None])))
            }
            (mine, theirs) => mine.or(theirs).cloned(),
        };
        scenarios.iter().filter_map(|id| Some((id.clone(), copy(id)?))).collect()
    }

    fn scenarios(&mut self, mine: &Checklist, theirs: &Checklist) -> Vec<PlaybookId> {
        let incident = self.id.clone();
        let both = weave::union(&mine.scenarios, &theirs.scenarios, Clone::clone);
        let stays = |id: &PlaybookId| match (mine.scenarios.contains(id), theirs.scenarios.contains(id)) {
            (true, true) => true,
            (here, _) => {
                let has = if here { Side::One } else { Side::Other };
                let subject = || match mine.playbooks.get(id).or_else(|| theirs.playbooks.get(id)) {
                    Some(kept) => Subject::Playbook(id.clone(), kept.title.clone()),
                    None => Subject::Scenario(id.clone()),
                };
                let remove = || Act::RemoveScenario(incident.clone(), id.clone());
                self.stays(has, &part("scenario", id.as_str()), &[], subject, remove)
            }
        };
        both.into_iter().filter(stays).collect()
    }

    fn own_steps(&mut self, mine: &Checklist, theirs: &Checklist) -> BTreeMap<StepId, OwnStep> {
        let incident = self.id.clone();
        let mut own = BTreeMap::new();
        for (id, pair) in pairs(&mine.own, &theirs.own) {
            match pair {
                Pair::Both(mine, theirs) => {
                    own.insert(
                        id.clone(),
                        pick(mine.clone(), theirs.clone(), self.history.untold([None, None])),
                    );
                }
                Pair::Only(has, step) => {
                    let subject = || Subject::OwnStep(id.clone(), step.title.clone());
                    let remove = || Act::RemoveOwnStep(incident.clone(), id.clone());
                    if self.stays(has, &part("step", id.as_str()), &[], subject, remove) {
                        own.insert(id.clone(), step.clone());
                    }
                }
            }
        }
        own
    }

    /// What was done about one step; none where nothing is left of it.
    fn state(
        &mut self,
        id: &StepId,
        joined: &Checklist,
        states: [Option<&StepState>; 2],
        updated: [Option<&Time>; 2],
    ) -> Option<StepState> {
        let [mine, theirs] = states;
        if mine == theirs {
            return mine.cloned();
        }
        let places = [mine.or(theirs)?, theirs.or(mine)?].map(|state| state.place.clone());
        let place = {
            let [one, other] = places;
            pick(one, other, self.history.untold(updated))
        };
        let open = StepState::open(place.clone());
        let mut result = open.clone();
        let subject = step_subject(Some(joined), id);
        let about = About { part: part("step", id.as_str()), subject, updated };
        let incident = self.id.clone();
        let (mine, theirs) = (mine.unwrap_or(&open), theirs.unwrap_or(&open));
        self.fields(&about, mine, theirs, &mut result, |field: StepField| {
            Some(Act::SetStep(incident.clone(), id.clone(), place.clone(), field))
        });
        (!result.is_untouched()).then_some(result)
    }
}

/// The steps of two notebooks' preparations as one. No log tells of them: of each step the later decision stands, and
/// what only one side wrote about it is kept.
pub fn preparation(one: &Preparation, other: &Preparation) -> BTreeMap<StepId, StepState> {
    let steps = pairs(&one.steps, &other.steps).into_iter().map(|(id, pair)| {
        let state = match pair {
            Pair::Only(_, state) => state.clone(),
            Pair::Both(mine, theirs) => prepared(mine, theirs),
        };
        (id.clone(), state)
    });
    steps.collect()
}

/// The playbooks that two notebooks keep as one. Where both have one, the side that did something about it later is right;
/// where one has it, it stays unless the last thing that was done about it was to remove it.
pub fn playbooks(one: &Preparation, other: &Preparation) -> BTreeMap<PlaybookId, Arc<KeptPlaybook>> {
    let mut kept = BTreeMap::new();
    for (id, pair) in pairs(&one.playbooks, &other.playbooks) {
        let (mine, theirs) = (last_about(&one.log, id), last_about(&other.log, id));
        let playbook = match pair {
            Pair::Both(one, other) => {
                let preferred = match when(mine).cmp(&when(theirs)) {
                    std::cmp::Ordering::Less => Some(Side::Other),
                    std::cmp::Ordering::Greater => Some(Side::One),
                    std::cmp::Ordering::Equal => None,
                };
                Some(pick(Arc::clone(one), Arc::clone(other), preferred))
            }
            Pair::Only(has, playbook) => {
                let [own, other] = match has {
                    Side::One => [mine, theirs],
                    Side::Other => [theirs, mine],
                };
                let removed = other.is_some_and(|entry| matches!(entry.what, What::Removed(_)));
                let goes = removed && when(other) > when(own);
                (!goes).then(|| Arc::clone(playbook))
            }
        };
        kept.extend(playbook.map(|playbook| (id.clone(), playbook)));
    }
    kept
}

fn when(entry: Option<&Activity>) -> Option<&Time> {
    entry.map(|entry| &entry.at)
}

/// The latest entry about a playbook.
fn last_about<'a>(log: &'a [Activity], id: &PlaybookId) -> Option<&'a Activity> {
    let about = log.iter().filter(|entry| match &entry.what {
        What::PlaybookKept { subject, .. } | What::Set { subject, .. } | What::Removed(subject) => {
            matches!(subject, Subject::Playbook(about, _) if about == id)
        }
        _ => false,
    });
    about.max_by_key(|entry| &entry.at)
}

fn prepared(mine: &StepState, theirs: &StepState) -> StepState {
    let when = |state: &StepState| state.marked.as_ref().map(|marked| (marked.at.clone(), marked.by.clone()));
    let preferred = match when(mine).cmp(&when(theirs)) {
        std::cmp::Ordering::Less => Some(Side::Other),
        std::cmp::Ordering::Greater => Some(Side::One),
        std::cmp::Ordering::Equal => None,
    };
    let mut state = StepState::open(pick(mine.place.clone(), theirs.place.clone(), preferred));
    for (mine, theirs) in StepField::all(mine).into_iter().zip(StepField::all(theirs)) {
        let field = if let Some(both) = mine.joined(&theirs, &|_| true) {
            both
        } else if mine.text().is_empty() {
            theirs
        } else if theirs.text().is_empty() {
            mine
        } else {
            pick(mine, theirs, preferred)
        };
        field.put(&mut state);
    }
    state
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Mark, Marked, Phase, StepPlace};
    use proptest::prelude::*;

    fn any_state() -> impl Strategy<Value = StepState> {
        (0i64..3, "[ab]{0,1}", "[xy]{0,1}", proptest::bool::ANY).prop_map(|(at, by, outcome, marked)| {
            StepState {
                marked: marked.then(|| Marked { mark: Mark::Done, by, at: Time::from_millis(at) }),
                outcome,
                ..StepState::open(StepPlace { phase: Phase::Prepare, scenario: None })
            }
        })
    }

    fn any_preparation() -> impl Strategy<Value = Preparation> {
        proptest::collection::btree_map(0u8..3, any_state(), 0..3).prop_map(|states| Preparation {
            steps: states
                .into_iter()
                .filter_map(|(n, state)| Some((StepId::try_from(format!("pre-0{n}")).ok()?, state)))
                .collect(),
            ..Preparation::default()
        })
    }

    proptest! {
        #[test]
        fn either_way_round_is_the_same_and_once_more_changes_nothing(
            one in any_preparation(),
            other in any_preparation(),
        ) {
            let with = |steps| Preparation { steps, ..Preparation::default() };
            let both = preparation(&one, &other);
            prop_assert_eq!(&preparation(&other, &one), &both);
            prop_assert_eq!(&preparation(&with(both.clone()), &other), &both);
            prop_assert_eq!(&preparation(&with(both.clone()), &with(both.clone())), &both);
        }
    }

    #[test]
    fn the_later_review_stands_and_a_lone_outcome_is_kept() {
        let state = |at, outcome: &str| StepState {
            marked: Some(Marked { mark: Mark::Done, by: "ann".into(), at: Time::from_millis(at) }),
            outcome: outcome.into(),
            ..StepState::open(StepPlace { phase: Phase::Prepare, scenario: None })
        };
        assert_eq!(prepared(&state(1, "old"), &state(2, "new")), state(2, "new"));
        assert_eq!(prepared(&state(1, "old"), &state(2, "")), state(2, "old"));
    }
}
