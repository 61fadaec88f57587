//! Texts of the import: doors, progress, preview, and what reading a file can come to, each with its next step.

use super::Lang;
use crate::formats::backup::{BadBackup, FORMAT, VERSION};
use crate::formats::defang::defang;
use crate::formats::text::Doubt;
use crate::formats::{Expected, Foreign, FormatId, Hint, MOST_COLUMNS, Mend, Place, Remark, Why};
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

    /// Why a record is set aside or a file refused.
    pub fn why(&self, why: &Why) -> String {
        let say = |en: &'static str, nl: &'static str| self.lang.pick(en, nl).to_owned();
        match why {
            Why::Empty => say("There is nothing in it.", "Er staat niets in."),
            Why::EmptyList => say("It is a list without records.", "Het is een lijst zonder records."),
            Why::NotJson { at, found, expected, hint } => {
                let expected = self.expected(*expected);
                let found = match found {
                    Some(found) => format!("“{}”", found.escape_debug()),
                    None => say("the end of the text", "het einde van de tekst"),
                };
                let (line, column) = (at.line, at.column);
                let stop = match self.lang {
                    Lang::En => format!("Line {line}, column {column}: {expected} was expected, but {found} stands there."),
                    Lang::Nl => format!("Regel {line}, kolom {column}: hier hoort {expected}, maar er staat {found}."),
                };
                match hint {
                    Some(hint) => format!("{stop} {}", self.hint(*hint)),
                    None => stop,
                }
            }
            Why::TooDeep => say(
                "Objects and lists are nested deeper here than this program follows.",
                "Objecten en lijsten zijn hier dieper genest dan dit programma volgt.",
            ),
            Why::NotARecord => say(
                "A record was expected here, an object in braces, but something else stands there.",
                "Hier hoort een record, een object tussen accolades, maar er staat iets anders.",
            ),
            Why::NotYet(foreign) => match self.lang {
                Lang::En => format!("This is {}, which this version does not read.", self.foreign(*foreign)),
                Lang::Nl => format!("Dit is {}; dat leest deze versie niet.", self.foreign(*foreign)),
            },
            Why::Partial { fields } => match self.lang {
                Lang::En => format!(
                    "This is the answer to a change: it holds {}, but neither the incident's number nor its name.",
                    listed(fields)
                ),
                Lang::Nl => format!(
                    "Dit is het antwoord op een wijziging: er staat {} in, maar niet het nummer of de naam van het incident.",
                    listed(fields)
                ),
            },
            Why::PatternKept { id } => match self.lang {
                Lang::En => format!("The pattern of {id} is more than a comparison with values."),
                Lang::Nl => format!("Het patroon van {id} is meer dan een vergelijking met waarden."),
            },
            Why::Doubtful { value, doubt } => {
                let value = defang(value);
                match (self.lang, doubt) {
                    (Lang::En, Doubt::DetectionName) => format!("{value} looks like a domain, but may be an antivirus product's name for a threat."),
                    (Lang::Nl, Doubt::DetectionName) => format!("{value} lijkt een domein, maar kan de naam van een dreiging bij een virusscanner zijn."),
                    (Lang::En, Doubt::FileName) => format!("{value} may be a domain or a file."),
                    (Lang::Nl, Doubt::FileName) => format!("{value} kan een domein of een bestand zijn."),
                    (Lang::En, Doubt::Version) => format!("{value} looks like an IP address, but may be a version."),
                    (Lang::Nl, Doubt::Version) => format!("{value} lijkt een IP-adres, maar kan een versie zijn."),
                    (Lang::En, Doubt::CodeName) => format!("{value} looks like a domain, but may be a name in a program."),
                    (Lang::En, Doubt::Source) => format!("{value} leads to a source about threats, so it is probably something to read."),
                    (Lang::Nl, Doubt::Source) => format!("{value} leidt naar een bron over dreigingen en is dus waarschijnlijk om te lezen."),
                    (Lang::Nl, Doubt::CodeName) => format!("{value} lijkt een domein, maar kan een naam in een programma zijn."),
                }
            }
            Why::OpenQuote { column } => match self.lang {
                Lang::En => format!("A quote that opens in column {column} is never closed, or the row has no end. This line was left out; the next was read."),
                Lang::Nl => format!("Een aanhalingsteken dat in kolom {column} opent, sluit nergens, of de rij heeft geen einde. Deze regel bleef buiten; de volgende is gelezen."),
            },
            Why::NothingInRow => say(
                "This row holds none of the things that its columns are about.",
                "In deze rij staat niets van wat de kolommen beloven.",
            ),
            Why::Playbook { name, fault } => super::kept::fault(self.lang, name, fault),
            Why::WithoutTime { text } if text.is_empty() => say("This event has no time.", "Deze gebeurtenis heeft geen tijdstip."),
            Why::WithoutTime { text } => match self.lang {
                Lang::En => format!("“{text}” is no time that can be read."),
                Lang::Nl => format!("“{text}” is geen tijd die te lezen is."),
            },
            Why::WithoutMessage => {
                say("This event does not say what happened.", "Deze gebeurtenis zegt niet wat er gebeurde.")
            }
            Why::WithoutAlertId => {
                say("This row does not say which alert it is about.", "Deze rij zegt niet over welke waarschuwing het gaat.")
            }
            Why::Unknown { fields } => match self.lang {
                Lang::En => format!("This is JSON of a shape that is not known here; it begins with {}.", listed(fields)),
                Lang::Nl => format!("Dit is JSON met een vorm die hier niet bekend is; het begint met {}.", listed(fields)),
            },
        }
    }

    /// What to do about it.
    pub fn next(&self, why: &Why) -> &'static str {
        match why {
            Why::Empty | Why::EmptyList => self.lang.pick(
                "Check the export: perhaps its filter left nothing, or it had not finished.",
                "Controleer de export: misschien liet het filter niets over, of was die nog niet klaar.",
            ),
            Why::NotJson { hint: Some(Hint::CutOff), .. } => self.lang.pick(
                "Export or copy it again, all of it up to the last brace.",
                "Exporteer of kopieer het opnieuw, helemaal tot en met de laatste accolade.",
            ),
            Why::NotJson { hint: Some(Hint::SingleQuotes | Hint::PythonWord), .. } => self.lang.pick(
                "It looks printed by Python. Write it with json.dump instead of print, and open that file.",
                "Dit lijkt door Python afgedrukt. Schrijf het met json.dump in plaats van print, en open dat bestand.",
            ),
            Why::NotJson { .. } => self.lang.pick(
                "Mend that place in a text editor and open the file again, or export it anew.",
                "Herstel die plek in een teksteditor en open het bestand opnieuw, of exporteer het nogmaals.",
            ),
            Why::TooDeep => self.lang.pick(
                "No export of a security product looks like this. Check where the file comes from.",
                "Geen export van een beveiligingsproduct ziet er zo uit. Ga na waar het bestand vandaan komt.",
            ),
            Why::NotARecord => self.lang.pick(
                "Look at that place in the file; the record may have been cut out by hand.",
                "Bekijk die plek in het bestand; misschien is het record er met de hand uitgeknipt.",
            ),
            Why::NotYet(_) => self.lang.pick(
                "Export the incidents through Microsoft Graph (/security/incidents?$expand=alerts) and open that file.",
                "Exporteer de incidenten via Microsoft Graph (/security/incidents?$expand=alerts) en open dat bestand.",
            ),
            Why::Partial { .. } => self.lang.pick(
                "Ask the API for the whole incident and open that answer.",
                "Vraag de API om het hele incident en open dat antwoord.",
            ),
            Why::PatternKept { .. } => self.lang.pick(
                "It is kept as an entity of the kind indicator. Use it in a tool that evaluates STIX patterns.",
                "Het is bewaard als entiteit van de soort indicator. Gebruik het in een hulpmiddel dat STIX-patronen uitvoert.",
            ),
            Why::Doubtful { .. } => self.lang.pick(
                "Read the sentence it stands in. If it is an indicator, add it by hand under Entities.",
                "Lees de zin waarin het staat. Is het een indicator, voeg die dan zelf toe bij Entiteiten.",
            ),
            Why::OpenQuote { .. } => self.lang.pick(
                "Close the quote in that line, or write it twice where it belongs to the text, and open the file again.",
                "Sluit het aanhalingsteken in die regel, of schrijf het dubbel waar het bij de tekst hoort, en open het bestand opnieuw.",
            ),
            Why::NothingInRow => self.lang.pick(
                "Look at the row. If another column holds what you need, say above what that column is.",
                "Bekijk de rij. Staat in een andere kolom wat je nodig hebt, geef dan hierboven aan wat die kolom is.",
            ),
            Why::Playbook { fault, .. } => super::kept::way_out(self.lang, fault),
            Why::WithoutTime { .. } => self.lang.pick(
                "Write its time like 2026-11-24T08:30:00Z in the file, or add the event by hand in the timeline.",
                "Schrijf in het bestand de tijd als 2026-11-24T08:30:00Z, of voeg de gebeurtenis zelf toe aan de tijdlijn.",
            ),
            Why::WithoutMessage => self.lang.pick(
                "Look the row up in the tool it comes from, and add the event by hand if it matters.",
                "Zoek de rij op in het programma waar ze vandaan komt, en voeg de gebeurtenis zelf toe als ze ertoe doet.",
            ),
            Why::WithoutAlertId => self.lang.pick(
                "Run the query again with the column AlertId in it.",
                "Voer de zoekopdracht opnieuw uit, met de kolom AlertId erbij.",
            ),
            Why::Unknown { .. } => self.lang.pick(
                "First Hour reads incidents and alerts of Microsoft Graph and Microsoft 365 Defender, and its own backups. Check that this is one of those.",
                "First Hour leest incidenten en waarschuwingen van Microsoft Graph en Microsoft 365 Defender, en eigen reservekopieën. Controleer of dit daar een van is.",
            ),
        }
    }

    /// Why a backup cannot be read.
    pub fn bad_backup(&self, bad: &BadBackup) -> String {
        match (self.lang, bad) {
            (Lang::En, BadBackup::NotJson { line, column, message }) => {
                format!("Line {line}, column {column}: {message}.")
            }
            (Lang::Nl, BadBackup::NotJson { line, column, message }) => {
                format!("Regel {line}, kolom {column}: {message}.")
            }
            (Lang::En, BadBackup::NotBackup) => format!("It names {FORMAT} somewhere, but is no backup."),
            (Lang::Nl, BadBackup::NotBackup) => {
                format!("Ergens staat {FORMAT} in, maar het is geen reservekopie.")
            }
            (Lang::En, BadBackup::Newer(version)) => format!(
                "A newer version of First Hour wrote this backup: version {version}, while this one reads up to {VERSION}."
            ),
            (Lang::Nl, BadBackup::Newer(version)) => format!(
                "Een nieuwere versie van First Hour schreef deze reservekopie: versie {version}, terwijl deze tot {VERSION} leest."
            ),
            (Lang::En, BadBackup::Part { place, message }) => format!("At {place}: {message}."),
            (Lang::Nl, BadBackup::Part { place, message }) => format!("Bij {place}: {message}."),
            (Lang::En, BadBackup::Twice(id)) => format!("Two incidents have the id {id}."),
            (Lang::Nl, BadBackup::Twice(id)) => format!("Twee incidenten hebben het id {id}."),
        }
    }

    /// What to do about a backup that cannot be read.
    pub fn bad_backup_next(&self, bad: &BadBackup) -> &'static str {
        match bad {
            BadBackup::NotJson { .. } => self.lang.pick(
                "The file may have been cut short. Fetch it again, or restore an earlier backup.",
                "Misschien is het bestand afgekapt. Haal het opnieuw op, of zet een eerdere reservekopie terug.",
            ),
            BadBackup::NotBackup => self.lang.pick("Choose another file.", "Kies een ander bestand."),
            BadBackup::Newer(_) => self.lang.pick(
                "Open it with that version, or update this page first.",
                "Open hem met die versie, of werk deze pagina eerst bij.",
            ),
            BadBackup::Part { .. } => self.lang.pick(
                "Correct it there in a text editor, or restore an earlier backup.",
                "Verbeter het daar in een teksteditor, of zet een eerdere reservekopie terug.",
            ),
            BadBackup::Twice(_) => self.lang.pick(
                "Remove one of them from the file, then open it again.",
                "Haal er een uit het bestand en open het opnieuw.",
            ),
        }
    }

    /// What JSON would have had in a place.
    pub fn expected(&self, expected: Expected) -> &'static str {
        match expected {
            Expected::Value => self.lang.pick("a value", "een waarde"),
            Expected::Name => self.lang.pick("a field's name in double quotes", "een veldnaam tussen dubbele aanhalingstekens"),
            Expected::Colon => self.lang.pick("a colon", "een dubbele punt"),
            Expected::CommaOrEnd => self.lang.pick("a comma or the end of the list or object", "een komma of het einde van de lijst of het object"),
            Expected::NothingMore => self.lang.pick("nothing more", "niets meer"),
            Expected::TextCharacter => self.lang.pick("a character that may stand in a text", "een teken dat in een tekst mag staan"),
            Expected::MoreText => self.lang.pick("the rest of the document", "de rest van het document"),
        }
    }

    /// What probably happened where JSON stops being JSON.
    pub fn hint(&self, hint: Hint) -> &'static str {
        match hint {
            Hint::TrailingComma => self.lang.pick(
                "There is a comma after the last element. Remove it.",
                "Er staat een komma na het laatste element. Haal die weg.",
            ),
            Hint::LiteralEllipsis => self.lang.pick(
                "Three dots stand for something that was left out, as in documentation.",
                "Drie punten staan voor iets dat is weggelaten, zoals in documentatie.",
            ),
            Hint::CutOff => self.lang.pick("The text ends in the middle.", "De tekst houdt halverwege op."),
            Hint::MissingComma => self.lang.pick(
                "A comma between two elements is missing.",
                "Er ontbreekt een komma tussen twee elementen.",
            ),
            Hint::SingleQuotes => self.lang.pick(
                "Single quotes stand where JSON has double ones.",
                "Er staan enkele aanhalingstekens waar JSON dubbele heeft.",
            ),
            Hint::CurlyQuotes => self.lang.pick(
                "A word processor has made the quotes curly. JSON needs straight ones.",
                "Een tekstverwerker heeft de aanhalingstekens gekruld. JSON wil rechte.",
            ),
            Hint::PythonWord => self.lang.pick(
                "None, True and False are Python's words; JSON has null, true and false.",
                "None, True en False zijn woorden van Python; JSON heeft null, true en false.",
            ),
            Hint::NotANumber => self.lang.pick("JSON has no NaN or Infinity.", "JSON kent geen NaN of Infinity."),
            Hint::Comment => self.lang.pick("JSON has no comments.", "JSON kent geen commentaar."),
            Hint::ControlCharacter => self.lang.pick(
                "A tab or line break stands inside a text.",
                "Er staat een tab of regeleinde in een tekst.",
            ),
        }
    }

    /// A kind of file that is known and not read.
    pub fn foreign(&self, foreign: Foreign) -> &'static str {
        match foreign {
            Foreign::Sentinel => self.lang.pick("an answer of Microsoft Sentinel's API", "een antwoord van de API van Microsoft Sentinel"),
            Foreign::Markup => self.lang.pick("a web page or XML", "een webpagina of XML"),
            Foreign::Archive => self.lang.pick("an archive or a spreadsheet", "een archief of rekenblad"),
            Foreign::Pdf => self.lang.pick("a PDF document", "een PDF-document"),
        }
    }

    /// What was replaced so that the rest could be read.
    pub fn mend(&self, mend: Mend) -> &'static str {
        match mend {
            Mend::LoneSurrogate => self.lang.pick(
                "Half a character was replaced by �.",
                "Een half teken is vervangen door �.",
            ),
            Mend::HugeNumber => self.lang.pick(
                "A number too large to hold was kept as text.",
                "Een te groot getal is als tekst bewaard.",
            ),
            Mend::BadBytes => self.lang.pick(
                "Bytes that are no text were replaced by �.",
                "Bytes die geen tekst zijn, zijn vervangen door �.",
            ),
        }
    }

    /// Something a responder should know about how a file was read.
    pub fn remark(&self, remark: &Remark) -> String {
        let at = |place: &Place| match self.place(place) {
            place if place.is_empty() => String::new(),
            place => format!("{place}: "),
        };
        match self.lang {
            Lang::En => match remark {
                Remark::MorePages => "The list goes on: the service has more pages than this file. Export them too.".into(),
                Remark::MixedFormats(formats) => format!("It holds more than one format: {}.", self.counted(formats)),
                Remark::SharedAlertId { incident, alert, count } => {
                    format!("{incident}: {count} different alerts carry the id {alert}. All were kept.")
                }
                Remark::OtherIncident { incident, named, count } => {
                    format!("{incident}: {} another incident, {named}. They stay where they stand.", alerts_name(*count))
                }
                Remark::Repeated { incident, times } => {
                    format!("{incident} came {times} times and was put together.")
                }
                Remark::AlertsOnly { incident } => {
                    format!("{incident}: the file has parts of it, not the incident itself. Name and severity are what its alerts say.")
                }
                Remark::TwoTenants { id } => format!("Two tenants use the number {id}. They were kept apart."),
                Remark::UnreadableTime { place, field, text } => {
                    format!("{}the time “{text}” in {field} cannot be read. The text was kept.", at(place))
                }
                Remark::TimesDisagree { place, taken, other } => format!(
                    "{}two times that differ: {taken} was taken, {other} was kept beside it.",
                    at(place)
                ),
                Remark::TypeGuessed { place, kind } => format!(
                    "{}a piece of evidence does not say what it is. By its fields it was taken for: {}.",
                    at(place),
                    self.lang.words().vocabulary.entity_kind(*kind)
                ),
                Remark::WithoutId { place } => format!(
                    "{}an incident has no id. Importing it again will not find it if its name or time changes.",
                    at(place)
                ),
                Remark::WithoutCreation { incident } => {
                    format!("{incident}: nothing says when it was made. The time of this import stands there.")
                }
                Remark::LinkNotTaken { place, link } => format!(
                    "{}“{link}” is no encrypted web address. Its text was kept, but it is no link.",
                    at(place)
                ),
                Remark::Mended { place, mend } => format!("{}{}", at(place), self.mend(*mend)),
                Remark::ColumnsCut => format!("The table has more than {MOST_COLUMNS} columns; the rest was not read."),
                Remark::OlderEncoding => "The text is in Windows-1252, in which older Windows programs write, and was read as that.".into(),
                Remark::MoreRemarks(count) => format!("{count} more remarks are not listed."),
                Remark::MoreSetAside(count) => format!("{count} more records were set aside and are not listed."),
            },
            Lang::Nl => match remark {
                Remark::MorePages => {
                    "De lijst gaat verder: de dienst heeft meer pagina's dan dit bestand. Exporteer die ook.".into()
                }
                Remark::MixedFormats(formats) => format!("Er staat meer dan één formaat in: {}.", self.counted(formats)),
                Remark::SharedAlertId { incident, alert, count } => {
                    format!("{incident}: {count} verschillende waarschuwingen hebben het id {alert}. Ze zijn alle bewaard.")
                }
                Remark::OtherIncident { incident, named, count } => format!(
                    "{incident}: {} een ander incident, {named}. Ze blijven staan waar ze stonden.",
                    if *count == 1 { "1 waarschuwing noemt".to_owned() } else { format!("{count} waarschuwingen noemen") }
                ),
                Remark::Repeated { incident, times } => {
                    format!("{incident} kwam {times} keer voor en is samengevoegd.")
                }
                Remark::AlertsOnly { incident } => format!(
                    "{incident}: het bestand heeft er delen van, niet het incident zelf. Naam en ernst zijn wat de waarschuwingen zeggen."
                ),
                Remark::TwoTenants { id } => {
                    format!("Twee tenants gebruiken het nummer {id}. Ze zijn uit elkaar gehouden.")
                }
                Remark::UnreadableTime { place, field, text } => {
                    format!("{}de tijd “{text}” in {field} is niet te lezen. De tekst is bewaard.", at(place))
                }
                Remark::TimesDisagree { place, taken, other } => format!(
                    "{}twee tijden die verschillen: {taken} is genomen, {other} is ernaast bewaard.",
                    at(place)
                ),
                Remark::TypeGuessed { place, kind } => format!(
                    "{}een stuk bewijs zegt niet wat het is. Door de velden is het opgevat als: {}.",
                    at(place),
                    self.lang.words().vocabulary.entity_kind(*kind)
                ),
                Remark::WithoutId { place } => format!(
                    "{}een incident heeft geen id. Opnieuw importeren vindt het niet terug als de naam of tijd verandert.",
                    at(place)
                ),
                Remark::WithoutCreation { incident } => {
                    format!("{incident}: nergens staat wanneer het gemaakt is. Daar staat nu de tijd van deze import.")
                }
                Remark::LinkNotTaken { place, link } => format!(
                    "{}“{link}” is geen versleuteld webadres. De tekst is bewaard, maar is geen link.",
                    at(place)
                ),
                Remark::Mended { place, mend } => format!("{}{}", at(place), self.mend(*mend)),
                Remark::ColumnsCut => format!("De tabel heeft meer dan {MOST_COLUMNS} kolommen; de rest is niet gelezen."),
                Remark::OlderEncoding => "De tekst staat in Windows-1252, waarin oudere Windows-programma's schrijven, en is zo gelezen.".into(),
                Remark::MoreRemarks(count) => format!("Nog {count} opmerkingen staan hier niet."),
                Remark::MoreSetAside(count) => format!("Nog {count} records zijn apart gezet en staan hier niet."),
            },
        }
    }

    fn counted(&self, formats: &[(FormatId, usize)]) -> String {
        formats.iter().map(|(format, count)| format!("{} ({count})", self.format(*format))).collect::<Vec<_>>().join(", ")
    }
}

fn alerts_name(count: usize) -> String {
    if count == 1 { "1 alert names".into() } else { format!("{count} alerts name") }
}

fn listed(fields: &[String]) -> String {
    fields.iter().map(|field| format!("“{field}”")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Position;
    use crate::model::EntityKind;

    fn place() -> Place {
        Place { line: Some(3), path: "value[0]".into() }
    }

    fn not_json(hint: Option<Hint>) -> Why {
        Why::NotJson { at: Position { line: 12, column: 34 }, found: Some(']'), expected: Expected::Value, hint }
    }

    const HINTS: [Hint; 10] = [
        Hint::TrailingComma,
        Hint::LiteralEllipsis,
        Hint::CutOff,
        Hint::MissingComma,
        Hint::SingleQuotes,
        Hint::CurlyQuotes,
        Hint::PythonWord,
        Hint::NotANumber,
        Hint::Comment,
        Hint::ControlCharacter,
    ];

    fn whys() -> Vec<Why> {
        let foreign = [
            Foreign::Sentinel,
            Foreign::Markup,
            Foreign::Archive,
            Foreign::Pdf,
        ];
        let expected = [
            Expected::Value,
            Expected::Name,
            Expected::Colon,
            Expected::CommaOrEnd,
            Expected::NothingMore,
            Expected::TextCharacter,
            Expected::MoreText,
        ];
        let at = Position { line: 1, column: 2 };
        let mut whys = vec![
            Why::Empty,
            Why::EmptyList,
            Why::TooDeep,
            Why::NotARecord,
            Why::OpenQuote { column: 7 },
            Why::NothingInRow,
            Why::Partial { fields: vec!["status".into()] },
            Why::WithoutTime { text: String::new() },
            Why::WithoutTime { text: "noon".into() },
            Why::WithoutMessage,
            Why::WithoutAlertId,
            Why::Unknown { fields: vec!["colour".into(), "shape".into()] },
        ];
        whys.extend(foreign.map(Why::NotYet));
        whys.extend(HINTS.map(|hint| not_json(Some(hint))));
        whys.extend(expected.map(|expected| Why::NotJson { at, found: None, expected, hint: None }));
        whys
    }

    fn remarks() -> Vec<Remark> {
        let incident = || "Odd sign-in".to_owned();
        let mut remarks = vec![
            Remark::MorePages,
            Remark::MixedFormats(vec![(FormatId::GraphIncidents, 2), (FormatId::M365dIncidents, 1)]),
            Remark::SharedAlertId { incident: incident(), alert: "a1".into(), count: 2 },
            Remark::OtherIncident { incident: incident(), named: "29".into(), count: 1 },
            Remark::OtherIncident { incident: incident(), named: "29".into(), count: 2 },
            Remark::Repeated { incident: incident(), times: 3 },
            Remark::AlertsOnly { incident: incident() },
            Remark::TwoTenants { id: "29".into() },
            Remark::UnreadableTime { place: place(), field: "createdDateTime".into(), text: "noon".into() },
            Remark::TimesDisagree { place: place(), taken: "2026-01-01".into(), other: "2026-01-02".into() },
            Remark::TypeGuessed { place: place(), kind: EntityKind::Device },
            Remark::WithoutId { place: place() },
            Remark::WithoutCreation { incident: incident() },
            Remark::LinkNotTaken { place: place(), link: "javascript:".into() },
            Remark::ColumnsCut,
            Remark::OlderEncoding,
            Remark::MoreRemarks(7),
            Remark::MoreSetAside(8),
        ];
        remarks.extend(
            [Mend::LoneSurrogate, Mend::HugeNumber, Mend::BadBytes].map(|mend| Remark::Mended { place: place(), mend }),
        );
        remarks
    }

    fn assert_own_texts(texts: &dyn Fn(&Import) -> Vec<String>) {
        let (en, nl) = (texts(&EN), texts(&NL));
        for (en, nl) in en.iter().zip(&nl) {
            assert!(en.trim().len() > 3 && nl.trim().len() > 3, "{en:?} {nl:?}");
            assert_ne!(en, nl);
        }
        for texts in [en, nl] {
            let each: std::collections::BTreeSet<_> = texts.iter().collect();
            assert_eq!(each.len(), texts.len(), "two of these say the same: {texts:#?}");
        }
    }

    #[test]
    fn every_reason_has_its_own_sentence_in_both_languages() {
        assert_own_texts(&|words| whys().iter().map(|why| words.why(why)).collect());
    }

    #[test]
    fn every_reason_has_a_next_step_in_both_languages() {
        for why in whys() {
            assert!(EN.next(&why).len() > 20 && NL.next(&why).len() > 20);
            assert_ne!(EN.next(&why), NL.next(&why));
        }
    }

    #[test]
    fn every_fault_of_a_backup_has_its_own_sentence_and_next_step_in_both_languages() {
        let faults = [
            BadBackup::NotJson { line: 1, column: 2, message: "expected value".into() },
            BadBackup::NotBackup,
            BadBackup::Newer(2),
            BadBackup::Part { place: "incidents[3]".into(), message: "missing field".into() },
            BadBackup::Twice(crate::model::IncidentId::derived(&["1"])),
        ];
        assert_own_texts(&|words| faults.iter().map(|bad| words.bad_backup(bad)).collect());
        assert_own_texts(&|words| faults.iter().map(|bad| words.bad_backup_next(bad).to_owned()).collect());
    }

    #[test]
    fn every_remark_has_its_own_sentence_in_both_languages() {
        assert_own_texts(&|words| remarks().iter().map(|remark| words.remark(remark)).collect());
    }

    #[test]
    fn a_refusal_names_line_and_column_and_what_probably_happened() {
        let text = EN.why(&not_json(Some(Hint::TrailingComma)));
        assert_eq!(
            text,
            "Line 12, column 34: a value was expected, but “]” stands there. There is a comma after the last element. Remove it."
        );
        assert_eq!(NL.place(&place()), "regel 3, value[0]");
        assert_eq!(EN.place(&Place::default()), "");
    }

    #[test]
    fn what_is_left_alone_is_counted() {
        assert_eq!((EN.as_they_are)(1, 0), "1 incident is in your notebook already");
        assert_eq!((EN.as_they_are)(0, 2), "2 incidents are older than what you have: left alone");
        assert_eq!((NL.as_they_are)(2, 1), "2 incidenten staan al in je notitieboek, 1 is ouder dan wat je hebt: blijft buiten");
    }
}
