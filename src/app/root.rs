//! Mounts the page: provides what every room of it shares, and draws it anew when the language changes.

use leptos::prelude::*;

use super::{
    actions::Registry,
    browser,
    import::Import,
    location::Location,
    parts::toast::Toasts,
    persist::Persist,
    prefs::Prefs,
    shell::{LANGUAGE_MENU, Shell},
    state::State,
};

/// Mounts the page on the document's body.
pub fn mount() {
    leptos::mount::mount_to_body(Root);
}

#[component]
fn Root() -> impl IntoView {
    let prefs = Prefs::provide();
    Location::provide();
    Toasts::provide();
    State::provide();
    Persist::provide();
    Import::provide();
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
