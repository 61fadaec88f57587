//! What the columns of tables were said to mean, by their header's hash: so that the same export need not be explained
//! twice. It stands under the notebook's own keys, so that a lock covers it; it is no part of the notebook or its backup.

use crate::storage::{KeyValue, frame::frame, frame::unframe, key};
use serde::{Deserialize, Serialize};

/// The most headers that are remembered; the one that was used longest ago makes room.
const MOST: usize = 40;

/// What the record begins with.
const MARK: char = 'H';

/// One header: its hash, and the stable name of what each of its columns means.
#[derive(Serialize, Deserialize)]
struct Header(String, Vec<String>);

/// What the columns of a table with this header mean, by stable names; none where nobody said so.
pub fn read(kv: &impl KeyValue, header: &str) -> Option<Vec<String>> {
    all(kv).into_iter().find(|Header(hash, _)| hash == header).map(|Header(_, meanings)| meanings)
}

/// Remembers what the columns of a table with this header mean. Where the store has no room it is asked again.
pub fn note(kv: &impl KeyValue, header: &str, meanings: Vec<String>) {
    let mut headers = all(kv);
    headers.retain(|Header(hash, _)| hash != header);
    headers.push(Header(header.to_owned(), meanings));
    let older = headers.len().saturating_sub(MOST);
    headers.drain(..older);
    if let Ok(json) = serde_json::to_string(&headers) {
        let _ = kv.set(key::HEADERS, &frame(MARK, key::HEADERS, &json));
    }
}

/// A list that cannot be read counts as none: it is not part of the notebook.
fn all(kv: &impl KeyValue) -> Vec<Header> {
    let text = kv.get(key::HEADERS).ok().flatten().unwrap_or_default();
    let json = unframe(MARK, key::HEADERS, &text).unwrap_or_default();
    serde_json::from_str(json).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::MemoryStore;

    #[test]
    fn a_header_is_remembered_until_forty_others_were_used_since() {
        let kv = MemoryStore::default();
        assert_eq!(read(&kv, "0"), None);
        for number in 0..=MOST {
            note(&kv, &number.to_string(), vec![format!("meaning{number}")]);
        }
        assert_eq!((read(&kv, "0"), read(&kv, "1")), (None, Some(vec!["meaning1".to_owned()])));
        note(&kv, "1", vec!["other".to_owned()]);
        assert_eq!(read(&kv, "1"), Some(vec!["other".to_owned()]));
        kv.set(key::HEADERS, "H 2 00000000 []").unwrap();
        assert_eq!(read(&kv, "1"), None);
    }
}
