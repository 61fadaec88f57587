//! What a playbook is: its fixed structure (ids, phases, what suggests it) and its words, which are asked for by
//! language.

use super::library::{facts, words};
use crate::model::Phase;
use crate::words::Lang;

/// What a playbook is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Done by the organisation before any incident, and reviewed from time to time.
    Prepare,
    /// Every incident's checklist.
    General,
    /// Added to an incident of one kind of attack, on top of the general one.
    Scenario,
}

/// What in an incident's alerts points to a scenario. Compared without regard to case; empty for other kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suggest {
    /// Alert categories as the product names them, such as `InitialAccess`.
    pub categories: &'static [&'static str],
    /// ATT&CK technique ids; `T1566` also stands for its sub-techniques such as `T1566.001`.
    pub techniques: &'static [&'static str],
    /// Parts of alert titles.
    pub titles: &'static [&'static str],
}

/// A playbook: an ordered list of steps.
#[derive(Debug, PartialEq, Eq)]
pub struct Playbook {
    /// Stable name; stored notebooks refer to it.
    pub id: &'static str,
    /// Raised when the meaning of its steps changes.
    pub version: u32,
    /// What it is for.
    pub kind: Kind,
    /// What points to it; empty unless it is a scenario.
    pub suggest: Suggest,
    /// Its steps, by phase and within a phase in the order they are best read.
    pub steps: &'static [Step],
    /// Where its fields start: in the words of every language, and in the facts.
    pub(super) words_at: usize,
    pub(super) facts_at: usize,
}

/// One step of a playbook.
#[derive(Debug, PartialEq, Eq)]
pub struct Step {
    /// Stable name, unique in the whole library; stored notebooks refer to it.
    pub id: &'static str,
    /// The phase it belongs to.
    pub phase: Phase,
    /// Codes of the entity kinds whose facts belong beside it, such as `device`.
    pub entities: &'static [&'static str],
    pub(super) words_at: usize,
    pub(super) facts_at: usize,
}

/// What a playbook is called, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaybookWords {
    /// The language these words are really in: English where the playbook is not translated.
    pub language: Lang,
    /// Its name.
    pub title: &'static str,
    /// When to use it, in one or two sentences.
    pub summary: &'static str,
}

/// What a step says, in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepWords {
    /// The language these words are really in: English where the playbook is not translated.
    pub language: Lang,
    /// What to do, as a short imperative.
    pub title: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// How to do it. Each line is a paragraph or, where it begins with `- `, an item of a list; empty lines only
    /// set them apart. Between backticks stands code.
    pub how: &'static str,
}

/// What a step says that is the same in every language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepFacts {
    /// Where in the product's portal, as a path of menu names.
    pub portal: Option<&'static str>,
    /// An advanced-hunting query (KQL), its placeholders as `let` lines at the top.
    pub query: Option<&'static str>,
    /// The document the step goes back to.
    pub source: &'static str,
}

impl Playbook {
    /// Its name and summary. The first call for a language inflates that language's words.
    pub fn words(&self, language: Lang) -> PlaybookWords {
        let (language, [title, summary]) = words(language, self.words_at);
        PlaybookWords { language, title, summary }
    }

    /// The document it goes back to.
    pub fn source(&self) -> &'static str {
        let [source] = facts(self.facts_at);
        source
    }

    /// Its steps of one phase.
    pub fn steps_of(&self, phase: Phase) -> impl Iterator<Item = &'static Step> {
        self.steps.iter().filter(move |step| step.phase == phase)
    }
}

impl Step {
    /// What it says. The first call for a language inflates that language's words.
    pub fn words(&self, language: Lang) -> StepWords {
        let (language, [title, why, how]) = words(language, self.words_at);
        StepWords { language, title, why, how }
    }

    /// Portal path, query and source. The first call inflates them for all steps.
    pub fn facts(&self) -> StepFacts {
        let [portal, query, source] = facts(self.facts_at);
        let given = |text: &'static str| (!text.is_empty()).then_some(text);
        StepFacts { portal: given(portal), query: given(query), source }
    }
}
