//! Damage to what the browser keeps, a sample for every key: the page opens, what can be read is there, and the page about
//! repairs says what happened and offers what cannot be read.

use serde_json::{Value, json};

use crate::harness::checks::accessible;
use crate::harness::find::Finds as _;
use crate::harness::page::Page;
use crate::harness::visit::{Test, test};
use crate::steps::{en, import_text, long_export, small_export};

pub fn tests() -> Vec<Test> {
    vec![
        test("repair::a_damaged_incident_is_told_offered_and_discarded", told),
        test("repair::a_damaged_incident_is_told_in_dark_colours_on_a_narrow_screen", told).dark().narrow(),
        test("repair::every_kind_of_damage_to_every_key_opens", every_key),
    ]
}

/// Two incidents and an edit, kept in local storage alone: a second copy elsewhere would mend what is damaged here.
fn prepared(page: &Page) {
    page.before_every_page("Object.defineProperty(window, 'indexedDB', { get() { return undefined; } })");
    page.open("#/incidents");
    import_text(page, "one.json", &small_export("To be damaged"));
    page.heading("To be damaged").wait();
    import_text(page, "two.json", &long_export("Stays whole").replace("4711", "4712"));
    page.heading("Stays whole").wait();
    page.button(en().incident.take).number(0).click();
    page.sees(en().incident.taken);
}

/// Every key of the notebook with its text.
fn texts(page: &Page) -> Vec<(String, String)> {
    let found = page.evaluate(
        "return Object.keys(localStorage).filter(key => key.startsWith('firsthour/1/')).sort()
           .map(key => [key, localStorage.getItem(key)])",
    );
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    found.as_array().unwrap().iter().map(|pair| (text(&pair[0]), text(&pair[1]))).collect()
}

/// Makes these texts all that is kept of the notebook.
fn put(page: &Page, texts: &[(String, String)]) {
    page.evaluate_with(
        "for (const key of Object.keys(localStorage)) if (key.startsWith('firsthour/1/')) localStorage.removeItem(key);
         for (const [key, text] of arguments[0]) localStorage.setItem(key, text);",
        &[json!(texts)],
    );
}

fn told(page: &Page) {
    let (words, care) = (en(), &en().care);
    prepared(page);
    let whole = texts(page);
    // The snapshot that holds the one and not the other is the first of the two to have been written.
    let snapshot = whole.iter().find(|(key, _)| key.starts_with("firsthour/1/i/"));
    let (key, text) = snapshot.expect("a long incident is folded at once").clone();
    let damaged: String = text.chars().rev().collect();
    let changed: Vec<_> =
        whole.iter().map(|(k, t)| (k.clone(), if *k == key { damaged.clone() } else { t.clone() })).collect();
    put(page, &changed);
    page.reload();
    page.open("#/incidents");
    // Which of the two it was shows once somebody wants to read them.
    let names = ["To be damaged", "Stays whole"];
    page.open("#/settings");
    page.download(|page| page.button(words.settings.backup_save).number(0).click());
    page.open("#/settings/repairs");
    page.sees(words.keeping.aside_title);
    let lost = names.into_iter().find(|name| page.text().contains(name)).expect("the incident is not named");
    accessible(page, "the page about repairs");
    let file = page.download(|page| page.button(words.keeping.aside_download).number(0).click()).text();
    let file: Value = serde_json::from_str(&file).unwrap();
    assert_eq!(file["records"][0]["text"], json!(damaged), "the damaged text is not offered as it is");

    page.open("#/incidents");
    let kept = names.into_iter().find(|name| *name != lost).unwrap();
    page.sees(kept);
    let rows = page
        .evaluate("return [...document.querySelectorAll('main tbody tr')].map(row => row.innerText).join()");
    let rows = rows.as_str().unwrap_or_default();
    assert!(rows.contains(kept) && !rows.contains(lost), "what cannot be read is still in the list: {rows}");

    page.open("#/settings/repairs");
    // The incident, and the edit of it that no longer fits.
    for left in [1, 0] {
        page.button(words.keeping.aside_discard).number(0).click();
        let dialog = page.dialog(care.discard_title);
        accessible(page, "the question before discarding");
        dialog.button(words.keeping.aside_discard).click();
        dialog.wait_gone();
        // It goes once the store has written it: pressing sooner would ask about the same record again.
        page.wait_until("that record is gone", |page| {
            page.text().matches(words.keeping.aside_discard).count() == left
        });
    }
    page.sees_no_more(words.keeping.aside_title);
    page.reload();
    assert!(!page.text().contains(words.keeping.aside_title), "what was discarded is back");
    page.open("#/incidents");
    page.sees(kept);
}

fn every_key(page: &Page) {
    let words = en();
    prepared(page);
    let whole = texts(page);
    assert!(whole.len() >= 6, "{whole:?}");
    let half = |text: &str| text.chars().take(text.chars().count() / 2).collect::<String>();
    let mut told = 0;
    for (number, (key, text)) in whole.iter().enumerate() {
        let (_, other) = &whole[(number + 1) % whole.len()];
        let flipped = firsthour::storage::faulty::flipped(text, text.chars().count() / 2);
        for damage in [None, Some(half(text)), Some(flipped), Some(other.clone())] {
            let changed: Vec<_> = whole
                .iter()
                .filter_map(|(k, t)| {
                    if k == key { Some((k.clone(), damage.clone()?)) } else { Some((k.clone(), t.clone())) }
                })
                .collect();
            put(page, &changed);
            page.reload();
            page.open("#/settings");
            let backup =
                page.download(|page| page.button(words.settings.backup_save).number(0).click()).text();
            let there = ["To be damaged", "Stays whole"].map(|name| backup.contains(name));
            assert!(there[0] || there[1], "damage to {key} took both incidents");
            page.open("#/settings/repairs");
            page.heading(words.care.repairs).number(0).wait();
            let is_told = !page.text().contains(words.care.repairs_clean);
            assert!(is_told || (there[0] && there[1]), "damage to {key} took an incident and nobody is told");
            told += usize::from(is_told);
        }
    }
    assert!(told >= whole.len(), "only {told} of {} keys' damages were told", whole.len());
}
