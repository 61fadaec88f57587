//! Opening a stored notebook of which some records are other than they were: it opens, and saves, whatever they hold.
//!
//! The input is lines, each a key with what stands under it from then on: `-` before a key removes it, `=` puts the text as
//! it is, `D` and `E` pack it for that key, any other letter frames it with a checksum that fits.
#![no_main]

use firsthour::model::IncidentId;
use firsthour::model::Time;
use firsthour::model::activity::Cause;
use firsthour::model::taxonomy::Severity;
use firsthour::notebook::Edit;
use firsthour::notebook::acts;
use firsthour::storage::frame::frame;
use firsthour::storage::pack::{pack, pack_dense};
use firsthour::storage::{Access, KeyValue, MemoryStore, open};
use std::collections::BTreeMap;
use std::sync::LazyLock;

static STORE: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../tests/golden/store-v2.json")).expect("the golden store is JSON")
});

/// What the manifest's checksum covers instead of its key.
const MANIFEST: &str = "manifest";

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    firsthour_fuzz::prepare();
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut texts = STORE.clone();
    for line in text.lines() {
        let (key, rest) = line.split_once(' ').unwrap_or((line, ""));
        if let Some(key) = key.strip_prefix('-') {
            texts.remove(key);
            continue;
        }
        let Some(mark) = rest.chars().next() else { continue };
        let content = &rest[mark.len_utf8()..];
        let text = match mark {
            '=' => content.to_owned(),
            'D' => pack(key, content.as_bytes()),
            'E' => pack_dense(key, content.as_bytes()).unwrap_or_default(),
            'M' => frame('M', MANIFEST, content),
            mark => frame(mark, key, content),
        };
        texts.insert(key.to_owned(), text);
    }
    let length = texts.values().map(String::len).sum::<usize>() + text.len();
    let kv: MemoryStore = texts.into_iter().collect();
    let mut opened =
        firsthour_fuzz::within(length, |_| 0, || open(&kv, Access::Writer)).expect("memory can be reached");
    let ids: Vec<_> = opened.notebook.rows().keys().cloned().collect();
    for id in &ids {
        let _ = opened.store.load(&mut opened.notebook, id);
    }
    // Saving costs many times what opening does.
    if text.len() % 4 != 0 {
        return;
    }
    let now = Time::from_millis(0);
    let act = acts::create(IncidentId::derived(&["fuzz"]), "fuzz", "", Severity::Low, &now);
    let edit = Edit { at: now, by: "fuzz".to_owned(), act, cause: Cause::Done };
    if opened.store.commit(&mut opened.notebook, edit).is_err() {
        return;
    }
    let rows = opened.notebook.rows().len();
    let _ = opened.store.fold(&opened.notebook);
    let again = open(&kv, Access::Writer).expect("memory can be reached");
    assert_eq!(again.notebook.rows().len(), rows, "what was saved is there");
    assert!(kv.keys().is_ok());
});
