//! The field's terms as badges: which tone a severity has and which stage a status is at, said once for every page.

use leptos::prelude::*;

use super::badge::{SeverityBadge, Stage, StatusBadge, Tone};
use crate::{
    app::prefs::use_words,
    model::taxonomy::{Severity, Status},
};

/// The tone of a severity; one that is unknown has none.
pub fn severity_tone(severity: &Severity) -> Tone {
    match severity {
        Severity::High => Tone::High,
        Severity::Medium => Tone::Medium,
        Severity::Low => Tone::Low,
        Severity::Informational => Tone::Informational,
        Severity::Unknown | Severity::Other(_) => Tone::Neutral,
    }
}

/// How far an incident of this status is.
pub fn status_stage(status: &Status) -> Stage {
    match status {
        Status::Active | Status::Other(_) => Stage::New,
        Status::InProgress | Status::AwaitingAction => Stage::Active,
        Status::Resolved => Stage::Done,
        Status::Redirected => Stage::Closed,
    }
}

/// A severity in the reader's words.
#[component]
pub fn SeverityTerm(
    /// How bad.
    severity: Severity,
) -> impl IntoView {
    let label = use_words().vocabulary.severity(&severity).into_owned();
    view! { <SeverityBadge tone=severity_tone(&severity) label/> }
}

/// An incident's status in the reader's words.
#[component]
pub fn StatusTerm(
    /// Where it stands.
    status: Status,
) -> impl IntoView {
    let label = use_words().vocabulary.status(&status).into_owned();
    view! { <StatusBadge stage=status_stage(&status) label/> }
}
