//! Markdown as a tree that is safe to show: no markup of the writer's own, links only where they say where they lead.
//!
//! Pure. `parts/markdown.rs` turns the tree into views, element by element; nothing is ever set as HTML. Raw HTML stays
//! text, an image becomes its words and its address, a link that is not a plain `https:` one becomes text.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::trust::https_host;

/// Nesting that is drawn; what is deeper is drawn at this depth. Ten thousand `>` must not cost ten thousand elements.
const DEEPEST: usize = 12;

/// A block of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading and its level, 1 to 6.
    Heading(u8, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// Code, as it is written.
    Code(String),
    /// A quotation.
    Quote(Vec<Block>),
    /// A list: where its numbers start, if it is numbered, and its items.
    List(Option<u64>, Vec<Vec<Block>>),
    /// A table: each row a list of cells, the first row its head.
    Table(Vec<Vec<Vec<Inline>>>),
    /// A line across.
    Rule,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text.
    Text(String),
    /// Code.
    Code(String),
    /// Stressed.
    Emphasis(Vec<Inline>),
    /// Stressed more.
    Strong(Vec<Inline>),
    /// Struck through.
    Struck(Vec<Inline>),
    /// A link that may be clicked, with the host it leads to, which is shown beside its text.
    Link {
        /// The `https:` address.
        address: String,
        /// Its host.
        host: String,
        /// What stands there.
        text: Vec<Inline>,
    },
    /// A new line.
    Break,
    /// The box of a task, ticked or not.
    Task(bool),
}

/// Reads a text. Every text is Markdown, so nothing can be wrong with it.
pub fn parse(text: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut builder = Builder { open: vec![Frame::default()] };
    for event in Parser::new_ext(text, options) {
        builder.take(event);
    }
    // The reader closes everything that it opens, so only the outermost frame is left.
    builder.open.swap_remove(0).into_blocks()
}

/// What has been read of something that is still open.
#[derive(Default)]
struct Frame {
    blocks: Vec<Block>,
    line: Vec<Inline>,
    items: Vec<Vec<Block>>,
    rows: Vec<Vec<Vec<Inline>>>,
    code: Option<String>,
    link: Option<String>,
    start: Option<u64>,
}

impl Frame {
    /// A tight list's item holds a line without a paragraph around it.
    fn end_line(&mut self) {
        if !self.line.is_empty() {
            let line = std::mem::take(&mut self.line);
            self.blocks.push(Block::Paragraph(line));
        }
    }

    fn into_blocks(mut self) -> Vec<Block> {
        self.end_line();
        self.blocks
    }
}

struct Builder {
    open: Vec<Frame>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text)
            | Event::Html(text)
            | Event::InlineHtml(text)
            | Event::InlineMath(text)
            | Event::DisplayMath(text)
            | Event::FootnoteReference(text) => self.text(&text),
            Event::Code(code) => self.inline(Inline::Code(code.into_string())),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.inline(Inline::Break),
            Event::TaskListMarker(done) => self.inline(Inline::Task(done)),
            Event::Rule => self.block(Block::Rule),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let mut frame = Frame::default();
        match tag {
            Tag::CodeBlock(_) => frame.code = Some(String::new()),
            Tag::List(start) => frame.start = start,
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                frame.link = Some(dest_url.into_string());
            }
            _ => {}
        }
        self.open.push(frame);
    }

    fn end(&mut self, end: TagEnd) {
        let Some(mut frame) = (self.open.len() > 1).then(|| self.open.pop()).flatten() else { return };
        let too_deep = self.open.len() > DEEPEST;
        match end {
            TagEnd::Heading(level) => self.block(Block::Heading(level_number(level), frame.line)),
            TagEnd::CodeBlock => self.block(Block::Code(frame.code.unwrap_or_default())),
            TagEnd::BlockQuote(_) | TagEnd::List(_) if too_deep => {
                let items = std::mem::take(&mut frame.items);
                let blocks = frame.into_blocks().into_iter().chain(items.into_iter().flatten());
                blocks.for_each(|block| self.block(block));
            }
            TagEnd::BlockQuote(_) => self.block(Block::Quote(frame.into_blocks())),
            TagEnd::List(_) => self.block(Block::List(frame.start, frame.items)),
            TagEnd::Item => {
                let blocks = frame.into_blocks();
                self.parent().items.push(blocks);
            }
            TagEnd::TableCell => {
                let parent = self.parent();
                match parent.rows.last_mut() {
                    Some(row) => row.push(frame.line),
                    None => parent.rows.push(vec![frame.line]),
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.parent().rows.append(&mut frame.rows),
            TagEnd::Table => self.block(Block::Table(frame.rows)),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough if too_deep => {
                self.parent().line.append(&mut frame.line);
            }
            TagEnd::Emphasis => self.inline(Inline::Emphasis(frame.line)),
            TagEnd::Strong => self.inline(Inline::Strong(frame.line)),
            TagEnd::Strikethrough => self.inline(Inline::Struck(frame.line)),
            TagEnd::Link => self.link(frame),
            TagEnd::Image => {
                let address = frame.link.take().unwrap_or_default();
                self.parent().line.append(&mut frame.line);
                self.text(&format!(" ({address})"));
            }
            _ => frame.into_blocks().into_iter().for_each(|block| self.block(block)),
        }
    }

    /// A link that cannot be trusted to be what it looks like becomes its text and its address.
    fn link(&mut self, mut frame: Frame) {
        let address = frame.link.take().unwrap_or_default();
        match https_host(&address) {
            Some(host) => self.inline(Inline::Link { address, host, text: frame.line }),
            None => {
                self.parent().line.append(&mut frame.line);
                self.text(&format!(" ({address})"));
            }
        }
    }

    fn text(&mut self, text: &str) {
        let frame = self.parent();
        match (&mut frame.code, frame.line.last_mut()) {
            (Some(code), _) => code.push_str(text),
            (None, Some(Inline::Text(before))) => before.push_str(text),
            _ => frame.line.push(Inline::Text(text.to_owned())),
        }
    }

    fn inline(&mut self, inline: Inline) {
        self.parent().line.push(inline);
    }

    fn block(&mut self, block: Block) {
        let frame = self.parent();
        frame.end_line();
        frame.blocks.push(block);
    }

    /// The innermost open frame; the outermost is never closed.
    fn parent(&mut self) -> &mut Frame {
        let innermost = self.open.len() - 1;
        &mut self.open[innermost]
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    #[test]
    fn what_people_write_becomes_a_tree() {
        let blocks =
            parse("# Found\n\nThe *first* host\n\n- one\n  - two\n- [x] three\n\n```\nnet user\n```\n");
        assert_eq!(blocks[0], Block::Heading(1, vec![text("Found")]));
        assert_eq!(
            blocks[1],
            Block::Paragraph(vec![text("The "), Inline::Emphasis(vec![text("first")]), text(" host")])
        );
        let Block::List(None, items) = &blocks[2] else { panic!("{blocks:?}") };
        assert_eq!(items[0][0], Block::Paragraph(vec![text("one")]));
        assert_eq!(items[0][1], Block::List(None, vec![vec![Block::Paragraph(vec![text("two")])]]));
        assert_eq!(items[1][0], Block::Paragraph(vec![Inline::Task(true), text("three")]));
        assert_eq!(blocks[3], Block::Code("net user\n".into()));
    }

    #[test]
    fn a_table_has_its_head_first() {
        let blocks = parse("| a | b |\n|---|---|\n| 1 | 2 |\n");
        let cell = |content: &str| vec![text(content)];
        assert_eq!(blocks, [Block::Table(vec![vec![cell("a"), cell("b")], vec![cell("1"), cell("2")]])]);
    }

    #[test]
    fn markup_is_text() {
        let blocks = parse("<script>alert(1)</script>\n\nhello <img src=x onerror=alert(1)> there");
        let shown = format!("{blocks:?}");
        assert!(shown.contains("<script>alert(1)</script>") && shown.contains("onerror=alert(1)"), "{shown}");
        let is_text = |block: &Block| matches!(block, Block::Paragraph(line) if line.iter().all(|piece| matches!(piece, Inline::Text(_))));
        assert!(blocks.iter().all(is_text), "{blocks:?}");
    }

    #[test]
    fn a_link_is_one_only_where_it_says_where_it_leads() {
        let Block::Paragraph(line) = &parse("[portal](https://security.microsoft.com/x)")[0] else {
            panic!()
        };
        assert_eq!(
            line[0],
            Inline::Link {
                address: "https://security.microsoft.com/x".into(),
                host: "security.microsoft.com".into(),
                text: vec![text("portal")],
            }
        );
        for source in [
            "[go](javascript:alert(1))",
            "[go](JaVaScRiPt:alert)",
            "[go](data:text/html,x)",
            "[go](http://a.example)",
            "[go](#/settings)",
            "![go](https://a.example/x.png)",
            "<javascript:alert(1)>",
            "[go](https://a.example@b.example/)",
        ] {
            assert!(!format!("{:?}", parse(source)).contains("Link"), "{source}");
        }
    }

    #[test]
    fn nesting_without_end_is_drawn_flat() {
        fn depth(blocks: &[Block]) -> usize {
            let inside = blocks.iter().map(|block| match block {
                Block::Quote(blocks) => depth(blocks),
                Block::List(_, items) => items.iter().map(|item| depth(item)).max().unwrap_or_default(),
                _ => 0,
            });
            1 + inside.max().unwrap_or_default()
        }
        for source in [">".repeat(2_000) + "x", "- ".repeat(2_000) + "x", "*".repeat(5_000)] {
            assert!(depth(&parse(&source)) <= DEEPEST + 2, "{}", &source[..4]);
        }
    }

    proptest::proptest! {
        #[test]
        fn every_text_is_markdown(text in "[\\PC\n]{0,80}") {
            let _ = parse(&text);
        }
    }
}
