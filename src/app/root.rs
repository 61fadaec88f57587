//! Mounts the page: provides what every room of it shares, asks for the passphrase where there is one, and draws the page anew
//! when the language changes.

use leptos::prelude::*;

use super::{
    actions::Registry,
    browser,
    giving::Giving,
    import::Import,
    location::Location,
    parts::{file_drop::Drops, toast::Toasts},
    persist::Persist,
    prefs::{Prefs, use_prefs},
    seal::{LockPage, Seal},
    seen::Seen,
    shell::{LANGUAGE_MENU, Shell},
    state::State,
};
use crate::storage::seal::Gate;

/// Mounts the page on the document's body.
pub fn mount() {
    leptos::mount::mount_to_body(Root);
}

#[component]
fn Root() -> impl IntoView {
    Prefs::provide();
    Location::provide();
    Toasts::provide();
    let seal = Seal::provide();
    let is_open = Memo::new(move |_| seal.gate().with(|gate| *gate == Gate::Open));
    move || if is_open.get() { view! { <Notebook/> }.into_any() } else { view! { <LockPage/> }.into_any() }
}

/// The page once nothing stands before the notebook any more.
#[component]
fn Notebook() -> impl IntoView {
    let prefs = use_prefs();
    Drops::provide();
    State::provide();
    Seen::provide();
    Persist::provide();
    Import::provide();
    Giving::provide();
    let drawn = StoredValue::new(false);
    // A change of language draws everything anew, so that texts can be plain data rather than thousands of signals.
    move || {
        prefs.lang().track();
        if drawn.get_value() {
            // What had the focus is gone; the person has just been at the language, or can find it again from there.
            request_animation_frame(|| browser::focus(&format!("#{LANGUAGE_MENU} button")));
        }
        drawn.set_value(true);
        Registry::provide();
        view! { <Shell/> }
    }
}
