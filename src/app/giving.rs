//! Giving incidents away: the dialog that saves one or several as a file, which a colleague merges into theirs.

use std::collections::BTreeSet;

use leptos::{prelude::*, task::spawn_local};

use super::{
    backup::save_incidents,
    parts::{
        button::{Button, ButtonKind},
        dialog::{Dialog, DialogSize},
        icon::Icon,
        progress::Progress,
    },
    prefs::use_words,
    sealing::{SealChoice, SealFile},
    state::use_state,
};
use crate::{formats::backup::file_name, model::IncidentId};

/// Which incidents are to be given away, as context.
#[derive(Clone, Copy)]
pub struct Giving {
    ids: RwSignal<BTreeSet<IncidentId>>,
    open: RwSignal<bool>,
}

impl Giving {
    /// Provides it as context.
    pub fn provide() -> Self {
        let giving = Self { ids: RwSignal::default(), open: RwSignal::new(false) };
        provide_context(giving);
        giving
    }

    /// Asks how to save these.
    pub fn give(self, ids: impl IntoIterator<Item = IncidentId>) {
        self.ids.set(ids.into_iter().collect());
        self.open.set(true);
    }
}

/// The giving of the page.
pub fn use_giving() -> Giving {
    use_context().unwrap_or_else(Giving::provide)
}

/// The dialog. Stands once, in the shell.
#[component]
pub fn GiveDialog() -> impl IntoView {
    let giving = use_giving();
    let words = use_words();
    let texts = &words.merge;
    let state = use_state();
    let sealing = SealChoice::new();
    let making: RwSignal<Option<f64>> = RwSignal::new(None);
    let name = Memo::new(move |_| {
        giving
            .ids
            .with(|ids| match ids.first() {
                Some(id) if ids.len() == 1 => {
                    state.with(|notebook| notebook.row(id).map(|row| file_name(&row.name)))
                }
                _ => Some(format!("{}.json", (texts.file_of_several)(ids.len()))),
            })
            .unwrap_or_else(|| file_name(""))
    });
    let save = move || {
        making.set(Some(0.0));
        let (ids, name) = (giving.ids.get_untracked(), name.get_untracked());
        spawn_local(async move {
            let passphrase = sealing.passphrase();
            let saved = save_incidents(state, &ids, &name, passphrase.as_deref(), |share| {
                making.set(Some(share));
            })
            .await;
            making.set(None);
            match saved {
                Some(name) => {
                    giving.open.set(false);
                    state.tell(&(texts.saved)(&name));
                }
                None => state.complain(texts.not_saved),
            }
        });
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel on_press=move || giving.open.set(false)/>
            <Button
                label=texts.save
                icon=Icon::Download
                kind=ButtonKind::Primary
                disabled=Signal::derive(move || making.get().is_some() || !sealing.is_ready().get())
                on_press=save
            />
        }
    };
    view! {
        <Dialog
            open=giving.open
            title=Signal::derive(move || giving.ids.with(|ids| (texts.save_title)(ids.len())))
            size=DialogSize::Small
            actions
            on_close=move || sealing.reset()
        >
            <p>{texts.save_text}</p>
            <p class="give-name"><code>{name}</code></p>
            <SealFile choice=sealing/>
            <Show when=move || making.get().is_some()>
                <Progress label=texts.saving share=making/>
            </Show>
        </Dialog>
    }
}
