//! When two entities are the same one.
//!
//! Only strong identifiers merge: the rules are those that Microsoft Sentinel documents for its entity types. A
//! bare account name such as ADMINISTRATOR, a bare host name or a bare process number never does. A key that holds
//! only within one incident (a private address) is marked as local, so that nothing correlates two customers'
//! `10.0.0.1`.

use crate::model::entity::{Device, Facts, File, Process, RegistryKey, RegistryValue, User};
use std::net::IpAddr;

/// An identifier that makes two entities the same one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// Kind, identifier and value in one canonical text.
    pub text: String,
    /// Whether it holds only within one incident.
    pub local: bool,
}

/// Account names that say nothing about whose account it is (Sentinel drops them when only the name is known).
const WEAK_ACCOUNTS: &[&str] = &[
    "admin",
    "administrator",
    "system",
    "root",
    "anonymous",
    "authenticated user",
    "network",
    "null",
    "local system",
    "localsystem",
    "network service",
    "local service",
    "guest",
];

/// Domains of accounts that every Windows machine has.
const BUILT_IN_DOMAINS: &[&str] = &[
    "nt authority",
    "nt service",
    "builtin",
    "workgroup",
    "window manager",
    "font driver host",
    "autorite nt",
];

impl Facts {
    /// Every strong identifier, strongest first; empty where nothing identifies the entity beyond doubt.
    pub fn identities(&self) -> Vec<Key> {
        let mut keys = Keys { kind: self.kind().code(), found: Vec::new() };
        match self {
            Self::Device(device) => device_keys(device, &mut keys),
            Self::User(user) => user_keys(user, &mut keys),
            Self::Mailbox(mailbox) => {
                keys.add("address", &[&mailbox.primary_address]);
                keys.add("upn", &[&mailbox.user_principal_name]);
            }
            Self::MailMessage(mail) => keys.add("message", &[&mail.network_message_id, &mail.recipient]),
            Self::MailCluster(cluster) => {
                keys.add("query", &[&cluster.query]);
                keys.add("urn", &[&cluster.urn]);
                keys.add("by", &[&cluster.cluster_by, &cluster.cluster_value]);
            }
            Self::File(file) => file_keys(file, &mut keys),
            Self::Process(process) => process_keys(process, &mut keys),
            Self::Ip(ip) => match &ip.address {
                Some(address) if is_private(address) => keys.add_local("address", &[&ip.address]),
                _ => keys.add("address", &[&ip.address]),
            },
            Self::Url(url) => {
                if let Some(text) = url.url.as_deref().filter(|text| text.contains("://")) {
                    keys.push("url", canonical_url(text), false);
                }
            }
            Self::Domain(domain) => keys.add("name", &[&domain.name]),
            Self::Application(app) => {
                keys.add("object", &[&app.object_id]);
                match &app.instance_name {
                    Some(_) => keys.add("app-instance", &[&app.app_id, &app.instance_name]),
                    None => keys.add("app", &[&app.app_id]),
                }
            }
            Self::RegistryKey(key) => registry_key_keys(key, &mut keys),
            Self::RegistryValue(value) => registry_value_keys(value, &mut keys),
            Self::CloudResource(resource) => keys.add("resource", &[&resource.resource_id]),
            Self::SecurityGroup(group) => {
                keys.add("sid", &[&group.sid]);
                keys.add("group", &[&group.group_id]);
                keys.add("guid", &[&group.ad_object_guid]);
                keys.add("dn", &[&group.distinguished_name]);
            }
            Self::Other(_) => {}
        }
        keys.found
    }
}

struct Keys {
    kind: &'static str,
    found: Vec<Key>,
}

impl Keys {
    /// Adds a key made of these values, in lower case, if every one of them is there.
    fn add(&mut self, name: &str, values: &[&Option<String>]) {
        self.add_as(name, values, false);
    }

    fn add_local(&mut self, name: &str, values: &[&Option<String>]) {
        self.add_as(name, values, true);
    }

    fn add_as(&mut self, name: &str, values: &[&Option<String>], local: bool) {
        let known = || values.iter().map(|value| value.as_deref().unwrap_or_default().trim());
        if known().any(str::is_empty) {
            return;
        }
        let mut text = self.prefix(name, known().map(|value| value.len() + 1).sum());
        for (index, value) in known().enumerate() {
            if index > 0 {
                // The unit separator cannot be typed, so joined values cannot be confused.
                text.push('\u{1f}');
            }
            if value.is_ascii() {
                let start = text.len();
                text.push_str(value);
                text[start..].make_ascii_lowercase();
            } else {
                text.push_str(&value.to_lowercase());
            }
        }
        self.found.push(Key { text, local });
    }

    /// `kind|name|`, with room for a value of this length.
    fn prefix(&self, name: &str, room: usize) -> String {
        let mut text = String::with_capacity(self.kind.len() + name.len() + 2 + room);
        for part in [self.kind, "|", name, "|"] {
            text.push_str(part);
        }
        text
    }

    fn push(&mut self, name: &str, value: String, local: bool) {
        let mut text = self.prefix(name, value.len());
        text.push_str(&value);
        self.found.push(Key { text, local });
    }
}

fn device_keys(device: &Device, keys: &mut Keys) {
    keys.add("mde", &[&device.mde_device_id]);
    keys.add("entra", &[&device.entra_device_id]);
    if device.dns_name.as_deref().is_some_and(|name| name.trim_matches('.').contains('.')) {
        keys.add("dns", &[&device.dns_name]);
    }
    keys.add("nt", &[&device.nt_domain, &device.host_name]);
    if let (Some(host), Some(domain)) = (&device.host_name, &device.dns_domain) {
        keys.add("dns", &[&Some(format!("{host}.{domain}"))]);
    }
}

fn user_keys(user: &User, keys: &mut Keys) {
    keys.add("entra", &[&user.entra_user_id]);
    if user.sid.as_deref().is_some_and(|sid| sid.to_uppercase().starts_with("S-1-5-21-")) {
        keys.add("sid", &[&user.sid]);
    }
    if user.user_principal_name.as_deref().is_some_and(|name| name.contains('@')) {
        keys.add("upn", &[&user.user_principal_name]);
    }
    keys.add("guid", &[&user.ad_object_guid]);
    let known = |list: &[&str], value: &Option<String>| {
        value.as_deref().is_some_and(|text| list.contains(&text.trim().to_lowercase().as_str()))
    };
    if !known(WEAK_ACCOUNTS, &user.account_name) && !known(BUILT_IN_DOMAINS, &user.domain_name) {
        keys.add("account", &[&user.domain_name, &user.account_name]);
    }
}

/// A hash makes a file the same whatever its folder; without one, the place on one device does.
fn file_keys(file: &File, keys: &mut Keys) {
    let hashes = [("sha256", &file.sha256), ("sha1", &file.sha1), ("md5", &file.md5)];
    for (name, hash) in hashes {
        if file.file_name.is_some() {
            keys.add(name, &[hash, &file.file_name]);
        } else {
            keys.add(name, &[hash]);
        }
    }
    if hashes.iter().all(|(_, hash)| hash.is_none()) {
        keys.add_local("place", &[&file.mde_device_id, &file.folder, &file.file_name]);
    }
}

fn process_keys(process: &Process, keys: &mut Keys) {
    keys.add("process", &[&process.mde_device_id, &process.process_id, &process.created]);
}

fn registry_key_keys(key: &RegistryKey, keys: &mut Keys) {
    match &key.mde_device_id {
        Some(_) => keys.add("key", &[&key.mde_device_id, &key.hive, &key.key]),
        None => keys.add_local("key", &[&key.hive, &key.key]),
    }
}

fn registry_value_keys(value: &RegistryValue, keys: &mut Keys) {
    match &value.mde_device_id {
        Some(_) => keys.add("value", &[&value.mde_device_id, &value.hive, &value.key, &value.value_name]),
        None => keys.add_local("value", &[&value.hive, &value.key, &value.value_name]),
    }
}

/// Scheme and host in lower case, the rest as it is: paths are case-sensitive.
fn canonical_url(url: &str) -> String {
    let url = url.trim();
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    format!("{}://{}{}", scheme.to_lowercase(), rest[..host_end].to_lowercase(), &rest[host_end..])
}

/// Whether many networks have this address: private, loopback, link-local, shared or unique local.
pub fn is_private(address: &str) -> bool {
    match address.trim().parse::<IpAddr>() {
        Ok(IpAddr::V4(v4)) => {
            let [first, second, ..] = v4.octets();
            v4.is_private()
                || v4.is_loopback()
                || v4.is_link_local()
                || v4.is_unspecified()
                || (first == 100 && (64..128).contains(&second))
        }
        Ok(IpAddr::V6(v6)) => {
            let first = v6.segments()[0];
            v6.is_loopback() || v6.is_unspecified() || first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80
        }
        Err(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::{Ip, Url};

    fn texts(facts: &Facts) -> Vec<String> {
        facts.identities().into_iter().map(|key| key.text.replace('\u{1f}', "+")).collect()
    }

    // The fields under test are options.
    #[allow(clippy::unnecessary_wraps)]
    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn a_weak_account_name_identifies_nobody() {
        for name in ["Administrator", "SYSTEM", "root", "NETWORK SERVICE"] {
            let user = User { account_name: some(name), domain_name: some("CONTOSO"), ..User::default() };
            assert_eq!(texts(&Facts::User(user)), Vec::<String>::new(), "{name}");
        }
        let system = User {
            account_name: some("SYSTEM"),
            domain_name: some("NT AUTHORITY"),
            sid: some("S-1-5-18"),
            ..User::default()
        };
        assert!(Facts::User(system).identities().is_empty());
    }

    #[test]
    fn a_domain_account_is_known_by_any_of_its_strong_names() {
        let user = User {
            account_name: some("Ann"),
            domain_name: some("CONTOSO"),
            user_principal_name: some("Ann@Contoso.com"),
            sid: some("S-1-5-21-1-2-3-1104"),
            ..User::default()
        };
        assert_eq!(
            texts(&Facts::User(user)),
            ["user|sid|s-1-5-21-1-2-3-1104", "user|upn|ann@contoso.com", "user|account|contoso+ann"]
        );
        assert!(Facts::User(User { account_name: some("ann"), ..User::default() }).identities().is_empty());
    }

    #[test]
    fn a_bare_host_name_is_weak_and_a_full_one_strong() {
        let bare = Device { host_name: some("PC1"), dns_name: some("PC1"), ..Device::default() };
        assert!(Facts::Device(bare).identities().is_empty());
        let full = Device { dns_name: some("PC1.contoso.com"), ..Device::default() };
        assert_eq!(texts(&Facts::Device(full)), ["device|dns|pc1.contoso.com"]);
        let parts = Device { host_name: some("pc1"), dns_domain: some("contoso.com"), ..Device::default() };
        assert_eq!(texts(&Facts::Device(parts)), ["device|dns|pc1.contoso.com"]);
    }

    #[test]
    fn a_process_number_alone_is_weak() {
        let process = Process { process_id: some("4780"), mde_device_id: some("d"), ..Process::default() };
        assert!(Facts::Process(process.clone()).identities().is_empty());
        let whole = Process { created: some("2021-08-12T12:43:19Z"), ..process };
        assert_eq!(Facts::Process(whole).identities().len(), 1);
    }

    #[test]
    fn a_private_address_holds_within_one_incident_only() {
        for (address, local) in [
            ("10.0.0.1", true),
            ("100.64.1.1", true),
            ("fe80::1", true),
            ("fd00::1", true),
            ("192.0.2.1", false),
            ("2001:db8::1", false),
        ] {
            let facts = Facts::Ip(Ip { address: some(address), ..Ip::default() });
            assert_eq!(facts.identities()[0].local, local, "{address}");
        }
    }

    #[test]
    fn a_urls_host_is_compared_without_case_and_its_path_with() {
        let key = |url: &str| texts(&Facts::Url(Url { url: some(url) }));
        assert_eq!(key("HTTPS://Evil.Example/A"), key("https://evil.example/A"));
        assert_ne!(key("https://evil.example/A"), key("https://evil.example/a"));
        assert!(key("/relative/path").is_empty());
    }

    #[test]
    fn a_files_hash_outranks_its_place() {
        let hashed = File {
            sha256: some("AB"),
            file_name: some("a.exe"),
            folder: some("C:\\"),
            mde_device_id: some("d"),
            ..File::default()
        };
        assert_eq!(texts(&Facts::File(hashed)), ["file|sha256|ab+a.exe"]);
        let placed = File {
            file_name: some("a.exe"),
            folder: some("C:\\"),
            mde_device_id: some("d"),
            ..File::default()
        };
        assert_eq!(texts(&Facts::File(placed)), ["file|place|d+c:\\+a.exe"]);
        let bare = File { file_name: some("a.exe"), folder: some("C:\\"), ..File::default() };
        assert!(Facts::File(bare).identities().is_empty());
    }
}
