//! Keeping: what was done is there again after a reload and after the browser closed; a full store refuses without losing
//! anything and says how to free room; a browser that keeps nothing and a newer program's notebook are told.

use firsthour::storage::frame::{frame, unframe};
use serde_json::{Value, json};

use crate::harness::checks::accessible;
use crate::harness::find::{Finds as _, Name};
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::steps::{en, import_text, small_export};

pub fn tests() -> Vec<Test> {
    vec![
        test("storage::the_browser_closes_and_opens_again", reopened),
        test("storage::the_browser_closes_and_opens_again_from_disk", reopened).at(Place::SingleFile),
        test("storage::a_full_store_refuses_and_loses_nothing", full),
        test("storage::what_is_open_is_saved_and_an_archive_frees_room", filling_up),
        test("storage::raw_source_data_is_dropped_and_put_back", raw_data),
        test("storage::a_browser_that_keeps_nothing_says_so", blocked),
        test("storage::a_backup_is_copied_as_text_where_the_clipboard_is_refused", copied_as_text),
        test("storage::a_sandboxed_frame_says_so_and_a_backup_can_be_taken", sandboxed),
        test("storage::a_newer_notebook_is_shown_and_never_changed", newer),
    ]
}

fn reopened(page: &Page) {
    page.open("#/incidents");
    import_text(page, "kept.json", &small_export("Kept for later"));
    page.heading("Kept for later").wait();
    let address = page.route();
    page.restart_browser();
    page.open(&address);
    page.heading("Kept for later").wait();
    page.open("#/incidents");
    page.sees("Kept for later");
}

fn full(page: &Page) {
    page.open("#/incidents");
    import_text(page, "first.json", &small_export("There before"));
    page.heading("There before").wait();
    // Something else at this address takes what room is left.
    take_all_room(page);
    page.reload();
    let before = notebook(page);
    page.open("#/incidents");
    let second = small_export("Does not fit").replace("4711", "4712");
    page.drop_bytes("second.json", second.as_bytes());
    page.dialog(en().import.preview_title).button(&(en().import.import_these)(1)).click();
    page.sees("so nothing was changed");
    assert_eq!(notebook(page), before, "a refused write has changed what is kept");

    // There is room again, and everything is as it was.
    page.evaluate("for (const key of Object.keys(localStorage)) if (key.startsWith('somebody-else/')) localStorage.removeItem(key)");
    page.reload();
    page.open("#/incidents");
    page.sees("There before");
    assert!(!page.text().contains("Does not fit"), "a refused import is there after all");
}

/// Another program of the origin takes what room is left, to the last unit.
fn take_all_room(page: &Page) {
    page.evaluate(
        "let size = 4194304;
         for (let number = 0; size >= 1; number++) {
           try { localStorage.setItem('somebody-else/' + number, 'x'.repeat(size)); } catch { size >>= 1; }
         }",
    );
}

/// An export of so many resolved incidents, each with some thousand characters that hardly pack and that the program has
/// no name for.
fn large_export(incidents: usize) -> String {
    let mut state = 7_u64;
    let mut noise = || -> String {
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(
                b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[(state >> 58) as usize],
            )
        };
        (0..9_000).map(|_| next()).collect()
    };
    let one = |number: usize, noise: String| {
        json!({
            "@odata.type": "#microsoft.graph.security.incident",
            "id": (9_000 + number).to_string(), "displayName": format!("Long done {number}"),
            "severity": "low", "status": "resolved", "createdDateTime": "2025-03-01T08:00:00Z",
            "lastUpdateDateTime": "2025-03-02T08:00:00Z", "labData": noise,
        })
    };
    json!({ "value": (0..incidents).map(|number| one(number, noise())).collect::<Vec<_>>() }).to_string()
}

fn filling_up(page: &Page) {
    let (words, care) = (en(), &en().care);
    page.open("#/incidents");
    import_text(page, "done.json", &large_export(100));
    page.sees(&(words.incidents.shown)(100, 100));
    import_text(page, "open.json", &small_export("What is open"));
    page.heading("What is open").wait();
    let address = page.route();
    take_all_room(page);

    // What is open is saved all the same, and the page says what is going on.
    let step = page.region(words.incident.checklist).checkbox(Name::Any).number(0);
    step.click();
    page.wait_until("the step is ticked", |_| step.state("checked") == "true");
    page.reload();
    page.sees(care.full_title);
    page.sees("belong to other programs at this address");
    let step = page.region(words.incident.checklist).checkbox(Name::Any).number(0);
    assert_eq!(step.state("checked"), "true", "what was open was not saved");

    // New input is refused before anything changes.
    let before = notebook(page);
    page.drop_bytes("more.json", small_export("Does not fit").replace("4711", "4712").as_bytes());
    page.dialog(words.import.preview_title).button(&(words.import.import_these)(1)).click();
    page.sees("so nothing was changed");
    assert_eq!(notebook(page), before, "a refused import has changed what is kept");

    // A backup needs no room.
    page.open("#/settings");
    let backup = page.download(|page| page.button(words.settings.backup_save).number(0).click()).text();
    for name in ["What is open", "Long done 0", "Long done 99"] {
        assert!(
            backup.contains(name),
            "the backup lacks {name} and has {} incidents",
            backup.matches("labData").count()
        );
    }

    // The largest are named, and archiving them frees room.
    page.open("#/settings/room");
    page.sees("Long done");
    page.sees("“somebody-else”");
    accessible(page, "what takes the room");
    let all = words.amounts.incidents(100);
    let archive = page.download(|page| page.button(&(care.archive_action)(&all)).click());
    assert!(archive.text().contains("Long done 0") && !archive.text().contains("What is open"));
    let dialog = page.dialog(care.archive);
    let remove = dialog.button(&(care.archive_remove)(&all));
    assert_eq!(remove.state("disabled"), "true", "it can be taken out before the file is there");
    accessible(page, "the dialog of an archive");
    choose_in_dialog(page, &backup);
    page.sees(care.archive_differs);
    assert_eq!(remove.state("disabled"), "true", "another file counts as the archive");
    choose_in_dialog(page, &archive.text());
    page.sees(care.archive_checked);
    remove.click();
    page.sees(&(care.archive_removed)(&all));
    page.sees_no_more(care.full_title);

    // There is room to go on, with the other program still there.
    import_text(page, "more.json", &small_export("Fits now").replace("4711", "4712"));
    page.heading("Fits now").wait();
    page.open("#/incidents");
    assert!(!page.text().contains("Long done"), "what was archived is still there");

    // The file brings them back once the other program is gone.
    page.evaluate("for (const key of Object.keys(localStorage)) if (key.startsWith('somebody-else/')) localStorage.removeItem(key)");
    page.reload();
    page.drop_bytes(&archive.name, &archive.bytes);
    let dialog = page.dialog(words.merge.title);
    dialog.button(&(words.merge.merge_these)(100)).click();
    dialog.wait_gone();
    page.open("#/incidents?status=resolved");
    page.sees("Long done");
    page.open(&address);
    page.heading("What is open").wait();
}

/// Chooses a file with this text in the dialog that is open.
fn choose_in_dialog(page: &Page, text: &str) {
    let path = page.file_with("chosen.json", text.as_bytes());
    let input = page.evaluate("return document.querySelector('dialog[open] input[type=file]')");
    page.put_file(&input, &path);
}

fn raw_data(page: &Page) {
    let (words, care) = (en(), &en().care);
    page.open("#/incidents");
    // Enough to be folded at once.
    import_text(page, "done.json", &large_export(6));
    page.sees(&(words.incidents.shown)(6, 6));
    page.open("#/settings/room");
    page.button(care.raw_measure).click();
    let drop = page.button(&(care.raw_drop_resolved)(&words.amounts.incidents(6)));
    drop.wait();
    let whole = notebook(page).len();
    drop.click();
    page.sees(&(care.raw_dropped)(&words.amounts.incidents(6)));
    // The room is given back when the journal is folded, a moment later.
    page.wait_until("dropping raw source data frees room", |page| notebook(page).len() + 6 * 3_000 < whole);
    page.button(care.raw_measure).click();
    page.sees(care.raw_none);
    page.button(words.parts.undo).click();
    page.open("#/settings/room");
    page.reload();
    page.button(care.raw_measure).click();
    page.button(&(care.raw_drop_resolved)(&words.amounts.incidents(6))).wait();
}

/// What is kept of the notebook, by key.
fn notebook(page: &Page) -> String {
    page.evaluate(
        "return JSON.stringify(Object.keys(localStorage).filter(key => key.startsWith('firsthour/1/')).sort()
           .map(key => [key, localStorage.getItem(key)]))",
    )
    .as_str()
    .unwrap_or_default()
    .to_owned()
}

/// As where site data is blocked for an address: reading the property throws.
const BLOCKED: &str = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError'); } })";

fn blocked(page: &Page) {
    page.before_every_page(BLOCKED);
    page.open("#/incidents");
    page.sees(en().keeping.blocked_title);
    import_text(page, "passing.json", &small_export("Until the page closes"));
    page.heading("Until the page closes").wait();
}

/// Without the permission to write to the clipboard, as in a frame, the text is put into a field and selected for the
/// browser's own way to copy. What would reach the clipboard is what is selected at that moment.
fn copied_as_text(page: &Page) {
    let care = &en().care;
    page.before_every_page(BLOCKED);
    page.before_every_page(
        "Clipboard.prototype.writeText = () => Promise.reject(new DOMException('refused', 'NotAllowedError'));
         Document.prototype.execCommand = command => {
           const field = document.activeElement;
           if (command === 'copy') window.copied = field.value.slice(field.selectionStart, field.selectionEnd);
           return true;
         }",
    );
    page.open("#/incidents");
    import_text(page, "passing.json", &small_export("Until the page closes"));
    page.heading("Until the page closes").wait();
    let backup = page.download(|page| page.button(en().settings.backup_save).number(0).click()).text();
    page.button(care.copy_backup).click();
    page.sees(care.backup_copied);
    assert_eq!(page.evaluate("return window.copied"), json!(backup), "what was copied is not the backup");
    assert!(backup.contains("Until the page closes"), "{backup}");
    assert_eq!(
        page.evaluate("return document.querySelectorAll('textarea.visually-hidden').length"),
        json!(0)
    );
}

/// A frame without an origin of its own may keep nothing: reading the property throws there. Only the single file runs in
/// one, since such a frame may not load modules either.
fn sandboxed(page: &Page) {
    let (words, care) = (en(), &en().care);
    let inner = format!("{}firsthour.html#/incidents", page.base());
    page.go_elsewhere(&format!(
        "data:text/html,<title>frame</title><iframe sandbox='allow-scripts allow-downloads' width=1300 height=800 src='{}'></iframe>",
        inner.replace('#', "%23")
    ));
    page.enter_frame();
    page.sees(words.keeping.blocked_title);
    press(page, words.incidents.guided);
    page.wait_until("the guided incident is open", |page| page.route().starts_with("#/incidents/"));
    // It is written in steps; only once it is shown is there something to save.
    page.sees("Unassigned");
    let backup = page.download(|page| press(page, words.settings.backup_save)).text();
    assert!(backup.contains("firsthour-notebook") && backup.contains("Multi-stage incident"), "{backup}");
    page.evaluate("location.hash = '#/settings'");
    page.sees(care.kept_title);
}

/// Presses a button of the frame, where the accessibility tree of the document around it does not reach.
fn press(page: &Page, label: &str) {
    const PRESS: &str = "const button = [...document.querySelectorAll('button')].find(button => button.innerText.trim() === arguments[0]);
        button?.click();
        return !!button;";
    page.wait_until(&format!("there is a button \"{label}\""), |page| {
        page.evaluate_with(PRESS, &[json!(label)]) == true
    });
}

fn newer(page: &Page) {
    let words = en();
    page.open("#/incidents");
    import_text(page, "one.json", &small_export("From the future"));
    page.heading("From the future").wait();
    let address = page.route();
    // The same contents, as a program would write them whose format this one does not know.
    for place in firsthour::storage::key::MANIFESTS {
        let text = page.evaluate_with("return localStorage.getItem(arguments[0])", &[json!(place)]);
        let json = unframe('M', "manifest", text.as_str().unwrap()).unwrap();
        let mut manifest: Value = serde_json::from_str(json).unwrap();
        manifest["format"] = 99.into();
        manifest["something"] = "new".into();
        let text = frame('M', "manifest", &manifest.to_string());
        page.evaluate_with("localStorage.setItem(arguments[0], arguments[1])", &[json!(place), json!(text)]);
    }
    let before = notebook(page);
    page.reload();
    page.sees(words.keeping.newer_title);
    page.open(&address);
    page.heading("From the future").wait();
    let step = page.region(words.incident.checklist).checkbox(Name::Any).number(0);
    assert_eq!(step.state("disabled"), "true", "a step can be ticked in a newer program's notebook");
    page.drop_bytes("two.json", small_export("Refused").replace("4711", "4712").as_bytes());
    page.sees(words.import.not_while_read_only);
    page.open("#/settings");
    let backup = page.download(|page| page.button(words.settings.backup_save).number(0).click()).text();
    assert!(backup.contains("From the future"), "{backup}");
    page.reload();
    assert_eq!(notebook(page), before, "a newer program's notebook was changed");
}
