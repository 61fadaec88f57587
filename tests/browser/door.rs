//! The one door: tables of any shape with their columns corrected and questions answered, values that may be something
//! else, sources that go into an incident that is there, and what is left out of them.

use firsthour::formats::{Meaning, RowsAre};
use firsthour::words::Words;

use crate::harness::checks::accessible;
use crate::harness::find::{Finds as _, has};
use crate::harness::page::Page;
use crate::harness::visit::{Test, test};
use crate::steps::{agree, en, import_text, small_export};

/// Alerts with a column that nobody knows, dates that can be read two ways and times without a zone.
const TABLE: &str = "Alert;Ernst;Werkplek;Seen;Note to self\n\
    Odd sign-in;Hoog;PC-1;03/04/2026 09:00;anna\n\
    Odder sign-in;Laag;PC-2;04/05/2026 10:30;ben\n";

/// A log with a time and a text, under names that say little.
const LOG: &str = "Wanneer;Wat;Waar\n\
    24-11-2026 08:30;Mail geopend door de gebruiker;PC-1\n\
    24-11-2026 08:45;Gebeld met de helpdesk;PC-1\n";

/// A layer of the ATT&CK Navigator with a legend.
const LAYER: &str = r##"{"name": "Coverage", "versions": {"layer": "4.5"}, "domain": "enterprise-attack",
    "legendItems": [{"label": "seen twice", "color": "#ff00ff"}],
    "techniques": [{"techniqueID": "T1059", "score": 75, "comment": "seen on the server", "color": "#FF00FF"}]}"##;

/// A CACAO playbook with a fork.
const FORKED: &str = r#"{"type": "playbook", "spec_version": "cacao-2.0", "name": "Worm",
    "id": "playbook--1b5b1b5b-0000-4000-8000-000000000009", "created_by": "identity--1b5b1b5b-0000-4000-8000-000000000002",
    "created": "2026-11-24T12:00:00.000Z", "modified": "2026-11-24T12:00:00.000Z", "workflow_start": "start--0",
    "workflow": {"start--0": {"type": "start", "on_completion": "if--1"},
        "if--1": {"type": "if-condition", "name": "Does it spread?", "condition": "more than one host",
            "on_true": "action--a", "on_completion": "action--b"},
        "action--a": {"type": "action", "name": "Disconnect the segment", "on_completion": "end--0"},
        "action--b": {"type": "action", "name": "Tell the owner", "on_completion": "end--0"},
        "end--0": {"type": "end"}}}"#;

const REPORT: &str = "Report on Spring\n\nIt dropped update.zip and talked to evil[.]com.\n";

pub fn tests() -> Vec<Test> {
    vec![
        test("door::a_table_is_corrected_answered_unticked_and_undone", a_table),
        test("door::what_may_be_something_else_is_asked_in_the_dark", doubts).dark(),
        test("door::a_table_is_explained_on_a_narrow_page", narrow).narrow(),
        test("door::a_source_goes_into_the_incident_that_is_open", into_the_open_one),
        test("door::a_log_becomes_a_timeline_of_which_an_event_is_left_out", a_log),
        test("door::a_log_is_explained_in_the_dark_on_a_narrow_page", a_log).narrow().dark(),
        test("door::a_layer_goes_into_the_incident_that_is_open", a_layer),
        test("door::steps_of_a_playbook_are_left_out_with_what_lies_on_their_ways", forked),
        test("door::steps_of_a_playbook_are_chosen_in_the_dark_on_a_narrow_page", forked).narrow().dark(),
        test("door::what_no_format_knows_is_read_as_text", read_as_text),
        test("door::i_opens_the_door_on_every_page", i_opens),
        test("door::a_folder_brings_its_files_and_text_can_be_dropped", folder_and_text),
    ]
}

fn chosen(page: &Page) -> String {
    let script = "return [...document.querySelectorAll('dialog[open] select')].map(one => one.selectedOptions[0].label)";
    page.evaluate(script).to_string()
}

/// A picture of a page that is looked at wide and light, and narrow and dark.
fn shot(page: &Page, name: &str) {
    let is_narrow = page.evaluate("return innerWidth < 600") == true;
    page.screenshot(&format!("{name}{}", if is_narrow { "-narrow-dark" } else { "" })).unwrap();
}

/// Corrects the columns that the page does not know, and answers what it asks.
fn explain(page: &Page) {
    let texts = &en().intake;
    let dialog = page.dialog(en().import.preview_title);
    dialog.combobox(&(texts.means_of)("Seen")).choose(en().meaning(Meaning::Created));
    page.sees(texts.open_questions);
    dialog.combobox(&(texts.means_of)("Note to self")).choose(en().meaning(Meaning::User));
    assert_eq!(
        dialog.button(&(en().import.import_these)(1)).state("disabled"),
        "true",
        "times without a zone come in"
    );
}

fn answer(page: &Page) {
    let texts = &en().intake;
    let dialog = page.dialog(en().import.preview_title);
    page.sees("Apr 3, 2026");
    page.sees("Mar 4, 2026");
    dialog.look(&["radio"], has(texts.day_first)).click();
    dialog.combobox(texts.zone).choose(&Words::offset(120));
    page.sees_no_more(texts.open_questions);
}

fn a_table(page: &Page) {
    page.open("#/incidents");
    page.drop_bytes("alerts.csv", TABLE.as_bytes());
    let texts = &en().intake;
    let dialog = page.dialog(en().import.preview_title);
    explain(page);
    page.screenshot("door-table").unwrap();
    accessible(page, "a table with questions");
    answer(page);
    // One of the alerts stays out.
    dialog.button(texts.choose_parts).click();
    let parts = page.dialog(has(texts.parts_title));
    parts.checkbox(&(en().parts.select_row)("Odder sign-in")).click();
    page.screenshot("door-parts").unwrap();
    accessible(page, "what comes in");
    parts.button(texts.parts_done).click();
    parts.wait_gone();
    page.sees(&(texts.left_out)(1));
    agree(page, 1);
    page.heading("alerts.csv").wait();
    // The log says what it came out of, so that the file can be checked.
    let incident = page.route().split('?').next().unwrap().to_owned();
    page.open(&format!("{incident}/activity"));
    page.sees("SHA-256");
    page.open(&format!("{incident}/alerts"));
    page.sees("Odd sign-in");
    assert!(!page.text().contains("Odder sign-in"), "what was left out came in");
    page.press(&["Ctrl+z"]);
    page.open("#/incidents");
    page.sees(en().incidents.empty_title);

    // The next table with this header needs no explaining, only an answer to what its cells leave open.
    page.drop_bytes("more.csv", TABLE.replace("Odd", "Strange").as_bytes());
    dialog.wait();
    page.wait_until("the columns are remembered", |page| {
        let chosen = chosen(page);
        chosen.contains(en().meaning(Meaning::User)) && chosen.contains(en().meaning(Meaning::Created))
    });
    answer(page);
    agree(page, 1);
}

fn doubts(page: &Page) {
    let texts = &en().intake;
    page.open("#/incidents");
    page.paste(REPORT);
    let dialog = page.dialog(en().import.preview_title);
    page.sees(&(texts.doubts_of)(1));
    page.screenshot("door-doubts-dark").unwrap();
    accessible(page, "a text with a doubtful value");
    dialog.combobox(&(texts.take_as)("update[.]zip")).choose(texts.as_file);
    page.wait_until("the answer is taken", |page| chosen(page).contains(texts.as_file));
    agree(page, 1);
    page.heading("Report on Spring").wait();
    let incident = page.route().split('?').next().unwrap().to_owned();
    page.open(&format!("{incident}/entities"));
    page.sees("update.zip");
    page.sees("evil[.]com");
}

fn narrow(page: &Page) {
    page.open("#/incidents");
    page.drop_bytes("alerts.csv", TABLE.as_bytes());
    explain(page);
    page.screenshot("door-table-narrow").unwrap();
    accessible(page, "a table with questions on a narrow page");
    let wide = "const body = document.querySelector('dialog[open] .dialog-body'); return body.scrollWidth > body.clientWidth";
    assert_eq!(page.evaluate(wide), false, "the preview is wider than the page");
    answer(page);
    agree(page, 1);
    page.heading("alerts.csv").wait();
}

fn into_the_open_one(page: &Page) {
    page.open("#/incidents");
    import_text(page, "one.json", &small_export("The one"));
    page.heading("The one").wait();
    let incident = page.route();
    page.paste(REPORT);
    let dialog = page.dialog(en().import.preview_title);
    dialog.combobox(en().intake.goes_into).choose(&format!("The one ({})", en().intake.open_one));
    page.sees(en().import.outcome(firsthour::notebook::merge::Outcome::Updated));
    agree(page, 1);
    page.heading("The one").wait();
    assert_eq!(page.route().split('?').next(), incident.split('?').next());
    page.open("#/incidents");
    page.sees(&(en().incidents.shown)(1, 1));
    page.press(&["Ctrl+z"]);
    // The incident is as it was, and still there.
    page.sees("The one");
}

fn a_log(page: &Page) {
    let texts = &en().intake;
    page.open("#/incidents");
    page.drop_bytes("log.csv", LOG.as_bytes());
    let dialog = page.dialog(en().import.preview_title);
    page.sees(en().rows_are(RowsAre::Events).unwrap());
    let taken = chosen(page);
    assert!(taken.contains(en().meaning(Meaning::Created)) && taken.contains(en().meaning(Meaning::Event)));
    dialog.combobox(&(texts.means_of)("Waar")).choose(en().meaning(Meaning::Device));
    page.wait_until("the device is taken", |page| chosen(page).contains(en().meaning(Meaning::Device)));
    dialog.combobox(texts.zone).choose(&Words::offset(120));
    page.sees_no_more(texts.open_questions);
    shot(page, "door-log");
    accessible(page, "a log as timeline events");
    dialog.button(texts.choose_parts).click();
    let parts = page.dialog(has(texts.parts_title));
    parts.checkbox(&(en().parts.select_row)("Gebeld met de helpdesk")).click();
    shot(page, "door-log-parts");
    accessible(page, "the events that come in");
    parts.button(texts.parts_done).click();
    parts.wait_gone();
    page.sees(&(texts.left_out)(1));
    agree(page, 1);
    page.heading("log.csv").wait();
    let incident = page.route().split('?').next().unwrap().to_owned();
    page.open(&format!("{incident}/timeline"));
    page.sees("Mail geopend door de gebruiker");
    assert!(!page.text().contains("Gebeld met de helpdesk"), "what was left out came in");
    // The next log with this header needs no explaining.
    page.open("#/incidents");
    page.drop_bytes("more.csv", LOG.replace("Mail", "Bijlage").as_bytes());
    dialog.wait();
    page.wait_until("the columns are remembered", |page| {
        chosen(page).contains(en().meaning(Meaning::Device))
    });
}

fn a_layer(page: &Page) {
    page.open("#/incidents");
    import_text(page, "one.json", &small_export("The one"));
    page.heading("The one").wait();
    page.drop_bytes("layer.json", LAYER.as_bytes());
    let dialog = page.dialog(en().import.preview_title);
    dialog.combobox(en().intake.goes_into).choose(&format!("The one ({})", en().intake.open_one));
    page.sees(en().import.outcome(firsthour::notebook::merge::Outcome::Updated));
    page.screenshot("door-layer").unwrap();
    accessible(page, "a layer that goes into an incident");
    agree(page, 1);
    page.heading("The one").wait();
    let incident = page.route().split('?').next().unwrap().to_owned();
    page.open(&format!("{incident}/entities"));
    page.link(has("T1059")).click();
    for text in ["75", "seen on the server", "seen twice"] {
        page.sees(text);
    }
    page.screenshot("door-technique").unwrap();
    accessible(page, "a technique with a score");
}

fn forked(page: &Page) {
    let texts = &en().intake;
    page.open("#/incidents");
    page.drop_bytes("worm.json", FORKED.as_bytes());
    let dialog = page.dialog(en().import.preview_title);
    page.sees(&en().amounts.steps(3));
    page.evaluate("document.querySelector('dialog[open] .import-playbook summary').click()");
    let step = |name: &str| dialog.checkbox(&(en().parts.select_row)(name));
    step("Does it spread?").click();
    page.sees(&(texts.left_out)(2));
    step("Disconnect the segment").click();
    page.sees_no_more(&(texts.left_out)(2));
    step("Tell the owner").click();
    page.sees(&(texts.left_out)(1));
    shot(page, "door-steps");
    accessible(page, "the steps of a playbook");
    dialog.button(&(en().kept.keep_these)(1)).click();
    dialog.wait_gone();
    page.link(has("Worm")).click();
    page.sees("Disconnect the segment");
    assert!(!page.text().contains("Tell the owner"), "what was left out came in");
}

fn read_as_text(page: &Page) {
    page.open("#/incidents");
    page.drop_bytes("odd.json", br#"{"note": "it led to evil[.]com"}"#);
    let refused = page.dialog(en().import.refused_title);
    refused.combobox(en().intake.read_as).choose(en().import.format(firsthour::formats::FormatId::Text));
    agree(page, 1);
}

fn i_opens(page: &Page) {
    for route in ["#/settings", "#/playbooks", "#/incidents"] {
        page.open(route);
        page.press(&["i"]);
        let door = page.dialog(en().import.paste_title);
        door.button(en().intake.choose_folder).wait();
        page.press(&["Escape"]);
        door.wait_gone();
    }
}

fn folder_and_text(page: &Page) {
    page.open("#/incidents");
    let folder = page.folder().join("case");
    std::fs::create_dir_all(folder.join("deeper")).unwrap();
    std::fs::write(folder.join("a.json"), small_export("In the folder")).unwrap();
    std::fs::write(folder.join("deeper/b.txt"), REPORT).unwrap();
    page.drop_file(&folder);
    agree(page, 2);
    page.open("#/incidents");
    page.sees("In the folder");
    page.sees("Report on Spring");
    page.drop_text("Another thing: 203[.]0[.]113[.]9 answered.");
    agree(page, 1);
}
