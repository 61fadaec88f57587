//! The files of a folder that is dropped on the page, and of the folders in it.
//!
//! Browsers hand a dropped folder over as an entry of a file system (WHATWG's *File and Directory Entries*), which is
//! called here by its names: the generated bindings would make the program larger for one gesture.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File};

/// The most files that are taken out of folders at once.
const MOST: usize = 2_000;

/// The entries that were dropped, where one of them is a folder: to be asked for while the drop is being handled.
pub fn dropped(transfer: &DataTransfer) -> Option<Vec<JsValue>> {
    let items: Array = Array::from(&Reflect::get(transfer, &"items".into()).ok()?);
    let entries: Vec<JsValue> = items
        .iter()
        .filter_map(|item| call(&item, "webkitGetAsEntry", &[]))
        .filter(JsValue::is_object)
        .collect();
    entries.iter().any(|entry| is(entry, "isDirectory")).then_some(entries)
}

/// Every file in these entries, at most so many; hidden ones, which systems leave in folders, are left out.
pub async fn files(entries: Vec<JsValue>) -> Vec<File> {
    let (mut open, mut files) = (entries, Vec::new());
    open.reverse();
    while let Some(entry) = open.pop() {
        if files.len() >= MOST {
            break;
        }
        let name = get(&entry, "name").and_then(|name| name.as_string()).unwrap_or_default();
        if name.starts_with('.') {
            continue;
        }
        if is(&entry, "isDirectory") {
            let Some(reader) = call(&entry, "createReader", &[]) else { continue };
            // A reader gives some at a time, and none when there are no more.
            loop {
                let some = answered(&reader, "readEntries").await.map(|some| Array::from(&some));
                let Some(some) = some.filter(|some| some.length() > 0) else { break };
                open.extend(some.iter());
            }
        } else if let Some(file) = answered(&entry, "file").await
            && let Ok(file) = file.dyn_into::<File>()
        {
            files.push(file);
        }
    }
    files
}

fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok()
}

fn is(entry: &JsValue, name: &str) -> bool {
    get(entry, name).is_some_and(|value| value.is_truthy())
}

fn call(object: &JsValue, name: &str, arguments: &[&JsValue]) -> Option<JsValue> {
    let method: Function = get(object, name)?.dyn_into().ok()?;
    match arguments {
        [first, second] => method.call2(object, first, second).ok(),
        _ => method.call0(object).ok(),
    }
}

/// What a method answers that takes a function to call with the answer, and one to call where there is none.
async fn answered(object: &JsValue, name: &str) -> Option<JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let done = call(object, name, &[resolve.as_ref(), reject.as_ref()]);
        if done.is_none() {
            // It only ends the waiting.
            let _ = reject.call0(&JsValue::NULL);
        }
    });
    JsFuture::from(promise).await.ok()
}
