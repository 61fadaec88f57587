//! One notebook in several tabs: all of them edit, none loses anything, all show the same at once; who is overruled is
//! told; a tab that crashed does not stand in the way.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use firsthour::model::taxonomy::Status;
use firsthour::words::Lang;
use serde_json::{Value, json};

use crate::harness::find::Finds as _;
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::steps::{en, import_text, small_export};

pub fn tests() -> Vec<Test> {
    vec![
        test("tabs::eight_tabs_edit_at_once", eight_tabs),
        // Plain http has no Web Locks, so this must not depend on them.
        test("tabs::eight_tabs_edit_at_once_in_a_lab_too", eight_tabs).at(Place::Lab),
        test("tabs::who_is_overruled_is_told_and_undo_keeps_what_others_did", overruled),
        test("tabs::a_tab_that_closes_gives_the_lease_back", closed),
        test("tabs::a_tab_that_crashed_while_it_held_the_lease_is_replaced", crashed),
        test("tabs::a_tab_that_crashed_is_replaced_in_a_lab_too", crashed).at(Place::Lab),
    ]
}

/// How many comments each tab makes.
const COMMENTS: usize = 6;

/// Makes comments as a person would, in this tab from this moment on, and notes when each comment of any tab first shows.
const COMMENTING: &str = "
    const [name, count, start] = arguments;
    const made = {}, seen = {};
    window.commenting = { made, seen };
    const look = () => {
      for (const [text] of document.body.innerText.matchAll(/tab \\d says \\d+\\./g)) seen[text] ??= Date.now();
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    const form = () => document.querySelector('.incident-comment-form');
    const value = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
    const pause = time => new Promise(done => setTimeout(done, time));
    const until = async holds => { while (!holds()) await pause(5); };
    const comment = async text => {
      const area = form().querySelector('textarea'), button = form().querySelector('button');
      value.set.call(area, text);
      area.dispatchEvent(new Event('input', { bubbles: true }));
      await until(() => !button.disabled && button.getAttribute('aria-disabled') !== 'true');
      made[text] = Date.now();
      button.click();
      await until(() => area.value === '');
    };
    (async () => {
      await pause(start - Date.now());
      for (let left = count; left > 0; left--) {
        await comment(`tab ${name} says ${left}.`);
        await pause(120);
      }
    })();";

fn eight_tabs(page: &Page) {
    page.open("#/incidents");
    import_text(page, "one.json", &small_export("The first"));
    let first = page.route();
    page.open("#/incidents");
    import_text(page, "two.json", &small_export("The second").replace("4711", "4712"));
    let second = page.route();
    let addresses =
        [first, second].map(|route| format!("{}/activity", route.split('?').next().unwrap_or(&route)));
    page.open(&addresses[0]);
    let mut tabs = vec![page.tab()];
    tabs.extend((1..8).map(|number| page.open_tab(&addresses[number % 2])));
    for tab in &tabs {
        page.look_at_tab(tab);
        page.field(en().incident.comment).wait();
    }
    // All of them begin at one moment, when the last has been told.
    let start = page.evaluate("return Date.now() + 4000");
    for (number, tab) in tabs.iter().enumerate() {
        page.look_at_tab(tab);
        page.evaluate_with(COMMENTING, &[json!(number), json!(COMMENTS), start.clone()]);
    }
    assert!(
        page.evaluate("return Date.now()").as_i64() < start.as_i64(),
        "the tabs could not begin together"
    );

    let of_half = 4 * COMMENTS;
    let seen = |page: &Page| page.evaluate("return Object.keys(window.commenting.seen).length").as_u64();
    let (mut made, mut shown) = (BTreeMap::new(), Vec::new());
    for tab in &tabs {
        page.look_at_tab(tab);
        page.wait_until("every comment is there", |page| seen(page) == u64::try_from(of_half).ok());
        let notes = page.evaluate("return window.commenting");
        made.extend(times(&notes["made"]));
        shown.push(times(&notes["seen"]));
    }
    assert_eq!(made.len(), 8 * COMMENTS);
    let late = shown.iter().flatten().map(|(text, at)| (at - made[text], text)).max();
    let Some((longest, text)) = late else { panic!("nothing was shown") };
    println!("eight tabs: the last to see a comment saw it after {longest} ms");
    assert!(longest <= 1_000, "{text} was shown only after {longest} ms");

    // Once more from what is kept.
    for (address, number) in addresses.iter().zip(0..) {
        page.open(address);
        page.wait_until("the comments are read", |page| page.text().matches(" says ").count() >= of_half);
        let text = page.text();
        let times = |tab: usize, comment| text.matches(&format!("tab {tab} says {comment}.")).count();
        // As often as the page shows one comment, it shows each: none is lost, none is there twice.
        let once = times(number, 1);
        assert!(once > 0);
        for tab in (number..8).step_by(2) {
            for comment in 1..=COMMENTS {
                assert_eq!(times(tab, comment), once, "tab {tab} says {comment}.");
            }
        }
        page.sees_no_more(en().keeping.repair_title);
    }
}

fn times(notes: &Value) -> Vec<(String, i64)> {
    let notes = notes.as_object().into_iter().flatten();
    notes.filter_map(|(text, at)| Some((text.clone(), at.as_i64()?))).collect()
}

/// Chooses another status for the incident.
#[track_caller]
fn set_status(page: &Page, from: &Status, to: &Status) {
    let words = &Lang::En.words().vocabulary;
    page.button(&*words.status(from)).number(0).click();
    page.menu_item(&*words.status(to)).click();
    page.button(&*words.status(to)).number(0).wait();
}

fn overruled(page: &Page) {
    let status = |status: &Status| Lang::En.words().vocabulary.status(status).into_owned();
    page.open("#/incidents");
    import_text(page, "one.json", &small_export("In two tabs"));
    let address = page.route();
    let mine = page.tab();
    let theirs = page.open_tab(&address);
    page.heading("In two tabs").wait();

    page.look_at_tab(&mine);
    set_status(page, &Status::Active, &Status::InProgress);
    page.look_at_tab(&theirs);
    set_status(page, &Status::InProgress, &Status::AwaitingAction);

    // Who set what, from what to what, and where.
    page.look_at_tab(&mine);
    page.button(&*status(&Status::AwaitingAction)).number(0).wait();
    page.sees("Changed in another tab, after you");
    let said = page.text();
    let notice = said.split_once("Changed in another tab").map_or("", |(_, notice)| notice);
    for part in ["status", "in progress", "awaiting action", "In two tabs"] {
        assert!(notice.to_lowercase().contains(&part.to_lowercase()), "{part}: {notice}");
    }
    // Taking one's own back would take theirs back too.
    page.press(&["Ctrl+z"]);
    page.sees("Another tab has changed the same since");
    page.button(&*status(&Status::AwaitingAction)).number(0).wait();

    // They can, and it shows here at once.
    page.look_at_tab(&theirs);
    page.press(&["Ctrl+z"]);
    page.button(&*status(&Status::InProgress)).number(0).wait();
    page.look_at_tab(&mine);
    page.button(&*status(&Status::InProgress)).number(0).wait();
}

/// An export with so many incidents.
fn large_export(incidents: usize) -> String {
    let one: Value = serde_json::from_str(&small_export("Many")).expect("the small export is JSON");
    let numbered = (0..incidents).map(|number| {
        let mut incident = one["value"][0].clone();
        incident["id"] = json!((5_000 + number).to_string());
        incident["displayName"] = json!(format!("Large {number}."));
        incident
    });
    json!({ "value": numbered.collect::<Vec<_>>() }).to_string()
}

/// The name of the tab that has the lease.
fn holder(page: &Page) -> Option<String> {
    let lease = page.evaluate("return localStorage.getItem('firsthour/lease')");
    let lease: Value = serde_json::from_str(lease.as_str().unwrap_or("null")).unwrap_or_default();
    lease["tab"].as_str().map(str::to_owned)
}

fn closed(page: &Page) {
    page.open("#/incidents");
    page.wait_until("the only tab has the lease", |page| holder(page).is_some());
    let (first, had) = (page.tab(), holder(page));
    let second = page.open_tab("#/incidents");
    assert_eq!(holder(page), had);
    page.look_at_tab(&first);
    page.close_tab();
    page.look_at_tab(&second);
    page.wait_until("the other tab has the lease", |page| holder(page).is_some_and(|now| Some(now) != had));
}

fn crashed(page: &Page) {
    page.open("#/incidents");
    import_text(page, "one.json", &small_export("Before the crash"));
    page.open("#/incidents");
    page.wait_until("the only tab has the lease", |page| holder(page).is_some());
    let (first, dead) = (page.tab(), holder(page));
    let second = page.open_tab("#/incidents");
    page.sees("Before the crash");
    page.look_at_tab(&first);
    // The tab's process dies: nothing of it runs any more, nothing is given back. The driver is told that it crashed.
    let _ = page.devtools("Page.crash", json!({}));
    page.look_at_tab(&second);
    assert_eq!(holder(page), dead, "the tab that crashed gave the lease back");

    // What is large needs the lease.
    let begun = Instant::now();
    import_text(page, "large.json", &large_export(150));
    page.sees("150 incidents imported");
    println!("a crashed holder was replaced and 150 incidents imported in {:?}", begun.elapsed());
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert_ne!(holder(page), dead);
    page.reload();
    page.open("#/incidents");
    page.sees("Large 149.");
}
