//! The whole browser is killed in the middle of work: everything that the page had shown as saved is there afterwards. Where
//! the second copy that makes it so cannot be had, the page says how far back a kill could reach.

use std::time::Duration;

use crate::harness::find::Finds as _;
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::killing::{Dice, Victim};
use crate::steps::{en, import_text, small_export};

/// How many times the browser is killed here; `cargo xtask bench --kills` does it some hundred times.
const KILLS: u64 = 5;

pub fn tests() -> Vec<Test> {
    vec![
        test("kills::what_was_shown_as_saved_survives", killed),
        test("kills::what_was_shown_as_saved_survives_in_a_lab", killed_once).at(Place::Lab),
        test("kills::without_the_second_copy_the_page_says_how_far_back_a_kill_reaches", refused),
        test("kills::a_second_copy_that_does_not_answer_is_not_waited_for", silent),
        test("kills::a_record_that_was_lost_comes_back_from_the_second_copy", healed),
        test("kills::what_was_erased_stays_erased", erased),
    ]
}

fn killed(page: &Page) {
    let mut dice = Dice::any();
    let mut victim = Victim::prepare(page);
    for round in 0..KILLS {
        let after = Duration::from_millis(300 + dice.below(1_700));
        let early = (round % 2 == 1).then(|| Duration::from_millis(dice.below(400)));
        let outcome = victim.kill(page, after, early);
        assert!(outcome.saved.all() > 0, "nothing was shown as saved within {after:?}");
        assert_eq!(outcome.lost().all(), 0, "killed after {after:?}, then {early:?}: {outcome:?}");
        assert!(outcome.damage.is_empty(), "killed after {after:?}, then {early:?}: {}", outcome.damage);
        assert!(!page.text().contains(en().keeping.repair_title));
    }
}

fn killed_once(page: &Page) {
    let outcome = Victim::prepare(page).kill(page, Duration::from_millis(1_500), None);
    assert!(outcome.saved.all() > 0, "{outcome:?}");
    assert_eq!((outcome.lost().all(), outcome.damage.as_str()), (0, ""), "{outcome:?}");
}

fn refused(page: &Page) {
    // As in a private window of some browsers.
    page.before_every_page(
        "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } })",
    );
    page.open("#/incidents");
    page.sees(en().keeping.no_mirror_title);
    page.sees(en().keeping.mirror_refused);
    import_text(page, "first.json", &small_export("Kept in one place"));
    page.heading("Kept in one place").wait();
    page.sees(en().shell.saved_here);
    page.reload();
    page.heading("Kept in one place").wait();
}

fn silent(page: &Page) {
    page.before_every_page("IDBFactory.prototype.open = () => document.createElement('i')");
    page.open("#/incidents");
    page.sees(en().keeping.mirror_silent);
    import_text(page, "first.json", &small_export("Not waited for"));
    page.heading("Not waited for").wait();
    page.sees(en().shell.saved_here);
}

/// More incidents than go into the journal, so that each has a record of its own.
const MANY: usize = 130;

fn healed(page: &Page) {
    page.open("#/incidents");
    let many: Vec<String> = (0..MANY)
        .map(|number| {
            small_export(&format!("Twice there {number}")).replace("4711", &format!("{}", 5_000 + number))
        })
        .collect();
    import_text(page, "many.ndjson", &many.join("\n"));
    page.is_saved();
    let records = "Object.keys(localStorage).filter(key => key.startsWith('firsthour/1/i/'))";
    for damage in
        ["localStorage.removeItem(key)", "localStorage.setItem(key, localStorage[key].slice(0, -9))"]
    {
        page.open("#/incidents");
        // While some of them are being made dense there are two records of these.
        let script = format!(
            "const keys = {records}; if (keys.length === {MANY}) for (const key of keys) {damage}; return keys.length"
        );
        page.wait_until("there is a record for each incident", |page| page.evaluate(&script) == MANY);
        page.reload();
        page.link("Twice there 7").click();
        page.heading("Twice there 7").wait();
        page.sees(&(en().keeping.back_records)(MANY));
        assert!(!page.text().contains(en().keeping.repair_title));
    }
}

fn erased(page: &Page) {
    page.open("#/incidents");
    import_text(page, "first.json", &small_export("To be erased"));
    page.heading("To be erased").wait();
    page.open("#/settings");
    let words = &en().settings;
    page.button(words.erase_action).click();
    let dialog = page.dialog(words.erase_title);
    dialog.field(&(words.erase_label)(words.erase_word)).fill(words.erase_word);
    dialog.button(words.erase).click();
    dialog.wait_gone();
    page.is_saved();
    page.kill_browser();
    page.open("#/incidents");
    page.sees(en().incidents.empty_title);
}
