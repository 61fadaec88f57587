//! ANSWERS: what the notebook can tell a responder about an incident.

pub mod correlation;
pub mod figures;
pub mod histogram;
pub mod overview;
pub mod priority;
pub mod sameness;
pub mod timeline;
