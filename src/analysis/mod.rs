//! ANSWERS: what the notebook can tell a responder about an incident.
