//! The little that the build has to know about HTML: find elements in our own `index.html` and Trunk's output of it,
//! replace them, and put text inside a script without ending it.
//!
//! This reads documents we write ourselves, so it is a scanner and not a parser. It expects lower-case tag names,
//! quoted attribute values, and no `>` inside an attribute value.

use std::ops::Range;

use anyhow::{Context, Result, bail};

/// The document without its comments, which are for who reads the source.
pub fn without_comments(html: &str) -> Result<String> {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("<!--") {
        let length = rest[start..].find("-->").context("a comment in the page's HTML does not end")?;
        kept.push_str(&rest[..start]);
        rest = rest[start + length + "-->".len()..].trim_start();
    }
    kept.push_str(rest);
    Ok(kept)
}

/// Replaces the one tag that starts with `opening` (as `<link data-trunk rel="css"`), up to and including its `>`.
pub fn replace_tag(html: &str, opening: &str, replacement: &str) -> Result<String> {
    let mut found = html.match_indices(opening);
    let (start, _) = found.next().with_context(|| format!("the page's HTML has no `{opening} …>`"))?;
    if found.next().is_some() {
        bail!("the page's HTML has more than one `{opening} …>`");
    }
    let length =
        html[start..].find('>').with_context(|| format!("`{opening}` in the page's HTML does not end"))?;
    Ok([&html[..start], replacement, &html[start + length + 1..]].concat())
}

/// What stands inside each inline element `name` that a browser would execute or apply, in order of the document:
/// elements with a `src` and scripts of a data type are left out.
pub fn inline_contents<'a>(html: &'a str, name: &str) -> Result<Vec<&'a str>> {
    let mut contents = Vec::new();
    let mut from = 0;
    while let Some(element) = next_element(html, name, from)? {
        let attributes = &html[element.attributes];
        from = element.content.end;
        if !attributes.contains(" src=") && !is_data(attributes) {
            contents.push(&html[element.content]);
        }
    }
    Ok(contents)
}

/// Where the parts of an element stand in a document.
struct Element {
    attributes: Range<usize>,
    content: Range<usize>,
}

fn is_data(attributes: &str) -> bool {
    attributes.contains(" type=\"application/octet-stream\"")
}

/// The next element `name` at or after `from`.
fn next_element(html: &str, name: &str, from: usize) -> Result<Option<Element>> {
    let (opening, closing) = (format!("<{name}"), format!("</{name}>"));
    let mut search = from;
    while let Some(offset) = html[search..].find(&opening) {
        let attributes = search + offset + opening.len();
        search = attributes;
        if !html[attributes..].starts_with(['>', ' ', '\n']) {
            continue;
        }
        let content = attributes
            + html[attributes..].find('>').with_context(|| format!("`{opening}` does not end"))?
            + 1;
        let end = content
            + html[content..].find(&closing).with_context(|| format!("`{opening}` has no `{closing}`"))?;
        return Ok(Some(Element { attributes: attributes..content - 1, content: content..end }));
    }
    Ok(None)
}

/// JavaScript that may stand inside a `<script>` element: the three sequences that HTML would act on are written so
/// that they mean the same inside a JavaScript string and nothing to HTML.
pub fn script_text(javascript: &str) -> String {
    // https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements
    let mut text = String::with_capacity(javascript.len());
    let mut rest = javascript;
    while let Some(at) = rest.find('<') {
        let (before, tail) = rest.split_at(at);
        text.push_str(before);
        let hazard = ["<!--", "<script", "</script"]
            .into_iter()
            .find(|hazard| tail.get(..hazard.len()).is_some_and(|start| start.eq_ignore_ascii_case(hazard)));
        text.push_str(if hazard.is_some() { r"\x3C" } else { "<" });
        rest = &tail[1..];
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go() {
        assert_eq!(
            without_comments("<!doctype html>\n<!-- a > b -->\n<p>x</p>").unwrap(),
            "<!doctype html>\n<p>x</p>"
        );
        assert!(without_comments("<p><!-- ").is_err());
    }

    #[test]
    fn a_tag_is_replaced_whole_and_must_be_the_only_one() {
        let html = r#"<head><link data-trunk rel="css" href="a.css"><meta></head>"#;
        let replaced = replace_tag(html, r#"<link data-trunk rel="css""#, "<style>x</style>").unwrap();
        assert_eq!(replaced, "<head><style>x</style><meta></head>");
        assert!(replace_tag(html, "<base", "").is_err());
        assert!(replace_tag("<br><br>", "<br", "").is_err());
    }

    #[test]
    fn inline_scripts_are_found_and_others_left_out() {
        let html = "<script>one()</script><script src=\"two.js\"></script><script type=\"module\">\nthree()\n</script>\
                    <script type=\"application/octet-stream\" id=\"four\">AAAA</script><scripture>no</scripture>";
        assert_eq!(inline_contents(html, "script").unwrap(), ["one()", "\nthree()\n"]);
        assert!(inline_contents(html, "style").unwrap().is_empty());
        assert!(inline_contents("<script>no end", "script").is_err());
    }

    #[test]
    fn script_text_cannot_end_or_comment_out_its_element() {
        assert_eq!(
            script_text(r#"a = "</SCRIPT>" + "<!--" + "<script"; b = 1<2"#),
            r#"a = "\x3C/SCRIPT>" + "\x3C!--" + "\x3Cscript"; b = 1<2"#
        );
        assert_eq!(script_text("<"), "<");
        assert_eq!(script_text("<é"), "<é");
    }
}
