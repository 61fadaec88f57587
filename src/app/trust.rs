//! Which links from outside may be clicked: those to the portals of the product that raised the alert.
//!
//! An incident file can carry any address. Only an `https:` address on a host of the vendor's own domains becomes a link;
//! everything else is shown as text.

/// The domains whose hosts are the product's portals.
const PORTAL_DOMAINS: [&str; 3] = ["microsoft.com", "azure.com", "office.com"];

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

/// The address if it leads to a portal of the product; none where it is to be shown as text.
pub fn portal_link(address: &str) -> Option<&str> {
    let host = https_host(address)?;
    let inside = |domain: &&str| {
        host.strip_suffix(*domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    PORTAL_DOMAINS.iter().any(|domain| inside(&domain)).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portals_pages_are_links() {
        for address in [
            "https://security.microsoft.com/incidents/29?tid=1",
            "HTTPS://Portal.Azure.com/#view",
            "https://outlook.office.com",
            "https://microsoft.com/x",
        ] {
            assert_eq!(portal_link(address), Some(address));
        }
    }

    #[test]
    fn what_only_looks_like_a_portal_is_text() {
        for address in [
            "",
            "http://security.microsoft.com/",
            "javascript:alert(1)",
            "https://microsoft.com.evil.example/",
            "https://evilmicrosoft.com/",
            "https://security.microsoft.com@evil.example/",
            "https://evil.example/https://security.microsoft.com",
            "https://evil.example\\.microsoft.com/",
            "https://evil.example:443/.microsoft.com",
            "https://security.microsoft.com:8443/",
            "https://.microsoft.com/",
            "https://evil.example\n.microsoft.com/",
            "https://аzure.com/",
            " https://azure.com/",
        ] {
            assert_eq!(portal_link(address), None, "{address}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,60}") {
            let _ = portal_link(&text);
        }
    }
}
