//! Texts of what goes wrong in the page itself. Each says what happened and what to do next.

/// Texts of errors.
#[derive(Debug)]
#[allow(missing_docs)] // The texts explain themselves.
pub struct Errors {
    pub storage_blocked_title: &'static str,
    pub storage_blocked_text: &'static str,
    pub quota_title: &'static str,
    pub quota_text: &'static str,
    pub second_tab_title: &'static str,
    pub second_tab_text: &'static str,
    pub unreadable_title: &'static str,
    pub unreadable_text: fn(usize) -> String,
    pub file_unreadable: fn(&str) -> String,
    pub unexpected_title: &'static str,
    pub unexpected_text: &'static str,
}

/// English.
pub const EN: Errors = Errors {
    storage_blocked_title: "This browser does not let the page keep anything",
    storage_blocked_text: "Local storage is blocked here, so your work will be gone when you close the page. Allow site data for \
                           this address, or save a backup file before you leave.",
    quota_title: "There is no room left for this",
    quota_text: "Nothing was changed. Save a backup file, then remove incidents you no longer need and try again.",
    second_tab_title: "This notebook is open in another tab",
    second_tab_text: "You can read everything here. To make changes, go to the other tab, or close it and reload this one.",
    unreadable_title: "Part of the notebook could not be read",
    unreadable_text: |n| {
        if n == 1 {
            "1 record is damaged. It was set aside, not deleted: save it as a file, or restore a backup.".into()
        } else {
            format!(
                "{n} records are damaged. They were set aside, not deleted: save them as a file, or restore a backup."
            )
        }
    },
    file_unreadable: |name| {
        format!("The browser could not read “{name}”. Check that it still exists and is not open elsewhere, then try again.")
    },
    unexpected_title: "Something went wrong in the page",
    unexpected_text: "Your last saved state is safe. Save a backup file, then reload the page.",
};

/// Dutch.
pub const NL: Errors = Errors {
    storage_blocked_title: "Deze browser laat de pagina niets bewaren",
    storage_blocked_text: "Lokale opslag is hier geblokkeerd, dus je werk is weg zodra je de pagina sluit. Sta sitegegevens toe voor \
                           dit adres, of bewaar een reservekopie voordat je weggaat.",
    quota_title: "Hier is geen ruimte meer voor",
    quota_text: "Er is niets veranderd. Bewaar een reservekopie, verwijder incidenten die je niet meer nodig hebt en probeer het opnieuw.",
    second_tab_title: "Dit notitieboek is open in een ander tabblad",
    second_tab_text: "Je kunt hier alles lezen. Ga naar het andere tabblad om iets te wijzigen, of sluit dat en laad dit opnieuw.",
    unreadable_title: "Een deel van het notitieboek was niet te lezen",
    unreadable_text: |n| {
        if n == 1 {
            "1 record is beschadigd. Het is apart gezet, niet verwijderd: bewaar het als bestand of zet een reservekopie terug."
                .into()
        } else {
            format!(
                "{n} records zijn beschadigd. Ze zijn apart gezet, niet verwijderd: bewaar ze als bestand of zet een reservekopie terug."
            )
        }
    },
    file_unreadable: |name| {
        format!(
            "De browser kon “{name}” niet lezen. Controleer of het nog bestaat en niet elders open is, en probeer het opnieuw."
        )
    },
    unexpected_title: "Er ging iets mis in de pagina",
    unexpected_text: "Je laatst opgeslagen stand is veilig. Bewaar een reservekopie en laad de pagina opnieuw.",
};
