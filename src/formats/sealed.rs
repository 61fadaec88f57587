//! A sealed file: any of our own files (a backup, one incident), encrypted with a passphrase of its own.
//!
//! `docs/notebook-format.md` describes it. It is JSON, so that it can be told from other files and says by itself how its key is
//! made; the content is compressed, then encrypted, then written in Base64. Nothing of the content can be read in it but
//! about how much it is.

use crate::crypto::{Kdf, KdfError, Key, NoRandom, Random};
use base64ct::{Base64, Encoding};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use serde::{Deserialize, Serialize};
use std::fmt;
use zeroize::Zeroizing;

/// What the file says it is.
pub const FORMAT: &str = "firsthour-sealed";

/// The version that is written, and the newest that can be read.
pub const VERSION: u32 = 1;

/// What is authenticated with the content. How the key is made need not be: another way makes another key.
const CONTEXT: &[u8] = b"firsthour-sealed 1";

/// The longest content, in bytes: far above what a notebook holds.
const LONGEST: usize = 512 << 20;

/// The best compression that costs little time.
const LEVEL: u8 = 9;

#[derive(Serialize, Deserialize)]
struct Head {
    format: String,
    version: u32,
}

#[derive(Serialize, Deserialize)]
struct File {
    format: String,
    version: u32,
    kdf: Kdf,
    salt: String,
    content: String,
}

/// A passphrase with which files are sealed: the key that was made of it, and how.
#[derive(Debug, Clone)]
pub struct Sealer {
    kdf: Kdf,
    salt: String,
    key: Key,
}

impl Sealer {
    /// Makes the key, which takes about half a second.
    ///
    /// # Errors
    /// [`NotSealed`].
    pub fn new(passphrase: &str, kdf: Kdf, source: &Random) -> Result<Self, NotSealed> {
        let salt = Kdf::salt(source).map_err(NotSealed::Random)?;
        let key = kdf.derive(passphrase, &salt).map_err(NotSealed::Key)?;
        Ok(Self { kdf, salt: Base64::encode_string(&salt), key })
    }

    /// The sealed file of this content.
    ///
    /// # Errors
    /// [`NotSealed`].
    pub fn seal(&self, content: &[u8], source: &Random) -> Result<String, NotSealed> {
        let packed = Zeroizing::new(compress_to_vec(content, LEVEL));
        let sealed = self.key.seal(source, CONTEXT, &packed).map_err(NotSealed::Random)?;
        let file = File {
            format: FORMAT.into(),
            version: VERSION,
            kdf: self.kdf,
            salt: self.salt.clone(),
            content: Base64::encode_string(&sealed),
        };
        serde_json::to_string(&file).map_err(|error| NotSealed::Json(error.to_string()))
    }
}

/// Why a content was not sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotSealed {
    /// No key could be made.
    Key(KdfError),
    /// There were no random numbers.
    Random(NoRandom),
    /// It cannot be written down.
    Json(String),
}

impl fmt::Display for NotSealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(error) => error.fmt(f),
            Self::Random(error) => error.fmt(f),
            Self::Json(error) => write!(f, "the sealed file cannot be written: {error}"),
        }
    }
}

impl std::error::Error for NotSealed {}

/// Why a sealed file was not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shut {
    /// The passphrase is another, or the content was altered.
    Passphrase,
    /// A newer program wrote it, in this version.
    Newer(u32),
    /// It is cut short or was never whole: what is wrong, in words.
    Damaged(String),
    /// No key could be made.
    Key(KdfError),
}

impl fmt::Display for Shut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passphrase => write!(f, "the passphrase does not fit this file; try again"),
            Self::Newer(version) => write!(
                f,
                "a newer version sealed this file (version {version}, up to {VERSION} can be opened); update first"
            ),
            Self::Damaged(what) => write!(f, "the sealed file is damaged: {what}; fetch it again"),
            Self::Key(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Shut {}

/// Whether the text says that it is a sealed file, whatever its version and whether or not it is whole.
pub fn is_sealed(text: &str) -> bool {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let head = start.get(..200).unwrap_or(start);
    start.starts_with('{') && head.contains(&format!("\"{FORMAT}\""))
}

/// A sealed file that was read and waits for its passphrase.
#[derive(Debug)]
pub struct Closed {
    kdf: Kdf,
    salt: Vec<u8>,
    content: Vec<u8>,
}

/// Reads a sealed file as far as it goes without the passphrase.
///
/// # Errors
/// [`Shut::Newer`] or [`Shut::Damaged`].
pub fn read(text: &str) -> Result<Closed, Shut> {
    let text = text.trim_start_matches('\u{feff}');
    let damaged = |error: serde_json::Error| Shut::Damaged(error.to_string());
    let head: Head = serde_json::from_str(text).map_err(damaged)?;
    if head.version > VERSION {
        return Err(Shut::Newer(head.version));
    }
    let file: File = serde_json::from_str(text).map_err(damaged)?;
    let bytes = |name: &str, text: &str| {
        Base64::decode_vec(text).map_err(|_| Shut::Damaged(format!("`{name}` is not Base64")))
    };
    Ok(Closed { kdf: file.kdf, salt: bytes("salt", &file.salt)?, content: bytes("content", &file.content)? })
}

impl Closed {
    /// What was sealed. Makes the key first, which takes about half a second.
    ///
    /// # Errors
    /// [`Shut`].
    pub fn open(&self, passphrase: &str) -> Result<Vec<u8>, Shut> {
        let key = self.kdf.derive(passphrase, &self.salt).map_err(Shut::Key)?;
        let packed = key.open(CONTEXT, &self.content).map_err(|_| Shut::Passphrase)?;
        decompress_to_vec_with_limit(&packed, LONGEST)
            .map_err(|_| Shut::Damaged("its content cannot be unpacked".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Quick, and of no use to anybody else.
    fn kdf() -> Kdf {
        Kdf::new(8, 1).unwrap()
    }

    #[allow(clippy::unnecessary_wraps)] // As sources do that may fail.
    fn source(bytes: &mut [u8]) -> Result<(), NoRandom> {
        bytes.fill(42);
        Ok(())
    }

    fn sealed(content: &[u8], passphrase: &str) -> String {
        Sealer::new(passphrase, kdf(), &source).unwrap().seal(content, &source).unwrap()
    }

    #[test]
    fn a_sealed_file_says_what_it_is_and_nothing_of_what_is_in_it() {
        let text = sealed(b"the quick brown fox", "lazy dog");
        assert!(is_sealed(&text) && is_sealed(&format!("\u{feff}\n{text}")));
        assert!(text.starts_with(
            "{\"format\":\"firsthour-sealed\",\"version\":1,\"kdf\":{\"algorithm\":\"argon2id\","
        ));
        assert!(!text.contains("quick"));
        assert!(!is_sealed("{\"format\":\"firsthour-notebook\",\"version\":1}"));
    }

    #[test]
    fn each_reason_why_it_stays_shut_is_named() {
        let text = sealed(b"content", "right");
        assert_eq!(read(&text).unwrap().open("wrong"), Err(Shut::Passphrase));
        let newer = text.replace("\"version\":1,\"kdf\"", "\"version\":2,\"kdf\"");
        assert!(matches!(read(&newer), Err(Shut::Newer(2))));
        assert!(matches!(read(&text[..text.len() / 2]), Err(Shut::Damaged(_))));
        assert!(matches!(read(&text.replace("\"salt\":\"", "\"salt\":\"!")), Err(Shut::Damaged(_))));
        assert!(matches!(read(&text.replace("\"memory\":8", "\"memory\":99999999")), Err(Shut::Damaged(_))));
        let hurt = text.replace("\"memory\":8", "\"memory\":9");
        assert_eq!(read(&hurt).unwrap().open("right"), Err(Shut::Passphrase));
    }

    proptest! {
        #[test]
        fn what_was_sealed_comes_back(content in prop::collection::vec(any::<u8>(), 0..500), passphrase in ".{0,30}") {
            let text = sealed(&content, &passphrase);
            prop_assert_eq!(read(&text).unwrap().open(&passphrase), Ok(content));
        }

        #[test]
        fn no_text_panics(text in any::<String>(), cut in any::<prop::sample::Index>()) {
            let _ = is_sealed(&text);
            prop_assert!(read(&text).is_err());
            let whole = sealed(b"content", "right");
            prop_assert!(read(&whole[..cut.index(whole.len())]).is_err());
        }
    }
}
