//! Files come in: dropped, chosen or pasted; read and previewed; taken in, refused or left; and are there again afterwards.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use firsthour::formats::{Intake, read};
use serde_json::json;

use crate::harness::find::{Finds as _, has};
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::made_up;
use crate::steps::{agree, en, import_file, import_text, small_export};

/// The published files of the formats that are read, in `../shared/samples/microsoft`, which is not part of this project.
const SAMPLES: [&str; 5] = [
    "01b-m365d-api-list-incidents.docs.json",
    "04-m365d-api-list-incidents.rapid7.json",
    "10-graph-alerts_v2.stix-shifter.json",
    "14-graph-list-incidents.docs-v1.json",
    "15b-graph-list-incidents-expand-alerts.docs-v1.json",
];
const BROKEN_SAMPLE: &str = "15a-graph-list-incidents-expand-alerts.docs-v1.trailing-commas.raw.txt";

pub fn tests() -> Vec<Test> {
    let mut tests = vec![
        test("import::a_refused_file_names_the_place_and_the_next_step", refused),
        test("import::every_fixture_is_read_or_refused_as_on_the_host", fixtures),
        test("import::a_file_is_chosen", chosen),
        test("import::a_text_is_pasted_on_the_page", pasted_on_the_page),
        test("import::a_text_is_pasted_into_the_box", pasted_into_the_box),
        test("import::an_import_is_undone_and_done_again", undone),
        test("import::a_large_file_can_be_cancelled", cancelled),
        test("import::a_file_that_is_opened_while_another_is_being_saved_waits_its_turn", waiting),
        test("import::a_file_is_dropped_in_a_lab", dropped_in_a_lab).at(Place::Lab),
    ];
    match crate::samples::folder("microsoft") {
        Some(folder) => {
            for name in SAMPLES {
                let path = folder.join(name);
                tests.push(test(format!("import::sample::{name}"), move |page| sample(page, &path)));
            }
            tests.push(test(format!("import::sample::{BROKEN_SAMPLE}"), move |page| {
                broken_sample(page, &folder.join(BROKEN_SAMPLE));
            }));
        }
        None => eprintln!("browser tests: there are no samples beside the project, so none is imported"),
    }
    tests
}

fn sample(page: &Page, path: &Path) {
    let intake = read(fs::read(path).unwrap()).unwrap();
    page.open("#/incidents");
    import_file(page, path);
    is_there(page, &intake);

    // The same file again changes nothing and says so.
    page.drop_file(path);
    page.sees(en().import.nothing_new_text);
    page.press(&["Escape"]);
    page.dialog(en().import.preview_title).wait_gone();

    page.reload();
    is_there(page, &intake);
}

/// Every incident of the file stands in the list, and nothing else does.
#[track_caller]
fn is_there(page: &Page, intake: &Intake) {
    page.open("#/incidents");
    let incidents = intake.incidents.len();
    page.sees(&(en().incidents.shown)(incidents, incidents));
    let names: BTreeSet<&str> = intake.incidents.iter().map(|incident| incident.name.as_str()).collect();
    for name in names {
        page.sees(name);
    }
}

fn broken_sample(page: &Page, path: &Path) {
    let error = read(fs::read(path).unwrap()).expect_err("the sample has trailing commas");
    page.open("#/incidents");
    page.drop_file(path);
    let dialog = page.dialog(en().import.refused_title);
    dialog.wait();
    page.sees(&en().import.why(&error.why));
    page.sees(en().import.next(&error.why));
    let text = dialog.text();
    assert!(text.contains("Line ") && text.contains("column ") && text.contains("comma"), "{text}");
}

fn refused(page: &Page) {
    page.open("#/incidents");
    page.drop_bytes("half.json", br#"{"value": [{"id": "1", "displayName": "Half"#);
    page.dialog(en().import.refused_title).wait();
    page.sees("Line 1, column");
    // The second of two that are called so: the first is the dialog's own, in its corner.
    page.button(en().import.done).number(1).click();
    page.dialog(en().import.refused_title).wait_gone();

    // Refusing leaves the page as it was: the next file is read.
    import_text(page, "whole.json", &small_export("Whole"));
    page.sees("Whole");
}

fn fixtures(page: &Page) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "there are no fixtures");
    page.open("#/incidents");
    for file in files {
        page.drop_file(&file);
        match read(fs::read(&file).unwrap()) {
            Ok(_) => {
                page.dialog(en().import.preview_title).wait();
                let name = file.file_name().unwrap().to_string_lossy();
                page.dialog(en().import.preview_title).heading(has(&name)).wait();
            }
            Err(error) => {
                page.dialog(en().import.refused_title).wait();
                page.sees(&en().import.why(&error.why));
            }
        }
        page.press(&["Escape"]);
        page.dialog(has("")).wait_gone();
    }
    page.sees(en().incidents.empty_title);
}

fn chosen(page: &Page) {
    page.open("#/incidents");
    let path = page.file_with("chosen.json", small_export("Chosen by hand").as_bytes());
    page.choose_file(0, &path);
    agree(page, 1);
    page.heading("Chosen by hand").wait();
}

fn pasted_on_the_page(page: &Page) {
    page.open("#/incidents");
    page.paste(&small_export("Pasted on the page"));
    agree(page, 1);
    page.heading("Pasted on the page").wait();
}

fn pasted_into_the_box(page: &Page) {
    page.open("#/incidents");
    page.button(en().incidents.paste).click();
    let dialog = page.dialog(en().import.paste_title);
    dialog.button(en().import.paste_read).click();
    page.sees(en().import.paste_empty);
    dialog.field(en().import.paste_label).focus();
    page.paste(&small_export("Pasted into the box"));
    dialog.button(en().import.paste_read).click();
    agree(page, 1);
    page.heading("Pasted into the box").wait();
}

fn undone(page: &Page) {
    page.open("#/incidents");
    import_text(page, "one.json", &small_export("Comes and goes"));
    page.heading("Comes and goes").wait();
    page.open("#/incidents");
    page.press(&["Ctrl+z"]);
    page.sees(en().incidents.empty_title);
    page.press(&["Ctrl+y"]);
    page.sees("Comes and goes");
    page.reload();
    page.sees("Comes and goes");
}

fn cancelled(page: &Page) {
    let one = small_export("One of very many");
    let record = one.trim_start_matches("{\"value\":[").trim_end_matches("]}");
    let many = format!("{{\"value\":[{}]}}", vec![record; 100_000].join(","));
    assert!(many.len() > 50_000_000, "{} bytes are not large", many.len());
    page.open("#/incidents");
    page.drop_bytes("many.json", many.as_bytes());
    page.dialog(en().import.working_title).button(en().parts.cancel).click();
    page.dialog(en().import.working_title).wait_gone();
    page.sees(en().incidents.empty_title);
}

fn waiting(page: &Page) {
    let words = &en().import;
    page.open("#/incidents");
    page.drop_bytes("many.json", made_up::small(1..=600).as_bytes());
    let agree_to_many = page.dialog(words.preview_title).button(&(words.import_these)(600));
    agree_to_many.wait();
    // At the very moment at which saving begins.
    let second = small_export("Comes second");
    page.evaluate_with(
        "const [name, text] = arguments;
         new MutationObserver((_, observer) => {
           if (!document.querySelector('dialog[open] [role=progressbar]')) return;
           observer.disconnect();
           const data = new DataTransfer();
           data.items.add(new File([text], name));
           window.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
         }).observe(document.body, { subtree: true, childList: true })",
        &[json!("second.json"), json!(second)],
    );
    agree_to_many.click();
    page.sees(&(words.waits)("second.json"));
    agree(page, 1);
    page.heading("Comes second").wait();
    page.open("#/incidents");
    page.sees(&(en().incidents.shown)(601, 601));
    page.reload();
    page.sees(&(en().incidents.shown)(601, 601));
}

fn dropped_in_a_lab(page: &Page) {
    page.open("#/incidents");
    assert_eq!(page.evaluate("return window.isSecureContext"), false, "a lab is no secure context");
    import_text(page, "lab.json", &small_export("Seen in the lab"));
    page.heading("Seen in the lab").wait();
    page.reload();
    page.heading("Seen in the lab").wait();
}
