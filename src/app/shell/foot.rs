//! The foot of the page: is my work safe? Saved or not, how full the storage is, how old the last backup.

use leptos::prelude::*;

use crate::app::{
    parts::{
        icon::{Icon, IconView},
        meter::Meter,
        time::{TimeStyle, format_time},
    },
    prefs::{use_prefs, use_words},
    route::Route,
    state::use_state,
    urge::Urge,
};

/// Whether everything the person did is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// It is being opened.
    Opening,
    /// Everything is stored where a killed browser does not lose it, since this moment (milliseconds since
    /// 1970-01-01T00:00Z) where something was stored at all.
    Saved(Option<i64>),
    /// Everything is stored, but the browser puts it on disk only later.
    SavedHere(Option<i64>),
    /// It is being stored.
    Saving,
    /// It could not be stored.
    NotSaved,
    /// Another tab writes; this one reads.
    ReadOnly,
}

/// What the foot shows. Whoever keeps the notebook provides it as context before the shell is drawn.
#[derive(Clone, Copy, Debug)]
pub struct FootStatus {
    /// Whether everything is stored.
    pub save: Signal<SaveState>,
    /// How full the storage is, 0 to 1, and the same in words: used, limit.
    pub storage: Signal<(f64, String, String)>,
    /// When a backup was last taken, in milliseconds since 1970-01-01T00:00Z.
    pub backup: Signal<Option<i64>>,
}

/// The foot.
#[component]
pub fn Foot() -> impl IntoView {
    let words = &use_words().shell;
    view! {
        <footer class="foot" aria-label=words.status>
            {use_context::<FootStatus>().map(|status| view! { <Status status/> })}
        </footer>
    }
}

#[component]
fn Status(status: FootStatus) -> impl IntoView {
    let lang = use_words().lang;
    let words = &use_words().shell;
    let zone = use_prefs().zone();
    let saved = move || {
        let (state, icon, text) = match status.save.get() {
            SaveState::Opening => ("opening", Icon::Clock, words.opening.to_owned()),
            SaveState::SavedHere(_) => ("saved-here", Icon::Check, words.saved_here.to_owned()),
            SaveState::Saved(None) => ("saved", Icon::Check, words.saved.to_owned()),
            SaveState::Saved(Some(at)) => {
                let time = format_time(at, lang, zone.get(), TimeStyle::Clock);
                ("saved", Icon::Check, (words.saved_at)(&time))
            }
            SaveState::Saving => ("saving", Icon::Clock, words.saving.to_owned()),
            SaveState::NotSaved => ("not-saved", Icon::Warning, words.not_saved.to_owned()),
            SaveState::ReadOnly => ("read-only", Icon::Lock, words.read_only.to_owned()),
        };
        view! {
            <span class="foot-save" data-state=state>
                <IconView icon/>
                <span>{text}</span>
            </span>
        }
    };
    let share = Signal::derive(move || status.storage.with(|(share, ..)| *share));
    let storage = Signal::derive(move || status.storage.with(|(_, used, of)| (words.storage_used)(used, of)));
    let backup = move || match status.backup.get() {
        Some(at) => (words.backup_at)(&format_time(at, lang, zone.get(), TimeStyle::Minute)),
        None => words.backup_never.to_owned(),
    };
    let state = use_state();
    let unsaved = Memo::new(move |_| state.keeping.unsaved(state));
    let unsaved = move || {
        let (worth, urge) = unsaved.get();
        let changes = usize::try_from(worth.edits).unwrap_or(usize::MAX);
        let text = (use_words().care.foot_unsaved)(&use_words().amounts.changes(changes));
        (urge > Urge::None && changes > 0 && status.backup.get().is_some()).then(|| format!(" · {text}"))
    };
    view! {
        <span role="status">{saved}</span>
        <Meter label=words.storage share text=storage/>
        <a class="foot-backup" href=Route::Settings.to_string()>{backup} {unsaved}</a>
    }
}
