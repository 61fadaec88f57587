//! Evidence items: what was secured while an incident was handled, such as a disk image, a log or a laptop.
//!
//! Not to be taken for the *evidence* of Microsoft's vocabulary, which are the entities that an alert names. Here stands
//! what an item is; who had it, when and where is its chain of custody ([`custody`](crate::model::custody)) in the log.

use crate::fields;
use crate::model::taxonomy::open_enum;
use crate::model::{EntityId, EvidenceId};
use serde::{Deserialize, Serialize};

/// Hexadecimal digits of a SHA-256.
pub const SHA256_DIGITS: usize = 64;
/// Hexadecimal digits of a SHA-1.
pub const SHA1_DIGITS: usize = 40;
/// Hexadecimal digits of an MD5.
pub const MD5_DIGITS: usize = 32;

open_enum! {
    /// What kind of thing an evidence item is.
    EvidenceKind {
        /// A file.
        File = "file",
        /// The image of a disk or another medium.
        DiskImage = "diskImage",
        /// The image of a computer's memory.
        MemoryImage = "memoryImage",
        /// A log.
        Log = "log",
        /// Recorded network traffic.
        NetworkCapture = "networkCapture",
        /// A picture of a screen.
        Screenshot = "screenshot",
        /// An e-mail message, or a mailbox.
        Mail = "mail",
        /// A thing that one can hold: a laptop, a phone, a disk.
        Device = "device",
        /// Anything else.
        OtherKind = "other",
    }
}

/// Something that was secured as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceItem {
    /// Its id here.
    pub id: EvidenceId,
    /// The number on its tag, such as `E-01`: what people call it by.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub label: String,
    /// What it is called; of a file, its name.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EvidenceKind,
    /// Its size in bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Its SHA-256: 64 lower-case hexadecimal digits, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha256: String,
    /// Its SHA-1 as another tool gave it: 40 digits, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub sha1: String,
    /// Its MD5 as another tool gave it: 32 digits, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub md5: String,
    /// The entity it was taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_from: Option<EntityId>,
    /// Where exactly it was found: a path, a room.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub found_at: String,
    /// What tells it from others of its kind: make, model, serial number.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub identifier: String,
    /// The responder's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

fields! {
    /// One thing about an evidence item that can be set.
    pub enum EvidenceField of EvidenceItem {
        /// The number on its tag.
        Label(String) = "label" => label,
        /// What it is called.
        Name(String) = "name" => name,
        /// What kind of thing it is.
        Kind(EvidenceKind) = "evidenceKind" => kind,
        /// Its size in bytes.
        Size(Option<u64>) = "size" => size,
        /// Its SHA-256.
        Sha256(String) = "sha256" => sha256,
        /// Its SHA-1.
        Sha1(String) = "sha1" => sha1,
        /// Its MD5.
        Md5(String) = "md5" => md5,
        /// The entity it was taken from.
        TakenFrom(Option<EntityId>) = "takenFrom" => taken_from,
        /// Where exactly it was found.
        FoundAt(String) = "foundAt" => found_at,
        /// Make, model, serial number.
        Identifier(String) = "identifier" => identifier,
        /// The responder's words.
        Note(String) = "note" => note,
    }
}

impl EvidenceItem {
    /// An item of which nothing is known but its name and kind.
    pub fn new(id: EvidenceId, name: impl Into<String>, kind: EvidenceKind) -> Self {
        Self {
            id,
            label: String::new(),
            name: name.into(),
            kind,
            size: None,
            sha256: String::new(),
            sha1: String::new(),
            md5: String::new(),
            taken_from: None,
            found_at: String::new(),
            identifier: String::new(),
            note: String::new(),
        }
    }

    /// How people call it: the number on its tag and its name.
    pub fn title(&self) -> String {
        if self.label.is_empty() { self.name.clone() } else { format!("{} {}", self.label, self.name) }
    }
}

impl EvidenceKind {
    /// What a file of this name probably is; the person who adds it has the last word.
    pub fn of_file(name: &str) -> Self {
        let Some((_, ending)) = name.rsplit_once('.') else { return Self::File };
        match ending.to_ascii_lowercase().as_str() {
            "e01" | "ex01" | "dd" | "img" | "raw" | "aff" | "aff4" | "vhd" | "vhdx" | "vmdk" | "iso"
            | "qcow2" => Self::DiskImage,
            "mem" | "vmem" | "dmp" | "lime" => Self::MemoryImage,
            "log" | "evtx" | "evt" | "etl" | "jsonl" | "ndjson" => Self::Log,
            "pcap" | "pcapng" | "cap" => Self::NetworkCapture,
            "png" | "jpg" | "jpeg" | "webp" | "bmp" | "gif" => Self::Screenshot,
            "eml" | "msg" | "pst" | "ost" | "mbox" => Self::Mail,
            _ => Self::File,
        }
    }
}

/// A hash as people paste it, as it is kept: lower-case digits without the spaces and colons that tools print between them.
pub fn hash_digits(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, ':' | '-'))
        .map(|letter| letter.to_ascii_lowercase())
        .collect()
}

/// A text that is no whole number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotASize;

/// A size in bytes as people type or paste it: digits, perhaps with a mark between thousands. Nothing is no size.
///
/// # Errors
/// [`NotASize`] for anything else, such as `1.5`.
pub fn size_typed(text: &str) -> Result<Option<u64>, NotASize> {
    let mut groups = text.trim().split([' ', ',', '.', '\u{a0}']);
    let first = groups.next().unwrap_or_default();
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || first.is_empty() || first.len() > 3 {
            return Err(NotASize);
        }
        digits.push_str(group);
    }
    match digits.as_str() {
        "" => Ok(None),
        digits if digits.bytes().all(|digit| digit.is_ascii_digit()) => {
            digits.parse().map(Some).map_err(|_| NotASize)
        }
        _ => Err(NotASize),
    }
}

/// The next free number for a tag: one above the highest that is in use as `E-<number>`.
pub fn next_label<'a>(items: impl IntoIterator<Item = &'a EvidenceItem>) -> String {
    let numbers = items.into_iter().filter_map(|item| item.label.strip_prefix("E-")?.parse::<u32>().ok());
    format!("E-{:02}", numbers.max().unwrap_or_default().saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(label: &str) -> EvidenceItem {
        let mut item = EvidenceItem::new(EvidenceId::derived(&[label]), "disk", EvidenceKind::DiskImage);
        item.label = label.into();
        item
    }

    #[test]
    fn a_hash_is_kept_in_one_spelling() {
        assert_eq!(hash_digits(" BA:78-16bf\n"), "ba7816bf");
    }

    #[test]
    fn a_size_is_read_with_or_without_marks_between_thousands() {
        assert_eq!(size_typed(" "), Ok(None));
        for text in ["1234567", "1,234,567", "1.234.567", "1 234 567"] {
            assert_eq!(size_typed(text), Ok(Some(1_234_567)), "{text}");
        }
        for text in ["1.5", "1234,567", ",123", "12 kB", "-1", "99999999999999999999"] {
            assert_eq!(size_typed(text), Err(NotASize), "{text}");
        }
    }

    #[test]
    fn the_next_label_is_one_above_the_highest() {
        assert_eq!(next_label([]), "E-01");
        assert_eq!(next_label(&[item("E-09"), item("crate 12"), item("E-02")]), "E-10");
        assert_eq!(item("E-09").title(), "E-09 disk");
    }

    #[test]
    fn a_file_is_taken_for_what_its_ending_says() {
        let kinds = [
            ("PC7.E01", EvidenceKind::DiskImage),
            ("PC7.vmem", EvidenceKind::MemoryImage),
            ("Security.evtx", EvidenceKind::Log),
            ("lan.pcapng", EvidenceKind::NetworkCapture),
            ("note.PNG", EvidenceKind::Screenshot),
            ("mail.eml", EvidenceKind::Mail),
            ("README", EvidenceKind::File),
        ];
        for (name, kind) in kinds {
            assert_eq!(EvidenceKind::of_file(name), kind, "{name}");
        }
    }

    #[test]
    fn a_kind_without_a_name_here_is_kept() {
        let mut json = serde_json::to_value(item("E-01")).unwrap();
        json["kind"] = "dnaSample".into();
        let read: EvidenceItem = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(read.kind, EvidenceKind::Other("dnaSample".into()));
        assert_eq!(serde_json::to_value(read).unwrap(), json);
    }
}
