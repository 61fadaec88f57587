//! What an event of a timeline tool is about, by the columns that timelines commonly have: host, account, addresses,
//! hashes.

use crate::formats::assemble::Evidence;
use crate::formats::json::{Fields, Json};
use crate::model::Extra;
use crate::model::entity::{Device, Domain, Facts, File, Ip, Url, User};

/// The text or number under the first of these names that says something, without taking it out.
pub fn say(fields: &Fields<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| {
        let text = match fields.get(name)? {
            Json::Text(text) => text.trim().to_owned(),
            Json::Number(number) => number.to_string(),
            _ => return None,
        };
        (!matches!(text.as_str(), "" | "-" | "N/A" | "null")).then_some(text)
    })
}

/// The things that a row of Timesketch or Plaso names.
pub fn about(row: &Fields<'_>) -> Vec<Evidence> {
    let mut found = Vec::new();
    let mut add = |facts| found.push(Evidence::new(facts));
    if let Some(host_name) = say(row, &["hostname", "computer_name", "host", "host_name"]) {
        add(Facts::Device(Device { host_name: Some(host_name), ..Device::default() }));
    }
    if let Some(account_name) = say(row, &["username", "user", "user_name"]) {
        let sid = say(row, &["user_sid"]);
        let user = User { account_name: Some(account_name), sid, ..User::default() };
        add(Facts::User(user));
    }
    for name in
        ["src_ip", "source_ip", "dst_ip", "dest_ip", "destination_ip", "remote_ip", "ip", "ip_address"]
    {
        let address = say(row, &[name]).filter(|text| text.parse::<std::net::IpAddr>().is_ok());
        if address.is_some() {
            add(Facts::Ip(Ip { address, ..Ip::default() }));
        }
    }
    if let Some(url) = say(row, &["url"]).filter(|url| url.contains("://")) {
        add(Facts::Url(Url { url: Some(url) }));
    }
    if let Some(name) = say(row, &["domain"]).filter(|name| name.contains('.')) {
        add(Facts::Domain(Domain { name: Some(name), ..Domain::default() }));
    }
    let hash = |names: &[&str], digits: usize| {
        say(row, names)
            .filter(|text| text.len() == digits && text.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .map(|text| text.to_ascii_lowercase())
    };
    let file = File {
        sha256: hash(&["sha256_hash", "sha256"], 64),
        sha1: hash(&["sha1_hash", "sha1"], 40),
        md5: hash(&["md5_hash", "md5"], 32),
        ..File::default()
    };
    if file != File::default() {
        add(Facts::File(file));
    }
    found
}

/// A row as JSON, to show its beginning where it is set aside.
pub fn raw(extra: &Extra) -> Vec<u8> {
    serde_json::to_vec(extra).unwrap_or_default()
}
