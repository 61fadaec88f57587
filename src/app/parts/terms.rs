//! The field's terms as badges: which tone, stage and icon goes with a severity, a status, a verdict or a kind of entity,
//! said once for every page.

use leptos::prelude::*;

use super::{
    badge::{Badge, SeverityBadge, Stage, StatusBadge, Tone},
    icon::Icon,
};
use crate::{
    analysis::priority::Band,
    app::prefs::use_words,
    model::{
        EntityKind,
        taxonomy::{AlertStatus, RemediationStatus, Severity, Status, Verdict},
    },
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

/// How far an alert of this status is.
pub fn alert_stage(status: &AlertStatus) -> Stage {
    match status {
        AlertStatus::Unknown | AlertStatus::New => Stage::New,
        AlertStatus::InProgress | AlertStatus::Other(_) => Stage::Active,
        AlertStatus::Resolved => Stage::Done,
    }
}

/// The tone and the icon of a verdict.
pub fn verdict_look(verdict: &Verdict) -> (Tone, Icon) {
    match verdict {
        Verdict::Malicious => (Tone::High, Icon::High),
        Verdict::Suspicious => (Tone::Medium, Icon::Warning),
        Verdict::NoThreatsFound => (Tone::Success, Icon::Check),
        Verdict::Unknown | Verdict::Other(_) => (Tone::Neutral, Icon::Unknown),
    }
}

/// The tone of what was done about an entity.
pub fn remediation_tone(status: &RemediationStatus) -> Tone {
    if status.is_failed() {
        return Tone::Danger;
    }
    match status {
        RemediationStatus::PendingApproval | RemediationStatus::Running => Tone::Warning,
        RemediationStatus::Remediated | RemediationStatus::Prevented | RemediationStatus::Blocked => {
            Tone::Success
        }
        _ => Tone::Neutral,
    }
}

/// The icon of a kind of entity.
pub fn kind_icon(kind: EntityKind) -> Icon {
    match kind {
        EntityKind::Device => Icon::Device,
        EntityKind::User => Icon::User,
        EntityKind::Mailbox => Icon::Mailbox,
        EntityKind::MailMessage | EntityKind::MailCluster => Icon::Mail,
        EntityKind::File => Icon::File,
        EntityKind::Process => Icon::Process,
        EntityKind::Ip => Icon::Ip,
        EntityKind::Network => Icon::Globe,
        EntityKind::MacAddress => Icon::Link,
        EntityKind::Url => Icon::Url,
        EntityKind::Domain => Icon::Domain,
        EntityKind::Application => Icon::App,
        EntityKind::RegistryKey | EntityKind::RegistryValue => Icon::Registry,
        EntityKind::Mutex => Icon::Lock,
        EntityKind::UserAgent => Icon::System,
        EntityKind::Wallet => Icon::Wallet,
        EntityKind::Vulnerability => Icon::Bug,
        EntityKind::Technique => Icon::Target,
        EntityKind::CloudResource => Icon::Cloud,
        EntityKind::SecurityGroup => Icon::Group,
        EntityKind::Other => Icon::Entities,
    }
}

/// The tone of a priority's band.
pub fn band_tone(band: Band) -> Tone {
    match band {
        Band::Top => Tone::High,
        Band::Medium => Tone::Medium,
        Band::Low => Tone::Neutral,
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

/// Where an alert stands.
#[component]
pub fn AlertStatusTerm(
    /// Where.
    status: AlertStatus,
) -> impl IntoView {
    let label = use_words().vocabulary.alert_status(&status).into_owned();
    view! { <StatusBadge stage=alert_stage(&status) label/> }
}

/// What an entity was found to be.
#[component]
pub fn VerdictTerm(
    /// What.
    verdict: Verdict,
) -> impl IntoView {
    let label = use_words().vocabulary.verdict(&verdict).into_owned();
    let (tone, icon) = verdict_look(&verdict);
    view! { <Badge label tone icon/> }
}

/// What was done about an entity; nothing where nothing was.
#[component]
pub fn RemediationTerm(
    /// What.
    status: RemediationStatus,
) -> impl IntoView {
    let label = use_words().vocabulary.remediation(&status).into_owned();
    (status != RemediationStatus::None).then(|| view! { <Badge label tone=remediation_tone(&status)/> })
}
