//! Patterns by which an entity is found again (STIX 2.1, section 9): by what does not change when an attacker renames
//! a thing, so a file's name is in it only where no hash is known.

use crate::model::entity::{Facts, File, MailMessage, Process, RegistryKey, RegistryValue};
use std::net::IpAddr;

/// Abbreviations of hives and what the standard wants written.
const HIVES: [(&str, &str); 5] = [
    ("HKLM", "HKEY_LOCAL_MACHINE"),
    ("HKCU", "HKEY_CURRENT_USER"),
    ("HKCR", "HKEY_CLASSES_ROOT"),
    ("HKU", "HKEY_USERS"),
    ("HKCC", "HKEY_CURRENT_CONFIG"),
];

/// The pattern of these facts; none where nothing is known that could be looked for.
pub fn pattern(facts: &Facts) -> Option<String> {
    let mut wanted = Wanted::default();
    match facts {
        Facts::Ip(ip) => of_address(ip.address.as_deref()?, &mut wanted)?,
        Facts::Network(network) => of_address(network.cidr.as_deref()?, &mut wanted)?,
        Facts::MacAddress(mac) => wanted.add("mac-addr", "value", mac.address.as_deref()),
        Facts::Mutex(mutex) => wanted.add("mutex", "name", mutex.name.as_deref()),
        Facts::UserAgent(agent) => wanted.add(
            "network-traffic",
            "extensions.'http-request-ext'.request_header.'User-Agent'",
            agent.user_agent.as_deref(),
        ),
        Facts::Domain(domain) => wanted.add("domain-name", "value", domain.name.as_deref()),
        Facts::Url(url) => wanted.add("url", "value", url.url.as_deref()),
        Facts::Mailbox(mailbox) => wanted.add("email-addr", "value", mailbox.primary_address.as_deref()),
        Facts::File(file) => of_file(file, &mut wanted),
        Facts::Process(process) => of_process(process, &mut wanted),
        Facts::RegistryKey(key) => of_key(key, &mut wanted),
        Facts::RegistryValue(value) => of_value(value, &mut wanted),
        Facts::MailMessage(mail) => of_mail(mail, &mut wanted),
        _ => {}
    }
    (!wanted.0.is_empty()).then(|| format!("[{}]", wanted.0.join(" AND ")))
}

/// What a thing has to have, all of it.
#[derive(Default)]
struct Wanted(Vec<String>);

impl Wanted {
    fn add(&mut self, kind: &str, path: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            let quoted = value.replace('\\', "\\\\").replace('\'', "\\'");
            self.0.push(format!("{kind}:{path} = '{quoted}'"));
        }
    }
}

fn of_address(address: &str, wanted: &mut Wanted) -> Option<()> {
    let kind = if is_version_6(address)? { "ipv6-addr" } else { "ipv4-addr" };
    wanted.add(kind, "value", Some(address));
    Some(())
}

fn of_file(file: &File, wanted: &mut Wanted) {
    for (path, hash, digits) in [
        ("MD5", &file.md5, 32),
        ("'SHA-1'", &file.sha1, 40),
        ("'SHA-256'", &file.sha256, 64),
        ("'SHA-512'", &file.sha512, 128),
    ] {
        let is_hash =
            |hash: &&str| hash.len() == digits && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
        wanted.add("file", &format!("hashes.{path}"), hash.as_deref().filter(is_hash));
    }
    if wanted.0.is_empty() {
        wanted.add("file", "name", file.file_name.as_deref());
        wanted.add("file", "parent_directory_ref.path", file.folder.as_deref());
    }
}

fn of_process(process: &Process, wanted: &mut Wanted) {
    wanted.add("process", "command_line", process.command_line.as_deref());
    if wanted.0.is_empty() {
        wanted.add("process", "image_ref.name", process.image_name.as_deref());
    }
}

fn of_key(key: &RegistryKey, wanted: &mut Wanted) {
    wanted.add("windows-registry-key", "key", Some(&whole_key(key.hive.as_deref(), key.key.as_deref())));
}

fn of_value(value: &RegistryValue, wanted: &mut Wanted) {
    let key = whole_key(value.hive.as_deref(), value.key.as_deref());
    wanted.add("windows-registry-key", "key", Some(&key));
    wanted.add("windows-registry-key", "values[*].name", value.value_name.as_deref());
    wanted.add("windows-registry-key", "values[*].data", value.value.as_deref());
}

fn of_mail(mail: &MailMessage, wanted: &mut Wanted) {
    wanted.add("email-message", "message_id", mail.internet_message_id.as_deref());
    if wanted.0.is_empty() {
        wanted.add("email-message", "from_ref.value", mail.sender.as_deref());
        wanted.add("email-message", "subject", mail.subject.as_deref());
    }
}

fn whole_key(hive: Option<&str>, key: Option<&str>) -> String {
    let hive = hive.unwrap_or_default();
    let whole =
        HIVES.iter().find(|(short, _)| short.eq_ignore_ascii_case(hive)).map_or(hive, |(_, long)| long);
    match key.unwrap_or_default() {
        "" => whole.to_owned(),
        key if whole.is_empty() => key.to_owned(),
        key => format!("{whole}\\{key}"),
    }
}

/// Whether an address or network is of version 6; none where it is no address.
fn is_version_6(text: &str) -> Option<bool> {
    let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
    let address: IpAddr = address.parse().ok()?;
    let most = if address.is_ipv6() { 128 } else { 32 };
    match bits.map(str::parse::<u8>) {
        None => Some(address.is_ipv6()),
        Some(Ok(bits)) if bits <= most => Some(address.is_ipv6()),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entity::{Ip, Url};

    #[test]
    fn a_thing_is_looked_for_by_what_does_not_change() {
        let some = |text: &str| Some(text.to_owned());
        let md5 = "d41d8cd98f00b204e9800998ecf8427e";
        for (facts, expected) in [
            (
                Facts::Ip(Ip { address: some("10.0.0.1"), ..Ip::default() }),
                some("[ipv4-addr:value = '10.0.0.1']"),
            ),
            (
                Facts::Ip(Ip { address: some("2001:db8::/32"), ..Ip::default() }),
                some("[ipv6-addr:value = '2001:db8::/32']"),
            ),
            (Facts::Ip(Ip { address: some("10.0.0.1/99"), ..Ip::default() }), None),
            (Facts::Url(Url { url: some("http://x/'\\") }), some("[url:value = 'http://x/\\'\\\\']")),
            (
                Facts::File(File { file_name: some("a.exe"), md5: some(md5), ..File::default() }),
                Some(format!("[file:hashes.MD5 = '{md5}']")),
            ),
            (
                Facts::File(File { file_name: some("a.exe"), md5: some("short"), ..File::default() }),
                some("[file:name = 'a.exe']"),
            ),
            (
                Facts::RegistryValue(RegistryValue {
                    hive: some("HKLM"),
                    key: some("Software"),
                    value_name: some("x"),
                    ..RegistryValue::default()
                }),
                some(
                    "[windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\\\Software' AND \
                     windows-registry-key:values[*].name = 'x']",
                ),
            ),
            (Facts::Device(crate::model::entity::Device::default()), None),
        ] {
            assert_eq!(pattern(&facts), expected);
        }
    }
}
