//! The raw source data of an incident: every field that came from outside and has no name here, taken together so
//! that it can be dropped to free room and put back again.

use crate::model::{AlertId, EntityId, EventId, Extra, Incident};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The fields without a name here, of an incident and of its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extras {
    /// The incident's own.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub incident: Extra,
    /// Those of its alerts; alerts without any are left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub alerts: BTreeMap<AlertId, Extra>,
    /// Those of its entities; entities without any are left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub entities: BTreeMap<EntityId, Extra>,
    /// Those of its timeline events; events without any are left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub events: BTreeMap<EventId, Extra>,
}

impl Extras {
    /// What this incident holds.
    pub fn of(incident: &Incident) -> Self {
        let some = |extra: &Extra| !extra.is_empty();
        let alerts = incident.alerts.iter().filter(|(_, alert)| some(&alert.extra));
        let entities = incident.entities.iter().filter(|(_, entity)| some(&entity.extra));
        let events = incident.events.iter().filter(|(_, event)| some(&event.extra));
        Self {
            incident: incident.extra.clone(),
            alerts: alerts.map(|(id, alert)| (id.clone(), alert.extra.clone())).collect(),
            entities: entities.map(|(id, entity)| (id.clone(), entity.extra.clone())).collect(),
            events: events.map(|(id, event)| (id.clone(), event.extra.clone())).collect(),
        }
    }

    /// Makes it all that this incident holds. What belongs to a part that is not there any more goes with the part.
    pub fn put(mut self, incident: &mut Incident) {
        incident.extra = self.incident;
        for (id, alert) in &mut incident.alerts {
            alert.extra = self.alerts.remove(id).unwrap_or_default();
        }
        for (id, entity) in &mut incident.entities {
            entity.extra = self.entities.remove(id).unwrap_or_default();
        }
        for (id, event) in &mut incident.events {
            event.extra = self.events.remove(id).unwrap_or_default();
        }
    }

    /// Gives another copy of an incident the raw data that this one has: its own, and that of every part which both have.
    pub fn copy(from: &Incident, to: &mut Incident) {
        fn each<K: Ord, T>(from: &BTreeMap<K, T>, to: &mut BTreeMap<K, T>, copy: impl Fn(&T, &mut T)) {
            for (id, part) in from {
                if let Some(to) = to.get_mut(id) {
                    copy(part, to);
                }
            }
        }
        to.extra.clone_from(&from.extra);
        each(&from.alerts, &mut to.alerts, |from, to| to.extra.clone_from(&from.extra));
        each(&from.entities, &mut to.entities, |from, to| to.extra.clone_from(&from.extra));
        each(&from.events, &mut to.events, |from, to| to.extra.clone_from(&from.extra));
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.incident.is_empty()
            && self.alerts.is_empty()
            && self.entities.is_empty()
            && self.events.is_empty()
    }

    /// How many bytes it has as JSON, before packing.
    pub fn bytes(&self) -> usize {
        if self.is_empty() { 0 } else { serde_json::to_vec(self).map_or(0, |json| json.len()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Alert, IncidentId, Time};

    #[test]
    fn it_is_taken_out_and_put_back_as_it_was() {
        let at = Time::parse("2026-01-01T00:00:00Z").unwrap();
        let mut incident = Incident::new(IncidentId::derived(&["1"]), "A", at);
        for name in ["a", "b"] {
            let alert = Alert::new(AlertId::derived(&[name]), name);
            incident.alerts.insert(alert.id.clone(), alert);
        }
        let bare = incident.clone();
        assert_eq!((Extras::of(&bare).is_empty(), Extras::of(&bare).bytes()), (true, 0));
        incident.extra.insert("riskScore".into(), 7.into());
        incident.alerts.values_mut().next().unwrap().extra.insert("raw".into(), "x".repeat(100).into());
        let (whole, extras) = (incident.clone(), Extras::of(&incident));
        assert_eq!(extras.alerts.len(), 1);
        assert!(extras.bytes() > 100);
        Extras::default().put(&mut incident);
        assert_eq!(incident, bare);
        extras.put(&mut incident);
        assert_eq!(incident, whole);
    }
}
