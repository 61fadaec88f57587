//! Times of events in the spellings of logs and portals beyond ISO 8601.

use crate::formats::event_facts::say;
use crate::formats::json::Fields;
use crate::formats::outcome::{Findings, Remark, Spot};
use crate::model::Time;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// A time as ISO 8601 writes it, or as Defender's portal saves it in a table: `Aug 2, 2021 1:11:39 PM`, which says no
/// zone. Where day and month could be taken for each other nothing is read.
pub fn parse(text: &str) -> Option<Time> {
    let text = text.trim();
    Time::parse(text).ok().or_else(|| Time::parse(&from_words(text)?).ok()).filter(|time| !time.is_never())
}

/// Takes out the first of these that is a time. What can be read as none stays, and is remarked on.
pub fn take(row: &mut Fields<'_>, names: &[&str], place: &Spot<'_>, findings: &mut Findings) -> Option<Time> {
    for name in names {
        let Some(text) = say(row, &[name]) else { continue };
        if let Some(time) = parse(&text) {
            row.take(name);
            return Some(time);
        }
        let text = text.chars().take(60).collect();
        findings.remark(Remark::UnreadableTime { place: place.to_place(), field: (*name).to_owned(), text });
    }
    None
}

/// `Aug 2, 2021 1:11:39 PM` → `2021-08-02T13:11:39`.
fn from_words(text: &str) -> Option<String> {
    let mut words = text.split([' ', '\u{202f}', ',']).filter(|word| !word.is_empty());
    let name = words.next()?.get(..3)?.to_ascii_lowercase();
    let month = MONTHS.iter().position(|month| *month == name)? + 1;
    let day: u32 = words.next()?.parse().ok()?;
    let year: u32 = words.next()?.parse().ok()?;
    let (clock, half) = (words.next()?, words.next());
    let (hour, rest) = clock.split_once(':')?;
    let hour: u32 = hour.parse().ok()?;
    let hour = match half.map(str::to_ascii_uppercase).as_deref() {
        Some("AM") if (1..=12).contains(&hour) => hour % 12,
        Some("PM") if (1..=12).contains(&hour) => hour % 12 + 12,
        None => hour,
        Some(_) => return None,
    };
    if words.next().is_some() {
        return None;
    }
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{rest}"))
}

/// The time of day and zone of log2timeline's table: a date as `MM/DD/YYYY`, a zone by name. Only a zone that is the same
/// everywhere and always is taken: `UTC` and offsets; the rules of `Europe/Amsterdam` or `EST5EDT` are not known here.
pub fn from_columns(date: &str, clock: &str, zone: &str) -> Option<Time> {
    let mut parts = date.trim().split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    let zone = match zone.trim().to_ascii_uppercase().as_str() {
        "UTC" | "GMT" | "Z" | "ETC/UTC" | "ETC/GMT" => "Z".to_owned(),
        offset if offset.starts_with(['+', '-']) && offset.len() > 1 => offset.to_owned(),
        _ => String::new(),
    };
    let at = format!("{year}-{month}-{day}T{}", clock.trim());
    Time::parse(&format!("{at}{zone}")).or_else(|_| Time::parse(&at)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portals_spelling_is_read_and_says_no_zone() {
        for (text, at) in [
            ("Aug 2, 2021 1:11:39 PM", "2021-08-02T13:11:39"),
            ("Dec 31, 2024 12:00:01 AM", "2024-12-31T00:00:01"),
            ("Jan 5, 2024\u{202f}12:30:00\u{202f}PM", "2024-01-05T12:30:00"),
        ] {
            let time = parse(text).unwrap();
            assert_eq!((time.text(), time.zone_stated()), (at, false));
        }
        assert_eq!(parse("2021-08-02T13:11:39.7724491Z").unwrap().text(), "2021-08-02T13:11:39.7724491Z");
        for bad in [
            "08/02/2021 13:11",
            "Aug 32, 2021 1:11:39 PM",
            "Aug 2, 2021 13:11:39 PM",
            "0001-01-01T00:00:00",
            "",
        ] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_table_of_log2timeline_states_its_zone_only_where_that_is_an_offset() {
        let read = |zone| from_columns("12/30/2013", "08:15:01", zone).unwrap();
        assert_eq!(read("UTC").text(), "2013-12-30T08:15:01Z");
        assert_eq!(read("+02:00").text(), "2013-12-30T08:15:01+02:00");
        for zone in ["Europe/Amsterdam", "EST5EDT", "-", ""] {
            assert!(!read(zone).zone_stated(), "{zone}");
        }
        assert_eq!(from_columns("00/00/0000", "--:--:--", "UTC"), None);
    }
}
