//! Saving a backup file, and the way back: restoring goes through the same door as any import.

use leptos::{prelude::*, task::spawn_local};

use super::Panel;
use crate::app::{
    backup::save_backup,
    import::use_import,
    job::Job,
    parts::{
        button::{Button, ButtonKind},
        file_drop::FileButton,
        icon::Icon,
        progress::Progress,
        time::Time,
    },
    prefs::use_words,
    sealing::{SealChoice, SealFile},
    state::use_state,
};

/// Saves a backup file.
#[component]
pub fn Backup() -> impl IntoView {
    let words = &use_words().settings;
    let state = use_state();
    // How far the file is while it is being made.
    let making = Job::default();
    let last = state.keeping.backup();
    let sealing = SealChoice::new();
    let save = move || {
        let run = making.begin();
        spawn_local(async move {
            let passphrase = sealing.passphrase();
            let saved = save_backup(state, passphrase.as_deref(), |share| run.tell(share)).await;
            if !run.end() {
                return;
            }
            match saved {
                Some(name) => state.tell(&(words.backup_saved)(&name)),
                None => state.complain(words.backup_failed),
            }
        });
    };
    view! {
        <Panel title=words.backup>
            <p class="muted">{words.backup_text}</p>
            <p>
                {words.backup_last} ": "
                {move || match last.get() {
                    Some(at) => view! { <Time at/> }.into_any(),
                    None => words.backup_never.into_any(),
                }}
            </p>
            <Show
                when=move || !making.is_running().get()
                fallback=move || view! { <Progress label=words.backup_working share=making.share() on_cancel=move || making.stop()/> }
            >
                <SealFile choice=sealing/>
                <Button
                    label=words.backup_save
                    icon=Icon::Download
                    kind=ButtonKind::Primary
                    disabled=Signal::derive(move || !sealing.is_ready().get())
                    on_press=save
                />
            </Show>
        </Panel>
    }
}

/// Opens a backup file.
#[component]
pub fn Restore() -> impl IntoView {
    let words = &use_words().settings;
    let import = use_import();
    view! {
        <Panel title=words.restore>
            <p class="muted">{words.restore_text}</p>
            <FileButton
                label=words.restore_choose
                accept=".json"
                on_files=move |files| import.read_files(files)
            />
        </Panel>
    }
}
