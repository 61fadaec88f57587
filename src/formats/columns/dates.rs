//! Dates as tables write them: ISO 8601, day and month in either order, with the month's name in English or Dutch, with
//! AM and PM, as seconds or milliseconds since 1970.
//!
//! `03/04/2026` is two dates. Which is meant is never guessed from one value: either another value of the same column
//! tells, or the person does.

use crate::model::Time;
use chrono::NaiveDate;

/// What comes first in a date of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Order {
    /// The day.
    DayFirst,
    /// The month.
    MonthFirst,
}

/// What a text says of a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Date {
    /// One time, as ISO 8601; where the text could only be read with one order, that one.
    One(String, Option<Order>),
    /// Two different times: with the day first, and with the month first.
    Two(String, String),
}

/// Names of months by their first three letters, English and Dutch.
const MONTHS: [&[&str]; 12] = [
    &["jan"],
    &["feb"],
    &["mar", "maa", "mrt"],
    &["apr"],
    &["may", "mei"],
    &["jun"],
    &["jul"],
    &["aug"],
    &["sep"],
    &["oct", "okt"],
    &["nov"],
    &["dec"],
];

/// The longest text that is looked at, in bytes.
const LONGEST: usize = 60;

/// Reads a time; none where the text is none.
pub fn read(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > LONGEST || !text.is_ascii() || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if Time::parse(text).is_ok() {
        return Some(Date::One(text.to_owned(), None));
    }
    if let Some(date) = since_1970(text) {
        return Some(date);
    }
    let (numbers, clock) = split(text)?;
    let iso = |(year, month, day): (i32, u32, u32)| {
        let text = format!("{year:04}-{month:02}-{day:02}{clock}");
        (NaiveDate::from_ymd_opt(year, month, day).is_some() && Time::parse(&text).is_ok()).then_some(text)
    };
    match numbers {
        Numbers::Plain(year, month, day) => iso((year, month, day)).map(|text| Date::One(text, None)),
        Numbers::Either(first, second, year) => {
            match (iso((year, second, first)), iso((year, first, second))) {
                (Some(day_first), Some(month_first)) if day_first == month_first => {
                    Some(Date::One(day_first, None))
                }
                (Some(day_first), Some(month_first)) => Some(Date::Two(day_first, month_first)),
                (Some(text), None) => Some(Date::One(text, Some(Order::DayFirst))),
                (None, Some(text)) => Some(Date::One(text, Some(Order::MonthFirst))),
                (None, None) => None,
            }
        }
    }
}

/// Ten digits are seconds, thirteen milliseconds: any time between 2001 and 2286.
fn since_1970(text: &str) -> Option<Date> {
    let number: i64 = text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())??;
    let millis = match text.len() {
        10 => number * 1000,
        13 => number,
        _ => return None,
    };
    Some(Date::One(Time::from_millis(millis).text().to_owned(), None))
}

/// The numbers of a day.
enum Numbers {
    /// Year, month and day: each stands where it can be nothing else.
    Plain(i32, u32, u32),
    /// Two numbers that are a day and a month in either order, and the year.
    Either(u32, u32, i32),
}

/// The day's numbers, and the rest as `T08:30:00+01:00`; empty where there is no time of day.
fn split(text: &str) -> Option<(Numbers, String)> {
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let clock_at = words.iter().position(|word| word.contains(':')).unwrap_or(words.len());
    let day = &words[..clock_at];
    let numbers = match day {
        [one] => numeric(one)?,
        _ => named(day)?,
    };
    Some((numbers, clock(&words[clock_at..])?))
}

/// `24/11/2026`, `2026/11/24`, `24-Nov-2026`.
fn numeric(word: &str) -> Option<Numbers> {
    let parts: Vec<&str> = word.split(['/', '-', '.']).collect();
    let [first, second, third] = parts[..] else { return None };
    if !second.bytes().all(|byte| byte.is_ascii_digit()) {
        return named(&[first, second, third]);
    }
    if first.len() == 4 {
        return Some(Numbers::Plain(first.parse().ok()?, number(second)?, number(third)?));
    }
    Some(Numbers::Either(number(first)?, number(second)?, year(third)?))
}

/// `Nov 24 2026`, `24 november 2026`, with or without the day of the week before it.
fn named(words: &[&str]) -> Option<Numbers> {
    let month_of = |word: &str| {
        let start = word.get(..3)?.to_ascii_lowercase();
        let names = word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'.');
        let at = MONTHS.iter().position(|names| names.contains(&start.as_str())).filter(|_| names)?;
        u32::try_from(at + 1).ok()
    };
    let month = words.iter().find_map(|word| month_of(word))?;
    let mut numbers = words.iter().filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    let (day, of) = (numbers.next()?, numbers.next()?);
    if numbers.next().is_some() {
        return None;
    }
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    Some(Numbers::Plain(year(of)?, month, number(day)?))
}

fn number(text: &str) -> Option<u32> {
    ((1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())?
}

/// Four digits, or the last two of a year of this century.
fn year(text: &str) -> Option<i32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let year: i32 = text.parse().ok().filter(|_| digits)?;
    match text.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

/// The time of day in 24 hours with what zone is stated, as ISO 8601 continues a date; none where it cannot be read.
fn clock(words: &[&str]) -> Option<String> {
    let Some((first, rest)) = words.split_first() else { return Some(String::new()) };
    let digits = |c: char| c.is_ascii_digit() || c == ':' || c == '.';
    let end = first.find(|c: char| !digits(c)).unwrap_or(first.len());
    let (time, glued) = first.split_at(end);
    let (mut half, mut zone) = (None, String::new());
    for word in std::iter::once(&glued).chain(rest).filter(|word| !word.is_empty()) {
        let word = word.trim_matches(['(', ')']);
        match word.to_ascii_lowercase().as_str() {
            "am" | "a.m." => half = Some(0),
            "pm" | "p.m." => half = Some(12),
            "z" | "utc" | "gmt" => "Z".clone_into(&mut zone),
            _ => {
                let offset = word.trim_start_matches("UTC").trim_start_matches("GMT");
                if !offset.starts_with(['+', '-']) {
                    return None;
                }
                offset.clone_into(&mut zone);
            }
        }
    }
    let (hour, rest) = time.split_once(':')?;
    let hour = number(hour)?;
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(half) => hour % 12 + half,
        None => hour,
    };
    Some(format!("T{hour:02}:{rest}{zone}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(text: &str) -> String {
        match read(text) {
            Some(Date::One(iso, _)) => iso,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_date_is_read_in_every_style_that_says_what_it_means() {
        for (text, iso) in [
            ("2026-11-24T08:30:00Z", "2026-11-24T08:30:00Z"),
            ("2026-11-24 08:30:00.1234567", "2026-11-24 08:30:00.1234567"),
            ("2026/11/24 08:30", "2026-11-24T08:30"),
            ("24/11/2026 8:30", "2026-11-24T08:30"),
            ("11/24/2026 8:30 PM", "2026-11-24T20:30"),
            ("24-11-2026", "2026-11-24"),
            ("24.11.2026 08:30:05", "2026-11-24T08:30:05"),
            ("24-Nov-2026 08:30", "2026-11-24T08:30"),
            ("Nov 24, 2026 12:05:09 AM", "2026-11-24T00:05:09"),
            ("Tue, 24 Nov 2026 08:30:00 GMT", "2026-11-24T08:30:00Z"),
            ("24 okt. 2026 08:30", "2026-10-24T08:30"),
            ("dinsdag 3 maart 2026 08:30", "2026-03-03T08:30"),
            ("24/11/26 08:30 (UTC)", "2026-11-24T08:30Z"),
            ("24/11/2026 08:30 UTC+01:00", "2026-11-24T08:30+01:00"),
            ("1795509000", "2026-11-24T08:30:00.000Z"),
            ("1795509000123", "2026-11-24T08:30:00.123Z"),
        ] {
            assert_eq!(one(text), iso, "{text}");
        }
    }

    #[test]
    fn a_date_with_two_readings_is_two_dates() {
        let two = |day: &str, month: &str| Some(Date::Two(day.to_owned(), month.to_owned()));
        assert_eq!(read("03/04/2026 09:00"), two("2026-04-03T09:00", "2026-03-04T09:00"));
        assert_eq!(read("3-4-26"), two("2026-04-03", "2026-03-04"));
        // Both ways the same day.
        assert_eq!(read("04/04/2026"), Some(Date::One("2026-04-04".to_owned(), None)));
        assert_eq!(read("13/04/2026"), Some(Date::One("2026-04-13".to_owned(), Some(Order::DayFirst))));
        assert_eq!(read("04/13/2026"), Some(Date::One("2026-04-13".to_owned(), Some(Order::MonthFirst))));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "high",
            "10.0.0.1",
            "3/5",
            "31/02/2026",
            "13/13/2026",
            "24/11/2026 25:00",
            "8:30",
            "1.2.3",
            "12345",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_a_date_that_the_notebook_cannot_read(text in "[0-9/.:\\- aApPmMTZNovokt,()+]{0,30}") {
            match read(&text) {
                Some(Date::One(iso, _)) => prop_assert!(Time::parse(&iso).is_ok(), "{iso}"),
                Some(Date::Two(day, month)) => {
                    prop_assert!(day != month && Time::parse(&day).is_ok() && Time::parse(&month).is_ok());
                }
                None => {}
            }
        }
    }
}
