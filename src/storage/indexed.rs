//! The browser's IndexedDB as the place of the [`mirror`](crate::storage::mirror): one database, one object store, texts
//! under the same keys as in local storage. It only opens, reads and writes; what to read and write is decided there.
//!
//! A request answers by calling one of two functions. Each is made a promise, so that the code reads from top to
//! bottom; a transaction stays open across such a wait as long as the next request follows at once.

use crate::storage::key;
use crate::storage::mirror::{Batch, MirrorError, Side};
use js_sys::{Array, Function, Object, Promise, Reflect};
use std::cell::Cell;
use std::collections::BTreeMap;
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

impl From<JsValue> for MirrorError {
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
    /// Opens the database, and makes it where there is none. The browser is at it from when this is called, not only from
    /// when it is waited for.
    ///
    /// # Errors
    /// An [`MirrorError`].
    pub fn open() -> Result<impl Future<Output = Result<Self, MirrorError>>, MirrorError> {
        let window = web_sys::window().ok_or(MirrorError::Missing)?;
        let factory = window.indexed_db()?.ok_or(MirrorError::Missing)?;
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
        let opened = opened(&request);
        Ok(async move {
            let database: IdbDatabase = opened.await?.dyn_into()?;
            drop(upgrade);
            Ok(Self::over(database))
        })
    }

    fn over(database: IdbDatabase) -> Self {
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
        Self { database, closed, _on_close: on_close }
    }

    /// Whether the browser closed it; then it has to be opened again.
    pub fn is_closed(&self) -> bool {
        self.closed.get()
    }

    /// Reads what tells whether both sides agree: the manifests, the journal and what else is small.
    ///
    /// # Errors
    /// An [`MirrorError`].
    pub async fn head(&self) -> Result<Side, MirrorError> {
        let (_, store) = self.begin(IdbTransactionMode::Readonly, Durability::Relaxed)?;
        Ok(texts_between(&store, key::JOURNAL, key::HEAD_END).await?.collect())
    }

    /// Reads every key, and the texts of those that `wants` asks for.
    ///
    /// # Errors
    /// An [`MirrorError`].
    pub async fn side(&self, wants: impl Fn(&str) -> bool) -> Result<Side, MirrorError> {
        let (_, store) = self.begin(IdbTransactionMode::Readonly, Durability::Relaxed)?;
        let keys = keys_in(&store).await?;
        let wanted: Vec<&String> = keys.iter().filter(|key| wants(key)).collect();
        // All are asked for before the first answer is waited for.
        let asked: Vec<_> = wanted
            .iter()
            .map(|key| Ok(answered(&store.get(&JsValue::from_str(key))?)))
            .collect::<Result<_, MirrorError>>()?;
        let mut texts = BTreeMap::new();
        for (key, answer) in wanted.into_iter().zip(asked) {
            texts.extend(answer.await?.as_string().map(|text| (key.clone(), text)));
        }
        Ok(Side { keys: keys.into_iter().collect(), texts })
    }

    /// Writes a batch in one transaction: all of it is there afterwards, or nothing. Everything is asked for at once, so that
    /// it is on its way even where the page is about to go.
    ///
    /// # Errors
    /// An [`MirrorError`].
    pub async fn write(&self, batch: &Batch, durability: Durability) -> Result<(), MirrorError> {
        let (transaction, store) = self.begin(IdbTransactionMode::Readwrite, durability)?;
        let done = completion(&transaction);
        put_all(&store, batch)?;
        end(&transaction);
        confirmed(&transaction, done).await
    }

    /// Keeps what a side held that gave way, beside the notebook's own keys. An earlier one that nobody has looked at stays.
    ///
    /// # Errors
    /// An [`MirrorError`].
    pub async fn keep_fork(&self, texts: &BTreeMap<String, String>) -> Result<(), MirrorError> {
        let kept = |(key, text): (&String, &String)| (format!("{}{key}", key::FORK), Some(text.clone()));
        self.write(&texts.iter().map(kept).collect(), Durability::Strict).await
    }

    /// What was kept of a side that gave way, under the notebook's keys; empty where nothing is.
    ///
    /// # Errors
    /// An [`MirrorError`].
    pub async fn fork(&self) -> Result<BTreeMap<String, String>, MirrorError> {
        let (_, store) = self.begin(IdbTransactionMode::Readonly, Durability::Relaxed)?;
        let kept = texts_between(&store, key::FORK, key::FORK_END).await?;
        Ok(kept.filter_map(|(key, text)| Some((key.strip_prefix(key::FORK)?.to_owned(), text))).collect())
    }

    /// Removes what was kept of a side that gave way, for good.
    ///
    /// # Errors
    /// An [`MirrorError`].
    pub async fn discard_fork(&self) -> Result<(), MirrorError> {
        let (transaction, store) = self.begin(IdbTransactionMode::Readwrite, Durability::Relaxed)?;
        let done = completion(&transaction);
        store.delete(between(key::FORK, key::FORK_END)?.as_ref())?;
        end(&transaction);
        confirmed(&transaction, done).await
    }

    /// As [`Indexed::write`], for a batch with a manifest: `decide` sees the manifests that are there and the keys, and
    /// says what is written, in the same transaction.
    ///
    /// # Errors
    /// An [`MirrorError`].
    pub async fn write_deciding(
        &self,
        durability: Durability,
        decide: impl FnOnce(&BTreeMap<String, String>, &[String]) -> Batch,
    ) -> Result<(), MirrorError> {
        let (transaction, store) = self.begin(IdbTransactionMode::Readwrite, durability)?;
        let done = completion(&transaction);
        let mut heads = BTreeMap::new();
        for key in key::MANIFESTS {
            if let Some(text) = text_in(&store, key).await? {
                heads.insert(key.to_owned(), text);
            }
        }
        let keys = keys_in(&store).await?;
        put_all(&store, &decide(&heads, &keys))?;
        end(&transaction);
        confirmed(&transaction, done).await
    }

    fn begin(
        &self,
        mode: IdbTransactionMode,
        durability: Durability,
    ) -> Result<(IdbTransaction, IdbObjectStore), MirrorError> {
        if self.is_closed() {
            return Err(MirrorError::Closed);
        }
        // web-sys counts the options among what may still change, so the method is called by its name.
        let options = Object::new();
        let word = if durability == Durability::Strict { "strict" } else { "relaxed" };
        Reflect::set(&options, &"durability".into(), &word.into())?;
        let method: Function = Reflect::get(&self.database, &"transaction".into())?.dyn_into()?;
        let mode = if mode == IdbTransactionMode::Readwrite { "readwrite" } else { "readonly" };
        let begun = method.call3(&self.database, &TEXTS.into(), &mode.into(), &options)?;
        let transaction: IdbTransaction = begun.dyn_into()?;
        let store = transaction.object_store(TEXTS)?;
        Ok((transaction, store))
    }
}

fn put_all(store: &IdbObjectStore, batch: &Batch) -> Result<(), MirrorError> {
    for (key, text) in batch {
        let key = JsValue::from_str(key);
        match text {
            Some(text) => store.put_with_key(&JsValue::from_str(text), &key)?,
            None => store.delete(&key)?,
        };
    }
    Ok(())
}

/// The keys from one on and before another.
fn between(from: &str, to: &str) -> Result<IdbKeyRange, MirrorError> {
    let (from, to) = (JsValue::from_str(from), JsValue::from_str(to));
    Ok(IdbKeyRange::bound_with_lower_open_and_upper_open(&from, &to, false, true)?)
}

/// The texts under these keys.
async fn texts_between(
    store: &IdbObjectStore,
    from: &str,
    to: &str,
) -> Result<impl Iterator<Item = (String, String)> + use<>, MirrorError> {
    let range = between(from, to)?;
    let (keys, texts) = (store.get_all_keys_with_key(&range)?, store.get_all_with_key(&range)?);
    let (keys, texts) = (answered(&keys), answered(&texts));
    let (keys, texts) = (Array::from(&keys.await?), Array::from(&texts.await?));
    let pairs = keys.to_vec().into_iter().zip(texts.to_vec());
    Ok(pairs.filter_map(|(key, text)| Some((key.as_string()?, text.as_string()?))))
}

/// Every key of the notebook.
async fn keys_in(store: &IdbObjectStore) -> Result<Vec<String>, MirrorError> {
    let range = between(key::ROOT, key::ROOT_END)?;
    let keys = answered(&store.get_all_keys_with_key(&range)?).await?;
    Ok(Array::from(&keys).iter().filter_map(|key| key.as_string()).collect())
}

/// The text under a key.
async fn text_in(store: &IdbObjectStore, key: &str) -> Result<Option<String>, MirrorError> {
    Ok(answered(&store.get(&JsValue::from_str(key))?).await?.as_string())
}

/// What a request is answered with. It listens from when it is called, not only from when it is waited for.
fn answered(request: &IdbRequest) -> impl Future<Output = Result<JsValue, MirrorError>> + use<> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    settled(request.clone(), promise)
}

/// As [`answered`], for opening, which may also have to wait for another tab.
fn opened(request: &IdbOpenDbRequest) -> impl Future<Output = Result<JsValue, MirrorError>> + use<> {
    let promise = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
        request.set_onblocked(Some(&reject));
    });
    settled(request.clone().into(), promise)
}

async fn settled(request: IdbRequest, promise: Promise) -> Result<JsValue, MirrorError> {
    match JsFuture::from(promise).await {
        Ok(_) => Ok(request.result()?),
        // Only a request that has been answered has an error; one that is held up has none yet.
        Err(_) => match request.error() {
            Ok(Some(error)) => Err(JsValue::from(error).into()),
            _ => Err(MirrorError::Blocked),
        },
    }
}

/// Tells the browser that nothing more is asked of a transaction. Where it lacks this, one ends by itself. (web-sys calls the
/// method deprecated, which it is not; hence by its name.)
fn end(transaction: &IdbTransaction) {
    let method = Reflect::get(transaction, &"commit".into()).and_then(JsCast::dyn_into::<Function>);
    let _ = method.and_then(|method| method.call0(transaction));
}

/// A promise for the end of a transaction.
fn completion(transaction: &IdbTransaction) -> Promise {
    Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    })
}

async fn confirmed(transaction: &IdbTransaction, done: Promise) -> Result<(), MirrorError> {
    match JsFuture::from(done).await {
        Ok(_) => Ok(()),
        Err(_) => Err(transaction.error().map_or(MirrorError::Closed, |error| JsValue::from(error).into())),
    }
}
