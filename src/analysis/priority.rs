//! Priority: how urgent an incident is, from 0 to 100, with its reasons.
//!
//! Priority is severity and impact (Microsoft's walkthrough: "responding to your first incident"), raised by failed
//! or pending remediation, malicious findings, several detecting products, and by time passing while nobody has
//! taken it. The bands are the portal's: above 85 first, 15 to 85 next, below 15 last.

use crate::compact::Order as _;
use crate::model::Time;
use crate::model::taxonomy::{Classification, Determination, Severity};
use crate::notebook::Row;

/// Why an incident has its priority. The page turns each into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The severity that the product or the responder gave.
    Severity(Severity),
    /// So many devices, users, mailboxes, applications and resources are involved.
    Assets(usize),
    /// So many of the entities are critical.
    Critical(usize),
    /// So many alerts are active.
    ActiveAlerts(usize),
    /// So many products saw it.
    Sources(usize),
    /// So many entities were found malicious.
    Malicious(usize),
    /// The kind of activity is one that spreads or does harm.
    Determination(Determination),
    /// So many remediations or investigations failed.
    FailedRemediation(usize),
    /// So many remediations wait for approval.
    PendingApproval(usize),
    /// Nobody has it.
    Unassigned,
    /// Nobody has taken it on for so many hours.
    Waiting(i64),
    /// It was classified, which caps the priority.
    Classified(Classification),
    /// It is resolved: nothing is urgent any more.
    Resolved,
    /// The responder set it, for this reason.
    Overruled(String),
}

/// How urgent an incident is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priority {
    /// 0 to 100.
    pub value: u8,
    /// Each reason with the points it adds; what caps or overrules adds none. Strongest first.
    pub reasons: Vec<(Reason, u8)>,
    /// What was computed, where the responder overruled it.
    pub computed: Option<u8>,
}

/// In which of the portal's bands a priority lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// Below 15.
    Low,
    /// 15 to 85.
    Medium,
    /// Above 85.
    Top,
}

impl Priority {
    /// The band.
    pub fn band(&self) -> Band {
        match self.value {
            86.. => Band::Top,
            15..=85 => Band::Medium,
            _ => Band::Low,
        }
    }
}

/// How urgent an incident is now.
pub fn priority(row: &Row, now: &Time) -> Priority {
    let mut reasons = raising(row, now);
    reasons.order_by_key(|(_, points)| std::cmp::Reverse(*points));
    let sum: u16 = reasons.iter().map(|(_, points)| u16::from(*points)).sum();
    let mut value = u8::try_from(sum.min(100)).unwrap_or(100);
    if let Some((reason, cap)) = cap(row) {
        value = value.min(cap);
        reasons.insert(0, (reason, 0));
    }
    match &row.priority {
        Some(own) => {
            reasons.insert(0, (Reason::Overruled(own.reason.clone()), 0));
            Priority { value: own.value, reasons, computed: Some(value) }
        }
        None => Priority { value, reasons, computed: None },
    }
}

/// A number alone, for sorting.
pub fn value(row: &Row, now: &Time) -> u8 {
    priority(row, now).value
}

fn raising(row: &Row, now: &Time) -> Vec<(Reason, u8)> {
    let mut reasons = Vec::new();
    let mut add = |reason: Reason, points: u8| {
        if points > 0 {
            reasons.push((reason, points));
        }
    };
    let severity = match row.severity {
        Severity::High => 40,
        Severity::Medium => 25,
        Severity::Low | Severity::Unknown | Severity::Other(_) => 10,
        Severity::Informational => 2,
    };
    add(Reason::Severity(row.severity.clone()), severity);
    add(Reason::Assets(row.assets()), steps(row.assets(), &[(1, 3), (2, 6), (5, 12), (10, 18), (25, 22)]));
    add(Reason::Critical(row.critical), steps(row.critical, &[(1, 12), (2, 18)]));
    add(Reason::ActiveAlerts(row.active_alerts), steps(row.active_alerts, &[(5, 3), (20, 6), (50, 8)]));
    add(Reason::Sources(row.sources.len()), steps(row.sources.len(), &[(2, 4), (3, 6)]));
    add(Reason::Malicious(row.malicious), steps(row.malicious, &[(1, 5), (5, 8)]));
    add(Reason::Determination(row.determination.clone()), determination(&row.determination));
    add(
        Reason::FailedRemediation(row.failed_remediation),
        steps(row.failed_remediation, &[(1, 10), (5, 14)]),
    );
    add(Reason::PendingApproval(row.pending_approval), steps(row.pending_approval, &[(1, 5)]));
    if row.is_open() && row.assignee.is_none() {
        add(Reason::Unassigned, 5);
    }
    if row.is_open() && row.clocks.acknowledged.is_none() {
        let since = row.clocks.noticed.as_ref().unwrap_or(&row.created);
        let hours = (now.millis() - since.millis()) / 3_600_000;
        let waited = usize::try_from(hours).unwrap_or_default();
        add(Reason::Waiting(hours), steps(waited, &[(1, 3), (8, 6), (24, 9)]));
    }
    reasons
}

/// The points of the highest threshold that is reached.
fn steps(count: usize, thresholds: &[(usize, u8)]) -> u8 {
    thresholds.iter().rev().find(|(from, _)| count >= *from).map_or(0, |(_, points)| *points)
}

fn determination(determination: &Determination) -> u8 {
    use Determination as D;
    match determination {
        D::MultiStagedAttack | D::Apt | D::CompromisedAccount => 8,
        D::Malware | D::Phishing | D::MaliciousUserActivity => 5,
        _ => 0,
    }
}

fn cap(row: &Row) -> Option<(Reason, u8)> {
    if !row.is_open() {
        return Some((Reason::Resolved, 0));
    }
    match row.classification {
        Classification::FalsePositive => Some((Reason::Classified(row.classification.clone()), 5)),
        Classification::InformationalExpectedActivity => {
            Some((Reason::Classified(row.classification.clone()), 10))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::taxonomy::Status;
    use crate::model::{EntityKind, Incident, IncidentId, PriorityOverride};

    fn time(text: &str) -> Time {
        Time::parse(text).unwrap()
    }

    fn row(severity: Severity) -> Row {
        let mut incident = Incident::new(IncidentId::derived(&["1"]), "A", time("2026-01-01T00:00:00Z"));
        incident.severity = severity;
        Row::of(&incident)
    }

    fn now() -> Time {
        time("2026-01-01T00:10:00Z")
    }

    #[test]
    fn severity_and_impact_lead() {
        let small = priority(&row(Severity::High), &now());
        let mut wide = row(Severity::High);
        wide.entities.insert(EntityKind::Device, 7);
        let wide = priority(&wide, &now());
        assert!(small.value < wide.value);
        assert_eq!(small.reasons[0].0, Reason::Severity(Severity::High));
        assert!(wide.reasons.contains(&(Reason::Assets(7), 12)));
    }

    #[test]
    fn the_walkthroughs_example_comes_first() {
        // High severity, a failed investigation, five assets of which two are critical, new and unassigned.
        let mut example = row(Severity::High);
        example.entities.insert(EntityKind::User, 5);
        example.critical = 2;
        example.failed_remediation = 1;
        example.malicious = 1;
        let first = priority(&example, &time("2026-01-01T09:00:00Z"));
        assert_eq!(first.band(), Band::Top, "{first:?}");
    }

    #[test]
    fn waiting_counts_until_somebody_takes_it() {
        let mut row = row(Severity::Medium);
        let later = time("2026-01-02T01:00:00Z");
        assert!(value(&row, &later) > value(&row, &now()));
        row.clocks.acknowledged = Some(time("2026-01-01T01:00:00Z"));
        row.assignee = Some("ann".into());
        assert_eq!(value(&row, &later), 25);
    }

    #[test]
    fn what_is_resolved_or_false_is_not_urgent() {
        let mut false_alarm = row(Severity::High);
        false_alarm.classification = Classification::FalsePositive;
        assert_eq!(value(&false_alarm, &now()), 5);
        let mut resolved = row(Severity::High);
        resolved.status = Status::Resolved;
        assert_eq!(value(&resolved, &now()), 0);
    }

    #[test]
    fn the_responder_overrules_and_the_computed_value_stays_known() {
        let mut row = row(Severity::Low);
        row.priority = Some(PriorityOverride { value: 90, reason: "the chairman's laptop".into() });
        let priority = priority(&row, &now());
        assert_eq!((priority.value, priority.computed), (90, Some(15)));
        assert_eq!(priority.reasons[0].0, Reason::Overruled("the chairman's laptop".into()));
    }

    #[test]
    fn a_clock_that_runs_ahead_does_no_harm() {
        let _ = priority(&row(Severity::Low), &time("1970-01-01"));
    }
}
