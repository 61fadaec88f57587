//! Keeping: what was done is there again after a reload and after the browser closed; a full store refuses without losing anything.

use crate::harness::find::Finds as _;
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::steps::{en, import_text, small_export};

pub fn tests() -> Vec<Test> {
    vec![
        test("storage::the_browser_closes_and_opens_again", reopened),
        test("storage::the_browser_closes_and_opens_again_from_disk", reopened).at(Place::SingleFile),
        test("storage::a_full_store_refuses_and_loses_nothing", full),
        test("storage::a_browser_that_keeps_nothing_says_so", blocked),
    ]
}

fn reopened(page: &Page) {
    page.open("#/incidents");
    import_text(page, "kept.json", &small_export("Kept for later"));
    page.heading("Kept for later").wait();
    let address = page.route();
    page.restart_browser();
    page.open(&address);
    page.heading("Kept for later").wait();
    page.open("#/incidents");
    page.sees("Kept for later");
}

fn full(page: &Page) {
    page.open("#/incidents");
    import_text(page, "first.json", &small_export("There before"));
    page.heading("There before").wait();
    // Something else at this address takes what room is left.
    page.evaluate(
        "let size = 4194304;
         for (let number = 0; size >= 1; number++) {
           try { localStorage.setItem('somebody-else/' + number, 'x'.repeat(size)); } catch { size >>= 1; }
         }",
    );
    page.reload();
    let before = notebook(page);
    page.open("#/incidents");
    let second = small_export("Does not fit").replace("4711", "4712");
    page.drop_bytes("second.json", second.as_bytes());
    page.dialog(en().import.preview_title).button(&(en().import.import_these)(1)).click();
    page.sees("so nothing was changed");
    assert_eq!(notebook(page), before, "a refused write has changed what is kept");

    // There is room again, and everything is as it was.
    page.evaluate("for (const key of Object.keys(localStorage)) if (key.startsWith('somebody-else/')) localStorage.removeItem(key)");
    page.reload();
    page.open("#/incidents");
    page.sees("There before");
    assert!(!page.text().contains("Does not fit"), "a refused import is there after all");
}

/// What is kept of the notebook, by key.
fn notebook(page: &Page) -> String {
    page.evaluate(
        "return JSON.stringify(Object.keys(localStorage).filter(key => key.startsWith('firsthour/1/')).sort()
           .map(key => [key, localStorage.getItem(key)]))",
    )
    .as_str()
    .unwrap_or_default()
    .to_owned()
}

fn blocked(page: &Page) {
    // As where site data is blocked for an address: reading the property throws.
    let source = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } })";
    page.before_every_page(source);
    page.open("#/incidents");
    page.sees(en().keeping.blocked_title);
    import_text(page, "passing.json", &small_export("Until the page closes"));
    page.heading("Until the page closes").wait();
}
