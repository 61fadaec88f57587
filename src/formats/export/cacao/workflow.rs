//! The steps of a checklist as a workflow: one after another, and where ways part, every way with an end of its own.
//!
//! CACAO Security Playbooks 2.0, sections 4.4 to 4.10: an `end` ends the workflow or a branch of it, and after the branches
//! the step that they part in goes on. What a way of a kept playbook has no place for there (another name than a number
//! where all ways are gone, what follows where a loop's condition does not hold) stands after it, so that no step is lost.

use crate::model::playbook::{HOLDS, HOLDS_NOT};
use crate::model::{Fork, ForkKind, KeptStep};
use crate::playbooks::{ChecklistStep, StepText};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Makes the id of an object of this kind that is about this.
type IdOf<'a> = &'a dyn Fn(&str, &str) -> String;

/// A workflow while its steps are written.
pub struct Workflow<'a> {
    steps: &'a [ChecklistStep],
    /// Each step's id in the workflow.
    ids: Vec<String>,
    id_of: IdOf<'a>,
    /// Writes a step that is to be done, without what comes after it.
    action: &'a dyn Fn(&ChecklistStep) -> Value,
    /// The steps on the ways of forks, by the fork's number and the way.
    inside: BTreeMap<(usize, &'a str), Vec<usize>>,
    written: Map<String, Value>,
}

impl<'a> Workflow<'a> {
    /// Writes all steps between the start and the end with these ids.
    pub fn write(
        steps: &'a [ChecklistStep],
        (start, end): (&str, &str),
        id_of: IdOf<'a>,
        action: &'a dyn Fn(&ChecklistStep) -> Value,
    ) -> Map<String, Value> {
        let numbers: BTreeMap<_, _> = steps.iter().enumerate().map(|(at, step)| (&step.id, at)).collect();
        let (mut first, mut inside) = (Vec::new(), BTreeMap::<_, Vec<usize>>::new());
        for (at, step) in steps.iter().enumerate() {
            let place = kept(step).and_then(|kept| kept.within.as_ref()).and_then(|within| {
                // A fork that stands later, or stays here, holds nothing.
                let fork = numbers.get(&within.step).copied().filter(|fork| *fork < at)?;
                let way = ways(fork_of(&steps[fork])?).find(|way| *way == within.way)?;
                Some((fork, way))
            });
            match place {
                Some(place) => inside.entry(place).or_default().push(at),
                None => first.push(at),
            }
        }
        let ids = steps.iter().map(|step| id_of(kind_of(step), step.id.as_str())).collect();
        let mut workflow = Self { steps, ids, id_of, action, inside, written: Map::new() };
        let begins = workflow.sequence(&first, end);
        workflow.put(start, json!({"type": "start", "on_completion": begins}));
        workflow.put(end, json!({"type": "end"}));
        workflow.written
    }

    fn put(&mut self, id: &str, step: Value) {
        self.written.insert(id.to_owned(), step);
    }

    /// Writes steps one after another up to an end; gives the id of the first, or of the end where there is none.
    fn sequence(&mut self, numbers: &[usize], end: &str) -> String {
        for (order, at) in numbers.iter().enumerate() {
            let next = numbers.get(order + 1).map_or_else(|| end.to_owned(), |at| self.ids[*at].clone());
            let mut step = match fork_of(&self.steps[*at]) {
                Some(fork) => self.fork(*at, fork),
                None => (self.action)(&self.steps[*at]),
            };
            step["on_completion"] = next.into();
            let id = self.ids[*at].clone();
            self.put(&id, step);
        }
        numbers.first().map_or_else(|| end.to_owned(), |at| self.ids[*at].clone())
    }

    /// Writes a step where ways part, and what lies on them.
    fn fork(&mut self, at: usize, fork: &'a Fork) -> Value {
        let step = &self.steps[at];
        let leads: Vec<(&str, String)> = ways(fork)
            .map(|way| {
                let end = (self.id_of)("end", &format!("{} {way}", step.id.as_str()));
                self.put(&end, json!({"type": "end"}));
                let inner = self.inside.remove(&(at, way)).unwrap_or_default();
                (way, self.sequence(&inner, &end))
            })
            .collect();
        // What is written of any step, without what only an action has.
        let mut out = (self.action)(step);
        if let Some(fields) = out.as_object_mut() {
            fields.remove("commands");
            fields.remove("agent");
        }
        out["type"] = kind_of(step).into();
        let how = kept(step).map_or("", |kept| kept.how.as_str());
        if !how.is_empty() {
            out["description"] = how.into();
        }
        let decides =
            if fork.condition.is_empty() { out["name"].clone() } else { fork.condition.clone().into() };
        match fork.kind {
            ForkKind::If | ForkKind::While => {
                out["condition"] = decides;
                for (way, to) in leads {
                    out[if way == HOLDS { "on_true" } else { "on_false" }] = to.into();
                }
            }
            ForkKind::Switch => {
                out["switch"] = decides;
                out["cases"] = leads
                    .into_iter()
                    .map(|(way, to)| (way.to_owned(), to.into()))
                    .collect::<Map<_, _>>()
                    .into();
            }
            ForkKind::Parallel => {
                out["next_steps"] = leads.into_iter().map(|(_, to)| Value::from(to)).collect();
            }
        }
        out
    }
}

fn kept(step: &ChecklistStep) -> Option<&KeptStep> {
    match &step.text {
        StepText::Kept(text) => text.step(),
        StepText::Library(..) | StepText::Own(_) => None,
    }
}

/// The ways that part in a step, where any can be written.
fn fork_of(step: &ChecklistStep) -> Option<&Fork> {
    let fork = kept(step)?.fork.as_ref()?;
    let is_whole = match fork.kind {
        ForkKind::If | ForkKind::While => fork.ways.iter().any(|way| way == HOLDS),
        ForkKind::Switch | ForkKind::Parallel => !fork.ways.is_empty(),
    };
    is_whole.then_some(fork)
}

/// The ways that have a place in the standard.
fn ways(fork: &Fork) -> impl Iterator<Item = &str> {
    let kind = fork.kind;
    fork.ways.iter().map(String::as_str).filter(move |way| match kind {
        ForkKind::If => [HOLDS, HOLDS_NOT].contains(way),
        ForkKind::While => *way == HOLDS,
        ForkKind::Switch | ForkKind::Parallel => true,
    })
}

/// The type of a step, with which its id begins.
fn kind_of(step: &ChecklistStep) -> &'static str {
    match fork_of(step).map(|fork| fork.kind) {
        None => "action",
        Some(ForkKind::If) => "if-condition",
        Some(ForkKind::While) => "while-condition",
        Some(ForkKind::Switch) => "switch-condition",
        Some(ForkKind::Parallel) => "parallel",
    }
}
