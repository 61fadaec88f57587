//! Texts of amounts: durations and counts, with the plurals of each language.

use super::Lang;

/// Amounts in words, in one language.
#[derive(Debug)]
pub struct Amounts {
    lang: Lang,
}

/// English.
pub const EN: Amounts = Amounts { lang: Lang::En };

/// Dutch.
pub const NL: Amounts = Amounts { lang: Lang::Nl };

/// One method a thing that is counted: `1 alert`, `12 alerts`.
macro_rules! counted {
    ($( $(#[$doc:meta])* $method:ident: $en_one:literal $en_many:literal, $nl_one:literal $nl_many:literal; )+) => {
        impl Amounts {
            $(
                $(#[$doc])*
                pub fn $method(&self, count: usize) -> String {
                    self.count(count, ($en_one, $en_many), ($nl_one, $nl_many))
                }
            )+
        }
    };
}

counted! {
    /// So many incidents.
    incidents: "incident" "incidents", "incident" "incidenten";
    /// So many alerts.
    alerts: "alert" "alerts", "waarschuwing" "waarschuwingen";
    /// So many active alerts.
    active_alerts: "active alert" "active alerts", "actieve waarschuwing" "actieve waarschuwingen";
    /// So many entities.
    entities: "entity" "entities", "entiteit" "entiteiten";
    /// So many assets.
    assets: "asset" "assets", "bedrijfsmiddel" "bedrijfsmiddelen";
    /// So many timeline events.
    events: "event" "events", "gebeurtenis" "gebeurtenissen";
    /// So many evidence items.
    evidence: "evidence item" "evidence items", "bewijsstuk" "bewijsstukken";
    /// So many steps.
    steps: "step" "steps", "stap" "stappen";
    /// So many notes.
    notes: "note" "notes", "notitie" "notities";
    /// So many comments.
    comments: "comment" "comments", "opmerking" "opmerkingen";
    /// So many ATT&CK techniques.
    techniques: "technique" "techniques", "techniek" "technieken";
    /// So many texts.
    texts: "text" "texts", "tekst" "teksten";
    /// So many changes.
    changes: "change" "changes", "wijziging" "wijzigingen";
    /// So many products that raise alerts.
    products: "product" "products", "product" "producten";
    /// So many characters.
    characters: "character" "characters", "teken" "tekens";
    /// So many hours.
    hours: "hour" "hours", "uur" "uur";
    /// So many days.
    days: "day" "days", "dag" "dagen";
}

impl Amounts {
    fn count(&self, count: usize, en: (&'static str, &'static str), nl: (&'static str, &'static str)) -> String {
        let (one, many) = match self.lang {
            Lang::En => en,
            Lang::Nl => nl,
        };
        format!("{} {}", self.number(count), if count == 1 { one } else { many })
    }

    /// A whole number with the language's mark between thousands.
    pub fn number(&self, number: usize) -> String {
        self.grouped(&number.to_string())
    }

    /// So many bytes, which may be more than memory has addresses: `512,110,190,592 bytes`.
    pub fn bytes(&self, count: u64) -> String {
        format!("{} {}", self.grouped(&count.to_string()), if count == 1 { "byte" } else { "bytes" })
    }

    /// A size at a glance, in steps of a thousand: `512.1 GB`.
    pub fn file_size(&self, bytes: u64) -> String {
        const UNITS: [&str; 6] = ["kB", "MB", "GB", "TB", "PB", "EB"];
        if bytes < 1_000 {
            return self.bytes(bytes);
        }
        let (mut tenths, mut unit) = (bytes / 100, 0);
        while tenths >= 10_000 && unit + 1 < UNITS.len() {
            tenths /= 1_000;
            unit += 1;
        }
        format!("{}{}{} {}", tenths / 10, self.lang.pick(".", ","), tenths % 10, UNITS[unit])
    }

    fn grouped(&self, digits: &str) -> String {
        let mark = match self.lang {
            Lang::En => ',',
            Lang::Nl => '.',
        };
        let mut text = String::with_capacity(digits.len() + digits.len() / 3);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                text.push(mark);
            }
            text.push(digit);
        }
        text
    }

    /// A duration in its two largest units: `40 s`, `2 h 5 min`, `3 d 4 h`. A negative one counts as none.
    pub fn duration(&self, millis: i64) -> String {
        let seconds = millis.max(0) / 1000;
        let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86_400);
        let (hour, day) = (self.lang.pick("h", "u"), self.lang.pick("d", "d"));
        let two = |large: i64, large_unit: &str, small: i64, small_unit: &str| match small {
            0 => format!("{large} {large_unit}"),
            _ => format!("{large} {large_unit} {small} {small_unit}"),
        };
        match (days, hours, minutes) {
            (0, 0, 0) => format!("{seconds} s"),
            (0, 0, _) => format!("{minutes} min"),
            (0, ..) => two(hours, hour, minutes % 60, "min"),
            _ => two(days, day, hours % 24, hour),
        }
    }

    /// Texts as one list: `a, b and c`.
    pub fn list(&self, parts: &[String]) -> String {
        match parts {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.lang.pick("and", "en")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_name_their_two_largest_units() {
        let minutes = |n: i64| EN.duration(n * 60_000);
        assert_eq!(EN.duration(40_000), "40 s");
        assert_eq!(minutes(5), "5 min");
        assert_eq!(minutes(125), "2 h 5 min");
        assert_eq!(minutes(120), "2 h");
        assert_eq!(minutes(3 * 1440 + 240), "3 d 4 h");
        assert_eq!(NL.duration(125 * 60_000), "2 u 5 min");
        assert_eq!(EN.duration(-5), "0 s");
    }

    #[test]
    fn counts_know_one_and_many_and_thousands() {
        assert_eq!(EN.alerts(1), "1 alert");
        assert_eq!(EN.alerts(0), "0 alerts");
        assert_eq!(EN.alerts(12_345), "12,345 alerts");
        assert_eq!(NL.entities(1_234_567), "1.234.567 entiteiten");
        assert_eq!(NL.hours(3), "3 uur");
    }

    #[test]
    fn sizes_are_exact_or_at_a_glance() {
        assert_eq!(EN.bytes(512_110_190_592), "512,110,190,592 bytes");
        assert_eq!(NL.bytes(1), "1 byte");
        let glance = [(999, "999 bytes"), (1_000, "1.0 kB"), (999_999, "999.9 kB"), (1_000_000, "1.0 MB")];
        for (bytes, text) in glance {
            assert_eq!(EN.file_size(bytes), text);
        }
        assert_eq!(NL.file_size(512_110_190_592), "512,1 GB");
        assert_eq!(EN.file_size(u64::MAX), "18.4 EB");
    }

    #[test]
    fn lists_end_with_and() {
        let parts = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(EN.list(&parts), "a, b and c");
        assert_eq!(NL.list(&parts[..2]), "a en b");
        assert_eq!(NL.list(&parts[..1]), "a");
    }
}
