//! Texts of the page Settings: who is writing, how it looks, where it is kept, backup, erasing, and what this program is.

/// Texts of the page Settings.
#[derive(Debug)]
#[allow(missing_docs)] // The texts explain themselves.
pub struct Settings {
    pub you: &'static str,
    pub author: &'static str,
    pub author_hint: &'static str,
    pub display: &'static str,
    pub zone_hint: &'static str,
    pub storage: &'static str,
    pub storage_text: &'static str,
    pub counts: fn(&str, &str, &str) -> String,
    pub journal: fn(&str) -> String,
    pub largest: &'static str,
    pub largest_none: &'static str,
    pub backup: &'static str,
    pub backup_text: &'static str,
    pub backup_last: &'static str,
    pub backup_never: &'static str,
    pub backup_save: &'static str,
    pub backup_working: &'static str,
    pub backup_saved: fn(&str) -> String,
    pub backup_failed: &'static str,
    pub restore: &'static str,
    pub restore_text: &'static str,
    pub restore_choose: &'static str,
    pub erase: &'static str,
    pub erase_text: &'static str,
    pub erase_action: &'static str,
    pub erase_title: &'static str,
    pub erase_warning: fn(usize) -> String,
    pub erase_label: fn(&str) -> String,
    pub erase_word: &'static str,
    pub erased: fn(usize) -> String,
    pub erase_nothing: &'static str,
    pub about: &'static str,
    pub version: &'static str,
    pub licence: &'static str,
    pub data: &'static str,
    pub data_text: &'static str,
    pub network: &'static str,
    pub network_text: &'static str,
    pub promise: &'static str,
    pub promise_text: &'static str,
    pub keys: &'static str,
    pub keys_text: &'static str,
}

/// English.
pub const EN: Settings = Settings {
    you: "You",
    author: "Your name",
    author_hint: "Stands beside everything you do, in the activity log and in reports.",
    display: "Display",
    zone_hint: "The original text of every time is kept, whatever you choose here.",
    storage: "Storage",
    storage_text: "Everything is kept in this browser's local storage, which is small. When it is nearly full the page says so, and always keeps enough room to save what is open.",
    counts: |incidents, alerts, entities| format!("{incidents}, {alerts}, {entities}"),
    journal: |size| format!("Of this, {size} are recent changes that still shrink when they are folded into their incidents."),
    largest: "What takes most room",
    largest_none: "No incident yet.",
    backup: "Backup",
    backup_text: "One file with everything: incidents, checklists, notes, activity, preparation. Unless you encrypt it, keep it where you would keep the incidents themselves.",
    backup_last: "Last backup",
    backup_never: "None yet",
    backup_save: "Save a backup file",
    backup_working: "Gathering the incidents",
    backup_saved: |name| format!("Backup saved as {name}"),
    backup_failed: "The browser did not make the file. Try again, or try another browser.",
    restore: "Restore or merge",
    restore_text: "Open a backup, or a colleague's file. You see what would happen before anything changes: it is merged with what is here, or put back as it was saved.",
    restore_choose: "Choose a backup file",
    erase: "Erase",
    erase_text: "Deletes every incident from this browser. Save a backup first.",
    erase_action: "Erase everything…",
    erase_title: "Erase everything?",
    erase_warning: |n| {
        let incidents = if n == 1 { "1 incident".to_owned() } else { format!("all {n} incidents") };
        format!("This deletes {incidents} with notes, checklists and activity. You can undo it until you close this page; after that only a backup brings them back.")
    },
    erase_label: |word| format!("Type “{word}” to confirm"),
    erase_word: "erase",
    erased: |n| if n == 1 { "1 incident erased".into() } else { format!("{n} incidents erased") },
    erase_nothing: "There is nothing to erase.",
    about: "About First Hour",
    version: "Version",
    licence: "Licence",
    data: "Where your data is",
    data_text: "In this browser on this computer, under this address, and nowhere else. Another browser, another profile or another address has its own notebook.",
    network: "Network",
    network_text: "The page asks for nothing but its own files; opened as a single file it asks for nothing at all. Nothing you write leaves this computer unless you save or copy it.",
    promise: "What is not promised",
    promise_text: "Browsers clear local storage when site data is cleared, when a private window closes, and some after weeks without a visit. A crash of the computer can cost the last minute. Save backups.",
    keys: "Keyboard",
    keys_text: "Everything works by keyboard. Press ? to see the keys of the page you are on, Ctrl+K for commands.",
};

/// Dutch.
pub const NL: Settings = Settings {
    you: "Jij",
    author: "Je naam",
    author_hint: "Staat bij alles wat je doet, in de activiteit en in rapporten.",
    display: "Weergave",
    zone_hint: "De oorspronkelijke tekst van elk tijdstip blijft bewaard, wat je hier ook kiest.",
    storage: "Opslag",
    storage_text: "Alles staat in de lokale opslag van deze browser, en die is klein. Als die bijna vol is, zegt de pagina dat; er blijft altijd genoeg ruimte om te bewaren wat open is.",
    counts: |incidents, alerts, entities| format!("{incidents}, {alerts}, {entities}"),
    journal: |size| format!("Hiervan zijn {size} recente wijzigingen die nog kleiner worden zodra ze in hun incidenten zijn verwerkt."),
    largest: "Wat de meeste ruimte inneemt",
    largest_none: "Nog geen incident.",
    backup: "Reservekopie",
    backup_text: "Eén bestand met alles: incidenten, checklists, notities, activiteit, voorbereiding. Bewaar het, als je het niet versleutelt, waar je ook de incidenten zelf zou bewaren.",
    backup_last: "Laatste reservekopie",
    backup_never: "Nog geen",
    backup_save: "Reservekopie opslaan",
    backup_working: "De incidenten worden verzameld",
    backup_saved: |name| format!("Reservekopie opgeslagen als {name}"),
    backup_failed: "De browser maakte het bestand niet. Probeer het opnieuw, of in een andere browser.",
    restore: "Terugzetten of samenvoegen",
    restore_text: "Open een reservekopie, of het bestand van een collega. Je ziet wat er zou gebeuren voordat er iets verandert: het wordt samengevoegd met wat hier staat, of teruggezet zoals het bewaard is.",
    restore_choose: "Kies een reservekopie",
    erase: "Wissen",
    erase_text: "Verwijdert elk incident uit deze browser. Sla eerst een reservekopie op.",
    erase_action: "Alles wissen…",
    erase_title: "Alles wissen?",
    erase_warning: |n| {
        let incidents = if n == 1 { "1 incident".to_owned() } else { format!("alle {n} incidenten") };
        format!("Dit verwijdert {incidents} met notities, checklists en activiteit. Je kunt het ongedaan maken tot je deze pagina sluit; daarna brengt alleen een reservekopie ze terug.")
    },
    erase_label: |word| format!("Typ “{word}” om te bevestigen"),
    erase_word: "wissen",
    erased: |n| if n == 1 { "1 incident gewist".into() } else { format!("{n} incidenten gewist") },
    erase_nothing: "Er is niets om te wissen.",
    about: "Over First Hour",
    version: "Versie",
    licence: "Licentie",
    data: "Waar je gegevens staan",
    data_text: "In deze browser op deze computer, onder dit adres, en nergens anders. Een andere browser, een ander profiel of een ander adres heeft een eigen notitieboek.",
    network: "Netwerk",
    network_text: "De pagina vraagt alleen haar eigen bestanden op; als los bestand geopend vraagt ze niets. Wat je schrijft verlaat deze computer pas als je het opslaat of kopieert.",
    promise: "Wat niet beloofd wordt",
    promise_text: "Browsers legen de lokale opslag als sitegegevens worden gewist, als een privévenster sluit, en soms na weken zonder bezoek. Een crash van de computer kan de laatste minuut kosten. Sla reservekopieën op.",
    keys: "Toetsenbord",
    keys_text: "Alles werkt met het toetsenbord. Druk op ? voor de toetsen van de pagina waar je bent, Ctrl+K voor opdrachten.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warning_counts_what_goes() {
        assert!((EN.erase_warning)(1).contains("1 incident "));
        assert!((NL.erase_warning)(12).contains("alle 12 incidenten"));
    }
}
