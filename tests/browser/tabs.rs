//! One notebook in two tabs: one writes, the other reads and says so.

use firsthour::words::Lang;

use crate::harness::find::Finds as _;
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};

pub fn tests() -> Vec<Test> {
    vec![
        test("tabs::the_second_tab_reads_and_can_take_over", second_tab),
        // Plain http has no Web Locks, so this must not depend on them.
        test("tabs::the_second_tab_reads_in_a_lab_too", second_tab).at(Place::Lab),
    ]
}

fn second_tab(page: &Page) {
    let words = &Lang::En.words().keeping;
    page.open("#/incidents");
    let first = page.tab();
    assert!(!page.text().contains(words.other_tab_title), "the only tab thinks there is another");

    let second = page.open_tab("#/incidents");
    page.sees(words.other_tab_title);
    page.sees(Lang::En.words().shell.read_only);

    page.button(words.take_over).click();
    page.sees_no_more(words.other_tab_title);
    page.look_at_tab(&first);
    page.sees(words.other_tab_title);

    // Closing the tab that writes gives the notebook back.
    page.look_at_tab(&second);
    page.close_tab();
    page.look_at_tab(&first);
    page.sees_no_more(words.other_tab_title);
}
