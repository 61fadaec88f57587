//! The main job from start to end: the first run, the guided incident, its whole checklist, resolving, the report, and
//! everything there again when the browser has been closed. In both languages, wide and narrow, by mouse and by keyboard.

use firsthour::formats::report::Part;
use firsthour::model::taxonomy::{Classification, Determination, Status};
use firsthour::words::{Lang, Words};

use crate::harness::checks::fits;
use crate::harness::find::{Finds as _, Name, Target, has};
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};

/// What the responder concludes; it has to come back in the report.
const NOTE: &str = "Contained within two hours; one stolen session, no data left the company.";

pub fn tests() -> Vec<Test> {
    vec![
        test("main_job::in_english", |page| main_job(page, Lang::En)),
        test("main_job::in_dutch", |page| main_job(page, Lang::Nl)).reading("nl-NL,nl"),
        test("main_job::from_disk", |page| main_job(page, Lang::En)).at(Place::SingleFile),
        test("main_job::by_keyboard_only", by_keyboard),
        test("main_job::every_act_is_undone_and_done_again", undone),
        test("main_job::the_checklist_is_the_first_tab_on_a_narrow_screen", narrow).narrow(),
    ]
}

fn main_job(page: &Page, lang: Lang) {
    let words = lang.words();
    let texts = &words.incident;
    page.open("#/incidents");
    page.sees(words.incidents.empty_title);
    page.button(words.incidents.guided).click();
    page.heading(has("Multi-stage incident")).wait();
    take(page, words);

    let steps = tick_everything(page, words);
    page.region(texts.checklist).button(words.checklist.mark_contained).click();
    page.sees(words.checklist.marked_contained);

    resolve(page, words);
    let address = page.route();
    let report = markdown_report(page, words, &address);
    assert!(report.contains(NOTE), "the report lacks the closing note:\n{report}");
    assert!(report.contains("Multi-stage incident"), "the report lacks the incident's name:\n{report}");
    let ticked =
        report_of_the_checklist(&report, lang).matches(&format!("| {} |", words.shell.somebody)).count();
    assert_eq!(ticked, steps, "not every step is done by somebody in the report:\n{report}");

    page.reload();
    is_done(page, words, steps);
    page.restart_browser();
    page.open(&address);
    is_done(page, words, steps);
}

/// Takes the incident on, by the button of its head; the overview has another one.
fn take(page: &Page, words: &Words) {
    page.button(words.incident.take).number(0).click();
    page.sees(words.incident.taken);
}

/// Ticks every step of every phase, and returns how many there were.
fn tick_everything(page: &Page, words: &Words) -> usize {
    let checklist = page.region(words.incident.checklist);
    open_every_phase(&checklist);
    let boxes = checklist.checkbox(Name::Any);
    let steps = boxes.count();
    assert!(steps >= 20, "only {steps} steps are on the checklist");
    for number in 0..steps {
        boxes.clone().number(number).click();
    }
    page.sees(&(words.checklist.progress)(steps, steps, 0));
    steps
}

fn open_every_phase(checklist: &Target) {
    checklist.heading(Name::Any).number(0).wait();
    while let Some(name) = closed_phase(checklist) {
        checklist.button(&name).click();
    }
}

/// The name of a phase that is closed. A phase's heading is a button, the list's own heading is not.
fn closed_phase(checklist: &Target) -> Option<String> {
    let headings = checklist.heading(Name::Any).names();
    headings.into_iter().find(|name| {
        let button = checklist.button(name);
        button.exists() && button.state("expanded") == "false"
    })
}

fn resolve(page: &Page, words: &Words) {
    let texts = &words.incident;
    page.button(texts.resolve).click();
    let dialog = page.dialog(texts.resolve);
    // What is missing is said, and nothing is resolved without it.
    dialog.button(texts.resolve).click();
    page.sees(texts.classification_missing);
    dialog
        .combobox(texts.classification)
        .choose(&words.vocabulary.classification(&Classification::TruePositive));
    let malware = words.vocabulary.determination(&Determination::MultiStagedAttack);
    dialog.combobox(texts.determination).choose(&malware);
    dialog.field(texts.closing_note).fill(NOTE);
    dialog.button(texts.resolve).click();
    dialog.wait_gone();
    page.sees(texts.resolved);
}

fn markdown_report(page: &Page, words: &Words, address: &str) -> String {
    page.open(&format!("{address}/report"));
    let html = page.download(|page| page.button(words.incident.download_html).click());
    let text = html.text();
    assert!(html.name.ends_with("-report.html"), "{}", html.name);
    assert!(text.contains(NOTE), "the report lacks the closing note:\n{text}");
    assert!(!text.contains("<script"), "the report has a script");
    let markdown = page.download(|page| page.button(words.incident.download_markdown).click());
    assert!(markdown.name.ends_with("-report.md"), "{}", markdown.name);
    markdown.text()
}

/// The part of a report that says what was done about each step.
fn report_of_the_checklist(report: &str, lang: Lang) -> &str {
    let title = format!("\n## {}\n", Part::Checklist.title(lang));
    let (_, part) = report.split_once(&title).unwrap_or_else(|| panic!("there is no {title} in:\n{report}"));
    part.split_once("\n## ").map_or(part, |(part, _)| part)
}

/// The incident is resolved and every step is done.
#[track_caller]
fn is_done(page: &Page, words: &Words, steps: usize) {
    page.sees(&(words.checklist.progress)(steps, steps, 0));
    page.sees(&words.vocabulary.status(&Status::Resolved));
    page.button(words.incident.reopen).wait();
}

fn by_keyboard(page: &Page) {
    let words = Lang::En.words();
    page.open("#/incidents");
    // The doors are reached by Tab and opened by Enter.
    tab_to(page, words.incidents.guided);
    page.press(&["Enter"]);
    page.heading(has("Multi-stage incident")).wait();
    page.press(&["t"]);
    page.sees(words.incident.taken);

    // Into the checklist, tick a step, go to the next, open and close it.
    page.press(&["g", "c"]);
    page.wait_until("the focus is on a step", |page| page.focused().starts_with("checkbox"));
    page.press(&["Space", "j", "Space"]);
    let checklist = page.region(words.incident.checklist);
    page.wait_until("two steps are ticked", |page| page.text().contains("2 of "));
    page.press(&["Enter"]);
    checklist.button(words.checklist.reopen).wait();
    page.press(&["Enter"]);
    checklist.button(words.checklist.reopen).wait_gone();
    page.press(&["k", "Space"]);
    page.sees("1 of ");

    // Each tab by its number, and a note by Tab.
    for (key, view) in [
        ("2", "/timeline"),
        ("3", "/alerts"),
        ("4", "/entities"),
        ("5", "/evidence"),
        ("7", "/activity"),
        ("8", "/report"),
        ("6", "/notes"),
    ] {
        page.press(&[key]);
        page.wait_until(&format!("{key} has opened {view}"), |page| page.route().ends_with(view));
    }
    tab_to(page, words.incident.write_note);
    page.press(&["Enter"]);
    tab_to(page, words.incident.note_text);
    page.type_text("Written without a mouse");
    tab_to(page, words.incident.save);
    page.press(&["Enter"]);
    page.sees("Written without a mouse");

    // Resolve, in the dialog that the key opens.
    page.press(&["r"]);
    page.dialog(words.incident.resolve).wait();
    tab_to(page, words.incident.classification);
    page.type_text("True");
    tab_to(page, words.incident.determination);
    page.type_text("Multi");
    tab_to(page, words.incident.closing_note);
    page.type_text(NOTE);
    tab_to(page, words.incident.resolve);
    page.press(&["Enter"]);
    page.sees(words.incident.resolved);
    page.reload();
    page.sees(&words.vocabulary.status(&Status::Resolved));
}

/// Presses Tab until the focus is on what is called so.
#[track_caller]
pub fn tab_to(page: &Page, name: &str) {
    for _ in 0..120 {
        if page.focused().split_once(' ').is_some_and(|(_, focused)| focused == name) {
            return;
        }
        page.press(&["Tab"]);
    }
    panic!("120 times Tab did not reach \"{name}\"; the focus is on \"{}\"", page.focused());
}

fn undone(page: &Page) {
    let words = Lang::En.words();
    page.open("#/incidents");
    page.button(words.incidents.guided).click();
    take(page, words);
    resolve(page, words);
    page.button(words.incident.reopen).wait();

    page.heading(has("Multi-stage incident")).focus();
    page.press(&["Ctrl+z"]);
    page.button(words.incident.resolve).wait();
    page.press(&["Ctrl+z"]);
    page.button(words.incident.take).number(0).wait();
    page.press(&["Ctrl+y", "Ctrl+y"]);
    page.button(words.incident.reopen).wait();
    page.press(&["Ctrl+z", "Ctrl+z"]);
    page.button(words.incident.take).number(0).wait();
    // What was taken back stays so.
    page.reload();
    page.button(words.incident.take).number(0).wait();
    page.button(words.incident.resolve).wait();
}

fn narrow(page: &Page) {
    let words = Lang::En.words();
    page.open("#/incidents");
    page.button(words.incidents.guided).click();
    page.heading(has("Multi-stage incident")).wait();
    page.look(&["tab", "link"], words.incident.checklist.into()).click();
    page.wait_until("the checklist is open", |page| page.route().ends_with("/checklist"));
    let first = page.checkbox(Name::Any).number(0);
    first.click();
    page.wait_until("the step is ticked", |_| first.state("checked") == "true");
    fits(page, "the checklist");
}
