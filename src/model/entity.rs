//! Entities: the devices, users, mailboxes, files and the rest that alerts are about.
//!
//! Each kind has fields of its own, written as one table ([`kinds`]); everything that has no kind here is kept as its raw JSON
//! with the type's name. Field names are those of the Graph API's evidence types in this language's spelling.

use crate::fields;
use crate::model::taxonomy::{RemediationStatus, Role, Verdict};
use crate::model::{AlertId, EntityId, Extra, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

mod kinds;
mod merged;

pub use kinds::{
    Application, CloudResource, Device, Domain, EntityKind, Facts, File, Ip, MacAddress, MailCluster,
    MailMessage, Mailbox, Mutex, Network, Other, Part, Process, RegistryKey, RegistryValue, SecurityGroup,
    Technique, Url, User, UserAgent, Vulnerability, Wallet,
};
pub use merged::{ALSO_SEEN, also_seen_once, join_extra, note_differences};

impl EntityKind {
    /// Whether it is something of the organisation's that can be hit (an asset) rather than a trace of the attack
    /// (evidence). The portal parts its tabs the same way.
    pub fn is_asset(self) -> bool {
        matches!(
            self,
            Self::Device
                | Self::User
                | Self::Mailbox
                | Self::Application
                | Self::CloudResource
                | Self::SecurityGroup
        )
    }
}

/// One occurrence of an entity in an alert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    /// The alert.
    pub alert: AlertId,
    /// The parts it plays there.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub roles: BTreeSet<Role>,
    /// The verdict there.
    pub verdict: Verdict,
    /// What was done about it there.
    pub remediation: RemediationStatus,
    /// When the product noted it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

/// An entity of an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// Its id: derived from its strongest identifier, else from the alert it came with.
    pub id: EntityId,
    /// What is known of it.
    #[serde(flatten)]
    pub facts: Facts,
    /// The worst verdict of its sightings, or the responder's.
    pub verdict: Verdict,
    /// What was done about it.
    pub remediation: RemediationStatus,
    /// Tags from the source and the responder.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// Whether the responder called it critical: raises the incident's priority.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub critical: bool,
    /// The responder's words about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The entity that a responder said it is the same as: it is shown as a part of that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<EntityId>,
    /// Entities that a responder said it is not the same as.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub not_same_as: BTreeSet<EntityId>,
    /// Where it occurs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sightings: Vec<Sighting>,
    /// What the source last said of the fields that a responder can change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<EntityField>,
    /// Fields without a name here.
    #[serde(default, skip_serializing_if = "Extra::is_empty")]
    pub extra: Extra,
}

fields! {
    /// One thing about an entity that can be set.
    pub enum EntityField of Entity {
        /// What it was found to be.
        Verdict(Verdict) = "verdict" => verdict,
        /// What was done about it.
        Remediation(RemediationStatus) = "remediation" => remediation,
        /// Whether it is critical.
        Critical(bool) = "critical" => critical,
        /// The responder's words.
        Note(String) = "note" => note,
        /// Tags.
        Tags(BTreeSet<String>) = "tags" => tags,
        /// The entity that it is the same as.
        SameAs(Option<EntityId>) = "sameAs" => same_as,
        /// Entities that it is not the same as.
        NotSameAs(BTreeSet<EntityId>) = "notSameAs" => not_same_as,
    }
}

impl Entity {
    /// An entity as a responder or a reader first meets it.
    pub fn new(id: EntityId, facts: Facts) -> Self {
        Self {
            id,
            facts,
            verdict: Verdict::Unknown,
            remediation: RemediationStatus::None,
            tags: BTreeSet::new(),
            critical: false,
            note: String::new(),
            same_as: None,
            not_same_as: BTreeSet::new(),
            sightings: Vec::new(),
            source: Vec::new(),
            extra: Extra::new(),
        }
    }

    /// The kind.
    pub fn kind(&self) -> EntityKind {
        self.facts.kind()
    }

    /// Every part it plays in any alert.
    pub fn roles(&self) -> BTreeSet<&Role> {
        self.sightings.iter().flat_map(|sighting| &sighting.roles).collect()
    }

    /// The name a responder knows it by; never empty.
    pub fn name(&self) -> String {
        self.facts.name()
    }
}

impl Facts {
    /// Every field that is set: its stable name and its value as one text, in the table's order.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let text = |part: Part<'_>| match part {
            Part::Text(text) => text.to_owned(),
            Part::List(texts) => texts.join(", "),
        };
        self.parts().into_iter().map(|(name, part)| (name, text(part))).collect()
    }

    /// The name a responder knows the entity by; never empty: where nothing names it, the kind does.
    pub fn name(&self) -> String {
        let first = |values: &[&Option<String>]| {
            values
                .iter()
                .find_map(|value| value.as_deref().filter(|text| !text.is_empty()))
                .map(str::to_owned)
        };
        let joined = |folder: &Option<String>, name: &Option<String>| match (folder, name) {
            (Some(folder), Some(name)) => Some(join_path(folder, name)),
            (one, other) => other.clone().or_else(|| one.clone()),
        };
        let name = match self {
            Self::Device(d) => first(&[&d.dns_name, &d.host_name, &d.mde_device_id, &d.entra_device_id]),
            Self::User(u) => {
                let domain_account = match (&u.domain_name, &u.account_name) {
                    (Some(domain), Some(account)) => Some(format!("{domain}\\{account}")),
                    _ => None,
                };
                first(&[&u.user_principal_name, &domain_account, &u.account_name])
                    .or_else(|| first(&[&u.display_name, &u.sid, &u.entra_user_id]))
            }
            Self::Mailbox(m) => first(&[&m.primary_address, &m.user_principal_name, &m.display_name]),
            Self::MailMessage(m) => {
                first(&[&m.subject, &m.internet_message_id, &m.network_message_id, &m.sender])
            }
            Self::MailCluster(c) => first(&[&c.cluster_value, &c.query, &c.cluster_by, &c.urn]),
            Self::File(f) => {
                joined(&f.folder, &f.file_name).or_else(|| first(&[&f.sha256, &f.sha1, &f.md5, &f.sha512]))
            }
            Self::Process(p) => first(&[&p.command_line, &p.image_name, &p.process_id]),
            Self::Ip(ip) => first(&[&ip.address]),
            Self::Network(network) => first(&[&network.cidr, &network.holder, &network.asn]),
            Self::MacAddress(mac) => first(&[&mac.address]),
            Self::Url(url) => first(&[&url.url]),
            Self::Domain(domain) => first(&[&domain.name]),
            Self::Application(a) => first(&[&a.display_name, &a.app_id, &a.object_id]),
            Self::RegistryKey(k) => joined(&k.hive, &k.key),
            Self::RegistryValue(v) => match (joined(&v.hive, &v.key), &v.value_name) {
                (Some(key), Some(name)) => Some(join_path(&key, name)),
                (key, name) => key.or_else(|| name.clone()),
            },
            Self::Mutex(mutex) => first(&[&mutex.name]),
            Self::UserAgent(agent) => first(&[&agent.user_agent]),
            Self::Wallet(wallet) => first(&[&wallet.address]),
            Self::Vulnerability(v) => first(&[&v.cve, &v.name]),
            Self::Technique(t) => match (&t.technique_id, &t.name) {
                (Some(id), Some(name)) => Some(format!("{id} {name}")),
                (id, name) => id.clone().or_else(|| name.clone()),
            },
            Self::CloudResource(r) => first(&[&r.name, &r.resource_id]),
            Self::SecurityGroup(g) => first(&[&g.display_name, &g.sid, &g.group_id]),
            Self::Other(other) => ["displayName", "name", "Name", "friendlyName", "id"]
                .iter()
                .find_map(|key| other.raw.get(*key)?.as_str())
                .or(Some(other.type_name.as_str()))
                .filter(|text| !text.is_empty())
                .map(str::to_owned),
        };
        name.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| self.kind().code().to_owned())
    }
}

/// A folder and a name as one path, with the separator that the folder uses.
fn join_path(folder: &str, name: &str) -> String {
    let separator = if folder.contains('/') && !folder.contains('\\') { '/' } else { '\\' };
    if folder.ends_with(separator) { format!("{folder}{name}") } else { format!("{folder}{separator}{name}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(folder: &str, name: &str) -> Facts {
        Facts::File(File { folder: Some(folder.into()), file_name: Some(name.into()), ..File::default() })
    }

    #[test]
    fn a_files_name_is_its_folder_and_leaf_joined() {
        assert_eq!(file("C:\\Temp", "a.exe").name(), "C:\\Temp\\a.exe");
        assert_eq!(file("/usr/bin", "curl").name(), "/usr/bin/curl");
        assert_eq!(file("C:\\", "a.exe").name(), "C:\\a.exe");
    }

    #[test]
    fn an_entity_without_any_field_still_has_a_name() {
        assert_eq!(Facts::Device(Device::default()).name(), "device");
        assert_eq!(Facts::Url(Url { url: Some("  ".into()) }).name(), "url");
    }

    #[test]
    fn a_second_sighting_fills_what_the_first_left_open_and_changes_nothing_else() {
        let mut facts = Facts::Device(Device {
            dns_name: Some("a.contoso.com".into()),
            ip_addresses: vec!["10.0.0.1".into()],
            ..Device::default()
        });
        facts.absorb(&Facts::Device(Device {
            dns_name: Some("other".into()),
            os_platform: Some("Windows11".into()),
            ip_addresses: vec!["10.0.0.1".into(), "10.0.0.2".into()],
            ..Device::default()
        }));
        assert_eq!(
            facts.fields(),
            [
                ("dns_name", "a.contoso.com".to_owned()),
                ("os_platform", "Windows11".to_owned()),
                ("ip_addresses", "10.0.0.1, 10.0.0.2".to_owned()),
            ]
        );
    }

    #[test]
    fn stored_json_names_the_kind_and_leaves_out_what_is_not_known() {
        let entity = Entity::new(
            EntityId::derived(&["x"]),
            Facts::Ip(Ip { address: Some("192.0.2.1".into()), ..Ip::default() }),
        );
        let json = serde_json::to_value(&entity).unwrap();
        assert_eq!(json["kind"], "ip");
        assert_eq!(json.as_object().unwrap().len(), 5, "{json}");
        assert_eq!(serde_json::from_value::<Entity>(json).unwrap(), entity);
    }

    #[test]
    fn every_kinds_code_is_read_back() {
        for kind in EntityKind::ALL {
            assert_eq!(EntityKind::parse(kind.code()), Some(*kind));
        }
    }
}
