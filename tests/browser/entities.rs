//! Entities stay one: what is the same thing in two incidents is found from either, what may be the same is asked, and
//! merging, splitting and judging everywhere can be taken back.

use crate::harness::checks::accessible;
use crate::harness::find::{Finds as _, Target, has};
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::steps::{en, import_text};

pub fn tests() -> Vec<Test> {
    vec![
        test("entities::one_is_found_in_every_incident", found_everywhere),
        test("entities::one_is_found_in_every_incident_of_a_lab", found_everywhere).at(Place::Lab),
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
