//! The table of entity kinds: which fields each has, in the order the page shows them.
//!
//! The macro makes of it the kinds, a struct for each and what is done with all of them alike, so that a field is one
//! line here and nowhere else but in its words.

use crate::model::Extra;
use crate::model::facts_json::{take_list, take_object, take_text};
use serde::{Deserialize, Serialize};

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
            /// SHA-512, hexadecimal.
            sha512,
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
    /// A network: every IP address with one prefix.
    Network = "network" {
        texts {
            /// Address and length of the prefix, such as `198.51.100.0/24`.
            cidr,
            /// Number of the autonomous system that announces it.
            asn,
            /// Who holds it.
            holder,
        }
        lists {}
    }
    /// The hardware address of a network card.
    MacAddress = "mac-address" {
        texts {
            /// Address: six bytes, hexadecimal.
            address,
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
    /// A named lock that programs use to run once: malware families are known by theirs.
    Mutex = "mutex" {
        texts {
            /// Name, with its namespace.
            name,
        }
        lists {}
    }
    /// What a client calls itself to a web server.
    UserAgent = "user-agent" {
        texts {
            /// The text of the header.
            user_agent,
        }
        lists {}
    }
    /// An address of a cryptocurrency.
    Wallet = "wallet" {
        texts {
            /// Address.
            address,
            /// Currency.
            currency,
        }
        lists {}
    }
    /// A known vulnerability.
    Vulnerability = "vulnerability" {
        texts {
            /// Number in the CVE list.
            cve,
            /// Name that it goes by.
            name,
        }
        lists {}
    }
    /// A technique of MITRE ATT&CK.
    Technique = "technique" {
        texts {
            /// Number, such as `T1566.001`.
            technique_id,
            /// Name.
            name,
        }
        lists {
            /// Scores that layers of the ATT&CK Navigator give it: the number, behind it the tactic where it is for that one
            /// only: `75`, `75 defense-evasion`.
            scores,
            /// What such layers say about it.
            comments,
            /// What the colours that they give it mean, as their legends say.
            color_meanings,
        }
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
