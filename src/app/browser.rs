//! Small doors to the browser that several rooms of the page need: storage probe, focus, downloads, the clipboard, media queries.

use crate::crypto::NoRandom;
use js_sys::{Array, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Element, HtmlAnchorElement, HtmlElement, HtmlTextAreaElement, MediaQueryListEvent,
    ScrollIntoViewOptions, ScrollLogicalPosition, Url,
};

/// Whether local storage can be read and written. Browsers refuse it in sandboxed frames and with site data blocked,
/// where gloo's storage would panic: ask here first.
pub fn storage_works() -> bool {
    const PROBE: &str = "firsthour/probe";
    let Ok(Some(storage)) = window().local_storage() else { return false };
    // A full store refuses the probe but still reads what it holds.
    if storage.set_item(PROBE, "1").is_ok() {
        let _ = storage.remove_item(PROBE);
        return true;
    }
    storage.length().is_ok_and(|length| length > 0)
}

/// Moves the focus to the first element that matches `selector`, if there is one.
pub fn focus(selector: &str) {
    if let Some(element) = find(selector) {
        let _ = element.focus();
    }
}

/// The first element that matches `selector`.
pub fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Scrolls an element into sight, to this place of what it stands in.
pub fn bring_into_sight(element: &Element, place: ScrollLogicalPosition) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(place);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// The element that has the focus.
pub fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

/// Hands a file to the person as a download. Returns false where the browser refuses to make one.
pub fn download(name: &str, mime: &str, bytes: &[u8]) -> bool {
    let mut file = Parcel::default();
    file.add(bytes);
    file.hand_over(name, mime)
}

/// A file for a download that is given to the browser piece by piece, so that no piece takes long and the page need not
/// hold all of it.
#[derive(Debug, Default)]
pub struct Parcel(Array);

impl Parcel {
    /// Adds what comes next.
    pub fn add(&mut self, bytes: &[u8]) {
        self.0.push(&Uint8Array::from(bytes));
    }

    /// Hands it to the person. Returns false where the browser refuses to make a file.
    pub fn hand_over(self, name: &str, mime: &str) -> bool {
        let options = BlobPropertyBag::new();
        options.set_type(mime);
        let Ok(blob) = Blob::new_with_u8_array_sequence_and_options(&self.0, &options) else { return false };
        let Ok(address) = Url::create_object_url_with_blob(&blob) else { return false };
        let link = document()
            .create_element("a")
            .ok()
            .and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok());
        if let Some(link) = &link {
            link.set_href(&address);
            link.set_download(name);
            link.click();
        }
        // The browser reads the blob after the click returns; a minute is ample.
        set_timeout(
            move || {
                let _ = Url::revoke_object_url(&address);
            },
            std::time::Duration::from_secs(60),
        );
        link.is_some()
    }
}

/// Copies text. Uses the async clipboard where the page has one and a selection where it does not (plain http).
/// Returns whether the browser says it worked.
pub async fn copy(text: &str) -> bool {
    let window = window();
    if window.is_secure_context()
        && JsFuture::from(window.navigator().clipboard().write_text(text)).await.is_ok()
    {
        return true;
    }
    copy_by_selection(text).unwrap_or(false)
}

fn copy_by_selection(text: &str) -> Option<bool> {
    let document = document();
    let before = focused();
    // Inside an open dialog everything else is inert, so the helper must live in it.
    let host = find("dialog[open]").or_else(|| document.body())?;
    let area: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    area.set_value(text);
    area.set_class_name("visually-hidden");
    host.append_child(&area).ok()?;
    area.select();
    let copied = document
        .dyn_ref::<web_sys::HtmlDocument>()
        .and_then(|document| document.exec_command("copy").ok())
        .unwrap_or(false);
    area.remove();
    if let Some(element) = before {
        let _ = element.focus();
    }
    Some(copied)
}

/// Whether a media query holds, now and as the window changes.
pub fn use_media(query: &str) -> Signal<bool> {
    let Ok(Some(list)) = window().match_media(query) else { return Signal::stored(false) };
    let holds = RwSignal::new(list.matches());
    let listener = Closure::<dyn Fn(MediaQueryListEvent)>::new(move |event: MediaQueryListEvent| {
        holds.set(event.matches());
    });
    let _ = list.add_event_listener_with_callback("change", listener.as_ref().unchecked_ref());
    let kept = StoredValue::new_local((list, listener));
    on_cleanup(move || {
        kept.with_value(|(list, listener)| {
            let _ = list.remove_event_listener_with_callback("change", listener.as_ref().unchecked_ref());
        });
    });
    holds.into()
}

/// Whether the window is too narrow to show a checklist beside the body.
pub fn use_narrow() -> Signal<bool> {
    use_media("(max-width: 999px)")
}

/// Eighty random bits, good enough that no two ids are ever the same. `randomUUID` is not there on plain http.
pub fn random() -> [u8; 10] {
    let mut bytes = [0; 10];
    if let Ok(crypto) = window().crypto() {
        // Refused only for more than 65,536 bytes a call.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes
}

/// Random bytes from the browser, for keys and nonces; it has them on plain http too.
///
/// # Errors
/// [`NoRandom`] where it has none.
pub fn random_bytes(bytes: &mut [u8]) -> Result<(), NoRandom> {
    let crypto = window().crypto().map_err(|_| NoRandom)?;
    crypto.get_random_values_with_u8_array(bytes).map(|_| ()).map_err(|_| NoRandom)
}

/// The text in the one form that all ways of typing it come to (Unicode NFKC): keyboards differ in how they send an ë.
pub fn normalized(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFKC").into()
}

/// How many minutes this computer's clock is ahead of UTC now.
pub fn offset_now() -> i32 {
    #[allow(clippy::cast_possible_truncation)] // A whole number of minutes below a day.
    let behind = js_sys::Date::new_0().get_timezone_offset() as i32;
    -behind
}

/// Milliseconds since the page was opened, with fractions: for measuring, not for dates.
pub fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Sets a mark on the browser's timeline, for whoever measures the page.
pub fn mark(name: &str) {
    if let Some(performance) = window().performance() {
        // A mark that cannot be set is missed by nobody but the one who measures.
        let _ = performance.mark(name);
    }
}

/// Lets the browser draw and answer before work goes on.
pub async fn breathe() {
    gloo_timers::future::TimeoutFuture::new(0).await;
}

/// Lets the browser show what was just drawn, before work begins that takes all of the page's one thread.
pub async fn show() {
    // Two frames: one to lay out, one to paint. Frames themselves cannot be waited for: a hidden tab has none.
    gloo_timers::future::TimeoutFuture::new(34).await;
}

/// A size for people: `312 kB`, `4.9 MB`. One UTF-16 unit of storage counts as one byte, as quotas are told.
pub fn size(units: usize) -> String {
    if units < 1_000_000 {
        return format!("{} kB", units.div_ceil(1_000));
    }
    let tenths = units / 100_000;
    format!("{}.{} MB", tenths / 10, tenths % 10)
}
