//! The lock record: how the passphrase makes a key, and the data key sealed with it.
//!
//! It is plain framed JSON and stands twice, so that one flipped bit does not cost the notebook; the whole copy with the higher
//! revision counts. Its state is authenticated with the sealed data key: nobody without the passphrase can turn a notebook
//! that is sealed into one where plain texts are let in.

use crate::crypto::{Kdf, KdfError, Key, NoRandom, Random};
use crate::storage::frame::{frame, unframe};
use base64ct::{Base64, Encoding};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The version of the record that is written, and the newest that can be read.
const VERSION: u32 = 1;

/// What a lock's checksum covers besides its JSON; the same for both copies.
const CONTEXT: &str = "lock";

/// How far putting a seal on or taking it off is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Phase {
    /// It is being put on: some records are still plain.
    Sealing,
    /// Every record is sealed; a plain one is not let in.
    Sealed,
    /// It is being taken off: some records are plain already.
    Unsealing,
}

/// The lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lock {
    version: u32,
    /// Counts up with every change of the lock.
    pub revision: u64,
    /// None where the notebook is open: a lock that was taken off leaves its revision behind, so that of two places where
    /// the notebook is kept the newer one can be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    shut: Option<Shut>,
}

/// What is in a lock that is shut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Shut {
    phase: Phase,
    kdf: Kdf,
    salt: String,
    key: String,
}

/// Why a lock record cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LockError {
    /// It is damaged.
    Damaged,
    /// A newer program wrote it, in this version.
    Newer(u32),
}

/// A passphrase with the key that was made of it.
#[derive(Debug, Clone)]
pub struct Passkey {
    kdf: Kdf,
    salt: String,
    key: Key,
}

impl Passkey {
    /// A new passphrase's. Making the key takes about half a second.
    ///
    /// # Errors
    /// A [`PasskeyError`].
    pub fn new(passphrase: &str, kdf: Kdf, source: &Random) -> Result<Self, PasskeyError> {
        let salt = Kdf::salt(source).map_err(PasskeyError::Random)?;
        let key = kdf.derive(passphrase, &salt).map_err(PasskeyError::Key)?;
        Ok(Self { kdf, salt: Base64::encode_string(&salt), key })
    }
}

/// Why a passphrase gives no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeyError {
    /// None can be made.
    Key(KdfError),
    /// There were no random numbers.
    Random(NoRandom),
}

impl fmt::Display for PasskeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(error) => error.fmt(f),
            Self::Random(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for PasskeyError {}

impl Lock {
    /// A lock that is open.
    pub fn open(revision: u64) -> Self {
        Self { version: VERSION, revision, shut: None }
    }

    /// A lock that is shut with this passphrase and holds this data key.
    ///
    /// # Errors
    /// [`NoRandom`].
    pub fn shut(
        revision: u64,
        phase: Phase,
        passkey: &Passkey,
        data: &Key,
        source: &Random,
    ) -> Result<Self, NoRandom> {
        let sealed = passkey.key.seal(source, &context(revision, phase), data.bytes())?;
        let key = Base64::encode_string(&sealed);
        let shut = Shut { phase, kdf: passkey.kdf, salt: passkey.salt.clone(), key };
        Ok(Self { version: VERSION, revision, shut: Some(shut) })
    }

    /// How far sealing is; none where it is open.
    pub fn phase(&self) -> Option<Phase> {
        self.shut.as_ref().map(|shut| shut.phase)
    }

    /// Makes the key of a passphrase as this lock wants it. Takes about half a second; whether it fits,
    /// [`Lock::unlock`] says.
    ///
    /// # Errors
    /// A [`KdfError`].
    pub fn passkey(&self, passphrase: &str) -> Result<Passkey, KdfError> {
        let shut = self.shut.as_ref().ok_or(KdfError::Parameters)?;
        let salt = Base64::decode_vec(&shut.salt).map_err(|_| KdfError::Parameters)?;
        let key = shut.kdf.derive(passphrase, &salt)?;
        Ok(Passkey { kdf: shut.kdf, salt: shut.salt.clone(), key })
    }

    /// The data key; none where the passphrase is another.
    pub fn unlock(&self, passkey: &Passkey) -> Option<Key> {
        let shut = self.shut.as_ref()?;
        let sealed = Base64::decode_vec(&shut.key).ok()?;
        let data = passkey.key.open(&context(self.revision, shut.phase), &sealed).ok()?;
        <[u8; 32]>::try_from(data.as_slice()).ok().map(Key::from)
    }

    /// As it is stored.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn write(&self) -> Result<String, serde_json::Error> {
        Ok(frame('L', CONTEXT, &serde_json::to_string(self)?))
    }

    /// Reads a stored lock.
    ///
    /// # Errors
    /// A [`LockError`].
    pub fn read(text: &str) -> Result<Self, LockError> {
        #[derive(Deserialize)]
        struct Head {
            version: u32,
        }
        let json = unframe('L', CONTEXT, text).map_err(|_| LockError::Damaged)?;
        let head: Head = serde_json::from_str(json).map_err(|_| LockError::Damaged)?;
        if head.version > VERSION {
            return Err(LockError::Newer(head.version));
        }
        serde_json::from_str(json).map_err(|_| LockError::Damaged)
    }
}

/// The lock that counts among these texts, be they the two copies or those of several places: the whole one with the
/// highest revision.
///
/// # Errors
/// Where none can be read although there is one.
pub fn newest<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Option<Lock>, LockError> {
    let (mut best, mut error) = (None::<Lock>, None);
    for text in texts {
        match Lock::read(text) {
            Ok(lock) if best.as_ref().is_none_or(|best| best.revision < lock.revision) => best = Some(lock),
            Ok(_) => {}
            // A newer program's lock means that it is newer, whatever else there is.
            Err(newer @ LockError::Newer(_)) => return Err(newer),
            Err(damaged) => error = Some(damaged),
        }
    }
    match (best, error) {
        (None, Some(error)) => Err(error),
        (best, _) => Ok(best),
    }
}

/// What is authenticated with the sealed data key. How the key of the passphrase is made need not be: another way makes
/// another key.
fn context(revision: u64, phase: Phase) -> Vec<u8> {
    let phase = match phase {
        Phase::Sealing => "sealing",
        Phase::Sealed => "sealed",
        Phase::Unsealing => "unsealing",
    };
    format!("firsthour lock {VERSION} {revision} {phase}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[allow(clippy::unnecessary_wraps)] // As sources do that may fail.
    fn source(bytes: &mut [u8]) -> Result<(), NoRandom> {
        bytes.fill(3);
        Ok(())
    }

    fn passkey(passphrase: &str) -> Passkey {
        Passkey::new(passphrase, Kdf::new(8, 1).unwrap(), &source).unwrap()
    }

    fn lock(revision: u64) -> Lock {
        Lock::shut(revision, Phase::Sealed, &passkey("right"), &Key::from([7; 32]), &source).unwrap()
    }

    #[test]
    fn the_right_passphrase_gives_the_data_key_and_another_does_not() {
        let lock = Lock::read(&lock(4).write().unwrap()).unwrap();
        assert_eq!(lock.unlock(&lock.passkey("right").unwrap()), Some(Key::from([7; 32])));
        assert_eq!(lock.unlock(&lock.passkey("wrong").unwrap()), None);
        assert_eq!(Lock::open(1).unlock(&passkey("right")), None);
    }

    #[test]
    fn neither_state_nor_revision_can_be_altered_without_the_passphrase() {
        for (from, to) in [("\"sealed\"", "\"unsealing\""), ("\"revision\":4", "\"revision\":9")] {
            let json = serde_json::to_string(&lock(4)).unwrap();
            let altered = Lock::read(&frame('L', CONTEXT, &json.replace(from, to))).unwrap();
            assert_ne!(altered, lock(4));
            assert_eq!(altered.unlock(&passkey("right")), None, "{to}");
        }
    }

    #[test]
    fn the_newest_whole_copy_counts() {
        let (old, new) = (lock(4).write().unwrap(), lock(5).write().unwrap());
        assert_eq!(newest([old.as_str(), &new]), Ok(Some(lock(5))));
        assert_eq!(newest([new.as_str(), &old]), Ok(Some(lock(5))));
        assert_eq!(newest([old.as_str(), &new[1..]]), Ok(Some(lock(4))));
        assert_eq!(newest(["L 2"]), Err(LockError::Damaged));
        assert_eq!(newest([]), Ok(None));
        let later = frame('L', CONTEXT, "{\"version\":2,\"shape\":\"new\"}");
        assert_eq!(newest([old.as_str(), &later]), Err(LockError::Newer(2)));
    }

    #[test]
    fn a_record_says_how_the_key_is_made() {
        let text = lock(4).write().unwrap();
        assert!(text.contains(
            r#"{"version":1,"revision":4,"shut":{"phase":"sealed","kdf":{"algorithm":"argon2id","version":19,"#
        ));
        assert!(Lock::open(2).write().unwrap().ends_with(r#"{"version":1,"revision":2}"#));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in any::<String>()) {
            prop_assert_eq!(Lock::read(&text), Err(LockError::Damaged));
            let _ = Lock::read(&frame('L', CONTEXT, &text));
        }
    }
}
