//! Playbooks that a person keeps in the notebook: taken from a file of another tool, or sent by a colleague.
//!
//! One is plain data, unlike the playbooks of the program's library. An incident that uses one carries a copy of it, so
//! that its checklist reads on wherever the incident goes and whatever becomes of the playbook.

use crate::model::{Extra, Phase, PlaybookId, StepId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The way of an `if` or a `while` that is gone when its condition holds.
pub const HOLDS: &str = "true";

/// The way of an `if` or a `while` that is gone when its condition does not hold.
pub const HOLDS_NOT: &str = "false";

/// A playbook that is kept in the notebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPlaybook {
    /// Its id: made of the format and of what the source calls it, so that the same playbook keeps its id.
    pub id: PlaybookId,
    /// What it is called here.
    pub title: String,
    /// When to use it, in Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// Where it comes from.
    pub source: PlaybookSource,
    /// Its steps in the order of the source. A step inside a fork stands after it.
    pub steps: Vec<KeptStep>,
    /// Fields of the source without a name here.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

/// Where a kept playbook comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaybookSource {
    /// The format, by a stable name such as `thehive` or `cacao`.
    pub format: String,
    /// What it is called there.
    pub title: String,
    /// Its id there.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Who wrote it, as the source says.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// When it was last changed there, as the source says.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub modified: String,
    /// The file's name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub file: String,
    /// The file's size in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// The file's SHA-256, as 64 hexadecimal digits.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sha256: String,
}

/// One step of a kept playbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptStep {
    /// Its id: made of the playbook's and of what the source calls it, or says in it.
    pub id: StepId,
    /// The phase it belongs to.
    pub phase: Phase,
    /// What to do.
    pub title: String,
    /// How to do it, in Markdown.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub how: String,
    /// The heading it stood under.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub heading: String,
    /// How deep it stands in the source's list: 0 for a task, 1 for an item of its text, 2 for an item of that.
    #[serde(default, skip_serializing_if = "is_top")]
    pub level: u8,
    /// Where ways part here, how.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fork: Option<Fork>,
    /// The way that it lies on; none where it is on every way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Within>,
    /// Its id at the source.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_id: String,
    /// Fields of the source without a name here.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

/// A place where ways part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fork {
    /// What decides.
    pub kind: ForkKind,
    /// The condition, or what is looked at; empty for ways that are all gone.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub condition: String,
    /// The ways: [`HOLDS`] and [`HOLDS_NOT`], the cases of a `switch`, or numbers from 1.
    pub ways: Vec<String>,
}

/// What decides where ways part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ForkKind {
    /// Whether a condition holds.
    If,
    /// Whether a condition still holds; if so, the way is gone again.
    While,
    /// Which of several cases it is.
    Switch,
    /// Nothing: all ways are gone, in any order.
    Parallel,
}

impl ForkKind {
    /// Whether somebody chooses one of the ways.
    pub fn is_choice(self) -> bool {
        self != Self::Parallel
    }
}

/// The way that a step lies on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Within {
    /// The step where the ways part.
    pub step: StepId,
    /// Which of its ways.
    pub way: String,
}

// Serde calls this with a reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_top(level: &u8) -> bool {
    *level == 0
}

impl KeptPlaybook {
    /// The step with this id.
    pub fn step(&self, id: &StepId) -> Option<&KeptStep> {
        self.steps.iter().find(|step| step.id == *id)
    }

    /// The steps that lie on a way that was not chosen, by what `chosen` says of each fork.
    pub fn ruled_out<'a>(&'a self, chosen: impl Fn(&StepId) -> Option<&'a str>) -> BTreeSet<&'a StepId> {
        let mut out = BTreeSet::new();
        for step in &self.steps {
            let Some(within) = &step.within else { continue };
            let another = chosen(&within.step).is_some_and(|way| way != within.way);
            if another || out.contains(&within.step) {
                out.insert(&step.id);
            }
        }
        out
    }

    /// The playbook without some of its steps. What lies on the ways of one of them goes with it: nobody would get there.
    #[must_use]
    pub fn without(&self, out: &BTreeSet<StepId>) -> Self {
        let mut gone = out.clone();
        let mut playbook = self.clone();
        // A step on a way stands after the fork.
        playbook.steps.retain(|step| {
            let unreached = step.within.as_ref().is_some_and(|within| gone.contains(&within.step));
            if unreached {
                gone.insert(step.id.clone());
            }
            !gone.contains(&step.id)
        });
        playbook
    }

    /// The steps that are taken once somebody took some more, or fewer, than `before`: with a step come the forks that it
    /// lies in, and with a fork goes what lies on its ways.
    pub fn taken(&self, before: &BTreeSet<StepId>, now: &BTreeSet<StepId>) -> BTreeSet<StepId> {
        let mut taken = now.clone();
        for step in self.steps.iter().rev() {
            let Some(within) = &step.within else { continue };
            let is_new = taken.contains(&step.id) && !before.contains(&step.id);
            if is_new && !before.contains(&within.step) {
                taken.insert(within.step.clone());
            }
        }
        let out = self.steps.iter().map(|step| &step.id).filter(|id| !taken.contains(*id)).cloned().collect();
        self.without(&out).steps.into_iter().map(|step| step.id).collect()
    }

    /// How many forks a step lies in, with the level it has in a list; by step, in order.
    pub fn depths(&self) -> Vec<usize> {
        let mut known = std::collections::BTreeMap::new();
        let mut depths = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            let inside =
                step.within.as_ref().and_then(|within| known.get(&within.step)).map_or(0, |at| at + 1);
            known.insert(&step.id, inside);
            depths.push(inside + usize::from(step.level));
        }
        depths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(id: &str, within: Option<(&str, &str)>, ways: &[&str]) -> KeptStep {
        let fork = (!ways.is_empty()).then(|| Fork {
            kind: ForkKind::If,
            condition: "it spread".into(),
            ways: ways.iter().map(|way| (*way).to_owned()).collect(),
        });
        KeptStep {
            id: StepId::try_from(id).unwrap(),
            phase: Phase::Analysis,
            title: id.into(),
            how: String::new(),
            heading: String::new(),
            level: 0,
            fork,
            within: within
                .map(|(step, way)| Within { step: StepId::try_from(step).unwrap(), way: way.to_owned() }),
            source_id: String::new(),
            extra: Extra::new(),
        }
    }

    fn playbook() -> KeptPlaybook {
        KeptPlaybook {
            id: PlaybookId::derived(&["p"]),
            title: "P".into(),
            summary: String::new(),
            source: PlaybookSource::default(),
            steps: vec![
                step("a", None, &[HOLDS, HOLDS_NOT]),
                step("b", Some(("a", HOLDS)), &["1", "2"]),
                step("c", Some(("b", "2")), &[]),
                step("d", Some(("a", HOLDS_NOT)), &[]),
                step("e", None, &[]),
            ],
            extra: Extra::new(),
        }
    }

    #[test]
    fn a_way_that_was_not_chosen_rules_out_all_that_lies_on_it() {
        let playbook = playbook();
        let out = |way: Option<&'static str>| -> Vec<String> {
            let out = playbook.ruled_out(move |id| way.filter(|_| id.as_str() == "a"));
            out.into_iter().map(ToString::to_string).collect()
        };
        assert!(out(None).is_empty(), "before somebody chose, every way is open");
        assert_eq!(out(Some(HOLDS)), ["d"]);
        assert_eq!(out(Some(HOLDS_NOT)), ["b", "c"], "also what lies on ways inside it");
    }

    #[test]
    fn a_fork_that_is_left_out_takes_what_lies_on_its_ways_with_it_and_comes_back_with_it() {
        let playbook = playbook();
        let ids = |ids: &[&str]| -> BTreeSet<StepId> {
            ids.iter().map(|id| StepId::try_from(*id).unwrap()).collect()
        };
        let left = |out: &[&str]| -> BTreeSet<StepId> {
            playbook.without(&ids(out)).steps.into_iter().map(|step| step.id).collect()
        };
        let all = left(&[]);
        assert_eq!(all.len(), playbook.steps.len());
        assert_eq!(left(&["a"]), ids(&["e"]));
        assert_eq!(left(&["b", "e"]), ids(&["a", "d"]));
        let (some, none) = (ids(&["a", "b", "d", "e"]), ids(&[]));
        assert_eq!(playbook.taken(&all, &some), some, "a step on a way goes alone");
        assert_eq!(playbook.taken(&all, &ids(&["b", "c", "d", "e"])), ids(&["e"]), "a fork does not");
        assert_eq!(playbook.taken(&ids(&["e"]), &ids(&["c", "e"])), ids(&["a", "b", "c", "e"]));
        assert_eq!(playbook.taken(&none, &all), all);
        assert_eq!(playbook.taken(&all, &none), none);
    }

    #[test]
    fn a_step_lies_as_deep_as_the_forks_around_it() {
        assert_eq!(playbook().depths(), [0, 1, 2, 1, 0]);
    }

    #[test]
    fn a_kept_playbook_comes_back_equal_and_small() {
        let json = serde_json::to_string(&playbook()).unwrap();
        assert_eq!(serde_json::from_str::<KeptPlaybook>(&json).unwrap(), playbook());
        assert!(json.contains(r#"{"id":"e","phase":"analysis","title":"e"}"#), "{json}");
    }
}
