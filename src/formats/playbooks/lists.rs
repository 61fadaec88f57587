//! The lists inside a task's text: every item becomes a step that can be ticked, the rest stays the task's own text.
//!
//! Templates are written by hand, often pasted from a document: besides Markdown's, bullets are `▪`, `•` and their likes,
//! also in the middle of a line, and an `o` for what stands below them. Markdown as in `CommonMark` 0.31 and its task lists
//! as on GitHub, as far as lines alone tell.

/// The deepest level that is told apart; what stands deeper in a list counts as this deep.
const DEEPEST: usize = 6;

/// Bullets that only word processors make. They also count in the middle of a line.
const BULLETS: [char; 14] = ['▪', '•', '◦', '‣', '▫', '●', '○', '■', '□', '➢', '➤', '⁃', '☐', '☑'];

/// A text taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Parts {
    /// What is no list: paragraphs, quotes, code, and the headings over them.
    pub prose: String,
    /// The items of its lists, in order.
    pub items: Vec<Item>,
}

/// An item of a list.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Item {
    /// The heading that it stands under, without its marks.
    pub heading: String,
    /// How deep it stands in its list, from 0.
    pub level: u8,
    /// What it says, on one line.
    pub text: String,
    /// Whether its box is ticked; none where it has no box.
    pub ticked: Option<bool>,
}

/// Takes a text apart.
pub fn parts(text: &str) -> Parts {
    let mut reading = Reading::default();
    for line in text.lines() {
        reading.line(line);
    }
    reading.finish()
}

#[derive(Default)]
struct Reading {
    parts: Parts,
    heading: String,
    /// The heading's line, until it is known whether text or a list stands under it.
    pending: Option<String>,
    /// The indents of the items that are open, the innermost last.
    indents: Vec<usize>,
    /// Whether the next line may go on with the last item.
    in_item: bool,
    /// Whether a list has begun and no other text since.
    in_list: bool,
    fenced: bool,
}

impl Reading {
    fn line(&mut self, line: &str) {
        let bare = line.trim();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            self.fenced = !self.fenced;
            return self.prose(line);
        }
        if self.fenced {
            return self.prose(line);
        }
        if bare.is_empty() {
            self.in_item = false;
            if !self.parts.prose.is_empty() && !self.parts.prose.ends_with("\n\n") {
                self.parts.prose.push('\n');
            }
            return;
        }
        if is_rule(bare) {
            self.keep_pending();
            (self.heading, self.in_item, self.in_list) = (String::new(), false, false);
            return;
        }
        if let Some(heading) = heading_of(bare) {
            self.keep_pending();
            self.pending = Some(bare.to_owned());
            // A great heading at the top is about the whole text, not about the first list in it.
            let of_all = bare.starts_with("# ") || bare.starts_with("## ");
            if of_all && self.parts.prose.is_empty() && self.parts.items.is_empty() {
                self.keep_pending();
                self.heading = String::new();
            } else {
                // Every item under it has a copy, so it is not longer than what is shown of it.
                self.heading = super::cut(heading, 2 * super::TITLE);
            }
            (self.in_item, self.in_list) = (false, false);
            return;
        }
        let indent =
            line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum();
        match marker(bare, self.in_list) {
            Some((below, text)) => self.item(if below { indent + 1 } else { indent }, text),
            None => match self.parts.items.last_mut().filter(|_| self.in_item && !bare.starts_with('>')) {
                Some(item) => {
                    item.text.push(' ');
                    item.text.push_str(bare);
                }
                None => self.with_inner_bullets(line),
            },
        }
    }

    /// A line of text in which a list may begin: `Consider: ▪ one ▪ two`.
    fn with_inner_bullets(&mut self, line: &str) {
        let Some((before, after)) = split_at_bullet(line) else { return self.prose(line) };
        self.prose(before);
        self.item(0, after);
    }

    fn item(&mut self, indent: usize, text: &str) {
        if !self.in_list {
            self.indents.clear();
        }
        self.indents.retain(|open| *open < indent);
        let level = u8::try_from(self.indents.len().min(DEEPEST)).unwrap_or_default();
        self.indents.push(indent);
        self.pending = None;
        (self.in_item, self.in_list) = (true, true);
        let mut rest = Some(text);
        while let Some(text) = rest {
            let (text, after) =
                split_at_bullet(text).map_or((text, None), |(text, after)| (text, Some(after)));
            rest = after;
            let (ticked, text) = tick(text.trim());
            if !text.is_empty() {
                let (heading, text) = (self.heading.clone(), text.to_owned());
                self.parts.items.push(Item { heading, level, text, ticked });
            }
        }
    }

    fn prose(&mut self, line: &str) {
        self.keep_pending();
        (self.in_item, self.in_list) = (false, false);
        self.parts.prose.push_str(line.trim_end());
        self.parts.prose.push('\n');
    }

    /// A heading with no list under it is part of the text.
    fn keep_pending(&mut self) {
        if let Some(heading) = self.pending.take() {
            self.parts.prose.push_str(&heading);
            self.parts.prose.push_str("\n\n");
        }
    }

    fn finish(mut self) -> Parts {
        self.keep_pending();
        self.parts.prose = self.parts.prose.trim().to_owned();
        self.parts
    }
}

/// The text after a list's marker, and whether the marker stands for what is below another.
fn marker(line: &str, in_list: bool) -> Option<(bool, &str)> {
    let first = line.chars().next()?;
    if BULLETS.contains(&first) {
        // The box is read with the text.
        let rest = if matches!(first, '☐' | '☑') { line } else { &line[first.len_utf8()..] };
        return Some((false, rest.trim_start()));
    }
    if matches!(first, '-' | '*' | '+' | '–' | '—') {
        let rest = line[first.len_utf8()..].strip_prefix([' ', '\t', '\u{a0}'])?;
        return Some((false, rest.trim_start()));
    }
    if in_list && let Some(rest) = line.strip_prefix("o ") {
        return Some((true, rest.trim_start()));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(digits..)?.strip_prefix(['.', ')'])?.strip_prefix([' ', '\t'])?;
    (1..=3).contains(&digits).then(|| (false, rest.trim_start()))
}

/// What stands before a bullet in the middle of a line and what stands after it.
fn split_at_bullet(line: &str) -> Option<(&str, &str)> {
    let at = line.char_indices().find_map(|(at, c)| {
        let inner = BULLETS.contains(&c) && line[..at].ends_with([' ', '\t', '\u{a0}']);
        (inner && !line[..at].trim().is_empty()).then_some((at, c.len_utf8()))
    });
    at.map(|(at, length)| (line[..at].trim_end(), line[at + length..].trim_start()))
}

/// A box before a text, ticked or not.
fn tick(text: &str) -> (Option<bool>, &str) {
    for (mark, ticked) in [("[ ]", false), ("[x]", true), ("[X]", true), ("☐", false), ("☑", true)] {
        if let Some(rest) = text.strip_prefix(mark)
            && (rest.is_empty() || rest.starts_with([' ', '\t']))
        {
            return (Some(ticked), rest.trim());
        }
    }
    (None, text)
}

/// A heading's text: behind `#` marks, or a line that is bold as a whole.
pub fn heading_of(line: &str) -> Option<&str> {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&marks) && line[marks..].starts_with([' ', '\t']) {
        return Some(line[marks..].trim().trim_end_matches('#').trim().trim_matches('*'));
    }
    let bold = line.strip_prefix("**")?.trim_end_matches(':').strip_suffix("**")?;
    (!bold.contains("**") && !bold.trim().is_empty()).then(|| bold.trim().trim_end_matches(':').trim_end())
}

fn is_rule(line: &str) -> bool {
    line.len() >= 3 && ['-', '*', '_'].iter().any(|mark| line.chars().all(|c| c == *mark || c == ' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str) -> Vec<(u8, String)> {
        parts(text).items.into_iter().map(|item| (item.level, item.text)).collect()
    }

    fn list(items: &[(u8, &str)]) -> Vec<(u8, String)> {
        items.iter().map(|(level, text)| (*level, (*text).to_owned())).collect()
    }

    #[test]
    fn every_kind_of_bullet_is_an_item() {
        let text = "- a\n* b\n+ c\n1. d\n2) e\n▪ f\n•g\n– h\n☐ i\n- [ ] j\n- [x] k";
        let texts: Vec<String> = said(text).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"]);
        let ticked: Vec<_> = parts(text).items.iter().skip(8).map(|item| item.ticked).collect();
        assert_eq!(ticked, [Some(false), Some(false), Some(true)]);
    }

    #[test]
    fn what_only_looks_like_an_item_is_text() {
        for text in
            ["-5 degrees", "2026. That year", "*emphasis* first", "o tempora", "3.5 GB", "> - quoted", "---"]
        {
            assert_eq!(said(text), [], "{text}");
        }
        let fenced = parts("```\n- no item\n```");
        assert!(fenced.items.is_empty() && fenced.prose.contains("- no item"));
    }

    #[test]
    fn items_below_items_are_deeper_by_indent_or_by_an_o() {
        assert_eq!(
            said("▪ Determine:\n  o one\n  o two\n▪ Inspect"),
            list(&[(0, "Determine:"), (1, "one"), (1, "two"), (0, "Inspect")])
        );
        assert_eq!(said("- a\n  - b\n    - c\n- d"), list(&[(0, "a"), (1, "b"), (2, "c"), (0, "d")]));
        assert_eq!(said("▪ a\no b"), list(&[(0, "a"), (1, "b")]));
    }

    #[test]
    fn bullets_in_the_middle_of_a_line_begin_items_too() {
        let read = parts("Consider: ▪ Signatures\n▪ Actions ▪ What went right\nand more");
        assert_eq!(read.prose, "Consider:");
        let texts: Vec<&str> = read.items.iter().map(|item| item.text.as_str()).collect();
        assert_eq!(texts, ["Signatures", "Actions", "What went right and more"]);
    }

    #[test]
    fn a_heading_goes_with_its_list_and_stays_where_text_follows() {
        let read = parts("## GOAL\n\n**Scope:**\n- a\n\n### Report\nWrite it.\n- b\n\n---\n- c\n**Alone**");
        let items: Vec<_> =
            read.items.iter().map(|item| (item.heading.as_str(), item.text.as_str())).collect();
        assert_eq!(items, [("Scope", "a"), ("Report", "b"), ("", "c")]);
        assert_eq!(parts("## GOAL\n- a").items[0].heading, "", "a great heading is about all of it");
        assert_eq!(read.prose, "## GOAL\n\n### Report\n\nWrite it.\n\n**Alone**");
    }

    proptest! {
        #[test]
        fn no_word_is_lost_and_none_is_made_up(text in "[a-c\\-*#▪• \\[\\]xo1.\n>`|]{0,120}") {
            let read = parts(&text);
            let letters = |text: &str| -> Vec<char> {
                let mut letters: Vec<char> = text.chars().filter(|c| matches!(c, 'a'..='c')).collect();
                letters.sort_unstable();
                letters
            };
            let mut kept = read.prose.clone();
            let mut headings: Vec<&str> = Vec::new();
            for item in &read.items {
                kept.push_str(&item.text);
                if headings.last() != Some(&item.heading.as_str()) {
                    headings.push(&item.heading);
                }
            }
            let words = letters(&text);
            let there = letters(&(kept + &headings.concat()));
            prop_assert!(there.len() >= words.len(), "{:?}: {:?}", text, read);
            prop_assert!(read.items.iter().all(|item| usize::from(item.level) <= DEEPEST));
        }
    }
}
