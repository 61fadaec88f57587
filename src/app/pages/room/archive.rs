//! Archiving: the resolved incidents go into a file, and leave the browser once the person has that file.

use js_sys::Uint8Array;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

use crate::{
    app::{
        backup::{Saved, save_archive},
        browser,
        job::Job,
        pages::settings::Panel,
        parts::{
            button::{Button, ButtonKind},
            dialog::Dialog,
            field::Checkbox,
            file_drop::FileButton,
            icon::Icon,
            progress::Progress,
        },
        prefs::use_words,
        sealing::{SealChoice, SealFile},
        state::{State, use_state},
    },
    model::IncidentId,
    notebook::acts,
};

/// What a look at the file that a person chose has shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Check {
    NotYet,
    Same,
    Differs,
}

/// An archive that was saved, and the incidents in it.
type Archived = (Saved, Vec<IncidentId>);

/// The panel, with the dialog that goes from the file to taking the incidents out.
#[component]
pub fn Archive() -> impl IntoView {
    let words = use_words();
    let texts = &words.care;
    let state = use_state();
    let resolved = Memo::new(move |_| {
        state.with(|notebook| {
            let rows = notebook.rows().values().filter(|row| !row.is_open());
            rows.map(|row| row.id.clone()).collect::<Vec<_>>()
        })
    });
    let making = Job::default();
    let archived: RwSignal<Option<Archived>> = RwSignal::new(None);
    let open = RwSignal::new(false);
    let sealing = SealChoice::new();
    let save = move || {
        let ids = resolved.get_untracked();
        let run = making.begin();
        spawn_local(async move {
            let passphrase = sealing.passphrase();
            let saved = save_archive(state, &ids, passphrase.as_deref(), |share| run.tell(share)).await;
            if !run.end() {
                return;
            }
            match saved {
                Some(saved) => {
                    let _ = archived.try_set(Some((saved, ids)));
                    let _ = open.try_set(true);
                }
                None => state.complain(state.words().care.archive_unreadable),
            }
        });
    };
    let read_only = state.is_read_only();
    view! {
        <Panel title=texts.archive>
            <p class="muted">{texts.archive_text}</p>
            {move || resolved.with(Vec::is_empty).then(|| view! { <p>{texts.archive_none}</p> })}
            <Show
                when=move || !making.is_running().get()
                fallback=move || view! { <Progress label=words.settings.backup_working share=making.share() on_cancel=move || making.stop()/> }
            >
                <SealFile choice=sealing/>
                <Button
                    label=Signal::derive(move || {
                        (texts.archive_action)(&words.amounts.incidents(resolved.with(Vec::len)))
                    })
                    icon=Icon::Download
                    disabled=Signal::derive(move || resolved.with(Vec::is_empty) || read_only.get() || !sealing.is_ready().get()
                    )
                    on_press=save
                />
            </Show>
            <TakeOut open archived/>
        </Panel>
    }
}

/// Asks whether the file is there and takes the incidents out.
#[component]
fn TakeOut(open: RwSignal<bool>, archived: RwSignal<Option<Archived>>) -> impl IntoView {
    let words = use_words();
    let texts = &words.care;
    let state = use_state();
    let there = RwSignal::new(false);
    let check = RwSignal::new(Check::NotYet);
    let amount = move || {
        let count = archived.with(|archived| archived.as_ref().map_or(0, |(_, ids)| ids.len()));
        words.amounts.incidents(count)
    };
    let compare = move |files: Vec<File>| {
        let Some(file) = files.into_iter().next() else { return };
        spawn_local(async move {
            let buffer = JsFuture::from(file.array_buffer()).await.ok();
            let bytes = buffer.map(|buffer| Uint8Array::new(&buffer).to_vec());
            let same = archived.with_untracked(|archived| {
                archived.as_ref().is_some_and(|(saved, _)| bytes.as_ref() == Some(&saved.bytes))
            });
            check.set(if same { Check::Same } else { Check::Differs });
            there.set(same);
        });
    };
    let reset = move || {
        there.set(false);
        check.set(Check::NotYet);
        archived.set(None);
    };
    let take_out = move || {
        let Some((_, ids)) = archived.get_untracked() else { return };
        let said = (texts.archive_removed)(&amount());
        open.set(false);
        remove(state, ids, said);
    };
    let actions = move || {
        view! {
            <Button label=words.parts.cancel on_press=move || open.set(false)/>
            <Button
                label=Signal::derive(move || (texts.archive_remove)(&amount()))
                icon=Icon::Trash
                kind=ButtonKind::Danger
                disabled=Signal::derive(move || !there.get())
                on_press=take_out
            />
        }
    };
    let saved = move || {
        archived.with(|archived| {
            archived
                .as_ref()
                .map(|(saved, _)| (texts.archive_saved)(&saved.name, &browser::size(saved.bytes.len())))
        })
    };
    let checked = move || match check.get() {
        Check::NotYet => "",
        Check::Same => texts.archive_checked,
        Check::Differs => texts.archive_differs,
    };
    view! {
        <Dialog open title=texts.archive actions on_close=reset>
            <p>{saved}</p>
            <FileButton label=texts.archive_check accept=".json" on_files=compare/>
            <p role="status">{checked}</p>
            <Checkbox label=texts.archive_confirm checked=there on_change=move |yes| there.set(yes)/>
            <p>{texts.archive_warning}</p>
        </Dialog>
    }
}

/// Takes the incidents out, as one edit that can be taken back.
fn remove(state: State, ids: Vec<IncidentId>, said: String) {
    spawn_local(async move {
        if state.act_long(acts::delete(ids), |_, _| {}, || true).await {
            state.say_done(said);
        }
    });
}
