//! What can be wrong with a playbook, by the names of its steps.

/// Why a playbook, or a part of it, was not taken as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaybookFault {
    /// There is no step in it.
    NoSteps,
    /// There are more steps than a playbook may have.
    TooManySteps {
        /// How many.
        count: usize,
    },
    /// A step goes on at one that is not there.
    Missing {
        /// The step's name.
        step: String,
        /// The id that it names.
        next: String,
    },
    /// A step leads back to one that comes before it, and nothing says when that ends.
    Cycle {
        /// The step's name.
        step: String,
        /// The name of the one that it leads back to.
        back: String,
    },
    /// No way leads to a step.
    Unreached {
        /// The step's name.
        step: String,
    },
    /// Ways part inside ways more often than can be followed.
    TooDeep {
        /// The step's name.
        step: String,
    },
    /// A countermeasure that this program has no name for.
    UnknownItem {
        /// Its id.
        id: String,
    },
}
