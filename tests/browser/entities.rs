//! Entities stay one: what is the same thing in two incidents is found from either, what may be the same is asked, and
//! merging, splitting and judging everywhere can be taken back.

use crate::harness::checks::{accessible, picture};
use crate::harness::find::{Finds as _, Target, has};
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::steps::{en, import_text, long_export};

pub fn tests() -> Vec<Test> {
    vec![
        test("entities::one_is_found_in_every_incident", found_everywhere),
        test("entities::one_is_found_in_every_incident_of_a_lab", found_everywhere).at(Place::Lab),
        test("entities::the_list_of_incidents_finds_them_by_what_is_in_them", searched),
        test("entities::the_search_fits_a_narrow_dark_screen", searched).narrow().dark(),
        test("entities::its_page_lists_the_events_that_name_it", events),
        test("entities::its_page_fits_a_narrow_dark_screen", events).narrow().dark(),
        test("entities::an_incident_that_cannot_be_read_holds_no_search_up", unreadable),
        test("entities::two_are_merged_and_split", merged_and_split),
        test("entities::merging_fits_a_narrow_dark_screen", merged_and_split).narrow().dark(),
    ]
}

/// Two incidents: one address and one private address occur in both; the first has one account under two names.
fn two_incidents() -> String {
    let incident = |id: &str, name: &str, evidence: serde_json::Value| {
        serde_json::json!({
            "@odata.type": "#microsoft.graph.security.incident",
            "id": id, "displayName": name, "severity": "medium", "status": "active",
            "createdDateTime": "2026-03-01T08:00:00Z", "lastUpdateDateTime": "2026-03-01T09:00:00Z",
            "alerts": [{
                "id": format!("a{id}"), "title": "Sign-in from an unusual place", "severity": "medium",
                "status": "new", "category": "InitialAccess", "serviceSource": "azureAdIdentityProtection",
                "createdDateTime": "2026-03-01T08:00:00Z", "evidence": evidence,
            }],
        })
    };
    let ip = |address: &str| serde_json::json!({ "@odata.type": "#microsoft.graph.security.ipEvidence", "ipAddress": address });
    let user = |account: serde_json::Value| serde_json::json!({ "@odata.type": "#microsoft.graph.security.userEvidence", "userAccount": account });
    let first = serde_json::json!([
        ip("203.0.113.9"),
        ip("10.0.0.5"),
        user(serde_json::json!({ "accountName": "mia", "userPrincipalName": "mia@contoso.example" })),
        user(serde_json::json!({ "accountName": "mia", "domainName": "CONTOSO" })),
    ]);
    let second = serde_json::json!([ip("203.0.113.9"), ip("10.0.0.5")]);
    serde_json::json!({ "value": [incident("1", FIRST, first), incident("2", SECOND, second)] }).to_string()
}

const FIRST: &str = "First break-in";
const SECOND: &str = "Second break-in";

/// Imports both and opens the entities of the first. Gives the address of its page.
fn open_first(page: &Page) -> String {
    page.open("#/incidents");
    import_text(page, "two.json", &two_incidents());
    page.link(FIRST).click();
    page.heading(has(FIRST)).wait();
    let address = page.route();
    page.open(&format!("{address}/entities"));
    list(page).link("203[.]0[.]113[.]9").wait();
    address
}

fn found_everywhere(page: &Page) {
    open_first(page);
    let elsewhere = (en().entities.elsewhere)(1);
    let link = page.link(elsewhere.as_str());
    link.wait();
    assert_eq!(link.count(), 1, "a private address is another one in another network");
    link.click();
    page.heading("203[.]0[.]113[.]9").wait();
    page.sees(&(en().entities.occurs_in)(2));
    page.link(FIRST).wait();
    page.link(SECOND).wait();
    accessible(page, "the page of an entity");

    page.button(en().entities.mark_malicious).click();
    page.sees(&(en().entities.marked_everywhere)(2));
    page.wait_until("both are malicious", |page| page.text().matches("Malicious").count() >= 3);
    page.press(&["Ctrl+z"]);
    page.wait_until("neither is malicious", |page| page.text().matches("Malicious").count() < 3);

    // Whoever pastes it defanged finds it from anywhere.
    page.press(&["Ctrl+k"]);
    page.dialog(en().shell.palette_title).wait();
    page.type_text("203[.]0.113[.]9");
    page.look(&["option"], has(&(en().entities.occurs_in)(2))).click();
    page.heading("203[.]0[.]113[.]9").wait();
    page.open("#/entities?q=10.0.0.5");
    page.wait_until("both private addresses are listed", |page| page.link("10[.]0[.]0[.]5").count() == 2);
    accessible(page, "the entities");
    page.link("10[.]0[.]0[.]5").number(0).click();
    page.sees(en().entities.local);
    page.sees(&(en().entities.occurs_in)(1));
}

fn searched(page: &Page) {
    open_first(page);
    // Nothing is read for a list in which nobody looks for anything.
    page.open("#/incidents");
    page.link(FIRST).wait();
    let why = |name: &str| format!("{}: {name}", en().entities.entity);
    for (text, shown) in [("203[.]0[.]113[.]9", "203[.]0[.]113[.]9"), ("203.0.113.9", "203[.]0[.]113[.]9")] {
        page.open(&format!("#/incidents?q={text}"));
        page.wait_until("both are found by the address", |page| {
            page.text().matches(&why(shown)).count() == 2
        });
    }
    picture(page, "list-by-entity");
    accessible(page, "incidents found by an entity");
    // Each word by whatever says it: the account is in the first one only, the name of both says the other word.
    page.open("#/incidents?q=BREAK-IN%20mia%40contoso");
    page.sees(&why("mia@contoso.example"));
    page.link(SECOND).wait_gone();
    page.open("#/incidents?q=203.0.113.99");
    page.sees(en().incidents.nothing_title);
    // What the row itself says needs no reason.
    page.open("#/incidents?q=break-in");
    page.link(SECOND).wait();
    assert!(!page.text().contains(&why("")), "a reason is given for what the row says");
}

/// So many connections to the address as advanced hunting gives them, and one event that does not name it.
fn connections(count: usize) -> String {
    let row = |minute: usize, address: &str| {
        serde_json::json!({
            "Timestamp": format!("2026-03-02T{:02}:{:02}:00Z", 8 + minute / 60, minute % 60),
            "DeviceId": "a1b2c3d4", "DeviceName": "pc7.contoso.example", "ActionType": "ConnectionSuccess",
            "RemoteIP": address, "RemotePort": 443,
        })
        .to_string()
    };
    let mut rows: Vec<String> = (0..count).map(|minute| row(minute, "203.0.113.9")).collect();
    rows.push(row(count, "198.51.100.1"));
    rows.join("\n")
}

fn events(page: &Page) {
    let texts = &en().entities;
    let address = open_first(page);
    assert!(!page.text().contains(texts.events));
    page.open("#/incidents");
    import_text(page, "connections.ndjson", &connections(60));
    page.wait_until("the connections are open", |page| !address.starts_with(&page.route()));
    page.open(&format!("{address}/entities"));
    page.link((texts.elsewhere)(2).as_str()).click();
    page.sees(&(texts.occurs_in)(3));
    page.heading(texts.events).wait();
    page.sees(&(texts.events_shown)(50, 60));
    picture(page, "entity-with-events");
    accessible(page, "an entity that events name");
    page.button(texts.more_events).click();
    page.button(texts.more_events).wait_gone();
    page.wait_until("all are listed", |page| page.link(has("ConnectionSuccess")).count() == 60);
    page.link(has("ConnectionSuccess")).number(0).click();
    page.dialog(en().timeline.event).wait();
    assert!(page.route().contains("/timeline?event="), "{}", page.route());
    page.sees("2026");
}

fn unreadable(page: &Page) {
    page.before_every_page("Object.defineProperty(window, 'indexedDB', { get() { return undefined; } })");
    page.open("#/incidents");
    import_text(page, "one.json", &long_export("To be damaged"));
    page.heading("To be damaged").wait();
    import_text(page, "two.json", &long_export("Stays whole").replace("4711", "4712"));
    page.heading("Stays whole").wait();
    // Nothing reads either of them here, so that neither is noticed and set aside before it is looked for.
    page.open("#/incidents");
    page.link("Stays whole").wait();
    let cut = page.evaluate(
        "const keys = Object.keys(localStorage).filter(key => key.startsWith('firsthour/1/i/')).sort();
         const text = localStorage.getItem(keys[0]), at = text.length >> 1;
         localStorage.setItem(keys[0], text.slice(0, at) + (text[at] === 'a' ? 'b' : 'a') + text.slice(at + 1));
         return keys.length",
    );
    assert_eq!(cut, 2, "each is in a snapshot of its own");
    page.reload();
    page.open("#/entities?q=mia");
    page.sees(&(en().entities.unread)(1));
    page.link("mia@contoso.example").wait();
    page.open("#/incidents?q=mia%40contoso");
    page.sees(&(en().entities.unread)(1));
    page.sees(&format!("{}: mia@contoso.example", en().entities.entity));
}

fn merged_and_split(page: &Page) {
    let address = open_first(page);
    let questions = page.region(en().entities.perhaps);
    questions.wait();
    accessible(page, "the question");
    page.sees(&(en().entities.same_account_name)("mia"));
    questions.button(en().entities.merge).click();
    page.sees(&(en().entities.merged)(2));
    questions.wait_gone();
    page.press(&["Ctrl+z"]);
    questions.wait();
    page.press(&["Ctrl+y"]);
    questions.wait_gone();

    // Merged they stay, and are split where they are looked at.
    page.reload();
    list(page).link("mia@contoso.example").click();
    let dialog = page.dialog(has("mia"));
    dialog.heading(en().entities.parts).wait();
    accessible(page, "a merged entity");
    dialog.button(has("CONTOSO\\mia")).click();
    page.sees(&(en().entities.split_off)("CONTOSO\\mia"));
    page.press(&["Escape"]);
    page.dialog(has("mia")).wait_gone();
    questions.button(en().entities.keep_apart).click();
    questions.wait_gone();

    // By hand, with the values of the one that is chosen where they differ.
    for name in ["mia@contoso.example", "CONTOSO\\mia"] {
        page.checkbox(&(en().parts.select_row)(name)).click();
    }
    page.button(en().entities.merge).click();
    let dialog = page.dialog(en().entities.merge_title);
    dialog.look(&["radio"], has("CONTOSO\\mia")).click();
    accessible(page, "the merge dialog");
    dialog.button(en().entities.merge).click();
    page.sees(&(en().entities.merged)(2));
    list(page).link("CONTOSO\\mia").wait_gone();
    page.open(&format!("{address}/activity"));
    page.sees("with “CONTOSO\\mia”");
}

/// The list of the incident's entities; the checklist beside it may name some of them, too.
fn list(page: &Page) -> Target<'_> {
    page.region(en().incident.entities)
}
