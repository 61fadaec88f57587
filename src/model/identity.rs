//! When two entities are the same one.
//!
//! Only strong identifiers merge: the rules are those that Microsoft Sentinel documents for its entity types. A
//! bare account name such as ADMINISTRATOR, a bare host name or a bare process number never does. A key that holds
//! only within one incident (a private address) is marked as local, so that nothing correlates two customers'
//! `10.0.0.1`.

use crate::model::entity::{Device, Facts, File, Process, RegistryKey, RegistryValue, User};
use crate::model::refang::refang;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

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
                keys.add(
                    "address",
                    &[&mailbox.primary_address.as_deref().map(|text| refang(text).into_owned())],
                );
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
            Self::Ip(ip) => {
                let address = ip.address.as_deref().map(canonical_address);
                let local = address.as_deref().is_some_and(is_private);
                keys.add_as("address", &[&address], local);
            }
            Self::Network(network) => {
                let cidr = network.cidr.as_deref().map(canonical_network);
                let local =
                    cidr.as_deref().and_then(|text| text.split_once('/')).is_some_and(|(a, _)| is_private(a));
                keys.add_as("cidr", &[&cidr], local);
            }
            Self::MacAddress(mac) => {
                let address = mac.address.as_deref().map(canonical_mac);
                let local = address.as_deref().is_some_and(is_made_up_mac);
                keys.add_as("address", &[&address], local);
            }
            Self::Url(url) => {
                let url = url.url.as_deref().map(refang);
                if let Some(text) = url.filter(|text| text.contains("://")) {
                    keys.push("url", canonical_url(&text), false);
                }
            }
            Self::Domain(domain) => {
                let name =
                    domain.name.as_deref().map(|name| refang(name.trim()).trim_end_matches('.').to_owned());
                keys.add("name", &[&name]);
            }
            Self::Application(app) => {
                keys.add("object", &[&app.object_id]);
                match &app.instance_name {
                    Some(_) => keys.add("app-instance", &[&app.app_id, &app.instance_name]),
                    None => keys.add("app", &[&app.app_id]),
                }
            }
            Self::RegistryKey(key) => registry_key_keys(key, &mut keys),
            Self::RegistryValue(value) => registry_value_keys(value, &mut keys),
            // Names of kernel objects tell upper case from lower.
            Self::Mutex(mutex) => {
                if let Some(name) = mutex.name.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
                    keys.push("name", name.to_owned(), false);
                }
            }
            Self::UserAgent(agent) => keys.add("text", &[&agent.user_agent]),
            Self::Wallet(wallet) => keys.add("address", &[&wallet.address]),
            Self::Vulnerability(vulnerability) => keys.add("cve", &[&vulnerability.cve]),
            Self::Technique(technique) => keys.add("technique", &[&technique.technique_id]),
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

/// Whether a name says whose account it is: `administrator` and its likes say nothing.
pub fn says_whose_account(name: &str) -> bool {
    !WEAK_ACCOUNTS.contains(&name.trim().to_lowercase().as_str())
}

impl Facts {
    /// What recognises it in another incident: the strong identifiers that hold everywhere, and a file's content under
    /// whatever name it goes.
    pub fn recognised_by(&self) -> Vec<String> {
        let everywhere = self.identities().into_iter().filter(|key| !key.local).map(|key| key.text);
        let mut recognised: Vec<String> = everywhere.collect();
        if let Self::File(file) = self {
            let mut content = Keys { kind: self.kind().code(), found: Vec::new() };
            for (name, hash) in hashes(file) {
                content.add(name, &[hash]);
            }
            recognised.extend(content.found.into_iter().map(|key| key.text));
        }
        recognised
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
    let built_in = user
        .domain_name
        .as_deref()
        .is_some_and(|domain| BUILT_IN_DOMAINS.contains(&domain.trim().to_lowercase().as_str()));
    if !built_in && user.account_name.as_deref().is_some_and(says_whose_account) {
        keys.add("account", &[&user.domain_name, &user.account_name]);
    }
}

/// A hash makes a file the same whatever its folder; without one, the place on one device does.
fn file_keys(file: &File, keys: &mut Keys) {
    let hashes = hashes(file);
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

/// A file's hashes, the strongest first but for SHA-512, which came last.
fn hashes(file: &File) -> [(&'static str, &Option<String>); 4] {
    [("sha256", &file.sha256), ("sha1", &file.sha1), ("md5", &file.md5), ("sha512", &file.sha512)]
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

/// An address as its standard writes it, so that `2001:DB8:0::1` is `2001:db8::1`; a text that is none as it is.
fn canonical_address(text: &str) -> String {
    let live = refang(text.trim());
    live.parse::<IpAddr>()
        .map_or_else(|_| live.clone().into_owned(), |address| address.to_canonical().to_string())
}

/// A network by its first address, so that `192.0.2.77/24` is `192.0.2.0/24`; a text that is none as it is.
fn canonical_network(text: &str) -> String {
    let live = refang(text.trim());
    let parts = live
        .split_once('/')
        .and_then(|(address, length)| Some((address.parse::<IpAddr>().ok()?, length.parse::<u32>().ok()?)));
    match parts {
        Some((IpAddr::V4(address), length @ 0..=32)) => {
            let mask = u32::MAX.checked_shl(32 - length).unwrap_or_default();
            format!("{}/{length}", Ipv4Addr::from(u32::from(address) & mask))
        }
        Some((IpAddr::V6(address), length @ 0..=128)) => {
            let mask = u128::MAX.checked_shl(128 - length).unwrap_or_default();
            format!("{}/{length}", Ipv6Addr::from(u128::from(address) & mask))
        }
        _ => live.into_owned(),
    }
}

/// The hexadecimal digits of a hardware address: `00-1A-2B…`, `00:1a:2b…` and `001a.2b…` are one.
fn canonical_mac(text: &str) -> String {
    let digits: String = text.chars().filter(|c| !matches!(c, ':' | '-' | '.')).collect();
    let is_mac = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_mac { digits.to_ascii_lowercase() } else { text.to_owned() }
}

/// Whether a hardware address names no network card in the world: one made up on the spot (the bit for that is set),
/// a group, or none at all.
fn is_made_up_mac(digits: &str) -> bool {
    digits.get(..2).and_then(|byte| u8::from_str_radix(byte, 16).ok()).is_some_and(|byte| byte & 3 != 0)
        || digits.bytes().all(|byte| byte == b'0')
}

/// Scheme and host in lower case, the rest as it is: paths are case-sensitive. The port that the scheme has anyway and
/// a path of nothing but a slash say nothing.
fn canonical_url(url: &str) -> String {
    let url = url.trim();
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (scheme, host) = (scheme.to_lowercase(), rest[..host_end].to_lowercase());
    let usual_port = match scheme.as_str() {
        "http" => ":80",
        "https" => ":443",
        _ => "",
    };
    let host = host.strip_suffix(usual_port).unwrap_or(&host);
    let path = Some(&rest[host_end..]).filter(|path| *path != "/").unwrap_or_default();
    format!("{scheme}://{host}{path}")
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
    fn one_thing_in_two_spellings_is_one() {
        use crate::model::entity::{Domain, MacAddress, Mailbox, Network};
        let domain = |name: &str| texts(&Facts::Domain(Domain { name: some(name), ..Domain::default() }));
        assert_eq!(domain("Evil[.]com."), domain("evil.com"));
        let ip = |text: &str| texts(&Facts::Ip(Ip { address: some(text), ..Ip::default() }));
        assert_eq!(ip("192[.]0.2(.)1"), ip("192.0.2.1"));
        assert_eq!(ip("2001:DB8:0:0::1"), ip("2001:db8::1"));
        assert_eq!(ip("::ffff:192.0.2.1"), ip("192.0.2.1"));
        let url = |text: &str| texts(&Facts::Url(Url { url: some(text) }));
        assert_eq!(url("hxxps://EVIL[.]com:443/"), url("https://evil.com"));
        assert_ne!(url("https://evil.com:8443/"), url("https://evil.com"));
        let mail = |text: &str| {
            texts(&Facts::Mailbox(Mailbox { primary_address: some(text), ..Mailbox::default() }))
        };
        assert_eq!(mail("Ann[at]evil[.]com"), mail("ann@evil.com"));
        let network = |text: &str| texts(&Facts::Network(Network { cidr: some(text), ..Network::default() }));
        assert_eq!(network("198.51.100.77/24"), network("198.51.100[.]0/24"));
        assert_eq!(network("2001:db8::5/32"), network("2001:DB8::/32"));
        assert_eq!(network("0.0.0.0/0"), ["network|cidr|0.0.0.0/0"]);
        let mac = |text: &str| texts(&Facts::MacAddress(MacAddress { address: some(text) }));
        assert_eq!(mac("00-1A-2B-3C-4D-5E"), mac("001a.2b3c.4d5e"));
    }

    #[test]
    fn what_many_networks_have_holds_within_one_incident_only() {
        use crate::model::entity::{MacAddress, Network};
        let network = |text: &str| Facts::Network(Network { cidr: some(text), ..Network::default() });
        assert!(network("10.1.0.0/16").identities()[0].local);
        assert!(!network("198.51.100.0/24").identities()[0].local);
        for (address, local) in
            [("02:1a:2b:3c:4d:5e", true), ("00:00:00:00:00:00", true), ("00:1a:2b:3c:4d:5e", false)]
        {
            let mac = Facts::MacAddress(MacAddress { address: some(address) });
            assert_eq!(mac.identities()[0].local, local, "{address}");
        }
    }

    #[test]
    fn a_mutex_is_told_from_one_in_other_letters() {
        use crate::model::entity::Mutex;
        let mutex = |name: &str| texts(&Facts::Mutex(Mutex { name: some(name) }));
        assert_ne!(mutex(r"Global\Mtx"), mutex(r"Global\mtx"));
        assert!(mutex(" ").is_empty());
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
