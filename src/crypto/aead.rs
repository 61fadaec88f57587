//! Authenticated encryption: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) with a random nonce of 24 bytes, long enough
//! that no two are ever the same.
//!
//! A sealed content is the nonce, the encrypted bytes and the tag of 16 bytes, one after the other. The place it is for is not in
//! it but is authenticated with it: what was sealed for one place opens nowhere else.

use crate::crypto::{NoRandom, Random, random};
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use std::fmt;
use zeroize::Zeroizing;

/// The length of a key, in bytes.
pub const KEY: usize = 32;

/// The length of a nonce, in bytes.
pub const NONCE: usize = 24;

/// How many bytes longer a sealed content is: the nonce before it and the tag after it.
pub const OVERHEAD: usize = NONCE + 16;

/// A key. Its bytes are overwritten when it is dropped, and never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(Zeroizing<[u8; KEY]>);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

/// What was to be opened was sealed with another key or for another place, or has been altered since.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotOpened;

impl fmt::Display for NotOpened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it was sealed with another passphrase, or it was altered since")
    }
}

impl std::error::Error for NotOpened {}

impl Key {
    /// A new key.
    ///
    /// # Errors
    /// [`NoRandom`].
    pub fn new(source: &Random) -> Result<Self, NoRandom> {
        random(source).map(Self::from)
    }

    /// The key's bytes, to seal them with another key.
    pub fn bytes(&self) -> &[u8; KEY] {
        &self.0
    }

    /// Seals the content for this place, with a random nonce.
    ///
    /// # Errors
    /// [`NoRandom`].
    pub fn seal(&self, source: &Random, place: &[u8], content: &[u8]) -> Result<Vec<u8>, NoRandom> {
        self.seal_with(random(source)?, place, content)
    }

    /// Seals the content with this nonce. No nonce may ever be used twice with one key, so this is for known answers.
    ///
    /// # Errors
    /// [`NoRandom`] for a content of 256 GB, where the cipher's counter would begin anew.
    pub fn seal_with(&self, nonce: [u8; NONCE], place: &[u8], content: &[u8]) -> Result<Vec<u8>, NoRandom> {
        let payload = Payload { msg: content, aad: place };
        let sealed = self.cipher().encrypt(&nonce.into(), payload).map_err(|_| NoRandom)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// The content, if it was sealed with this key for this place and has not been altered since.
    ///
    /// # Errors
    /// [`NotOpened`].
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, NotOpened> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>().ok_or(NotOpened)?;
        let payload = Payload { msg: sealed, aad: place };
        self.cipher().decrypt(&(*nonce).into(), payload).map(Zeroizing::new).map_err(|_| NotOpened)
    }

    /// The cipher; it overwrites its copy of the key when it is dropped.
    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.0).into())
    }
}

impl From<[u8; KEY]> for Key {
    fn from(bytes: [u8; KEY]) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(byte: u8) -> Key {
        Key::from([byte; KEY])
    }

    #[test]
    fn without_random_numbers_nothing_is_sealed() {
        let none = |_: &mut [u8]| Err(NoRandom);
        assert_eq!(key(1).seal(&none, b"", b"secret"), Err(NoRandom));
        assert_eq!(Key::new(&none), Err(NoRandom));
    }

    #[test]
    fn a_key_is_never_printed() {
        assert!(!format!("{:?}", key(171)).contains("171"));
    }

    proptest! {
        #[test]
        fn what_was_sealed_opens_with_the_same_key_and_place_only(
            content in prop::collection::vec(any::<u8>(), 0..200),
            place in prop::collection::vec(any::<u8>(), 0..40),
            nonce in any::<[u8; NONCE]>(),
        ) {
            let sealed = key(1).seal_with(nonce, &place, &content).unwrap();
            prop_assert_eq!(sealed.len(), content.len() + OVERHEAD);
            prop_assert_eq!(key(1).open(&place, &sealed).map(|it| it.to_vec()), Ok(content));
            prop_assert_eq!(key(2).open(&place, &sealed), Err(NotOpened));
            prop_assert_eq!(key(1).open(&[&place[..], b"x"].concat(), &sealed), Err(NotOpened));
        }

        #[test]
        fn any_altered_bit_and_any_cut_is_noticed(
            content in prop::collection::vec(any::<u8>(), 0..60), at in any::<prop::sample::Index>(), bit in 0..8u32
        ) {
            let sealed = key(1).seal_with([7; NONCE], b"place", &content).unwrap();
            let mut altered = sealed.clone();
            altered[at.index(sealed.len())] ^= 1 << bit;
            prop_assert_eq!(key(1).open(b"place", &altered), Err(NotOpened));
            prop_assert_eq!(key(1).open(b"place", &sealed[..at.index(sealed.len())]), Err(NotOpened));
        }
    }
}
