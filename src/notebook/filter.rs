//! Which alerts and entities of one incident a list shows.
//!
//! A filter is made of what the page's address says; what is not understood there asks for nothing.

use crate::compact::Gather as _;
use crate::model::refang::refang;
use crate::model::taxonomy::{AlertStatus, Severity, Verdict};
use crate::model::{Alert, Entity, EntityKind};
use std::collections::BTreeSet;

/// Whether every word of `wanted` occurs in one of the texts, in any letter case.
fn has_words<'a>(wanted: &str, texts: impl IntoIterator<Item = &'a str>) -> bool {
    // Who pastes a defanged address looks for the thing itself.
    let wanted = refang(wanted).to_lowercase();
    let mut missing: BTreeSet<&str> = wanted.split_whitespace().gather();
    if missing.is_empty() {
        return true;
    }
    for text in texts {
        let text = refang(text).to_lowercase();
        missing.retain(|word| !text.contains(word));
        if missing.is_empty() {
            return true;
        }
    }
    false
}

/// The parts of a comma-separated list.
fn parts(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim).filter(|part| !part.is_empty())
}

/// Which alerts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AlertFilter {
    /// Words that the alert must say.
    pub text: String,
    /// Any of these; empty means every.
    pub severities: BTreeSet<Severity>,
    /// Any of these; empty means every.
    pub statuses: BTreeSet<AlertStatus>,
    /// Only those that somebody still has to deal with.
    pub active: bool,
}

impl AlertFilter {
    /// The word that an address uses in place of the statuses of an alert that is not resolved.
    pub const ACTIVE: &'static str = "open";

    /// Reads the filter from the texts of an address.
    pub fn read(text: &str, severities: &str, statuses: &str) -> Self {
        Self {
            text: text.to_owned(),
            severities: parts(severities).map(Severity::parse).collect(),
            statuses: parts(statuses)
                .filter(|status| *status != Self::ACTIVE)
                .map(AlertStatus::parse)
                .collect(),
            active: parts(statuses).any(|status| status == Self::ACTIVE),
        }
    }

    /// Whether it leaves any alert out.
    pub fn is_narrowed(&self) -> bool {
        !self.text.trim().is_empty()
            || !self.severities.is_empty()
            || !self.statuses.is_empty()
            || self.active
    }

    /// Whether the alert is among those asked for.
    pub fn admits(&self, alert: &Alert) -> bool {
        let fields = [
            alert.title.as_str(),
            &alert.category,
            alert.service_source.code(),
            &alert.detection_source,
            &alert.source_id,
            alert.threat.as_deref().unwrap_or_default(),
            alert.actor.as_deref().unwrap_or_default(),
            alert.assignee.as_deref().unwrap_or_default(),
        ];
        (self.severities.is_empty() || self.severities.contains(&alert.severity))
            && (self.statuses.is_empty() || self.statuses.contains(&alert.status))
            && (!self.active || alert.is_active())
            && has_words(&self.text, fields.into_iter().chain(alert.techniques.iter().map(String::as_str)))
    }
}

/// Which of the two groups of entities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Group {
    /// Both.
    #[default]
    All,
    /// What the organisation has.
    Assets,
    /// Traces of the attack.
    Evidence,
}

impl Group {
    /// Every group, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::All, Self::Assets, Self::Evidence];

    /// Its name in an address; empty for both.
    pub const fn code(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Assets => "assets",
            Self::Evidence => "evidence",
        }
    }

    /// The group of this name, both where there is none.
    pub fn parse(code: &str) -> Self {
        Self::ALL.into_iter().find(|group| group.code() == code).unwrap_or_default()
    }

    /// Whether a kind belongs to it.
    pub fn has(self, kind: EntityKind) -> bool {
        match self {
            Self::All => true,
            Self::Assets => kind.is_asset(),
            Self::Evidence => !kind.is_asset(),
        }
    }
}

/// What an entity may still need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Somebody's approval.
    Approval,
    /// Another try at cleaning it.
    Remediation,
}

impl Need {
    /// The need of this name.
    pub fn parse(code: &str) -> Option<Self> {
        match code {
            "approval" => Some(Self::Approval),
            "remediation" => Some(Self::Remediation),
            _ => None,
        }
    }
}

/// Which entities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntityFilter {
    /// Words that the entity must say.
    pub text: String,
    /// Which group.
    pub group: Group,
    /// Any of these; empty means every.
    pub kinds: BTreeSet<EntityKind>,
    /// Any of these; empty means every.
    pub verdicts: BTreeSet<Verdict>,
    /// What it needs.
    pub need: Option<Need>,
}

impl EntityFilter {
    /// Reads the filter from the texts of an address.
    pub fn read(text: &str, group: &str, kinds: &str, verdicts: &str, need: &str) -> Self {
        Self {
            text: text.to_owned(),
            group: Group::parse(group),
            kinds: parts(kinds).filter_map(EntityKind::parse).collect(),
            verdicts: parts(verdicts).map(Verdict::parse).collect(),
            need: Need::parse(need),
        }
    }

    /// Whether it leaves any entity out.
    pub fn is_narrowed(&self) -> bool {
        let everything = Self { text: self.text.clone(), ..Self::default() };
        *self != everything || !self.text.trim().is_empty()
    }

    /// Whether the entity is among those asked for.
    pub fn admits(&self, entity: &Entity) -> bool {
        self.group.has(entity.kind())
            && (self.kinds.is_empty() || self.kinds.contains(&entity.kind()))
            && (self.verdicts.is_empty() || self.verdicts.contains(&entity.verdict))
            && match self.need {
                None => true,
                Some(Need::Approval) => entity.remediation.is_pending(),
                Some(Need::Remediation) => entity.remediation.is_failed(),
            }
            && self.says(entity)
    }

    fn says(&self, entity: &Entity) -> bool {
        if self.text.trim().is_empty() {
            return true;
        }
        let fields = entity.facts.fields();
        let name = entity.name();
        let texts = fields.iter().map(|(_, value)| value.as_str());
        let own = [name.as_str(), entity.note.as_str()];
        has_words(&self.text, texts.chain(own).chain(entity.tags.iter().map(String::as_str)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::{Device, Facts, Ip};
    use crate::model::taxonomy::RemediationStatus;
    use crate::model::{AlertId, EntityId};

    #[test]
    fn alerts_are_found_by_word_severity_and_status() {
        let mut alert = Alert::new(AlertId::derived(&["1"]), "Suspicious PowerShell");
        alert.severity = Severity::High;
        alert.techniques.push("T1059.001".into());
        let admits =
            |text, severities, statuses| AlertFilter::read(text, severities, statuses).admits(&alert);
        assert!(admits("", "", "") && admits("t1059 powershell", "high,low", "open"));
        assert!(!admits("word", "", "") && !admits("", "low", "") && !admits("", "", "resolved"));
        assert!(!AlertFilter::read(" ", "", "").is_narrowed());
        assert!(AlertFilter::read("", "", "open").is_narrowed());
    }

    #[test]
    fn entities_are_found_by_group_kind_verdict_need_and_what_is_known() {
        let facts = Facts::Device(Device {
            host_name: Some("PC7".into()),
            last_ip: Some("10.0.0.7".into()),
            ..Device::default()
        });
        let mut device = Entity::new(EntityId::derived(&["d"]), facts);
        device.remediation = RemediationStatus::Unremediated;
        let admits = |text, group, kinds, verdicts, need| {
            EntityFilter::read(text, group, kinds, verdicts, need).admits(&device)
        };
        assert!(admits("10.0.0.7 pc7", "assets", "device,ip", "unknown", "remediation"));
        assert!(!admits("", "evidence", "", "", ""));
        assert!(!admits("", "", "ip", "", "") && !admits("", "", "", "malicious", ""));
        assert!(!admits("", "", "", "", "approval") && !admits("pc8", "", "", "", ""));
        let ip = Entity::new(EntityId::derived(&["i"]), Facts::Ip(Ip::default()));
        assert!(EntityFilter::read("", "evidence", "", "", "").admits(&ip));
    }

    #[test]
    fn an_address_that_is_not_understood_asks_for_nothing() {
        let filter = EntityFilter::read("", "colour", "spaceship", "", "coffee");
        assert_eq!(filter, EntityFilter::default());
        assert!(!filter.is_narrowed() && EntityFilter::read("x", "", "", "", "").is_narrowed());
    }
}
