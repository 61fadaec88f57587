//! The file or pasted text that something came out of: what the activity log says of it, so that anybody can check
//! later that a file at hand is the one.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A file or a pasted text.
///
/// In JSON it is its name alone where nothing else is known, as it always was before size and hash were kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Stored", into = "Stored")]
pub struct SourceFile {
    /// The file's name, or what else it came from.
    pub name: String,
    /// What its bytes are known by; none where it is not known.
    pub content: Option<Content>,
}

/// What the bytes of a file are known by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// How many bytes.
    pub size: u64,
    /// Their SHA-256, in lower-case hexadecimal digits.
    pub sha256: String,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored {
    Name(String),
    Whole {
        name: String,
        #[serde(flatten)]
        content: Content,
    },
}

impl From<Stored> for SourceFile {
    fn from(stored: Stored) -> Self {
        match stored {
            Stored::Name(name) => Self { name, content: None },
            Stored::Whole { name, content } => Self { name, content: Some(content) },
        }
    }
}

impl From<SourceFile> for Stored {
    fn from(file: SourceFile) -> Self {
        match file {
            SourceFile { name, content: None } => Self::Name(name),
            SourceFile { name, content: Some(content) } => Self::Whole { name, content },
        }
    }
}

impl From<String> for SourceFile {
    fn from(name: String) -> Self {
        Self { name, content: None }
    }
}

impl From<&str> for SourceFile {
    fn from(name: &str) -> Self {
        name.to_owned().into()
    }
}

impl fmt::Display for SourceFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_alone_is_stored_as_it_always_was() {
        let old: SourceFile = serde_json::from_str("\"export.json\"").unwrap();
        assert_eq!(old, "export.json".into());
        assert_eq!(serde_json::to_string(&old).unwrap(), "\"export.json\"");
        let content = Some(Content { size: 12, sha256: "ab".repeat(32) });
        let new = SourceFile { name: "export.json".to_owned(), content };
        let json = serde_json::to_string(&new).unwrap();
        assert_eq!(json, format!(r#"{{"name":"export.json","size":12,"sha256":"{}"}}"#, "ab".repeat(32)));
        assert_eq!(serde_json::from_str::<SourceFile>(&json).unwrap(), new);
    }
}
