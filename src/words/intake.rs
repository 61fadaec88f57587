//! Texts of what only a person can say of a source: its format, where it goes, its zone and dates, what its columns and
//! doubtful values are, and what is left out.

use super::Words;
use crate::formats::text::{Doubt, Kind};
use crate::formats::{Confidence, Known, Meaning, RowsAre};

texts! {
    /// Texts of the questions of an import.
    Intake

    choose_folder: "Choose a folder", "Een map kiezen";
    read_as: "Read as", "Lezen als";
    goes_into: "Goes into", "Gaat naar";
    own: "An incident of its own", "Een eigen incident";
    own_many: "Incidents of their own", "Eigen incidenten";
    open_one: "open now", "nu open";
    goes_into_hint: "To find an incident at the top of this list, open it first.", "Open eerst een incident om het bovenaan deze lijst te vinden.";
    zone: "Time zone of these times", "Tijdzone van deze tijden";
    zone_hint: "If nobody can say, choose UTC: the texts are kept as they came.", "Kan niemand het zeggen, kies dan UTC: de teksten blijven bewaard zoals ze kwamen.";
    choose: "Choose", "Kies";
    utc: "UTC", "UTC";
    order: "Which of these dates is meant?", "Welke van deze datums is bedoeld?";
    day_first: "Day first", "Dag eerst";
    month_first: "Month first", "Maand eerst";
    kind: "Kind", "Soort";
    nameless: "without a name", "zonder naam";
    columns_hint: "Correct what is wrong. The choice is remembered for tables with the same header.", "Verbeter wat niet klopt. De keuze wordt onthouden voor tabellen met dezelfde kop.";
    doubts_hint: "Nothing is taken for a domain unless you say so. What you leave out stays in the text.", "Niets geldt als domein tenzij jij het zegt. Wat je weglaat, blijft in de tekst staan.";
    leave: "Leave out", "Weglaten";
    as_file: "A file", "Een bestand";
    as_domain: "A domain", "Een domein";
    as_address: "An address", "Een adres";
    as_it_looks: "What it looks like", "Wat het lijkt";
    open_questions: "Answer these first", "Beantwoord dit eerst";
    open_questions_text: "Times would be wrong otherwise. What has to be answered is marked below.", "Anders zouden tijden niet kloppen. Hieronder staat wat beantwoord moet worden.";
    choose_parts: "Choose what comes in", "Kiezen wat erbij komt";
    parts_title: "What comes in", "Wat erbij komt";
    phase: "Phase", "Fase";
    parts_done: "Done", "Klaar";
    no_columns: "Nothing is known of its columns yet. Say what they mean, and its rows are read.", "Van de kolommen is nog niets bekend. Geef aan wat ze betekenen; dan worden de rijen gelezen.";
    --
    zone_of(usize, &str):
        |n, example| if n == 1 { format!("1 time does not say its zone: {example}") } else { format!("{n} times do not say their zone, such as {example}") },
        |n, example| if n == 1 { format!("1 tijd noemt geen zone: {example}") } else { format!("{n} tijden noemen geen zone, zoals {example}") };
    order_of(usize, &str):
        |n, example| if n == 1 { format!("1 date can be read two ways: {example}") } else { format!("{n} dates can be read two ways, such as {example}") },
        |n, example| if n == 1 { format!("1 datum is op twee manieren te lezen: {example}") } else { format!("{n} datums zijn op twee manieren te lezen, zoals {example}") };
    columns_of(usize, usize):
        |known, all| format!("Columns: {known} of {all} known"),
        |known, all| format!("Kolommen: {known} van {all} bekend");
    more_columns(usize):
        |n| format!("{n} more columns are kept under their own names."),
        |n| format!("Nog {n} kolommen blijven bewaard onder hun eigen naam.");
    means_of(&str):
        |column| format!("What {column} means"),
        |column| format!("Wat {column} betekent");
    doubts_of(usize):
        |n| if n == 1 { "1 value may be something else".into() } else { format!("{n} values may be something else") },
        |n| if n == 1 { "1 waarde kan iets anders zijn".into() } else { format!("{n} waarden kunnen iets anders zijn") };
    take_as(&str):
        |value| format!("Take {value} as"),
        |value| format!("{value} opnemen als");
    more_doubts(usize):
        |n| format!("{n} more are left out; they stay in the text."),
        |n| format!("Nog {n} blijven weg; ze staan nog in de tekst.");
    left_out(usize):
        |n| format!("{n} left out"),
        |n| format!("{n} weggelaten");
    alerts_of(usize):
        |n| format!("Alerts ({n})"),
        |n| format!("Waarschuwingen ({n})");
    entities_of(usize):
        |n| format!("Entities ({n})"),
        |n| format!("Entiteiten ({n})");
    events_of(usize):
        |n| format!("Timeline events ({n})"),
        |n| format!("Gebeurtenissen ({n})");
    steps_of(usize):
        |n| format!("Steps ({n})"),
        |n| format!("Stappen ({n})");
    this_zone(&str):
        |offset| format!("This computer now ({offset})"),
        |offset| format!("Deze computer nu ({offset})");
    imported_into(&str, &str):
        |from, name| format!("{from} brought into {name}"),
        |from, name| format!("{from} toegevoegd aan {name}");
}

impl Words {
    /// How sure a format is that a source is its own; what the person chose needs no saying.
    pub fn confidence(&self, confidence: Confidence, is_chosen: bool) -> &'static str {
        match (confidence, is_chosen) {
            (_, true) => self.lang.pick("as you chose", "zoals jij koos"),
            (Confidence::Certain, _) => self.import.sure,
            (Confidence::Likely | Confidence::No, _) => {
                self.lang.pick("probably, by what it holds", "waarschijnlijk, naar wat erin staat")
            }
        }
    }

    /// What a column means.
    pub fn meaning(&self, meaning: Meaning) -> &'static str {
        let (en, nl) = match meaning {
            Meaning::Kept => ("Something else: kept as it is", "Iets anders: bewaard zoals het is"),
            Meaning::LeftOut => ("Nothing: left out", "Niets: weggelaten"),
            Meaning::IncidentId => ("Incident number", "Nummer van het incident"),
            Meaning::IncidentName => ("Incident name", "Naam van het incident"),
            Meaning::AlertId => ("Alert number", "Nummer van de waarschuwing"),
            Meaning::AlertTitle => ("Alert title", "Titel van de waarschuwing"),
            Meaning::Description => ("Description", "Omschrijving"),
            Meaning::Event => ("What happened: an event", "Wat er gebeurde: een gebeurtenis"),
            Meaning::Severity => ("Severity", "Ernst"),
            Meaning::Status => ("Status", "Status"),
            Meaning::Classification => ("Classification", "Classificatie"),
            Meaning::Determination => ("Determination", "Vaststelling"),
            Meaning::Assignee => ("Assigned to", "Toegewezen aan"),
            Meaning::Tags => ("Tags", "Labels"),
            Meaning::Category => ("Category or tactic", "Categorie of tactiek"),
            Meaning::Techniques => ("ATT&CK techniques", "ATT&CK-technieken"),
            Meaning::Threat => ("Threat or malware", "Dreiging of malware"),
            Meaning::Product => ("Product that saw it", "Product dat het zag"),
            Meaning::Created => ("When it was made or seen", "Wanneer het gemaakt of gezien is"),
            Meaning::Updated => ("When it last changed", "Wanneer het het laatst veranderde"),
            Meaning::FirstActivity => ("First activity", "Eerste activiteit"),
            Meaning::LastActivity => ("Last activity", "Laatste activiteit"),
            Meaning::Resolved => ("When it was resolved", "Wanneer het opgelost is"),
            Meaning::Link => ("Link to the portal", "Link naar de portal"),
            Meaning::Device => ("Device", "Apparaat"),
            Meaning::User => ("User", "Gebruiker"),
            Meaning::Sid => ("Security identifier (SID)", "Beveiligings-id (SID)"),
            Meaning::Mailbox => ("Mailbox or e-mail address", "Postvak of e-mailadres"),
            Meaning::Ip => ("IP address", "IP-adres"),
            Meaning::Domain => ("Domain", "Domein"),
            Meaning::Url => ("Web address (URL)", "Webadres (URL)"),
            Meaning::FileName => ("File name", "Bestandsnaam"),
            Meaning::FilePath => ("File path", "Bestandspad"),
            Meaning::Hash => ("Hash of a file", "Hash van een bestand"),
            Meaning::CommandLine => ("Command line", "Opdrachtregel"),
            Meaning::RegistryKey => ("Registry key", "Registersleutel"),
            Meaning::Indicator => ("Indicator of any kind", "Indicator van welke soort ook"),
            Meaning::IndicatorType => ("Kind of the indicator", "Soort van de indicator"),
            Meaning::Verdict => ("Verdict", "Oordeel"),
            Meaning::Assets => ("Impacted assets", "Getroffen bedrijfsmiddelen"),
            Meaning::Name => ("Name", "Naam"),
        };
        self.lang.pick(en, nl)
    }

    /// What the rows of a table are; none where no column says so.
    pub fn rows_are(&self, rows: RowsAre) -> Option<&'static str> {
        let (en, nl) = match rows {
            RowsAre::Incidents => ("Each row is an incident.", "Elke rij is een incident."),
            RowsAre::Alerts => ("Each row is an alert.", "Elke rij is een waarschuwing."),
            RowsAre::Events => ("Each row is an event on the timeline.", "Elke rij is een gebeurtenis op de tijdlijn."),
            RowsAre::Things => ("Each row becomes entities.", "Elke rij wordt een of meer entiteiten."),
            RowsAre::Nothing => return None,
        };
        Some(self.lang.pick(en, nl))
    }

    /// How a column's meaning is known.
    pub fn known(&self, known: Known) -> &'static str {
        match known {
            Known::ByName => self.lang.pick("by its name", "aan de naam"),
            Known::ByContent => self.lang.pick("by what stands in it", "aan wat erin staat"),
            Known::ByPerson => self.lang.pick("as you chose", "zoals jij koos"),
            Known::Not => self.lang.pick("not known", "niet bekend"),
        }
    }

    /// What a doubtful value looks like, as a choice.
    pub fn looks_like(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Domain => self.intake.as_domain,
            Kind::Ipv4 | Kind::Ipv6 => self.intake.as_address,
            _ => self.intake.as_it_looks,
        }
    }

    /// What a doubtful value may be, in a few words.
    pub fn doubt(&self, doubt: Doubt) -> &'static str {
        match doubt {
            Doubt::DetectionName => self.lang.pick("or an antivirus name for a threat", "of de naam van een dreiging bij een virusscanner"),
            Doubt::FileName => self.lang.pick("or a file", "of een bestand"),
            Doubt::Source => self.lang.pick("or where the text comes from", "of waar de tekst vandaan komt"),
            Doubt::Version => self.lang.pick("or a version", "of een versie"),
            Doubt::CodeName => self.lang.pick("or a name in a program", "of een naam in een programma"),
        }
    }

    /// An offset from UTC as people write it: `UTC+05:30`.
    pub fn offset(minutes: i32) -> String {
        let (sign, off) = (if minutes < 0 { '−' } else { '+' }, minutes.unsigned_abs());
        format!("UTC{sign}{:02}:{:02}", off / 60, off % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Lang;
    use std::collections::BTreeSet;

    #[test]
    fn every_meaning_has_its_own_words_in_both_languages() {
        for lang in Lang::ALL {
            let all: BTreeSet<&str> =
                Meaning::ALL.iter().map(|meaning| lang.words().meaning(*meaning)).collect();
            assert_eq!(all.len(), Meaning::ALL.len());
        }
        assert_eq!(Words::offset(-210), "UTC−03:30");
    }
}
