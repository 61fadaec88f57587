//! Timeline events: what happened outside, as a log, a sensor or a person tells it, one moment each.
//!
//! Alerts have times of their own; an event is what stands between them: a process that started, a sign-in, a call to the
//! helpdesk. Its time keeps how exact it was written and whether a zone was stated ([`Time::zone_stated`]).

use crate::fields;
use crate::model::{EntityId, EventId, Extra, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineEvent {
    /// Its id here: of an event out of a file, made of what the file says ([`TimelineEvent::own_id`]).
    pub id: EventId,
    /// When. Without a stated zone it is placed as if it were UTC, and said to be without one wherever it is shown.
    pub at: Time,
    /// The time as the source wrote it, where a person has said since in which zone that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub written: Option<String>,
    /// What happened, in a sentence.
    pub message: String,
    /// What kind of event, or what its time means, in the source's words: `ProcessCreated`, `Creation Time`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// The log, table or tool that tells it: `DeviceProcessEvents`. Empty where a person wrote it down, or a table of any
    /// shape has it and does not say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// The entities it is about.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub entities: BTreeSet<EntityId>,
    /// The source's fields without a name here.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

fields! {
    /// One thing about an event that can be set.
    pub enum EventField of TimelineEvent {
        /// When.
        At(Time) = "at" => at,
        /// What happened.
        Message(String) = "message" => message,
        /// What kind of event.
        Kind(String) = "eventKind" => kind,
        /// The log, table or tool.
        Source(String) = "eventSource" => source,
        /// The entities it is about.
        Entities(BTreeSet<EntityId>) = "entities" => entities,
    }
}

impl TimelineEvent {
    /// An event of which nothing is known but when and what.
    pub fn new(id: EventId, at: Time, message: impl Into<String>) -> Self {
        Self {
            id,
            at,
            written: None,
            message: message.into(),
            kind: String::new(),
            source: String::new(),
            entities: BTreeSet::new(),
            extra: Extra::new(),
        }
    }

    /// The id of what a file says: the same row gives the same id, also where its zone was told another time.
    pub fn own_id(&self) -> EventId {
        let at = self.written.as_deref().unwrap_or(self.at.text());
        // A map of texts as keys can always be written.
        let extra = serde_json::to_string(&self.extra).unwrap_or_default();
        EventId::derived(&[at, &self.source, &self.kind, &self.message, &extra])
    }

    /// Says in which zone a time is that was written without one, in minutes east of Greenwich; every other event stays.
    pub fn set_zone(&mut self, minutes: i32) {
        let at = self.at.clone().in_zone(minutes);
        if at != self.at {
            self.written = Some(self.at.text().to_owned());
            self.at = at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_that_is_told_later_moves_the_time_and_keeps_text_and_id() {
        let mut event = TimelineEvent::new(
            EventId::random([0; 10]),
            Time::parse("2026-01-01 10:00:00.1234567").unwrap(),
            "Sign-in",
        );
        let id = event.own_id();
        event.set_zone(120);
        assert_eq!(event.at.text(), "2026-01-01 10:00:00.1234567+02:00");
        assert_eq!(event.written.as_deref(), Some("2026-01-01 10:00:00.1234567"));
        assert_eq!(event.own_id(), id);
        let stated = event.clone();
        event.set_zone(-300);
        assert_eq!(event, stated);
    }

    #[test]
    fn what_a_row_says_besides_tells_two_events_apart() {
        let at = Time::parse("2026-01-01T10:00:00Z").unwrap();
        let mut one = TimelineEvent::new(EventId::random([0; 10]), at, "Sign-in");
        let other = one.clone();
        one.extra.insert("port".into(), 443.into());
        assert_ne!(one.own_id(), other.own_id());
    }
}
