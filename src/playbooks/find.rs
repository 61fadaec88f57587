//! Finding steps: in an incident's checklist by what is left to do, in the whole library by what a step says.

use super::{ChecklistStep, Library, Playbook, Step};
use crate::compact::Order as _;
use crate::model::Time;
use crate::words::Lang;

/// Which steps of a checklist are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Show {
    /// Every step.
    #[default]
    All,
    /// Those that nobody decided about.
    Open,
    /// Open ones that are assigned to the reader.
    Mine,
    /// Open ones that should have been done by now.
    Overdue,
}

impl Show {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::All, Self::Open, Self::Mine, Self::Overdue];
}

/// What a reader asks of a checklist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Which steps.
    pub show: Show,
    /// Words that the title must contain, all of them, in any letter case.
    pub text: String,
}

impl Asked {
    /// Whether any step is left out.
    pub fn is_narrowed(&self) -> bool {
        self.show != Show::All || !self.text.trim().is_empty()
    }

    /// Whether a step is among those asked for by `reader`.
    pub fn admits(&self, step: &ChecklistStep, language: Lang, reader: &str, now: &Time) -> bool {
        let shown = match self.show {
            Show::All => true,
            Show::Open => step.is_open(),
            Show::Mine => step.is_open() && step.state.assignee.as_deref() == Some(reader),
            Show::Overdue => step.applies && step.state.is_overdue(now),
        };
        shown && (self.text.trim().is_empty() || has_words(&self.text, &[step.title(language)]))
    }
}

/// A step of the library in which the words were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// The playbook it stands in.
    pub playbook: &'static Playbook,
    /// The step.
    pub step: &'static Step,
    /// Whether its title has them all.
    pub in_title: bool,
}

/// The steps of the library that contain every word, in any letter case; those that have them in the title first.
/// Nothing is found by no words.
pub fn search(library: &Library, language: Lang, text: &str) -> Vec<Found> {
    if text.trim().is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Found> = library
        .playbooks()
        .iter()
        .flat_map(|playbook| playbook.steps.iter().map(move |step| (playbook, step)))
        .filter_map(|(playbook, step)| {
            let (words, facts) = (step.words(language), step.facts());
            let said =
                [words.title, words.why, words.how, facts.portal.unwrap_or(""), facts.query.unwrap_or("")];
            has_words(text, &said).then(|| Found {
                playbook,
                step,
                in_title: has_words(text, &[words.title]),
            })
        })
        .collect();
    found.order_by_key(|found| !found.in_title);
    found
}

fn has_words(asked: &str, said: &[&str]) -> bool {
    let said: Vec<String> = said.iter().map(|text| text.to_lowercase()).collect();
    asked.to_lowercase().split_whitespace().all(|word| said.iter().any(|text| text.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::checklist::{Checklist, Mark, Marked};
    use crate::playbooks::{library, steps_of};

    fn at(hour: u8) -> Time {
        Time::parse(&format!("2026-01-01T{hour:02}:00:00Z")).unwrap()
    }

    fn step(change: impl FnOnce(&mut ChecklistStep)) -> ChecklistStep {
        let mut step = steps_of(library(), &Checklist::default()).remove(0);
        change(&mut step);
        step
    }

    fn admits(show: Show, step: &ChecklistStep) -> bool {
        Asked { show, text: String::new() }.admits(step, Lang::En, "ann", &at(12))
    }

    #[test]
    fn an_open_step_is_mine_when_it_is_assigned_to_me_and_overdue_when_its_time_has_passed() {
        let fresh = step(|_| {});
        assert!(admits(Show::All, &fresh) && admits(Show::Open, &fresh));
        assert!(!admits(Show::Mine, &fresh) && !admits(Show::Overdue, &fresh));
        let mine = step(|step| step.state.assignee = Some("ann".into()));
        assert!(admits(Show::Mine, &mine));
        assert!(admits(Show::Overdue, &step(|step| step.state.due = Some(at(11)))));
        assert!(!admits(Show::Overdue, &step(|step| step.state.due = Some(at(13)))));
    }

    #[test]
    fn a_step_that_is_decided_is_neither_open_nor_mine_nor_overdue() {
        let done = step(|step| {
            step.state.assignee = Some("ann".into());
            step.state.due = Some(at(1));
            step.state.marked = Some(Marked { mark: Mark::Done, by: "ann".into(), at: at(2) });
        });
        assert!(admits(Show::All, &done));
        assert!([Show::Open, Show::Mine, Show::Overdue].iter().all(|show| !admits(*show, &done)));
    }

    #[test]
    fn titles_are_searched_by_words_in_any_order() {
        let step = step(|_| {});
        let title = step.title(Lang::En).to_uppercase();
        let mut words: Vec<&str> = title.split_whitespace().collect();
        words.reverse();
        let asked = |text: String| Asked { show: Show::All, text };
        assert!(asked(words.join(" ")).admits(&step, Lang::En, "", &at(1)));
        assert!(!asked("zzz".into()).admits(&step, Lang::En, "", &at(1)));
        assert!(asked(" ".into()).admits(&step, Lang::En, "", &at(1)) && !asked(" ".into()).is_narrowed());
    }

    #[test]
    fn the_library_is_searched_in_everything_a_step_says_and_titles_come_first() {
        let found = search(library(), Lang::En, "deviceprocessevents");
        assert!(!found.is_empty(), "queries are searched too");
        let found = search(library(), Lang::En, "PRIORITY");
        assert!(found[0].in_title && found.is_sorted_by_key(|found| !found.in_title));
        assert!(found.iter().any(|found| found.step.id == "tri-01"));
        assert!(search(library(), Lang::En, "  ").is_empty());
        assert!(search(library(), Lang::En, "no-such-word-anywhere").is_empty());
        assert!(!search(library(), Lang::Nl, "prioriteit").is_empty());
    }
}
