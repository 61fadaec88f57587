//! The arithmetic coder: bits and their probabilities become bytes, and bits again.
//!
//! A number is narrowed down: of the range that is left, each bit takes the part that its probability gives it. Once
//! both ends of the range begin with the same byte, that byte is written.

use crate::model::Bits;

/// The part of the range that is left.
struct Range {
    low: u32,
    high: u32,
}

impl Range {
    const WHOLE: Self = Self { low: 0, high: u32::MAX };

    /// The last number that stands for a set bit of this probability, of 65,536.
    fn middle(&self, probability: u32) -> u32 {
        let width = u64::from(self.high - self.low);
        self.low + ((width * u64::from(probability)) >> 16) as u32
    }

    fn narrow(&mut self, bit: bool, middle: u32) {
        if bit {
            self.high = middle;
        } else {
            self.low = middle + 1;
        }
    }

    /// Takes off the byte that both ends begin with, if they do.
    fn shift(&mut self) -> Option<u8> {
        let first = (self.high >> 24) as u8;
        (first == (self.low >> 24) as u8).then(|| {
            self.low <<= 8;
            self.high = self.high << 8 | 0xFF;
            first
        })
    }

    /// The fewest bytes that name a number of the range, whatever follows them.
    fn name(&self) -> ([u8; 4], usize) {
        for length in 1..4 {
            let rest = u32::MAX >> (length * 8);
            let first = self.low.checked_add(rest).map(|number| number & !rest);
            if let Some(first) = first.filter(|first| first | rest <= self.high) {
                return (first.to_be_bytes(), length);
            }
        }
        (self.low.to_be_bytes(), 4)
    }
}

/// Writes.
pub(crate) struct Encoder {
    range: Range,
    bytes: Vec<u8>,
}

impl Encoder {
    pub fn new() -> Self {
        Self { range: Range::WHOLE, bytes: Vec::new() }
    }

    pub fn finish(mut self) -> Vec<u8> {
        let (last, length) = self.range.name();
        self.bytes.extend(last.iter().take(length));
        self.bytes
    }
}

impl Bits for Encoder {
    fn code(&mut self, bit: bool, probability: u32) -> bool {
        let middle = self.range.middle(probability);
        self.range.narrow(bit, middle);
        while let Some(byte) = self.range.shift() {
            self.bytes.push(byte);
        }
        bit
    }
}

/// Reads.
pub(crate) struct Decoder<'a> {
    range: Range,
    /// Which number of the range the bytes name.
    number: u32,
    bytes: &'a [u8],
    /// How many bytes were taken off the range.
    shifted: usize,
}

impl<'a> Decoder<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        let number =
            (0..4).fold(0, |number, at| number << 8 | u32::from(bytes.get(at).copied().unwrap_or(0)));
        Self { range: Range::WHOLE, number, bytes, shifted: 0 }
    }

    /// Whether more was read than there is.
    pub fn is_past_end(&self) -> bool {
        self.shifted >= self.bytes.len()
    }

    /// How many bytes an encoder wrote for these bits; none where these are not they.
    pub fn finish(self) -> Option<usize> {
        let (last, length) = self.range.name();
        let end = self.shifted + length;
        (self.bytes.get(self.shifted..end)? == last.get(..length)?).then_some(end)
    }
}

impl Bits for Decoder<'_> {
    fn code(&mut self, _: bool, probability: u32) -> bool {
        let middle = self.range.middle(probability);
        let bit = self.number <= middle;
        self.range.narrow(bit, middle);
        while self.range.shift().is_some() {
            let next = self.bytes.get(self.shifted + 4).copied().unwrap_or(0);
            self.number = self.number << 8 | u32::from(next);
            self.shifted += 1;
        }
        bit
    }
}

/// Writes nothing: how a model learns from a text that both sides know.
pub(crate) struct Nowhere;

impl Bits for Nowhere {
    fn code(&mut self, bit: bool, _: u32) -> bool {
        bit
    }
}
