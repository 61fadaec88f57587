//! The browser's IndexedDB as the place of the [`mirror`](crate::storage::mirror): one database, one object store, texts
//! under the same keys as in local storage. It only opens, reads and writes; what to read and write is decided there.
//!
//! A request answers by calling one of two functions. Each is made a promise, so that the code reads from top to
//! bottom; a transaction stays open across such a wait as long as the next request follows at once.

use crate::storage::key;
use crate::storage::mirror::{Batch, Head, Side};
use js_sys::{Array, Function, JsString, Promise, Reflect};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest, IdbRequest, IdbTransaction,
    IdbTransactionMode,
};

/// The database.
const DATABASE: &str = "firsthour";

/// The database's version: raised where its object stores change.
const VERSION: u32 = 1;

/// The object store: a text under each key.
const TEXTS: &str = "texts";

/// Why the mirror cannot be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexedError {
    /// This browser has no IndexedDB.
    Missing,
    /// The browser does not let this page use it: a private window, a sandboxed frame or a policy.
    Refused,
    /// A tab with another version of the database has to be closed first.
    Blocked,
    /// A newer program made the database.
    Newer,
    /// There is no room on the disk, or not for this page.
    Full,
    /// The browser closed the database: somebody cleared the site's data, or the disk failed.
    Closed,
    /// It did not answer in time.
    Silent,
    /// Anything else, in the browser's words.
    Other(String),
}

impl fmt::Display for IndexedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => write!(f, "this browser has no IndexedDB"),
            Self::Refused => write!(f, "the browser does not let this page use IndexedDB"),
            Self::Blocked => write!(f, "another tab keeps an earlier IndexedDB open; close it and reload"),
            Self::Newer => write!(f, "a newer program made the IndexedDB of this page"),
            Self::Full => write!(f, "there is no room left for IndexedDB"),
            Self::Closed => write!(f, "the browser closed the IndexedDB of this page"),
            Self::Silent => write!(f, "the browser's IndexedDB did not answer in time"),
            Self::Other(text) => write!(f, "the browser's IndexedDB failed: {text}"),
        }
    }
}

impl std::error::Error for IndexedError {}

impl From<JsValue> for IndexedError {
    fn from(error: JsValue) -> Self {
        let Some(exception) = error.dyn_ref::<DomException>() else {
            return Self::Other(format!("{error:?}"));
        };
        match exception.name().as_str() {
            "SecurityError" | "NotAllowedError" => Self::Refused,
            "VersionError" => Self::Newer,
            "QuotaExceededError" => Self::Full,
            // What a connection says that the browser closed.
            "InvalidStateError" => Self::Closed,
            name => Self::Other(format!("{name}: {}", exception.message())),
        }
    }
}

/// How a transaction is confirmed: once it is with the operating system, or once it is on the disk itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Survives a killed browser.
    Relaxed,
    /// Also survives a power cut.
    Strict,
}

/// An open database.
pub struct Indexed {
    database: IdbDatabase,
    closed: Rc<Cell<bool>>,
    /// What the database calls when it is closed; it lives as long as the connection.
    _on_close: Closure<dyn FnMut()>,
}

impl Drop for Indexed {
    fn drop(&mut self) {
        self.database.set_onclose(None);
        self.database.set_onversionchange(None);
        self.database.close();
    }
}

impl Indexed {
    /// Opens the database, and makes it where there is none.
    ///
    /// # Errors
    /// An [`IndexedError`].
    pub async fn open() -> Result<Self, IndexedError> {
        let window = web_sys::window().ok_or(IndexedError::Missing)?;
        let factory = window.indexed_db()?.ok_or(IndexedError::Missing)?;
        let request = factory.open_with_u32(DATABASE, VERSION)?;
        let upgrade = Closure::<dyn FnMut()>::new({
            let request = request.clone();
            move || {
                // Where it cannot be made, opening fails and says why.
                let database = request.result().ok().and_then(|found| found.dyn_into::<IdbDatabase>().ok());
                let _ = database.map(|database| database.create_object_store(TEXTS));
            }
        });
        request.set_onupgradeneeded(Some(upgrade.as_ref().unchecked_ref()));
        let database: IdbDatabase = opened(&request).await?.dyn_into()?;
        let closed = Rc::new(Cell::new(false));
        let on_close = Closure::<dyn FnMut()>::new({
            let (closed, database) = (Rc::clone(&closed), database.clone());
            move || {
                closed.set(true);
                database.close();
            }
        });
        database.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        // A newer program wants to change it; this page goes on without rather than be in its way.
        database.set_onversionchange(Some(on_close.as_ref().unchecked_ref()));
        Ok(Self { database, closed, _on_close: on_close })
    }

    /// Whether the browser closed it; then it has to be opened again.
    pub fn is_closed(&self) -> bool {
        self.closed.get()
    }

    /// Reads what tells whether both sides agree: the manifests and the journal.
    ///
    /// # Errors
    /// An [`IndexedError`].
    pub async fn head(&self) -> Result<Head, IndexedError> {
        let (_, texts) = self.begin(IdbTransactionMode::Readonly, Durability::Relaxed)?;
        let journal = texts_in(&texts, &key::journal_range()).await?;
        let mut others = BTreeMap::new();
        for key in key::HEADS {
            if let Some(text) = text_in(&texts, key).await? {
                others.insert(key.to_owned(), text);
            }
        }
        Ok(Head { journal, others })
    }

    /// Reads every key, and the texts of those that `wants` asks for.
    ///
    /// # Errors
    /// An [`IndexedError`].
    pub async fn side(&self, wants: impl Fn(&str) -> bool) -> Result<Side, IndexedError> {
        let (_, store) = self.begin(IdbTransactionMode::Readonly, Durability::Relaxed)?;
        let all = answered(&store.get_all_keys()?).await?;
        let keys: Vec<String> = Array::from(&all).iter().filter_map(|key| key.as_string()).collect();
        let wanted: Vec<String> = keys.iter().filter(|key| wants(key)).cloned().collect();
        let mut texts = BTreeMap::new();
        // The requests are made together and answered in order.
        let requests: Vec<_> =
            wanted.iter().map(|key| store.get(&JsValue::from_str(key))).collect::<Result<_, _>>()?;
        for (key, request) in wanted.into_iter().zip(requests) {
            if let Some(text) = answered(&request).await?.as_string() {
                texts.insert(key, text);
            }
        }
        Ok(Side { keys: keys.into_iter().collect(), texts })
    }

    /// Writes a batch in one transaction: all of it is there afterwards, or nothing. Everything is asked for before
    /// this returns, so that it is on its way even where the page is about to go.
    ///
    /// # Errors
    /// An [`IndexedError`], at once where the database cannot be written to at all.
    pub fn write(
        &self,
        batch: &Batch,
        durability: Durability,
    ) -> Result<impl Future<Output = Result<(), IndexedError>> + use<>, IndexedError> {
        let (transaction, store) = self.begin(IdbTransactionMode::Readwrite, durability)?;
        let done = completion(&transaction);
        put_all(&store, batch)?;
        // Where a browser lacks it, a transaction ends by itself once nothing more is asked of it.
        let _ = transaction.commit();
        Ok(async move { confirmed(&transaction, done).await })
    }

    /// As [`Indexed::write`], for a batch with a manifest: `decide` sees the manifests that are there and the keys, and
    /// says what is written, in the same transaction.
    ///
    /// # Errors
    /// An [`IndexedError`].
    pub async fn write_deciding(
        &self,
        durability: Durability,
        decide: impl FnOnce(&BTreeMap<String, String>, &[String]) -> Batch,
    ) -> Result<(), IndexedError> {
        let (transaction, store) = self.begin(IdbTransactionMode::Readwrite, durability)?;
        let done = completion(&transaction);
        let mut heads = BTreeMap::new();
        for key in key::MANIFESTS {
            if let Some(text) = text_in(&store, key).await? {
                heads.insert(key.to_owned(), text);
            }
        }
        let all = answered(&store.get_all_keys()?).await?;
        let keys: Vec<String> = Array::from(&all).iter().filter_map(|key| key.as_string()).collect();
        put_all(&store, &decide(&heads, &keys))?;
        let _ = transaction.commit();
        confirmed(&transaction, done).await
    }

    fn begin(
        &self,
        mode: IdbTransactionMode,
        durability: Durability,
    ) -> Result<(IdbTransaction, IdbObjectStore), IndexedError> {
        if self.is_closed() {
            return Err(IndexedError::Closed);
        }
        // web-sys counts the options among what may still change, so the method is called by its name.
        let options = js_sys::Object::new();
        let word = if durability == Durability::Strict { "strict" } else { "relaxed" };
        Reflect::set(&options, &"durability".into(), &word.into())?;
        let method: Function = Reflect::get(&self.database, &"transaction".into())?.dyn_into()?;
        let mode = if mode == IdbTransactionMode::Readwrite { "readwrite" } else { "readonly" };
        let made = method.call3(&self.database, &TEXTS.into(), &mode.into(), &options)?;
        let transaction: IdbTransaction = made.dyn_into()?;
        let store = transaction.object_store(TEXTS)?;
        Ok((transaction, store))
    }
}

fn put_all(store: &IdbObjectStore, batch: &Batch) -> Result<(), IndexedError> {
    for (key, text) in batch {
        let key = JsValue::from_str(key);
        match text {
            Some(text) => store.put_with_key(&JsValue::from_str(text), &key)?,
            None => store.delete(&key)?,
        };
    }
    Ok(())
}

/// Every text whose key lies between two.
async fn texts_in(
    store: &IdbObjectStore,
    (from, to): &(String, String),
) -> Result<BTreeMap<String, String>, IndexedError> {
    let range = IdbKeyRange::bound(&JsValue::from_str(from), &JsValue::from_str(to))?;
    let (keys, texts) = (store.get_all_keys_with_key(&range)?, store.get_all_with_key(&range)?);
    let (keys, texts) = (answered(&keys).await?, answered(&texts).await?);
    let pairs = Array::from(&keys).iter().zip(Array::from(&texts).iter());
    Ok(pairs.filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?))).collect())
}

async fn text_in(store: &IdbObjectStore, key: &str) -> Result<Option<String>, IndexedError> {
    let found = answered(&store.get(&JsValue::from_str(key))?).await?;
    Ok(found.dyn_into::<JsString>().ok().map(String::from))
}

/// What a request is answered with.
async fn answered(request: &IdbRequest) -> Result<JsValue, IndexedError> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    settled(request, promise).await
}

/// As [`answered`], for opening, which may also have to wait for another tab.
async fn opened(request: &IdbOpenDbRequest) -> Result<JsValue, IndexedError> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        request.set_onblocked(Some(&reject));
    });
    settled(request, promise).await
}

async fn settled(request: &IdbRequest, promise: Promise) -> Result<JsValue, IndexedError> {
    match JsFuture::from(promise).await {
        Ok(_) => Ok(request.result()?),
        // Only a request that has been answered has an error; one that is held up has none yet.
        Err(_) => match request.error() {
            Ok(Some(error)) => Err(JsValue::from(error).into()),
            _ => Err(IndexedError::Blocked),
        },
    }
}

/// A promise for the end of a transaction.
fn completion(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    })
}

async fn confirmed(transaction: &IdbTransaction, done: Promise) -> Result<(), IndexedError> {
    match JsFuture::from(done).await {
        Ok(_) => Ok(()),
        Err(_) => Err(transaction.error().map_or(IndexedError::Closed, |error| JsValue::from(error).into())),
    }
}
