//! Playbooks of one's own: taken from another tool's file, used on an incident, ticked; and the ways of a CACAO playbook chosen.

use firsthour::words::kept::Kept;
use serde_json::{Value, json};

use crate::harness::checks::accessible;
use crate::harness::find::{Finds as _, Name, Target, has};
use crate::harness::page::Page;
use crate::harness::visit::{Test, test};
use crate::steps::{en, import_text, small_export};

pub fn tests() -> Vec<Test> {
    vec![
        test("playbooks::a_template_becomes_a_playbook_that_an_incident_uses", used),
        test("playbooks::a_playbook_is_renamed_removed_and_brought_back", renamed).narrow(),
        test("playbooks::a_way_of_a_cacao_playbook_is_chosen_and_kept", chosen),
        test("playbooks::ways_are_legible_on_a_narrow_dark_page", narrow).narrow().dark(),
    ]
}

fn words() -> &'static Kept {
    &en().kept
}

fn template() -> Value {
    json!({
        "name": "Stolen-laptop", "displayName": "Stolen laptop", "titlePrefix": "", "tlp": 2, "pap": 2,
        "description": "### Reach\n\nFor **every** laptop that is gone.",
        "tasks": [
            {"title": "Containment", "group": "default", "order": 1,
             "description": "### Account\n▪ Lock the account\n▪ Revoke the sessions\n  o also on the phone\n\n> Tell the owner."},
            {"title": "Identification", "group": "default", "order": 0, "description": "Ask where it was."},
        ],
    })
}

fn cacao() -> Value {
    let action = |name: &str| {
        json!({"type": "action", "name": name, "on_completion": "end--0",
               "commands": [{"type": "manual", "command": name}]})
    };
    json!({
        "type": "playbook", "spec_version": "cacao-2.0", "id": "playbook--1b5b1b5b-0000-4000-8000-000000000009",
        "name": "Worm", "created_by": "identity--1b5b1b5b-0000-4000-8000-000000000002",
        "created": "2026-11-24T12:00:00.000Z", "modified": "2026-11-24T12:00:00.000Z",
        "playbook_types": ["mitigation"], "workflow_start": "start--0",
        "workflow": {
            "start--0": {"type": "start", "on_completion": "if--1"},
            "if--1": {"type": "if-condition", "name": "Does it spread?", "condition": "more than one host",
                      "on_true": "action--a", "on_false": "action--b", "on_completion": "action--c"},
            "action--a": action("Disconnect the segment"),
            "action--b": action("Isolate the host"),
            "action--c": action("Tell the owner"),
            "end--0": {"type": "end"},
        },
    })
}

/// Keeps the one playbook of a file.
#[track_caller]
fn keep(page: &Page, name: &str, file: &Value) {
    page.open("#/playbooks");
    page.drop_bytes(name, file.to_string().as_bytes());
    let dialog = page.dialog(en().import.preview_title);
    dialog.button(&(words().keep_these)(1)).click();
    dialog.wait_gone();
}

/// Puts a kept playbook on the checklist of the incident that is open.
#[track_caller]
fn put_on_checklist<'a>(page: &'a Page, title: &str) -> Target<'a> {
    let checklist = page.region(en().incident.checklist);
    checklist.button(has(en().checklist.scenarios)).click();
    page.menu_item(title).click();
    page.press(&["Escape"]);
    checklist
}

/// Opens a phase of the checklist, if it is closed.
#[track_caller]
fn open_phase(checklist: &Target, name: &str) {
    checklist.heading(has(name)).number(0).wait();
    // A phase's heading begins with its name; a step may have it anywhere in its own.
    let headings = checklist.heading(Name::Any).names();
    let heading = headings.iter().find(|heading| heading.starts_with(name)).unwrap();
    let phase = checklist.button(heading);
    if phase.state("expanded") == "false" {
        phase.click();
    }
}

fn used(page: &Page) {
    keep(page, "laptop.json", &template());
    page.sees("laptop.json");
    accessible(page, "the playbooks page with a playbook of one's own");
    page.link("Stolen laptop").click();
    page.heading("Stolen laptop").wait();
    page.sees("also on the phone");
    page.sees("Tell the owner.");
    accessible(page, "a playbook of one's own");

    page.open("#/incidents");
    import_text(page, "one.json", &small_export("A laptop is gone"));
    let checklist = put_on_checklist(page, "Stolen laptop");
    open_phase(&checklist, en().vocabulary.phase(firsthour::model::Phase::Containment));
    checklist.checkbox("Lock the account").click();
    checklist.button("Containment").number(0).wait();
    accessible(page, "a checklist with a playbook of one's own");
    page.is_saved();
    page.reload();
    open_phase(
        &page.region(en().incident.checklist),
        en().vocabulary.phase(firsthour::model::Phase::Containment),
    );
    let ticked = page.region(en().incident.checklist).checkbox("Lock the account");
    assert_eq!(ticked.state("checked"), "true");
}

fn renamed(page: &Page) {
    keep(page, "laptop.json", &template());
    page.link("Stolen laptop").click();
    page.button(words().rename).click();
    let dialog = page.dialog(words().rename_title);
    dialog.field(has(words().name)).fill("Lost or stolen");
    dialog.button(words().save).click();
    dialog.wait_gone();
    page.heading("Lost or stolen").wait();
    // The same file again brings nothing new, and the name stays.
    page.drop_bytes("laptop.json", template().to_string().as_bytes());
    page.sees(words().unchanged);
    page.press(&["Escape"]);
    page.button(words().remove).click();
    page.sees(words().none);
    page.press(&["Ctrl+z"]);
    page.link("Lost or stolen").wait();
}

/// An incident that uses the CACAO playbook.
#[track_caller]
fn with_ways(page: &Page) -> Target<'_> {
    keep(page, "worm.json", &cacao());
    page.open("#/incidents");
    import_text(page, "one.json", &small_export("Something spreads"));
    if page.button(en().incident.checklist).exists() {
        page.button(en().incident.checklist).click();
    }
    let checklist = put_on_checklist(page, "Worm");
    open_phase(&checklist, en().vocabulary.phase(firsthour::model::Phase::Containment));
    checklist
}

fn chosen(page: &Page) {
    let checklist = with_ways(page);
    page.sees(&(words().if_condition)("more than one host"));
    page.sees(&(words().on_way)(firsthour::model::ForkKind::If, "false"));
    checklist.look(&["radio"], has(&(words().way)("true"))).click();
    page.sees(words().other_way);
    accessible(page, "a checklist with ways");
    page.screenshot("playbook-ways-light").unwrap();
    page.is_saved();
    page.reload();
    let checklist = page.region(en().incident.checklist);
    open_phase(&checklist, en().vocabulary.phase(firsthour::model::Phase::Containment));
    page.sees(words().other_way);
    let radio = page.region(en().incident.checklist).look(&["radio"], has(&(words().way)("true")));
    assert_eq!(radio.state("checked"), "true", "the choice is kept");
    page.press(&["Ctrl+z"]);
}

fn narrow(page: &Page) {
    keep(page, "worm.json", &cacao());
    accessible(page, "the playbooks page, narrow and dark");
    page.screenshot("playbooks-narrow-dark").unwrap();
}
