//! Where an import's bytes come from: a file that the browser reads, a text that was pasted, or what was inside an
//! encrypted file.

use std::sync::Arc;

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// A file or a text. It is read as often as the person has other answers.
#[derive(Clone)]
pub enum Raw {
    /// A file.
    File(File),
    /// What to call some bytes, and the bytes.
    Bytes(String, Arc<[u8]>),
}

impl Raw {
    /// A text and what to call it.
    pub fn text(name: &str, text: &str) -> Self {
        Self::Bytes(name.to_owned(), text.as_bytes().into())
    }

    /// What to call it.
    pub fn name(&self) -> String {
        match self {
            Self::File(file) => file.name(),
            Self::Bytes(name, _) => name.clone(),
        }
    }

    /// Its bytes; none where the browser cannot read the file any more.
    pub async fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Self::File(file) => {
                let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
                Some(Uint8Array::new(&buffer).to_vec())
            }
            Self::Bytes(_, bytes) => Some(bytes.to_vec()),
        }
    }
}
