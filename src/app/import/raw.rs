//! Where an import's bytes come from: a file that the browser reads, or a text that was pasted.

use js_sys::Uint8Array;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// A file or a text, before it is read.
pub enum Raw {
    /// A file.
    File(File),
    /// What to call a text, and the text.
    Text(String, String),
}

impl Raw {
    /// What to call it.
    pub fn name(&self) -> String {
        match self {
            Self::File(file) => file.name(),
            Self::Text(name, _) => name.clone(),
        }
    }

    /// Its bytes; none where the browser cannot read the file any more.
    pub async fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Self::File(file) => {
                let buffer = JsFuture::from(file.array_buffer()).await.ok()?;
                Some(Uint8Array::new(&buffer).to_vec())
            }
            Self::Text(_, text) => Some(text.clone().into_bytes()),
        }
    }
}
