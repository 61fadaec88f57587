//! The phases of handling an incident, in the order they are usually worked. `build.rs` compiles this file too, so
//! it depends on nothing.

/// One phase of the work. The order is the usual one; nothing forces a responder to keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
