//! Bytes as UTF-16 units: fifteen bits in each, as U+3400 + n.
//!
//! Browsers count local storage in UTF-16 units and a Rust text cannot hold half a surrogate pair; U+3400 to U+B3FF
//! is a block of 32,768 characters without surrogates, controls or line ends.

/// The character that stands for no bits set.
pub const FIRST: u32 = 0x3400;

/// The character that stands for all bits set.
pub const LAST: u32 = 0xB3FF;

/// How many units so many bytes need.
pub fn units_for(bytes: usize) -> usize {
    (bytes * 8).div_ceil(15)
}

/// Appends the bytes to a text, most significant bit first; zero bits fill the last unit.
pub fn push_bytes(text: &mut String, bytes: &[u8]) {
    text.reserve(3 * units_for(bytes.len()));
    let mut push = |bits: u32| text.extend(char::from_u32(FIRST + (bits & 0x7FFF)));
    let (mut bits, mut held) = (0u32, 0);
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        held += 8;
        if held >= 15 {
            held -= 15;
            push(bits >> held);
        }
    }
    if held > 0 {
        push(bits << (15 - held));
    }
}

/// The whole bytes in a text's units, or the place of the first character that is none, counted from zero.
pub fn bytes_of(text: &str) -> Result<Vec<u8>, usize> {
    let mut bytes = Vec::with_capacity(text.len() / 3 * 15 / 8);
    let (mut bits, mut held) = (0u32, 0);
    for (at, c) in text.chars().enumerate() {
        let code = u32::from(c);
        if !(FIRST..=LAST).contains(&code) {
            return Err(at);
        }
        bits = (bits << 15) | (code - FIRST);
        held += 15;
        while held >= 8 {
            held -= 8;
            let [low, ..] = (bits >> held).to_le_bytes();
            bytes.push(low);
        }
    }
    Ok(bytes)
}
