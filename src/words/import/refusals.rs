//! Why a file is refused or a record set aside, and what a person can do about it.

use super::Import;
use crate::formats::backup::{BadBackup, FORMAT, VERSION};
use crate::formats::defang::defang;
use crate::formats::text::Doubt;
use crate::formats::{Expected, Foreign, Hint, Why};
use crate::words::{Lang, kept};

impl Import {
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
            Why::Playbook { name, fault } => kept::fault(self.lang, name, fault),
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
            Why::Playbook { fault, .. } => kept::way_out(self.lang, fault),
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
}

fn listed(fields: &[String]) -> String {
    fields.iter().map(|field| format!("“{field}”")).collect::<Vec<_>>().join(", ")
}
