//! The SHA-256 of a file of any size: read and hashed a piece at a time, so that the page can be used and the work
//! stopped meanwhile, and never more than one piece is in memory.

use js_sys::Uint8Array;
use sha2::{Digest as _, Sha256};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use super::browser;

/// The first piece, in bytes; the next ones follow the machine's speed.
const FIRST: u32 = 256 * 1024;
/// The largest piece.
const LARGEST: u32 = 8 * 1024 * 1024;
/// How long a piece may keep the page busy, in milliseconds: two frames.
const BUSY: f64 = 30.0;

/// What a file is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256 in lower-case hexadecimal digits.
    pub sha256: String,
}

/// Why there is no fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// It was asked to stop.
    Asked,
    /// The browser cannot read the file, or not any more: it was moved, changed or taken away.
    Unreadable,
}

/// Reads and hashes a file. `progress` hears how many bytes are done, and says whether to go on.
///
/// # Errors
/// Why it came to no end.
pub async fn fingerprint(file: &File, mut progress: impl FnMut(u64) -> bool) -> Result<Fingerprint, Stopped> {
    let size = size_of(file);
    let mut hash = Sha256::new();
    let (mut done, mut piece) = (0_u64, FIRST);
    while done < size {
        let end = size.min(done + u64::from(piece));
        #[allow(clippy::cast_precision_loss)] // A double counts the bytes of every file that a browser opens.
        let slice = file.slice_with_f64_and_f64(done as f64, end as f64).map_err(|_| Stopped::Unreadable)?;
        let buffer = JsFuture::from(slice.array_buffer()).await.map_err(|_| Stopped::Unreadable)?;
        let began = browser::now();
        let bytes = Uint8Array::new(&buffer).to_vec();
        if bytes.len() as u64 != end - done {
            return Err(Stopped::Unreadable);
        }
        hash.update(&bytes);
        done = end;
        let took = browser::now() - began;
        if took * 2.0 < BUSY {
            piece = (piece * 2).min(LARGEST);
        } else if took > BUSY {
            piece = (piece / 2).max(FIRST);
        }
        if !progress(done) {
            return Err(Stopped::Asked);
        }
        // No timer here: waiting for the next piece lets the browser draw and answer, and a timer would let a page in
        // the background hash one piece a second.
    }
    Ok(Fingerprint { size, sha256: hex(&hash.finalize()) })
}

/// A file's size in bytes.
pub fn size_of(file: &File) -> u64 {
    // Whole and never negative.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    {
        file.size() as u64
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}
