//! The shape of a step's instructions: paragraphs, lists and code, read from the plain text that playbooks are
//! written in, so that whatever shows them shows text and never markup.

/// A part of the instructions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block<'a> {
    /// A paragraph.
    Paragraph(Vec<Span<'a>>),
    /// The items of a list.
    List(Vec<Vec<Span<'a>>>),
}

/// A run of text inside a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span<'a> {
    /// Plain text.
    Text(&'a str),
    /// Something to type or to look for exactly as it stands.
    Code(&'a str),
}

/// Reads instructions: each line is a paragraph or, where it begins with `- `, an item of a list; between backticks
/// stands code. A backtick without a partner is text.
pub fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (line.strip_prefix("- "), blocks.last_mut()) {
            (Some(item), Some(Block::List(items))) => items.push(spans(item)),
            (Some(item), _) => blocks.push(Block::List(vec![spans(item)])),
            (None, _) => blocks.push(Block::Paragraph(spans(line))),
        }
    }
    blocks
}

fn spans(line: &str) -> Vec<Span<'_>> {
    let mut spans = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((code, after)) = after.split_once('`') else { break };
        if !before.is_empty() {
            spans.push(Span::Text(before));
        }
        if !code.is_empty() {
            spans.push(Span::Code(code));
        }
        rest = after;
    }
    if !rest.is_empty() {
        spans.push(Span::Text(rest));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbooks::library;
    use crate::words::Lang;

    #[test]
    fn lines_are_paragraphs_and_lines_with_a_dash_are_items() {
        let read = blocks("First.\n\n- one\n- two\nLast.");
        assert_eq!(
            read,
            [
                Block::Paragraph(vec![Span::Text("First.")]),
                Block::List(vec![vec![Span::Text("one")], vec![Span::Text("two")]]),
                Block::Paragraph(vec![Span::Text("Last.")]),
            ]
        );
    }

    #[test]
    fn code_stands_between_backticks_and_a_lone_backtick_is_text() {
        assert_eq!(
            blocks("Run `whoami /all` first"),
            [Block::Paragraph(vec![Span::Text("Run "), Span::Code("whoami /all"), Span::Text(" first")])]
        );
        assert_eq!(blocks("a ` b"), [Block::Paragraph(vec![Span::Text("a ` b")])]);
        assert_eq!(blocks("`a``b`"), [Block::Paragraph(vec![Span::Code("a"), Span::Code("b")])]);
        assert!(blocks(" \n ").is_empty());
    }

    #[test]
    fn no_instruction_of_the_library_loses_a_word() {
        let letters =
            |text: &str| text.chars().filter(|c| !c.is_whitespace() && *c != '`').collect::<String>();
        for step in library().playbooks().iter().flat_map(|playbook| playbook.steps) {
            for lang in Lang::ALL {
                let how = step.words(lang).how;
                let mut read = String::new();
                let mut add = |spans: &[Span<'_>]| {
                    for span in spans {
                        let (Span::Text(text) | Span::Code(text)) = span;
                        read.push_str(text);
                    }
                };
                for block in blocks(how) {
                    match block {
                        Block::Paragraph(spans) => add(&spans),
                        Block::List(items) => items.iter().for_each(|item| add(item)),
                    }
                }
                let written: String =
                    how.lines().map(|line| line.trim().strip_prefix("- ").unwrap_or(line)).collect();
                assert_eq!(letters(&read), letters(&written), "{}", step.id);
            }
        }
    }
}
