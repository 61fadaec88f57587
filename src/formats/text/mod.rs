//! Text that people paste: reports, mails, chat. Finds every indicator in it, takes the defanging off and says what
//! kind each is, where it stands and in which sentence.
//!
//! Nothing is guessed silently: what looks like a domain and may as well be a file name, a detection name, a version
//! or a name in a program comes with a [`Doubt`], and the person decides. The work is linear in the text's length:
//! [`clean`] rewrites the text once without defanging, [`scan`] walks once over it.

mod clean;
mod doubt;
mod host;
mod incident;
mod lines;
mod paths;
mod scan;
mod tld;
mod token;
mod wallet;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::ops::Range;

use crate::compact::Order as _;

pub(in crate::formats) use incident::evidence;
pub use incident::{SENTENCE, TEXT, TextReading, path};

/// What an indicator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// A network in CIDR notation.
    Network,
    /// A domain name.
    Domain,
    /// A web address, also one without a scheme.
    Url,
    /// An e-mail address.
    Email,
    /// A name that somebody signs in with.
    UserPrincipalName,
    /// An MD5 hash.
    Md5,
    /// A SHA-1 hash.
    Sha1,
    /// A SHA-256 hash.
    Sha256,
    /// A SHA-512 hash.
    Sha512,
    /// A file's name.
    FileName,
    /// A file or folder with the way to it.
    FilePath,
    /// A key of the Windows registry.
    RegistryKey,
    /// A vulnerability (CVE).
    Cve,
    /// A technique of MITRE ATT&CK.
    Technique,
    /// A Windows security identifier.
    Sid,
    /// A hardware address.
    Mac,
    /// A Bitcoin address whose checksum fits.
    Bitcoin,
    /// A mutex in the global or session namespace.
    Mutex,
    /// A command line.
    CommandLine,
}

/// Why it may be something else than it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Doubt {
    /// It stands where an antivirus product's name for a threat stands: `Win64/Spy.Agent.CC`.
    DetectionName,
    /// Its ending is one of files too: `update.zip`.
    FileName,
    /// It may be a version: `version 1.2.3.4`.
    Version,
    /// It may be a name in a program: `com.apple`, `System.Net`.
    CodeName,
    /// It is an address of somebody who writes about threats, and was not defanged.
    Source,
}

/// Something found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    /// What it is.
    pub kind: Kind,
    /// Its value without defanging, in the form that makes equal things equal (hashes and domains in lower case).
    pub value: String,
    /// Where it stands first, in bytes of the text.
    pub at: Range<usize>,
    /// The sentence or line it stands in, in bytes of the text.
    pub sentence: Range<usize>,
    /// How often it stands there.
    pub count: usize,
    /// Why it may be something else; none where it can be nothing else.
    pub doubt: Option<Doubt>,
}

/// The longest sentence that is kept around an indicator, in bytes.
const LONGEST_SENTENCE: usize = 320;

/// Finds indicators piece by piece: nothing that is looked for reaches over the end of a line.
#[derive(Debug, Default)]
pub struct Finder {
    found: Vec<Indicator>,
    known: HashMap<(Kind, String), usize>,
}

impl Finder {
    /// Looks through a piece of a text, which has to be whole lines.
    pub fn take(&mut self, text: &str, piece: Range<usize>) {
        let cleaned = clean::clean(&text[piece.clone()]);
        scan::scan(&cleaned, &mut |hit| {
            let source = cleaned.source(hit.at);
            let at = piece.start + source.start..piece.start + source.end;
            let key = (hit.kind, hit.value);
            if let Some(&place) = self.known.get(&key) {
                let indicator = &mut self.found[place];
                indicator.count += 1;
                if hit.doubt.is_none() && indicator.doubt.take().is_some() {
                    // The place that settles it is the one to show.
                    indicator.sentence = sentence_around(text, &at);
                    indicator.at = at;
                }
                return;
            }
            self.known.insert(key.clone(), self.found.len());
            let (kind, value) = key;
            let sentence = sentence_around(text, &at);
            self.found.push(Indicator { kind, value, at, sentence, count: 1, doubt: hit.doubt });
        });
    }

    /// What was found, each once, in the order it stands in the text.
    pub fn finish(self) -> Vec<Indicator> {
        let mut found = self.found;
        found.order_by_key(|indicator| indicator.at.start);
        found
    }
}

/// Every indicator in a text, each once, in the order they stand there. Where one occurrence of a value is beyond
/// doubt, the value is.
pub fn find(text: &str) -> Vec<Indicator> {
    let mut finder = Finder::default();
    finder.take(text, 0..text.len());
    finder.finish()
}

/// A text without defanging.
pub(in crate::formats) fn plain(text: &str) -> String {
    clean::clean(text.trim()).text
}

/// The sentence or line around a place, without the space at its ends, at most [`LONGEST_SENTENCE`] bytes long.
fn sentence_around(text: &str, at: &Range<usize>) -> Range<usize> {
    let half = LONGEST_SENTENCE / 2;
    let floor = floor(text, at.start.saturating_sub(half));
    let ceiling = ceil(text, at.end + half);
    let ends_at = |place: &usize| ends_sentence(text, *place);
    let from = (floor..at.start).rev().find(ends_at).map_or(floor, |place| place + 1);
    let to = (at.end..ceiling).find(ends_at);
    let to = to.map_or(ceiling, |place| place + usize::from(text.as_bytes()[place] != b'\n'));
    let sentence = &text[from..to];
    let start = from + sentence.len() - sentence.trim_start().len();
    start.min(at.start)..(from + sentence.trim_end().len()).max(at.end)
}

/// The last place up to `at` where a character begins.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|place| text.is_char_boundary(*place)).unwrap_or_default()
}

/// The first place from `at` on where a character begins, or the text's end.
fn ceil(text: &str, at: usize) -> usize {
    (at..text.len()).find(|place| text.is_char_boundary(*place)).unwrap_or(text.len())
}

/// Whether a sentence ends with the byte at a place. What ends one is ASCII, so this is quick almost everywhere.
fn ends_sentence(text: &str, place: usize) -> bool {
    match text.as_bytes()[place] {
        b'\n' => true,
        b'.' | b'!' | b'?' => text[place + 1..].starts_with(char::is_whitespace),
        _ => false,
    }
}
