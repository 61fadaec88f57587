//! What only a person can say about a source, and what a reading asks for it.
//!
//! A reading never stops to ask: it takes the answers there are, reads all that it can without the others, and
//! reports its questions beside what it read, answered ones too. Whoever has another answer reads once more.

use crate::formats::FormatId;
use crate::formats::columns::{Columns, Meaning, Order};
use crate::formats::outcome::Place;
use crate::formats::text::{Doubt, Kind};
use crate::model::Time;
use crate::model::time::Precision;
use std::collections::BTreeMap;

/// What was answered about one source. Nothing is answered by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers {
    /// The format that it is to be read as, whatever it looks like.
    pub read_as: Option<FormatId>,
    /// What the source is called: the name of what it does not name itself.
    pub called: String,
    /// What the columns of a table mean, in their order.
    pub columns: Option<Vec<Meaning>>,
    /// What comes first in dates that can be read two ways.
    pub order: Option<Order>,
    /// The zone of times that do not say theirs, in minutes east of Greenwich.
    pub offset: Option<i32>,
    /// What doubtful values are, by the value. One that is not here is left out.
    pub doubts: BTreeMap<String, Taken>,
}

/// What a doubtful value is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Taken {
    /// What it looks like: a domain, an address.
    AsItLooks,
    /// A file's name.
    File,
    /// Nothing: it stays where it stands in the text.
    Nothing,
}

/// What a reading asks. What is empty here was no question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Questions {
    /// What the columns of a table mean.
    pub columns: Option<Columns>,
    /// What comes first in dates that can be read two ways.
    pub order: Option<Asked>,
    /// In which zone times are that do not say theirs.
    pub zone: Option<Asked>,
    /// What values are that look like an indicator and may as well be something else.
    pub doubts: Vec<Doubtful>,
}

impl Questions {
    /// A time as it counts: where it does not say its zone, in the one that was answered; and that is asked. For formats
    /// whose times may be anybody's; where a format's own times are in UTC, there is nothing to ask.
    pub fn settle(&mut self, answers: &Answers, time: Time) -> Time {
        if time.zone_stated() || time.precision() == Precision::Day {
            return time;
        }
        Asked::about(&mut self.zone, time.text());
        match answers.offset {
            Some(minutes) => time.in_zone(minutes),
            None => time,
        }
    }
}

/// One question about many values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The first value it is about, as it came.
    pub example: String,
    /// How many values it is about.
    pub count: usize,
}

impl Asked {
    /// Asks about one more value.
    pub fn about(question: &mut Option<Self>, value: &str) {
        match question {
            Some(asked) => asked.count += 1,
            None => *question = Some(Self { example: value.to_owned(), count: 1 }),
        }
    }
}

/// A value that may be something else than it looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubtful {
    /// The value, without defanging.
    pub value: String,
    /// What it looks like.
    pub kind: Kind,
    /// What else it may be.
    pub doubt: Doubt,
    /// Where it stands first.
    pub place: Place,
    /// The sentence it stands in there.
    pub sentence: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_a_zone_is_asked_about_and_gets_the_one_that_was_answered() {
        let (mut questions, time) = (Questions::default(), |text| Time::parse(text).unwrap());
        let answers = Answers { offset: Some(-330), ..Answers::default() };
        for stated in ["2026-11-24T08:30:00Z", "2026-11-24T08:30:00+01:00", "2026-11-24"] {
            assert_eq!(questions.settle(&answers, time(stated)).text(), stated);
        }
        assert_eq!(questions.zone, None);
        let unknown = questions.settle(&Answers::default(), time("2026-11-24 08:30:00.1234567"));
        assert!(!unknown.zone_stated());
        let settled = questions.settle(&answers, time("2026-11-24 08:30"));
        assert_eq!((settled.text(), settled.zone_stated()), ("2026-11-24 08:30-05:30", true));
        assert_eq!(settled.utc(), "2026-11-24 14:00:00Z");
        assert_eq!(
            questions.zone,
            Some(Asked { example: "2026-11-24 08:30:00.1234567".to_owned(), count: 2 })
        );
    }
}
