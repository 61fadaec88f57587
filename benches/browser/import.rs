//! Reading a large export against `JSON.parse` of the same file, and taking in what the other measurements need.

use std::path::Path;
use std::slice;

use serde_json::json;

use crate::harness::find::{Finds as _, Name, has};
use crate::harness::page::Page;
use crate::{made_up, median};

/// How often the large file is read.
const TIMES: usize = 3;

/// Imports a file as a person does, up to the end.
pub fn take_in(page: &Page, text: &str) {
    page.drop_bytes("bench.json", text.as_bytes());
    page.dialog(has("imported")).button(has("import")).click();
    page.wait_until("the import is saved", |page| marks(page, "firsthour:saved") > 0);
}

/// Reads 20 MB both ways and prints the figures.
pub fn compare(page: &Page) {
    let text = made_up::large();
    let megabytes = f64::from(u32::try_from(text.len()).expect("less than 4 GB")) / 1e6;
    let file = page.file_with("bench-large.json", text.as_bytes());
    let parse = median((0..TIMES).map(|_| parse(page, &file)).collect());
    let import = median((0..TIMES).map(|_| import(page, &file)).collect());
    println!("\nreading a file of {megabytes:.1} MB, median of {TIMES}");
    println!("  {:34} {parse:8.0} ms {:8.1} MB/s", "JSON.parse", megabytes / parse * 1e3);
    let share = parse / import;
    println!(
        "  {:34} {import:8.0} ms {:8.1} MB/s   {share:.2} of JSON.parse",
        "First Hour, file to preview",
        megabytes / import * 1e3
    );
}

/// The browser's own parser, in the same page; the text is in memory before.
fn parse(page: &Page, file: &Path) -> f64 {
    const PARSE: &str = "const [input, done] = arguments;
        input.files[0].text().then(text => {
            const start = performance.now();
            const value = JSON.parse(text);
            const end = performance.now();
            done(value ? end - start : NaN);
        });";
    let input = page.evaluate(
        "const input = document.createElement('input'); input.type = 'file'; document.body.append(input); return input",
    );
    page.put_file(&input, file);
    let time = page.evaluate_async(PARSE, slice::from_ref(&input)).as_f64().unwrap_or(f64::NAN);
    page.evaluate_with("arguments[0].remove()", &[input]);
    time
}

/// Ours, from the file to the preview; nothing is taken in.
fn import(page: &Page, file: &Path) -> f64 {
    page.evaluate("performance.clearMarks()");
    page.drop_file(file);
    page.wait_until("the import has been read", |page| marks(page, "firsthour:import-end") > 0);
    let time = page.evaluate(
        "const at = name => performance.getEntriesByName(name).at(-1).startTime;
         return at('firsthour:import-end') - at('firsthour:import-start')",
    );
    page.press(&["Escape"]);
    page.dialog(Name::Any).wait_gone();
    time.as_f64().unwrap_or(f64::NAN)
}

/// How many marks of this name the page has set.
pub fn marks(page: &Page, name: &str) -> u64 {
    page.evaluate_with("return performance.getEntriesByName(arguments[0]).length", &[json!(name)])
        .as_u64()
        .unwrap_or(0)
}
