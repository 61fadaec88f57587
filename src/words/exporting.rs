//! Texts of exporting incidents for other programs: the formats, the markings, and what leaves and what stays.

use super::Lang;
use crate::formats::export::{ExportId, Held, Part, Reason, Tlp};
use crate::playbooks::library;

texts! {
    /// Texts of exporting incidents.
    Exporting

    kind: "Kind of file", "Soort bestand";
    own: "First Hour: for a colleague to merge", "First Hour: voor een collega om samen te voegen";
    marking: "Marking of this file (TLP 2.0)", "Markering van dit bestand (TLP 2.0)";
    rule: "What is marked stricter stays here, and so does whatever names it. What has no marking of its own has its incident’s, and else leaves with the marking you choose.",
        "Wat strenger gemarkeerd is, blijft hier, en ook wat het noemt. Wat zelf geen markering heeft, heeft die van zijn incident, en gaat anders mee met de markering die je kiest.";
    spreadsheet: "Safe for a spreadsheet", "Veilig voor een rekenblad";
    spreadsheet_text: "A cell that would be run as a formula begins with an apostrophe. Untick it where a program reads the file: then every value is as it is here.",
        "Een cel die als formule zou worden uitgevoerd, begint met een apostrof. Vink uit als een programma het bestand leest: dan is elke waarde zoals hier.";
    leaves: "Leaves", "Gaat mee";
    stays: "Stays here", "Blijft hier";
    nothing_leaves: "Nothing of what you chose may leave with this marking. Choose a stricter one.",
        "Niets van wat je koos mag met deze markering mee. Kies een strengere.";
    nothing_here: "There is nothing here that this format carries. Choose another kind of file.",
        "Er is hier niets dat in dit formaat past. Kies een ander soort bestand.";
    nothing_stays: "Nothing is held back.", "Er wordt niets achtergehouden.";
    looking: "Looking at what may leave", "Bekijken wat mee mag";
    save: "Export", "Exporteren";
    --
    no_place(&str):
        |parts| format!("This format has no place for {parts}."),
        |parts| format!("Dit formaat heeft geen plaats voor {parts}.");
    unmarked(usize, &str):
        |n, label| if n == 1 { format!("1 part has no marking and leaves as {label}.") } else { format!("{n} parts have no marking and leave as {label}.") },
        |n, label| if n == 1 { format!("1 onderdeel heeft geen markering en gaat mee als {label}.") } else { format!("{n} onderdelen hebben geen markering en gaan mee als {label}.") };
    more_stays(usize):
        |n| format!("And {n} more."),
        |n| format!("En nog {n}.");
    files(usize):
        |n| format!("{n} files, one for each incident. Your browser may ask whether it may save several."),
        |n| format!("{n} bestanden, voor elk incident een. Je browser vraagt misschien of hij er meerdere mag bewaren.");
    exported(usize):
        |n| format!("{n} files exported"),
        |n| format!("{n} bestanden geëxporteerd");
    is_marked(&str):
        |label| format!("marked {label}"),
        |label| format!("gemarkeerd als {label}");
    names(&str):
        |name| format!("names “{name}”, which stays"),
        |name| format!("noemt “{name}”, dat blijft");
}

/// What a format is called, and what it is for.
fn format(id: ExportId) -> [(&'static str, &'static str); 2] {
    match id {
        ExportId::Stix => [
            ("STIX 2.1 bundle", "STIX 2.1-bundel"),
            (
                "For threat-intelligence platforms: indicators, identities, techniques, notes and steps, in a bundle for each incident.",
                "Voor platforms met dreigingsinformatie: indicatoren, identiteiten, technieken, notities en stappen, in een bundel per incident.",
            ),
        ],
        ExportId::Misp => [
            ("MISP event", "MISP-event"),
            (
                "For MISP: entities as attributes and objects, notes as event reports, techniques and markings as tags.",
                "Voor MISP: entiteiten als attributen en objecten, notities als event reports, technieken en markeringen als tags.",
            ),
        ],
        ExportId::Navigator => [
            ("ATT&CK Navigator layer", "ATT&CK Navigator-laag"),
            (
                "The techniques, scored by how many alerts name each.",
                "De technieken, gewogen naar hoeveel waarschuwingen ze noemen.",
            ),
        ],
        ExportId::Timesketch => [
            ("Timesketch timeline (JSONL)", "Timesketch-tijdlijn (JSONL)"),
            (
                "Timeline events, alerts, clocks, steps, notes and comments, a line each.",
                "Gebeurtenissen, waarschuwingen, klokken, stappen, notities en opmerkingen, elk op een regel.",
            ),
        ],
        ExportId::Cacao => [
            ("CACAO 2.0 playbook", "CACAO 2.0-draaiboek"),
            (
                "The whole checklist as a playbook, with what was done about each step in its variables.",
                "De hele checklist als draaiboek, met in de variabelen van elke stap wat eraan gedaan is.",
            ),
        ],
        ExportId::Ocsf => [
            ("OCSF Incident Finding (NDJSON)", "OCSF Incident Finding (NDJSON)"),
            (
                "For a SIEM or OpenSearch: a line for each incident, with its alerts, observables and notes.",
                "Voor een SIEM of OpenSearch: een regel per incident, met waarschuwingen, observables en notities.",
            ),
        ],
        ExportId::EntitiesCsv => [
            ("Table of entities (CSV)", "Tabel van entiteiten (CSV)"),
            (
                "A row for each entity, with everything that is known of it.",
                "Een rij per entiteit, met alles wat ervan bekend is.",
            ),
        ],
        ExportId::AlertsCsv => [
            ("Table of alerts (CSV)", "Tabel van waarschuwingen (CSV)"),
            (
                "A row for each alert, with its techniques and entities.",
                "Een rij per waarschuwing, met haar technieken en entiteiten.",
            ),
        ],
    }
}

impl Lang {
    /// What a format is called.
    pub fn export_name(self, id: ExportId) -> &'static str {
        let [(english, dutch), _] = format(id);
        self.pick(english, dutch)
    }

    /// What a format is for.
    pub fn export_text(self, id: ExportId) -> &'static str {
        let [_, (english, dutch)] = format(id);
        self.pick(english, dutch)
    }

    /// A marking with what it means.
    pub fn marking(self, level: Tlp) -> String {
        let meaning = match level {
            Tlp::Clear => self.pick("everybody", "iedereen"),
            Tlp::Green => self.pick("the community, not in public", "de gemeenschap, niet openbaar"),
            Tlp::Amber => self.pick("your organisation and its clients", "je organisatie en haar klanten"),
            Tlp::AmberStrict => self.pick("your organisation only", "alleen je organisatie"),
            Tlp::Red => self.pick("those only whom you give it to", "alleen wie je het geeft"),
        };
        format!("{} · {meaning}", level.label())
    }

    /// So many parts of a kind: `3 alerts`.
    pub fn parts(self, part: Part, count: usize) -> String {
        let amounts = &self.words().amounts;
        match part {
            Part::Incident => amounts.incidents(count),
            Part::Text => amounts.texts(count),
            Part::Alert => amounts.alerts(count),
            Part::Entity => amounts.entities(count),
            Part::Event => amounts.events(count),
            Part::Technique => amounts.techniques(count),
            Part::Evidence => amounts.evidence(count),
            Part::Note => amounts.notes(count),
            Part::Comment => amounts.comments(count),
            Part::Step => amounts.steps(count),
        }
    }

    /// What is held back, by a name that a person knows it by.
    pub fn held_name(self, held: &Held) -> String {
        match held.part {
            Part::Text => self.words().fields.settable(&held.name).into_owned(),
            Part::Step => match library().step(&held.name) {
                Some((_, step)) => step.words(self).title.to_owned(),
                None => held.name.clone(),
            },
            _ => held.name.clone(),
        }
    }

    /// Why something is held back.
    pub fn held_why(self, reason: &Reason) -> String {
        let texts = &self.words().exporting;
        match reason {
            Reason::Marked(level) => (texts.is_marked)(&level.label()),
            Reason::Names(name) => (texts.names)(name),
        }
    }
}
