//! Why an edit is refused. The page turns each into a sentence that names the next step.

use crate::model::IncidentId;
use std::fmt;

/// Why [`apply`](crate::notebook::apply) changed nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The incident does not exist: it was deleted, perhaps in another tab.
    NoSuchIncident(IncidentId),
    /// The incident has not been read from storage.
    NotLoaded(IncidentId),
    /// The alert, entity, step, note or playbook does not exist in this incident.
    NoSuchPart(String),
    /// Something with this id is there already.
    AlreadyThere(String),
    /// A name or text that must not be empty is.
    Empty,
    /// A text is too long.
    TooLong {
        /// The most characters there may be.
        limit: usize,
        /// How many there are.
        length: usize,
    },
    /// There are too many of something.
    TooMany {
        /// The most there may be.
        limit: usize,
        /// How many there are.
        count: usize,
    },
    /// A playbook's step of this title has no place: in no phase of an incident, on no way, or twice.
    Misplaced(String),
    /// A priority above 100.
    PriorityOutOfRange(u8),
    /// A skipped step or a priority of one's own needs a reason.
    ReasonMissing,
    /// A hash that is none.
    NotAHash {
        /// How many hexadecimal digits it has to have.
        digits: usize,
    },
    /// Two entities of different kinds are never the same one.
    OtherKind {
        /// The name of the one.
        one: String,
        /// The name of the other.
        other: String,
    },
    /// An edit that changes nothing.
    NothingToDo,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchIncident(id) => {
                write!(f, "incident {id} does not exist any more; go back to the list of incidents")
            }
            Self::NotLoaded(id) => write!(f, "incident {id} has not been read yet; open it first"),
            Self::NoSuchPart(part) => {
                write!(
                    f,
                    "`{part}` is not part of this incident any more; reload the page to see it as it is"
                )
            }
            Self::AlreadyThere(part) => write!(f, "`{part}` is part of this incident already"),
            Self::Empty => write!(f, "this cannot be empty; write something first"),
            Self::TooLong { limit, length } => {
                write!(f, "{length} characters are too many; shorten it to {limit}")
            }
            Self::TooMany { limit, count } => {
                write!(f, "{count} are too many; divide them into parts of at most {limit}")
            }
            Self::Misplaced(step) => {
                write!(
                    f,
                    "the step `{step}` has no place in its playbook; correct its file and open that again"
                )
            }
            Self::PriorityOutOfRange(value) => write!(f, "a priority lies between 0 and 100, not at {value}"),
            Self::ReasonMissing => write!(f, "this needs a reason; write one"),
            Self::NotAHash { digits } => write!(f, "a hash of {digits} hexadecimal digits was expected"),
            Self::OtherKind { one, other } => {
                write!(f, "`{one}` and `{other}` are of different kinds; merge entities of one kind")
            }
            Self::NothingToDo => write!(f, "it is like that already"),
        }
    }
}

impl std::error::Error for Refusal {}
