//! Hostile text in every field that text can stand in: it stays text in both reports.

use crate::in_both;
use crate::incident::{at, intrusion};
use crate::tags::tags;
use firsthour::formats::report::Options;
use firsthour::model::Incident;
use firsthour::words::Lang;
use serde_json::Value;
use std::collections::BTreeSet;

const PAYLOADS: &[&str] = &[
    "<script>alert(1)</script>",
    "</style></title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)\" x=\"",
    "' autofocus onfocus=alert(1) '",
    "<svg/onload=alert(1)>",
    "javascript:alert(1)",
    "[click](javascript:alert(1))",
    "[click](<javascript:alert(1)> \"x\")",
    "![x](https://evil.example/pixel.png)",
    "<javascript:alert(1)>",
    "<https://evil.example/>",
    "# heading\n## heading\n---\n===",
    "| a | b |\n|---|---|\n| <b>c</b> | d |",
    "```\nunclosed",
    "~~~~\nunclosed",
    "<!-- unclosed",
    "<![CDATA[ unclosed",
    "[x]: https://evil.example \"y\"\n[x]",
    "* * *\n1. one\n- two\n+ three\n> four",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd",
    "a\0b\u{1b}[31m\u{7f}",
    "invoice\u{202e}fdp.exe\u{202c}",
    "zero\u{200b}width\u{feff}\u{2066}",
    "${7*7} {{7*7}} $(id) `id`",
    "\\\"};alert(1);//",
    "&lt;script&gt;&#60;script&#62;",
    "\u{fffe}\u{e0041}\u{85}",
    "http://evil.example/<script>?a=\"b\"",
    "]]></a></td></table></main><script>",
];

/// The texts of a stored incident that are not read back as text: ids, kinds, times, numbers as text.
const FIXED: &[&str] = &[
    "id",
    "kind",
    "alert",
    "at",
    "created",
    "edited",
    "updated",
    "noticed",
    "acknowledged",
    "contained",
    "resolved",
    "reviewed",
    "first_activity",
    "last_activity",
    "source_updated",
    "resolvedAt",
    "cause",
    "phase",
    "scenario",
    "due",
    "scenarios",
    "subject",
    "step",
    "mark",
    "taken_from",
    "handling",
];

/// Puts the payload behind every text of the incident.
fn poison(value: &mut Value, payload: &str, key: &str) {
    match value {
        Value::String(text) if !FIXED.contains(&key) => {
            text.push(' ');
            text.push_str(payload);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| poison(item, payload, key)),
        Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| {
            // An entry about an alert, entity or note is a pair of id and name.
            if let (Value::Array(pair), "alert" | "entity" | "ownStep" | "note" | "evidence") =
                (&mut *value, key.as_str())
            {
                if let Some(name) = pair.get_mut(1) {
                    poison(name, payload, "name");
                }
            } else if !matches!(key.as_str(), "entities" | "step" | "retracted") || !value.is_array() {
                poison(value, payload, key);
            }
        }),
        _ => {}
    }
}

fn poisoned(payload: &str) -> Incident {
    let mut incident = intrusion();
    // A hundred entries that differ in their step only would make the test slow and not stronger.
    let steps: Vec<_> = incident.checklist.steps.keys().skip(8).cloned().collect();
    incident.activity.retain(|entry| !format!("{:?}", entry.what).contains("\"done\""));
    for step in &steps {
        incident.checklist.steps.remove(step);
    }
    let mut json = serde_json::to_value(incident).unwrap();
    poison(&mut json, payload, "");
    let text = json.to_string();
    serde_json::from_value(json).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn the_payload_reaches_every_room_of_the_report() {
    let (md, _) = in_both(&poisoned("p0ison"), &Options::new(Lang::En));
    for section in md.split("\n## ").skip(1) {
        let heading = section.lines().next().unwrap();
        assert!(section.contains("p0ison"), "{heading}");
    }
    assert!(md.matches("p0ison").count() > 150, "{}", md.matches("p0ison").count());
}

#[test]
fn hostile_text_stays_text_in_the_page() {
    let known: BTreeSet<&str> = [
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "data-label",
        "id",
        "href",
        "rel",
        "scope",
        "aria-label",
        "aria-labelledby",
        "aria-hidden",
        "viewBox",
        "preserveAspectRatio",
        "width",
        "height",
        "start",
    ]
    .into();
    let elements: BTreeSet<&str> = [
        "html",
        "head",
        "meta",
        "title",
        "body",
        "main",
        "header",
        "nav",
        "section",
        "article",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "div",
        "span",
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "code",
        "pre",
        "blockquote",
        "em",
        "strong",
        "del",
        "br",
        "hr",
        "svg",
        "rect",
    ]
    .into();
    for payload in PAYLOADS {
        let incident = poisoned(payload);
        for defang in [true, false] {
            let (_, page) = in_both(&incident, &Options { defang, ..Options::new(Lang::En) });
            assert!(!page.to_lowercase().contains("<script"), "{payload}");
            for tag in tags(&page) {
                assert!(elements.contains(tag.name.trim_start_matches('/')), "<{}> of {payload}", tag.name);
                for (name, value) in tag.attributes {
                    assert!(known.contains(name.as_str()), "{name} of {payload}");
                    let is_safe = value.starts_with('#') || value.starts_with("https://");
                    assert!(name != "href" || is_safe, "{value} of {payload}");
                }
            }
            let invisible = |c: &char| {
                (c.is_control() && *c != '\n' && *c != '\t')
                    || matches!(u32::from(*c), 0x200b | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff | 0xe0000..)
            };
            assert_eq!(page.chars().find(invisible), None, "{payload}");
        }
    }
}

#[test]
fn hostile_text_stays_text_in_markdown() {
    use pulldown_cmark::{Event, Options as Dialect, Parser, Tag};
    for payload in PAYLOADS {
        for defang in [true, false] {
            let options = Options { defang, ..Options::new(Lang::En) };
            let (clean, _) = in_both(&poisoned(""), &options);
            let (md, _) = in_both(&poisoned(payload), &options);
            let count = |md: &str| {
                let dialect = Dialect::ENABLE_TABLES | Dialect::ENABLE_STRIKETHROUGH;
                let mut tables = 0;
                let mut headings = Vec::new();
                for event in Parser::new_ext(md, dialect) {
                    match event {
                        Event::Html(html) | Event::InlineHtml(html) => panic!("{html} of {payload}"),
                        Event::Start(Tag::Image { dest_url, .. }) => panic!("{dest_url} of {payload}"),
                        Event::Start(Tag::Link { dest_url, .. }) => assert!(
                            dest_url.starts_with("https://") || dest_url.starts_with("hxxp"),
                            "{dest_url} of {payload}"
                        ),
                        Event::Start(Tag::Table(_)) => tables += 1,
                        Event::Start(Tag::Heading { level, .. }) if level as usize <= 3 => {
                            headings.push(level);
                        }
                        _ => {}
                    }
                }
                (tables, headings)
            };
            let ((tables, headings), (clean_tables, clean_headings)) = (count(&md), count(&clean));
            assert_eq!(headings, clean_headings, "{payload}");
            // A note keeps its own Markdown, so the payload may make a table there, and only there.
            assert!((clean_tables..=clean_tables + 1).contains(&tables), "{payload}");
        }
    }
}

#[test]
fn ten_megabytes_in_a_field_are_cut_with_a_note() {
    let mut incident = intrusion();
    let endless = "evil.example.com ".repeat(600_000);
    incident.closing_note = endless.clone();
    incident.name = endless.clone();
    if let Some(alert) = incident.alerts.values_mut().next() {
        alert.description = endless;
    }
    let (md, page) = in_both(&incident, &Options::new(Lang::En));
    assert!(md.len() < 1_000_000 && page.len() < 1_000_000);
    assert!(md.contains("cut here: another 10,169,999 characters are in the notebook"), "{}", &md[..3000]);
}

#[test]
fn a_note_of_ten_thousand_levels_is_rendered() {
    let mut incident = intrusion();
    if let Some(note) = incident.notes.values_mut().next() {
        note.text = format!("{}deep\n\n{}x{}", ">".repeat(10_000), "[".repeat(10_000), "](".repeat(10_000));
        note.edited = at("13:00:00");
    }
    let (md, page) = in_both(&incident, &Options::new(Lang::En));
    assert!(md.contains("deep") && page.contains("deep"));
}
