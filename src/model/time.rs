//! Points in time that remember how they were written.
//!
//! Security products write times with zero to seven fractional digits, with `Z`, with an offset or with no zone at
//! all. A [`Time`] keeps the original text, the instant in UTC, how exact it is and whether a zone was stated, so
//! that nothing is lost and nothing is made to look more exact than it was.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Offset, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;

/// How exact a time was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A date without a time of day.
    Day,
    /// Hours and minutes.
    Minute,
    /// Whole seconds.
    Second,
    /// So many digits after the second.
    Fraction(u8),
}

/// A point in time: the original text and what it means.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Time {
    text: Box<str>,
    instant: DateTime<Utc>,
    precision: Precision,
    zone_stated: bool,
}

/// A text that is not a time this program can read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadTime(String);

impl fmt::Display for BadTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a time: something like 2026-11-24T08:30:00Z was expected", self.0)
    }
}

impl std::error::Error for BadTime {}

impl Time {
    /// Reads a time as ISO 8601 and RFC 3339 write it: date alone, or date and time parted by `T` or a space, any
    /// number of fractional digits, `Z`, an offset, or no zone (then UTC is assumed and [`Time::zone_stated`] is
    /// false).
    ///
    /// # Errors
    /// When the text is not such a time, or is a day that does not exist.
    pub fn parse(text: &str) -> Result<Self, BadTime> {
        let trimmed = text.trim();
        let bad = || BadTime(trimmed.chars().take(60).collect());
        if trimmed.len() > 60 || !trimmed.is_ascii() || trimmed.len() < 10 {
            return Err(bad());
        }
        let day = day(&trimmed[..10]).ok_or_else(bad)?;
        let rest = &trimmed[10..];
        if rest.is_empty() {
            let instant = day.and_hms_opt(0, 0, 0).ok_or_else(bad)?.and_utc();
            return Ok(Self { text: trimmed.into(), instant, precision: Precision::Day, zone_stated: false });
        }
        let rest = rest.strip_prefix(['T', 't', ' ']).ok_or_else(bad)?.trim_start();
        let clock_end =
            rest.find(|c: char| !(c.is_ascii_digit() || c == ':' || c == '.')).unwrap_or(rest.len());
        let (clock, zone) = (&rest[..clock_end], rest[clock_end..].trim());
        let (whole, fraction) = clock.split_once('.').map_or((clock, None), |(w, f)| (w, Some(f)));
        let (time, mut precision) = clock_time(whole).ok_or_else(bad)?;
        let mut local = NaiveDateTime::new(day, time);
        if let Some(digits) = fraction {
            if precision != Precision::Second || digits.is_empty() || digits.contains('.') {
                return Err(bad());
            }
            precision = Precision::Fraction(u8::try_from(digits.len()).unwrap_or(u8::MAX));
            let nanos = nanoseconds(digits).ok_or_else(bad)?;
            local = local.checked_add_signed(chrono::Duration::nanoseconds(nanos)).ok_or_else(bad)?;
        }
        let offset = offset_seconds(zone).ok_or_else(bad)?;
        let instant = local.checked_sub_signed(chrono::Duration::seconds(offset)).ok_or_else(bad)?;
        Ok(Self {
            text: trimmed.into(),
            instant: instant.and_utc(),
            precision,
            zone_stated: !zone.is_empty(),
        })
    }

    /// The time so many milliseconds after 1970-01-01T00:00:00Z, as the browser's clock counts. Outside the years
    /// that can be written, the nearest that can.
    pub fn from_millis(millis: i64) -> Self {
        let instant = DateTime::from_timestamp_millis(millis).unwrap_or(if millis < 0 {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        });
        let text = instant.to_rfc3339_opts(SecondsFormat::Millis, true).into_boxed_str();
        Self { text, instant, precision: Precision::Fraction(3), zone_stated: true }
    }

    /// The time so many microseconds after 1970-01-01T00:00:00Z, as Timesketch and Plaso count; none outside the years
    /// that can be written.
    pub fn from_micros(micros: i64) -> Option<Self> {
        let instant = DateTime::from_timestamp_micros(micros)?;
        let text = instant.to_rfc3339_opts(SecondsFormat::Micros, true);
        Self::parse(&text).ok()
    }

    /// This time so many minutes east of Greenwich: its text goes on with the offset. One that states its zone, and a
    /// day without a time, are what they were.
    #[must_use]
    pub fn in_zone(self, minutes: i32) -> Self {
        if self.zone_stated || self.precision == Precision::Day {
            return self;
        }
        let (sign, minutes_off) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs().min(1439));
        let text = format!("{}{sign}{:02}:{:02}", self.text, minutes_off / 60, minutes_off % 60);
        Self::parse(&text).unwrap_or(self)
    }

    /// The text as it came.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The instant in UTC.
    pub fn instant(&self) -> DateTime<Utc> {
        self.instant
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub fn millis(&self) -> i64 {
        self.instant.timestamp_millis()
    }

    /// How exact it was written.
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// Whether the text said in which zone it is; where not, UTC was assumed.
    pub fn zone_stated(&self) -> bool {
        self.zone_stated
    }

    /// Whether this is .NET's `0001-01-01T00:00:00`, which Microsoft's products write for "never".
    pub fn is_never(&self) -> bool {
        self.text.starts_with("0001-01-01")
    }

    /// The instant in UTC to the second, such as `2026-11-24 08:30:00Z`: what reports show.
    pub fn utc(&self) -> String {
        self.instant.format("%Y-%m-%d %H:%M:%SZ").to_string()
    }

    /// The instant in UTC to the second, moved to this many minutes east of Greenwich.
    pub fn at_offset(&self, minutes: i32) -> DateTime<FixedOffset> {
        let zone = FixedOffset::east_opt(minutes.clamp(-1439, 1439) * 60).unwrap_or(Utc.fix());
        self.instant.with_timezone(&zone)
    }
}

/// A number made of digits alone: no sign, no space.
fn number(digits: &str) -> Option<u32> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// `2026-11-24`. Read by hand because an import reads tens of thousands of times.
fn day(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.split_at_checked(4)?;
    let (month, day) = rest.strip_prefix('-')?.split_once('-')?;
    if month.len() != 2 || day.len() != 2 {
        return None;
    }
    NaiveDate::from_ymd_opt(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?)
}

/// `08:30` or `08:30:00`, and how exact that is.
fn clock_time(text: &str) -> Option<(NaiveTime, Precision)> {
    let (hour, rest) = text.split_once(':')?;
    let (minute, second) =
        rest.split_once(':').map_or((rest, None), |(minute, second)| (minute, Some(second)));
    if [Some(hour), Some(minute), second].into_iter().flatten().any(|part| part.len() != 2) {
        return None;
    }
    let precision = if second.is_some() { Precision::Second } else { Precision::Minute };
    // A leap second is the 59th that lasts longer.
    let (seconds, nanos) = match number(second.unwrap_or("00"))? {
        60 => (59, 1_000_000_000),
        seconds => (seconds, 0),
    };
    Some((NaiveTime::from_hms_nano_opt(number(hour)?, number(minute)?, seconds, nanos)?, precision))
}

/// The digits after the second as nanoseconds; digits past the ninth do not count.
fn nanoseconds(digits: &str) -> Option<i64> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| {
        let nine = digits.bytes().chain(std::iter::repeat(b'0')).take(9);
        nine.fold(0, |nanos, digit| nanos * 10 + i64::from(digit - b'0'))
    })
}

/// Seconds east of Greenwich; none where it cannot be read.
fn offset_seconds(zone: &str) -> Option<i64> {
    if zone.is_empty() || zone.eq_ignore_ascii_case("z") || zone.eq_ignore_ascii_case("utc") {
        return Some(0);
    }
    let (sign, rest) = match zone.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    if digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes): (i64, i64) = (digits[..2].parse().ok()?, digits[2..].parse().ok()?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

impl PartialEq for Time {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Time {}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant.cmp(&other.instant).then_with(|| self.text.cmp(&other.text))
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<String> for Time {
    type Error = BadTime;
    fn try_from(text: String) -> Result<Self, BadTime> {
        Self::parse(&text)
    }
}

impl From<Time> for String {
    fn from(time: Time) -> String {
        time.text.into_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str) -> String {
        Time::parse(text).unwrap().instant().to_rfc3339_opts(SecondsFormat::AutoSi, true)
    }

    #[test]
    fn any_number_of_fractional_digits_is_read_and_the_text_kept() {
        assert_eq!(utc("2020-09-06T14:46:57.0733333Z"), "2020-09-06T14:46:57.073333300Z");
        assert_eq!(utc("2020-09-06T14:46:57.29Z"), "2020-09-06T14:46:57.290Z");
        assert_eq!(utc("2020-09-06T14:46:57Z"), "2020-09-06T14:46:57Z");
        let time = Time::parse("2020-09-06T14:46:57.0733333Z").unwrap();
        assert_eq!(time.text(), "2020-09-06T14:46:57.0733333Z");
        assert_eq!(time.precision(), Precision::Fraction(7));
    }

    #[test]
    fn offsets_are_taken_off_and_a_missing_zone_is_said() {
        assert_eq!(utc("2021-01-26T01:00:37.840453+00:00"), "2021-01-26T01:00:37.840453Z");
        assert_eq!(utc("2021-01-26T01:00:37-05:30"), "2021-01-26T06:30:37Z");
        assert!(!Time::parse("2019-01-09 13:28:00").unwrap().zone_stated());
        assert!(Time::parse("2019-01-09 13:28 +0100").unwrap().zone_stated());
        assert_eq!(Time::parse("2019-01-09").unwrap().precision(), Precision::Day);
    }

    #[test]
    fn dot_nets_never_is_known() {
        assert!(Time::parse("0001-01-01T00:00:00").unwrap().is_never());
        assert!(!Time::parse("2001-01-01T00:00:00").unwrap().is_never());
    }

    #[test]
    fn what_is_no_time_is_refused_with_the_text() {
        for bad in [
            "",
            "yesterday",
            "2020-13-01T00:00:00Z",
            "2020-01-01T25:00:00Z",
            "2020-01-01Tnoon",
            "2020-01-01T10:00:00.Z",
            "2020-01-01T10:00:00+99:00",
            "2020-02-30",
            "2020-01-01T10:00:00.1.2Z",
            "½½½½½½½½½½",
        ] {
            assert!(Time::parse(bad).is_err(), "{bad:?} was taken");
        }
        assert!(Time::parse("yesterday!").unwrap_err().to_string().contains("yesterday"));
    }

    #[test]
    fn the_browsers_clock_becomes_a_text_and_comes_back() {
        let time = Time::from_millis(1_795_500_000_123);
        assert_eq!(time.millis(), 1_795_500_000_123);
        assert_eq!(Time::parse(time.text()).unwrap(), time);
        assert_eq!(Time::parse(time.text()).unwrap().precision(), Precision::Fraction(3));
        let _ = Time::from_millis(i64::MAX);
        let _ = Time::from_millis(i64::MIN);
    }

    #[test]
    fn times_are_ordered_by_instant_whatever_their_zone() {
        let early = Time::parse("2021-01-01T12:00:00+02:00").unwrap();
        let late = Time::parse("2021-01-01T11:00:00Z").unwrap();
        assert!(early < late);
        assert_eq!(late.at_offset(60).to_rfc3339(), "2021-01-01T12:00:00+01:00");
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,40}") {
            let _ = Time::parse(&text);
        }

        #[test]
        fn every_millisecond_survives_its_text(millis in -60_000_000_000_000i64..250_000_000_000_000) {
            let time = Time::from_millis(millis);
            proptest::prop_assert_eq!(Time::parse(time.text()).map(|t| t.millis()), Ok(millis));
        }
    }
}
