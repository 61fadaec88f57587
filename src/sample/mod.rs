//! THE GUIDED FIRST INCIDENT: a realistic incident, invented here, for whoever has none yet.
//!
//! It is built from its table the way a file from Defender is, so that everything on the page works on it as it does
//! on the real thing. Its times are told from now: the attack began two hours ago and nobody has taken it on yet.

mod cast;
pub mod guide;
mod story;

use crate::formats::assemble::{Evidence, IncidentBuilder};
use crate::model::taxonomy::{
    AlertStatus, InvestigationState, RemediationStatus, Role, ServiceSource, Severity, Status, Verdict,
};
use crate::model::{
    Alert, AlertField, AlertId, EntityKind, Facts, Incident, IncidentField, IncidentId, Origin, Time,
};
use story::{Beat, STORY};

/// How long ago the attack began, in minutes.
const BEGAN: i64 = 130;

/// How many minutes an alert is raised after what it is about.
const DELAY: i64 = 2;

/// The incident's id: there is one guided first incident in a notebook.
pub fn id() -> IncidentId {
    IncidentId::derived(&["first hour", "guided first incident"])
}

/// The guided first incident, as it stands now.
pub fn first_incident(now: &Time) -> Incident {
    let at = |minute: i64| Time::from_millis(now.millis() - (BEGAN - minute) * 60_000);
    let name = "Multi-stage incident involving Initial access & Ransomware on multiple endpoints reported by multiple sources";
    let mut incident = Incident::new(id(), name, at(DELAY));
    incident.severity = Severity::High;
    incident.status = Status::Active;
    incident.guided = true;
    incident.system_tags.insert("Ransomware".into());
    incident.origins.insert(Origin { system: "First Hour".into(), tenant: None, id: "6769".into() });
    incident.clocks.noticed = Some(at(DELAY));
    incident.source = vec![
        IncidentField::Name(name.into()),
        IncidentField::Severity(Severity::High),
        IncidentField::Status(Status::Active),
    ];
    let mut builder = IncidentBuilder::new(incident);
    for (number, beat) in STORY.iter().enumerate() {
        for (copy, evidence) in (0i64..).zip(beat.evidence) {
            let minute = beat.minute + copy * beat.every;
            let alert = alert(beat, &format!("{number:02}-{copy}"), &at(minute), at(minute + DELAY));
            builder.add_alert(
                alert,
                evidence.iter().map(|cast| piece(beat, cast.facts(&at(0)), &at(minute + DELAY))).collect(),
            );
        }
    }
    builder.finish()
}

fn alert(beat: &Beat, number: &str, happened: &Time, raised: Time) -> Alert {
    let mut alert = Alert::new(AlertId::derived(&["guided", number]), beat.title);
    alert.source_id = format!("guided-{number}");
    alert.description = beat.description.into();
    alert.category = beat.category.into();
    alert.techniques = beat.techniques.iter().map(|technique| (*technique).to_owned()).collect();
    alert.severity = Severity::parse(beat.severity);
    alert.status = AlertStatus::New;
    alert.service_source = ServiceSource::parse(beat.source);
    alert.investigation_state = InvestigationState::parse(beat.investigation);
    alert.first_activity = Some(happened.clone());
    alert.last_activity = Some(happened.clone());
    alert.updated = Some(raised.clone());
    alert.created = Some(raised);
    alert.source = vec![AlertField::Severity(alert.severity.clone()), AlertField::Status(AlertStatus::New)];
    alert
}

/// People and machines of the organisation are victims, not culprits: what was found bad is what the attacker used.
fn piece(beat: &Beat, facts: Facts, at: &Time) -> Evidence {
    let mut piece = Evidence::new(facts);
    let kind = piece.facts.kind();
    let (role, verdict, remediation) = match kind {
        EntityKind::Device | EntityKind::User | EntityKind::Mailbox => {
            (Role::Compromised, "suspicious", RemediationStatus::None)
        }
        EntityKind::Ip | EntityKind::Domain | EntityKind::Url => {
            (Role::Attacker, beat.verdict, RemediationStatus::None)
        }
        _ => (Role::Created, beat.verdict, RemediationStatus::parse(beat.remediation)),
    };
    piece.roles.insert(role);
    piece.verdict = Some(Verdict::parse(verdict));
    piece.remediation = Some(remediation);
    piece.at = Some(at.clone());
    piece
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbooks::{library, suggest};

    fn now() -> Time {
        Time::parse("2026-03-01T10:00:00Z").unwrap()
    }

    #[test]
    fn it_has_the_shape_of_the_walkthroughs_example() {
        let incident = first_incident(&now());
        let count = |kind| incident.entities.values().filter(|entity| entity.kind() == kind).count();
        assert_eq!(incident.alerts.len(), 87);
        assert_eq!(count(EntityKind::Device), 7);
        assert_eq!(count(EntityKind::User), 6);
        assert_eq!(count(EntityKind::Mailbox), 2);
    }

    #[test]
    fn it_happened_before_now_and_nobody_has_it() {
        let incident = first_incident(&now());
        assert!(incident.alerts.values().all(|alert| alert.created.as_ref().is_some_and(|at| *at < now())));
        assert_eq!((incident.assignee, incident.clocks.acknowledged), (None, None));
    }

    #[test]
    fn it_is_the_same_whenever_it_is_loaded_but_for_its_times() {
        let early = first_incident(&now());
        let late = first_incident(&Time::parse("2027-03-01T10:00:00Z").unwrap());
        assert!(early.alerts.keys().eq(late.alerts.keys()));
        // When a process began is part of what identifies it, so names are compared, not ids.
        let names = |incident: &Incident| {
            incident
                .entities
                .values()
                .map(|entity| (entity.kind(), entity.name()))
                .collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(names(&early), names(&late));
    }

    #[test]
    fn it_suggests_a_scenario_with_a_reason() {
        let suggestions = suggest(library(), &first_incident(&now()));
        assert!(suggestions.iter().any(|suggestion| suggestion.playbook.id == "ransomware"));
        assert!(suggestions.iter().any(|suggestion| suggestion.playbook.id == "phishing"));
        assert!(!suggestions[0].reasons.is_empty());
    }
}
