//! What an incident looks like from above: the tactics its alerts speak of, and the entities that matter most.

use crate::compact::Order as _;
use crate::model::{Alert, EntityId, EntityKind, Incident, Time, taxonomy::Verdict};
use std::collections::BTreeMap;

/// One tactic that alerts speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tactic {
    /// The category, as the alerts give it.
    pub category: String,
    /// How many alerts are of it.
    pub alerts: usize,
    /// The techniques that these alerts name, each with how many do, by id.
    pub techniques: Vec<(String, usize)>,
}

/// The tactics of an incident in the order in which they were first seen; alerts without a category come last under
/// an empty one, and only where they name techniques.
pub fn tactics(incident: &Incident) -> Vec<Tactic> {
    let mut alerts: Vec<&Alert> = incident.alerts.values().collect();
    alerts.order_by_key(|alert| (alert.category.is_empty(), alert.when().map(Time::millis)));
    let mut found: Vec<(String, usize, BTreeMap<String, usize>)> = Vec::new();
    for alert in alerts {
        let at = found.iter().position(|(category, ..)| category.eq_ignore_ascii_case(&alert.category));
        let at = at.unwrap_or_else(|| {
            found.push((alert.category.clone(), 0, BTreeMap::new()));
            found.len() - 1
        });
        let (_, count, techniques) = &mut found[at];
        *count += 1;
        for technique in &alert.techniques {
            *techniques.entry(technique.clone()).or_default() += 1;
        }
    }
    found
        .into_iter()
        .filter(|(category, _, techniques)| !category.is_empty() || !techniques.is_empty())
        .map(|(category, alerts, techniques)| Tactic {
            category,
            alerts,
            techniques: techniques.into_iter().collect(),
        })
        .collect()
}

/// An entity that matters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopEntity {
    /// Which.
    pub id: EntityId,
    /// Its kind.
    pub kind: EntityKind,
    /// Its name.
    pub name: String,
    /// What it was found to be.
    pub verdict: Verdict,
    /// Whether the responder called it critical.
    pub critical: bool,
    /// In how many alerts it occurs.
    pub alerts: usize,
}

/// The entities that matter most: critical ones, then by verdict, then by the number of alerts they occur in.
pub fn top_entities(incident: &Incident, most: usize) -> Vec<TopEntity> {
    let mut found: Vec<_> = incident
        .shown_entities()
        .into_iter()
        .map(|entity| {
            let alerts: std::collections::BTreeSet<_> =
                entity.sightings.iter().map(|sighting| &sighting.alert).collect();
            let alerts = alerts.len();
            (entity, alerts)
        })
        .collect();
    found.order_by_key(|(entity, alerts)| {
        std::cmp::Reverse((entity.critical, entity.verdict.weight(), *alerts))
    });
    found
        .into_iter()
        .take(most)
        .map(|(entity, alerts)| TopEntity {
            id: entity.id.clone(),
            kind: entity.kind(),
            name: entity.name(),
            verdict: entity.verdict.clone(),
            critical: entity.critical,
            alerts,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::{Facts, Ip};
    use crate::model::{AlertId, Entity, IncidentId};

    fn incident() -> Incident {
        Incident::new(IncidentId::derived(&["1"]), "A", Time::from_millis(0))
    }

    #[test]
    fn tactics_come_in_the_order_they_were_seen_with_their_techniques() {
        let mut incident = incident();
        for (title, category, technique, minute) in [
            ("late", "Impact", "T1486", 9),
            ("early", "InitialAccess", "T1566", 1),
            ("again", "initialAccess", "T1566", 4),
            ("nothing", "", "", 0),
        ] {
            let mut alert = Alert::new(AlertId::derived(&[title]), title);
            category.clone_into(&mut alert.category);
            alert.techniques.extend(Some(technique.to_owned()).filter(|text| !text.is_empty()));
            alert.first_activity = Some(Time::from_millis(minute * 60_000));
            incident.alerts.insert(alert.id.clone(), alert);
        }
        let tactics = tactics(&incident);
        assert_eq!(tactics.len(), 2);
        assert_eq!((tactics[0].category.as_str(), tactics[0].alerts), ("InitialAccess", 2));
        assert_eq!(tactics[0].techniques, [("T1566".to_owned(), 2)]);
        assert_eq!(tactics[1].category, "Impact");
    }

    #[test]
    fn what_is_critical_or_malicious_comes_first() {
        let mut incident = incident();
        for (name, verdict, critical) in [
            ("192.0.2.1", Verdict::NoThreatsFound, false),
            ("192.0.2.2", Verdict::Malicious, false),
            ("192.0.2.3", Verdict::Unknown, true),
        ] {
            let facts = Facts::Ip(Ip { address: Some(name.into()), ..Ip::default() });
            let mut entity = Entity::new(EntityId::derived(&[name]), facts);
            (entity.verdict, entity.critical) = (verdict, critical);
            incident.entities.insert(entity.id.clone(), entity);
        }
        let names: Vec<_> = top_entities(&incident, 2).into_iter().map(|entity| entity.name).collect();
        assert_eq!(names, ["192.0.2.3", "192.0.2.2"]);
    }
}
