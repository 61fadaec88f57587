//! What a person should know of how a file was read.

use super::Import;
use crate::formats::{FormatId, MOST_COLUMNS, Mend, Place, Remark};
use crate::words::Lang;

impl Import {
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
