//! Preferences: who is writing, in which language, theme and time zone. Small, local to this browser, never part of a
//! notebook or its backup. While the notebook is locked with a passphrase, who is writing is kept with it, encrypted.

use gloo_storage::{LocalStorage, Storage as _};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{browser, keeping::Shelf};
use crate::{
    storage::{frame, key},
    words::{Lang, Words},
};

/// Where author, language and zone are kept, as JSON.
const PREFS_KEY: &str = "firsthour/prefs";

/// Where the theme is kept, as plain text: `index.html` reads it before the first paint.
const THEME_KEY: &str = "firsthour/theme";

/// What the record with the author begins with, while it is kept with the notebook.
const AUTHOR_MARK: char = 'A';

/// After how many idle minutes a locked notebook locks itself, until the person chooses.
const LOCK_AFTER: u32 = 15;

/// The colours of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// Whatever the system asks for.
    #[default]
    System,
}

impl Theme {
    /// All themes, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// The theme's name in storage and in the `data-theme` attribute.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// The zone in which times are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Zone {
    /// The reader's own.
    #[default]
    Local,
    /// Coordinated universal time.
    Utc,
}

/// The preferences as signals. Write through the setters, which also keep the value.
#[derive(Clone, Copy, Debug)]
pub struct Prefs {
    author: RwSignal<String>,
    lang: RwSignal<Lang>,
    theme: RwSignal<Theme>,
    zone: RwSignal<Zone>,
    guide_hidden: RwSignal<bool>,
    lock_after: RwSignal<u32>,
    kept: bool,
    /// Where the author is kept while the notebook is locked with a passphrase.
    sealed: StoredValue<Option<Shelf>, leptos::prelude::LocalStorage>,
}

/// What is kept under [`PREFS_KEY`]. Absent fields take their default, so older and newer pages read each other's.
#[derive(Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    #[serde(skip_serializing_if = "String::is_empty")]
    author: String,
    language: Option<String>,
    zone: Zone,
    guide_hidden: bool,
    lock_after: u32,
}

impl Default for Kept {
    fn default() -> Self {
        Self {
            author: String::new(),
            language: None,
            zone: Zone::default(),
            guide_hidden: false,
            lock_after: LOCK_AFTER,
        }
    }
}

impl Prefs {
    /// Reads the preferences, applies theme and language to the document and provides them as context.
    pub fn provide() -> Self {
        let kept = browser::storage_works();
        let read: Kept =
            if kept { LocalStorage::get(PREFS_KEY).unwrap_or_default() } else { Kept::default() };
        let theme = kept.then(|| LocalStorage::raw().get_item(THEME_KEY).ok().flatten()).flatten();
        let lang = read.language.as_deref().and_then(Lang::parse).or_else(browser_language);
        let prefs = Self {
            author: RwSignal::new(read.author),
            lang: RwSignal::new(lang.unwrap_or_default()),
            theme: RwSignal::new(theme.as_deref().and_then(Theme::parse).unwrap_or_default()),
            zone: RwSignal::new(read.zone),
            guide_hidden: RwSignal::new(read.guide_hidden),
            lock_after: RwSignal::new(read.lock_after),
            kept,
            sealed: StoredValue::new_local(None),
        };
        prefs.show_theme();
        prefs.show_language();
        provide_context(prefs);
        prefs
    }

    /// Who is writing; empty until the person says.
    pub fn author(self) -> Signal<String> {
        self.author.into()
    }

    /// The language of the page.
    pub fn lang(self) -> Signal<Lang> {
        self.lang.into()
    }

    /// The theme of the page.
    pub fn theme(self) -> Signal<Theme> {
        self.theme.into()
    }

    /// The zone times are shown in.
    pub fn zone(self) -> Signal<Zone> {
        self.zone.into()
    }

    /// Whether the guide through the first incident was put away.
    pub fn guide_hidden(self) -> Signal<bool> {
        self.guide_hidden.into()
    }

    /// After how many idle minutes a notebook that is locked with a passphrase locks itself; zero for never.
    pub fn lock_after(self) -> Signal<u32> {
        self.lock_after.into()
    }

    /// Whether preferences outlive the page: false where the browser blocks storage.
    pub fn kept(self) -> bool {
        self.kept
    }

    /// Sets who is writing.
    pub fn set_author(self, author: &str) {
        self.author.set(author.trim().to_owned());
        self.keep_author();
        self.keep();
    }

    /// From now on keeps who is writing with the sealed notebook, and nowhere else.
    pub fn seal_author(self, kept_in: Shelf) {
        self.sealed.set_value(Some(kept_in));
        self.keep_author();
        self.keep();
    }

    /// Reads who is writing from the sealed notebook, where it is known there, and keeps it there from now on.
    pub fn read_sealed_author(self, kept_in: Shelf) {
        let text = kept_in.get(key::AUTHOR).ok().flatten();
        let author =
            text.and_then(|text| frame::unframe(AUTHOR_MARK, key::AUTHOR, &text).ok().map(str::to_owned));
        if let Some(author) = author {
            self.author.set(author);
        }
        self.seal_author(kept_in);
    }

    /// From now on keeps who is writing like every other preference.
    pub fn unseal_author(self) {
        if let Some(shelf) = self.sealed.try_update_value(Option::take).flatten() {
            // What is left of it says no more than the preferences do.
            let _ = shelf.remove(key::AUTHOR);
        }
        self.keep();
    }

    /// Sets the language. The page is drawn anew, so views must not hold unsaved text of their own.
    pub fn set_lang(self, lang: Lang) {
        self.lang.set(lang);
        self.show_language();
        self.keep();
    }

    /// Sets the theme.
    pub fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        self.show_theme();
        if self.kept {
            // A preference that cannot be kept is still in force until the page closes; the storage meter tells of a full store.
            let _ = LocalStorage::raw().set_item(THEME_KEY, theme.name());
        }
    }

    /// Sets the zone times are shown in.
    pub fn set_zone(self, zone: Zone) {
        self.zone.set(zone);
        self.keep();
    }

    /// Puts the guide through the first incident away, or brings it back.
    pub fn set_guide_hidden(self, hidden: bool) {
        self.guide_hidden.set(hidden);
        self.keep();
    }

    /// Sets after how many idle minutes a notebook that is locked with a passphrase locks itself; zero for never.
    pub fn set_lock_after(self, minutes: u32) {
        self.lock_after.set(minutes);
        self.keep();
    }

    fn keep_author(self) {
        let text = frame::frame(AUTHOR_MARK, key::AUTHOR, &self.author.get_untracked());
        self.sealed.with_value(|shelf| {
            if let Some(shelf) = shelf {
                // As in `set_theme`.
                let _ = shelf.set(key::AUTHOR, &text);
            }
        });
    }

    fn keep(self) {
        if self.kept {
            let sealed = self.sealed.with_value(Option::is_some);
            let kept = Kept {
                author: if sealed { String::new() } else { self.author.get_untracked() },
                language: Some(self.lang.get_untracked().code().to_owned()),
                zone: self.zone.get_untracked(),
                guide_hidden: self.guide_hidden.get_untracked(),
                lock_after: self.lock_after.get_untracked(),
            };
            // As in `set_theme`.
            let _ = LocalStorage::set(PREFS_KEY, kept);
        }
    }

    fn show_theme(self) {
        if let Some(root) = document().document_element() {
            let _ = match self.theme.get_untracked() {
                Theme::System => root.remove_attribute("data-theme"),
                theme => root.set_attribute("data-theme", theme.name()),
            };
        }
    }

    fn show_language(self) {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", self.lang.get_untracked().code());
        }
    }
}

/// The preferences of the page. Like every `use_…`, for the body of a component: event handlers know no context.
pub fn use_prefs() -> Prefs {
    use_context().unwrap_or_else(Prefs::provide)
}

/// The texts of the page in its language. Plain data, not a signal: a change of language draws the page anew.
pub fn use_words() -> &'static Words {
    use_prefs().lang.get_untracked().words()
}

/// The first of the reader's languages that is one of ours.
fn browser_language() -> Option<Lang> {
    let navigator = window().navigator();
    navigator.languages().iter().filter_map(|tag| tag.as_string()).find_map(|tag| Lang::parse(&tag))
}
