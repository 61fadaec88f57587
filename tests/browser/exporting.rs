//! Incidents leave for other programs: from the menu, from the list and from the palette, under a marking that is shown for what it
//! holds back before anything is written.

use firsthour::formats::export::{ExportId, Tlp};
use firsthour::formats::{FormatId, read};
use firsthour::words::Lang;
use serde_json::json;

use crate::harness::checks::{accessible, picture};
use crate::harness::files::Download;
use crate::harness::find::{Finds as _, Target, has};
use crate::harness::page::Page;
use crate::harness::visit::{Test, test};
use crate::steps::{en, import_text, small_export, take_the_guided_incident};

pub fn tests() -> Vec<Test> {
    vec![
        test("exporting::what_is_marked_stricter_stays_and_the_preview_says_so", stays),
        test("exporting::several_incidents_leave_from_the_list_and_the_palette", several),
        test("exporting::every_format_is_saved", every_format),
        test("exporting::the_dialog_is_accessible", looks),
        test("exporting::the_dialog_is_accessible_in_dark_colours", looks).dark(),
        test("exporting::the_dialog_is_accessible_on_a_narrow_screen", looks).narrow(),
    ]
}

/// A MISP event with one attribute for these eyes only and one for the community.
fn marked_event() -> String {
    let attribute = |value: &str, tag: &str| json!({"type": "domain", "category": "Network activity", "value": value, "to_ids": true, "Tag": [{"name": tag}]});
    json!({"Event": {"uuid": "5758ebf5-0000-4000-8000-000000000001", "info": "Harvest", "date": "2026-01-02", "threat_level_id": "2", "analysis": "0",
        "Attribute": [attribute("secret.example", "tlp:red"), attribute("known.example", "tlp:green")]}})
    .to_string()
}

/// The dialog, asked for a format.
fn dialog_for<'a>(page: &'a Page, incidents: usize, format: &str) -> Target<'a> {
    let title = (en().merge.save_title)(incidents);
    let dialog = page.dialog(title.as_str());
    dialog.wait();
    dialog.combobox(en().exporting.kind).choose(format);
    dialog
}

fn name(id: ExportId) -> &'static str {
    Lang::En.export_name(id)
}

fn save(page: &Page, dialog: &Target) -> Download {
    page.download(|_| dialog.button(en().exporting.save).click())
}

fn stays(page: &Page) {
    page.open("#/incidents");
    import_text(page, "event.json", &marked_event());
    page.heading(has("Harvest")).wait();
    page.button(en().parts.more_actions).click();
    page.menu_item(en().merge.save_incident).click();
    let dialog = dialog_for(page, 1, name(ExportId::Stix));
    // What is offered is less than the strictest, so the one attribute is held back, by name and with the reason.
    page.sees("secret.example");
    page.sees(&(en().exporting.is_marked)("TLP:RED"));
    let file = save(page, &dialog);
    assert_eq!(file.name, "incident-harvest.tlp-amber.stix.json");
    let intake = read(file.text()).unwrap();
    assert_eq!(intake.format, FormatId::Stix);
    let names: Vec<String> =
        intake.incidents[0].entities.values().map(firsthour::model::Entity::name).collect();
    assert_eq!(names, ["known.example"]);
    assert!(!file.text().contains("secret"));

    page.button(en().parts.more_actions).click();
    page.menu_item(en().merge.save_incident).click();
    let dialog = dialog_for(page, 1, name(ExportId::Stix));
    dialog.combobox(en().exporting.marking).choose(&Lang::En.marking(Tlp::Red));
    page.sees(en().exporting.nothing_stays);
    let file = save(page, &dialog);
    assert_eq!(file.name, "incident-harvest.tlp-red.stix.json");
    assert!(file.text().contains("secret.example"));
}

fn several(page: &Page) {
    page.open("#/incidents");
    import_text(page, "one.json", &small_export("One"));
    page.open("#/incidents");
    import_text(page, "two.json", &small_export("Two").replace("\"4711\"", "\"4712\""));
    page.open("#/incidents");
    page.sees("Two");
    page.checkbox(en().parts.select_all).click();
    page.sees(&(en().parts.selected)(2));
    page.button(en().merge.save_chosen).click();
    let dialog = dialog_for(page, 2, name(ExportId::EntitiesCsv));
    let file = save(page, &dialog);
    assert_eq!(file.name, "2-incidents.tlp-amber.entities.csv");
    assert_eq!(file.text().lines().count(), 3, "{}", file.text());

    page.press(&["Ctrl+k"]);
    page.dialog(en().shell.palette_title).wait();
    page.type_text(en().merge.save_chosen);
    page.press(&["Enter"]);
    let dialog = dialog_for(page, 2, name(ExportId::Misp));
    let file = save(page, &dialog);
    assert_eq!(read(file.text()).unwrap().incidents.len(), 2);
}

fn every_format(page: &Page) {
    page.open("#/incidents");
    take_the_guided_incident(page);
    for export in firsthour::formats::export::EXPORTS {
        page.button(en().parts.more_actions).click();
        page.menu_item(en().merge.save_incident).click();
        let dialog = dialog_for(page, 1, name(export.id()));
        let file = save(page, &dialog);
        assert!(file.name.ends_with(export.ending()), "{}", file.name);
        assert!(file.bytes.len() > 200, "{} holds next to nothing", file.name);
        dialog.wait_gone();
    }
}

fn looks(page: &Page) {
    page.open("#/incidents");
    import_text(page, "event.json", &marked_event());
    page.heading(has("Harvest")).wait();
    page.button(en().parts.more_actions).click();
    page.menu_item(en().merge.save_incident).click();
    let look = |what: &str| {
        accessible(page, what);
        picture(page, what);
    };
    page.dialog((en().merge.save_title)(1).as_str()).wait();
    look("exporting-own");
    dialog_for(page, 1, name(ExportId::EntitiesCsv));
    page.sees(en().exporting.spreadsheet);
    page.sees(&(en().exporting.is_marked)("TLP:RED"));
    look("exporting-table");
}
