//! Files that are encrypted: the dialog that asks for their passphrase, before they are read like any other.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{Import, Refused};
use crate::app::{
    browser,
    parts::{
        button::{Button, ButtonKind},
        dialog::{Dialog, DialogSize},
        field::PassphraseField,
        icon::Icon,
    },
    prefs::use_words,
};
use crate::formats::sealed::{self, Shut};

/// A file without the encryption over it.
pub struct Unsealed {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether there was any.
    pub was_sealed: bool,
}

/// What the dialog asks and hears.
#[derive(Clone, Copy)]
pub struct Asking {
    open: RwSignal<bool>,
    file: RwSignal<String>,
    typed: RwSignal<String>,
    busy: RwSignal<bool>,
    why: RwSignal<Option<Shut>>,
    /// Ends the waiting: with true where there is a passphrase.
    answer: StoredValue<Option<js_sys::Function>, LocalStorage>,
}

impl Asking {
    /// Nothing is asked.
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            file: RwSignal::default(),
            typed: RwSignal::default(),
            busy: RwSignal::new(false),
            why: RwSignal::new(None),
            answer: StoredValue::new_local(None),
        }
    }

    /// The bytes of the file without the encryption over it; none where the person gives up. A file that is not encrypted
    /// comes back as it is.
    pub async fn unsealed(self, name: &str, bytes: Vec<u8>) -> Option<Result<Unsealed, Refused>> {
        let Some(text) = std::str::from_utf8(&bytes).ok().filter(|text| sealed::is_sealed(text)) else {
            return Some(Ok(Unsealed { bytes, was_sealed: false }));
        };
        let closed = match sealed::read(text) {
            Ok(closed) => closed,
            Err(shut) => return Some(Err(Refused::Sealed(shut))),
        };
        self.file.set(name.to_owned());
        self.why.set(None);
        self.open.set(true);
        let opened = loop {
            // It can be closed while the key is being made.
            if !self.open.get_untracked() || !self.wait().await {
                break None;
            }
            self.busy.set(true);
            // Making the key holds the page up, so what is going on has to be in sight before.
            browser::show().await;
            let opened = closed.open(&browser::normalized(&self.typed.get_untracked()));
            self.busy.set(false);
            match opened {
                Err(Shut::Passphrase) => self.why.set(Some(Shut::Passphrase)),
                opened => {
                    let unsealed = |bytes| Unsealed { bytes, was_sealed: true };
                    break Some(opened.map(unsealed).map_err(Refused::Sealed));
                }
            }
        };
        self.answer.set_value(None);
        self.open.set(false);
        opened
    }

    /// Waits until the person has answered; says whether there is a passphrase.
    async fn wait(self) -> bool {
        let answered = js_sys::Promise::new(&mut |resolve, _| self.answer.set_value(Some(resolve)));
        JsFuture::from(answered).await.is_ok_and(|answer| answer.is_truthy())
    }

    fn reply(self, has_passphrase: bool) {
        if let Some(answer) = self.answer.try_update_value(Option::take).flatten() {
            // It only ends the waiting, which cannot fail.
            let _ = answer.call1(&wasm_bindgen::JsValue::NULL, &has_passphrase.into());
        }
    }
}

/// The dialog.
#[component]
pub fn UnsealDialog(
    /// The import that asks.
    import: Import,
) -> impl IntoView {
    let words = use_words();
    let texts = &words.lock;
    let asking = import.asking;
    let error = Signal::derive(move || asking.why.get().map(|why| words.shut(&why)));
    let label = Signal::derive(move || if asking.busy.get() { texts.opening } else { texts.open }.to_owned());
    let go = move || {
        if !asking.busy.get_untracked() {
            asking.reply(true);
        }
    };
    let close = move || {
        asking.typed.set(String::new());
        asking.reply(false);
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel disabled=asking.busy on_press=move || asking.open.set(false)/>
            <Button label icon=Icon::Lock kind=ButtonKind::Primary disabled=asking.busy on_press=go/>
        }
    };
    view! {
        <Dialog open=asking.open title=texts.open_title size=DialogSize::Small actions on_close=close>
            <form
                class="lock-form"
                on:submit=move |event| {
                    event.prevent_default();
                    go();
                }
            >
                <p>{move || (texts.open_text)(&asking.file.get())}</p>
                <PassphraseField label=texts.passphrase value=asking.typed error disabled=asking.busy/>
            </form>
        </Dialog>
    }
}
