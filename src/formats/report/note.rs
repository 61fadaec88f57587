//! Notes in a report: somebody's own Markdown, kept inside its section.
//!
//! In HTML a note is rendered from the parser's events, so that only elements written here come out. In Markdown its
//! source is kept, with headings below the section's and with HTML, images and links to anything but `https:` made text.

use super::html::escaped;
use crate::compact::Order as _;
use crate::words::Lang;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// How many levels a note's headings are moved down: it stands below a section and its own title.
const DEMOTED: usize = 3;

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS
}

fn level(level: HeadingLevel) -> usize {
    (level as usize + DEMOTED).min(6)
}

/// Whether a link may be one.
fn is_https(destination: &str) -> bool {
    destination.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"))
        && !destination.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\')
}

/// The note as HTML.
pub(super) fn html(markdown: &str, https_links: bool, language: Lang) -> String {
    let mut out = String::new();
    let mut images = Vec::new();
    let mut links: Vec<Option<String>> = Vec::new();
    let mut in_head = false;
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Start(Tag::Image { .. }) => images.push(out.len()),
            Event::End(TagEnd::Image) => {
                if let Some(start) = images.pop() {
                    let described = out.split_off(start);
                    out.push_str(&(language.words().report.image)(&described));
                }
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                if https_links && is_https(&dest_url) {
                    put!(out, "<a href=\"{}\" rel=\"noopener noreferrer\">", escaped(&dest_url));
                    links.push(None);
                } else {
                    links.push(Some(escaped(&dest_url)));
                }
            }
            Event::End(TagEnd::Link) => match links.pop() {
                Some(Some(destination)) if out.ends_with(&destination) => {}
                Some(Some(destination)) => put!(out, " ({destination})"),
                Some(None) => out.push_str("</a>"),
                None => {}
            },
            Event::Start(tag) => {
                in_head |= tag == Tag::TableHead;
                out.push_str(&opening(&tag, in_head));
            }
            Event::End(tag) => {
                out.push_str(&closing(tag, in_head));
                in_head &= tag != TagEnd::TableHead;
            }
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => out.push_str(&escaped(&text)),
            Event::Code(text) => put!(out, "<code>{}</code>", escaped(&text)),
            Event::SoftBreak => out.push('\n'),
            Event::HardBreak => out.push_str("<br>"),
            Event::Rule => out.push_str("<hr>"),
            Event::TaskListMarker(done) => out.push_str(if done { "☑ " } else { "☐ " }),
            // Not among the options.
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }
    out
}

fn opening(tag: &Tag, in_head: bool) -> String {
    match tag {
        Tag::Paragraph => "<p>".into(),
        Tag::Heading { level: at, .. } => format!("<h{}>", level(*at)),
        Tag::BlockQuote(_) => "<blockquote>".into(),
        Tag::CodeBlock(_) => "<pre><code>".into(),
        Tag::HtmlBlock => "<pre class=\"raw\">".into(),
        Tag::List(None) => "<ul>".into(),
        Tag::List(Some(start)) => format!("<ol start=\"{start}\">"),
        Tag::Item => "<li>".into(),
        Tag::Table(_) => "<table>".into(),
        Tag::TableHead => "<thead><tr>".into(),
        Tag::TableRow => "<tr>".into(),
        Tag::TableCell if in_head => "<th scope=\"col\">".into(),
        Tag::TableCell => "<td>".into(),
        Tag::Emphasis => "<em>".into(),
        Tag::Strong => "<strong>".into(),
        Tag::Strikethrough => "<del>".into(),
        _ => String::new(),
    }
}

fn closing(tag: TagEnd, in_head: bool) -> String {
    match tag {
        TagEnd::Paragraph => "</p>\n".into(),
        TagEnd::Heading(at) => format!("</h{}>\n", level(at)),
        TagEnd::BlockQuote(_) => "</blockquote>\n".into(),
        TagEnd::CodeBlock => "</code></pre>\n".into(),
        TagEnd::HtmlBlock => "</pre>\n".into(),
        TagEnd::List(false) => "</ul>\n".into(),
        TagEnd::List(true) => "</ol>\n".into(),
        TagEnd::Item => "</li>\n".into(),
        TagEnd::Table => "</tbody></table>\n".into(),
        TagEnd::TableHead => "</tr></thead><tbody>\n".into(),
        TagEnd::TableRow => "</tr>\n".into(),
        TagEnd::TableCell => if in_head { "</th>" } else { "</td>" }.into(),
        TagEnd::Emphasis => "</em>".into(),
        TagEnd::Strong => "</strong>".into(),
        TagEnd::Strikethrough => "</del>".into(),
        _ => String::new(),
    }
}

/// The note's Markdown, so that it stays inside its section of a Markdown report.
pub(super) fn contained(markdown: &str, https_links: bool) -> String {
    let text = without_html(markdown.trim_end());
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut open_fence = None;
    for (event, range) in Parser::new_ext(&text, options()).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { level: at, .. }) => changes.push(demoted(&text, range, at)),
            Event::Start(Tag::Image { .. }) => changes.push((range.start..range.start, "\\".into())),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let is_dead = dest_url.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("hxxp"));
                let may_lead = https_links && is_https(&dest_url);
                if !is_dead && !may_lead {
                    changes.push((range.start..range.start, "\\".into()));
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => open_fence = unclosed(&text, &range),
            _ => {}
        }
    }
    // Headings replace their whole text, so what lies inside one is dropped; the rest is put in from the end.
    let mut out = text.clone();
    let headings: Vec<_> =
        changes.iter().filter(|(range, _)| !range.is_empty()).map(|(r, _)| r.clone()).collect();
    changes.retain(|(range, _)| !range.is_empty() || !headings.iter().any(|h| h.contains(&range.start)));
    changes.order_by_key(|(range, _)| std::cmp::Reverse(range.start));
    for (range, new) in changes {
        out.replace_range(range, &new);
    }
    if let Some(fence) = open_fence {
        out.push('\n');
        out.push_str(&fence);
    }
    out
}

/// The text with every `<` outside code as an entity, or everywhere if that still leaves HTML.
fn without_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        let is_code = matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)));
        if is_code && range.start >= at {
            out.push_str(&text[at..range.start].replace('<', "&lt;"));
            out.push_str(&text[range.clone()]);
            at = range.end;
        }
    }
    out.push_str(&text[at..].replace('<', "&lt;"));
    let has_html = Parser::new_ext(&out, options())
        .any(|event| matches!(event, Event::Html(_) | Event::InlineHtml(_) | Event::Start(Tag::HtmlBlock)));
    if has_html { text.replace('<', "&lt;") } else { out }
}

/// A heading some levels down, on one line. What could be a link or an image in it is made text.
fn demoted(text: &str, range: Range<usize>, at: HeadingLevel) -> (Range<usize>, String) {
    let source = text[range.clone()].trim_end();
    let end = range.start + source.len();
    let lines: Vec<&str> = source.lines().map(|line| line.trim_matches(['>', ' ', '\t']).trim()).collect();
    let words = match lines.split_first() {
        Some((only, [])) => only.trim_matches('#').trim().to_owned(),
        // The last line of a heading with several is its underline.
        _ => lines[..lines.len().saturating_sub(1)].join(" "),
    };
    (range.start..end, format!("{} {}", "#".repeat(level(at)), words.replace('[', "\\[")))
}

/// The fence that closes a block which runs to the end of the text, if it stands at the left edge and is not closed.
fn unclosed(text: &str, range: &Range<usize>) -> Option<String> {
    let line_start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
    let is_at_edge = text[line_start..range.start].chars().all(|c| c == ' ');
    if !is_at_edge || text[range.end.min(text.len())..].trim() != "" {
        return None;
    }
    let block = &text[range.clone()];
    let mark = block.chars().next()?;
    let fence: String = block.chars().take_while(|c| *c == mark).collect();
    let last = block.trim_end().lines().next_back()?.trim();
    let is_closed = block.trim_end().lines().count() > 1
        && last.chars().all(|c| c == mark)
        && last.chars().count() >= fence.len();
    (!is_closed).then_some(fence)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_note_is_rendered_with_elements_of_our_own_only() {
        let note = "# Title\n\n- [x] done *now*\n- `code <b>`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<b onclick=x>raw</b>";
        assert_eq!(
            html(note, true, Lang::En),
            "<h4>Title</h4>\n<ul><li>☑ done <em>now</em></li>\n<li><code>code &lt;b&gt;</code></li>\n</ul>\n\
             <table><thead><tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr></thead><tbody>\n\
             <tr><td>1</td><td>2</td></tr>\n</tbody></table>\n\
             <p>&lt;b onclick=x&gt;raw&lt;/b&gt;</p>\n"
        );
    }

    #[test]
    fn links_lead_to_https_or_nowhere_and_images_load_nothing() {
        let link = |markdown, live| html(markdown, live, Lang::En);
        assert_eq!(
            link("[a](https://b.nl/)", true),
            "<p><a href=\"https://b.nl/\" rel=\"noopener noreferrer\">a</a></p>\n"
        );
        assert_eq!(link("[a](https://b.nl/)", false), "<p>a (https://b.nl/)</p>\n");
        assert_eq!(link("[a](javascript:alert(1))", true), "<p>a (javascript:alert(1))</p>\n");
        assert_eq!(link("![a](https://b.nl/x.png)", true), "<p>[image: a]</p>\n");
    }

    #[test]
    fn a_note_stays_inside_its_section_of_a_markdown_report() {
        for (note, safe) in [
            ("# One\ntext\n\nTwo\n---\nmore", "#### One\ntext\n\n##### Two\nmore"),
            ("a <script>x</script>", "a &lt;script>x&lt;/script>"),
            ("```\ncode <b>", "```\ncode <b>\n```"),
            ("~~~~\na\n~~~~", "~~~~\na\n~~~~"),
            ("<!-- open", "&lt;!-- open"),
            ("[x](javascript:alert(1))", "\\[x](javascript:alert(1))"),
            ("[x](hxxps://evil[.]com)", "[x](hxxps://evil[.]com)"),
            ("![x](https://e.com/p.png)", "\\![x](https://e.com/p.png)"),
            ("<div>\n# Big\n</div>", "&lt;div>\n#### Big\n&lt;/div>"),
        ] {
            assert_eq!(contained(note, true), safe);
        }
        assert_eq!(contained("[x](https://e.com)", false), "\\[x](https://e.com)");
    }

    proptest! {
        #[test]
        fn no_note_breaks_out(note in "[a-c#<>!\\[\\]()`~*_|\\n =:/-]{0,60}") {
            let rendered = html(&note, true, Lang::En);
            prop_assert!(!rendered.contains("<a href=\"j"), "{}", rendered);
            let markdown = contained(&note, true);
            for event in Parser::new_ext(&markdown, options()) {
                match event {
                    Event::Html(_) | Event::InlineHtml(_) => prop_assert!(false, "{:?}", markdown),
                    Event::Start(Tag::Heading { level, .. }) => {
                        prop_assert!(level as usize > DEMOTED, "{:?}", markdown);
                    }
                    _ => {}
                }
            }
        }
    }
}
