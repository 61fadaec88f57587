//! The browser's local storage as a [`KeyValue`]: the only file of this room that knows a browser.

use crate::storage::kv::{KeyValue, KvError, units};
use js_sys::{JsString, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, Storage};

/// Written and removed once, to see whether anything can be kept.
const PROBE: &str = "firsthour/probe";

/// The local storage of this page's origin.
#[derive(Debug)]
pub struct BrowserStore {
    storage: Storage,
}

impl BrowserStore {
    /// Local storage, if this page may use it. A store that is merely full counts as usable.
    ///
    /// # Errors
    /// [`KvError::Blocked`] in a private window, a sandboxed frame or where a policy says so.
    pub fn open() -> Result<Self, KvError> {
        let window = web_sys::window().ok_or(KvError::Blocked)?;
        let storage = window.local_storage().map_err(|error| kv_error(&error))?.ok_or(KvError::Blocked)?;
        let store = Self { storage };
        match store.set(PROBE, "1").and_then(|()| store.remove(PROBE)) {
            // Some private windows have a store with room for nothing.
            Err(KvError::Quota) if store.keys()?.is_empty() => Err(KvError::Blocked),
            Ok(()) | Err(KvError::Quota) => Ok(store),
            Err(error) => Err(error),
        }
    }
}

/// What a browser's exception means. Firefox has a name of its own for a full store.
fn kv_error(error: &JsValue) -> KvError {
    let Some(exception) = error.dyn_ref::<DomException>() else {
        return KvError::Other(format!("{error:?}"));
    };
    match exception.name().as_str() {
        "QuotaExceededError" | "NS_ERROR_DOM_QUOTA_REACHED" => KvError::Quota,
        "SecurityError" => KvError::Blocked,
        name => KvError::Other(format!("{name}: {}", exception.message())),
    }
}

impl KeyValue for BrowserStore {
    fn get(&self, key: &str) -> Result<Option<String>, KvError> {
        self.storage.get_item(key).map_err(|error| kv_error(&error))
    }

    fn set(&self, key: &str, value: &str) -> Result<(), KvError> {
        self.storage.set_item(key, value).map_err(|error| kv_error(&error))
    }

    fn remove(&self, key: &str) -> Result<(), KvError> {
        self.storage.remove_item(key).map_err(|error| kv_error(&error))
    }

    fn keys(&self) -> Result<Vec<String>, KvError> {
        let length = self.storage.length().map_err(|error| kv_error(&error))?;
        let mut keys = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
        for place in 0..length {
            keys.extend(self.storage.key(place).map_err(|error| kv_error(&error))?);
        }
        Ok(keys)
    }

    fn units(&self) -> Result<usize, KvError> {
        let mut sum = 0;
        for key in self.keys()? {
            // As a property the value stays the browser's: counting it copies nothing. A key named like one of the
            // store's own methods gives no text and is read the ordinary way.
            let value =
                Reflect::get(&self.storage, &JsValue::from_str(&key)).map_err(|error| kv_error(&error))?;
            let length = match value.dyn_ref::<JsString>() {
                Some(text) => usize::try_from(text.length()).unwrap_or(usize::MAX),
                None => self.get(&key)?.map_or(0, |text| units(&text)),
            };
            sum += units(&key) + length;
        }
        Ok(sum)
    }
}
