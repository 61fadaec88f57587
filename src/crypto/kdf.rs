//! From a passphrase to a key: Argon2id (RFC 9106), which costs whoever guesses as much memory and time for each guess.
//!
//! The parameters stand beside what was sealed, so that they can grow with the machines: memory of at least 64 MiB, as
//! RFC 9106 recommends where memory is scarce, one lane, since a page has one thread, and as many passes as take about
//! half a second where the passphrase was set.

use crate::crypto::{Key, NoRandom, Random, random};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::Zeroizing;

/// The length of a salt, in bytes.
pub const SALT: usize = 16;

/// What makes the same passphrase another key elsewhere.
pub type Salt = [u8; SALT];

/// The memory that new passphrases get, in KiB: 64 MiB.
pub const MEMORY: u32 = 64 * 1024;

/// The fewest passes that new passphrases get, as RFC 9106 recommends with this memory.
pub const FEWEST_PASSES: u32 = 3;

/// How long making the key is to take, in milliseconds.
pub const AIM: f64 = 500.0;

/// The most memory that is taken, in KiB. A record or file that asks for more was not written by this program, and a page
/// that obeyed it would be out of memory.
const MOST_MEMORY: u32 = 1024 * 1024;

/// The most work that is done, in KiB times passes: some forty times what a new passphrase takes.
const MOST_WORK: u64 = 8 * 1024 * 1024;

/// The parameters of Argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Kdf {
    memory: u32,
    passes: u32,
}

/// The parameters as they are written down: with all that another program needs to know.
#[derive(Serialize, Deserialize)]
struct Written {
    algorithm: String,
    version: u32,
    memory: u32,
    passes: u32,
    lanes: u32,
}

/// Why there is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KdfError {
    /// The parameters are none that this program would use.
    Parameters,
    /// There is not so much memory.
    Memory,
}

impl fmt::Display for KdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Parameters => {
                write!(f, "it asks for a way of making the key that this version does not know; update first")
            }
            Self::Memory => {
                write!(f, "there is not enough memory to make the key; close other pages and try again")
            }
        }
    }
}

impl std::error::Error for KdfError {}

impl Kdf {
    /// Parameters with this memory in KiB and so many passes.
    ///
    /// # Errors
    /// [`KdfError::Parameters`] where they are out of all proportion.
    pub fn new(memory: u32, passes: u32) -> Result<Self, KdfError> {
        let fits = memory <= MOST_MEMORY && u64::from(memory) * u64::from(passes) <= MOST_WORK;
        let kdf = Self { memory, passes };
        if fits { kdf.params().map(|_| kdf) } else { Err(KdfError::Parameters) }
    }

    /// The least that a new passphrase gets.
    pub const fn least() -> Self {
        Self { memory: MEMORY, passes: FEWEST_PASSES }
    }

    /// One pass, to see how long that takes.
    pub const fn probe() -> Self {
        Self { memory: MEMORY, passes: 1 }
    }

    /// The parameters for a machine on which [`Kdf::probe`] took so many milliseconds.
    pub fn for_machine(probe: f64) -> Self {
        // A clock that stands still gives no number; one pass in less than a fifth of a second is the rule.
        let wished = (AIM / probe.max(1.0)).round().clamp(f64::from(FEWEST_PASSES), 40.0);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // It lies between 3 and 40.
        Self { memory: MEMORY, passes: wished as u32 }
    }

    /// The memory, in KiB.
    pub fn memory(self) -> u32 {
        self.memory
    }

    /// How many passes are made over it.
    pub fn passes(self) -> u32 {
        self.passes
    }

    /// A salt for a new passphrase.
    ///
    /// # Errors
    /// [`NoRandom`].
    pub fn salt(source: &Random) -> Result<Salt, NoRandom> {
        random(source)
    }

    /// The key that belongs to this passphrase. Takes about half a second and all of a thread.
    ///
    /// # Errors
    /// [`KdfError::Memory`].
    pub fn derive(self, passphrase: &str, salt: &[u8]) -> Result<Key, KdfError> {
        let params = self.params()?;
        let mut blocks = Zeroizing::new(Vec::new());
        blocks.try_reserve_exact(params.block_count()).map_err(|_| KdfError::Memory)?;
        blocks.resize(params.block_count(), Block::new());
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(passphrase.as_bytes(), salt, key.as_mut_slice(), &mut **blocks)
            .map_err(|_| KdfError::Parameters)?;
        Ok(Key::from(*key))
    }

    fn params(self) -> Result<Params, KdfError> {
        Params::new(self.memory, self.passes, 1, Some(32)).map_err(|_| KdfError::Parameters)
    }
}

impl TryFrom<Written> for Kdf {
    type Error = KdfError;

    fn try_from(written: Written) -> Result<Self, KdfError> {
        let known = written.algorithm == "argon2id" && written.version == 19 && written.lanes == 1;
        if known { Self::new(written.memory, written.passes) } else { Err(KdfError::Parameters) }
    }
}

impl From<Kdf> for Written {
    fn from(kdf: Kdf) -> Self {
        Self { algorithm: "argon2id".into(), version: 19, memory: kdf.memory, passes: kdf.passes, lanes: 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_passes_are_chosen_by_what_one_takes() {
        assert_eq!(Kdf::for_machine(100.0), Kdf { memory: MEMORY, passes: 5 });
        assert_eq!(Kdf::for_machine(400.0), Kdf::least());
        assert_eq!(Kdf::for_machine(0.0).passes, 40);
        assert_eq!(Kdf::for_machine(f64::NAN).passes, 40);
    }

    #[test]
    fn every_choice_can_be_written_and_read_again() {
        for probe in [0.0, 12.0, 90.0, 5_000.0] {
            let kdf = Kdf::for_machine(probe);
            let json = serde_json::to_string(&kdf).unwrap();
            assert_eq!(serde_json::from_str::<Kdf>(&json).unwrap(), kdf, "{json}");
        }
    }

    #[test]
    fn parameters_that_would_stop_the_page_or_that_are_others_are_refused() {
        let read = |text: &str| serde_json::from_str::<Kdf>(text);
        let good = serde_json::to_string(&Kdf::least()).unwrap();
        for (from, to) in [
            ("65536", "4294967295"),
            ("\"passes\":3", "\"passes\":4000000000"),
            ("\"passes\":3", "\"passes\":0"),
            ("argon2id", "argon2d"),
            ("\"version\":19", "\"version\":16"),
            ("\"lanes\":1", "\"lanes\":4"),
        ] {
            let bad = good.replace(from, to);
            assert_ne!(bad, good);
            assert!(read(&bad).is_err(), "{bad}");
        }
        assert_eq!(Kdf::new(1, 1), Err(KdfError::Parameters), "less memory than Argon2 works with");
    }

    #[test]
    fn another_salt_passphrase_or_parameter_gives_another_key() {
        let kdf = Kdf::new(8, 1).unwrap();
        let key = kdf.derive("correct horse", b"0123456789abcdef").unwrap();
        assert_eq!(kdf.derive("correct horse", b"0123456789abcdef").unwrap(), key);
        assert_ne!(kdf.derive("correct horse", b"0123456789abcdeF").unwrap(), key);
        assert_ne!(kdf.derive("correct hors", b"0123456789abcdef").unwrap(), key);
        assert_ne!(Kdf::new(8, 2).unwrap().derive("correct horse", b"0123456789abcdef").unwrap(), key);
    }
}
