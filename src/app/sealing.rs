//! Files encrypted with a passphrase of their own: the choice beside every button that saves one, and what seals it.

use leptos::prelude::*;

use super::{
    browser,
    parts::field::{Checkbox, NewPassphrase},
    prefs::use_words,
};
use crate::{
    crypto::{Kdf, KdfError},
    formats::sealed::{NotSealed, Sealer},
};

/// Whether a file is to be encrypted, and with what.
#[derive(Clone, Copy, Default)]
pub struct SealChoice {
    wanted: RwSignal<bool>,
    chosen: RwSignal<Option<String>>,
}

impl SealChoice {
    /// Nothing chosen yet.
    pub fn new() -> Self {
        Self { wanted: RwSignal::new(false), chosen: RwSignal::new(None) }
    }

    /// Whether the file can be saved: it is not to be encrypted, or there is a passphrase for it.
    pub fn is_ready(self) -> Signal<bool> {
        Signal::derive(move || !self.wanted.get() || self.chosen.with(Option::is_some))
    }

    /// The passphrase, where the file is to be encrypted.
    pub fn passphrase(self) -> Option<String> {
        self.chosen.get_untracked().filter(|_| self.wanted.get_untracked())
    }

    /// Forgets the passphrase.
    pub fn reset(self) {
        self.wanted.set(false);
        self.chosen.set(None);
    }
}

/// The box that is ticked to encrypt a file, and the passphrase for it.
#[component]
pub fn SealFile(
    /// What is chosen.
    choice: SealChoice,
) -> impl IntoView {
    let words = &use_words().lock;
    view! {
        <Checkbox
            label=words.seal_file
            checked=choice.wanted
            on_change=move |wanted| {
                choice.wanted.set(wanted);
                choice.chosen.set(None);
            }
        />
        {move || {
            choice
                .wanted
                .get()
                .then(|| {
                    view! {
                        <p class="muted">{words.seal_file_text}</p>
                        // Browsers want passwords in a form. This one is sent nowhere.
                        <form class="lock-form" on:submit=|event| event.prevent_default()>
                            <NewPassphrase chosen=choice.chosen/>
                        </form>
                    }
                })
        }}
    }
}

/// The file's name and bytes as they are to be saved: as they are, or sealed with the passphrase. Takes about half a second of
/// the page's one thread where they are sealed.
///
/// # Errors
/// [`NotSealed`].
pub async fn sealed_file(
    name: &str,
    bytes: Vec<u8>,
    passphrase: Option<&str>,
) -> Result<(String, Vec<u8>), NotSealed> {
    let Some(passphrase) = passphrase else { return Ok((name.to_owned(), bytes)) };
    browser::show().await;
    let kdf = kdf_for_here().map_err(NotSealed::Key)?;
    browser::breathe().await;
    let sealer = Sealer::new(&browser::normalized(passphrase), kdf, &browser::random_bytes)?;
    browser::breathe().await;
    let text = sealer.seal(&bytes, &browser::random_bytes)?;
    let stem = name.strip_suffix(".json").unwrap_or(name);
    Ok((format!("{stem}.sealed.json"), text.into_bytes()))
}

/// How the key of a new passphrase is made on this machine, so that it takes about half a second: measured by making one.
///
/// # Errors
/// A [`KdfError`].
pub fn kdf_for_here() -> Result<Kdf, KdfError> {
    let began = browser::now();
    Kdf::probe().derive("", b"first hour probe")?;
    Ok(Kdf::for_machine(browser::now() - began))
}
