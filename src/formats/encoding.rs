//! From bytes to UTF-8: byte-order marks are taken off, UTF-16 is turned into UTF-8 piece by piece.

/// How a file's text is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 after so many bytes of mark.
    Utf8(usize),
    /// UTF-16, least significant byte first, after so many bytes of mark.
    Utf16Le(usize),
    /// UTF-16, most significant byte first, after so many bytes of mark.
    Utf16Be(usize),
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
            _ => Self::Utf8(0),
        }
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

    /// How many bytes were read.
    pub fn at(&self) -> usize {
        self.at
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
