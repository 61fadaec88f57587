//! The phases of handling an incident, in the order they are usually worked. `build.rs` compiles this file too, so
//! it depends on nothing but serde.

/// One phase of the work. The order is the usual one; nothing forces a responder to keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Before any incident: the organisation gets ready, and reviews that from time to time.
    Prepare,
    /// Is this an incident, how bad is it, who takes it?
    Triage,
    /// What happened, how far did it reach, what started it?
    Analysis,
    /// Stop it from getting worse.
    Containment,
    /// Take away everything the attacker left, and the hole they came through.
    Eradication,
    /// Return to normal work and close the incident.
    Recovery,
    /// Learn from it.
    Review,
}

impl Phase {
    /// Every phase, in order.
    pub const ALL: [Self; 7] = [
        Self::Prepare,
        Self::Triage,
        Self::Analysis,
        Self::Containment,
        Self::Eradication,
        Self::Recovery,
        Self::Review,
    ];

    /// An incident's phases in order; preparation is the notebook's.
    pub const OF_INCIDENT: [Self; 6] =
        [Self::Triage, Self::Analysis, Self::Containment, Self::Eradication, Self::Recovery, Self::Review];

    /// Place among an incident's phases, 0 to 5; none for `Prepare`.
    pub fn index(self) -> Option<usize> {
        Self::OF_INCIDENT.iter().position(|phase| *phase == self)
    }

    /// The stable name that playbook files and stored notebooks use.
    pub fn code(self) -> &'static str {
        match self {
            Self::Prepare => "prepare",
            Self::Triage => "triage",
            Self::Analysis => "analysis",
            Self::Containment => "containment",
            Self::Eradication => "eradication",
            Self::Recovery => "recovery",
            Self::Review => "review",
        }
    }

    /// The phase with this stable name, if there is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|phase| phase.code() == code)
    }
}
