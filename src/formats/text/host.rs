//! Host names and addresses.

use super::tld::is_top_level;
use std::net::{Ipv4Addr, Ipv6Addr};

/// The longest name that DNS allows, in characters.
const LONGEST_NAME: usize = 253;

/// An IPv4 address: four numbers without leading zeros, and no mask of a network.
pub fn ipv4(word: &str) -> Option<Ipv4Addr> {
    // The first byte settles it for nearly every word, without a search for dots.
    word.starts_with(|c: char| c.is_ascii_digit())
        .then(|| word.parse().ok())
        .flatten()
        .filter(|address: &Ipv4Addr| is_a_hosts(*address))
}

/// Whether a host or network can have an address: not "any" (0.0.0.0), and not in 255.0.0.0/8, where masks are.
fn is_a_hosts(address: Ipv4Addr) -> bool {
    !matches!(address.octets(), [0, 0, 0, 0] | [255, ..])
}

/// An IPv6 address that is surely one: `a::b` in a text is rather a name in a program, `::` alone is nothing.
pub fn ipv6(word: &str) -> Option<Ipv6Addr> {
    let word = word.split('%').next().unwrap_or(word);
    // `12::30` is rather a time.
    let is_hexadecimal = word.bytes().any(|byte| byte.is_ascii_alphabetic()) || word.find(':') > Some(2);
    let is_telling = word.len() > 3 && is_hexadecimal && word.bytes().any(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|_| is_telling)
}

/// A network in CIDR notation, as it was written. The address alone would be a guess about the rest.
pub fn network(word: &str) -> Option<String> {
    let (address, bits) = word.split_once('/')?;
    let bits: u8 =
        bits.parse().ok().filter(|_| !bits.starts_with('+') && (bits == "0" || !bits.starts_with('0')))?;
    let most = if ipv4(address).is_some() { 32 } else { ipv6(address).map(|_| 128)? };
    (bits <= most).then(|| format!("{}/{bits}", address.to_ascii_lowercase()))
}

/// Whether a word has the shape of a name with at least two labels, whatever its last label is.
pub fn is_dotted_name(word: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    word.len() <= LONGEST_NAME && word.contains('.') && word.split('.').all(is_label)
}

/// A domain name under a top-level domain that exists, in lower case.
pub fn domain(word: &str) -> Option<String> {
    let word = word.strip_suffix('.').unwrap_or(word);
    let (names, last) = word.rsplit_once('.')?;
    let last = last.to_ascii_lowercase();
    // A name of digits alone before a two-letter ending is a number with a unit or a section: `3.5.ms`, `4.2.in`.
    let says_something = names.chars().any(char::is_alphabetic) || names.len() > 3 && !names.contains('.');
    (is_dotted_name(word) && is_top_level(&last) && says_something).then(|| word.to_lowercase())
}

/// The local part of an e-mail address that people and machines really have.
pub fn is_local_part(word: &str) -> bool {
    (1..=64).contains(&word.len())
        && word.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c))
        && !word.starts_with('.')
        && !word.ends_with('.')
        && !word.contains("..")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_read_with_their_width() {
        assert_eq!(network("198.51.100.0/24").as_deref(), Some("198.51.100.0/24"));
        assert_eq!(network("2001:DB8::1/64").as_deref(), Some("2001:db8::1/64"));
        for word in
            ["198.51.100.0/33", "198.51.100.0/+4", "198.51.100.0/04", "1.2.3/8", "a/8", "2001:db8::1/129"]
        {
            assert_eq!(network(word), None, "{word}");
        }
    }

    #[test]
    fn a_domain_needs_a_top_level_domain_that_exists() {
        assert_eq!(domain("WWW.Evil.COM").as_deref(), Some("www.evil.com"));
        assert_eq!(domain("4vw37z.cn").as_deref(), Some("4vw37z.cn"));
        assert_eq!(domain("360.cn").as_deref(), None);
        assert_eq!(domain("1688.com").as_deref(), Some("1688.com"));
        for word in ["evil.exe", "a.local", "-a.com", "a-.com", "a..com", ".com", "com", "1.2.ms", "e.g"] {
            assert_eq!(domain(word), None, "{word}");
        }
    }

    #[test]
    fn an_address_is_told_from_a_name_in_a_program() {
        assert!(ipv6("2001:db8::1").is_some() && ipv6("fe80::1%eth0").is_some());
        assert!(ipv6("a::b").is_none() && ipv6("::").is_none() && ipv6("12:30:45").is_none());
        assert!(ipv4("1.2.3.4").is_some() && ipv4("1.2.3.04").is_none() && ipv4("10.0.19041.1").is_none());
    }
}
