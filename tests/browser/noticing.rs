//! The checks themselves: a check that cannot fail would make every other test worthless.

use std::panic::{self, AssertUnwindSafe};

use crate::harness::checks;
use crate::harness::page::Page;
use crate::harness::visit::{Test, test};

pub fn tests() -> Vec<Test> {
    vec![
        test("noticing::a_complaint_in_the_console", complaint),
        test("noticing::a_request_to_somewhere_else", request),
        test("noticing::a_button_without_a_name", nameless),
    ]
}

fn complaint(page: &Page) {
    page.open("#/incidents");
    page.evaluate("console.error('made to be noticed')");
    notices(page, "made to be noticed", checks::quiet);
}

fn request(page: &Page) {
    page.open("#/incidents");
    // The page's policy stops it, and the browser says so.
    page.evaluate_async(
        "const done = arguments[0]; fetch('https://elsewhere.example/').then(done, () => done())",
        &[],
    );
    notices(page, "elsewhere.example", checks::quiet);
}

fn nameless(page: &Page) {
    page.open("#/incidents");
    if page.world.environment.axe.is_none() {
        return;
    }
    page.evaluate("document.querySelector('main').append(document.createElement('button'))");
    notices(page, "button-name", |page| checks::accessible(page, "a page with a button without a name"));
}

/// Whether `check` fails and says `what`; the page is quiet again afterwards.
#[track_caller]
fn notices(page: &Page, what: &str, check: impl Fn(&Page)) {
    let failure =
        panic::catch_unwind(AssertUnwindSafe(|| check(page))).expect_err("the check noticed nothing");
    let said = failure.downcast_ref::<String>().expect("the check says what it noticed");
    assert!(said.contains(what), "{said}");
    page.record.console.borrow_mut().clear();
}
