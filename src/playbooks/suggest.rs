//! Which scenario playbook fits an incident, and why: what its alerts' titles, techniques and categories point to.

use super::{Kind, Library, Playbook};
use crate::compact::Order as _;
use crate::model::Incident;

/// Why a scenario is suggested.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// So many alerts have this in their title.
    Title(&'static str, usize),
    /// So many alerts name this ATT&CK technique.
    Technique(&'static str, usize),
    /// So many alerts are of this category.
    Category(&'static str, usize),
}

impl Reason {
    /// What a title says is stronger than a technique, a technique stronger than a category; more alerts count more.
    fn weight(&self) -> usize {
        match self {
            Self::Title(_, alerts) => 6 + alerts.min(&4),
            Self::Technique(_, alerts) => 3 + alerts.min(&3),
            Self::Category(_, alerts) => 1 + alerts.min(&2),
        }
    }
}

/// A scenario that fits, with its reasons, strongest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The playbook.
    pub playbook: &'static Playbook,
    /// Why.
    pub reasons: Vec<Reason>,
}

impl Suggestion {
    fn weight(&self) -> usize {
        self.reasons.iter().map(Reason::weight).sum()
    }
}

/// The scenarios that an incident's alerts point to and that are not on its checklist yet, best first.
pub fn suggest(library: &Library, incident: &Incident) -> Vec<Suggestion> {
    let on_checklist =
        |playbook: &Playbook| incident.checklist.scenarios.iter().any(|id| id.as_str() == playbook.id);
    let titles: Vec<String> = incident.alerts.values().map(|alert| alert.title.to_lowercase()).collect();
    let mut suggestions: Vec<Suggestion> = library
        .of_kind(Kind::Scenario)
        .filter(|playbook| !on_checklist(playbook))
        .map(|playbook| Suggestion { playbook, reasons: reasons(playbook, incident, &titles) })
        .filter(|suggestion| !suggestion.reasons.is_empty())
        .collect();
    suggestions.order_by_key(|suggestion| std::cmp::Reverse(suggestion.weight()));
    suggestions
}

fn reasons(playbook: &Playbook, incident: &Incident, titles: &[String]) -> Vec<Reason> {
    let count = |matches: &dyn Fn(&crate::model::Alert) -> bool| {
        incident.alerts.values().filter(|alert| matches(alert)).count()
    };
    let suggest = &playbook.suggest;
    let by_title = suggest.titles.iter().map(|part| {
        let part_folded = part.to_lowercase();
        Reason::Title(part, titles.iter().filter(|title| title.contains(&part_folded)).count())
    });
    let by_technique = suggest.techniques.iter().map(|technique| {
        Reason::Technique(
            technique,
            count(&|alert| alert.techniques.iter().any(|named| is_technique(named, technique))),
        )
    });
    let by_category = suggest.categories.iter().map(|category| {
        Reason::Category(category, count(&|alert| alert.category.eq_ignore_ascii_case(category)))
    });
    let mut reasons: Vec<_> = by_title
        .chain(by_technique)
        .chain(by_category)
        .filter(|reason| {
            let (Reason::Title(_, alerts) | Reason::Technique(_, alerts) | Reason::Category(_, alerts)) =
                reason;
            *alerts > 0
        })
        .collect();
    reasons.order_by_key(|reason| std::cmp::Reverse(reason.weight()));
    reasons
}

/// Whether a technique that an alert names is this one or a sub-technique of it.
fn is_technique(named: &str, technique: &str) -> bool {
    let named = named.trim();
    match named.split_at_checked(technique.len()) {
        Some((start, rest)) => {
            start.eq_ignore_ascii_case(technique) && (rest.is_empty() || rest.starts_with('.'))
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Alert, AlertId, IncidentId, PlaybookId, Time};
    use crate::playbooks::library;

    fn incident(alerts: &[(&str, &str, &str)]) -> Incident {
        let mut incident =
            Incident::new(IncidentId::derived(&["1"]), "A", Time::parse("2026-01-01T00:00:00Z").unwrap());
        for (title, technique, category) in alerts {
            let mut alert = Alert::new(AlertId::derived(&[title]), *title);
            alert.techniques.push((*technique).to_owned());
            (*category).clone_into(&mut alert.category);
            incident.alerts.insert(alert.id.clone(), alert);
        }
        incident
    }

    #[test]
    fn a_phishing_alert_suggests_the_phishing_playbook_with_its_reason() {
        let incident =
            incident(&[("Email messages containing phish URLs removed after delivery", "T1566.002", "")]);
        let suggestions = suggest(library(), &incident);
        assert_eq!(suggestions[0].playbook.id, "phishing");
        assert!(suggestions[0].reasons.iter().any(|reason| matches!(reason, Reason::Title(_, 1))));
        assert!(suggestions[0].reasons.contains(&Reason::Technique("T1566", 1)));
    }

    #[test]
    fn what_is_on_the_checklist_is_not_suggested_again() {
        let mut incident = incident(&[("Ransomware activity", "T1486", "Impact")]);
        assert_eq!(suggest(library(), &incident)[0].playbook.id, "ransomware");
        incident.checklist.scenarios.push(PlaybookId::try_from("ransomware").unwrap());
        assert!(
            suggest(library(), &incident).iter().all(|suggestion| suggestion.playbook.id != "ransomware")
        );
    }

    #[test]
    fn an_incident_that_points_nowhere_suggests_nothing() {
        assert!(suggest(library(), &incident(&[("Something", "T9999", "")])).is_empty());
    }

    #[test]
    fn a_sub_technique_is_its_technique_and_a_longer_number_is_not() {
        assert!(is_technique("T1566.001", "T1566") && is_technique("t1566", "T1566"));
        assert!(!is_technique("T15660", "T1566") && !is_technique("T156", "T1566"));
        assert!(!is_technique("é", "T1"));
    }
}
