//! ANSWERS: what the notebook can tell a responder about an incident.

pub mod figures;
pub mod priority;
pub mod timeline;
