//! Locking the notebook with a passphrase: setting, changing and removing it, and when the notebook locks itself.

use leptos::{prelude::*, task::spawn_local};

use super::Panel;
use crate::app::{
    browser,
    parts::{
        button::{Button, ButtonKind},
        dialog::Dialog,
        field::{NewPassphrase, PassphraseField, Select},
        icon::Icon,
        progress::Progress,
    },
    prefs::{use_prefs, use_words},
    seal::use_seal,
    state::use_state,
};
use crate::storage::seal::{Phase, Trouble};

/// After how many minutes the notebook can be made to lock itself; zero for never.
const MINUTES: [u32; 6] = [1, 5, 15, 30, 60, 0];

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Doing {
    Set,
    Change,
    Remove,
}

/// Locking with a passphrase.
#[component]
pub fn Lock() -> impl IntoView {
    let words = &use_words().lock;
    let seal = use_seal();
    let doing: RwSignal<Option<Doing>> = RwSignal::new(None);
    let off = move || {
        view! {
            <p class="muted">{words.off_text}</p>
            <Button label=words.set icon=Icon::Lock on_press=move || doing.set(Some(Doing::Set))/>
        }
    };
    let on = move || {
        view! {
            <p class="muted">{words.on_text}</p>
            {move || (seal.phase().get() != Some(Phase::Sealed)).then(|| view! { <p>{words.unfinished}</p> })}
            <LockAfter/>
            <div class="cluster">
                <Button label=words.lock_now icon=Icon::Lock kind=ButtonKind::Primary on_press=move || seal.lock_now()/>
                <Button label=words.change on_press=move || doing.set(Some(Doing::Change))/>
                <Button label=words.remove on_press=move || doing.set(Some(Doing::Remove))/>
            </div>
        }
    };
    view! {
        <Panel title=words.title>
            {move || {
                if seal.is_blocked {
                    view! { <p class="muted">{words.off_blocked}</p> }.into_any()
                } else if seal.is_on().get() {
                    on().into_any()
                } else {
                    off().into_any()
                }
            }}
            <LockDialog doing/>
        </Panel>
    }
}

/// When the notebook locks itself.
#[component]
fn LockAfter() -> impl IntoView {
    let words = &use_words().lock;
    let prefs = use_prefs();
    let name = |minutes| if minutes == 0 { words.never.to_owned() } else { (words.minutes)(minutes) };
    let options: Vec<_> = MINUTES.map(|minutes| (minutes.to_string(), name(minutes))).into();
    view! {
        <Select
            label=words.lock_after
            value=Signal::derive(move || prefs.lock_after().get().to_string())
            options
            on_change=move |minutes: String| {
                if let Ok(minutes) = minutes.parse() {
                    prefs.set_lock_after(minutes);
                }
            }
        />
    }
}

/// The dialog in which it is done.
#[component]
fn LockDialog(doing: RwSignal<Option<Doing>>) -> impl IntoView {
    let words = use_words();
    let texts = &words.lock;
    let (seal, state) = (use_seal(), use_state());
    let open = RwSignal::new(false);
    let current = RwSignal::new(String::new());
    let chosen: RwSignal<Option<String>> = RwSignal::new(None);
    let trouble: RwSignal<Option<Trouble>> = RwSignal::new(None);
    // How far it is while it is being done.
    let working: RwSignal<Option<f64>> = RwSignal::new(None);
    let busy = Signal::derive(move || working.get().is_some());
    Effect::new(move |_| open.set(doing.get().is_some()));
    let pick = move |set: &'static str, change: &'static str, remove: &'static str| match doing.get() {
        Some(Doing::Change) => change,
        Some(Doing::Remove) => remove,
        Some(Doing::Set) | None => set,
    };
    let title =
        Signal::derive(move || pick(texts.set_title, texts.change_title, texts.remove_title).to_owned());
    let close = move || {
        doing.set(None);
        trouble.set(None);
        current.set(String::new());
        chosen.set(None);
    };
    let go = move || {
        let Some(what) = doing.get_untracked() else { return };
        let new = chosen.get_untracked().unwrap_or_default();
        if busy.get_untracked() || what != Doing::Remove && new.is_empty() {
            return;
        }
        working.set(Some(0.0));
        trouble.set(None);
        spawn_local(async move {
            // Making the key holds the page up, so what is going on has to be in sight before.
            browser::show().await;
            let old = current.get_untracked();
            let progress = move |share| {
                let _ = working.try_set(Some(share));
            };
            let (done, said) = match what {
                Doing::Set => (seal.set(state, &new, progress).await, texts.was_set),
                Doing::Change => (seal.change(&old, &new).await, texts.was_changed),
                Doing::Remove => (seal.remove(state, &old, progress).await, texts.was_removed),
            };
            let _ = working.try_set(None);
            match done {
                Ok(()) => {
                    close();
                    state.tell(said);
                }
                Err(why) => trouble.set(Some(why)),
            }
        });
    };
    let wrong = Signal::derive(move || {
        trouble.get().filter(|why| *why == Trouble::Wrong).map(|why| words.trouble(&why))
    });
    let other = move || {
        let why = trouble.get().filter(|why| *why != Trouble::Wrong);
        why.map(|why| view! { <p class="field-error" role="alert">{words.trouble(&why)}</p> })
    };
    let cannot = move || doing.get() != Some(Doing::Remove) && chosen.with(Option::is_none);
    let actions = move || {
        view! {
            <Button label=words.parts.cancel disabled=busy on_press=move || open.set(false)/>
            <Button
                label=Signal::derive(move || pick(texts.set, texts.change, texts.remove).trim_end_matches('…').to_owned())
                icon=Icon::Lock
                kind=ButtonKind::Primary
                disabled=Signal::derive(move || busy.get() || cannot())
                on_press=go
            />
        }
    };
    view! {
        <Dialog open title actions on_close=close>
            <form
                class="lock-form"
                on:submit=move |event| {
                    event.prevent_default();
                    go();
                }
            >
                <p>{move || pick(texts.set_text, texts.change_text, texts.remove_text)}</p>
                {move || {
                    (doing.get() == Some(Doing::Set)).then(|| view! { <p><strong>{texts.forget_warning}</strong></p> })
                }}
                {move || {
                    matches!(doing.get(), Some(Doing::Change | Doing::Remove))
                        .then(|| {
                            view! {
                                <PassphraseField label=texts.current value=current error=wrong disabled=busy/>
                            }
                        })
                }}
                {move || {
                    matches!(doing.get(), Some(Doing::Set | Doing::Change))
                        .then(|| view! { <NewPassphrase chosen disabled=busy/> })
                }}
                {other}
                {move || {
                    busy.get()
                        .then(|| {
                            view! {
                                <Progress
                                    label=pick(texts.sealing, texts.changing, texts.unsealing)
                                    share=working
                                />
                            }
                        })
                }}
                // Enter in a field sends a form only where it has a button for it.
                <button type="submit" hidden></button>
            </form>
        </Dialog>
    }
}
