//! Reminded: when something has been in no backup for long, the page says so, one press takes one, and then the browser can
//! be asked to keep the notebook.

use serde_json::json;

use crate::harness::checks::accessible;
use crate::harness::find::Finds as _;
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::steps::{en, import_text, small_export};

pub fn tests() -> Vec<Test> {
    vec![
        test("reminders::an_old_notebook_asks_for_a_backup_and_one_press_takes_it", reminded),
        test("reminders::a_reminder_can_be_put_off", put_off),
        test("reminders::nobody_is_reminded_in_the_first_hour", quiet_at_first),
        test("reminders::a_lab_is_told_that_the_browser_promises_nothing", lab).at(Place::Lab),
        test("reminders::safari_users_are_told_of_the_seven_days", seven_days),
    ]
}

/// An incident that has been in no backup for so many days.
fn unsaved_for(page: &Page, days: u32) {
    page.open("#/incidents");
    import_text(page, "old.json", &small_export("Not in any backup"));
    page.heading("Not in any backup").wait();
    page.evaluate_with(
        "localStorage.setItem('firsthour/backup', JSON.stringify({ edits: 0, since: Date.now() - arguments[0] * 86400000 }))",
        &[json!(days)],
    );
    page.reload();
}

fn reminded(page: &Page) {
    let (words, care) = (en(), &en().care);
    unsaved_for(page, 40);
    page.sees(care.remind_title);
    accessible(page, "the reminder");
    let backup = page.download(|page| page.button(words.settings.backup_save).number(0).click());
    assert!(backup.text().contains("Not in any backup"));
    page.sees_no_more(care.remind_title);
    page.sees("Last backup");

    page.sees(care.persist_title);
    page.button(care.persist_ask).click();
    page.sees_no_more(care.persist_title);
    page.open("#/settings");
    let text = page.text();
    assert!([care.persist_yes, care.persist_no].iter().any(|answer| text.contains(answer)), "{text}");
    page.reload();
    assert!(!page.text().contains(care.persist_title), "the page asks again what was answered");

    // The foot says what came since.
    page.open("#/incidents");
    page.link("Not in any backup").number(0).click();
    page.button(words.incident.take).number(0).click();
    page.sees(&(care.foot_unsaved)(&words.amounts.changes(1)));
}

fn put_off(page: &Page) {
    let care = &en().care;
    unsaved_for(page, 8);
    page.sees(care.remind_title);
    page.button(care.remind_later).click();
    page.sees_no_more(care.remind_title);
    page.reload();
    assert!(!page.text().contains(care.remind_title), "what was put off is back at once");
}

fn quiet_at_first(page: &Page) {
    let care = &en().care;
    page.open("#/incidents");
    import_text(page, "new.json", &small_export("Just begun"));
    page.heading("Just begun").wait();
    page.reload();
    let text = page.text();
    assert!(!text.contains(care.remind_title) && !text.contains(care.persist_title), "{text}");
    page.sees(en().shell.backup_never);
}

fn lab(page: &Page) {
    page.open("#/settings");
    page.sees(en().care.persist_unavailable);
}

fn seven_days(page: &Page) {
    let care = &en().care;
    page.open("#/settings");
    assert!(!page.text().contains(care.a_week), "others than Safari's users are told of its seven days");
    let agent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15";
    page.devtools("Emulation.setUserAgentOverride", json!({ "userAgent": agent })).unwrap();
    page.reload();
    page.sees(care.a_week);
}
