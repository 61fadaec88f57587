//! The figures above the list of incidents, and response times.

use crate::model::Time;
use crate::model::taxonomy::Severity;
use crate::notebook::Row;

/// How many incidents ask for attention.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Not resolved.
    pub active: usize,
    /// Not resolved and of high severity.
    pub high: usize,
    /// Not resolved and nobody's.
    pub unassigned: usize,
    /// Not resolved and with a step that should have been done by now.
    pub overdue: usize,
}

/// Counts the incidents that ask for attention.
pub fn figures<'a>(rows: impl IntoIterator<Item = &'a Row>, now: &Time) -> Figures {
    let mut figures = Figures::default();
    for row in rows.into_iter().filter(|row| row.is_open()) {
        figures.active += 1;
        figures.high += usize::from(row.severity == Severity::High);
        figures.unassigned += usize::from(row.assignee.is_none());
        figures.overdue += usize::from(row.is_overdue(now));
    }
    figures
}

/// How long an incident took, in milliseconds; none where a clock has not been stopped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ResponseTimes {
    /// From noticed to acknowledged: time to acknowledge.
    pub to_acknowledge: Option<i64>,
    /// From acknowledged to contained.
    pub to_contain: Option<i64>,
    /// From acknowledged to resolved: time to remediate.
    pub to_remediate: Option<i64>,
}

/// How long an incident took. A clock that was set before the one it counts from gives nothing.
pub fn response_times(clocks: &crate::model::Clocks) -> ResponseTimes {
    let between = |from: &Option<Time>, to: &Option<Time>| {
        let millis = to.as_ref()?.millis() - from.as_ref()?.millis();
        (millis >= 0).then_some(millis)
    };
    ResponseTimes {
        to_acknowledge: between(&clocks.noticed, &clocks.acknowledged),
        to_contain: between(&clocks.acknowledged, &clocks.contained),
        to_remediate: between(&clocks.acknowledged, &clocks.resolved),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::taxonomy::Status;
    use crate::model::{Clocks, Incident, IncidentId};

    fn row(status: Status, severity: Severity, due: Option<&str>) -> Row {
        let mut incident =
            Incident::new(IncidentId::derived(&["1"]), "A", Time::parse("2026-01-01T00:00:00Z").unwrap());
        incident.status = status;
        incident.severity = severity;
        let mut row = Row::of(&incident);
        row.next_due = due.map(|text| Time::parse(text).unwrap());
        row
    }

    #[test]
    fn only_open_incidents_ask_for_attention() {
        let now = Time::parse("2026-01-02T00:00:00Z").unwrap();
        let rows = [
            row(Status::Active, Severity::High, Some("2026-01-01T12:00:00Z")),
            row(Status::InProgress, Severity::Low, Some("2026-01-03T12:00:00Z")),
            row(Status::Resolved, Severity::High, Some("2026-01-01T12:00:00Z")),
        ];
        assert_eq!(figures(&rows, &now), Figures { active: 2, high: 1, unassigned: 2, overdue: 1 });
    }

    #[test]
    fn times_are_counted_only_between_clocks_that_were_stopped_in_order() {
        let time = |minute: i64| Some(Time::from_millis(minute * 60_000));
        let clocks =
            Clocks { noticed: time(0), acknowledged: time(5), resolved: time(3), ..Clocks::default() };
        let times = response_times(&clocks);
        assert_eq!(times.to_acknowledge, Some(300_000));
        assert_eq!((times.to_contain, times.to_remediate), (None, None));
    }
}
