//! Two people work on one incident, each in a notebook of their own, and become one again by a file: everything of both is
//! there, what both changed is shown with who and when, and taking it back and doing it again works as with any edit.

use firsthour::model::taxonomy::Severity;

use crate::harness::files::Download;
use crate::harness::find::{Finds as _, Target, has};
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::steps::{en, import_text, small_export};

pub fn tests() -> Vec<Test> {
    vec![
        test("merge::two_copies_become_one_and_the_conflict_is_shown", two_copies),
        test("merge::two_copies_become_one_in_a_lab", two_copies).at(Place::Lab),
        test("merge::the_other_value_can_be_chosen", other_value),
        test("merge::a_backup_can_be_restored_instead", restored_instead),
        test("merge::chosen_incidents_are_saved_as_one_file", several_in_one_file),
    ]
}

const NAME: &str = "Shared incident";

/// Ada and Bob begin with one file. Bob calls it low and comments; Ada calls it high. Gives Bob's file; the page is Ada's.
fn diverge(page: &Page) -> Download {
    sign_as(page, "Ada");
    page.open("#/incidents");
    import_text(page, "shared.json", &small_export(NAME));
    page.heading(has(NAME)).wait();
    let start = save_incident(page);
    assert_eq!(start.name, "incident-shared-incident.json");

    move_in(page, "Bob", &start);
    set_severity(page, &Severity::Low);
    let address = page.route();
    page.open(&format!("{address}/activity"));
    page.field(en().incident.comment).fill("Called the user");
    page.button(en().incident.comment_add).click();
    page.sees("Called the user");
    page.open(&address);
    page.heading(has(NAME)).wait();
    let from_bob = save_incident(page);

    move_in(page, "Ada", &start);
    set_severity(page, &Severity::High);
    from_bob
}

fn two_copies(page: &Page) {
    let from_bob = diverge(page);
    let address = page.route();

    page.drop_bytes("from-bob.json", &from_bob.bytes);
    let dialog = page.dialog(en().merge.title);
    dialog.wait();
    page.sees(&en().merge.conflicts(1));
    let conflict = dialog.region(has(en().fields.settable("severity").as_ref()));
    let text = conflict.text();
    for part in ["High", "Low", "Ada", "Bob"] {
        assert!(text.to_lowercase().contains(&part.to_lowercase()), "{part} is not in the conflict: {text}");
    }
    agree(&dialog);
    page.sees(&(en().merge.merged)(1, "from-bob.json"));
    // Ada wrote later, so hers shows; Bob's comment is there, and the log keeps the conflict.
    severity_button(page, &Severity::High).wait();
    page.open(&format!("{address}/activity"));
    page.sees("Called the user");
    page.sees("low is overruled (Bob");

    page.press(&["Ctrl+z"]);
    page.sees_no_more("Called the user");
    page.press(&["Ctrl+y"]);
    page.sees("Called the user");

    // Once more brings nothing, also after a reload.
    page.reload();
    page.sees("Called the user");
    page.drop_bytes("from-bob.json", &from_bob.bytes);
    page.sees(en().import.nothing_new_text);
    page.press(&["Escape"]);

    // Taken back and merged again, as if for the first time.
    page.dialog(en().merge.title).wait_gone();
    page.open(&address);
    page.heading(has(NAME)).wait();
}

fn other_value(page: &Page) {
    let from_bob = diverge(page);
    page.drop_bytes("from-bob.json", &from_bob.bytes);
    let dialog = page.dialog(en().merge.title);
    let conflict = dialog.region(has(en().fields.settable("severity").as_ref()));
    conflict.look(&["radio"], has("Bob")).click();
    agree(&dialog);
    severity_button(page, &Severity::Low).wait();
    page.press(&["Ctrl+z"]);
    severity_button(page, &Severity::High).wait();

    // What was taken back can be merged again.
    page.drop_bytes("from-bob.json", &from_bob.bytes);
    let dialog = page.dialog(en().merge.title);
    page.sees(&en().merge.conflicts(1));
    agree(&dialog);
    severity_button(page, &Severity::High).wait();
}

fn restored_instead(page: &Page) {
    let from_bob = diverge(page);
    set_severity(page, &Severity::Medium);
    page.drop_bytes("from-bob.json", &from_bob.bytes);
    let merging = page.dialog(en().merge.title);
    merging.look(&["radio"], has(en().merge.replace)).click();
    let restoring = page.dialog(en().import.restore_title);
    restoring.wait();
    // Ada's is newer, so that nothing of Bob's would replace it.
    page.sees(&(en().import.as_they_are)(0, 1));
    restoring.look(&["radio"], has(en().merge.merge)).click();
    page.dialog(en().merge.title).wait();
    page.press(&["Escape"]);
    page.dialog(en().merge.title).wait_gone();
    severity_button(page, &Severity::Medium).wait();
}

fn several_in_one_file(page: &Page) {
    page.open("#/incidents");
    import_text(page, "one.json", &small_export("One"));
    let second = small_export("Two").replace("\"4711\"", "\"4712\"");
    page.open("#/incidents");
    import_text(page, "two.json", &second);
    page.open("#/incidents");
    page.sees("Two");
    page.checkbox(en().parts.select_all).click();
    page.sees(&(en().parts.selected)(2));
    page.button(en().merge.save_chosen).click();
    let file = save_as_file(page, 2);
    assert_eq!(file.name, "2-incidents.json");
    let backup = firsthour::formats::backup::read(&file.text()).unwrap();
    assert_eq!(backup.incidents.len(), 2);
    assert!(backup.faults.is_empty(), "{:?}", backup.faults);
}

fn sign_as(page: &Page, name: &str) {
    page.open("#/settings");
    page.field(en().settings.author).fill(name);
    page.press(&["Tab"]);
}

/// Somebody else sits down at an empty notebook and opens the file.
fn move_in(page: &Page, name: &str, start: &Download) {
    let texts = &en().settings;
    page.open("#/settings");
    page.button(texts.erase_action).click();
    let dialog = page.dialog(texts.erase_title);
    dialog.field(&(texts.erase_label)(texts.erase_word)).fill(texts.erase_word);
    dialog.button(texts.erase).click();
    dialog.wait_gone();
    sign_as(page, name);
    page.open("#/incidents");
    page.sees(en().incidents.empty_title);
    page.drop_bytes(&start.name, &start.bytes);
    let dialog = page.dialog(en().import.restore_title);
    dialog.button(&(en().import.restore_these)(1)).click();
    dialog.wait_gone();
    page.heading(has(NAME)).wait();
}

fn severity_button<'a>(page: &'a Page, severity: &Severity) -> Target<'a> {
    page.region(en().incident.severity).button(en().vocabulary.severity(severity).as_ref())
}

fn set_severity(page: &Page, severity: &Severity) {
    page.region(en().incident.severity).button(has("")).click();
    page.menu_item(en().vocabulary.severity(severity).as_ref()).click();
    severity_button(page, severity).wait();
}

fn save_incident(page: &Page) -> Download {
    page.button(en().parts.more_actions).click();
    page.menu_item(en().merge.save_incident).click();
    save_as_file(page, 1)
}

fn save_as_file(page: &Page, incidents: usize) -> Download {
    let title = (en().merge.save_title)(incidents);
    let file = page.download(|page| page.dialog(&title).button(en().merge.save).click());
    page.dialog(&title).wait_gone();
    file
}

fn agree(dialog: &Target) {
    dialog.button(&(en().merge.merge_these)(1)).click();
    dialog.wait_gone();
}
