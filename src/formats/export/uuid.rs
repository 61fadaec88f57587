//! UUIDs that are made of names (RFC 9562, version 5), so that the same notebook gives the same file every time.

use sha1::{Digest, Sha1};

/// The namespace of everything that First Hour names by itself.
const FIRST_HOUR: [u8; 16] =
    [0xb1, 0x8d, 0x1c, 0x4e, 0x52, 0x0f, 0x4d, 0x6a, 0x9e, 0x37, 0x60, 0x2a, 0x77, 0xf1, 0x05, 0xc3];

/// The UUID of these parts in First Hour's own namespace, in the usual 36 characters.
pub fn named(parts: &[&str]) -> String {
    // The unit separator cannot be typed, so ("ab", "c") and ("a", "bc") stay apart.
    text(version_5(FIRST_HOUR, parts.join("\u{1f}").as_bytes()))
}

/// The same, stamped as version 4: for formats that take nothing else.
pub fn named_as_4(parts: &[&str]) -> String {
    let mut bytes = version_5(FIRST_HOUR, parts.join("\u{1f}").as_bytes());
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    text(bytes)
}

fn version_5(namespace: [u8; 16], name: &[u8]) -> [u8; 16] {
    let digest = Sha1::new().chain_update(namespace).chain_update(name).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x50;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    bytes
}

fn text(bytes: [u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (at, byte) in bytes.into_iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from_digit(digit.into(), 16).unwrap_or_default());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_uuid_of_the_standard() {
        // RFC 9562, appendix A.4: `www.example.com` in the namespace of DNS.
        let dns =
            [0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8];
        assert_eq!(text(version_5(dns, b"www.example.com")), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
    }

    #[test]
    fn the_same_parts_give_the_same_and_other_parts_another() {
        assert_eq!(named_as_4(&["ab", "c"]), named_as_4(&["ab", "c"]));
        assert_ne!(named_as_4(&["ab", "c"]), named_as_4(&["a", "bc"]));
        let (five, four) = (named(&["x"]), named_as_4(&["x"]));
        assert_eq!((&five[14..15], &four[14..15]), ("5", "4"));
        assert_eq!((&five[..14], &five[15..]), (&four[..14], &four[15..]));
    }
}
