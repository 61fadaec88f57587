//! The passphrase: a locked notebook shows nothing to whoever looks at what the browser keeps, opens with its passphrase only,
//! locks itself, and its files can be encrypted too.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::backup::erase;
use crate::harness::checks::accessible;
use crate::harness::find::{Finds as _, Name};
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::steps::{en, import_text, long_export, small_export};

pub fn tests() -> Vec<Test> {
    vec![
        test("seal::nothing_of_a_locked_notebook_can_be_read", nothing_can_be_read),
        // Plain http has no cryptography of its own, so this must not depend on it.
        test("seal::nothing_of_a_locked_notebook_can_be_read_in_a_lab", nothing_can_be_read).at(Place::Lab),
        test("seal::nothing_of_a_locked_notebook_can_be_read_from_disk", nothing_can_be_read)
            .at(Place::SingleFile),
        test("seal::the_passphrase_is_changed_and_removed", changed_and_removed),
        test("seal::locking_now_locks_every_tab", every_tab),
        test("seal::an_idle_notebook_locks_itself", idle),
        test("seal::an_altered_and_a_swapped_record_are_noticed", altered),
        test("seal::a_forgotten_passphrase_can_be_erased_away", forgotten),
        test("seal::an_encrypted_backup_comes_back", sealed_backup),
    ]
}

const PASSPHRASE: &str = "seven blue herons walk";

/// Words that a notebook of these tests holds, and nothing else on the page does.
const WORDS: [&str; 5] = ["wombat", "quokka", "contoso", "unusual place", "initialaccess"];

/// Everything of this page that a browser keeps or remembers, as one text.
fn kept(page: &Page) -> String {
    let script = "const done = arguments[arguments.length - 1];
        (async () => {
          const parts = [document.title, location.href];
          for (const storage of [localStorage, sessionStorage])
            for (const key of Object.keys(storage)) parts.push(key, storage.getItem(key));
          for (const { name } of await (indexedDB.databases ? indexedDB.databases() : [])) {
            const db = await new Promise((yes, no) => {
              const open = indexedDB.open(name);
              open.onsuccess = () => yes(open.result);
              open.onerror = () => no(open.error);
            });
            for (const store of db.objectStoreNames) {
              const all = request => new Promise((yes, no) => {
                request.onsuccess = () => yes(request.result);
                request.onerror = () => no(request.error);
              });
              const texts = db.transaction(store).objectStore(store);
              parts.push(JSON.stringify(await all(texts.getAllKeys())), JSON.stringify(await all(texts.getAll())));
            }
            db.close();
          }
          done(parts.join('\\n'));
        })().catch(error => done('could not look: ' + error));";
    let text = page.evaluate_async(script, &[]).as_str().unwrap_or_default().to_lowercase();
    assert!(!text.starts_with("could not look"), "{text}");
    text
}

/// Nothing can be read. IndexedDB is given what was written a moment later.
#[track_caller]
fn shows_nothing(page: &Page) {
    let readable = || {
        let kept = kept(page);
        let word = WORDS.iter().find(|word| kept.contains(**word))?;
        let before = kept.split(word).next().unwrap_or_default();
        let key: String = before.chars().rev().take(80).collect::<Vec<_>>().into_iter().rev().collect();
        Some(format!("\"{word}\" can be read after …{key}"))
    };
    let begun = Instant::now();
    while let Some(what) = readable() {
        assert!(begun.elapsed() < Duration::from_secs(5), "{what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// A notebook with something in it, and somebody who writes it.
fn fill(page: &Page) {
    page.open("#/settings");
    page.field(en().settings.author).fill("Quokka Responder");
    page.press(&["Tab"]);
    page.open("#/incidents");
    import_text(page, "export.json", &small_export("Wombat in finance"));
    page.heading("Wombat in finance").wait();
}

fn set(page: &Page, passphrase: &str) {
    let words = &en().lock;
    page.open("#/settings");
    page.button(words.set).click();
    let dialog = page.dialog(words.set_title);
    dialog.field(words.new).fill(passphrase);
    dialog.field(words.again).fill(passphrase);
    dialog.button(words.set.trim_end_matches('…')).click();
    dialog.wait_gone();
    page.sees(words.was_set);
}

#[track_caller]
fn unlock(page: &Page, passphrase: &str) {
    page.sees(en().lock.locked_title);
    page.field(en().lock.passphrase).fill(passphrase);
    page.press(&["Enter"]);
    page.sees_no_more(en().lock.locked_title);
}

fn nothing_can_be_read(page: &Page) {
    fill(page);
    assert!(WORDS[..2].iter().all(|word| kept(page).contains(word)), "the words are never there to be found");
    let incident = page.route();
    set(page, PASSPHRASE);
    shows_nothing(page);

    // Work goes on, and leaves nothing either: an edit, a search, a filter, a look at an entity.
    page.link(en().shell.incidents).number(0).click();
    page.field(en().incidents.search).fill("wombat");
    page.sees("Wombat in finance");
    shows_nothing(page);
    assert_eq!(page.route(), "#/incidents", "the search is in the address");
    page.link("Wombat in finance").number(0).click();
    page.heading("Wombat in finance").wait();
    page.button(en().incident.take).number(0).click();
    page.sees(en().incident.taken);
    shows_nothing(page);
    assert_eq!(page.evaluate("return document.title"), json!("First Hour"));

    page.restart_browser();
    page.open(&incident);
    page.sees(en().lock.locked_title);
    accessible(page, "the page that asks for the passphrase");
    shows_nothing(page);
    assert!(!page.text().to_lowercase().contains("wombat"), "the page shows it before it is unlocked");
    page.field(en().lock.passphrase).fill("eight blue herons walk");
    page.press(&["Enter"]);
    page.sees(en().lock.wrong);
    unlock(page, PASSPHRASE);
    page.heading("Wombat in finance").wait();
    page.sees("Quokka Responder");
    shows_nothing(page);
}

fn changed_and_removed(page: &Page) {
    let words = &en().lock;
    fill(page);
    set(page, PASSPHRASE);
    page.button(words.change).click();
    let dialog = page.dialog(words.change_title);
    let change = words.change.trim_end_matches('…');
    dialog.field(words.current).fill("not the passphrase");
    dialog.field(words.new).fill("another passphrase");
    dialog.field(words.again).fill("another passphrase");
    dialog.button(change).click();
    page.sees(words.wrong);
    dialog.field(words.current).fill(PASSPHRASE);
    dialog.button(change).click();
    dialog.wait_gone();
    page.sees(words.was_changed);

    page.reload();
    page.field(words.passphrase).fill(PASSPHRASE);
    page.press(&["Enter"]);
    page.sees(words.wrong);
    unlock(page, "another passphrase");
    page.button(words.remove).click();
    let dialog = page.dialog(words.remove_title);
    dialog.field(words.current).fill("another passphrase");
    dialog.button(words.remove.trim_end_matches('…')).click();
    dialog.wait_gone();
    page.sees(words.was_removed);
    assert!(kept(page).contains("quokka"), "it is still encrypted");
    page.reload();
    page.open("#/incidents");
    page.sees("Wombat in finance");
    assert!(page.evaluate("return document.title").as_str().unwrap().contains(" · First Hour"));
}

fn every_tab(page: &Page) {
    let words = &en().lock;
    fill(page);
    let first = page.tab();
    let second = page.open_tab("#/incidents");
    page.sees("Wombat in finance");
    page.look_at_tab(&first);
    set(page, PASSPHRASE);
    // The other tab has to ask as soon as there is a passphrase.
    page.look_at_tab(&second);
    unlock(page, PASSPHRASE);
    page.sees("Wombat in finance");
    page.press(&["g", "l"]);
    page.sees(words.locked_title);
    page.look_at_tab(&first);
    page.sees(words.locked_title);
    assert!(!page.text().contains("Wombat"));
    // The palette does it too.
    unlock(page, PASSPHRASE);
    page.press(&["Ctrl+k"]);
    page.type_text(words.lock_now);
    page.press(&["Enter"]);
    page.sees(words.locked_title);
}

fn idle(page: &Page) {
    let words = &en().lock;
    fill(page);
    set(page, PASSPHRASE);
    page.combobox(words.lock_after).choose(&(words.minutes)(5));
    let later = |minutes: u32| {
        let script = format!("const now = Date.now; Date.now = () => now() + {minutes} * 60000");
        page.evaluate(&script);
    };
    later(4);
    // A key shows that somebody is there.
    page.press(&["Shift"]);
    later(4);
    std::thread::sleep(Duration::from_secs(6));
    assert!(!page.text().contains(words.locked_title), "it locked although somebody was there");
    later(2);
    page.sees(words.locked_title);
    unlock(page, PASSPHRASE);
}

fn altered(page: &Page) {
    // Or the mirror would bring back what stood there.
    page.before_every_page("Object.defineProperty(window, 'indexedDB', { value: undefined })");
    fill(page);
    page.open("#/incidents");
    let second = long_export("Numbat in sales").replace("4711", "4712").replace("\"a1\"", "\"a2\"");
    import_text(page, "second.json", &second);
    page.heading("Numbat in sales").wait();
    set(page, PASSPHRASE);
    let snapshots = page.evaluate(
        "return Object.keys(localStorage).filter(key => key.startsWith('firsthour/1/i/')).sort()
           .map(key => [key, localStorage.getItem(key)])",
    );
    let snapshots: Vec<(String, String)> = serde_json::from_value(snapshots).unwrap();
    let [(one, one_text), (other, other_text)] = &snapshots[..] else { panic!("{}", snapshots.len()) };
    // What somebody can do who has the browser's files but not the passphrase.
    let mut flipped: Vec<char> = one_text.chars().collect();
    let middle = flipped.len() / 2;
    flipped[middle] = if flipped[middle] == '\u{3400}' { '\u{3401}' } else { '\u{3400}' };
    let flipped: String = flipped.into_iter().collect();

    assert_eq!(damaged(page), 0);
    put(page, one, &flipped);
    assert_eq!(damaged(page), 1, "an altered record opens");
    put(page, one, other_text);
    assert_eq!(damaged(page), 1, "a record opens in another's place");
    put(page, other, one_text);
    assert_eq!(damaged(page), 2, "records that are swapped open");
    put(page, one, one_text);
    put(page, other, other_text);
    assert_eq!(damaged(page), 0, "what was put right does not open");
}

fn put(page: &Page, key: &str, text: &str) {
    page.evaluate_with("localStorage.setItem(arguments[0], arguments[1])", &[json!(key), json!(text)]);
}

/// Loads the page anew and opens both incidents; says how many of them are damaged.
fn damaged(page: &Page) -> usize {
    page.open("#/incidents");
    page.reload();
    unlock(page, PASSPHRASE);
    let names = ["Wombat in finance", "Numbat in sales"];
    let is_damaged = |name: &&str| {
        let words = &en().keeping;
        page.link(en().shell.incidents).number(0).click();
        page.link(*name).number(0).click();
        let told = (words.damaged_incident)(name);
        page.wait_until("the incident is open or damaged", |page| {
            page.heading(*name).exists() && page.button(en().incident.take).exists()
                || page.text().contains(&told)
        });
        page.text().contains(&told)
    };
    names.into_iter().filter(is_damaged).count()
}

fn forgotten(page: &Page) {
    let words = &en().lock;
    fill(page);
    set(page, PASSPHRASE);
    page.reload();
    page.button(Name::Is(words.forgotten.into())).click();
    page.button(words.erase).click();
    let dialog = page.dialog(words.erase_title);
    dialog.field(&(words.erase_label)(words.erase_word)).fill(words.erase_word);
    dialog.button(words.erase).click();
    page.sees_no_more(words.locked_title);
    page.open("#/incidents");
    page.sees(en().incidents.empty_title);
    let left = page.evaluate(
        "return Object.keys(localStorage).filter(key => key.startsWith('firsthour/1/') && !key.includes('/lock-'))",
    );
    assert_eq!(left, json!([]));
}

fn sealed_backup(page: &Page) {
    let words = &en().lock;
    fill(page);
    page.open("#/settings");
    page.checkbox(words.seal_file).click();
    page.field(words.new).fill("a file of its own");
    page.field(words.again).fill("a file of its own");
    let file = page.download(|page| page.button(en().settings.backup_save).number(0).click());
    assert!(file.name.ends_with(".sealed.json"), "{}", file.name);
    let text = file.text().to_lowercase();
    assert!(
        text.starts_with("{\"format\":\"firsthour-sealed\"") && !WORDS.iter().any(|word| text.contains(word))
    );

    erase(page);
    page.reload();
    page.open("#/incidents");
    page.sees(en().incidents.empty_title);
    page.drop_bytes(&file.name, &file.bytes);
    let ask = page.dialog(words.open_title);
    ask.field(words.passphrase).fill("not the passphrase");
    page.press(&["Enter"]);
    page.sees(words.file_wrong);
    ask.field(words.passphrase).fill("a file of its own");
    page.press(&["Enter"]);
    ask.wait_gone();
    let dialog = page.dialog(en().import.restore_title);
    dialog.button(&(en().import.restore_these)(1)).click();
    dialog.wait_gone();
    page.heading("Wombat in finance").wait();
}
