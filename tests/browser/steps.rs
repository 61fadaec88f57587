//! What many tests do on their way, in English as the page says it.

use std::path::Path;

use firsthour::formats::read;
use firsthour::words::{Lang, Words};

use crate::harness::find::Finds as _;
use crate::harness::page::Page;

/// The page's English.
pub fn en() -> &'static Words {
    Lang::En.words()
}

/// Drops a file and agrees to all it would do. The page must offer exactly the incidents that the file holds.
#[track_caller]
pub fn import_file(page: &Page, path: &Path) {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let intake = read(bytes).unwrap_or_else(|error| panic!("{}: {error:?}", path.display()));
    page.drop_file(path);
    agree(page, intake.incidents.len());
}

/// As [`import_file`], for a file made here.
#[track_caller]
pub fn import_text(page: &Page, name: &str, text: &str) {
    import_file(page, &page.file_with(name, text.as_bytes()));
}

/// Agrees to an import of so many incidents and waits until it is done.
#[track_caller]
pub fn agree(page: &Page, incidents: usize) {
    let words = &en().import;
    let dialog = page.dialog(words.preview_title);
    dialog.button(&(words.import_these)(incidents)).click();
    dialog.wait_gone();
}

/// Takes the guided first incident from an empty notebook, and waits until it is open.
#[track_caller]
pub fn take_the_guided_incident(page: &Page) {
    page.button(en().incidents.guided).click();
    page.wait_until("the guided incident is open", |page| page.route().starts_with("#/incidents/"));
}

/// A small export with one incident of this name.
pub fn small_export(name: &str) -> String {
    serde_json::json!({ "value": [{
        "@odata.type": "#microsoft.graph.security.incident",
        "id": "4711", "displayName": name, "severity": "medium", "status": "active",
        "createdDateTime": "2026-03-01T08:00:00Z", "lastUpdateDateTime": "2026-03-01T09:00:00Z",
        "alerts": [{
            "id": "a1", "title": "Sign-in from an unusual place", "severity": "medium", "status": "new",
            "category": "InitialAccess", "serviceSource": "azureAdIdentityProtection",
            "createdDateTime": "2026-03-01T08:00:00Z",
            "evidence": [{
                "@odata.type": "#microsoft.graph.security.userEvidence", "verdict": "suspicious",
                "userAccount": { "accountName": "mia", "userPrincipalName": "mia@contoso.example" },
            }],
        }],
    }] })
    .to_string()
}

/// An export as [`small_export`] makes it, with so long a description that the incident is folded into a snapshot at
/// once, together with all that the journal held.
pub fn long_export(name: &str) -> String {
    let described = format!("\"description\":\"{}\",\"displayName\"", "seen again ".repeat(3_500));
    small_export(name).replace("\"displayName\"", &described)
}
