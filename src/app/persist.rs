//! Whether the browser has promised to keep what this page keeps when the disk runs full, and how it is asked.
//!
//! The promise is asked for after the first backup, when a person has just thought about keeping; some browsers decide by
//! themselves, others ask. On plain http there is nothing to ask.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use super::{
    parts::{badge::Tone, banner::Banner, button::Button, icon::Icon},
    prefs::use_words,
    state::{State, use_state},
};

/// Where it is kept that a person was asked and answered.
const ANSWERED_KEY: &str = "firsthour/persist";

/// What the browser says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// It cannot be asked here.
    Unavailable,
    /// It was not asked yet.
    Unasked,
    /// It was asked and did not promise.
    Refused,
    /// It has promised.
    Given,
}

/// The promise as the page knows it, as context.
#[derive(Clone, Copy)]
pub struct Persist {
    promise: RwSignal<Promise>,
    answered: RwSignal<bool>,
}

impl Persist {
    /// Asks what was promised earlier and provides the answer as context.
    pub fn provide() -> Self {
        let answered = use_state().keeping.shelved.with_value(|shelved| shelved.note(ANSWERED_KEY).is_some());
        let persist =
            Self { promise: RwSignal::new(Promise::Unavailable), answered: RwSignal::new(answered) };
        if let Some(manager) = manager() {
            persist.promise.set(if answered { Promise::Refused } else { Promise::Unasked });
            spawn_local(async move {
                if let Ok(promised) = manager.persisted()
                    && JsFuture::from(promised).await.is_ok_and(|promised| promised.is_truthy())
                {
                    persist.promise.set(Promise::Given);
                }
            });
        }
        provide_context(persist);
        persist
    }

    /// What the browser says.
    pub fn promise(self) -> Signal<Promise> {
        self.promise.into()
    }

    /// Asks the browser.
    pub fn ask(self, state: State) {
        self.answer(state);
        spawn_local(async move {
            let Some(asked) = manager().and_then(|manager| manager.persist().ok()) else { return };
            let given = JsFuture::from(asked).await.is_ok_and(|given| given.is_truthy());
            self.promise.set(if given { Promise::Given } else { Promise::Refused });
            let words = &state.words().care;
            state.tell(if given { words.persist_yes } else { words.persist_no });
        });
    }

    /// Remembers that the person has answered, so that the page does not ask again by itself.
    fn answer(self, state: State) {
        self.answered.set(true);
        state.keeping.shelved.with_value(|shelved| shelved.set_note(ANSWERED_KEY, "1"));
    }
}

/// The promise, from context.
pub fn use_persist() -> Persist {
    use_context().unwrap_or_else(Persist::provide)
}

/// The browser's storage manager; none on plain http, where there is no such thing.
fn manager() -> Option<web_sys::StorageManager> {
    let manager = window().navigator().storage();
    (!manager.is_undefined() && !manager.is_null()).then_some(manager)
}

/// Explains the promise and offers to ask for it, once a backup was taken and until the person answers.
#[component]
pub fn PersistNotice() -> impl IntoView {
    let state = use_state();
    let persist = use_persist();
    let words = &use_words().care;
    let backup = state.keeping.backup();
    let is_due = Memo::new(move |_| {
        backup.get().is_some()
            && !state.keeping.is_blocked
            && !persist.answered.get()
            && persist.promise.get() == Promise::Unasked
    });
    let actions = move || {
        view! {
            <Button label=words.persist_ask icon=Icon::Shield on_press=move || persist.ask(state)/>
            <Button label=words.persist_later on_press=move || persist.answer(state)/>
        }
    };
    move || {
        is_due.get().then(|| {
            view! {
                <Banner tone=Tone::Informational title=words.persist_title actions>
                    {words.persist_text}
                </Banner>
            }
        })
    }
}
