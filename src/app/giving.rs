//! Giving incidents away: the dialog that saves one or several as a file. A colleague merges First Hour's own file into
//! theirs; other programs get theirs under a marking ([`exporting`]).

mod exporting;

use std::collections::BTreeSet;

use leptos::{prelude::*, task::spawn_local};

use self::exporting::{ExportPanel, Exporting};
use super::{
    backup::save_incidents,
    job::Job,
    parts::{
        button::{Button, ButtonKind},
        dialog::{Dialog, DialogSize},
        field::Select,
        icon::Icon,
        progress::Progress,
    },
    prefs::use_words,
    sealing::{SealChoice, SealFile},
    state::use_state,
};
use crate::{
    formats::{backup::file_name, export::EXPORTS},
    model::IncidentId,
};

/// Which incidents are to be given away, and as what, as context.
#[derive(Clone, Copy)]
pub struct Giving {
    ids: RwSignal<BTreeSet<IncidentId>>,
    open: RwSignal<bool>,
    /// The place of the format among [`EXPORTS`]; none for First Hour's own file.
    format: RwSignal<Option<usize>>,
}

impl Giving {
    /// Provides it as context.
    pub fn provide() -> Self {
        let giving =
            Self { ids: RwSignal::default(), open: RwSignal::new(false), format: RwSignal::new(None) };
        provide_context(giving);
        giving
    }

    /// Asks how to save these.
    pub fn give(self, ids: impl IntoIterator<Item = IncidentId>) {
        self.ids.set(ids.into_iter().collect());
        self.format.set(None);
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
    let exporting = Exporting::new(giving);
    let making = Job::default();
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
        let run = making.begin();
        let (ids, name) = (giving.ids.get_untracked(), name.get_untracked());
        spawn_local(async move {
            let progress = move |share| run.tell(share);
            let saved = match giving.format.get_untracked() {
                Some(_) => exporting.save(&ids, progress).await,
                None => save_incidents(state, &ids, &name, sealing.passphrase().as_deref(), progress)
                    .await
                    .map(|name| (texts.saved)(&name)),
            };
            if !run.end() {
                return;
            }
            match saved {
                Some(said) => {
                    giving.open.set(false);
                    state.tell(&said);
                }
                None => state.complain(texts.not_saved),
            }
        });
    };
    let is_ready = move || match giving.format.get() {
        Some(_) => exporting.is_ready(),
        None => sealing.is_ready().get(),
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel on_press=move || giving.open.set(false)/>
            {move || {
                let exports = giving.format.get().is_some();
                view! {
                    <Button
                        label=if exports { words.exporting.save } else { texts.save }
                        icon=Icon::Download
                        kind=ButtonKind::Primary
                        disabled=Signal::derive(move || making.is_running().get() || !is_ready())
                        on_press=save
                    />
                }
            }}
        }
    };
    let kinds: Vec<(String, String)> = EXPORTS
        .iter()
        .enumerate()
        .map(|(at, export)| (at.to_string(), words.lang.export_name(export.id()).to_owned()))
        .collect();
    let kinds =
        [(String::new(), words.exporting.own.to_owned())].into_iter().chain(kinds).collect::<Vec<_>>();
    view! {
        <Dialog
            open=giving.open
            title=Signal::derive(move || giving.ids.with(|ids| (texts.save_title)(ids.len())))
            size=DialogSize::Medium
            actions
            on_close=move || {
                making.stop();
                sealing.reset();
            }
        >
            <Select
                label=words.exporting.kind
                value=Signal::derive(move || giving.format.get().map(|at| at.to_string()).unwrap_or_default())
                options=kinds.clone()
                on_change=move |kind: String| giving.format.set(kind.parse().ok())
            />
            <Show
                when=move || giving.format.get().is_none()
                fallback=move || view! { <ExportPanel exporting/> }
            >
                <p>{texts.save_text}</p>
                <p class="give-name"><code>{name}</code></p>
                <SealFile choice=sealing/>
            </Show>
            <Show when=move || making.is_running().get()>
                <Progress label=texts.saving share=making.share() on_cancel=move || making.stop()/>
            </Show>
        </Dialog>
    }
}
