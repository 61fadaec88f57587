//! Reading a large export against `JSON.parse` of the same file, and taking in what the other measurements need.

use std::path::Path;
use std::slice;

use firsthour::storage::saving::MANY;
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

/// Saves few incidents, which are packed densely at once, and many, which are packed quickly, and prints how long that
/// takes and for how long the page answers nobody meanwhile.
pub fn print_saving(page: &Page) {
    page.open("#/incidents");
    println!("\nsaving an import, from the decision until it is saved (ms)");
    println!("  {:34} {:>8} {:>8} {:>13}", "", "in all", "for each", "longest task");
    let mut before = f64::NAN;
    // The first takes what comes once only, such as reading the dictionary.
    for (said, numbers) in [
        (None, 1..=2),
        (Some("packed densely at once"), 11..=9 + MANY),
        (Some("packed quickly, dense later"), 1_001..=2_000),
    ] {
        let incidents = numbers.clone().count();
        let (time, longest) = save(page, &made_up::small(numbers));
        let each = time / f64::from(u32::try_from(incidents).unwrap_or(u32::MAX));
        if let Some(said) = said {
            let share = if before.is_nan() {
                String::new()
            } else {
                format!("   {:.2} of that for each", each / before)
            };
            let what = format!("{incidents} incidents, {said}");
            println!("  {what:42} {time:8.0} {each:8.2} {longest:8.0}{share}");
            before = each;
        }
    }
}

/// Imports the text; how long it takes to be saved, and the longest task of the page meanwhile, in milliseconds. A task of
/// less than fifty counts as none.
fn save(page: &Page, text: &str) -> (f64, f64) {
    page.evaluate("performance.clearMarks()");
    page.drop_bytes("bench.json", text.as_bytes());
    let agree = page.dialog(has("imported")).button(has("import"));
    agree.wait();
    page.evaluate(
        "window.longest = 0;
         window.watching = new PerformanceObserver(list =>
           list.getEntries().forEach(task => window.longest = Math.max(window.longest, task.duration)));
         window.watching.observe({ type: 'longtask' })",
    );
    agree.click();
    page.wait_until("the import is saved", |page| marks(page, "firsthour:saved") > 0);
    page.dialog(Name::Any).wait_gone();
    let time = page.evaluate(
        "const at = name => performance.getEntriesByName(name).at(-1).startTime;
         return at('firsthour:saved') - at('firsthour:act')",
    );
    let longest = page.evaluate("window.watching.disconnect(); return window.longest");
    page.open("#/incidents");
    (time.as_f64().unwrap_or(f64::NAN), longest.as_f64().unwrap_or(f64::NAN))
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
