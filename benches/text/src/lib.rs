//! What `benches/text/compare.mjs` calls: the text as JavaScript has it goes in, how much was found comes out.

use firsthour::formats::{read, text};
#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::wasm_bindgen;

/// How many different indicators stand in a text.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
#[must_use]
pub fn find(text: &str) -> usize {
    text::find(text).len()
}

/// How many entities a text becomes when it is read as the page reads it.
#[cfg_attr(target_arch = "wasm32", wasm_bindgen)]
#[must_use]
pub fn entities(text: &str) -> usize {
    read(text).map_or(0, |intake| intake.incidents.iter().map(|incident| incident.entities.len()).sum())
}
