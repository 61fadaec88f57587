//! A strict reader of the report's HTML: its tags with their attributes, and a failure on anything else that has the
//! look of markup.

/// A tag. A closing tag's name begins with `/`.
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

/// Every tag of the page outside its style sheet.
pub fn tags(page: &str) -> Vec<Tag> {
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    let mut tags = Vec::new();
    for part in [head.strip_prefix("<!doctype html>").unwrap(), body] {
        let mut rest = part;
        while let Some(start) = rest.find('<') {
            assert!(!rest[..start].contains('>'), "a > outside a tag: {:?}", &rest[..start]);
            let end = rest[start..].find('>').unwrap() + start;
            tags.push(tag(&rest[start + 1..end]));
            rest = &rest[end + 1..];
        }
        assert!(!rest.contains('>'));
    }
    tags
}

fn tag(inside: &str) -> Tag {
    let inside = inside.strip_suffix('/').unwrap_or(inside);
    let (name, mut rest) = inside.split_once(' ').unwrap_or((inside, ""));
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '/');
    assert!(!name.is_empty() && is_name(name), "<{inside}>");
    let mut attributes = Vec::new();
    while !rest.trim().is_empty() {
        let (name, after) = rest.trim_start().split_once("=\"").unwrap_or_else(|| panic!("<{inside}>"));
        let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("<{inside}>"));
        assert!(is_name(name), "<{inside}>");
        attributes.push((name.to_owned(), value.to_owned()));
        rest = after;
    }
    Tag { name: name.to_owned(), attributes }
}
