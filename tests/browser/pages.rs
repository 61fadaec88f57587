//! Every page as it is seen: nothing for axe-core to find in either theme, nothing that scrolls sideways, wide or narrow;
//! and pictures of all of them for people to look at.

use firsthour::playbooks::library;
use firsthour::words::Lang;

use crate::harness::checks::{accessible, fits};
use crate::harness::find::{Finds as _, has};
use crate::harness::page::Page;
use crate::harness::visit::{Test, test};
use crate::steps::{en, take_the_guided_incident};

/// Where an incident's views are, by the last part of their address.
const VIEWS: [&str; 9] =
    ["", "/checklist", "/timeline", "/alerts", "/entities", "/evidence", "/notes", "/activity", "/report"];

pub fn tests() -> Vec<Test> {
    let mut tests = vec![
        test("pages::are_accessible_in_light_colours", all_accessible),
        test("pages::are_accessible_in_dark_colours", all_accessible).dark(),
        test("pages::are_accessible_on_a_narrow_screen", all_accessible).narrow(),
        test("pages::are_accessible_in_dutch", all_accessible).reading("nl-NL,nl"),
        test("pages::dialogs_are_accessible", dialogs_accessible),
        test("pages::dialogs_are_accessible_in_dark_colours", dialogs_accessible).dark(),
    ];
    let pictures = |name: &str| {
        let name = name.to_owned();
        test(format!("pictures::{name}"), move |page| pictures(page, &name)).only_when_asked()
    };
    tests.extend([
        pictures("wide-light"),
        pictures("wide-dark").dark(),
        pictures("narrow-light").narrow(),
        pictures("narrow-dark").narrow().dark(),
        pictures("wide-light-dutch").reading("nl-NL,nl"),
    ]);
    tests
}

/// Every address, each with a name: first with an empty notebook, then with the guided incident in it.
fn every_page(page: &Page, look: impl Fn(&Page, &str)) {
    page.open("#/incidents");
    look(page, "incidents-empty");
    let guided = [Lang::En, Lang::Nl].map(|lang| lang.words().incidents.guided);
    let name =
        guided.into_iter().find(|name| page.button(*name).exists()).expect("the door of the guided incident");
    page.button(name).click();
    page.wait_until("the guided incident is open", |page| page.route().starts_with("#/incidents/"));
    page.heading(has("Multi-stage incident")).wait();
    let incident = page.route();
    for view in VIEWS {
        page.open(&format!("{incident}{view}"));
        let name = if view.is_empty() { "overview" } else { &view[1..] };
        look(page, &format!("incident-{name}"));
    }
    let playbook = library().playbooks().first().expect("a playbook").id;
    for (route, name) in [
        ("#/incidents", "incidents"),
        ("#/entities", "entities"),
        ("#/playbooks", "playbooks"),
        (&format!("#/playbooks/{playbook}"), "playbook"),
        ("#/prepare", "prepare"),
        ("#/settings", "settings"),
        ("#/settings/room", "room"),
        ("#/settings/repairs", "repairs"),
        ("#/nowhere", "not-found"),
    ] {
        page.open(route);
        look(page, name);
    }
}

fn all_accessible(page: &Page) {
    every_page(page, |page, name| {
        accessible(page, name);
        fits(page, name);
    });
}

fn dialogs_accessible(page: &Page) {
    page.open("#/incidents");
    page.button(en().incidents.paste).click();
    page.dialog(en().import.paste_title).wait();
    accessible(page, "the paste box");
    page.press(&["Escape"]);
    page.press(&["Ctrl+k"]);
    page.dialog(en().shell.palette_title).wait();
    accessible(page, "the palette");
    page.press(&["Escape"]);
    page.press(&["?"]);
    page.dialog(en().keys.title).wait();
    accessible(page, "the keys");
    page.press(&["Escape"]);
    page.drop_bytes("half.json", b"{\"value\": [");
    page.dialog(en().import.refused_title).wait();
    accessible(page, "a refused import");
    page.press(&["Escape"]);
    page.drop_bytes("one.json", crate::steps::small_export("One").as_bytes());
    page.dialog(en().import.preview_title).wait();
    accessible(page, "the preview of an import");
    page.press(&["Escape"]);
    page.dialog(has("")).wait_gone();
    take_the_guided_incident(page);
    page.button(en().incident.resolve).click();
    page.dialog(en().incident.resolve).wait();
    accessible(page, "the resolve dialog");
}

fn pictures(page: &Page, name: &str) {
    every_page(page, |page, what| {
        // What passes, such as the word that something was done, is not what a picture is for.
        page.reload();
        page.screenshot(&format!("{what}-{name}")).unwrap_or_else(|error| panic!("{what}: {error}"));
    });
}
