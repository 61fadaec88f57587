//! Bitcoin addresses, told from other letters by their checksum.
//!
//! `Base58Check` as Bitcoin's own source has it; Bech32 and Bech32m from BIP 173 and BIP 350.

use sha2::{Digest, Sha256};

const BASE58: &[u8] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BECH32: &[u8] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// The value that a Bech32 checksum comes to, for version 0 addresses, and for later ones.
const BECH32_SUMS: [u32; 2] = [1, 0x2bc8_30a3];

/// Whether a word is a Bitcoin address of the main network.
pub fn is_bitcoin(word: &str) -> bool {
    match word.as_bytes() {
        [b'1' | b'3', ..] => (26..=35).contains(&word.len()) && is_base58_check(word.as_bytes()),
        [b'b', b'c', b'1', ..] | [b'B', b'C', b'1', ..] => (14..=74).contains(&word.len()) && is_bech32(word),
        _ => false,
    }
}

fn is_base58_check(word: &[u8]) -> bool {
    // A version byte, twenty bytes of hash, four of checksum, as one large number.
    let mut number = [0_u8; 25];
    for letter in word {
        let Some(digit) = BASE58.iter().position(|known| known == letter) else { return false };
        let mut carry = digit;
        for byte in number.iter_mut().rev() {
            carry += usize::from(*byte) * 58;
            *byte = u8::try_from(carry & 0xff).unwrap_or_default();
            carry >>= 8;
        }
        if carry != 0 {
            return false;
        }
    }
    let (body, sum) = number.split_at(21);
    matches!(body[0], 0 | 5) && Sha256::digest(Sha256::digest(body))[..4] == *sum
}

fn is_bech32(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    if word != lower && word != word.to_ascii_uppercase() {
        return false;
    }
    // The human-readable part `bc`, expanded.
    let mut sum = [3_u32, 3, 0, 2, 3].into_iter().fold(1, polymod);
    for letter in lower.as_bytes().iter().skip(3) {
        let Some(value) = BECH32.iter().position(|known| known == letter) else { return false };
        sum = polymod(sum, u32::try_from(value).unwrap_or_default());
    }
    BECH32_SUMS.contains(&sum)
}

fn polymod(sum: u32, value: u32) -> u32 {
    const GENERATORS: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    let top = sum >> 25;
    let next = ((sum & 0x01ff_ffff) << 5) ^ value;
    GENERATORS.iter().enumerate().filter(|(bit, _)| top >> bit & 1 == 1).fold(next, |sum, (_, g)| sum ^ g)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_whose_checksum_fits_is_one() {
        for address in [
            // The first block's, and the examples of BIP 173 and BIP 350.
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        ] {
            assert!(is_bitcoin(address), "{address}");
        }
        for other in [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5",
            "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNL0",
            "1234567890123456789012345678",
            "bc1",
        ] {
            assert!(!is_bitcoin(other), "{other}");
        }
    }
}
