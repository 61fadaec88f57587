//! Playbooks of other tools become playbooks that are kept here: one file a format, and what they share.
//!
//! A task becomes a step, and so does every item of a list in its text ([`lists`]). Ids are made of what the source calls
//! things, so that a newer version of a template keeps the ids of the steps that it still has.

mod cacao;
mod fault;
mod iris;
mod lists;
mod markdown;
mod phase;
mod playbook_ng;
mod thehive;

pub use cacao::Cacao;
pub use fault::PlaybookFault;
pub use iris::Iris;
pub use markdown::{is_task_list, read_task_list};
pub use playbook_ng::PlaybookNg;
pub use thehive::TheHive;

use crate::formats::copied;
use crate::formats::gather::Gathering;
use crate::formats::outcome::{Place, Why};
use crate::model::{Extra, KeptPlaybook, KeptStep, Phase, PlaybookId, PlaybookSource, StepId};
use crate::notebook::limits::MOST_STEPS;
use lists::Item;
use std::collections::HashMap;

/// The longest title of a step that is not cut, in characters: two lines beside a tick box.
const TITLE: usize = 200;

/// The longest text that is taken for a step or a playbook, in characters: what a responder may write, too.
const TEXT: usize = crate::model::activity::LONGEST_COMMENT;

/// A playbook while its steps are read.
struct Draft {
    id: PlaybookId,
    source: PlaybookSource,
    title: String,
    summary: String,
    steps: Vec<KeptStep>,
    /// How often a step was made of the same words.
    seen: HashMap<StepId, usize>,
    phase: Phase,
    extra: Extra,
}

impl Draft {
    /// A playbook of a format, with what tells it from others of this format.
    fn new(format: &str, key: &str, title: &str) -> Self {
        // A playbook has to be called something.
        let title = [title, key, format].into_iter().find(|name| !name.trim().is_empty()).unwrap_or_default();
        Self {
            id: PlaybookId::derived(&[format, key]),
            source: PlaybookSource {
                format: format.to_owned(),
                title: cut(title, TITLE),
                id: cut(key, TITLE),
                ..PlaybookSource::default()
            },
            title: cut(title, TITLE),
            summary: String::new(),
            steps: Vec::new(),
            seen: HashMap::new(),
            phase: Phase::Triage,
            extra: Extra::new(),
        }
    }

    /// The id of a step that is made of these words; of the second one of the same words another.
    fn step_id(&mut self, parts: &[&str]) -> StepId {
        let parts: Vec<&str> = std::iter::once(self.id.as_str()).chain(parts.iter().copied()).collect();
        let id = StepId::derived(&parts);
        let seen = self.seen.entry(id.clone()).or_insert(0);
        *seen += 1;
        match *seen {
            1 => id,
            times => StepId::derived(&[id.as_str(), &times.to_string()]),
        }
    }

    /// Adds a task with its text, in the phase that it names, and the items of the text's lists below it.
    fn task(&mut self, mut task: Task) {
        self.phase = phase::named(&[&task.title, &task.group]).unwrap_or(self.phase);
        let read = lists::parts(&task.text);
        task.text = read.prose;
        // It is hashed with every item, so a long one is hashed to something short before.
        let title = match copied(&task.title) {
            Some(title) => title.to_owned(),
            None => StepId::derived(&[&task.title]).as_str().to_owned(),
        };
        self.step(task);
        for item in read.items {
            let below = item.level.saturating_add(1);
            self.item(&title, item, below);
        }
    }

    /// Adds a task as the one step that it is.
    fn step(&mut self, task: Task) {
        let (title, more) = titled(&task.title);
        let id = self.step_id(&["task", &task.group, &task.title]);
        self.steps.push(KeptStep {
            id,
            phase: self.phase,
            title,
            how: joined(&more, &task.text),
            heading: cut(&task.heading, TITLE),
            level: 0,
            fork: None,
            within: None,
            source_id: cut(&task.id, TITLE),
            extra: task.extra,
        });
    }

    /// Adds an item of a list as a step.
    fn item(&mut self, of: &str, item: Item, level: u8) {
        let (title, how) = titled(&item.text);
        let id = self.step_id(&[of, &item.text]);
        let ticked = item.ticked.filter(|ticked| *ticked).map(|_| ("ticked".to_owned(), true.into()));
        self.steps.push(KeptStep {
            id,
            phase: self.phase,
            title,
            how,
            heading: cut(&plain(&item.heading), TITLE),
            level,
            fork: None,
            within: None,
            source_id: String::new(),
            extra: ticked.into_iter().collect(),
        });
    }

    /// Hands the playbook over, or sets it aside and says why.
    fn finish(self, place: Place, raw: &[u8], into: &mut Gathering) {
        let fault = match self.steps.len() {
            0 => Some(PlaybookFault::NoSteps),
            count if count > MOST_STEPS => Some(PlaybookFault::TooManySteps { count }),
            _ => None,
        };
        if let Some(fault) = fault {
            into.findings.set_aside(place, Why::Playbook { name: self.title, fault }, raw);
            return;
        }
        let Self { id, source, title, summary, steps, extra, .. } = self;
        into.playbooks.push(KeptPlaybook { id, title, summary: cut(&summary, TEXT), source, steps, extra });
    }
}

/// A task of a template.
#[derive(Default)]
struct Task {
    title: String,
    group: String,
    heading: String,
    text: String,
    id: String,
    extra: Extra,
}

/// A step's title of a text, and the whole text where the title does not say all of it.
fn titled(text: &str) -> (String, String) {
    let plain_text = match plain(text) {
        // Nothing but marks, or nothing at all: a step has to be called something.
        bare if bare.is_empty() => {
            [text.trim(), "-"].iter().find(|said| !said.is_empty()).map_or("", |said| said).to_owned()
        }
        bare => bare,
    };
    let title = if plain_text.chars().count() <= TITLE {
        plain_text.clone()
    } else {
        let sentence = plain_text.split_inclusive(". ").next().unwrap_or_default().trim();
        cut(if sentence.is_empty() { &plain_text } else { sentence }, TITLE)
    };
    let says_all = title == plain_text && !text.contains("](");
    (title, if says_all { String::new() } else { cut(text.trim(), TEXT) })
}

/// A text of Markdown on one line without the marks of emphasis and code, and with links by their words.
fn plain(text: &str) -> String {
    let one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(one_line.len());
    let mut rest = one_line.as_str();
    // Once there is no end of a link any more, none can begin: each part of the text is looked through once.
    while let Some(middle) = rest.find("](") {
        let Some(end) = rest[middle..].find(')') else { break };
        let Some(open) = rest[..middle].rfind('[') else {
            out.push_str(&rest[..middle + 2]);
            rest = &rest[middle + 2..];
            continue;
        };
        out.push_str(&rest[..open]);
        out.push_str(&rest[open + 1..middle]);
        rest = &rest[middle + end + 1..];
    }
    out.push_str(rest);
    out.replace("**", "").replace("__", "").replace('`', "").trim().to_owned()
}

/// The text, or its beginning with dots where it is longer than so many characters.
fn cut(text: &str, limit: usize) -> String {
    let text = text.trim();
    if text.chars().nth(limit).is_none() {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(limit.saturating_sub(1)).collect();
    short.push('…');
    short
}

fn joined(one: &str, other: &str) -> String {
    let texts: Vec<&str> = [one.trim(), other.trim()].into_iter().filter(|text| !text.is_empty()).collect();
    cut(&texts.join("\n\n"), TEXT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_short_and_the_whole_text_stands_below_it() {
        assert_eq!(titled("**Isolate** the `host`"), ("Isolate the host".into(), String::new()));
        let (title, how) = titled("See [the guide](https://example.com/a) [first]");
        assert_eq!(title, "See the guide [first]");
        assert!(how.contains("https://example.com/a"), "the address is kept");
        let long = format!("Block it. {}", "Then wait. ".repeat(40));
        let (title, how) = titled(&long);
        assert_eq!((title.as_str(), how.as_str()), ("Block it.", long.trim()));
        assert_eq!(titled(&"ä".repeat(500)).0.chars().count(), TITLE);
    }

    #[test]
    fn what_is_nothing_but_marks_is_called_as_it_came() {
        assert_eq!(titled("```").0, "```");
        assert_eq!((titled(" ").0, titled("** **").0), ("-".to_owned(), "** **".to_owned()));
        assert_eq!(Draft::new("markdown", " ", "").title, "markdown");
    }

    #[test]
    fn equal_words_make_different_steps_with_lasting_ids() {
        let made = || {
            let mut draft = Draft::new("thehive", "T", "T");
            let task = |text: &str| Task { title: "Contain".into(), text: text.into(), ..Task::default() };
            draft.task(task("- a\n- a"));
            draft.task(task("- a"));
            draft.steps.into_iter().map(|step| step.id).collect::<Vec<_>>()
        };
        let (ids, mut each) = (made(), made());
        assert_eq!(ids, each, "the same file makes the same ids");
        each.sort();
        each.dedup();
        assert_eq!(each.len(), 5);
    }
}
