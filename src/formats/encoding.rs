//! From bytes to UTF-8: byte-order marks are taken off, UTF-16 and Windows-1252 are turned into UTF-8 piece by piece.

/// How a file's text is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 after so many bytes of mark.
    Utf8(usize),
    /// UTF-16, least significant byte first, after so many bytes of mark.
    Utf16Le(usize),
    /// UTF-16, most significant byte first, after so many bytes of mark.
    Utf16Be(usize),
    /// Windows-1252, in which older Windows programs write.
    Windows,
}

impl Encoding {
    /// Recognises an encoding by its mark, or by the zero bytes that UTF-16 puts beside a first ASCII character.
    pub fn of(bytes: &[u8]) -> Self {
        match bytes {
            [0xef, 0xbb, 0xbf, ..] => Self::Utf8(3),
            [0xff, 0xfe, ..] => Self::Utf16Le(2),
            [0xfe, 0xff, ..] => Self::Utf16Be(2),
            [first, 0, ..] if *first != 0 => Self::Utf16Le(0),
            [0, second, ..] if *second != 0 => Self::Utf16Be(0),
            _ if is_windows(bytes) => Self::Windows,
            _ => Self::Utf8(0),
        }
    }
}

/// How much of a file is looked at to tell Windows-1252, in bytes.
const LOOKED_AT: usize = 1024 * 1024;

/// Whether more bytes of a text are no UTF-8 than make up characters of it: a broken character or two in UTF-8 is no
/// other encoding, and neither is data.
fn is_windows(bytes: &[u8]) -> bool {
    let sample = &bytes[..bytes.len().min(LOOKED_AT)];
    let (mut valid, mut invalid) = (0, 0);
    for chunk in sample.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|byte| *byte >= 0xc0).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    invalid > valid && !sample.contains(&0)
}

/// What turns a text into UTF-8.
#[derive(Debug)]
pub enum Decoder {
    /// From UTF-16.
    Utf16(Utf16),
    /// From Windows-1252.
    Windows(Windows),
}

impl Decoder {
    /// Reads on for about so many bytes; true at the end.
    pub fn step(&mut self, bytes: &[u8], budget: usize) -> bool {
        match self {
            Self::Utf16(decoder) => decoder.step(bytes, budget),
            Self::Windows(decoder) => decoder.step(bytes, budget),
        }
    }

    /// How many bytes were read.
    pub fn at(&self) -> usize {
        match self {
            Self::Utf16(decoder) => decoder.at,
            Self::Windows(decoder) => decoder.at,
        }
    }
}

/// Turns Windows-1252 into UTF-8, so many bytes at a time.
#[derive(Debug, Default)]
pub struct Windows {
    at: usize,
    /// The text so far.
    pub text: Vec<u8>,
}

/// What the bytes from 0x80 to 0x9f are; the five that are none are the control characters that they are in ISO 8859-1,
/// as the WHATWG's encoding standard has it.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

impl Windows {
    fn step(&mut self, bytes: &[u8], budget: usize) -> bool {
        let end = bytes.len().min(self.at + budget.max(1));
        let mut room = [0; 4];
        for byte in &bytes[self.at..end] {
            match byte {
                0x80..=0x9f => {
                    let character = HIGH[usize::from(byte - 0x80)];
                    self.text.extend_from_slice(character.encode_utf8(&mut room).as_bytes());
                }
                _ => self.text.extend_from_slice(char::from(*byte).encode_utf8(&mut room).as_bytes()),
            }
        }
        self.at = end;
        end == bytes.len()
    }
}

/// Turns UTF-16 into UTF-8, so many bytes at a time.
#[derive(Debug)]
pub struct Utf16 {
    at: usize,
    big_endian: bool,
    /// The first half of a character whose second half was not seen yet.
    half: Option<u16>,
    /// The text so far.
    pub text: Vec<u8>,
    /// Whether anything was no text and was replaced.
    pub replaced: bool,
}

impl Utf16 {
    /// Begins behind the mark.
    pub fn new(mark: usize, big_endian: bool) -> Self {
        Self { at: mark, big_endian, half: None, text: Vec::new(), replaced: false }
    }

    /// Reads on for about so many bytes; true at the end. The byte reached is [`Utf16::at`].
    pub fn step(&mut self, bytes: &[u8], budget: usize) -> bool {
        let end = bytes.len().min(self.at + budget.max(2) / 2 * 2);
        let half = self.half.take();
        let mut units = Vec::with_capacity((end - self.at) / 2 + 1);
        units.extend(half);
        for pair in bytes[self.at..end].chunks(2) {
            match pair {
                [a, b] if self.big_endian => units.push(u16::from_be_bytes([*a, *b])),
                [a, b] => units.push(u16::from_le_bytes([*a, *b])),
                _ => self.replaced = true,
            }
        }
        self.at = end;
        let done = end == bytes.len();
        if !done && units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
            self.half = units.pop();
        }
        let mut room = [0; 4];
        for unit in char::decode_utf16(units) {
            let character = unit.unwrap_or_else(|_| {
                self.replaced = true;
                char::REPLACEMENT_CHARACTER
            });
            self.text.extend_from_slice(character.encode_utf8(&mut room).as_bytes());
        }
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
        let unit = |unit: u16| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() };
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(unit).collect()
    }

    #[test]
    fn encodings_are_recognised_with_and_without_a_mark() {
        assert_eq!(Encoding::of(b"\xef\xbb\xbf{}"), Encoding::Utf8(3));
        assert_eq!(Encoding::of(&utf16("{}", false)), Encoding::Utf16Le(2));
        assert_eq!(Encoding::of(&utf16("{}", true)), Encoding::Utf16Be(2));
        assert_eq!(Encoding::of(&utf16("{}", false)[2..]), Encoding::Utf16Le(0));
        assert_eq!(Encoding::of(&utf16("{}", true)[2..]), Encoding::Utf16Be(0));
        assert_eq!(Encoding::of(b"{}"), Encoding::Utf8(0));
        assert_eq!(Encoding::of(b""), Encoding::Utf8(0));
        assert_eq!(Encoding::of(b"caf\xe9; na\xefve"), Encoding::Windows);
        // One character that was cut in two does not make another encoding of UTF-8.
        assert_eq!(Encoding::of(b"caf\xc3\xa9 \xf0\x9f"), Encoding::Utf8(0));
    }

    #[test]
    fn windows_1252_is_read_with_its_own_characters() {
        let mut reader = Windows::default();
        while !reader.step(b"\x80 \x93Zo\xeb\x94", 2) {}
        assert_eq!(String::from_utf8(reader.text).unwrap(), "€ “Zoë”");
    }

    #[test]
    fn every_step_width_gives_the_same_text() {
        let text = "{\"é\": \"🔥 fire 🔥\"}";
        for big_endian in [false, true] {
            let bytes = utf16(text, big_endian);
            for budget in 1..12 {
                let mut reader = Utf16::new(2, big_endian);
                while !reader.step(&bytes, budget) {}
                assert_eq!(String::from_utf8(reader.text).unwrap(), text);
                assert!(!reader.replaced);
            }
        }
    }

    #[test]
    fn a_half_character_and_an_odd_byte_are_replaced_and_said() {
        let mut reader = Utf16::new(0, false);
        assert!(reader.step(&[0x3d, 0xd8, b'x', 0, 7], 100));
        assert_eq!(String::from_utf8(reader.text).unwrap(), "\u{fffd}x");
        assert!(reader.replaced);
    }
}
