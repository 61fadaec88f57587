//! The page that stands before a locked notebook: it asks for the passphrase, and says what can be done where there is none.

use leptos::{prelude::*, task::spawn_local};

use super::use_seal;
use crate::app::{
    browser,
    mirroring::bring_back_lock,
    parts::{
        button::{Button, ButtonKind},
        dialog::{Dialog, DialogSize},
        disclosure::Disclosure,
        field::{PassphraseField, TextField},
        icon::{Icon, IconView},
        toast::ToastRegion,
    },
    prefs::use_words,
};
use crate::storage::seal::{Gate, Trouble};

/// The page.
#[component]
pub fn LockPage() -> impl IntoView {
    let words = &use_words().lock;
    let gate = use_seal().gate().get_untracked();
    document().set_title("First Hour");
    let (title, body) = match gate {
        Gate::Open | Gate::Locked(_) => (words.locked_title, view! { <Ask/> }.into_any()),
        Gate::Lost => (words.lost_title, view! { <Lost/> }.into_any()),
        Gate::Newer(_) => (words.newer_title, view! { <p>{words.newer_text}</p> }.into_any()),
    };
    view! {
        <main id="main" class="lock-page">
            <section class="panel">
                <h1>
                    <IconView icon=Icon::Lock/>
                    {title}
                </h1>
                {body}
            </section>
        </main>
        <ToastRegion/>
    }
}

/// Asks for the passphrase.
#[component]
fn Ask() -> impl IntoView {
    let words = use_words();
    let texts = &words.lock;
    let seal = use_seal();
    let typed = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let trouble: RwSignal<Option<Trouble>> = RwSignal::new(None);
    let error = Signal::derive(move || trouble.get().map(|trouble| words.trouble(&trouble)));
    let unlock = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            // Making the key holds the page up, so what is going on has to be in sight before.
            browser::show().await;
            browser::mark("firsthour:unlock");
            let unlocked = seal.unlock(&typed.get_untracked()).await;
            browser::mark("firsthour:unlocked");
            // Where it worked this page is gone.
            let _ = busy.try_set(false);
            if let Err(why) = unlocked {
                let _ = trouble.try_set(Some(why));
                request_animation_frame(focus_passphrase);
            }
        });
    };
    request_animation_frame(focus_passphrase);
    let label = Signal::derive(move || if busy.get() { texts.unlocking } else { texts.unlock }.to_owned());
    view! {
        <p>{texts.locked_text}</p>
        <form on:submit=move |event| {
            event.prevent_default();
            unlock();
        }>
            <PassphraseField label=texts.passphrase value=typed error disabled=busy/>
            <div class="cluster" role="status">
                <Button
                    label
                    icon=Icon::Lock
                    kind=ButtonKind::Primary
                    submit=true
                    disabled=busy
                    on_press=|| ()
                />
            </div>
        </form>
        <Disclosure summary=|| use_words().lock.forgotten>
            <p>{texts.forgotten_text}</p>
            <EraseLocked/>
        </Disclosure>
    }
}

/// Says that nobody can open it here, unless the mirror has the lock.
#[component]
fn Lost() -> impl IntoView {
    let words = &use_words().lock;
    let seal = use_seal();
    spawn_local(async move {
        if bring_back_lock(seal).await {
            seal.ask_again();
        }
    });
    let save = move || {
        if let Some(text) = seal.raw_file() {
            browser::download("first-hour-locked.json", "application/json", text.as_bytes());
        }
    };
    view! {
        <p>{words.lost_text}</p>
        <div class="cluster">
            <Button label=words.lost_save icon=Icon::Download on_press=save/>
            <EraseLocked/>
        </div>
    }
}

/// Erases the notebook, once the person has typed that this is wanted.
#[component]
fn EraseLocked() -> impl IntoView {
    let words = use_words();
    let texts = &words.lock;
    let seal = use_seal();
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let trouble: RwSignal<Option<Trouble>> = RwSignal::new(None);
    let confirmed = move || typed.with(|typed| typed.trim().eq_ignore_ascii_case(texts.erase_word));
    let erase = move || {
        if confirmed() {
            trouble.set(seal.erase().err());
        }
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel on_press=move || open.set(false)/>
            <Button
                label=texts.erase
                icon=Icon::Trash
                kind=ButtonKind::Danger
                disabled=Signal::derive(move || !confirmed())
                on_press=erase
            />
        }
    };
    view! {
        <Button label=texts.erase icon=Icon::Trash kind=ButtonKind::Danger on_press=move || open.set(true)/>
        <Dialog
            open
            title=texts.erase_title
            size=DialogSize::Small
            actions
            on_close=move || typed.set(String::new())
        >
            <p>{texts.erase_warning}</p>
            <TextField
                label=(texts.erase_label)(texts.erase_word)
                value=typed
                error=Signal::derive(move || trouble.get().map(|trouble| words.trouble(&trouble)))
                on_input=move |text| typed.set(text)
            />
        </Dialog>
    }
}

fn focus_passphrase() {
    browser::focus(".lock-page form input");
}
