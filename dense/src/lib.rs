//! Packs short JSON texts of a known kind: a dictionary of what such texts look like, a model that learned it and goes on
//! learning, and an arithmetic coder.
//!
//! Deflate needs two bytes and more to say "as before" and thirty to describe its codes; an incident says "as before"
//! some two hundred times. Here a byte that could be foreseen costs a small part of a bit, and what is random costs little more than
//! its randomness. It takes a few times as long as deflate.
//!
//! What is packed has to be readable for ever, so **nothing that changes the output may change**: neither the
//! dictionary nor the model nor a rounding. A better way is another package beside this one, under another mark.

// Arithmetic on bits and fixed-point numbers: what is cut off is meant to be.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_lossless
)]

mod coder;
mod model;
mod numbers;
mod table;

use coder::{Decoder, Encoder, Nowhere};
use model::Model;
use std::cell::RefCell;

/// What the texts look like: read by the model before every text.
const DICTIONARY: &[u8] = include_bytes!("dictionary.txt");

/// The longest content, in bytes. Longer texts have enough of their own to refer to, and would take too long.
pub const LONGEST: usize = 1 << 16;

/// A model and how much of the dictionary it has read.
struct Reader {
    model: Model,
    read: usize,
}

impl Reader {
    /// Reads at most so many bytes more; says whether it has read all.
    fn read(&mut self, most: usize) -> bool {
        let left = DICTIONARY.get(self.read..).unwrap_or_default();
        if left.is_empty() {
            return true;
        }
        for byte in left.iter().take(most) {
            self.model.code(*byte, &mut Nowhere);
        }
        self.read += most.min(left.len());
        let done = most >= left.len();
        if done {
            self.model.keep();
        }
        done
    }
}

thread_local! {
    /// A model that reads the dictionary. That takes longer than packing a text, so it is done once, and what a text taught is
    /// taken back.
    static READER: RefCell<Reader> = RefCell::new(Reader { model: Model::new(), read: 0 });
}

/// Runs this with a model that knows the dictionary and nothing else.
fn with_model<T>(run: impl FnOnce(&mut Model) -> T) -> T {
    READER.with_borrow_mut(|reader| {
        reader.read(DICTIONARY.len());
        let result = run(&mut reader.model);
        reader.model.reset();
        result
    })
}

/// Reads at most so many bytes of the dictionary ahead; says whether all of it is read. The first text that is packed or
/// unpacked has to wait for what is left.
pub fn prepare(most: usize) -> bool {
    READER.with_borrow_mut(|reader| reader.read(most))
}

/// Packs the content. What is longer than [`LONGEST`] cannot be unpacked again.
pub fn compress(content: &[u8]) -> Vec<u8> {
    with_model(|model| {
        let mut encoder = Encoder::new();
        for byte in content {
            model.code(*byte, &mut encoder);
        }
        encoder.finish()
    })
}

/// Unpacks so many bytes of content from the front of these, and says how many of these it took. Any bytes give some content: whether it
/// is the right one only a checksum can tell.
///
/// None where more content than [`LONGEST`] is asked for, or where the bytes end too early.
pub fn decompress(bytes: &[u8], length: usize) -> Option<(Vec<u8>, usize)> {
    if length > LONGEST {
        return None;
    }
    with_model(|model| {
        let mut decoder = Decoder::new(bytes);
        for _ in 0..length {
            model.code(0, &mut decoder);
            if decoder.is_past_end() {
                return None;
            }
        }
        let taken = decoder.finish()?;
        Some((model.text().get(DICTIONARY.len()..)?.to_vec(), taken))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const INCIDENT: &str =
        r#"{"id":"bc34nrjas5y7c7ta","name":"Phishing in finance","severity":"high","status":"active"}"#;

    /// If this fails, notebooks that people keep can no longer be read.
    #[test]
    fn what_was_packed_once_is_read_for_ever() {
        let packed: Vec<String> =
            compress(INCIDENT.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(packed.concat(), "e0cc997c8f448c5f413bae8073c64292e00650649a5f5512b3261de8");
    }

    #[test]
    fn the_dictionary_may_be_read_a_little_at_a_time() {
        // Each test has a thread, and so a model, of its own.
        let at_once = compress(INCIDENT.as_bytes());
        let in_steps = std::thread::spawn(|| {
            let mut steps = 1;
            while !prepare(10_000) {
                steps += 1;
            }
            assert!(steps > 5 && prepare(1), "{steps}");
            compress(INCIDENT.as_bytes())
        });
        let halfway = std::thread::spawn(|| {
            assert!(!prepare(777));
            compress(INCIDENT.as_bytes())
        });
        assert_eq!(in_steps.join().unwrap(), at_once);
        assert_eq!(halfway.join().unwrap(), at_once);
    }

    #[test]
    fn an_incident_takes_little() {
        let packed = compress(INCIDENT.as_bytes());
        assert!(packed.len() < 45, "{}", packed.len());
    }

    #[test]
    fn more_than_the_longest_is_refused_and_so_is_a_stream_that_is_cut() {
        assert_eq!(decompress(&[0; 64], LONGEST + 1), None);
        let packed = compress(INCIDENT.as_bytes());
        assert_eq!(decompress(&packed[..packed.len() - 1], INCIDENT.len()), None);
        assert_eq!(decompress(&[], 1), None);
    }

    #[test]
    fn hostile_bytes_give_no_more_than_was_asked_for() {
        for byte in [0, 255] {
            if let Some((content, taken)) = decompress(&[byte; 4_000], 3_000) {
                assert_eq!(content.len(), 3_000);
                assert!(taken <= 4_000);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_was_packed_comes_back(content in prop::collection::vec(any::<u8>(), 0..3_000), rest in any::<u8>()) {
            let mut packed = compress(&content);
            let length = packed.len();
            packed.push(rest);
            prop_assert_eq!(decompress(&packed, content.len()), Some((content, length)));
        }

        #[test]
        fn texts_come_back(content in "[a-f0-9\"{}:,]{0,2000}") {
            let packed = compress(content.as_bytes());
            prop_assert_eq!(decompress(&packed, content.len()), Some((content.into_bytes(), packed.len())));
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), length in 0..500usize) {
            let _ = decompress(&bytes, length);
        }
    }
}
