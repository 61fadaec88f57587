//! What a newcomer does next in the guided first incident. Nothing of this is stored: how far somebody is shows in
//! the incident itself, so the guide advances by itself, goes back when something is undone, and cannot be out of step.

use crate::model::taxonomy::Verdict;
use crate::model::{EntityField, Incident, Phase, ReviewAnswers};

/// Verdicts that make the habit: judging a few pieces of evidence is enough to have seen how.
const VERDICTS: usize = 5;

/// One hint, in the order in which they are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hint {
    /// Take ownership, which stops the first clock.
    Take,
    /// Read what the alerts are about and tick the first steps of triage.
    Triage,
    /// Add the playbook that fits the attack.
    Scenario,
    /// Look at who and what was hit, and mark what is critical.
    Critical,
    /// Judge the evidence.
    Verdicts,
    /// Write down what you think happened.
    Note,
    /// Decide on steps of analysis.
    Analysis,
    /// Do steps of containment.
    Containment,
    /// Stop the clock of containment.
    ContainedClock,
    /// Remove what the attacker left, and bring things back.
    Eradication,
    /// Conclude and resolve.
    Resolve,
    /// Answer what the review asks.
    Review,
}

impl Hint {
    /// All of them, in order.
    pub const ALL: [Self; 12] = [
        Self::Take,
        Self::Triage,
        Self::Scenario,
        Self::Critical,
        Self::Verdicts,
        Self::Note,
        Self::Analysis,
        Self::Containment,
        Self::ContainedClock,
        Self::Eradication,
        Self::Resolve,
        Self::Review,
    ];

    /// Its place, counted from 1.
    pub fn number(self) -> usize {
        Self::ALL.iter().position(|hint| *hint == self).unwrap_or_default() + 1
    }

    /// Whether the incident shows that it was followed.
    pub fn is_followed(self, incident: &Incident) -> bool {
        let decided = |phase| {
            let of_phase = incident.checklist.steps.values().filter(|state| state.place.phase == phase);
            of_phase.filter(|state| state.marked.is_some()).count()
        };
        match self {
            Self::Take => incident.assignee.is_some(),
            Self::Triage => decided(Phase::Triage) >= 3,
            Self::Scenario => !incident.checklist.scenarios.is_empty(),
            Self::Critical => incident.entities.values().any(|entity| entity.critical),
            Self::Verdicts => own_verdicts(incident) >= VERDICTS,
            Self::Note => !incident.notes.is_empty(),
            Self::Analysis => decided(Phase::Analysis) >= 3,
            Self::Containment => decided(Phase::Containment) >= 3,
            Self::ContainedClock => incident.clocks.contained.is_some(),
            Self::Eradication => decided(Phase::Eradication) >= 1 && decided(Phase::Recovery) >= 1,
            Self::Resolve => incident.clocks.resolved.is_some(),
            Self::Review => incident.review != ReviewAnswers::default(),
        }
    }
}

/// Evidence whose verdict is no longer what the source said.
fn own_verdicts(incident: &Incident) -> usize {
    incident
        .entities
        .values()
        .filter(|entity| {
            let source = entity.source.iter().find_map(|field| match field {
                EntityField::Verdict(verdict) => Some(verdict),
                _ => None,
            });
            entity.verdict != *source.unwrap_or(&Verdict::Unknown)
        })
        .count()
}

/// The hint to give now: the first that was not followed; none once all were.
pub fn next(incident: &Incident) -> Option<Hint> {
    Hint::ALL.into_iter().find(|hint| !hint.is_followed(incident))
}

/// How many hints were followed.
pub fn followed(incident: &Incident) -> usize {
    Hint::ALL.into_iter().filter(|hint| hint.is_followed(incident)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::activity::Cause;
    use crate::model::taxonomy::{Classification, Determination};
    use crate::model::{Clock, IncidentField, Note, NoteId, PlaybookId, StepId, StepPlace, Time};
    use crate::notebook::{Act, Edit, History, Notebook, Why, acts};

    fn now() -> Time {
        Time::parse("2026-03-01T10:00:00Z").unwrap()
    }

    struct Newcomer {
        notebook: Notebook,
        history: History,
    }

    impl Newcomer {
        fn begin() -> Self {
            let mut newcomer = Self { notebook: Notebook::default(), history: History::default() };
            newcomer.does(acts::put(Why::Created, super::super::first_incident(&now())));
            newcomer
        }

        fn incident(&self) -> Incident {
            Incident::clone(self.notebook.incident(&super::super::id()).unwrap())
        }

        fn does(&mut self, act: Act) {
            let edit = Edit { at: now(), by: "ann".into(), act, cause: Cause::Done };
            self.history.record(self.notebook.apply(edit).unwrap());
        }

        fn ticks(&mut self, phase: Phase, count: usize) {
            let steps = crate::playbooks::steps_of(crate::playbooks::library(), &self.incident().checklist);
            let open: Vec<(StepId, StepPlace)> = steps
                .into_iter()
                .filter(|step| step.place.phase == phase && !step.is_marked())
                .map(|step| (step.id, step.place))
                .take(count)
                .collect();
            for (step, place) in open {
                self.does(acts::tick(&super::super::id(), &step, &place, "ann", &now()));
            }
        }

        fn hint(&self) -> Option<Hint> {
            next(&self.incident())
        }
    }

    #[test]
    fn each_hint_is_followed_by_doing_what_it_says_until_none_is_left() {
        let id = super::super::id();
        let mut newcomer = Newcomer::begin();
        for hint in Hint::ALL {
            assert_eq!(newcomer.hint(), Some(hint), "{:?}", newcomer.hint());
            let incident = newcomer.incident();
            match hint {
                Hint::Take => newcomer.does(acts::take(&incident, "ann", &now())),
                Hint::Triage => newcomer.ticks(Phase::Triage, 3),
                Hint::Scenario => {
                    newcomer.does(Act::AddScenario(id.clone(), PlaybookId::try_from("ransomware").unwrap()));
                }
                Hint::Critical => {
                    let entity = incident.entities.keys().next().unwrap().clone();
                    newcomer.does(Act::SetEntities(id.clone(), vec![(entity, EntityField::Critical(true))]));
                }
                Hint::Verdicts => {
                    for entity in incident.entities.values().take(VERDICTS) {
                        let verdict = match entity.verdict {
                            Verdict::Malicious => Verdict::Suspicious,
                            _ => Verdict::Malicious,
                        };
                        let field = EntityField::Verdict(verdict);
                        newcomer.does(Act::SetEntities(id.clone(), vec![(entity.id.clone(), field)]));
                    }
                }
                Hint::Note => {
                    let note = Note {
                        id: NoteId::derived(&["1"]),
                        text: "It began with a mail.".into(),
                        by: "ann".into(),
                        created: now(),
                        edited: now(),
                    };
                    newcomer.does(Act::AddNote(id.clone(), note));
                }
                Hint::Analysis => newcomer.ticks(Phase::Analysis, 3),
                Hint::Containment => newcomer.ticks(Phase::Containment, 3),
                Hint::ContainedClock => {
                    newcomer.does(acts::set(&id, Clock::Contained.field(Some(now()))));
                }
                Hint::Eradication => {
                    newcomer.ticks(Phase::Eradication, 1);
                    newcomer.ticks(Phase::Recovery, 1);
                }
                Hint::Resolve => {
                    let conclusion = acts::Conclusion {
                        classification: Classification::TruePositive,
                        determination: Determination::MultiStagedAttack,
                        note: "Contained.".into(),
                    };
                    newcomer.does(acts::resolve(&incident, conclusion, &now()));
                }
                Hint::Review => {
                    newcomer.does(acts::set(&id, IncidentField::ReviewWentWell("Fast.".into())));
                }
            }
        }
        assert_eq!(newcomer.hint(), None);
        assert_eq!(followed(&newcomer.incident()), Hint::ALL.len());
    }

    #[test]
    fn what_is_undone_is_hinted_at_again() {
        let mut newcomer = Newcomer::begin();
        newcomer.does(acts::take(&newcomer.incident(), "ann", &now()));
        assert_eq!(newcomer.hint(), Some(Hint::Triage));
        newcomer.history.undo(&mut newcomer.notebook, now(), "ann".into()).unwrap();
        assert_eq!(newcomer.hint(), Some(Hint::Take));
    }
}
