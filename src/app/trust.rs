//! Which links that a person wrote may be clicked: `https:` ones that say nothing but where they lead, and then with their
//! host in sight. What comes from files is held to the portals of the product: see
//! [`is_portal_link`](crate::formats::portal::is_portal_link).

/// The host of an `https:` address that says nothing but where it leads; none for any other text.
///
/// Refused are user names, ports, backslashes, spaces, control characters and hosts that are not plain ASCII names: each
/// of them is a way to make an address look like another one.
pub fn https_host(address: &str) -> Option<String> {
    let scheme = address.get(..8)?;
    if !scheme.eq_ignore_ascii_case("https://") {
        return None;
    }
    if address.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
        return None;
    }
    let rest = &address[8..];
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let is_plain = |label: &str| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    (host.contains('.') && host.split('.').all(is_plain)).then(|| host.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_address_has_a_host() {
        for (address, host) in [
            ("https://security.microsoft.com/incidents/29?tid=1", "security.microsoft.com"),
            ("HTTPS://Portal.Azure.com#view", "portal.azure.com"),
            ("https://evil.example/https://azure.com", "evil.example"),
        ] {
            assert_eq!(https_host(address).as_deref(), Some(host));
        }
    }

    #[test]
    fn an_address_that_can_be_misread_has_none() {
        for address in [
            "",
            "http://security.microsoft.com/",
            "javascript:alert(1)",
            "https://security.microsoft.com@evil.example/",
            "https://evil.example\\.microsoft.com/",
            "https://security.microsoft.com:8443/",
            "https://.microsoft.com/",
            "https://localhost/",
            "https://evil.example\n.microsoft.com/",
            "https://аzure.com/",
            " https://azure.com/",
        ] {
            assert_eq!(https_host(address), None, "{address}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            let _ = https_host(&text);
        }
    }
}
