//! What could not be read: it stays under its key, is listed and can be taken away as a file. Nothing is dropped
//! silently, and nothing that is damaged stands in the way of the rest.

use crate::storage::kv::{KeyValue, KvError};
use serde::{Deserialize, Serialize};

/// A record that was set aside. Its text stays where it is, untouched, until a person discards it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// The key that it stands under.
    pub key: String,
    /// What it was, as far as is known: an incident's name, say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Why {
    /// It is gone although it should be there.
    Missing,
    /// It is damaged: how, in words.
    Damaged(String),
    /// It is whole, but the edit that it holds no longer fits the notebook: why, in words.
    DoesNotApply(String),
    /// It is whole, but holds something else than its place says.
    OutOfPlace,
}

#[derive(Serialize)]
struct File<'a> {
    format: &'static str,
    version: u32,
    records: Vec<Record<'a>>,
}

#[derive(Serialize)]
struct Record<'a> {
    #[serde(flatten)]
    aside: &'a Aside,
    text: Option<String>,
}

/// The file in which a person takes away what was set aside: JSON with each record's key, name, what is wrong and
/// its text as it stands in storage.
///
/// # Errors
/// When storage cannot be read.
pub fn file(kv: &impl KeyValue, asides: &[Aside]) -> Result<String, KvError> {
    let records = asides
        .iter()
        .map(|aside| Ok(Record { aside, text: kv.get(&aside.key)? }))
        .collect::<Result<_, KvError>>()?;
    let file = File { format: "firsthour-set-aside", version: 1, records };
    serde_json::to_string_pretty(&file).map_err(|error| KvError::Other(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::memory::MemoryStore;

    #[test]
    fn the_file_holds_the_damaged_text_as_it_is() {
        let kv = MemoryStore::new();
        kv.set("k", "㐀 broken").unwrap();
        let asides = [
            Aside { key: "k".into(), name: "Phish".into(), why: Why::Damaged("cut".into()) },
            Aside { key: "gone".into(), name: String::new(), why: Why::Missing },
        ];
        let file: serde_json::Value = serde_json::from_str(&super::file(&kv, &asides).unwrap()).unwrap();
        assert_eq!(file["records"][0]["text"], "㐀 broken");
        assert_eq!(file["records"][0]["why"]["damaged"], "cut");
        assert_eq!(file["records"][1]["text"], serde_json::Value::Null);
    }
}
