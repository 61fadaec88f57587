//! What one word without spaces is.

use super::host::{domain, ipv4, ipv6, is_local_part, network};
use super::wallet::is_bitcoin;
use super::{Doubt, Kind, doubt, floor};

/// What a word is: its kind, its value, and why it may be something else.
pub type Reading = (Kind, String, Option<Doubt>);

/// What stands around a word.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The text of the line before it.
    pub before: &'a str,
    /// The text after it.
    pub after: &'a str,
    /// Whether defanging was taken off it.
    pub defanged: bool,
}

/// What a word is, if it is an indicator.
pub fn read(word: &str, around: Around<'_>) -> Option<Reading> {
    let sure = |kind, value: String| Some((kind, value, None));
    if let Some(kind) = hash(word) {
        return sure(kind, word.to_ascii_lowercase());
    }
    if let Some(network) = network(word) {
        return sure(Kind::Network, network);
    }
    let (host, port) = without_port(word);
    if let Some(address) = ipv4(host) {
        let is_version = port.is_none() && !around.defanged && doubt::names_a_version(around.before);
        return Some((Kind::Ipv4, address.to_string(), is_version.then_some(Doubt::Version)));
    }
    if let Some(address) = ipv6(word) {
        return sure(Kind::Ipv6, address.to_string());
    }
    if let Some(address) = mac(word) {
        return sure(Kind::Mac, address);
    }
    if let Some((local, rest)) = word.split_once('@') {
        return email(local, rest, around);
    }
    if is_cve(word) {
        return sure(Kind::Cve, word.to_ascii_uppercase());
    }
    if is_technique(word) {
        return sure(Kind::Technique, word.to_owned());
    }
    if is_sid(word) {
        return sure(Kind::Sid, word.to_ascii_uppercase());
    }
    if is_bitcoin(word) {
        return sure(Kind::Bitcoin, word.to_owned());
    }
    if let Some(name) = domain(host) {
        let verdict = if around.defanged || port.is_some() {
            doubt::Verdict::Sure
        } else if doubt::is_source(&name) {
            doubt::Verdict::Ask(Doubt::Source)
        } else {
            doubt::of_domain(host, around.before, around.after)
        };
        return match verdict {
            doubt::Verdict::Sure => sure(Kind::Domain, name),
            doubt::Verdict::Ask(doubt) => Some((Kind::Domain, name, Some(doubt))),
            doubt::Verdict::No => None,
        };
    }
    let is_file = doubt::is_file_name(word)
        && !doubt::is_detection_name(word, around.before)
        && !doubt::is_link_target(around.before);
    is_file.then(|| (Kind::FileName, word.to_owned(), None))
}

/// The kind of hash that so many hexadecimal digits are.
fn hash(word: &str) -> Option<Kind> {
    let kind = match word.len() {
        32 => Kind::Md5,
        40 => Kind::Sha1,
        64 => Kind::Sha256,
        128 => Kind::Sha512,
        _ => return None,
    };
    let hex = word.bytes().all(|byte| byte.is_ascii_hexdigit());
    // Forty equal digits, or none but figures, are a line or a number.
    let varied =
        word.bytes().any(|byte| byte.is_ascii_alphabetic()) && word.bytes().any(|byte| byte.is_ascii_digit());
    (hex && varied).then_some(kind)
}

/// A host and the port behind it.
fn without_port(word: &str) -> (&str, Option<u16>) {
    match word.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') => match port.parse() {
            Ok(port) => (host, Some(port)),
            Err(_) => (word, None),
        },
        _ => (word, None),
    }
}

/// Six pairs of hexadecimal digits with one separator, in the form `00:1a:2b:3c:4d:5e`.
fn mac(word: &str) -> Option<String> {
    let separator = word.chars().nth(2).filter(|c| word.len() == 17 && matches!(c, ':' | '-'))?;
    let pairs: Vec<&str> = word.split(separator).collect();
    let is_pair = |pair: &&str| pair.len() == 2 && pair.bytes().all(|byte| byte.is_ascii_hexdigit());
    (pairs.len() == 6 && pairs.iter().all(is_pair)).then(|| pairs.join(":").to_ascii_lowercase())
}

fn email(local: &str, rest: &str, around: Around<'_>) -> Option<Reading> {
    let local = local.trim_start_matches(['-', '*', '_', '.', '\'']);
    let name = domain(rest).filter(|_| is_local_part(local))?;
    let told = around.before.to_ascii_lowercase();
    let told = &told[floor(&told, told.len().saturating_sub(40))..];
    let signs_in = name.ends_with(".onmicrosoft.com")
        || ["upn", "user principal name", "userprincipalname", "sign-in name", "account "]
            .iter()
            .any(|word| told.contains(word));
    let kind = if signs_in { Kind::UserPrincipalName } else { Kind::Email };
    Some((kind, format!("{}@{name}", local.to_lowercase()), None))
}

/// `CVE-`, four figures of a year, four or more of a number.
fn is_cve(word: &str) -> bool {
    let Some(rest) = word.get(..4).filter(|start| start.eq_ignore_ascii_case("CVE-")).map(|_| &word[4..])
    else {
        return false;
    };
    let figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    rest.split_once('-').is_some_and(|(year, number)| {
        year.len() == 4 && figures(year) && (4..=7).contains(&number.len()) && figures(number)
    })
}

/// `T1059` or `T1059.001`: ATT&CK numbers its techniques from T1001.
fn is_technique(word: &str) -> bool {
    let Some(number) = word.strip_prefix('T') else { return false };
    let (main, sub) = number.split_once('.').map_or((number, None), |(main, sub)| (main, Some(sub)));
    let figures = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    figures(main, 4) && main.starts_with('1') && main > "1000" && sub.is_none_or(|sub| figures(sub, 3))
}

/// `S-1-5-21-…`: a Windows security identifier with at least one sub-authority.
fn is_sid(word: &str) -> bool {
    let Some(rest) = word.get(..4).filter(|start| start.eq_ignore_ascii_case("S-1-")).map(|_| &word[4..])
    else {
        return false;
    };
    let mut parts = rest.split('-');
    rest.len() <= 170
        && rest.contains('-')
        && parts.all(|part| {
            !part.is_empty() && part.len() <= 13 && part.bytes().all(|byte| byte.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(word: &str) -> Option<Kind> {
        read(word, Around { before: "", after: "", defanged: false }).map(|(kind, ..)| kind)
    }

    #[test]
    fn each_kind_is_told() {
        for (word, expected) in [
            ("D7BF702F56CA53140F4F03B590E9AFCBC83809DB", Kind::Sha1),
            ("0f02f371b1b592cad7fadcde66b520e7", Kind::Md5),
            ("198.51.100.7", Kind::Ipv4),
            ("198.51.100.7:8443", Kind::Ipv4),
            ("198.51.100.0/24", Kind::Network),
            ("2001:db8::7", Kind::Ipv6),
            ("00-1A-2B-3C-4D-5E", Kind::Mac),
            ("ann.smith+x@contoso.com", Kind::Email),
            ("ann@contoso.onmicrosoft.com", Kind::UserPrincipalName),
            ("cve-2021-44228", Kind::Cve),
            ("T1059.001", Kind::Technique),
            ("S-1-5-21-1004336348-1177238915-682003330-512", Kind::Sid),
            ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", Kind::Bitcoin),
            ("evil.com:443", Kind::Domain),
            ("evil.exe", Kind::FileName),
        ] {
            assert_eq!(kind(word), Some(expected), "{word}");
        }
    }

    #[test]
    fn what_is_none_is_left() {
        for word in [
            "00000000000000000000000000000000",
            "T1000",
            "T10591",
            "CVE-21-1",
            "S-1",
            "12:30:45",
            "3.14",
            "ann@contoso",
            "std::vector",
            "00:1A-2B:3C:4D:5E",
            "hello",
        ] {
            assert_eq!(kind(word), None, "{word}");
        }
    }
}
