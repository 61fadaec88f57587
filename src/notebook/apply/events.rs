//! Timeline events: added, corrected and removed by hand.

use super::{Draft, changes, first_words, no_part};
use crate::model::activity::{Subject, What};
use crate::model::{EventField, EventId, IncidentId, TimelineEvent};
use crate::notebook::Refusal;
use crate::notebook::edit::Act;
use crate::notebook::limits::{check_event, check_event_field};
use std::sync::Arc;

impl Draft<'_> {
    pub(super) fn add_event(&mut self, id: &IncidentId, event: &Arc<TimelineEvent>) -> Result<Act, Refusal> {
        check_event(event)?;
        let incident = self.incident(id)?;
        if incident.events.contains_key(&event.id) {
            return Err(Refusal::AlreadyThere(first_words(&event.message)));
        }
        incident.events.insert(event.id.clone(), TimelineEvent::clone(event));
        self.log(id, What::Added(subject(event)))?;
        Ok(Act::RemoveEvent(id.clone(), event.id.clone()))
    }

    pub(super) fn set_event(
        &mut self,
        id: &IncidentId,
        event: &EventId,
        field: &EventField,
    ) -> Result<Act, Refusal> {
        check_event_field(field)?;
        let known = self.incident(id)?.events.get_mut(event).ok_or_else(|| no_part(event.as_str()))?;
        let old = field.of(known);
        changes(&old, field)?;
        // By the words that it had, as whoever reads the log from the start knows it.
        let subject = subject(known);
        field.clone().put(known);
        self.log_set(id, subject, field.name(), old.text(), field.text())?;
        Ok(Act::SetEvent(id.clone(), event.clone(), old))
    }

    pub(super) fn remove_event(&mut self, id: &IncidentId, event: &EventId) -> Result<Act, Refusal> {
        let event = self.incident(id)?.events.remove(event).ok_or_else(|| no_part(event.as_str()))?;
        self.log(id, What::Removed(subject(&event)))?;
        Ok(Act::AddEvent(id.clone(), Arc::new(event)))
    }
}

fn subject(event: &TimelineEvent) -> Subject {
    Subject::Event(event.id.clone(), first_words(&event.message))
}
