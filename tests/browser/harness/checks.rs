//! What must hold on every page: nothing in the console, no request beyond the page's own files, nothing for axe-core to find.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use serde_json::{Value, json};

use super::page::{Page, shortened};
use super::visit::Place;

/// The page has complained of nothing and asked for nothing but its own files. Every test ends with this.
#[track_caller]
pub fn quiet(page: &Page) {
    page.gather();
    // A complaint that comes with every drawing is told once.
    let complaints: BTreeSet<String> = page
        .record
        .console
        .borrow()
        .iter()
        .filter(|(level, text)| (level == "SEVERE" || level == "WARNING") && !is_about_a_download(text))
        .map(|(level, text)| format!("{level} {}", shortened(text, 400)))
        .collect();
    let listed = Vec::from_iter(complaints).join("\n");
    assert!(listed.is_empty(), "the browser's console has complaints:\n{listed}");
    own_files_only(page);
}

/// Chromium's remark about every file that a page on plain http hands over, also one that it made itself.
fn is_about_a_download(text: &str) -> bool {
    text.contains("blob:http://") && text.contains("was loaded over an insecure connection")
}

#[track_caller]
fn own_files_only(page: &Page) {
    let requests = page.record.requests.borrow();
    let stray: Vec<&String> = requests.iter().filter(|address| !is_own(page, address)).collect();
    assert!(stray.is_empty(), "the page asked for what is not its own: {stray:?}");
    assert!(!requests.is_empty(), "the browser has recorded no request, so this check means nothing");
    let Some(server) = &page.server else { return };
    for request in server.received() {
        let asked = format!("{} of {}", request.path, request.host);
        assert_eq!(request.status, 200, "the page asked for a file that is not there: {asked}");
        assert!(page.base().contains(&request.host), "the page called the server by another name: {asked}");
    }
}

/// Whether an address is one of the page's files or holds its content itself. An object address is of the page's own making.
fn is_own(page: &Page, address: &str) -> bool {
    let own_file = match page.plan.place {
        // The whole page is one file; a second one would already be too many.
        Place::SingleFile => address.split('#').next() == Some(page.base()),
        _ => address.starts_with(page.base()),
    };
    own_file || address.starts_with("data:") || address.starts_with("blob:") || address == "about:blank"
}

/// Nothing on the page is wider than its window.
#[track_caller]
pub fn fits(page: &Page, what: &str) {
    let sideways = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert_eq!(page.evaluate(sideways), 0, "{what} scrolls sideways");
}

/// Takes a picture of what was looked at, named after the window and its colours. It has to fit into the window.
#[track_caller]
pub fn picture(page: &Page, what: &str) {
    fits(page, what);
    let (theme, width) = (
        page.evaluate("return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'"),
        page.evaluate("return innerWidth < 600 ? 'narrow' : 'wide'"),
    );
    let name = format!("{what}-{}-{}", width.as_str().unwrap(), theme.as_str().unwrap());
    page.screenshot(&name).unwrap();
}

/// What axe-core finds on the page as it is shown now must be nothing.
///
/// Where npm could not provide axe-core, `cargo xtask test` has said so and this checks nothing.
#[track_caller]
pub fn accessible(page: &Page, what: &str) {
    let Some(axe) = &page.world.environment.axe else { return };
    if page.evaluate("return typeof window.axe === 'undefined'") == true {
        let source =
            fs::read_to_string(axe).unwrap_or_else(|error| panic!("reading {}: {error}", axe.display()));
        page.evaluate(&format!("{source}\nwindow.axe = axe;"));
    }
    // Preloading would fetch the page's style sheets a second time.
    let options = json!({ "resultTypes": ["violations"], "preload": false });
    let found = page.evaluate_async(
        "const [options, done] = arguments;
         window.axe.run(document, options).then(result => done(result.violations), error => done(String(error)));",
        &[options],
    );
    let Some(violations) = found.as_array() else { panic!("axe-core could not look at {what}: {found}") };
    assert!(violations.is_empty(), "axe-core on {what}:\n{}", readable(violations));
}

fn readable(violations: &[Value]) -> String {
    let mut text = String::new();
    for violation in violations {
        let word = |key: &str| violation[key].as_str().unwrap_or_default().to_owned();
        let _ = writeln!(text, "- {} ({}): {}", word("id"), word("impact"), word("help"));
        let nodes = violation["nodes"].as_array().map(Vec::as_slice).unwrap_or_default();
        for node in nodes.iter().take(5) {
            let html = node["html"].as_str().unwrap_or_default();
            let why = node["failureSummary"].as_str().unwrap_or_default().replace('\n', " ");
            let _ = writeln!(
                text,
                "    {} {}\n      {}",
                node["target"],
                shortened(html, 200),
                shortened(&why, 300)
            );
        }
        if nodes.len() > 5 {
            let _ = writeln!(text, "    … and {} more", nodes.len() - 5);
        }
    }
    text
}
