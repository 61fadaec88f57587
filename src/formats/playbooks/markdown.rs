//! Task lists in Markdown: a text with boxes to tick becomes a playbook.
//!
//! Boxes as on GitHub: `- [ ] `. Only items with a box are steps; headings say in which phase they are, and other text
//! stays with the step that it follows.

use super::{Draft, lists};
use crate::formats::gather::Gathering;
use crate::formats::outcome::Place;
use lists::{Item, heading_of};

/// The longest text that is taken for a task list, in bytes.
const LONGEST: usize = 1024 * 1024;

/// Whether a text is a list of tasks: it has boxes to tick, and at least a third of its list items have one.
pub fn is_task_list(text: &str) -> bool {
    if text.len() > LONGEST {
        return false;
    }
    let (mut boxes, mut items) = (0, 0);
    for line in text.lines() {
        let line = line.trim_start();
        if let Some(rest) = line.strip_prefix(['-', '*', '+']).and_then(|rest| rest.strip_prefix(' ')) {
            items += 1;
            boxes += usize::from(box_of(rest).is_some());
        }
    }
    boxes > 0 && boxes * 3 >= items
}

/// Whether the box before a text is ticked, and the text.
fn box_of(text: &str) -> Option<(bool, &str)> {
    let text = text.trim_start();
    let (ticked, rest) = match text.get(..3)? {
        "[ ]" => (false, &text[3..]),
        "[x]" | "[X]" => (true, &text[3..]),
        _ => return None,
    };
    rest.strip_prefix([' ', '\t']).map(|rest| (ticked, rest.trim()))
}

/// Reads a task list.
pub fn read_task_list(text: &str, into: &mut Gathering) {
    let title = title_of(text);
    let mut draft = Draft::new("markdown", &title, &title);
    let (mut heading, mut fenced) = (String::new(), false);
    let mut indents: Vec<usize> = Vec::new();
    let mut before = String::new();
    for line in text.lines() {
        let bare = line.trim();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fenced = !fenced;
        } else if !fenced {
            if let Some(text) = heading_of(bare) {
                if text == title && draft.steps.is_empty() && heading.is_empty() {
                    continue;
                }
                // Every step under it has a copy, so it is not longer than what is shown of it.
                heading = super::cut(text, 2 * super::TITLE);
                draft.phase = super::phase::named(&[text]).unwrap_or(draft.phase);
                indents.clear();
                continue;
            }
            let indent = line.len() - line.trim_start().len();
            let item = bare.strip_prefix(['-', '*', '+']).and_then(|rest| rest.strip_prefix(' '));
            if let Some((ticked, said)) = item.and_then(box_of) {
                indents.retain(|open| *open < indent);
                let level = u8::try_from(indents.len().min(6)).unwrap_or_default();
                indents.push(indent);
                let (heading, text) = (heading.clone(), said.to_owned());
                draft.item(&heading.clone(), Item { heading, level, text, ticked: Some(ticked) }, level);
                continue;
            }
        }
        match draft.steps.last_mut() {
            Some(step) => {
                step.how.push_str(line.trim_end());
                step.how.push('\n');
            }
            None => {
                before.push_str(line);
                before.push('\n');
            }
        }
    }
    before.trim().clone_into(&mut draft.summary);
    for step in &mut draft.steps {
        step.how = super::cut(&step.how, super::TEXT);
    }
    draft.finish(Place::default(), text.as_bytes(), into);
}

/// The first heading, or the first line that says something.
fn title_of(text: &str) -> String {
    let heading = text.lines().find_map(|line| heading_of(line.trim()).filter(|title| !title.is_empty()));
    let first = || text.lines().map(str::trim).find(|line| !line.is_empty()).map(box_text);
    super::cut(&super::plain(heading.or_else(first).unwrap_or_default()), super::TITLE)
}

fn box_text(line: &str) -> &str {
    let item = line.strip_prefix(['-', '*', '+']).unwrap_or(line).trim_start();
    box_of(item).map_or(item, |(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Phase;

    #[test]
    fn boxes_make_a_task_list_and_a_defanged_dot_does_not() {
        assert!(is_task_list("# Host\n- [ ] Isolate it\n- [x] Tell the owner"));
        assert!(!is_task_list("- evil[.]com\n- [.]\n- 192[.]0[.]2[.]1"));
        assert!(!is_task_list("- [ ] one\n- a\n- b\n- c\n- d"));
        assert!(!is_task_list("Plain text"));
    }

    #[test]
    fn headings_are_phases_and_other_text_stays_with_its_step() {
        let text = "# Stolen laptop\n\nUse it at once.\n\n## Containment\n- [ ] Wipe it\n  - from the portal\n  - [x] Keep the key\n## Recovery\n- [ ] New laptop\n";
        let mut into = Gathering::default();
        read_task_list(text, &mut into);
        let playbook = &into.playbooks[0];
        assert_eq!(
            (playbook.title.as_str(), playbook.summary.as_str()),
            ("Stolen laptop", "Use it at once.")
        );
        let steps: Vec<_> =
            playbook.steps.iter().map(|step| (step.title.as_str(), step.phase, step.level)).collect();
        assert_eq!(
            steps,
            [
                ("Wipe it", Phase::Containment, 0),
                ("Keep the key", Phase::Containment, 1),
                ("New laptop", Phase::Recovery, 0)
            ]
        );
        assert_eq!(playbook.steps[0].how, "- from the portal");
        assert_eq!(playbook.steps[1].extra.get("ticked"), Some(&true.into()));
        assert_eq!(playbook.steps[2].heading, "Recovery");
    }
}
