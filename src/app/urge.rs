//! How urgently a backup is called for: what is not in any backup yet, how long already, and how the reminder grows.
//!
//! Pure: the page gives it the clock and what is in the notebook.

use crate::notebook::Notebook;
use serde::{Deserialize, Serialize};

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// How long a reminder that was put off stays away, unless it has grown since.
const PUT_OFF: i64 = DAY;

/// What an incident counts, measured in edits.
const INCIDENT: u64 = 5;

/// What is remembered about backups; stands beside the notebook, not in it. Times are milliseconds since
/// 1970-01-01T00:00Z.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Memory {
    /// When the last one was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<i64>,
    /// How many edits had been made by then.
    pub edits: u64,
    /// Since when there has been something that no backup holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<i64>,
    /// Which reminder was put off, and until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub put_off: Option<(Urge, i64)>,
}

/// How much it presses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Urge {
    /// Everything is in a backup, or there is nothing.
    None,
    /// The foot says how much is not.
    Foot,
    /// A quiet notice.
    Notice,
    /// A warning.
    Warning,
}

/// What no backup holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Worth {
    /// Edits since the last backup.
    pub edits: u64,
    /// Incidents that changed since.
    pub incidents: usize,
}

impl Worth {
    /// What this notebook holds that the last backup does not; `edits` counts all that were ever made. The guided
    /// first incident is worth nothing.
    pub fn of(notebook: &Notebook, memory: &Memory, edits: u64) -> Self {
        let is_new = |changed: i64| memory.at.is_none_or(|at| changed > at);
        let own = notebook.rows().values().filter(|row| !row.guided);
        let incidents = own.filter(|row| is_new(row.changed.millis())).count();
        let nothing = incidents == 0 && notebook.preparation().holds_nothing();
        Self { edits: if nothing { 0 } else { edits.saturating_sub(memory.edits) }, incidents }
    }

    /// Whether a backup would hold no more than the last one.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

impl Memory {
    /// Reads what was remembered; versions before reminders kept the time alone.
    pub fn parse(text: &str) -> Self {
        match text.parse() {
            Ok(at) => Self { at: Some(at), ..Self::default() },
            Err(_) => serde_json::from_str(text).unwrap_or_default(),
        }
    }

    /// As it is kept.
    pub fn print(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// After a backup was taken now.
    pub fn backed_up(now: i64, edits: u64) -> Self {
        Self { at: Some(now), edits, since: None, put_off: None }
    }

    /// The same with the moment when there first was something that no backup holds; none where nothing changes.
    pub fn watched(&self, worth: Worth, now: i64) -> Option<Self> {
        match (worth.is_nothing(), self.since) {
            (false, None) => Some(Self { since: Some(now), ..self.clone() }),
            (true, Some(_)) => Some(Self { since: None, put_off: None, ..self.clone() }),
            _ => None,
        }
    }

    /// The same with this reminder put off.
    #[must_use]
    pub fn putting_off(&self, urge: Urge, now: i64) -> Self {
        Self { put_off: Some((urge, now + PUT_OFF)), ..self.clone() }
    }

    /// How much it presses now. A reminder that was put off stays away until its time, or until it presses more.
    pub fn urge(&self, worth: Worth, now: i64) -> Urge {
        let urge = pressing(worth, now - self.since.unwrap_or(now));
        match self.put_off {
            Some((put_off, until)) if urge <= put_off && now < until => urge.min(Urge::Foot),
            _ => urge,
        }
    }
}

/// A hundred edits wait an hour, twenty incidents a day, a single edit a week; thirty days are too many for anything.
fn pressing(worth: Worth, age: i64) -> Urge {
    if worth.is_nothing() {
        return Urge::None;
    }
    let incidents = u64::try_from(worth.incidents).unwrap_or(u64::MAX);
    let amount = worth.edits.saturating_add(incidents.saturating_mul(INCIDENT));
    let days = u64::try_from(age / DAY).unwrap_or(0);
    let weight = amount.saturating_mul(1 + days);
    if age >= 30 * DAY || (age >= DAY && weight >= 400) {
        Urge::Warning
    } else if age >= 7 * DAY || (age >= HOUR && weight >= 100) {
        Urge::Notice
    } else {
        Urge::Foot
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Incident, IncidentId, Time};

    const NOW: i64 = 1_795_500_000_000;

    fn notebook(incidents: u8) -> Notebook {
        let mut notebook = Notebook::default();
        for number in 0..incidents {
            let id = IncidentId::derived(&[&number.to_string()]);
            notebook.load(Incident::new(id, "A", Time::from_millis(NOW - DAY)));
        }
        let mut guided = Incident::new(IncidentId::derived(&["guided"]), "G", Time::from_millis(NOW));
        guided.guided = true;
        notebook.load(guided);
        notebook
    }

    fn since(days: i64) -> Memory {
        Memory { since: Some(NOW - days * DAY), ..Memory::default() }
    }

    #[test]
    fn what_no_backup_holds_is_counted() {
        let never = Memory::default();
        assert!(Worth::of(&notebook(0), &never, 12).is_nothing(), "the guided incident is worth nothing");
        assert_eq!(Worth::of(&notebook(3), &never, 12), Worth { edits: 12, incidents: 3 });
        let before = Memory { at: Some(NOW - 2 * DAY), edits: 10, ..Memory::default() };
        assert_eq!(Worth::of(&notebook(3), &before, 12), Worth { edits: 2, incidents: 3 });
        let after = Memory::backed_up(NOW, 12);
        assert!(Worth::of(&notebook(3), &after, 12).is_nothing());
        assert!(Worth::of(&notebook(3), &after, 3).is_nothing(), "a count that was begun anew is no worth");
    }

    #[test]
    fn the_reminder_grows_with_what_is_at_stake_and_with_its_age() {
        let few = Worth { edits: 3, incidents: 1 };
        let many = Worth { edits: 150, incidents: 4 };
        let urge = |worth, days| since(days).urge(worth, NOW);
        assert_eq!(urge(Worth::default(), 90), Urge::None);
        assert_eq!(
            [0, 6, 7, 29, 30].map(|days| urge(few, days)),
            [Urge::Foot, Urge::Foot, Urge::Notice, Urge::Notice, Urge::Warning]
        );
        assert_eq!(urge(many, 0), Urge::Foot, "nobody is reminded in the first hour");
        let two_hours = Memory { since: Some(NOW - 2 * HOUR), ..Memory::default() };
        assert_eq!(two_hours.urge(many, NOW), Urge::Notice);
        assert_eq!(urge(many, 2), Urge::Warning);
    }

    #[test]
    fn a_reminder_that_was_put_off_comes_back_later_or_when_it_has_grown() {
        let worth = Worth { edits: 150, incidents: 4 };
        let two_hours = Memory { since: Some(NOW - 2 * HOUR), ..Memory::default() };
        let put_off = two_hours.putting_off(Urge::Notice, NOW);
        assert_eq!(put_off.urge(worth, NOW + HOUR), Urge::Foot);
        assert_eq!(put_off.urge(worth, NOW + PUT_OFF), Urge::Notice);
        let small = Worth { edits: 99, incidents: 1 };
        assert_eq!(put_off.urge(small, NOW + PUT_OFF + 3 * DAY), Urge::Warning);
        let grown = since(29).putting_off(Urge::Notice, NOW + DAY - HOUR);
        assert_eq!(grown.urge(Worth { edits: 1, incidents: 1 }, NOW + DAY), Urge::Warning);
    }

    #[test]
    fn it_remembers_since_when_and_reads_what_earlier_versions_kept() {
        let worth = Worth { edits: 1, incidents: 1 };
        let watched = Memory::default().watched(worth, NOW).unwrap();
        assert_eq!(watched.since, Some(NOW));
        assert_eq!(watched.watched(worth, NOW + 5), None);
        assert_eq!(watched.watched(Worth::default(), NOW + 5).unwrap().since, None);
        assert_eq!(Memory::parse(&watched.print()), watched);
        assert_eq!(Memory::parse("1795500000000"), Memory { at: Some(NOW), ..Memory::default() });
        assert_eq!(Memory::parse("odd"), Memory::default());
    }
}
