//! What is large goes in steps: an import is taken back and done again, and leaves as a file, while the page answers; it can
//! be stopped on the way. Prints for how long the page answered nobody.

use firsthour::formats::export::ExportId;
use firsthour::formats::read;
use firsthour::words::Lang;

use crate::harness::find::Finds as _;
use crate::harness::page::Page;
use crate::harness::visit::{Test, test};
use crate::made_up;
use crate::steps::{agree, en};

pub fn tests() -> Vec<Test> {
    vec![
        test("large::an_import_is_taken_back_done_again_and_exported_in_steps", |page| in_steps(page, 600)),
        test("large::redoing_is_stopped_and_leaves_everything_as_it_was", stopped),
        test("large::ten_thousand_incidents", |page| in_steps(page, 10_000)).patient().only_when_asked(),
    ]
}

/// Takes so many incidents in, from the list.
#[track_caller]
fn take_in(page: &Page, count: usize) {
    page.open("#/incidents");
    page.drop_bytes("large.json", made_up::small(1..=count).as_bytes());
    agree(page, count);
    shows(page, count);
}

/// Waits until the list has so many incidents.
#[track_caller]
fn shows(page: &Page, count: usize) {
    page.wait_until(&format!("{count} incidents are listed"), |page| match count {
        0 => page.text().contains(en().incidents.empty_title),
        _ => page.text().contains(&(en().incidents.shown)(count, count)),
    });
}

/// Does it and prints the longest task of the page meanwhile, in milliseconds; the browser counts those of fifty and more.
#[track_caller]
fn watched(page: &Page, what: &str, act: impl FnOnce()) {
    page.evaluate(
        "window.longest = 0;
         window.watching = new PerformanceObserver(list =>
           list.getEntries().forEach(task => window.longest = Math.max(window.longest, task.duration)));
         window.watching.observe({ type: 'longtask' })",
    );
    act();
    let longest = page.evaluate("window.watching.disconnect(); return window.longest");
    println!("{what}: longest task {longest} ms");
}

fn in_steps(page: &Page, count: usize) {
    take_in(page, count);
    watched(page, &format!("{count} incidents, taken back"), || {
        page.press(&["Ctrl+z"]);
        shows(page, 0);
    });
    watched(page, &format!("{count} incidents, done again"), || {
        page.press(&["Ctrl+y"]);
        shows(page, count);
    });
    page.dialog(en().keeping.large_title).wait_gone();
    for id in [ExportId::Misp, ExportId::EntitiesCsv, ExportId::Timesketch] {
        page.checkbox(en().parts.select_all).click();
        page.sees(&(en().parts.selected)(count));
        page.button(en().merge.save_chosen).click();
        let title = (en().merge.save_title)(count);
        let dialog = page.dialog(title.as_str());
        dialog.combobox(en().exporting.kind).choose(Lang::En.export_name(id));
        page.sees_no_more(en().exporting.looking);
        let mut file = None;
        watched(page, &format!("{count} incidents as {id:?}"), || {
            file = Some(page.download(|_| dialog.button(en().exporting.save).click()));
        });
        let file = file.unwrap();
        dialog.wait_gone();
        match id {
            ExportId::Misp => assert_eq!(read(file.text()).unwrap().incidents.len(), count),
            ExportId::EntitiesCsv => assert!(file.text().lines().count() > count),
            _ => assert!(file.text().lines().count() >= count),
        }
        page.checkbox(en().parts.select_all).click();
    }
}

fn stopped(page: &Page) {
    take_in(page, 4_000);
    page.press(&["Ctrl+z"]);
    shows(page, 0);
    page.press(&["Ctrl+y"]);
    let dialog = page.dialog(en().keeping.large_title);
    dialog.wait();
    dialog.button(en().parts.cancel).click();
    dialog.wait_gone();
    shows(page, 0);
    page.reload();
    shows(page, 0);
}
