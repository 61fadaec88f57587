//! Which addresses from outside may be links: those of the products that raise alerts.

/// Hosts of the portals, and of everything below them.
const PORTALS: [&str; 7] = [
    "security.microsoft.com",
    "portal.azure.com",
    "entra.microsoft.com",
    "purview.microsoft.com",
    "compliance.microsoft.com",
    "intune.microsoft.com",
    "portal.cloudappsecurity.com",
];

/// Whether this is an `https:` address of a security product's portal, written so that every reader understands the
/// same host: no account before it, no backslash, nothing invisible.
pub fn is_portal_link(address: &str) -> bool {
    let Some(rest) = address.get(..8).filter(|start| start.eq_ignore_ascii_case("https://")) else {
        return false;
    };
    let rest = &address[rest.len()..];
    if address.chars().any(|c| c.is_control() || c.is_whitespace() || !c.is_ascii() || c == '\\') {
        return false;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.strip_suffix(":443").unwrap_or(authority).to_ascii_lowercase();
    PORTALS
        .iter()
        .any(|portal| host.strip_suffix(portal).is_some_and(|before| before.is_empty() || is_below(before)))
}

fn is_below(before: &str) -> bool {
    before.ends_with('.') && before.chars().all(|c| c.is_ascii_alphanumeric() || c == '.' || c == '-')
}

#[cfg(test)]
mod tests {
    use super::is_portal_link;

    #[test]
    fn only_a_portals_own_https_addresses_are_links() {
        for good in [
            "https://security.microsoft.com/incidents/28282?tid=a",
            "HTTPS://Security.Microsoft.com",
            "https://eu.portal.cloudappsecurity.com/#/alerts/1",
        ] {
            assert!(is_portal_link(good), "{good}");
        }
        for bad in [
            "http://security.microsoft.com/",
            "https://security.microsoft.com.evil.com/",
            "https://evilsecurity.microsoft.com/",
            "https://security.microsoft.com@evil.com/",
            "https://evil.com\\.security.microsoft.com/",
            "https://evil.com#.security.microsoft.com",
            "javascript:alert(1)//https://security.microsoft.com",
            "https://security.microsoft.com/\u{202e}x",
            "https:/é",
            "",
        ] {
            assert!(!is_portal_link(bad), "{bad}");
        }
    }
}
