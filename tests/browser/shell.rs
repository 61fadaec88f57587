//! The frame around every page: getting about by mouse and keys, languages, themes, and where the page can be opened from.

use std::time::Duration;

use firsthour::words::Lang;
use serde_json::json;

use crate::harness::checks::accessible;
use crate::harness::find::Finds as _;
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::steps::{import_text, small_export};

pub fn tests() -> Vec<Test> {
    vec![
        test("shell::every_place_of_the_rail_opens", every_place_of_the_rail_opens),
        test("shell::keys_go_where_the_rail_goes", keys_go_where_the_rail_goes),
        test("shell::the_palette_finds_an_incident", palette_finds_an_incident),
        test("shell::an_unknown_address_says_so", unknown_address),
        test("shell::a_page_that_is_left_at_once_does_no_harm", left_at_once),
        test("shell::language_and_theme_are_kept", language_and_theme_are_kept),
        test("shell::the_readers_language_is_taken", readers_language).reading("nl-NL,nl,en"),
        test("shell::starts_from_a_sub_path", starts).at(Place::SubPath),
        test("shell::starts_on_plain_http_in_a_lab", starts).at(Place::Lab),
        test("shell::starts_from_disk", starts).at(Place::SingleFile),
        test("shell::design_reference_is_accessible", design_reference),
        test("shell::design_reference_is_accessible_dark", design_reference).dark(),
    ]
}

fn every_place_of_the_rail_opens(page: &Page) {
    let words = &Lang::En.words().shell;
    page.open("#/incidents");
    for place in [words.playbooks, words.prepare, words.settings, words.incidents] {
        page.region(words.main_navigation).link(place).click();
        page.heading(place).wait();
    }
}

fn keys_go_where_the_rail_goes(page: &Page) {
    let words = Lang::En.words();
    page.open("#/incidents");
    for (key, route) in [("s", "#/settings"), ("r", "#/prepare"), ("p", "#/playbooks"), ("i", "#/incidents")]
    {
        page.press(&["g", key]);
        page.wait_until(&format!("g {key} has opened {route}"), |page| page.route() == route);
    }
    page.press(&["Ctrl+k"]);
    page.dialog(words.shell.palette_title).wait();
    page.type_text(words.shell.settings);
    page.press(&["Enter"]);
    page.wait_until("the palette has opened the settings", |page| page.route() == "#/settings");
    page.press(&["?"]);
    page.dialog(words.keys.title).wait();
    page.press(&["Escape"]);
    page.dialog(words.keys.title).wait_gone();
}

/// What a page does in the frame after it was drawn finds the page gone. What goes wrong there is in the console, which
/// has to be quiet after every test.
fn left_at_once(page: &Page) {
    page.open("#/incidents");
    import_text(page, "one.json", &small_export("Left at once"));
    let incident = page.route();
    let incident = incident.split('?').next().unwrap_or(&incident);
    // Frames come late, as on a slow machine.
    page.evaluate(
        "const frame = window.requestAnimationFrame.bind(window);
        window.requestAnimationFrame = drawn => frame(() => setTimeout(() => frame(drawn), 400));",
    );
    for tab in ["", "/alerts", "/timeline", "/activity", "/notes"] {
        page.evaluate_with("location.hash = arguments[0]", &[json!(format!("{incident}{tab}"))]);
        page.heading("Left at once").wait();
        page.evaluate("location.hash = '#/nowhere'");
        page.heading("Left at once").wait_gone();
    }
    std::thread::sleep(Duration::from_millis(900));
    page.open(incident);
    page.heading("Left at once").wait();
}

fn palette_finds_an_incident(page: &Page) {
    let words = Lang::En.words();
    page.open("#/incidents");
    import_text(page, "palette.json", &small_export("Credential dumping on FIN-07"));
    page.open("#/settings");
    page.press(&["Ctrl+k"]);
    page.dialog(words.shell.palette_title).wait();
    // Undoing the import has the same name in it; what one types a name for is the incident.
    page.type_text("credential dump");
    page.press(&["Enter"]);
    page.heading("Credential dumping on FIN-07").wait();
}

fn unknown_address(page: &Page) {
    let words = &Lang::En.words().shell;
    page.open("#/nowhere/at/all");
    page.sees(words.not_found_title);
    page.look(&["link", "button"], words.not_found_action.into()).click();
    page.wait_until("the incidents are open", |page| page.route() == "#/incidents");
}

fn language_and_theme_are_kept(page: &Page) {
    let (english, dutch) = (&Lang::En.words().shell, &Lang::Nl.words().shell);
    page.open("#/incidents");
    page.button(english.language).click();
    page.menu_item(Lang::Nl.native_name()).click();
    page.link(dutch.settings).wait();
    page.button(dutch.theme).click();
    page.menu_item(dutch.theme_dark).click();
    page.wait_until("the page is dark", is_dark);

    page.reload();
    page.link(dutch.settings).wait();
    assert!(is_dark(page), "the theme is forgotten on reload");
    page.restart_browser();
    page.open("#/incidents");
    page.link(dutch.settings).wait();
    assert!(is_dark(page), "the theme is forgotten when the browser closes");
    assert_eq!(page.evaluate("return document.documentElement.lang"), "nl");
}

fn readers_language(page: &Page) {
    page.open("#/incidents");
    page.link(Lang::Nl.words().shell.settings).wait();
}

fn starts(page: &Page) {
    let words = &Lang::En.words().shell;
    page.open("#/settings");
    page.heading(words.settings).wait();
    page.link(words.incidents).click();
    page.wait_until("the incidents are open", |page| page.route() == "#/incidents");
}

fn design_reference(page: &Page) {
    page.open("#/gallery");
    accessible(page, "the design reference");
}

/// Whether the page is painted dark: its background is nearer to black than to white.
fn is_dark(page: &Page) -> bool {
    page.evaluate(
        "const colour = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
         return colour[0] + colour[1] + colour[2] < 380",
    ) == true
}
