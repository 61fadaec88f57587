//! CRYPTOGRAPHY: what a passphrase does to bytes. Argon2id makes a key of it ([`kdf`]), XChaCha20-Poly1305 encrypts
//! with that key ([`aead`]).
//!
//! The primitives are those of the `RustCrypto` project; here stands which of them are used and how, once for the stored notebook
//! (`storage/seal`) and for files (`formats/sealed.rs`). All of it is Rust, so that it works on plain http, where browsers
//! offer no cryptography of their own. Random numbers are an argument.

pub mod aead;
pub mod kdf;

pub use aead::{Key, NotOpened};
pub use kdf::{Kdf, KdfError, SALT, Salt};

use std::fmt;

/// The system gave no random numbers. Nothing may be encrypted without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRandom;

impl fmt::Display for NoRandom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the browser gave no random numbers, and nothing can be encrypted without; use another browser"
        )
    }
}

impl std::error::Error for NoRandom {}

/// Where random numbers come from: fills all the bytes, or says that it cannot.
pub type Random = dyn Fn(&mut [u8]) -> Result<(), NoRandom>;

/// So many random bytes.
///
/// # Errors
/// [`NoRandom`].
pub fn random<const N: usize>(source: &Random) -> Result<[u8; N], NoRandom> {
    let mut bytes = [0; N];
    source(&mut bytes).map(|()| bytes)
}
