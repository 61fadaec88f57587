//! The report as one HTML file that needs nothing: no script, its own style, and a content security policy that
//! allows that style and nothing else. It prints on A4 with the incident's name and page numbers in the margin.

use super::{Block, Cell, Entry, Fact, Report, Section, Table, Tone, note};
use sha2::{Digest, Sha256};

/// The style sheet, without what names the incident.
const STYLE: &str = include_str!("report.css");

/// The most rows of a table that is not parted at the end of a printed page.
const SHORT_TABLE: usize = 5;

/// The longest name in the margin of a printed page, in characters.
const LONGEST_MARGIN: usize = 70;

/// The report as HTML.
pub fn html(report: &Report) -> String {
    let words = &report.language.words().report;
    let style = format!("{STYLE}{}", margins(report));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(style.as_bytes()))
    );
    let title = escaped(&report.title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <title>{title} – {}</title>\n<style>{style}</style>\n</head>\n<body>\n<main>\n",
        report.language.code(),
        words.kind
    );
    let ids = each(&report.ids, |id| format!("<li>{}</li>", escaped(id)));
    let preface: Vec<_> = report.preface.iter().map(|line| escaped(line)).collect();
    put!(
        out,
        "<header class=\"masthead{}\">\n<p class=\"kind\">{}</p>\n<h1>{title}</h1>\n<ul class=\"ids\">{ids}</ul>\n\
         <p class=\"preface\">{}</p>\n</header>\n",
        severity_class(report),
        words.kind,
        preface.join(" ")
    );
    if report.sections.len() > 1 {
        out.push_str(&contents(report));
    }
    for section in &report.sections {
        write_section(&mut out, section, report);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

/// What is written for each of these, one behind the other.
fn each<T>(items: &[T], write: impl Fn(&T) -> String) -> String {
    items.iter().map(write).collect()
}

fn contents(report: &Report) -> String {
    let title = report.language.words().report.contents;
    let items = each(&report.sections, |Section { part, .. }| {
        format!("<li><a href=\"#{}\">{}</a></li>", part.code(), escaped(part.title(report.language)))
    });
    format!("<nav aria-label=\"{}\"><ul>{items}</ul></nav>\n", escaped(title))
}

/// The colour of the incident's severity, which is the first figure of the summary.
fn severity_class(report: &Report) -> &'static str {
    let figures = report.sections.iter().flat_map(|section| &section.blocks).find_map(|block| match block {
        Block::Figures(figures) => figures.first(),
        _ => None,
    });
    figures.map_or("", |figure| class(figure.value.tone))
}

fn class(tone: Tone) -> &'static str {
    match tone {
        Tone::Plain => "",
        Tone::Bad => " bad",
        Tone::Warning => " warning",
        Tone::Low => " low",
        Tone::Good => " good",
        Tone::Quiet => " quiet",
    }
}

fn write_section(out: &mut String, section: &Section, report: &Report) {
    let code = section.part.code();
    put!(
        out,
        "<section id=\"{code}\" aria-labelledby=\"{code}-title\">\n<h2 id=\"{code}-title\">{}</h2>\n",
        escaped(section.part.title(report.language))
    );
    for block in &section.blocks {
        match block {
            Block::Heading(text) => put!(out, "<h3>{}</h3>\n", escaped(text)),
            Block::Figures(figures) => out.push_str(&facts("figures", figures)),
            Block::Facts(values) => out.push_str(&facts("facts", values)),
            Block::Table(table) => write_table(out, table),
            Block::Prose(text) => put!(out, "<p class=\"prose\">{}</p>\n", escaped(text)),
            Block::List(lines) => {
                let items = each(lines, |line| format!("<li>{}</li>\n", escaped(line)));
                put!(out, "<ul class=\"lines\">\n{items}</ul>\n");
            }
            Block::Progress(bars) => {
                out.push_str("<dl class=\"progress\">\n");
                for bar in bars {
                    let (label, text) = (escaped(&bar.label), escaped(&bar.text));
                    put!(
                        out,
                        "<div><dt>{label}</dt><dd><svg viewBox=\"0 0 1000 40\" preserveAspectRatio=\"none\" \
                         aria-hidden=\"true\"><rect class=\"track\" width=\"1000\" height=\"40\"/><rect class=\"bar\" \
                         width=\"{}\" height=\"40\"/></svg><span>{text}</span></dd></div>\n",
                        bar.per_mille
                    );
                }
                out.push_str("</dl>\n");
            }
            Block::Log(entries) => {
                let entries = each(entries, log_entry);
                put!(out, "<ol class=\"log\">\n{entries}</ol>\n");
            }
            Block::Note(title, text) => put!(
                out,
                "<article class=\"note\">\n<h3>{}</h3>\n{}</article>\n",
                escaped(title),
                note::html(text, report.https_links, report.language)
            ),
            Block::Nothing(text) => put!(out, "<p class=\"nothing\">{}</p>\n", escaped(text)),
        }
    }
    out.push_str("</section>\n");
}

fn facts(kind: &str, facts: &[Fact]) -> String {
    let items = each(facts, |Fact { label, value }| {
        format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escaped(label), cell(value))
    });
    format!("<dl class=\"{kind}\">\n{items}</dl>\n")
}

fn write_table(out: &mut String, table: &Table) {
    let columns = each(&table.columns, |column| format!("<th scope=\"col\">{}</th>", escaped(column)));
    put!(
        out,
        "<table{}>\n<caption>{}</caption>\n<thead><tr>{columns}</tr></thead>\n<tbody>\n",
        if table.rows.len() <= SHORT_TABLE { " class=\"short\"" } else { "" },
        escaped(&table.caption)
    );
    for row in &table.rows {
        out.push_str("<tr>");
        for (place, value) in row.iter().enumerate() {
            let value = cell(value);
            match place {
                0 => put!(out, "<th scope=\"row\">{value}</th>"),
                _ => {
                    let column = table.columns.get(place).map(|column| escaped(column)).unwrap_or_default();
                    put!(out, "<td data-label=\"{column}\">{value}</td>");
                }
            }
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn cell(cell: &Cell) -> String {
    let text = escaped(&cell.text);
    let text = match (&cell.link, cell.code, cell.tone) {
        (Some(link), ..) => format!("<a href=\"{}\" rel=\"noopener noreferrer\">{text}</a>", escaped(link)),
        (None, true, _) => format!("<code>{text}</code>"),
        (None, false, Tone::Plain) => text,
        (None, false, tone) => format!("<span class=\"tone{}\">{text}</span>", class(tone)),
    };
    let more = each(&cell.more, |line| format!("<span class=\"more\">{}</span>", escaped(line)));
    text + &more
}

fn log_entry(entry: &Entry) -> String {
    let mut text =
        format!("<li><span class=\"at\">{}</span><div><p>{}", escaped(&entry.time), escaped(&entry.text));
    if let Some(word) = &entry.retracted {
        put!(text, " <span class=\"tone quiet\">{}</span>", escaped(word));
    }
    text.push_str("</p>");
    if let Some(said) = &entry.said {
        let said = escaped(said);
        let said = if entry.retracted.is_some() { format!("<del>{said}</del>") } else { said };
        put!(text, "<blockquote class=\"prose\">{said}</blockquote>");
    }
    text + "</div></li>\n"
}

/// Text as text, in an element and in a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '`' => out.push_str("&#96;"),
            _ => out.push(letter),
        }
    }
    out
}

/// What stands in the margins of a printed page: the incident's name and the page's number.
fn margins(report: &Report) -> String {
    let words = &report.language.words().report;
    let (page, of) = words.page_of;
    let mut name: String = report.title.chars().take(LONGEST_MARGIN).collect();
    if name.len() < report.title.len() {
        name.push('…');
    }
    format!(
        "@page {{ @bottom-left {{ content: {}; }} @bottom-right {{ content: {} counter(page) {} counter(pages); }} }}\n",
        css_string(&format!("{} · {name}", words.kind)),
        css_string(page),
        css_string(of)
    )
}

/// A text as a string of a style sheet: all but letters, digits and spaces by number, so that nothing can end it.
fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        if letter.is_ascii_alphanumeric() || letter == ' ' {
            out.push(letter);
        } else {
            // The space ends the number and is no part of the text.
            put!(out, "\\{:x} ", u32::from(letter));
        }
    }
    out.push('"');
    out
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0u32, |bits, byte| (bits << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = usize::try_from((bits >> (18 - 6 * place)) & 63).unwrap_or_default();
            out.push(if place <= chunk.len() { char::from(ALPHABET[digit]) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_rfc_4648() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn nothing_ends_a_string_of_the_style_sheet() {
        assert_eq!(css_string("A \"b\"</style>\\"), "\"A \\22 b\\22 \\3c \\2f style\\3e \\5c \"");
    }
}
