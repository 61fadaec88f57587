//! Everything can be taken away in one file and brought back: save, erase, restore, and the notebook is the same again.

use crate::harness::files::Download;
use crate::harness::find::{Finds as _, Name, has};
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::steps::{en, import_text, small_export, take_the_guided_incident};

pub fn tests() -> Vec<Test> {
    vec![
        test("backup::save_erase_and_restore_give_the_same_notebook", round_trip),
        test("backup::save_erase_and_restore_from_disk", round_trip).at(Place::SingleFile),
        test("backup::erasing_is_undone", erasing_is_undone),
    ]
}

fn round_trip(page: &Page) {
    page.open("#/settings");
    page.field(en().settings.author).fill("Ada Responder");
    page.press(&["Tab"]);
    page.open("#/incidents");
    take_the_guided_incident(page);
    page.button(en().incident.take).number(0).click();
    page.sees(en().incident.taken);
    let address = page.route();
    let step = page.region(en().incident.checklist).checkbox(Name::Any).number(0);
    step.click();
    page.wait_until("the step is ticked", |_| step.state("checked") == "true");
    import_text(page, "second.json", &small_export("A second incident"));

    let first = save(page);
    assert!(first.text().contains("Ada Responder"), "the backup does not name who did what");
    assert_eq!(save(page).bytes, first.bytes, "the same notebook saved twice gives two different files");

    erase(page);
    page.reload();
    page.open("#/incidents");
    page.sees(en().incidents.empty_title);

    page.drop_bytes(&first.name, &first.bytes);
    let dialog = page.dialog(en().import.restore_title);
    dialog.button(&(en().import.restore_these)(2)).click();
    dialog.wait_gone();
    page.open("#/incidents");
    page.sees("A second incident");
    page.reload();
    page.open(&address);
    let step = page.region(en().incident.checklist).checkbox(Name::Any).number(0);
    assert_eq!(step.state("checked"), "true", "the tick did not come back");
    let second = save(page).text();
    assert_eq!(incidents(&second), incidents(&first.text()), "what came back is not what was saved");
    assert!(second.contains("incidentsDeleted"), "the notebook's own log does not say what happened");
}

/// The part of a backup that holds the incidents: the notebook's own log says that they were gone for a while.
fn incidents(backup: &str) -> &str {
    backup.split("\"preparation\":").next().unwrap_or_default()
}

/// Saves a backup file.
#[track_caller]
pub fn save(page: &Page) -> Download {
    page.open("#/settings");
    page.download(|page| page.button(en().settings.backup_save).number(0).click())
}

/// Erases everything, as a person does in the settings.
#[track_caller]
pub fn erase(page: &Page) {
    let texts = &en().settings;
    page.open("#/settings");
    page.button(texts.erase_action).click();
    let dialog = page.dialog(texts.erase_title);
    dialog.field(&(texts.erase_label)(texts.erase_word)).fill(texts.erase_word);
    dialog.button(texts.erase).click();
    dialog.wait_gone();
    page.sees(texts.erase_nothing);
}

fn erasing_is_undone(page: &Page) {
    page.open("#/incidents");
    import_text(page, "one.json", &small_export("Not lost"));
    page.heading(has("Not lost")).wait();
    erase(page);
    page.button(en().parts.undo).click();
    page.open("#/incidents");
    page.sees("Not lost");
    page.reload();
    page.sees("Not lost");
}
