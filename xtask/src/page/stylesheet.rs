//! Joins the files of `style/` into the page's one style sheet, `target/style/firsthour.css`, which `index.html` links.
//!
//! The order is fixed, because in CSS the later of two equal rules wins: `tokens.css`, `base.css`, `parts/*.css`,
//! `pages/*.css`, `print.css`; by name within a folder. A new sheet takes part by lying in one of the two folders.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::project;

/// Where the joined sheet is written; `index.html` names the same path.
fn joined_path() -> PathBuf {
    project::root().join("target/style/firsthour.css")
}

/// Writes the joined sheet and returns it.
pub fn build() -> Result<String> {
    let folder = project::root().join("style");
    let mut css = String::new();
    for name in in_order(files_under(&folder)?)? {
        let path = folder.join(&name);
        let source = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        css.push_str(&without_comments(&source).with_context(|| format!("in {}", path.display()))?);
    }
    let path = joined_path();
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(|| format!("creating {}", parent.display()))?;
    }
    fs::write(&path, &css).with_context(|| format!("writing {}", path.display()))?;
    Ok(css)
}

/// The style sheets under `folder`, named by their path inside it with `/` between the parts.
fn files_under(folder: &Path) -> Result<Vec<String>> {
    let mut names = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).with_context(|| format!("reading {}", dir.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "css") {
                let inside = path.strip_prefix(folder)?;
                names.push(inside.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/"));
            }
        }
    }
    Ok(names)
}

/// `names` in the order in which they are joined. A sheet that has no place in it is refused, as it would be left out.
fn in_order(names: Vec<String>) -> Result<Vec<String>> {
    let mut placed = names.into_iter().map(|name| Ok((place(&name)?, name))).collect::<Result<Vec<_>>>()?;
    placed.sort();
    Ok(placed.into_iter().map(|(_, name)| name).collect())
}

fn place(name: &str) -> Result<u8> {
    Ok(match name.split_once('/') {
        None if name == "tokens.css" => 0,
        None if name == "base.css" => 1,
        Some(("parts", rest)) if !rest.contains('/') => 2,
        Some(("pages", rest)) if !rest.contains('/') => 3,
        None if name == "print.css" => 4,
        _ => bail!("style/{name} has no place in the order; put it into style/parts/ or style/pages/"),
    })
}

/// The sheet without its comments, which are for who reads the source. Strings are left alone.
fn without_comments(css: &str) -> Result<String> {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (before, tail) = rest.split_at(at);
        kept.push_str(before);
        let length = if tail.starts_with("/*") {
            tail.find("*/").context("a comment does not end")? + "*/".len()
        } else {
            let length = if tail.starts_with('/') { 1 } else { string_length(tail)? };
            kept.push_str(&tail[..length]);
            length
        };
        rest = &tail[length..];
    }
    kept.push_str(rest);
    let lines = kept.lines().map(str::trim_end).filter(|line| !line.is_empty());
    Ok(lines.fold(String::with_capacity(kept.len()), |text, line| text + line + "\n"))
}

/// The length of the string that `css` starts with, its quotes included.
fn string_length(css: &str) -> Result<usize> {
    let mut characters = css.char_indices();
    let quote = characters.next().map(|(_, quote)| quote);
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            characters.next();
        } else if Some(character) == quote {
            return Ok(at + 1);
        }
    }
    bail!("a string does not end")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_joined_in_the_order_of_the_cascade() {
        let names = [
            "print.css",
            "pages/incident.css",
            "parts/table.css",
            "base.css",
            "parts/dialog.css",
            "tokens.css",
        ];
        assert_eq!(
            in_order(names.map(str::to_owned).into()).unwrap(),
            [
                "tokens.css",
                "base.css",
                "parts/dialog.css",
                "parts/table.css",
                "pages/incident.css",
                "print.css"
            ]
        );
    }

    #[test]
    fn a_sheet_that_would_be_left_out_is_refused() {
        for name in ["extra.css", "parts/deep/x.css", "other/x.css"] {
            let error = in_order(vec![name.to_owned()]).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
    }

    #[test]
    fn comments_go_and_strings_stay() {
        let css =
            "/* a */\np::before { content: \"/* \\\" kept */\"; /* gone */ }\n\na { width: calc(1px / 2) }";
        assert_eq!(
            without_comments(css).unwrap(),
            "p::before { content: \"/* \\\" kept */\";  }\na { width: calc(1px / 2) }\n"
        );
        assert!(without_comments("a {} /* b").is_err());
        assert!(without_comments("a { content: \"b }").is_err());
    }
}
