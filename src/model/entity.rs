//! Entities: the devices, users, mailboxes, files and the rest that alerts are about.
//!
//! Each kind has fields of its own, written as one table; everything that has no kind here is kept as its raw JSON
//! with the type's name. Field names are those of the Graph API's evidence types in this language's spelling.

use crate::fields;
use crate::model::facts_json::{take_list, take_object, take_text};
use crate::model::taxonomy::{RemediationStatus, Role, Verdict};
use crate::model::{AlertId, EntityId, Extra, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

macro_rules! entity_kinds {
    (
        $(
            $(#[$doc:meta])*
            $kind:ident = $code:literal {
                texts { $( $(#[$tdoc:meta])* $text:ident ),* $(,)? }
                lists { $( $(#[$ldoc:meta])* $list:ident ),* $(,)? }
            }
        )+
    ) => {
        /// What an entity is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum EntityKind {
            $( $(#[$doc])* #[serde(rename = $code)] $kind, )+
            /// A kind without fields of its own here.
            #[serde(rename = "other")]
            Other,
        }

        impl EntityKind {
            /// Every kind, in the order the page shows them.
            pub const ALL: &'static [Self] = &[$( Self::$kind, )+ Self::Other];

            /// The kind's stable name, as playbooks and stored data write it.
            pub fn code(self) -> &'static str {
                match self {
                    $( Self::$kind => $code, )+
                    Self::Other => "other",
                }
            }

            /// The stable name of every field that this kind can have, in the table's order.
            pub fn field_names(self) -> &'static [&'static str] {
                match self {
                    $( Self::$kind => &[$( stringify!($text), )* $( stringify!($list), )*], )+
                    Self::Other => &[],
                }
            }

            /// The kind with this stable name.
            pub fn parse(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.code() == code)
            }
        }

        /// What is known of an entity, by kind. How it is stored stands in `facts_json.rs`.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Facts {
            $( $(#[$doc])* $kind($kind), )+
            /// A kind without fields of its own here.
            Other(Other),
        }

        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Default, PartialEq, Eq)]
            pub struct $kind {
                $( $(#[$tdoc])* pub $text: Option<String>, )*
                $( $(#[$ldoc])* pub $list: Vec<String>, )*
            }
        )+

        // One macro arm writes these for fields one at a time; collapsed matches cannot be written that way.
        #[allow(clippy::collapsible_match)]
        impl Facts {
            /// The kind.
            pub fn kind(&self) -> EntityKind {
                match self {
                    $( Self::$kind(_) => EntityKind::$kind, )+
                    Self::Other(_) => EntityKind::Other,
                }
            }

            /// Every field that is set: its stable name and its value, in the table's order.
            pub fn parts(&self) -> Vec<(&'static str, Part<'_>)> {
                match self {
                    $( Self::$kind(facts) => {
                        // A kind without texts or without lists would leave this untouched.
                        #[allow(unused_mut)]
                        let mut parts = Vec::new();
                        $( if let Some(value) = &facts.$text {
                            parts.push((stringify!($text), Part::Text(value)));
                        } )*
                        $( if !facts.$list.is_empty() {
                            parts.push((stringify!($list), Part::List(&facts.$list)));
                        } )*
                        parts
                    } )+
                    Self::Other(_) => Vec::new(),
                }
            }

            /// The facts of a kind out of fields by their stable names; what is taken is removed.
            ///
            /// # Errors
            /// The name of a field that holds something else than it should.
            pub(in crate::model) fn take(kind: EntityKind, fields: &mut Extra) -> Result<Self, &'static str> {
                Ok(match kind {
                    $( EntityKind::$kind => Self::$kind($kind {
                        $( $text: take_text(fields, stringify!($text))?, )*
                        $( $list: take_list(fields, stringify!($list))?, )*
                    }), )+
                    EntityKind::Other => Self::Other(Other {
                        type_name: take_text(fields, "type_name")?.unwrap_or_default(),
                        raw: take_object(fields, "raw")?,
                    }),
                })
            }

            /// Takes over what the other sighting of the same entity knows and this one does not.
            pub fn absorb(&mut self, other: &Self) {
                match (self, other) {
                    $( (Self::$kind(mine), Self::$kind(theirs)) => {
                        $( if mine.$text.is_none() { mine.$text.clone_from(&theirs.$text); } )*
                        $( for value in &theirs.$list {
                            if !mine.$list.contains(value) { mine.$list.push(value.clone()); }
                        } )*
                    } )+
                    _ => {}
                }
            }
        }
    };
}

entity_kinds! {
    /// A computer, phone or server.
    Device = "device" {
        texts {
            /// Name without domain.
            host_name,
            /// Fully qualified name, as DNS knows it.
            dns_name,
            /// Windows domain.
            nt_domain,
            /// DNS domain.
            dns_domain,
            /// Id in Defender for Endpoint.
            mde_device_id,
            /// Id in Entra ID.
            entra_device_id,
            /// Operating system.
            os_platform,
            /// Version of the operating system.
            os_version,
            /// Build of the operating system.
            os_build,
            /// Sensor's health.
            health_status,
            /// Risk score: none, informational, low, medium, high.
            risk_score,
            /// Whether Defender watches it.
            onboarding_status,
            /// State of the antivirus.
            av_status,
            /// Device group.
            device_group,
            /// When Defender saw it first.
            first_seen,
            /// Last internal address.
            last_ip,
            /// Last external address.
            last_external_ip,
            /// Resource id of the virtual machine.
            vm_resource_id,
        }
        lists {
            /// Internal addresses.
            ip_addresses,
            /// Who was signed in.
            logged_on_users,
        }
    }
    /// A person's or a service's account.
    User = "user" {
        texts {
            /// Account name without domain.
            account_name,
            /// Windows domain.
            domain_name,
            /// Name at sign-in, such as `ann@contoso.com`.
            user_principal_name,
            /// Name to show.
            display_name,
            /// Windows security identifier.
            sid,
            /// Id in Entra ID.
            entra_user_id,
            /// Object id in Active Directory.
            ad_object_guid,
        }
        lists {}
    }
    /// A mailbox.
    Mailbox = "mailbox" {
        texts {
            /// Primary address.
            primary_address,
            /// Name to show.
            display_name,
            /// Owner's sign-in name.
            user_principal_name,
            /// Owner's id in Entra ID.
            entra_user_id,
        }
        lists {}
    }
    /// One e-mail message to one recipient.
    MailMessage = "mail-message" {
        texts {
            /// Subject.
            subject,
            /// Sender's address, as people see it.
            sender,
            /// Sender's address in the envelope.
            envelope_sender,
            /// Address it was sent from.
            sender_ip,
            /// Recipient.
            recipient,
            /// When it came in.
            received,
            /// Id in Defender for Office 365.
            network_message_id,
            /// `Message-ID` header.
            internet_message_id,
            /// What was done with it: delivered, junked, blocked …
            delivery_action,
            /// Where it lies: inbox, quarantine …
            delivery_location,
            /// Inbound, outbound, within.
            direction,
            /// Language of the text.
            language,
            /// How many attachments.
            attachment_count,
        }
        lists {
            /// Threats found in it.
            threats,
            /// Addresses of links in it.
            urls,
        }
    }
    /// A set of similar messages.
    MailCluster = "mail-cluster" {
        texts {
            /// What the messages have in common.
            cluster_by,
            /// The value that they have in common.
            cluster_value,
            /// The query that finds them.
            query,
            /// How many messages.
            mail_count,
            /// Resource name.
            urn,
        }
        lists {
            /// Ids of the messages.
            network_message_ids,
        }
    }
    /// A file, or a hash of one.
    File = "file" {
        texts {
            /// Name without folder.
            file_name,
            /// Folder; Microsoft calls this the path.
            folder,
            /// SHA-256, hexadecimal.
            sha256,
            /// SHA-1, hexadecimal.
            sha1,
            /// MD5, hexadecimal.
            md5,
            /// Size in bytes.
            size,
            /// Who published it.
            publisher,
            /// Who signed it.
            signer,
            /// Who issued the certificate.
            issuer,
            /// What the detection did: detected, blocked, prevented.
            detection_status,
            /// Defender id of the device it was seen on.
            mde_device_id,
        }
        lists {}
    }
    /// A running program.
    Process = "process" {
        texts {
            /// Number of the process.
            process_id,
            /// Command line.
            command_line,
            /// When it began.
            created,
            /// Program's file name.
            image_name,
            /// Program's folder.
            image_folder,
            /// Program's SHA-256.
            image_sha256,
            /// Program's SHA-1.
            image_sha1,
            /// Number of the parent process.
            parent_process_id,
            /// When the parent began.
            parent_created,
            /// Parent's file name.
            parent_image_name,
            /// Account it ran under.
            user,
            /// What the detection did: detected, blocked, prevented.
            detection_status,
            /// Defender id of the device it ran on.
            mde_device_id,
        }
        lists {}
    }
    /// An IP address.
    Ip = "ip" {
        texts {
            /// Address, version 4 or 6.
            address,
            /// Country.
            country,
            /// City.
            city,
        }
        lists {}
    }
    /// A web address.
    Url = "url" {
        texts {
            /// The address.
            url,
        }
        lists {}
    }
    /// A domain name.
    Domain = "domain" {
        texts {
            /// The name.
            name,
        }
        lists {
            /// Addresses it resolved to.
            ip_addresses,
        }
    }
    /// An application: OAuth, cloud or service principal.
    Application = "application" {
        texts {
            /// Name to show.
            display_name,
            /// Application id.
            app_id,
            /// Object id of the service principal.
            object_id,
            /// Who published it.
            publisher,
            /// Which instance of a cloud application.
            instance_name,
            /// `oauth`, `cloud` or `service-principal`.
            app_type,
            /// Tenant of the application's owner.
            owner_tenant_id,
        }
        lists {}
    }
    /// A key in the Windows registry.
    RegistryKey = "registry-key" {
        texts {
            /// Hive.
            hive,
            /// Key below the hive.
            key,
            /// Defender id of the device.
            mde_device_id,
        }
        lists {}
    }
    /// A value in the Windows registry.
    RegistryValue = "registry-value" {
        texts {
            /// Hive.
            hive,
            /// Key below the hive.
            key,
            /// Name of the value.
            value_name,
            /// The value.
            value,
            /// Type of the value.
            value_type,
            /// Defender id of the device.
            mde_device_id,
        }
        lists {}
    }
    /// A resource in Azure, AWS or Google Cloud.
    CloudResource = "cloud-resource" {
        texts {
            /// Name to show.
            name,
            /// Full id.
            resource_id,
            /// Type.
            resource_type,
            /// Cloud: Azure, AWS, GCP.
            platform,
        }
        lists {}
    }
    /// A group of accounts.
    SecurityGroup = "security-group" {
        texts {
            /// Name to show.
            display_name,
            /// Id.
            group_id,
            /// Windows security identifier.
            sid,
            /// Distinguished name.
            distinguished_name,
            /// Object id in Active Directory.
            ad_object_guid,
        }
        lists {}
    }
}

/// An entity of a kind without fields of its own here: the type's name and everything that came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Other {
    /// The type as the source named it, such as `kubernetesPodEvidence`.
    pub type_name: String,
    /// Everything that came, as it came.
    pub raw: Extra,
}

/// A field's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// One text.
    Text(&'a str),
    /// Several.
    List(&'a [String]),
}

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
            Self::File(f) => joined(&f.folder, &f.file_name).or_else(|| first(&[&f.sha256, &f.sha1, &f.md5])),
            Self::Process(p) => first(&[&p.command_line, &p.image_name, &p.process_id]),
            Self::Ip(ip) => first(&[&ip.address]),
            Self::Url(url) => first(&[&url.url]),
            Self::Domain(domain) => first(&[&domain.name]),
            Self::Application(a) => first(&[&a.display_name, &a.app_id, &a.object_id]),
            Self::RegistryKey(k) => joined(&k.hive, &k.key),
            Self::RegistryValue(v) => match (joined(&v.hive, &v.key), &v.value_name) {
                (Some(key), Some(name)) => Some(join_path(&key, name)),
                (key, name) => key.or_else(|| name.clone()),
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
