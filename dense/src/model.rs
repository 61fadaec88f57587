//! The model: how likely the next bit is, as learned from all that came before.
//!
//! Each byte is first guessed: it is the one that followed the longest context that was seen before. Whether the guess
//! is right is one bit, and mostly it is. Only a byte that was guessed wrong is coded bit by bit, by mixing what several contexts say
//! about it. All arithmetic is on integers, so that every machine reads what another wrote.

use crate::numbers::{Mixer, Slot, mix, probability};
use crate::table::Table;

/// How many contexts say something about a bit of a byte that was not guessed.
const VOICES: usize = 9;

/// How many contexts say something about whether a guess is right.
const FLAG_VOICES: usize = 7;

/// Bits of the index into the slots of one context of a byte.
const SLOT_BITS: u32 = 17;

/// Bits of the index into the slots of one context of a guess, and into the places of one length of context.
const PLACE_BITS: u32 = 14;

/// Bits of the index into the places of values by the name of their field.
const COLUMN_BITS: u32 = 14;

/// The lengths of context that a guess is looked up by, longest first.
const ORDERS: [usize; 4] = [16, 8, 5, 4];

/// A context that is longer than this says no more.
const LONGEST_MATCH: usize = 40;

/// Mixers that are chosen by the name of the field.
const FIELDS: usize = 1024;

/// Mixers for bytes that are chosen by how much is known: six lengths of context, whether the wrong guess still
/// agrees, eight bits.
const KNOWLEDGE: usize = 96;

/// Mixers for bytes that are chosen by the kinds of the last two.
const KINDS: usize = 64;

/// Mixers for guesses that are chosen by how well the context is trusted.
const TRUST: usize = 11;

/// Mixers for guesses that are chosen by the byte that is guessed.
const GUESSES: usize = 256;

/// Where bits go or come from.
pub(crate) trait Bits {
    /// Codes one bit that is set with this probability, of 65,536: writes the one that is given, or says which one it was.
    fn code(&mut self, bit: bool, probability: u32) -> bool;
}

/// What has been learned.
pub(crate) struct Model {
    /// Everything so far, the dictionary first.
    text: Vec<u8>,
    state: State,
    /// Where each context was seen last, by length: the place of the byte after it.
    places: Table<u32>,
    /// Where the last value of each field began.
    columns: Table<u32>,
    slots: Table<Slot>,
    flag_slots: Table<Slot>,
    mixers: Mixers,
    /// What [`Model::reset`] comes back to: the length of the text, the state and the mixers.
    kept: Option<(usize, State, Mixers)>,
}

/// The mixers of both kinds. There are few, all of them changed by every text.
#[derive(Clone)]
struct Mixers {
    bytes: Vec<Mixer<VOICES>>,
    flags: Vec<Mixer<FLAG_VOICES>>,
}

/// What is known of the next byte.
#[derive(Clone, Copy, Default)]
struct State {
    /// Where the contexts of now were seen before, by length.
    candidates: [u32; 4],
    /// The last sixteen bytes, the newest in the lowest bits of the first.
    recent: [u64; 2],
    /// Where the guess stands; none after a byte that was guessed wrong.
    source: Option<usize>,
    /// How many bytes before the guess agree.
    agreed: usize,
    /// Which of the last guesses were wrong, the newest in the lowest bit.
    misses: u32,
    place: Place,
    /// Where the value that is being read began.
    value: u32,
    /// Where the last value of this field began, or nought.
    column: u32,
    /// Whether this value is the same so far.
    same: bool,
}

/// Where in the JSON the next byte stands, as far as can be told without parsing.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Of the text since the last quotation mark.
    word: u32,
    /// Of the last name of a field.
    field: u32,
    /// How many bytes there are since the last quotation mark or name.
    at: u32,
    /// The kinds of the last four bytes.
    kinds: u32,
}

impl Place {
    fn advance(&mut self, byte: u8, before: u8) {
        self.kinds = (self.kinds << 3 | kind(byte)) & 0xFFF;
        self.at = (self.at + 1).min(47);
        if byte == b':' && before == b'"' {
            self.field = self.word;
            self.at = 0;
        }
        match (byte, before) {
            (b'"', b'"') => (self.word, self.at) = (hash([self.word, 34, 1]), 0),
            (b'"', _) => self.at = 0,
            (_, b'"') => self.word = hash([0, u32::from(byte), 1]),
            _ => self.word = hash([self.word, u32::from(byte), 1]),
        }
    }
}

fn kind(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => 0,
        b'a'..=b'f' => 1,
        b'g'..=b'z' => 2,
        b'A'..=b'Z' => 3,
        b'"' => 4,
        b',' | b':' | b'{' | b'}' | b'[' | b']' => 5,
        b'-' | b'.' | b'/' | b'\\' | b'_' | b'@' => 6,
        _ => 7,
    }
}

fn hash(parts: [u32; 3]) -> u32 {
    parts.iter().fold(0x811C_9DC5, |hash, part| (hash ^ part).wrapping_mul(0x9E37_79B1).rotate_left(15))
}

/// How well a context of this length is trusted, in steps.
fn trust(length: usize) -> u32 {
    match length {
        0..=4 => length as u32,
        5..=7 => 5,
        8..=11 => 6,
        12..=15 => 7,
        16..=23 => 8,
        24..=31 => 9,
        _ => 10,
    }
}

impl Model {
    pub fn new() -> Self {
        Self {
            text: Vec::new(),
            state: State::default(),
            places: Table::new(0, ORDERS.len() << PLACE_BITS),
            columns: Table::new(0, 1 << COLUMN_BITS),
            slots: Table::new(Slot::NEW, VOICES << SLOT_BITS),
            flag_slots: Table::new(Slot::NEW, FLAG_VOICES << PLACE_BITS),
            mixers: Mixers {
                bytes: vec![Mixer::NEW; KNOWLEDGE + FIELDS + KINDS],
                flags: vec![Mixer::NEW; TRUST + FIELDS + GUESSES],
            },
            kept: None,
        }
    }

    /// From now on [`Model::reset`] comes back to here.
    pub fn keep(&mut self) {
        self.kept = Some((self.text.len(), self.state, self.mixers.clone()));
        self.places.keep();
        self.columns.keep();
        self.slots.keep();
        self.flag_slots.keep();
    }

    /// Forgets what was learned since [`Model::keep`].
    pub fn reset(&mut self) {
        let Some((length, state, mixers)) = &self.kept else { return };
        self.text.truncate(*length);
        self.state = *state;
        self.mixers.bytes.copy_from_slice(&mixers.bytes);
        self.mixers.flags.copy_from_slice(&mixers.flags);
        self.places.put_back();
        self.columns.put_back();
        self.slots.put_back();
        self.flag_slots.put_back();
    }

    /// Everything so far, the dictionary first.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Codes the next byte and learns from it: the one that is given or, where bits are read, the one that they say.
    pub fn code(&mut self, byte: u8, bits: &mut impl Bits) -> u8 {
        let guess = self.guess();
        let byte = match guess {
            Some(guess) if self.code_flag(guess, byte == guess, bits) => guess,
            _ => self.code_byte(guess, byte, bits),
        };
        self.learn(byte, guess == Some(byte));
        byte
    }

    /// The byte that followed the longest context.
    fn guess(&mut self) -> Option<u8> {
        if self.state.source.is_none() {
            for (candidate, order) in self.state.candidates.into_iter().zip(ORDERS) {
                let candidate = candidate as usize;
                let agreed = if candidate == 0 { 0 } else { self.agreement(candidate) };
                if agreed >= order {
                    (self.state.source, self.state.agreed) = (Some(candidate), agreed);
                    break;
                }
            }
        }
        self.text.get(self.state.source?).copied()
    }

    /// How many bytes before this place are the same as the last ones.
    fn agreement(&self, place: usize) -> usize {
        let (now, then) = (self.text.iter().rev(), self.text[..place].iter().rev());
        now.zip(then).take(LONGEST_MATCH).take_while(|(now, then)| now == then).count()
    }

    /// What stood at this place of the last value of this field, and whether this value is the same so far.
    fn above(&self) -> u32 {
        if self.state.column == 0 {
            return 0;
        }
        let at = self.state.column as usize + self.text.len() - self.state.value as usize;
        let byte = self.text.get(at).copied().unwrap_or_default();
        u32::from(byte) | 0x100 | u32::from(self.state.same) << 9
    }

    fn code_flag(&mut self, guess: u8, right: bool, bits: &mut impl Bits) -> bool {
        let [last, _] = self.state.recent;
        let (guess, before) = (u32::from(guess), (last & 0xFF) as u32);
        let trust = trust(self.state.agreed);
        let contexts = [
            hash([trust, self.state.misses & 7, 11]),
            hash([guess | before << 8, trust / 3, 12]),
            hash([self.state.place.field, self.state.place.at | guess << 8, 13]),
            hash([guess | (last as u32) << 8, 0, 14]),
            hash([guess | self.above() << 8, self.state.place.field, 17]),
            hash([self.state.place.field, trust | (self.state.misses & 3) << 8, 16]),
            hash([
                self.state.place.kinds,
                self.state.agreed.min(15) as u32 | (self.state.misses & 15) << 8,
                15,
            ]),
        ];
        let mut at = [0; FLAG_VOICES];
        for (voice, context) in contexts.iter().enumerate() {
            at[voice] = (voice << PLACE_BITS) + (context >> (32 - PLACE_BITS)) as usize;
        }
        let said = self.flag_slots.said(&at);
        let field = (self.state.place.field >> 22) as usize;
        let chosen = [trust as usize, TRUST + field, TRUST + FIELDS + guess as usize];
        let mixed = mix(&self.mixers.flags, chosen, &said);
        let right = bits.code(right, probability(mixed));
        for (mixer, mixed) in chosen.into_iter().zip(mixed) {
            self.mixers.flags[mixer].learn(&said, mixed, right);
        }
        for at in at {
            self.flag_slots.replace(at, self.flag_slots.get(at).learned(right));
        }
        right
    }

    fn code_byte(&mut self, wrong: Option<u8>, byte: u8, bits: &mut impl Bits) -> u8 {
        let last = self.state.recent[0] as u32;
        let contexts = [
            hash([self.state.place.field, self.state.place.at, 1]),
            hash([self.state.place.field, last & 0xFF, 2]),
            hash([last & 0xFFFF, 0, 3]),
            hash([last & 0x00FF_FFFF, 0, 4]),
            hash([last, (self.state.recent[0] >> 32) as u32 & 0xFF, 5]),
            hash([self.state.place.kinds, self.state.place.at.min(3), 6]),
            hash([self.state.place.field, last & 0xFFFF, 7]),
            hash([self.state.place.field, self.above(), 8]),
        ];
        let field = (self.state.place.field >> 22) as usize;
        let kinds = (self.state.place.kinds as usize) % KINDS;
        // The bits so far, after a one.
        let mut partial = 1u32;
        let (mut first, mut step) = ([0; VOICES - 1], 1);
        for bit in (0..8).rev() {
            if bit % 4 == 3 {
                // Four bits at a time are learned side by side, so that they come out of the memory together.
                for (first, context) in first.iter_mut().zip(&contexts) {
                    *first =
                        context.wrapping_add(partial.wrapping_mul(0x85EB_CA6B)).wrapping_mul(0xC2B2_AE35);
                    *first >>= 32 - SLOT_BITS;
                }
                step = 1;
            }
            let mut at = [0; VOICES];
            for (voice, first) in first.iter().enumerate() {
                at[voice] = (voice << SLOT_BITS) + (first ^ step) as usize;
            }
            // The last voice knows what the byte is not: the guess, as long as the bits so far agree with it.
            let wrong =
                wrong.map(|wrong| u32::from(wrong) | 0x100).filter(|wrong| wrong >> (bit + 1) == partial);
            let refuted = wrong.map_or(0, |wrong| 1 + (wrong >> bit & 1));
            at[VOICES - 1] = ((VOICES - 1) << SLOT_BITS) + (refuted << 3 | bit) as usize;
            let said = self.slots.said(&at);
            let known =
                (0..5).rev().find(|voice| self.slots.get(at[*voice]).is_known()).map_or(0, |voice| voice + 1);
            let by_knowledge = known * 16 + usize::from(wrong.is_some()) * 8 + bit as usize;
            let chosen = [by_knowledge, KNOWLEDGE + field, KNOWLEDGE + FIELDS + kinds];
            let mixed = mix(&self.mixers.bytes, chosen, &said);
            let set = bits.code(byte >> bit & 1 == 1, probability(mixed));
            for (mixer, mixed) in chosen.into_iter().zip(mixed) {
                self.mixers.bytes[mixer].learn(&said, mixed, set);
            }
            for at in at {
                self.slots.replace(at, self.slots.get(at).learned(set));
            }
            partial = partial << 1 | u32::from(set);
            step = step << 1 | u32::from(set);
        }
        partial as u8
    }

    fn learn(&mut self, byte: u8, guessed: bool) {
        self.state.place.advance(byte, self.state.recent[0] as u8);
        let above = self.above();
        self.state.same &= above & 0xFF == u32::from(byte);
        let before = self.state.recent[0] as u8;
        self.text.push(byte);
        if byte == b':' && before == b'"' {
            let field = (self.state.place.field >> (32 - COLUMN_BITS)) as usize;
            self.state.value = self.text.len() as u32;
            self.state.column = self.columns.replace(field, self.state.value);
            self.state.same = true;
        }
        self.state.misses = self.state.misses << 1 | u32::from(!guessed);
        self.state.source = self.state.source.filter(|_| guessed).map(|source| source + 1);
        self.state.agreed = if guessed { (self.state.agreed + 1).min(LONGEST_MATCH) } else { 0 };
        let [last, older] = self.state.recent;
        self.state.recent = [last << 8 | u64::from(byte), older << 8 | last >> 56];
        let [last, older] = self.state.recent;
        let contexts =
            [last.wrapping_add(older.wrapping_mul(0xD6E8_FEB8_6659_FD93)), last, last << 24, last << 32];
        let next = self.text.len() as u32;
        for (order, context) in contexts.into_iter().enumerate() {
            let hash = (context.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - PLACE_BITS)) as usize;
            self.state.candidates[order] = self.places.replace((order << PLACE_BITS) + hash, next);
        }
    }
}
