//! The vocabulary: severity, status, classification, determination, verdict, remediation status, roles, sources.
//!
//! The values are those of the Microsoft Graph security API (SDK of 2026-04) with the spellings of the Microsoft
//! 365 Defender API and older documents as aliases. Products differ in case within one document, so values are
//! compared by letters and digits alone. Every enumeration is open: a value without a name here is kept in `Other`
//! exactly as it came.

/// Whether two spellings have the same letters and digits in the same order, whatever their case.
pub(super) fn same_spelling(one: &str, other: &str) -> bool {
    let folded =
        |text| str::bytes(text).filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase());
    folded(one).eq(folded(other))
}

/// Writes an open enumeration: a value without a name is kept in `Other`.
macro_rules! open_enum {
    (
        $(#[$doc:meta])*
        $name:ident { $( $(#[$vdoc:meta])* $variant:ident = $code:literal $( | $alias:literal )* ),+ $(,)? }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum $name {
            $( $(#[$vdoc])* $variant, )+
            /// A value without a name here, as it came.
            Other(Box<str>),
        }

        impl $name {
            /// Every value that has a name, in the order people expect to choose from.
            pub const ALL: &'static [Self] = &[$( Self::$variant ),+];

            /// Reads a value in any known spelling; an unknown one is kept as it is.
            pub fn parse(text: &str) -> Self {
                // `code` itself is the common case and needs no folding.
                $( if text == $code { return Self::$variant; } )+
                $( if $crate::model::taxonomy::same_spelling(text, $code)
                    $( || $crate::model::taxonomy::same_spelling(text, $alias) )*
                {
                    return Self::$variant;
                } )+
                Self::Other(text.into())
            }

            /// The value as the Graph API writes it, or as it came.
            pub fn code(&self) -> &str {
                match self {
                    $( Self::$variant => $code, )+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.code().to_owned()
            }
        }

        impl $crate::model::field::FieldText for $name {
            fn field_text(&self) -> String {
                self.code().to_owned()
            }
        }
    };
}

pub(super) use open_enum;

open_enum! {
    /// How bad the detecting product thinks it is.
    Severity {
        /// Not said.
        Unknown = "unknown" | "unspecified",
        /// Worth knowing, not harmful by itself.
        Informational = "informational",
        /// Prevalent malware, or low harm.
        Low = "low",
        /// May be part of an advanced attack.
        Medium = "medium",
        /// Commonly seen with advanced, persistent attacks.
        High = "high",
    }
}

open_enum! {
    /// Where an incident stands.
    Status {
        /// Nobody has begun (Sentinel: `New`).
        Active = "active" | "new",
        /// Somebody works on it.
        InProgress = "inProgress",
        /// Waits for somebody's action.
        AwaitingAction = "awaitingAction",
        /// Done (Sentinel: `Closed`).
        Resolved = "resolved" | "closed",
        /// Merged into another incident.
        Redirected = "redirected",
    }
}

open_enum! {
    /// Where an alert stands.
    AlertStatus {
        /// Not said.
        Unknown = "unknown",
        /// Nobody has looked.
        New = "new",
        /// Somebody works on it (older documents: `Active`).
        InProgress = "inProgress" | "active",
        /// Done.
        Resolved = "resolved" | "closed",
    }
}

open_enum! {
    /// What an incident or alert turned out to be.
    Classification {
        /// Not classified yet.
        Unknown = "unknown" | "undetermined" | "notSet",
        /// A real attack.
        TruePositive = "truePositive",
        /// Real activity that is expected (Sentinel: `BenignPositive`).
        InformationalExpectedActivity = "informationalExpectedActivity" | "benignPositive",
        /// No such activity.
        FalsePositive = "falsePositive",
    }
}

open_enum! {
    /// The kind of activity behind a classification.
    Determination {
        /// Not determined yet.
        Unknown = "unknown" | "notAvailable",
        /// An attack in several stages.
        MultiStagedAttack = "multiStagedAttack",
        /// A person inside misused their rights.
        MaliciousUserActivity = "maliciousUserActivity",
        /// An account in the attacker's hands.
        CompromisedAccount = "compromisedAccount" | "compromisedUser",
        /// Malware.
        Malware = "malware",
        /// Phishing.
        Phishing = "phishing",
        /// Unwanted software.
        UnwantedSoftware = "unwantedSoftware",
        /// A test by security staff.
        SecurityTesting = "securityTesting",
        /// A line-of-business application.
        LineOfBusinessApplication = "lineOfBusinessApplication",
        /// The user confirmed it.
        ConfirmedActivity = "confirmedActivity" | "confirmedUserActivity",
        /// Not malicious after all.
        NotMalicious = "notMalicious" | "clean",
        /// There is too little to tell.
        NotEnoughDataToValidate = "notEnoughDataToValidate" | "insufficientData" | "noEnoughDataToValidate",
        /// Something else.
        OtherKind = "other",
        /// Advanced persistent threat; withdrawn in 2022, still met.
        Apt = "apt",
        /// Security personnel; withdrawn in 2022, still met.
        SecurityPersonnel = "securityPersonnel",
    }
}

impl Classification {
    /// The determinations that the portal offers under this classification, in its order.
    pub fn determinations(&self) -> &'static [Determination] {
        use Determination as D;
        match self {
            Self::TruePositive => &[
                D::MultiStagedAttack,
                D::MaliciousUserActivity,
                D::CompromisedAccount,
                D::Malware,
                D::Phishing,
                D::UnwantedSoftware,
                D::OtherKind,
            ],
            Self::InformationalExpectedActivity => {
                &[D::SecurityTesting, D::LineOfBusinessApplication, D::ConfirmedActivity, D::OtherKind]
            }
            Self::FalsePositive => &[D::NotMalicious, D::NotEnoughDataToValidate, D::OtherKind],
            Self::Unknown | Self::Other(_) => &[D::Unknown],
        }
    }
}

open_enum! {
    /// What an entity was found to be.
    Verdict {
        /// Not judged.
        Unknown = "unknown",
        /// Looks bad, not proven.
        Suspicious = "suspicious",
        /// Bad.
        Malicious = "malicious",
        /// Looked at, nothing found.
        NoThreatsFound = "noThreatsFound" | "clean",
    }
}

impl Verdict {
    /// How much attention it asks for: the worst of several sightings is what an entity shows.
    pub fn weight(&self) -> u8 {
        match self {
            Self::Malicious => 3,
            Self::Suspicious => 2,
            Self::Unknown | Self::Other(_) => 1,
            Self::NoThreatsFound => 0,
        }
    }
}

open_enum! {
    /// What was done about a piece of evidence.
    RemediationStatus {
        /// Nothing (also the default on untouched evidence).
        None = "none",
        /// Still there.
        Active = "active",
        /// Waits for somebody's approval.
        PendingApproval = "pendingApproval",
        /// Under way.
        Running = "running",
        /// Cleaned.
        Remediated = "remediated",
        /// Cleaned in part.
        PartiallyRemediated = "partiallyRemediated",
        /// Stopped before it ran.
        Prevented = "prevented",
        /// Stopped while it ran.
        Blocked = "blocked",
        /// Was not there when it was to be cleaned.
        NotFound = "notFound",
        /// Somebody refused the action.
        Declined = "declined",
        /// Could not be cleaned.
        Unremediated = "unremediated",
    }
}

impl RemediationStatus {
    /// How much attention it asks for: what still has to be done outranks what was done, and anything done outranks the
    /// default `none`.
    pub fn weight(&self) -> u8 {
        match self {
            Self::Unremediated => 9,
            Self::Active => 8,
            Self::Declined => 7,
            Self::PartiallyRemediated => 6,
            Self::PendingApproval => 5,
            Self::Running => 4,
            Self::NotFound => 3,
            Self::Other(_) => 2,
            Self::Remediated | Self::Prevented | Self::Blocked => 1,
            Self::None => 0,
        }
    }

    /// Whether the evidence is known to be still in place although something should have happened.
    pub fn is_failed(&self) -> bool {
        matches!(self, Self::Active | Self::Unremediated | Self::Declined | Self::PartiallyRemediated)
    }

    /// Whether somebody has to decide.
    pub fn is_pending(&self) -> bool {
        matches!(self, Self::PendingApproval)
    }
}

open_enum! {
    /// The part an entity plays in an attack.
    Role {
        /// Not said.
        Unknown = "unknown",
        /// A benign by-product.
        Contextual = "contextual",
        /// The target of discovery.
        Scanned = "scanned",
        /// Where it came from.
        Source = "source",
        /// Where it went.
        Destination = "destination",
        /// Made by the attacker.
        Created = "created",
        /// Added by the attacker.
        Added = "added",
        /// Under the attacker's control.
        Compromised = "compromised",
        /// Changed by the attacker.
        Edited = "edited",
        /// The target.
        Attacked = "attacked",
        /// The attacker's own.
        Attacker = "attacker",
        /// Gives orders to what is compromised.
        CommandAndControl = "commandAndControl",
        /// Pulled into the attacker's process.
        Loaded = "loaded",
        /// Not proven.
        Suspicious = "suspicious",
        /// Broke a policy.
        PolicyViolator = "policyViolator",
    }
}

open_enum! {
    /// The product that raised an alert.
    ServiceSource {
        /// Not said.
        Unknown = "unknown",
        /// Defender for Endpoint.
        Endpoint = "microsoftDefenderForEndpoint" | "microsoftDefenderATP" | "windowsDefenderAtp",
        /// Defender for Identity.
        Identity = "microsoftDefenderForIdentity" | "azureAtp",
        /// Defender for Cloud Apps.
        CloudApps = "microsoftDefenderForCloudApps" | "microsoftCloudAppSecurity" | "mcas",
        /// Defender for Office 365.
        Office365 = "microsoftDefenderForOffice365" | "officeATP",
        /// Defender XDR itself.
        Xdr = "microsoft365Defender" | "microsoftThreatProtection",
        /// Entra ID Protection.
        IdentityProtection = "azureAdIdentityProtection" | "aadIdentityProtection",
        /// App governance.
        AppGovernance = "microsoftAppGovernance",
        /// Data loss prevention.
        DataLossPrevention = "dataLossPrevention",
        /// Defender for Cloud.
        Cloud = "microsoftDefenderForCloud",
        /// Sentinel.
        Sentinel = "microsoftSentinel",
        /// Insider risk management.
        InsiderRisk = "microsoftInsiderRiskManagement",
        /// Threat intelligence.
        ThreatIntelligence = "microsoftThreatIntelligence",
    }
}

open_enum! {
    /// What an automated investigation has come to.
    InvestigationState {
        /// Not said.
        Unknown = "unknown",
        /// Stopped.
        Terminated = "terminated",
        /// Cleaned everything.
        SuccessfullyRemediated = "successfullyRemediated",
        /// Found nothing bad.
        Benign = "benign",
        /// Failed.
        Failed = "failed",
        /// Cleaned some of it.
        PartiallyRemediated = "partiallyRemediated",
        /// Under way.
        Running = "running",
        /// Waits for somebody's approval.
        PendingApproval = "pendingApproval",
        /// Waits for something it needs.
        PendingResource = "pendingResource",
        /// Looked at some of it.
        PartiallyInvestigated = "partiallyInvestigated",
        /// Somebody stopped it.
        TerminatedByUser = "terminatedByUser",
        /// The system stopped it.
        TerminatedBySystem = "terminatedBySystem",
        /// Has not begun.
        Queued = "queued",
        /// Failed inside.
        InnerFailure = "innerFailure",
        /// The alert was there before.
        PreexistingAlert = "preexistingAlert",
        /// Not for this operating system.
        UnsupportedOs = "unsupportedOs",
        /// Not for this kind of alert.
        UnsupportedAlertType = "unsupportedAlertType",
        /// The alert is suppressed.
        SuppressedAlert = "suppressedAlert",
    }
}

impl InvestigationState {
    /// Whether the automation gave up and a person has to take over.
    pub fn is_failed(&self) -> bool {
        matches!(
            self,
            Self::Failed | Self::InnerFailure | Self::TerminatedBySystem | Self::PartiallyRemediated
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_in_every_spelling_that_the_apis_use() {
        for (text, value) in [
            ("TruePositive", Classification::TruePositive),
            ("truePositive", Classification::TruePositive),
            ("Informational, expected activity", Classification::InformationalExpectedActivity),
            ("BenignPositive", Classification::InformationalExpectedActivity),
        ] {
            assert_eq!(Classification::parse(text), value, "{text}");
        }
        for twin in ["CompromisedUser", "compromisedAccount"] {
            assert_eq!(Determination::parse(twin), Determination::CompromisedAccount);
        }
        for twin in ["InsufficientData", "notEnoughDataToValidate", "NoEnoughDataToValidate"] {
            assert_eq!(Determination::parse(twin), Determination::NotEnoughDataToValidate);
        }
        assert_eq!(Determination::parse("Apt"), Determination::Apt);
        assert_eq!(Severity::parse("UnSpecified"), Severity::Unknown);
        assert_eq!(Verdict::parse("clean"), Verdict::NoThreatsFound);
        assert_eq!(ServiceSource::parse("MicrosoftDefenderATP"), ServiceSource::Endpoint);
    }

    #[test]
    fn an_unknown_value_survives_as_it_came() {
        let value: RemediationStatus = serde_json::from_str("\"Quarantined_V2\"").unwrap();
        assert_eq!(value.code(), "Quarantined_V2");
        assert_eq!(serde_json::to_string(&value).unwrap(), "\"Quarantined_V2\"");
    }

    #[test]
    fn every_determination_belongs_to_a_classification_or_is_retired() {
        for determination in Determination::ALL {
            let offered = Classification::ALL.iter().any(|c| c.determinations().contains(determination));
            let retired = matches!(determination, Determination::Apt | Determination::SecurityPersonnel);
            assert_eq!(offered, !retired, "{determination:?}");
        }
    }

    #[test]
    fn severity_orders_from_unknown_to_high() {
        assert!(Severity::Unknown < Severity::Informational && Severity::Medium < Severity::High);
    }
}
