//! The frame around every page: getting about by mouse and keys, languages, themes.

use crate::harness::checks::accessible;
use crate::harness::find::{Finds as _, has};
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};

pub fn tests() -> Vec<Test> {
    vec![
        test("shell::every_place_of_the_rail_opens", every_place_of_the_rail_opens),
        test("shell::keys_go_where_the_rail_goes", keys_go_where_the_rail_goes),
        test("shell::design_reference_is_accessible", gallery),
        test("shell::design_reference_is_accessible_dark", gallery).dark(),
        test("shell::starts_from_a_sub_path", starts).at(Place::SubPath),
        test("shell::starts_on_plain_http_in_a_lab", starts).at(Place::Lab),
        test("shell::starts_from_disk", starts).at(Place::SingleFile),
    ]
}

fn every_place_of_the_rail_opens(page: &Page) {
    page.open("#/");
    for place in ["Playbooks", "Prepare", "Settings", "Incidents"] {
        page.link(place).click();
        page.look(&["heading"], has(place)).wait();
    }
}

fn keys_go_where_the_rail_goes(page: &Page) {
    page.open("#/");
    page.press(&["g", "s"]);
    page.wait_until("the settings are open", |page| page.route() == "#/settings");
    page.press(&["Ctrl+k"]);
    page.type_text("playbooks");
    page.press(&["Enter"]);
    page.wait_until("the playbooks are open", |page| page.route() == "#/playbooks");
}

fn gallery(page: &Page) {
    page.open("#/gallery");
    accessible(page, "the design reference");
    page.screenshot("gallery").unwrap();
}

fn starts(page: &Page) {
    page.open("#/settings");
    page.link("Incidents").click();
    page.wait_until("the incidents are open", |page| page.route() == "#/incidents");
}
