//! Texts of the import: doors, progress and preview; beside them what reading a file can come to, each with its next step
//! ([`refusals`], [`remarks`]).

mod refusals;
mod remarks;

use super::Lang;
use crate::formats::{FormatId, Place};
use crate::notebook::merge::Outcome;

/// Texts of the import.
#[derive(Debug)]
#[allow(missing_docs)] // The texts explain themselves.
pub struct Import {
    lang: Lang,
    pub pasted: &'static str,
    pub paste_title: &'static str,
    pub paste_label: &'static str,
    pub paste_hint: &'static str,
    pub paste_empty: &'static str,
    pub paste_read: &'static str,
    pub working_title: &'static str,
    pub reading: fn(&str, &str, &str) -> String,
    pub comparing: fn(&str) -> String,
    pub preview_title: &'static str,
    pub restore_title: &'static str,
    pub refused_title: &'static str,
    pub sure: &'static str,
    pub mostly: &'static str,
    pub nothing_new: &'static str,
    pub nothing_new_text: &'static str,
    pub incidents: &'static str,
    pub what_happens: &'static str,
    pub name: &'static str,
    pub alerts: &'static str,
    pub new_alerts: fn(usize) -> String,
    pub new_entities: fn(usize) -> String,
    pub changed: &'static str,
    pub kept: &'static str,
    pub field_changes: fn(&str, &str, &str) -> String,
    pub field_kept: fn(&str, &str, &str) -> String,
    pub empty_value: &'static str,
    pub as_they_are: fn(usize, usize) -> String,
    pub set_aside: fn(usize) -> String,
    pub set_aside_text: &'static str,
    pub remarks: fn(usize) -> String,
    pub raw: &'static str,
    pub what_to_do: &'static str,
    pub unreadable: fn(&str) -> String,
    pub unreadable_next: &'static str,
    pub choose_other: &'static str,
    pub import_these: fn(usize) -> String,
    pub restore_these: fn(usize) -> String,
    pub done: &'static str,
    pub saving: &'static str,
    pub waits: fn(&str) -> String,
    pub backup: &'static str,
    pub imported: fn(usize, &str) -> String,
    pub restored: fn(usize) -> String,
    pub preparation_too: &'static str,
    pub not_while_read_only: &'static str,
}

/// English.
pub const EN: Import = Import {
    lang: Lang::En,
    pasted: "pasted text",
    paste_title: "Bring something in",
    paste_label: "Text to read",
    paste_hint: "An export, a table, or any text with indicators: a report, a mail, a chat. Files and folders can also be dropped on any page. Nothing leaves this browser.",
    paste_empty: "Paste something first.",
    paste_read: "Read it",
    working_title: "Reading",
    reading: |name, done, total| format!("Reading {name}: {done} of {total}"),
    comparing: |name| format!("Comparing {name} with your notebook"),
    preview_title: "What will be imported",
    restore_title: "What will be restored",
    refused_title: "This could not be read",
    sure: "recognised by what it holds",
    mostly: "most of its records; the rest is of another format",
    nothing_new: "Nothing new",
    nothing_new_text: "Your notebook already has all of this. Nothing will change.",
    incidents: "Incidents",
    what_happens: "What happens",
    name: "Name",
    alerts: "Alerts",
    new_alerts: |n| if n == 1 { "1 new alert".into() } else { format!("{n} new alerts") },
    new_entities: |n| if n == 1 { "1 new entity".into() } else { format!("{n} new entities") },
    changed: "Brought up to date",
    kept: "Kept as you have it",
    field_changes: |field, from, to| format!("{field}: {from} becomes {to}"),
    field_kept: |field, mine, theirs| format!("{field}: stays {mine}; the file says {theirs}"),
    empty_value: "nothing",
    as_they_are: |same, older| match (same, older) {
        (n, 0) => format!("{} in your notebook already", number_en(n)),
        (0, n) => format!("{} older than what you have: left alone", number_en(n)),
        (n, m) => format!("{} in your notebook already, {m} older than what you have: left alone", number_en(n)),
    },
    set_aside: |n| if n == 1 { "1 record set aside".into() } else { format!("{n} records set aside") },
    set_aside_text: "These could not be read and are left out. Everything else is read.",
    remarks: |n| if n == 1 { "1 thing to know".into() } else { format!("{n} things to know") },
    raw: "As it stands in the file",
    what_to_do: "What to do",
    unreadable: |name| format!("The browser could not read “{name}”."),
    unreadable_next: "Check that the file still exists and is not open elsewhere, then try again.",
    choose_other: "Choose another file",
    import_these: |n| if n == 1 { "Import 1 incident".into() } else { format!("Import {n} incidents") },
    restore_these: |n| if n == 1 { "Restore 1 incident".into() } else { format!("Restore {n} incidents") },
    done: "Close",
    saving: "Saving",
    waits: |names| format!("Next comes {names}. The import before it is still being saved."),
    backup: "A backup of First Hour",
    imported: |n, from| if n == 1 { format!("1 incident imported from {from}") } else { format!("{n} incidents imported from {from}") },
    restored: |n| if n == 1 { "1 incident restored".into() } else { format!("{n} incidents restored") },
    preparation_too: "The preparation checklist comes back with them.",
    not_while_read_only: "This tab only reads. Import in the tab that has the notebook open for writing.",
};

fn number_en(n: usize) -> String {
    if n == 1 { "1 incident is".into() } else { format!("{n} incidents are") }
}

fn number_nl(n: usize) -> String {
    if n == 1 { "1 incident staat".into() } else { format!("{n} incidenten staan") }
}

fn older_nl(n: usize) -> String {
    if n == 1 { "1 is ouder dan wat je hebt: blijft buiten".into() } else { format!("{n} zijn ouder dan wat je hebt: blijven buiten") }
}

/// Dutch.
pub const NL: Import = Import {
    lang: Lang::Nl,
    pasted: "geplakte tekst",
    paste_title: "Iets binnenhalen",
    paste_label: "Tekst om te lezen",
    paste_hint: "Een export, een tabel, of elke tekst met indicatoren: een rapport, een mail, een chat. Bestanden en mappen kun je ook op elke pagina laten vallen. Niets verlaat deze browser.",
    paste_empty: "Plak eerst iets.",
    paste_read: "Lezen",
    working_title: "Lezen",
    reading: |name, done, total| format!("{name} lezen: {done} van {total}"),
    comparing: |name| format!("{name} vergelijken met je notitieboek"),
    preview_title: "Wat er geïmporteerd wordt",
    restore_title: "Wat er teruggezet wordt",
    refused_title: "Dit was niet te lezen",
    sure: "herkend aan wat erin staat",
    mostly: "de meeste records; de rest heeft een ander formaat",
    nothing_new: "Niets nieuws",
    nothing_new_text: "Dit staat allemaal al in je notitieboek. Er verandert niets.",
    incidents: "Incidenten",
    what_happens: "Wat er gebeurt",
    name: "Naam",
    alerts: "Waarschuwingen",
    new_alerts: |n| if n == 1 { "1 nieuwe waarschuwing".into() } else { format!("{n} nieuwe waarschuwingen") },
    new_entities: |n| if n == 1 { "1 nieuwe entiteit".into() } else { format!("{n} nieuwe entiteiten") },
    changed: "Bijgewerkt",
    kept: "Blijft zoals jij het hebt",
    field_changes: |field, from, to| format!("{field}: {from} wordt {to}"),
    field_kept: |field, mine, theirs| format!("{field}: blijft {mine}; het bestand zegt {theirs}"),
    empty_value: "niets",
    as_they_are: |same, older| match (same, older) {
        (n, 0) => format!("{} al in je notitieboek", number_nl(n)),
        (0, n) => older_nl(n),
        (n, m) => format!("{} al in je notitieboek, {}", number_nl(n), older_nl(m)),
    },
    set_aside: |n| if n == 1 { "1 record apart gezet".into() } else { format!("{n} records apart gezet") },
    set_aside_text: "Deze waren niet te lezen en blijven buiten. Al het andere is gelezen.",
    remarks: |n| if n == 1 { "1 ding om te weten".into() } else { format!("{n} dingen om te weten") },
    raw: "Zoals het in het bestand staat",
    what_to_do: "Wat je kunt doen",
    unreadable: |name| format!("De browser kon “{name}” niet lezen."),
    unreadable_next: "Controleer of het bestand nog bestaat en niet elders open is, en probeer het opnieuw.",
    choose_other: "Kies een ander bestand",
    import_these: |n| if n == 1 { "1 incident importeren".into() } else { format!("{n} incidenten importeren") },
    restore_these: |n| if n == 1 { "1 incident terugzetten".into() } else { format!("{n} incidenten terugzetten") },
    done: "Sluiten",
    saving: "Opslaan",
    waits: |names| format!("Hierna komt {names}. De import ervoor wordt nog opgeslagen."),
    backup: "Een reservekopie van First Hour",
    imported: |n, from| if n == 1 { format!("1 incident geïmporteerd uit {from}") } else { format!("{n} incidenten geïmporteerd uit {from}") },
    restored: |n| if n == 1 { "1 incident teruggezet".into() } else { format!("{n} incidenten teruggezet") },
    preparation_too: "De checklist voor de voorbereiding komt mee terug.",
    not_while_read_only: "Dit tabblad leest alleen. Importeer in het tabblad waarin het notitieboek geopend is om te schrijven.",
};

impl Import {
    /// What a format is called.
    pub fn format(&self, format: FormatId) -> &'static str {
        match format {
            FormatId::GraphIncidents => self.lang.pick("Microsoft Graph, incidents", "Microsoft Graph, incidenten"),
            FormatId::GraphAlerts => self.lang.pick("Microsoft Graph, alerts", "Microsoft Graph, waarschuwingen"),
            FormatId::M365dIncidents => {
                self.lang.pick("Microsoft 365 Defender, incidents", "Microsoft 365 Defender, incidenten")
            }
            FormatId::EndpointAlerts => self.lang.pick("Defender for Endpoint, alerts", "Defender for Endpoint, waarschuwingen"),
            FormatId::SentinelIncidents => self.lang.pick("Microsoft Sentinel, incidents", "Microsoft Sentinel, incidenten"),
            FormatId::SentinelAlerts => self.lang.pick("Microsoft Sentinel, table SecurityAlert", "Microsoft Sentinel, tabel SecurityAlert"),
            FormatId::SentinelParts => self.lang.pick(
                "Microsoft Sentinel, parts of incidents",
                "Microsoft Sentinel, delen van incidenten",
            ),
            FormatId::Hunting => self.lang.pick("Advanced hunting, rows", "Geavanceerd zoeken, rijen"),
            FormatId::Timesketch => "Timesketch",
            FormatId::Plaso => "Plaso",
            FormatId::Stix => "STIX",
            FormatId::Misp => "MISP",
            FormatId::Navigator => self.lang.pick("ATT&CK Navigator, layer", "ATT&CK Navigator, laag"),
            FormatId::TheHive => self.lang.pick("TheHive, case template", "TheHive, casesjabloon"),
            FormatId::Iris => self.lang.pick("DFIR-IRIS, case template", "DFIR-IRIS, casesjabloon"),
            FormatId::Cacao => self.lang.pick("CACAO, playbook", "CACAO, draaiboek"),
            FormatId::PlaybookNg => self.lang.pick("Playbook-NG, eviction playbook", "Playbook-NG, verwijderdraaiboek"),
            FormatId::Tasks => self.lang.pick("A task list in Markdown", "Een takenlijst in Markdown"),
            FormatId::Table => self.lang.pick("A table, by its columns", "Een tabel, naar haar kolommen"),
            FormatId::Text => self.lang.pick("A text with indicators", "Een tekst met indicatoren"),
        }
    }

    /// What becomes of an incident.
    pub fn outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::New => self.lang.pick("New", "Nieuw"),
            Outcome::Updated => self.lang.pick("Updated", "Bijgewerkt"),
            Outcome::Unchanged => self.lang.pick("Unchanged", "Ongewijzigd"),
            Outcome::Older => self.lang.pick("Older", "Ouder"),
        }
    }

    /// A place: `line 3, value[0].alerts[2]`; empty where it is all of the file.
    pub fn place(&self, place: &Place) -> String {
        let line = place.line.map(|line| format!("{} {line}", self.lang.pick("line", "regel")));
        let path = (!place.path.is_empty()).then(|| place.path.clone());
        line.into_iter().chain(path).collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests;
