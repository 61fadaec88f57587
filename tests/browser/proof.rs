//! The log proves itself: Verify says that it is whole, and after a backup was changed by hand names the entry.

use firsthour::formats::backup;

use crate::backup::{erase, save};
use crate::harness::find::Finds as _;
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::steps::{en, import_text, small_export};

pub fn tests() -> Vec<Test> {
    vec![
        test("proof::a_changed_entry_is_named_at_import_in_the_incident_and_in_settings", changed),
        test("proof::the_log_is_whole_from_disk", whole).at(Place::SingleFile),
    ]
}

/// An incident with a few entries in its log, open at its log. Returns its address.
fn logged(page: &Page) -> String {
    page.open("#/incidents");
    import_text(page, "one.json", &small_export("Who changed this"));
    page.button(en().incident.take).number(0).click();
    page.sees(en().incident.taken);
    let address = page.route();
    page.go(&format!("{address}/activity"));
    page.field(en().incident.comment).fill("We saw it first.");
    page.button(en().incident.comment_add).click();
    page.sees("We saw it first.");
    address
}

fn whole(page: &Page) {
    let address = logged(page);
    let texts = &en().proof;
    page.button(texts.verify).click();
    page.sees(texts.fits);
    // The same after the page read it from storage again.
    page.reload();
    page.open(&format!("{address}/activity"));
    page.button(texts.verify).click();
    page.sees(texts.fits);
    page.button(texts.show_hashes).click();
    page.button(texts.hide_hashes).wait();
    let backup = backup::read(&save(page).text()).unwrap();
    let log = &backup.incidents[0].activity;
    page.go(&format!("{address}/activity"));
    page.button(texts.show_hashes).click();
    for entry in log {
        page.sees(&entry.chain.as_ref().unwrap().hash.to_string());
    }
    page.open("#/settings");
    page.button(texts.verify_all).click();
    page.sees(&(texts.all_logs_fit)(log.len() + backup.preparation.log.len(), 1));
}

fn changed(page: &Page) {
    let address = logged(page);
    let texts = &en().proof;
    let file = save(page);
    erase(page);
    let changed = file.text().replace("We saw it first.", "We saw it last.");
    assert_ne!(changed, file.text());
    let faults = backup::read(&changed).unwrap().faults;
    let place = faults[0].fault.place.as_ref().unwrap();
    let named = format!("entry {} (", place.number);

    page.drop_bytes("changed.json", changed.as_bytes());
    let dialog = page.dialog(en().import.restore_title);
    dialog.button(&(en().import.restore_these)(1)).wait();
    page.sees(texts.backup_warning);
    page.sees(&named);
    dialog.button(&(en().import.restore_these)(1)).click();
    dialog.wait_gone();

    page.open(&format!("{address}/activity"));
    page.button(texts.verify).click();
    page.sees(texts.does_not_fit);
    page.sees(&named);
    page.open("#/settings");
    page.button(texts.verify_all).click();
    page.sees(texts.does_not_fit);
    page.sees(&named);
    page.sees("Who changed this");
}
